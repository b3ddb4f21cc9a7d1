package diff_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// world is lists that draw different lines for lasers, of a regime, a bloc, its members and others.
var world = map[string]string{
	"reg": `- {code: "r", title: lasers, kind: laser, when: {output: "> 100 W"}}`,
	"blo": `- {code: "b", title: lasers, kind: laser, when: {output: "> 50 W"}}`,
	"ita": `- {code: "i", title: lasers, kind: laser, when: {output: "> 20 W, <= 60 W"}}`,
	"jap": `- {code: "j", title: lasers, kind: laser, when: {output: "> 50 W, <= 100 W"}}`,
	"chi": `- {code: "c", title: ovens, kind: oven, residue: [{id: ours, effect: narrows, text: where the minister says so}]}`,
	"swi": ``,
}

func TestPartition(t *testing.T) {
	r := report(t, compiled(t, world))
	for _, tt := range []struct {
		why                       string
		signature, without, under []string
		class                     diff.Class
		conditions                string
		residue                   []string
	}{
		{"one jurisdiction", []string{"ita"}, []string{"blo", "chi", "jap", "reg", "swi"}, nil, diff.Unilateral, "output > 20 W, <= 50 W", []string{}},
		{"a bloc, a member by its own list, and a jurisdiction", []string{"blo", "ita", "jap"}, []string{"chi", "reg", "swi"}, nil, diff.Plurilateral, "output > 50 W, <= 60 W", []string{}},
		{"a member that has no line of its own is controlled by its bloc's", []string{"blo", "jap"}, []string{"chi", "reg", "swi"}, nil, diff.Plurilateral, "output > 60 W, <= 100 W", []string{}},
		{"a regime: Japan takes part and does not control, Switzerland observes, Chile does not take part", []string{"blo", "reg"}, []string{"chi", "jap", "swi"}, []string{"jp"}, diff.Multilateral, "output > 100 W", []string{}},
		{"residue decides", []string{"chi"}, []string{"blo", "ita", "jap", "reg", "swi"}, nil, diff.Unilateral, "if residue ours", []string{"ours"}},
	} {
		x := region(t, r, tt.signature...)
		conditions, more := x.Conditions(3)
		if len(conditions) != 1 || len(conditions[0]) != 1 || conditions[0][0] != tt.conditions || more {
			t.Errorf("%s: conditions are %q, %v, want %q", tt.why, conditions, more, tt.conditions)
		}
		if d := cmp.Diff([]any{tt.without, tt.under, tt.class, tt.residue}, []any{x.Without, x.UnderImplemented, x.Class, x.Residue}); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
		for _, list := range tt.signature {
			if len(x.Paragraphs[list]) != 1 {
				t.Errorf("%s: paragraphs are %v", tt.why, x.Paragraphs)
			}
		}
	}
	if len(r.Regions) != 5 {
		t.Errorf("%d regions", len(r.Regions))
	}
	want := diff.Metrics{
		Regions: 4, Aligned: 0, UnderImplemented: 1,
		ByClass: map[diff.Class]int{diff.Unilateral: 1, diff.Plurilateral: 2, diff.Multilateral: 1},
		Lists: map[string]diff.ListMetrics{
			"reg": {Covers: 4, Controls: 1}, "blo": {Covers: 4, Controls: 3}, "ita": {Covers: 2, Controls: 2, Alone: 1},
			"jap": {Covers: 4, Controls: 2}, "chi": {Covers: 4}, "swi": {Covers: 4},
		},
		Findings: r.Metrics.Findings, Grades: r.Metrics.Grades,
		Alignment: diff.Share{Part: 0, Of: 4}, Unilateral: diff.Share{Part: 1, Of: 4},
		Coverage: r.Metrics.Coverage, Reciprocity: r.Metrics.Reciprocity, Issuers: r.Metrics.Issuers, // see TestShares
	}
	if d := cmp.Diff(want, r.Metrics); d != "" {
		t.Errorf("metrics (-want +got):\n%s", d)
	}
}

func TestClassOf(t *testing.T) {
	c := compiled(t, world).Corpus
	for _, tt := range []struct {
		why   string
		lists []string
		want  diff.Class
	}{
		{"a regime", []string{"reg", "jap"}, diff.Multilateral},
		{"a bloc alone is one", []string{"blo"}, diff.Unilateral},
		{"a bloc and a member by a list of its own are two", []string{"blo", "ita"}, diff.Plurilateral},
		{"lists that nobody is known to issue count each", []string{"x", "y"}, diff.Plurilateral},
		{"one", []string{"x"}, diff.Unilateral},
	} {
		if got := diff.ClassOf(c, tt.lists); got != tt.want {
			t.Errorf("%s: %v is %s, want %s", tt.why, tt.lists, got, tt.want)
		}
	}
}

// Regions are disjoint, and every list says of a witness what its region says.
func TestRegions(t *testing.T) {
	k := compiled(t, world)
	regions := report(t, k).Regions
	for i, x := range regions {
		for _, y := range regions[i+1:] {
			if slices.Equal(x.Kinds, y.Kinds) && slices.Equal(x.For, y.For) && !x.Scope.Disjoint(y.Scope) {
				t.Errorf("regions of %v and %v overlap", x.Signature, y.Signature)
			}
		}
		if x.Scope.Evaluate(&x.Witness) == scope.False {
			t.Errorf("the witness of %v is not in it", x.Signature)
		}
		for _, l := range k.Lists {
			got := l.Whole.Evaluate(&x.Witness)
			if slices.Contains(x.Signature, l.Edition.List) != (got != scope.False) || len(x.Residue) == 0 && got == scope.Undetermined {
				t.Errorf("the witness of %v is %v under %s", x.Signature, got, l.Edition.List)
			}
		}
	}
}

