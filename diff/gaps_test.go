package diff_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// withTechnology is lists of goods and of what is for them, which cover everything.
func withTechnology(t *testing.T, lists map[string]string) *regime.Compiled {
	t.Helper()
	fsys := fstest.MapFS{"vocabulary/v.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}]
kinds: [{id: laser}, {id: software}, {id: technology}]
attributes:
  - {id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}
  - {id: required, type: boolean, of: [technology]}
functions: [{id: development}, {id: production}, {id: use}]
`)}}
	for id, entries := range lists {
		fsys["lists/"+id+"/2026-01-01.yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nlist: " + id +
			"\nedition: {effective: \"2026-01-01\"}\ncovers: {kinds: [laser, software, technology]}\nentries:\n  - {code: \"1\", title: lasers, kind: laser, when: {output: \"> 10 W\"}}\n" + entries)}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Newest()
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func listOf(k *regime.Compiled, id string) *regime.CompiledList {
	return &k.Lists[slices.IndexFunc(k.Lists, func(l regime.CompiledList) bool { return l.Edition.List == id })]
}

func TestTechnologyGaps(t *testing.T) {
	const all = `  - {code: "9", kind: technology, for: {function: [development, production], controlled-by: ["1"]}}`
	for _, tt := range []struct {
		name, why, aa, bb string
		want              []string
	}{
		{"gap", "the goods alone are caught", all, "", []string{
			"aa 9 catches technology for development of laser, and bb 1 does not, though it catches the goods",
			"aa 9 catches technology for production of laser, and bb 1 does not, though it catches the goods"}},
		{"both", "both catch it", all, all, nil},
		{"neither", "nobody shows that there is something to catch", "", "", nil},
		{"function", "one function is left out", all, `  - {code: "9", kind: technology, for: {function: [development, use], controlled-by: ["1"]}}`, []string{
			"aa 9 catches technology for production of laser, and bb 1 does not, though it catches the goods"}},
		{"software", "software is its own gap", `  - {code: "8", kind: software, for: {function: [development], controlled-by: ["1"]}}`, all, []string{
			"aa 8 catches software for development of laser, and bb 1 does not, though it catches the goods",
			"bb 9 catches technology for development of laser, and aa 1 does not, though it catches the goods",
			"bb 9 catches technology for production of laser, and aa 1 does not, though it catches the goods"}},
		{"some", "a list that catches what is required has no gap, but draws another line", all,
			`  - {code: "9", kind: technology, when: {required: true}, for: {function: [development, production], controlled-by: ["1"]}}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := withTechnology(t, map[string]string{"aa": tt.aa, "bb": tt.bb})
			regions, err := diff.Partition(k)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range diff.TechnologyGaps(k, regions) {
				got = append(got, f.Message())
				a, b := listOf(k, f.Controls), listOf(k, f.Lacks)
				goods := f.Witness.For[0].Target
				if a.Whole.Evaluate(&f.Witness) != scope.True || b.Whole.Evaluate(&f.Witness) != scope.False || a.Whole.Evaluate(&goods) != scope.True || b.Whole.Evaluate(&goods) != scope.True {
					t.Errorf("the witness of %q proves nothing", f.Message())
				}
				if f.Kind != diff.TechnologyGap || f.Effect() != "uncontrolled" {
					t.Errorf("%s %s: %s", f.Kind, f.Effect(), f.Message())
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
		})
	}
}

func TestBuiltinTechnologyGaps(t *testing.T) {
	for _, tt := range []struct {
		why, kind string
		lists     string
		want      string
	}{
		{"the Union and Spain control technology for quantum computers, the others that of their parts alone (15 CFR 774 Supp. 1, 4E001.a: \"except 4A906\", and 4E906)",
			"quantum-computer", "ca-ecl es-national eu-annex-i jp-goods uk-eco3 us-ccl", `
es-national 4E901 technology > ca-ecl
es-national 4E901 technology > jp-goods
es-national 4E901 technology > uk-eco3
es-national 4E901 technology > us-ccl
eu-annex-i 4E001.a technology > ca-ecl
eu-annex-i 4E001.a technology > jp-goods
eu-annex-i 4E001.a technology > uk-eco3
eu-annex-i 4E001.a technology > us-ccl`},
		{"no software or technology paragraph of the Dutch regulation names 3B802", "overlay-metrology-equipment", "jp-goods nl-semicon us-ccl", `
jp-goods 19(1)(ii) technology > nl-semicon
us-ccl 3D993 software > nl-semicon
us-ccl 3E993 technology > nl-semicon`},
	} {
		k, err := newest(regime.Options{AnyDestination: true, Kinds: []string{tt.kind, "technology", "software"}}, strings.Fields(tt.lists)...)
		if err != nil {
			t.Fatal(err)
		}
		regions, err := diff.Partition(k, tt.kind)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range diff.TechnologyGaps(k, regions) {
			got = append(got, f.Controls+" "+strings.Join(f.Paragraphs[f.Controls], ",")+" "+f.Witness.Kinds[0]+" > "+f.Lacks)
		}
		slices.Sort(got)
		if d := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), strings.Join(slices.Compact(got), "\n")); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
}

