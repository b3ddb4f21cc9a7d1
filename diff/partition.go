package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

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
	For       []string // the kinds of what they are for, any of these; nil where it does not matter or they are for nothing
	Signature []string // lists that control them, sorted
	Without   []string // lists that cover such items and do not control them, nor does another list of their issuer, sorted
	Class     Class

	// UnderImplemented are the jurisdictions that take part in a regime which controls the items, and none of
	// whose lists does although one covers them.
	UnderImplemented []string

	Witness    scope.Item          // an item of the region
	Paragraphs map[string][]string // of each list of Signature, what catches the witness
	Residue    []string            // ids of residue on which it hangs that items lie here; empty for certain regions

	Scope scope.Scope
	text  *conditions
}

// conditions describe a cell; they are made when first asked for.
type conditions struct {
	once         sync.Once
	cell         scope.Cell
	alternatives [][]string
	more         bool
}

// MaxConditions is how many alternatives describe a region at most.
const MaxConditions = 4

// Conditions describes the region among the items of its kinds: alternatives of conjunctions, at most limit and never
// more than [MaxConditions]; more says that there are others. The first call computes them.
func (r Region) Conditions(limit int) (alternatives [][]string, more bool) {
	r.text.once.Do(func() { r.text.alternatives, r.text.more = r.text.cell.Conditions(MaxConditions) })
	if limit < len(r.text.alternatives) {
		return r.text.alternatives[:limit], true
	}
	return r.text.alternatives, r.text.more
}

// Goods are the kinds that are compared where nothing else is asked for: all but components and accessories known only by
// what they are for, software and technology. For those the lines of every controlled good come back, as what they
// are for, which makes them costlier: name them to have them.
func Goods(v *scope.Vocabulary) []string {
	var out []string
	for _, k := range v.Kinds {
		if !slices.ContainsFunc(Purposive, func(p string) bool { return v.IsA(k.ID, p) }) {
			out = append(out, k.ID)
		}
	}
	return out
}

// Kinds are the given kinds and, of goods, all narrower ones; or with none given [Goods]. Kinds of software and technology
// that are narrower, such as process design kits, are compared where they are named.
func Kinds(v *scope.Vocabulary, kinds ...string) []string {
	if len(kinds) == 0 {
		return Goods(v)
	}
	var out []string
	for _, k := range v.Kinds {
		if slices.ContainsFunc(kinds, func(want string) bool {
			return k.ID == want || v.IsA(k.ID, want) && !slices.ContainsFunc(Purposive, func(p string) bool { return v.IsA(want, p) })
		}) {
			out = append(out, k.ID)
		}
	}
	return out
}

// Purposive are the root kinds of things that lists mostly control by what they are for.
var Purposive = []string{"component", "accessory", "software", "technology"}

// Partition cuts the items of the given kinds, or with none given of [Goods], into regions by which lists control them, in
// order of kind, of what they are for and of signature. Lists that do not cover the items of a region take no part in it. The error is a region whose
// witness, classified again, does not lie where the region says: a fault of this library, never of data.
func Partition(c *regime.Compiled, kinds ...string) ([]Region, error) {
	if len(kinds) == 0 {
		kinds = Goods(c.Space.Vocabulary())
	}
	var out []Region
	for _, cell := range c.Joint.Partition(kinds...) {
		r, err := region(c, cell)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Region) int {
		return cmp.Or(slices.Compare(a.Kinds, b.Kinds), slices.Compare(a.For, b.For), slices.Compare(a.Signature, b.Signature), cmp.Compare(len(a.Residue), len(b.Residue)))
	})
	return out, nil
}

func region(c *regime.Compiled, cell scope.Cell) (Region, error) {
	r := Region{
		Kinds: cell.Kinds, For: cell.For, Scope: cell.Scope, text: &conditions{cell: cell},
		Signature: []string{}, Without: []string{}, Residue: []string{}, Paragraphs: map[string][]string{},
	}
	w, ok := cell.Scope.Witness()
	if !ok {
		return r, fmt.Errorf("no witness for a region of %v", cell.Kinds)
	}
	r.Witness = w
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
			return r, fmt.Errorf("witness %+v of a region of %v is %v under %s, want %v", w, cell.Kinds, got, l.Edition.List, want)
		}
		switch {
		case in:
			r.Signature = append(r.Signature, l.Edition.List)
			r.Paragraphs[l.Edition.List] = classify.Catching(l, &w, got)
		case l.Knows(&w):
			r.Without = append(r.Without, l.Edition.List)
		}
	}
	slices.Sort(r.Signature)
	r.Without = slices.DeleteFunc(r.Without, func(list string) bool { return otherwiseControlled(c, list, r.Signature) })
	slices.Sort(r.Without)
	r.Class = ClassOf(c.Corpus, r.Signature)
	r.UnderImplemented = underImplemented(c, r.Signature, r.Without)
	return r, nil
}

// otherwiseControlled reports whether whoever issues the list controls by another of the lists in force for it: a member
// state by the list of its bloc.
func otherwiseControlled(c *regime.Compiled, list string, signature []string) bool {
	a, ok := c.Corpus.AuthorityOf(list)
	return ok && slices.ContainsFunc(a.Lists, func(l string) bool { return slices.Contains(signature, l) })
}

// Name says in words what the items of the region are: their kind, and what they are for.
func (r Region) Name() string {
	name := strings.Join(r.Kinds, "+")
	switch {
	case len(r.For) > 3:
		name += fmt.Sprintf(" for %s and %d other kinds", r.For[0], len(r.For)-1)
	case len(r.For) > 0:
		name += " for " + strings.Join(r.For, " or ")
	}
	return name
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
