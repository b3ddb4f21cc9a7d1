package scope

import (
	"slices"
	"strings"
)

// A Fact is a value of another attribute that follows from a term: what a substance is made of, say.
type Fact struct {
	Attribute string
	Value     string // as an item states it, see [Vocabulary.ParseValue]
}

// factSource is a term attribute whose terms fix another attribute.
type factSource struct {
	attribute string
	values    map[string]Value // by term
}

// indexFacts parses the facts of all terms, adds one axiom for each pair of attributes that they tie, and checks that
// no registry number or synonym leads to two terms.
func (v *Vocabulary) indexFacts() (errs Errors) {
	v.facts = make([][]factSource, len(v.Attributes))
	v.tied = nil
	for i := range v.Attributes {
		a := &v.Attributes[i]
		names := map[string]string{}
		byFact := map[string]map[string]Value{}
		var order []string
		for _, t := range a.Terms {
			for _, name := range t.names() {
				if other, ok := names[name]; ok && other != t.ID {
					errs.add(a.Pos, "duplicate-name", "%q is %q and %q of %q; leave it with one of them", name, other, t.ID, a.ID)
				}
				names[name] = t.ID
			}
			for _, f := range t.Facts {
				value, err := v.ParseValue(f.Attribute, f.Value)
				if err == nil && (a.Type != TypeTerm || !fixes(v.Attribute(f.Attribute).Type) || f.Attribute == a.ID) {
					errs.add(a.Pos, "fact", "term %q of %q cannot fix %q; facts follow from a term, and are numbers, integers, booleans or terms", t.ID, a.ID, f.Attribute)
					continue
				}
				if err != nil {
					errs.add(a.Pos, "fact", "term %q of %q: %v", t.ID, a.ID, err)
					continue
				}
				if byFact[f.Attribute] == nil {
					byFact[f.Attribute] = map[string]Value{}
					order = append(order, f.Attribute)
				}
				byFact[f.Attribute][t.ID] = value
			}
		}
		for _, id := range order {
			f := v.attributes[id]
			v.facts[f] = append(v.facts[f], factSource{a.ID, byFact[id]})
			v.tied = append(v.tied, a.tie(v.Attribute(id), byFact[id]))
		}
	}
	return errs
}

// fixes reports whether a fact can be a value of the type.
func fixes(t Type) bool {
	return t == TypeNumber || t == TypeInteger || t == TypeBoolean || t == TypeTerm
}

// tie is the axiom that the terms of a give f these values.
func (a *Attribute) tie(f *Attribute, values map[string]Value) Axiom {
	var out Any
	var fixed []string
	for _, t := range a.Terms {
		value, ok := values[t.ID]
		if !ok {
			continue
		}
		text := value.Text
		if !value.None && (f.Type == TypeNumber || f.Type == TypeInteger) {
			text = "= " + text
		}
		fixed = append(fixed, t.ID)
		out = append(out, All{When{Attribute: a.ID, Constraint: t.ID}, When{Attribute: f.ID, Constraint: text}})
	}
	out = append(out, Not{When{Attribute: a.ID, Constraint: strings.Join(fixed, ", ")}})
	return Axiom{If: All{}, Then: out, Note: "facts of the terms of " + a.ID, Pos: a.Pos}
}

// fact is the value of attribute i that follows from a term the item states.
func (v *Vocabulary) fact(i int, it *Item) (Value, bool) {
	for _, f := range v.facts[i] {
		if stated, ok := it.Attributes[f.attribute]; ok && len(stated.Terms) == 1 {
			if value, ok := f.values[stated.Terms[0]]; ok {
				return value, true
			}
		}
	}
	return Value{}, false
}

// names are what an item may write for the term besides its ID.
func (t Term) names() []string { return slices.Concat(t.CAS, t.Synonyms) }

// term finds the term that text names: its ID, a registry number or a synonym, the latter in any case.
func (a *Attribute) term(text string) (string, bool) {
	for _, t := range a.Terms {
		if t.ID == text {
			return t.ID, true
		}
	}
	for _, t := range a.Terms {
		if slices.ContainsFunc(t.names(), func(name string) bool { return strings.EqualFold(name, text) }) {
			return t.ID, true
		}
	}
	return "", false
}
