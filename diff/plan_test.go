package diff_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func TestPlan(t *testing.T) {
	for _, tt := range []struct {
		name, why string
		from, to  string
		keep      bool
		want      []string // kind paragraphs: was -> becomes, effect
	}{{
		name: "equal", why: "nothing to do",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
	}, {
		name: "threshold", why: "the other list's number, in the other list's words",
		from: `- {code: "1", kind: laser, when: {output: "> 20 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
		want: []string{"threshold-changed 1: output > 20 W -> output > 10 W, stricter"},
	}, {
		name: "looser", why: "a list that controls more gives it up",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 20 W"}}`,
		want: []string{"threshold-changed 1: output > 10 W -> output > 20 W, looser"},
	}, {
		name: "keep", why: "unless it is to keep what it controls beyond", keep: true,
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 20 W"}}`,
	}, {
		name: "strictness", why: "the same number, included",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: ">= 10 W"}}`,
		want: []string{"strictness-changed 1: output > 10 W -> output >= 10 W, stricter"},
	}, {
		name: "two thresholds", why: "both ends of one paragraph",
		from: `- {code: "1", kind: laser, when: {output: "> 20 W, < 60 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W, < 80 W"}}`,
		want: []string{"threshold-changed 1: output > 20 W -> output > 10 W, stricter", "threshold-changed 1: output < 60 W -> output < 80 W, stricter"},
	}, {
		name: "one of two", why: "of two paragraphs that would do, one is edited",
		from: "- {code: \"1\", kind: laser, when: {output: \"> 20 W\"}}\n- {code: \"2\", kind: laser, when: {output: \"> 30 W\"}}",
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
		want: []string{"threshold-changed 1: output > 20 W -> output > 10 W, stricter"},
	}, {
		name: "exclusion dropped", why: "the other list has no such note",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}}]}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
		want: []string{"exclusion-dropped 1: except civil -> , stricter"},
	}, {
		name: "exclusion added", why: "the other list's note",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}, except: [{when: {civil: true}}]}`,
		want: []string{"exclusion-added 1:  -> except civil, looser"},
	}, {
		name: "condition", why: "what the other list asks besides",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W"}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W", civil: false}}`,
		want: []string{"condition-added 1:  -> not civil, looser"},
	}, {
		name: "condition dropped", why: "what it does not ask",
		from: `- {code: "1", kind: laser, when: {output: "> 10 W", civil: false}}`,
		to:   `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
		want: []string{"condition-dropped 1: not civil -> , stricter"},
	}, {
		name: "removed", why: "a paragraph that the other list has given up is removed, not emptied by its numbers",
		from: "- {code: \"1\", title: strong, kind: laser, when: {output: \"> 50 W\"}}\n- {code: \"2\", title: weak, kind: laser, when: {output: \"> 10 W, <= 20 W\"}}",
		to:   `- {code: "9", kind: laser, when: {output: "> 50 W"}}`,
		want: []string{"paragraph-removed 2: weak -> , looser"},
	}, {
		name: "added", why: "nothing there to edit",
		from: `- {code: "1", kind: oven, when: {hottest: "> 900 K"}}`,
		to:   "- {code: \"8\", kind: oven, when: {hottest: \"> 900 K\"}}\n- {code: \"9\", kind: laser, when: {output: \"> 10 W\"}}",
		want: []string{"paragraph-added :  -> laser: output > 10 W, stricter"},
	}, {
		name: "shared paragraph", why: "a paragraph on other kinds too cannot be edited for one of them where the other list draws one line for both: an exclusion is made",
		from: `- {code: "1", kind: [laser, oven], when: {civil: true}}`,
		to:   `- {code: "9", kind: oven, when: {civil: true}}`,
		want: []string{"exclusion-added 1:  -> except laser: civil, looser"},
	}, {
		name: "both ways", why: "each step moves one line, and both are needed",
		from: "- {code: \"1\", kind: laser, when: {output: \"> 10 W\"}}\n- {code: \"2\", kind: oven, when: {hottest: \"> 900 K\"}}",
		to:   "- {code: \"8\", kind: laser, when: {output: \"> 20 W\"}}\n- {code: \"9\", kind: oven, when: {hottest: \"> 800 K\"}}",
		want: []string{"threshold-changed 1: output > 10 W -> output > 20 W, looser", "threshold-changed 2: hottest > 900 K -> hottest > 800 K, stricter"},
	}, {
		name: "follows", why: "software follows what it is for, and is no obstacle",
		from: "- {code: \"1\", kind: laser, when: {output: \"> 20 W\"}}\n- {code: \"2\", kind: software, for: {function: development, controlled-by: [\"1\"]}}",
		to:   "- {code: \"8\", kind: laser, when: {output: \"> 10 W\"}}\n- {code: \"9\", kind: software, for: {function: development, controlled-by: [\"8\"]}}",
		want: []string{"threshold-changed 1: output > 20 W -> output > 10 W, stricter"},
	}} {
		t.Run(tt.name, func(t *testing.T) {
			k := compiled(t, map[string]string{"aa": tt.from, "bb": tt.to})
			p, err := diff.Plan(k, "aa", "bb", diff.PlanOptions{Keep: tt.keep})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range p.Steps {
				got = append(got, fmt.Sprintf("%s %s: %s -> %s, %s", s.Kind, strings.Join(s.Paragraphs, ","), s.Was, s.Becomes, s.Effect))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, d)
			}
			if !p.Proved {
				t.Error("not proved")
			}
			checkSteps(t, k, p)
		})
	}
}

