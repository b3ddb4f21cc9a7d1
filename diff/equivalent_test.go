package diff_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func TestEquivalents(t *testing.T) {
	const laser = `- {code: "6A1", title: lasers, kind: laser, when: {output: "> 20 W"}}`
	for _, tt := range []struct {
		name, why, a, b string
		stance          diff.Stance
		relation        scope.Relation
		grade           scope.Grade
		codes           string // near / besides
		more, less      string // the value of the witness that is compared
	}{
		{"equal", "the same line under another number", laser, `- {code: "x", kind: laser, not: {any: [{when: {output: none}}, {when: {output: "<= 20 W"}}]}}`,
			diff.Same, scope.EqualTo, scope.NoDifference, "x /", "", ""},
		{"stricter", "a lower line", laser, `- {code: "x", kind: laser, when: {output: "> 10 W"}}`,
			diff.Stricter, scope.SupersetOf, scope.Substantive, "x /", "20 W", ""},
		{"looser", "a higher line, on which the witness lies", laser, `- {code: "x", kind: laser, when: {output: ">= 40 W"}}`,
			diff.Looser, scope.SubsetOf, scope.Substantive, "x /", "", "30 W"},
		{"boundary", "both name 20 W, one includes it", laser, `- {code: "x", kind: laser, when: {output: ">= 20 W"}}`,
			diff.Stricter, scope.SupersetOf, scope.BoundaryOnly, "x /", "20 W", ""},
		{"mixed", "lower, and not for civil ones", laser, `- {code: "x", kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}}]}`,
			diff.Crossing, scope.IntersectsWith, scope.Substantive, "x /", "20 W", "40 W"},
		{"none", "ovens are no lasers, and the list covers both", laser, `- {code: "x", kind: oven}`,
			diff.None, scope.NoRelationship, scope.Substantive, " /", "", "40 W"},
		{"disjoint", "the nearest line catches none of these", laser, `- {code: "x", kind: laser, when: {output: "< 20 W"}}`,
			diff.None, scope.NoRelationship, scope.Substantive, "x /", "", "40 W"},
		{"split", "two paragraphs together", laser, "- {code: \"x\", kind: laser, when: {output: \"> 20 W, <= 30 W\"}}\n- {code: \"y\", kind: laser, when: {output: \"> 30 W\"}}",
			diff.Same, scope.EqualTo, scope.NoDifference, "x y /", "", ""},
		{"besides", "civil lasers are caught by another line, of which the rest is not what was asked for", laser,
			"- {code: \"x\", kind: laser, when: {output: \"> 30 W\"}}\n- {code: \"y\", kind: laser, when: {civil: true}}",
			diff.Looser, scope.SubsetOf, scope.Substantive, "x / y", "", "30 W"},
		{"as such", "a control of all lasers speaks of these too", laser, `- {code: "x", kind: laser}`,
			diff.Stricter, scope.SupersetOf, scope.Substantive, "x /", "none", ""},
		{"elsewhere", "what the other list catches more this list catches by another paragraph", laser + "\n" + `- {code: "6A2", kind: laser, when: {output: "<= 20 W"}}`,
			`- {code: "x", kind: laser, when: {output: ">= 0 W"}}`, diff.Same, scope.EqualTo, scope.NoDifference, "x /", "", ""},
		{"residue", "a person is to say whether it catches the same", laser, `- {code: "x", kind: laser, when: {output: "> 20 W"}, residue: [{id: military, effect: narrows, text: of military nature}]}`,
			diff.Unsure, scope.Unknown, scope.Substantive, "x /", "", "40 W"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := compiled(t, map[string]string{"aa": tt.a, "bb": tt.b})
			got, err := diff.Equivalents(k, "aa", "6A1")
			if err != nil || len(got) != 1 {
				t.Fatal(got, err)
			}
			e := got[0]
			value := func(it *scope.Item) string {
				if it == nil {
					return ""
				}
				return it.Attributes["output"].Text
			}
			want := []any{"bb", "2026-01-01", tt.stance, tt.relation, tt.grade, tt.codes, true}
			have := []any{e.List, e.Edition, e.Stance, e.Relation, e.Grade, strings.TrimRight(strings.Join(e.Paragraphs, " ")+" / "+strings.Join(e.Besides, " "), " "), e.Whole}
			if d := cmp.Diff(want, have); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
			if value(e.More) != tt.more || value(e.Less) != tt.less {
				t.Errorf("%s: more %q, less %q, want %q and %q", tt.why, value(e.More), value(e.Less), tt.more, tt.less)
			}
			if (e.Stance == diff.Unsure) != (len(e.Residue) > 0) {
				t.Errorf("%s with residue %v", e.Stance, e.Residue)
			}
			// A scope alone has the same equivalent, but for the grade.
			x := k.Lists[0].Paragraphs[0].Scope
			if of, err := diff.EquivalentsOf(k, x); err != nil || tt.name != "elsewhere" && (of[1].Stance != e.Stance || of[1].Relation != e.Relation) || of[0].Stance != diff.Same {
				t.Errorf("of the scope: %+v, %v", of, err)
			}
		})
	}
}

