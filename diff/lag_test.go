package diff_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// corpus is the authorities of the fixtures with editions of lists: each "list date" with what its one paragraph says of lasers, or
// with the rest of the file where that begins with a key of an edition.
func corpus(t testing.TB, editions map[string]string) *regime.Corpus {
	t.Helper()
	fsys := fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(words)}}
	for id, text := range authorities {
		fsys["authorities/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	for at, text := range editions {
		f := strings.Fields(at)
		head := "edition: {effective: \"" + f[1] + "\"}\ncovers: {kinds: [laser, oven, etcher, software]}\n"
		if len(f) > 2 && f[2] == "seen" {
			head = strings.Replace(head, "effective", "seen", 1)
		}
		switch {
		case strings.HasPrefix(text, "edition:"):
			head = ""
		case text == "":
			text = "entries: [{code: \"1\", status: reserved}]"
		default:
			text = "entries: [{code: \"1\", title: lasers, kind: laser, " + text + "}]"
		}
		fsys["lists/"+f[0]+"/"+f[1]+".yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nlist: " + f[0] + "\n" + head + text + "\n")}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func lags(t testing.TB, c *regime.Corpus, list string, o diff.LagOptions) *diff.LagReport {
	t.Helper()
	r, err := diff.Lags(c, list, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	above100 = `when: {output: "> 100 W"}`
	above50  = `when: {output: "> 50 W"}`
)

// The regime has lasers above 100 W in 2020, and above 50 W in 2022.
func TestLags(t *testing.T) {
	everything := []string{"reg", "jap", "blo", "ita"}
	for _, tt := range []struct {
		why      string
		editions map[string]string // of the follower
		complete []string
		effect   diff.DecisionEffect
		follower string
		want     []string // of each decision, when decided, in force and how many days between
	}{
		{
			why: "between two snapshots of both sides: only bounds are known", follower: "jp",
			editions: map[string]string{"jap 2021-01-01 seen": above100, "jap 2023-01-01 seen": above50},
			want:     []string{"2020-01-02 to 2022-01-01; 2021-01-02 to 2023-01-01; -364 to 1095"},
		}, {
			why: "a date in force bounds a change from above only, where editions may be missing", follower: "jp",
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50},
			want:     []string{"2020-01-02 to 2022-01-01; 2021-01-02 to 2023-01-01; -364 to 1095"},
		}, {
			why: "where none is missing it is exact", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50},
			want:     []string{"2022-01-01; 2023-01-01; 365"},
		}, {
			why: "an edition that was only seen is never exact", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01 seen": above50},
			want:     []string{"2022-01-01; 2021-01-02 to 2023-01-01; -364 to 365"},
		}, {
			why: "the law says since when, and says it is later than its edition", follower: "jp",
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50 + `, since: "2023-02-15"`},
			want:     []string{"2020-01-02 to 2022-01-01; 2023-02-15; 410 to 1140"},
		}, {
			why: "a paragraph that stands since before its threshold was lowered says nothing of that", follower: "jp",
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50 + `, since: "2019-01-01"`},
			want:     []string{"2020-01-02 to 2022-01-01; 2021-01-02 to 2023-01-01; -364 to 1095"},
		}, {
			why: "not yet in the newest edition", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above100},
			want:     []string{"2022-01-01; not before 2023-01-02; 366 or more"},
		}, {
			why: "before the first edition nothing is known: Japan was first", follower: "jp", complete: []string{"reg"},
			editions: map[string]string{"jap 2021-01-01": above50},
			want:     []string{"2022-01-01; by 2021-01-01; up to -365"},
		}, {
			why: "the first edition of a complete list is its beginning", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above50},
			want:     []string{"2022-01-01; 2021-01-01; -365"},
		}, {
			why: "a month of which the day is not known", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2022-02": above50},
			want:     []string{"2022-01-01; 2022-02-01 to 2022-02-28; 31 to 58"},
		}, {
			why: "seen without it at some day of a month", follower: "jp", complete: []string{"reg"},
			editions: map[string]string{"jap 2021-02 seen": above100, "jap 2022-02 seen": above50},
			want:     []string{"2022-01-01; 2021-02-02 to 2022-02-28; -333 to 58"},
		}, {
			why: "half of it: two regions, one of which waits", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": `when: {output: "> 70 W"}`},
			want:     []string{"2022-01-01; not before 2023-01-02; 366 or more", "2022-01-01; 2023-01-01; 365"},
		}, {
			why: "given up before the decision and taken up after it", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2019-01-01": above50, "jap 2020-01-01": above100, "jap 2023-01-01": above50},
			want:     []string{"2022-01-01; 2023-01-01; 365"},
		}, {
			why: "taken up and given up again after the decision", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50, "jap 2024-01-01": above100},
			want:     []string{"2022-01-01; 2023-01-01; 365; ended 2024-01-01"},
		}, {
			why: "the list ended", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": "edition: {effective: \"2021-01-01\", until: \"2023-01-01\"}\ncovers: {kinds: [laser]}\nentries: [{code: \"1\", kind: laser, " + above50 + "}]"},
			want:     []string{"2022-01-01; 2021-01-01; -365; ended 2023-01-01"},
		}, {
			why: "the list does not cover lasers", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": "edition: {effective: \"2021-01-01\"}\ncovers: {kinds: [oven]}\nentries: [{code: \"1\", kind: oven}]"},
			want:     []string{"2022-01-01; unknown; unknown"},
		}, {
			why: "an edition that does not cover them widens the interval", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50,
				"jap 2022-06-01": "edition: {effective: \"2022-06-01\"}\ncovers: {kinds: [oven]}\nentries: [{code: \"1\", kind: oven}]"},
			want: []string{"2022-01-01; 2021-01-02 to 2023-01-01; -364 to 365"},
		}, {
			why: "what never was law is no edition", follower: "jp", complete: everything,
			editions: map[string]string{"jap 2021-01-01": above100, "jap 2023-01-01": above50,
				"jap 2022-06-01": "edition: {effective: \"2022-06-01\"}\nhypothetical: true\ncovers: {kinds: [laser]}\nentries: [{code: \"1\", kind: laser, " + above50 + "}]"},
			want: []string{"2022-01-01; 2023-01-01; 365"},
		}, {
			why: "France has no list but the bloc's", follower: "blo", complete: everything,
			editions: map[string]string{"blo 2021-01-01": above100, "blo 2023-01-01": above50},
			want:     []string{"2022-01-01; 2023-01-01; 365"},
		}, {
			why: "Italy by its own list before the bloc", follower: "it", complete: everything,
			editions: map[string]string{"blo 2021-01-01": above100, "blo 2023-01-01": above50, "ita 2021-01-01": above100, "ita 2022-07-01": above50},
			want:     []string{"2022-01-01; 2022-07-01; 181"},
		}, {
			why: "what Italy's own list said before its first edition is not known", follower: "it", complete: []string{"reg", "blo"},
			editions: map[string]string{"blo 2021-01-01": above100, "blo 2023-01-01": above50, "ita 2024-01-01": above100},
			want:     []string{"2022-01-01; 2023-01-01; 365"},
		}, {
			why: "nor whether it covers them at all", follower: "it", complete: []string{"reg", "blo"},
			editions: map[string]string{"blo 2021-01-01": above100, "blo 2023-01-01": above50,
				"ita 2024-01-01": "edition: {effective: \"2024-01-01\"}\ncovers: {kinds: [oven]}\nentries: [{code: \"1\", kind: oven}]"},
			want: []string{"2022-01-01; by 2023-01-01; up to 365"},
		},
	} {
		editions := map[string]string{"reg 2020-01-01": above100, "reg 2022-01-01": above50}
		for at, text := range tt.editions {
			editions[at] = text
		}
		var got []string
		for _, d := range lags(t, corpus(t, editions), "reg", diff.LagOptions{Complete: tt.complete}).Decisions {
			for _, l := range d.Lags {
				if l.Follower != tt.follower {
					continue
				}
				text := fmt.Sprintf("%v; %v; %v", d.Decided, l.InForce, l.Days)
				for _, x := range l.Lists {
					if x.Ended != nil {
						text += fmt.Sprintf("; ended %v", x.Ended)
					}
				}
				got = append(got, text)
			}
			if d.Effect != diff.Controls || !slices.Equal(d.Paragraphs, []string{"1"}) || d.Scope.Evaluate(&d.Witness) != scope.True {
				t.Errorf("%s: decision %s %v with witness %s", tt.why, d.Effect, d.Paragraphs, diff.Describe(d.Witness))
			}
		}
		slices.Sort(got)
		slices.Sort(tt.want)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
}

