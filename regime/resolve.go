package regime

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/openconcord/concord/regime/scope"
)

// A Meaning is everything that a paragraph catches, as one criterion without references.
type Meaning struct {
	Paragraph *Paragraph
	Criterion scope.Criterion
}

// Criterion is everything that the paragraph of e with this code catches, without references: what its ancestors
// and it state, and any of its paragraphs, less exceptions, and its branches besides. A code on an
// element of a criterion means what the paragraph catches and the element admits. Meanings are shared, so
// that a [scope.Space] compiles each once. Safe for concurrent use; the first call for an edition resolves
// all of it.
//
// The error is [ErrNoCode], or a [scope.Errors] of the references in e that cannot be resolved.
func (c *Corpus) Criterion(e *Edition, code string) (scope.Criterion, error) {
	at := e.places[code]
	if at == nil {
		return nil, fmt.Errorf("code %q in list %q: %w%s", code, e.List, ErrNoCode, e.suggest(code))
	}
	r, done := c.resolverOf(e)
	defer done()
	if err := r.check(e); err != nil {
		return nil, err
	}
	return r.meaning(target{edition: e, place: at}), nil
}

// Criteria is the meaning of every paragraph of e, in document order, parents first, as [Corpus.Criterion].
// What the list catches is the union of its entries.
func (c *Corpus) Criteria(e *Edition) ([]Meaning, error) {
	r, done := c.resolverOf(e)
	defer done()
	if err := r.check(e); err != nil {
		return nil, err
	}
	var out []Meaning
	for p := range e.All() {
		out = append(out, Meaning{p, r.meaning(target{edition: e, place: e.places[p.Code]})})
	}
	return out, nil
}

// Resolve is a criterion that stands in paragraph p of e (what it states, an exception, a branch, what it
// presumes), or with a nil p in no paragraph, with what its references mean in their place. The error is [ErrNoCode] for a
// paragraph that is not of e, or a [scope.Errors] of references that cannot be resolved.
func (c *Corpus) Resolve(e *Edition, p *Paragraph, criterion scope.Criterion) (scope.Criterion, error) {
	r, done := c.resolverOf(e)
	defer done()
	if err := r.check(e); err != nil {
		return nil, err
	}
	if p != nil && e.Paragraph(p.Code) != p {
		return nil, fmt.Errorf("paragraph in list %q: %w; take it from the edition", e.List, ErrNoCode)
	}
	if errs := c.checkTargets(e, p, criterion); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	m := maker{resolver: r, node: &node{key: key{edition: e, paragraph: p}}, visit: func(k key, through bool) *value { return r.value(k) }}
	return m.resolved(criterion, p, false), nil
}

// checkTargets reports references in a criterion that lead nowhere.
func (c *Corpus) checkTargets(e *Edition, p *Paragraph, criterion scope.Criterion) (errs scope.Errors) {
	references(criterion, func(x scope.Criterion) {
		if ref, ok := x.(scope.Reference); ok {
			for _, cr := range ref.Codes {
				if _, err := c.targets(e, p, cr); err != nil {
					errs = append(errs, err)
				}
			}
		}
	})
	return errs
}

func (c *Corpus) checkReferences(e *Edition) scope.Errors {
	r, done := c.resolverOf(e)
	defer done()
	return asErrors(r.check(e))
}

// sharedResolver keeps the meanings of the editions that a corpus holds.
type sharedResolver struct {
	mu sync.Mutex
	*resolver
}

// resolverOf is the shared resolver, locked, or one of its own for an edition that c does not hold.
func (c *Corpus) resolverOf(e *Edition) (*resolver, func()) {
	if s := c.find(e.List, e.Date()); s != nil {
		if held, err := s.whole(); err == nil && held == e {
			shared := c.resolver()
			shared.mu.Lock()
			return shared.resolver, shared.mu.Unlock
		}
	}
	return newResolver(c), func() {}
}

// form says which criterion of a paragraph a key stands for.
type form byte

const (
	own       form = iota // what it states itself
	body                  // own and any of its paragraphs, less exceptions
	core                  // body and what it inherits
	branches              // its therefor branches
	whole                 // core, and the branches of it and all below
	element               // whole and one element of own
	meets                 // its criterion alone
	elsewhere             // everything that "not specified elsewhere" in it speaks of
)

// key names one criterion of one paragraph, without the child less; bare of conditions on the transfer where
// the thing is not what is transferred but a target or a part.
type key struct {
	kind      form
	edition   *Edition
	paragraph *Paragraph
	less      *Paragraph
	element   *Element
	bare      bool
}

// stated is what a paragraph states itself, with references resolved.
type stated struct {
	narrows, kinds, rest, widens scope.Criterion // together: narrows and kinds and (rest or widens); nil is no condition, nil widens nothing
	transfers                    scope.All
	except                       scope.Any
	branches                     []scope.All
	passes                       *scope.Ref // all of it, less except
}

// value is the criterion of a key: stated for own, ref for every other form.
type value struct {
	ref    *scope.Ref
	stated *stated
}

