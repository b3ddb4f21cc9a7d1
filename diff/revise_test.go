package diff_test

import (
	"testing"

	"github.com/openconcord/concord/regime"
)

// What a revised edition catches is what it catches when it is compiled by itself, whatever refers to what was revised.
func TestRevise(t *testing.T) {
	const entries = `covers: {kinds: [laser, oven, software]}
entries:
  - {code: "1", title: lasers, kind: laser, when: {output: "> 10 W"}}
  - {code: "2", title: civil, when: {civil: true}, kind: [laser, oven], except: [{controlled-by: ["1"]}]}
  - {code: "3", title: software, kind: software, for: {function: development, controlled-by: ["2"]}}
  - {code: "4", title: ovens, kind: oven, when: {hottest: "> 900 K"}}
`
	k := compiled(t, world)
	was := proposed(t, k, "xx", "2026-01-01", entries)
	c, err := k.Corpus.Compile(regime.View{Editions: []*regime.Edition{was}}, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	if same, err := c.Revise(0, was); err != nil || same != c.Lists[0].Whole {
		t.Errorf("the edition itself catches something else: %v", err)
	}
	edited := *was.Paragraph("1")
	edited.Own = proposed(t, k, "yy", "2026-01-01", "entries: [{code: \"1\", kind: laser, when: {output: \"> 30 W\"}}]\n").Paragraph("1").Own
	is, err := was.Revised(&edited)
	if err != nil {
		t.Fatal(err)
	}
	if !is.Hypothetical || was.Paragraph("1") == is.Paragraph("1") {
		t.Error("a revised edition is law, or the edition was changed")
	}
	got, err := c.Revise(0, is)
	if err != nil {
		t.Fatal(err)
	}
	both, err := k.Corpus.Compile(regime.View{Editions: []*regime.Edition{was, is}}, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	again, err := both.Revise(0, is)
	if err != nil || again != both.Lists[1].Whole || again == both.Lists[0].Whole {
		t.Errorf("revised, it catches something else than compiled: %v", err)
	}
	if got == c.Lists[0].Whole {
		t.Error("the edit changes nothing")
	}
	if _, err := was.Revised(&edited, &edited); err == nil {
		t.Error("a paragraph is revised twice")
	}
}
