package diff_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

var updateGolden = flag.Bool("update", false, "write the golden files")

// An edition differs in nothing from itself, nor from one that says the same.
func TestEditionsSame(t *testing.T) {
	k := pair(t, editBase, strings.Replace(editBase, "effective: \"2026-01-01\"", "effective: \"2026-02-01\"", 1))
	for _, x := range [][2]int{{0, 0}, {0, 1}, {1, 0}} {
		u := update(t, k, x[0], x[1])
		if len(u.Changes)+len(u.Caught)+len(u.Released) > 0 || u.Relation != scope.EqualTo || (x[0] == x[1]) != (len(u.Fields) == 0) {
			t.Errorf("%v: %+v", x, u)
		}
	}
}

func TestEditionsArguments(t *testing.T) {
	k := pair(t, editBase, editBase)
	for _, tt := range []struct {
		why      string
		old, new int
		kinds    []string
	}{
		{"no such list", 0, 2, nil},
		{"no such list", -1, 0, nil},
		{"no such kind", 0, 1, []string{"phaser"}},
	} {
		if _, err := diff.Editions(k, tt.old, tt.new, tt.kinds...); err == nil {
			t.Errorf("%s: no error", tt.why)
		}
	}
}

// Of other kinds than those asked for nothing is said.
func TestEditionsKinds(t *testing.T) {
	changed := strings.NewReplacer(`"> 20 W"`, `"> 30 W"`, `"> 958 K"`, `"> 1000 K"`).Replace(editBase)
	k := pair(t, editBase, changed)
	var codes []string
	u := update(t, k, 0, 1, "oven")
	for _, ch := range u.Changes {
		codes = append(codes, ch.New)
	}
	if !slices.Equal(codes, []string{"6A2", "6A2.a"}) || len(u.Released) != 1 || !slices.Equal(u.Released[0].Kinds, []string{"oven"}) {
		t.Errorf("changes of %v, released %+v", codes, u.Released)
	}
}

// Nothing is said of what one edition has not encoded, nor of software for it.
func TestEditionsCovers(t *testing.T) {
	old := strings.Replace(editBase, "[laser, oven, machine,", "[oven, machine,", 1)
	new := strings.NewReplacer(`"> 20 W"`, `"> 30 W"`, `"> 958 K"`, `"> 1000 K"`).Replace(editBase)
	u := update(t, pair(t, old, new), 0, 1)
	if !slices.Equal(u.Apart, []string{"laser", "gas-laser"}) {
		t.Errorf("apart are %v", u.Apart)
	}
	for _, ch := range u.Changes {
		if ch.New == "6A1" || ch.New == "6D1" {
			t.Errorf("%s of %s", ch.Effect, ch.New)
		}
	}
	if len(u.Released) != 1 || u.Released[0].Kinds[0] != "oven" {
		t.Errorf("released %+v", u.Released)
	}
}

