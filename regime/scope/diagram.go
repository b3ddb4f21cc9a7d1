package scope

// ref is a node of a Space's diagrams. Equal refs are equal functions.
type ref int32

const (
	falseRef ref = 0
	trueRef  ref = 1
)

// class is what a variable speaks of.
type class int8

const (
	classKind class = iota
	classFunction
	classTransfer
	classAttribute
	classOpaque
	classParts
	classResidue
)

// variable is one coordinate of the item space. Its values lie on one line: first "none" (the thing has none of
// it), then the rationals; booleans, terms and kinds are whole numbers from 0.
type variable struct {
	level   int // 0 the thing itself, 1 what it is for, 2 what that is for, ...
	rank    int
	class   class
	ord     int    // attribute index
	sub     int    // 0 value or minimum, 1 maximum; term index of a set attribute
	key     string // opaque, residue and part variables
	size    int64  // number of values of a finite variable; 0 where the line is the rationals
	integer bool   // only whole numbers

	part    string // part condition: at least atLeast parts of this type lie in where
	where   ref
	atLeast int
}

// less is the order of variables in every diagram of the Space: by level; the kind, the relation and the destination
// first; then in the order in which criteria first spoke of them, so that what one paragraph ties together stands
// together. (With all part conditions after all attributes, n paragraphs that each want an attribute and a
// part would need two to the n nodes.)
func (a *variable) less(b *variable) bool {
	if a.level != b.level {
		return a.level < b.level
	}
	return a.rank < b.rank
}

// cut is a place between two neighbouring points of the line: before or after the number, or after "none".
type cut struct {
	num   int32 // index in Space.numbers; noneCut for the cut after "none"
	after bool
}

const noneCut int32 = -1

// point is a value on the line.
type point struct {
	none bool
	n    Number
}

type node struct {
	v    int32 // index in Space.vars; -1 for a terminal
	cuts []cut
	kids []ref  // len(cuts)+1: the part of the line before cuts[0], ..., after the last cut
	term uint64 // value of a terminal
	deep bool   // a part condition occurs at or below
	sent bool   // a condition on the transfer occurs at or below
	soft bool   // residue occurs at or below, or within a part condition
	last int8   // the deepest level of the variables at or below
}

func (s *Space) terminal(t uint64) ref {
	if t < 2 {
		return ref(t)
	}
	if r, ok := s.terms[t]; ok {
		return r
	}
	r := ref(len(s.nodes))
	s.nodes = append(s.nodes, node{v: -1, term: t})
	s.terms[t] = r
	return r
}

func (s *Space) number(n Number) int32 {
	key := keyOf(n)
	if i, ok := s.numberIDs[key]; ok {
		return i
	}
	i := int32(len(s.numbers))
	s.numbers = append(s.numbers, n)
	s.numberIDs[key] = i
	return i
}

type numberKey struct {
	num, den int64
	text     string
}

func keyOf(n Number) numberKey {
	if n.big != nil {
		return numberKey{text: n.big.RatString()}
	}
	return numberKey{n.num, n.denom(), ""}
}

func (s *Space) cmpCut(a, b cut) int {
	if a.num != b.num {
		if a.num == noneCut {
			return -1
		}
		if b.num == noneCut {
			return 1
		}
		return s.numbers[a.num].Cmp(s.numbers[b.num])
	}
	switch {
	case a.after == b.after:
		return 0
	case b.after:
		return -1
	}
	return 1
}

// beyond reports whether p lies after c.
func (d *diagrams) beyond(p point, c cut) bool {
	if p.none {
		return false
	}
	if c.num == noneCut {
		return true
	}
	order := p.n.Cmp(d.numbers[c.num])
	return order > 0 || order == 0 && !c.after
}

// kid is the child of n whose part of the line holds p.
func (d *diagrams) kid(n *node, p point) ref {
	lo, hi := 0, len(n.cuts)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.beyond(p, n.cuts[mid]) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return n.kids[lo]
}