// What a regime releases is released in a jurisdiction when all lists in force for it have.
func TestReleases(t *testing.T) {
	r := lags(t, corpus(t, map[string]string{
		"reg 2020-01-01": above50, "reg 2022-01-01": above100,
		"blo 2020-01-01": above50, "blo 2023-01-01": above100,
		"ita 2020-01-01": above50, "ita 2024-01-01": "",
		"jap 2020-01-01": above50,
	}), "reg", diff.LagOptions{Complete: []string{"reg", "blo", "ita", "jap"}})
	got := map[string]string{}
	for _, d := range r.Decisions {
		for _, l := range d.Lags {
			got[string(d.Effect)+" "+l.Follower] += l.InForce.String()
		}
	}
	want := map[string]string{"releases blo": "2023-01-01", "releases it": "2024-01-01", "releases jp": "not before 2020-01-02"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if n := len(diff.LagGaps(r)); n != 0 {
		t.Errorf("%d findings of what a regime released", n)
	}
}

func TestFollowers(t *testing.T) {
	editions := map[string]string{
		"reg 2020-01-01": above100, "reg 2022-01-01": above50, "blo 2020-01-01": "", "ita 2020-01-01": "", "chi 2020-01-01": "", "chi 2022-01-01": above50,
	}
	for _, tt := range []struct {
		why, list string
		asked     []string
		want      []diff.Follower
		unheld    []string
	}{
		{
			"Japan takes part and has no list here; Chile and Switzerland take no part", "reg", nil,
			[]diff.Follower{{"blo", []string{"FR"}, []string{"blo"}}, {"it", []string{"IT"}, []string{"ita", "blo"}}}, []string{"JP"},
		}, {
			"only whom one asks for", "reg", []string{"it"}, []diff.Follower{{"it", []string{"IT"}, []string{"ita", "blo"}}}, []string{"JP"},
		}, {
			"a jurisdiction's own list is held against all others", "chi", nil,
			[]diff.Follower{{"blo", []string{"FR"}, []string{"blo"}}, {"it", []string{"IT"}, []string{"ita", "blo"}}}, []string{},
		}, {
			"a bloc's against those of its members' own", "blo", nil, []diff.Follower{{"it", []string{"IT"}, []string{"ita"}}}, []string{"FR"},
		},
	} {
		r := lags(t, corpus(t, editions), tt.list, diff.LagOptions{Followers: tt.asked})
		if d := cmp.Diff([]any{tt.want, tt.unheld}, []any{r.Followers, r.Unheld}); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
	c := corpus(t, editions)
	for _, o := range []diff.LagOptions{{Followers: []string{"reg"}}, {Followers: []string{"nobody"}}, {Kinds: []string{"phaser"}}} {
		if _, err := diff.Lags(c, "reg", o); err == nil {
			t.Errorf("no error with %+v", o)
		}
	}
	if _, err := diff.Lags(c, "nobody's", diff.LagOptions{}); err == nil {
		t.Error("no error for a list that is not there")
	}
	if r := lags(t, c, "blo", diff.LagOptions{}); len(r.Decisions) != 0 {
		t.Error("a list with one edition has decisions")
	}
	if r := lags(t, c, "reg", diff.LagOptions{Kinds: []string{"oven"}}); len(r.Decisions)+len(r.Kinds) != 0 {
		t.Error("decisions on kinds that both editions treat alike")
	}
}

// Whether the regime changed anything is for residue to say: then so is the lag, and it does not count.
func TestLagResidue(t *testing.T) {
	r := lags(t, corpus(t, map[string]string{
		"reg 2020-01-01": above100, "reg 2022-01-01": `when: {output: "> 50 W"}, residue: [{id: military, effect: narrows, text: of military nature}]`,
		"jap 2020-01-01": above100,
	}), "reg", diff.LagOptions{})
	found := false
	for _, d := range r.Decisions {
		found = found || d.Effect == diff.Controls && slices.Equal(d.Residue, []string{"military"})
		if len(d.Residue) == 0 {
			t.Errorf("certain decision %s %v", d.Effect, d.Decided)
		}
	}
	if !found || len(r.Lags("jp", "")) != 0 {
		t.Errorf("decisions are %+v, counted %v", r.Decisions, r.Lags("jp", ""))
	}
	for _, f := range diff.LagGaps(r) {
		if f.Effect() != "unknown" {
			t.Errorf("effect %s of %s", f.Effect(), f.Message())
		}
	}
}

// All days on which the law can have changed are those between the bounds, and no others: tried one by one.
func TestLagOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		// truth: a day on which the follower came to control lasers, seen on some days
		came := 1 + r.IntN(30)
		editions := map[string]string{"reg 2020-01-10": above100, "reg 2020-01-20": above50}
		seen := map[int]bool{}
		for range 1 + r.IntN(4) {
			seen[1+r.IntN(30)] = true
		}
		for d := range seen {
			editions["jap "+day(d).String()+" seen"] = map[bool]string{true: above50, false: above100}[d >= came]
		}
		first, last := 1000, -1000 // days on which it can have come, as far as was seen; the ends stand for ever
		for x := 0; x <= 31; x++ {
			fits := true
			for d := range seen {
				fits = fits && (d >= x) == (d >= came)
			}
			if fits {
				first, last = min(first, x), max(last, x)
			}
		}
		want := diff.Span{}
		if first > 0 {
			want.From = day(first)
		}
		if last < 31 {
			want.To = day(last)
		}
		report := lags(t, corpus(t, editions), "reg", diff.LagOptions{Followers: []string{"jp"}})
		if len(report.Decisions) != 1 {
			t.Fatalf("%d decisions", len(report.Decisions))
		}
		l := report.Decisions[0].Lags[0]
		days := diff.Days{NoLeast: first == 0, NoMost: last == 31, Least: first - 20, Most: last - 11}
		if l.InForce != want || l.Days.String() != days.String() {
			t.Errorf("came on %v, seen %v: %v, %v; want %v, %v", came, seen, l.InForce, l.Days, want, days)
		}
	}
}

