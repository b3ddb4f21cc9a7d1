package scope

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// step is one decision on a path through a diagram: v lies between two cuts.
type step struct {
	v     int32
	from  cut // meaningful unless first
	to    cut // meaningful unless last
	first bool
	last  bool
	among []bool // of a kind, in place of the cuts: which kind values are allowed
}

// demand is a decided part condition: at least n parts in where, or with not set, fewer than n.
type demand struct {
	where ref
	n     int
	not   bool
}

// search looks for a point of a diagram that exists: a path to true whose part conditions can hold together.
type search struct {
	*Space
	part    string      // the type of part whose space is searched, empty for items
	certain bool        // the point must be inside whatever residue says
	given   *knownParts // parts that are there, when evaluating a stated item
	path    []step      // decisions from the root
	demands map[placeKey][]demand
	failed  map[string]bool
}

// knownParts are the parts that an item states, by type, as regions of part space that each part lies in.
type knownParts struct {
	regions map[placeKey][]ref
	closed  func(placeKey) bool // no other parts of the type exist
}

// placeKey is the parts of one type, of the thing of one level.
type placeKey struct {
	level int
	part  string
}

// satisfiable reports whether some possible thing lies in r. Part is the type of part whose space r lives in.
func (s *Space) satisfiable(r ref, part string) bool {
	r = s.assume(r, part)
	if !s.nodes[r].deep {
		return r != falseRef
	}
	key := assumeKey{r, part}
	if ok, done := s.satisfied[key]; done {
		return ok
	}
	q := search{Space: s}
	ok := q.find(r)
	s.satisfied[key] = ok
	return ok
}

// certainly is satisfiable by a point that is inside whatever residue says.
func (s *Space) certainly(r ref, part string) bool {
	if !s.nodes[r].soft {
		return s.satisfiable(r, part)
	}
	q := search{Space: s, certain: true}
	return q.find(s.certainOf(s.assume(r, part)))
}

// certainOf is the part of r that holds whatever residue says.
func (s *Space) certainOf(r ref) ref {
	if !s.nodes[r].soft {
		return r
	}
	return s.quantify(r, opAnd, func(v *variable) bool { return v.class == classResidue })
}

// find extends the path to a point of r; on success path and demands describe it.
func (q *search) find(r ref) bool {
	if q.demands == nil {
		q.demands, q.failed = map[placeKey][]demand{}, map[string]bool{}
	}
	n := q.nodes[r]
	if n.v < 0 {
		return n.term == 1
	}
	key := ""
	if n.deep {
		key = q.state(r)
		if q.failed[key] {
			return false
		}
	}
	x := q.vars[n.v]
	for _, i := range q.cheapest(r) {
		if n.kids[i] == falseRef {
			continue
		}
		st := step{v: n.v, first: i == 0, last: i == len(n.cuts)}
		if i > 0 {
			st.from = n.cuts[i-1]
		}
		if i < len(n.cuts) {
			st.to = n.cuts[i]
		}
		q.path = append(q.path, st)
		ok := true
		holds, decided := q.decides(st)
		if x.class == classParts && decided {
			at := placeKey{x.level, x.part}
			q.demands[at] = append(q.demands[at], demand{x.where, x.atLeast, !holds})
			_, ok = q.arrange(at)
		}
		if ok && q.find(n.kids[i]) {
			return true
		}
		q.path = q.path[:len(q.path)-1]
		if x.class == classParts && decided {
			at := placeKey{x.level, x.part}
			q.demands[at] = q.demands[at][:len(q.demands[at])-1]
		}
	}
	if n.deep {
		q.failed[key] = true
	}
	return false
}

// decides says whether a step takes a yes/no variable to be true or false, or leaves it open.
func (s *Space) decides(st step) (holds, decided bool) {
	no, yes := s.inStep(st, Int(0)), s.inStep(st, Int(1))
	return yes, yes != no
}

// state names r and the part conditions decided above it: all that the rest of the search depends on.
func (q *search) state(r ref) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(int(r)))
	for _, p := range q.places() {
		for _, d := range q.demands[p] {
			b.WriteByte(' ')
			if d.not {
				b.WriteByte('-')
			}
			b.WriteString(strconv.Itoa(int(d.where)) + "*" + strconv.Itoa(d.n))
		}
	}
	return b.String()
}

