package diff

import (
	"fmt"
	"slices"
	"sort"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Class says how many stand behind a control.
type Class string

const (
	Multilateral Class = "multilateral" // a regime in force controls the items
	Plurilateral Class = "plurilateral" // two or more blocs or jurisdictions do, and no regime
	Unilateral   Class = "unilateral"   // one does
)

// A Region is the items of one kind that exactly the lists of Signature control.
type Region struct {
	Kinds     []string // most specific kinds of the items
	Signature []string // lists that control them, sorted
	Without   []string // lists that cover such items and do not control them, sorted
	Class     Class

	// UnderImplemented are the jurisdictions that take part in a regime which controls the items, and none of
	// whose lists does although one covers them.
	UnderImplemented []string

	Conditions [][]string          // alternatives of conjunctions, at most MaxConditions
	More       bool                // there are further alternatives
	Witness    scope.Item          // an item of the region
	Paragraphs map[string][]string // of each list of Signature, what catches the witness
	Residue    []string            // ids of residue on which it hangs that items lie here; empty for certain regions

	Scope scope.Scope
}

// MaxConditions is how many alternatives describe a region.
const MaxConditions = 6

// Partition cuts the items of every kind that any list controls into regions, in order of kind, then of signature. Lists
// that do not cover a kind do not take part in its regions. The error is a region whose witness, classified again, does
// not lie where the region says: a fault of this library, never of data.
func Partition(c *regime.Compiled) ([]Region, error) {
	var out []Region
	for _, cell := range c.Joint.Partition() {
		r, err := region(c, cell)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		if d := slices.Compare(a.Kinds, b.Kinds); d != 0 {
			return d < 0
		}
		if d := slices.Compare(a.Signature, b.Signature); d != 0 {
			return d < 0
		}
		return len(a.Residue) < len(b.Residue)
	})
	return out, nil
}

func region(c *regime.Compiled, cell scope.Cell) (Region, error) {
	r := Region{Kinds: cell.Kinds, Scope: cell.Scope, Signature: []string{}, Without: []string{}, Residue: []string{}, Paragraphs: map[string][]string{}}
	w, ok := cell.Scope.Witness()
	if !ok {
		return r, fmt.Errorf("no witness for a region of %v", cell.Kinds)
	}
	w.Kinds = cell.Kinds
	r.Witness = w
	r.Conditions, r.More = cell.Scope.Conditions(MaxConditions)
	if cell.Dependent {
		r.Residue = cell.Scope.Residues()
	}
	for i := range c.Lists {
		l := &c.Lists[i]
		in := slices.Contains(cell.Members, i)
		want := scope.False
		if in {
			want = scope.True
		}
		got := l.Whole.Evaluate(&w)
		if got != want && (!cell.Dependent || got != scope.Undetermined) {
			return r, fmt.Errorf("witness of a region of %v is %v under %s, want %v", cell.Kinds, got, l.Edition.List, want)
		}
		switch {
		case in:
			r.Signature = append(r.Signature, l.Edition.List)
			r.Paragraphs[l.Edition.List] = classify.Catching(l, &w, got)
		case l.Edition.Covers.Knows(c.Space.Vocabulary(), &w):
			r.Without = append(r.Without, l.Edition.List)
		}
	}
	slices.Sort(r.Signature)
	slices.Sort(r.Without)
	r.Class = ClassOf(c.Corpus, r.Signature)
	r.UnderImplemented = underImplemented(c, r.Signature, r.Without)
	return r, nil
}

// ClassOf is the class of what exactly these lists control. A bloc counts as one, beside those of its members that
// control the items by a list of their own.
func ClassOf(c *regime.Corpus, lists []string) Class {
	behind := map[string]bool{}
	for _, id := range lists {
		a, ok := c.AuthorityOf(id)
		switch {
		case !ok:
			behind[id] = true
		case a.Kind == "regime":
			return Multilateral
		default:
			behind[a.ID] = true
		}
	}
	if len(behind) > 1 {
		return Plurilateral
	}
	return Unilateral
}

// underImplemented lists the jurisdictions that take part in a regime behind the signature and control nothing of it.
func underImplemented(c *regime.Compiled, signature, without []string) []string {
	var out []string
	for _, id := range signature {
		a, ok := c.Corpus.AuthorityOf(id)
		if !ok || a.Kind != "regime" {
			continue
		}
		standing := map[string]bool{}
		for _, p := range c.Corpus.ParticipantsAt(a.ID, c.View.Date) {
			standing[p.Country] = p.Role == "participant" || p.Role == "member"
		}
		for _, j := range c.Corpus.Authorities() {
			if !standing[j.Country] || j.Kind == "regime" {
				continue
			}
			controls, lacks := false, false
			for _, l := range j.Lists {
				controls = controls || slices.Contains(signature, l)
				lacks = lacks || slices.Contains(without, l)
			}
			if lacks && !controls {
				out = append(out, j.ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Relate says how list a relates to list b on the items that both cover, and the residue on which an unknown
// relation hangs. A list that is not compiled relates to nothing.
func Relate(c *regime.Compiled, a, b string) (scope.Relation, []string) {
	x, y := find(c, a), find(c, b)
	if x == nil || y == nil {
		return scope.NoRelationship, nil
	}
	both := x.Covered.Intersect(y.Covered)
	return x.Whole.Intersect(both).Compare(y.Whole.Intersect(both))
}

func find(c *regime.Compiled, list string) *regime.CompiledList {
	for i := range c.Lists {
		if c.Lists[i].Edition.List == list {
			return &c.Lists[i]
		}
	}
	return nil
}