// The order in which lists are compared changes nothing.
func TestListOrder(t *testing.T) {
	k := compiled(t, world)
	view := k.View
	view.Editions = slices.Clone(view.Editions)
	slices.Reverse(view.Editions)
	back, err := k.Corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	a, b := report(t, k), report(t, back)
	slices.Reverse(b.Lists)
	var x, y bytes.Buffer
	if err := diff.WriteJSON(&x, a); err != nil {
		t.Fatal(err)
	}
	if err := diff.WriteJSON(&y, b); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(x.String(), y.String()); d != "" {
		t.Error(d)
	}
}

func TestRelate(t *testing.T) {
	k := compiled(t, world)
	for _, tt := range []struct {
		a, b string
		want scope.Relation
	}{
		{"reg", "blo", scope.SubsetOf},
		{"blo", "reg", scope.SupersetOf},
		{"blo", "blo", scope.EqualTo},
		{"ita", "jap", scope.IntersectsWith},
		{"reg", "jap", scope.NoRelationship},
		{"reg", "nobody's", scope.NoRelationship},
	} {
		if got, _ := diff.Relate(k, tt.a, tt.b); got != tt.want {
			t.Errorf("%s is %s %s, want %s", tt.a, got, tt.b, tt.want)
		}
	}
	k = compiled(t, map[string]string{
		"aa": `- {code: "1", kind: laser}`,
		"bb": `- {code: "1", kind: laser, residue: [{id: military, effect: narrows, text: of military nature}]}`,
	})
	if got, residue := diff.Relate(k, "aa", "bb"); got != scope.Unknown || !slices.Equal(residue, []string{"military"}) {
		t.Errorf("relation is %s by %v", got, residue)
	}
}

// Only items of kinds that a list covers are held against it.
func TestCovers(t *testing.T) {
	k := compiled(t, map[string]string{
		"aa": `- {code: "1", kind: laser}`,
		"bb": "schema: 1\nlist: bb\nedition: {effective: \"2026-01-01\"}\ncovers: {kinds: [oven]}\nentries: [{code: \"1\", kind: oven}]\n",
	})
	r := report(t, k)
	if x := region(t, r, "aa"); len(x.Without) > 0 {
		t.Errorf("lists without are %v", x.Without)
	}
	for _, f := range r.Findings {
		if f.Lacks == "bb" {
			t.Errorf("finding %s against a list that does not cover lasers", f.Message())
		}
	}
}

func TestCompareKinds(t *testing.T) {
	k := compiled(t, world)
	if r := report(t, k, "oven"); len(r.Regions) != 1 {
		t.Errorf("%d regions of ovens", len(r.Regions))
	}
	if _, err := diff.Compare(k, "phaser"); err == nil {
		t.Error("a kind that nobody declared is compared")
	}
}

// The keys of the JSON are a promise.
func TestWriteJSON(t *testing.T) {
	decode := func(r *diff.Report) map[string]any {
		var b bytes.Buffer
		if err := diff.WriteJSON(&b, r); err != nil {
			t.Fatal(err)
		}
		var out map[string]any
		if err := json.Unmarshal(b.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	has := func(what string, x any, keys ...string) map[string]any {
		m, _ := x.(map[string]any)
		for _, k := range keys {
			if v, ok := m[k]; !ok || v == nil {
				t.Errorf("%s has no %q: %v", what, k, m)
			}
		}
		return m
	}
	k := compiled(t, world)
	all := has("report", decode(report(t, k)), "lists", "regions", "findings", "metrics")
	for _, l := range all["lists"].([]any) {
		has("list", l, "list", "edition")
	}
	for _, r := range all["regions"].([]any) {
		m := has("region", r, "kind", "signature", "class", "conditions", "witness", "paragraphs", "residue")
		has("witness", m["witness"], "kind")
	}
	for _, f := range all["findings"].([]any) {
		m := has("finding", f, "id", "kind", "effect", "lists", "paragraphs", "witness", "fingerprint", "message")
		if m["id"] != m["kind"].(string)+":"+m["fingerprint"].(string) || len(m["lists"].([]any)) != 2 {
			t.Errorf("finding is %v", m)
		}
	}
	if len(all["findings"].([]any)) == 0 {
		t.Error("no findings")
	}
	has("empty report", decode(report(t, k, "etcher")), "lists", "regions", "findings", "metrics")
}

// What is controlled by what it is for follows the lines of that.
func TestPurpose(t *testing.T) {
	k := compiled(t, map[string]string{
		"aa": "- {code: \"1\", kind: laser, when: {output: \"> 10 W\"}}\n- {code: \"2\", title: software, kind: software, for: {function: development, controlled-by: [\"1\"]}}",
		"bb": "- {code: \"1\", kind: laser, when: {output: \"> 20 W\"}}\n- {code: \"2\", title: software, kind: software, for: {function: development, controlled-by: [\"1\"]}}",
	})
	r := report(t, k, "software")
	x := region(t, r, "aa")
	if x.Name() != "software for laser" || x.Witness.For[0].Target.Attributes["output"].Text != "20 W" {
		t.Errorf("%s, witness %s", x.Name(), diff.Describe(x.Witness))
	}
	if regions := report(t, k).Regions; slices.ContainsFunc(regions, func(r diff.Region) bool { return r.Kinds[0] == "software" }) {
		t.Error("software is compared where nobody asked for it")
	}
}
