package regime

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// ErrNoLicensing is the error where nothing is encoded of an authority's licensing.
var ErrNoLicensing = errors.New("no licensing rules")

// CompiledLicensing is the licensing rules of one authority as scopes over items and transfers, for one view.
type CompiledLicensing struct {
	*Licensing
	Of           []int // indices in Compiled.Lists of the lists that the rules name
	Requirements []CompiledRequirement
	Exceptions   []CompiledExemption

	// Elsewhere are the codes of the lists, as predicates "us-ccl:3A002", that rules name and the editions of the view do not
	// have. Of an item that a list knows they are false: what catches it there is encoded.
	Elsewhere []string
}

// CompiledClause is terms as scopes, apart so that each can be shown: Caught is what the paragraphs named catch, all
// items where none is; Terms is what is asked besides, conditions included.
type CompiledClause struct {
	*Clause
	Caught, Terms scope.Scope
}

// CompiledRequirement holds of Scope: what is in Caught, Terms and Goes, the destinations, alike.
type CompiledRequirement struct {
	*Requirement
	Caught, Terms, Goes scope.Scope
	Scope               scope.Scope
}

// CompiledExemption is a way to go without a licence: Terms and Goes hold, every paragraph that catches the item is
// freed by one of Frees, and none of Withholds and Unless holds.
type CompiledExemption struct {
	*Exemption
	Terms, Goes              scope.Scope
	Frees, Withholds, Unless []CompiledClause
}

// Licensing makes scopes of the licensing rules of an authority, once; all callers share them. A code that the view's
// edition of its list does not have is a predicate of its own, as for any reference. The error is [ErrNoLicensing], or
// a [scope.Errors]; of a view whose destination is open it is an error to ask.
func (c *Compiled) Licensing(authority string) (*CompiledLicensing, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l, ok := c.licensing[authority]; ok {
		return l.rules, l.err
	}
	l, err := c.compileLicensing(authority)
	if c.licensing == nil {
		c.licensing = map[string]compiledOnce{}
	}
	c.licensing[authority] = compiledOnce{l, err}
	return l, err
}

type compiledOnce struct {
	rules *CompiledLicensing
	err   error
}

func (c *Compiled) compileLicensing(authority string) (*CompiledLicensing, error) {
	if c.open {
		return nil, errors.New("licensing asks where an item goes; compile without AnyDestination")
	}
	l, err := c.Corpus.Licensing(authority)
	if err != nil {
		return nil, err
	}
	out := &CompiledLicensing{Licensing: l}
	for i := range c.Lists {
		if slices.Contains(l.Lists, c.Lists[i].Edition.List) {
			out.Of = append(out.Of, i)
		}
	}
	m := licenceMaker{Compiled: c, rules: l, of: out.Of}
	for i := range l.Requirements {
		x := &l.Requirements[i]
		r := CompiledRequirement{Requirement: x, Caught: m.caught(&x.Clause), Terms: m.terms(&x.Clause), Goes: m.to(x.Destinations)}
		r.Scope = r.Goes.Intersect(r.Terms).Intersect(r.Caught)
		out.Requirements = append(out.Requirements, r)
	}
	for i := range l.Exceptions {
		x := &l.Exceptions[i]
		out.Exceptions = append(out.Exceptions, CompiledExemption{x, m.terms(&x.Clause), m.to(x.Destinations),
			m.each(x.Frees), m.each(x.Withholds), m.each(x.Unless)})
	}
	if len(m.errs) > 0 {
		return nil, m.errs.Sorted()
	}
	l.clauses(func(_ string, clause *Clause) {
		references(l.Qualified(scope.All{held(clause.Criterion), scope.Reference{Codes: clause.Codes}}), func(x scope.Criterion) {
			ref, ok := x.(scope.Reference)
			for i := 0; ok && i < len(ref.Codes); i++ {
				out.Elsewhere = append(out.Elsewhere, m.missing(ref.Codes[i])...)
			}
		})
	})
	slices.Sort(out.Elsewhere)
	out.Elsewhere = slices.Compact(out.Elsewhere)
	return out, nil
}

// missing is the predicate that a code of the view's lists stands for where it is not encoded.
func (m *licenceMaker) missing(cr scope.CodeRange) (names []string) {
	e := m.View.Edition(cr.List)
	if e == nil {
		return nil
	}
	ts, err := m.Corpus.targets(e, nil, scope.CodeRange{List: cr.List, From: cr.From, To: cr.To})
	for _, t := range ts {
		if err == nil && t.opaque != "" {
			names = append(names, t.opaque)
		}
	}
	return names
}

type licenceMaker struct {
	*Compiled
	rules *Licensing
	of    []int
	errs  scope.Errors
}

func (m *licenceMaker) each(cs []Clause) []CompiledClause {
	out := make([]CompiledClause, len(cs))
	for i := range cs {
		out[i] = CompiledClause{&cs[i], m.caught(&cs[i]), m.terms(&cs[i])}
	}
	return out
}

