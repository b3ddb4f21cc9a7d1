package scope

import (
	"fmt"
	"slices"
	"strings"
)

// Compile makes the scope of a criterion: the set of items that satisfy it. The error is an [Errors] that
// names every condition the vocabulary does not bear, and every unresolved reference.
func (s *Space) Compile(c Criterion) (Scope, error) {
	s.mu.Lock()
	defer s.unlock()
	compiled := func(c Criterion) (ok bool) {
		switch c := c.(type) {
		case *Ref:
			_, ok = s.shared[c]
		case When:
			_, ok = s.whens[whenKey{c.Attribute, c.Constraint}]
		}
		return ok
	}
	if errs := s.vocab.check(c, compiled); len(errs) > 0 {
		return Scope{}, errs
	}
	k := compiler{Space: s}
	r := k.compile(c)
	if len(k.errs) > 0 {
		return Scope{}, k.errs.Sorted()
	}
	return Scope{s, r}, nil
}

type compiler struct {
	*Space
	errs  Errors
	depth int // of nesting
}

// maxNesting bounds how deep criteria may nest; the law's deepest is under twenty.
const maxNesting = 1000

func (k *compiler) compile(c Criterion) ref {
	if k.depth++; k.depth > maxNesting {
		k.errs.add(Pos{}, "nesting", "criterion nests more than %d deep; flatten it", maxNesting)
		k.depth--
		return falseRef
	}
	defer func() { k.depth-- }()
	switch c := c.(type) {
	case nil:
		return trueRef
	case All:
		return k.all(c)
	case Any:
		return k.fold(opOr, c, falseRef)
	case Not:
		return k.not(k.compile(c.C))
	case *Ref:
		if r, ok := k.shared[c]; ok {
			return r
		}
		r := k.compile(c.C)
		if len(k.errs) == 0 {
			k.shared[c] = r
		}
		return r
	case OfKind:
		return k.ofKind(c.Kinds)
	case When:
		key := whenKey{c.Attribute, c.Constraint}
		r, ok := k.whens[key]
		if !ok {
			r = k.when(c)
			k.whens[key] = r
		}
		return r
	case Parts:
		return k.parts(c)
	case For:
		target := k.lift(k.anyDestination(k.compile(c.Target)))
		return k.and(k.function(c.Functions), target)
	case Transfer:
		return k.among(k.destinationVar(0), func(i int64) bool {
			return slices.ContainsFunc(c.To, func(cc string) bool { return countryIndex(cc) == i })
		})
	case Opaque:
		return k.among(k.variable(variable{class: classOpaque, key: c.Name, size: 2}), func(i int64) bool { return i == 1 })
	case Residue:
		return k.among(k.variable(variable{class: classResidue, key: c.ID, size: 2}), func(i int64) bool { return i == 1 })
	case Reference:
		k.errs.add(c.Pos, "unresolved", "reference to other paragraphs is not resolved; compile criteria that a corpus has resolved")
	case Elsewhere:
		k.errs.add(c.Pos, "unresolved", "`elsewhere` is not resolved; compile criteria that a corpus has resolved")
	default:
		k.errs.add(Pos{}, "criterion", "criterion of type %T is not known", c)
	}
	return falseRef
}

// whenKey is a condition on an attribute as it is written.
type whenKey struct{ attribute, constraint string }

// ofKind is the things of any of the kinds.
func (s *Space) ofKind(kinds []string) ref {
	key := strings.Join(kinds, "+")
	if r, ok := s.ofKinds[key]; ok {
		return r
	}
	var values []int
	for _, id := range kinds {
		values = append(values, s.vocab.within[id]...)
	}
	slices.Sort(values)
	values = slices.Compact(values)
	var cuts []cut
	kids := []ref{falseRef}
	for n, i := range values {
		if n == 0 || values[n-1] != i-1 {
			at := cut{num: noneCut}
			if i > 0 {
				at = cut{num: s.int(int64(i))}
			}
			cuts, kids = append(cuts, at), append(kids, trueRef)
		}
		if n == len(values)-1 || values[n+1] != i+1 {
			if i+1 < len(s.vocab.values) {
				cuts, kids = append(cuts, cut{num: s.int(int64(i + 1))}), append(kids, falseRef)
			}
		}
	}
	r := s.node(s.kindVar(0), cuts, kids)
	s.ofKinds[key] = r
	return r
}

