package scope

import "slices"

// Limits of [Scope.Missing]: sets of up to maxQuestions attributes, at most maxSets of them.
const (
	maxQuestions = 3
	maxSets      = 64
	manyNames    = 10   // with more unknown properties than this sets of up to two, with twice as many single ones, are looked for
	manyNodes    = 5000 // and single ones where the diagram of what is open is larger than this
)

// Missing names the smallest sets of unknown properties of which some values decide whether the item is in x, whatever
// the rest may be. Each is minimal: no part of it could decide. A property is an attribute, a type of part, "for" (what
// the item is for), "to" (the destination) or "kind". Sets come by size, then by name; sets of more than three (two where
// more than ten properties are unknown, one where very much is), and what is beyond the first 64, are not looked for. It is empty where the answer is known or only residue decides.
func (x Scope) Missing(it *Item) [][]string {
	if x.s == nil {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.release()
	s := x.s
	if s.evaluate(x.r, it, "") != Undetermined {
		return nil
	}
	line := []*Item{it}
	if plain(it) {
		line = purposes(it, nil)
	}
	r, _ := s.walk(x.r, line, &statements{exact: s})
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
		return s.reachable(s.minus(canIn, canOut)) || s.reachable(s.minus(canOut, canIn))
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
	largest := maxQuestions
	switch {
	case len(names) > 2*manyNames || s.size(in) > manyNodes:
		largest = 1
	case len(names) > manyNames:
		largest = 2
	}
	for size := 1; size <= largest; size++ {
		grow(nil, 0, size)
	}
	for _, name := range names { // of much that is unknown, what an item is for and one thing more mostly decide
		if set := []string{name, purposeQuestion}; len(sets) == 0 && largest == 1 && name != purposeQuestion {
			slices.Sort(set)
			if settles(set) {
				return [][]string{set}
			}
		}
	}
	return sets
}

const purposeQuestion = "for"

// reachable is satisfiable for a diagram of possible things only.
func (s *Space) reachable(r ref) bool {
	if r == falseRef || !s.nodes[r].deep {
		return r != falseRef
	}
	q := search{Space: s}
	return q.find(r)
}

// questionOf is what one would ask to learn a variable; residue cannot be asked.
func (s *Space) questionOf(x *variable) string {
	if x.level > 0 {
		return purposeQuestion
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
