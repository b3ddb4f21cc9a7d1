package diff

import (
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// citation is where a paragraph stands: in the file of its list, and in law.
type citation struct {
	List, Edition, Code string
	Title               string // of the paragraph, or of the nearest above it that has one
	Instrument, Cite    string // Cite is that of the paragraph, of the nearest above it, or of the edition
	Pos                 scope.Pos
}

// cite is the citation of a paragraph; without a position where the report does not know the paragraph.
func (r *Report) cite(list, code string) citation {
	c := citation{List: list, Code: code}
	e := r.editionOf(list)
	if e == nil {
		return c
	}
	c.Edition, c.Instrument, c.Cite = e.Date().String(), e.Instrument, e.Cite
	p := e.Paragraph(code)
	if p == nil {
		return c
	}
	c.Pos = p.Pos
	for _, a := range append(e.Ancestors(code), p) {
		if a.Title != "" {
			c.Title = a.Title
		}
		if a.Cite != "" {
			c.Cite = a.Cite
		}
	}
	return c
}

// citations are of a finding: what catches the items, then what comes nearest in the other list.
func (r *Report) citations(f *Finding) []citation {
	var out []citation
	for _, list := range []string{f.Controls, f.Lacks} {
		for _, code := range f.Paragraphs[list] {
			out = append(out, r.cite(list, code))
		}
	}
	return out
}

// findingsOf gives each region the findings made in it, in their order; waived ones too.
func (r *Report) findingsOf() map[scope.Scope][]*Finding {
	out := map[scope.Scope][]*Finding{}
	for _, fs := range [][]Finding{r.Findings, r.Waived} {
		for i := range fs {
			if f := &fs[i]; f.region != nil {
				out[f.region.Scope] = append(out[f.region.Scope], f)
			}
		}
	}
	return out
}

// editionOf is the edition of a list that was compared, or nil.
func (r *Report) editionOf(list string) *regime.Edition {
	if r.Compiled == nil {
		return nil
	}
	return r.Compiled.View.Edition(list)
}
