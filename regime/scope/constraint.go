package scope

import (
	"fmt"
	"strings"
)

// test is one comparison with a constant, in the base unit.
type test struct {
	op   string // ">", ">=", "<", "<=", "="
	n    Number
	text string // the quantity as written
}

// constraint is what a When says of its attribute, parsed and checked.
type constraint struct {
	attribute int
	side      int      // of a range: -1 the range itself, 0 its minimum, 1 its maximum
	none, any bool     // "none": has none of it; "any": has it
	verb      string   // of a range: touches, within, covers
	tests     [][]test // alternatives of conjunctions
	truth     bool     // boolean
	mode      string   // set: "", "all", "only"
	terms     []int    // term, set
}

var comparisons = []string{">=", "<=", ">", "<", "="}

// parseConstraint reads what w compares its attribute with. The message of the error names the value and the remedy.
func (v *Vocabulary) parseConstraint(w When) (constraint, string, error) {
	key := whenKey{w.Attribute, w.Constraint}
	if c, ok := v.parsed.Load(key); ok {
		return c.(constraint), "", nil
	}
	c, rule, err := v.newConstraint(w)
	if err == nil {
		v.parsed.Store(key, c)
	}
	return c, rule, err
}

func (v *Vocabulary) newConstraint(w When) (constraint, string, error) {
	c := constraint{side: -1}
	id := w.Attribute
	i, ok := v.attributes[id]
	if !ok {
		for side, suffix := range []string{".min", ".max"} {
			if base, cutOK := strings.CutSuffix(id, suffix); cutOK {
				if j, found := v.attributes[base]; found && v.Attributes[j].Type == TypeRange {
					i, ok, c.side = j, true, side
				}
			}
		}
	}
	if !ok {
		return c, "unknown-attribute", fmt.Errorf("attribute %q is not declared; declare it in the vocabulary%s", id, v.suggest(id))
	}
	c.attribute = i
	a := &v.Attributes[i]
	text := strings.TrimSpace(w.Constraint)
	switch {
	case text == "none":
		c.none = true
		return c, "", nil
	case text == "any":
		c.any = true
		return c, "", nil
	}
	switch a.Type {
	case TypeBoolean:
		if text != "true" && text != "false" {
			return c, "boolean", fmt.Errorf("%q is not a truth value of %q; write true or false", text, id)
		}
		c.truth = text == "true"
		return c, "", nil
	case TypeTerm, TypeSet:
		return v.parseTerms(c, a, text)
	case TypeCurve:
		return c, "curve", fmt.Errorf("attribute %q is a curve, which criteria cannot compare yet; write residue", id)
	case TypeRange:
		if c.side < 0 {
			verb, rest, _ := strings.Cut(text, " ")
			if verb != "touches" && verb != "within" && verb != "covers" {
				return c, "range-verb", fmt.Errorf("%q compares the range %q without a verb; begin with touches, within or covers, or compare %s.min or %s.max", text, id, id, id)
			}
			c.verb, text = verb, rest
		}
	}
	rule, err := v.parseTests(&c, a, text)
	if err == nil && c.verb != "" && len(c.tests) != 1 {
		return c, "range-alternatives", fmt.Errorf("%q gives alternatives to a range; write them as any:", w.Constraint)
	}
	return c, rule, err
}

func (v *Vocabulary) parseTerms(c constraint, a *Attribute, text string) (constraint, string, error) {
	if a.Type == TypeSet {
		for _, mode := range []string{"all ", "only "} {
			if rest, ok := strings.CutPrefix(text, mode); ok {
				c.mode, text = strings.TrimSpace(mode), rest
			}
		}
	}
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '|' }) {
		t = strings.TrimSpace(t)
		at := -1
		for i := range a.Terms {
			if a.Terms[i].ID == t {
				at = i
			}
		}
		if at < 0 {
			known := make([]string, len(a.Terms))
			for i := range a.Terms {
				known[i] = a.Terms[i].ID
			}
			return c, "unknown-term", fmt.Errorf("%q is not a term of %q; use one of %s", t, a.ID, strings.Join(known, ", "))
		}
		c.terms = append(c.terms, at)
	}
	if len(c.terms) == 0 {
		return c, "no-terms", fmt.Errorf("%q names no term of %q", text, a.ID)
	}
	return c, "", nil
}

