package regime_test

import (
	"testing"

	"github.com/openconcord/concord/regime"
)

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-07-23", "2022-06", "2022", "2024-02-29", "0001-01-01"} {
		d, err := regime.ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("%q reads as %v, %v", s, d, err)
		}
		var e regime.Date
		if b, err := d.MarshalText(); err != nil || e.UnmarshalText(b) != nil || e != d {
			t.Errorf("%q does not survive its text", s)
		}
	}
	for _, s := range []string{"", "26", "2026-", "2026-7", "2026-07-", "2026-13", "2026-00", "2026-02-29", "2026-07-23T00", "2026/07/23", "+026", "20 6", "2026-07-00", "year"} {
		if d, err := regime.ParseDate(s); err == nil {
			t.Errorf("%q reads as %v", s, d)
		}
	}
}

func TestDate(t *testing.T) {
	year, month, day := date(t, "2024"), date(t, "2024-02"), date(t, "2024-02-01")
	if !year.Before(month) || !month.Before(day) || day.Before(day) || !day.Before(date(t, "2024-02-02")) {
		t.Error("order is not by first day, the less exact first")
	}
	for _, tt := range []struct {
		d           regime.Date
		first, last string
	}{{year, "2024-01-01", "2024-12-31"}, {month, "2024-02-01", "2024-02-29"}, {day, "2024-02-01", "2024-02-01"}} {
		if tt.d.First().String() != tt.first || tt.d.Last().String() != tt.last {
			t.Errorf("%v is from %v to %v", tt.d, tt.d.First(), tt.d.Last())
		}
	}
	if !(regime.Date{}).IsZero() || !(regime.Date{}).First().IsZero() || !(regime.Date{}).Last().IsZero() || (regime.Date{}).String() != "" {
		t.Error("the zero Date is not unknown")
	}
	if n := month.Days(date(t, "2025-02")); n != 366 {
		t.Errorf("%d days, want 366", n)
	}
	if n := date(t, "2026-01-02").Days(date(t, "2026-01-01")); n != -1 {
		t.Errorf("%d days, want -1", n)
	}
	if year.Exact() || !day.Exact() {
		t.Error("exactness is wrong")
	}
}
