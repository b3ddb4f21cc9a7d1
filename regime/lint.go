package regime

import (
	"fmt"

	"github.com/openconcord/concord/regime/scope"
)

// unsatisfiable reports conditions that leave no item which also satisfies the conditions before them and
// those of the ancestors. Exceptions and what other paragraphs catch play no part: [Corpus.Lint] counts them in.
func (e *Edition) unsatisfiable(v *scope.Vocabulary) (errs scope.Errors) {
	s := scope.NewSpace(v)
	var descend func(ps []*Paragraph, above scope.Scope)
	descend = func(ps []*Paragraph, above scope.Scope) {
		for _, p := range ps {
			here, empty := above, false
			for _, c := range conjuncts(p.Own) {
				x, err := s.Compile(free(c))
				if err != nil {
					return // reported before
				}
				if here = here.Intersect(x); here.Empty() {
					pos, what := at(c)
					if pos == (scope.Pos{}) {
						pos = p.Pos
					}
					errs = append(errs, errorf(pos, "unsatisfiable", "paragraph %q: no item satisfies %s besides what it and its ancestors state before; mend one of them", p.Code, what))
					empty = true
					break
				}
			}
			if !empty {
				descend(p.Paragraphs, here)
			}
		}
	}
	descend(e.Entries, s.Everything())
	descend(e.changes, s.Everything())
	return errs
}

// at is where c stands and how a message calls it.
func at(c scope.Criterion) (scope.Pos, string) {
	switch c := c.(type) {
	case scope.When:
		return c.Pos, fmt.Sprintf("%q %q", c.Attribute, c.Constraint)
	case scope.OfKind:
		return c.Pos, fmt.Sprintf("kind %q", c.Kinds)
	case scope.Parts:
		return c.Pos, fmt.Sprintf("`%s` of %q", c.Quantifier, c.Of)
	case scope.For:
		return c.Pos, "`for`"
	case scope.Not:
		pos, what := at(c.C)
		return pos, "what excludes " + what
	case scope.Any:
		for _, x := range c {
			if pos, what := at(x); pos != (scope.Pos{}) {
				return pos, "any of " + what + " and others"
			}
		}
	case scope.All:
		for _, x := range c {
			if pos, what := at(x); pos != (scope.Pos{}) {
				return pos, what
			}
		}
	}
	return scope.Pos{}, "a condition"
}

// free is c with every reference satisfiable at will.
func free(c scope.Criterion) scope.Criterion {
	return replaced(c, func(c scope.Criterion) scope.Criterion {
		switch c := c.(type) {
		case scope.Reference:
			return scope.Residue{ID: fmt.Sprint("reference ", c.Codes)}
		case scope.Elsewhere:
			return scope.Residue{ID: "elsewhere"}
		}
		return c
	})
}

// Lint reports what is wrong although each file can be read: paragraphs without a note that catch nothing once their
// exceptions and references count, codes that an edition says it covers and does not have, lists that no authority
// issues. It compiles every meaning of every edition of the lists given, or of all, which takes seconds.
func (c *Corpus) Lint(lists ...string) scope.Errors {
	if len(lists) == 0 {
		lists = c.Lists()
	}
	var errs scope.Errors
	for _, id := range lists {
		if _, ok := c.AuthorityOf(id); !ok && len(c.authorities) > 0 && len(c.lists[id]) > 0 {
			errs = append(errs, errorf(scope.Pos{File: "authorities"}, "no-authority", "no authority issues list %q; name it in the `lists` of one", id))
		}
		for _, d := range c.Editions(id) {
			e, err := c.Edition(id, d)
			if err != nil {
				errs = append(errs, asErrors(err)...)
				continue
			}
			errs = append(errs, c.lint(e)...)
		}
	}
	return errs.Sorted()
}

func (c *Corpus) lint(e *Edition) (errs scope.Errors) {
	for _, code := range e.Covers.Codes {
		if at, _ := e.named(scope.CodeRange{From: code}); len(at) == 0 {
			errs = append(errs, errorf(e.Pos, "covers", "edition %v of %q covers code %q, which it does not have%s; encode it or leave it out", e.Date(), e.List, code, e.suggest(code)))
		}
	}
	meanings, err := c.Criteria(e)
	if err != nil {
		return append(errs, asErrors(err)...)
	}
	s := scope.NewSpace(c.vocabulary)
	for _, m := range meanings {
		if m.Paragraph.nothing() || len(m.Paragraph.Paragraphs) > 0 || m.Paragraph.Note != "" {
			continue
		}
		x, err := s.Compile(m.Criterion)
		if err != nil {
			errs = append(errs, asErrors(err)...)
		} else if x.Empty() {
			errs = append(errs, errorf(m.Paragraph.Pos, "unsatisfiable", "paragraph %q of edition %v catches nothing once its exceptions and references count; mend it, or say in `note` why that is so",
				m.Paragraph.Code, e.Date()))
		}
	}
	return errs
}
