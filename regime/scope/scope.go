package scope

import (
	"fmt"
	"slices"
)

// A Scope is a set of items, exactly. Scopes of one [Space] are closed under union, intersection and
// difference. The zero Scope belongs to no Space and is empty.
type Scope struct {
	s *Space
	r ref
}

// Nothing is the empty scope.
func (s *Space) Nothing() Scope { return Scope{s, falseRef} }

// Everything is the scope of all items.
func (s *Space) Everything() Scope { return Scope{s, trueRef} }

func (x Scope) with(y Scope, f func(s *Space) ref) Scope {
	s := x.s
	if s == nil {
		s = y.s
	}
	if s == nil {
		return Scope{}
	}
	s.mu.Lock()
	defer s.unlock()
	return Scope{s, f(s)}
}

// Union is what is in x or in y. It panics if they belong to different Spaces, as all combinations do.
func (x Scope) Union(y Scope) Scope {
	mustShare(x, y)
	return x.with(y, func(s *Space) ref { return s.or(x.r, y.r) })
}

// Union is what is in any of the scopes.
func (s *Space) Union(scopes ...Scope) Scope {
	s.mu.Lock()
	defer s.unlock()
	refs := make([]ref, len(scopes))
	for i, x := range scopes {
		mustShare(x, Scope{s: s})
		refs[i] = x.r
	}
	return Scope{s, s.foldRefs(opOr, refs, falseRef)}
}

// Intersect is what is in x and in y.
func (x Scope) Intersect(y Scope) Scope {
	mustShare(x, y)
	return x.with(y, func(s *Space) ref { return s.and(x.r, y.r) })
}

// Minus is what is in x and not in y.
func (x Scope) Minus(y Scope) Scope {
	mustShare(x, y)
	return x.with(y, func(s *Space) ref { return s.minus(x.r, y.r) })
}

// Complement is what is not in x, items of every other kind included.
func (x Scope) Complement() Scope {
	return x.with(x, func(s *Space) ref { return s.not(x.r) })
}

func mustShare(x, y Scope) {
	if x.s != nil && y.s != nil && x.s != y.s {
		panic("scope: scopes of different Spaces combined") // a programming error, never caused by data
	}
}

