// Classify says what each control list does to the items of a file.
//
//	go run ./examples/classify -items FILE(.yaml|.json|.csv|.ndjson) [-asof DATE] [-lists a,b,...] [-format text|json|csv]
//
// Exit status: 0 all items read, 1 some items were unusable and are reported on standard error, 2 unusable arguments or data.
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// errSome is returned where some items could not be read; they have been reported.
var errSome = errors.New("some items could not be read")

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errSome):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "classify:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("classify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("items", "", "the `file` of items: .yaml, .json, .csv or .ndjson")
	asOf := flags.String("asof", "", "the editions in force on this `date` (default: the newest)")
	lists := flags.String("lists", "", "these `lists`, separated by commas (default: all)")
	format := flags.String("format", "text", "text, json or csv")
	if err := flags.Parse(args); err != nil {
		return err
	}
	write := map[string]func(io.Writer, []scope.Item, [][]classify.Result) error{"text": writeText, "json": writeJSON, "csv": writeCSV}[*format]
	if write == nil {
		return fmt.Errorf("format %q is not known; use text, json or csv", *format)
	}
	if *file == "" {
		return errors.New("no items; say -items FILE")
	}
	data, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	names := strings.FieldsFunc(*lists, func(r rune) bool { return r == ',' || r == ' ' })
	view, err := corpus.Newest(names...)
	if *asOf != "" {
		date, bad := regime.ParseDate(*asOf)
		if bad != nil {
			return bad
		}
		view, err = corpus.At(date, names...)
	}
	if err != nil {
		return err
	}
	// Of an item without destination the question is whether it is controlled on the way to some destination.
	anywhere, err := corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		return err
	}
	items, unreadable := classify.ReadItems(*file, data, corpus.Vocabulary())
	results := make([][]classify.Result, len(items))
	var there *regime.Compiled
	for i := range items {
		lists := anywhere
		if items[i].To != "" {
			if there == nil {
				if there, err = corpus.Compile(view, regime.Options{}); err != nil {
					return err
				}
			}
			lists = there
		}
		results[i] = classify.Item(lists, &items[i])
	}
	if err := write(stdout, items, results); err != nil {
		return err
	}
	if unreadable != nil {
		fmt.Fprintln(stderr, unreadable)
		return errSome
	}
	return nil
}

func writeText(w io.Writer, items []scope.Item, results [][]classify.Result) error {
	for i, it := range items {
		if _, err := fmt.Fprintf(w, "%s (%s)\n", it.ID, strings.Join(it.Kinds, "+")); err != nil {
			return err
		}
		for _, r := range results[i] {
			line := fmt.Sprintf("  %-12s %-10s  %-14s", r.List, r.Edition, r.Verdict)
			switch {
			case r.Verdict == classify.Controlled:
				line += "  " + strings.Join(r.Paragraphs, ", ")
			case len(r.Missing) > 0:
				line += "  tell: " + sets(r.Missing)
			case len(r.Residue) > 0:
				line += "  judgement: " + strings.Join(r.Residue, ", ")
			}
			if _, err := fmt.Fprintln(w, strings.TrimRight(line, " ")); err != nil {
				return err
			}
		}
	}
	return nil
}

// sets is the first few sets of properties, any of which would decide.
func sets(missing [][]string) string {
	const shown = 4
	var out []string
	for i, s := range missing {
		if i == shown {
			out = append(out, fmt.Sprintf("or %d others", len(missing)-shown))
			break
		}
		out = append(out, strings.Join(s, " and "))
	}
	return strings.Join(out, "; ")
}

func writeJSON(w io.Writer, items []scope.Item, results [][]classify.Result) error {
	type line struct {
		Item     string            `json:"item"`
		Verdicts []classify.Result `json:"verdicts"`
	}
	out := make([]line, len(items))
	for i := range items {
		out[i] = line{items[i].ID, results[i]}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(out)
}

func writeCSV(w io.Writer, items []scope.Item, results [][]classify.Result) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"item", "list", "edition", "verdict", "paragraphs", "missing", "residue"}}
	for i, it := range items {
		for _, r := range results[i] {
			var missing []string
			for _, s := range r.Missing {
				missing = append(missing, strings.Join(s, " & "))
			}
			rows = append(rows, []string{it.ID, r.List, r.Edition, string(r.Verdict), strings.Join(r.Paragraphs, " "), strings.Join(missing, " | "), strings.Join(r.Residue, " ")})
		}
	}
	for _, row := range rows {
		for i := range row {
			if row[i] != "" && strings.ContainsAny(row[i][:1], "=+-@\t") {
				row[i] = "'" + row[i] // a spreadsheet must not read text as a formula
			}
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