// Of what a list does not cover nothing is claimed; where a paragraph of it catches such things all the same, that is held
// against what is asked.
func TestEquivalentCovers(t *testing.T) {
	bare := func(entries string) string {
		return "schema: 1\nlist: bb\nedition: {effective: \"2026-01-01\"}\ncovers: {kinds: [oven]}\nentries:\n" + entries + "\n"
	}
	for _, tt := range []struct {
		why, b string
		stance diff.Stance
		whole  bool
	}{
		{"nothing is encoded of lasers", bare(`- {code: "x", kind: oven}`), diff.NotEncoded, false},
		{"one paragraph is, which is looser", bare(`- {code: "x", kind: laser, when: {output: "> 30 W"}}`), diff.Looser, false},
		{"one is, on other lasers", bare(`- {code: "x", kind: laser, when: {output: "< 10 W"}}`), diff.NotEncoded, false},
		{"the list covers lasers", `- {code: "x", kind: laser, when: {output: "> 30 W"}}`, diff.Looser, true},
	} {
		k := compiled(t, map[string]string{"aa": `- {code: "6A1", kind: laser, when: {output: "> 20 W"}}`, "bb": tt.b})
		got, err := diff.Equivalents(k, "aa", "6A1")
		if err != nil {
			t.Fatal(err)
		}
		if got[0].Stance != tt.stance || got[0].Whole != tt.whole {
			t.Errorf("%s: %s, whole %v", tt.why, got[0].Stance, got[0].Whole)
		}
	}
	k := compiled(t, world)
	if _, err := diff.Equivalents(k, "nobody's", "1"); !errors.Is(err, regime.ErrNoList) {
		t.Errorf("no such list: %v", err)
	}
	if _, err := diff.Equivalents(k, "reg", "1"); !errors.Is(err, regime.ErrNoCode) {
		t.Errorf("no such code: %v", err)
	}
	if _, err := diff.Concordance(k, "reg", "nobody's"); !errors.Is(err, regime.ErrNoList) {
		t.Errorf("no such list: %v", err)
	}
}

// The stance is what a grid of lasers shows, and each witness lies on its side.
func TestEquivalentOracle(t *testing.T) {
	lines := []string{"> 10 W", ">= 10 W", "> 20 W", "<= 20 W", "> 10 W, <= 30 W", "< 5 W"}
	paragraph := func(i int) string {
		return fmt.Sprintf(`- {code: "p", kind: laser, when: {output: "%s"}%s}`, lines[i/2], []string{"", ", except: [{when: {civil: true}}]"}[i%2])
	}
	var grid []scope.Item
	k := compiled(t, map[string]string{"aa": paragraph(0)})
	for _, w := range []string{"1", "5", "7", "10", "15", "20", "25", "30", "35"} {
		for _, civil := range []string{"true", "false"} {
			items, err := classify.ReadItems("i.yaml", []byte("{kind: laser, no-other-attributes: true, attributes: {output: "+w+" W, civil: "+civil+"}}"), k.Corpus.Vocabulary())
			if err != nil {
				t.Fatal(err)
			}
			grid = append(grid, items[0])
		}
	}
	mirror := map[diff.Stance]diff.Stance{diff.Same: diff.Same, diff.Stricter: diff.Looser, diff.Looser: diff.Stricter, diff.Crossing: diff.Crossing, diff.None: diff.None}
	for i := range 2 * len(lines) {
		for j := range 2 * len(lines) {
			k := compiled(t, map[string]string{"aa": paragraph(i), "bb": paragraph(j)})
			more, less, both := false, false, false
			for g := range grid {
				a, b := k.Lists[0].Whole.Evaluate(&grid[g]) == scope.True, k.Lists[1].Whole.Evaluate(&grid[g]) == scope.True
				more, less, both = more || b && !a, less || a && !b, both || a && b
			}
			want := diff.Same
			switch {
			case !both:
				want = diff.None
			case more && less:
				want = diff.Crossing
			case more:
				want = diff.Stricter
			case less:
				want = diff.Looser
			}
			ab, err := diff.Concordance(k, "aa", "bb")
			if err != nil || len(ab) != 1 {
				t.Fatal(ab, err)
			}
			ba, err := diff.Concordance(k, "bb", "aa")
			if err != nil {
				t.Fatal(err)
			}
			if ab[0].Stance != want || ba[0].Stance != mirror[want] {
				t.Errorf("%s against %s is %s, back %s, want %s", paragraph(j), paragraph(i), ab[0].Stance, ba[0].Stance, want)
			}
			for _, w := range []struct {
				it      *scope.Item
				in, out int
			}{{ab[0].More, 1, 0}, {ab[0].Less, 0, 1}} {
				if w.it != nil && (k.Lists[w.in].Whole.Evaluate(w.it) != scope.True || k.Lists[w.out].Whole.Evaluate(w.it) != scope.False) {
					t.Errorf("%s proves nothing", diff.Describe(*w.it))
				}
			}
		}
	}
}