// resolver builds criteria from those of others. Where they form a cycle through the target of a relation or
// the parts of a thing, the cycle is unfolded once and is residue deeper; a cycle on one and the same item
// is an error. Which keys are on a cycle is known before any is built: strong components, after Tarjan.
type resolver struct {
	corpus *Corpus
	nodes  map[key]*node
	count  int
	stack  []*node
	trail  []step // references followed to what is being built
	errs   map[*Edition]scope.Errors
	seen   map[*Edition]bool
}

type node struct {
	key
	index, low int
	stacked    bool
	component  int // the index of its first node
	cyclic     bool
	values     [2]*value // by level: 1, and 0 within one turn of a cycle
	open       [2]bool
	depth      [2]int // of the trail when opened
}

type step struct {
	code string
	pos  scope.Pos
	from *Edition
}

func newResolver(c *Corpus) *resolver {
	return &resolver{corpus: c, nodes: map[key]*node{}, errs: map[*Edition]scope.Errors{}, seen: map[*Edition]bool{}}
}

// check builds all of e and reports what of it cannot be.
func (r *resolver) check(e *Edition) error {
	if e.places == nil && len(e.Entries) > 0 {
		return fmt.Errorf("edition %v of %q: %w: make editions with ParseList", e.Date(), e.List, scope.ErrData)
	}
	if !r.seen[e] {
		r.seen[e] = true
		for p := range e.All() {
			r.meaning(target{edition: e, place: e.places[p.Code]})
			if p.Presume != nil {
				r.errs[e] = append(r.errs[e], r.corpus.checkTargets(e, p, scope.All{p.Presume.When, p.Presume.Unless})...)
			}
			for _, x := range p.Partial {
				r.errs[e] = append(r.errs[e], r.corpus.checkTargets(e, p, x.Criterion)...)
			}
		}
	}
	return asError(r.errs[e])
}

func (r *resolver) meaning(t target) scope.Criterion { return r.value(t.key(false)).ref }

func (r *resolver) value(k key) *value { return r.build(r.node(k), 1) }

// key is that of what t means, or with alone, of its criterion alone.
func (t target) key(alone bool) key {
	k := key{kind: whole, edition: t.edition, paragraph: t.place.paragraph(), less: t.less, element: t.place.element}
	switch {
	case alone:
		k.kind = meets
	case k.element != nil:
		k.kind = element
	}
	return k
}

// node is the node of k, with its component.
func (r *resolver) node(k key) *node {
	if n := r.nodes[k]; n != nil {
		return n
	}
	if k.bare { // it refers to what the same key does with these conditions
		full := k
		full.bare = false
		n := *r.node(full)
		r.nodes[k] = &node{key: k, component: n.component, cyclic: n.cyclic}
		return r.nodes[k]
	}
	n := &node{key: k, index: r.count, low: r.count, component: -1, stacked: true}
	r.count++
	r.nodes[k] = n
	r.stack = append(r.stack, n)
	r.make(&maker{resolver: r, node: n, visit: func(k key, through bool) *value {
		k.bare = false
		m := r.node(k)
		if m == n {
			n.cyclic = true
		}
		if m.stacked {
			n.low = min(n.low, m.low)
		}
		return &value{&scope.Ref{}, &stated{passes: &scope.Ref{}}}
	}, dry: true})
	if n.low == n.index {
		i := slices.Index(r.stack, n)
		for _, m := range r.stack[i:] {
			m.stacked, m.component = false, n.index
			m.cyclic = m.cyclic || len(r.stack)-i > 1
		}
		r.stack = r.stack[:i]
	}
	return n
}

// build is the value of n on a level.
func (r *resolver) build(n *node, level int) *value {
	if v := n.values[level]; v != nil {
		return v
	}
	if n.open[level] {
		r.cycle(n, level)
		return &value{&scope.Ref{C: scope.Any{}}, &stated{passes: &scope.Ref{C: scope.Any{}}}}
	}
	n.open[level], n.depth[level] = true, len(r.trail)
	v := r.make(&maker{resolver: r, node: n, visit: func(k key, through bool) *value {
		m := r.node(k)
		if m.component != n.component || !n.cyclic {
			return r.build(m, 1)
		}
		if !through {
			return r.build(m, level)
		}
		if level > 0 {
			return r.build(m, level-1)
		}
		code := m.paragraph.Code
		return &value{ref: &scope.Ref{C: scope.Residue{ID: "cycle:" + code, Text: fmt.Sprintf("what %q catches by way of itself", code), Pos: m.paragraph.Pos}}}
	}})
	n.open[level] = false
	n.values[level] = v
	return v
}

// cycle reports that n is built from itself.
func (r *resolver) cycle(n *node, level int) {
	steps := r.trail[n.depth[level]:]
	if len(steps) == 0 {
		return
	}
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = fmt.Sprintf("%q", s.code)
	}
	last := steps[len(steps)-1]
	r.errs[last.from] = append(r.errs[last.from], errorf(last.pos, "cycle",
		"what %q catches depends on itself, through %s; state the criterion in place of one of these codes", n.paragraph.Code, strings.Join(names, ", ")))
}
