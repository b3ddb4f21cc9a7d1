package regime

import (
	"strconv"
	"strings"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// reader turns nodes that a schema has seen into the model. It goes on after faults, so that all are found,
// and takes every node of the wrong shape for an empty one.
type reader struct {
	errs     scope.Errors
	elements *[]Element // where coded elements go; nil within parts, targets, complements and exceptions
}

func (r *reader) add(pos scope.Pos, rule, format string, args ...any) {
	r.errs = append(r.errs, errorf(pos, rule, format, args...))
}

func text(n *strictyaml.Node) string {
	if n == nil || n.Kind != strictyaml.Scalar {
		return ""
	}
	return n.Text
}

// list is the elements of a list, or n itself where one value may stand for a list of one.
func list(n *strictyaml.Node) []*strictyaml.Node {
	switch {
	case n == nil || n.Kind == strictyaml.Null:
		return nil
	case n.Kind == strictyaml.Sequence:
		return n.Values
	}
	return []*strictyaml.Node{n}
}

func texts(n *strictyaml.Node) []string {
	var out []string
	for _, x := range list(n) {
		if t := text(x); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// pos is where n stands, or where its key's mapping does.
func pos(n, mapping *strictyaml.Node) scope.Pos {
	if n != nil {
		return n.Pos
	}
	return mapping.Pos
}

func (r *reader) date(n *strictyaml.Node) Date {
	if text(n) == "" {
		return Date{}
	}
	d, err := ParseDate(n.Text)
	if err != nil {
		r.add(n.Pos, "date", "%v", err)
	}
	return d
}

// criterion is the conjunction of the criterion keys of n; nil where it has none.
func (r *reader) criterion(n *strictyaml.Node) scope.Criterion {
	if n == nil {
		return nil
	}
	var all scope.All
	for i, k := range n.Keys {
		if c := r.condition(k, n.Values[i]); c != nil {
			all = append(all, c)
		}
	}
	return joined(all...)
}

// condition is what one key of a criterion states; nil for other keys.
func (r *reader) condition(k strictyaml.Key, n *strictyaml.Node) scope.Criterion {
	switch k.Name {
	case "kind":
		return scope.OfKind{Kinds: texts(n), Pos: n.Pos}
	case "when":
		return r.when(n)
	case "any":
		return scope.Any(r.each(n))
	case "all":
		return scope.All(r.each(n))
	case "not":
		return scope.Not{C: r.apart(n)}
	case "some", "every", "none":
		at, _ := strconv.Atoi(text(n.Get("at-least")))
		where := joined(r.apart(n.Get("where")), r.references(n.Get("controlled-by"), false))
		return scope.Parts{Quantifier: scope.Quantifier(k.Name), Of: text(n.Get("of")), Where: where, AtLeast: at, Pos: pos(n.Get("of"), n)}
	case "for":
		return r.relation(n)
	case "controlled-by":
		return r.references(n, false)
	case "meets":
		return r.references(n, true)
	case "except":
		return scope.Not{C: anyOf(r.exceptions(n))}
	case "transfer":
		return scope.Transfer{To: texts(n.Get("to")), Pos: pos(n.Get("to"), n)}
	case "elsewhere":
		return scope.Elsewhere{Pos: n.Pos}
	case "opaque":
		var all scope.All
		for _, name := range texts(n) {
			all = append(all, scope.Opaque{Name: name, Pos: n.Pos})
		}
		return all
	}
	return nil
}

// each reads the elements of `any` and `all`.
func (r *reader) each(n *strictyaml.Node) []scope.Criterion {
	var out []scope.Criterion
	for _, x := range list(n) {
		out = append(out, r.element(x))
	}
	return out
}

// element is a criterion that stands in a list, with its residue; a nil criterion becomes the empty All.
func (r *reader) element(n *strictyaml.Node) scope.Criterion {
	c := withResidue(r.criterion(n), r.residue(n.Get("residue")))
	if code := n.Get("code"); code != nil && r.elements != nil {
		*r.elements = append(*r.elements, Element{text(code), c, code.Pos})
	}
	return held(c)
}

// apart is an element whose codes are only for citing: it speaks of another thing, or of what is not so.
func (r *reader) apart(n *strictyaml.Node) scope.Criterion {
	if n == nil {
		return nil
	}
	sub := reader{}
	c := sub.element(n)
	r.errs = append(r.errs, sub.errs...)
	return c
}

func (r *reader) when(n *strictyaml.Node) scope.Criterion {
	var all scope.All
	for i, k := range n.Keys {
		if x := n.Values[i]; x.Kind == strictyaml.Null || x.Kind == strictyaml.Scalar && x.Type == strictyaml.Number {
			all = append(all, scope.Residue{Pos: x.Pos}) // refused by the schema
			continue
		}
		all = append(all, scope.When{Attribute: k.Name, Constraint: strings.Join(texts(n.Values[i]), ", "), Pos: k.Pos})
	}
	return joined(all...)
}

func (r *reader) relation(n *strictyaml.Node) scope.Criterion {
	as := n.Get("function")
	if as == nil {
		as = n.Get("as")
	} else if x := n.Get("as"); x != nil {
		r.add(x.Pos, "for", "`for` has both `function` and `as`; write an element of `any` or `all` for each")
	}
	target := joined(r.apart(n.Get("target")), r.references(n.Get("controlled-by"), false))
	if x := n.Get("except"); x != nil {
		target = joined(target, scope.Not{C: anyOf(r.exceptions(x))})
	}
	return scope.For{Functions: texts(as), Target: target, Pos: pos(as, n)}
}

// references is the union of what the codes in n name; nil where n is.
func (r *reader) references(n *strictyaml.Node, meets bool) scope.Criterion {
	if n == nil {
		return nil
	}
	ref := scope.Reference{Meets: meets, Pos: n.Pos}
	for _, x := range list(n) {
		cr := scope.CodeRange{From: text(x), Pos: x.Pos}
		if x.Kind == strictyaml.Mapping {
			cr.List, cr.From, cr.To = text(x.Get("list")), text(x.Get("from")), text(x.Get("to"))
		} else if l, code, ok := strings.Cut(cr.From, ":"); ok {
			cr.List, cr.From = l, code
		}
		ref.Codes = append(ref.Codes, cr)
	}
	return ref
}

func (r *reader) exceptions(n *strictyaml.Node) []Exception {
	var out []Exception
	for _, x := range list(n) {
		out = append(out, Exception{r.apart(x), text(x.Get("note")), x.Pos})
	}
	return out
}

func (r *reader) residue(n *strictyaml.Node) []Residue {
	var out []Residue
	for _, x := range list(n) {
		out = append(out, Residue{text(x.Get("id")), scope.Effect(text(x.Get("effect"))), text(x.Get("text")), pos(x.Get("id"), x)})
	}
	return out
}

// joined is the conjunction of what is not nil, without conjunctions in it.
func joined(cs ...scope.Criterion) scope.Criterion {
	var all scope.All
	for _, c := range cs {
		all = append(all, conjuncts(c)...)
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}

// held is c, or where that is nil the criterion that always holds.
func held(c scope.Criterion) scope.Criterion {
	if c == nil {
		return scope.All{}
	}
	return c
}

func anyOf(exceptions []Exception) scope.Any {
	var out scope.Any
	for _, x := range exceptions {
		out = append(out, x.Criterion)
	}
	return out
}

// conjuncts is the conditions that make up c.
func conjuncts(c scope.Criterion) []scope.Criterion {
	all, ok := c.(scope.All)
	switch {
	case c == nil:
		return nil
	case !ok:
		return []scope.Criterion{c}
	}
	var out []scope.Criterion
	for _, x := range all {
		out = append(out, conjuncts(x)...)
	}
	return out
}

// withResidue narrows and widens c by the residue that does so.
func withResidue(c scope.Criterion, residue []Residue) scope.Criterion {
	for _, x := range residue {
		if x.Effect == scope.Widens {
			c = scope.Any{held(c), x.criterion()}
		}
	}
	for _, x := range residue {
		if x.Effect == scope.Narrows {
			c = joined(c, x.criterion())
		}
	}
	return c
}

func (x Residue) criterion() scope.Criterion {
	return scope.Residue{ID: x.ID, Text: x.Text, Pos: x.Pos}
}
