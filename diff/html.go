package diff

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"describe": Describe, "join": func(s []string) string { return strings.Join(s, " ") },
	"gaps": func(fs []*Finding) string {
		var out []string
		for _, f := range fs {
			if !slices.Contains(out, string(f.Kind)) {
				out = append(out, string(f.Kind))
			}
		}
		return strings.Join(out, " ")
	},
}).Parse(page))

// The page as [WriteHTML] gives it to its template.
type (
	htmlPage struct {
		*Report
		Kinds, Gaps []string
		Classes     []Class
		Rows        []htmlRow
		Dependent   int       // regions that residue decides
		Review      []Finding // findings about waivers
		Open        int       // findings that are neither waived nor about a waiver
		Years       []htmlTick
		Lanes       []htmlLane
	}
	htmlRow struct {
		*Region
		Number       int
		Alternatives [][]string
		More         bool
		Cells        []htmlCell
		Columns      int
		Citations    []citation
		Findings     []*Finding
	}
	htmlCell struct{ List, Mark, Codes string }
	htmlTick struct {
		Label string
		At    int // thousandths of the time shown
	}
	htmlLane struct {
		List, Instrument, Cite string
		Editions               []htmlEdition
	}
	htmlEdition struct {
		htmlTick
		Compared bool
	}
)

// WriteHTML writes the report as one page that needs nothing else: a matrix of regions and lists, which can be filtered by
// the kind of the items, class, kind of finding, what each list does, and text; behind each region its conditions, witness,
// findings and citations; and the editions of the lists on a line of time. What the data say is text, never markup. It
// takes some kilobytes a region.
func WriteHTML(w io.Writer, r *Report) error {
	p := htmlPage{Report: r, Classes: []Class{Multilateral, Plurilateral, Unilateral}, Dependent: len(r.Regions) - r.Metrics.Regions, Review: r.aboutWaivers()}
	p.Open = len(r.Findings) - len(p.Review)
	made := r.findingsOf()
	for i := range r.Regions {
		x := &r.Regions[i]
		row := htmlRow{Region: x, Number: i + 1, Columns: len(r.Lists) + 2, Findings: made[x.Scope]}
		row.Alternatives, row.More = x.Conditions(MaxConditions)
		for _, l := range r.Lists {
			c := htmlCell{List: l.List, Codes: strings.Join(x.Paragraphs[l.List], " ")}
			switch {
			case c.Codes != "" || slices.Contains(x.Signature, l.List):
				c.Mark = "yes"
			case slices.Contains(x.Without, l.List):
				c.Mark = "no"
			}
			row.Cells = append(row.Cells, c)
			for _, code := range x.Paragraphs[l.List] {
				row.Citations = append(row.Citations, r.cite(l.List, code))
			}
		}
		for _, f := range row.Findings {
			for _, code := range f.Paragraphs[f.Lacks] {
				if c := r.cite(f.Lacks, code); !slices.Contains(row.Citations, c) {
					row.Citations = append(row.Citations, c)
				}
			}
			p.Gaps = append(p.Gaps, string(f.Kind))
		}
		p.Rows = append(p.Rows, row)
		p.Kinds = append(p.Kinds, x.Kinds...)
	}
	slices.Sort(p.Kinds)
	slices.Sort(p.Gaps)
	p.Kinds, p.Gaps = slices.Compact(p.Kinds), slices.Compact(p.Gaps)
	p.timeline()
	return pageTemplate.Execute(w, p)
}

// timeline places the editions of the compared lists, and the years they lie in.
func (p *htmlPage) timeline() {
	if p.Compiled == nil {
		return
	}
	var all []regime.Date
	for _, l := range p.Lists {
		all = append(all, p.Compiled.Corpus.Editions(l.List)...)
	}
	if len(all) == 0 {
		return
	}
	from := regime.Date{Year: slices.MinFunc(all, regime.Date.Compare).Year}
	until := regime.Date{Year: slices.MaxFunc(all, regime.Date.Compare).Year + 1}
	at := func(d regime.Date) int { return from.Days(d) * 1000 / from.Days(until) }
	for y := from; y.Before(until); y.Year++ {
		p.Years = append(p.Years, htmlTick{y.String(), at(y)})
	}
	for _, l := range p.Lists {
		lane := htmlLane{List: l.List}
		if e := p.editionOf(l.List); e != nil {
			lane.Instrument, lane.Cite = e.Instrument, e.Cite
		}
		for _, d := range p.Compiled.Corpus.Editions(l.List) {
			lane.Editions = append(lane.Editions, htmlEdition{htmlTick{d.String(), at(d)}, d.String() == l.Edition})
		}
		p.Lanes = append(p.Lanes, lane)
	}
}
