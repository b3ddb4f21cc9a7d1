package diff

import (
	"fmt"
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Stance is how one list's control compares with another: what [scope.Relation] says of items caught, read as policy.
type Stance string

const (
	Same       Stance = "equal"
	Stricter   Stance = "stricter" // it catches more
	Looser     Stance = "looser"   // it catches less
	Crossing   Stance = "mixed"    // it catches some items more and others less
	None       Stance = "none"     // it covers such items and catches none of them
	Unsure     Stance = "unknown"  // residue decides
	NotEncoded Stance = "not-encoded"
)

// An Equivalent is what one list has for what is asked: a paragraph of another list, or a scope.
type Equivalent struct {
	List    string `json:"list"`
	Edition string `json:"edition"`
	Stance  Stance `json:"stance"`

	// Relation is of the list's control to what is asked, in items caught. What is asked for the list may catch by any of its
	// paragraphs; what it catches more is what its Paragraphs catch, and no paragraph of the list that is asked about does.
	Relation scope.Relation `json:"relation,omitempty"`
	Grade    scope.Grade    `json:"grade,omitempty"`

	// Paragraphs catch some of the items and speak of what is asked: of the same attributes, or of the kind as such; none
	// where only others do. Where the list catches none of them, these are those of the same kinds that share most attributes.
	// Besides catch more of the items by other lines.
	Paragraphs []string `json:"paragraphs"`
	Besides    []string `json:"besides,omitempty"`

	More *scope.Item `json:"more,omitempty"` // an item that the list catches and that is not asked for, where there is one
	Less *scope.Item `json:"less,omitempty"` // an item that is asked for and that the list does not catch

	// Whole reports whether the list covers all kinds that are compared. Else of some only its encoded paragraphs are held
	// against what is asked, and what they leave out may be controlled by what is not encoded.
	Whole   bool     `json:"whole"`
	Residue []string `json:"residue,omitempty"` // on which an unknown relation hangs
}

// A Correspondence is what one list has for a leaf paragraph of another.
type Correspondence struct {
	Code  string `json:"code"`
	Title string `json:"title,omitempty"`
	Equivalent
}

// Equivalents says of every other list of c whether it has an equivalent control of what a paragraph catches, or a stricter,
// looser or other one: of the first edition of the list compiled. Items of kinds that the other list does not cover are left
// out, unless one of its paragraphs on the same catches things of that kind. The answers are in the order of c.Lists. Cost
// grows with the paragraphs of all lists on things of the same kinds. The error is a list or code that is not there, or a
// witness that, classified again, does not lie where it should: a fault of this library, never of data.
func Equivalents(c *regime.Compiled, list, code string) ([]Equivalent, error) {
	i := slices.IndexFunc(c.Lists, func(l regime.CompiledList) bool { return l.Edition.List == list })
	if i < 0 {
		return nil, fmt.Errorf("list %q: %w: it is not compiled", list, regime.ErrNoList)
	}
	a := &c.Lists[i]
	for j := range a.Paragraphs {
		if p := &a.Paragraphs[j]; p.Code == code {
			return newMatcher(c).all(subject{list: a, is: p.Scope, criterion: p.Criterion, attributes: c.Space.Vocabulary().AttributesAsked(p.Criterion)})
		}
	}
	return nil, fmt.Errorf("code %q in list %q: %w", code, list, regime.ErrNoCode)
}

// EquivalentsOf is as [Equivalents] of a scope of c.Space, for every list. Its thresholds are not known to be printed by
// anyone, so every difference is substantive.
func EquivalentsOf(c *regime.Compiled, x scope.Scope) ([]Equivalent, error) {
	return newMatcher(c).all(subject{is: x, attributes: x.Attributes()})
}

// Concordance says for each leaf paragraph of list a, in document order, what list b has for it, whatever the two call
// their paragraphs. Paragraphs that catch nothing, reserved ones and those of kinds that were not compiled, are left out. Of
// a list compiled in several editions a is the first and b the last, so that Concordance(c, "x", "x") leads from the old to
// the new. Cost and errors are those of [Equivalents].
func Concordance(c *regime.Compiled, a, b string) ([]Correspondence, error) {
	from, to := -1, -1
	for i := range c.Lists {
		if id := c.Lists[i].Edition.List; id == a && from < 0 {
			from = i
		}
		if c.Lists[i].Edition.List == b {
			to = i
		}
	}
	for i, id := range []string{a, b} {
		if []int{from, to}[i] < 0 {
			return nil, fmt.Errorf("list %q: %w: it is not compiled", id, regime.ErrNoList)
		}
	}
	m := newMatcher(c)
	var out []Correspondence
	l := &c.Lists[from]
	for i := range l.Paragraphs {
		p := &l.Paragraphs[i]
		if !p.Leaf || !slices.ContainsFunc(m.concerned(p.Scope), l.Asked) || p.Scope.Empty() {
			continue
		}
		e, err := m.equivalent(subject{list: l, is: p.Scope, criterion: p.Criterion, attributes: m.attributes(p)}, to)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Code, err)
		}
		out = append(out, Correspondence{p.Code, p.Title, e})
	}
	return out, nil
}

