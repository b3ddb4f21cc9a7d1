package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Hypothesis is what a comparison becomes if editions that are not law were in force.
type Hypothesis struct {
	Before, After *Report
	Changes       []ListChange // of the lists that have a hypothetical edition, by list

	// Findings by their fingerprints: Closed are those of Before that After does not have, Opened the reverse.
	Closed, Opened []Finding
}

// A ListChange is what a hypothetical edition of one list does on the items that both editions cover.
type ListChange struct {
	List   string   `json:"list"`
	From   string   `json:"from"` // the edition that it would replace; empty where the list has none
	To     string   `json:"to"`
	Gained []Region `json:"gained"` // what it newly controls; the signatures are of the lists that would then
	Lost   []Region `json:"lost"`   // what it no longer controls; the signatures are of the lists that do now
}

// WhatIf compares the lists of a view, and compares them again with hypothetical editions in the place of those of the same lists, or
// besides where the view has none. Make the editions with [regime.ParseList]; those with a base are applied to it. Each has to be in force on the
// date of the view, or with no date to be the newest of its list. Items are of the given kinds, as in [Compare]. Its cost is that of one
// compilation and two comparisons. The error is an edition that is law, is not in force, or does not fit its base.
func WhatIf(c *regime.Corpus, view regime.View, editions []*regime.Edition, kinds ...string) (*Hypothesis, error) {
	changed := c
	var lists []string
	for _, e := range editions {
		if !e.Hypothetical {
			return nil, fmt.Errorf("edition %v of %q: not marked as hypothetical; write `hypothetical: true`", e.Date(), e.List)
		}
		if slices.Contains(lists, e.List) {
			return nil, fmt.Errorf("list %q has two hypothetical editions; give one", e.List)
		}
		var err error
		if changed, err = changed.With(e); err != nil {
			return nil, err
		}
		lists = append(lists, e.List)
	}
	if len(lists) == 0 {
		return nil, fmt.Errorf("no hypothetical edition is given")
	}
	then, err := changed.Newest(lists...)
	if !view.Date.IsZero() {
		then, err = changed.At(view.Date, lists...)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range editions {
		if x := then.Edition(e.List); x == nil || x.Date() != e.Date() {
			return nil, fmt.Errorf("edition %v of %q: another edition is in force; date it later than that, and not after the date of the comparison", e.Date(), e.List)
		}
	}
	all := regime.View{Date: view.Date, Editions: slices.Concat(view.Editions, then.Editions)}
	v := c.Vocabulary()
	k, err := changed.Compile(all, regime.Options{AnyDestination: true, Kinds: Kinds(v, kinds...)})
	if err != nil {
		return nil, err
	}
	h := hypothesis{k: k, kinds: Kinds(v, kinds...)}
	for i := range view.Editions {
		h.before = append(h.before, i)
		if n := slices.IndexFunc(then.Editions, func(e *regime.Edition) bool { return e.List == view.Editions[i].List }); n >= 0 {
			h.after = append(h.after, len(view.Editions)+n)
		} else {
			h.after = append(h.after, i)
		}
	}
	for n, e := range then.Editions {
		if view.Edition(e.List) == nil {
			h.after = append(h.after, len(view.Editions)+n)
		}
	}
	return h.compare(kinds)
}

// hypothesis is a view that holds both editions of the lists that change.
type hypothesis struct {
	k             *regime.Compiled
	before, after []int // of the lists of k
	kinds         []string
}

func (h *hypothesis) compare(kinds []string) (*Hypothesis, error) {
	out := &Hypothesis{Closed: []Finding{}, Opened: []Finding{}}
	before, after := part(h.k, h.before), part(h.k, h.after)
	var err error
	if out.Before, err = Compare(before, kinds...); err != nil {
		return nil, err
	}
	if out.After, err = Compare(after, kinds...); err != nil {
		return nil, err
	}
	out.Closed, out.Opened = without(out.Before.Findings, out.After.Findings), without(out.After.Findings, out.Before.Findings)
	for i, n := range h.after {
		o := -1
		if i < len(h.before) {
			o = h.before[i]
		}
		if o == n {
			continue
		}
		e := h.k.Lists[n].Edition
		l := ListChange{List: e.List, To: e.Date().String(), Gained: []Region{}, Lost: []Region{}}
		if o >= 0 {
			l.From = h.k.Lists[o].Edition.Date().String()
		}
		if l.Gained, err = h.only(after, h.after, n, o); err != nil {
			return nil, err
		}
		if o >= 0 {
			if l.Lost, err = h.only(before, h.before, o, n); err != nil {
				return nil, err
			}
		}
		out.Changes = append(out.Changes, l)
	}
	slices.SortFunc(out.Changes, func(x, y ListChange) int { return strings.Compare(x.List, y.List) })
	return out, nil
}

// part is some of the lists of k.
func part(k *regime.Compiled, lists []int) *regime.Compiled {
	out := &regime.Compiled{Corpus: k.Corpus, View: regime.View{Date: k.View.Date}, Space: k.Space}
	var wholes []scope.Scope
	for _, i := range lists {
		out.Lists = append(out.Lists, k.Lists[i])
		out.View.Editions = append(out.View.Editions, k.Lists[i].Edition)
		wholes = append(wholes, k.Lists[i].Whole)
	}
	out.Joint = k.Space.Join(wholes)
	return out
}

// only is the regions among some of the lists that the one controls and the other, if any, knows and does not.
func (h *hypothesis) only(among *regime.Compiled, lists []int, one, other int) ([]Region, error) {
	out := []Region{}
	wholes := make([]scope.Scope, 0, len(lists)+1)
	for _, i := range lists {
		wholes = append(wholes, h.k.Lists[i].Whole)
	}
	if other >= 0 {
		if h.k.Lists[one].Whole == h.k.Lists[other].Whole {
			return out, nil
		}
		wholes = append(wholes, h.k.Lists[other].Whole)
	}
	at := slices.Index(lists, one)
	for _, cell := range h.k.Space.Join(wholes).Partition(h.kinds...) {
		if !slices.Contains(cell.Members, at) || slices.Contains(cell.Members, len(lists)) {
			continue
		}
		r, err := region(among, cell)
		if err != nil {
			return nil, err
		}
		if other < 0 || h.k.Lists[other].Knows(&r.Witness) {
			out = append(out, r)
		}
	}
	return out, nil
}

// without is the findings of a whose fingerprint b does not have.
func without(a, b []Finding) []Finding {
	has := map[string]bool{}
	for _, f := range b {
		has[f.Fingerprint] = true
	}
	return append([]Finding{}, slices.DeleteFunc(slices.Clone(a), func(f Finding) bool { return has[f.Fingerprint] })...)
}

// MarshalJSON writes what changes, then the report with the hypothetical editions and the metrics without them.
func (h *Hypothesis) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Changes []ListChange  `json:"changes"`
		Closed  []Finding     `json:"closed"`
		Opened  []Finding     `json:"opened"`
		Lists   []ListEdition `json:"lists"`
		Regions []Region      `json:"regions"`
		Found   []Finding     `json:"findings"`
		Metrics Metrics       `json:"metrics"`
		Before  Metrics       `json:"metrics-before"`
	}{h.Changes, h.Closed, h.Opened, h.After.Lists, notNil(h.After.Regions), notNil(h.After.Findings), h.After.Metrics, h.Before.Metrics})
}

