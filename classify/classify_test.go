package classify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/openconcord/concord/classify"
)

func TestItem(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c)
	for _, tt := range []struct {
		name, why, list, item string
		want                  classify.Result
	}{
		{
			name: "controlled", why: "the lettered part is cited, not the entry that holds it",
			list: "aa", item: `{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, civil: false}, no-other-attributes: true}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3A1.a"}},
		}, {
			name: "on the line", why: "more than 1.3 GSPS does not include it",
			list: "aa", item: `{kind: converter, attributes: {bits: 8 bit, rate: 1300 MSPS, civil: false}}`,
			want: classify.Result{Verdict: classify.NotControlled},
		}, {
			name: "two paragraphs", why: "each is cited, in document order",
			list: "aa", item: `{kind: converter, attributes: {bits: 12 bit, rate: 6 GSPS, civil: false, band: {min: 3 GSPS, max: 5 GSPS}}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3A1.b.1", "3A1.b.2", "3A2"}},
		}, {
			name: "released", why: "what the note releases from one paragraph another still catches",
			list: "aa", item: `{kind: converter, attributes: {bits: 12 bit, rate: 6 GSPS, civil: true}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3A2"}},
		}, {
			name: "undetermined", why: "either of two facts decides, each alone; what may catch it is cited",
			list: "aa", item: `{kind: converter, attributes: {bits: 8 bit, band: null}}`,
			want: classify.Result{Verdict: classify.Undetermined, Paragraphs: []string{"3A1.a", "3A2"}, Missing: [][]string{{"rate"}}},
		}, {
			name: "irrelevant", why: "an unknown that cannot change the answer leaves it decided",
			list: "aa", item: `{kind: converter, attributes: {rate: 6 GSPS}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3A2"}},
		}, {
			name: "part", why: "one axis is enough",
			list: "aa", item: `{kind: lathe, parts: [{part: axis, attributes: {power: 1 W}}, {part: axis, attributes: {power: 6 W}}]}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"2B1"}},
		}, {
			name: "no parts", why: "a thing without axes has none of more than 5 W",
			list: "aa", item: `{kind: lathe, no-other-parts: true}`,
			want: classify.Result{Verdict: classify.NotControlled},
		}, {
			name: "several purposes", why: "one that is controlled is enough",
			list: "aa", item: `
kind: software
for:
  - {function: use, item: {kind: lathe, parts: [{part: axis, attributes: {power: 6 W}}]}}
  - {function: production, item: {kind: lathe, parts: [{part: axis, attributes: {power: 6 W}}]}}
`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3D1"}},
		}, {
			name: "several purposes, none controlled", why: "use is not development, and this lathe is free",
			list: "aa", item: `
kind: software
for:
  - {function: use, item: {kind: lathe, parts: [{part: axis, attributes: {power: 6 W}}]}}
  - {function: production, item: {kind: lathe, no-other-parts: true}}
`,
			want: classify.Result{Verdict: classify.NotControlled},
		}, {
			name: "unknown purpose", why: "what it is for decides",
			list: "aa", item: `{kind: software}`,
			want: classify.Result{Verdict: classify.Undetermined, Paragraphs: []string{"3D1"}, Missing: [][]string{{"for"}}},
		}, {
			name: "for nothing", why: "null is a statement",
			list: "aa", item: `{kind: software, for: null}`,
			want: classify.Result{Verdict: classify.NotControlled},
		}, {
			name: "for what is not covered", why: "of things that the list says nothing of, it does not release what is for them",
			list: "aa", item: `{kind: software, for: {function: use, item: {kind: component}}}`,
			want: classify.Result{Verdict: classify.NotEncoded},
		}, {
			name: "not encoded", why: "silence is not a release",
			list: "bb", item: `{kind: lathe, no-other-attributes: true, no-other-parts: true, for: null}`,
			want: classify.Result{Verdict: classify.NotEncoded},
		}, {
			name: "controlled outside covers", why: "what a paragraph catches is controlled, whatever the list says it covers",
			list: "cc", item: `{kind: circuit, attributes: {civil: false}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"c"}},
		}, {
			name: "residue", why: "nobody but a person can say what is military",
			list: "bb", item: `{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, attested: false, civil: false}}`,
			want: classify.Result{Verdict: classify.Undetermined, Paragraphs: []string{"2"}, Residue: []string{"military-nature"}},
		}, {
			name: "presumed", why: "a converter of which nothing is attested counts as caught",
			list: "bb", item: `{kind: converter, attributes: {rate: 0 SPS, bits: 8 bit}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"1"}, Presumed: true},
		}, {
			name: "presumption rebutted", why: "paragraph 3 catches it, which rebuts the presumption and decides by itself",
			list: "bb", item: `{kind: converter, attributes: {rate: 0 SPS, bits: 2 bit, civil: true}}`,
			want: classify.Result{Verdict: classify.Controlled, Paragraphs: []string{"3"}},
		}, {
			name: "presumption of others", why: "the presumption speaks of converters, and this may be any circuit",
			list: "bb", item: `{kind: circuit, attributes: {}}`,
			want: classify.Result{Verdict: classify.Undetermined, Paragraphs: []string{"1"}, Missing: [][]string{{"attested"}}},
		}, {
			name: "unknown kind", why: "a list that covers some kinds knows nothing of a thing of no known kind",
			list: "bb", item: `{attributes: {attested: false, rate: none, bits: none}}`,
			want: classify.Result{Verdict: classify.NotEncoded},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			it := item(t, c, tt.item)
			verdicts := classify.Verdicts(k, it, nil)
			for i, got := range classify.Item(k, it) {
				if got.Verdict != verdicts[i] {
					t.Errorf("Verdicts says %s of %s, Item says %s", verdicts[i], got.List, got.Verdict)
				}
				if got.List != tt.list {
					continue
				}
				tt.want.List, tt.want.Edition = tt.list, "2026-01-01"
				if d := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); d != "" {
					t.Errorf("%s (-want +got):\n%s", tt.why, d)
				}
				if got.Paragraphs == nil || got.Missing == nil || got.Residue == nil {
					t.Errorf("a list is null in JSON: %+v", got)
				}
			}
		})
	}
}

// A stream of complete items is classified without garbage.
func TestVerdictsAllocatesNothing(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c, "aa", "cc")
	for _, text := range []string{
		`{kind: converter, attributes: {bits: 12 bit, rate: 6 GSPS, civil: false}, no-other-attributes: true, no-other-parts: true, for: null, to: KR}`,
		`{kind: software, no-other-attributes: true, no-other-parts: true, for: {function: use, item: {kind: lathe, no-other-parts: true, for: null}}, to: KR}`,
		`{kind: lathe, no-other-attributes: true, no-other-parts: true, for: null}`,
	} {
		it := item(t, c, text)
		dst := make([]classify.Verdict, 0, len(k.Lists))
		if n := testing.AllocsPerRun(100, func() { dst = classify.Verdicts(k, it, dst) }); n != 0 {
			t.Errorf("%v allocations for %s", n, text)
		}
	}
}
