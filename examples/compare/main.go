// Compare says where control lists agree, diverge and leave loopholes.
//
//	go run ./examples/compare [-asof DATE] [-lists a,b,...] [-kinds k,...] [-format text|md|json|csv|html|sarif|oscal|strm] [-o FILE] [-waivers FILE] [-root DIR]
//
// Without flags it compares the newest editions that the library carries and prints a summary. Exit status: 0 done, 1 done
// and a waiver is stale or has expired, 2 unusable arguments or data.
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
	"time"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// errWaivers ends a comparison that was written.
var errWaivers = errors.New("waivers to review")

func main() {
	debug.SetGCPercent(400) // a short run that allocates much: memory for time
	err := run(os.Args[1:], os.Stdout, time.Now())
	switch {
	case errors.Is(err, errWaivers):
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(2)
	}
}

var formats = []string{"text", "md", "json", "csv", "html", "sarif", "oscal", "strm"}

// run compares; waivers are judged on the date compared, else on the day of now.
func run(args []string, stdout io.Writer, now time.Time) error {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	asOf := flags.String("asof", "", "compare the editions in force on this `date` (default: the newest)")
	lists := flags.String("lists", "", "compare these `lists`, separated by commas (default: all)")
	kinds := flags.String("kinds", "", "only items of these `kinds`, separated by commas")
	format := flags.String("format", "text", strings.Join(formats, ", "))
	out := flags.String("o", "", "write to this `file` (default: standard output)")
	waivers := flags.String("waivers", "", "set apart the findings that this `file` waives")
	root := flags.String("root", "regime", "the `folder` of the lists' files, for sarif")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !slices.Contains(formats, *format) {
		return fmt.Errorf("format %q is not known; use one of %s", *format, strings.Join(formats, ", "))
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	date := regime.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()}
	view, err := corpus.Newest(split(*lists)...)
	if *asOf != "" {
		if date, err = regime.ParseDate(*asOf); err != nil {
			return err
		}
		view, err = corpus.At(date, split(*lists)...)
	}
	if err != nil {
		return err
	}
	var waived []diff.Waiver
	if *waivers != "" {
		data, err := os.ReadFile(*waivers)
		if err != nil {
			return err
		}
		if waived, err = diff.ParseWaivers(*waivers, data); err != nil {
			return err
		}
	}
	asked := diff.Kinds(corpus.Vocabulary(), split(*kinds)...)
	compiled, err := corpus.Compile(view, regime.Options{AnyDestination: true, Kinds: asked})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if *format == "oscal" || *format == "strm" {
		if err := relations(&b, *format, compiled, split(*kinds)); err != nil {
			return err
		}
		return write(*out, stdout, b.Bytes())
	}
	report, err := diff.Compare(compiled, split(*kinds)...)
	if err != nil {
		return err
	}
	report = diff.Waive(report, waived, date)
	switch *format {
	case "text":
		err = diff.WriteText(&b, report)
	case "md":
		err = diff.WriteMarkdown(&b, report)
	case "json":
		err = diff.WriteJSON(&b, report)
	case "csv":
		err = diff.WriteCSV(&b, report)
	case "html":
		err = diff.WriteHTML(&b, report)
	case "sarif":
		err = diff.WriteSARIF(&b, report, *root)
	}
	if err != nil {
		return err
	}
	if err := write(*out, stdout, b.Bytes()); err != nil {
		return err
	}
	if n := report.Metrics.Findings[diff.StaleWaiver] + report.Metrics.Findings[diff.ExpiredWaiver]; n > 0 {
		return fmt.Errorf("%d %w in %s", n, errWaivers, *waivers)
	}
	return nil
}

// relations writes how the paragraphs of the lists relate.
func relations(w io.Writer, format string, c *regime.Compiled, kinds []string) error {
	mappings, err := diff.Mappings(c, kinds...)
	if err != nil {
		return err
	}
	if format == "oscal" {
		return diff.WriteOSCAL(w, c, mappings)
	}
	return diff.WriteSTRM(w, c, mappings)
}

func write(file string, stdout io.Writer, data []byte) error {
	if file != "" {
		return os.WriteFile(file, data, 0o666)
	}
	_, err := stdout.Write(data)
	return err
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
