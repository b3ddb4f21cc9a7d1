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
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	return x.s.evaluate(x.r, it, "")
}

// evaluate takes one purpose of the item at a time: it is in r if it is for any of them.
func (s *Space) evaluate(r ref, it *Item, part string) Truth {
	if len(it.For) == 0 || s.plain(it) {
		var buffer [maxLevels]*Item // stays on the stack as long as what is stated decides
		line := purposes(it, buffer[:0])
		rest, t := s.walk(r, line, part)
		if t != Undetermined {
			return t
		}
		return s.decide(rest, slices.Clone(line), part)
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
func (s *Space) plain(it *Item) bool {
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
	r, t := s.walk(r, line, part)
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

// walk follows the stated values down the diagram, to an answer or to the first that is not stated.
func (s *Space) walk(r ref, line []*Item, part string) (ref, Truth) {
	for {
		n := &s.nodes[r]
		if n.v < 0 {
			if n.term == 0 {
				return r, False
			}
			return r, True
		}
		p, ok := s.stated(n.v, line, part)
		if !ok {
			return r, Undetermined
		}
		r = s.kid(n, p)
	}
}

// given restricts r to what is stated, and collects the stated parts for the part conditions that stay open.
func (s *Space) given(r ref, line []*Item, part string) (ref, *knownParts) {
	rest := s.fix(r, func(v int32) (point, bool) { return s.stated(v, line, part) })
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
	r = s.assume(s.and(r, s.tied(r, line, part)), part)
	for level, it := range line {
		if (level > 0 && len(it.Kinds) == 0 || !s.settled(it, part)) && len(it.Attributes) > 0 {
			r = s.and(r, s.among(s.kindVar(level), func(i int64) bool { return s.bears(int(i), it) }))
		}
	}
	return s.fix(r, func(v int32) (point, bool) { return s.stated(v, line, part) })
}

// tied is what the item and what it is for state of attributes that formulas tie to those of r, where they leave a
// member of the formula open.
func (s *Space) tied(r ref, line []*Item, part string) ref {
	out := trueRef
	if len(s.vocab.formulas) == 0 {
		return out
	}
	in := s.support(s.assume(r, part))
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
				switch p, known := s.stated(v, line, part); {
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

// stated is the item's value of a variable, if it is stated or follows from what is.
func (s *Space) stated(v int32, line []*Item, part string) (point, bool) {
	x := &s.vars[v]
	if x.class == classFunction {
		return s.statedFunction(x, line)
	}
	if x.level >= len(line) {
		return point{}, false
	}
	it := line[x.level]
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
		if len(it.Kinds) == 0 {
			return point{}, false
		}
		if len(it.Kinds) == 1 {
			if i, ok := s.vocab.valueOf[it.Kinds[0]]; ok {
				return point{n: Int(int64(i))}, true
			}
		}
		i, err := s.vocab.kindValue(it.Kinds)
		return point{n: Int(int64(i))}, err == nil
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
		return s.countParts(x, it)
	case classResidue:
		return point{}, false
	}
	a := s.attribute(v)
	val, ok := it.Attributes[a.ID]
	if !ok {
		val, ok = s.vocab.fact(a, it)
	}
	if !ok {
		if a.Type == TypeDerived {
			if p, ok := s.derived(a, it); ok {
				return p, ok
			}
		}
		if it.NoOtherAttributes && !s.applies(a.AlwaysFor, it, part) || len(a.Of) > 0 && s.settled(it, part) && !s.applies(a.Of, it, part) {
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
func (s *Space) statedFunction(x *variable, line []*Item) (point, bool) {
	if x.level > len(line) {
		return point{}, false
	}
	it := line[x.level-1]
	if len(it.For) == 0 {
		return point{none: true}, it.ForKnown
	}
	for i := range it.For {
		if x.level < len(line) && &it.For[i].Target == line[x.level] {
			for j := range s.vocab.Functions {
				if s.vocab.Functions[j].ID == it.For[i].Function {
					return point{n: Int(int64(j))}, true
				}
			}
		}
	}
	return point{}, false
}

// settled reports whether it is known what the thing is: the type of a part, or the kinds of anything else.
func (s *Space) settled(it *Item, part string) bool {
	return len(it.Kinds) > 0 || part != "" && part != wholePart
}

// applies reports whether the item's kinds, or the part's type, are among these.
func (s *Space) applies(of []string, it *Item, part string) bool {
	if part != "" && part != wholePart {
		return slices.Contains(of, part)
	}
	for _, k := range it.Kinds {
		for _, b := range s.vocab.ancestors[k] {
			if slices.Contains(of, b) {
				return true
			}
		}
	}
	return false
}

// derived computes a derived attribute from stated base attributes.
func (s *Space) derived(a *Attribute, it *Item) (point, bool) {
	f := s.vocab.formulas[a.ID]
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
func (s *Space) closed(it *Item, part string) bool {
	if it.NoOtherParts {
		return true
	}
	for i := range it.Parts {
		if s.isPart(&it.Parts[i], part) {
			return true
		}
	}
	return false
}

func (s *Space) isPart(p *ItemPart, part string) bool {
	if part == wholePart {
		return s.vocab.kinds[p.Type] != nil || len(p.Item.Kinds) > 0
	}
	return p.Type == part
}

// countParts decides a part condition from the stated parts, if they decide it each on its own.
func (s *Space) countParts(x *variable, it *Item) (point, bool) {
	sure, open := 0, 0
	count := func(where ref, of *Item, n int) {
		switch s.evaluate(where, of, x.part) {
		case True:
			sure += n
		case Undetermined:
			open += n
		}
	}
	for i := range it.Parts {
		if p := &it.Parts[i]; s.isPart(p, x.part) && !p.Absent {
			count(x.where, s.wholeItem(p), max(1, p.Count))
		}
	}
	switch {
	case sure >= x.atLeast:
		return point{n: Int(1)}, true
	case sure+open < x.atLeast && s.closed(it, x.part):
		return point{n: Int(0)}, true
	}
	return point{}, false
}

// wholeItem is the part as an item; a part named by a kind is of that kind.
func (s *Space) wholeItem(p *ItemPart) *Item {
	if s.vocab.kinds[p.Type] == nil || len(p.Item.Kinds) > 0 {
		return &p.Item
	}
	it := p.Item
	it.Kinds = []string{p.Type}
	return &it
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
		subs := 1
		switch a := &s.vocab.Attributes[i]; a.Type {
		case TypeRange:
			subs = 2
		case TypeSet:
			subs = len(a.Terms)
		}
		for sub := range subs {
			v := s.attributeVar(i, sub, 0)
			p, known := s.stated(v, []*Item{it}, "")
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
