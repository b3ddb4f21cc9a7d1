package scope

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
