package classify_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime/scope"
)

func TestExplain(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c)
	x := classify.NewExplainer(k)
	for _, tt := range []struct {
		name, why, list, item string
		want                  []string // lines of text that stand there in this order
	}{
		{
			"controlled", "each condition with the value that meets it", "aa",
			`{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, civil: false}, no-other-attributes: true}`,
			[]string{"aa 2026-01-01: controlled", "+ 3A1", "+ 3A1.a", "+ rate > 1.3 GSPS: 2 GSPS", "- 3A1.b"},
		}, {
			"released", "the note that releases is named", "aa",
			`{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, civil: true}}`,
			[]string{"- 3A1", "+ released (3A1 Note)", "+ civil: true", "- 3A1.a", "+ rate > 1.3 GSPS: 2 GSPS"},
		}, {
			"not stated", "unknown is shown as such", "aa", `{kind: converter, attributes: {bits: 8 bit, band: null}}`,
			[]string{"aa 2026-01-01: undetermined", "? 3A1", "? rate > 1.3 GSPS: not stated"},
		}, {
			"judgement", "residue is for a person", "bb", `{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, attested: false, civil: false}}`,
			[]string{"? judgement military-nature"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			it := item(t, c, tt.item)
			var text bytes.Buffer
			for _, e := range x.Item(it) {
				if e.List == tt.list {
					if err := classify.WriteText(&text, []classify.Explanation{e}); err != nil {
						t.Fatal(err)
					}
				}
			}
			rest := text.String()
			for _, line := range tt.want {
				_, after, ok := strings.Cut(rest, line)
				if !ok {
					t.Fatalf("%s: no %q in\n%s\nof\n%s", tt.why, line, rest, text.String())
				}
				rest = after
			}
		})
	}
}

// An explanation says of every paragraph what classification says, each step follows from those below it, and all
// of it has a position.
func TestExplanationAgrees(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	x := classify.NewExplainer(k)
	for _, text := range []string{
		`{kind: analog-to-digital-converter, attributes: {adc.resolution: 12 bit, adc.sample-rate: 2 GSPS}}`,
		`{kind: quantum-computer, attributes: {quantum.physical-qubits: 50}, no-other-attributes: true, no-other-parts: true, for: null}`,
		`{kind: milling-machine, attributes: {machine-tool.contouring-axes: 5}}`,
	} {
		it := item(t, k.Corpus, text)
		verdicts := classify.Verdicts(k, it, nil)
		for i, e := range x.Item(it) {
			if e.Verdict != verdicts[i] {
				t.Errorf("%s: %s explained as %s", e.List, verdicts[i], e.Verdict)
			}
			paragraphs := map[string]scope.Truth{}
			caught := scope.False
			for n, s := range e.Steps {
				if s.Pos.Line == 0 {
					t.Errorf("%s: step %d %q has no position", e.List, n, s.Text)
				}
				if n > 0 && s.Depth > e.Steps[n-1].Depth+1 {
					t.Errorf("%s: step %d stands too deep", e.List, n)
				}
				if s.Role == classify.RoleParagraph {
					paragraphs[s.Code] = s.Truth
					if s.Depth == 0 && (s.Truth == scope.True || s.Truth == scope.Undetermined && caught == scope.False) {
						caught = s.Truth
					}
				}
			}
			l := &k.Lists[i]
			for j := range l.Paragraphs {
				p := &l.Paragraphs[j]
				got, shown := paragraphs[p.Code]
				if want := p.Scope.Evaluate(it); shown && got != want || !shown && want != scope.False {
					t.Errorf("%s %s: %v, explained as %v (shown %v)", e.List, p.Code, want, got, shown)
				}
			}
			if caught == scope.True != (e.Verdict == classify.Controlled) && e.Verdict != classify.Undetermined && l.Edition.List != presumes {
				t.Errorf("%s: %s, but an entry %v", e.List, e.Verdict, caught)
			}
		}
	}
}

// What a list says cannot become markup.
func TestMarkdownEscapes(t *testing.T) {
	e := []classify.Explanation{{List: "aa", Edition: "2026", Verdict: classify.Controlled, Steps: []classify.Step{
		{Condition: &classify.Condition{Role: classify.RoleParagraph, Code: "1", Text: "<script>alert(1)</script> *x* `y`"}},
	}}}
	var b bytes.Buffer
	if err := classify.WriteMarkdown(&b, e); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "<script") || !strings.Contains(got, "\\*x\\*") {
		t.Errorf("got %s", got)
	}
}
