package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// changes are the paragraphs that differ, in order.
func (x *comparison) changes() ([]Change, error) {
	x.note(&x.old, &x.new)
	x.note(&x.new, &x.old)
	out := []Change{}
	for _, pair := range x.order() {
		ch, differs, err := x.change(pair[0], pair[1])
		if err != nil {
			return nil, err
		}
		if differs {
			out = append(out, ch)
		}
	}
	return out, nil
}

// note finds which paragraphs of s state other things than what answers to them, or refer to others and catch other items.
func (x *comparison) note(s, other *side) {
	s.changed, s.led = make([]bool, len(s.scopes)), make([]bool, len(s.scopes))
	for i, j := range s.answers {
		p := s.list.Paragraphs[i].Paragraph
		s.changed[i] = j < 0 || bearing(paragraphFields, p, other.list.Paragraphs[j].Paragraph)
		s.led[i] = !s.changed[i] && s.scopes[i] != other.scopes[j] && refers(p)
	}
}

// change compares paragraph i of the old edition with paragraph j of the new one, which answers to it; either may be -1.
func (x *comparison) change(i, j int) (ch Change, differs bool, err error) {
	p, q := x.old.paragraph(i), x.new.paragraph(j)
	a, b := x.old.caught(x, i), x.new.caught(x, j)
	nothing := x.c.Space.Nothing()
	if a == nothing && b == nothing && (x.narrow || p.Scope != nothing && i >= 0 || q.Scope != nothing && j >= 0) {
		return ch, false, nil // of or for kinds that are not compared
	}
	ch = Change{
		Old: p.Code, New: q.Code, OldPos: p.Pos, NewPos: q.Pos, Title: q.Title, Grade: scope.NoDifference,
		Relation: scope.EqualTo, Residue: []string{}, Fields: differing(paragraphFields, p.Paragraph, q.Paragraph),
	}
	if j < 0 {
		ch.Title = p.Title
	}
	if i >= 0 && j >= 0 && x.displaced(i, j) {
		ch.Fields = append(ch.Fields, "under")
	}
	if a != b {
		var residue []string
		ch.Relation, residue = b.Compare(a)
		ch.Residue = append(ch.Residue, residue...)
	}
	switch ch.Relation {
	case scope.EqualTo:
		ch.Effect = Editorial
		if i >= 0 && j >= 0 && p.Code != q.Code {
			ch.Effect = Renumbered
		}
		if i >= 0 && j >= 0 && slices.Contains(ch.Fields, "presume") {
			if err := x.presume(&ch, i, j); err != nil {
				return ch, false, err
			}
		}
		ch.Fingerprint = fingerprint(x.new.list.Edition.List, ch.Old, ch.New, string(ch.Effect))
		return ch, len(ch.Fields) > 0 || p.Code != q.Code, nil
	case scope.SupersetOf:
		ch.Effect = Tightened
		if a.Empty() {
			ch.Effect = Added
		}
	case scope.SubsetOf:
		ch.Effect = Loosened
		if b.Empty() {
			ch.Effect = Removed
		}
	case scope.Unknown:
		ch.Effect = Undecidable
	default:
		ch.Effect = Mixed
	}
	ch.Follows = x.follows(i, j)
	if ch.Caught, ch.From, err = x.gained(&x.new, &x.old, j, b.Minus(a), ch.Follows == ""); err != nil {
		return ch, false, err
	}
	if ch.Released, ch.To, err = x.gained(&x.old, &x.new, i, a.Minus(b), ch.Follows == ""); err != nil {
		return ch, false, err
	}
	if ch.Effect == Added && ch.Caught == nil || ch.Effect == Removed && ch.Released == nil {
		ch.Effect = Moved
	}
	ch.weigh()
	ch.Fingerprint = fingerprint(x.new.list.Edition.List, ch.Old, ch.New, string(ch.Effect))
	return ch, true, nil
}

// weigh grades the change by the graver of what it newly catches and releases.
func (c *Change) weigh() {
	for _, s := range []*Shift{c.Caught, c.Released} {
		if s != nil && weigh(s.Grade) > weigh(c.Grade) {
			c.Grade = s.Grade
		}
	}
}

// presume judges a change of what a paragraph presumes of undetermined items, where it catches the same otherwise. Witnesses
// are items that one edition presumes to be caught and the other leaves undetermined.
func (x *comparison) presume(ch *Change, i, j int) error {
	a, err := x.presumption(&x.old, i)
	if err != nil {
		return err
	}
	b, err := x.presumption(&x.new, j)
	if err != nil {
		return err
	}
	for _, t := range []struct {
		more     scope.Scope
		to, from *side
		shift    **Shift
	}{{b.Minus(a), &x.new, &x.old, &ch.Caught}, {a.Minus(b), &x.old, &x.new, &ch.Released}} {
		w, ok := t.more.Witness()
		if !ok {
			continue
		}
		r := classify.Item(x.c, &w)
		if r[t.to.at].Verdict != classify.Controlled || r[t.from.at].Verdict != classify.Undetermined {
			continue
		}
		*t.shift = &Shift{Kinds: w.Kinds, Conditions: []string{}, Grade: scope.Substantive, Witness: w, Catching: r[t.to.at].Paragraphs,
			Nearest: r[t.from.at].Paragraphs, Residue: []string{}, Scope: t.more}
	}
	switch {
	case ch.Caught != nil && ch.Released != nil:
		ch.Effect = Mixed
	case ch.Caught != nil:
		ch.Effect = Tightened
	case ch.Released != nil:
		ch.Effect = Loosened
	}
	ch.weigh()
	return nil
}