// checkSteps holds a plan to what it says: every region is closed once, and witnesses lie in the gap.
func checkSteps(t *testing.T, k *regime.Compiled, p *diff.Harmonisation) {
	t.Helper()
	var closed []int
	for _, s := range p.Steps {
		closed = append(closed, s.Closes...)
		if !slices.ContainsFunc(s.Touches, func(i int) bool { return p.Regions[i].Scope.Evaluate(&s.Witness) == scope.True }) {
			t.Errorf("witness %s of %s lies in none of the regions %v", diff.Describe(s.Witness), s.Kind, s.Touches)
		}
	}
	slices.Sort(closed)
	for i := range p.Regions {
		if i >= len(closed) || closed[i] != i {
			t.Errorf("regions closed are %v of %d", closed, len(p.Regions))
			break
		}
	}
}

// bands are paragraphs "> low, <= high" on one attribute; high is 0 for one that was removed.
type bands [][2]int

func (b bands) text() string {
	var out strings.Builder
	for i, x := range b {
		if x[1] > 0 {
			fmt.Fprintf(&out, "- {code: \"%d\", title: lasers, kind: laser, when: {output: \"> %d W, <= %d W\"}}\n", i+1, x[0], x[1])
		}
	}
	return out.String()
}

// set is what b catches of the spans (0, 10], (10, 20], ... as bits.
func (b bands) set() (set uint) {
	for _, x := range b {
		for span := x[0] / 10; span < x[1]/10; span++ {
			set |= 1 << span
		}
	}
	return set
}

// least is the fewest edits, among all that take a bound from the other side or remove a paragraph, that lead from b to what to catches, each
// changing only what differs; -1 where none do. It tries every one.
func (b bands) least(to bands) int {
	type at struct {
		bands  string
		edited string
	}
	type node struct {
		bands  bands
		edited [4]bool
	}
	level, seen := []node{{bands: b}}, map[at]bool{}
	for n := 0; len(level) > 0; n++ {
		var next []node
		for _, x := range level {
			if x.bands.set() == to.set() {
				return n
			}
			try := func(p, place int, edit func(*[2]int)) {
				y := node{slices.Clone(x.bands), x.edited}
				edit(&y.bands[p])
				y.edited[place] = true
				was, is := x.bands.set(), y.bands.set()
				others := slices.Delete(slices.Clone(y.bands), p, p+1)
				if y.bands[p][1] > 0 && is&^others.set() == 0 { // that is to remove it
					return
				}
				key := at{fmt.Sprint(y.bands), fmt.Sprint(y.edited)}
				if was != is && (was^is)&^(was^to.set()) == 0 && !seen[key] {
					seen[key] = true
					next = append(next, y)
				}
			}
			for p := range x.bands {
				for side := range 2 {
					if x.edited[2*p+side] || x.bands[p][1] == 0 {
						continue
					}
					for _, other := range to {
						try(p, 2*p+side, func(e *[2]int) { e[side] = other[side] })
					}
				}
				if !x.edited[2*p] && !x.edited[2*p+1] {
					try(p, 2*p, func(e *[2]int) { *e = [2]int{} })
				}
			}
		}
		level = next
	}
	return -1
}

