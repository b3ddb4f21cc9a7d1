package scope_test

import (
	"testing"

	"github.com/openconcord/concord/regime/scope"
)

func TestPhrase(t *testing.T) {
	rate := scope.When{Attribute: "rate", Constraint: ">= 1 GSPS, < 2 GSPS | > 5 GSPS", Pos: scope.Pos{Line: 7}}
	civil := scope.When{Attribute: "civil", Constraint: "false"}
	kind := scope.OfKind{Kinds: []string{"lathe", "mill"}}
	for _, tt := range []struct {
		c    scope.Criterion
		want string
	}{
		{rate, "rate >= 1 GSPS and < 2 GSPS or > 5 GSPS"},
		{scope.All{kind, rate, scope.Any{civil, scope.Opaque{Name: "odd"}}}, "lathe or mill and rate >= 1 GSPS and < 2 GSPS or > 5 GSPS and (not civil or odd)"},
		{scope.Not{C: scope.All{kind, civil}}, "not (lathe or mill and not civil)"},
		{scope.All{}, "anything"},
		{scope.Any{}, "nothing"},
		{scope.Parts{Quantifier: scope.Some, Of: "axis", AtLeast: 2, Where: civil}, "some 2 axis with not civil"},
		{scope.Parts{Quantifier: scope.None, Of: "axis"}, "none axis"},
		{scope.For{Functions: []string{"development", "use"}, Target: scope.Reference{Codes: []scope.CodeRange{{From: "3A001", To: "3A003"}}}}, "development or use of what is specified in 3A001 to 3A003"},
		{scope.For{Functions: []string{"use"}}, "use of what is anything"},
		{scope.Transfer{To: []string{"CN", "KP"}}, "sent to CN, KP"},
		{scope.Reference{Meets: true, Codes: []scope.CodeRange{{List: "aa", From: "1"}, {From: "2"}}}, "meeting the criterion of aa:1 or 2"},
		{scope.Residue{ID: "x", Text: "a judgement"}, "a judgement"},
		{scope.Residue{ID: "x"}, "x"},
		{scope.Elsewhere{}, "specified elsewhere in the list"},
		{&scope.Ref{C: civil}, "not civil"},
	} {
		if got := scope.Phrase(tt.c); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
	if got := scope.PosOf(scope.All{scope.Any{}, scope.Not{C: rate}}); got.Line != 7 {
		t.Errorf("position is %v", got)
	}
}
