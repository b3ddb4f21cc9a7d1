package scope

import (
	"maps"
	"slices"
)

// Clone is a Space that holds all that s does, for work that need not wait for others: it costs memory and time in
// proportion to what s holds. [Scope.In] and [Joint.In] carry scopes over.
func (s *Space) Clone() *Space {
	s.mu.Lock()
	defer s.unlock()
	c := NewSpace(s.vocab)
	c.diagrams = diagrams{vocab: s.vocab, nodes: slices.Clip(s.nodes), vars: slices.Clip(s.vars), numbers: slices.Clip(s.numbers)}
	c.room = s.room
	c.numberIDs, c.varIDs, c.ranks = maps.Clone(s.numberIDs), maps.Clone(s.varIDs), maps.Clone(s.ranks)
	c.terms, c.unique, c.shared = maps.Clone(s.terms), maps.Clone(s.unique), maps.Clone(s.shared)
	c.whens, c.ofKinds = maps.Clone(s.whens), maps.Clone(s.ofKinds)
	c.printed = maps.Clone(s.printed)
	for a, units := range s.unitsOf {
		c.unitsOf[a] = slices.Clone(units)
	}
	c.ints = slices.Clone(s.ints)
	c.keep()
	return c
}

// In is the same scope in a clone of its Space, made after it.
func (x Scope) In(clone *Space) Scope {
	if x.s == nil {
		return x
	}
	return Scope{clone, x.r}
}

// In is the same Joint in a clone of its Space, made after it.
func (j *Joint) In(clone *Space) *Joint {
	j.s.mu.Lock()
	defer j.s.unlock()
	out := &Joint{s: clone, scopes: slices.Clone(j.scopes), kinds: map[int]ref{}}
	for k, r := range j.kinds {
		if int(r) < len(clone.nodes) {
			out.kinds[k] = r
		}
	}
	out.publish()
	return out
}
