// Listupdate says what a new edition of a control list changes.
//
//	go run ./examples/listupdate -old FILE -new FILE [-items CATALOGUE] [-kinds k,...] [-threshold LEVEL] [-format text|json] [-o FILE]
//
// The files are editions of one list, complete or as differences from an edition that the library carries or from the old file.
// The threshold is the least that counts as a finding: editorial (any change), moved (paragraphs that catch other items, though the
// list as a whole does not), boundary (items exactly on a threshold; the default), nominal (items between the numbers of a
// printed pair of units) or substantive. Items of the catalogue that get another verdict are findings at every threshold, those that get
// other paragraphs are moved. Exit status: 0 no findings, 1 findings, 2 unusable arguments or data.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func main() {
	debug.SetGCPercent(400) // a short run that allocates much: memory for time
	found, err := run(os.Args[1:], os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "listupdate:", err)
		os.Exit(2)
	case found:
		os.Exit(1)
	}
}

var thresholds = []string{"editorial", "moved", "boundary", "nominal", "substantive"}

func run(args []string, stdout io.Writer) (found bool, err error) {
	flags := flag.NewFlagSet("listupdate", flag.ContinueOnError)
	old := flags.String("old", "", "the `file` of the old edition")
	new := flags.String("new", "", "the `file` of the new edition")
	items := flags.String("items", "", "a `catalogue` of items (.yaml, .json, .ndjson, .csv): which of them change status")
	kinds := flags.String("kinds", "", "only items of these `kinds`, separated by commas")
	threshold := flags.String("threshold", "boundary", "the least `level` that is a finding: "+strings.Join(thresholds, ", "))
	format := flags.String("format", "text", "text or json")
	out := flags.String("o", "", "write to this `file` (default: standard output)")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	write := map[string]func(io.Writer, *diff.Update) error{"text": diff.WriteEditionsText, "json": diff.WriteEditionsJSON}[*format]
	level := slices.Index(thresholds, *threshold)
	switch {
	case *old == "" || *new == "":
		return false, errors.New("-old and -new name the files of two editions")
	case write == nil:
		return false, fmt.Errorf("format %q is not known; use text or json", *format)
	case level < 0:
		return false, fmt.Errorf("threshold %q is not known; use %s", *threshold, strings.Join(thresholds, ", "))
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return false, err
	}
	var view regime.View
	for _, name := range []string{*old, *new} {
		var e *regime.Edition
		if corpus, e, err = read(corpus, name); err != nil {
			return false, err
		}
		view.Editions = append(view.Editions, e)
	}
	if a, b := view.Editions[0].List, view.Editions[1].List; a != b {
		return false, fmt.Errorf("%s is an edition of %s and %s of %s; compare lists with the command compare", *old, a, *new, b)
	}
	var catalogue []scope.Item
	if *items != "" {
		data, err := os.ReadFile(*items)
		if err != nil {
			return false, err
		}
		if catalogue, err = classify.ReadItems(*items, data, corpus.Vocabulary()); err != nil {
			return false, err
		}
	}
	var asked []string
	if named := strings.FieldsFunc(*kinds, func(r rune) bool { return r == ',' || r == ' ' }); len(named) > 0 {
		asked = diff.Kinds(corpus.Vocabulary(), named...)
		for _, k := range named {
			if corpus.Vocabulary().Kind(k) == nil {
				return false, fmt.Errorf("kind %q is not in the vocabulary", k)
			}
		}
	}
	compiled, err := corpus.Compile(view, regime.Options{Kinds: asked})
	if err != nil {
		return false, err
	}
	update, err := diff.Editions(compiled, 0, 1, asked...)
	if err != nil {
		return false, err
	}
	update.Items = diff.Impact(compiled, 0, 1, catalogue)
	var b bytes.Buffer
	if err := write(&b, update); err != nil {
		return false, err
	}
	if *out != "" {
		err = os.WriteFile(*out, b.Bytes(), 0o666)
	} else {
		_, err = stdout.Write(b.Bytes())
	}
	return gravest(update) >= level, err
}

// read is the corpus with the edition of a file besides.
func read(corpus *regime.Corpus, name string) (*regime.Corpus, *regime.Edition, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	e, err := regime.ParseList(name, data, corpus.Vocabulary())
	if err != nil {
		return nil, nil, err
	}
	if corpus, err = corpus.With(e); err != nil {
		return nil, nil, err
	}
	e, err = corpus.Edition(e.List, e.Date())
	return corpus, e, err
}

// gravest is the highest threshold that the update reaches, -1 where it changes nothing.
func gravest(u *diff.Update) int {
	level := -1
	reach := func(threshold string) { level = max(level, slices.Index(thresholds, threshold)) }
	weigh := func(g scope.Grade) {
		switch g {
		case scope.BoundaryOnly:
			reach("boundary")
		case scope.Nominal:
			reach("nominal")
		case scope.Substantive:
			reach("substantive")
		}
	}
	if len(u.Fields) > 0 {
		reach("editorial")
	}
	for _, ch := range u.Changes {
		reach("editorial")
		if ch.Effect != diff.Editorial {
			reach("moved")
		}
		weigh(ch.Grade)
	}
	for _, s := range slices.Concat(u.Caught, u.Released) {
		weigh(s.Grade)
	}
	for _, it := range u.Items {
		reach("moved")
		if it.Old.Verdict != it.New.Verdict {
			reach("substantive")
		}
	}
	return level
}
