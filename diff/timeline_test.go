package diff_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// timeline is a table of instruments and their dates, compiled apart from the lists; it is not part of the module.
func timeline(t *testing.T) []map[string]string {
	t.Helper()
	f, err := os.Open("../../shared/sources/timeline/timeline.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no timeline beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, column := range rows[0] {
			m[column] = r[i]
		}
		out = append(out, m)
	}
	return out
}

var citation = regexp.MustCompile(`\d+ FR \d+|SOR/\d+-\d+|BOE-A-\d+-\d+|\b20\d\d/\d+\b`)

// Editions have the dates in force of the instruments that they name; one that was only seen is not older than its instrument.
func TestTimelineEditions(t *testing.T) {
	rows := timeline(t)
	disagree := map[string]string{} // "list date instrument" to the reason
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, list := range c.Lists() {
		for _, d := range c.Editions(list) {
			e, err := c.Edition(list, d)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				id := citation.FindString(row["instrument"])
				if row["list"] != list || row["in_force"] == "" || id == "" || !slices.Contains(citation.FindAllString(e.Instrument, -1), id) {
					continue
				}
				inForce, err := regime.ParseDate(row["in_force"])
				if err != nil {
					t.Fatal(err)
				}
				compared++
				agrees := e.Effective == inForce || e.Effective.IsZero() && !e.Seen.Before(inForce)
				if key := list + " " + d.String() + " " + id; agrees == (disagree[key] != "") {
					t.Errorf("%s: in force %v by the timeline; known disagreement: %q", key, inForce, disagree[key])
				}
			}
		}
	}
	if compared < 10 {
		t.Errorf("only %d editions were compared", compared)
	}
}

// What came into force for a follower did so on a day that the bounds admit.
func TestTimelineLags(t *testing.T) {
	rows := timeline(t)
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]*diff.LagReport{
		"us-ccl": lags(t, c, "us-ccl", diff.LagOptions{Kinds: []string{"quantum-computer", "scanning-electron-microscope", "frequency-synthesizer-assembly"}}),
		"wa-du":  lags(t, c, "wa-du", diff.LagOptions{Kinds: []string{"frequency-converter"}}),
	}
	for _, tt := range []struct {
		why, list, kind string
		effect          diff.DecisionEffect
		follower        string // or the list itself, for when it decided
		instruments     string // one of which made the change
	}{
		{"quantum computers, in Spain before anyone", "us-ccl", "quantum-computer", diff.Controls, "es", "BOE-A-2023-12785"},
		{"in Canada", "us-ccl", "quantum-computer", diff.Controls, "ca", "SOR/2024-112"},
		{"in the United States", "us-ccl", "quantum-computer", diff.Controls, "us-ccl", "89 FR 72926"},
		{"in Japan", "us-ccl", "quantum-computer", diff.Controls, "jp", "METI Ord. 44/2024"},
		{"in the European Union", "us-ccl", "quantum-computer", diff.Controls, "eu", "2025/2003"},
		{"scanning electron microscopes in Japan", "us-ccl", "scanning-electron-microscope", diff.Controls, "jp", "METI Ord. 44/2024"},
		{"frequency extenders that the Wassenaar list let go of by 2026", "wa-du", "frequency-converter", diff.Releases, "eu", "2025/2003"},
		{"synthesizers: Wassenaar decisions that the United States took up between two editions held", "us-ccl", "frequency-synthesizer-assembly", diff.Controls, "us-ccl", "88 FR 12108, 88 FR 71932"},
	} {
		var spans []diff.Span
		for _, d := range reports[tt.list].Decisions {
			if d.Effect != tt.effect || len(d.Residue) > 0 || d.Kinds[0] != tt.kind {
				continue
			}
			if tt.follower == tt.list {
				spans = append(spans, d.Decided)
			}
			for _, l := range d.Lags {
				if l.Follower == tt.follower {
					spans = append(spans, l.InForce)
				}
			}
		}
		within := false
		for _, row := range rows {
			if row["in_force"] == "" {
				row["in_force"] = row["published"] // the table has no date in force where the law takes that of its publication
			}
			if row["in_force"] == "" || !slices.ContainsFunc(strings.Split(tt.instruments, ", "), func(i string) bool { return strings.Contains(row["instrument"], i) }) {
				continue
			}
			day, err := regime.ParseDate(row["in_force"])
			if err != nil {
				t.Fatal(err)
			}
			within = within || slices.ContainsFunc(spans, func(s diff.Span) bool {
				return s.Censoring() != diff.Unobserved && !day.Before(s.From) && (s.To.IsZero() || !s.To.Before(day))
			})
		}
		if !within {
			t.Errorf("%s: %s is not within any of %v", tt.why, tt.instruments, spans)
		}
	}
}
