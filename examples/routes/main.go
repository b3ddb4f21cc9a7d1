// Routes shows how the items of a file reach a country without a licence by way of others, where the direct transfer needs
// one: the shortest chains, and for each leg the rule that frees it.
//
//	go run ./examples/routes -items FILE -from US -to CN [-through CC,...] [-open] [-legs 3] [-asof DATE] [-format text|json]
//
// Chains pass the countries whose licensing is encoded, or those of -through alone; a country named there of which nothing is
// encoded lets everything go. With -open exceptions count whose terms hang on facts that are not stated. Each leg is
// judged by the law of the country that it leaves, as if it ended there, see [diff.Routes]. Exit status: 0 done, 1 some items
// were unusable and are reported on standard error, 2 unusable arguments or data.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
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
		fmt.Fprintln(os.Stderr, "routes:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("routes", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("items", "", "the `file` of items: .yaml, .json, .csv or .ndjson")
	from := flags.String("from", "", "the `country` of export, ISO 3166 alpha-2")
	to := flags.String("to", "", "the `destination`, ISO 3166 alpha-2")
	through := flags.String("through", "", "`countries` that a chain may pass, separated by commas (default: all whose licensing is encoded)")
	open := flags.Bool("open", false, "count exceptions whose terms are open")
	legs := flags.Int("legs", 0, "how many legs a chain has at most (default 3)")
	asOf := flags.String("asof", "", "the law in force on this `date` (default: the newest)")
	format := flags.String("format", "text", "text or json")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" || *from == "" || *to == "" {
		return errors.New("say -items FILE, -from COUNTRY and -to COUNTRY")
	}
	if *format != "text" && *format != "json" {
		return fmt.Errorf("format %q is not known; use text or json", *format)
	}
	options := diff.RouteOptions{Open: *open, Legs: *legs}
	if *through != "" {
		options.Through = strings.Split(*through, ",")
	}
	for _, id := range append([]string{*from, *to}, options.Through...) {
		if !regime.IsCountry(id) {
			return fmt.Errorf("%q is not an ISO 3166 alpha-2 code of a country or territory", id)
		}
	}
	data, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	view, err := corpus.Newest()
	if *asOf != "" {
		date, bad := regime.ParseDate(*asOf)
		if bad != nil {
			return bad
		}
		view, err = corpus.At(date)
	}
	if err != nil {
		return err
	}
	items, unreadable := classify.ReadItems(*file, data, corpus.Vocabulary())
	var kinds []string
	for i := range items {
		kinds = append(kinds, items[i].Kinds...)
	}
	lists, err := corpus.Compile(view, regime.Options{Kinds: kinds})
	if err != nil {
		return err
	}
	licenser := classify.NewLicenser(lists)
	answers := []answer{}
	for i := range items {
		direct, err := licenser.Licence(&items[i], classify.Transfer{From: *from, To: *to})
		if err != nil {
			return err
		}
		routes, err := diff.Routes(lists, &items[i], *from, *to, options)
		if err != nil {
			return err
		}
		answers = append(answers, answer{items[i].ID, *from, *to, direct.Outcome, append([]diff.Finding{}, routes...)})
	}
	if *format == "json" {
		e := json.NewEncoder(stdout)
		e.SetIndent("", " ")
		err = e.Encode(answers)
	} else {
		err = writeText(stdout, answers)
	}
	if err != nil {
		return err
	}
	if unreadable != nil {
		fmt.Fprintln(stderr, unreadable)
		return errSome
	}
	return nil
}

type answer struct {
	Item   string           `json:"item"`
	From   string           `json:"from"`
	To     string           `json:"to"`
	Direct classify.Outcome `json:"direct"`
	Routes []diff.Finding   `json:"routes"`
}

// writeText writes the chains of each item; of chains that the same rules free, the first, with where the others pass.
func writeText(w io.Writer, answers []answer) error {
	var b strings.Builder
	for _, a := range answers {
		fmt.Fprintf(&b, "%s: %s to %s is %s", a.Item, a.From, a.To, a.Direct)
		switch {
		case a.Direct == classify.NotRequired || a.Direct == classify.Available:
			b.WriteString(", so that it needs no way round\n")
			continue
		case len(a.Routes) == 0:
			b.WriteString("; no chain of free transfers was found\n")
			continue
		}
		fmt.Fprintf(&b, "; ways round: %d\n", len(a.Routes))
		alike := map[string][]diff.Finding{}
		var order []string
		for _, f := range a.Routes {
			key := ""
			for _, l := range f.Route {
				for _, r := range l.By {
					key += r.Rule + " " + r.Authority + ";"
				}
				key += ">"
			}
			if alike[key] == nil {
				order = append(order, key)
			}
			alike[key] = append(alike[key], f)
		}
		for _, key := range order {
			writeChain(&b, alike[key])
		}
	}
	b.WriteString("Each leg is judged by the law of the country that it leaves, as if it ended there: re-export rules, undertakings and a known final destination are not looked at. Not legal advice.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func writeChain(b *strings.Builder, alike []diff.Finding) {
	fmt.Fprintf(b, "  %s\n", passes(alike[0].Route))
	for _, l := range alike[0].Route {
		fmt.Fprintf(b, "    %s\n", l)
		for _, r := range l.By {
			if len(r.Open) > 0 {
				fmt.Fprintf(b, "      it hangs on what is not stated: %s\n", strings.Join(r.Open, ", "))
			}
		}
	}
	if len(alike) > 1 {
		var others []string
		for _, f := range alike[1:] {
			others = append(others, passes(f.Route))
		}
		fmt.Fprintf(b, "    by the same rules: %s\n", strings.Join(others, ", "))
	}
}

// passes is the countries of a chain.
func passes(legs []diff.Leg) string {
	out := legs[0].From
	for _, l := range legs {
		out += "-" + l.To
	}
	return out
}
