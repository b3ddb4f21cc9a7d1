package diff

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A GapKind is a way in which items that one list controls leave without control elsewhere.
type GapKind string

const (
	ScopeGap     GapKind = "scope-gap"     // the other list has no control that touches such items
	ThresholdGap GapKind = "threshold-gap" // it has one, and draws the line elsewhere
	ExclusionGap GapKind = "exclusion-gap" // its notes or definitions release them

	TechnologyGap GapKind = "technology-gap" // it catches the equipment, and not the technology or software for it, see [TechnologyGaps]
	LicenceGap    GapKind = "licence-gap"    // they are listed, and an exception or general authorisation frees the destination, see [LicenceGaps]
	RouteGap      GapKind = "route-gap"      // transfers that need no licence lead to where the direct one needs one, see [Routes]
	MembershipGap GapKind = "membership-gap" // a regime controls them, and a supplier takes no part in it, see [MembershipGaps]
	SunsetGap     GapKind = "sunset-gap"     // a control of them lapses or is due for review, and others stay, see [SunsetGaps]
	LagGap        GapKind = "lag-gap"        // it came to control them later, or has not yet, see [LagGaps]
)

// gapKinds is every kind, in the order of findings.
func gapKinds() []GapKind {
	return []GapKind{ScopeGap, ThresholdGap, ExclusionGap, TechnologyGap, LicenceGap, RouteGap, MembershipGap, SunsetGap, LagGap}
}

// A Finding is one loophole: items that a paragraph of one list catches and that leave without control some way, for the
// first three kinds because the whole of another list, which covers them, does not catch them.
type Finding struct {
	Kind       GapKind
	Grade      scope.Grade
	Controls   string              // the list that catches the items; empty where a route is blocked by no list
	Lacks      string              // the list that covers such items and does not; empty where the gap lies in no list
	Item       string              // the kind of the items, and what they are for
	Paragraphs map[string][]string // on both sides: what catches the items, and what comes nearest
	Witness    scope.Item
	Residue    []string // ids of residue that decides whether there is a gap at all; empty for a certain one
	Waiver     *Waiver  // that accepts the finding, or that the finding is about; else nil, see [Waive]

	Country           string           // membership-gap: the supplier
	Route             []Leg            // licence-gap: one leg; route-gap: the chain
	Direct            classify.Outcome // route-gap: of the transfer from where the chain begins to where it ends
	Expires, ReviewBy regime.Date      // sunset-gap: one of these, when the control of Lacks lapses or is due for review

	// Fingerprint names the finding across runs and machines, and across edits of other paragraphs: it is made of the
	// kind, the lists, the codes of the paragraphs, in whatever order these stand, and the countries.
	Fingerprint string

	Window *Window // of a lag-gap, when it was open; else nil

	region     *Region
	title      string   // of the paragraph that catches the items
	attributes []string // that the paragraphs on both sides speak of
}

// Conditions describes what lies between the lines, in one of the regions that give the finding: alternatives of
// conjunctions, see [Region.Conditions]. A finding that no region gives, such as a route, has none.
func (f Finding) Conditions(limit int) (alternatives [][]string, more bool) {
	if f.region == nil {
		return nil, false
	}
	return f.region.Conditions(limit)
}

// Loopholes reads the findings out of regions: for every list of a region's signature and every list that covers the
// items without controlling them, one finding for each paragraph that catches the witness. Regions that give the same
// finding are one: a certain one rather than one that residue decides, and of these the gravest. A paragraph that reaches
// into regions without catching any of their witnesses has no finding of its own; the regions show what it catches.
// Findings come in order of kind, lists and paragraph.
func Loopholes(c *regime.Compiled, regions []Region) ([]Finding, error) {
	l := finder{c: c, at: map[string]int{}, near: map[string][]int{}, among: map[string]scope.Scope{}, said: map[*regime.CompiledParagraph][]string{}, bare: map[string]scope.Scope{}}
	for _, r := range regions { // a copy, which findings keep
		for _, lacks := range r.Without {
			for _, controls := range r.Signature {
				if err := l.look(&r, controls, lacks); err != nil {
					return nil, err
				}
			}
		}
	}
	order := gapKinds()
	slices.SortStableFunc(l.found, func(x, y Finding) int {
		if x.Kind != y.Kind {
			return slices.Index(order, x.Kind) - slices.Index(order, y.Kind)
		}
		return strings.Compare(x.Controls+" "+x.Lacks+" "+x.Paragraphs[x.Controls][0], y.Controls+" "+y.Lacks+" "+y.Paragraphs[y.Controls][0])
	})
	return l.found, nil
}

