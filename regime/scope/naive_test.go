package scope

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

// The tests in this package hold the diagrams against a direct reading of criteria on complete items, over a grid
// that has every threshold and a point between any two.

func ptr(n Number) *Number { return &n }

// toyVocabulary has every type of attribute, a taxonomy with an overlap, and parts.
func toyVocabulary(t testing.TB) *Vocabulary {
	t.Helper()
	zero := ptr(Int(0))
	must := func(s string) Number {
		n, err := ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	v, err := NewVocabulary(Vocabulary{
		Units: []Unit{
			{ID: "1", Dimension: "count", Factor: Int(1)},
			{ID: "%", Dimension: "count", Factor: must("0.01")},
			{ID: "Hz", Dimension: "frequency", Factor: Int(1)},
			{ID: "GHz", Dimension: "frequency", Factor: must("1e9")},
			{ID: "W", Dimension: "power", Factor: Int(1)},
			{ID: "K", Dimension: "temperature", Factor: Int(1)},
			{ID: "Cel", Dimension: "temperature", Factor: Int(1), Offset: must("273.15")},
			{ID: "m", Dimension: "length", Factor: Int(1)},
			{ID: "mm", Dimension: "length", Factor: must("1e-3")},
			{ID: "um", Dimension: "length", Factor: must("1e-6")},
			{ID: "[in_i]", Dimension: "length", Factor: must("0.0254")},
			{ID: "kg", Dimension: "mass", Factor: Int(1)},
			{ID: "km", Dimension: "length", Factor: must("1e3")},
		},
		Kinds: []Kind{
			{ID: "thing"},
			{ID: "chip", Broader: []string{"thing"}},
			{ID: "converter", Broader: []string{"chip"}},
			{ID: "logic", Broader: []string{"chip"}, Overlaps: []string{"converter"}},
			{ID: "machine", Broader: []string{"thing"}},
			{ID: "software"},
			{ID: "technology"},
			{ID: "component"},
		},
		Attributes: []Attribute{
			{ID: "a", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"thing", "axis", "shaft"}},
			{ID: "b", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"thing", "axis"}, Min: zero},
			{ID: "n", Type: TypeInteger, Dimension: "count", Unit: "1", Of: []string{"thing"}, Min: zero},
			{ID: "always", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"thing"}, AlwaysFor: []string{"thing"}},
			{ID: "flag", Type: TypeBoolean, Of: []string{"thing"}},
			{ID: "modified", Type: TypeBoolean, Of: []string{"thing"}},
			{ID: "colour", Type: TypeTerm, Of: []string{"thing"}, Terms: []Term{{ID: "red"}, {ID: "green"}, {ID: "scarlet", Broader: []string{"red"}}}},
			{ID: "stuff", Type: TypeSet, Of: []string{"thing"}, Terms: []Term{{ID: "x"}, {ID: "y"}, {ID: "z"}}},
			{ID: "band", Type: TypeRange, Dimension: "frequency", Unit: "Hz", Of: []string{"thing"}, Min: zero},
			{ID: "f", Type: TypeNumber, Dimension: "frequency", Unit: "Hz", Of: []string{"point"}, Min: zero},
			{ID: "p", Type: TypeNumber, Dimension: "power", Unit: "W", Of: []string{"point"}, Min: zero},
			{ID: "tpp", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"chip"}, Min: zero},
			{ID: "area", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"chip"}, Min: zero},
			{ID: "density", Type: TypeDerived, Dimension: "count", Unit: "1", Of: []string{"chip"}, Min: zero, Formula: "tpp / area"},
			{ID: "temperature", Type: TypeNumber, Dimension: "temperature", Unit: "K", Of: []string{"thing"}, Min: zero},
			{ID: "length", Type: TypeNumber, Dimension: "length", Unit: "m", Of: []string{"thing"}, Min: zero},
			{ID: "accuracy-1988", Type: TypeNumber, Dimension: "length", Unit: "mm", Of: []string{"machine"}, Min: zero, Better: "low"},
			{ID: "accuracy-1997", Type: TypeNumber, Dimension: "length", Unit: "mm", Of: []string{"machine"}, Min: zero, Better: "low"},
			{ID: "alloy", Type: TypeSet, Of: []string{"thing"}, Terms: []Term{{ID: "metal"}, {ID: "steel", Broader: []string{"metal"}}, {ID: "maraging", Broader: []string{"steel"}}, {ID: "ceramic"}}},
			{ID: "payload", Type: TypeNumber, Dimension: "mass", Unit: "kg", Of: []string{"delivery", "sighting"}, Min: zero},
			{ID: "reach", Type: TypeNumber, Dimension: "length", Unit: "km", Of: []string{"delivery", "sighting"}, Min: zero},
			{ID: "gain", Type: TypeCurve, Dimension: "power", Unit: "W", Of: []string{"thing"}},
		},
		Parts: []Part{{ID: "axis"}, {ID: "point"}, {ID: "shaft", Unique: true}, {ID: "delivery", Closed: "down"}, {ID: "sighting"}},
		Functions: []Function{
			{ID: "development"}, {ID: "production"}, {ID: "use"},
			{ID: "specially-designed", Broader: []string{"designed-or-modified"}},
			{ID: "designed-or-modified", Broader: []string{"usable"}}, {ID: "usable"},
		},
		Axioms:  []Axiom{{If: When{Attribute: "flag", Constraint: "true"}, Then: When{Attribute: "modified", Constraint: "true"}}},
		Nominal: []NominalPair{{A: "398 K", B: "125 Cel"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// naive reads c on a complete item: every attribute that matters is stated, all parts are listed.
func naive(v *Vocabulary, c Criterion, it *Item, function string) bool {
	switch c := c.(type) {
	case nil:
		return true
	case All:
		for _, x := range c {
			if !naive(v, x, it, function) {
				return false
			}
		}
		return true
	case Any:
		for _, x := range c {
			if naive(v, x, it, function) {
				return true
			}
		}
		return false
	case Not:
		return !naive(v, c.C, it, function)
	case *Ref:
		return naive(v, c.C, it, function)
	case OfKind:
		for _, k := range it.Kinds {
			for _, want := range c.Kinds {
				if v.IsA(k, want) {
					return true
				}
			}
		}
		return false
	case Opaque:
		return it.Attributes[c.Name].Bool
	case Parts:
		all, hits := 0, 0
		for i := range it.Parts {
			p := &it.Parts[i]
			if p.Absent || p.Type != c.Of {
				continue
			}
			all++
			if naive(v, c.Where, &p.Item, "") {
				hits++
			}
		}
		switch c.Quantifier {
		case Every:
			return all > 0 && hits == all
		case None:
			return hits < max(1, c.AtLeast)
		}
		return hits >= max(1, c.AtLeast)
	case For:
		for i := range it.For {
			for _, f := range c.Functions {
				if v.entails(it.For[i].Function, f, 0) && naive(v, c.Target, &it.For[i].Target, "") {
					return true
				}
			}
		}
		return false
	case When:
		return naiveWhen(v, c, it)
	}
	panic(fmt.Sprintf("%T", c))
}

func naiveWhen(v *Vocabulary, w When, it *Item) bool {
	id, side, _ := strings.Cut(w.Attribute, ".")
	a := v.Attribute(id)
	val, ok := it.Attributes[id]
	if !ok && a.Type == TypeDerived {
		x, y := it.Attributes["tpp"], it.Attributes["area"]
		if x.None || y.None || y.Number.IsZero() {
			val.None = true
		} else {
			val.Number = x.Number.Div(y.Number)
		}
	}
	switch w.Constraint {
	case "none":
		return val.None
	case "any":
		return !val.None
	}
	if val.None && a.Type != TypeSet {
		return false
	}
	has := func(list []string, t string) bool {
		return slices.ContainsFunc(list, func(x string) bool { return x == t || x == "scarlet" && t == "red" })
	}
	terms := strings.Split(strings.TrimPrefix(strings.TrimPrefix(w.Constraint, "all "), "only "), ", ")
	switch a.Type {
	case TypeBoolean:
		return val.Bool == (w.Constraint == "true")
	case TypeTerm:
		return slices.ContainsFunc(terms, func(t string) bool { return has(val.Terms, t) })
	case TypeSet:
		in := 0
		for _, t := range terms {
			if has(val.Terms, t) {
				in++
			}
		}
		switch {
		case strings.HasPrefix(w.Constraint, "all "):
			return in == len(terms)
		case strings.HasPrefix(w.Constraint, "only "):
			return in > 0 && in == len(val.Terms)
		}
		return in > 0
	}
	verb := ""
	text := w.Constraint
	if a.Type == TypeRange && side == "" {
		verb, text, _ = strings.Cut(text, " ")
	}
	for _, alternative := range strings.Split(text, "|") {
		all := true
		for _, part := range strings.Split(alternative, ",") {
			part = strings.TrimSpace(part)
			op := strings.TrimRight(part, "0123456789.eExX^-% GHzWKClmin[]_")
			n, u, err := v.quantity(strings.TrimSpace(strings.TrimPrefix(part, op)))
			if err != nil {
				panic(err)
			}
			bound := u.base(n)
			holds := func(x Number) bool {
				d := x.Cmp(bound)
				switch op {
				case ">":
					return d > 0
				case ">=":
					return d >= 0
				case "<":
					return d < 0
				case "<=":
					return d <= 0
				}
				return d == 0
			}
			lower := op[0] == '>'
			switch {
			case verb == "" && side == "min":
				all = all && holds(val.Min)
			case verb == "" && side == "max":
				all = all && holds(val.Max)
			case verb == "":
				all = all && holds(val.Number)
			case verb == "touches" && lower, verb == "within" && !lower:
				all = all && holds(val.Max)
			case verb == "touches", verb == "within":
				all = all && holds(val.Min)
			case lower:
				all = all && val.Min.Cmp(bound) <= 0
			default:
				all = all && val.Max.Cmp(bound) >= 0
			}
		}
		if all {
			return true
		}
	}
	return false
}

// random builds criteria and items from the toy vocabulary.
type random struct{ *rand.Rand }

func (r random) pick(s ...string) string { return s[r.Intn(len(s))] }

func (r random) comparison(unit string, numbers ...string) string {
	one := func() string { return r.pick(">", ">=", "<", "<=", "=") + " " + r.pick(numbers...) + unit }
	switch r.Intn(5) {
	case 0:
		return one() + ", " + one()
	case 1:
		return one() + " | " + one()
	}
	return one()
}

func (r random) when() Criterion {
	switch r.Intn(9) {
	case 0:
		return When{Attribute: "n", Constraint: r.comparison("", "1", "2", "1.5")}
	case 1:
		return When{Attribute: "always", Constraint: r.comparison("", "1", "2")}
	case 2:
		return When{Attribute: r.pick("flag", "modified"), Constraint: r.pick("true", "false")}
	case 3:
		return When{Attribute: "colour", Constraint: r.pick("red", "green", "scarlet", "green, scarlet", "any", "none")}
	case 4:
		return When{Attribute: "stuff", Constraint: r.pick("x", "x, y", "all x, y", "only x, y", "only z", "none", "any")}
	case 5:
		return When{Attribute: "band", Constraint: r.pick("touches", "within", "covers") + " " + r.pick(">", ">=") + " 1 Hz, " + r.pick("<", "<=") + " 2 Hz"}
	case 6:
		return When{Attribute: r.pick("band.min", "band.max"), Constraint: r.comparison(" Hz", "1", "2")}
	case 7:
		return When{Attribute: r.pick("tpp", "area", "density"), Constraint: r.comparison("", "0", "1", "2")}
	}
	return When{Attribute: r.pick("a", "b"), Constraint: r.pick(r.comparison("", "1", "2"), "none", "any")}
}

func (r random) criterion(depth int) Criterion {
	if depth == 0 {
		return r.when()
	}
	switch r.Intn(8) {
	case 0:
		return All{r.criterion(depth - 1), r.criterion(depth - 1)}
	case 1, 2:
		return Any{r.criterion(depth - 1), r.criterion(depth - 1)}
	case 3:
		return Not{r.criterion(depth - 1)}
	case 4:
		return OfKind{Kinds: []string{r.pick("thing", "chip", "converter", "logic", "machine", "software")}}
	case 5:
		return Parts{Quantifier: Quantifier(r.pick("some", "some", "every", "none")), Of: "point", AtLeast: r.Intn(3), Where: r.point()}
	case 6:
		return For{Functions: []string{r.pick("development", "designed-or-modified", "usable")}, Target: r.criterion(min(depth-1, 1))}
	}
	return All{OfKind{Kinds: []string{r.pick("chip", "converter", "logic")}}, r.criterion(depth - 1)}
}

func (r random) point() Criterion {
	f := When{Attribute: "f", Constraint: r.comparison(" Hz", "1", "2")}
	p := When{Attribute: "p", Constraint: r.comparison(" W", "1", "2")}
	switch r.Intn(3) {
	case 0:
		return f
	case 1:
		return p
	}
	return All{f, p}
}

var grid = []string{"0.5", "1", "1.5", "2", "2.5"}

func (r random) number() Value {
	if r.Intn(6) == 0 {
		return Value{None: true}
	}
	return r.some()
}

func (r random) some() Value {
	n, _ := ParseNumber(r.pick(grid...))
	return Value{Number: n}
}

// base is a value that a formula starts from: often where it is 0 or has no value.
func (r random) base() Value {
	if r.Intn(6) == 0 {
		return Value{}
	}
	return r.number()
}

// item is complete: it states everything that its kind can have.
func (r random) item(depth int) Item {
	it := Item{Attributes: map[string]Value{}, NoOtherParts: true, ForKnown: true}
	kind := r.pick("thing", "chip", "converter", "logic", "converter+logic", "machine", "software")
	it.Kinds = strings.Split(kind, "+")
	thing := kind != "software"
	chip := thing && kind != "thing" && kind != "machine"
	none := Value{None: true}
	set := func(ok bool, id string, v Value) {
		if !ok {
			v = none
		}
		it.Attributes[id] = v
	}
	set(thing, "a", r.number())
	set(thing, "b", r.number())
	set(thing, "n", Value{Number: Int(int64(r.Intn(4)))})
	set(thing, "always", r.some())
	flag := r.Intn(2) == 0
	set(thing, "flag", Value{Bool: flag})
	set(thing, "modified", Value{Bool: flag || r.Intn(2) == 0})
	set(thing, "colour", Value{Terms: []string{r.pick("red", "green", "scarlet")}})
	var terms []string
	for _, t := range []string{"x", "y", "z"} {
		if r.Intn(2) == 0 {
			terms = append(terms, t)
		}
	}
	set(thing, "stuff", Value{Terms: terms, None: len(terms) == 0})
	lo, hi := r.some().Number, r.some().Number
	if lo.Cmp(hi) > 0 {
		lo, hi = hi, lo
	}
	set(thing, "band", Value{Min: lo, Max: hi})
	set(chip, "tpp", r.base())
	set(chip, "area", r.base())
	if !chip {
		it.Attributes["density"] = none
	}
	for range r.Intn(3) {
		it.Parts = append(it.Parts, ItemPart{Type: "point", Item: Item{Attributes: map[string]Value{"f": r.some(), "p": r.some()}, NoOtherParts: true, ForKnown: true}})
	}
	if depth > 0 && r.Intn(2) == 0 {
		it.For = append(it.For, Purpose{Function: r.pick("development", "specially-designed", "usable"), Target: r.item(depth - 1)})
	}
	return it
}
