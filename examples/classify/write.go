package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// writer writes answered items one by one.
type writer struct {
	out     *bufio.Writer
	explain *classify.Explainer // nil without -explain
	lists   *regime.Compiled
	write   func(w *writer, a *classify.Answered) error
	end     string
	first   bool
	table   *csv.Writer
}

func newWriter(format string, out io.Writer, explain bool, lists *regime.Compiled) (*writer, error) {
	w := &writer{out: bufio.NewWriter(out), lists: lists, first: true}
	if explain {
		w.explain = classify.NewExplainer(lists)
	}
	switch format {
	case "text":
		w.write = (*writer).text
	case "md":
		w.write = (*writer).markdown
	case "json":
		w.write, w.end = (*writer).json, "\n]\n"
	case "csv":
		w.table = csv.NewWriter(w.out)
		w.write = (*writer).csv
		if err := w.table.Write([]string{"item", "list", "edition", "verdict", "paragraphs", "missing", "residue"}); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("format %q is not known; use text, json, csv or md", format)
	}
	return w, nil
}

func (w *writer) item(a *classify.Answered) error {
	err := w.write(w, a)
	w.first = false
	return err
}

func (w *writer) close() error {
	if w.table != nil {
		w.table.Flush()
		if err := w.table.Error(); err != nil {
			return err
		}
	}
	if w.first && w.end != "" {
		w.out.WriteString("[")
	}
	w.out.WriteString(w.end)
	return w.out.Flush()
}

func (w *writer) text(a *classify.Answered) error {
	fmt.Fprintf(w.out, "%s (%s)\n", a.Record.ID, strings.Join(a.Record.Kinds, "+"))
	for _, r := range a.Results {
		line := fmt.Sprintf("  %-12s %-10s  %-14s", r.List, r.Edition, r.Verdict)
		switch {
		case r.Verdict == classify.Controlled:
			line += "  " + strings.Join(r.Paragraphs, ", ")
			if r.Together {
				line += " (one of these)"
			}
		case len(r.Missing) > 0:
			line += "  tell: " + sets(r.Missing)
		case len(r.Residue) > 0:
			line += "  judgement: " + strings.Join(r.Residue, ", ")
		}
		fmt.Fprintln(w.out, strings.TrimRight(line, " "))
	}
	if w.explain == nil {
		return nil
	}
	if err := classify.WriteText(w.out, spoken(w.explain.Item(&a.Record.Item))); err != nil {
		return err
	}
	for i := range w.lists.Lists {
		l := &w.lists.Lists[i]
		for _, m := range classify.NearMisses(l, &a.Record.Item) {
			for _, f := range m.Flips {
				fmt.Fprintf(w.out, "  near: %s %s, with %s in place of %s%s\n", l.Edition.List, m.Code, f.To, f.Stated, away(f))
			}
		}
	}
	for i, q := range classify.Questions(w.lists, &a.Record.Item) {
		if i == 5 {
			break
		}
		fmt.Fprintf(w.out, "  ask: %s (settles %d paragraphs, bears on %d; %s)\n", q.Property, q.Settles, q.Bears, strings.Join(q.Lists, ", "))
	}
	return nil
}

// spoken leaves out lists that have no paragraph on such things.
func spoken(all []classify.Explanation) (out []classify.Explanation) {
	for _, e := range all {
		if len(e.Steps) > 0 {
			out = append(out, e)
		}
	}
	return out
}

func away(f scope.Flip) string {
	if f.By == "" {
		return ""
	}
	return " (" + f.By + " away)"
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

func (w *writer) markdown(a *classify.Answered) error {
	fmt.Fprintf(w.out, "# %s\n\n| list | edition | verdict | paragraphs |\n| --- | --- | --- | --- |\n", a.Record.ID)
	for _, r := range a.Results {
		fmt.Fprintf(w.out, "| %s | %s | %s | %s |\n", r.List, r.Edition, r.Verdict, strings.Join(r.Paragraphs, ", "))
	}
	fmt.Fprintln(w.out)
	if w.explain == nil {
		return nil
	}
	return classify.WriteMarkdown(w.out, spoken(w.explain.Item(&a.Record.Item)))
}

func (w *writer) json(a *classify.Answered) error {
	line := struct {
		Item       string                         `json:"item"`
		Verdicts   []classify.Result              `json:"verdicts"`
		Explained  []classify.Explanation         `json:"explanations,omitempty"`
		NearMisses map[string][]classify.NearMiss `json:"near-misses,omitempty"`
		Questions  []classify.Question            `json:"questions,omitempty"`
	}{Item: a.Record.ID, Verdicts: a.Results}
	if w.explain != nil {
		line.Explained = w.explain.Item(&a.Record.Item)
		line.NearMisses = map[string][]classify.NearMiss{}
		for i := range w.lists.Lists {
			if misses := classify.NearMisses(&w.lists.Lists[i], &a.Record.Item); len(misses) > 0 {
				line.NearMisses[w.lists.Lists[i].Edition.List] = misses
			}
		}
		line.Questions = classify.Questions(w.lists, &a.Record.Item)
	}
	data, err := json.MarshalIndent(line, " ", " ")
	if err != nil {
		return err
	}
	start := ",\n "
	if w.first {
		start = "[\n "
	}
	w.out.WriteString(start)
	_, err = w.out.Write(data)
	return err
}

func (w *writer) csv(a *classify.Answered) error {
	for _, r := range a.Results {
		var missing []string
		for _, s := range r.Missing {
			missing = append(missing, strings.Join(s, " & "))
		}
		row := []string{a.Record.ID, r.List, r.Edition, string(r.Verdict), strings.Join(r.Paragraphs, " "), strings.Join(missing, " | "), strings.Join(r.Residue, " ")}
		for i := range row {
			if row[i] != "" && strings.ContainsAny(row[i][:1], "=+-@\t") {
				row[i] = "'" + row[i] // a spreadsheet must not read text as a formula
			}
		}
		if err := w.table.Write(row); err != nil {
			return err
		}
	}
	return nil
}
