package classify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime/scope"
)

func TestNearMisses(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c, "aa")
	it := item(t, c, `{kind: converter, attributes: {bits: 8 bit, rate: 1200 MSPS, civil: false}, no-other-attributes: true}`)
	got := classify.NearMisses(&k.Lists[0], it)
	want := []classify.NearMiss{
		{Code: "3A1.a", Flips: []scope.Flip{{Property: "rate", Stated: "1.2 GSPS", To: "rate > 1.3 GSPS", By: "0.1 GSPS", Certain: true}}},
		{Code: "3A1.b.1", Flips: []scope.Flip{{Property: "bits", Stated: "8 bit", To: "bits >= 10 bit", By: "2 bit", Certain: true}}},
		{Code: "3A2", Flips: []scope.Flip{{Property: "rate", Stated: "1.2 GSPS", To: "rate > 5 GSPS", By: "3.8 GSPS", Certain: true}}},
	}
	for i := range got {
		if got[i].Pos.Line == 0 {
			t.Errorf("%s has no position", got[i].Code)
		}
		got[i].Pos = scope.Pos{}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	flips := classify.Flips(&k.Lists[0], it)
	if len(flips) == 0 || flips[0].Property == "" {
		t.Errorf("nothing would change the verdict: %v", flips)
	}
}

// The question that decides most comes first.
func TestQuestions(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c)
	it := item(t, c, `{kind: converter, attributes: {bits: 8 bit, band: null}}`)
	got := classify.Questions(k, it)
	if len(got) == 0 || got[0].Property != "rate" || got[0].Settles < 2 {
		t.Errorf("questions are %+v", got)
	}
	for i := 1; i < len(got); i++ {
		if got[i].Settles > got[i-1].Settles {
			t.Errorf("%+v comes after %+v", got[i], got[i-1])
		}
	}
	decided := item(t, c, `{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, civil: true, attested: true}, no-other-attributes: true, no-other-parts: true, for: null}`)
	if got := classify.Questions(k, decided); len(got) != 0 {
		t.Errorf("a decided item leaves questions %+v", got)
	}
}
