package diff

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

func lines(conditions [][]string) []string {
	out := make([]string, len(conditions))
	for i, c := range conditions {
		out[i] = strings.Join(c, "; ")
	}
	return out
}

// between says what lies between the lines: of the first alternative of the conditions, those on attributes that the
// paragraphs on both sides speak of, with what holds on the line only first.
func (f Finding) between() string { return between(f.region, f.attributes) }

func between(r *Region, attributes []string) string {
	alternatives, _ := r.Conditions(1)
	if len(alternatives) == 0 {
		return ""
	}
	var out []string
	for _, c := range alternatives[0] {
		if slices.ContainsFunc(attributes, func(a string) bool { return strings.Contains(c, a) }) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		out = alternatives[0]
	}
	out = slices.Clone(out)
	slices.SortStableFunc(out, func(x, y string) int { return weight(x) - weight(y) })
	return strings.Join(out, "; ")
}

// weight puts a value on a threshold before a span between two, those before other bounds, and negations last.
func weight(condition string) int {
	switch {
	case strings.HasPrefix(condition, "not ") || strings.HasPrefix(condition, "no "):
		return 3
	case strings.Contains(condition, "("):
		return 2
	case strings.Contains(condition, " = "):
		return 0
	case strings.Contains(condition, ","):
		return 1
	}
	return 2
}

func kindName(kinds []string) string { return strings.Join(kinds, "+") }

// Sizes of the summary, which is to fit on one page.
const (
	summaryKinds   = 12
	summaryLines   = 10
	summaryGaps    = 6
	summaryWaivers = 5
	summaryWidth   = 150
)

// WriteText writes a summary of the report for a person, on one page: who controls what, where the lines differ, and the
// widest gaps, each with a witness and the paragraphs on both sides.
func WriteText(w io.Writer, r *Report) error {
	var b bytes.Buffer
	line := fmt.Sprintf("%d lists:", len(r.Lists))
	for _, l := range r.Lists {
		if len(line)+len(l.List)+len(l.Edition)+2 > summaryWidth {
			fmt.Fprintln(&b, line)
			line = "  "
		}
		line += " " + l.List + " " + l.Edition
	}
	fmt.Fprintln(&b, line)
	fmt.Fprintf(&b, "%d regions: %d multilateral, %d plurilateral, %d unilateral; %d aligned; %d findings: %s\n", r.Metrics.Regions,
		r.Metrics.ByClass[Multilateral], r.Metrics.ByClass[Plurilateral], r.Metrics.ByClass[Unilateral], r.Metrics.Aligned, len(r.Findings)-len(r.aboutWaivers()), counts(r.Metrics))
	writeWaivers(&b, r)
	writeMatrix(&b, r)
	writeGaps(&b, "\nSame control, another line (what lies between; who catches it > who does not; a witness)", r, summaryLines,
		func(f *Finding) bool { return f.Kind != ScopeGap })
	writeGaps(&b, "\nNo counterpart (a witness; who catches it > who does not)", r, summaryGaps, func(f *Finding) bool { return f.Kind == ScopeGap })
	fmt.Fprintln(&b, "\nNot legal advice. -format json has every region, finding and witness; -kinds software,technology compares those too.")
	_, err := w.Write(b.Bytes())
	return err
}

// writeWaivers says how many findings are waived, and which waivers need a person.
func writeWaivers(b *bytes.Buffer, r *Report) {
	about := r.aboutWaivers()
	if len(r.Waived) > 0 || len(about) > 0 {
		fmt.Fprintf(b, "%d findings waived; %d waivers to review\n", len(r.Waived), len(about))
	}
	for _, f := range about[:min(len(about), summaryWaivers)] {
		fmt.Fprintf(b, "  %v: %s\n", f.Waiver.Pos, clip(f.Message(), summaryWidth))
	}
}

func counts(m Metrics) string {
	var out []string
	for i, k := range gapKinds() {
		if i > 2 && m.Findings[k] == 0 { // those of [Loopholes] are always told
			continue
		}
		out = append(out, fmt.Sprintf("%d %s", m.Findings[k], k))
	}
	return strings.Join(out, ", ") + fmt.Sprintf(" (%d on the line only)", m.Grades[scope.BoundaryOnly])
}

// writeMatrix writes who controls how much of each kind, the kinds that most lists control first.
func writeMatrix(b *bytes.Buffer, r *Report) {
	fmt.Fprintf(b, "\nWho controls what  (%s)\n  ", legend)
	for _, l := range r.Lists {
		short, _, _ := strings.Cut(l.List, "-")
		fmt.Fprintf(b, " %3s", short)
	}
	fmt.Fprintln(b)
	left := 0
	for i, l := range matrix(r) {
		if i >= summaryKinds {
			left += len(l.kinds)
			continue
		}
		names := l.kinds[0]
		switch n := len(l.kinds); {
		case n == 2:
			names += ", " + l.kinds[1]
		case n > 2:
			names += fmt.Sprintf(", %s and %d more", l.kinds[1], n-2)
		}
		fmt.Fprint(b, "  ")
		for _, m := range l.marks {
			fmt.Fprintf(b, " %3s", m)
		}
		fmt.Fprintf(b, "  %s\n", names)
	}
	if left > 0 {
		fmt.Fprintf(b, "  and %d other kinds\n", left)
	}
}

