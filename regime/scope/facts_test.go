package scope_test

import (
	"strings"
	"testing"

	"github.com/openconcord/concord/regime/scope"
)

// substances is a family described by facts, its members, and a list of some members.
func substances(t *testing.T, more ...scope.Term) (*scope.Vocabulary, error) {
	t.Helper()
	number := func(id string) scope.Fact { return scope.Fact{Attribute: "carbons", Value: id} }
	family := func(id string) scope.Fact { return scope.Fact{Attribute: "family", Value: id} }
	zero := scope.Int(0)
	return scope.NewVocabulary(scope.Vocabulary{
		Units: []scope.Unit{{ID: "1", Dimension: "count", Factor: scope.Int(1)}},
		Kinds: []scope.Kind{{ID: "chemical"}},
		Attributes: []scope.Attribute{
			{ID: "carbons", Type: scope.TypeInteger, Dimension: "count", Unit: "1", Min: &zero, Of: []string{"chemical"}},
			{ID: "family", Type: scope.TypeTerm, Terms: []scope.Term{{ID: "fluoridate"}, {ID: "mustard"}}, Of: []string{"chemical"}},
			{ID: "substance", Type: scope.TypeTerm, Of: []string{"chemical"}, Terms: append([]scope.Term{
				{ID: "short", CAS: []string{"107-44-8"}, Synonyms: []string{"GB"}, Facts: []scope.Fact{family("fluoridate"), number("3")}},
				{ID: "long", Facts: []scope.Fact{family("fluoridate"), number("11")}},
				{ID: "gas", Facts: []scope.Fact{family("mustard"), {Attribute: "carbons", Value: "none"}}},
				{ID: "unstudied"},
			}, more...)},
		},
	})
}

func when(attribute, constraint string) scope.When {
	return scope.When{Attribute: attribute, Constraint: constraint}
}

func TestFacts(t *testing.T) {
	v, err := substances(t)
	if err != nil {
		t.Fatal(err)
	}
	s := scope.NewSpace(v)
	compile := func(c scope.Criterion) scope.Scope {
		x, err := s.Compile(scope.All{scope.OfKind{Kinds: []string{"chemical"}}, c})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	family := compile(scope.All{when("family", "fluoridate"), when("carbons", "<= 10")})
	enumerated := compile(when("substance", "short"))
	other := compile(when("substance", "long, gas"))
	if !enumerated.SubsetOf(family) {
		t.Error("a member of the family by its facts is outside it")
	}
	if !other.Disjoint(family) {
		t.Error("substances that the facts put outside the family are inside")
	}
	if unstudied := compile(when("substance", "unstudied")); unstudied.Disjoint(family) || unstudied.SubsetOf(family) {
		t.Error("a substance of which nothing is known is decided")
	}
	for _, tt := range []struct {
		state string
		bare  bool
		want  scope.Truth
		why   string
	}{
		{"short", false, scope.True, "what follows need not be stated"},
		{"short", true, scope.True, "also where nothing else is said to be there"},
		{"107-44-8", false, scope.True, "a registry number names the substance"},
		{"gb", false, scope.True, "so does a synonym, in any case"},
		{"long", false, scope.False, "eleven carbons are too many"},
		{"gas", true, scope.False, "another family"},
		{"unstudied", false, scope.Undetermined, "nothing is known"},
	} {
		value, err := v.ParseValue("substance", tt.state)
		if err != nil {
			t.Fatal(err)
		}
		it := scope.Item{Kinds: []string{"chemical"}, Attributes: map[string]scope.Value{"substance": value}, NoOtherAttributes: tt.bare}
		if got := family.Evaluate(&it); got != tt.want {
			t.Errorf("%s is %v in the family, want %v: %s", tt.state, got, tt.want, tt.why)
		}
	}
	if w, ok := family.Witness(); !ok || family.Evaluate(&w) != scope.True {
		t.Errorf("witness of the family is %v, %v", w, ok)
	}
}

func TestFactFaults(t *testing.T) {
	for _, tt := range []struct {
		term scope.Term
		want string
	}{
		{scope.Term{ID: "twin", CAS: []string{"107-44-8"}}, `"107-44-8" is "short" and "twin"`},
		{scope.Term{ID: "odd", Facts: []scope.Fact{{Attribute: "carbon", Value: "3"}}}, `attribute "carbon" is not declared`},
		{scope.Term{ID: "odd", Facts: []scope.Fact{{Attribute: "carbons", Value: "many"}}}, `"many"`},
		{scope.Term{ID: "odd", Facts: []scope.Fact{{Attribute: "substance", Value: "short"}}}, `cannot fix "substance"`},
	} {
		if _, err := substances(t, tt.term); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error is %v, want %s", err, tt.want)
		}
	}
}
