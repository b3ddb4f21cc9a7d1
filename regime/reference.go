package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// target is what a reference leads to: a paragraph, or an element of one, of an edition; less a child
// where the reference stands in that child; or, where nothing is encoded, an opaque name.
type target struct {
	edition *Edition
	place   *place
	less    *Paragraph
	opaque  string
}

// targets finds what cr means where it stands in paragraph from of e (nil in a general note). A code of another
// list, or of this one written with its id, may be missing: it is opaque then.
func (c *Corpus) targets(e *Edition, from *Paragraph, cr scope.CodeRange) ([]target, *scope.Error) {
	in := e
	if cr.List != "" && cr.List != e.List {
		in, from = nil, nil
		if c.lists[cr.List] != nil {
			in, _ = c.inForce(cr.List, e.Date()) // a faulty edition is reported where it is asked for
		}
	}
	var found []target
	if in != nil {
		ps, err := in.named(cr)
		if err != nil {
			return nil, err
		}
		for _, at := range ps {
			if t, ok := in.seen(at, from, cr.From); ok {
				found = append(found, t)
			}
		}
		if len(ps) > 0 {
			return found, nil
		}
	}
	if cr.List == "" {
		return nil, errorf(cr.Pos, "unknown-code", "code %q is not encoded in list %q%s; mend it, encode it, or write %q to leave it opaque",
			missingOf(in, cr), e.List, in.suggest(missingOf(in, cr)), e.List+":"+missingOf(in, cr))
	}
	name := cr.List + ":" + cr.From
	if cr.To != "" {
		name += " to " + cr.To
	}
	return []target{{opaque: name}}, nil
}

// missingOf is the end of a range that is not there.
func missingOf(e *Edition, cr scope.CodeRange) string {
	if cr.To != "" && e.places[cr.From] != nil {
		return cr.To
	}
	return cr.From
}

// seen is at as a paragraph that cites it means it: what holds the citing paragraph is meant without the branch
// that cites. A group that holds it, false here, leaves it out.
func (e *Edition) seen(at *place, from *Paragraph, name string) (target, bool) {
	t := target{edition: e, place: at}
	if from == nil || at.element != nil {
		return t, true
	}
	chain := e.places[from.Code].chain
	i := slices.Index(chain, at.paragraph())
	switch {
	case i < 0:
	case i < len(chain)-1:
		t.less = chain[i+1]
	case name != from.Code: // the citing paragraph itself, within a group or range
		return t, false
	}
	return t, true
}

// named is every place that cr names in e: one code, the topmost paragraphs of a group, or the siblings of a
// range; none where a code is missing.
func (e *Edition) named(cr scope.CodeRange) ([]*place, *scope.Error) {
	at := e.places[cr.From]
	if cr.To == "" {
		if at != nil {
			return []*place{at}, nil
		}
		var out []*place
		e.group(e.Entries, cr.From, &out)
		return out, nil
	}
	to := e.places[cr.To]
	switch {
	case at == nil || to == nil:
		return nil, nil
	case (at.element == nil) != (to.element == nil) || at.parent() != to.parent() || at.order > to.order ||
		at.element != nil && at.paragraph() != to.paragraph():
		return nil, errorf(cr.Pos, "range", "%q to %q is not a range of siblings in the order of the list; write the two ends of one run of letters", cr.From, cr.To)
	}
	var out []*place
	if at.element != nil {
		for i := range at.paragraph().Elements {
			if x := e.places[at.paragraph().Elements[i].Code]; x.order >= at.order && x.order <= to.order {
				out = append(out, x)
			}
		}
		return out, nil
	}
	siblings := e.Entries
	if up := at.parent(); up != nil {
		siblings = up.Paragraphs
	}
	for _, p := range siblings {
		if x := e.places[p.Code]; x.order >= at.order && x.order <= to.order {
			out = append(out, x)
		}
	}
	return out, nil
}

func (e *Edition) group(ps []*Paragraph, name string, out *[]*place) {
	for _, p := range ps {
		if isUnder(p.Code, name) {
			*out = append(*out, e.places[p.Code])
		} else {
			e.group(p.Paragraphs, name, out)
		}
	}
}

// usesElsewhere reports whether p itself says "not specified elsewhere".
func (p *Paragraph) usesElsewhere() bool {
	cs := scope.All{p.Own, anyOf(p.Except)}
	for _, b := range p.Therefor {
		cs = append(cs, b.Criterion)
	}
	found := false
	references(cs, func(c scope.Criterion) {
		if _, ok := c.(scope.Elsewhere); ok {
			found = true
		}
	})
	return found
}

// references calls f with every Reference and Elsewhere in c.
func references(c scope.Criterion, f func(scope.Criterion)) {
	switch c := c.(type) {
	case scope.All:
		for _, x := range c {
			references(x, f)
		}
	case scope.Any:
		for _, x := range c {
			references(x, f)
		}
	case scope.Not:
		references(c.C, f)
	case scope.Parts:
		references(c.Where, f)
	case scope.For:
		references(c.Target, f)
	case scope.Reference, scope.Elsewhere:
		f(c)
	}
}

// replaced is c with f of everything in it that does not itself hold criteria.
func replaced(c scope.Criterion, f func(scope.Criterion) scope.Criterion) scope.Criterion {
	switch c := c.(type) {
	case scope.All:
		out := make(scope.All, len(c))
		for i, x := range c {
			out[i] = replaced(x, f)
		}
		return out
	case scope.Any:
		out := make(scope.Any, len(c))
		for i, x := range c {
			out[i] = replaced(x, f)
		}
		return out
	case scope.Not:
		return scope.Not{C: replaced(c.C, f)}
	case scope.Parts:
		c.Where = replaced(c.Where, f)
		return c
	case scope.For:
		c.Target = replaced(c.Target, f)
		return c
	case nil:
		return nil
	}
	return f(c)
}

// clean is the places of e that "not specified elsewhere" in paragraph from speaks of: the largest
// subtrees without the citing paragraph and without a paragraph that says the same.
func (e *Edition) clean(from *Paragraph) []target {
	var out []target
	var tainted func(p *Paragraph) bool
	tainted = func(p *Paragraph) bool {
		return p == from || p.usesElsewhere() || slices.ContainsFunc(p.Paragraphs, tainted)
	}
	var descend func(ps []*Paragraph)
	descend = func(ps []*Paragraph) {
		for _, p := range ps {
			switch {
			case !tainted(p):
				out = append(out, target{edition: e, place: e.places[p.Code]})
			case p != from && !p.usesElsewhere():
				descend(p.Paragraphs)
			}
		}
	}
	descend(e.Entries)
	return out
}

// code is that of the place.
func (t target) code() string {
	if t.place.element != nil {
		return t.place.element.Code
	}
	return t.place.paragraph().Code
}
