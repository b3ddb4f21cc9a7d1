package scope

import (
	"slices"
)

// Truth is the answer to a yes/no question about a partly described item.
type Truth int8

const (
	Undetermined Truth = iota // what is stated does not decide
	False
	True
)

// String is "undetermined", "false" or "true".
func (t Truth) String() string { return [...]string{"undetermined", "false", "true"}[t] }

// MarshalText is the wire form, that of String.
func (t Truth) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Evaluate decides whether the item is in x. The answer is exact: it is Undetermined only if possible items that
// agree with everything stated lie on both sides. An item of unknown kinds (Kinds empty) may be of any.
// Where all that matters is stated, it does not allocate.
func (x Scope) Evaluate(it *Item) Truth {
	if x.s == nil {
		return False
	}
	if d := x.s.readable.Load(); len(it.For) == 0 || plain(it) {
		var buffer [maxLevels]*Item // stays on the stack
		var said statements
		said.budget = maxProbe
		if t, sure := d.probe(x.r, purposes(it, buffer[:0]), &said); sure {
			return t
		}
	}
	x.s.mu.Lock()
	defer x.s.release()
	return x.s.evaluate(x.r, it, "")
}

// evaluate takes one purpose of the item at a time: it is in r if it is for any of them.
func (s *Space) evaluate(r ref, it *Item, part string) Truth {
	if len(it.For) == 0 || plain(it) {
		return s.decide(r, purposes(it, nil), part)
	}
	out := False
	each(it, nil, func(line []*Item) bool {
		switch s.decide(r, line, part) {
		case True:
			out = True
			return false
		case Undetermined:
			out = Undetermined
		}
		return true
	})
	return out
}

// maxLevels is how deep a chain of purposes is followed without allocating.
const maxLevels = 4

// plain reports whether the item and what it is for have at most one purpose each.
func plain(it *Item) bool {
	for n := 0; len(it.For) > 0; n++ {
		if len(it.For) > 1 || n == maxLevels-1 {
			return false
		}
		it = &it.For[0].Target
	}
	return true
}

// purposes is the item, what it is for, what that is for, and so on.
func purposes(it *Item, line []*Item) []*Item {
	for line = append(line, it); len(it.For) > 0; line = append(line, it) {
		it = &it.For[0].Target
	}
	return line
}

// each calls f with every chain of purposes, until f returns false.
func each(it *Item, line []*Item, f func([]*Item) bool) bool {
	line = append(slices.Clip(line), it)
	if len(it.For) == 0 {
		return f(line)
	}
	for i := range it.For {
		if !each(&it.For[i].Target, line, f) {
			return false
		}
	}
	return true
}

func (s *Space) decide(r ref, line []*Item, part string) Truth {
	said := statements{part: part, exact: s}
	r, t := s.walk(r, line, &said)
	if t != Undetermined {
		return t
	}
	rest, known := s.given(r, line, part)
	in := s.inhabited(rest, line, known, part)
	out := s.inhabited(s.not(rest), line, known, part)
	switch {
	case in && !out:
		return True
	case out && !in:
		return False
	}
	return Undetermined
}

// walk follows the stated values down the diagram, to an answer or to the first that is not stated. With an exact Space,
// whose diagrams these are, conditions on parts are decided as [Scope.Evaluate] does, else where each part's statements do.
func (d *diagrams) walk(r ref, line []*Item, said *statements) (ref, Truth) {
	for {
		n := &d.nodes[r]
		if n.v < 0 {
			if n.term == 0 {
				return r, False
			}
			return r, True
		}
		p, ok := d.stated(n.v, line, said)
		if !ok {
			return r, Undetermined
		}
		r = d.kid(n, p)
	}
}

// maxProbe is how many nodes are looked at before possible things are reasoned about.
const maxProbe = 200

// probe is the answer where it is sure without asking what things are possible: where what is not stated makes no
// difference, or residue alone does.
func (d *diagrams) probe(r ref, line []*Item, said *statements) (answer Truth, sure bool) {
	r, t := d.walk(r, line, said)
	if t != Undetermined {
		return t, true
	}
	n := &d.nodes[r]
	first := true
	for _, k := range n.kids {
		if said.budget--; said.budget < 0 {
			return Undetermined, false
		}
		t, sure := d.probe(k, line, said)
		switch {
		case !sure:
			return Undetermined, false
		case first:
			answer, first = t, false
		case t != answer && d.vars[n.v].class != classResidue:
			return Undetermined, false
		case t != answer:
			answer = Undetermined
		}
	}
	return answer, true
}

// given restricts r to what is stated, and collects the stated parts for the part conditions that stay open.
func (s *Space) given(r ref, line []*Item, part string) (ref, *knownParts) {
	said := statements{part: part, exact: s}
	rest := s.fix(r, func(v int32) (point, bool) { return s.stated(v, line, &said) })
	known := &knownParts{regions: map[placeKey][]ref{}, closed: func(p placeKey) bool { return p.level < len(line) && s.closed(line[p.level], p.part) }}
	for _, v := range s.support(rest) {
		x := s.vars[v]
		at := placeKey{x.level, x.part}
		if x.class == classParts && known.regions[at] == nil && x.level < len(line) {
			known.regions[at] = s.statedParts(line[x.level], x.part)
		}
	}
	return rest, known
}

