package scope

import "slices"

type assumeKey struct {
	r    ref
	part string
}

// trimKey names the possible part of a diagram in one context: things of one kind, or parts of one type.
type trimKey struct {
	r     ref
	level int
	kind  int
	part  string
}

// assume restricts r to possible things: every attribute has only values that things of the kind can have, and what the
// vocabulary's axioms and formulas say holds. Part is the type of part whose space r lives in, "" for items.
func (s *Space) assume(r ref, part string) ref {
	key := assumeKey{r, part}
	if x, ok := s.assumed[key]; ok {
		return x
	}
	var x ref
	if part != "" && part != wholePart {
		x = s.settle(r, trimKey{r, 0, -1, part})
	} else {
		x = s.enter(r)
	}
	s.assumed[key] = x
	return x
}

// enter settles r, whose first variables are those of some level, kind by kind.
func (s *Space) enter(r ref) ref {
	n := s.nodes[r]
	if n.v < 0 {
		return r
	}
	level := s.vars[n.v].level
	k := s.kindVar(level)
	key := trimKey{r, level, -1, ""}
	if x, ok := s.trimmed[key]; ok {
		return x
	}
	cuts := make([]cut, 0, len(s.vocab.values))
	kids := make([]ref, 1, len(s.vocab.values)+1)
	kids[0] = falseRef
	for i := range s.vocab.values {
		kid := r
		if n.v == k {
			kid = s.kid(&n, point{n: Int(int64(i))})
		}
		if kid == falseRef && i > 0 && kids[len(kids)-1] == falseRef {
			continue
		}
		if i == 0 {
			cuts = append(cuts, cut{num: noneCut})
		} else {
			cuts = append(cuts, cut{num: s.int(int64(i))})
		}
		kids = append(kids, s.settle(kid, trimKey{kid, level, i, ""}))
	}
	x := s.node(k, cuts, kids)
	s.trimmed[key] = x
	return x
}

// settle is the possible part of r for the context c, with the axioms that its variables of this level are tied by.
func (s *Space) settle(r ref, c trimKey) ref {
	if s.nodes[r].v < 0 || s.vars[s.nodes[r].v].level > c.level && c.part == plainTargets {
		return r
	}
	if x, ok := s.trimmed[c]; ok {
		return x
	}
	out := s.trim(r, c)
	for last := falseRef; out != last && out != falseRef; {
		last = out
		var vars []int32
		for _, v := range s.support(out) {
			if s.vars[v].level == c.level {
				vars = append(vars, v)
			}
		}
		tied := out
		for _, a := range s.axiomsOf(c.level) {
			if slices.ContainsFunc(a.vars, func(v int32) bool { return slices.Contains(vars, v) }) {
				tied = s.and(tied, a.r)
			}
		}
		for _, v := range vars {
			tied = s.and(tied, s.ties(v, tied))
		}
		if tied != out {
			out = s.trim(tied, c)
		}
	}
	s.trimmed[c] = out
	return out
}

// trim leaves out the values that things of the context cannot have.
func (s *Space) trim(r ref, c trimKey) ref {
	done := map[ref]ref{}
	var walk func(r ref) ref
	walk = func(r ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			return r
		}
		if x, ok := done[r]; ok {
			return x
		}
		v := s.vars[n.v]
		var x ref
		switch {
		case v.level > c.level && c.part == plainTargets:
			x = r
		case v.level > c.level:
			x = s.enter(r)
		case v.class == classKind:
			x = walk(s.kid(&n, point{n: Int(int64(max(c.kind, 0)))}))
		case v.class == classAttribute && !s.context(s.attribute(n.v).Of, c, true):
			p := point{none: v.size != 2 || s.attribute(n.v).Type != TypeSet}
			x = walk(s.kid(&n, p))
		default:
			cuts, kids := n.cuts, make([]ref, len(n.kids))
			for i, k := range n.kids {
				kids[i] = walk(k)
			}
			if cuts[0].num == noneCut && !s.canLack(n.v, c) {
				kids[0] = kids[1]
			}
			x = s.ordered(n.v, cuts, kids)
		}
		done[r] = x
		return x
	}
	return walk(r)
}

// canLack reports whether things of the context can have none of v.
func (s *Space) canLack(v int32, c trimKey) bool {
	switch x := &s.vars[v]; x.class {
	case classFunction:
		return x.level > 0
	case classAttribute:
		a := s.attribute(v)
		return a.Type != TypeSet && !s.context(a.AlwaysFor, c, false)
	}
	return false
}

