package scope

import (
	"slices"
	"sync/atomic"
)

// MaxJoint is how many scopes a [Joint] can hold.
const MaxJoint = 62

// A Joint says of an item at once in which of several scopes it is. It keeps one joint diagram for each kind of items, made
// when first asked for. It is safe for use by many goroutines.
type Joint struct {
	s      *Space
	scopes []ref
	kinds  map[int]ref           // by kind value
	ready  atomic.Pointer[[]ref] // the same by kind value, for reading without waiting; notReady where there is none
}

const notReady ref = -1

// Join makes a Joint of up to [MaxJoint] scopes of the Space; those beyond are left out. The diagram of a kind is at most as
// large as the product of the scopes' diagrams for it, and for control lists, which draw similar lines, near
// their sum. It speaks of direct purposes: of items that are for things which are for nothing else (software for a
// machine, but not software for a component for a machine).
func (s *Space) Join(scopes []Scope) *Joint {
	j := &Joint{s: s, kinds: map[int]ref{}}
	for _, x := range scopes[:min(len(scopes), MaxJoint)] {
		if x.s != s {
			x = s.Nothing()
		}
		j.scopes = append(j.scopes, x.r)
	}
	return j
}

// of is the joint diagram for one kind value: its terminals have a bit for each scope.
func (j *Joint) of(kind int) ref {
	if r, ok := j.kinds[kind]; ok {
		return r
	}
	joint := falseRef
	for i, x := range j.scopes {
		joint = j.s.apply(opMark+op(i), joint, j.s.direct(j.s.at(x, kind)))
	}
	j.kinds[kind] = joint
	return joint
}

// publish lets others read what was made; the diagrams before what leads to them.
func (j *Joint) publish() {
	j.s.keep()
	ready := make([]ref, len(j.s.vocab.values))
	for i := range ready {
		ready[i] = notReady
		if r, ok := j.kinds[i]; ok {
			ready[i] = r
		}
	}
	j.ready.Store(&ready)
}

// at is r for things of one kind value.
func (s *Space) at(r ref, kind int) ref {
	if n := &s.nodes[r]; n.v == s.kindVar(0) {
		return s.kid(n, point{n: Int(int64(kind))})
	}
	return r
}

// direct restricts r to items whose purposes have no purpose.
func (s *Space) direct(r ref) ref {
	if s.nodes[r].last < 2 {
		return r
	}
	return s.cofactor(r, s.functionVar(2), point{none: true})
}

// Evaluate says in which scopes the item is, as bits in the order of the scopes. It is false where something unknown
// or residue may matter: then [Scope.Evaluate] decides each. It does not allocate, but for the first item of a kind.
func (j *Joint) Evaluate(it *Item) (members uint64, ok bool) {
	if !plain(it) {
		return 0, false
	}
	var buffer [maxLevels]*Item
	line := purposes(it, buffer[:0])
	if len(line) > 2 || len(line) == 2 && !line[1].ForKnown {
		return 0, false
	}
	var said statements
	kind, known := said.kind(j.s.vocab, line, 0)
	if !known {
		return 0, false
	}
	r := notReady
	if ready := j.ready.Load(); ready != nil {
		r = (*ready)[kind]
	}
	if r == notReady {
		r = j.make(kind)
	}
	d := j.s.readable.Load()
	for {
		n := &d.nodes[r]
		if n.v < 0 {
			return n.term, true
		}
		p, known := d.stated(n.v, line, &said)
		if !known {
			return 0, false
		}
		r = d.kid(n, p)
	}
}

// make is of, for whoever does not hold the Space.
func (j *Joint) make(kind int) ref {
	j.s.mu.Lock()
	defer j.s.unlock()
	defer j.publish()
	return j.of(kind)
}

// A Cell is one region of a partition: the items of one kind, for things of some kinds where the scopes ask for that, that
// are in exactly the scopes of Members.
type Cell struct {
	Kinds     []string // most specific kinds of the items
	For       []string // the kinds of what they are for, any of these; nil where it does not matter or they are for nothing
	Members   []int    // indices of the scopes that hold them, ascending
	Scope     Scope
	Dependent bool // whether these items lie here is for residue to say

	joint, of ref // the settled joint diagram, and the items, among which the cell lies
}

// Conditions describes the cell among the items of its kinds, see [Scope.Conditions].
func (c Cell) Conditions(limit int) (conjunctions [][]string, more bool) {
	s := c.Scope.s
	s.mu.Lock()
	defer s.unlock()
	mask := uint64(0)
	for _, m := range c.Members {
		mask |= 1 << m
	}
	here := s.and(c.of, s.indicator(c.joint, func(t uint64) bool { return t == mask }))
	outside := s.or(s.minus(c.of, here), s.minus(here, c.Scope.r)) // the latter where residue parts a cell
	within := func(path []step) bool { return s.and(s.box(path), outside) == falseRef }
	cs, more := s.cover(c.Scope.r, "", limit, true, within)
	return dropCommonKind(cs), more
}