// findings are findings of one kind, each fingerprint once.
type findings struct {
	all  []Finding
	seen map[string]bool
}

// add keeps f, under a fingerprint made of parts, unless one with that is there.
func (fs *findings) add(f Finding, parts ...string) {
	f.Fingerprint = fingerprint(append([]string{string(f.Kind), f.Controls, f.Lacks}, parts...)...)
	if fs.seen[f.Fingerprint] {
		return
	}
	if fs.seen == nil {
		fs.seen = map[string]bool{}
	}
	fs.seen[f.Fingerprint] = true
	f.Grade = scope.Substantive
	if f.Residue == nil {
		f.Residue = []string{}
	}
	fs.all = append(fs.all, f)
}

// sorted is the findings in order of lists, paragraphs and country.
func (fs *findings) sorted() []Finding {
	slices.SortStableFunc(fs.all, func(x, y Finding) int {
		return cmp.Or(strings.Compare(x.Controls, y.Controls), strings.Compare(x.Lacks, y.Lacks),
			slices.Compare(x.Paragraphs[x.Controls], y.Paragraphs[y.Controls]), slices.Compare(x.Paragraphs[x.Lacks], y.Paragraphs[y.Lacks]),
			strings.Compare(x.Country, y.Country))
	})
	return fs.all
}

type finder struct {
	c     *regime.Compiled
	found []Finding
	at    map[string]int   // fingerprint -> index in found
	near  map[string][]int // region, controlling paragraph, list -> nearest paragraphs
	among map[string]scope.Scope
	said  map[*regime.CompiledParagraph][]string
	bare  map[string]scope.Scope
}

func (l *finder) look(r *Region, controls, lacks string) error {
	a, b := find(l.c, controls), find(l.c, lacks)
	for _, code := range r.Paragraphs[controls] {
		i := slices.IndexFunc(a.Paragraphs, func(p regime.CompiledParagraph) bool { return p.Code == code })
		if i < 0 {
			continue
		}
		p := &a.Paragraphs[i]
		nearest := l.nearest(r, p, b)
		f := Finding{
			Kind: ScopeGap, Grade: scope.Substantive, Controls: controls, Lacks: lacks, Item: r.Name(), Witness: r.Witness,
			Residue: r.Residue, region: r, title: p.Title, Paragraphs: map[string][]string{controls: {code}, lacks: {}},
		}
		f.attributes = slices.Clone(l.attributes(p))
		var theirs []scope.Criterion
		for _, q := range nearest {
			f.Paragraphs[lacks] = append(f.Paragraphs[lacks], q.Code)
			theirs = append(theirs, q.Criterion)
			f.attributes = append(f.attributes, l.attributes(q)...)
			if f.Kind != ExclusionGap {
				f.Kind = ThresholdGap
			}
			released, err := l.releases(b, q, &r.Witness)
			if err != nil {
				return err
			}
			if released {
				f.Kind = ExclusionGap
			}
		}
		near := slices.Sorted(slices.Values(f.Paragraphs[lacks]))
		f.Fingerprint = fingerprint(string(f.Kind), controls, code, lacks, strings.Join(near, ","))
		at, seen := l.at[f.Fingerprint]
		if seen && gravity(&f) <= gravity(&l.found[at]) { // f is Substantive until it is weighed
			continue
		}
		if f.Kind == ThresholdGap {
			f.Grade = r.Scope.Grade(l.c.Space.Constants(p.Criterion), l.c.Space.Constants(theirs...))
		}
		if seen {
			if gravity(&f) > gravity(&l.found[at]) {
				l.found[at] = f
			}
			continue
		}
		l.at[f.Fingerprint] = len(l.found)
		l.found = append(l.found, f)
	}
	return nil
}

// gravity orders the regions of one finding: a certain gap before one that residue decides, then the graver.
func gravity(f *Finding) int {
	w := slices.Index([]scope.Grade{scope.NoDifference, scope.BoundaryOnly, scope.Nominal, scope.Substantive}, f.Grade)
	if len(f.Residue) == 0 {
		w += 10
	}
	return w
}

