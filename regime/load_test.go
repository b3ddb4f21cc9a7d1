package regime_test

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func date(t *testing.T, s string) regime.Date {
	t.Helper()
	d, err := regime.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const machine = "entries: [{code: \"1A\", kind: machine}]\n"

func dated(list, edition string) string {
	return "schema: 1\nlist: " + list + "\nedition: {" + edition + "}\n"
}

// A bad file is reported, and everything else still loads.
func TestLoadKeepsTheRest(t *testing.T) {
	fsys := files(t, map[string]string{
		"good/2026-01-01.yaml": dated("good", `effective: "2026-01-01"`) + machine,
		"bad/2025-01-01.yaml":  dated("bad", `effective: "2025-01-01"`) + machine,
		"bad/2026-01-01.yaml":  dated("bad", `effective: "2026-01-01"`) + "entries: [{code: 3E001, kind: machin}]\n",
		"bad/2027-01-01.yaml":  dated("bad", `effective: "2027-01-01"`) + "base: \"2026-01-01\"\nremoved: [\"1A\"]\n",
	})
	fsys["vocabulary/bad.yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nkinds:\n  - {id: boat, broader: [ship]}\n  - {id: car}\n  - {id: car}\n")}
	fsys["vocabulary/worse.yaml"] = &fstest.MapFile{Data: []byte("schema: [\n")}
	fsys["authorities/xx.yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nid: xx\nname: X\nkind: jurisdiction\ncountry: XX\nlists: [good]\n")}
	fsys["authorities/yy.yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nid: yy\nname: Y\nkind: jurisdiction\nparticipants: [{country: XX, role: member}]\n")}
	c, err := regime.Load(fsys)
	want := strings.Join([]string{
		`authorities/yy.yaml:1:1: document lacks "country"; add it`,
		`authorities/yy.yaml:5:15: "participants" is not allowed here; remove it`,
		`lists/bad/2026-01-01.yaml:4:18: "code" 3E001 reads as a number in YAML; write "3E001"`,
		`lists/bad/2026-01-01.yaml:4:31: kind "machin" is not declared; declare it in the vocabulary (did you mean "machine"?)`,
		`lists/bad/2027-01-01.yaml:2:7: base 2026-01-01 of list "bad" is not usable; mend it first`,
		`vocabulary/bad.yaml:3:10: kind "boat" names "ship", which is not declared; declare it`,
		`vocabulary/bad.yaml:5:10: kind "car" is declared twice; keep one`,
		`vocabulary/worse.yaml:2:1: not YAML: did not find expected node content; quote values that contain ": ", " #" or begin with one of > | @ % & * ! [ {`,
	}, "\n")
	if d := cmp.Diff(want, err.Error()); d != "" {
		t.Errorf("errors (-want +got):\n%s", d)
	}
	var one *scope.Error
	if !errors.Is(err, scope.ErrData) || !errors.As(err, &one) || one.Pos.Line == 0 {
		t.Errorf("errors.Is or errors.As does not reach the faults: %v", one)
	}
	if c.Vocabulary().Kind("car") == nil || c.Vocabulary().Kind("boat") != nil || c.Vocabulary().Kind("machine") == nil {
		t.Error("the vocabulary lost more than its faults")
	}
	if _, ok := c.AuthorityOf("good"); !ok || len(c.Authorities()) != 1 {
		t.Error("the good authority is lost")
	}
	v, err := c.At(date(t, "2026-06-01"))
	if len(v.Editions) != 1 || v.Editions[0].List != "good" {
		t.Errorf("view holds %v", v.Editions)
	}
	if !errors.Is(err, scope.ErrData) {
		t.Errorf("an older edition answers for a faulty one (%v)", err)
	}
	if v, err := c.At(date(t, "2025-06-01"), "bad"); err != nil || len(v.Editions) != 1 {
		t.Errorf("the good edition of a list with a bad one: %v, %v", v.Editions, err)
	}
}

