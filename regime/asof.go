package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// A View is one edition of each of some lists, by list.
type View struct {
	Date     Date // as of; zero for the newest editions
	Editions []*Edition
}

// Edition is the edition of a list in v, or nil.
func (v View) Edition(list string) *Edition {
	for _, e := range v.Editions {
		if e.List == list {
			return e
		}
	}
	return nil
}

// At is the editions in force on date d, of the lists given or else of all: of each list the edition with
// the latest date that is not after d, unless it has ended. A list that has none is absent. An edition dated to
// a month counts from the first day of the month, and a d without a day means its last day.
//
// The error is [ErrNoList], or a [scope.Errors] of editions that cannot be read; the view holds the others.
func (c *Corpus) At(d Date, lists ...string) (View, error) { return c.view(d, lists) }

// Newest is as [Corpus.At], with the edition of the latest date of each list. It need not be in force today.
func (c *Corpus) Newest(lists ...string) (View, error) { return c.view(Date{}, lists) }

func (c *Corpus) view(d Date, lists []string) (View, error) {
	v := View{Date: d}
	if len(lists) == 0 {
		lists = c.Lists()
	}
	lists = slices.Clone(lists)
	slices.Sort(lists)
	var errs scope.Errors
	for _, id := range slices.Compact(lists) {
		if c.lists[id] == nil {
			return View{Date: d}, c.noList(id)
		}
		e, err := c.inForce(id, d)
		errs = append(errs, asErrors(err)...)
		if e != nil {
			v.Editions = append(v.Editions, e)
		}
	}
	return v, asError(errs)
}

// inForce is the edition of list in force on d, or the newest for the zero Date; nil where there is none.
func (c *Corpus) inForce(list string, d Date) (*Edition, error) {
	l := c.lists[list]
	for i := len(l) - 1; i >= 0; i-- {
		if !d.IsZero() && l[i].date.First().Compare(d.Last()) > 0 {
			continue
		}
		e, err := l[i].whole()
		if err != nil {
			return nil, err
		}
		if !d.IsZero() && !e.Until.IsZero() && e.Until.First().Compare(d.Last()) <= 0 {
			return nil, nil
		}
		return e, nil
	}
	return nil, nil
}

// Authorities is every authority, by ID.
func (c *Corpus) Authorities() []Authority { return slices.Clone(c.authorities) }

// AuthorityOf is the authority that issues list: of those that have it, a regime before a bloc before a
// jurisdiction. False where none has.
func (c *Corpus) AuthorityOf(list string) (Authority, bool) { return issuer(c.authorities, list) }

// ParticipantsAt is who stood in a regime or bloc on date d, in the order of its file; for the zero Date,
// who ever did. One whose date no source gives counts as standing, with a zero Since.
func (c *Corpus) ParticipantsAt(authority string, d Date) []Participant {
	var out []Participant
	for _, a := range c.authorities {
		for _, p := range a.Participants {
			if a.ID == authority && (d.IsZero() || p.at(d)) {
				out = append(out, p)
			}
		}
	}
	return out
}
