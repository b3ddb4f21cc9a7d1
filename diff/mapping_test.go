package diff_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func mappings(t testing.TB, k *regime.Compiled, kinds ...string) []diff.Mapping {
	t.Helper()
	m, err := diff.Mappings(k, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMappings(t *testing.T) {
	const laser = `- {code: "1", kind: laser, when: {output: "> 20 W"}}`
	for _, tt := range []struct {
		why, a, b  string
		want       []string // source relation target: what each alone catches
		source, to []string // gaps
	}{
		{"the same line in other words", laser, `- {code: "x", kind: laser, not: {any: [{when: {output: none}}, {when: {output: "<= 20 W"}}]}}`, []string{"1 equal-to x: , "}, nil, nil},
		{"a higher line catches less: the looser control", laser, `- {code: "x", kind: laser, when: {output: "> 10 W"}}`, []string{"1 subset-of x: , 20 W"}, nil, nil},
		{"the number itself", `- {code: "1", kind: laser, when: {output: ">= 20 W"}}`, `- {code: "x", kind: laser, when: {output: "> 20 W"}}`, []string{"1 superset-of x: 20 W, "}, nil, nil},
		{"each has what the other has not", `- {code: "1", kind: laser, when: {output: "> 20 W, <= 60 W"}}`, `- {code: "x", kind: laser, when: {output: "> 50 W"}}`,
			[]string{"1 intersects-with x: 50 W, 100 W"}, nil, nil},
		{"nothing in common: a gap on both sides", `- {code: "1", kind: laser, when: {output: "> 20 W, <= 50 W"}}`, `- {code: "x", kind: laser, when: {output: "> 50 W"}}`,
			nil, []string{"1"}, []string{"x"}},
		{"residue decides", laser, `- {code: "x", kind: laser, when: {output: "> 20 W"}, residue: [{id: military, effect: narrows, text: of military nature}]}`,
			[]string{"1 unknown x: , "}, nil, nil},
		{"paragraphs that overlap one equal to another are not related to it", laser + "\n- {code: \"2\", kind: laser, when: {output: \"> 0 W\", civil: true}}",
			`- {code: "x", kind: laser, when: {output: "> 20 W"}}`, []string{"1 equal-to x: , "}, nil, nil},
		{"only parts are related, not what holds them", `- {code: "1", kind: laser, paragraphs: [{code: "1.a", when: {output: "> 20 W"}}]}`, `- {code: "x", kind: laser, when: {output: "> 20 W"}}`,
			[]string{"1.a equal-to x: , "}, nil, nil},
		{"of lasers, which the one does not cover, nothing is said; ovens, which both cover, are a gap", laser, "schema: 1\nlist: bb\nedition: {effective: \"2026-01-01\"}\ncovers: {kinds: [oven]}\nentries: [{code: \"x\", kind: oven}]\n", nil, nil, []string{"x"}},
	} {
		k := compiled(t, map[string]string{"aa": tt.a, "bb": tt.b})
		ms := mappings(t, k)
		if len(ms) != 1 || ms[0].Source.List != "aa" || ms[0].Target.List != "bb" {
			t.Fatalf("%s: mappings are %v", tt.why, ms)
		}
		m := ms[0]
		var got []string
		output := func(it *scope.Item) string {
			if it == nil {
				return ""
			}
			return it.Attributes["output"].Text
		}
		for _, r := range m.Relations {
			got = append(got, r.Source+" "+string(r.Relation)+" "+r.Target+": "+output(r.SourceOnly)+", "+output(r.TargetOnly))
			if (r.Relation == scope.Unknown) != (len(r.Residue) > 0) || r.Reading() == "" {
				t.Errorf("%s: residue %v, read as %s", tt.why, r.Residue, r.Reading())
			}
		}
		if d := cmp.Diff([]any{tt.want, tt.source, tt.to}, []any{got, m.SourceGaps, m.TargetGaps}); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
	if _, err := diff.Mappings(compiled(t, world), "phaser"); err == nil {
		t.Error("a kind that nobody declared is related")
	}
}

// Items decide: on a grid of lasers, every relation says of the two paragraphs what the items say, witnesses lie where
// they should, and lists in the other order are related the other way round.
func TestMappingsByItems(t *testing.T) {
	k := compiled(t, map[string]string{
		"aa": `
- {code: "1", kind: laser, when: {output: "> 10 W, <= 40 W"}}
- {code: "2", kind: laser, when: {output: ">= 20 W"}, except: [{when: {civil: true}}]}
- {code: "3", kind: laser, when: {civil: true}}`,
		"bb": `
- {code: "1", kind: laser, when: {output: "> 10 W"}}
- {code: "2", kind: laser, when: {output: "> 20 W", civil: false}}
- {code: "4", kind: laser, when: {output: "< 10 W"}}`,
	})
	paragraph := func(list int, code string) scope.Scope {
		l := &k.Lists[list]
		i := slices.IndexFunc(l.Paragraphs, func(p regime.CompiledParagraph) bool { return p.Code == code })
		return l.Paragraphs[i].Scope
	}
	var grid []scope.Item
	for _, w := range []int64{5, 10, 15, 20, 30, 40, 50} {
		for _, civil := range []bool{false, true} {
			text := "false"
			if civil {
				text = "true"
			}
			grid = append(grid, scope.Item{Kinds: []string{"laser"}, ForKnown: true, NoOtherParts: true, Attributes: map[string]scope.Value{
				"output": {Number: scope.Int(w)}, "civil": {Bool: civil, Text: text}}})
		}
	}
	m := mappings(t, k)[0]
	if len(m.Relations) < 4 {
		t.Fatalf("relations are %v", m.Relations)
	}
	for _, r := range m.Relations {
		x, y := paragraph(0, r.Source), paragraph(1, r.Target)
		var both, source, target bool
		for i := range grid {
			in, out := x.Evaluate(&grid[i]) == scope.True, y.Evaluate(&grid[i]) == scope.True
			both, source, target = both || in && out, source || in && !out, target || !in && out
		}
		want := map[[2]bool]scope.Relation{{false, false}: scope.EqualTo, {false, true}: scope.SubsetOf, {true, false}: scope.SupersetOf, {true, true}: scope.IntersectsWith}[[2]bool{source, target}]
		if !both || r.Relation != want {
			t.Errorf("%s is %s %s, items say %s", r.Source, r.Relation, r.Target, want)
		}
		for _, tt := range []struct {
			item *scope.Item
			x, y scope.Truth
		}{{r.Common, scope.True, scope.True}, {r.SourceOnly, scope.True, scope.False}, {r.TargetOnly, scope.False, scope.True}} {
			if tt.item != nil && (x.Evaluate(tt.item) != tt.x || y.Evaluate(tt.item) != tt.y) {
				t.Errorf("%s %s %s: witness %s is %v and %v", r.Source, r.Relation, r.Target, diff.Describe(*tt.item), x.Evaluate(tt.item), y.Evaluate(tt.item))
			}
		}
	}
	view := k.View
	view.Editions = []*regime.Edition{k.View.Editions[1], k.View.Editions[0]}
	turned, err := k.Corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	said := func(m diff.Mapping, mirror bool) []string {
		out := []string{}
		for _, r := range m.Relations {
			a, b, relation := r.Source, r.Target, r.Relation
			if mirror {
				a, b = b, a
				switch relation {
				case scope.SubsetOf:
					relation = scope.SupersetOf
				case scope.SupersetOf:
					relation = scope.SubsetOf
				}
			}
			out = append(out, a+" "+string(relation)+" "+b)
		}
		slices.Sort(out)
		return out
	}
	if d := cmp.Diff(said(m, false), said(mappings(t, turned)[0], true)); d != "" {
		t.Errorf("lists in the other order (-want +got):\n%s", d)
	}
}
