package scope

import "slices"

// A Grade says how much a difference between two scopes matters.
type Grade string

const (
	NoDifference Grade = "none"
	BoundaryOnly Grade = "boundary-only" // both sides name the same number and differ in whether it is included
	Nominal      Grade = "nominal"       // the two numbers are one printed pair of units, as 398 K (125 Cel)
	Substantive  Grade = "substantive"
)

// rank orders grades by weight.
func (g Grade) rank() int {
	return slices.Index([]Grade{NoDifference, BoundaryOnly, Nominal, Substantive}, g)
}

// Constants are the numbers that criteria compare each attribute with, in base units.
type Constants struct {
	of map[int][]Number
}

// Constants collects the numbers of criteria, those of parts and targets included.
func (s *Space) Constants(cs ...Criterion) Constants {
	out := Constants{of: map[int][]Number{}}
	eachWhen(All(cs), true, func(w When) {
		p, _, err := s.vocab.parseConstraint(w)
		if err != nil {
			return
		}
		for _, and := range p.tests {
			for _, t := range and {
				out.of[p.attribute] = append(out.of[p.attribute], t.n)
			}
		}
	})
	return out
}

// AttributesIn lists the attributes that a criterion speaks of, those of parts and targets included, sorted.
func (v *Vocabulary) AttributesIn(c Criterion) []string {
	return v.attributesIn(c, true)
}

// AttributesAsked is as [Vocabulary.AttributesIn], of what a criterion asks for and not of what it excepts: what only
// negations speak of is left out.
func (v *Vocabulary) AttributesAsked(c Criterion) []string { return v.attributesIn(c, false) }