func (m *licenceMaker) caught(c *Clause) scope.Scope {
	switch {
	case c.AnyCode:
		whole := make([]scope.Scope, len(m.of))
		for i, list := range m.of {
			whole[i] = m.Lists[list].Whole
		}
		return m.Space.Union(whole...)
	case len(c.Codes) > 0:
		return m.compile(m.rules.Qualified(scope.Reference{Codes: c.Codes, Pos: c.Pos}), c.Pos)
	}
	return m.Space.Everything()
}

func (m *licenceMaker) terms(c *Clause) scope.Scope {
	terms := scope.All{held(m.rules.Qualified(c.Criterion))}
	for _, id := range c.Conditions {
		terms = append(terms, scope.Opaque{Name: m.rules.Authority + ":" + id, Pos: c.Pos})
	}
	return m.compile(terms, c.Pos)
}

func (m *licenceMaker) to(d Destinations) scope.Scope {
	countries, all := m.rules.Countries(d)
	to := scope.Transfer{To: countries}
	switch {
	case all && len(countries) == 0:
		return m.Space.Everything()
	case all:
		return m.compile(scope.Not{C: to}, scope.Pos{})
	case len(countries) == 0:
		return m.Space.Nothing()
	}
	return m.compile(to, scope.Pos{})
}

func (m *licenceMaker) compile(criterion scope.Criterion, at scope.Pos) scope.Scope {
	criterion, err := m.Resolve(criterion)
	if err != nil {
		m.errs = append(m.errs, positioned(err, at)...)
		return m.Space.Nothing()
	}
	x, err := m.Space.Compile(criterion)
	m.errs = append(m.errs, positioned(err, at)...)
	if err != nil {
		return m.Space.Nothing()
	}
	return x
}

// Resolve is a criterion of licensing rules, see [Licensing.Qualified], with what its references mean in the editions of
// the view in their place; what the view does not have is a predicate of its own.
func (c *Compiled) Resolve(criterion scope.Criterion) (scope.Criterion, error) {
	var failed error
	out := replaced(criterion, func(x scope.Criterion) scope.Criterion {
		ref, ok := x.(scope.Reference)
		if !ok {
			return x
		}
		any := scope.Any{}
		for _, cr := range ref.Codes {
			one := scope.Reference{Codes: []scope.CodeRange{cr}, Meets: ref.Meets, Pos: ref.Pos}
			e := c.View.Edition(cr.List)
			if e == nil {
				any = append(any, scope.Opaque{Name: cr.String(), Pos: cr.Pos})
				continue
			}
			resolved, err := c.Corpus.Resolve(e, nil, one)
			if err != nil {
				failed = errors.Join(failed, err)
				continue
			}
			any = append(any, resolved)
		}
		return any
	})
	return out, failed
}

// Qualified is c with the list written to every code, so that one which is not encoded is opaque.
func (l *Licensing) Qualified(c scope.Criterion) scope.Criterion {
	if len(l.Lists) == 0 {
		return c
	}
	return replaced(c, func(c scope.Criterion) scope.Criterion {
		ref, ok := c.(scope.Reference)
		if !ok {
			return c
		}
		ref.Codes = slices.Clone(ref.Codes)
		for i := range ref.Codes {
			if ref.Codes[i].List == "" {
				ref.Codes[i].List = l.Lists[0]
			}
		}
		return ref
	})
}

// Names reports whether the clause names the paragraph of the list with this code, or one that holds it.
func (l *Licensing) Names(c *Clause, e *Edition, code string) bool {
	if c.AnyCode {
		return slices.Contains(l.Lists, e.List)
	}
	at := e.places[code]
	if at == nil {
		return false
	}
	for _, cr := range c.Codes {
		if cr.List == "" && e.List != l.Lists[0] || cr.List != "" && cr.List != e.List {
			continue
		}
		named, err := e.named(cr)
		if err != nil {
			continue
		}
		for _, x := range named {
			if x.element == nil && slices.Contains(at.chain, x.paragraph()) {
				return true
			}
		}
	}
	return false
}

// checkLicensing reports codes of l that the newest editions do not have.
func (c *Corpus) checkLicensing(l *Licensing) (errs scope.Errors) {
	for _, id := range l.Lists {
		if c.lists[id] == nil {
			errs = append(errs, errorf(l.Pos, "unknown-list", "licensing of %q names list %q, which is not there%s; mend it", l.Authority, id, suggest(id, c.Lists())))
		}
	}
	if len(l.Lists) == 0 || len(errs) > 0 {
		return errs
	}
	e, err := c.inForce(l.Lists[0], Date{})
	if err != nil || e == nil {
		return nil // reported with the list
	}
	l.clauses(func(rule string, clause *Clause) {
		check := scope.All{held(clause.Criterion)}
		if len(clause.Codes) > 0 {
			check = append(check, scope.Reference{Codes: clause.Codes, Pos: clause.Pos})
		}
		for _, bad := range c.checkTargets(e, nil, check) {
			bad.Msg = fmt.Sprintf("rule %q: %s", rule, bad.Msg)
			errs = append(errs, bad)
		}
	})
	return errs
}
