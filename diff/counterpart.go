package diff

import (
	"cmp"
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// counterparts are the leaf paragraphs of l which together catch all of x that l does: those that speak of the same, most
// alike first, then others besides. Where l catches nothing of x, those of its kinds that share most attributes.
func (m *matcher) counterparts(x subject, l *regime.CompiledList) (near, besides []*regime.CompiledParagraph) {
	candidates := m.candidates(x, l)
	for _, y := range candidates {
		if y.Scope == x.is {
			return []*regime.CompiledParagraph{y.CompiledParagraph}, nil
		}
	}
	left := x.is.Intersect(l.Whole)
	if left.Empty() {
		for _, y := range candidates {
			if y.shared > 0 && !candidates[0].more(y) {
				near = append(near, y.CompiledParagraph)
			}
		}
		return near, nil
	}
	var best candidate
	for _, y := range candidates {
		if left.Disjoint(y.Scope) {
			continue
		}
		if len(near)+len(besides) == 0 {
			best = y
		}
		half := y // at least half as alike as the most alike
		half.shared *= 2
		if y.shared > 0 && !best.more(half) || y.plain && m.alike(x.is, y.Scope) {
			near = append(near, y.CompiledParagraph)
		} else {
			besides = append(besides, y.CompiledParagraph)
		}
		if left = left.Minus(y.Scope); left.Empty() {
			break
		}
	}
	return near, besides
}

// candidate is a paragraph that may be a counterpart, with how many attributes it shares of those that both sides speak of.
type candidate struct {
	*regime.CompiledParagraph
	shared, union int
	plain         bool // it or what is asked for speaks of no attribute
}

// more reports whether x is more alike than y, by the share of shared attributes.
func (x candidate) more(y candidate) bool {
	return x.shared*max(y.union, 1) > y.shared*max(x.union, 1)
}

// candidates are the leaf paragraphs of l that can catch things of the kinds of x, the most alike first, then in document
// order.
func (m *matcher) candidates(x subject, l *regime.CompiledList) []candidate {
	var at []int
	for _, k := range m.concerned(x.is) {
		at = append(at, l.Concerning(&scope.Item{Kinds: []string{k}})...)
	}
	slices.Sort(at)
	var out []candidate
	for _, i := range slices.Compact(at) {
		q := &l.Paragraphs[i]
		if !q.Leaf && len(q.Therefor) == 0 {
			continue
		}
		other := m.attributes(q)
		y := candidate{CompiledParagraph: q, plain: len(x.attributes) == 0 || len(other) == 0}
		for _, a := range other {
			if slices.Contains(x.attributes, a) {
				y.shared++
			}
		}
		y.union = len(x.attributes) + len(other) - y.shared
		out = append(out, y)
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(boolInt(b.more(a))-boolInt(a.more(b)), boolInt(b.plain)-boolInt(a.plain), a.union-b.union)
	})
	return out
}

// alike reports whether one of two scopes that overlap, of which one speaks of no attribute, catches all that the other does
// of its kinds.
func (m *matcher) alike(x, y scope.Scope) bool {
	return m.ofKinds(x, m.concerned(y)).SubsetOf(y) || m.ofKinds(y, m.concerned(x)).SubsetOf(x)
}

// concerned is the kinds of which x may hold things.
func (m *matcher) concerned(x scope.Scope) []string {
	var out []string
	for _, k := range m.kinds {
		if x.Concerns(&scope.Item{Kinds: []string{k}}) {
			out = append(out, k)
		}
	}
	return out
}

// ofKinds is what of x is of exactly one of the kinds.
func (m *matcher) ofKinds(x scope.Scope, kinds []string) scope.Scope {
	parts := make([]scope.Scope, len(kinds))
	for i, k := range kinds {
		parts[i] = x.Among(k, nil)
	}
	return m.c.Space.Union(parts...)
}

// within is what of x can be held against list b: things of the kinds that it covers and, where its paragraphs near x catch
// things of others, of these. Whole reports whether there are none of the latter.
func (m *matcher) within(x subject, b int, near []*regime.CompiledParagraph) (asked scope.Scope, whole bool) {
	l := &m.c.Lists[b]
	var covered, beyond []string
	for _, k := range m.concerned(x.is) {
		it := scope.Item{Kinds: []string{k}}
		switch {
		case !l.Asked(k):
		case l.Knows(&it):
			covered = append(covered, k)
		case slices.ContainsFunc(near, func(q *regime.CompiledParagraph) bool { return q.Scope.Concerns(&it) }):
			beyond = append(beyond, k)
		}
	}
	rest := m.ofKinds(x.is, beyond)
	asked = m.ofKinds(x.is, covered).Intersect(m.aims(b))
	if !rest.Empty() {
		return asked.Union(rest), false
	}
	if asked.Empty() { // for things that it does not cover: technology for them, say
		return m.ofKinds(x.is, covered), false
	}
	return asked, true
}

// aims is what is for things that list b covers, and what is for nothing.
func (m *matcher) aims(b int) scope.Scope {
	if x, ok := m.known[b]; ok {
		return x
	}
	v := m.c.Space.Vocabulary()
	var functions []string
	for _, f := range v.Functions {
		functions = append(functions, f.ID)
	}
	l := &m.c.Lists[b]
	x := m.c.Space.Everything()
	if len(functions) > 0 {
		stray := scope.Not{C: scope.OfKind{Kinds: l.Edition.Covers.Kinds, Pos: l.Edition.Pos}}
		strays, err := m.c.Space.Compile(scope.For{Functions: functions, Target: stray, Pos: l.Edition.Pos})
		if err == nil {
			x = strays.Complement()
		}
	}
	m.known[b] = x
	return x
}