// all takes what is excluded away last and one by one: what is left is small, where the union of all that is excluded may
// be a whole list.
func (k *compiler) all(cs []Criterion) ref {
	var wanted, excluded []Criterion
	for _, c := range cs {
		if not, ok := c.(Not); ok {
			excluded = append(excluded, not.C)
		} else {
			wanted = append(wanted, c)
		}
	}
	r := k.fold(opAnd, wanted, trueRef)
	var exclude func(c Criterion)
	exclude = func(c Criterion) {
		switch x := c.(type) {
		case Any:
			for _, y := range x {
				exclude(y)
			}
		case *Ref:
			if any, ok := x.C.(Any); ok {
				exclude(any)
				return
			}
			r = k.minus(r, k.compile(x))
		default:
			r = k.minus(r, k.compile(c))
		}
	}
	for _, c := range excluded {
		exclude(c)
	}
	return r
}

// fold combines the criteria in pairs, pairs of pairs and so on, which keeps most of the diagrams on the way small.
func (k *compiler) fold(o op, cs []Criterion, empty ref) ref {
	refs := make([]ref, len(cs))
	for i, c := range cs {
		refs[i] = k.compile(c)
	}
	return k.foldRefs(o, refs, empty)
}

func (s *Space) foldRefs(o op, refs []ref, empty ref) ref {
	switch len(refs) {
	case 0:
		return empty
	case 1:
		return refs[0]
	}
	half := len(refs) / 2
	return s.apply(o, s.foldRefs(o, refs[:half], empty), s.foldRefs(o, refs[half:], empty))
}

// anyDestination leaves the transfer open: what is caught on the way to some destination counts as caught where other
// things are for it or contain it.
func (s *Space) anyDestination(r ref) ref {
	if !s.nodes[r].sent {
		return r
	}
	x, ok := s.anywhere[r]
	if !ok {
		x = s.quantify(r, opOr, func(v *variable) bool { return v.class == classTransfer && v.level == 0 })
		s.anywhere[r] = x
	}
	return x
}

// lift makes of a condition on a thing the same condition on what a thing is for. It preserves the order of variables,
// so that its cost is the size of the diagram.
func (s *Space) lift(r ref) ref {
	n := s.nodes[r]
	if n.v < 0 {
		return r
	}
	if x, ok := s.lifted[r]; ok {
		return x
	}
	kids := make([]ref, len(n.kids))
	for i, k := range n.kids {
		kids[i] = s.lift(k)
	}
	v := s.vars[n.v]
	v.level++
	x := s.ordered(s.variable(v), n.cuts, kids)
	s.lifted[r] = x
	return x
}

// function is the condition that the relation to what a thing is for is one of fs or narrower; with no fs, any.
func (s *Space) function(fs []string) ref {
	return s.among(s.functionVar(1), func(i int64) bool {
		return len(fs) == 0 || slices.ContainsFunc(fs, func(f string) bool { return s.vocab.entails(s.vocab.Functions[i].ID, f, 0) })
	})
}

// entails reports whether function a is b or, through Broader, implies it.
func (v *Vocabulary) entails(a, b string, depth int) bool {
	if a == b {
		return true
	}
	return depth < len(v.Functions) && slices.ContainsFunc(v.functions[a].Broader, func(x string) bool { return v.entails(x, b, depth+1) })
}

func (k *compiler) parts(c Parts) ref {
	any := trueRef
	part := c.Of
	if k.vocab.kinds[c.Of] != nil {
		any = k.compile(OfKind{Kinds: []string{c.Of}})
		part = wholePart
	}
	where := k.and(any, k.anyDestination(k.compile(c.Where)))
	switch c.Quantifier {
	case Every:
		return k.minus(k.partVar(part, any, 1), k.partVar(part, k.minus(any, where), 1))
	case None:
		return k.not(k.partVar(part, where, max(1, c.AtLeast)))
	}
	return k.partVar(part, where, max(1, c.AtLeast))
}