func (s *Space) variable(v variable) int32 {
	key := variableKey{v.level, v.class, v.ord, v.sub, v.key}
	if i, ok := s.varIDs[key]; ok {
		return i
	}
	i := int32(len(s.vars))
	key.level = 0
	rank, ok := s.ranks[key]
	if !ok {
		rank = len(s.ranks)
		if v.class <= classTransfer {
			rank = int(v.class) - int(classTransfer) - 1
		}
		s.ranks[key] = rank
	}
	v.rank = rank
	s.vars = append(s.vars, v)
	key.level = v.level
	s.varIDs[key] = i
	return i
}

type variableKey struct {
	level    int
	class    class
	ord, sub int
	key      string
}

// before reports whether the top variable of a comes before that of b.
func (s *Space) before(a, b int32) bool {
	if a == b || a < 0 {
		return false
	}
	return b < 0 || s.vars[a].less(&s.vars[b])
}

// node makes the reduced node: neighbours with the same function are joined, and a node with one child is that child.
func (s *Space) node(v int32, cuts []cut, kids []ref) ref {
	n := 0
	for i := range cuts {
		if kids[i+1] != kids[n] {
			cuts[n] = cuts[i]
			n++
			kids[n] = kids[i+1]
		}
	}
	cuts, kids = cuts[:n], kids[:n+1]
	if n == 0 {
		return kids[0]
	}
	x := node{v: v, cuts: cuts, kids: kids}
	key := x.key(s.scratch[:0])
	s.scratch = key
	if r, ok := s.unique[string(key)]; ok {
		return r
	}
	x.cuts, x.kids = append([]cut(nil), cuts...), append([]ref(nil), kids...)
	x.deep = s.vars[v].class == classParts
	x.sent = s.vars[v].class == classTransfer
	x.last = int8(min(s.vars[v].level, 127))
	x.soft = s.vars[v].class == classResidue || x.deep && s.nodes[s.vars[v].where].soft
	for _, k := range kids {
		x.deep = x.deep || s.nodes[k].deep
		x.soft = x.soft || s.nodes[k].soft
		x.sent = x.sent || s.nodes[k].sent
		x.last = max(x.last, s.nodes[k].last)
	}
	r := ref(len(s.nodes))
	s.nodes = append(s.nodes, x)
	s.unique[string(key)] = r
	return r
}

type op uint8

const (
	opAnd op = iota
	opOr
	opMinus
	opMark // opMark+i sets bit i of a terminal where the second operand holds
)

type applyKey struct {
	op   op
	a, b ref
}

func (s *Space) and(a, b ref) ref   { return s.apply(opAnd, a, b) }
func (s *Space) or(a, b ref) ref    { return s.apply(opOr, a, b) }
func (s *Space) minus(a, b ref) ref { return s.apply(opMinus, a, b) }
func (s *Space) not(a ref) ref      { return s.apply(opMinus, trueRef, a) }

// apply combines two diagrams point by point. Its cost is at most the product of their sizes.
func (s *Space) apply(o op, a, b ref) ref {
	switch {
	case o == opAnd:
		if a == b || b == trueRef {
			return a
		}
		if a == trueRef {
			return b
		}
		if a == falseRef || b == falseRef {
			return falseRef
		}
	case o == opOr:
		if a == b || b == falseRef {
			return a
		}
		if a == falseRef {
			return b
		}
		if a == trueRef || b == trueRef {
			return trueRef
		}
	case o == opMinus:
		if a == b || a == falseRef || b == trueRef {
			return falseRef
		}
		if b == falseRef {
			return a
		}
	default:
		if b == falseRef {
			return a
		}
		if s.nodes[a].v < 0 && b == trueRef {
			return s.terminal(s.nodes[a].term | 1<<(o-opMark))
		}
	}
	if (o == opAnd || o == opOr) && a > b {
		a, b = b, a
	}
	key := applyKey{o, a, b}
	if r, ok := s.memo[key]; ok {
		return r
	}
	na, nb := s.nodes[a], s.nodes[b]
	v := na.v
	if s.before(nb.v, v) || v < 0 {
		v = nb.v
	}
	ka, kb := []ref{a}, []ref{b}
	var ca, cb []cut
	if na.v == v {
		ka, ca = na.kids, na.cuts
	}
	if nb.v == v {
		kb, cb = nb.kids, nb.cuts
	}
	cuts := make([]cut, 0, len(ca)+len(cb))
	kids := make([]ref, 0, len(ca)+len(cb)+1)
	kids = append(kids, s.apply(o, ka[0], kb[0]))
	for i, j := 0, 0; i < len(ca) || j < len(cb); {
		c := 0
		switch {
		case i == len(ca):
			c = 1
		case j == len(cb):
			c = -1
		default:
			c = s.cmpCut(ca[i], cb[j])
		}
		if c <= 0 {
			cuts = append(cuts, ca[i])
			i++
		} else {
			cuts = append(cuts, cb[j])
		}
		if c >= 0 {
			j++
		}
		kids = append(kids, s.apply(o, ka[i], kb[j]))
	}
	r := s.node(v, cuts, kids)
	s.memo[key] = r
	return r
}

