package scope

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// smallVocabulary is correct; tests break one thing in it.
func smallVocabulary() Vocabulary {
	return Vocabulary{
		Units: []Unit{{ID: "1", Dimension: "count", Factor: Int(1)}, {ID: "m", Dimension: "length", Factor: Int(1)}, {ID: "Cel", Dimension: "temperature", Factor: Int(1), Offset: Int(273)}, {ID: "K", Dimension: "temperature", Factor: Int(1)}},
		Kinds: []Kind{{ID: "thing"}, {ID: "chip", Broader: []string{"thing"}}, {ID: "converter", Broader: []string{"chip"}}},
		Attributes: []Attribute{
			{ID: "x", Type: TypeNumber, Dimension: "count", Unit: "1", Of: []string{"thing"}, Min: ptr(Int(0))},
			{ID: "y", Type: TypeNumber, Dimension: "count", Unit: "1", Min: ptr(Int(0))},
			{ID: "d", Type: TypeDerived, Dimension: "count", Unit: "1", Formula: "x / y"},
			{ID: "colour", Type: TypeTerm, Terms: []Term{{ID: "red"}, {ID: "scarlet", Broader: []string{"red"}}}},
		},
		Parts:     []Part{{ID: "axis"}},
		Functions: []Function{{ID: "use"}, {ID: "operation", Broader: []string{"use"}}},
		Nominal:   []NominalPair{{A: "398 K", B: "125 Cel"}},
	}
}

func TestVocabularyRules(t *testing.T) {
	attribute := func(v *Vocabulary, id string) *Attribute {
		i := slices.IndexFunc(v.Attributes, func(a Attribute) bool { return a.ID == id })
		return &v.Attributes[i]
	}
	for _, tt := range []struct {
		rule    string
		spoil   func(v *Vocabulary)
		message string
	}{
		{"duplicate-unit", func(v *Vocabulary) { v.Units = append(v.Units, v.Units[0]) }, `unit "1" is declared twice; keep one`},
		{"unit-factor", func(v *Vocabulary) { v.Units[1].Factor = Number{} }, `unit "m" has factor 0; write its exact factor`},
		{"duplicate-kind", func(v *Vocabulary) { v.Kinds = append(v.Kinds, Kind{ID: "chip"}) }, `kind "chip" is declared twice; keep one`},
		{"unknown-kind", func(v *Vocabulary) { v.Kinds[1].Broader[0] = "thng" }, `kind "chip" names "thng", which is not declared; declare it (did you mean "thing"?)`},
		{"unknown-kind", func(v *Vocabulary) { v.Kinds[1].Overlaps = []string{"machine"} }, `kind "chip" names "machine", which is not declared`},
		{"kind-cycle", func(v *Vocabulary) { v.Kinds[0].Broader = []string{"converter"} }, `kind "thing" is broader than itself; break the cycle`},
		{"duplicate-part", func(v *Vocabulary) { v.Parts = append(v.Parts, Part{ID: "axis"}) }, `part "axis" is declared twice; keep one`},
		{"duplicate-part", func(v *Vocabulary) { v.Parts[0].ID = "chip" }, `part "chip" is declared twice; keep one`},
		{"duplicate-function", func(v *Vocabulary) { v.Functions[1].ID = "use" }, `function "use" is declared twice; keep one`},
		{"unknown-function", func(v *Vocabulary) { v.Functions[1].Broader[0] = "usable" }, `function "usable" is broader than "operation" but not declared; declare it`},
		{"duplicate-attribute", func(v *Vocabulary) { attribute(v, "y").ID = "x" }, `attribute "x" is declared twice; keep one`},
		{"unknown-kind", func(v *Vocabulary) { attribute(v, "x").Of[0] = "chips" }, `attribute "x" is of "chips", which is neither a kind nor a part; declare it (did you mean "chip"?)`},
		{"unknown-kind", func(v *Vocabulary) { attribute(v, "x").AlwaysFor = []string{"machine"} }, `attribute "x" is of "machine", which is neither a kind nor a part`},
		{"unknown-unit", func(v *Vocabulary) { attribute(v, "x").Unit = "parsec" }, `attribute "x" has unit "parsec", which is not declared; declare it or use a declared one`},
		{"dimension", func(v *Vocabulary) { attribute(v, "x").Unit = "m" }, `attribute "x" has dimension "count" but its unit "m" measures "length"`},
		{"no-terms", func(v *Vocabulary) { attribute(v, "colour").Terms = nil }, `attribute "colour" of type term has no terms; list them`},
		{"duplicate-term", func(v *Vocabulary) { attribute(v, "colour").Terms[1].ID = "red" }, `attribute "colour" has term "red" twice; keep one`},
		{"unknown-term", func(v *Vocabulary) { attribute(v, "colour").Terms[1].Broader[0] = "pink" }, `term "scarlet" of "colour" is narrower than "pink", which is not a term of it`},
		{"unknown-type", func(v *Vocabulary) { attribute(v, "x").Type = "float" }, `attribute "x" has type "float"; write number, integer, boolean, term, set, range, derived or curve`},
		{"formula", func(v *Vocabulary) { attribute(v, "d").Formula = "x + y" }, `formula of "d" has "+"; write products and quotients of attributes, with spaces`},
		{"formula", func(v *Vocabulary) { attribute(v, "d").Formula = "" }, `derived attribute "d" has no formula`},
		{"formula", func(v *Vocabulary) { attribute(v, "y").Min = nil }, "formula of \"d\" uses \"y\", which must be a number with `min` of at least 0"},
		{"formula", func(v *Vocabulary) { attribute(v, "y").Min = ptr(Int(-1)) }, `formula of "d" uses "y", which must be a number`},
		{"formula", func(v *Vocabulary) { attribute(v, "d").Formula = "x / colour" }, `formula of "d" uses "colour", which must be a number`},
		{"unknown-attribute", func(v *Vocabulary) { attribute(v, "d").Formula = "x / z" }, `formula of "d" names "z", which is not declared`},
		{"nominal-pair", func(v *Vocabulary) { v.Nominal[0].B = "125 m" }, `"398 K" and "125 m" are not two quantities of one dimension`},
		{"nominal-pair", func(v *Vocabulary) { v.Nominal[0].A = "hot" }, `"hot" and "125 Cel" are not two quantities of one dimension`},
	} {
		v := smallVocabulary()
		tt.spoil(&v)
		got, err := NewVocabulary(v)
		var errs Errors
		if got != nil || !errors.As(err, &errs) || !errors.Is(err, ErrData) {
			t.Errorf("%s: %v, %v; want no vocabulary, and Errors", tt.rule, got, err)
			continue
		}
		if !slices.ContainsFunc(errs, func(e *Error) bool { return e.Rule == tt.rule && strings.Contains(e.Msg, tt.message) }) {
			t.Errorf("%s:\ngot  %v\nwant %s", tt.rule, err, tt.message)
		}
	}
	if _, err := NewVocabulary(smallVocabulary()); err != nil {
		t.Errorf("the vocabulary that the cases spoil is refused: %v", err)
	}
}

