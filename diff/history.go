package diff

import (
	"slices"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An observation is what the text of a list says of some items on one day.
type observation struct {
	date     regime.Date
	controls scope.Truth // undetermined where the edition does not cover such items
	exact    bool        // what differs from the observation before came on this date
	edition  int         // index of the compiled list; -1 for the end of the list
}

// histories is the editions of several lists, compiled together.
type histories struct {
	c        *regime.Compiled
	editions map[string][]int // by list, the indices of its editions, in order of date
	complete []string
}

// held is the editions of a list that were or are law, in order of date.
func held(c *regime.Corpus, list string) ([]*regime.Edition, error) {
	var out []*regime.Edition
	for _, d := range c.Editions(list) {
		e, err := c.Edition(list, d)
		if err != nil {
			return nil, err
		}
		if !e.Hypothetical {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		_, err := c.Edition(list, regime.Date{})
		return nil, err
	}
	return out, nil
}

// compileHistories compiles every edition of the lists for items of the given kinds.
func compileHistories(c *regime.Corpus, lists, kinds, complete []string) (*histories, error) {
	h := &histories{editions: map[string][]int{}, complete: complete}
	var v regime.View
	for _, list := range lists {
		if h.editions[list] != nil {
			continue
		}
		es, err := held(c, list)
		if err != nil {
			return nil, err
		}
		for _, e := range es {
			h.editions[list] = append(h.editions[list], len(v.Editions))
			v.Editions = append(v.Editions, e)
		}
	}
	var err error
	h.c, err = c.Compile(v, regime.Options{AnyDestination: true, Kinds: kinds})
	return h, err
}

// observe is what each edition of a list says of the items of a cell.
func (h *histories) observe(list string, x *proven) []observation {
	var out []observation
	for _, i := range h.editions[list] {
		e := h.c.Lists[i].Edition
		o := observation{date: e.Date(), edition: i, controls: x.controls(i), exact: !e.Effective.IsZero() && slices.Contains(h.complete, list)}
		out = append(out, o)
		if last := h.editions[list]; i == last[len(last)-1] && !e.Until.IsZero() {
			out = append(out, observation{date: e.Until, controls: scope.False, exact: true, edition: -1})
		}
	}
	return out
}

// shown is when what obs[at] shows came, obs[before] having shown otherwise; before is -1 where nothing is known to have.
func shown(obs []observation, before, at int) Span {
	s := Span{To: obs[at].date.Last()}
	switch {
	case obs[at].exact && before == at-1:
		s.From = obs[at].date.First()
	case before >= 0:
		s.From = after(obs[before].date).From
	}
	return s
}

// came is when a list came to say want of the items of x, for the first time that was not over before the decision; with the
// observation that shows it first, or -1, and when it ceased to.
func (h *histories) came(obs []observation, x *proven, want scope.Truth, decided Span) (in, ended Span, first int) {
	before, last := -1, -1
	first = -1
	for i, o := range obs {
		switch o.controls {
		case scope.Undetermined:
		case want:
			if first < 0 {
				first = i
			}
			last = i
		default:
			if first >= 0 {
				if ended = shown(obs, last, i); !ended.To.Before(decided.From) {
					return h.began(obs, x, before, first), ended, first
				}
				first = -1
			}
			before = i
		}
	}
	switch {
	case first >= 0:
		return h.began(obs, x, before, first), Span{}, first
	case before >= 0:
		return after(obs[before].date), Span{}, -1
	}
	return Span{}, Span{}, -1
}

// began is shown, made exact where the law says since when it controls the items.
func (h *histories) began(obs []observation, x *proven, before, at int) Span {
	s := shown(obs, before, at)
	if obs[at].controls != scope.True {
		return s
	}
	if since := h.since(obs[at].edition, x); !since.IsZero() && s.From.Compare(since.First()) <= 0 {
		return Span{since.First(), since.Last()}
	}
	return s
}

// since is the first date that the law gives for the paragraphs that catch the items; zero unless it gives one for all.
func (h *histories) since(edition int, x *proven) regime.Date {
	var out regime.Date
	e := h.c.Lists[edition].Edition
	for _, code := range x.catching(h.c, edition) {
		chain := append(e.Ancestors(code), e.Paragraph(code))
		since := regime.Date{}
		for _, p := range chain {
			if p != nil && !p.Since.IsZero() {
				since = p.Since
			}
		}
		if since.IsZero() {
			return since
		}
		if out.IsZero() || since.Before(out) {
			out = since
		}
	}
	return out
}

// proven is a cell with a witness that was classified again under every edition.
type proven struct {
	scope.Cell
	region  *Region
	witness scope.Item
	residue []string
	answers []scope.Truth // of each edition for the witness
	knowing uint64        // the editions that cover such items
}

func prove(c *regime.Compiled, cell scope.Cell) (*proven, error) {
	r, err := region(c, cell)
	if err != nil {
		return nil, err
	}
	x := &proven{Cell: cell, region: &r, witness: r.Witness, residue: r.Residue, knowing: c.Knowing(&r.Witness)}
	for i := range c.Lists {
		x.answers = append(x.answers, c.Lists[i].Whole.Evaluate(&x.witness))
	}
	return x, nil
}

// controls is what an edition says of the items; where residue decides, what it says if residue puts them in the cell.
func (x *proven) controls(edition int) scope.Truth {
	switch {
	case slices.Contains(x.Members, edition):
		return scope.True
	case x.knowing>>edition&1 == 1:
		return scope.False
	}
	return scope.Undetermined
}

// catching is the paragraphs of an edition that catch the items.
func (x *proven) catching(c *regime.Compiled, edition int) []string {
	return classify.Catching(&c.Lists[edition], &x.witness, x.answers[edition])
}