// rebuild maps every node of r bottom-up; f gets the variable and the mapped children.
func (s *Space) rebuild(r ref, f func(r ref, kids []ref) ref) ref {
	done := map[ref]ref{}
	var walk func(r ref) ref
	walk = func(r ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			return f(r, nil)
		}
		if x, ok := done[r]; ok {
			return x
		}
		kids := make([]ref, len(n.kids))
		for i, k := range n.kids {
			kids[i] = walk(k)
		}
		x := f(r, kids)
		done[r] = x
		return x
	}
	return walk(r)
}

// fix restricts r to the points that at gives; at reports false for variables to leave open.
func (s *Space) fix(r ref, at func(v int32) (point, bool)) ref {
	return s.rebuild(r, func(r ref, kids []ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			return r
		}
		if p, ok := at(n.v); ok {
			lo := 0
			for lo < len(n.cuts) && s.beyond(p, n.cuts[lo]) {
				lo++
			}
			return kids[lo]
		}
		return s.ordered(n.v, n.cuts, kids)
	})
}

// cofactor is fix for one variable; it looks at the diagram above that variable only.
func (s *Space) cofactor(r ref, v int32, p point) ref {
	done := map[ref]ref{}
	var walk func(r ref) ref
	walk = func(r ref) ref {
		n := s.nodes[r]
		if n.v == v {
			return s.kid(&n, p)
		}
		if !s.before(n.v, v) {
			return r
		}
		if x, ok := done[r]; ok {
			return x
		}
		kids := make([]ref, len(n.kids))
		for i, k := range n.kids {
			kids[i] = walk(k)
		}
		x := s.ordered(n.v, n.cuts, kids)
		done[r] = x
		return x
	}
	return walk(r)
}

// ordered makes a node whose children may have lost variables but none that come before v.
func (s *Space) ordered(v int32, cuts []cut, kids []ref) ref {
	return s.node(v, append([]cut(nil), cuts...), append([]ref(nil), kids...))
}

// quantify removes the variables that which names: with opOr "for some value", with opAnd "for every value".
func (s *Space) quantify(r ref, o op, which func(v *variable) bool) ref {
	return s.rebuild(r, func(r ref, kids []ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			return r
		}
		if !which(&s.vars[n.v]) {
			return s.ordered(n.v, n.cuts, kids)
		}
		out := kids[0]
		for _, k := range kids[1:] {
			out = s.apply(o, out, k)
		}
		return out
	})
}

// indicator is the boolean diagram of the points at which r's terminal satisfies f.
func (s *Space) indicator(r ref, f func(uint64) bool) ref {
	return s.rebuild(r, func(r ref, kids []ref) ref {
		n := s.nodes[r]
		if n.v < 0 {
			if f(n.term) {
				return trueRef
			}
			return falseRef
		}
		return s.ordered(n.v, n.cuts, kids)
	})
}

// support lists the variables of r in diagram order.
func (s *Space) support(r ref) []int32 {
	seen, vars := map[ref]bool{}, map[int32]bool{}
	var out []int32
	var walk func(r ref)
	walk = func(r ref) {
		n := &s.nodes[r]
		if n.v < 0 || seen[r] {
			return
		}
		seen[r] = true
		if !vars[n.v] {
			vars[n.v] = true
			out = append(out, n.v)
		}
		for _, k := range s.nodes[r].kids {
			walk(k)
		}
	}
	walk(r)
	s.sortVars(out)
	return out
}