// context reports whether the things of c are among those named; with nothing named it is empty.
func (s *Space) context(named []string, c trimKey, empty bool) bool {
	switch {
	case len(named) == 0:
		return empty
	case c.kind < 0:
		return slices.Contains(named, c.part)
	}
	return slices.ContainsFunc(named, func(id string) bool { return s.vocab.values[c.kind].all[id] })
}

// canLackOn reports whether things of some kind that a path allows, or parts of a type, can have none of v.
func (s *Space) canLackOn(path []step, part string, v int32) bool {
	c := trimKey{level: s.vars[v].level, kind: -1, part: part}
	if c.level == 0 && part != "" && part != wholePart {
		return s.canLack(v, c)
	}
	if x := &s.vars[v]; x.class == classAttribute && len(s.attribute(v).AlwaysFor) == 0 {
		return s.canLack(v, c)
	}
	k := s.kindVar(c.level)
	for i := range s.vocab.values {
		c.kind = i
		if s.canLack(v, c) && !slices.ContainsFunc(path, func(st step) bool { return st.v == k && !s.inStep(st, Int(int64(i))) }) {
			return true
		}
	}
	return false
}

// axiomsOf is the vocabulary's axioms on things of a level.
func (s *Space) axiomsOf(level int) []axiom {
	if len(s.axioms) == 0 {
		s.axioms = append(s.axioms, nil) // an axiom's own conditions are compiled without axioms
		k := compiler{Space: s}
		var out []axiom
		for _, a := range slices.Concat(s.vocab.Axioms, s.vocab.tied) {
			r := k.or(k.not(k.compile(a.If)), k.compile(a.Then))
			out = append(out, axiom{r, s.support(r), a.Note})
		}
		s.axioms[0] = out
	}
	for len(s.axioms) <= level {
		var out []axiom
		for _, a := range s.axioms[len(s.axioms)-1] {
			r := s.lift(a.r)
			out = append(out, axiom{r, s.support(r), a.note})
		}
		s.axioms = append(s.axioms, out)
	}
	return s.axioms[level]
}

// ties is what holds between v and the other variables of r: a range's minimum is not above its maximum, and a
// derived attribute is what its formula says.
func (s *Space) ties(v int32, r ref) ref {
	x := &s.vars[v]
	if x.class != classAttribute {
		return trueRef
	}
	a := s.attribute(v)
	switch a.Type {
	case TypeRange:
		return s.ordering(s.attributeVar(x.ord, 0, x.level), s.attributeVar(x.ord, 1, x.level), r)
	case TypeDerived:
		return s.derivation(v, r)
	}
	return trueRef
}

// ordering is lo <= hi as far as the cuts of r can tell, with both none or neither.
func (s *Space) ordering(lo, hi int32, r ref) ref {
	cuts := s.cutsOf(r, lo, hi)
	out := s.and(s.isNone(lo), s.isNone(hi))
	for i := 0; i <= len(cuts); i++ {
		if i == 0 && len(cuts) > 0 && cuts[0].num == noneCut {
			continue
		}
		from := cut{num: noneCut}
		if i > 0 {
			from = cuts[i-1]
		}
		above := s.node(hi, []cut{from}, []ref{falseRef, trueRef})
		out = s.or(out, s.and(s.cell(lo, cuts, i), above))
	}
	return out
}

