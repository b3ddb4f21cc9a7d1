package diff

import (
	"fmt"
	"slices"

	"github.com/openconcord/concord/regime"
)

// A SeriesPoint is how far some lists agree from a date on. Its counts speak of the same regions at all dates: the items that
// any edition of any of the lists controls are cut once by all editions of all lists, so that a region is what each
// edition treats alike, and at each date the editions in force are asked. Regions where residue decides are left out.
//
// Regions are counted, not weighed: a list that draws many lines has many. Shares are given by their two parts.
type SeriesPoint struct {
	Date         regime.Date   `json:"date"`
	Lists        []ListEdition `json:"lists"`         // in force
	Regions      int           `json:"regions"`       // that at least one of these controls
	Aligned      int           `json:"aligned"`       // of Regions, those that every list which covers them controls, and more than one does
	ControlledBy []int         `json:"controlled-by"` // at k: the regions that exactly k lists control; at 0: those that only others of their editions do
	Participants []Implemented `json:"participants"`  // of each regime with a list in force, by list and follower
}

// Implemented is, of the regions that a regime's list controls and the law of a participant covers, how many that law
// controls.
type Implemented struct {
	List     string `json:"list"`
	Follower string `json:"follower"`
	Controls int    `json:"controls"`
	Of       int    `json:"of"`
}

// Series counts at each date on which one of the lists has a new edition, or ends, how far they agree on items of the given kinds
// and narrower ones, or with none given of [Goods]. An edition counts from its date, as in [regime.Corpus.At]: one that was
// only seen may be older. Its cost is that of one [Partition] by all editions of the lists: name few kinds or few lists.
//
// The error is that of an unknown list or kind, of data that cannot be read or compiled, or of more than [scope.MaxJoint]
// editions.
func Series(c *regime.Corpus, lists []string, kinds ...string) ([]SeriesPoint, error) {
	v := c.Vocabulary()
	for _, k := range kinds {
		if v.Kind(k) == nil {
			return nil, fmt.Errorf("kind %q is not in the vocabulary", k)
		}
	}
	kinds = Kinds(v, kinds...)
	lists = slices.Clone(lists)
	slices.Sort(lists)
	h, err := compileHistories(c, lists, kinds, nil)
	if err != nil {
		return nil, err
	}
	var cells []*proven
	for _, cell := range h.c.Joint.Partition(kinds...) {
		x, err := prove(h.c, cell)
		if err != nil {
			return nil, err
		}
		if len(x.residue) == 0 {
			cells = append(cells, x)
		}
	}
	var dates []regime.Date
	for _, l := range h.c.Lists {
		dates = append(dates, l.Edition.Date())
		if !l.Edition.Until.IsZero() {
			dates = append(dates, l.Edition.Until)
		}
	}
	slices.SortFunc(dates, regime.Date.Compare)
	out := []SeriesPoint{}
	for _, d := range slices.Compact(dates) {
		p, err := h.point(d, lists, cells)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// point counts the cells as of a date.
func (h *histories) point(d regime.Date, lists []string, cells []*proven) (SeriesPoint, error) {
	p := SeriesPoint{Date: d, Lists: []ListEdition{}, Participants: []Implemented{}}
	view, err := h.c.Corpus.At(d, lists...)
	if err != nil {
		return p, err
	}
	inForce := map[string]int{} // the index of the compiled edition
	var followers [][]Follower  // of each edition in force
	for _, e := range view.Editions {
		i := slices.IndexFunc(h.c.Lists, func(l regime.CompiledList) bool { return l.Edition == e })
		if i < 0 {
			continue
		}
		a, _ := h.c.Corpus.AuthorityOf(e.List)
		p.Lists = append(p.Lists, ListEdition{e.List, e.Date().String(), a.Kind})
		inForce[e.List] = i
		var fs []Follower
		if a.Kind == "regime" {
			if fs, err = participants(h.c.Corpus, e.List, a, d); err != nil {
				return p, err
			}
		}
		followers = append(followers, fs)
	}
	p.ControlledBy = make([]int, len(p.Lists)+1)
	shares := make([][]Implemented, len(p.Lists))
	for i, fs := range followers {
		for _, f := range fs {
			shares[i] = append(shares[i], Implemented{List: p.Lists[i].List, Follower: f.Authority})
		}
	}
	for _, x := range cells {
		var signature []string
		covers := map[string]bool{}
		for _, l := range p.Lists {
			i := inForce[l.List]
			in := slices.Contains(x.Members, i)
			if in {
				signature = append(signature, l.List)
			}
			covers[l.List] = in || x.knowing>>i&1 == 1
		}
		p.ControlledBy[len(signature)]++
		if len(signature) == 0 {
			continue
		}
		p.Regions++
		without := func(l ListEdition) bool {
			return covers[l.List] && !slices.Contains(signature, l.List) && !otherwiseControlled(h.c, l.List, signature)
		}
		if len(signature) > 1 && !slices.ContainsFunc(p.Lists, without) {
			p.Aligned++
		}
		for i, fs := range followers {
			if !slices.Contains(signature, p.Lists[i].List) {
				continue
			}
			for j, f := range fs {
				if slices.ContainsFunc(f.Lists, func(l string) bool { return slices.Contains(signature, l) }) {
					shares[i][j].Controls++
					shares[i][j].Of++
				} else if slices.ContainsFunc(f.Lists, func(l string) bool { return covers[l] }) {
					shares[i][j].Of++
				}
			}
		}
	}
	for _, s := range shares {
		for _, x := range s {
			if x.Of > 0 {
				p.Participants = append(p.Participants, x)
			}
		}
	}
	return p, nil
}

// participants is the followers of a regime's list that stood on a date.
func participants(c *regime.Corpus, list string, issuer regime.Authority, d regime.Date) ([]Follower, error) {
	fs, _, err := followersOf(c, list, issuer, nil)
	standing := standingAt(c, issuer, d)
	return slices.DeleteFunc(fs, func(f Follower) bool {
		return !slices.ContainsFunc(f.Countries, func(country string) bool { return standing[country] })
	}), err
}
