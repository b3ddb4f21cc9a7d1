package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/openconcord/concord/diff"
)

// Sizes of the summary.
const (
	width       = 170
	maxChanges  = 8
	maxFindings = 8
	maxSteps    = 8
)

// writeText writes a summary for a person.
func writeText(w io.Writer, r *result) error {
	var b bytes.Buffer
	dates := make([]string, len(r.Editions))
	for i, d := range r.Editions {
		dates[i] = d.String()
	}
	fmt.Fprintf(&b, "%s: editions of %s\n", r.List, strings.Join(dates, ", "))
	if len(r.Unheld) > 0 {
		fmt.Fprintf(&b, "no other list here of %s\n", strings.Join(r.Unheld, " "))
	}
	switch {
	case len(r.Editions) < 2:
		fmt.Fprintln(&b, "one edition: no changes to follow")
	case len(r.Decisions) == 0:
		fmt.Fprintln(&b, "nothing differs between the editions in what was asked for")
	default:
		writeFollowers(&b, r)
		writeChanges(&b, r)
		writeCurves(&b, r)
		writeFindings(&b, r)
	}
	writeSeries(&b, r)
	fmt.Fprintln(&b, "\nNot legal advice. -format json has every region, witness and list; dates are bounds, since editions between those held are not known.")
	_, err := w.Write(b.Bytes())
	return err
}

func writeFollowers(b *bytes.Buffer, r *result) {
	regions, uncertain := map[diff.DecisionEffect]int{}, 0
	for _, d := range r.Decisions {
		if len(d.Residue) > 0 {
			uncertain++
			continue
		}
		regions[d.Effect]++
	}
	fmt.Fprintf(b, "%d kinds differ: %d regions newly controlled, %d released, %d for residue to say\n\n", len(r.Kinds), regions[diff.Controls], regions[diff.Releases], uncertain)
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Regions by\teffect\tsurely first\tsurely later\teither\tnot yet\tnot covered\tdays until half were in force")
	for _, f := range r.Followers {
		for _, effect := range []diff.DecisionEffect{diff.Controls, diff.Releases} {
			var first, later, either, waiting, unknown int
			days := r.Lags(f.Authority, effect)
			for _, d := range days {
				switch {
				case d.NoLeast && d.NoMost:
					unknown++
				case d.NoMost:
					waiting++
				case d.Most < 0:
					first++
				case !d.NoLeast && d.Least > 0:
					later++
				default:
					either++
				}
			}
			if len(days) > 0 {
				fmt.Fprintf(t, "%s (%s)\t%s\t%d\t%d\t%d\t%d\t%d\t%v\n", f.Authority, strings.Join(f.Lists, ", "), effect, first, later, either, waiting, unknown, diff.Quantile(days, 1, 2))
			}
		}
	}
	t.Flush()
}

// writeChanges writes, for each paragraph that changed, when it came into force for whom.
func writeChanges(b *bytes.Buffer, r *result) {
	fmt.Fprintln(b, "\nChanges (paragraph, when decided; when in force for whom, and days)")
	type entry struct {
		head string
		lags []string
	}
	var entries []*entry
	at := map[string]*entry{}
	for _, effect := range []diff.DecisionEffect{diff.Controls, diff.Releases} {
		for _, f := range r.Followers {
			for _, c := range changes(r.LagReport, f.Authority, effect) {
				head := fmt.Sprintf("%s %s, %s", effect, strings.Join(c.decision.Paragraphs, ", "), c.decision.Decided)
				e := at[head]
				if e == nil {
					e = &entry{head: fmt.Sprintf("%s: such as %s", head, diff.Describe(c.decision.Witness))}
					at[head] = e
					entries = append(entries, e)
				}
				if c.lag.InForce.Censoring() != diff.Unobserved {
					e.lags = append(e.lags, fmt.Sprintf("%s %v (%v)", f.Authority, c.lag.InForce, c.days))
				}
			}
		}
	}
	for i, e := range entries {
		if i == maxChanges {
			fmt.Fprintf(b, "  and %d other paragraphs\n", len(entries)-i)
			break
		}
		fmt.Fprintf(b, "  %s\n    %s\n", clip(e.head), clip(strings.Join(e.lags, "; ")))
	}
}

