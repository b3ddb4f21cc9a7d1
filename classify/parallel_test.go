package classify_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// Many that ask at once about kinds that nobody asked about before are told what one alone is told.
func TestVerdictsInParallel(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := k.Corpus.Compile(k.View, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var items []scope.Item
	for i, kind := range k.Corpus.Vocabulary().Kinds {
		if i%6 > 0 {
			continue
		}
		items = append(items, scope.Item{ID: kind.ID, Kinds: []string{kind.ID}, NoOtherAttributes: true, NoOtherParts: true, ForKnown: true, To: "CN"})
	}
	got := make([][][]classify.Verdict, 4)
	var running sync.WaitGroup
	for w := range got {
		got[w] = make([][]classify.Verdict, len(items))
		running.Go(func() {
			for n := range items {
				i := (n*(2*w+1) + 31*w) % len(items)
				got[w][i] = classify.Verdicts(fresh, &items[i], nil)
			}
		})
	}
	running.Wait()
	for i := range items {
		want := classify.Verdicts(k, &items[i], nil)
		for w := range got {
			if got[w][i] != nil && !slices.Equal(got[w][i], want) {
				t.Errorf("%s: %v, alone %v", items[i].ID, got[w][i], want)
			}
		}
	}
}
