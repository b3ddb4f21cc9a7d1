// Compare says where control lists agree, diverge and leave loopholes.
//
//	go run ./examples/compare [-asof DATE] [-lists a,b,...] [-kinds k,...] [-format text|json] [-o FILE]
//
// Without flags it compares the newest editions that the library carries and prints a summary. Exit status: 0 done, 2
// unusable arguments or data.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func main() {
	debug.SetGCPercent(400) // a short run that allocates much: memory for time
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	asOf := flags.String("asof", "", "compare the editions in force on this `date` (default: the newest)")
	lists := flags.String("lists", "", "compare these `lists`, separated by commas (default: all)")
	kinds := flags.String("kinds", "", "only items of these `kinds`, separated by commas")
	format := flags.String("format", "text", "text or json")
	out := flags.String("o", "", "write to this `file` (default: standard output)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	write := map[string]func(io.Writer, *diff.Report) error{"text": diff.WriteText, "json": diff.WriteJSON}[*format]
	if write == nil {
		return fmt.Errorf("format %q is not known; use text or json", *format)
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	view, err := corpus.Newest(split(*lists)...)
	if *asOf != "" {
		date, err2 := regime.ParseDate(*asOf)
		if err2 != nil {
			return err2
		}
		view, err = corpus.At(date, split(*lists)...)
	}
	if err != nil {
		return err
	}
	asked := diff.Kinds(corpus.Vocabulary(), split(*kinds)...)
	compiled, err := corpus.Compile(view, regime.Options{AnyDestination: true, Kinds: asked})
	if err != nil {
		return err
	}
	report, err := diff.Compare(compiled, split(*kinds)...)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, report); err != nil {
		return err
	}
	if *out != "" {
		return os.WriteFile(*out, b.Bytes(), 0o666)
	}
	_, err = stdout.Write(b.Bytes())
	return err
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