func (v *Vocabulary) attributesIn(c Criterion, negated bool) []string {
	var out []string
	eachWhen(c, negated, func(w When) {
		if p, _, err := v.parseConstraint(w); err == nil {
			out = append(out, v.Attributes[p.attribute].ID)
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// eachWhen calls f with every attribute condition in c, once where criteria share it; with those in negations if negated.
func eachWhen(c Criterion, negated bool, f func(When)) {
	seen := map[*Ref]bool{}
	var walk func(c Criterion)
	each := func(cs []Criterion) {
		for _, c := range cs {
			walk(c)
		}
	}
	walk = func(c Criterion) {
		switch c := c.(type) {
		case All:
			each(c)
		case Any:
			each(c)
		case Not:
			if negated {
				walk(c.C)
			}
		case *Ref:
			if !seen[c] {
				seen[c] = true
				walk(c.C)
			}
		case Parts:
			walk(c.Where)
		case For:
			walk(c.Target)
		case When:
			f(c)
		}
	}
	walk(c)
}

func (c Constants) has(attribute int, n Number) bool {
	return slices.ContainsFunc(c.of[attribute], func(m Number) bool { return m.Cmp(n) == 0 })
}

// Grade weighs the difference x between what two sides with constants a and b catch: boundary-only where every item
// in x has some attribute exactly at a number that both sides name, nominal where it lies between the two numbers of a
// printed pair, one named by each side; otherwise substantive.
func (x Scope) Grade(a, b Constants) Grade {
	if x.s == nil {
		return NoDifference
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	g := newGrader(x.s, a, b, map[assumeKey]Grade{})
	r := x.s.assume(x.r, "")
	if g.plainly(r) {
		return Substantive
	}
	return g.worst(r, "")
}

type grader struct {
	*Space
	a, b    Constants
	done    map[gradeKey]Grade
	states  map[stateKey]int    // numbers for sequences of demands; 0 is none
	state   int                 // of demands
	parts   map[assumeKey]Grade // of differences between parts
	demands []demand
	places  []placeKey
}

type gradeKey struct {
	r     ref
	state int
}

type stateKey struct {
	before int
	at     placeKey
	demand
}

func newGrader(s *Space, a, b Constants, parts map[assumeKey]Grade) *grader {
	return &grader{Space: s, a: a, b: b, done: map[gradeKey]Grade{}, states: map[stateKey]int{}, parts: parts}
}

// plainly reports whether the simplest item of r is confined nowhere, which settles most cases at once.
func (g *grader) plainly(r ref) bool {
	q := search{Space: g.Space}
	if !q.find(r) {
		return false
	}
	for _, st := range q.path {
		if g.confined(st) != Substantive {
			return false
		}
	}
	for at, demands := range q.demands {
		for _, d := range demands {
			g.demands = append(g.demands, d)
			g.places = append(g.places, at)
		}
	}
	w := g.partGrade()
	g.demands, g.places = nil, nil
	return w == Substantive
}

// worst is the gravest grade of any path from r to true.
func (g *grader) worst(r ref, part string) Grade {
	n := g.nodes[r]
	if n.v < 0 {
		if n.term == 0 {
			return NoDifference
		}
		return g.partGrade()
	}
	key := gradeKey{r, g.state}
	if w, ok := g.done[key]; ok {
		return w
	}
	out := NoDifference
	for i, k := range n.kids {
		if out == Substantive {
			break
		}
		if k == falseRef {
			continue
		}
		st := step{v: n.v, first: i == 0, last: i == len(n.cuts)}
		if i > 0 {
			st.from = n.cuts[i-1]
		}
		if i < len(n.cuts) {
			st.to = n.cuts[i]
		}
		w := NoDifference
		x := g.vars[n.v]
		holds, decided := g.decides(st)
		if x.class == classParts && decided {
			d, before := demand{x.where, x.atLeast, !holds}, g.state
			next := stateKey{before, placeKey{x.level, x.part}, d}
			if g.states[next] == 0 {
				g.states[next] = len(g.states) + 1
			}
			g.state = g.states[next]
			g.demands = append(g.demands, d)
			g.places = append(g.places, placeKey{x.level, x.part})
			w = g.worst(k, part)
			g.demands = g.demands[:len(g.demands)-1]
			g.places = g.places[:len(g.places)-1]
			g.state = before
		} else if at := g.confined(st); at != Substantive {
			w = g.worst(k, part)
			if w.rank() > at.rank() {
				w = at
			}
		} else {
			w = g.worst(k, part)
		}
		if w.rank() > out.rank() {
			out = w
		}
	}
	g.done[key] = out
	return out
}

// confined says whether a step leaves an attribute no room but a threshold or a printed pair.
func (g *grader) confined(st step) Grade {
	x := &g.vars[st.v]
	if x.class != classAttribute || x.size != 0 || st.first || st.last || st.from.num == noneCut {
		return Substantive
	}
	lo, hi := g.numbers[st.from.num], g.numbers[st.to.num]
	if x.integer {
		hi = hi.Sub(Int(1)) // integer cuts stand before the number
	}
	if lo.Cmp(hi) == 0 && (x.integer || !st.from.after && st.to.after) {
		if g.a.has(x.ord, lo) && g.b.has(x.ord, lo) {
			return BoundaryOnly
		}
	}
	a := &g.vocab.Attributes[x.ord]
	for _, p := range g.vocab.nominal {
		if p.dimension == a.Dimension && lo.Cmp(p.lo) >= 0 && hi.Cmp(p.hi) <= 0 &&
			(g.a.has(x.ord, p.lo) && g.b.has(x.ord, p.hi) || g.a.has(x.ord, p.hi) && g.b.has(x.ord, p.lo)) {
			return Nominal
		}
	}
	return Substantive
}

// partGrade is the grade that the part conditions decided on the path give it: a part that one side demands and the
// other's demands do not cover lies in a difference of its own.
func (g *grader) partGrade() Grade {
	out := Substantive
	for i, d := range g.demands {
		if d.not {
			continue
		}
		region := d.where
		for j, e := range g.demands {
			if e.not && g.places[j] == g.places[i] && e.n == d.n {
				region = g.minus(region, e.where)
			}
		}
		if region == d.where {
			continue
		}
		key := assumeKey{region, g.places[i].part}
		w, known := g.parts[key]
		if !known {
			inner := newGrader(g.Space, g.a, g.b, g.parts)
			w = inner.worst(g.assume(region, key.part), key.part)
			g.parts[key] = w
		}
		if w.rank() < out.rank() {
			out = w
		}
	}
	return out
}