// A change that follows another says which: a threshold changes its entry, an exclusion of the entry its paragraphs, and a
// paragraph the software for it.
func TestEditionsFollows(t *testing.T) {
	for _, tt := range []struct {
		why, old, new string
		want          map[string]string // code: follows
	}{
		{"from below", `"> 958 K"`, `"> 1000 K"`, map[string]string{"6A2": "6A2.a", "6A2.a": "", "6D2": ""}},
		{"from above", `kind: oven, `, `kind: oven, except: [{opaque: small}], `, map[string]string{"6A2": "", "6A2.a": "6A2", "6A2.b": "6A2", "6D2": ""}},
		{"with an entry that is gone", `- {code: "6D1"`, "- {code: \"7\", kind: oven, paragraphs: [{code: \"7.a\", when: {hottest: \"< 3 K\"}}]}\n- {code: \"6D1\"", map[string]string{"7": "", "7.a": "7"}},
	} {
		u := update(t, pair(t, editBase, strings.Replace(editBase, tt.old, tt.new, 1)), 0, 1)
		got := map[string]string{}
		for _, ch := range u.Changes {
			got[ch.New] = ch.Follows
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
}

// What a paragraph no longer catches, and another does, is not released.
func TestEditionsMoved(t *testing.T) {
	old := strings.Replace(editBase, `- {code: "9"`, "- {code: \"8\", kind: valve, when: {}, transfer: {to: [CN]}}\n- {code: \"9\"", 1)
	old = strings.Replace(old, "when: {}, ", "", 1)
	k := pair(t, old, strings.Replace(old, `- {code: "2B3", title: valves, kind: valve, transfer: {to: [CN]}}`+"\n", "", 1))
	u := update(t, k, 0, 1)
	ch := changeOf(u, "2B3")
	if ch == nil || ch.Effect != diff.Moved || ch.Released != nil || !slices.Equal(ch.To, []string{"8"}) || len(u.Released) > 0 {
		t.Errorf("%+v", u)
	}
}

// counted checks, item by item, that what an update says is caught or released is exactly that.
func counted(t *testing.T, k *regime.Compiled, u *diff.Update) {
	t.Helper()
	items := grid(t, k.Corpus.Vocabulary())
	for i := range items {
		it := &items[i]
		a, b := k.Lists[0].Whole.Evaluate(it), k.Lists[1].Whole.Evaluate(it)
		if slices.ContainsFunc(u.Apart, func(kind string) bool { return slices.Contains(it.Kinds, kind) }) {
			continue
		}
		for _, x := range []struct {
			name   string
			shifts []diff.Shift
			want   bool
		}{{"caught", u.Caught, a == scope.False && b == scope.True}, {"released", u.Released, a == scope.True && b == scope.False}} {
			n := 0
			for j := range x.shifts {
				if x.shifts[j].Scope.Evaluate(it) == scope.True {
					n++
				}
			}
			if (n == 1) != x.want || n > 1 {
				t.Errorf("%s, %v before and %v now, lies in %d of what is newly %s", diff.Describe(*it), a, b, n, x.name)
			}
		}
	}
}

// grid is items on, between and beside all thresholds of the fixture.
func grid(t *testing.T, v *scope.Vocabulary) []scope.Item {
	t.Helper()
	var b strings.Builder
	for _, civil := range []string{"true", "false"} {
		for _, kind := range []string{"laser", "gas-laser"} {
			for _, output := range []string{"5", "15", "20", "25", "30", "50", "60"} {
				for _, medium := range []string{"gas", "solid", "dye"} {
					fmt.Fprintf(&b, "- {kind: %s, to: CN, for: null, no-other-parts: true, attributes: {output: %s W, medium: %s, civil: %s}}\n", kind, output, medium, civil)
				}
			}
		}
		for _, hottest := range []string{"3", "500", "958", "958.1", "1000", "1200", "1201"} {
			fmt.Fprintf(&b, "- {kind: oven, to: CN, for: null, no-other-parts: true, attributes: {hottest: %s K, civil: %s}}\n", hottest, civil)
		}
	}
	for _, to := range []string{"CN", "RU", "JP"} {
		fmt.Fprintf(&b, "- {kind: valve, to: %s, for: null, no-other-parts: true, no-other-attributes: true}\n", to)
		for n := range 4 {
			for _, travel := range []string{"1", "1.5", "3"} {
				fmt.Fprintf(&b, "- {kind: machine, to: %s, for: null, parts: [{part: axis, count: %d, attributes: {travel: %s m}}], no-other-parts: true}\n", to, n+1, travel)
			}
		}
	}
	items, err := classify.ReadItems("grid.yaml", []byte(b.String()), v)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// A difference file made of what an update names turns the old edition into the new one.
func TestEditionsApply(t *testing.T) {
	for _, x := range edits {
		switch {
		case x.code == "", strings.Contains(x.why, "general note"): // no paragraph changes
			continue
		case x.why == "under another paragraph": // a difference file leaves a paragraph where it stands
			continue
		}
		text := strings.Replace(editBase, x.old, x.new, 1)
		k := pair(t, editBase, text)
		lines := strings.Split(text, "\n")
		changed, removed := map[int]bool{}, []string{}
		for _, ch := range update(t, k, 0, 1).Changes {
			entries := k.View.Editions[1].Entries
			if i := slices.IndexFunc(entries, func(p *regime.Paragraph) bool { return p.Pos.Line == ch.NewPos.Line }); i >= 0 {
				changed[ch.NewPos.Line] = true
			}
			for _, p := range k.View.Editions[0].Entries {
				if p.Code == ch.Old && k.View.Editions[1].Paragraph(p.Code) == nil {
					removed = append(removed, p.Code)
				}
				if ch.New == "" && p.Pos.Line == ch.OldPos.Line && p.Code != ch.Old { // below an entry that stays
					for _, q := range entries {
						if q.Code == p.Code {
							changed[q.Pos.Line] = true
						}
					}
				}
			}
		}
		file := "schema: 1\nlist: own\nedition: {effective: \"2026-02-01\"}\nbase: \"2026-01-01\"\n"
		if len(changed) > 0 {
			file += "changes:\n"
		}
		for n, line := range lines {
			if changed[n+1] {
				file += line + "\n"
			}
		}
		if len(removed) > 0 {
			file += fmt.Sprintf("removed: [%q]\n", strings.Join(removed, `", "`))
		}
		e, err := regime.ParseList("difference.yaml", []byte(file), k.Corpus.Vocabulary())
		if err != nil {
			t.Fatalf("%s: %v in\n%s", x.why, err, file)
		}
		made, err := e.On(k.View.Editions[0])
		if err != nil {
			t.Fatalf("%s: %v in\n%s", x.why, err, file)
		}
		again, err := k.Corpus.Compile(regime.View{Editions: []*regime.Edition{k.View.Editions[1], made}}, regime.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if u := update(t, again, 0, 1); len(u.Changes)+len(u.Caught)+len(u.Released) > 0 {
			t.Errorf("%s: what is left is %+v, of\n%s", x.why, u.Changes, file)
		}
	}
}

func TestImpact(t *testing.T) {
	k := pair(t, editBase, strings.NewReplacer(`"> 20 W"`, `"> 30 W"`, `"2B1"`, `"2B7"`).Replace(editBase))
	items, err := classify.ReadItems("items.yaml", []byte(`
- {id: small, kind: laser, attributes: {output: 10 W, medium: gas, civil: false}}
- {id: middling, kind: laser, attributes: {output: 30 W, medium: gas, civil: false}}
- {id: large, kind: laser, attributes: {output: 31 W, medium: gas, civil: false}}
- {id: unsaid, kind: laser, attributes: {medium: gas, civil: false}}
- {id: half-said, kind: laser, attributes: {output: 25 W, medium: gas}}
- {id: mill, kind: machine, parts: [{part: axis, count: 2, attributes: {travel: 2 m}}]}
`), k.Corpus.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range diff.Impact(k, 0, 1, items) {
		got = append(got, fmt.Sprint(x.Item, " ", x.Old.Verdict, x.Old.Paragraphs, " ", x.New.Verdict, x.New.Paragraphs))
	}
	want := []string{
		"middling controlled[6A1] not-controlled[]",
		"half-said undetermined[6A1] not-controlled[]",
		"mill controlled[2B1] controlled[2B7]",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestWriteEditionsJSON(t *testing.T) {
	u := update(t, pair(t, editBase, strings.Replace(editBase, `"> 20 W"`, `"> 30 W"`, 1)), 0, 1)
	var b bytes.Buffer
	if err := diff.WriteEditionsJSON(&b, u); err != nil {
		t.Fatal(err)
	}
	var got struct {
		List, Old, New, Relation string
		Changes                  []struct {
			Effect, Grade, Old, New, Fingerprint string
			Fields                               []string
			Released                             struct {
				Witness struct{ Attributes map[string]any }
			}
		}
		Caught, Released, Items []any
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	ch := got.Changes[0]
	if got.List != "own" || got.Relation != "subset-of" || ch.Effect != "loosened" || ch.New != "6A1" || ch.Released.Witness.Attributes["output"] != "30 W" ||
		len(ch.Fingerprint) != 16 || got.Caught == nil || len(got.Released) == 0 || got.Items == nil {
		t.Errorf("%s", b.Bytes())
	}
}

// real compiles two embedded editions of a list for some kinds.
func real(list, old, new string, kinds []string) (*regime.Compiled, error) {
	c, err := regime.Builtin()
	if err != nil {
		return nil, err
	}
	var v regime.View
	for _, text := range []string{old, new} {
		d, err := regime.ParseDate(text)
		if err != nil {
			return nil, err
		}
		e, err := c.Edition(list, d)
		if err != nil {
			return nil, err
		}
		v.Editions = append(v.Editions, e)
	}
	return c.Compile(v, regime.Options{Kinds: kinds})
}

// What real editions changed, for kinds of which the law is known: the reasons stand in testdata/editions/README.md.
func TestEditionsGolden(t *testing.T) {
	vocabulary := sync.OnceValue(func() *scope.Vocabulary { c, _ := regime.Builtin(); return c.Vocabulary() })
	names := []string{"README.md"}
	for _, tt := range []struct{ list, old, new, kinds string }{
		{"us-ccl", "2020-06-29", "2026-07-23", "quantum-computer analog-to-digital-converter digital-computer secondary-cell laser"},
		{"eu-annex-i", "2022-05-05", "2026-09-21", "quantum-computer analog-to-digital-converter digital-computer secondary-cell laser"},
		{"wa-du", "2021-12-22", "2026-01-15", "quantum-computer analog-to-digital-converter digital-computer secondary-cell laser"},
	} {
		name := tt.list + ".txt"
		names = append(names, name)
		t.Run(tt.list, func(t *testing.T) {
			kinds := diff.Kinds(vocabulary(), strings.Fields(tt.kinds)...)
			k, err := real(tt.list, tt.old, tt.new, kinds)
			if err != nil {
				t.Fatal(err)
			}
			u := update(t, k, 0, 1, kinds...)
			witnessed(t, k, u)
			if tt.list == "wa-du" { // the shortest
				mirrored(t, u, update(t, k, 1, 0, kinds...))
			}
			var b bytes.Buffer
			if err := diff.WriteEditionsText(&b, u); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", "editions", name)
			if *updateGolden {
				if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v (create with -update)", err)
			}
			if d := cmp.Diff(string(want), b.String()); d != "" {
				t.Errorf("%s (-want +got):\n%s", path, d)
			}
		})
	}
	files, err := os.ReadDir("testdata/editions")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.Contains(names, f.Name()) {
			t.Errorf("%s belongs to no test", f.Name())
		}
	}
}
