package scope

// ByKind is an index of scopes by the kinds of things in them.
type ByKind struct {
	vocab  *Vocabulary
	values [][]int // by kind value: indices of the scopes
	all    []int   // of those that hold anything at all
}

// ByKind indexes scopes of the Space by the kinds of things that may be in them, as far as the diagrams show at once. Its cost is
// in proportion to the scopes and the kinds in each.
func (s *Space) ByKind(scopes []Scope) *ByKind {
	d := s.readable.Load()
	x := &ByKind{vocab: s.vocab, values: make([][]int, len(s.vocab.values))}
	for i, y := range scopes {
		if y.s == nil || y.r == falseRef {
			continue
		}
		x.all = append(x.all, i)
		n := &d.nodes[y.r]
		if n.v < 0 || d.vars[n.v].class != classKind || d.vars[n.v].level != 0 {
			for k := range x.values {
				x.values[k] = append(x.values[k], i)
			}
			continue
		}
		for j, kid := range n.kids {
			if kid == falseRef {
				continue
			}
			from, to := 0, len(x.values)
			if j > 0 && n.cuts[j-1].num != noneCut {
				from = int(d.numbers[n.cuts[j-1].num].num)
			}
			if j < len(n.cuts) {
				to = 0
				if n.cuts[j].num != noneCut {
					to = int(d.numbers[n.cuts[j].num].num)
				}
			}
			for k := from; k < to; k++ {
				x.values[k] = append(x.values[k], i)
			}
		}
	}
	return x
}

// Of is the indices of the scopes that things of the item's kinds may be in, ascending; of an item of unknown kinds, all
// that hold anything. Do not change it.
func (x *ByKind) Of(it *Item) []int {
	if k, ok := x.vocab.kindOf(it); ok {
		return x.values[k]
	}
	return x.all
}
