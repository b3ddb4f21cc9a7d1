package scope

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Type says what values an attribute takes.
type Type string

const (
	TypeNumber  Type = "number"  // an exact rational with a dimension
	TypeInteger Type = "integer" // a whole number
	TypeBoolean Type = "boolean"
	TypeTerm    Type = "term"    // one of a closed list of terms
	TypeSet     Type = "set"     // any number of the terms of a closed list
	TypeRange   Type = "range"   // an interval from Min to Max, with axiom Min <= Max
	TypeDerived Type = "derived" // a product or quotient of other number attributes
	TypeCurve   Type = "curve"   // a quantity as a function of another; declared, and not yet usable in criteria
)

// A Term is one value of a term or set attribute. An item with a term also satisfies
// every condition on the terms of Broader.
type Term struct {
	ID      string
	Title   string
	Broader []string

	CAS      []string // registry numbers of a substance, as data: never its identity
	Synonyms []string // other names by which an item may state it
	Facts    []Fact   // what holds of every thing with the term
}

// An Attribute is one measured or stated property on one measuring basis.
type Attribute struct {
	ID        string
	Type      Type
	Dimension string
	Unit      string   // canonical unit, of Dimension
	Of        []string // kinds and part types whose things can have it; all others have none
	AlwaysFor []string // kinds and part types that cannot lack it
	Min       *Number  // lower bound of possible values, in Unit
	Better    string   // "high" or "low": which direction is more capable
	Terms     []Term
	Formula   string // of a derived attribute: "a * b / c"
	Title     string
	Basis     string
	Source    string
	Pos       Pos
}

// A Kind is a node of the taxonomy of things. Kinds that are neither broader or narrower than one
// another nor named in Overlaps exclude each other.
type Kind struct {
	ID       string
	Title    string
	Broader  []string
	Overlaps []string
	Pos      Pos
}

// A Part is a type of part, or of point at which coupled values hold.
type Part struct {
	ID     string
	Title  string
	Unique bool   // a thing has at most one
	Closed string // "down": a thing that has a point has every point below it
	Pos    Pos
}

// A Function is a term for what an item is to its target: development, production, use,
// specially-designed, ... An item that is in one relation to a target is also in the Broader ones.
type Function struct {
	ID      string
	Title   string
	Broader []string
	Pos     Pos
}

// A Unit converts exactly: value in the dimension's base unit = (value + Offset) * Factor.
type Unit struct {
	ID        string
	Dimension string
	Factor    Number
	Offset    Number
	Pos       Pos
}

// An Axiom says that every thing which satisfies If also satisfies Then.
type Axiom struct {
	If, Then Criterion
	Note     string
	Pos      Pos
}

// A NominalPair is two printed quantities that stand for one another although they do not convert
// exactly into each other ("398 K (125 Cel)").
type NominalPair struct {
	A, B string
	Pos  Pos
}

// A Vocabulary is what criteria and items speak of. Build it with [NewVocabulary]; it is immutable after.
type Vocabulary struct {
	Units      []Unit
	Kinds      []Kind
	Attributes []Attribute
	Parts      []Part
	Functions  []Function
	Axioms     []Axiom
	Nominal    []NominalPair

	units      map[string]*Unit
	kinds      map[string]*Kind
	attributes map[string]int
	parts      map[string]*Part
	functions  map[string]*Function
	ancestors  map[string][]string // kind -> itself and everything broader
	values     []kindValue
	within     map[string][]int // kind -> values of the things that are of it, ascending
	valueOf    map[string]int   // sorted most specific kinds, joined by "+" -> value
	formulas   map[string]formula
	nominal    []nominalPair
	facts      [][]factSource // by the attribute that follows
	tied       []Axiom        // what facts say
	derived    []*Attribute   // those with a formula
	can        []among        // by attribute: what can have it
	always     []among        // by attribute: what cannot lack it
	parsed     *sync.Map      // of a whenKey, to the constraint that it is
	ofTransfer []bool         // by attribute: whether it is a fact of the transfer and not of the thing
}

// kindValue is one possible answer to "of which kinds is this thing": its most specific kinds, and all
// that follow from them.
type kindValue struct {
	specific []string
	all      map[string]bool
}

type nominalPair struct {
	dimension string
	lo, hi    Number // base units
}

type formula struct {
	over, under []string
}