// wholePart is the part type of parts that are things of their own, with a kind.
const wholePart = "thing"

// partVar is the condition that at least n parts of a type lie in where.
func (s *Space) partVar(part string, where ref, n int) ref {
	where = s.upward(part, where)
	if !s.satisfiable(where, part) {
		return falseRef
	}
	key := fmt.Sprintf("%s>=%d:%d", part, n, where)
	v := s.variable(variable{class: classParts, key: key, size: 2, part: part, where: where, atLeast: n})
	return s.among(v, func(i int64) bool { return i == 1 })
}

func (k *compiler) when(w When) ref {
	c, _, err := k.vocab.parseConstraint(w)
	if err != nil {
		return falseRef // reported by CheckCriterion
	}
	a := &k.vocab.Attributes[c.attribute]
	side := max(0, c.side)
	if c.none || c.any {
		r := falseRef
		if a.Type == TypeSet {
			for i := range a.Terms {
				r = k.or(r, k.isTrue(k.attributeVar(c.attribute, i, 0)))
			}
		} else {
			r = k.not(k.isNone(k.attributeVar(c.attribute, side, 0)))
		}
		if c.none {
			return k.not(r)
		}
		return r
	}
	switch a.Type {
	case TypeBoolean:
		v := k.attributeVar(c.attribute, 0, 0)
		return k.among(v, func(i int64) bool { return (i == 1) == c.truth })
	case TypeTerm:
		return k.among(k.attributeVar(c.attribute, 0, 0), func(i int64) bool {
			return slices.ContainsFunc(c.terms, func(t int) bool { return a.entails(int(i), t, 0) })
		})
	case TypeSet:
		return k.set(c, a)
	case TypeRange:
		if c.verb != "" {
			return k.span(c)
		}
	}
	r := falseRef
	v := k.attributeVar(c.attribute, side, 0)
	for _, and := range c.tests {
		x := k.not(k.isNone(v))
		for _, t := range and {
			k.remember(c.attribute, t)
			x = k.and(x, k.compare(v, t.op, t.n))
		}
		r = k.or(r, x)
	}
	return r
}

func (s *Space) isTrue(v int32) ref { return s.among(v, func(i int64) bool { return i == 1 }) }

// entails reports whether term i is t or narrower.
func (a *Attribute) entails(i, t, depth int) bool {
	if i == t {
		return true
	}
	if depth > len(a.Terms) {
		return false
	}
	for _, b := range a.Terms[i].Broader {
		for j := range a.Terms {
			if a.Terms[j].ID == b && a.entails(j, t, depth+1) {
				return true
			}
		}
	}
	return false
}

// set is the condition on a set attribute: any, all or only of the terms, each met by a narrower one as well.
func (k *compiler) set(c constraint, a *Attribute) ref {
	has := func(t int) ref {
		r := falseRef
		for i := range a.Terms {
			if a.entails(i, t, 0) {
				r = k.or(r, k.isTrue(k.attributeVar(c.attribute, i, 0)))
			}
		}
		return r
	}
	switch c.mode {
	case "all":
		r := trueRef
		for _, t := range c.terms {
			r = k.and(r, has(t))
		}
		return r
	case "only":
		some, others := falseRef, falseRef
		for i := range a.Terms {
			x := k.isTrue(k.attributeVar(c.attribute, i, 0))
			if slices.ContainsFunc(c.terms, func(t int) bool { return a.entails(i, t, 0) }) {
				some = k.or(some, x)
			} else {
				others = k.or(others, x)
			}
		}
		return k.minus(some, others)
	}
	r := falseRef
	for _, t := range c.terms {
		r = k.or(r, has(t))
	}
	return r
}

