package diff

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An Effect is what a change between two editions does to what a paragraph catches.
type Effect string

const (
	Added       Effect = "added"       // it catches items, and caught none or was not there
	Removed     Effect = "removed"     // it caught items, and catches none or is gone
	Moved       Effect = "moved"       // added or removed, and other paragraphs catch all of it in the other edition
	Renumbered  Effect = "renumbered"  // the same items under another code
	Tightened   Effect = "tightened"   // more items than before
	Loosened    Effect = "loosened"    // fewer
	Mixed       Effect = "mixed"       // some more, some no longer
	Undecidable Effect = "undecidable" // residue decides
	Editorial   Effect = "editorial"   // the same items: titles, notes, dates and the like, or the same condition in other words
)

// An Update is what one edition of a list does otherwise than another, on items that both editions cover or neither does.
type Update struct {
	List string `json:"list"`
	Old  string `json:"old"` // its date
	New  string `json:"new"`

	Relation scope.Relation `json:"relation"` // of what the new edition catches to what the old one does
	Residue  []string       `json:"residue"`  // on which an unknown relation hangs
	Fields   []string       `json:"fields"`   // what the editions say otherwise of themselves: "instrument", "covers"
	Apart    []string       `json:"apart"`    // kinds that one edition covers and the other does not: nothing is said of them

	Changes  []Change     `json:"changes"`  // in the order of the new edition, what is gone where it stood
	Caught   []Shift      `json:"caught"`   // newly, by the list as a whole
	Released []Shift      `json:"released"` // the same
	Items    []ItemChange `json:"items"`    // see [Impact]; Editions leaves it empty
}

// A Change is one paragraph that differs between two editions, with the paragraph that answers to it: that of its code, or
// one that catches the same.
type Change struct {
	Effect   Effect         `json:"effect"`
	Relation scope.Relation `json:"relation"` // of what it catches to what it caught
	Residue  []string       `json:"residue"`  // on which an unknown relation hangs
	Grade    scope.Grade    `json:"grade"`    // of what the whole list newly catches and releases here; none where other paragraphs make up for it

	Old    string    `json:"old"` // its code; empty where it was not there
	New    string    `json:"new"`
	OldPos scope.Pos `json:"old-pos"`
	NewPos scope.Pos `json:"new-pos"`
	Title  string    `json:"title"`

	// Fields are what the paragraph itself states otherwise, as they are called in files. Where it catches other items and
	// none of these bears on that, Follows is the code of the paragraph above or below it whose change it
	// follows, and empty where a general note or what it refers to changed.
	Fields  []string `json:"fields"`
	Follows string   `json:"follows,omitempty"`

	// Of a change that follows another, shifts come without conditions, and From and To are left out.
	Caught   *Shift   `json:"caught,omitempty"`   // what it catches and no paragraph caught
	Released *Shift   `json:"released,omitempty"` // what it caught and no paragraph catches
	From     []string `json:"from,omitempty"`     // other paragraphs that caught before what it newly catches, at most six
	To       []string `json:"to,omitempty"`       // those that catch now what it no longer does

	Fingerprint string `json:"fingerprint"` // of the list, the codes and the effect
}

// A Shift is items that one of two editions controls and the other does not.
type Shift struct {
	Kinds      []string    `json:"kinds"`         // most specific kinds of the witness
	For        []string    `json:"for,omitempty"` // the kinds of what the items are for, any of these
	Conditions []string    `json:"conditions"`    // on items of these kinds: alternatives, at most [MaxConditions]
	More       bool        `json:"more-conditions,omitempty"`
	Grade      scope.Grade `json:"grade"`
	Witness    scope.Item  `json:"witness"`
	Catching   []string    `json:"catching"` // the paragraphs that catch the witness, in the edition that controls it
	Nearest    []string    `json:"nearest"`  // what answers to them in the other edition, and leaves it out
	Residue    []string    `json:"residue"`  // on which it hangs that there are such items at all; empty where it is certain

	Scope scope.Scope `json:"-"`
}

