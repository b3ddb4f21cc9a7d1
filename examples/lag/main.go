// Lag says when the law of participants came to follow what a control list decided.
//
//	go run ./examples/lag [-regime LIST] [-kinds k,...] [-followers a,...] [-complete list,...] [-series] [-format text|json|csv] [-o FILE]
//
// LIST is any list of the corpus: of a regime (default wa-du) it is held against those that take part, of a jurisdiction against all
// others. A list with one edition has no changes. Days are bounds, as far as the dates of the editions tell. Exit status: 0 done, 2
// unusable arguments or data.
package main

import (
	"bytes"
	"encoding/json"
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
		fmt.Fprintln(os.Stderr, "lag:", err)
		os.Exit(2)
	}
}

// A result is what the program found out.
type result struct {
	*diff.LagReport
	Findings []diff.Finding     `json:"findings"`
	Curves   []curve            `json:"curves"`
	Series   []diff.SeriesPoint `json:"series,omitempty"`
}

// A curve is what share of the changes of one effect a follower had in force after so many days.
type curve struct {
	Follower string              `json:"follower"` // "all" for all of them together
	Effect   diff.DecisionEffect `json:"effect"`
	Changes  int                 `json:"changes"` // by paragraph and date; those of which nothing is known are left out
	Median   diff.Days           `json:"median"`
	Year     [2]int              `json:"within-365-days"` // surely, and possibly
	Steps    []step              `json:"steps"`
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("lag", flag.ContinueOnError)
	list := flags.String("regime", "wa-du", "the `list` whose changes others follow")
	kinds := flags.String("kinds", "", "only items of these `kinds`, separated by commas (default: the goods of which its editions differ)")
	followers := flags.String("followers", "", "only these jurisdictions and blocs, by `id` (default: all that take part)")
	complete := flags.String("complete", "", "take every edition of these `lists` to be held, so that dates in force are exact")
	series := flags.Bool("series", false, "also count at each date how far the lists agree on these kinds")
	format := flags.String("format", "text", "text, json or csv")
	out := flags.String("o", "", "write to this `file` (default: standard output)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	write := map[string]func(io.Writer, *result) error{"text": writeText, "json": writeJSON, "csv": writeCSV}[*format]
	if write == nil {
		return fmt.Errorf("format %q is not known; use text, json or csv", *format)
	}
	corpus, err := regime.Builtin()
	if err != nil {
		return err
	}
	report, err := diff.Lags(corpus, *list, diff.LagOptions{Kinds: split(*kinds), Followers: split(*followers), Complete: split(*complete)})
	if err != nil {
		return err
	}
	r := &result{LagReport: report, Findings: diff.LagGaps(report), Curves: curves(report)}
	if *series && len(report.Kinds) > 0 {
		lists := []string{*list}
		for _, f := range report.Followers {
			lists = append(lists, f.Lists...)
		}
		if r.Series, err = diff.Series(corpus, lists, report.Kinds...); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
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

func writeJSON(w io.Writer, r *result) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}

// curves is one for each effect and follower, and for all of them together.
func curves(r *diff.LagReport) []curve {
	out := []curve{}
	for _, effect := range []diff.DecisionEffect{diff.Controls, diff.Releases} {
		var all []diff.Days
		var each []curve
		for _, f := range r.Followers {
			var days []diff.Days
			for _, c := range changes(r, f.Authority, effect) {
				if !c.days.NoLeast || !c.days.NoMost {
					days = append(days, c.days)
				}
			}
			all = append(all, days...)
			if len(days) > 0 {
				each = append(each, curveOf(f.Authority, effect, days))
			}
		}
		if len(each) > 1 {
			each = append(each, curveOf("all", effect, all))
		}
		out = append(out, each...)
	}
	return out
}

func curveOf(follower string, effect diff.DecisionEffect, days []diff.Days) curve {
	known, possible := diff.Within(days, 365)
	return curve{follower, effect, len(days), diff.Quantile(days, 1, 2), [2]int{known, possible}, turnbull(days)}
}

// A change is what became of one paragraph's change with one follower: of its regions that share their dates, one.
type change struct {
	decision *diff.Decision
	lag      *diff.Lag
	days     diff.Days
	regions  int
}

func changes(r *diff.LagReport, follower string, effect diff.DecisionEffect) []change {
	var out []change
	at := map[string]int{}
	for i := range r.Decisions {
		d := &r.Decisions[i]
		if d.Effect != effect || len(d.Residue) > 0 {
			continue
		}
		for j := range d.Lags {
			l := &d.Lags[j]
			if l.Follower != follower {
				continue
			}
			key := fmt.Sprint(d.New, d.Paragraphs, d.Decided, l.InForce)
			n, seen := at[key]
			if !seen {
				n = len(out)
				at[key] = n
				out = append(out, change{d, l, l.Days, 0})
			}
			out[n].regions++
		}
	}
	return out
}
