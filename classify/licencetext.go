package classify

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// WriteLicenceText writes a determination for a person: the outcome, the rules behind it with where they stand, the
// exceptions that are open, and what the outcome hangs on. With steps, each rule is explained line by line.
func WriteLicenceText(w io.Writer, d *Determination, steps bool) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s to %s: %s\n", d.From, d.To, d.Outcome)
	if d.Note != "" {
		fmt.Fprintf(b, "  (%s)\n", d.Note)
	}
	explain := func(in []Step) {
		for _, s := range in {
			if steps {
				fmt.Fprintf(b, "%s%s %s  [%v]\n", strings.Repeat("  ", s.Depth+3), marks[s.Truth], s.line(), s.Pos)
			}
		}
	}
	for i := range d.Answers {
		a := &d.Answers[i]
		fmt.Fprintf(b, "  %s (law of %s): %s\n", a.Authority, a.Law, a.Outcome)
		for _, v := range a.Verdicts {
			fmt.Fprintf(b, "    %s %s: %s %s\n", v.List, v.Edition, v.Verdict, strings.Join(v.Paragraphs, ", "))
		}
		if a.Note != "" {
			fmt.Fprintf(b, "    note: %s\n", a.Note)
		}
		for _, r := range a.Requirements {
			fmt.Fprintf(b, "    %s licence required: %s\n", marks[r.Truth], r.summary())
			explain(r.Steps)
		}
		ruledOut := 0
		for _, e := range a.Exceptions {
			if e.Truth == scope.False && !steps {
				ruledOut++
				continue
			}
			mark, open := marks[e.Truth], "if"
			if e.Plainly {
				mark, open = marks[scope.True], "provided that none of these says otherwise"
			}
			fmt.Fprintf(b, "    %s freed by %s\n", mark, described(e.ID, e.Title, e.Cite))
			if len(e.Open) > 0 {
				fmt.Fprintf(b, "        %s: %s\n", open, strings.Join(e.Open, ", "))
			}
			explain(e.Steps)
			for _, o := range e.Obligations {
				if e.Truth != scope.False {
					fmt.Fprintf(b, "        duty: %s\n", described(o.Text, "", o.Cite))
				}
			}
		}
		if ruledOut > 0 {
			fmt.Fprintf(b, "    - %d exceptions for this destination are ruled out\n", ruledOut)
		}
		for _, m := range a.Missing {
			fmt.Fprintf(b, "    tell: %s\n", strings.Join(m, " and "))
		}
		if len(a.Provided) > 0 && !steps {
			ids := make([]string, len(a.Provided))
			for i, r := range a.Provided {
				ids[i] = r.ID
			}
			fmt.Fprintf(b, "    unless one of these holds, as it may by what is not stated: %s\n", strings.Join(ids, ", "))
			continue
		}
		for _, r := range a.Provided {
			fmt.Fprintf(b, "    unless: %s\n", r.summary())
			explain(r.Steps)
		}
	}
	return b.Flush()
}

func (r *RuleAnswer) summary() string {
	title := r.Title
	if r.Reason != "" {
		title = strings.TrimSpace(title + " for " + r.Reason)
	}
	return described(r.ID, title, r.Cite)
}

func described(id, title, cite string) string {
	if title != "" {
		id += ", " + title
	}
	if cite != "" {
		id += " (" + cite + ")"
	}
	return id
}