// Editions says what list new of c does otherwise than list old: two editions of one list, by their index in c.Lists. With kinds,
// only what concerns items of exactly these kinds is compared, and it is enough that c was compiled for them. With none,
// everything is, but what the list as a whole newly catches and releases is given for [Goods]. Nothing is said of what one edition
// covers and the other does not.
//
// Paragraphs answer to each other by their code, but one whose code went to another paragraph answers to the one that
// catches the same. Its cost grows with the number of paragraphs that catch other items: seconds for some kinds of goods, a minute
// and more for whole lists with their software and technology. The error is an index or kind
// that is not there, or a witness that, classified again, does not lie where it should: a fault of this library, never of data.
func Editions(c *regime.Compiled, old, new int, kinds ...string) (*Update, error) {
	if old < 0 || new < 0 || old >= len(c.Lists) || new >= len(c.Lists) {
		return nil, fmt.Errorf("no lists %d and %d among %d that were compiled", old, new, len(c.Lists))
	}
	x, err := newComparison(c, old, new, kinds)
	if err != nil {
		return nil, err
	}
	u := &Update{
		List: x.new.list.Edition.List, Old: x.old.list.Edition.Date().String(), New: x.new.list.Edition.Date().String(),
		Residue: []string{}, Apart: x.apart, Fields: differing(editionFields, x.old.list.Edition, x.new.list.Edition),
		Changes: []Change{}, Caught: []Shift{}, Released: []Shift{}, Items: []ItemChange{},
	}
	relation, residue := x.new.whole.Compare(x.old.whole)
	u.Relation, u.Residue = relation, append(u.Residue, residue...)
	x.match()
	if u.Changes, err = x.changes(); err != nil {
		return nil, err
	}
	if len(kinds) == 0 {
		kinds = Goods(c.Space.Vocabulary())
	}
	for _, cell := range c.Space.Join([]scope.Scope{x.new.gain, x.old.gain}).Partition(kinds...) {
		to, from, shifts := &x.new, &x.old, &u.Caught
		if cell.Members[0] == 1 {
			to, from, shifts = &x.old, &x.new, &u.Released
		}
		s, err := x.shift(cell.Scope, to, from, -1)
		if err != nil {
			return nil, err
		}
		s.Kinds, s.For = cell.Kinds, cell.For
		conditions, more := cell.Conditions(MaxConditions)
		s.Conditions, s.More = lines(weightiest(conditions)), more
		*shifts = append(*shifts, *s)
	}
	return u, nil
}

// comparison is two editions of a list, with what both can be held against.
type comparison struct {
	c        *regime.Compiled
	old, new side
	apart    []string
	narrow   bool        // only some kinds are compared
	idle     scope.Scope // items that are for nothing
}

// side is one of two editions. All scopes are of what is compared.
type side struct {
	list    *regime.CompiledList
	at      int // index of list
	whole   scope.Scope
	gain    scope.Scope   // what whole has and the other side's has not
	scopes  []scope.Scope // by paragraph
	answers []int         // by paragraph: the one on the other side that answers to it, or -1
	changed []bool        // by paragraph: it states other things that bear on what it catches, or nothing answers to it
	led     []bool        // by paragraph: it states the same, refers to others, and catches other items
	near    map[int][]int // by paragraph: see nearest
}

func newComparison(c *regime.Compiled, old, new int, kinds []string) (*comparison, error) {
	x := &comparison{
		c: c, apart: []string{}, narrow: len(kinds) > 0,
		old: side{list: &c.Lists[old], at: old, near: map[int][]int{}}, new: side{list: &c.Lists[new], at: new, near: map[int][]int{}},
	}
	among, err := x.comparable(kinds)
	if err != nil {
		return nil, err
	}
	for _, s := range []*side{&x.old, &x.new} {
		s.whole = s.list.Whole.Intersect(among)
		s.scopes = make([]scope.Scope, len(s.list.Paragraphs))
		for i := range s.scopes {
			s.scopes[i] = s.list.Paragraphs[i].Scope.Intersect(among)
		}
	}
	x.old.gain, x.new.gain = x.old.whole.Minus(x.new.whole), x.new.whole.Minus(x.old.whole)
	return x, nil
}

