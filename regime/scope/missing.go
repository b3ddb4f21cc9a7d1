package scope

import "slices"

// Limits of [Scope.Missing]: sets of up to maxQuestions attributes, at most maxSets of them.
const (
	maxQuestions = 3
	maxSets      = 64
)

// Missing names the smallest sets of unknown properties of which some values decide whether the item is in x, whatever
// the rest may be. Each is minimal: no part of it could decide. A property is an attribute, a type of part, "for" (what
// the item is for), "to" (the destination) or "kind". Sets come by size, then by name; sets of more than three, and
// what is beyond the first 64, are not looked for. It is empty where the answer is known or only residue decides.
func (x Scope) Missing(it *Item) [][]string {
	if x.s == nil {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	s := x.s
	if s.evaluate(x.r, it, "") != Undetermined {
		return nil
	}
	line := []*Item{it}
	if s.plain(it) {
		line = purposes(it, nil)
	}
	r, _ := s.walk(x.r, line, "")
	rest, _ := s.given(r, line, "")
	in := s.possible(rest, line, "")
	out := s.possible(s.not(rest), line, "")
	var names []string
	for _, v := range append(s.support(in), s.support(out)...) {
		if q := s.questionOf(&s.vars[v]); q != "" {
			names = append(names, q)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var sets [][]string
	settles := func(set []string) bool {
		rest := func(v *variable) bool { return !slices.Contains(set, s.questionOf(v)) }
		// Some answers leave only possible things inside, or only possible things outside.
		canIn := s.quantify(in, opOr, rest)
		canOut := s.quantify(out, opOr, rest)
		return s.satisfiable(s.minus(canIn, canOut), "") || s.satisfiable(s.minus(canOut, canIn), "")
	}
	var grow func(set []string, from, size int)
	grow = func(set []string, from, size int) {
		if len(sets) >= maxSets {
			return
		}
		if len(set) == size {
			for _, smaller := range sets {
				if !slices.ContainsFunc(smaller, func(q string) bool { return !slices.Contains(set, q) }) {
					return
				}
			}
			if settles(set) {
				sets = append(sets, slices.Clone(set))
			}
			return
		}
		for i := from; i < len(names); i++ {
			grow(append(set, names[i]), i+1, size)
		}
	}
	for size := 1; size <= maxQuestions && (size < 3 || len(names) <= 16); size++ {
		grow(nil, 0, size)
	}
	return sets
}

// questionOf is what one would ask to learn a variable; residue cannot be asked.
func (s *Space) questionOf(x *variable) string {
	if x.level > 0 {
		return "for"
	}
	switch x.class {
	case classKind:
		return "kind"
	case classTransfer:
		return "to"
	case classOpaque:
		return x.key
	case classAttribute:
		return s.vocab.Attributes[x.ord].ID
	case classParts:
		return x.part
	}
	return ""
}