// span is the condition on a range as a whole. With bounds "> A, <= B": it touches where some value of it lies
// between them, is within where all do, and covers where it has every value between them.
func (k *compiler) span(c constraint) ref {
	lo, hi := k.attributeVar(c.attribute, 0, 0), k.attributeVar(c.attribute, 1, 0)
	r := k.minus(k.not(k.isNone(lo)), k.isNone(hi))
	for _, t := range c.tests[0] {
		k.remember(c.attribute, t)
		below := t.op == "<" || t.op == "<="
		above := t.op == ">" || t.op == ">="
		switch c.verb {
		case "touches":
			if !below {
				r = k.and(r, k.compare(hi, orEqual(t.op, ">="), t.n))
			}
			if !above {
				r = k.and(r, k.compare(lo, orEqual(t.op, "<="), t.n))
			}
		case "within":
			if !below {
				r = k.and(r, k.compare(lo, orEqual(t.op, ">="), t.n))
			}
			if !above {
				r = k.and(r, k.compare(hi, orEqual(t.op, "<="), t.n))
			}
		case "covers":
			if !below {
				r = k.and(r, k.compare(lo, "<=", t.n))
			}
			if !above {
				r = k.and(r, k.compare(hi, ">=", t.n))
			}
		}
	}
	return r
}

func orEqual(op, equal string) string {
	if op == "=" {
		return equal
	}
	return op
}

// compare is the diagram of v op n, false for things that have none of v.
func (s *Space) compare(v int32, op string, n Number) ref {
	var a *Attribute
	if s.vars[v].class == classAttribute {
		a = s.attribute(v)
	}
	at := func(after bool) cut {
		m := n
		if s.vars[v].integer {
			if after {
				m = n.floor().Add(Int(1))
			} else {
				m = n.ceil()
			}
			after = false
		}
		if a != nil && a.Min != nil {
			lo := s.vocab.units[a.Unit].base(*a.Min)
			if d := m.Cmp(lo); d < 0 || d == 0 && !after {
				return cut{num: noneCut}
			}
		}
		return cut{num: s.number(m), after: after}
	}
	none := cut{num: noneCut}
	switch op {
	case ">":
		return s.node(v, []cut{at(true)}, []ref{falseRef, trueRef})
	case ">=":
		return s.node(v, []cut{at(false)}, []ref{falseRef, trueRef})
	case "<":
		return s.line(v, []cut{none, at(false)}, []ref{falseRef, trueRef, falseRef})
	case "<=":
		return s.line(v, []cut{none, at(true)}, []ref{falseRef, trueRef, falseRef})
	}
	return s.and(s.compare(v, ">=", n), s.compare(v, "<=", n))
}

// line is node for cuts of which neighbours may coincide.
func (s *Space) line(v int32, cuts []cut, kids []ref) ref {
	c, k := cuts[:1:1], kids[:2:2]
	for i := 1; i < len(cuts); i++ {
		if s.cmpCut(cuts[i], c[len(c)-1]) == 0 {
			k[len(k)-1] = kids[i+1]
			continue
		}
		c, k = append(c, cuts[i]), append(k, kids[i+1])
	}
	return s.node(v, c, k)
}

// remember keeps how a law writes a threshold, the shortest where several write it.
func (s *Space) remember(attribute int, t test) {
	key := printedKey{attribute, s.number(t.n)}
	if old, ok := s.printed[key]; !ok || len(t.text) < len(old) || len(t.text) == len(old) && t.text < old {
		s.printed[key] = t.text
	}
	if _, u := splitQuantity(t.text); u != "" && !slices.Contains(s.unitsOf[attribute], u) {
		s.unitsOf[attribute] = append(s.unitsOf[attribute], u)
	}
}

// upward is where a part makes sure that some part lies in where: for a part type that is closed downwards, every
// point above one in where.
func (s *Space) upward(part string, where ref) ref {
	p := s.vocab.parts[part]
	if p == nil || p.Closed != "down" {
		return where
	}
	return s.rebuild(where, func(r ref, kids []ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			return r
		}
		if x := &s.vars[n.v]; x.class != classAttribute || x.size != 0 {
			return s.ordered(n.v, n.cuts, kids)
		}
		grown := slices.Clone(kids)
		for i := 1; i < len(grown); i++ {
			if i == 1 && n.cuts[0].num == noneCut {
				continue // having none of it is not below having some
			}
			grown[i] = s.or(grown[i], grown[i-1])
		}
		return s.ordered(n.v, n.cuts, grown)
	})
}
