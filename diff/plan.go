package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Harmonisation is single edits to one list that bring it to catch, of the items asked about, what others catch.
type Harmonisation struct {
	From string   // the list to edit
	To   []string // the lists that it is to follow: an item that any of them controls is to be controlled

	Regions []Region // the gap: what one side controls for certain and the other, covering it, does not
	Steps   []Step   // in an order in which each makes the gap smaller and opens none elsewhere

	// Proved says that every choice of candidate edits of existing paragraphs, up to as many as there are (of 24 candidates or fewer, as there are
	// steps), was tried, and none leaves
	// less to be added, or as little with fewer edits; and that what is added is the least that closes what they leave.
	Proved bool
	Tried  int // edited paragraphs and lists that were compiled to find this

	Residue []string // ids of residue for which the two sides may still differ
}

// A Step is one edit.
type Step struct {
	Kind       EditKind
	Paragraphs []string // that are edited; of a paragraph added: none
	Was        string   // what it states now
	Becomes    string   // what it is to state; of a paragraph or exclusion made for the gap: its conditions
	Source     string   // the list and paragraph that draws the line so; empty where an exclusion is only ours
	Effect     string   // "stricter": newly catches, "looser": releases, or "mixed"
	Touches    []int    // regions of the gap of which it decides some
	Closes     []int    // of them, those that are closed with it
	Witness    scope.Item
}

// PlanOptions of [Plan].
type PlanOptions struct {
	Kinds  []string // only items of these kinds and narrower goods, as [Compare]
	Region *Region  // only what lies here, a region of the same [regime.Compiled]
	Keep   bool     // the list goes on to control what the others do not: only what it lacks is a gap
	Tries  int      // how many edited paragraphs and lists to compile at most; 0 is 400
}

// Plan finds the fewest single edits to list from that bring it to catch what to catches: another list, or every compiled list of a
// regime or other authority. A list of which several editions are compiled is named with its date: "us-ccl@2026-07-23".
//
// The candidate edits take the other side's lines: a comparison as its paragraphs make it for the same attribute in the same
// direction, an exception dropped, one of its exceptions added, a paragraph removed. Each is made on the edition in memory, compiled and
// compared, and only taken where all that it changes among the items asked about becomes as the other side has it, and nothing else
// changes, but for things of other kinds that follow what they are for, such as software. Things of
// several overlapping kinds are not looked at, as in [Partition]. Edits are first chosen
// greedily, those that close most regions first; then all choices of no more are tried. What no such edits close is left to
// as few paragraphs to be added as do, each with what one of the other side's catches of it, and to an exclusion for each paragraph that
// catches what is to be released. An edit is only made where less is to be added with it.
//
// Compile with AnyDestination and Kinds: the cost is that of compiling what refers to the edited entry, for each candidate and
// step. What only residue parts is no gap. The error is of names that are not compiled, or a result that does not hold when it is
// checked: a fault of this library.
func Plan(c *regime.Compiled, from, to string, o PlanOptions) (*Harmonisation, error) {
	x, err := newPlanner(c, from, to, o)
	if err != nil {
		return nil, err
	}
	out := &Harmonisation{From: x.from.Edition.List, Regions: x.regions}
	for _, l := range x.to {
		out.To = append(out.To, l.Edition.List)
	}
	path, proved := x.search()
	at := x.start
	for _, s := range path {
		step, err := x.step(at, s, x.candidates[s.added])
		if err != nil {
			return nil, err
		}
		out.Steps = append(out.Steps, step)
		at = s
	}
	x.last = at.whole
	for _, a := range x.additions(at) {
		s := Step{Kind: a.kind, Paragraphs: a.paragraphs, Source: a.source, Becomes: x.conditions(a.states)}
		after := x.last.Union(a.decides)
		if a.kind == ExclusionAdded {
			s.Becomes, after = "except "+s.Becomes, x.last.Minus(a.decides)
		}
		if err := x.describe(&s, x.last, after); err != nil {
			return nil, err
		}
		x.last = after
		out.Steps = append(out.Steps, s)
	}
	out.Proved, out.Tried = proved && !x.uncovered, x.tried
	out.Residue = notNil(x.left(x.last).Residues())
	return out, x.check()
}