// presumption is the items that paragraph i of s catches where it is undetermined whether it does, of a kind that it catches.
func (x *comparison) presumption(s *side, i int) (scope.Scope, error) {
	p := s.list.Paragraphs[i]
	out := x.c.Space.Nothing()
	w, ok := s.scopes[i].Witness()
	if !ok || len(w.Kinds) != 1 || p.Presume == nil || p.Presume.When == nil {
		return out, nil
	}
	criterion := scope.All{p.Presume.When}
	if p.Presume.Unless != nil {
		criterion = append(criterion, scope.Not{C: p.Presume.Unless})
	}
	resolved, err := x.c.Corpus.Resolve(s.list.Edition, p.Paragraph, criterion)
	if err != nil {
		return out, err
	}
	if out, err = x.c.Space.Compile(resolved); err != nil {
		return out, err
	}
	return out.Among(w.Kinds[0], nil), nil
}

// weigh orders grades by how much a difference matters.
func weigh(g scope.Grade) int {
	return slices.Index([]scope.Grade{scope.NoDifference, scope.BoundaryOnly, scope.Nominal, scope.Substantive}, g)
}

// paragraph is a paragraph of the side; for -1 one that states nothing.
func (s *side) paragraph(i int) regime.CompiledParagraph {
	if i < 0 {
		return regime.CompiledParagraph{Paragraph: &regime.Paragraph{}, Parent: -1}
	}
	return s.list.Paragraphs[i]
}

func (s *side) caught(x *comparison, i int) scope.Scope {
	if i < 0 {
		return x.c.Space.Nothing()
	}
	return s.scopes[i]
}

// displaced reports whether two paragraphs stand under paragraphs that do not answer to each other.
func (x *comparison) displaced(i, j int) bool {
	up, to := x.old.list.Paragraphs[i].Parent, x.new.list.Paragraphs[j].Parent
	if up < 0 || to < 0 {
		return up != to
	}
	return x.old.answers[up] != to && x.old.list.Paragraphs[up].Code != x.new.list.Paragraphs[to].Code
}

// follows is the code of the paragraph whose change the change of i and j follows: of one that came or went, the nearest above
// that did too; of one that states the same, the nearest above that does not, else the first below, else the nearest above
// that refers to others.
func (x *comparison) follows(i, j int) string {
	s, p := &x.new, j
	if j < 0 {
		s, p = &x.old, i
	}
	above := func(fits func(up int) bool) string {
		for up := s.list.Paragraphs[p].Parent; up >= 0; up = s.list.Paragraphs[up].Parent {
			if fits(up) {
				return s.list.Paragraphs[up].Code
			}
		}
		return ""
	}
	switch {
	case s.answers[p] < 0:
		return above(func(up int) bool { return s.answers[up] < 0 })
	case s.changed[p]:
		return ""
	}
	code := above(func(up int) bool { return s.answers[up] >= 0 && s.changed[up] })
	if code == "" {
		code = cmp.Or(x.new.below(j), x.old.below(i))
	}
	if code == "" {
		code = above(func(up int) bool { return s.led[up] })
	}
	return code
}

// below is the code of the first paragraph below p that states other things than what answers to it.
func (s *side) below(p int) string {
	for i := p + 1; i < len(s.scopes) && s.within(i, p); i++ {
		if s.changed[i] {
			return s.list.Paragraphs[i].Code
		}
	}
	return ""
}

// within reports whether paragraph i lies below paragraph p, which is not the same.
func (s *side) within(i, p int) bool {
	for up := s.list.Paragraphs[i].Parent; up >= p; up = s.list.Paragraphs[up].Parent {
		if up == p {
			return true
		}
	}
	return false
}

// gained is what paragraph p of side to catches of more, which no paragraph of side from caught, and which of those caught
// the rest. Unless all is asked for, as of a change that does not follow another, only a witness of the former is looked for.
func (x *comparison) gained(to, from *side, p int, more scope.Scope, all bool) (shift *Shift, others []string, err error) {
	if fresh := more.Intersect(to.gain); !fresh.Empty() {
		if shift, err = x.shift(fresh, to, from, p); err != nil {
			return nil, nil, err
		}
		if all {
			conditions, more := among(fresh, &shift.Witness).Conditions(2)
			shift.Conditions, shift.More = lines(weightiest(conditions)), more
		}
	}
	if all {
		others = x.others(from, more.Intersect(from.whole), from.answering(to, p))
	}
	return shift, others, nil
}

