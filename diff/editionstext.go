package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// WriteEditionsText writes an update for a person: what each paragraph does otherwise and why, with a witness of what no paragraph
// caught before or catches now, then what that comes to for the list as a whole, by kind, and the items whose status
// changes. Changes that follow another are counted and left out.
func WriteEditionsText(w io.Writer, u *Update) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s against %s: what it catches is %s what it caught\n", u.List, u.New, u.Old, phrased(u.Relation, u.Residue))
	if len(u.Fields) > 0 {
		fmt.Fprintf(&b, "edition: %s differ\n", strings.Join(u.Fields, ", "))
	}
	if len(u.Apart) > 0 {
		fmt.Fprintf(&b, "not compared, as only one edition covers them: %s\n", clip(strings.Join(u.Apart, ", "), summaryWidth))
	}
	follow := 0
	for i := range u.Changes {
		if u.Changes[i].Follows != "" {
			follow++
		}
	}
	fmt.Fprint(&b, "\nparagraphs that differ: ", len(u.Changes)-follow)
	if follow > 0 {
		fmt.Fprintf(&b, ", and %d that follow them", follow)
	}
	fmt.Fprintln(&b)
	for i := range u.Changes {
		if ch := &u.Changes[i]; ch.Follows == "" {
			ch.write(&b)
		}
	}
	for _, x := range []struct {
		name   string
		shifts []Shift
	}{{"newly caught", u.Caught}, {"released", u.Released}} {
		if len(x.shifts) > 0 {
			fmt.Fprintf(&b, "\nBy the list as a whole, %s\n", x.name)
		}
		for _, alike := range grouped(x.shifts) {
			s := alike[0]
			names := s.Name()
			if n := len(alike) - 1; n > 0 {
				names += fmt.Sprintf(" and %d other kinds", n)
			}
			fmt.Fprintf(&b, "  %s: %s\n", names, clip(s.condition(), summaryWidth))
			s.write(&b, "    ")
			fmt.Fprintf(&b, "    caught by %s", strings.Join(s.Catching, ", "))
			if len(s.Nearest) > 0 {
				fmt.Fprintf(&b, ", left out by %s", strings.Join(s.Nearest, ", "))
			}
			fmt.Fprintln(&b)
		}
	}
	if len(u.Items) > 0 {
		fmt.Fprintln(&b, "\nItems")
	}
	for _, it := range u.Items {
		fmt.Fprintf(&b, "  %s: %s > %s\n", it.Item, treated(string(it.Old.Verdict), it.Old.Paragraphs), treated(string(it.New.Verdict), it.New.Paragraphs))
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (c *Change) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "  %-11s %s", c.Effect, c.Code())
	if c.Title != "" {
		fmt.Fprintf(b, " (%s)", c.Title)
	}
	switch {
	case len(c.Fields) > 0:
		fmt.Fprintf(b, ": %s", strings.Join(c.Fields, ", "))
	case c.Effect != Renumbered:
		fmt.Fprint(b, ": a general note, or what it refers to")
	}
	if len(c.Residue) > 0 {
		fmt.Fprintf(b, "; hangs on %s", strings.Join(c.Residue, ", "))
	}
	fmt.Fprintln(b)
	for _, x := range []struct {
		name  string
		fresh *Shift
		codes []string
	}{{"caught before by", c.Caught, c.From}, {"caught now by", c.Released, c.To}} {
		if len(x.codes) == 0 {
			continue
		}
		if x.fresh != nil {
			x.name = "in part " + x.name
		}
		fmt.Fprintf(b, "      %s %s\n", x.name, strings.Join(x.codes, ", "))
	}
	for _, x := range []struct {
		name string
		*Shift
	}{{"catches", c.Caught}, {"releases", c.Released}} {
		if x.Shift != nil {
			fmt.Fprintf(b, "      %s %s\n", x.name, clip(x.condition(), summaryWidth))
			x.Shift.write(b, "        ")
		}
	}
}

// condition is the first alternative of the conditions.
func (s *Shift) condition() string {
	if len(s.Conditions) == 0 {
		return s.Name()
	}
	if len(s.Conditions) > 1 || s.More {
		return "one way: " + s.Conditions[0]
	}
	return s.Conditions[0]
}

// weightiest puts what holds on the line only first in each alternative.
func weightiest(alternatives [][]string) [][]string {
	out := make([][]string, len(alternatives))
	for i, a := range alternatives {
		out[i] = slices.Clone(a)
		slices.SortStableFunc(out[i], func(x, y string) int { return weight(x) - weight(y) })
	}
	return out
}

func (s *Shift) write(b *bytes.Buffer, indent string) {
	fmt.Fprintf(b, "%switness %s", indent, clip(Describe(s.Witness), summaryWidth))
	if s.Grade != scope.Substantive {
		fmt.Fprintf(b, "; %s", s.Grade)
	}
	if len(s.Residue) > 0 {
		fmt.Fprintf(b, "; if residue %s", strings.Join(s.Residue, ", "))
	}
	fmt.Fprintln(b)
}

// grouped joins shifts that differ only in kind, in order.
func grouped(shifts []Shift) [][]*Shift {
	var out [][]*Shift
	at := map[string]int{}
	for i := range shifts {
		s := &shifts[i]
		key := strings.Join(slices.Concat(s.Conditions, []string{"by"}, s.Catching, []string{"not"}, s.Nearest, []string{"if"}, s.Residue, []string{string(s.Grade)}), "\n")
		n, seen := at[key]
		if !seen {
			at[key] = len(out)
			out = append(out, []*Shift{s})
			continue
		}
		out[n] = append(out[n], s)
	}
	return out
}

// phrased is a relation as a phrase.
func phrased(r scope.Relation, residue []string) string {
	switch r {
	case scope.EqualTo:
		return "the same as"
	case scope.SubsetOf:
		return "only part of"
	case scope.SupersetOf:
		return "more than"
	case scope.IntersectsWith:
		return "partly other than"
	case scope.NoRelationship:
		return "nothing of"
	}
	return "for residue to say (" + clip(strings.Join(residue, ", "), summaryWidth) + ") against"
}

func treated(verdict string, paragraphs []string) string {
	return strings.TrimSpace(verdict + " " + strings.Join(paragraphs, ", "))
}

// WriteEditionsJSON writes an update as one indented JSON object.
func WriteEditionsJSON(w io.Writer, u *Update) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(u)
}
