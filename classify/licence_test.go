package classify_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime/scope"
)

// converter, accelerator and mill are items whose lists leave nothing open.
const (
	fastConverter = `{kind: analog-to-digital-converter, attributes: {adc.resolution: 12 bit, adc.sample-rate: 5 GSPS, space-qualified: false}, no-other-attributes: true, no-other-parts: true, for: null}`
	slowConverter = `{kind: analog-to-digital-converter, attributes: {adc.resolution: 12 bit, adc.sample-rate: 1 MSPS, space-qualified: false}, no-other-attributes: true, no-other-parts: true, for: null}`
	accelerator   = `{kind: integrated-circuit, attributes: {ic.total-processing-performance: 15824, ic.performance-density: 19.4, ic.datacenter: true}, no-other-attributes: true, no-other-parts: true, for: null}`
	quantum       = `{kind: quantum-computer, attributes: {quantum.physical-qubits: 50, quantum.c-not-error: "0.00005", quantum.adiabatic: false}, no-other-attributes: true, no-other-parts: true, for: null}`
)

// What the encoded law says of real transfers.
func TestLicenceByLaw(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	lic := classify.NewLicenser(k)
	for _, tt := range []struct {
		name, why, item, from, to string
		facts                     map[string]string
		want                      classify.Outcome
		rule, exception           string // one that holds, and one that is open or holds
	}{
		{"chart", "NS column 2 is marked for China", fastConverter, "US", "CN", nil, classify.Possible, "3A001-ns", ""},
		{"chart, ally", "NS column 2 is not marked for Japan", fastConverter, "US", "JP", nil, classify.NotRequired, "", ""},
		{"not listed", "no list catches a slow converter", slowConverter, "DE", "CN", nil, classify.NotRequired, "", ""},
		{"worldwide", "3A090.a needs a licence to every destination", accelerator, "US", "CA", nil, classify.Possible, "3A090-rs-advanced", "STA"},
		{"Union to ally", "EU001 frees all but the most sensitive items to eight destinations", fastConverter, "DE", "US", nil, classify.Available, "art-3", "EU001"},
		{"Union to ally, barred", "an exporter who was told of a use of concern cannot use EU001", fastConverter, "DE", "US", map[string]string{"eu:exporter-barred": "true"}, classify.Required, "art-3", ""},
		{"Union to others", "no Union authorisation covers converters to China as such", fastConverter, "DE", "CN", nil, classify.Possible, "art-3", ""},
		{"rules of a member state", "France may have a list of its own, and nothing is encoded of it", slowConverter, "FR", "CN", nil, classify.Unclear, "", ""},
		{"known use", "an item that no list names, for a weapon of mass destruction: the authority decides", slowConverter, "DE", "PK", map[string]string{"transfer.end-use-wmd": "true"}, classify.Unclear, "", ""},
		{"told", "and once it has said so, a licence is needed", slowConverter, "DE", "PK", map[string]string{"transfer.end-use-wmd": "true", "transfer.told-by-authority": "true"}, classify.Required, "art-4-1-a", ""},
		{"within the Union", "only Annex IV items need one", fastConverter, "DE", "FR", nil, classify.NotRequired, "", ""},
		{"embargo", "what no list names needs a licence to North Korea as well", slowConverter, "US", "KP", map[string]string{"transfer.ear99-food-or-medicine": "false"}, classify.Possible, "north-korea-unlisted", "BAG"},
		{"no rules", "nothing is encoded of Brazil's licensing", fastConverter, "BR", "CN", nil, classify.Unclear, "", ""},
		{"home", "nothing leaves the country", fastConverter, "US", "US", nil, classify.NotRequired, "", ""},
		{"quantum from Canada", "item 5506 leaves out the United States, and not every Canadian rule is encoded", quantum, "CA", "US", nil, classify.Unclear, "", ""},
		{"quantum from Canada, overseas", "and no other destination", quantum, "CA", "FR", nil, classify.Required, "item-5506", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := map[string]scope.Value{}
			for id, text := range tt.facts {
				facts[id] = scope.Value{Bool: text == "true", Text: text}
			}
			d, err := lic.Licence(item(t, k.Corpus, tt.item), classify.Transfer{From: tt.from, To: tt.to, Facts: facts})
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			if err := classify.WriteLicenceText(&text, &d, true); err != nil {
				t.Fatal(err)
			}
			if d.Outcome != tt.want {
				t.Errorf("%s to %s is %s, want %s: %s\n%s", tt.from, tt.to, d.Outcome, tt.want, tt.why, text.String())
			}
			rule, exception := tt.rule == "", tt.exception == ""
			for _, a := range d.Answers {
				rule = rule || slices.ContainsFunc(a.Requirements, func(r classify.RuleAnswer) bool { return r.ID == tt.rule && r.Truth == scope.True })
				exception = exception || slices.ContainsFunc(a.Exceptions, func(e classify.ExceptionAnswer) bool { return e.ID == tt.exception && e.Truth != scope.False })
			}
			if !rule || !exception {
				t.Errorf("no rule %q or no exception %q in\n%s", tt.rule, tt.exception, text.String())
			}
		})
	}
}

// A stated fact only ever decides what was open.
func TestLicenceLearns(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	lic := classify.NewLicenser(k)
	it := item(t, k.Corpus, fastConverter)
	transfer := classify.Transfer{From: "US", To: "CN", Facts: map[string]scope.Value{}}
	before, err := lic.Licence(it, transfer)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range before.Answers[0].Exceptions {
		for _, open := range e.Open {
			for _, truth := range []bool{true, false} {
				transfer.Facts = map[string]scope.Value{open: {Bool: truth, Text: map[bool]string{true: "true", false: "false"}[truth]}}
				after, err := lic.Licence(it, transfer)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range after.Answers[0].Exceptions {
					for _, was := range before.Answers[0].Exceptions {
						if was.ID == f.ID && was.Truth != scope.Undetermined && was.Truth != f.Truth {
							t.Errorf("%s was %v and is %v with %s %v", f.ID, was.Truth, f.Truth, open, truth)
						}
					}
				}
			}
		}
	}
}

func TestLicenceFaults(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	lic := classify.NewLicenser(k)
	it := item(t, k.Corpus, fastConverter)
	for _, tt := range []struct {
		transfer classify.Transfer
		want     string
	}{
		{classify.Transfer{From: "UK", To: "CN"}, `"UK" is not an ISO 3166`},
		{classify.Transfer{From: "US", To: ""}, `"" is not an ISO 3166`},
		{classify.Transfer{From: "US", To: "CN", Facts: map[string]scope.Value{"us:magic": {}}}, `"us:magic" is not a condition`},
		{classify.Transfer{From: "US", To: "CN", Facts: map[string]scope.Value{"adc.resolution": {}}}, `"adc.resolution" is not a fact of transfers`},
	} {
		if _, err := lic.Licence(it, tt.transfer); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error is %v, want %s", err, tt.want)
		}
	}
}