func TestLagGaps(t *testing.T) {
	r := lags(t, corpus(t, map[string]string{
		"reg 2020-01-01": above100, "reg 2022-01-01": above50,
		"blo 2020-01-01": above100, "blo 2023-01-01": above50,
		"ita 2020-01-01": above100, "ita 2021-01-01": above50,
		"jap 2020-01-01": above100, "jap 2024-01-01": `when: {output: "> 70 W"}`,
	}), "reg", diff.LagOptions{Complete: []string{"reg", "blo", "ita", "jap"}})
	var got []string
	prints := map[string]bool{}
	for _, f := range diff.LagGaps(r) {
		got = append(got, f.Effect()+": "+f.Message())
		prints[f.Fingerprint] = true
	}
	want := []string{
		"later: reg 1 (lasers): decided 2022-01-01; in force for blo 2023-01-01",
		"later: reg 1 (lasers): decided 2022-01-01; in force for jp 2024-01-01",
		"later: reg 1 (lasers): decided 2022-01-01; in force for jp not before 2024-01-02",
	}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" || len(prints) != len(want) {
		t.Errorf("%d fingerprints; (-want +got):\n%s", len(prints), d)
	}
}

func TestSeries(t *testing.T) {
	c := corpus(t, map[string]string{
		"reg 2020-01-01": above100, "reg 2022-01-01": above50,
		"blo 2020-01-01": above100, "blo 2023-01-01": above50,
		"jap 2021-01-01": above100, "jap 2024-01-01": `when: {output: "> 70 W"}`,
	})
	lists := []string{"reg", "blo", "jap"}
	got, err := diff.Series(c, lists)
	if err != nil {
		t.Fatal(err)
	}
	// regions: above 100 W; 70 to 100 W; 50 to 70 W
	type row struct {
		Date             string
		Regions, Aligned int
		By               []int
		Shares           string
	}
	want := []row{
		{"2020-01-01", 1, 1, []int{2, 0, 1}, "blo 1/1, it 1/1"},
		{"2021-01-01", 1, 1, []int{2, 0, 0, 1}, "blo 1/1, it 1/1, jp 1/1"},
		{"2022-01-01", 3, 1, []int{0, 2, 0, 1}, "blo 1/3, it 1/3, jp 1/3"},
		{"2023-01-01", 3, 1, []int{0, 0, 2, 1}, "blo 3/3, it 3/3, jp 1/3"},
		{"2024-01-01", 3, 2, []int{0, 0, 1, 2}, "blo 3/3, it 3/3, jp 2/3"},
	}
	var rows []row
	for _, p := range got {
		var shares []string
		for _, x := range p.Participants {
			shares = append(shares, fmt.Sprintf("%s %d/%d", x.Follower, x.Controls, x.Of))
		}
		rows = append(rows, row{p.Date.String(), p.Regions, p.Aligned, p.ControlledBy, strings.Join(shares, ", ")})
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	// At each date the lists in force are compared as if there were no others.
	for _, p := range got {
		view, err := c.At(p.Date, lists...)
		if err != nil {
			t.Fatal(err)
		}
		k, err := c.Compile(view, regime.Options{AnyDestination: true})
		if err != nil {
			t.Fatal(err)
		}
		r := report(t, k)
		by := make([]bool, len(view.Editions)+1)
		for _, x := range r.Regions {
			by[len(x.Signature)] = true
		}
		for n := 1; n < len(by); n++ {
			if by[n] != (p.ControlledBy[n] > 0) {
				t.Errorf("%v: regions that %d lists control: %v, counted %v", p.Date, n, by, p.ControlledBy)
			}
		}
		if (r.Metrics.Aligned > 0) != (p.Aligned > 0) {
			t.Errorf("%v: %d aligned, counted %d", p.Date, r.Metrics.Aligned, p.Aligned)
		}
	}
	if _, err := diff.Series(c, lists, "phaser"); err == nil {
		t.Error("a kind that nobody declared is counted")
	}
	if _, err := diff.Series(c, []string{"nobody's"}); err == nil {
		t.Error("a list that is not there is counted")
	}
}

// What the embedded editions tell of changes that are known from the instruments themselves.
func TestBuiltinLags(t *testing.T) {
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]*diff.LagReport{
		"us-ccl": lags(t, c, "us-ccl", diff.LagOptions{Kinds: []string{"quantum-computer"}}),
		"wa-du":  lags(t, c, "wa-du", diff.LagOptions{Kinds: []string{"frequency-converter", "analog-to-digital-converter"}}),
	}
	for _, tt := range []struct {
		why, list, code string
		effect          diff.DecisionEffect
		follower, want  string // when in force, and days
	}{
		{"Spain's order of 31 May 2023 was the first on quantum computers", "us-ccl", "4A906.a.8", diff.Controls, "es", "by 2023-05-31; up to -310"},
		{"Canada's order is the first edition held, so that it may be older", "us-ccl", "4A906.a.8", diff.Controls, "ca", "by 2024-07-19; up to 105"},
		{"Japan's of 8 September 2024 follows an edition of 1 February", "us-ccl", "4A906.a.8", diff.Controls, "jp", "2024-02-02 to 2024-09-08; -217 to 156"},
		{"the Union's of 15 November 2025, and no edition held since May 2022", "us-ccl", "4A906.a.8", diff.Controls, "eu", "2022-05-06 to 2025-11-15; -854 to 589"},
		{"the Union let go of network analyser extenders from 90 to 110 GHz as the Wassenaar list did", "wa-du", "3.A.1.b.7.c.3", diff.Releases, "eu", "2022-05-06 to 2025-11-15; -1350 to 1423"},
		{"the United States has not", "wa-du", "3.A.1.b.7.c.3", diff.Releases, "us", "not before 2026-07-24; 190 or more"},
		{"converters of 8 and 9 bit, a row that the Wassenaar list no longer uses and the Union still does", "wa-du", "3.A.1.a.5.a.1", diff.Releases, "eu", "not before 2026-09-22; 250 or more"},
		{"the Canadian list has nothing encoded on them", "wa-du", "3.A.1.a.5.a.1", diff.Releases, "ca", "unknown; unknown"},
	} {
		var got []string
		for _, d := range reports[tt.list].Decisions {
			for _, l := range d.Lags {
				if d.Effect == tt.effect && d.Paragraphs[0] == tt.code && l.Follower == tt.follower {
					got = append(got, fmt.Sprintf("%v; %v", l.InForce, l.Days))
				}
			}
		}
		if !slices.Contains(got, tt.want) {
			t.Errorf("%s: %s is %q, want %q", tt.why, tt.follower, got, tt.want)
		}
	}
	// A regime of which one edition is held has no changes.
	for _, list := range []string{"mtcr", "nsg-2", "cwc", "ag"} {
		if r := lags(t, c, list, diff.LagOptions{}); len(r.Editions) != 1 || len(r.Decisions) != 0 {
			t.Errorf("%s has %d editions, %d decisions", list, len(r.Editions), len(r.Decisions))
		}
	}
}