func (v *Vocabulary) parseTests(c *constraint, a *Attribute, text string) (string, error) {
	for _, alternative := range strings.Split(text, "|") {
		var and []test
		if lo, hi, ok := strings.Cut(strings.TrimSpace(alternative), " and "); ok && strings.HasPrefix(lo, "between ") {
			alternative = ">= " + strings.TrimPrefix(lo, "between ") + ", <= " + hi
		}
		for _, part := range strings.Split(alternative, ",") {
			part = strings.TrimSpace(part)
			t := test{}
			for _, o := range comparisons {
				if rest, ok := strings.CutPrefix(part, o); ok {
					t.op, part = o, strings.TrimSpace(rest)
					break
				}
			}
			if part == "" {
				return "constraint", fmt.Errorf("%q compares %q with nothing; write for example %q", text, a.ID, ">= 5 "+a.Unit)
			}
			if t.op == "" && len(and) > 0 { // "> 1,3" is not 1.3
				return "constraint", fmt.Errorf("%q in %q follows a comma without a comparison; write one before it, or a decimal point", part, text)
			}
			if t.op == "" {
				t.op = "="
			}
			n, u, err := v.quantity(part)
			if err != nil {
				return "quantity", err
			}
			if u.Dimension != a.Dimension {
				return "dimension", fmt.Errorf("%q measures %s, but %q is a %s; write a unit such as %s", part, u.Dimension, a.ID, a.Dimension, a.Unit)
			}
			t.n, t.text = u.base(n), part
			and = append(and, t)
		}
		c.tests = append(c.tests, and)
	}
	return "", nil
}

// CheckCriterion reports every condition in c that the vocabulary does not bear, at its position.
func (v *Vocabulary) CheckCriterion(c Criterion) Errors {
	return v.check(c, func(Criterion) bool { return false })
}

// check leaves out what is known to be right.
func (v *Vocabulary) check(c Criterion, known func(Criterion) bool) Errors {
	var errs Errors
	seen := map[*Ref]bool{}
	var walk func(c Criterion)
	each := func(cs []Criterion) {
		for _, c := range cs {
			walk(c)
		}
	}
	walk = func(c Criterion) {
		switch c := c.(type) {
		case nil:
		case All:
			each(c)
		case Any:
			each(c)
		case Not:
			walk(c.C)
		case *Ref:
			if !seen[c] && !known(c) {
				seen[c] = true
				walk(c.C)
			}
		case OfKind:
			for _, k := range c.Kinds {
				if v.kinds[k] == nil {
					errs.add(c.Pos, "unknown-kind", "kind %q is not declared; declare it in the vocabulary%s", k, v.suggest(k))
				}
			}
		case When:
			if known(c) {
				return
			}
			if _, rule, err := v.parseConstraint(c); err != nil {
				errs.add(c.Pos, rule, "%s", err)
			}
		case Parts:
			if v.parts[c.Of] == nil && v.kinds[c.Of] == nil {
				errs.add(c.Pos, "unknown-part", "%q is neither a part nor a kind; declare it in the vocabulary%s", c.Of, v.suggest(c.Of))
			}
			if c.AtLeast < 0 {
				errs.add(c.Pos, "at-least", "at-least is %d; write 1 or more", c.AtLeast)
			}
			walk(c.Where)
		case For:
			for _, f := range c.Functions {
				if v.functions[f] == nil {
					errs.add(c.Pos, "unknown-function", "function %q is not declared; declare it in the vocabulary%s", f, v.suggest(f))
				}
			}
			walk(c.Target)
		case Transfer:
			for _, cc := range c.To {
				if countryIndex(cc) < 0 {
					errs.add(c.Pos, "country", "%q is not an ISO 3166 alpha-2 code; write two capital letters", cc)
				}
			}
		}
	}
	walk(c)
	return errs.Sorted()
}

func countryIndex(cc string) int64 {
	if len(cc) != 2 || cc[0] < 'A' || cc[0] > 'Z' || cc[1] < 'A' || cc[1] > 'Z' {
		return -1
	}
	return int64(cc[0]-'A')*26 + int64(cc[1]-'A')
}