// The plan is as short as the shortest that trying everything finds, and the list that is written as it says equals the other.
func TestPlanIsLeast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	some := func() bands {
		b := make(bands, 2)
		for i := range b {
			low := random.IntN(5) * 10
			b[i] = [2]int{low, low + 10 + random.IntN(3)*10}
		}
		return b
	}
	longest := 0
	for range 80 {
		from, to := some(), some()
		k := compiled(t, map[string]string{"aa": from.text(), "bb": to.text()})
		p, err := diff.Plan(k, "aa", "bb", diff.PlanOptions{})
		if err != nil {
			t.Fatal(err)
		}
		least := from.least(to)
		if least < 0 {
			continue // a paragraph is added or an exclusion made
		}
		if len(p.Steps) != least || !p.Proved {
			t.Errorf("%v to %v in %d steps, proved %v, want %d: %+v", from, to, len(p.Steps), p.Proved, least, p.Steps)
			continue
		}
		longest = max(longest, least)
		after := slices.Clone(from)
		for _, s := range p.Steps {
			if len(s.Paragraphs) != 1 || s.Kind == diff.ExclusionAdded {
				t.Fatalf("%v to %v adds %s", from, to, s.Becomes)
			}
			i := int(s.Paragraphs[0][0] - '1')
			var n int
			switch low, _ := fmt.Sscanf(s.Becomes, "output > %d W", &n); {
			case s.Kind == diff.ParagraphRemoved:
				after[i] = [2]int{}
			case low == 1:
				after[i][0] = n
			default:
				fmt.Sscanf(s.Becomes, "output <= %d W", &n)
				after[i][1] = n
			}
		}
		if got, _ := diff.Relate(compiled(t, map[string]string{"aa": after.text(), "bb": to.text()}), "aa", "bb"); got != scope.EqualTo {
			t.Errorf("%v to %v: the list as planned, %v, is %s the other", from, to, after, got)
		}
	}
	if longest < 3 {
		t.Errorf("the longest plan has %d steps, which tries little", longest)
	}
}

// A plan for one region leaves the others alone.
func TestPlanRegion(t *testing.T) {
	k := compiled(t, map[string]string{
		"aa": "- {code: \"1\", kind: laser, when: {output: \"> 10 W\"}}\n- {code: \"2\", kind: oven, when: {hottest: \"> 900 K\"}}",
		"bb": "- {code: \"8\", kind: laser, when: {output: \"> 20 W\"}}\n- {code: \"9\", kind: oven, when: {hottest: \"> 800 K\"}}",
	})
	r := report(t, k)
	p, err := diff.Plan(k, "aa", "bb", diff.PlanOptions{Region: region(t, r, "bb")})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Regions) != 1 || len(p.Steps) != 1 || p.Steps[0].Paragraphs[0] != "2" {
		t.Errorf("plan is %+v", p.Steps)
	}
	checkSteps(t, k, p)
}

// A regime is followed by its name, and two editions of one list are told apart by their dates.
func TestPlanNames(t *testing.T) {
	k := compiled(t, world)
	for _, tt := range []struct{ from, to, bad string }{
		{"jap", "reg", ""}, // an authority and a list of the same name
		{"jap@2026-01-01", "reg@2026-01-01", ""},
		{"jap", "jap", "names none but the edited one"},
		{"jap", "ccl", "names none"},
		{"ccl", "reg", "names 0 of the compiled lists"},
	} {
		_, err := diff.Plan(k, tt.from, tt.to, diff.PlanOptions{})
		if (err != nil) != (tt.bad != "") || err != nil && !strings.Contains(err.Error(), tt.bad) {
			t.Errorf("%s to %s: %v, want %q", tt.from, tt.to, err, tt.bad)
		}
	}
	if _, err := diff.Plan(k, "jap", "reg", diff.PlanOptions{Kinds: []string{"phaser"}}); err == nil {
		t.Error("a kind that nobody declared is planned for")
	}

	edition := func(date, when string) *regime.Edition {
		e, err := regime.ParseList("x.yaml", []byte("schema: 1\nlist: xx\nedition: {effective: \""+date+"\"}\ncovers: {kinds: [laser]}\nentries: [{code: \"1\", kind: laser, when: {output: \""+when+"\"}}]\n"), k.Corpus.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	both, err := k.Corpus.Compile(regime.View{Editions: []*regime.Edition{edition("2025-01-01", "> 10 W"), edition("2026-01-01", "> 20 W")}}, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	p, err := diff.Plan(both, "xx@2025-01-01", "xx@2026-01-01", diff.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Steps) != 1 || p.Steps[0].Becomes != "output > 20 W" {
		t.Errorf("steps are %+v", p.Steps)
	}
}

// What only residue parts is no gap, and is named.
func TestPlanResidue(t *testing.T) {
	k := compiled(t, map[string]string{
		"aa": `- {code: "1", kind: laser, when: {output: "> 20 W"}, residue: [{id: military, effect: narrows, text: of military nature}]}`,
		"bb": `- {code: "9", kind: laser, when: {output: "> 10 W"}}`,
	})
	p, err := diff.Plan(k, "aa", "bb", diff.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Residue, []string{"military"}) {
		t.Errorf("residue is %v, steps %+v", p.Residue, p.Steps)
	}
}

func TestPlanJSON(t *testing.T) {
	k := compiled(t, world)
	p, err := diff.Plan(k, "jap", "reg", diff.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		From    string
		To      []string
		Regions []map[string]any
		Steps   []map[string]any
		Proved  bool
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.From != "jap" || len(got.To) != 1 || len(got.Regions) == 0 || len(got.Steps) != len(p.Steps) || got.Steps[0]["witness"] == nil {
		t.Errorf("JSON is %s", data)
	}
}
