package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// maker makes the criterion of one node from those of others, which visit gives; through says that the
// way to it leads to another item, a target or a part. A dry run only visits.
type maker struct {
	*resolver
	node  *node
	visit func(k key, through bool) *value
	dry   bool
}

func (r *resolver) make(m *maker) *value {
	k := m.node.key
	at := k.edition.places[k.paragraph.Code]
	var c scope.Criterion
	switch k.kind {
	case own:
		return &value{stated: m.stated(at)}
	case body:
		c = m.body()
	case core:
		all := scope.All{}
		for _, a := range at.chain[:len(at.chain)-1] {
			all = append(all, m.of(own, a).stated.passes)
		}
		c = append(all, m.visit(key{kind: body, edition: k.edition, paragraph: k.paragraph, less: k.less, bare: k.bare}, false).ref)
	case branches:
		c = m.branches(at)
	case whole:
		c = m.whole()
	case element:
		c = scope.All{m.of(whole, k.paragraph).ref, m.resolved(k.element.Criterion, k.paragraph, false)}
	case meets:
		c = m.alone(at)
	case elsewhere:
		any := scope.Any{}
		for _, t := range k.edition.clean(k.paragraph) {
			x := t.key(false)
			x.bare = k.bare
			any = append(any, m.visit(x, false).ref)
		}
		c = any
	}
	return &value{ref: &scope.Ref{C: c}}
}

// of is a form of another paragraph of the same edition.
func (m *maker) of(f form, p *Paragraph) *value {
	return m.visit(key{kind: f, edition: m.node.edition, paragraph: p, bare: m.node.bare}, false)
}

// stated reads what the paragraph states itself. Residue narrows all of it and widens all but its kinds; where
// residue is all that there is, it is the condition.
func (m *maker) stated(at *place) *stated {
	p, e := at.paragraph(), m.node.edition
	if p.nothing() {
		return &stated{rest: scope.Any{}, passes: &scope.Ref{C: scope.Any{}}}
	}
	s := &stated{}
	for _, c := range conjuncts(p.Own) {
		switch kind, ok := c.(scope.OfKind); {
		case ok:
			s.kinds = joined(s.kinds, kind)
		case ofTransfer(c):
			if !m.node.bare {
				s.transfers = append(s.transfers, c)
			}
		default:
			s.rest = joined(s.rest, m.resolved(c, p, false))
		}
	}
	var narrows, widens, all scope.Any
	for _, r := range p.Residue {
		switch all = append(all, r.criterion()); r.Effect {
		case scope.Narrows:
			narrows = append(narrows, r.criterion())
			s.narrows = joined(s.narrows, r.criterion())
		case scope.Widens:
			widens = append(widens, r.criterion())
		}
	}
	switch only := p.Own == nil && len(p.Paragraphs) == 0 && len(all) > 0; {
	case only && len(narrows) == 0:
		s.rest = all
	case len(widens) > 0 && !only:
		s.widens = widens
	case p.Own == nil && len(p.Paragraphs) == 0 && len(all) == 0:
		s.rest = scope.Any{} // only branches
	}
	for _, x := range p.Except {
		s.except = append(s.except, m.resolved(x.Criterion, p, false))
	}
	for _, g := range e.General {
		if g.appliesTo(p.Code) && (at.parent() == nil || !g.appliesTo(at.parent().Code)) {
			for _, x := range g.Except {
				s.except = append(s.except, m.resolved(x.Criterion, nil, false))
			}
		}
	}
	for _, b := range p.Therefor {
		s.branches = append(s.branches, scope.All{m.resolved(b.Criterion, p, false)})
	}
	s.passes = &scope.Ref{C: s.with(s.rest)}
	return s
}

// ofTransfer reports whether c speaks of the transfer alone.
func ofTransfer(c scope.Criterion) bool {
	var parts []scope.Criterion
	switch c := c.(type) {
	case scope.Transfer:
		return true
	case scope.Not:
		return ofTransfer(c.C)
	case scope.All:
		parts = c
	case scope.Any:
		parts = c
	}
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(x scope.Criterion) bool { return !ofTransfer(x) })
}

func (g GeneralNote) appliesTo(code string) bool {
	for _, x := range g.AppliesTo {
		if isUnder(code, x) {
			return true
		}
	}
	return false
}

// with is what s states, with rest in the place of its own, less its exceptions.
func (s *stated) with(rest scope.Criterion) scope.Criterion {
	if s.widens != nil {
		rest = scope.Any{held(rest), s.widens}
	}
	c := joined(s.narrows, s.kinds, rest)
	for _, t := range s.transfers {
		c = joined(c, t)
	}
	if len(s.except) > 0 {
		c = joined(c, scope.Not{C: s.except})
	}
	return held(c)
}

// body is what the paragraph states and any of its paragraphs.
func (m *maker) body() scope.Criterion {
	p := m.node.paragraph
	s := m.of(own, p).stated
	if len(p.Paragraphs) == 0 || p.nothing() {
		return s.passes
	}
	any := scope.Any{}
	for _, q := range p.Paragraphs {
		if q != m.node.less {
			any = append(any, m.of(body, q).ref)
		}
	}
	return s.with(joined(s.rest, any))
}

