package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// What would bring lists in force to each other's lines.
func TestPlanBuiltin(t *testing.T) {
	for _, tt := range []struct {
		why, from, to, kind string
		long                bool
		want                []string
	}{
		{"Wassenaar raised its limit for cells, the Union has not", "eu-annex-i", "wa-du", "secondary-cell", false,
			[]string{"threshold-changed 3A001.e.1.b cell.energy-density > 500 Wh/kg"}},
		{"and the other way", "wa-du", "eu-annex-i", "secondary-cell", false,
			[]string{"threshold-changed 3.A.1.e.1.b cell.energy-density > 350 Wh/kg"}},
		{"Japan writes 'exceeding 2 GHz' twice where others include it", "jp-goods", "us-ccl", "parametric-signal-amplifier", false,
			[]string{"strictness-changed 6(1)(ii)(o) parametric-amplifier.design-frequency >= 2 GHz", "strictness-changed 6(1)(ii)(o) noise-point.frequency >= 2 GHz"}},
		{"Wassenaar gave up 8 and 9 bit; circuits that store what they digitise, cryogenic and fast ones are controlled for other reasons too", "eu-annex-i", "wa-du", "analog-to-digital-converter", true,
			[]string{"paragraph-removed 3A001.a.5.a.1", "exclusion-added 3A001.a.14.a.1", "exclusion-added 3A501.a.15", "exclusion-added 3A501.a.16"}},
	} {
		if tt.long && testing.Short() {
			continue
		}
		k, err := newest(regime.Options{AnyDestination: true, Kinds: []string{tt.kind}}, tt.from, tt.to)
		if err != nil {
			t.Fatal(err)
		}
		p, err := diff.Plan(k, tt.from, tt.to, diff.PlanOptions{Kinds: []string{tt.kind}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range p.Steps {
			line := fmt.Sprintf("%s %s", s.Kind, strings.Join(s.Paragraphs, ","))
			if s.Kind != diff.ExclusionAdded && s.Becomes != "" {
				line += " " + s.Becomes
			}
			got = append(got, line)
		}
		if d := cmp.Diff(tt.want, got); d != "" || !p.Proved {
			t.Errorf("%s, proved %v (-want +got):\n%s", tt.why, p.Proved, d)
		}
		checkSteps(t, k, p)
	}
}