// Empty reports whether no possible item is in x. Residue counts as possible.
func (x Scope) Empty() bool {
	if x.s == nil {
		return true
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	return !x.s.satisfiable(x.r, "")
}

// Equal reports whether x and y hold the same possible items.
func (x Scope) Equal(y Scope) bool { return x.Minus(y).Empty() && y.Minus(x).Empty() }

// SubsetOf reports whether every possible item in x is in y.
func (x Scope) SubsetOf(y Scope) bool { return x.Minus(y).Empty() }

// Disjoint reports whether no possible item is in both.
func (x Scope) Disjoint(y Scope) bool { return x.Intersect(y).Empty() }

// Certain is the part of x that is in it whatever residue says.
func (x Scope) Certain() Scope {
	return x.with(x, func(s *Space) ref { return s.certainOf(x.r) })
}

// Conceivable is what is in x if residue says so.
func (x Scope) Conceivable() Scope {
	return x.with(x, func(s *Space) ref {
		return s.quantify(x.r, opOr, func(v *variable) bool { return v.class == classResidue })
	})
}

// SomeDestination is what is in x for at least one destination of the transfer.
func (x Scope) SomeDestination() Scope {
	if x.s == nil || !x.s.readable.Load().nodes[x.r].sent {
		return x
	}
	return x.with(x, func(s *Space) ref {
		return s.quantify(x.r, opOr, func(v *variable) bool { return v.class == classTransfer })
	})
}

// OfKinds restricts x to items whose most specific kinds are exactly these.
func (x Scope) OfKinds(kinds ...string) (Scope, error) {
	i, err := x.s.vocab.kindValue(kinds)
	if err != nil {
		return Scope{}, err
	}
	return x.with(x, func(s *Space) ref {
		return s.and(x.r, s.among(s.kindVar(0), func(j int64) bool { return j == int64(i) }))
	}), nil
}

// Among is x for items of exactly one kind that are for things of exactly one of the kinds named; with none named, whatever
// they are for.
func (x Scope) Among(kind string, purposes []string) Scope {
	return x.with(x, func(s *Space) ref {
		i, err := s.vocab.kindValue([]string{kind})
		if err != nil {
			return falseRef
		}
		here := s.at(x.r, i)
		if here == falseRef {
			return falseRef
		}
		r := s.and(s.onlyKinds(0, kind), here)
		if len(purposes) == 0 {
			return r
		}
		return s.and(r, s.onlyKinds(1, purposes...))
	})
}

// kindValue is the index of the most specific of these kinds among the possible combinations.
func (v *Vocabulary) kindValue(kinds []string) (int, error) {
	for _, k := range kinds {
		if v.kinds[k] == nil {
			return 0, fmt.Errorf("kind %q is not declared; use a declared kind%s", k, v.suggest(k))
		}
	}
	var specific []string
	for _, k := range kinds {
		if !slices.ContainsFunc(kinds, func(o string) bool { return o != k && v.IsA(o, k) }) && !slices.Contains(specific, k) {
			specific = append(specific, k)
		}
	}
	slices.Sort(specific)
	key := ""
	for i, k := range specific {
		if i > 0 {
			key += "+"
		}
		key += k
	}
	i, ok := v.valueOf[key]
	if !ok {
		return 0, fmt.Errorf("kinds %q exclude each other; state the one the item is, or declare them as overlapping", specific)
	}
	return i, nil
}

// MostSpecific is kinds without those that follow from the others, sorted. It is an error if a kind is not declared,
// or if nothing can be of all of them.
func (v *Vocabulary) MostSpecific(kinds []string) ([]string, error) {
	i, err := v.kindValue(kinds)
	if err != nil {
		return nil, err
	}
	return slices.Clone(v.values[i].specific), nil
}

// Applies reports whether things of these kinds can have the attribute.
func (v *Vocabulary) Applies(attribute string, kinds []string) bool {
	a := v.Attribute(attribute)
	if a == nil || len(a.Of) == 0 {
		return true
	}
	return slices.ContainsFunc(kinds, func(k string) bool {
		return slices.ContainsFunc(v.ancestors[k], func(b string) bool { return slices.Contains(a.Of, b) })
	})
}

// Residues lists the ids of the residue that x depends on, sorted, including residue inside part conditions.
func (x Scope) Residues() []string {
	if x.s == nil {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	found := map[string]bool{}
	x.s.residues(x.r, found)
	out := make([]string, 0, len(found))
	for id := range found {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

func (s *Space) residues(r ref, found map[string]bool) {
	if !s.nodes[r].soft {
		return
	}
	for _, v := range s.support(r) {
		switch x := s.vars[v]; x.class {
		case classResidue:
			found[x.key] = true
		case classParts:
			s.residues(x.where, found)
		}
	}
}

// Attributes lists the attributes that x depends on, sorted, without those of parts and of what an item is for.
func (x Scope) Attributes() []string {
	if x.s == nil {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	var out []string
	for _, v := range x.s.support(x.r) {
		if x.s.vars[v].class == classAttribute && x.s.vars[v].level == 0 {
			out = append(out, x.s.attribute(v).ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Size is the number of nodes of x's diagram, a measure of its cost.
func (x Scope) Size() int {
	if x.s == nil {
		return 0
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	return x.s.size(x.r)
}

func (s *Space) size(r ref) int {
	seen := map[ref]bool{}
	var walk func(r ref)
	walk = func(r ref) {
		if seen[r] {
			return
		}
		seen[r] = true
		for _, k := range s.nodes[r].kids {
			walk(k)
		}
	}
	walk(r)
	return len(seen)
}
