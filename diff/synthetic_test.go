package diff_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// synthetic is a corpus of lists like real ones: entries of some twenty paragraphs on a kind of thing or its narrower kinds,
// thresholds that many share, exclusions, parts, terms and references; each list differs from the first in one paragraph of
// twenty. It is the same for the same arguments.
func synthetic(tb testing.TB, paragraphs, lists int) (*regime.Corpus, [][]byte) {
	tb.Helper()
	const perEntry = 20
	entries := paragraphs / perEntry
	var v strings.Builder
	v.WriteString("schema: 1\nunits: [{id: \"1\", dimension: count, factor: \"1\"}, {id: W, dimension: power, factor: \"1\"}, {id: kW, dimension: power, factor: \"1000\"}]\nkinds:\n")
	for e := range entries {
		fmt.Fprintf(&v, "  - {id: k%d}\n", e)
		for n := range 4 {
			fmt.Fprintf(&v, "  - {id: k%d-%d, broader: [k%d]}\n", e, n, e)
		}
	}
	v.WriteString("parts: [{id: axis}]\nattributes:\n  - {id: travel, type: number, dimension: power, unit: W, of: [axis], min: \"0\"}\n")
	for e := range entries {
		for n := range 4 {
			fmt.Fprintf(&v, "  - {id: a%d.%d, type: number, dimension: power, unit: W, of: [k%d], min: \"0\", better: high}\n", e, n, e)
		}
		fmt.Fprintf(&v, "  - {id: b%d, type: boolean, of: [k%d]}\n  - {id: t%d, type: term, of: [k%d], terms: [{id: x}, {id: y}, {id: z}]}\n", e, e, e, e)
	}
	files := fstest.MapFS{"vocabulary/v.yaml": {Data: []byte(v.String())}}
	var texts [][]byte
	for l := range lists {
		var b strings.Builder
		fmt.Fprintf(&b, "schema: 1\nlist: l%d\nedition: {effective: \"2026-01-01\"}\ncovers:\n  kinds: [k0", l)
		for e := 1; e < entries; e++ {
			fmt.Fprintf(&b, ", k%d", e)
		}
		b.WriteString("]\nentries:\n")
		rng := rand.New(rand.NewPCG(1, uint64(paragraphs)))
		edit := rand.New(rand.NewPCG(uint64(l), 7))
		for e := range entries {
			fmt.Fprintf(&b, "  - code: \"%dA\"\n    title: things of kind %d\n    kind: k%d\n    except: [{when: {b%d: true}, note: a note}]\n    paragraphs:\n", e, e, e, e)
			for p := range perEntry - 1 {
				threshold := 10 * (1 + rng.IntN(12))
				if l > 0 && edit.IntN(20) == 0 {
					threshold++
				}
				kind, attribute := rng.IntN(4), rng.IntN(4)
				form := rng.IntN(5)
				if p == 0 { // what others are held against names nothing itself
					form = 0
				}
				switch form {
				case 0:
					fmt.Fprintf(&b, "      - {code: \"%dA.%d\", kind: k%d-%d, when: {a%d.%d: \"> %d W\", t%d: [x, y]}}\n", e, p, e, kind, e, attribute, threshold, e)
				case 1:
					fmt.Fprintf(&b, "      - {code: \"%dA.%d\", when: {a%d.%d: \">= %d W, < %d W\"}, some: {of: axis, where: {when: {travel: \"> %d W\"}}}}\n", e, p, e, attribute, threshold, threshold+40, 10*(1+rng.IntN(4)))
				case 2:
					fmt.Fprintf(&b, "      - {code: \"%dA.%d\", kind: k%d-%d, any: [{when: {a%d.%d: \"> %d W\"}}, {when: {a%d.%d: \"< 5 W\"}}]}\n", e, p, e, kind, e, attribute, threshold, e, (attribute+1)%4)
				case 3:
					fmt.Fprintf(&b, "      - {code: \"%dA.%d\", when: {a%d.%d: \"> %d W\", a%d.%d: \"> 20 W\"}, except: [{controlled-by: [\"%dA.0\"]}]}\n", e, p, e, attribute, threshold, e, (attribute+1)%4, e)
				default:
					fmt.Fprintf(&b, "      - {code: \"%dA.%d\", kind: k%d-%d, when: {a%d.%d: \"> %d W\"}}\n", e, p, e, kind, e, attribute, threshold)
				}
			}
		}
		texts = append(texts, []byte(b.String()))
		files[fmt.Sprintf("lists/l%d/2026-01-01.yaml", l)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	c, err := regime.Load(files)
	if err != nil {
		tb.Fatal(err)
	}
	return c, texts
}

// The time that a comparison takes, by the paragraphs of each list, beside the time that decoding the YAML of one takes.
func BenchmarkSynthetic(b *testing.B) {
	for _, n := range []int{500, 2000, 8000} {
		c, texts := synthetic(b, n, 8)
		b.Run(fmt.Sprintf("paragraphs=%d/yaml", n), func(b *testing.B) {
			for b.Loop() {
				var x any
				if err := yaml.Unmarshal(texts[0], &x); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, lists := range []int{2, 8} {
			if n > 2000 && lists > 2 {
				continue
			}
			names := c.Lists()[:lists]
			v, err := c.Newest(names...)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("paragraphs=%d/compile/lists=%d", n, lists), func(b *testing.B) {
				for b.Loop() {
					if _, err := c.Compile(v, regime.Options{AnyDestination: true}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("paragraphs=%d/partition/lists=%d", n, lists), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					k, err := c.Compile(v, regime.Options{AnyDestination: true})
					if err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					if _, err := diff.Partition(k); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