// among is s for items of the kinds of one of them.
func among(s scope.Scope, it *scope.Item) scope.Scope {
	if len(it.Kinds) != 1 {
		return s
	}
	return s.Among(it.Kinds[0], nil)
}

// answering is the paragraph of s that answers to p of the other side, or -1.
func (s *side) answering(other *side, p int) int {
	if p < 0 {
		return -1
	}
	return other.answers[p]
}

// maxOthers bounds how many other paragraphs are named.
const maxOthers = 6

// others lists leaf paragraphs of s but one that catch rest between them, those that changed first.
func (x *comparison) others(s *side, rest scope.Scope, but int) []string {
	var out []string
	for _, i := range x.covering(s, rest, but) {
		out = append(out, s.list.Paragraphs[i].Code)
	}
	return out
}

// covering is the indices of [comparison.others].
func (x *comparison) covering(s *side, rest scope.Scope, but int) (out []int) {
	for _, changed := range []bool{true, false} {
		for i := range s.scopes {
			if rest == x.c.Space.Nothing() {
				return out
			}
			if i == but || !s.list.Paragraphs[i].Leaf || s.changed[i] != changed {
				continue
			}
			if theirs := rest.Intersect(s.scopes[i]); theirs != x.c.Space.Nothing() && !theirs.Empty() {
				if out = append(out, i); len(out) == maxOthers {
					return out
				}
				rest = rest.Minus(s.scopes[i])
			}
		}
	}
	return out
}

// shift is items of s, which side to controls and side from does not, without their conditions. It is weighed by what the
// paragraphs state: p of to where it is given, else those that catch the witness, and what answers to them.
func (x *comparison) shift(s scope.Scope, to, from *side, p int) (*Shift, error) {
	w, ok := s.Witness()
	if idle, plain := s.Intersect(x.idle).Witness(); plain && len(w.For) > 0 { // a simpler one
		w = idle
	}
	if !ok {
		return nil, fmt.Errorf("no witness of what %s %s catches", to.list.Edition.List, to.list.Edition.Date())
	}
	out := &Shift{Kinds: w.Kinds, Conditions: []string{}, Nearest: []string{}, Residue: []string{}, Witness: w, Scope: s}
	if !s.CertainlyInhabited() {
		out.Residue = append(out.Residue, s.Residues()...)
	}
	in, not := to.list.Whole.Evaluate(&w), from.list.Whole.Evaluate(&w)
	hangs := func(t scope.Truth) bool { return len(out.Residue) > 0 && t == scope.Undetermined }
	if in != scope.True && !hangs(in) || not != scope.False && !hangs(not) {
		return nil, fmt.Errorf("witness %s is %v under %s %s and %v under %s", Describe(w), in, to.list.Edition.List, to.list.Edition.Date(), not, from.list.Edition.Date())
	}
	out.Catching = classify.Catching(to.list, &w, in)
	var ours, theirs []scope.Criterion
	for i := range to.scopes {
		if i != p && (p >= 0 || !slices.Contains(out.Catching, to.list.Paragraphs[i].Code)) {
			continue
		}
		ours = append(ours, to.list.Paragraphs[i].Criterion)
		for _, j := range x.nearest(to, from, i) {
			theirs = append(theirs, from.list.Paragraphs[j].Criterion)
			if code := from.list.Paragraphs[j].Code; !slices.Contains(out.Nearest, code) {
				out.Nearest = append(out.Nearest, code)
			}
		}
	}
	out.Grade = scope.Substantive
	if len(theirs) > 0 {
		out.Grade = s.Grade(x.c.Space.Constants(ours...), x.c.Space.Constants(theirs...))
	}
	return out, nil
}

// nearest is the paragraph of side from that answers to p of side to, or where it catches nothing, those that catch part of the same.
func (x *comparison) nearest(to, from *side, p int) []int {
	if near, known := to.near[p]; known {
		return near
	}
	var near []int
	if j := to.answers[p]; j >= 0 && from.scopes[j] != x.c.Space.Nothing() {
		near = []int{j}
	} else if to.list.Paragraphs[p].Leaf {
		near = x.covering(from, to.scopes[p].Intersect(from.whole), -1)
	}
	to.near[p] = near
	return near
}

// Name says in words what the items are.
func (s Shift) Name() string { return Region{Kinds: s.Kinds, For: s.For}.Name() }

// Code is the code that the paragraph has, and had where that is another: "3A001.b", "3A001.b, was 3A001.c".
func (c Change) Code() string {
	switch {
	case c.New == "" || c.New == c.Old:
		return c.Old
	case c.Old == "":
		return c.New
	}
	return strings.Join([]string{c.New, c.Old}, ", was ")
}
