package classify_test

import (
	"testing"

	"github.com/openconcord/concord/classify"
)

// One item against every embedded list.
func BenchmarkClassify(b *testing.B) {
	k, err := builtin()
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct{ name, item string }{
		{"complete", `{kind: analog-to-digital-converter, attributes: {adc.resolution: 8 bit, adc.sample-rate: 2 GSPS}, no-other-attributes: true, no-other-parts: true, for: null, to: KR}`},
		{"partial", `{kind: quantum-computer, attributes: {quantum.physical-qubits: 50}}`},
	} {
		it := item(b, k.Corpus, bb.item)
		b.Run("verdicts/"+bb.name, func(b *testing.B) {
			b.ReportAllocs()
			dst := make([]classify.Verdict, 0, len(k.Lists))
			for b.Loop() {
				dst = classify.Verdicts(k, it, dst)
			}
		})
		b.Run("explain/"+bb.name, func(b *testing.B) {
			b.ReportAllocs()
			x := classify.NewExplainer(k)
			x.Item(it)
			for b.Loop() {
				x.Item(it)
			}
		})
		b.Run("item/"+bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				classify.Item(k, it)
			}
		})
	}
}