// comparable is the items on which the editions are compared: of the kinds asked for, not of kinds that one edition covers
// and the other does not, nor software and the like for such.
func (x *comparison) comparable(kinds []string) (scope.Scope, error) {
	s, v := x.c.Space, x.c.Space.Vocabulary()
	among := s.Everything()
	if x.narrow {
		among = s.Nothing()
		for _, k := range kinds {
			if v.Kind(k) == nil {
				return among, fmt.Errorf("kind %q is not in the vocabulary", k)
			}
			among = among.Union(s.Everything().Among(k, nil))
		}
	}
	a, b := x.old.list.Edition.Covers, x.new.list.Edition.Covers
	covers := func(k string, covered ...string) bool {
		return slices.ContainsFunc(covered, func(broad string) bool { return v.IsA(k, broad) })
	}
	var aims []string
	for _, k := range v.Kinds {
		if covers(k.ID, a.Kinds...) != covers(k.ID, b.Kinds...) {
			aims = append(aims, k.ID)
		}
		if covers(k.ID, slices.Concat(a.Kinds, a.Alone)...) != covers(k.ID, slices.Concat(b.Kinds, b.Alone)...) && (!x.narrow || slices.Contains(kinds, k.ID)) {
			x.apart = append(x.apart, k.ID)
		}
	}
	if x.old.list.Covered != x.new.list.Covered {
		among = among.Minus(x.old.list.Covered.Minus(x.new.list.Covered)).Minus(x.new.list.Covered.Minus(x.old.list.Covered))
	}
	var functions []string
	for _, f := range v.Functions {
		functions = append(functions, f.ID)
	}
	busy, err := s.Compile(scope.For{Functions: functions, Target: scope.All{}})
	if err != nil {
		return among, err
	}
	x.idle = busy.Complement()
	if len(aims) > 0 {
		of := scope.OfKind{Kinds: aims}
		apart, err := s.Compile(scope.All{
			scope.OfKind{Kinds: declared(v, Purposive)},
			scope.For{Functions: functions, Target: scope.Any{of, scope.For{Functions: functions, Target: of}}},
		})
		if err != nil {
			return among, err
		}
		among = among.Minus(apart)
	}
	return among, nil
}

// declared is the kinds that the vocabulary has.
func declared(v *scope.Vocabulary, kinds []string) []string {
	return slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return v.Kind(k) == nil })
}

// match finds which paragraphs answer to each other.
func (x *comparison) match() {
	byCode := map[string]int{}
	for j := range x.new.scopes {
		byCode[x.new.list.Paragraphs[j].Code] = j
	}
	free := []map[scope.Scope][]int{{}, {}} // of paragraphs that nothing answers to, by what they catch
	x.old.answers, x.new.answers = slices.Repeat([]int{-1}, len(x.old.scopes)), slices.Repeat([]int{-1}, len(x.new.scopes))
	for i := range x.old.scopes {
		if j, ok := byCode[x.old.list.Paragraphs[i].Code]; ok {
			x.old.answers[i], x.new.answers[j] = j, i
		} else {
			free[0][x.old.scopes[i]] = append(free[0][x.old.scopes[i]], i)
		}
	}
	for j, i := range x.new.answers {
		if i < 0 {
			free[1][x.new.scopes[j]] = append(free[1][x.new.scopes[j]], j)
		}
	}
	// take is a free paragraph that catches the same as p of from; what answered to p by its code becomes free.
	take := func(from, to *side, of int, p int) bool {
		same := free[of][from.scopes[p]]
		at := slices.IndexFunc(same, func(q int) bool { return to.list.Paragraphs[q].Leaf == from.list.Paragraphs[p].Leaf })
		if at < 0 {
			return false
		}
		if was := from.answers[p]; was >= 0 {
			to.answers[was] = -1
			free[of][to.scopes[was]] = append(free[of][to.scopes[was]], was)
		}
		from.answers[p], to.answers[same[at]] = same[at], p
		free[of][from.scopes[p]] = slices.Delete(slices.Clone(free[of][from.scopes[p]]), at, at+1)
		return true
	}
	nothing := x.c.Space.Nothing()
	for again := true; again; {
		again = false
		for i := range x.old.scopes {
			j := x.old.answers[i]
			if x.old.scopes[i] == nothing || j >= 0 && x.old.scopes[i] == x.new.scopes[j] {
				continue
			}
			if take(&x.old, &x.new, 1, i) {
				if j < 0 { // i was free itself
					free[0][x.old.scopes[i]] = slices.DeleteFunc(slices.Clone(free[0][x.old.scopes[i]]), func(k int) bool { return k == i })
				}
				again = true
			}
		}
		for j := range x.new.scopes {
			i := x.new.answers[j]
			if i >= 0 && x.new.scopes[j] != nothing && x.new.scopes[j] != x.old.scopes[i] && take(&x.new, &x.old, 0, j) {
				again = true
			}
		}
	}
}

// order is the pairs of paragraphs in the order of the new edition; what is gone comes after what stood before it.
func (x *comparison) order() [][2]int {
	type place struct {
		pair   [2]int
		at, by int
	}
	var places []place
	for j, i := range x.new.answers {
		places = append(places, place{[2]int{i, j}, j, -1})
	}
	at := -1
	for i, j := range x.old.answers {
		if j >= 0 {
			at = j
			continue
		}
		places = append(places, place{[2]int{i, -1}, at, i})
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(a.at-b.at, a.by-b.by) })
	out := make([][2]int, len(places))
	for n, p := range places {
		out[n] = p.pair
	}
	return out
}