func TestLoadPlaces(t *testing.T) {
	for _, tt := range []struct{ name, file, text, want string }{
		{"date", "l/2026-01-02.yaml", dated("l", `effective: "2026-01-01"`) + machine,
			`lists/l/2026-01-02.yaml:2:7: edition of 2026-01-01 stands in file 2026-01-02.yaml; make them the same`},
		{"folder", "m/2026-01-01.yaml", dated("l", `effective: "2026-01-01"`) + machine,
			`lists/m/2026-01-01.yaml:2:7: list "l" stands in folder "m"; make them the same`},
		{"not a date", "l/newest.yaml", "", `lists/l/newest.yaml: file name "newest.yaml" is not the date of an edition; write "2026-07-23.yaml"`},
		{"extension", "l/2026-01-01.yml", "", `lists/l/2026-01-01.yml: file "2026-01-01.yml" is not read; name it .yaml`},
		{"empty", "l/2026-01-01.yaml", "", `lists/l/2026-01-01.yaml:1:1: file is empty; write a document or remove the file`},
		{"no base", "l/2026-01-01.yaml", dated("l", `seen: "2026-01-01"`) + "base: \"2025\"\n",
			`lists/l/2026-01-01.yaml:2:7: base 2025 is not an edition of list "l"; editions are 2026-01-01`},
		{"base of itself", "l/2026-01-01.yaml", dated("l", `seen: "2026-01-01"`) + "base: \"2026-01-01\"\n",
			`lists/l/2026-01-01.yaml:2:7: base 2026-01-01 leads back to this edition; make one of them complete`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := regime.Load(files(t, map[string]string{tt.file: tt.text}))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func TestOverlaps(t *testing.T) {
	_, err := regime.Load(files(t, map[string]string{
		"l/2022.yaml":       dated("l", `seen: "2022"`) + machine,
		"l/2022-06.yaml":    dated("l", `seen: "2022-06"`) + machine,
		"m/2022-06.yaml":    dated("m", `seen: "2022-06", until: "2023"`) + machine,
		"m/2022-07-01.yaml": dated("m", `seen: "2022-07-01"`) + machine,
	}))
	want := "lists/l/2022-06.yaml: editions 2022 and 2022-06 of list \"l\" overlap; write the day of both\n" +
		"lists/m/2022-06.yaml:2:7: edition 2022-06 ends on 2023, after edition 2022-07-01 begins; leave out `until` or mend it"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestAt(t *testing.T) {
	c, err := regime.Load(files(t, map[string]string{
		"a/2020-03-01.yaml": dated("a", `effective: "2020-03-01"`) + machine,
		"a/2022-06.yaml":    dated("a", `seen: "2022-06"`) + machine,
		"b/2021.yaml":       dated("b", `seen: "2021", until: "2023-01-01"`) + machine,
		"c/2030-01-01.yaml": dated("c", `effective: "2030-01-01"`) + machine,
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ at, want, why string }{
		{"2020-02-29", "", "before all"},
		{"2020-03-01", "a 2020-03-01", "the first day"},
		{"2021", "a 2020-03-01, b 2021", "a year means its last day"},
		{"2021-01-01", "a 2020-03-01, b 2021", "an edition of a year counts from its first day"},
		{"2022-05", "a 2020-03-01, b 2021", "the day before"},
		{"2022-06-01", "a 2022-06, b 2021", "an edition of a month counts from its first day"},
		{"2022-12-31", "a 2022-06, b 2021", "the last day of b"},
		{"2023-01-01", "a 2022-06", "b has ended"},
		{"2029-12-31", "a 2022-06", "the newest edition is not today's"},
		{"2030-01-01", "a 2022-06, c 2030-01-01", "in force"},
	} {
		v, err := c.At(date(t, tt.at))
		if err != nil {
			t.Fatal(err)
		}
		if got := summary(v); got != tt.want {
			t.Errorf("at %s: got %q, want %q: %s", tt.at, got, tt.want, tt.why)
		}
	}
	v, err := c.Newest("c", "a", "c")
	if err != nil || summary(v) != "a 2022-06, c 2030-01-01" || v.Edition("a") == nil || v.Edition("b") != nil {
		t.Errorf("newest: %q, %v", summary(v), err)
	}
	if _, err := c.At(date(t, "2022"), "d"); !errors.Is(err, regime.ErrNoList) || !strings.Contains(err.Error(), "lists are a, b, c") {
		t.Errorf("a list that is not there: %v", err)
	}
	if _, err := c.Edition("a", date(t, "2022")); !errors.Is(err, regime.ErrNoEdition) {
		t.Errorf("an edition that is not there: %v", err)
	}
	e := edition(t, c, "a", "2022-06")
	if _, err := c.Criterion(e, "1B"); !errors.Is(err, regime.ErrNoCode) {
		t.Errorf("a code that is not there: %v", err)
	}
}

func summary(v regime.View) string {
	var s []string
	for _, e := range v.Editions {
		s = append(s, e.List+" "+e.Date().String())
	}
	return strings.Join(s, ", ")
}

const base = `entries:
  - code: "1A001"
    kind: machine
    paragraphs:
      - {code: "1A001.a", when: {hot: true}}
      - {code: "1A001.b", when: {power: "> 1 W"}, paragraphs: [{code: "1A001.b.1", when: {axes: "> 1"}}, {code: "1A001.b.2", when: {axes: "> 2"}}]}
      - {code: "1A001.c", when: {civil: true}}
  - {code: "1A002", kind: lathe}
general: [{id: n, applies-to: ["1A"], except: [{when: {civil: true}}]}]
covers: {codes: ["1A001"]}
`

func TestBase(t *testing.T) {
	change := func(text string) map[string]string {
		return map[string]string{
			"l/2025-01-01.yaml": dated("l", `seen: "2025-01-01"`) + base,
			"l/2026-01-01.yaml": dated("l", `seen: "2026-01-01"`) + "base: \"2025-01-01\"\n" + text,
		}
	}
	c, err := regime.Load(files(t, change(`
changes:
  - {code: "1A001.b", when: {power: "> 2 W"}}
  - {code: "1A001.aa", under: "1A001", when: {axes: "> 7"}}
  - {code: "1A001.d.1", under: "1A001.c", when: {axes: "> 8"}}
  - {code: "1A010", kind: software}
  - {code: "1A003", kind: technology}
removed: ["1A002"]
general: [{id: n, applies-to: ["1A"], except: [{when: {hot: false}}]}, {id: m, applies-to: ["1A"], except: [{when: {hot: false}}]}]
`)))
	if err != nil {
		t.Fatal(err)
	}
	e := edition(t, c, "l", "2026-01-01")
	var codes []string
	for p := range e.All() {
		codes = append(codes, p.Code)
	}
	if got, want := strings.Join(codes, " "), "1A001 1A001.a 1A001.aa 1A001.b 1A001.c 1A001.d.1 1A003 1A010"; got != want {
		t.Errorf("codes are %s, want %s", got, want)
	}
	if w, _ := e.Paragraph("1A001.b").Own.(scope.When); w.Constraint != "> 2 W" || len(e.Paragraph("1A001.b").Paragraphs) != 0 {
		t.Errorf("1A001.b is %+v", e.Paragraph("1A001.b"))
	}
	if len(e.General) != 2 || len(e.Covers.Codes) != 1 || e.Base != date(t, "2025-01-01") {
		t.Errorf("general %v, covers %v, base %v", e.General, e.Covers, e.Base)
	}
	if n := len(e.Ancestors("1A001.d.1")); n != 2 {
		t.Errorf("1A001.d.1 has %d ancestors", n)
	}
	old := edition(t, c, "l", "2025-01-01")
	if len(old.Entries) != 2 || len(old.Entries[0].Paragraphs) != 3 || len(old.Paragraph("1A001.b").Paragraphs) != 2 {
		t.Error("the base has changed")
	}

	for _, tt := range []struct{ name, text, want string }{
		{"removed", "removed: [\"1A001.z\"]\n", `5:11: removed code "1A001.z" is not a paragraph of the base 2025-01-01 (did you mean "1A001.a"?)`},
		{"no parent named", "changes: [{code: \"1A001.z\", kind: lathe}]\n", "5:18: paragraph \"1A001.z\" is new; write the paragraph that it belongs to, such as `under: \"1A001\"`"},
		{"no such parent", "changes: [{code: \"1A001.z\", under: \"1A009\", kind: lathe}]\n", `5:36: parent "1A009" is not a paragraph of the base 2025-01-01`},
		{"another parent", "changes: [{code: \"1A001.a\", under: \"1A002\", kind: lathe}]\n", "5:36: code \"1A001.a\" stands in the base already, and not under \"1A002\"; remove `under`"},
		{"twice", "changes: [{code: \"1A001.a\", kind: lathe}, {code: \"1A001.a\", kind: lathe}]\n", `5:50: code "1A001.a" is changed twice; keep one`},
		{"the same code below", "changes: [{code: \"1A001.a\", paragraphs: [{code: \"1A001.c\", kind: lathe}]}]\n", `lists/l/2025-01-01.yaml:10:16: code "1A001.c" stands already`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := regime.Load(files(t, change(tt.text)))
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func TestWith(t *testing.T) {
	c, err := regime.Load(files(t, map[string]string{"l/2025-01-01.yaml": dated("l", `seen: "2025-01-01"`) + base}))
	if err != nil {
		t.Fatal(err)
	}
	e, err := regime.ParseList("draft.yaml", []byte(dated("l", `effective: "2027-01-01"`)+"hypothetical: true\nbase: \"2025-01-01\"\nremoved: [\"1A002\"]\n"), c.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.With(e)
	if err != nil {
		t.Fatal(err)
	}
	if whole := edition(t, d, "l", "2027-01-01"); len(whole.Entries) != 1 || !whole.Hypothetical {
		t.Errorf("got %+v", whole)
	}
	if len(c.Editions("l")) != 1 || len(d.Editions("l")) != 2 {
		t.Errorf("editions are %v and %v", c.Editions("l"), d.Editions("l"))
	}
	bad, err := regime.ParseList("bad.yaml", []byte(dated("l", `effective: "2027-01-01"`)+"entries: [{code: \"1D\", kind: software, controlled-by: [\"9Z\"]}]\n"), c.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.With(bad); err == nil || !strings.HasPrefix(err.Error(), `bad.yaml:4:56: code "9Z" is not encoded`) {
		t.Errorf("got error %v", err)
	}
}

func TestAuthorities(t *testing.T) {
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for list, want := range map[string]string{"eu-annex-i": "eu", "de-al-b": "de", "wa-du": "wa", "us-ccl": "us", "uk-eco3": "gb"} {
		if a, ok := c.AuthorityOf(list); !ok || a.ID != want {
			t.Errorf("%s comes from %q, want %q", list, a.ID, want)
		}
	}
	for _, tt := range []struct {
		authority, at string
		want          int
		why           string
	}{
		{"wa", "", 42, "all"},
		{"wa", "2017-12-07", 41, "the day before India"},
		{"wa", "2017-12-08", 42, "India's day"},
		{"wa", "1995", 7, "only those whose date no source gives"},
		{"eu", "", 27, "member states"},
		{"cwc", "", 193, "all"},
		{"zangger", "1900", 39, "no dates at all"},
		{"us", "", 0, "a jurisdiction has none"},
	} {
		var d regime.Date
		if tt.at != "" {
			d = date(t, tt.at)
		}
		if got := len(c.ParticipantsAt(tt.authority, d)); got != tt.want {
			t.Errorf("%s at %q has %d participants, want %d: %s", tt.authority, tt.at, got, tt.want, tt.why)
		}
	}
}

// The embedded files are right, each by itself and together.
func TestBuiltinLoads(t *testing.T) {
	if _, err := regime.Load(os.DirFS(".")); err != nil {
		t.Error(err)
	}
}

func TestBuiltinConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			c, err := regime.Builtin()
			if err != nil {
				t.Error(err)
				return
			}
			v, err := c.Newest()
			if err != nil {
				t.Error(err)
			}
			for _, e := range v.Editions {
				for p := range e.All() {
					if _, err := c.Criterion(e, p.Code); err != nil {
						t.Error(err)
					}
				}
			}
			if _, err := c.At(regime.Date{Year: 2024}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestAllStops(t *testing.T) {
	e, err := regime.ParseList("l", []byte(dated("l", `seen: "2025"`)+base), vocabulary(t))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range e.All() {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("got %d paragraphs, want 3", n)
	}
}

func FuzzParseList(f *testing.F) {
	v := vocabulary(f)
	words, err := os.ReadFile("testdata/vocabulary.yaml")
	if err != nil {
		f.Fatal(err)
	}
	c, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: words},
		"lists/l/2025.yaml":     {Data: []byte(dated("l", `seen: "2025"`) + base)},
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, entries := range []string{
		`{code: "1A", kind: machine, for: {as: usable, controlled-by: ["1A", "1B"]}, therefor: [{as: usable, kind: component}]}, {code: "1B", elsewhere: true}`,
		`{code: "1A", kind: machine, paragraphs: [{code: "1A.a", except: [{controlled-by: ["1A"]}], meets: ["1A.b"]}, {code: "1A.b", any: [{code: "1A.b.1", when: {hot: true}}]}]}`,
	} {
		f.Add(dated("l", `seen: "2027"`) + "entries: [" + entries + "]\n")
	}
	f.Add(dated("l", `seen: "2025"`) + base)
	f.Add(dated("l", `seen: "2026-01-01"`) + "base: \"2025\"\nchanges: [{code: \"1A\", under: \"1\", kind: lathe, for: {as: usable, target: {kind: machine}}}]\n")
	f.Fuzz(func(t *testing.T, in string) {
		e, err := regime.ParseList("f", []byte(in), v)
		if (e == nil) != (err != nil) {
			t.Fatalf("edition %v with error %v", e, err)
		}
		if e == nil {
			return
		}
		if d, err := c.With(e); err == nil {
			whole, err := d.Edition(e.List, e.Date())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Criteria(whole); err != nil {
				t.Fatalf("an edition that is accepted has no meaning: %v", err)
			}
		}
	})
}
