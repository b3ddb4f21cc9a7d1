package diff_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// proposed is a hypothetical edition of a list of world.
func proposed(t testing.TB, k *regime.Compiled, list, date, rest string) *regime.Edition {
	t.Helper()
	e, err := regime.ParseList("proposal.yaml", []byte("schema: 1\nlist: "+list+"\nedition: {effective: \""+date+"\"}\n"+rest), k.Corpus.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestWhatIf(t *testing.T) {
	k := compiled(t, world)
	for _, tt := range []struct {
		why, list, change string
		gained, lost      string // the witness's output
		closed, opened    int
	}{
		{"Japan takes over the regime's line and keeps its own: its gaps towards both who draw it are closed", "jap", `{code: "j", title: lasers, kind: laser, when: {output: "> 50 W"}}`, "200 W", "", 2, 0},
		{"Japan gives up part of its band, where others control more already", "jap", `{code: "j", title: lasers, kind: laser, when: {output: "> 60 W, <= 100 W"}}`, "", "60 W", 0, 0},
		{"Switzerland begins to control: it has a line now, so that gaps of scope become gaps of threshold", "swi", `{code: "s", title: lasers, kind: laser, when: {output: "> 500 W"}}`, "1000 W", "", 4, 6},
		{"the same in other words", "jap", `{code: "j", title: light, kind: laser, when: {output: "> 50 W, <= 100 W"}}`, "", "", 0, 0},
	} {
		e := proposed(t, k, tt.list, "2026-06-01", "hypothetical: true\nbase: \"2026-01-01\"\nchanges:\n  - "+tt.change+"\n")
		h, err := diff.WhatIf(k.Corpus, k.View, []*regime.Edition{e})
		if err != nil {
			t.Fatal(err)
		}
		if len(h.Changes) != 1 || h.Changes[0].List != tt.list || h.Changes[0].From != "2026-01-01" || h.Changes[0].To != "2026-06-01" {
			t.Fatalf("%s: changes are %+v", tt.why, h.Changes)
		}
		outputs := func(regions []diff.Region) string {
			var out []string
			for _, r := range regions {
				out = append(out, r.Witness.Attributes["output"].Text)
			}
			return strings.Join(out, ", ")
		}
		if g, l := outputs(h.Changes[0].Gained), outputs(h.Changes[0].Lost); g != tt.gained || l != tt.lost {
			t.Errorf("%s: gained %q, lost %q, want %q, %q", tt.why, g, l, tt.gained, tt.lost)
		}
		if len(h.Closed) != tt.closed || len(h.Opened) != tt.opened {
			t.Errorf("%s: %d findings closed, %d opened, want %d, %d", tt.why, len(h.Closed), len(h.Opened), tt.closed, tt.opened)
		}
		before := report(t, k)
		var x, y bytes.Buffer
		if err := diff.WriteJSON(&x, before); err != nil {
			t.Fatal(err)
		}
		if err := diff.WriteJSON(&y, h.Before); err != nil {
			t.Fatal(err)
		}
		if x.String() != y.String() {
			t.Errorf("%s: the report without the edition is not that of the law", tt.why)
		}
		data, err := json.Marshal(h)
		if err != nil || !json.Valid(data) || !strings.Contains(string(data), `"metrics-before"`) {
			t.Errorf("%s: %v, JSON %.100s", tt.why, err, data)
		}
	}
}

func TestWhatIfRefuses(t *testing.T) {
	k := compiled(t, world)
	whole := "covers: {kinds: [laser]}\nentries: [{code: \"j\", kind: laser}]\n"
	for _, tt := range []struct {
		why, date string
		text      string
		twice     bool
		asOf      string
		want      string
	}{
		{"law is no hypothesis", "2026-06-01", whole, false, "", "not marked as hypothetical"},
		{"older than the law", "2025-06-01", "hypothetical: true\n" + whole, false, "", "another edition is in force"},
		{"not yet in force", "2026-06-01", "hypothetical: true\n" + whole, false, "2026-03-01", "another edition is in force"},
		{"two of one list", "2026-06-01", "hypothetical: true\n" + whole, true, "", "two hypothetical editions"},
		{"no such base", "2026-06-01", "hypothetical: true\nbase: \"2020-01-01\"\nremoved: [\"j\"]\n", false, "", "is not an edition of list"},
	} {
		editions := []*regime.Edition{proposed(t, k, "jap", tt.date, tt.text)}
		if tt.twice {
			editions = append(editions, editions[0])
		}
		view := k.View
		if tt.asOf != "" {
			date, err := regime.ParseDate(tt.asOf)
			if err != nil {
				t.Fatal(err)
			}
			if view, err = k.Corpus.At(date); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := diff.WhatIf(k.Corpus, view, editions); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.why, err, tt.want)
		}
	}
	if _, err := diff.WhatIf(k.Corpus, k.View, nil); err == nil {
		t.Error("nothing is a hypothesis")
	}
}