func TestVocabularyLookups(t *testing.T) {
	v := toyVocabulary(t)
	if v.Kind("chip") == nil || v.Kind("axis") != nil || v.Attribute("a") == nil || v.Attribute("chip") != nil ||
		v.Part("axis") == nil || v.Part("chip") != nil || v.Function("use") == nil || v.Function("abuse") != nil ||
		v.Unit("GHz") == nil || v.Unit("furlong") != nil {
		t.Error("a declared name is not found, or an undeclared one is")
	}
	if !v.IsA("converter", "thing") || !v.IsA("chip", "chip") || v.IsA("thing", "chip") || v.IsA("software", "thing") {
		t.Error("the taxonomy is not read: a converter is a thing, and a thing is not a chip")
	}
	for _, tt := range []struct {
		attribute string
		kinds     []string
		want      bool
	}{
		{"density", []string{"converter"}, true}, {"density", []string{"machine"}, false}, {"density", []string{"machine", "chip"}, true},
		{"density", nil, false}, {"list:X", []string{"machine"}, true},
	} {
		if got := v.Applies(tt.attribute, tt.kinds); got != tt.want {
			t.Errorf("%s applies to %v: %v, want %v", tt.attribute, tt.kinds, got, tt.want)
		}
	}
}

func TestMostSpecific(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct {
		kinds, want []string
		message     string
	}{
		{[]string{"chip"}, []string{"chip"}, ""},
		{[]string{"thing", "converter", "chip"}, []string{"converter"}, ""},
		{[]string{"logic", "converter"}, []string{"converter", "logic"}, ""},
		{[]string{"chip", "chip"}, []string{"chip"}, ""},
		{[]string{"chip", "machine"}, nil, `kinds ["chip" "machine"] exclude each other; state the one the item is, or declare them as overlapping`},
		{[]string{"chop"}, nil, `kind "chop" is not declared; use a declared kind (did you mean "chip"?)`},
	} {
		got, err := v.MostSpecific(tt.kinds)
		if !slices.Equal(got, tt.want) || (err == nil) != (tt.message == "") || err != nil && err.Error() != tt.message {
			t.Errorf("%v: %v, %v; want %v, %s", tt.kinds, got, err, tt.want, tt.message)
		}
	}
}

// TestUnitsConvertExactly: a quantity written in any unit, and read back from the base unit, is the same number.
func TestUnitsConvertExactly(t *testing.T) {
	v := toyVocabulary(t)
	for _, u := range v.Units {
		for _, s := range []string{"0", "0.1", "-40", "1/3", "123456789.123456789"} {
			n := parse(t, s)
			if got := u.from(u.base(n)); got.Cmp(n) != 0 {
				t.Errorf("%s %s comes back as %v", s, u.ID, got)
			}
		}
	}
}
