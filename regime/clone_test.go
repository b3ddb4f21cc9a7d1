package regime_test

import (
	"testing"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A clone says of every item what the original says, and leaves it as it was.
func TestCloneAgrees(t *testing.T) {
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Newest("eu-annex-i", "us-ccl")
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{Kinds: []string{"analog-to-digital-converter", "quantum-computer"}})
	if err != nil {
		t.Fatal(err)
	}
	own := k.Clone()
	rate, err := c.Vocabulary().ParseValue("adc.sample-rate", "2 GSPS")
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range []scope.Item{
		{Kinds: []string{"quantum-computer"}},
		{Kinds: []string{"analog-to-digital-converter"}, Attributes: map[string]scope.Value{"adc.sample-rate": rate}},
		{Kinds: []string{"analog-to-digital-converter"}, Attributes: map[string]scope.Value{"adc.sample-rate": rate}, NoOtherAttributes: true, NoOtherParts: true, ForKnown: true, To: "CN"},
	} {
		for i := range k.Lists {
			for j := range k.Lists[i].Paragraphs {
				p, q := &k.Lists[i].Paragraphs[j], &own.Lists[i].Paragraphs[j]
				if a, b := p.Scope.Evaluate(&it), q.Scope.Evaluate(&it); a != b {
					t.Errorf("%s is %v, in the clone %v", p.Code, a, b)
				}
			}
		}
		a, oka := k.Joint.Evaluate(&it)
		b, okb := own.Joint.Evaluate(&it)
		if a != b || oka != okb {
			t.Errorf("joint is %b %v, in the clone %b %v", a, oka, b, okb)
		}
	}
}

func BenchmarkClone(b *testing.B) {
	c, err := regime.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	v, err := c.Newest()
	if err != nil {
		b.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		k.Clone()
	}
}