// gap is the findings of one region.
type gap struct {
	region     *Region
	grade      scope.Grade
	regime     bool              // a regime is among those that lack the control
	controls   map[string]string // list -> paragraph
	lacks      map[string]string // list -> nearest paragraph
	attributes []string
}

// writeGaps writes the findings that which admits, those of a region joined and one region of a kind: what is on the line
// only first, then where a regime's line lies inside, then what most lists catch.
func writeGaps(b *bytes.Buffer, title string, r *Report, limit int, which func(*Finding) bool) {
	regimes := map[string]bool{}
	for _, l := range r.Lists {
		regimes[l.List] = l.Issuer == "regime"
	}
	byRegion := map[*Region]*gap{}
	var gaps []*gap
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.region == nil || !which(f) || len(f.Residue) > 0 {
			continue
		}
		g := byRegion[f.region]
		if g == nil {
			g = &gap{region: f.region, grade: f.Grade, controls: map[string]string{}, lacks: map[string]string{}}
			byRegion[f.region] = g
			gaps = append(gaps, g)
		}
		g.regime = g.regime || regimes[f.Lacks]
		g.attributes = append(g.attributes, f.attributes...)
		g.controls[f.Controls] = f.Paragraphs[f.Controls][0]
		if near := f.Paragraphs[f.Lacks]; len(near) > 0 {
			g.lacks[f.Lacks] = near[0]
		} else if g.lacks[f.Lacks] == "" {
			g.lacks[f.Lacks] = ""
		}
	}
	slices.SortStableFunc(gaps, func(x, y *gap) int {
		return cmp.Or(boolInt(y.grade == scope.BoundaryOnly)-boolInt(x.grade == scope.BoundaryOnly), boolInt(y.regime)-boolInt(x.regime),
			len(y.controls)-len(x.controls), len(y.lacks)-len(x.lacks), strings.Compare(x.region.Name(), y.region.Name()))
	})
	fmt.Fprintln(b, title)
	seen := map[string]int{}
	shown := 0
	for _, g := range gaps {
		who := sides(g.controls) + " > " + sides(g.lacks)
		if shown == limit || seen[who] > 0 || seen[g.region.Name()] > 1 {
			continue
		}
		seen[who]++
		seen[g.region.Name()]++
		shown++
		text := Describe(g.region.Witness)
		if strings.Contains(title, "between") {
			conditions := between(g.region, g.attributes)
			text = g.region.Name() + ": " + conditions
			who += "; witness " + values(g.region.Witness, conditions)
		}
		fmt.Fprintf(b, "  %s\n    %s\n", clip(text, summaryWidth), clip(who, summaryWidth))
	}
	if more := len(gaps) - shown; more > 0 {
		fmt.Fprintf(b, "  and %d other regions\n", more)
	}
}

// values are what the witness has of the attributes that conditions name, in their order; where they name only parts or
// qualities, the witness as a whole.
func values(it scope.Item, conditions string) string {
	var out []string
	for _, c := range strings.Split(conditions, "; ") {
		id, _, _ := strings.Cut(strings.TrimPrefix(c, "not "), " ")
		id = strings.TrimSuffix(strings.TrimSuffix(id, ".min"), ".max")
		v, ok := it.Attributes[id]
		if ok && !v.None && v.Text != "true" && v.Text != "false" && !slices.Contains(out, v.Text) {
			out = append(out, v.Text)
		}
	}
	if len(out) == 0 {
		return Describe(it)
	}
	return strings.Join(out, ", ")
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sides(m map[string]string) string {
	var out []string
	for _, l := range slices.Sorted(maps.Keys(m)) {
		short, _, _ := strings.Cut(l, "-")
		out = append(out, strings.TrimSpace(short+" "+m[l]))
	}
	return strings.Join(out, ", ")
}

// clip cuts text to width characters, at a space.
func clip(s string, width int) string {
	runes := []rune(s)
	if len(runes) <= width {
		return s
	}
	cut := string(runes[:width-4])
	if i := strings.LastIndex(cut, " "); i > width/2 {
		cut = cut[:i]
	}
	return cut + " ..."
}

// Describe says an item on one line: its kind and what it has; what it has none of is left out.
func Describe(it scope.Item) string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(it.Attributes)) {
		v := it.Attributes[id]
		switch {
		case v.None || v.Text == "false":
		case v.Text == "true":
			out = append(out, id)
		default:
			out = append(out, id+" "+v.Text)
		}
	}
	for _, p := range it.Parts {
		if !p.Absent {
			out = append(out, "with "+strings.TrimPrefix(Describe(p.Item), ": ")+" ("+p.Type+")")
		}
	}
	for _, f := range it.For {
		out = append(out, "for "+f.Function+" of ("+Describe(f.Target)+")")
	}
	name := kindName(it.Kinds)
	if len(out) > 0 {
		name += ": " + strings.Join(out, ", ")
	}
	return strings.TrimPrefix(name, ": ")
}
