package regime

import (
	"fmt"
	"slices"
	"sync"

	"github.com/openconcord/concord/regime/scope"
)

// Compiled is the lists of a view as scopes of one Space, so that they can be compared. It is immutable and
// safe for concurrent use.
type Compiled struct {
	Corpus *Corpus
	View   View
	Space  *scope.Space
	Lists  []CompiledList // in the order of View.Editions
	Joint  *scope.Joint   // of the whole lists, in the same order

	open      bool // compiled for any destination
	mu        sync.Mutex
	licensing map[string]compiledOnce // by authority
}

// CompiledList is one edition as scopes.
type CompiledList struct {
	Edition    *Edition
	Whole      scope.Scope // what any paragraph catches
	Covered    scope.Scope // things of the kinds that the edition covers
	Paragraphs []CompiledParagraph

	bit   uint64            // of this list in known
	known map[string]uint64 // by kind: the lists of the view that cover it
	aims  map[string]uint64 // by kind: those that cover what is for it
	asked []string          // the kinds that were compiled; all where empty

	concern *scope.ByKind // of the paragraphs
}

// CompiledParagraph is what one paragraph catches, with all below it.
type CompiledParagraph struct {
	*Paragraph
	Parent    int // index of the paragraph that holds it, -1 for an entry
	Leaf      bool
	Criterion scope.Criterion
	Scope     scope.Scope
}

// Options of [Corpus.Compile].
type Options struct {
	// AnyDestination leaves the transfer open: a paragraph catches what it catches on the way to at least one
	// destination. Lists are compared so; an item is classified without, since its destination may be known.
	AnyDestination bool

	// Kinds, where given, is what kinds of items will be asked about: paragraphs that can only catch others are
	// left empty, which saves their cost.
	Kinds []string
}

