package scope

import "slices"

// A Relation between two scopes is a term of NIST IR 8477, which speaks of the items caught: a subset of
// the items caught is a looser control.
type Relation string

const (
	Unknown        Relation = "unknown" // residue decides
	EqualTo        Relation = "equal-to"
	SubsetOf       Relation = "subset-of"
	SupersetOf     Relation = "superset-of"
	IntersectsWith Relation = "intersects-with"
	NoRelationship Relation = "no-relationship"
)

// Compare decides how x relates to y. Where the answer hangs on residue it is [Unknown], and the ids of that
// residue are returned.
func (x Scope) Compare(y Scope) (Relation, []string) {
	a, b, both := x.Minus(y), y.Minus(x), x.Intersect(y)
	ta, tb, tboth := a.presence(), b.presence(), both.presence()
	if ta == maybe || tb == maybe || tboth == maybe && (ta == yes && tb == yes) {
		var ids []string
		for _, z := range []Scope{a, b, both} {
			if z.presence() == maybe {
				ids = append(ids, z.Residues()...)
			}
		}
		slices.Sort(ids)
		return Unknown, slices.Compact(ids)
	}
	switch {
	case ta == no && tb == no:
		return EqualTo, nil
	case ta == no:
		return SubsetOf, nil
	case tb == no:
		return SupersetOf, nil
	case tboth == no:
		return NoRelationship, nil
	}
	return IntersectsWith, nil
}

type answer int8

const (
	no answer = iota
	maybe
	yes
)

// presence says whether some item is in x: for certain, only if residue says so, or not at all.
func (x Scope) presence() answer {
	if x.Empty() {
		return no
	}
	if x.CertainlyInhabited() {
		return yes
	}
	return maybe
}

// CertainlyInhabited reports whether some possible item is in x whatever residue says.
func (x Scope) CertainlyInhabited() bool {
	if x.s == nil {
		return false
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	return x.s.certainly(x.r, "")
}