// inhabited reports whether some possible item with the known parts lies in r.
func (s *Space) inhabited(r ref, line []*Item, known *knownParts, part string) bool {
	r = s.possible(r, line, part)
	q := search{Space: s, given: known}
	return q.find(r)
}

// possible is what agrees with all that is stated among the possible things in r: axioms and formulas speak of stated values too, and
// what a thing of unknown kinds states tells of which kinds it can be.
func (s *Space) possible(r ref, line []*Item, part string) ref {
	r = s.assumeOf(s.and(r, s.tied(r, line, part)), line, part)
	for level, it := range line {
		if (level > 0 && len(it.Kinds) == 0 || !s.settled(it, part)) && len(it.Attributes) > 0 {
			r = s.and(r, s.among(s.kindVar(level), func(i int64) bool { return s.bears(int(i), it) }))
		}
	}
	said := statements{part: part, exact: s}
	return s.fix(r, func(v int32) (point, bool) { return s.stated(v, line, &said) })
}

// assumeOf is assume for what is stated to be of certain kinds, which spares it all others.
func (s *Space) assumeOf(r ref, line []*Item, part string) ref {
	if part == "" || part == wholePart {
		if k, ok := s.vocab.kindOf(line[0]); ok {
			r = s.at(r, k)
			return s.settle(r, trimKey{r, 0, k, ""})
		}
	}
	return s.assume(r, part)
}

// tied is what the item and what it is for state of attributes that formulas tie to those of r, where they leave a
// member of the formula open.
func (s *Space) tied(r ref, line []*Item, part string) ref {
	out := trueRef
	if len(s.vocab.formulas) == 0 {
		return out
	}
	in := s.support(s.assumeOf(r, line, part))
	said := statements{part: part, exact: s}
	for level := range line {
		uses := func(id string) bool {
			return slices.ContainsFunc(in, func(v int32) bool {
				x := &s.vars[v]
				return x.level == level && x.class == classAttribute && x.ord == s.vocab.attributes[id]
			})
		}
		for i := range s.vocab.Attributes {
			a := &s.vocab.Attributes[i]
			if a.Type != TypeDerived {
				continue
			}
			f := s.vocab.formulas[a.ID]
			members := append(append([]string{a.ID}, f.over...), f.under...)
			if !slices.ContainsFunc(members, uses) {
				continue
			}
			here, open := trueRef, false
			for _, id := range members {
				v := s.attributeVar(s.vocab.attributes[id], 0, level)
				switch p, known := s.stated(v, line, &said); {
				case !known:
					open = true
				case p.none:
					here = s.and(here, s.isNone(v))
				default:
					here = s.and(here, s.compare(v, "=", p.n))
				}
			}
			if open {
				out = s.and(out, here)
			}
		}
	}
	return out
}

// bears reports whether things of a kind value can have the attributes that the item states.
func (s *Space) bears(kind int, it *Item) bool {
	for id, val := range it.Attributes {
		i, ok := s.vocab.attributes[id]
		if !ok {
			continue
		}
		a, c := &s.vocab.Attributes[i], trimKey{kind: kind}
		switch {
		case val.None || a.Type == TypeSet && len(val.Terms) == 0:
			if a.Type != TypeSet && s.context(a.AlwaysFor, c, false) {
				return false
			}
		case !s.context(a.Of, c, true):
			return false
		}
	}
	return true
}

// statedParts are the regions of part space in which the item's parts of a type lie.
func (s *Space) statedParts(it *Item, part string) []ref {
	var out []ref
	for i := range it.Parts {
		p := &it.Parts[i]
		if !s.isPart(p, part) || p.Absent {
			continue
		}
		for range min(max(1, p.Count), maxStatedParts) {
			out = append(out, s.region(s.wholeItem(p)))
		}
	}
	return out
}

// maxStatedParts bounds how many identical parts are placed one by one; no law counts that far.
const maxStatedParts = 64

// region is the set of things that agree with what it states.
func (s *Space) region(it *Item) ref {
	r := trueRef
	if len(it.Kinds) > 0 {
		if i, err := s.vocab.kindValue(it.Kinds); err == nil {
			r = s.among(s.kindVar(0), func(j int64) bool { return j == int64(i) })
		}
	}
	ids := make([]string, 0, len(it.Attributes))
	for id := range it.Attributes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		i, ok := s.vocab.attributes[id]
		if !ok {
			continue
		}
		line, said := []*Item{it}, statements{exact: s}
		subs := 1
		switch a := &s.vocab.Attributes[i]; a.Type {
		case TypeRange:
			subs = 2
		case TypeSet:
			subs = len(a.Terms)
		}
		for sub := range subs {
			v := s.attributeVar(i, sub, 0)
			p, known := s.stated(v, line, &said)
			switch {
			case !known:
			case p.none:
				r = s.and(r, s.isNone(v))
			case s.vars[v].size > 0:
				r = s.and(r, s.among(v, func(k int64) bool { return Int(k).Cmp(p.n) == 0 }))
			default:
				r = s.and(r, s.compare(v, "=", p.n))
			}
		}
	}
	return r
}