// planner is what a plan is made of.
type planner struct {
	c     *regime.Compiled
	index int // of from in c
	from  *regime.CompiledList
	to    []*regime.CompiledList
	keep  bool
	tries int

	here    scope.Scope // the items asked about
	follow  scope.Scope // items that may change besides: others that are for something, and things of several kinds
	goal    scope.Scope // what to catches
	regions []Region
	gap     scope.Scope // all regions
	over    scope.Scope // of the gap, what from catches

	candidates []edit
	start      *state
	last       scope.Scope // what from catches in the end
	tried      int
	known      map[string]*state         // by edits; nil where they do not go together
	others     map[string]scope.Scope    // see besides
	moved      map[string][2]scope.Scope // see moves
	uncovered  bool                      // some cover was not shown to be of the fewest
}

func newPlanner(c *regime.Compiled, from, to string, o PlanOptions) (*planner, error) {
	x := &planner{c: c, keep: o.Keep, tries: o.Tries, known: map[string]*state{}, others: map[string]scope.Scope{}, moved: map[string][2]scope.Scope{}}
	if x.tries == 0 {
		x.tries = 400
	}
	for _, k := range o.Kinds {
		if c.Space.Vocabulary().Kind(k) == nil {
			return nil, fmt.Errorf("kind %q is not in the vocabulary", k)
		}
	}
	ours, theirs := party(c, from), party(c, to)
	if len(ours) != 1 {
		return nil, fmt.Errorf("%q names %d of the compiled lists; name the one to edit, such as %q", from, len(ours), someList(c))
	}
	if len(theirs) == 0 || slices.Contains(theirs, ours[0]) {
		return nil, fmt.Errorf("%q names none but the edited one of the compiled lists; name the list or regime to follow", to)
	}
	x.index, x.from = ours[0], &c.Lists[ours[0]]
	x.goal = c.Space.Nothing()
	covered := c.Space.Nothing()
	for _, i := range theirs {
		x.to = append(x.to, &c.Lists[i])
		x.goal, covered = x.goal.Union(c.Lists[i].Whole), covered.Union(c.Lists[i].Covered)
	}
	kinds := Kinds(c.Space.Vocabulary(), o.Kinds...)
	if o.Region != nil {
		kinds = o.Region.Kinds
	}
	asked, err := c.Space.Compile(scope.OfKind{Kinds: kinds})
	if err != nil {
		return nil, err
	}
	v := c.Space.Vocabulary()
	purposes := scope.For{Target: scope.All{}}
	for _, f := range v.Functions {
		purposes.Functions = append(purposes.Functions, f.ID)
	}
	follow, err := c.Space.Compile(scope.Any{purposes, scope.OfKind{Kinds: declared(v, Purposive)}})
	if err != nil {
		return nil, err
	}
	x.here = asked.Intersect(covered).Intersect(x.from.Covered)
	single := make([]scope.Scope, len(v.Kinds))
	for i, k := range v.Kinds {
		single[i] = c.Space.Everything().Among(k.ID, nil)
	}
	x.follow = follow.Minus(asked).Union(c.Space.Union(single...).Complement())
	if o.Region != nil {
		x.here = x.here.Intersect(o.Region.Scope)
	}
	if err := x.findGap(kinds, o.Region); err != nil {
		return nil, err
	}
	x.start = &state{edition: x.from.Edition, whole: x.from.Whole}
	x.start.open = x.openIn(x.start.whole)
	x.last = x.start.whole
	x.candidates = x.edits()
	return x, nil
}

// party is the indices of the compiled lists that a name means: a list, with its date or not, or all those of an authority.
func party(c *regime.Compiled, name string) []int {
	var out []int
	authority := slices.IndexFunc(c.Corpus.Authorities(), func(a regime.Authority) bool { return a.ID == name })
	for i := range c.Lists {
		e := c.Lists[i].Edition
		issuer, known := c.Corpus.AuthorityOf(e.List)
		if e.List == name || e.List+"@"+e.Date().String() == name || authority >= 0 && known && issuer.ID == name {
			out = append(out, i)
		}
	}
	return out
}

func someList(c *regime.Compiled) string {
	if len(c.Lists) == 0 {
		return ""
	}
	e := c.Lists[0].Edition
	return e.List + "@" + e.Date().String()
}

