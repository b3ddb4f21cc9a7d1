package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// Revised is e with each of the paragraphs in the place of the one with its code and all below it, or, where there is
// none, as a new entry: a hypothetical edition of the same date. To edit a paragraph, copy the one that [Edition.Paragraph] gives,
// change the copy, and keep its code. The error is a [scope.Errors] of codes that stand twice or are those of conditions.
func (e *Edition) Revised(paragraphs ...*Paragraph) (*Edition, error) {
	changes := *e
	changes.Base, changes.Hypothetical, changes.changes, changes.removed = e.Date(), true, paragraphs, nil
	return changes.On(e)
}

// Revise is what another edition of list i of c catches, such as one that [Edition.Revised] made, in the Space of c and on the
// items that c was compiled for. Entries that it shares with the compiled edition are compiled again only where they refer,
// however indirectly, to one that it does not share; so it costs a small part of compiling the list. The error is a [scope.Errors]
// of references and criteria that cannot be resolved.
func (c *Compiled) Revise(i int, e *Edition) (scope.Scope, error) {
	l := &c.Lists[i]
	was := map[*Paragraph]scope.Scope{}
	for j := range l.Paragraphs {
		if p := &l.Paragraphs[j]; p.Parent < 0 {
			was[p.Paragraph] = p.Scope
		}
	}
	touched, errs := c.Corpus.touched(l.Edition, e)
	if len(errs) > 0 {
		return scope.Scope{}, errs.Sorted()
	}
	o := Options{AnyDestination: c.open, Kinds: l.asked}
	r := newResolver(c.Corpus)
	var entries []scope.Scope
	for _, p := range e.Entries {
		switch {
		case !touched[p]:
			entries = append(entries, was[p])
			continue
		case o.leaveOut(c.Corpus.vocabulary, p):
			continue
		}
		criterion := r.meaning(target{edition: e, place: e.places[p.Code]})
		if bad := r.errs[e]; len(bad) > 0 {
			return scope.Scope{}, bad.Sorted()
		}
		s, err := c.Space.Compile(criterion)
		if err != nil {
			return scope.Scope{}, positioned(err, p.Pos).Sorted()
		}
		if c.open {
			s = s.SomeDestination()
		}
		entries = append(entries, s)
	}
	return c.Space.Union(entries...), nil
}

// touched is the entries of e that old does not share, and those that refer to them.
func (c *Corpus) touched(old, e *Edition) (map[*Paragraph]bool, scope.Errors) {
	var errs scope.Errors
	touched := map[*Paragraph]bool{}
	kept := 0
	for _, p := range e.Entries {
		if slices.Contains(old.Entries, p) {
			kept++
			continue
		}
		touched[p] = true
	}
	sameNotes := slices.EqualFunc(old.General, e.General, func(x, y GeneralNote) bool { return x.ID == y.ID && x.Pos == y.Pos })
	if !sameNotes || kept+len(touched) < len(old.Entries) { // a note may speak of any, and any may refer to what is gone
		for _, p := range e.Entries {
			touched[p] = true
		}
		return touched, nil
	}
	refers := map[*Paragraph][]*Paragraph{}
	for _, entry := range e.Entries {
		walk([]*Paragraph{entry}, func(p *Paragraph) bool {
			cs := scope.All{p.Own, anyOf(p.Except)}
			for _, b := range p.Therefor {
				cs = append(cs, b.Criterion)
			}
			for _, g := range e.General {
				if g.appliesTo(p.Code) {
					cs = append(cs, anyOf(g.Except))
				}
			}
			references(cs, func(x scope.Criterion) {
				ref, ok := x.(scope.Reference)
				if !ok { // elsewhere
					refers[entry] = append(refers[entry], e.Entries...)
					return
				}
				for _, cr := range ref.Codes {
					ts, err := c.targets(e, p, cr)
					if err != nil {
						errs = append(errs, err)
					}
					for _, t := range ts {
						if t.edition == e {
							refers[entry] = append(refers[entry], t.place.chain[0])
						}
					}
				}
			})
			return true
		})
	}
	for again := true; again; {
		again = false
		for _, p := range e.Entries {
			if !touched[p] && slices.ContainsFunc(refers[p], func(q *Paragraph) bool { return touched[q] }) {
				touched[p], again = true, true
			}
		}
	}
	return touched, errs
}
