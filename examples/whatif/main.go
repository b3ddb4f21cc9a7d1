// Whatif says what a comparison becomes if editions that are not law were in force.
//
//	go run ./examples/whatif -edition FILE [-edition FILE ...] [-asof DATE] [-lists a,b,...] [-kinds k,...] [-format text|json]
//
// A file is an edition of a list with `hypothetical: true`, whole or with the `base` that it differs from; see
// examples/editions. Exit status: 0 done, 2 unusable arguments or data.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "whatif:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("whatif", flag.ContinueOnError)
	var files []string
	flags.Func("edition", "a `file` with a hypothetical edition; may be given again", func(file string) error {
		files = append(files, file)
		return nil
	})
	asOf := flags.String("asof", "", "compare the editions in force on this `date` (default: the newest)")
	lists := flags.String("lists", "", "compare these `lists`, separated by commas (default: all)")
	kinds := flags.String("kinds", "", "only items of these `kinds`, separated by commas")
	format := flags.String("format", "text", "text or json")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if len(files) == 0 {
		return errors.New("say -edition FILE")
	}
	if *format != "text" && *format != "json" {
		return fmt.Errorf("format %q is not known; use text or json", *format)
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	var editions []*regime.Edition
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		e, err := regime.ParseList(file, data, corpus.Vocabulary())
		if err != nil {
			return err
		}
		editions = append(editions, e)
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
	h, err := diff.WhatIf(corpus, view, editions, split(*kinds)...)
	if err != nil {
		return err
	}
	if *format == "text" {
		return diff.WriteWhatIf(stdout, h)
	}
	e := json.NewEncoder(stdout)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(h)
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}
