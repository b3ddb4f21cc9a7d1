package scope_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime/scope"
)

func flipVocabulary(t *testing.T) *scope.Vocabulary {
	t.Helper()
	zero := scope.Int(0)
	kilo := scope.Int(1000)
	v, err := scope.NewVocabulary(scope.Vocabulary{
		Units: []scope.Unit{
			{ID: "1", Dimension: "count", Factor: scope.Int(1)}, {ID: "m", Dimension: "length", Factor: scope.Int(1)}, {ID: "km", Dimension: "length", Factor: kilo},
		},
		Kinds: []scope.Kind{{ID: "machine"}},
		Parts: []scope.Part{{ID: "axis"}},
		Attributes: []scope.Attribute{
			{ID: "reach", Type: scope.TypeNumber, Dimension: "length", Unit: "m", Min: &zero, Of: []string{"machine"}},
			{ID: "axes", Type: scope.TypeInteger, Dimension: "count", Unit: "1", Min: &zero, Of: []string{"machine"}},
			{ID: "civil", Type: scope.TypeBoolean, Of: []string{"machine"}},
			{ID: "drive", Type: scope.TypeTerm, Terms: []scope.Term{{ID: "belt"}, {ID: "screw"}, {ID: "magnet"}}, Of: []string{"machine"}},
			{ID: "band", Type: scope.TypeRange, Dimension: "length", Unit: "m", Min: &zero, Of: []string{"machine"}},
			{ID: "travel", Type: scope.TypeNumber, Dimension: "length", Unit: "m", Min: &zero, Of: []string{"axis"}},
		},
		Axioms: []scope.Axiom{{If: when("drive", "magnet"), Then: when("civil", "false")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFlips(t *testing.T) {
	v := flipVocabulary(t)
	kind := scope.OfKind{Kinds: []string{"machine"}}
	for _, tt := range []struct {
		name, why string
		criterion scope.Criterion
		state     map[string]string
		want      []scope.Flip
	}{
		{
			"below", "the threshold itself is not enough", when("reach", "> 3 km"), map[string]string{"reach": "2.5 km"},
			[]scope.Flip{{Property: "reach", Stated: "2.5 km", To: "reach > 3 km", By: "0.5 km", Certain: true}},
		}, {
			"inside a band", "the nearer end counts", when("reach", ">= 1 km, <= 3 km"), map[string]string{"reach": "2.9 km"},
			[]scope.Flip{{Property: "reach", Stated: "2.9 km", To: "reach > 3 km", By: "0.1 km", Certain: true}},
		}, {
			"two conditions", "neither alone would do", scope.All{when("reach", "> 3 km"), when("axes", ">= 5")}, map[string]string{"reach": "1 km", "axes": "3"},
			nil,
		}, {
			"one of two conditions", "the other holds", scope.All{when("reach", "> 3 km"), when("axes", ">= 5")}, map[string]string{"reach": "4 km", "axes": "3"},
			[]scope.Flip{{Property: "axes", Stated: "3", To: "axes >= 5", By: "2", Certain: true}},
		}, {
			"one of two, the other unknown", "it would then depend on what is not stated", scope.All{when("reach", "> 3 km"), when("axes", ">= 5")}, map[string]string{"axes": "3"},
			[]scope.Flip{{Property: "axes", Stated: "3", To: "axes >= 5", By: "2"}},
		}, {
			"terms and booleans", "they have no distance", scope.All{when("drive", "belt, screw"), when("civil", "false")}, map[string]string{"drive": "belt", "civil": "true"},
			[]scope.Flip{{Property: "civil", Stated: "true", To: "not civil", Certain: true}},
		}, {
			"axiom", "a magnetic drive cannot be civil", scope.All{when("drive", "magnet"), when("axes", ">= 1")}, map[string]string{"drive": "belt", "civil": "true", "axes": "2"},
			nil,
		}, {
			"undetermined", "there is no answer to change", when("reach", "> 3 km"), map[string]string{"axes": "2"}, nil,
		}, {
			"end of a range", "its maximum has to reach higher", when("band", "touches > 6 km, <= 9 km"), map[string]string{"band": "1 km to 5 km"},
			[]scope.Flip{{Property: "band.max", Stated: "5 km", To: "band.max > 6 km", By: "1 km", Certain: true}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := scope.NewSpace(v)
			x, err := s.Compile(scope.All{kind, tt.criterion})
			if err != nil {
				t.Fatal(err)
			}
			it := scope.Item{Kinds: []string{"machine"}, Attributes: map[string]scope.Value{}}
			for id, text := range tt.state {
				value, err := v.ParseValue(id, text)
				if err != nil {
					t.Fatal(err)
				}
				it.Attributes[id] = value
			}
			if d := cmp.Diff(tt.want, x.Flips(&it)); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
		})
	}
}

func TestFlipsOfParts(t *testing.T) {
	v := flipVocabulary(t)
	s := scope.NewSpace(v)
	x, err := s.Compile(scope.All{scope.OfKind{Kinds: []string{"machine"}}, scope.Parts{Quantifier: scope.Some, Of: "axis", Where: when("travel", "> 1 m")}})
	if err != nil {
		t.Fatal(err)
	}
	travel, err := v.ParseValue("travel", "0.5 m")
	if err != nil {
		t.Fatal(err)
	}
	it := scope.Item{Kinds: []string{"machine"}, Parts: []scope.ItemPart{{Type: "axis", Item: scope.Item{Attributes: map[string]scope.Value{"travel": travel}}}}}
	want := []scope.Flip{{Property: "axis", Stated: "no axis (travel > 1 m)", To: "some axis (travel > 1 m)", Certain: true}}
	if d := cmp.Diff(want, x.Flips(&it)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Questions about ever new items leave a Space as large as it was.
func TestSpaceDoesNotGrow(t *testing.T) {
	v := flipVocabulary(t)
	s := scope.NewSpace(v)
	var alternatives scope.Any
	for i := range 40 {
		alternatives = append(alternatives, scope.All{when("reach", "> "+scope.Int(int64(i)).String()+" m"), when("axes", ">= "+scope.Int(int64(40-i)).String()), when("drive", "belt")})
	}
	x, err := s.Compile(scope.All{scope.OfKind{Kinds: []string{"machine"}}, alternatives})
	if err != nil {
		t.Fatal(err)
	}
	before, nodes := x.Size(), scope.SpaceNodes(s)
	scope.SetRoom(s, 50)
	for i := range 3000 {
		n := scope.Int(int64(i)).Div(scope.Int(7))
		it := scope.Item{Kinds: []string{"machine"}, Attributes: map[string]scope.Value{"reach": {Number: n}, "axes": {Number: scope.Int(int64(i % 50))}}}
		first, flips, missing := x.Evaluate(&it), x.Flips(&it), x.Missing(&it)
		if i%500 == 0 {
			if again := x.Evaluate(&it); again != first || !cmp.Equal(x.Flips(&it), flips) || !cmp.Equal(x.Missing(&it), missing) {
				t.Fatalf("answers about item %d change", i)
			}
		}
	}
	if got := x.Size(); got != before {
		t.Errorf("size was %d and is %d", before, got)
	}
	if left := scope.SpaceNodes(s) - nodes; left > 50 {
		t.Errorf("%d nodes are left", left)
	}
}
