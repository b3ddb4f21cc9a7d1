package classify_test
import ("testing";"time";"fmt";"github.com/openconcord/concord/regime/scope")
func TestSlowScratch(t *testing.T) {
	k, _ := builtin()
	start := time.Now()
	for _, kd := range k.Corpus.Vocabulary().Kinds {
		it := scope.Item{Kinds: []string{kd.ID}, Attributes: map[string]scope.Value{}}
		for i := range k.Lists {
			t0 := time.Now(); n := k.Lists[i].Whole.Missing(&it)
			if d := time.Since(t0); d > 300*time.Millisecond { fmt.Println(kd.ID, k.Lists[i].Edition.List, d, len(n)) }
			if time.Since(start) > 45*time.Second { return }
		}
	}
}
