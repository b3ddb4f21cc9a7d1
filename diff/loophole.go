package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A GapKind is a way in which items that one list controls leave without control elsewhere.
type GapKind string

const (
	ScopeGap     GapKind = "scope-gap"     // the other list has no control that touches the items
	ThresholdGap GapKind = "threshold-gap" // it has one, and draws the line elsewhere
	ExclusionGap GapKind = "exclusion-gap" // its notes or definitions release them
)

// A Finding is one loophole: what a paragraph of one list catches and the whole of another list does not.
type Finding struct {
	Kind       GapKind
	Grade      scope.Grade
	Controls   string              // the list that catches the items
	Lacks      string              // the list that covers such items and does not
	ItemKinds  []string            // most specific kinds of the witness
	Paragraphs map[string][]string // on both sides: what catches the items, and what comes nearest
	Conditions [][]string          // what lies between the lines, alternatives of conjunctions
	More       bool                // there are further alternatives
	Witness    scope.Item
	Residue    []string // ids of residue that decides whether there is a gap at all; empty for a certain one

	// Fingerprint names the finding across runs and machines, and across edits elsewhere: it is made of the kind, the
	// lists and the paragraphs.
	Fingerprint string
	Message     string
}

// Loopholes finds, for every ordered pair of lists, the paragraphs of the one that catch items which the other covers
// and does not control. Of a paragraph and those below it the most specific are reported, joined in their parent where
// all of them are gaps of scope. Findings come in order of kind, lists and paragraph.
func Loopholes(c *regime.Compiled) ([]Finding, error) {
	var out []Finding
	for a := range c.Lists {
		for b := range c.Lists {
			if a == b {
				continue
			}
			p := pair{c: c, a: &c.Lists[a], b: &c.Lists[b]}
			found, err := p.findings()
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	order := []GapKind{ScopeGap, ThresholdGap, ExclusionGap}
	sort.SliceStable(out, func(i, j int) bool {
		x, y := &out[i], &out[j]
		if x.Kind != y.Kind {
			return slices.Index(order, x.Kind) < slices.Index(order, y.Kind)
		}
		if x.Controls != y.Controls {
			return x.Controls < y.Controls
		}
		return x.Lacks < y.Lacks
	})
	return out, nil
}

// pair compares what list a catches with list b.
type pair struct {
	c    *regime.Compiled
	a, b *regime.CompiledList
}

func (p *pair) findings() ([]Finding, error) {
	gaps := make([]scope.Scope, len(p.a.Paragraphs))
	found := make([]*Finding, len(p.a.Paragraphs))
	for i := range p.a.Paragraphs {
		x := &p.a.Paragraphs[i]
		gaps[i] = x.Scope.Intersect(p.b.Covered).Minus(p.b.Whole)
		if gaps[i].Empty() {
			continue
		}
		f, err := p.finding(i, gaps[i])
		if err != nil {
			return nil, err
		}
		found[i] = f
	}
	p.fold(found)
	var out []Finding
	for _, f := range found {
		if f != nil {
			out = append(out, *f)
		}
	}
	return out, nil
}

// fold keeps a parent where all its children are gaps of scope and the parent is one, else its children where they have
// findings of their own.
func (p *pair) fold(found []*Finding) {
	children := make([][]int, len(found))
	for i := range p.a.Paragraphs {
		if at := p.a.Paragraphs[i].Parent; at >= 0 {
			children[at] = append(children[at], i)
		}
	}
	for i := range found {
		if found[i] == nil || len(children[i]) == 0 {
			continue
		}
		whole := found[i].Kind == ScopeGap && len(found[i].Residue) == 0
		any := false
		for _, k := range children[i] {
			whole = whole && (found[k] != nil && found[k].Kind == ScopeGap || p.a.Paragraphs[k].Scope.Empty())
			any = any || found[k] != nil
		}
		switch {
		case whole:
			p.drop(found, children, i)
		case any:
			found[i] = nil
		}
	}
}

func (p *pair) drop(found []*Finding, children [][]int, i int) {
	for _, k := range children[i] {
		found[k] = nil
		p.drop(found, children, k)
	}
}

// finding describes the gap that paragraph i of a leaves in b; nil where b's coverage does not reach it.
func (p *pair) finding(i int, gap scope.Scope) (*Finding, error) {
	x := &p.a.Paragraphs[i]
	w, ok := gap.Witness()
	if !ok {
		return nil, nil
	}
	if !p.b.Edition.Covers.Knows(p.c.Space.Vocabulary(), &w) {
		return nil, nil // it is for things that b does not cover
	}
	f := &Finding{
		Kind: ScopeGap, Controls: p.a.Edition.List, Lacks: p.b.Edition.List, ItemKinds: w.Kinds, Witness: w,
		Residue: []string{}, Paragraphs: map[string][]string{p.a.Edition.List: {x.Code}, p.b.Edition.List: {}},
	}
	if !gap.CertainlyInhabited() {
		f.Residue = gap.Residues()
	}
	inA, inB := x.Scope.Evaluate(&w), p.b.Whole.Evaluate(&w)
	if len(f.Residue) == 0 && (inA != scope.True || inB != scope.False) {
		return nil, fmt.Errorf("witness of the gap between %s %s and %s is %v and %v", f.Controls, x.Code, f.Lacks, inA, inB)
	}
	near := p.nearest(x, &w)
	var constants []scope.Criterion
	for _, n := range near {
		f.Paragraphs[f.Lacks] = append(f.Paragraphs[f.Lacks], n.Code)
		constants = append(constants, n.Criterion)
		f.Kind = ThresholdGap
	}
	for _, n := range near {
		bare, err := p.c.Corpus.Resolve(p.b.Edition, n.Paragraph, scope.Reference{Codes: []scope.CodeRange{{From: n.Code}}, Meets: true})
		if err != nil {
			return nil, err
		}
		s, err := p.c.Space.Compile(bare)
		if err != nil {
			return nil, err
		}
		if s.Evaluate(&w) == scope.True {
			f.Kind = ExclusionGap
		}
	}
	f.Grade = gap.Grade(p.c.Space.Constants(x.Criterion), p.c.Space.Constants(constants...))
	f.Conditions, f.More = gap.Conditions(3)
	f.Fingerprint = fingerprint(string(f.Kind), f.Controls, x.Code, f.Lacks, strings.Join(f.Paragraphs[f.Lacks], ","))
	f.Message = p.message(f, x)
	return f, nil
}

// nearest lists the most specific paragraphs of b whose items overlap those of x, if the witness is of their kind.
func (p *pair) nearest(x *regime.CompiledParagraph, w *scope.Item) []*regime.CompiledParagraph {
	var out []*regime.CompiledParagraph
	at, err := x.Scope.OfKinds(w.Kinds...)
	if err != nil {
		return nil
	}
	for i := range p.b.Paragraphs {
		y := &p.b.Paragraphs[i]
		if y.Leaf && !at.Disjoint(y.Scope) {
			out = append(out, y)
		}
	}
	return out
}

func (p *pair) message(f *Finding, x *regime.CompiledParagraph) string {
	var alternatives []string
	for _, c := range f.Conditions {
		alternatives = append(alternatives, strings.Join(c, "; "))
	}
	between := strings.Join(alternatives, " | ")
	switch f.Kind {
	case ScopeGap:
		return fmt.Sprintf("%s %s (%s) has no counterpart in %s", f.Controls, x.Code, x.Title, f.Lacks)
	case ExclusionGap:
		return fmt.Sprintf("%s %s catches what an exception to %s %s releases: %s", f.Controls, x.Code, f.Lacks, strings.Join(f.Paragraphs[f.Lacks], ", "), between)
	}
	return fmt.Sprintf("%s %s catches what %s %s leaves out: %s", f.Controls, x.Code, f.Lacks, strings.Join(f.Paragraphs[f.Lacks], ", "), between)
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
