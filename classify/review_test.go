package classify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
)

// Paragraphs come in the list's order of review, then the narrower first, then as the list has them; and what is caught by
// one or other of several names them all.
func TestOrderOfReview(t *testing.T) {
	const entries = `
  - {code: "1A1", kind: converter, when: {rate: "> 1 GSPS"}}
  - {code: "1A2", kind: converter, when: {rate: "> 2 GSPS"}}
  - {code: "9A3", kind: converter, when: {bits: "> 1 bit"}}
  - code: "9A600"
    kind: converter
    when: {bits: "> 2 bit"}
  - {code: "5A1", kind: lathe, when: {axes: ">= 3"}}
  - {code: "5A2", kind: lathe, when: {axes: "< 3"}}
`
	for _, tt := range []struct {
		name, why, review, item string
		want                    []string
		together                bool
	}{
		{"none", "the narrower of two that are nested, else as the list has them", "", `{kind: converter, attributes: {rate: 3 GSPS, bits: 8 bit}}`, []string{"1A2", "1A1", "9A600", "9A3"}, false},
		{"600 series", "its entries are reviewed before all others", `review: ["?A6??"]` + "\n", `{kind: converter, attributes: {rate: 3 GSPS, bits: 8 bit}}`, []string{"9A600", "1A2", "1A1", "9A3"}, false},
		{"category first", "patterns in their order", `review: ["9*", "1*"]` + "\n", `{kind: converter, attributes: {rate: 3 GSPS, bits: 8 bit}}`, []string{"9A600", "9A3", "1A2", "1A1"}, false},
		{"one or other", "either of two catches a lathe with any number of axes", "", `{kind: lathe, no-other-attributes: false, attributes: {use: milling}}`, []string{"5A1", "5A2"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := corpus(t, map[string]string{"zz": strings.Replace(head("zz", "machine, circuit"), "covers:", tt.review+"covers:", 1) + entries})
			r := classify.Item(compile(t, c), item(t, c, tt.item))[0]
			if d := cmp.Diff(tt.want, r.Paragraphs); d != "" || r.Verdict != classify.Controlled || r.Together != tt.together {
				t.Errorf("%s: %s, together %v (-want +got):\n%s", tt.why, r.Verdict, r.Together, d)
			}
		})
	}
}
