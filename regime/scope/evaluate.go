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

// A Query asks many scopes of one Space about one item: what the item states is looked up once. It is for one goroutine; do not
// change the item while it is in use.
type Query struct {
	s     *Space
	it    *Item
	said  statements
	line  [maxLevels]*Item
	known []told // by variable
	round uint32
}

// told is the value of a variable in a round of a Query.
type told struct {
	round uint32
	ok    bool
	at    point
}

// Query begins a question about the item; end it with [Query.Done].
func (s *Space) Query(it *Item) *Query {
	q, _ := s.queries.Get().(*Query)
	if q == nil {
		q = &Query{s: s}
	}
	q.it, q.said = it, statements{}
	q.round++
	return q
}

// Query is [Space.Query] of the Space that x is of, which must be one.
func (x Scope) Query(it *Item) *Query { return x.s.Query(it) }

// Done ends a question; q must not be used after.
func (q *Query) Done() {
	q.it, q.line = nil, [maxLevels]*Item{}
	q.s.queries.Put(q)
}

// Evaluate is [Scope.Evaluate] of the item. It panics if x is of another Space.
func (q *Query) Evaluate(x Scope) Truth {
	if x.s == nil || x.r == falseRef {
		return False
	}
	mustShare(x, Scope{s: q.s})
	d := x.s.readable.Load()
	if len(q.it.For) == 0 || plain(q.it) {
		if len(q.known) < len(d.vars) {
			q.known = append(q.known, make([]told, len(d.vars)-len(q.known))...)
		}
		line := purposes(q.it, q.line[:0])
		r := x.r
		for {
			n := &d.nodes[r]
			if n.v < 0 {
				if n.term == 0 {
					return False
				}
				return True
			}
			k := &q.known[n.v]
			if k.round != q.round {
				k.round = q.round
				k.at, k.ok = d.stated(n.v, line, &q.said)
			}
			if !k.ok {
				break
			}
			r = d.kid(n, k.at)
		}
	}
	return x.Evaluate(q.it)
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
