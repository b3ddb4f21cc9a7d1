package scope

import (
	"slices"
	"strings"
)

// Witness is a simple item that is in x: whatever residue says if there is such an item, else one that residue may
// put there. It states only what x depends on, and is on the threshold where x holds nothing but the threshold.
func (x Scope) Witness() (Item, bool) {
	if x.s == nil {
		return Item{}, false
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	if it, ok := x.s.witness(x.r, "", true); ok {
		return it, true
	}
	return x.s.witness(x.r, "", false)
}

func (s *Space) witness(r ref, part string, certain bool) (Item, bool) {
	q := search{Space: s, certain: certain, part: part}
	r = s.assume(r, part)
	if certain {
		r = s.certainOf(r)
	}
	if !q.find(r) {
		return Item{}, false
	}
	return s.itemAt(&q, s.choices(&q), 0)
}

// choices picks a value for every attribute that the path of q decides.
func (s *Space) choices(q *search) map[int32]point {
	chosen := map[int32]point{}
	for _, st := range q.path {
		if s.vars[st.v].class == classAttribute {
			chosen[st.v] = s.choose(st, s.canLackOn(q.path, q.part, st.v), chosen)
		}
	}
	s.settleDerived(q.path, chosen)
	return chosen
}

// itemAt builds the thing of a level from the path of q, and what it is for from the levels after it.
func (s *Space) itemAt(q *search, chosen map[int32]point, level int) (Item, bool) {
	it := Item{Attributes: map[string]Value{}}
	purpose, deeper := "", false
	for _, st := range q.path {
		x := s.vars[st.v]
		if x.level > level {
			deeper = true
		}
		if x.level == level+1 && x.class == classFunction {
			it.ForKnown = st.first
			if !st.first || st.to.num != noneCut || st.last {
				purpose = s.vocab.Functions[s.first(st)].ID
			}
		}
		if x.level != level {
			continue
		}
		switch x.class {
		case classKind:
			it.Kinds = slices.Clone(s.vocab.values[s.first(st)].specific)
		case classTransfer:
			i := s.first(st)
			it.To = string([]byte{byte('A' + i/26), byte('A' + i%26)})
		case classOpaque:
			it.Attributes[x.key] = Value{Bool: s.first(st) == 1, Text: boolText(s.first(st) == 1)}
		case classAttribute:
			s.state(&it, st.v, chosen[st.v], chosen)
		}
	}
	for _, at := range q.places() {
		if at.level != level {
			continue
		}
		regions, _ := q.arrange(at)
		if len(q.demands[at]) > 0 && len(regions) == 0 {
			s.stateNoParts(&it, at.part)
		}
		for _, region := range regions {
			sub, ok := s.witness(region, at.part, q.certain)
			if !ok {
				return Item{}, false
			}
			it.Parts = append(it.Parts, ItemPart{Type: partName(at.part, sub), Item: sub})
		}
	}
	if !deeper || it.ForKnown {
		return it, true
	}
	if purpose == "" {
		purpose = s.vocab.Functions[0].ID
	}
	target, ok := s.itemAt(q, chosen, level+1)
	it.For = []Purpose{{Function: purpose, Target: target}}
	return it, ok
}

// partName is the type of a part; a part that is a thing of its own is called by its kinds.
func partName(part string, it Item) string {
	if part == wholePart {
		return strings.Join(it.Kinds, "+")
	}
	return part
}

func boolText(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func (s *Space) stateNoParts(it *Item, part string) {
	if part == wholePart {
		it.NoOtherParts = true
		return
	}
	it.Parts = append(it.Parts, ItemPart{Type: part, Absent: true})
}

// first is the smallest value of a finite variable that a step allows.
func (s *Space) first(st step) int64 {
	if st.first || st.from.num == noneCut {
		return 0
	}
	n := s.numbers[st.from.num]
	return n.num
}

// choose picks a simple value within a step; canLack allows none.
func (s *Space) choose(st step, canLack bool, chosen map[int32]point) point {
	x := &s.vars[st.v]
	a := s.attribute(st.v)
	if x.size > 0 {
		if st.first && !st.last && st.to.num == noneCut {
			return point{none: true}
		}
		return point{n: Int(s.first(st))}
	}
	if st.first && canLack {
		return point{none: true}
	}
	b := s.boundsOf(st)
	if a.Type == TypeRange && x.sub == 1 {
		if p, ok := chosen[s.attributeVar(x.ord, 0, x.level)]; ok && !p.none && (b.lo == nil || p.n.Cmp(*b.lo) > 0) {
			b.lo, b.loClosed, b.domain = &p.n, true, false
		}
	}
	if x.integer {
		return point{n: b.whole()}
	}
	return point{n: b.simplest(s.units(x.ord))}
}

// boundsOf is the room that a step leaves a number.
func (s *Space) boundsOf(st step) bounds {
	b := bounds{}
	if a := s.attribute(st.v); a.Min != nil {
		lo := s.vocab.units[a.Unit].base(*a.Min)
		b.lo, b.loClosed, b.domain = &lo, true, true
	}
	if !st.first && st.from.num != noneCut {
		lo := s.numbers[st.from.num]
		b.lo, b.loClosed, b.domain = &lo, !st.from.after, false
	}
	if !st.last {
		hi := s.numbers[st.to.num]
		b.hi, b.hiClosed = &hi, st.to.after
	}
	return b
}

// units are the units to think in for an attribute: those that laws print for it, and its own.
func (s *Space) units(attribute int) []*Unit {
	ids := slices.Clone(s.unitsOf[attribute])
	slices.Sort(ids)
	var out []*Unit
	for _, id := range ids {
		if u := s.vocab.units[id]; u != nil {
			out = append(out, u)
		}
	}
	if u := s.vocab.units[s.vocab.Attributes[attribute].Unit]; u != nil && len(out) == 0 {
		out = append(out, u)
	}
	return out
}

// settleDerived makes derived values agree with their formulas: it solves for one base attribute, and where that
// leaves its bounds, chooses the others anew.
func (s *Space) settleDerived(steps []step, chosen map[int32]point) {
	at := map[int32]step{}
	for _, st := range steps {
		at[st.v] = st
	}
	for _, st := range steps {
		if s.vars[st.v].class != classAttribute || s.attribute(st.v).Type != TypeDerived || chosen[st.v].none {
			continue
		}
		q := derivedSearch{s, s.vocab.formulas[s.attribute(st.v).ID], st, at, s.vars[st.v].level}
		if _, derivable := s.valueOf(q.f, q.level, chosen); derivable && !q.solve(chosen, chosen[st.v].n) {
			q.approach(chosen)
		}
	}
}

// derivedSearch looks for values of base attributes, within their steps, that give a derived attribute a value within its.
type derivedSearch struct {
	*Space
	f     formula
	st    step
	at    map[int32]step
	level int
}

// bases lists the base attributes of the formula, each once.
func (q *derivedSearch) bases() []string {
	ids := append(slices.Clone(q.f.over), q.f.under...)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (q *derivedSearch) base(id string) int32 {
	return q.attributeVar(q.vocab.attributes[id], 0, q.level)
}

// solve changes one base attribute so that the derived value is d, if it can; else it takes the value that the bases give.
func (q *derivedSearch) solve(chosen map[int32]point, d Number) bool {
	for _, id := range append(slices.Clone(q.f.over), q.f.under...) {
		v := q.base(id)
		if n, ok := q.Space.solve(q.f, q.level, id, d, chosen); ok && q.boundsOf(q.at[v]).holds(n) {
			chosen[v], chosen[q.st.v] = point{n: n}, point{n: d}
			return true
		}
	}
	n, ok := q.valueOf(q.f, q.level, chosen)
	if ok = ok && q.boundsOf(q.st).holds(n); ok {
		chosen[q.st.v] = point{n: n}
	}
	return ok
}

// approach tries the corners of the region of the base attributes, ever closer: between two corners, along an edge, the
// derived value takes all that lie between theirs.
func (q *derivedSearch) approach(chosen map[int32]point) {
	ids := q.bases()
	for k := 1; k <= 12; k++ {
		lowest, highest := q.boundsOf(q.st).ends(power(-k), false)
		for corner := range 1 << len(ids) {
			for i, id := range ids {
				v := q.base(id)
				n, hi := q.boundsOf(q.at[v]).ends(power(-k), q.vars[v].integer)
				if corner>>i&1 == 1 {
					n = hi
				}
				chosen[v] = point{n: n}
			}
			if q.solve(chosen, lowest) || q.solve(chosen, highest) {
				return
			}
		}
	}
}

// ends are two numbers within the bounds, at their ends or, of the distance between them, only near away.
func (b bounds) ends(near Number, whole bool) (lo, hi Number) {
	if b.lo != nil {
		lo = *b.lo
	}
	if hi = lo.Add(Int(1).Div(near)); b.hi != nil {
		hi = *b.hi
	}
	inset := hi.Sub(lo).Mul(near)
	if whole {
		lo, hi, inset = lo.ceil(), hi.floor(), Int(1)
	}
	if !b.holds(lo) {
		lo = lo.Add(inset)
	}
	if !b.holds(hi) {
		hi = hi.Sub(inset)
	}
	return lo, hi
}

func (s *Space) valueOf(f formula, level int, chosen map[int32]point) (Number, bool) {
	n := Int(1)
	for i, id := range append(slices.Clone(f.over), f.under...) {
		p, ok := chosen[s.attributeVar(s.vocab.attributes[id], 0, level)]
		if !ok || p.none || i >= len(f.over) && p.n.IsZero() {
			return Number{}, false
		}
		if i < len(f.over) {
			n = n.Mul(p.n)
		} else {
			n = n.Div(p.n)
		}
	}
	return n, true
}

// solve is the value of base attribute id, used once, that gives the derived value d.
func (s *Space) solve(f formula, level int, id string, d Number, chosen map[int32]point) (Number, bool) {
	uses := 0
	for _, x := range append(slices.Clone(f.over), f.under...) {
		if x == id {
			uses++
		}
	}
	v := s.attributeVar(s.vocab.attributes[id], 0, level)
	if uses != 1 || s.vars[v].integer {
		return Number{}, false
	}
	rest := map[int32]point{}
	for k, p := range chosen {
		rest[k] = p
	}
	rest[v] = point{n: Int(1)}
	unit, ok := s.valueOf(f, level, rest)
	if !ok || unit.IsZero() {
		return Number{}, false
	}
	if slices.Contains(f.over, id) {
		return d.Div(unit), true
	}
	if d.IsZero() {
		return Number{}, false
	}
	return unit.Div(d), true
}

func (s *Space) inStep(st step, n Number) bool {
	if st.among != nil {
		return st.among[n.num]
	}
	p := point{n: n}
	return (st.first || s.beyond(p, st.from)) && (st.last || !s.beyond(p, st.to))
}

// state writes a chosen value into the item.
func (s *Space) state(it *Item, v int32, p point, chosen map[int32]point) {
	x := &s.vars[v]
	a := s.attribute(v)
	val := it.Attributes[a.ID]
	switch {
	case p.none && a.Type != TypeSet:
		val = Value{None: true, Text: "none"}
	case a.Type == TypeBoolean:
		val = Value{Bool: p.n.num == 1, Text: boolText(p.n.num == 1)}
	case a.Type == TypeTerm:
		val.Terms = []string{a.Terms[p.n.num].ID}
		val.Text = val.Terms[0]
	case a.Type == TypeSet:
		if !p.none && p.n.num == 1 {
			val.Terms = append(val.Terms, a.Terms[x.sub].ID)
		}
		val.None = len(val.Terms) == 0
		val.Text = strings.Join(val.Terms, ", ")
		if val.None {
			val.Text = "none"
		}
	case a.Type == TypeRange:
		lo, okLo := chosen[s.attributeVar(x.ord, 0, x.level)]
		hi, okHi := chosen[s.attributeVar(x.ord, 1, x.level)]
		if !okLo {
			lo = hi
		}
		if !okHi {
			hi = lo
		}
		val = Value{Min: lo.n, Max: hi.n}
		val.Text = s.quantityText(x.ord, lo.n) + " to " + s.quantityText(x.ord, hi.n)
	default:
		val = Value{Number: p.n, Text: s.quantityText(x.ord, p.n)}
	}
	it.Attributes[a.ID] = val
}
