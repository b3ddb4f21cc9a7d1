package regime

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// A Date is a civil date of law, without time of day or zone. Day 0 is a day that is not known within
// the month, Month 0 a month that is not known within the year; the zero Date is not known at all.
type Date struct{ Year, Month, Day int }

// ParseDate reads "2026-07-23", "2022-06" or "2022".
func ParseDate(s string) (Date, error) {
	var d Date
	bad := fmt.Errorf("%q is not a date; write \"2026-07-23\", or \"2022-06\" or \"2022\" where the day or month is not known", s)
	for _, f := range []struct {
		to        *int
		from, end int
	}{{&d.Year, 0, 4}, {&d.Month, 5, 7}, {&d.Day, 8, 10}} {
		if len(s) == f.from-1 {
			break
		}
		if len(s) < f.end || f.from > 0 && s[f.from-1] != '-' {
			return Date{}, bad
		}
		n, err := strconv.ParseUint(s[f.from:f.end], 10, 16)
		if err != nil || n == 0 {
			return Date{}, bad
		}
		*f.to = int(n)
	}
	if len(s) > 10 || d.Month > 12 || d.Day > 0 && d.time().Day() != d.Day {
		return Date{}, bad
	}
	return d, nil
}

// String is the form that [ParseDate] reads; "" for the zero Date.
func (d Date) String() string {
	switch {
	case d == Date{}:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether nothing is known of d.
func (d Date) IsZero() bool { return d == Date{} }

// Exact reports whether d is known to the day.
func (d Date) Exact() bool { return d.Day != 0 }

// Compare orders dates by the first day that each can be, and the less exact first: "2022" < "2022-01" < "2022-01-01".
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d.Compare(e) < 0.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// First is the first day that d can be; the zero Date for the zero Date.
func (d Date) First() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last is the last day that d can be; the zero Date for the zero Date.
func (d Date) Last() Date {
	switch {
	case d.IsZero() || d.Day != 0:
		return d
	case d.Month == 0:
		return Date{d.Year, 12, 31}
	}
	return Date{d.Year, d.Month, Date{d.Year, d.Month + 1, 0}.time().Day()}
}

// Days is the number of days from the first day of d to the first day of e.
func (d Date) Days(e Date) int {
	return int((e.First().time().Unix() - d.First().time().Unix()) / 86400)
}

// MarshalText makes the wire form the form that [ParseDate] reads.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads; nothing is the zero Date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d = Date{}
	if len(b) > 0 {
		*d, err = ParseDate(string(b))
	}
	return err
}

func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}
