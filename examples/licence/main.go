// Licence says whether the items of a file need a licence to go from one country to another, by which rule, and what would
// free them.
//
//	go run ./examples/licence -items FILE -from US -to CN [-facts "transfer.value-usd=2000 USD; us:sta-consignee-statement=true"] [-asof DATE] [-format text|json] [-explain]
//
// An item that states its own destination goes there. Facts are attributes of transfers and the conditions that the law of an
// authority asks; what is not stated is not known. Exit status: 0 done, 1 some items were unusable and are
// reported on standard error, 2 unusable arguments or data.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

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
		fmt.Fprintln(os.Stderr, "licence:", err)
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("licence", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("items", "", "the `file` of items: .yaml, .json, .csv or .ndjson")
	from := flags.String("from", "", "the `country` of export, ISO 3166 alpha-2")
	to := flags.String("to", "", "the `destination`, ISO 3166 alpha-2")
	facts := flags.String("facts", "", "what is known of the transfer: `name=value; name=value`")
	asOf := flags.String("asof", "", "the law in force on this `date` (default: the newest)")
	format := flags.String("format", "text", "text or json")
	explain := flags.Bool("explain", false, "show every condition of the rules")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" || *from == "" {
		return errors.New("say -items FILE and -from COUNTRY")
	}
	if *format != "text" && *format != "json" {
		return fmt.Errorf("format %q is not known; use text or json", *format)
	}
	data, err := os.ReadFile(*file)
	if err != nil {
		return err
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	known, err := parseFacts(corpus.Vocabulary(), *facts)
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
	transfers := make([]classify.Transfer, len(items))
	for i := range items {
		transfers[i] = classify.Transfer{From: *from, To: *to, Facts: known}
		if items[i].To != "" {
			transfers[i].To = items[i].To
		}
		if transfers[i].To == "" {
			return fmt.Errorf("item %q goes nowhere; say -to COUNTRY, or `to` in the item", items[i].ID)
		}
		if err := transfers[i].Check(corpus); err != nil {
			return err
		}
	}
	lists, err := corpus.Compile(view, regime.Options{})
	if err != nil {
		return err
	}
	licenser := classify.NewLicenser(lists)
	answers := make([]answer, 0, len(items))
	for i := range items {
		d, err := licenser.Licence(&items[i], transfers[i])
		if err != nil {
			return err
		}
		answers = append(answers, answer{items[i].ID, d})
	}
	if *format == "json" {
		e := json.NewEncoder(stdout)
		e.SetIndent("", " ")
		err = e.Encode(answers)
	} else {
		err = writeText(stdout, answers, *explain)
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
	Item string `json:"item"`
	classify.Determination
}

func writeText(w io.Writer, answers []answer, explain bool) error {
	for i := range answers {
		a := &answers[i]
		if _, err := fmt.Fprintf(w, "%s: %s (%s) to %s (%s)\n", a.Item, a.From, country(a.From), a.To, country(a.To)); err != nil {
			return err
		}
		if err := classify.WriteLicenceText(w, &a.Determination, explain); err != nil {
			return err
		}
	}
	return nil
}

// country is the English name of a country.
func country(code string) string {
	r, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return display.English.Regions().Name(r)
}

// parseFacts reads "name=value; name=value".
func parseFacts(v *scope.Vocabulary, text string) (map[string]scope.Value, error) {
	out := map[string]scope.Value{}
	for _, f := range strings.Split(text, ";") {
		if f = strings.TrimSpace(f); f == "" {
			continue
		}
		name, value, ok := strings.Cut(f, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case !ok:
			return nil, fmt.Errorf("fact %q has no value; write name=value", f)
		case !strings.Contains(name, ":"):
			x, err := v.ParseValue(name, value)
			if err != nil {
				return nil, err
			}
			out[name] = x
		case value != "true" && value != "false":
			return nil, fmt.Errorf("condition %q is %q; write true or false", name, value)
		default:
			out[name] = scope.Value{Bool: value == "true", Text: value}
		}
	}
	return out, nil
}