// branches is the paragraph's therefor branches: they escape all that it and its ancestors state but
// exceptions and conditions of the transfer.
func (m *maker) branches(at *place) scope.Criterion {
	p := at.paragraph()
	if len(p.Therefor) == 0 {
		return scope.Any{}
	}
	var bounds scope.All
	for _, a := range at.chain {
		s := m.of(own, a).stated
		for _, t := range s.transfers {
			bounds = append(bounds, t)
		}
		if len(s.except) > 0 {
			bounds = append(bounds, scope.Not{C: s.except})
		}
	}
	criteria := m.of(own, p).stated.branches
	any := scope.Any{}
	for i, b := range p.Therefor {
		var all scope.All
		if !m.dry {
			all = append(all, criteria[i]...)
		}
		if len(b.As) > 0 {
			target := m.visit(key{kind: core, edition: m.node.edition, paragraph: p, less: m.node.less, bare: true}, false).ref
			all = append(all, scope.For{Functions: b.As, Target: target, Pos: b.Pos})
		}
		any = append(any, append(all, bounds...))
	}
	return any
}

// whole is all that the paragraph catches: its core, and every branch of it and of what is below.
func (m *maker) whole() scope.Criterion {
	k := m.node.key
	any := scope.Any{m.visit(key{kind: core, edition: k.edition, paragraph: k.paragraph, less: k.less, bare: k.bare}, false).ref}
	if k.paragraph.nothing() {
		return any
	}
	var descend func(p, less *Paragraph)
	descend = func(p, less *Paragraph) {
		if len(p.Therefor) > 0 {
			any = append(any, m.visit(key{kind: branches, edition: k.edition, paragraph: p, less: less, bare: k.bare}, false).ref)
		}
		for _, q := range p.Paragraphs {
			if q != less {
				descend(q, nil)
			}
		}
	}
	descend(k.paragraph, k.less)
	return any
}

// alone is the criterion of the paragraph or element by itself: what it and its paragraphs state, and what its
// ancestors require of attributes, without kinds, exceptions and branches.
func (m *maker) alone(at *place) scope.Criterion {
	k := m.node.key
	if k.element != nil {
		return m.resolved(kindless(k.element.Criterion), k.paragraph, false)
	}
	all := scope.All{}
	for _, a := range at.chain[:len(at.chain)-1] {
		for _, c := range conjuncts(a.Own) {
			if w, ok := c.(scope.When); ok {
				all = append(all, w)
			}
		}
	}
	var stated func(p *Paragraph) scope.Criterion
	stated = func(p *Paragraph) scope.Criterion {
		if p.nothing() {
			return scope.Any{}
		}
		c := scope.All{withResidue(m.resolved(kindless(p.Own), p, false), p.Residue)}
		any := scope.Any{}
		for _, q := range p.Paragraphs {
			if q != k.less {
				any = append(any, stated(q))
			}
		}
		if len(p.Paragraphs) > 0 {
			c = append(c, any)
		}
		return c
	}
	return append(all, stated(k.paragraph))
}

// kindless is c without its conditions on the kind of the item; parts and targets keep theirs.
func kindless(c scope.Criterion) scope.Criterion {
	switch c := c.(type) {
	case scope.OfKind:
		return scope.All{}
	case scope.All:
		out := scope.All{}
		for _, x := range c {
			out = append(out, kindless(x))
		}
		return out
	case scope.Any:
		out := scope.Any{}
		for _, x := range c {
			out = append(out, kindless(x))
		}
		return out
	case scope.Not:
		if _, ok := c.C.(scope.OfKind); ok {
			return scope.All{}
		}
		return scope.Not{C: kindless(c.C)}
	}
	return c
}

// resolved is c, which stands in paragraph from, with what its references mean in their place.
func (m *maker) resolved(c scope.Criterion, from *Paragraph, through bool) scope.Criterion {
	switch c := c.(type) {
	case scope.All:
		out := make(scope.All, len(c))
		for i, x := range c {
			out[i] = m.resolved(x, from, through)
		}
		return out
	case scope.Any:
		out := make(scope.Any, len(c))
		for i, x := range c {
			out[i] = m.resolved(x, from, through)
		}
		return out
	case scope.Not:
		return scope.Not{C: m.resolved(c.C, from, through)}
	case scope.Parts:
		c.Where = m.resolved(c.Where, from, true)
		return c
	case scope.For:
		c.Target = m.resolved(c.Target, from, true)
		return c
	case scope.Elsewhere:
		if from == nil {
			return c
		}
		return scope.Not{C: m.visit(key{kind: elsewhere, edition: m.node.edition, paragraph: from, bare: through || m.node.bare}, through).ref}
	case scope.Reference:
		return m.reference(c, from, through)
	}
	return c
}

func (m *maker) reference(c scope.Reference, from *Paragraph, through bool) scope.Criterion {
	any := scope.Any{}
	for _, cr := range c.Codes {
		ts, err := m.corpus.targets(m.node.edition, from, cr)
		if err != nil && m.dry {
			m.errs[m.node.edition] = append(m.errs[m.node.edition], err)
		}
		for _, t := range ts {
			if t.opaque != "" {
				any = append(any, scope.Opaque{Name: t.opaque, Pos: cr.Pos})
				continue
			}
			m.trail = append(m.trail, step{t.code(), cr.Pos, m.node.edition})
			k := t.key(c.Meets)
			k.bare = through || m.node.bare
			any = append(any, m.visit(k, through).ref)
			m.trail = m.trail[:len(m.trail)-1]
		}
	}
	return any
}