func TestMembershipGaps(t *testing.T) {
	k := compiled(t, world)
	r := report(t, k)
	for _, tt := range []struct {
		why       string
		countries []string
		want      []string // effect and message
	}{
		{"an observer takes no part, nor does Chile; both lists cover lasers", nil, []string{
			"uncontrolled reg r controls it; CL takes no part in the regime, and chi does not",
			"uncontrolled reg r controls it; CH takes no part in the regime, and swi does not"}},
		{"of China nothing is encoded", []string{"CN"}, []string{"unknown reg r controls it; CN takes no part in the regime, and of its own control nothing is encoded"}},
		{"participants have no gap, whatever they implement", []string{"JP", "IT", "FR"}, nil},
		{"nobody twice", []string{"CN", "CN"}, []string{"unknown reg r controls it; CN takes no part in the regime, and of its own control nothing is encoded"}},
	} {
		found, err := diff.MembershipGaps(k, r.Regions, tt.countries...)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Effect()+" "+f.Message())
			if f.Kind != diff.MembershipGap || listOf(k, "reg").Whole.Evaluate(&f.Witness) != scope.True {
				t.Errorf("%s: witness %s", f.Kind, diff.Describe(f.Witness))
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
	if _, err := diff.MembershipGaps(k, r.Regions, "UK"); err == nil {
		t.Error("UK is no country code")
	}
	// Who controls the items by a list of its own has no gap.
	own := compiled(t, map[string]string{"reg": world["reg"], "chi": `- {code: "c", kind: laser}`, "swi": ""})
	found, err := diff.MembershipGaps(own, report(t, own).Regions, "CL", "CH")
	if err != nil || len(found) != 1 || found[0].Country != "CH" {
		t.Errorf("%v, %v", found, err)
	}
}

func TestSunsetGaps(t *testing.T) {
	edition := func(id, until, entries string) string {
		return "schema: 1\nlist: " + id + "\nedition: {effective: \"2026-01-01\"" + until + "}\ncovers: {kinds: [laser]}\nentries:\n" + entries + "\n"
	}
	const stays = `- {code: "s", kind: laser, when: {output: "> 10 W"}}`
	for _, tt := range []struct{ name, why, until, entries, want string }{
		{"expires", "a paragraph ends", "", `- {code: "1", kind: laser, when: {output: "> 10 W"}, expires: "2026-09-01"}`, "lapsing bb 1 lapses on 2026-09-01, and aa s stays"},
		{"later", "it ends on the day that was asked about, and not before", "", `- {code: "1", kind: laser, when: {output: "> 10 W"}, expires: "2027-01-01"}`, ""},
		{"review", "a review is due", "", `- {code: "1", kind: laser, when: {output: "> 10 W"}, review-by: "2026-06"}`, "lapsing bb 1 is due for review by 2026-06, and aa s stays"},
		{"both", "what lapses needs no review", "", `- {code: "1", kind: laser, when: {output: "> 10 W"}, review-by: "2026-06", expires: "2026-09-01"}`, "lapsing bb 1 lapses on 2026-09-01, and aa s stays"},
		{"entry", "with the entry ends what is below", "", `- {code: "1", kind: laser, expires: "2026-09-01", paragraphs: [{code: "1.a", when: {output: "> 10 W"}, expires: "2030-01-01"}]}`, "lapsing bb 1.a lapses on 2026-09-01, and aa s stays"},
		{"edition", "the edition ends and none follows", `, until: "2026-08-01"`, stays, "lapsing bb s lapses on 2026-08-01, and aa s stays"},
		{"last", "the items are caught until the last of two paragraphs ends", "", "- {code: \"1\", kind: laser, when: {output: \"> 10 W\"}, expires: \"2026-03-01\"}\n- {code: \"2\", kind: laser, when: {output: \"> 10 W\"}, expires: \"2026-09-01\"}",
			"lapsing bb 1, 2 lapses on 2026-09-01, and aa s stays"},
		{"one stays", "one of two paragraphs stays", "", "- {code: \"1\", kind: laser, when: {output: \"> 10 W\"}, expires: \"2026-03-01\"}\n- {code: \"2\", kind: laser, when: {output: \"> 10 W\"}}", ""},
		{"none", "nobody dated it", "", stays, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := compiled(t, map[string]string{"aa": edition("aa", "", stays), "bb": edition("bb", tt.until, tt.entries)})
			var got []string
			for _, f := range diff.SunsetGaps(k, report(t, k).Regions, regime.Date{Year: 2027, Month: 1, Day: 1}) {
				got = append(got, f.Effect()+" "+f.Message())
				if f.Kind != diff.SunsetGap || f.Controls != "aa" || f.Expires.IsZero() == f.ReviewBy.IsZero() {
					t.Errorf("finding is %+v", f)
				}
			}
			if strings.Join(got, "\n") != tt.want {
				t.Errorf("%s:\n%s\nwant\n%s", tt.why, strings.Join(got, "\n"), tt.want)
			}
		})
	}
	// Where all end nothing stays.
	const ends = `- {code: "1", kind: laser, when: {output: "> 10 W"}, expires: "2026-09-01"}`
	k := compiled(t, map[string]string{"aa": edition("aa", "", ends), "bb": edition("bb", "", ends)})
	if f := diff.SunsetGaps(k, report(t, k).Regions, regime.Date{Year: 2027}); len(f) > 0 {
		t.Errorf("findings are %v", f)
	}
}
