package scope

import "slices"

// statements is what is said of a thing, and of what it is for, and so on. Exact is the Space to ask about parts of which
// too little is said to tell at once; with nil they are left open.
type statements struct {
	part  string // the type of part that the first of them is; "" for an item
	exact *Space

	budget int // of nodes for probe

	kinds [maxLevels]int32 // values of the kinds, one more than the value; 0 is not yet looked up, -1 not known
}

// kind is the value of the kinds of a level; false where they are not known.
func (said *statements) kind(v *Vocabulary, line []*Item, level int) (int, bool) {
	if level < maxLevels && said.kinds[level] != 0 {
		return int(said.kinds[level]) - 1, said.kinds[level] > 0
	}
	k, ok := v.kindOf(line[level])
	if level < maxLevels {
		if said.kinds[level] = -1; ok {
			said.kinds[level] = int32(k) + 1
		}
	}
	return k, ok
}

// stated is the value of a variable, if it is stated or follows from what is.
func (d *diagrams) stated(v int32, line []*Item, said *statements) (point, bool) {
	x := &d.vars[v]
	if x.class == classFunction {
		return d.statedFunction(x, line)
	}
	if x.level >= len(line) {
		return point{}, false
	}
	it, part := line[x.level], said.part
	if x.level > 0 {
		part = ""
	}
	truth := func(b bool) (point, bool) {
		if b {
			return point{n: Int(1)}, true
		}
		return point{n: Int(0)}, true
	}
	switch x.class {
	case classKind:
		i, ok := said.kind(d.vocab, line, x.level)
		return point{n: Int(int64(i))}, ok
	case classTransfer:
		i := countryIndex(it.To)
		return point{n: Int(max(i, 0))}, i >= 0
	case classOpaque:
		val, ok := it.Attributes[x.key]
		if !ok {
			return point{}, false
		}
		return truth(val.Bool && !val.None)
	case classParts:
		return d.countParts(x, it, said.exact)
	case classResidue:
		return point{}, false
	}
	a := d.attribute(v)
	val, ok := it.Attributes[a.ID]
	if !ok {
		val, ok = d.vocab.fact(x.ord, it)
	}
	if !ok {
		if a.Type == TypeDerived {
			if p, ok := d.derived(a, it); ok {
				return p, ok
			}
		}
		if it.NoOtherAttributes && !d.vocab.ofTransfer[x.ord] && !d.applies(d.vocab.always, x, line, said, part) || len(a.Of) > 0 && d.settled(it, part) && !d.applies(d.vocab.can, x, line, said, part) {
			return point{none: a.Type != TypeSet}, true
		}
		return point{}, false
	}
	if val.None {
		return point{none: a.Type != TypeSet}, true
	}
	switch a.Type {
	case TypeBoolean:
		return truth(val.Bool)
	case TypeTerm:
		for i := range a.Terms {
			if len(val.Terms) > 0 && a.Terms[i].ID == val.Terms[0] {
				return point{n: Int(int64(i))}, true
			}
		}
		return point{}, false
	case TypeSet:
		return truth(slices.Contains(val.Terms, a.Terms[x.sub].ID))
	case TypeRange:
		if x.sub == 1 {
			return point{n: val.Max}, true
		}
		return point{n: val.Min}, true
	}
	return point{n: val.Number}, true
}

// statedFunction is the relation of one thing of a chain of purposes to the next.
func (d *diagrams) statedFunction(x *variable, line []*Item) (point, bool) {
	if x.level > len(line) {
		return point{}, false
	}
	it := line[x.level-1]
	if len(it.For) == 0 {
		return point{none: true}, it.ForKnown
	}
	for i := range it.For {
		if x.level < len(line) && &it.For[i].Target == line[x.level] {
			for j := range d.vocab.Functions {
				if d.vocab.Functions[j].ID == it.For[i].Function {
					return point{n: Int(int64(j))}, true
				}
			}
		}
	}
	return point{}, false
}

// settled reports whether it is known what the thing is: the type of a part, or the kinds of anything else.
func (d *diagrams) settled(it *Item, part string) bool {
	return len(it.Kinds) > 0 || part != "" && part != wholePart
}

// applies reports whether things of the item's kinds, or parts of the type, are among those that table holds for x.
func (d *diagrams) applies(table []among, x *variable, line []*Item, said *statements, part string) bool {
	of := &table[x.ord]
	if part != "" && part != wholePart {
		return slices.Contains(of.named, part)
	}
	k, ok := said.kind(d.vocab, line, x.level)
	return ok && of.kinds[k]
}

// derived computes a derived attribute from stated base attributes.
func (d *diagrams) derived(a *Attribute, it *Item) (point, bool) {
	f := d.vocab.formulas[a.ID]
	n := Int(1)
	for _, id := range f.over {
		v, ok := it.Attributes[id]
		if !ok || v.None {
			return point{none: v.None}, ok
		}
		n = n.Mul(v.Number)
	}
	for _, id := range f.under {
		v, ok := it.Attributes[id]
		if !ok || v.None || v.Number.IsZero() {
			return point{none: true}, ok
		}
		n = n.Div(v.Number)
	}
	return point{n: n}, true
}

// closed reports whether the item lists all its parts of a type.
func (d *diagrams) closed(it *Item, part string) bool {
	if it.NoOtherParts {
		return true
	}
	for i := range it.Parts {
		if d.isPart(&it.Parts[i], part) {
			return true
		}
	}
	return false
}

func (d *diagrams) isPart(p *ItemPart, part string) bool {
	if part == wholePart {
		return d.vocab.kinds[p.Type] != nil || len(p.Item.Kinds) > 0
	}
	return p.Type == part
}

// countParts decides a part condition from the stated parts, if they decide it each on its own.
func (d *diagrams) countParts(x *variable, it *Item, exact *Space) (point, bool) {
	sure, open := 0, 0
	count := func(where ref, of *Item, n int) {
		t := Undetermined
		if exact != nil {
			t = exact.evaluate(where, of, x.part)
		} else if len(of.For) == 0 {
			_, t = d.walk(where, []*Item{of}, &statements{part: x.part})
		}
		switch t {
		case True:
			sure += n
		case Undetermined:
			open += n
		}
	}
	for i := range it.Parts {
		if p := &it.Parts[i]; d.isPart(p, x.part) && !p.Absent {
			count(x.where, d.wholeItem(p), max(1, p.Count))
		}
	}
	switch {
	case sure >= x.atLeast:
		return point{n: Int(1)}, true
	case sure+open < x.atLeast && d.closed(it, x.part):
		return point{n: Int(0)}, true
	}
	return point{}, false
}

// wholeItem is the part as an item; a part named by a kind is of that kind.
func (d *diagrams) wholeItem(p *ItemPart) *Item {
	if d.vocab.kinds[p.Type] == nil || len(p.Item.Kinds) > 0 {
		return &p.Item
	}
	it := p.Item
	it.Kinds = []string{p.Type}
	return &it
}