// nearest lists the most specific paragraphs of b, on things of the kinds of r, that speak of most of the attributes that p
// speaks of; of these, those that overlap p where any does. Where p speaks of no attribute, those that overlap it and do
// not either. Nothing is near where nothing is shared.
func (l *finder) nearest(r *Region, p *regime.CompiledParagraph, b *regime.CompiledList) []*regime.CompiledParagraph {
	at := strings.Join(r.Kinds, "+") + " " + strings.Join(r.For, "+")
	key := at + " " + p.Code + " " + b.Edition.List
	near, known := l.near[key]
	if !known {
		ours := p.Scope.Among(r.Kinds[0], r.For)
		said := l.attributes(p)
		best, overlap := 0, false
		for i := range b.Paragraphs {
			q := &b.Paragraphs[i]
			if !q.Leaf {
				continue
			}
			key := at + " " + b.Edition.List + " " + q.Code
			theirs, known := l.among[key]
			if !known {
				theirs = q.Scope.Among(r.Kinds[0], r.For)
				l.among[key] = theirs
			}
			if theirs == l.c.Space.Nothing() {
				continue
			}
			shared := 0
			other := l.attributes(q)
			for _, a := range other {
				if slices.Contains(said, a) {
					shared++
				}
			}
			if shared < best || shared == 0 && len(said)+len(other) > 0 {
				continue
			}
			meets := !ours.Disjoint(theirs)
			switch {
			case shared > best || meets && !overlap:
				best, overlap, near = shared, meets, []int{i}
			case meets == overlap && (meets || shared > 0):
				near = append(near, i)
			}
		}
		l.near[key] = near
	}
	out := make([]*regime.CompiledParagraph, len(near))
	for i, n := range near {
		out[i] = &b.Paragraphs[n]
	}
	return out
}

func (l *finder) attributes(p *regime.CompiledParagraph) []string {
	a, known := l.said[p]
	if !known {
		a = l.c.Space.Vocabulary().AttributesIn(p.Criterion)
		l.said[p] = a
	}
	return a
}

// releases reports whether q's own criterion, without its kinds and exceptions, holds of the item: then an exception
// is what lets it go.
func (l *finder) releases(b *regime.CompiledList, q *regime.CompiledParagraph, it *scope.Item) (bool, error) {
	key := b.Edition.List + " " + q.Code
	bare, known := l.bare[key]
	if !known {
		alone := scope.Reference{Codes: []scope.CodeRange{{From: q.Code}}, Meets: true}
		criterion, err := l.c.Corpus.Resolve(b.Edition, q.Paragraph, alone)
		if err != nil {
			return false, err
		}
		if bare, err = l.c.Space.Compile(criterion); err != nil {
			return false, err
		}
		l.bare[key] = bare
	}
	return bare.Evaluate(it) == scope.True, nil
}

// Message says the finding in a sentence.
func (f Finding) Message() string {
	if f.aboutWaiver() {
		return f.title
	}
	ours, theirs := f.Controls+" "+strings.Join(f.Paragraphs[f.Controls], ", "), f.Lacks+" "+strings.Join(f.Paragraphs[f.Lacks], ", ")
	switch f.Kind {
	case LagGap:
		return fmt.Sprintf("%s (%s): decided %s; in force for %s %s", ours, f.title, f.Window.Opens, f.Window.Follower, f.Window.Closes)
	case ScopeGap:
		return fmt.Sprintf("%s (%s) has no counterpart in %s", ours, f.title, f.Lacks)
	case TechnologyGap:
		return fmt.Sprintf("%s catches %s, and %s does not, though it catches the goods", ours, f.Item, theirs)
	case LicenceGap:
		return fmt.Sprintf("%s controls it, and it goes %s", ours, f.Route[0])
	case RouteGap:
		return f.routeMessage()
	case MembershipGap:
		return f.membershipMessage(ours)
	case SunsetGap:
		return f.sunsetMessage(ours, theirs)
	}
	between := f.between()
	if f.Kind == ExclusionGap {
		return fmt.Sprintf("%s catches what %s excepts: %s", ours, theirs, between)
	}
	return fmt.Sprintf("%s catches what %s leaves out: %s", ours, theirs, between)
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
