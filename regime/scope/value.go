package scope

import (
	"fmt"
	"strings"
)

// ParseValue reads a stated value of the attribute: "8 bit", "true", a term (by its ID, a registry number or a
// synonym), terms separated by commas for a set, "0.5 GHz to 6 GHz" for a range, and "none" or "null" for having none of it.
func (v *Vocabulary) ParseValue(attribute, text string) (Value, error) {
	i, ok := v.attributes[attribute]
	if !ok {
		return Value{}, fmt.Errorf("attribute %q is not declared; use a declared attribute%s", attribute, v.suggest(attribute))
	}
	a := &v.Attributes[i]
	text = strings.TrimSpace(text)
	val := Value{Text: text}
	if text == "none" || text == "null" {
		val.None = true
		return val, nil
	}
	quantity := func(s string) (Number, error) {
		n, u, err := v.quantity(s)
		if err != nil {
			return Number{}, err
		}
		if u.Dimension != a.Dimension {
			return Number{}, fmt.Errorf("%q measures %s, but %q is a %s; write a unit such as %s", s, u.Dimension, a.ID, a.Dimension, a.Unit)
		}
		b := u.base(n)
		if a.Min != nil && b.Cmp(v.units[a.Unit].base(*a.Min)) < 0 {
			return Number{}, fmt.Errorf("%q is below %s %s, the least that %q can be", s, a.Min, a.Unit, a.ID)
		}
		if a.Type == TypeInteger && !b.IsInt() {
			return Number{}, fmt.Errorf("%q is not a whole number, as %q is", s, a.ID)
		}
		return b, nil
	}
	var err error
	switch a.Type {
	case TypeBoolean:
		if text != "true" && text != "false" {
			return val, fmt.Errorf("%q is not a truth value of %q; write true or false", text, a.ID)
		}
		val.Bool = text == "true"
	case TypeTerm, TypeSet:
		for _, t := range strings.Split(text, ",") {
			t = strings.TrimSpace(t)
			id, ok := a.term(t)
			if !ok {
				_, _, err := v.parseTerms(constraint{}, a, t)
				return val, err
			}
			val.Terms = append(val.Terms, id)
		}
		if a.Type == TypeTerm && len(val.Terms) != 1 {
			return val, fmt.Errorf("%q states several terms of %q; state one", text, a.ID)
		}
	case TypeRange:
		lo, hi, ok := strings.Cut(text, " to ")
		if !ok {
			lo, hi = text, text
		}
		if _, unit := splitQuantity(lo); unit == "" {
			_, hiUnit := splitQuantity(hi)
			lo += " " + hiUnit
		}
		if val.Min, err = quantity(lo); err != nil {
			return val, err
		}
		if val.Max, err = quantity(hi); err == nil && val.Min.Cmp(val.Max) > 0 {
			err = fmt.Errorf("%q begins above its end; write the lower bound first", text)
		}
	case TypeCurve:
		return val, fmt.Errorf("attribute %q is a curve, which items cannot state yet", a.ID)
	default:
		val.Number, err = quantity(text)
	}
	return val, err
}
