package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A state is the list with some edits made.
type state struct {
	edits   []int // candidates, ascending
	added   int   // the last that was made
	edition *regime.Edition
	whole   scope.Scope
	moved   scope.Scope // what the last edit moved into or out of its paragraph
	open    []int

	additions []addition // made when first asked for
}

// next is s with one more edit; nil where that does not go together, changes nothing of the gap, or changes something else. Edits that
// leave a paragraph empty are left to its removal.
func (x *planner) next(s *state, n int) *state {
	edits := append(slices.Clone(s.edits), n)
	slices.Sort(edits)
	key := fmt.Sprint(edits, n)
	if t, ok := x.known[key]; ok {
		return t
	}
	x.known[key] = nil
	e := x.candidates[n]
	for _, i := range s.edits {
		o := x.candidates[i]
		if i == n || o.place == e.place || o.code == e.code && (o.kind == ParagraphRemoved || e.kind == ParagraphRemoved) {
			return nil
		}
	}
	edition, moved := x.edited(s, n)
	if edition == nil {
		return nil
	}
	x.tried++
	whole, err := x.c.Revise(x.index, edition)
	if err != nil || !x.allowed(s.whole, whole) || !x.reduces(s.whole, whole) {
		return nil
	}
	t := &state{edits: edits, added: n, edition: edition, whole: whole, moved: moved, open: x.openIn(whole)}
	x.known[key] = t
	return t
}

// edited is the edition of s with an edit made, and what moves into or out of the paragraph, as far as the edited paragraph alone can tell: nil where it catches what
// it must not, decides nothing of the gap, or no longer catches what no other does, which is to remove it.
func (x *planner) edited(s *state, n int) (*regime.Edition, scope.Scope) {
	e := x.candidates[n]
	p := s.edition.Paragraph(e.code)
	if p == nil || p.Code != e.code {
		return nil, scope.Scope{}
	}
	own := *p
	edition, err := s.edition.Revised(e.apply(&own))
	if err != nil {
		return nil, scope.Scope{}
	}
	before, after := x.moves(s, edition, n)
	if before == after || !x.reduces(before, after) {
		return nil, scope.Scope{}
	}
	rest := after.Minus(x.follow)
	if e.kind != ParagraphRemoved && (rest.Empty() || rest.Minus(x.besides(s, e.code)).Empty()) {
		return nil, scope.Scope{}
	}
	if !after.Minus(s.whole).Minus(x.goal.Intersect(x.here)).Minus(x.follow).Empty() {
		return nil, scope.Scope{}
	}
	if lost := before.Minus(after).Minus(x.losable()).Intersect(x.start.whole); lost != x.c.Space.Nothing() && !lost.Minus(x.besides(s, e.code)).Empty() {
		return nil, scope.Scope{}
	}
	return edition, before.Minus(after).Union(after.Minus(before))
}

// moves is what the paragraph of candidate n catches before it is made and after; the same where the edit cannot be resolved. Edits
// of paragraphs that neither hold it nor are held by it are taken not to matter here: what the whole list catches is compiled after.
func (x *planner) moves(s *state, edition *regime.Edition, n int) (before, after scope.Scope) {
	code := x.candidates[n].code
	holds := func(a, b string) bool {
		return slices.ContainsFunc(x.from.Edition.Ancestors(b), func(p *regime.Paragraph) bool { return p.Code == a })
	}
	var related []int
	for _, i := range s.edits {
		if c := x.candidates[i].code; c == code || holds(c, code) || holds(code, c) {
			related = append(related, i)
		}
	}
	key := fmt.Sprint(related, n)
	if m, ok := x.moved[key]; ok {
		return m[0], m[1]
	}
	before, _ = x.paragraph(s.edition, code)
	if len(related) == 0 {
		before, _ = x.paragraph(x.from.Edition, code)
	}
	x.tried++
	after, ok := x.paragraph(edition, code)
	if !ok {
		after = before
	}
	x.moved[key] = [2]scope.Scope{before, after}
	return before, after
}

// losable is what from may stop catching.
func (x *planner) losable() scope.Scope {
	if x.keep {
		return x.follow
	}
	return x.here.Minus(x.goal).Union(x.follow)
}

// besides is what paragraphs that are not under this one catch.
func (x *planner) besides(s *state, code string) scope.Scope {
	key := fmt.Sprint(s.edits) + code
	if others, ok := x.others[key]; ok {
		return others
	}
	var others []scope.Scope
	under, edited := map[int]bool{}, map[int]bool{}
	for i := range x.from.Paragraphs {
		p := &x.from.Paragraphs[i]
		under[i] = p.Code == code || under[p.Parent]
		edited[i] = edited[p.Parent] || slices.ContainsFunc(s.edits, func(n int) bool { return x.candidates[n].code == p.Code })
		if under[i] || !p.Leaf && len(p.Therefor) == 0 {
			continue
		}
		catches := p.Scope
		if edited[i] {
			catches, _ = x.paragraph(s.edition, p.Code) // nothing where it was removed with what holds it
		}
		others = append(others, catches)
	}
	x.others[key] = x.c.Space.Union(others...)
	return x.others[key]
}

