package diff_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// hostile is lists whose words would do harm in a page, a table or a spreadsheet.
var hostile = map[string]string{
	"aa": "schema: 1\nlist: aa\nedition: {effective: \"2026-01-01\", instrument: \"Act <b>1</b>\", cite: \"javascript:alert(1)\"}\ncovers: {kinds: [laser, oven]}\nentries:\n" +
		`- {code: "=cmd|'/C'!A0", title: "<script>alert(1)</script> | [x](https://evil.example) {0}", kind: laser, when: {output: "> 10 W"}}
- {code: "@2", title: "</script><img src=x onerror=alert(2)>", kind: oven}
`,
	"bb": `- {code: "+1", title: "\"><script>alert(3)</script>", kind: laser, when: {output: "> 20 W"}}`,
}

var writers = []struct {
	name  string
	write func(io.Writer, *diff.Report) error
}{
	{"text", diff.WriteText}, {"markdown", diff.WriteMarkdown}, {"json", diff.WriteJSON}, {"csv", diff.WriteCSV}, {"html", diff.WriteHTML},
	{"sarif", func(w io.Writer, r *diff.Report) error { return diff.WriteSARIF(w, r, "regime") }},
	{"oscal", func(w io.Writer, r *diff.Report) error { return mapped(w, r, diff.WriteOSCAL) }},
	{"strm", func(w io.Writer, r *diff.Report) error { return mapped(w, r, diff.WriteSTRM) }},
}

func mapped(w io.Writer, r *diff.Report, write func(io.Writer, *regime.Compiled, []diff.Mapping) error) error {
	m, err := diff.Mappings(r.Compiled)
	if err != nil {
		return err
	}
	return write(w, r.Compiled, m)
}

func written(t testing.TB, r *diff.Report, name string) string {
	t.Helper()
	var b bytes.Buffer
	for _, w := range writers {
		if w.name == name {
			if err := w.write(&b, r); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	return b.String()
}

// waived is a report with a finding waived, one whose waiver has expired, and a stale waiver, each said in hostile words.
func waived(t testing.TB, r *diff.Report) *diff.Report {
	t.Helper()
	at := func(line int) scope.Pos { return scope.Pos{File: "my waivers.yaml", Line: line, Column: 5} }
	return diff.Waive(r, []diff.Waiver{
		{Fingerprint: r.Findings[0].Fingerprint, Reason: "<script>alert(4)</script>", Expires: date(t, "2030"), By: "=me", Cite: "javascript:alert(5)", Pos: at(3)},
		{Fingerprint: r.Findings[1].Fingerprint, Reason: "|x|", Expires: date(t, "2020"), Pos: at(4)},
		{Fingerprint: "<b>stale</b>", Reason: "r", Expires: date(t, "2030"), Pos: at(5)},
	}, date(t, "2026-11-22"))
}

// Every writer gives the same bytes for the same report, writes to the end or says why not, and takes a report without
// regions or waivers, and one that was made by hand.
func TestWriters(t *testing.T) {
	full, none := waived(t, report(t, compiled(t, hostile))), report(t, compiled(t, world), "etcher")
	for _, w := range writers {
		t.Run(w.name, func(t *testing.T) {
			a := written(t, full, w.name)
			if b := written(t, waived(t, report(t, compiled(t, hostile))), w.name); a != b || a == "" {
				t.Errorf("not the same twice:\n%s\n%s", a, b)
			}
			if err := w.write(failing{}, full); err == nil {
				t.Error("nothing was written, and no error")
			}
			if w.name == "oscal" || w.name == "strm" {
				return
			}
			for _, r := range []*diff.Report{none, {}, {Lists: full.Lists, Regions: full.Regions, Findings: full.Findings, Waived: full.Waived, Metrics: full.Metrics}} {
				if err := w.write(io.Discard, r); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestHostileHTML(t *testing.T) {
	page := written(t, waived(t, report(t, compiled(t, hostile))), "html")
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("%d scripts", n)
	}
	for _, bad := range []string{"<img", "<b>1</b>", "<b>stale", `href="javascript:`} {
		if strings.Contains(page, bad) {
			t.Errorf("page has %s", bad)
		}
	}
	for _, want := range []string{"&lt;script&gt;alert(1)", "&lt;script&gt;alert(4)", "stale-waiver", "expired-waiver", "my waivers.yaml:5:5", `class="gap waived"`} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %s", want)
		}
	}
}

// The page needs nothing else: it loads no address, and may not.
func TestHTMLIsSelfContained(t *testing.T) {
	page := written(t, report(t, compiled(t, world)), "html")
	if loads := regexp.MustCompile(`(?i)\ssrc=|<link|@import|url\(|fetch\(|XMLHttpRequest`).FindString(page); loads != "" {
		t.Errorf("page loads by %s", loads)
	}
	for _, want := range []string{"default-src 'none'", `data-yes="blo reg"`, `data-no="chi jap swi"`, `data-class="multilateral"`, "output &gt; 100 W", "lists/reg/2026-01-01.yaml:6:10", `title="2026-01-01, compared"`} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %s", want)
		}
	}
}

func TestHostileMarkdown(t *testing.T) {
	text := written(t, waived(t, report(t, compiled(t, hostile))), "markdown")
	for _, bad := range []string{"<script", "<img", "](https://evil", "javascript:alert(1)", "](<javascript"} {
		if strings.Contains(text, bad) {
			t.Errorf("markdown has %s", bad)
		}
	}
	columns := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if columns > 0 && n != columns {
			t.Errorf("row of %d columns, not %d: %s", n, columns, line)
		}
		columns = n
	}
	for _, want := range []string{"## threshold-gap", "## stale-waiver", "## Waived", "lists/aa/2026-01-01.yaml:6:10"} {
		if !strings.Contains(text, want) {
			t.Errorf("markdown lacks %s in\n%s", want, text)
		}
	}
}

func TestWriteCSV(t *testing.T) {
	rows := func(text string) [][]string {
		out, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range out {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
					t.Errorf("a spreadsheet computes %q", cell)
				}
			}
		}
		return out
	}
	r := report(t, compiled(t, hostile))
	got := rows(written(t, r, "csv"))
	if len(got) != len(r.Regions)+1 || len(got[0]) != 11+len(r.Lists) {
		t.Fatalf("%d rows of %d columns for %d regions", len(got), len(got[0]), len(r.Regions))
	}
	column := func(name string) int { return slices.Index(got[0], name) }
	first := got[1] // between the lines of the two lists
	for name, want := range map[string]string{
		"kind": "laser", "class": "unilateral", "controlled by": "aa", "not by": "bb", "conditions": "output > 10 W, <= 20 W",
		"witness": "laser: output 20 W", "aa 2026-01-01": "'=cmd|'/C'!A0", "bb 2026-01-01": "no",
	} {
		if got := first[column(name)]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if f := first[column("findings")]; !strings.HasPrefix(f, "threshold-gap:") {
		t.Errorf("findings are %q", f)
	}
	rows(written(t, r, "strm"))
}
