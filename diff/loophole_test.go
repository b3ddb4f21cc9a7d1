package diff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime/scope"
)

func TestLoopholes(t *testing.T) {
	const laser = `- {code: "6A1", title: lasers, kind: laser, when: {output: "> 20 W"}}`
	type finding struct {
		Kind    diff.GapKind
		Grade   scope.Grade
		Codes   string // of the list that controls, and of the one that does not
		Witness string // the value of the attribute that is compared
		Effect  string
		Message string
	}
	for _, tt := range []struct {
		name, why, attribute string
		a, b                 string
		want                 []finding // of what a controls and b does not
	}{
		{
			name: "equal", why: "the same line in other words is no gap", attribute: "output",
			a: laser, b: `- {code: "x", kind: laser, not: {any: [{when: {output: none}}, {when: {output: "<= 20 W"}}]}}`,
		}, {
			name: "scope", why: "the other list has nothing on lasers", attribute: "output",
			a: laser, b: `- {code: "3", title: ovens, kind: oven}`,
			want: []finding{{diff.ScopeGap, scope.Substantive, "6A1 / ", "40 W", "uncontrolled", "aa 6A1 (lasers) has no counterpart in bb"}},
		}, {
			name: "boundary", why: "both name 20 W, one includes it: the witness is on the line", attribute: "output",
			a: `- {code: "6A1", kind: laser, when: {output: ">= 20 W"}}`, b: laser,
			want: []finding{{diff.ThresholdGap, scope.BoundaryOnly, "6A1 / 6A1", "20 W", "looser", "aa 6A1 catches what bb 6A1 leaves out: output = 20 W"}},
		}, {
			name: "nominal", why: "958 K and 685 Cel are one printed pair, 0.15 K apart", attribute: "hottest",
			a: `- {code: "a", kind: oven, when: {hottest: "<= 685 Cel"}}`, b: `- {code: "b", kind: oven, when: {hottest: "<= 958 K"}}`,
			want: []finding{{diff.ThresholdGap, scope.Nominal, "a / b", "685 Cel", "looser", "aa a catches what bb b leaves out: hottest > 958 K, <= 685 Cel"}},
		}, {
			name: "substantive", why: "what lies between two different numbers", attribute: "output",
			a: `- {code: "6A1", kind: laser, when: {output: "> 10 W"}}`, b: laser,
			want: []finding{{diff.ThresholdGap, scope.Substantive, "6A1 / 6A1", "20 W", "looser", "aa 6A1 catches what bb 6A1 leaves out: output > 10 W, <= 20 W"}},
		}, {
			name: "exclusion", why: "the same line, and a note that releases civil ones", attribute: "civil",
			a: laser, b: `- {code: "6A1", kind: laser, when: {output: "> 20 W"}, except: [{when: {civil: true}}]}`,
			want: []finding{{diff.ExclusionGap, scope.Substantive, "6A1 / 6A1", "true", "looser", "aa 6A1 catches what bb 6A1 excepts: output > 20 W; civil"}},
		}, {
			name: "residue", why: "whether there is a gap at all is for a person to say", attribute: "output",
			a: laser, b: `- {code: "6A1", kind: laser, when: {output: "> 20 W"}, residue: [{id: military, effect: narrows, text: of military nature}]}`,
			want: []finding{{diff.ThresholdGap, scope.Substantive, "6A1 / 6A1", "40 W", "unknown", "aa 6A1 catches what bb 6A1 leaves out: output > 20 W"}},
		}, {
			name: "certain beside residue", why: "between 10 and 20 W there is a gap whatever residue says of the rest", attribute: "output",
			a:    `- {code: "6A1", kind: laser, when: {output: "> 10 W"}}`,
			b:    `- {code: "6A1", kind: laser, when: {output: "> 20 W"}, residue: [{id: military, effect: narrows, text: of military nature}]}`,
			want: []finding{{diff.ThresholdGap, scope.Substantive, "6A1 / 6A1", "20 W", "looser", "aa 6A1 catches what bb 6A1 leaves out: output > 10 W, <= 20 W"}},
		}, {
			name: "nearest", why: "all paragraphs that come near are named", attribute: "output",
			a: `- {code: "1", title: lasers, kind: laser, when: {output: "> 10 W"}}`,
			b: `
- {code: "1", kind: laser, when: {output: "> 20 W"}}
- {code: "2", kind: laser, when: {output: "> 30 W"}}
- {code: "3", kind: oven}`,
			want: []finding{{diff.ThresholdGap, scope.Substantive, "1 / 1,2", "20 W", "looser", "aa 1 catches what bb 1, 2 leaves out: output > 10 W, <= 20 W"}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := compiled(t, map[string]string{"aa": tt.a, "bb": tt.b})
			r := report(t, k)
			var got []finding
			for _, f := range r.Findings {
				if f.Controls != "aa" {
					continue
				}
				g := finding{f.Kind, f.Grade, strings.Join(f.Paragraphs["aa"], ",") + " / " + strings.Join(f.Paragraphs["bb"], ","), f.Witness.Attributes[tt.attribute].Text, f.Effect(), f.Message()}
				got = append(got, g)
				if (len(f.Residue) > 0) != (f.Effect() == "unknown") {
					t.Errorf("effect %q with residue %v", f.Effect(), f.Residue)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
		})
	}
}

// A fingerprint names a finding whatever else is written, and in whatever order.
func TestFingerprints(t *testing.T) {
	prints := func(lists map[string]string) []string {
		var out []string
		for _, f := range report(t, compiled(t, lists), "laser").Findings {
			out = append(out, string(f.Kind)+" "+f.Fingerprint)
		}
		slices.Sort(out)
		return out
	}
	base := prints(map[string]string{
		"aa": `- {code: "1", title: lasers, kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}}]}`,
		"bb": `- {code: "1", title: lasers, kind: laser, when: {output: "> 20 W"}}`,
	})
	if len(base) != 2 || base[0] == base[1] {
		t.Fatalf("fingerprints are %v", base)
	}
	for _, tt := range []struct {
		why, a string
		same   bool
	}{
		{"the order of keys", `- {except: [{when: {civil: true}}], when: {output: "> 10 W"}, kind: laser, title: lasers, code: "1"}`, true},
		{"another paragraph", "- {code: \"0\", kind: oven}\n- {code: \"1\", title: lasers, kind: laser, when: {output: \"> 10 W\"}, except: [{when: {civil: true}}]}", true},
		{"words", `- {code: "1", title: light sources, kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}, note: Note}], note: edited}`, true},
		{"another code", `- {code: "2", title: lasers, kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}}]}`, false},
	} {
		got := prints(map[string]string{"aa": tt.a, "bb": `- {code: "1", title: lasers, kind: laser, when: {output: "> 20 W"}}`})
		if slices.Equal(base, got) != tt.same {
			t.Errorf("%s: fingerprints %v, before %v", tt.why, got, base)
		}
	}
}
