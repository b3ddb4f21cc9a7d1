package scope

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

// A ruleCase is data that breaks one rule, with what its message says, and the same data put right.
type ruleCase struct {
	rule       string
	bad, good  Criterion
	message    string
	suggestion bool // the message names what was probably meant
}

var criterionRules = []ruleCase{
	{"unknown-attribute", When{Attribute: "lenght", Constraint: "> 1 m"}, is("length", "> 1 m"), `attribute "lenght" is not declared; declare it in the vocabulary (did you mean "length"?)`, true},
	{"unknown-attribute", is("a.min", "> 1"), is("band.min", "> 1 Hz"), `attribute "a.min" is not declared`, false},
	{"boolean", is("flag", "yes"), is("flag", "true"), `"yes" is not a truth value of "flag"; write true or false`, false},
	{"curve", is("gain", "> 1 W"), is("gain", "any"), `attribute "gain" is a curve, which criteria cannot compare yet; write residue`, false},
	{"range-verb", is("band", "> 1 Hz"), is("band", "touches > 1 Hz"), `"> 1 Hz" compares the range "band" without a verb; begin with touches, within or covers, or compare band.min or band.max`, false},
	{"range-verb", is("band", "overlaps > 1 Hz"), is("band", "within > 1 Hz"), `without a verb`, false},
	{"range-alternatives", is("band", "touches > 1 Hz | < 0.5 Hz"), is("band", "touches > 1 Hz, < 2 Hz"), `"touches > 1 Hz | < 0.5 Hz" gives alternatives to a range; write them as any:`, false},
	{"unknown-term", is("colour", "blue"), is("colour", "red"), `"blue" is not a term of "colour"; use one of red, green, scarlet`, false},
	{"unknown-term", is("stuff", "all x, w"), is("stuff", "all x, y"), `"w" is not a term of "stuff"; use one of x, y, z`, false},
	{"no-terms", is("stuff", "only ,"), is("stuff", "only x"), `names no term of "stuff"`, false},
	{"no-terms", is("colour", ""), is("colour", "none"), `"" names no term of "colour"`, false},
	{"constraint", is("a", ""), is("a", "1"), `"" compares "a" with nothing; write for example ">= 5 1"`, false},
	{"constraint", is("a", "> 1,"), is("a", "> 1, < 2"), `"> 1," compares "a" with nothing`, false},
	{"constraint", is("a", "> 1,3"), is("a", "> 1.3"), `"3" in "> 1,3" follows a comma without a comparison; write one before it, or a decimal point`, false},
	{"constraint", is("a", "1, 3"), is("a", "1 | 3"), `"3" in "1, 3" follows a comma without a comparison`, false},
	{"quantity", is("a", "> one"), is("a", "> 1"), `"one" is not a number`, false},
	{"quantity", is("a", "=> 1"), is("a", ">= 1"), `"> 1" is not a number`, false},
	{"quantity", is("length", "> 5 inch"), is("length", "> 5 [in_i]"), `unit "inch" in "5 inch" is not declared; use a declared unit`, false},
	{"quantity", is("length", "> 5 kmm"), is("length", "> 5 km"), `unit "kmm" in "5 kmm" is not declared; use a declared unit (did you mean "mm"?)`, true},
	{"dimension", is("length", "> 5 W"), is("length", "> 5 mm"), `"5 W" measures power, but "length" is a length; write a unit such as m`, false},
	{"dimension", is("length", "> 5"), is("length", "> 5 m"), `"5" measures count, but "length" is a length`, false},
	{"unknown-kind", kind("chp"), kind("chip"), `kind "chp" is not declared; declare it in the vocabulary (did you mean "chip"?)`, true},
	{"unknown-part", some("axes", nil), some("axis", nil), `"axes" is neither a part nor a kind; declare it in the vocabulary (did you mean "axis"?)`, true},
	{"at-least", atLeast(-1, "axis", nil), atLeast(1, "axis", nil), `at-least is -1; write 1 or more`, false},
	{"unknown-function", forThe("usage", nil), forThe("use", nil), `function "usage" is not declared; declare it in the vocabulary (did you mean "use"?)`, true},
	{"country", Transfer{To: []string{"usa"}}, Transfer{To: []string{"US"}}, `"usa" is not an ISO 3166 alpha-2 code; write two capital letters`, false},
	{"country", Transfer{To: []string{"us"}}, Transfer{To: []string{"US", "DE"}}, `"us" is not an ISO 3166 alpha-2 code`, false},
}

