package scope

import (
	"slices"
	"strings"
)

// A Flip is one stated property of an item whose change alone could change whether the item is in a scope.
type Flip struct {
	Property string `json:"property"`     // an attribute, an end of a range ("band.max"), a term of a set ("metals:steel"), a type of part, a predicate
	Stated   string `json:"stated"`       // its value
	To       string `json:"to"`           // the nearest values that would do, as a condition: "adc.sample-rate > 1.3 GSPS"
	By       string `json:"by,omitempty"` // how far the stated number is from them: "0.3 GSPS"; empty where they are no numbers
	Certain  bool   `json:"certain"`      // whether such a value decides; else what is not stated may matter then
}

// Flips names each stated property of which other values would change the answer of [Scope.Evaluate], all else being as
// stated, in the order of the diagram; none where the answer is undetermined. Kinds, purposes and the destination are
// held fixed. Changes that other statements rule out by an axiom are left out; a derived attribute is one property, whatever
// its base values are. Its cost is that of a few evaluations for each stated property that x asks of such things.
func (x Scope) Flips(it *Item) []Flip {
	if x.s == nil || !plain(it) {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.release()
	s := x.s
	want, not := s.not(x.r), x.r
	switch s.evaluate(x.r, it, "") {
	case Undetermined:
		return nil
	case False:
		want, not = x.r, want
	}
	line := purposes(it, nil)
	if k, ok := s.vocab.kindOf(it); ok {
		want, not = s.at(want, k), s.at(not, k)
	}
	said := statements{exact: s}
	var out []Flip
	for _, v := range s.support(want) {
		v := v
		if c := s.vars[v].class; c != classAttribute && c != classOpaque && c != classParts {
			continue
		}
		p, ok := s.stated(v, line, &said)
		if !ok {
			continue
		}
		free := func(r ref) ref { // possible things in r that agree with all that is stated but of v
			others := func(u int32) (point, bool) {
				if u == v {
					return point{}, false
				}
				return s.stated(u, line, &said)
			}
			return s.fix(s.assumeOf(s.fix(r, others), line, ""), others)
		}
		in := free(want)
		only := s.quantify(in, opOr, func(u *variable) bool { return u != &s.vars[v] })
		if n := s.nodes[only]; n.v != v {
			continue
		}
		if f, ok := s.nearest(v, p, in, only); ok {
			f.flip.Certain = !s.reachable(s.cofactor(free(not), v, f.at))
			out = append(out, f.flip)
		}
	}
	return out
}

type flipAt struct {
	flip Flip
	at   point // a value that would do
	far  Number
}

// nearest is the values of v nearest to p at which in holds something; only is in as a diagram of v alone.
func (s *Space) nearest(v int32, p point, in, only ref) (best flipAt, found bool) {
	n := s.nodes[only]
	x := &s.vars[v]
	for i, k := range n.kids {
		if k == falseRef {
			continue
		}
		st := step{v: v, first: i == 0, last: i == len(n.cuts)}
		if !st.first {
			st.from = n.cuts[i-1]
		}
		if !st.last {
			st.to = n.cuts[i]
		}
		f := flipAt{at: s.inside(st)}
		f.flip = Flip{Property: s.propertyName(v), Stated: s.pointText(v, p), To: s.stepText(st)}
		if x.class == classAttribute && x.size == 0 && !p.none && !f.at.none {
			var edge string
			f.far, edge = s.distance(st, p.n)
			f.flip.By = edge
		}
		if !s.reachable(s.cofactor(in, v, f.at)) {
			continue
		}
		if !found || !f.at.none && (best.at.none || f.far.Cmp(best.far) < 0) {
			best, found = f, true
		}
	}
	return best, found
}

// inside is a value within a step.
func (s *Space) inside(st step) point {
	if s.vars[st.v].class == classAttribute {
		return s.choose(st, true, nil)
	}
	return point{n: Int(s.first(st))}
}

// distance is how far n lies from a step that does not hold it, in the unit of the step's nearest bound.
func (s *Space) distance(st step, n Number) (Number, string) {
	var edge Number
	if p := (point{n: n}); !st.first && !s.beyond(p, st.from) {
		if st.from.num == noneCut {
			return Number{}, ""
		}
		edge = s.numbers[st.from.num]
	} else if !st.last && st.to.num != noneCut {
		edge = s.numbers[st.to.num]
	}
	d := edge.Sub(n)
	if d.Cmp(Number{}) < 0 {
		d = Number{}.Sub(d)
	}
	_, unit := splitQuantity(s.quantityText(s.vars[st.v].ord, edge))
	u := s.vocab.units[unit]
	if u == nil {
		u = s.vocab.units[s.attribute(st.v).Unit]
	}
	return d, strings.TrimSuffix(d.Div(u.Factor).String()+" "+u.ID, " 1")
}

func (s *Space) propertyName(v int32) string {
	switch x := &s.vars[v]; x.class {
	case classAttribute:
		return strings.Repeat("for.", x.level) + s.plainName(v)
	case classParts:
		return strings.Repeat("for.", x.level) + x.part
	default:
		return x.key
	}
}

func (s *Space) pointText(v int32, p point) string {
	x := &s.vars[v]
	switch {
	case p.none:
		return "none"
	case x.class == classParts:
		return s.partText(x, p.n.num == 1)
	case x.class != classAttribute:
		return boolText(p.n.num == 1)
	}
	switch a := s.attribute(v); a.Type {
	case TypeBoolean, TypeSet:
		return boolText(p.n.num == 1)
	case TypeTerm:
		return a.Terms[p.n.num].ID
	}
	return s.quantityText(x.ord, p.n)
}

func (s *Space) stepText(st step) string {
	switch x := &s.vars[st.v]; x.class {
	case classParts:
		return s.partText(x, s.inStep(st, Int(1)))
	case classOpaque:
		return negate(!s.inStep(st, Int(1))) + x.key
	}
	return s.attributeText(st, false)
}

// Asks lists the attributes and types of part that x asks of things of the item's kinds, sorted.
func (x Scope) Asks(it *Item) []string {
	if x.s == nil {
		return nil
	}
	x.s.mu.Lock()
	defer x.s.release()
	r := x.r
	if k, ok := x.s.vocab.kindOf(it); ok {
		r = x.s.at(r, k)
	}
	var out []string
	for _, v := range x.s.support(r) {
		if q := x.s.questionOf(&x.s.vars[v]); q != "" {
			out = append(out, q)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// About is what x says of things of the item's kinds: for such things it is x, and it is quicker to evaluate. It may hold
// other things as well.
func (x Scope) About(it *Item) Scope {
	if x.s == nil {
		return x
	}
	d := x.s.readable.Load()
	n := &d.nodes[x.r]
	k, ok := d.vocab.kindOf(it)
	if !ok || n.v < 0 || d.vars[n.v].class != classKind || d.vars[n.v].level != 0 {
		return x
	}
	return Scope{x.s, d.kid(n, point{n: Int(int64(k))})}
}

// Concerns is false where it shows at once that no thing of the item's kinds is in x.
func (x Scope) Concerns(it *Item) bool {
	if x.s == nil || x.r == falseRef {
		return false
	}
	return x.About(it).r != falseRef
}

// Stated is the item's value of an attribute, or of an end of a range, as text: as it is stated, as facts or a formula give
// it, or "none" where things of its kinds have none of it; empty where it is not known.
func (v *Vocabulary) Stated(it *Item, attribute string) string {
	if val, ok := it.Attributes[attribute]; ok {
		return val.Text
	}
	i, ok := v.attributes[attribute]
	if !ok {
		if base, cut := strings.CutSuffix(attribute, ".min"); cut {
			return it.Attributes[base].Text
		}
		base, _ := strings.CutSuffix(attribute, ".max")
		return it.Attributes[base].Text
	}
	if val, ok := v.fact(i, it); ok {
		return val.Text
	}
	a := &v.Attributes[i]
	d := diagrams{vocab: v}
	if a.Type == TypeDerived {
		if p, ok := d.derived(a, it); ok {
			if p.none {
				return "none"
			}
			u := v.units[a.Unit]
			return strings.TrimSuffix(u.from(p.n).String()+" "+u.ID, " 1")
		}
	}
	if k, ok := v.kindOf(it); ok && (it.NoOtherAttributes && !v.ofTransfer[i] && !v.always[i].kinds[k] || len(a.Of) > 0 && !v.can[i].kinds[k]) {
		return "none"
	}
	return ""
}
