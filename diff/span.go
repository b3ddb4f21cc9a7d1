package diff

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/openconcord/concord/regime"
)

// A Span is the days on one of which something happened, both ends included. An end that is not known is the zero Date: with
// no From it happened by To, with no To it has not happened before From.
type Span struct {
	From regime.Date `json:"from"`
	To   regime.Date `json:"to"`
}

// String is "2024-09-06", "2022-10-08 to 2023-11-17", "by 2020-06-29", "not before 2026-07-24" or "unknown".
func (s Span) String() string {
	switch {
	case s == Span{}:
		return "unknown"
	case s.From.IsZero():
		return "by " + s.To.String()
	case s.To.IsZero():
		return "not before " + s.From.String()
	case s.From == s.To:
		return s.To.String()
	}
	return s.From.String() + " to " + s.To.String()
}

// after begins on the day after the first day that d can be.
func after(d regime.Date) Span {
	f := d.First()
	t := time.Date(f.Year, time.Month(f.Month), f.Day+1, 0, 0, 0, 0, time.UTC)
	return Span{From: regime.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}}
}

// earliest is when the first of several things happened.
func earliest(spans []Span) Span {
	out := Span{}
	for i, s := range spans {
		if i == 0 || s.From.Before(out.From) {
			out.From = s.From
		}
		if out.To.IsZero() || !s.To.IsZero() && s.To.Before(out.To) {
			out.To = s.To
		}
	}
	return out
}

// latest is when the last of several things happened.
func latest(spans []Span) Span {
	out := Span{}
	for i, s := range spans {
		if out.From.Before(s.From) {
			out.From = s.From
		}
		if i == 0 || s.To.IsZero() || !out.To.IsZero() && out.To.Before(s.To) {
			out.To = s.To
		}
	}
	return out
}

// Days is a number of days between two bounds, both possible. It is negative for what came before.
type Days struct {
	Least, Most     int
	NoLeast, NoMost bool // there is no such bound; the number beside it means nothing
}

// daysBetween is the days from a to b.
func daysBetween(a, b Span) Days {
	d := Days{NoLeast: a.To.IsZero() || b.From.IsZero(), NoMost: a.From.IsZero() || b.To.IsZero()}
	if !d.NoLeast {
		d.Least = a.To.Days(b.From)
	}
	if !d.NoMost {
		d.Most = a.From.Days(b.To)
	}
	return d
}

// String is "38", "-12 to 40", "up to 40", "38 or more" or "unknown".
func (d Days) String() string {
	switch {
	case d.NoLeast && d.NoMost:
		return "unknown"
	case d.NoLeast:
		return fmt.Sprintf("up to %d", d.Most)
	case d.NoMost:
		return fmt.Sprintf("%d or more", d.Least)
	case d.Least == d.Most:
		return fmt.Sprint(d.Least)
	}
	return fmt.Sprintf("%d to %d", d.Least, d.Most)
}

// MarshalJSON writes {"least": 3, "most": null} where there is no upper bound.
func (d Days) MarshalJSON() ([]byte, error) {
	var out struct {
		Least *int `json:"least"`
		Most  *int `json:"most"`
	}
	if !d.NoLeast {
		out.Least = &d.Least
	}
	if !d.NoMost {
		out.Most = &d.Most
	}
	return json.Marshal(out)
}

// Within counts of some lags those that are known to be at most so many days, and those that may be. What is not yet
// adopted may be from its lower bound on.
func Within(lags []Days, days int) (known, possible int) {
	for _, l := range lags {
		if !l.NoMost && l.Most <= days {
			known++
		}
		if l.NoLeast || l.Least <= days {
			possible++
		}
	}
	return known, possible
}

// Quantile bounds the least number of days within which the part k/n of the lags is adopted, k and n positive: it lies between
// that part in order of the lower bounds and the same in order of the upper ones. Of no lags nothing is known.
func Quantile(lags []Days, k, n int) Days {
	rank := 0
	if k > 0 && n > 0 {
		rank = (len(lags)*k + n - 1) / n
	}
	if rank < 1 || rank > len(lags) {
		return Days{NoLeast: true, NoMost: true}
	}
	var least, most []int
	open := 0
	for _, l := range lags {
		if l.NoLeast {
			open++
		} else {
			least = append(least, l.Least)
		}
		if !l.NoMost {
			most = append(most, l.Most)
		}
	}
	slices.Sort(least)
	slices.Sort(most)
	out := Days{NoLeast: rank <= open, NoMost: rank > len(most)}
	if !out.NoLeast {
		out.Least = least[rank-open-1]
	}
	if !out.NoMost {
		out.Most = most[rank-1]
	}
	return out
}
