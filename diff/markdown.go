package diff

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// WriteMarkdown writes the report as GitHub Flavored Markdown: the lists, the counts, who controls what, every finding
// with its witness and where its paragraphs stand, and the waived findings. What the data say is escaped: it is text, never
// markup.
func WriteMarkdown(w io.Writer, r *Report) error {
	var b bytes.Buffer
	fmt.Fprint(&b, "# Comparison of control lists\n\n| List | Edition | Issuer | Instrument |\n| --- | --- | --- | --- |\n")
	for _, l := range r.Lists {
		instrument := ""
		if e := r.editionOf(l.List); e != nil {
			instrument = linked(e.Instrument, e.Cite)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", markdown(l.List), markdown(l.Edition), markdown(l.Issuer), instrument)
	}
	m := r.Metrics
	fmt.Fprintf(&b, "\n%d regions: %d multilateral, %d plurilateral, %d unilateral; %d aligned, %d under-implemented. %d findings: %s; %d waived.\n",
		m.Regions, m.ByClass[Multilateral], m.ByClass[Plurilateral], m.ByClass[Unilateral], m.Aligned, m.UnderImplemented, len(r.Findings)-len(r.aboutWaivers()), counts(m), len(r.Waived))
	markdownMatrix(&b, r)
	kind := GapKind("")
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Kind != kind {
			kind = f.Kind
			fmt.Fprintf(&b, "\n## %s\n\n| Finding | Witness | Grade | Paragraphs | Fingerprint |\n| --- | --- | --- | --- | --- |\n", markdown(string(kind)))
		}
		markdownFinding(&b, r, f)
	}
	if len(r.Waived) > 0 {
		fmt.Fprint(&b, "\n## Waived\n\n| Finding | Reason | Until | By | Fingerprint |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, f := range r.Waived {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | `%s` |\n", markdown(f.Message()), linked(f.Waiver.Reason, f.Waiver.Cite), markdown(f.Waiver.Expires.String()), markdown(f.Waiver.By), f.Fingerprint)
	}
	fmt.Fprint(&b, "\nNot legal advice: the official texts decide.\n")
	_, err := w.Write(b.Bytes())
	return err
}

func markdownMatrix(b *bytes.Buffer, r *Report) {
	fmt.Fprintf(b, "\n## Who controls what\n\n`%s`\n\n| Items |", legend)
	for _, l := range r.Lists {
		fmt.Fprintf(b, " %s |", markdown(l.List))
	}
	fmt.Fprintf(b, "\n| --- |%s\n", strings.Repeat(" :-: |", len(r.Lists)))
	for _, a := range matrix(r) {
		fmt.Fprintf(b, "| %s |", markdown(strings.Join(a.kinds, ", ")))
		for _, m := range a.marks {
			fmt.Fprintf(b, " `%s` |", m)
		}
		fmt.Fprintln(b)
	}
}

func markdownFinding(b *bytes.Buffer, r *Report, f *Finding) {
	var places []string
	for _, c := range r.citations(f) {
		place := linked(c.List+" "+c.Code, c.Cite)
		if c.Pos.Line > 0 {
			place += " (" + markdown(c.Pos.String()) + ")"
		}
		places = append(places, place)
	}
	witness := ""
	if f.region != nil {
		witness = markdown(Describe(f.Witness))
	} else if f.Waiver != nil {
		places = append(places, markdown(f.Waiver.Pos.String()))
	}
	grade := string(f.Grade)
	switch {
	case len(f.Residue) > 0:
		grade += "; if residue " + strings.Join(f.Residue, ", ")
	case f.Grade == scope.NoDifference:
		grade = ""
	}
	fmt.Fprintf(b, "| %s | %s | %s | %s | `%s` |\n", markdown(f.Message()), witness, markdown(grade), strings.Join(places, ", "), f.Fingerprint)
}

// linked is text as a link, where the address is one of the web.
func linked(text, address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") || strings.ContainsAny(address, " <>\n\\") {
		return markdown(text)
	}
	return "[" + markdown(text) + "](<" + strings.NewReplacer("|", "%7C", "(", "%28", ")", "%29").Replace(address) + ">)"
}

var markup = strings.NewReplacer(
	"\\", "\\\\", "|", "\\|", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "#", "\\#", "~", "\\~", "!", "\\!",
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;", "://", "&#58;//", "\r", " ", "\n", " ",
)

// markdown is text that means itself in a cell of a table.
func markdown(s string) string { return markup.Replace(s) }