// TestCriterionRules: every rule refuses what breaks it, wherever in a criterion it stands, and accepts what is right.
func TestCriterionRules(t *testing.T) {
	v := toyVocabulary(t)
	shared := func(c Criterion) Criterion { r := &Ref{c}; return All{r, r} }
	places := map[string]func(Criterion) Criterion{
		"alone":     func(c Criterion) Criterion { return c },
		"all":       func(c Criterion) Criterion { return All{kind("chip"), c} },
		"any":       func(c Criterion) Criterion { return Any{kind("chip"), c} },
		"not":       func(c Criterion) Criterion { return Not{c} },
		"shared":    shared,
		"of a part": func(c Criterion) Criterion { return some("axis", c) },
		"for":       func(c Criterion) Criterion { return forThe("use", c) },
	}
	for _, tt := range criterionRules {
		for place, in := range places {
			errs := v.CheckCriterion(in(tt.bad))
			if len(errs) != 1 || errs[0].Rule != tt.rule || !strings.Contains(errs[0].Msg, tt.message) {
				t.Errorf("%s, %s:\ngot  %v\nwant %s", tt.rule, place, errs, tt.message)
			}
			if errs := v.CheckCriterion(in(tt.good)); errs != nil {
				t.Errorf("%s, %s: the right form is refused: %v", tt.rule, place, errs)
			}
		}
		if _, err := NewSpace(v).Compile(tt.bad); !errors.Is(err, ErrData) {
			t.Errorf("%s: Compile says %v, want ErrData", tt.rule, err)
		}
		if tt.suggestion != strings.Contains(tt.message, "did you mean") {
			t.Errorf("%s: expectation contradicts itself", tt.rule)
		}
	}
}

// TestAllErrorsAreReported: a criterion with several faults reports them all, in order of position.
func TestAllErrorsAreReported(t *testing.T) {
	v := toyVocabulary(t)
	at := func(line int) Pos { return Pos{"list.yaml", line, 7} }
	_, err := NewSpace(v).Compile(All{
		When{Attribute: "a", Constraint: "> x", Pos: at(9)},
		Not{OfKind{Kinds: []string{"nothing-such"}, Pos: at(3)}},
		Transfer{To: []string{"D"}, Pos: at(5)},
	})
	want := `list.yaml:3:7: kind "nothing-such" is not declared; declare it in the vocabulary
list.yaml:5:7: "D" is not an ISO 3166 alpha-2 code; write two capital letters
list.yaml:9:7: "x" is not a number; write digits with a decimal point, or 2x10^-3`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	var one *Error
	if !errors.As(err, &one) || one.Pos != at(3) || one.Rule != "unknown-kind" {
		t.Errorf("the first error is %+v", one)
	}
}

