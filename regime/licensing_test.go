package regime_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

const licensingVocabulary = `
schema: 1
units: [{id: GSPS, dimension: sample-rate, factor: "1"}, {id: USD, dimension: money, factor: "1"}]
kinds: [{id: converter}]
attributes:
  - {id: rate, type: number, dimension: sample-rate, unit: GSPS, of: [converter], always-for: [converter]}
  - {id: transfer.value, type: number, dimension: money, unit: USD}
  - {id: transfer.military, type: boolean}
`

const licensingList = `
schema: 1
list: aa
edition: {effective: "2026-01-01"}
covers: {codes: ["3A1"], kinds: [converter]}
entries:
  - code: "3A1"
    kind: converter
    paragraphs:
      - {code: "3A1.a", when: {rate: "> 1 GSPS, <= 2 GSPS"}}
      - {code: "3A1.b", when: {rate: "> 2 GSPS"}}
`

const licensingRules = `
schema: 1
authority: aa
lists: [aa]
edition: {effective: "2026-01-01"}
covers: {requirements: full, exceptions: full}
groups: [{id: friends, members: [FR, JP]}]
chart: {columns: ["NS 1"], rows: {CN: ["NS 1"], FR: [], JP: ["NS 1"]}}
conditions: [{id: statement, text: a statement was obtained}]
requirements:
  - {id: ns, reason: NS, codes: all, chart: "NS 1"}
  - {id: military, when: {transfer.military: true}, not-to: [friends], outcome: prohibited}
exceptions:
  - id: small
    form: exception
    to: [friends]
    conditions: [statement]
    frees: [{codes: ["3A1.a"], when: {transfer.value: "<= 1000 USD"}}]
`

func licensingFiles(rules string) fstest.MapFS {
	return fstest.MapFS{
		"vocabulary/v.yaml":        {Data: []byte(licensingVocabulary)},
		"lists/aa/2026-01-01.yaml": {Data: []byte(licensingList)},
		"licensing/aa.yaml":        {Data: []byte(rules)},
	}
}

func TestLicensing(t *testing.T) {
	c, err := regime.Load(licensingFiles(licensingRules))
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Licensing("aa")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		d    regime.Destinations
		want []string
		all  bool
	}{
		{regime.Destinations{}, nil, true},
		{regime.Destinations{NotTo: []string{"friends"}}, []string{"FR", "JP"}, true},
		{regime.Destinations{To: []string{"friends", "CN"}, NotTo: []string{"JP"}}, []string{"CN", "FR"}, false},
		{regime.Destinations{Column: "NS 1"}, []string{"CN", "JP"}, false},
		{regime.Destinations{Column: "NS 1", NotTo: []string{"JP"}}, []string{"CN"}, false},
	} {
		got, all := l.Countries(tt.d)
		if d := cmp.Diff(tt.want, got); d != "" || all != tt.all {
			t.Errorf("%+v: all %v, want %v; (-want +got)\n%s", tt.d, all, tt.all, d)
		}
	}
	if _, err := c.Licensing("zz"); !errors.Is(err, regime.ErrNoLicensing) {
		t.Errorf("error is %v", err)
	}
	v, err := c.Newest()
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := k.Licensing("aa")
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := k.Licensing("aa"); again != rules {
		t.Error("rules were compiled twice")
	}
	rate, err := c.Vocabulary().ParseValue("rate", "3 GSPS")
	if err != nil {
		t.Fatal(err)
	}
	it := scope.Item{Kinds: []string{"converter"}, Attributes: map[string]scope.Value{"rate": rate}, To: "CN"}
	ns := rules.Requirements[0]
	if ns.Caught.Evaluate(&it) != scope.True || ns.Goes.Evaluate(&it) != scope.True {
		t.Error("a listed item to a charted destination needs no licence")
	}
	it.To = "FR"
	if ns.Goes.Evaluate(&it) != scope.False {
		t.Error("the column does not apply to FR")
	}
	if x := rules.Exceptions[0]; x.Terms.Evaluate(&it) != scope.Undetermined {
		t.Error("a condition that nobody stated is decided")
	}
	e := v.Edition("aa")
	if !l.Names(&l.Exceptions[0].Frees[0], e, "3A1.a") || l.Names(&l.Exceptions[0].Frees[0], e, "3A1.b") || l.Names(&l.Exceptions[0].Frees[0], e, "3A1") {
		t.Error("a clause names other paragraphs than it says")
	}
	open, err := c.Compile(v, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open.Licensing("aa"); err == nil {
		t.Error("licensing was compiled for no destination")
	}
}

// Every fault of a file of rules has a position and a remedy.
func TestLicensingFaults(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"group's member", "[FR, JP]}]", "[FR, ZZ]}]", `licensing/aa.yaml:7:10: "ZZ" is not an ISO 3166`},
		{"destination", "to: [friends]", "to: [fiends]", `names "fiends", which is neither a group`},
		{"column", `chart: "NS 1"}`, `chart: "NS 2"}`, `column "NS 2", which the chart does not have`},
		{"chart", `CN: ["NS 1"]`, `CN: ["NP 1"]`, `CN has column "NP 1"`},
		{"condition", "conditions: [statement]", "conditions: [statements]", `asks condition "statements", which this file does not declare`},
		{"code", `codes: ["3A1.a"]`, `codes: ["3A1.c"]`, `rule "small": code "3A1.c" is not encoded in list "aa"`},
		{"attribute", "transfer.value:", "transfer.values:", `attribute "transfer.values" is not declared`},
		{"twice", "id: military", "id: ns", `requirement "ns" stands twice`},
		{"nothing asked", "codes: all, chart", "chart", `requirement "ns" asks nothing`},
		{"no list", "lists: [aa]", "note: x", `rule "ns" names codes, and the file has no lists`},
		{"list", "lists: [aa]", "lists: [bb]", `names list "bb", which is not there`},
		{"file name", "authority: aa", "authority: bb", `licensing of "bb" stands in aa.yaml`},
		{"key", "outcome: prohibited", "outcome: forbidden", `"forbidden"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := strings.Replace(licensingRules, tt.old, tt.new, 1)
			if data == licensingRules {
				t.Fatal("nothing was changed")
			}
			_, err := regime.Load(licensingFiles(data))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error is %v, want %s", err, tt.want)
			}
		})
	}
}

func TestIsCountry(t *testing.T) {
	for code, want := range map[string]bool{"DE": true, "XK": true, "GB": true, "UK": false, "EU": false, "de": false, "ZZ": false, "": false, "DEU": false, "TW": true, "SU": false, "YU": false, "AC": false, "UN": false, "AI": true} {
		if got := regime.IsCountry(code); got != want {
			t.Errorf("IsCountry(%q) is %v", code, got)
		}
	}
}