// cutsOf lists every cut that r makes on any of the variables, and the cut after none.
func (s *Space) cutsOf(r ref, vars ...int32) []cut {
	all := map[cut]bool{{num: noneCut}: true}
	seen := map[ref]bool{}
	var walk func(r ref)
	walk = func(r ref) {
		n := s.nodes[r]
		if n.v < 0 || seen[r] {
			return
		}
		seen[r] = true
		if slices.Contains(vars, n.v) {
			for _, c := range n.cuts {
				all[c] = true
			}
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(r)
	out := make([]cut, 0, len(all))
	for c := range all {
		out = append(out, c)
	}
	slices.SortFunc(out, s.cmpCut)
	return out
}

// cell is the diagram of v between cuts[i-1] and cuts[i].
func (s *Space) cell(v int32, cuts []cut, i int) ref {
	switch {
	case len(cuts) == 0:
		return trueRef
	case i == 0:
		return s.node(v, []cut{cuts[0]}, []ref{trueRef, falseRef})
	case i == len(cuts):
		return s.node(v, []cut{cuts[i-1]}, []ref{falseRef, trueRef})
	}
	return s.node(v, []cut{cuts[i-1], cuts[i]}, []ref{falseRef, trueRef, falseRef})
}

// derivation ties derived attribute v to the base attributes that r also uses: for every combination of cells of those,
// the values that the formula can take. A base attribute that r does not use is free.
func (s *Space) derivation(v int32, r ref) ref {
	f := s.vocab.formulas[s.attribute(v).ID]
	in := map[int32]bool{}
	for _, x := range s.support(r) {
		in[x] = true
	}
	var vars []int32
	var under []bool
	used, free := false, false
	undefined := falseRef // without a base, or over zero, there is no value
	for i, id := range append(slices.Clone(f.over), f.under...) {
		b := s.attributeVar(s.vocab.attributes[id], 0, s.vars[v].level)
		vars = append(vars, b)
		under = append(under, i >= len(f.over))
		used, free = used || in[b], free || !in[b]
		if in[b] {
			undefined = s.or(undefined, s.isNone(b))
			if under[i] {
				undefined = s.or(undefined, s.compare(b, "=", Number{}))
			}
		}
	}
	if !used {
		return trueRef
	}
	out := falseRef
	cells := map[int32]ref{}
	bounds := map[int32]interval{}
	var walk func(i int, region ref)
	walk = func(i int, region ref) {
		if i == len(vars) {
			total := interval{lo: Int(1), hi: Int(1), loClosed: true, hiClosed: true}
			for j, b := range vars {
				if under[j] {
					total = total.over(bounds[b])
				} else {
					total = total.times(bounds[b])
				}
			}
			out = s.or(out, s.and(region, s.between(v, total)))
			return
		}
		b := vars[i]
		if _, fixed := cells[b]; fixed { // a power: the same attribute again
			walk(i+1, region)
			return
		}
		cuts := s.cutsOf(r, b)
		for j := 1; j <= len(cuts); j++ {
			cells[b] = trueRef
			if in[b] {
				cells[b] = s.cell(b, cuts, j)
			}
			bounds[b] = s.interval(b, cuts, j)
			walk(i+1, s.and(region, cells[b]))
		}
		delete(cells, b)
	}
	walk(0, trueRef)
	missing := s.isNone(v)
	if !free {
		missing = s.and(missing, undefined)
	}
	return s.or(s.minus(out, undefined), missing)
}

// interval is a part of the non-negative line; hiInf means that it has no upper end.
type interval struct {
	lo, hi             Number
	loClosed, hiClosed bool
	hiInf              bool
}

func (s *Space) interval(v int32, cuts []cut, i int) interval {
	x := interval{loClosed: true, hiInf: true}
	if a := s.attribute(v); a.Min != nil {
		x.lo = s.vocab.units[a.Unit].base(*a.Min)
	}
	if c := cuts[i-1]; c.num != noneCut {
		x.lo, x.loClosed = s.numbers[c.num], !c.after
	}
	if i < len(cuts) {
		x.hi, x.hiClosed, x.hiInf = s.numbers[cuts[i].num], cuts[i].after, false
	}
	return x
}

// zero reports whether 0 is all there is.
func (a interval) zero() bool { return !a.hiInf && a.hi.IsZero() }

func (a interval) times(b interval) interval {
	if a.zero() || b.zero() {
		return interval{loClosed: true, hiClosed: true}
	}
	out := interval{lo: a.lo.Mul(b.lo), loClosed: a.loClosed && b.loClosed || a.lo.IsZero() && a.loClosed || b.lo.IsZero() && b.loClosed}
	if a.hiInf || b.hiInf {
		out.hiInf = true
		return out
	}
	out.hi, out.hiClosed = a.hi.Mul(b.hi), a.hiClosed && b.hiClosed
	return out
}

// over is the values of a divided by those of b but 0.
func (a interval) over(b interval) interval {
	if a.zero() {
		return a
	}
	out := interval{}
	if b.hiInf {
		out.loClosed = a.lo.IsZero() && a.loClosed
	} else {
		out.lo, out.loClosed = a.lo.Div(b.hi), a.loClosed && (b.hiClosed || a.lo.IsZero())
	}
	if a.hiInf || b.lo.IsZero() {
		out.hiInf = true
		return out
	}
	out.hi, out.hiClosed = a.hi.Div(b.lo), a.hiClosed && b.loClosed
	return out
}

func (s *Space) between(v int32, x interval) ref {
	op := ">"
	if x.loClosed {
		op = ">="
	}
	r := s.compare(v, op, x.lo)
	if x.hiInf {
		return r
	}
	op = "<"
	if x.hiClosed {
		op = "<="
	}
	return s.and(r, s.compare(v, op, x.hi))
}
