// Classify says what each control list does to the items of a file.
//
//	go run ./examples/classify -items FILE(.yaml|.json|.csv|.ndjson) [-asof DATE] [-lists a,b,...] [-format text|json|csv|md] [-explain]
//
// NDJSON and CSV are worked through as they are read, on every core. With -explain every condition behind every verdict is
// shown, what keeps the item out of paragraphs that it nearly meets, and what to ask next.
//
// Exit status: 0 all items read, 1 some items were unusable and are reported on standard error, 2 unusable arguments or data.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

// errSome is returned where some items could not be read; they have been reported.
var errSome = errors.New("some items could not be read")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errSome):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "classify:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("classify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("items", "", "the `file` of items: .yaml, .json, .csv or .ndjson")
	asOf := flags.String("asof", "", "the editions in force on this `date` (default: the newest)")
	lists := flags.String("lists", "", "these `lists`, separated by commas (default: all)")
	format := flags.String("format", "text", "text, json, csv or md")
	explain := flags.Bool("explain", false, "show the conditions behind each verdict (text, json, md)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" {
		return errors.New("no items; say -items FILE")
	}
	in, err := os.Open(*file)
	if err != nil {
		return err
	}
	defer in.Close()
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	view, err := viewOf(corpus, *asOf, strings.FieldsFunc(*lists, func(r rune) bool { return r == ',' || r == ' ' }))
	if err != nil {
		return err
	}
	// Of an item without destination the question is whether it is controlled on the way to some destination.
	anywhere, err := corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		return err
	}
	there, err := corpus.Compile(view, regime.Options{})
	if err != nil {
		return err
	}
	w, err := newWriter(*format, stdout, *explain, anywhere)
	if err != nil {
		return err
	}
	progress := newProgress(stderr)
	bad := false
	for a := range classify.Stream(ctx, anywhere, *file, in, classify.StreamOptions{Results: true, There: there}) {
		progress.row(a.Number)
		if a.Err != nil {
			bad = true
			progress.clear()
			fmt.Fprintf(stderr, "row %d: %v\n", a.Number, a.Err)
			continue
		}
		if err := w.item(&a); err != nil {
			return err
		}
	}
	progress.clear()
	if err := w.close(); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case bad:
		return errSome
	}
	return nil
}

func viewOf(corpus *regime.Corpus, asOf string, lists []string) (regime.View, error) {
	if asOf == "" {
		return corpus.Newest(lists...)
	}
	date, err := regime.ParseDate(asOf)
	if err != nil {
		return regime.View{}, err
	}
	return corpus.At(date, lists...)
}

// progress tells a person at a terminal how far a long file is.
type progress struct {
	w     io.Writer
	last  time.Time
	shown bool
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok {
		return &progress{}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{w: w, last: time.Now()}
}

func (p *progress) row(n int) {
	if p.w == nil || n%1000 != 0 || time.Since(p.last) < time.Second {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r%d rows", n)
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