// paragraph is what a paragraph of an edition of the list catches.
func (x *planner) paragraph(e *regime.Edition, code string) (scope.Scope, bool) {
	if e == x.from.Edition {
		if i := slices.IndexFunc(x.from.Paragraphs, func(p regime.CompiledParagraph) bool { return p.Code == code }); i >= 0 {
			return x.from.Paragraphs[i].Scope, true
		}
	}
	criterion, err := x.c.Corpus.Criterion(e, code)
	if err != nil {
		return x.c.Space.Nothing(), false
	}
	s, err := x.c.Space.Compile(criterion)
	if err != nil {
		return x.c.Space.Nothing(), false
	}
	return s.SomeDestination(), true
}

// reduces reports whether some certain item of the gap is decided as the other side has it by the change.
func (x *planner) reduces(before, after scope.Scope) bool {
	change := after.Minus(before).Union(before.Minus(after))
	return change.Intersect(x.gap).CertainlyInhabited()
}

// search finds the states on the way to the edits after which least is to be added, and of these the fewest; it is proved where every
// other choice of no more edits was tried.
func (x *planner) search() (path []*state, proved bool) {
	path = x.pruned(x.greedy())
	for {
		better, proved := x.fewer(path)
		if better == nil {
			return path, proved
		}
		path = better
	}
}

// end is where a path ends.
func (x *planner) end(path []*state) *state {
	if len(path) == 0 {
		return x.start
	}
	return path[len(path)-1]
}

// greedy makes the best edit again and again.
func (x *planner) greedy() []*state {
	var path []*state
	for at := x.start; len(at.open) > 0; {
		var best *state
		for n := range x.candidates {
			if x.tried >= x.tries {
				break
			}
			if t := x.next(at, n); t != nil && (best == nil || x.better(t, best)) {
				best = t
			}
		}
		if best == nil {
			break
		}
		path = append(path, best)
		at = best
	}
	return path
}

// better reports whether s is to be preferred to t: fewer open regions, then less left of them, then the
// edit that moves less, then the smaller kind.
func (x *planner) better(s, t *state) bool {
	if len(s.open) != len(t.open) {
		return len(s.open) < len(t.open)
	}
	a, b := x.left(s.whole).Intersect(x.gap), x.left(t.whole).Intersect(x.gap)
	if a != b {
		if a.SubsetOf(b) {
			return true
		}
		if b.SubsetOf(a) {
			return false
		}
	}
	if s.moved != t.moved && s.moved.SubsetOf(t.moved) {
		return true
	}
	rank := func(s *state) int { return slices.Index(editKinds, x.candidates[s.added].kind) }
	return rank(s) < rank(t) && !t.moved.SubsetOf(s.moved) || rank(s) < rank(t) && s.moved == t.moved
}

// pruned leaves out edits without which no more is to be added.
func (x *planner) pruned(path []*state) []*state {
	for i := len(path) - 1; i >= 0; i-- {
		at, shorter := x.start, []*state{}
		for j, s := range path {
			if j == i {
				continue
			}
			if at = x.next(at, s.added); at == nil {
				break
			}
			shorter = append(shorter, at)
		}
		if at != nil && len(x.additions(at)) <= len(x.additions(x.end(path))) {
			path = shorter
		}
	}
	return path
}

// fewCandidates is how many candidate edits are tried in choices of as many as the plan has steps; of more, of as many as it has edits.
const fewCandidates = 24

// fewer is a way of no more edits, or of few candidates no more steps, than best of which less is added, or as much with fewer edits; nil where there is none, which is
// proved unless the tries ran out.
func (x *planner) fewer(best []*state) (path []*state, proved bool) {
	least := len(x.additions(x.end(best)))
	depth := len(best)
	if len(x.candidates) <= fewCandidates {
		depth += least
	}
	ways := [][]*state{{}}
	for n := 0; n <= depth; n++ {
		var longer [][]*state
		seen := map[string]bool{}
		for _, way := range ways {
			at := x.end(way)
			if add := len(x.additions(at)); add < least || add == least && n < len(best) {
				return way, true
			}
			if n == depth {
				continue
			}
			for i := range x.candidates {
				if x.tried >= x.tries {
					return nil, false
				}
				if t := x.next(at, i); t != nil && !seen[fmt.Sprint(t.edits)] {
					seen[fmt.Sprint(t.edits)] = true
					longer = append(longer, append(slices.Clone(way), t))
				}
			}
		}
		ways = longer
	}
	return nil, x.tried < x.tries
}

// maxCover is how many paragraphs are chosen by trying every choice.
const maxCover = 3

// An addition closes what edits leave open.
type addition struct {
	kind       EditKind
	paragraphs []string
	source     string
	states     scope.Scope // what it speaks of
	decides    scope.Scope // of this, what is decided by it
}

