package diff_test

import (
	"bytes"
	"errors"
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

func TestParseWaivers(t *testing.T) {
	const head = "schema: 1\nwaivers:\n"
	for _, tt := range []struct{ why, text, want string }{
		{"a waiver without a reason accepts nothing", head + "  - {fingerprint: ab, expires: \"2027-01-01\"}\n", `w.yaml:3:5: element of "waivers" lacks "reason"; add it`},
		{"a waiver that never expires is not one", head + "  - {fingerprint: ab, reason: r}\n", `w.yaml:3:5: element of "waivers" lacks "expires"; add it`},
		{"a key that nobody reads", head + "  - {fingerprint: ab, reason: r, expires: \"2027\", until: \"2028\"}\n", `w.yaml:3:51: unknown key "until"`},
		{"a month that is none", head + "  - {fingerprint: ab, reason: r, expires: \"2027-13\"}\n", `w.yaml:3:43: "2027-13" is not a date`},
		{"a date without quotes", head + "  - {fingerprint: ab, reason: r, expires: 2027-01-01}\n", "w.yaml:3:43: "},
		{"two waivers of one finding may say different things", head + "  - {fingerprint: ab, reason: r, expires: \"2027\"}\n  - {fingerprint: ab, reason: s, expires: \"2028\"}\n",
			`w.yaml:4:19: finding "ab" is waived at w.yaml:3:19 already; keep one`},
		{"another format", "schema: 2\nwaivers: []\n", "w.yaml:1:9: "},
		{"no document", "", "w.yaml"},
	} {
		got, err := diff.ParseWaivers("w.yaml", []byte(tt.text))
		var bad scope.Errors
		if got != nil || !errors.As(err, &bad) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v, want %s", tt.why, got, err, tt.want)
		}
	}
	got, err := diff.ParseWaivers("w.yaml", []byte(head+"  - {fingerprint: \"00ab\", reason: r, expires: \"2027-01\", by: me, cite: file 7}\n"))
	want := []diff.Waiver{{Fingerprint: "00ab", Reason: "r", Expires: regime.Date{Year: 2027, Month: 1}, By: "me", Cite: "file 7", Pos: scope.Pos{File: "w.yaml", Line: 3, Column: 19}}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
}

func date(t testing.TB, text string) regime.Date {
	t.Helper()
	d, err := regime.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWaive(t *testing.T) {
	r := report(t, compiled(t, world))
	first := r.Findings[0]
	for _, tt := range []struct {
		why, fingerprint, expires, asOf string
		waived                          int
		about                           diff.GapKind
	}{
		{"a reviewed finding", first.Fingerprint, "2027-01-01", "2026-12-31", 1, ""},
		{"the date of expiry is the first on which it no longer holds", first.Fingerprint, "2027-01-01", "2027-01-01", 0, diff.ExpiredWaiver},
		{"a month that begins has expired the waiver: no day is taken for granted", first.Fingerprint, "2027-01", "2027-01-01", 0, diff.ExpiredWaiver},
		{"a date within a month may be its last day", first.Fingerprint, "2027-01-31", "2027-01", 0, diff.ExpiredWaiver},
		{"no date", first.Fingerprint, "2027-01-01", "", 1, ""},
		{"a finding that is no more", "0123456789abcdef", "2027-01-01", "2026-12-31", 0, diff.StaleWaiver},
		{"stale before expired: there is nothing to review", "0123456789abcdef", "2020-01-01", "2026-12-31", 0, diff.StaleWaiver},
	} {
		var asOf regime.Date
		if tt.asOf != "" {
			asOf = date(t, tt.asOf)
		}
		w := []diff.Waiver{{Fingerprint: tt.fingerprint, Reason: "accepted", Expires: date(t, tt.expires), Pos: scope.Pos{File: "w.yaml", Line: 3, Column: 5}}}
		got := diff.Waive(r, w, asOf)
		if len(got.Waived) != tt.waived || tt.waived == 1 && (got.Waived[0].Fingerprint != first.Fingerprint || got.Waived[0].Waiver.Reason != "accepted") {
			t.Errorf("%s: waived are %v", tt.why, got.Waived)
		}
		last := got.Findings[len(got.Findings)-1]
		if tt.about != "" && (last.Kind != tt.about || last.Waiver.Pos.Line != 3 || !strings.Contains(last.Message(), tt.fingerprint) || last.Effect() != "review") {
			t.Errorf("%s: last finding is %s %s", tt.why, last.Kind, last.Message())
		}
		if n := len(got.Findings) + len(got.Waived); tt.about == "" && n != len(r.Findings) || tt.about != "" && n != len(r.Findings)+1 {
			t.Errorf("%s: %d findings, before %d", tt.why, n, len(r.Findings))
		}
		if n := got.Metrics.Findings[first.Kind]; n != r.Metrics.Findings[first.Kind]-tt.waived || got.Metrics.Findings[diff.StaleWaiver] > 0 != (tt.about == diff.StaleWaiver) {
			t.Errorf("%s: metrics count %v", tt.why, got.Metrics.Findings)
		}
	}
	if len(r.Waived) > 0 || r.Findings[0].Waiver != nil {
		t.Error("the report that was waived on has changed")
	}
}

// Waiving anew forgets what was waived before, and waivers in another order waive the same.
func TestWaiveAgain(t *testing.T) {
	r := report(t, compiled(t, world))
	var waivers []diff.Waiver
	for _, f := range r.Findings[:3] {
		waivers = append(waivers, diff.Waiver{Fingerprint: f.Fingerprint, Reason: "accepted", Expires: date(t, "2027")})
	}
	written := func(r *diff.Report) string {
		var b bytes.Buffer
		if err := diff.WriteJSON(&b, r); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	once := diff.Waive(r, waivers, date(t, "2026-06-01"))
	if len(once.Waived) != 3 || !strings.Contains(written(once), `"reason": "accepted"`) {
		t.Errorf("waived are %v", once.Waived)
	}
	slices.Reverse(waivers)
	if d := cmp.Diff(written(once), written(diff.Waive(r, waivers, date(t, "2026-06-01")))); d != "" {
		t.Errorf("waivers in another order (-want +got):\n%s", d)
	}
	if none := diff.Waive(once, nil, regime.Date{}); len(none.Waived) > 0 || len(none.Findings) != len(r.Findings) {
		t.Errorf("no waivers after some: %d findings, %d waived", len(none.Findings), len(none.Waived))
	}
	if again := diff.Waive(diff.Waive(r, []diff.Waiver{{Fingerprint: "stale"}}, regime.Date{}), nil, regime.Date{}); written(again) != written(r) {
		t.Error("a stale waiver outlives its removal")
	}
}

// Fingerprints survive whatever does not touch the finding: another order of entries or lists, edited words, edits of
// paragraphs about other things.
func TestFingerprintsSurvive(t *testing.T) {
	a := []string{
		`- {code: "1", title: TITLE, note: TITLE, kind: laser, when: {output: "> 10 W"}}`,
		`- {code: "2", title: TITLE, kind: laser, when: {output: "> 5 W"}, except: [{when: {civil: true}, note: TITLE}]}`,
		`- {code: "3", title: TITLE, kind: oven, when: {hottest: "> OVEN K"}}`,
	}
	b := []string{
		`- {code: "1", title: TITLE, kind: laser, when: {output: "> 20 W"}}`,
		`- {code: "2", title: TITLE, cite: TITLE, kind: laser, when: {output: "> 30 W"}}`,
		`- {code: "4", title: TITLE, kind: laser, when: {output: "> 8 W", civil: true}}`,
		`- {code: "9", title: TITLE, kind: oven, when: {hottest: "> 700 K"}}`,
	}
	prints := func(r *rand.Rand, edit func(string) string) []string {
		text := func(entries []string) string {
			entries = slices.Clone(entries)
			if r != nil {
				r.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
			}
			return edit(strings.Join(entries, "\n"))
		}
		k := compiled(t, map[string]string{"aa": text(a), "bb": text(b)})
		if r != nil && r.IntN(2) == 0 {
			view := k.View
			view.Editions = slices.Clone(view.Editions)
			slices.Reverse(view.Editions)
			var err error
			if k, err = k.Corpus.Compile(view, regime.Options{AnyDestination: true}); err != nil {
				t.Fatal(err)
			}
		}
		var out []string
		for _, f := range report(t, k, "laser").Findings {
			out = append(out, fmt.Sprint(f.Kind, " ", f.Controls, " ", f.Paragraphs[f.Controls], " ", f.Fingerprint))
		}
		slices.Sort(out)
		return out
	}
	fill := strings.NewReplacer("TITLE", "words", "OVEN", "600")
	want := prints(nil, fill.Replace)
	if len(want) != 3 || len(slices.Compact(slices.Clone(want))) != len(want) {
		t.Fatalf("fingerprints are %v", want)
	}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 0))
		edit := strings.NewReplacer("TITLE", fmt.Sprintf("words %d", seed), "OVEN", fmt.Sprint(500+50*seed))
		if d := cmp.Diff(want, prints(r, edit.Replace)); d != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, d)
		}
	}
	for _, tt := range []struct {
		why  string
		edit *strings.Replacer
	}{
		{"the paragraph has another code", strings.NewReplacer("TITLE", "words", "OVEN", "600", `"2", title: TITLE, kind: laser, when: {output: "> 5`, `"2a", title: words, kind: laser, when: {output: "> 5`)},
		{"what was a threshold is an exception", strings.NewReplacer("TITLE", "words", "OVEN", "600", `"> 8 W", civil: true}`, `"> 8 W"}, except: [{when: {civil: true}}]`)},
	} {
		if got := prints(nil, tt.edit.Replace); cmp.Equal(want, got) {
			t.Errorf("%s: fingerprints are the same: %v", tt.why, got)
		}
	}
}
