package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Mapping relates the paragraphs of one list to those of another, in the terms of NIST IR 8477: what the items caught
// have in common, among the items of one most specific kind, of those compared, that both lists cover. Only paragraphs
// without parts are related, only where they catch such items, and only to paragraphs that share an attribute with
// them, or where one speaks of none, or that catch the same. Most paragraphs on one kind of things intersect, because a
// thing can meet the conditions of both: that is stated only of those of which neither is equal to another. Lists are
// related as documents: what the list of a bloc controls for its member is no matter here.
type Mapping struct {
	Source, Target ListEdition
	Relations      []ParagraphRelation // of those that have items in common, in document order
	SourceGaps     []string            // codes of the source with nothing in common with any paragraph of the target
	TargetGaps     []string            // codes of the target with nothing in common with any paragraph of the source
}

// A ParagraphRelation says how what a paragraph of the source catches relates to what one of the target catches. A
// subset is the looser control.
type ParagraphRelation struct {
	Source, Target         string // codes
	Relation               scope.Relation
	Residue                []string    // ids of residue that decides an unknown relation
	Common                 *scope.Item // an item that both catch; nil for an unknown relation
	SourceOnly, TargetOnly *scope.Item // items that one of them catches; nil where there is none, or the relation is unknown
}

// Mappings relates every list of c to every later one, paragraph by paragraph, on items of the given kinds and narrower
// ones, or with none given of [Goods]. Its cost is that of comparing every two paragraphs of two lists that speak of
// the same kinds. The error is a witness that does not show what it should when it is classified again: a fault of this
// library, never of data; or a kind that is not in the vocabulary.
func Mappings(c *regime.Compiled, kinds ...string) ([]Mapping, error) {
	v := c.Space.Vocabulary()
	for _, k := range kinds {
		if v.Kind(k) == nil {
			return nil, fmt.Errorf("kind %q is not in the vocabulary", k)
		}
	}
	m := mapper{c: c, kinds: Kinds(v, kinds...)}
	for i := range c.Lists {
		m.leaves = append(m.leaves, m.leavesOf(&c.Lists[i]))
	}
	var out []Mapping
	for i := range c.Lists {
		for j := i + 1; j < len(c.Lists); j++ {
			x, err := m.relate(i, j)
			if err != nil {
				return nil, err
			}
			out = append(out, x)
		}
	}
	return out, nil
}

type mapper struct {
	c      *regime.Compiled
	kinds  []string
	leaves [][]leaf // of each list
}

// leaf is a paragraph without parts, with those of the compared kinds of which it can catch things.
type leaf struct {
	*regime.CompiledParagraph
	kinds      []bool
	attributes []string
}

func (m *mapper) leavesOf(l *regime.CompiledList) []leaf {
	var out []leaf
	for i := range l.Paragraphs {
		p := &l.Paragraphs[i]
		if !p.Leaf || p.Scope == m.c.Space.Nothing() {
			continue
		}
		x := leaf{p, make([]bool, len(m.kinds)), m.c.Space.Vocabulary().AttributesIn(p.Criterion)}
		for k, kind := range m.kinds {
			x.kinds[k] = p.Scope.Concerns(&scope.Item{Kinds: []string{kind}})
		}
		if slices.Contains(x.kinds, true) {
			out = append(out, x)
		}
	}
	return out
}