func TestPosString(t *testing.T) {
	for want, p := range map[string]Pos{"": {}, "a.yaml": {File: "a.yaml"}, "a.yaml:2:3": {"a.yaml", 2, 3}} {
		if got := p.String(); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
	if got := (&Error{Msg: "no place"}).Error(); got != "no place" {
		t.Errorf("an error without position is %q", got)
	}
}

// TestCompileRefuses: what only a corpus can resolve, and what is no criterion of this package.
func TestCompileRefuses(t *testing.T) {
	v := toyVocabulary(t)
	deep := Criterion(kind("chip"))
	for range maxNesting + 1 {
		deep = Not{deep}
	}
	for _, tt := range []struct {
		rule string
		c    Criterion
	}{
		{"unresolved", Reference{Codes: []CodeRange{{From: "3A001"}}}},
		{"unresolved", Elsewhere{}},
		{"unresolved", some("axis", Elsewhere{})},
		{"nesting", deep},
		{"criterion", foreign{}},
	} {
		_, err := NewSpace(v).Compile(tt.c)
		var e *Error
		if !errors.As(err, &e) || e.Rule != tt.rule {
			t.Errorf("%T: %v, want rule %s", tt.c, err, tt.rule)
		}
	}
	shared := &Ref{Elsewhere{}}
	s := NewSpace(v)
	for range 2 {
		if _, err := s.Compile(shared); err == nil {
			t.Error("a shared criterion that does not compile compiles when asked again")
		}
	}
}

type foreign struct{}

func (foreign) isCriterion() {}

func TestParseValue(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct {
		attribute, text string
		want            Value
	}{
		{"a", "8", Value{Number: Int(8)}},
		{"a", " 50 % ", Value{Number: parse(t, "0.5")}},
		{"a", "none", Value{None: true}},
		{"flag", "null", Value{None: true}},
		{"n", "4", Value{Number: Int(4)}},
		{"n", "400 %", Value{Number: Int(4)}},
		{"temperature", "125 Cel", Value{Number: parse(t, "398.15")}},
		{"temperature", "-273.15 Cel", Value{}},
		{"length", "2 x 10^-3 m", Value{Number: parse(t, "0.002")}},
		{"length", "1/2 [in_i]", Value{Number: parse(t, "0.0127")}},
		{"flag", "true", Value{Bool: true}},
		{"flag", "false", Value{}},
		{"colour", "scarlet", Value{Terms: []string{"scarlet"}}},
		{"stuff", "x, z", Value{Terms: []string{"x", "z"}}},
		{"band", "0.5 GHz to 6 GHz", Value{Min: parse(t, "5e8"), Max: parse(t, "6e9")}},
		{"band", "0.5 to 6 GHz", Value{Min: parse(t, "5e8"), Max: parse(t, "6e9")}},
		{"band", "2 Hz", Value{Min: Int(2), Max: Int(2)}},
		{"density", "5.92", Value{Number: parse(t, "5.92")}},
	} {
		got, err := v.ParseValue(tt.attribute, tt.text)
		if err != nil {
			t.Errorf("%s %q: %v", tt.attribute, tt.text, err)
			continue
		}
		if got.Text != strings.TrimSpace(tt.text) {
			t.Errorf("%s %q keeps the text %q", tt.attribute, tt.text, got.Text)
		}
		if got.None != tt.want.None || got.Number.Cmp(tt.want.Number) != 0 || got.Bool != tt.want.Bool || !slices.Equal(got.Terms, tt.want.Terms) ||
			got.Min.Cmp(tt.want.Min) != 0 || got.Max.Cmp(tt.want.Max) != 0 {
			t.Errorf("%s %q is %+v, want %+v", tt.attribute, tt.text, got, tt.want)
		}
	}
}

func TestParseValueRefuses(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct{ attribute, text, want string }{
		{"lenght", "1 m", `attribute "lenght" is not declared; use a declared attribute (did you mean "length"?)`},
		{"a", "", `"" is not a number`},
		{"a", "1,3", `unit ",3" in "1,3" is not declared`},
		{"a", "1e999999", `is not a number`},
		{"b", "-1", `"-1" is below 0 1, the least that "b" can be`},
		{"temperature", "-274 Cel", `"-274 Cel" is below 0 K, the least that "temperature" can be`},
		{"n", "1.5", `"1.5" is not a whole number, as "n" is`},
		{"length", "5 W", `"5 W" measures power, but "length" is a length; write a unit such as m`},
		{"length", "5", `"5" measures count, but "length" is a length`},
		{"flag", "yes", `"yes" is not a truth value of "flag"; write true or false`},
		{"colour", "blue", `"blue" is not a term of "colour"; use one of red, green, scarlet`},
		{"colour", "red, green", `"red, green" states several terms of "colour"; state one`},
		{"stuff", "x, w", `"w" is not a term of "stuff"`},
		{"stuff", "", `names no term of "stuff"`},
		{"band", "6 GHz to 0.5 GHz", `"6 GHz to 0.5 GHz" begins above its end; write the lower bound first`},
		{"band", "1 to 2", `measures count, but "band" is a frequency`},
		{"band", "1 Hz to 2 W", `"2 W" measures power`},
		{"gain", "1 W", `attribute "gain" is a curve, which items cannot state yet`},
	} {
		got, err := v.ParseValue(tt.attribute, tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %q: %+v, %v; want an error with %q", tt.attribute, tt.text, got, err, tt.want)
		}
	}
}

func TestItemJSON(t *testing.T) {
	v := toyVocabulary(t)
	it := Item{
		ID:    "example",
		Kinds: []string{"converter", "logic"},
		Attributes: map[string]Value{
			"a": number(t, v, "a", "8"), "b": number(t, v, "b", "none"), "flag": number(t, v, "flag", "true"),
			"colour": number(t, v, "colour", "red"), "stuff": number(t, v, "stuff", "x, y"), "band": number(t, v, "band", "1 Hz to 2 GHz"),
		},
		NoOtherAttributes: true,
		Parts: []ItemPart{
			{Type: "axis", Count: 3, Item: Item{Attributes: map[string]Value{"a": number(t, v, "a", "2")}}},
			{Type: "point", Absent: true},
			{Type: "chip", Item: Item{ID: "left out", Kinds: []string{"chip"}}},
		},
		NoOtherParts: true,
		For: []Purpose{
			{"use", Item{Kinds: []string{"machine"}}},
			{"development", Item{Kinds: []string{"software"}, ForKnown: true}},
		},
		To: "DE",
	}
	got, err := json.MarshalIndent(it, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "id": "example",
  "kind": [
    "converter",
    "logic"
  ],
  "attributes": {
    "a": "8",
    "b": null,
    "band": {
      "max": "2 GHz",
      "min": "1 Hz"
    },
    "colour": "red",
    "flag": true,
    "stuff": [
      "x",
      "y"
    ]
  },
  "parts": [
    {
      "part": "axis",
      "count": 3,
      "attributes": {
        "a": "2"
      }
    },
    {
      "part": "point",
      "absent": true
    },
    {
      "part": "chip"
    }
  ],
  "no-other-attributes": true,
  "no-other-parts": true,
  "for": [
    {
      "function": "use",
      "item": {
        "kind": "machine"
      }
    },
    {
      "function": "development",
      "item": {
        "kind": "software",
        "for": []
      }
    }
  ],
  "to": "DE"
}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if empty, err := json.Marshal(Item{}); err != nil || string(empty) != "{}" {
		t.Errorf("an item of which nothing is known is %s, %v", empty, err)
	}
}

func TestTruthText(t *testing.T) {
	got, err := json.Marshal([]Truth{Undetermined, False, True})
	if err != nil || string(got) != `["undetermined","false","true"]` {
		t.Errorf("%s, %v", got, err)
	}
}
