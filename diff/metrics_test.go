package diff_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
)

// The regions of world are, in order: residue of chi (not certain), blo+ita+jap, blo+jap, blo+reg, ita.
func TestShares(t *testing.T) {
	r := report(t, compiled(t, world))
	at := func(signature ...string) int {
		return slices.IndexFunc(r.Regions, func(x diff.Region) bool { return slices.Equal(x.Signature, signature) })
	}
	regime, member, pair, alone := at("blo", "reg"), at("blo", "ita", "jap"), at("blo", "jap"), at("ita")

	t.Run("coverage", func(t *testing.T) {
		want := []diff.Coverage{
			// Italy is bound by its bloc's list, so it controls what that does; Switzerland observes, Chile takes no part.
			{Regime: "reg", Participant: "blo", Controls: diff.Share{Part: 1, Of: 1}, ByCategory: map[string]diff.Share{"r": {Part: 1, Of: 1}}, Lacks: []int{}},
			{Regime: "reg", Participant: "it", Controls: diff.Share{Part: 1, Of: 1}, ByCategory: map[string]diff.Share{"r": {Part: 1, Of: 1}}, Lacks: []int{}},
			{Regime: "reg", Participant: "jp", Controls: diff.Share{Part: 0, Of: 1}, ByCategory: map[string]diff.Share{"r": {Part: 0, Of: 1}}, Lacks: []int{regime}},
		}
		if d := cmp.Diff(want, r.Metrics.Coverage); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
	t.Run("reciprocity", func(t *testing.T) {
		for _, tt := range []struct {
			why  string
			want diff.Reciprocity
		}{
			{"each way by the regions themselves", diff.Reciprocity{First: "jp", Second: "reg", FirstOnly: sorted(member, pair), SecondOnly: []int{regime}}},
			{"one way only", diff.Reciprocity{First: "blo", Second: "jp", Both: 2, FirstOnly: []int{regime}, SecondOnly: []int{}}},
			{"what Italy leaves to its bloc, its own list does not lack", diff.Reciprocity{First: "blo", Second: "it", Both: 1, FirstOnly: []int{}, SecondOnly: []int{alone}}},
			{"residue is no certain region", diff.Reciprocity{First: "ch", Second: "cl", FirstOnly: []int{}, SecondOnly: []int{}}},
		} {
			i := slices.IndexFunc(r.Metrics.Reciprocity, func(p diff.Reciprocity) bool { return p.First == tt.want.First && p.Second == tt.want.Second })
			if i < 0 {
				t.Fatalf("%s: no pair of %s and %s", tt.why, tt.want.First, tt.want.Second)
			}
			if d := cmp.Diff(tt.want, r.Metrics.Reciprocity[i]); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
		}
		if n := len(r.Metrics.Reciprocity); n != 15 {
			t.Errorf("%d pairs of 6 issuers", n)
		}
	})
	t.Run("alone", func(t *testing.T) {
		for _, s := range r.Metrics.Issuers {
			want := map[string]diff.Share{"it": {Part: 1, Of: 2}, "blo": {Part: 0, Of: 3}, "jp": {Part: 0, Of: 2}, "reg": {Part: 0, Of: 1}}[s.Issuer]
			if s.Alone != want || len(s.Where) != want.Part {
				t.Errorf("%s alone is %v at %v, want %v", s.Issuer, s.Alone, s.Where, want)
			}
		}
	})
}

// Every count follows from the regions that are given with it.
func TestSharesAddUp(t *testing.T) {
	r := report(t, compiled(t, world))
	for _, c := range r.Metrics.Coverage {
		sum := diff.Share{}
		for _, s := range c.ByCategory {
			sum.Part, sum.Of = sum.Part+s.Part, sum.Of+s.Of
		}
		if sum != c.Controls || c.Controls.Of-c.Controls.Part != len(c.Lacks) {
			t.Errorf("%s under %s: %v, by category %v, lacks %v", c.Participant, c.Regime, c.Controls, sum, c.Lacks)
		}
	}
	for _, s := range r.Metrics.Issuers {
		for _, i := range s.Where {
			if r.Regions[i].Class != diff.Unilateral {
				t.Errorf("%s alone at %d, which is %s", s.Issuer, i, r.Regions[i].Class)
			}
		}
	}
}

func sorted(x ...int) []int {
	slices.Sort(x)
	return x
}