// places lists where part conditions are decided, in order.
func (q *search) places() []placeKey {
	out := make([]placeKey, 0, len(q.demands))
	for p := range q.demands {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b placeKey) int { return cmp.Or(a.level-b.level, strings.Compare(a.part, b.part)) })
	return out
}

// cheapest orders the children of r so that the simplest items come first: none before a value, false before true,
// no part before a part.
func (q *search) cheapest(r ref) []int {
	n := &q.nodes[r]
	order := make([]int, len(n.kids))
	cost := make([]int, len(n.kids))
	for i := range order {
		order[i] = i
		cost[i] = q.cost(n.kids[i]) + q.stepCost(n, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cost[a] - cost[b] })
	return order
}

func (s *Space) stepCost(n *node, i int) int {
	if i == 0 && len(n.cuts) > 0 && n.cuts[0].num == noneCut {
		return 1
	}
	switch s.vars[n.v].class {
	case classParts:
		return 4 * i
	case classAttribute:
		if s.vars[n.v].size == 2 {
			return 1 + i
		}
		return 2
	}
	return i
}

const unreachable = 1 << 28

// cost is that of the simplest path from r to true, part conditions taken as free.
func (s *Space) cost(r ref) int {
	n := s.nodes[r]
	if n.v < 0 {
		if n.term == 1 {
			return 0
		}
		return unreachable
	}
	for len(s.costs) <= int(r) {
		s.costs = append(s.costs, 0)
	}
	if c := s.costs[r]; c > 0 {
		return int(c) - 1
	}
	best := unreachable
	for i, k := range n.kids {
		if c := s.cost(k) + s.stepCost(&n, i); c < best {
			best = c
		}
	}
	s.costs[r] = int32(best) + 1
	return best
}

// arrange decides whether parts of one type can meet all demands on them at once, and how: the regions of part space
// that need a part, and how many. Positive demands are met one by one, each new part placed in as many of the
// demanded regions as it can bear; upper limits are respected by counting.
func (q *search) arrange(at placeKey) ([]ref, bool) {
	part := at.part
	var want, limit []demand
	allowed := trueRef
	for _, d := range q.demands[at] {
		switch {
		case !d.not:
			want = append(want, d)
		case d.n <= 1:
			allowed = q.minus(allowed, d.where)
		default:
			limit = append(limit, d)
		}
	}
	var placed []ref
	need := make([]int, len(want))
	for i, d := range want {
		need[i] = d.n
	}
	room := make([]int, len(limit))
	for i, d := range limit {
		room[i] = d.n - 1
	}
	unique := false
	if p := q.vocab.parts[part]; p != nil {
		unique = p.Unique
	}
	var givenRegions []ref
	open := true
	if q.given != nil {
		givenRegions = q.given.regions[at]
		open = !q.given.closed(at)
	}
	exists := func(r ref) bool {
		if q.certain {
			return q.certainly(r, part)
		}
		return q.satisfiable(r, part)
	}
	// place chooses for one part lying in region which of the demands it meets, met apart, and which limits it uses up.
	var next func(g int) bool
	var place func(region ref, met, i, j int, then func() bool) bool
	place = func(region ref, met, i, j int, then func() bool) bool {
		if !exists(region) {
			return false
		}
		if i < len(want) {
			if need[i] > 0 && i != met {
				need[i]--
				if place(q.and(region, want[i].where), met, i+1, j, then) {
					return true
				}
				need[i]++
			}
			return place(region, met, i+1, j, then)
		}
		if j < len(limit) {
			if place(q.minus(region, limit[j].where), met, i, j+1, then) {
				return true
			}
			if room[j] > 0 {
				room[j]--
				if place(q.and(region, limit[j].where), met, i, j+1, then) {
					return true
				}
				room[j]++
			}
			return false
		}
		placed = append(placed, region)
		if then() {
			return true
		}
		placed = placed[:len(placed)-1]
		return false
	}
	next = func(g int) bool {
		if g < len(givenRegions) {
			return place(q.and(allowed, givenRegions[g]), -1, 0, 0, func() bool { return next(g + 1) })
		}
		first := slices.IndexFunc(need, func(n int) bool { return n > 0 })
		if first < 0 {
			return true
		}
		if !open || unique && len(placed) > 0 {
			return false
		}
		need[first]--
		if place(q.and(allowed, want[first].where), first, 0, 0, func() bool { return next(g) }) {
			return true
		}
		need[first]++
		return false
	}
	ok := next(0)
	return placed, ok
}