// Partition cuts the items of the given kinds, or with none given of all kinds, into cells by which of the scopes hold
// them. Cells are disjoint, and with the items in none of the scopes, which have no cell, they are all items that
// are of one most specific kind and are for nothing or directly for one thing of one most specific kind. Things of
// several overlapping kinds are in what holds them as either, exceptions apart. Items in a cell that is not
// Dependent lie there whatever residue says. Cells come in order of kind, of what they are for, then of members.
func (j *Joint) Partition(kinds ...string) []Cell {
	s := j.s
	s.mu.Lock()
	defer s.unlock()
	defer j.publish()
	var cells []Cell
	for i, kv := range s.vocab.values {
		if len(kv.specific) > 1 || len(kinds) > 0 && !slices.Contains(kinds, kv.specific[0]) {
			continue
		}
		here := j.of(i)
		if here == falseRef {
			continue
		}
		of := s.onlyKinds(0, kv.specific...)
		last := int8(0) // how far the scopes ask what such items are for
		for _, x := range j.scopes {
			last = max(last, s.nodes[s.at(x, i)].last)
		}
		c := Cell{Kinds: kv.specific}
		if last == 0 {
			cells = append(cells, s.slice(c, s.settleFor(here, i, -1), of)...)
			continue
		}
		cells = append(cells, s.byPurpose(c, here, of, i, last)...)
	}
	return cells
}

// byPurpose cuts items that scopes ask the purpose of, by groups of things that they may be for and that the scopes treat
// alike: the first group is those for nothing, with all that are treated so.
func (s *Space) byPurpose(c Cell, here, of ref, kind int, last int8) []Cell {
	f, k := s.functionVar(1), s.kindVar(1)
	type group struct {
		joint ref
		of    ref
		kinds []string
	}
	groups := []group{{joint: s.settleFor(s.cofactor(here, f, point{none: true}), kind, -1), of: s.isNone(f)}}
	for t, target := range s.vocab.values {
		if len(target.specific) > 1 {
			continue
		}
		sliced := s.settleFor(s.cofactor(here, k, point{n: Int(int64(t))}), kind, t)
		i := slices.IndexFunc(groups, func(g group) bool { return g.joint == sliced })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{joint: sliced})
		}
		groups[i].kinds = append(groups[i].kinds, target.specific[0])
		groups[i].of = s.or(groups[i].of, s.minus(s.onlyKinds(1, target.specific...), s.isNone(f)))
	}
	if last > 1 {
		of = s.and(of, s.isNone(s.functionVar(2)))
	}
	var cells []Cell
	for i, g := range groups {
		if c.For = g.kinds; i == 0 {
			c.For = nil
		}
		cells = append(cells, s.slice(c, g.joint, s.and(of, g.of))...)
	}
	return cells
}

// slice is the cells of a settled joint diagram among the items that of admits.
func (s *Space) slice(c Cell, joint, of ref) []Cell {
	var out []Cell
	for _, mask := range s.masks(joint) {
		c.joint, c.of = joint, of
		r := s.and(of, s.indicator(joint, func(t uint64) bool { return t == mask }))
		s.assumed[assumeKey{r, ""}] = r
		if s.satisfiable(r, "") {
			out = append(out, s.cells(c, mask, r)...)
		}
	}
	return out
}

// settleFor is the possible part of r for things of one kind value that are for things of another.
func (s *Space) settleFor(r ref, kind, target int) ref {
	if target >= 0 {
		done := map[ref]ref{}
		var walk func(r ref) ref
		walk = func(r ref) ref {
			n := s.nodes[r]
			if n.v < 0 {
				return r
			}
			if s.vars[n.v].level > 0 {
				return s.settle(r, trimKey{r, 1, target, ""})
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
		r = walk(r)
	}
	return s.settle(r, trimKey{r, 0, kind, plainTargets})
}

// plainTargets marks, in a trimKey, that what lies deeper is settled already.
const plainTargets = "*"

// cells splits the inhabited region r of one signature into what lies there for certain and what residue may put there.
func (s *Space) cells(c Cell, mask uint64, r ref) []Cell {
	c.Kinds, c.For, c.Scope = slices.Clone(c.Kinds), slices.Clone(c.For), Scope{s, r}
	c.Members = nil
	for i := range MaxJoint {
		if mask>>i&1 == 1 {
			c.Members = append(c.Members, i)
		}
	}
	if !s.nodes[r].soft {
		return []Cell{c}
	}
	certain := s.certainOf(r)
	s.assumed[assumeKey{certain, ""}] = certain
	if !s.satisfiable(certain, "") {
		c.Dependent = true
		return []Cell{c}
	}
	rest := s.minus(r, certain)
	s.assumed[assumeKey{rest, ""}] = rest
	if s.satisfiable(rest, "") {
		d := c
		c.Scope.r, d.Scope.r, d.Dependent = certain, rest, true
		return []Cell{c, d}
	}
	c.Dependent = !s.certainly(r, "")
	return []Cell{c}
}

// masks lists the terminals of r but 0, ascending.
func (s *Space) masks(r ref) []uint64 {
	found := map[uint64]bool{}
	seen := map[ref]bool{}
	var walk func(r ref)
	walk = func(r ref) {
		if seen[r] {
			return
		}
		seen[r] = true
		n := s.nodes[r]
		if n.v < 0 && n.term != 0 {
			found[n.term] = true
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(r)
	out := make([]uint64, 0, len(found))
	for m := range found {
		out = append(out, m)
	}
	slices.Sort(out)
	return out
}
