package classify_test

import (
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

const licenceWords = words + `  - {if: {when: {transfer.nuclear: true}}, then: {when: {transfer.weapon: true}}}
`

const licenceList = `schema: 1
list: zz
edition: {effective: "2026-01-01"}
covers: {kinds: [converter, lathe, component]}
entries:
  - code: "1"
    kind: converter
    paragraphs:
      - {code: "1.a", when: {rate: "> 1 GSPS"}}
      - {code: "1.b", when: {rate: "> 5 GSPS"}}
  - code: "2"
    kind: lathe
    when: {axes: ">= 3"}
    therefor: [{as: [use], kind: component}]
`

const licenceRules = `schema: 1
authority: zz
lists: [zz]
edition: {effective: "2026-01-01"}
covers: {requirements: full, exceptions: full}
groups: [{id: friends, members: [FR, JP]}, {id: foes, members: [KP]}]
chart: {columns: ["NS 1", "NS 2"], rows: {CN: ["NS 1", "NS 2"], FR: [], JP: ["NS 1"], KP: []}}
conditions: [{id: statement, text: a statement was obtained}, {id: from-here, text: sent from here}]
given: [from-here]
requirements:
  - {id: ns1, reason: NS, codes: ["1"], chart: "NS 1"}
  - {id: ns2, reason: RS, codes: ["1.b"], chart: "NS 2"}
  - {id: lathes, reason: NP, codes: ["2"], not-to: [friends], except: [{when: {transfer.civil: true}}]}
  - {id: embargo, reason: EM, conditions: [from-here], to: [foes], outcome: prohibited}
  - {id: weapons, reason: WMD, when: {transfer.weapon: true}}
  - {id: later, reason: NS, codes: ["1"], to: [BR], since: "2027-01-01"}
  - {id: elsewhere, reason: XX, codes: ["zz:9"]}
exceptions:
  - {id: small, form: exception, to: [JP, CN], only-reasons: [NS], frees: [{codes: ["1.a"], when: {transfer.value: "<= 100 W"}}, {codes: ["1.b"], when: {transfer.value: "<= 50 W"}}]}
  - {id: trusted, form: exception, to: [CN], conditions: [statement], frees: [{codes: all}], withholds: [{codes: ["1.b"]}], unless: [{when: {transfer.weapon: true}}]}
  - {id: parts, form: exception, frees: [{codes: ["2"]}], when: {transfer.value: "<= 10 W"}}
  - {id: aid, form: exception, only-reasons: [WMD], conditions: [statement]}
`

func licensingCorpus(t *testing.T) *regime.Corpus {
	t.Helper()
	c, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(licenceWords)},
		"vocabulary/transfers.yaml": {Data: []byte(`schema: 1
attributes:
  - {id: transfer.value, type: number, dimension: power, unit: W, min: "0"}
  - {id: transfer.civil, type: boolean}
  - {id: transfer.weapon, type: boolean}
  - {id: transfer.nuclear, type: boolean}
`)},
		"lists/zz/2026-01-01.yaml": {Data: []byte(licenceList)},
		"licensing/zz.yaml":        {Data: []byte(licenceRules)},
		"authorities/zz.yaml":      {Data: []byte("schema: 1\nid: zz\nname: Zed\nkind: jurisdiction\ncountry: AU\nlists: [zz]\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLicenceRules(t *testing.T) {
	c := licensingCorpus(t)
	k := compile(t, c)
	lic := classify.NewLicenser(k)
	const (
		slow  = `{kind: converter, attributes: {rate: 0 SPS}, no-other-attributes: true}`
		mid   = `{kind: converter, attributes: {rate: 2 GSPS}, no-other-attributes: true}`
		fast  = `{kind: converter, attributes: {rate: 6 GSPS}, no-other-attributes: true}`
		lathe = `{kind: lathe, attributes: {axes: 3}}`
		part  = `{kind: component, for: {function: use, item: {kind: lathe, attributes: {axes: 3}}}}`
	)
	for _, tt := range []struct {
		name, why, item, to string
		facts               map[string]string
		want                classify.Outcome
	}{
		{"free", "nothing catches it", slow, "CN", nil, classify.NotRequired},
		{"column not marked", "the chart has no column for the destination", mid, "FR", nil, classify.NotRequired},
		{"within the value", "the row of its paragraph allows 100", mid, "JP", map[string]string{"transfer.value": "100 W"}, classify.Available},
		{"above the value", "and not more", mid, "JP", map[string]string{"transfer.value": "101 W"}, classify.Required},
		{"value not stated", "a number is not taken to be none", mid, "JP", nil, classify.Possible},
		{"two paragraphs", "each that catches it has to be freed, and the second allows 50", fast, "JP", map[string]string{"transfer.value": "80 W"}, classify.Required},
		{"two paragraphs, both rows", "", fast, "JP", map[string]string{"transfer.value": "50 W"}, classify.Available},
		{"reasons", "to China a second reason applies, for which the exception is not", fast, "CN", map[string]string{"transfer.value": "10 W", "zz:statement": "false"}, classify.Required},
		{"condition", "a statement frees", mid, "CN", map[string]string{"zz:statement": "true"}, classify.Available},
		{"condition open", "it is not taken to be there", mid, "CN", map[string]string{"transfer.value": "200 W"}, classify.Possible},
		{"withheld", "not for the fastest", fast, "CN", map[string]string{"zz:statement": "true", "transfer.value": "200 W"}, classify.Required},
		{"not on these terms", "an exception from list controls does not free a known use", mid, "CN", map[string]string{"zz:statement": "true", "transfer.weapon": "true", "transfer.value": "200 W"}, classify.Required},
		{"embargo", "what holds of every transfer from here need not be stated", slow, "KP", nil, classify.Prohibited},
		{"catch-all", "a known use needs a licence for what no list names", slow, "FR", map[string]string{"transfer.weapon": "true"}, classify.Possible},
		{"catch-all by axiom", "a nuclear use is one", slow, "FR", map[string]string{"transfer.nuclear": "true", "zz:statement": "false"}, classify.Required},
		{"catch-all freed", "by an exception that names its reason", slow, "FR", map[string]string{"transfer.weapon": "true", "zz:statement": "true"}, classify.Available},
		{"exception from a requirement", "civil lathes need none", lathe, "CN", map[string]string{"transfer.civil": "true"}, classify.NotRequired},
		{"exception not stated", "a fact that nobody stated is not taken to free", lathe, "CN", map[string]string{"transfer.value": "11 W"}, classify.Unclear},
		{"branch", "components are caught by the branch of the entry, and freed with it", part, "CN", map[string]string{"transfer.civil": "false", "transfer.value": "5 W"}, classify.Available},
		{"not yet", "a rule of next year does not hold", mid, "BR", nil, classify.NotRequired},
		{"not covered", "the list says nothing of software", `{kind: software, for: null}`, "CN", nil, classify.Unclear},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := map[string]scope.Value{}
			for id, text := range tt.facts {
				facts[id] = scope.Value{Bool: text == "true", Text: text}
				if id[:3] != "zz:" {
					value, err := c.Vocabulary().ParseValue(id, text)
					if err != nil {
						t.Fatal(err)
					}
					facts[id] = value
				}
			}
			d, err := lic.Licence(item(t, c, tt.item), classify.Transfer{From: "AU", To: tt.to, Facts: facts})
			if err != nil {
				t.Fatal(err)
			}
			if d.Outcome != tt.want {
				t.Errorf("%s, want %s: %s\n%+v", d.Outcome, tt.want, tt.why, d.Answers)
			}
		})
	}
}

// Of a date before the law that was read, nothing is known.
func TestLicenceBeforeTheLaw(t *testing.T) {
	c := licensingCorpus(t)
	v, err := c.Newest()
	if err != nil {
		t.Fatal(err)
	}
	v.Date = regime.Date{Year: 2025}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := classify.NewLicenser(k).Licence(item(t, c, `{kind: converter, attributes: {rate: 2 GSPS}}`), classify.Transfer{From: "AU", To: "FR"})
	if err != nil || d.Outcome != classify.Unclear || d.Answers[0].Note == "" {
		t.Errorf("%+v, %v", d, err)
	}
}