// Compile makes the scopes of every paragraph of the view's editions. Its cost grows with the paragraphs of the view;
// it reads no files but those of lists that the view's refer to. The error is a [scope.Errors] of references and
// criteria that cannot be resolved, or too many lists for one comparison.
func (c *Corpus) Compile(v View, o Options) (*Compiled, error) {
	if len(v.Editions) > scope.MaxJoint {
		return nil, fmt.Errorf("%d lists in one comparison; select at most %d", len(v.Editions), scope.MaxJoint)
	}
	out := &Compiled{Corpus: c, View: v, Space: scope.NewSpace(c.vocabulary), open: o.AnyDestination}
	var errs scope.Errors
	whole := make([]scope.Scope, 0, len(v.Editions))
	known, aims := map[string]uint64{}, map[string]uint64{}
	for i, e := range v.Editions {
		l, bad := c.compileList(out.Space, e, o)
		l.bit, l.known, l.aims = 1<<i, known, aims
		for _, k := range c.vocabulary.Kinds {
			is := func(covered string) bool { return c.vocabulary.IsA(k.ID, covered) }
			if slices.ContainsFunc(e.Covers.Kinds, is) {
				aims[k.ID] |= l.bit
			}
			if slices.ContainsFunc(e.Covers.Kinds, is) || slices.ContainsFunc(e.Covers.Alone, is) {
				known[k.ID] |= l.bit
			}
		}
		errs = append(errs, bad...)
		out.Lists = append(out.Lists, l)
		whole = append(whole, l.Whole)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	out.Joint = out.Space.Join(whole)
	return out, nil
}

// Clone is c in a Space of its own, for work on what is only partly known that need not wait for others. It costs as
// much memory as the Space and some tens of milliseconds.
func (c *Compiled) Clone() *Compiled {
	space := c.Space.Clone()
	out := &Compiled{Corpus: c.Corpus, View: c.View, Space: space, Lists: slices.Clone(c.Lists), Joint: c.Joint.In(space), open: c.open}
	for i := range out.Lists {
		l := &out.Lists[i]
		l.Whole, l.Covered = l.Whole.In(space), l.Covered.In(space)
		l.Paragraphs = slices.Clone(l.Paragraphs)
		for j := range l.Paragraphs {
			l.Paragraphs[j].Scope = l.Paragraphs[j].Scope.In(space)
		}
	}
	return out
}

func (c *Corpus) compileList(space *scope.Space, e *Edition, o Options) (CompiledList, scope.Errors) {
	var errs scope.Errors
	l := CompiledList{Edition: e, Covered: space.Nothing(), asked: o.Kinds}
	if kinds := slices.Concat(e.Covers.Kinds, e.Covers.Alone); len(kinds) > 0 {
		covered, err := space.Compile(scope.OfKind{Kinds: kinds, Pos: e.Pos})
		errs = append(errs, positioned(err, e.Pos)...)
		l.Covered = covered
	}
	meanings, err := c.Criteria(e)
	if err != nil {
		return l, append(errs, positioned(err, e.Pos)...)
	}
	index := map[*Paragraph]int{}
	var entries []scope.Scope
	var skipped []bool
	var add func(ps []*Paragraph, parent int)
	add = func(ps []*Paragraph, parent int) {
		for _, p := range ps {
			x := CompiledParagraph{Paragraph: p, Parent: parent, Leaf: len(p.Paragraphs) == 0, Criterion: meanings[len(l.Paragraphs)].Criterion, Scope: space.Nothing()}
			var err error
			outside := parent >= 0 && skipped[parent] || o.leaveOut(c.vocabulary, p)
			skipped = append(skipped, outside)
			if !outside {
				x.Scope, err = space.Compile(x.Criterion)
			}
			if o.AnyDestination {
				x.Scope = x.Scope.SomeDestination()
			}
			errs = append(errs, positioned(err, p.Pos)...)
			index[p] = len(l.Paragraphs)
			l.Paragraphs = append(l.Paragraphs, x)
			if parent < 0 && err == nil {
				entries = append(entries, x.Scope)
			}
			add(p.Paragraphs, index[p])
		}
	}
	add(e.Entries, -1)
	l.Whole = space.Union(entries...)
	scopes := make([]scope.Scope, len(l.Paragraphs))
	for i := range l.Paragraphs {
		scopes[i] = l.Paragraphs[i].Scope
	}
	l.concern = space.ByKind(scopes)
	return l, errs
}

// leaveOut reports whether p and all below it can only catch things of kinds that nobody asks about.
func (o Options) leaveOut(v *scope.Vocabulary, p *Paragraph) bool {
	if len(o.Kinds) == 0 || escapes(p) {
		return false
	}
	conditions, ok := p.Own.(scope.All)
	if !ok {
		conditions = scope.All{p.Own}
	}
	for _, c := range conditions {
		of, ok := c.(scope.OfKind)
		if ok && !slices.ContainsFunc(of.Kinds, func(k string) bool {
			return slices.ContainsFunc(o.Kinds, func(asked string) bool { return v.IsA(asked, k) })
		}) {
			return true
		}
	}
	return false
}

// escapes reports whether p or a paragraph below it has branches that escape its kind.
func escapes(p *Paragraph) bool {
	return len(p.Therefor) > 0 || slices.ContainsFunc(p.Paragraphs, escapes)
}

// positioned is err as positioned errors; pos is used where it has none of its own.
func positioned(err error, pos scope.Pos) scope.Errors {
	switch err := err.(type) {
	case nil:
		return nil
	case scope.Errors:
		return err
	case *scope.Error:
		return scope.Errors{err}
	}
	return scope.Errors{{Pos: pos, Rule: "compile", Msg: err.Error()}}
}

// Knows reports whether the edition covers things like the item: all its kinds, and those of everything it is for. Of
// such items, what no paragraph catches is not controlled; of others nothing is known, and so of kinds that were left
// out when compiling.
func (l *CompiledList) Knows(it *scope.Item) bool { return l.known != nil && l.knowing(it)&l.bit != 0 }

// Concerning is the indices of the paragraphs that can catch things of the item's kinds, in document order; of the others
// it shows at once that they do not. Do not change it.
func (l *CompiledList) Concerning(it *scope.Item) []int { return l.concern.Of(it) }

// Knowing is the lists of c that know things like the item, see [CompiledList.Knows], as bits in the order of Lists.
func (c *Compiled) Knowing(it *scope.Item) uint64 {
	if len(c.Lists) == 0 {
		return 0
	}
	return c.Lists[0].knowing(it)
}

func (l *CompiledList) knowing(it *scope.Item) uint64 {
	for _, k := range it.Kinds {
		if len(l.asked) > 0 && !slices.Contains(l.asked, k) {
			return 0
		}
	}
	return covering(it, l.known, l.aims)
}

func covering(it *scope.Item, known, aims map[string]uint64) uint64 {
	if len(it.Kinds) == 0 {
		return 0
	}
	lists := ^uint64(0)
	for _, k := range it.Kinds {
		lists &= known[k]
	}
	for i := range it.For {
		if t := &it.For[i].Target; len(t.Kinds) > 0 {
			lists &= covering(t, aims, aims)
		}
	}
	return lists
}

// Asked reports whether paragraphs on things of the kind were compiled, see [Options].
func (l *CompiledList) Asked(kind string) bool {
	return len(l.asked) == 0 || slices.Contains(l.asked, kind)
}