// Two editions of one list can be compared, the earlier with the later.
func TestConcordanceOfEditions(t *testing.T) {
	fsys := fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(words)}}
	for date, line := range map[string]string{"2025-01-01": "> 10 W", "2026-01-01": "> 20 W"} {
		text := strings.Replace(list("aa", `- {code: "6A1", kind: laser, when: {output: "`+line+`"}}`), "2026-01-01", date, 1)
		fsys["lists/aa/"+date+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var v regime.View
	for _, d := range c.Editions("aa") {
		e, err := c.Edition("aa", d)
		if err != nil {
			t.Fatal(err)
		}
		v.Editions = append(v.Editions, e)
	}
	k, err := c.Compile(v, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := diff.Concordance(k, "aa", "aa")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Edition != "2026-01-01" || got[0].Stance != diff.Looser || got[0].Less.Attributes["output"].Text != "20 W" {
		t.Errorf("%+v", got)
	}
	if e, err := diff.Equivalents(k, "aa", "6A1"); err != nil || len(e) != 1 || e[0].Edition != "2026-01-01" {
		t.Errorf("%+v, %v", e, err)
	}
}

// What corresponds on the embedded lists, whatever the paragraphs are called.
func TestBuiltinConcordance(t *testing.T) {
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why, a, code, b string
		kinds           string
		stance          diff.Stance
		near            string // counterparts that must be named, here or besides
	}{
		{"the Union's list has launch vehicles and sounding rockets; missiles are in its military list, and launch vehicles of any size are caught",
			"mtcr", "1.A.1", "eu-annex-i", "complete-rocket-system", diff.Crossing, "9A004.a"},
		{"9A112.a takes over the range of 300 km; 9A012, by endurance, catches some of the same and is another control", "mtcr", "19.A.2", "eu-annex-i", "unmanned-aerial-vehicle", diff.Same, "9A112.a 9A012.a.1 9A012.a.2"},
		{"2B201 catches what 2B001 leaves of the Group's turning machines", "nsg-2", "1.B.2.a", "eu-annex-i", "machine-tool", diff.Same, "2B201.c 2B001.b.2.a"},
		{"grinding machines, in the same words", "nsg-2", "1.B.2.c.2", "eu-annex-i", "machine-tool", diff.Same, "2B201.b.2"},
		{"Canada's item in one paragraph of many", "ca-ecl", "5506(2)(c)(ii)(A)(VI)", "eu-annex-i", "quantum-computer", diff.Same, "4A506.a.6"},
		{"no note of Spain's lets adiabatic computers go", "us-ccl", "4A906.a.1", "es-national", "quantum-computer", diff.Stricter, "4A901.a.1"},
		{"the Wassenaar list has none", "us-ccl", "4A906.a.1", "wa-du", "quantum-computer", diff.None, ""},
		{"row for row", "wa-du", "3.A.1.a.5.a.3", "us-ccl", "analog-to-digital-converter", diff.Same, "3A001.a.5.a.3"},
		{"Germany includes 4 K", "us-ccl", "3A904.b", "de-al-b", "cryogenic-cooling-system", diff.Stricter, "3A1904.b"},
	} {
		var kinds []string
		for _, k := range c.Vocabulary().Kinds {
			if c.Vocabulary().IsA(k.ID, tt.kinds) {
				kinds = append(kinds, k.ID)
			}
		}
		k, err := newest(regime.Options{AnyDestination: true, Kinds: kinds}, tt.a, tt.b)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := diff.Concordance(k, tt.a, tt.b)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(rows, func(r diff.Correspondence) bool { return r.Code == tt.code })
		if i < 0 {
			t.Errorf("%s %s: no row", tt.a, tt.code)
			continue
		}
		r := rows[i]
		if r.Stance != tt.stance {
			t.Errorf("%s: %s %s is %s against %s %s, want %s", tt.why, tt.b, r.Paragraphs, r.Stance, tt.a, tt.code, tt.stance)
		}
		for _, code := range strings.Fields(tt.near) {
			if !slices.Contains(append(r.Paragraphs, r.Besides...), code) {
				t.Errorf("%s: %s stands beside %v, %v and not %s", tt.why, tt.code, r.Paragraphs, r.Besides, code)
			}
		}
	}
}