// findGap finds the certain regions that one side controls and the other, which knows such items, does not.
func (x *planner) findGap(kinds []string, only *Region) error {
	pair := &regime.Compiled{Corpus: x.c.Corpus, View: x.c.View, Space: x.c.Space, Lists: []regime.CompiledList{*x.from}}
	wholes := []scope.Scope{x.from.Whole}
	for _, l := range x.to {
		pair.Lists = append(pair.Lists, *l)
		wholes = append(wholes, l.Whole)
	}
	x.gap, x.over = x.c.Space.Nothing(), x.c.Space.Nothing()
	for _, cell := range x.c.Space.Join(wholes).Partition(kinds...) {
		ours := slices.Contains(cell.Members, 0)
		theirs := slices.ContainsFunc(cell.Members, func(m int) bool { return m > 0 })
		if cell.Dependent || ours == theirs || ours && x.keep {
			continue
		}
		if only != nil {
			if cell.Scope = cell.Scope.Intersect(only.Scope); !cell.Scope.CertainlyInhabited() {
				continue
			}
		}
		r, err := region(pair, cell)
		if err != nil {
			return err
		}
		if !x.from.Knows(&r.Witness) || !slices.ContainsFunc(x.to, func(l *regime.CompiledList) bool { return l.Knows(&r.Witness) }) {
			continue
		}
		x.regions = append(x.regions, r)
		x.gap = x.gap.Union(r.Scope)
		if ours {
			x.over = x.over.Union(r.Scope)
		}
	}
	return nil
}

// left is on which items the two sides still differ where from catches whole.
func (x *planner) left(whole scope.Scope) scope.Scope {
	missing := x.goal.Minus(whole)
	if x.keep {
		return missing.Intersect(x.here)
	}
	return missing.Union(whole.Minus(x.goal)).Intersect(x.here)
}

// openIn is the regions that are not closed where from catches whole.
func (x *planner) openIn(whole scope.Scope) []int {
	left := x.left(whole)
	var out []int
	for i, r := range x.regions {
		if r.Scope.Intersect(left).CertainlyInhabited() {
			out = append(out, i)
		}
	}
	return out
}

// step describes the way from one state to the next, with a witness that is classified under both.
func (x *planner) step(before, after *state, e edit) (Step, error) {
	s := Step{Kind: e.kind, Paragraphs: []string{e.code}, Was: e.was, Becomes: e.becomes, Source: e.source}
	err := x.describe(&s, before.whole, after.whole)
	return s, err
}

func (x *planner) describe(s *Step, before, after scope.Scope) error {
	gained, lost := after.Minus(before).Intersect(x.gap), before.Minus(after).Intersect(x.gap)
	change := gained.Union(lost)
	switch {
	case lost.Empty():
		s.Effect = "stricter"
	case gained.Empty():
		s.Effect = "looser"
	default:
		s.Effect = "mixed"
	}
	s.Touches, s.Closes = []int{}, []int{}
	open := x.openIn(after)
	for _, i := range x.openIn(before) {
		if change.Disjoint(x.regions[i].Scope) {
			continue
		}
		s.Touches = append(s.Touches, i)
		if !slices.Contains(open, i) {
			s.Closes = append(s.Closes, i)
		}
	}
	w, ok := change.Certain().Witness()
	if !ok {
		return fmt.Errorf("no witness for the edit of %s", strings.Join(s.Paragraphs, ", "))
	}
	was, is, want := before.Evaluate(&w), after.Evaluate(&w), x.goal.Evaluate(&w)
	if was == is || is != want || was == scope.Undetermined || is == scope.Undetermined {
		return fmt.Errorf("witness %s of the edit of %s was %v and is %v, want %v", Describe(w), strings.Join(s.Paragraphs, ", "), was, is, want)
	}
	s.Witness = w
	return nil
}

// check compares the result with where it began.
func (x *planner) check() error {
	if open := x.openIn(x.last); len(open) > 0 {
		return fmt.Errorf("%d regions of %s stay open", len(open), x.from.Edition.List)
	}
	if !x.allowed(x.start.whole, x.last) {
		return fmt.Errorf("the edits of %s change more than the gap", x.from.Edition.List)
	}
	return nil
}

// allowed reports whether all that changes between two states of from becomes as the other side has it, and
// lies among the items asked about or follows them.
func (x *planner) allowed(before, after scope.Scope) bool {
	gained := after.Minus(before)
	if !gained.Minus(x.goal.Intersect(x.here)).Minus(x.follow).Empty() {
		return false
	}
	return before.Minus(after).Minus(x.losable()).Empty()
}
