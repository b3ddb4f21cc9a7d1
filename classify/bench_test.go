package classify_test

import (
	"context"
	"fmt"
	"io"
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

// A stream of complete items, verdicts alone; each operation is one row.
func BenchmarkStream(b *testing.B) {
	k, err := builtin()
	if err != nil {
		b.Fatal(err)
	}
	const line = `{"id": "a", "kind": "analog-to-digital-converter", "attributes": {"adc.resolution": "8 bit", "adc.sample-rate": "2 GSPS"}, "no-other-attributes": true, "no-other-parts": true, "for": null, "to": "KR"}` + "\n"
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			b.ReportAllocs()
			rows := 0
			for a := range classify.Stream(context.Background(), k, "items.ndjson", io.LimitReader(repeated(line), int64(b.N*len(line))), classify.StreamOptions{Workers: workers}) {
				if a.Err != nil {
					b.Fatal(a.Err)
				}
				rows++
			}
			if rows != b.N {
				b.Fatalf("%d rows of %d", rows, b.N)
			}
		})
	}
}

// repeated is text without end.
type repeated string

func (r repeated) Read(p []byte) (int, error) {
	n := 0
	for n+len(r) <= len(p) {
		n += copy(p[n:], r)
	}
	if n == 0 {
		return 0, io.ErrShortBuffer
	}
	return n, nil
}
