package classify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// steps collects the explanation of a licensing rule.
type steps struct {
	*determiner
	out  []Step
	open []scope.Scope // terms that are not decided
}

func (s *steps) add(c Condition, t scope.Truth) {
	s.out = append(s.out, Step{Condition: &c, Truth: t})
}

// rule explains a requirement.
func (x *determiner) rule(r *regime.CompiledRequirement, truth scope.Truth) RuleAnswer {
	s := steps{determiner: x}
	if r.AnyCode || len(r.Codes) > 0 {
		s.add(Condition{Role: RoleCondition, Text: codesText(&r.Clause), Pos: r.Clause.Pos}, r.Caught.Evaluate(x.it))
	}
	s.add(Condition{Role: RoleCondition, Text: destinationsText(r.Destinations), Pos: r.Clause.Pos}, r.Goes.Evaluate(x.it))
	s.terms("terms", &r.Clause, r.Terms)
	return RuleAnswer{ID: r.ID, Title: r.Title, Reason: r.Reason, Cite: r.Cite, Review: r.Review, Truth: truth, Steps: s.out, Pos: r.Clause.Pos}
}

func codesText(c *regime.Clause) string {
	if c.AnyCode {
		return "specified in the lists"
	}
	return scope.Phrase(scope.Reference{Codes: c.Codes})
}

func destinationsText(d regime.Destinations) string {
	text := "to any destination"
	if len(d.To) > 0 {
		text = "to " + strings.Join(d.To, ", ")
	} else if d.Column != "" {
		text = "to a destination with " + d.Column + " on the chart"
	}
	if len(d.NotTo) > 0 {
		text += " but " + strings.Join(d.NotTo, ", ")
	}
	return text
}

// terms explains what a rule asks besides codes and destinations, and answers whether it holds.
func (s *steps) terms(name string, clause *regime.Clause, compiled scope.Scope) scope.Truth {
	t := compiled.Evaluate(s.it)
	if clause.Criterion == nil && len(clause.Conditions) == 0 {
		return t
	}
	s.add(Condition{Role: RoleAll, Text: name, Pos: clause.Pos}, t)
	if t == scope.Undetermined {
		s.open = append(s.open, compiled)
	}
	p := s.plan(clause)
	vocabulary := s.c.Corpus.Vocabulary()
	for _, c := range p.lists[0].conditions {
		step := Step{Condition: c, Truth: p.scopes[c.slot].Evaluate(s.it)}
		if c.asks != "" {
			step.Value = vocabulary.Stated(s.it, c.asks)
		}
		s.out = append(s.out, step)
	}
	for _, id := range clause.Conditions {
		c := s.rules.Condition(id)
		s.add(Condition{Depth: 1, Role: RoleCondition, Code: s.rules.Authority + ":" + id, Text: c.Text, Note: c.Cite, Pos: c.Pos}, stated(s.it, s.rules.Authority+":"+id))
	}
	return t
}

// plan is the conditions of the clause's criterion.
func (s *steps) plan(clause *regime.Clause) *plan {
	if p, ok := s.plans.Load(clause); ok {
		return p.(*plan)
	}
	b := planner{c: s.c, slots: map[scope.Scope]int{}, plan: &plan{}}
	b.each(s.rules.Qualified(clause.Criterion), 1)
	b.lists = []listPlan{{conditions: b.out}}
	p, _ := s.plans.LoadOrStore(clause, b.plan)
	return p.(*plan)
}

// stated is what the item says of a predicate.
func stated(it *scope.Item, name string) scope.Truth {
	v, ok := it.Attributes[name]
	switch {
	case !ok:
		return scope.Undetermined
	case v.Bool:
		return scope.True
	}
	return scope.False
}

// clause explains one clause, and answers whether it holds.
func (s *steps) clause(text string, c *regime.CompiledClause) scope.Truth {
	caught := c.Caught.Evaluate(s.it)
	from, open := len(s.out), len(s.open)
	s.add(Condition{Role: RoleAny, Text: text, Note: c.Cite, Pos: c.Pos}, scope.Undetermined)
	if c.AnyCode || len(c.Codes) > 0 {
		s.add(Condition{Depth: 1, Role: RoleCondition, Text: codesText(c.Clause), Pos: c.Pos}, caught)
		if caught == scope.Undetermined {
			s.open = append(s.open, c.Caught)
		}
	}
	terms := len(s.out)
	t := conjunction(caught, s.terms("on terms", c.Clause, c.Terms))
	for i := terms; i < len(s.out); i++ {
		deeper := *s.out[i].Condition
		deeper.Depth++
		s.out[i].Condition = &deeper
	}
	if t == scope.False && caught == scope.False { // of what it does not concern, nothing more need be said
		s.out, s.open = s.out[:from], s.open[:open]
		return t
	}
	s.out[from].Truth = t
	return t
}

// frees answers whether every paragraph that catches the item is freed by a row of e.
func (s *steps) frees(e *regime.CompiledExemption) scope.Truth {
	rows := make([]scope.Truth, len(e.Frees))
	asked := make([]bool, len(e.Frees))
	var all []scope.Truth
	for _, i := range s.rules.Of {
		l := &s.c.Lists[i]
		for j := range l.Paragraphs {
			p := &l.Paragraphs[j]
			if !p.Leaf && len(p.Therefor) == 0 || !p.Scope.Concerns(s.it) {
				continue
			}
			caught := s.own(l, j).Evaluate(s.it)
			if caught == scope.False {
				continue
			}
			freed := scope.False
			for k := range e.Frees {
				if !s.rules.Names(e.Frees[k].Clause, l.Edition, p.Code) {
					continue
				}
				if !asked[k] {
					rows[k], asked[k] = e.Frees[k].Terms.Evaluate(s.it), true
					s.terms("for "+codesText(e.Frees[k].Clause), e.Frees[k].Clause, e.Frees[k].Terms)
				}
				freed = disjunction(freed, rows[k])
			}
			answer := disjunction(not(caught), freed)
			s.add(Condition{Role: RoleCondition, Code: p.Code, Text: fmt.Sprintf("%s is freed", p.Code), Pos: e.Pos}, answer)
			all = append(all, answer)
		}
	}
	return conjunction(all...)
}

// own is what a paragraph catches by itself: of one that has paragraphs, by its branches.
func (s *steps) own(l *regime.CompiledList, i int) scope.Scope {
	p := &l.Paragraphs[i]
	if p.Leaf {
		return p.Scope
	}
	if x, ok := s.owns.Load(p); ok {
		return x.(scope.Scope)
	}
	var below []scope.Scope
	for j := i + 1; j < len(l.Paragraphs) && l.Paragraphs[j].Parent >= i; j++ {
		if l.Paragraphs[j].Parent == i {
			below = append(below, l.Paragraphs[j].Scope)
		}
	}
	x := p.Scope.Minus(s.c.Space.Union(below...))
	s.owns.Store(p, x)
	return x
}

// openFacts names what is not stated and bears on terms that are not decided.
func (s *steps) openFacts() []string {
	out := []string{}
	for _, x := range s.open {
		for _, set := range x.Missing(s.it) {
			out = append(out, set...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