// additions close what is open after the edits: as few paragraphs as do, each with what one of the other side catches of what is
// missing, and an exclusion for each paragraph that catches what is to be released. Those that release nothing alone come
// together.
func (x *planner) additions(at *state) []addition {
	if at.additions != nil || len(at.open) == 0 {
		return at.additions
	}
	left := x.left(at.whole).Intersect(x.gap).Certain()
	missing, over := left.Intersect(x.goal), left.Minus(x.goal)
	var out []addition
	var names []string
	var theirs []scope.Scope
	for _, l := range x.to {
		for i := range l.Paragraphs {
			if p := &l.Paragraphs[i]; p.Leaf || len(p.Therefor) > 0 {
				names, theirs = append(names, l.Edition.List+" "+p.Code), append(theirs, p.Scope)
			}
		}
	}
	chosen, least := cover(missing, theirs)
	x.uncovered = x.uncovered || !least
	for _, i := range chosen {
		part := missing.Intersect(theirs[i])
		missing = missing.Minus(part)
		out = append(out, addition{ParagraphAdded, []string{}, names[i], part, part})
	}
	var catching []addition
	for i := range x.from.Paragraphs {
		p := &x.from.Paragraphs[i]
		if !p.Leaf && len(p.Therefor) == 0 || p.Scope.Disjoint(x.over) {
			continue
		}
		if s, ok := x.paragraph(at.edition, p.Code); ok && over.Intersect(s).CertainlyInhabited() {
			catching = append(catching, addition{kind: ExclusionAdded, paragraphs: []string{p.Code}, states: over.Intersect(s)})
		}
	}
	for len(catching) > 0 {
		i := slices.IndexFunc(catching, func(a addition) bool {
			a.decides = a.states
			for _, b := range catching {
				if b.paragraphs[0] != a.paragraphs[0] {
					a.decides = a.decides.Minus(b.states)
				}
			}
			return a.decides.CertainlyInhabited()
		})
		if i < 0 {
			together := addition{kind: ExclusionAdded, states: x.c.Space.Nothing()}
			for _, a := range catching {
				together.paragraphs, together.states = append(together.paragraphs, a.paragraphs...), together.states.Union(a.states)
			}
			together.decides = together.states.Intersect(over)
			out = append(out, together)
			break
		}
		a := catching[i]
		catching = slices.Delete(catching, i, i+1)
		a.decides = a.states.Intersect(over)
		for _, b := range catching {
			a.decides = a.decides.Minus(b.states)
		}
		over = over.Minus(a.decides)
		out = append(out, a)
	}
	at.additions = out
	return out
}

// conditions say a part of the gap.
func (x *planner) conditions(part scope.Scope) string {
	var out []string
	for _, c := range x.c.Space.Join([]scope.Scope{part}).Partition() {
		alternatives, more := c.Conditions(MaxConditions)
		text := strings.Join(lines(alternatives), " | ")
		if more {
			text += " | ..."
		}
		name := Region{Kinds: c.Kinds, For: c.For}.Name()
		if text != "" {
			name += ": " + text
		}
		out = append(out, name)
	}
	return strings.Join(out, " || ")
}

// cover is the fewest of the sets that together hold all certain items of whole: every choice of up to maxCover is tried, beyond that
// the set that leaves least is taken each time, and least is false.
func cover(whole scope.Scope, sets []scope.Scope) (chosen []int, least bool) {
	if !whole.CertainlyInhabited() {
		return nil, true
	}
	var useful []int
	var parts []scope.Scope
	for i, s := range sets {
		part := whole.Intersect(s)
		if !part.CertainlyInhabited() || slices.Contains(parts, part) {
			continue
		}
		useful, parts = append(useful, i), append(parts, part)
	}
	for n := 1; n <= min(maxCover, len(parts)); n++ {
		if found := choose(whole, parts, n, 0); found != nil {
			for _, i := range found {
				chosen = append(chosen, useful[i])
			}
			return chosen, true
		}
	}
	for whole.CertainlyInhabited() {
		best := -1
		var rest scope.Scope
		for i, p := range parts {
			without := whole.Minus(p)
			if without != whole && (best < 0 || without.SubsetOf(rest)) {
				best, rest = i, without
			}
		}
		if best < 0 {
			return chosen, false
		}
		chosen, whole = append(chosen, useful[best]), rest
	}
	return chosen, false
}

// choose is n of the parts, from the first on, that together hold whole; nil where none do.
func choose(whole scope.Scope, parts []scope.Scope, n, first int) []int {
	if !whole.CertainlyInhabited() {
		return []int{}
	}
	if n == 0 {
		return nil
	}
	for i := first; i < len(parts); i++ {
		if rest := choose(whole.Minus(parts[i]), parts, n-1, i+1); rest != nil {
			return append([]int{i}, rest...)
		}
	}
	return nil
}