func writeCurves(b *bytes.Buffer, r *result) {
	fmt.Fprintln(b, "\nShare of the changes in force within so many days (Turnbull's estimate; one change for each paragraph and date)")
	for _, c := range r.Curves {
		var steps []string
		for i, s := range c.Steps {
			if i == maxSteps {
				steps = append(steps, "...")
				break
			}
			steps = append(steps, fmt.Sprintf("%s %v", s.Sum, s.Days))
		}
		fmt.Fprintf(b, "  %s %s, %d changes; within a year surely %d, possibly %d: %s\n", c.Follower, c.Effect, c.Changes, c.Year[0], c.Year[1], clip(strings.Join(steps, "; ")))
	}
}

func writeFindings(b *bytes.Buffer, r *result) {
	certain := 0
	for _, f := range r.Findings {
		if f.Effect() != "unknown" {
			certain++
		}
	}
	fmt.Fprintf(b, "\n%d lag-gaps, %d of them certain\n", len(r.Findings), certain)
	shown := 0
	for _, f := range r.Findings {
		if f.Effect() != "unknown" && shown < maxFindings {
			shown++
			fmt.Fprintf(b, "  %s; witness %s\n", clip(f.Message()), clip(diff.Describe(f.Witness)))
		}
	}
	if certain > shown {
		fmt.Fprintf(b, "  and %d others\n", certain-shown)
	}
}

func writeSeries(b *bytes.Buffer, r *result) {
	if len(r.Series) == 0 {
		return
	}
	fmt.Fprintln(b, "\nConvergence (regions controlled; aligned; by how many lists, from one; implemented of what the regime controls and they cover)")
	for _, p := range r.Series {
		var by, shares []string
		for _, n := range p.ControlledBy[1:] {
			by = append(by, strconv.Itoa(n))
		}
		for _, x := range p.Participants {
			shares = append(shares, fmt.Sprintf("%s %d/%d", x.Follower, x.Controls, x.Of))
		}
		fmt.Fprintf(b, "  %v  %d  %d  %s  %s\n", p.Date, p.Regions, p.Aligned, strings.Join(by, " "), strings.Join(shares, ", "))
	}
}

// clip cuts text at a space where it is too wide for a line.
func clip(s string) string {
	runes := []rune(s)
	if len(runes) <= width {
		return s
	}
	cut := string(runes[:width-4])
	if i := strings.LastIndex(cut, " "); i > 0 {
		cut = cut[:i]
	}
	return cut + " ..."
}

// writeCSV writes a row for each region and follower; an empty bound is not known.
func writeCSV(w io.Writer, r *result) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"list", "old", "new", "effect", "decided-from", "decided-to", "item", "paragraphs", "residue", "witness",
		"follower", "in-force-from", "in-force-to", "least-days", "most-days", "censoring", "lists"}}
	for _, d := range r.Decisions {
		for _, l := range d.Lags {
			var least, most string
			if !l.Days.NoLeast {
				least = strconv.Itoa(l.Days.Least)
			}
			if !l.Days.NoMost {
				most = strconv.Itoa(l.Days.Most)
			}
			var lists []string
			for _, x := range l.Lists {
				lists = append(lists, strings.TrimSpace(x.List+" "+x.Edition.String()))
			}
			rows = append(rows, []string{d.List, d.Old.String(), d.New.String(), string(d.Effect), d.Decided.From.String(), d.Decided.To.String(), d.Name(),
				strings.Join(d.Paragraphs, " "), strings.Join(d.Residue, " "), diff.Describe(d.Witness),
				l.Follower, l.InForce.From.String(), l.InForce.To.String(), least, most, string(l.InForce.Censoring()), strings.Join(lists, "; ")})
		}
	}
	return c.WriteAll(rows)
}