// subject is what an equivalent is sought for.
type subject struct {
	list       *regime.CompiledList // that the paragraph is of; nil for a scope
	is         scope.Scope
	criterion  scope.Criterion // nil for a scope
	attributes []string        // that it speaks of
}

// matcher finds equivalents.
type matcher struct {
	c     *regime.Compiled
	said  map[*regime.CompiledParagraph][]string
	known map[int]scope.Scope // what is for things that the list covers, or for nothing
	kinds []string            // every kind
}

func newMatcher(c *regime.Compiled) *matcher {
	m := &matcher{c: c, said: map[*regime.CompiledParagraph][]string{}, known: map[int]scope.Scope{}}
	for _, k := range c.Space.Vocabulary().Kinds {
		m.kinds = append(m.kinds, k.ID)
	}
	return m
}

func (m *matcher) all(x subject) ([]Equivalent, error) {
	out := []Equivalent{}
	for i := range m.c.Lists {
		if &m.c.Lists[i] == x.list {
			continue
		}
		e, err := m.equivalent(x, i)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func (m *matcher) attributes(p *regime.CompiledParagraph) []string {
	a, known := m.said[p]
	if !known {
		a = m.c.Space.Vocabulary().AttributesAsked(p.Criterion)
		m.said[p] = a
	}
	return a
}

// equivalent is what list b has for x.
func (m *matcher) equivalent(x subject, b int) (Equivalent, error) {
	l := &m.c.Lists[b]
	out := Equivalent{List: l.Edition.List, Edition: l.Edition.Date().String(), Stance: NotEncoded, Paragraphs: []string{}}
	near, besides := m.counterparts(x, l)
	for _, q := range near {
		out.Paragraphs = append(out.Paragraphs, q.Code)
	}
	for _, q := range besides {
		out.Besides = append(out.Besides, q.Code)
	}
	asked, whole := m.within(x, b, near)
	if asked.Empty() {
		return out, nil
	}
	caught := asked.Intersect(l.Whole)
	if out.Whole = whole; !whole && caught.Empty() {
		return out, nil
	}
	var theirs []scope.Scope
	var criteria []scope.Criterion
	for _, q := range near {
		theirs = append(theirs, q.Scope)
		criteria = append(criteria, q.Criterion)
	}
	ours := x.is
	if x.list != nil {
		ours = x.list.Whole
	}
	more := m.ofKinds(m.c.Space.Union(theirs...), m.concerned(x.is)).Minus(ours)
	if caught.Empty() { // nothing is near enough to be the same control
		more = m.c.Space.Nothing()
	}
	less := asked.Minus(l.Whole)
	out.Relation, out.Residue = caught.Union(more).Compare(asked)
	switch {
	case caught.Empty():
		out.Relation, out.Residue, out.Stance = scope.NoRelationship, nil, None
	default:
		out.Stance = map[scope.Relation]Stance{scope.EqualTo: Same, scope.SupersetOf: Stricter, scope.SubsetOf: Looser,
			scope.IntersectsWith: Crossing, scope.NoRelationship: None, scope.Unknown: Unsure}[out.Relation]
	}
	out.Grade = scope.Substantive
	if difference := more.Union(less); difference.Empty() {
		out.Grade = scope.NoDifference
	} else if x.criterion != nil && !caught.Empty() {
		out.Grade = difference.Grade(m.c.Space.Constants(x.criterion), m.c.Space.Constants(criteria...))
	}
	var err error
	if out.More, err = m.witness(more, ours, l.Whole); err != nil {
		return out, err
	}
	if out.Less, err = m.witness(less, l.Whole, x.is); err != nil {
		return out, err
	}
	if out.Less != nil && !l.Knows(out.Less) {
		out.Whole = false
	}
	return out, nil
}

// witness is an item of difference, a certain one where there is, classified again: not in without, and in with.
func (m *matcher) witness(difference, without, with scope.Scope) (*scope.Item, error) {
	residue := !difference.CertainlyInhabited()
	if !residue {
		difference = difference.Certain()
	}
	w, ok := difference.Witness()
	if !ok {
		return nil, nil
	}
	out, in := without.Evaluate(&w), with.Evaluate(&w)
	if out == scope.True || in == scope.False || !residue && (out != scope.False || in != scope.True) {
		return nil, fmt.Errorf("witness %s of a difference is %v on the one side and %v on the other", Describe(w), out, in)
	}
	return &w, nil
}