// maxChanges is how many regions or findings of each sort the text shows.
const maxChanges = 12

// WriteWhatIf writes a hypothesis for a person.
func WriteWhatIf(w io.Writer, h *Hypothesis) error {
	var b bytes.Buffer
	for _, l := range h.Changes {
		fmt.Fprintf(&b, "%s: hypothetical %s in the place of %s\n", l.List, l.To, l.From)
		for _, side := range []struct {
			what    string
			regions []Region
		}{{"newly controls", l.Gained}, {"no longer controls", l.Lost}} {
			for i, r := range side.regions {
				if i == maxChanges {
					fmt.Fprintf(&b, "  and %d other regions\n", len(side.regions)-i)
					break
				}
				fmt.Fprintf(&b, "  %s %s%s\n", side.what, clip(said(&r), summaryWidth), residueNote(r.Residue))
				fmt.Fprintf(&b, "    such as %s; %s\n", clip(Describe(r.Witness), summaryWidth), others(&r, l.List))
			}
		}
		if len(l.Gained)+len(l.Lost) == 0 {
			fmt.Fprintln(&b, "  controls the same items")
		}
	}
	for _, side := range []struct {
		what     string
		findings []Finding
	}{{"closed", h.Closed}, {"opened", h.Opened}} {
		fmt.Fprintf(&b, "\n%d findings %s\n", len(side.findings), side.what)
		for i := range side.findings {
			if i == maxChanges {
				fmt.Fprintf(&b, "  and %d others\n", len(side.findings)-i)
				break
			}
			f := &side.findings[i]
			fmt.Fprintf(&b, "  %s %s %s\n", f.Kind, f.Fingerprint, clip(f.Message(), summaryWidth))
		}
	}
	x, y := h.Before.Metrics, h.After.Metrics
	fmt.Fprintf(&b, "\nregions %d, then %d; aligned %d of %d, then %d of %d; unilateral %d, then %d\n", x.Regions, y.Regions,
		x.Alignment.Part, x.Alignment.Of, y.Alignment.Part, y.Alignment.Of, x.Unilateral.Part, y.Unilateral.Part)
	_, err := w.Write(b.Bytes())
	return err
}

// said is the items of a region in words, with what describes them first.
func said(r *Region) string {
	alternatives, more := r.Conditions(1)
	text := r.Name()
	if len(alternatives) > 0 {
		text += ": " + lines(alternatives)[0]
	}
	if more {
		text += " | ..."
	}
	return text
}

func residueNote(residue []string) string {
	if len(residue) == 0 {
		return ""
	}
	return " (if " + strings.Join(residue, ", ") + ")"
}

// others are the lists that control the region besides one.
func others(r *Region, list string) string {
	rest := slices.DeleteFunc(slices.Clone(r.Signature), func(l string) bool { return l == list })
	if len(rest) == 0 {
		return "no other list does"
	}
	return "so do " + strings.Join(rest, ", ")
}