// NewVocabulary checks the declarations against each other and indexes them. The error is an [Errors].
func NewVocabulary(v Vocabulary) (*Vocabulary, error) {
	out := v
	x := &out
	x.parsed = &sync.Map{}
	x.units = map[string]*Unit{}
	x.kinds = map[string]*Kind{}
	x.attributes = map[string]int{}
	x.parts = map[string]*Part{}
	x.functions = map[string]*Function{}
	x.ancestors = map[string][]string{}
	x.formulas = map[string]formula{}
	x.derived = nil
	var errs Errors
	sort.SliceStable(x.Attributes, func(i, j int) bool { return x.Attributes[i].ID < x.Attributes[j].ID })
	for i := range x.Units {
		u := &x.Units[i]
		if x.units[u.ID] != nil {
			errs.add(u.Pos, "duplicate-unit", "unit %q is declared twice; keep one", u.ID)
		}
		if u.Factor.IsZero() {
			errs.add(u.Pos, "unit-factor", "unit %q has factor 0; write its exact factor", u.ID)
		}
		x.units[u.ID] = u
	}
	for i := range x.Kinds {
		k := &x.Kinds[i]
		if x.kinds[k.ID] != nil {
			errs.add(k.Pos, "duplicate-kind", "kind %q is declared twice; keep one", k.ID)
		}
		x.kinds[k.ID] = k
	}
	for i := range x.Parts {
		p := &x.Parts[i]
		if x.parts[p.ID] != nil || x.kinds[p.ID] != nil {
			errs.add(p.Pos, "duplicate-part", "part %q is declared twice; keep one", p.ID)
		}
		x.parts[p.ID] = p
	}
	for i := range x.Functions {
		f := &x.Functions[i]
		if x.functions[f.ID] != nil {
			errs.add(f.Pos, "duplicate-function", "function %q is declared twice; keep one", f.ID)
		}
		x.functions[f.ID] = f
	}
	for _, f := range x.Functions {
		for _, b := range f.Broader {
			if x.functions[b] == nil {
				errs.add(f.Pos, "unknown-function", "function %q is broader than %q but not declared; declare it%s", b, f.ID, x.suggest(b))
			}
		}
	}
	for _, k := range x.Kinds {
		for _, b := range append(slices.Clone(k.Broader), k.Overlaps...) {
			if x.kinds[b] == nil {
				errs.add(k.Pos, "unknown-kind", "kind %q names %q, which is not declared; declare it%s", k.ID, b, x.suggest(b))
			}
		}
	}
	if len(errs) == 0 {
		for _, k := range x.Kinds {
			if !x.close(k.ID, map[string]bool{}) {
				errs.add(k.Pos, "kind-cycle", "kind %q is broader than itself; break the cycle", k.ID)
				break
			}
		}
	}
	for i := range x.Attributes {
		a := &x.Attributes[i]
		if _, dup := x.attributes[a.ID]; dup {
			errs.add(a.Pos, "duplicate-attribute", "attribute %q is declared twice; keep one", a.ID)
		}
		x.attributes[a.ID] = i
		errs = append(errs, x.checkAttribute(a)...)
	}
	for i := range x.Attributes {
		if a := &x.Attributes[i]; a.Type == TypeDerived {
			errs = append(errs, x.checkFormula(a)...)
			x.derived = append(x.derived, a)
		}
	}
	for _, p := range x.Nominal {
		a, ua, erra := x.quantity(p.A)
		b, ub, errb := x.quantity(p.B)
		if erra != nil || errb != nil || ua.Dimension != ub.Dimension {
			errs.add(p.Pos, "nominal-pair", "%q and %q are not two quantities of one dimension", p.A, p.B)
			continue
		}
		a, b = ua.base(a), ub.base(b)
		if a.Cmp(b) > 0 {
			a, b = b, a
		}
		x.nominal = append(x.nominal, nominalPair{ua.Dimension, a, b})
	}
	if len(errs) == 0 {
		errs = append(errs, x.indexFacts()...)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	x.enumerateKinds()
	return x, nil
}

func (v *Vocabulary) checkAttribute(a *Attribute) (errs Errors) {
	for _, of := range append(slices.Clone(a.Of), a.AlwaysFor...) {
		if v.kinds[of] == nil && v.parts[of] == nil {
			errs.add(a.Pos, "unknown-kind", "attribute %q is of %q, which is neither a kind nor a part; declare it%s", a.ID, of, v.suggest(of))
		}
	}
	switch a.Type {
	case TypeNumber, TypeInteger, TypeRange, TypeDerived, TypeCurve:
		u := v.units[a.Unit]
		switch {
		case u == nil:
			errs.add(a.Pos, "unknown-unit", "attribute %q has unit %q, which is not declared; declare it or use a declared one%s", a.ID, a.Unit, v.suggest(a.Unit))
		case u.Dimension != a.Dimension:
			errs.add(a.Pos, "dimension", "attribute %q has dimension %q but its unit %q measures %q", a.ID, a.Dimension, a.Unit, u.Dimension)
		}
	case TypeTerm, TypeSet:
		if len(a.Terms) == 0 {
			errs.add(a.Pos, "no-terms", "attribute %q of type %s has no terms; list them", a.ID, a.Type)
		}
		seen := map[string]bool{}
		for _, t := range a.Terms {
			if seen[t.ID] {
				errs.add(a.Pos, "duplicate-term", "attribute %q has term %q twice; keep one", a.ID, t.ID)
			}
			seen[t.ID] = true
		}
		for _, t := range a.Terms {
			for _, b := range t.Broader {
				if !seen[b] {
					errs.add(a.Pos, "unknown-term", "term %q of %q is narrower than %q, which is not a term of it", t.ID, a.ID, b)
				}
			}
		}
	case TypeBoolean:
	default:
		errs.add(a.Pos, "unknown-type", "attribute %q has type %q; write number, integer, boolean, term, set, range, derived or curve", a.ID, a.Type)
	}
	return errs
}

func (v *Vocabulary) checkFormula(a *Attribute) (errs Errors) {
	f := formula{}
	op := "*"
	for i, tok := range strings.Fields(a.Formula) {
		if i%2 == 1 {
			if tok != "*" && tok != "/" {
				errs.add(a.Pos, "formula", "formula of %q has %q; write products and quotients of attributes, with spaces", a.ID, tok)
			}
			op = tok
			continue
		}
		j, ok := v.attributes[tok]
		if !ok {
			errs.add(a.Pos, "unknown-attribute", "formula of %q names %q, which is not declared%s", a.ID, tok, v.suggest(tok))
			continue
		}
		b := v.Attributes[j]
		if b.Type != TypeNumber && b.Type != TypeInteger || b.Min == nil || b.Min.Cmp(Number{}) < 0 {
			errs.add(a.Pos, "formula", "formula of %q uses %q, which must be a number with `min` of at least 0", a.ID, tok)
		}
		if op == "*" {
			f.over = append(f.over, tok)
		} else {
			f.under = append(f.under, tok)
		}
	}
	if len(f.over) == 0 {
		errs.add(a.Pos, "formula", "derived attribute %q has no formula", a.ID)
	}
	v.formulas[a.ID] = f
	return errs
}

// Kind is the declared kind id, or nil.
func (v *Vocabulary) Kind(id string) *Kind { return v.kinds[id] }

// Attribute is the declared attribute id, or nil.
func (v *Vocabulary) Attribute(id string) *Attribute {
	if i, ok := v.attributes[id]; ok {
		return &v.Attributes[i]
	}
	return nil
}

// Part is the declared part type id, or nil.
func (v *Vocabulary) Part(id string) *Part { return v.parts[id] }

// Function is the declared relation term id, or nil.
func (v *Vocabulary) Function(id string) *Function { return v.functions[id] }

// Unit is the declared unit id, or nil.
func (v *Vocabulary) Unit(id string) *Unit { return v.units[id] }

// IsA reports whether kind id is kind or narrower than it.
func (v *Vocabulary) IsA(id, kind string) bool { return slices.Contains(v.ancestors[id], kind) }

// base converts a value in u to the dimension's base unit, exactly.
func (u *Unit) base(n Number) Number { return n.Add(u.Offset).Mul(u.Factor) }

// from converts a value in the dimension's base unit to u, exactly.
func (u *Unit) from(n Number) Number { return n.Div(u.Factor).Sub(u.Offset) }

// quantity reads "1.3 GSPS": a number and a declared unit.
func (v *Vocabulary) quantity(s string) (Number, *Unit, error) {
	num, unit := splitQuantity(s)
	n, err := ParseNumber(num)
	if err != nil {
		return Number{}, nil, err
	}
	if unit == "" {
		unit = "1"
	}
	u := v.units[unit]
	if u == nil {
		return Number{}, nil, fmt.Errorf("unit %q in %q is not declared; use a declared unit%s", unit, s, v.suggest(unit))
	}
	return n, u, nil
}

// splitQuantity cuts "2 x 10^-3 m" into number and unit.
func splitQuantity(s string) (num, unit string) {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, ' '); i > 0 && i+1 < len(s) && s[i+1] != 'x' && s[i+1] < 0x80 && strings.Trim(s[:i], "0123456789.") == "" && s[0] != '.' {
		return s[:i], strings.TrimSpace(s[i:])
	}
	if m := quantityRE.FindStringSubmatch(s); m != nil {
		return m[1], strings.TrimSpace(m[2])
	}
	return s, ""
}
