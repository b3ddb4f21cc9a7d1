package classify_test

import (
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// TestKindsLeftOut: what was left out when compiling is not "not controlled"; nothing is known of it.
func TestKindsLeftOut(t *testing.T) {
	corpus, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	view, err := corpus.Newest("us-ccl")
	if err != nil {
		t.Fatal(err)
	}
	lists, err := corpus.Compile(view, regime.Options{AnyDestination: true, Kinds: []string{"quantum-computer"}})
	if err != nil {
		t.Fatal(err)
	}
	if l := &lists.Lists[0]; !l.Asked("quantum-computer") || l.Asked("technology") {
		t.Error("what was asked for is not told")
	}
	item := scope.Item{Kinds: []string{"technology"}, NoOtherAttributes: true, NoOtherParts: true, ForKnown: true}
	if got := classify.Verdicts(lists, &item, nil)[0]; got != classify.NotEncoded {
		t.Errorf("technology, of which nothing was compiled, is %s", got)
	}
	item.Kinds = []string{"quantum-computer"}
	if got := classify.Verdicts(lists, &item, nil)[0]; got == classify.NotEncoded {
		t.Errorf("a quantum computer, which was compiled, is %s", got)
	}
}