// relate maps the list of index i to that of index j.
func (m *mapper) relate(i, j int) (Mapping, error) {
	a, b := &m.c.Lists[i], &m.c.Lists[j]
	out := Mapping{Source: listEdition(m.c, a), Target: listEdition(m.c, b)}
	both := make([]bool, len(m.kinds))
	var shared []scope.Scope
	for k, kind := range m.kinds {
		it := scope.Item{Kinds: []string{kind}}
		if both[k] = a.Knows(&it) && b.Knows(&it); both[k] {
			shared = append(shared, m.c.Space.Everything().Among(kind, nil))
		}
	}
	within := m.c.Space.Union(shared...)
	if within.Empty() {
		return out, nil
	}
	within = within.Intersect(a.Covered).Intersect(b.Covered)
	sources, targets := m.narrow(i, both, within), m.narrow(j, both, within)
	equalSource, equalTarget := make([]bool, len(sources)), make([]bool, len(targets))
	met := make([]bool, len(targets))
	type pair struct{ source, target int }
	var pairs []pair
	for i, p := range sources {
		alone := true
		for t, q := range targets {
			same := p.within == q.within
			if !same && (!p.meets(q.leaf) || p.within.Disjoint(q.within)) {
				continue
			}
			alone, met[t] = false, true
			equalSource[i], equalTarget[t] = equalSource[i] || same, equalTarget[t] || same
			pairs = append(pairs, pair{i, t})
		}
		if alone {
			out.SourceGaps = append(out.SourceGaps, p.Code)
		}
	}
	for t, q := range targets {
		if !met[t] {
			out.TargetGaps = append(out.TargetGaps, q.Code)
		}
	}
	for _, x := range pairs {
		p, q := sources[x.source], targets[x.target]
		if p.within != q.within && !p.kin(q.leaf) {
			continue
		}
		r := ParagraphRelation{Source: p.Code, Target: q.Code, Relation: scope.EqualTo}
		if p.within != q.within {
			r.Relation, r.Residue = p.within.Compare(q.within)
		}
		if r.Relation == scope.IntersectsWith && (equalSource[x.source] || equalTarget[x.target]) {
			continue
		}
		if err := r.show(p.within, q.within); err != nil {
			return out, fmt.Errorf("%s %s and %s %s: %w", out.Source.List, p.Code, out.Target.List, q.Code, err)
		}
		out.Relations = append(out.Relations, r)
	}
	return out, nil
}

// kin reports whether p and q speak of a common attribute, or one of them of none.
func (p leaf) kin(q leaf) bool {
	return len(p.attributes) == 0 || len(q.attributes) == 0 ||
		slices.ContainsFunc(p.attributes, func(a string) bool { return slices.Contains(q.attributes, a) })
}

// narrowed is a leaf with what it catches of the items that two lists cover.
type narrowed struct {
	leaf
	within scope.Scope
}

func (m *mapper) narrow(list int, both []bool, within scope.Scope) []narrowed {
	var out []narrowed
	for _, p := range m.leaves[list] {
		if !p.meets(leaf{kinds: both}) {
			continue
		}
		if x := p.Scope.Intersect(within); !x.Empty() {
			out = append(out, narrowed{p, x})
		}
	}
	return out
}

// meets reports whether p and q can catch things of a common kind.
func (p leaf) meets(q leaf) bool {
	for k := range p.kinds {
		if p.kinds[k] && q.kinds[k] {
			return true
		}
	}
	return false
}

// show finds items that show how x relates to y.
func (r *ParagraphRelation) show(x, y scope.Scope) error {
	if r.Relation == scope.Unknown {
		return nil
	}
	for _, part := range []struct {
		what  string
		scope scope.Scope
		x, y  scope.Truth // what x and y say of the item
		item  **scope.Item
	}{
		{"common", x.Intersect(y), scope.True, scope.True, &r.Common},
		{"source", x.Minus(y), scope.True, scope.False, &r.SourceOnly},
		{"target", y.Minus(x), scope.False, scope.True, &r.TargetOnly},
	} {
		w, ok := part.scope.Witness()
		if !ok {
			continue
		}
		gx, gy := x.Evaluate(&w), y.Evaluate(&w)
		if sure := gx == part.x && gy == part.y; !sure && gx != scope.Undetermined && gy != scope.Undetermined {
			return fmt.Errorf("witness %s of the %s part is %v and %v", Describe(w), part.what, gx, gy)
		}
		*part.item = &w
	}
	return nil
}

// Reading is the policy reading of a relation for the source: a subset of the items caught is a looser control.
func (r ParagraphRelation) Reading() string {
	switch r.Relation {
	case scope.EqualTo:
		return "same control"
	case scope.SubsetOf:
		return "looser control"
	case scope.SupersetOf:
		return "stricter control"
	case scope.IntersectsWith:
		return "looser and stricter control"
	case scope.NoRelationship:
		return "no control in common"
	}
	return "residue decides: " + strings.Join(r.Residue, ", ")
}

func listEdition(c *regime.Compiled, l *regime.CompiledList) ListEdition {
	a, _ := c.Corpus.AuthorityOf(l.Edition.List)
	return ListEdition{l.Edition.List, l.Edition.Date().String(), a.Kind}
}
