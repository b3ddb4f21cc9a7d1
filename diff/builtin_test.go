package diff_test

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// newest compiles the newest embedded editions, with a known destination or for any.
func newest(o regime.Options, lists ...string) (*regime.Compiled, error) {
	c, err := regime.Builtin()
	if err != nil {
		return nil, err
	}
	v, err := c.Newest(lists...)
	if err != nil {
		return nil, err
	}
	return c.Compile(v, o)
}

var byItem = sync.OnceValues(func() (*regime.Compiled, error) { return newest(regime.Options{}) })

// What the newest editions do to an item that stands exactly where the law is interesting.
func TestBuiltin(t *testing.T) {
	k, err := byItem()
	if err != nil {
		t.Fatal(err)
	}
	const microscope = `{kind: scanning-electron-microscope, to: KR, no-other-attributes: true, attributes: {sem.designed-for-chip-imaging: true, sem.stage-placement-accuracy: ACCURACY nm,
  sem.stage-laser-interferometry: true, sem.calibrates-field-by-interferometer: true, sem.image-pixels: 3x10^8, sem.field-overlap: 4 %, sem.stitching-overlap: 49 nm,
  sem.accelerating-voltage: 22 kV, sem.accepts-standard-wafer-carrier: false}}`
	const cooler = `{kind: pulse-tube-cryocooler, to: KR, attributes: {cryocooler.two-stage: true, cryocooler.temperature.lowest: LOWEST K}, no-other-attributes: true,
  parts: [{part: cooling-point, attributes: {cooling-point.temperature: 4.2 K, cooling-point.power: 1.5 W}, no-other-attributes: true}]}`
	const amplifier = `{kind: parametric-signal-amplifier, to: KR, no-other-attributes: true, no-other-parts: true, for: null,
  attributes: {design-ambient-temperature.lowest: 0.02 K, parametric-amplifier.design-frequency: {min: 1 GHz, max: HIGHEST GHz}},
  parts: [{part: noise-point, attributes: {noise-point.frequency: HIGHEST GHz, noise-point.temperature: 1 K, noise-point.noise-figure: 0.014 dB}}]}`
	const oven = `{kind: epitaxial-growth-equipment, to: KR, no-other-attributes: true, attributes: {epitaxy.material: silicon, epitaxy.preclean-chamber: true, epitaxy.chamber-temperature.lowest: TEMPERATURE}}`
	const chip = `{kind: digital-integrated-circuit, to: KR, no-other-attributes: true, no-other-parts: true, for: null, attributes: {ic.total-processing-performance: PERFORMANCE, ic.applicable-die-area: AREA mm2, ic.datacenter: DATACENTER}}`
	const quantum = `{kind: quantum-computer, to: KR, no-other-attributes: true, attributes: {quantum.physical-qubits: QUBITS, quantum.c-not-error: ERROR, quantum.adiabatic: false}}`
	for _, tt := range []struct{ why, item, controlled, not string }{
		{
			"the Wassenaar list no longer uses its row of 8 and 9 bit, the United States and the European Union do: more than 1.3 GSPS",
			`{kind: analog-to-digital-converter, to: KR, no-other-attributes: true, no-other-parts: true, for: null, attributes: {adc.resolution: 8 bit, adc.sample-rate: 1.4 GSPS}}`,
			"eu-annex-i us-ccl", "wa-du",
		}, {
			"exactly 1.3 GSPS is not more",
			`{kind: analog-to-digital-converter, to: KR, no-other-attributes: true, no-other-parts: true, for: null, attributes: {adc.resolution: 8 bit, adc.sample-rate: 1300 MSPS}}`,
			"", "eu-annex-i us-ccl wa-du",
		}, {
			"34 qubits and an error of 10^-4 are on both lines, which include them; the Wassenaar list has no quantum computers, nor has the Dutch regulation beside Annex I",
			strings.NewReplacer("QUBITS", "34", "ERROR", "10^-4").Replace(quantum), "ca-ecl de-al-b es-national eu-annex-i jp-goods uk-eco3 us-ccl", "nl-semicon wa-du",
		}, {
			"an error above 10^-4 is too many for 34 to 99 qubits",
			strings.NewReplacer("QUBITS", "99", "ERROR", "1.01x10^-4").Replace(quantum), "", "ca-ecl de-al-b es-national eu-annex-i jp-goods uk-eco3 us-ccl nl-semicon wa-du",
		}, {
			"100 qubits may have ten times the error",
			strings.NewReplacer("QUBITS", "100", "ERROR", "10^-3").Replace(quantum), "ca-ecl de-al-b es-national eu-annex-i jp-goods uk-eco3 us-ccl", "nl-semicon wa-du",
		}, {
			"Spain alone says 30 nm or less, the others less than 30 nm",
			strings.Replace(microscope, "ACCURACY", "30", 1), "es-national", "ca-ecl de-al-b eu-annex-i jp-goods uk-eco3 us-ccl wa-du",
		}, {
			"below 30 nm all agree but the Wassenaar list, which has no such microscopes",
			strings.Replace(microscope, "ACCURACY", "29", 1), "ca-ecl de-al-b es-national eu-annex-i jp-goods uk-eco3 us-ccl", "wa-du",
		}, {
			"Germany alone says 4 K or less, the others less than 4 K",
			strings.Replace(cooler, "LOWEST", "4", 1), "de-al-b", "ca-ecl es-national eu-annex-i jp-goods uk-eco3 us-ccl wa-du",
		}, {
			"below 4 K",
			strings.Replace(cooler, "LOWEST", "3.9", 1), "ca-ecl de-al-b eu-annex-i jp-goods uk-eco3 us-ccl", "es-national wa-du",
		}, {
			"Germany and Japan say more than 2 GHz, the others from 2 GHz; Canada asks for the noise below 1 K, not at 1 K",
			strings.ReplaceAll(amplifier, "HIGHEST", "2"), "eu-annex-i uk-eco3 us-ccl", "ca-ecl de-al-b jp-goods wa-du",
		}, {
			"above 2 GHz Germany and Japan agree",
			strings.ReplaceAll(amplifier, "HIGHEST", "2.1"), "de-al-b eu-annex-i jp-goods uk-eco3 us-ccl", "ca-ecl wa-du",
		}, {
			"685 Cel is 958.15 K: Japan writes the one, the United States and the Netherlands the other",
			strings.Replace(oven, "TEMPERATURE", "685 Cel", 1), "jp-goods", "nl-semicon",
		}, {
			"exactly 958 K: the United States and the Netherlands include it, the European Union does not",
			strings.Replace(oven, "TEMPERATURE", "958 K", 1), "jp-goods nl-semicon us-ccl", "",
		}, {
			"below it all agree",
			strings.Replace(oven, "TEMPERATURE", "957 K", 1), "eu-annex-i jp-goods nl-semicon us-ccl", "",
		}, {
			"from 4800 the United States, from 6000 the others, and the Wassenaar list has no such line",
			strings.NewReplacer("PERFORMANCE", "4800", "AREA", "10000", "DATACENTER", "false").Replace(chip), "us-ccl", "eu-annex-i wa-du",
		}, {
			"just below 4800, and not dense",
			strings.NewReplacer("PERFORMANCE", "4799", "AREA", "10000", "DATACENTER", "true").Replace(chip), "", "us-ccl eu-annex-i wa-du",
		}, {
			"from 1600 where dense (5.92 and more) and for data centres: 1600 / 250 mm2 = 6.4",
			strings.NewReplacer("PERFORMANCE", "1600", "AREA", "250", "DATACENTER", "true").Replace(chip), "us-ccl", "eu-annex-i wa-du",
		}, {
			"the same circuit is free where it is not for data centres, by Note 2",
			strings.NewReplacer("PERFORMANCE", "1600", "AREA", "250", "DATACENTER", "false").Replace(chip), "", "us-ccl eu-annex-i wa-du",
		}, {
			"from 6000, whatever it is for",
			strings.NewReplacer("PERFORMANCE", "6000", "AREA", "10000", "DATACENTER", "false").Replace(chip), "eu-annex-i jp-goods uk-eco3 us-ccl", "wa-du",
		},
	} {
		it, err := classify.ReadItems("item.yaml", []byte(tt.item), k.Corpus.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range classify.Item(k, &it[0]) {
			controlled := slices.Contains(strings.Fields(tt.controlled), r.List)
			if controlled != (r.Verdict == classify.Controlled) || slices.Contains(strings.Fields(tt.not), r.List) && r.Verdict != classify.NotControlled {
				t.Errorf("%s: %s says %s %v; missing %v", tt.why, r.List, r.Verdict, r.Paragraphs, r.Missing)
			}
		}
	}
}

// Between the American line and the others' lies a band; what it holds below 4800 is for data centres only.
func TestBuiltinProcessingPerformance(t *testing.T) {
	k, err := byItem()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		item    string
		missing [][]string
	}{
		{`{kind: digital-integrated-circuit, no-other-attributes: false, attributes: {ic.total-processing-performance: 2000, ic.applicable-die-area: 200 mm2}}`, [][]string{{"ic.datacenter"}}},
	} {
		it, err := classify.ReadItems("item.yaml", []byte(tt.item), k.Corpus.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range classify.Item(k, &it[0]) {
			if r.List == "us-ccl" && (r.Verdict != classify.Undetermined || len(r.Missing) == 0 || !slices.Equal(r.Missing[0], tt.missing[0])) {
				t.Errorf("%s is %s, missing %v, want %v first", tt.item, r.Verdict, r.Missing, tt.missing)
			}
		}
	}
}

// The same facts as findings of the comparison.
func TestBuiltinFindings(t *testing.T) {
	k, err := newest(regime.Options{AnyDestination: true}, "de-al-b", "es-national", "jp-goods", "nl-semicon", "us-ccl")
	if err != nil {
		t.Fatal(err)
	}
	r := report(t, k, "scanning-electron-microscope", "cryogenic-cooling-system", "epitaxial-growth-equipment")
	for _, tt := range []struct {
		why, controls, code, lacks, attribute, witness string
		grade                                          scope.Grade
	}{
		{"30 nm itself", "es-national", "3B901", "us-ccl", "sem.stage-placement-accuracy", "30 nm", scope.BoundaryOnly},
		{"4 K itself", "de-al-b", "3A1904.b", "us-ccl", "cryocooler.temperature.lowest", "4 K", scope.BoundaryOnly},
		{"685 Cel for 958 K", "jp-goods", "6(1)(xvii)(x)", "nl-semicon", "epitaxy.chamber-temperature.lowest", "685 Cel", scope.Nominal},
	} {
		found := false
		for _, f := range r.Findings {
			if f.Controls == tt.controls && f.Lacks == tt.lacks && slices.Equal(f.Paragraphs[f.Controls], []string{tt.code}) && f.Grade == tt.grade {
				found = true
				if got := f.Witness.Attributes[tt.attribute].Text; got != tt.witness || f.Kind != diff.ThresholdGap {
					t.Errorf("%s: %s with witness %s, want %s", tt.why, f.Kind, got, tt.witness)
				}
			}
		}
		if !found {
			t.Errorf("%s: no finding", tt.why)
			for _, f := range r.Findings {
				if f.Controls == tt.controls && f.Lacks == tt.lacks {
					t.Logf("%s %s: %s", f.Kind, f.Grade, f.Message())
				}
			}
		}
	}
}

func TestWriteText(t *testing.T) {
	k, err := newest(regime.Options{AnyDestination: true}, "es-national", "jp-goods", "us-ccl", "wa-du")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		report *diff.Report
		want   []string
	}{
		{"fixture", report(t, compiled(t, world)), []string{"blo 2026-01-01", "multilateral", "laser"}},
		{"builtin", report(t, k, "quantum-computer", "etching-equipment", "integrated-circuit", "qubit-device"), []string{"wa-du 2026-01-15", "quantum-computer"}},
		{"empty", report(t, compiled(t, world), "etcher"), []string{"0 regions"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := diff.WriteText(&b, tt.report); err != nil {
				t.Fatal(err)
			}
			text := b.String()
			if n := strings.Count(text, "\n"); n > 60 {
				t.Errorf("%d lines do not fit on a page", n)
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
		})
	}
}

// How paragraphs of the newest editions relate.
func TestBuiltinMappings(t *testing.T) {
	kinds := []string{"pulse-tube-cryocooler", "quantum-computer", "secondary-cell"}
	k, err := newest(regime.Options{AnyDestination: true, Kinds: kinds}, "de-al-b", "es-national", "eu-annex-i", "us-ccl", "wa-du")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]scope.Relation{}
	for _, m := range mappings(t, k, kinds...) {
		for _, r := range m.Relations {
			said[m.Source.List+" "+r.Source+" / "+m.Target.List+" "+r.Target] = r.Relation
		}
	}
	for _, tt := range []struct {
		why, source, target string
		want                scope.Relation
	}{
		{"34 qubits and an error of 10^-4 in both", "eu-annex-i 4A506.a.1", "us-ccl 4A906.a.1", scope.EqualTo},
		{"Spain does not leave out adiabatic computers", "es-national 4A901.a.1", "us-ccl 4A906.a.1", scope.SupersetOf},
		{"Germany says 4 K or less, the Union less than 4 K", "de-al-b 3A1904.b", "eu-annex-i 3A504.b", scope.SupersetOf},
		{"cells from 350 Wh/kg in the Union and the United States", "eu-annex-i 3A001.e.1.b", "us-ccl 3A001.e.1.b", scope.EqualTo},
		{"and from higher on in the Wassenaar list", "us-ccl 3A001.e.1.b", "wa-du 3.A.1.e.1.b", scope.SupersetOf},
	} {
		if got := said[tt.source+" / "+tt.target]; got != tt.want {
			t.Errorf("%s: %s is %q %s, want %s", tt.why, tt.source, got, tt.target, tt.want)
		}
	}
}
