package diff_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func span(t testing.TB, from, to string) diff.Span {
	t.Helper()
	var s diff.Span
	if err := s.From.UnmarshalText([]byte(from)); err != nil {
		t.Fatal(err)
	}
	if err := s.To.UnmarshalText([]byte(to)); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSpan(t *testing.T) {
	for _, tt := range []struct {
		from, to, text string
		want           diff.Censoring
	}{
		{"2024-09-06", "2024-09-06", "2024-09-06", diff.Exact},
		{"2022-10-08", "2023-11-17", "2022-10-08 to 2023-11-17", diff.IntervalCensored},
		{"", "2020-06-29", "by 2020-06-29", diff.LeftCensored},
		{"2026-07-24", "", "not before 2026-07-24", diff.RightCensored},
		{"", "", "unknown", diff.Unobserved},
	} {
		s := span(t, tt.from, tt.to)
		if s.String() != tt.text || s.Censoring() != tt.want {
			t.Errorf("%s to %s is %q, %s; want %q, %s", tt.from, tt.to, s, s.Censoring(), tt.text, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, tt := range []struct {
		days diff.Days
		text string
		json string
	}{
		{diff.Days{Least: 38, Most: 38}, "38", `{"least":38,"most":38}`},
		{diff.Days{Least: -12, Most: 0}, "-12 to 0", `{"least":-12,"most":0}`},
		{diff.Days{NoLeast: true, Most: -1}, "up to -1", `{"least":null,"most":-1}`},
		{diff.Days{Least: 5, NoMost: true}, "5 or more", `{"least":5,"most":null}`},
		{diff.Days{NoLeast: true, NoMost: true}, "unknown", `{"least":null,"most":null}`},
	} {
		got, err := json.Marshal(tt.days)
		if tt.days.String() != tt.text || string(got) != tt.json || err != nil {
			t.Errorf("%#v is %q, %s, %v", tt.days, tt.days, got, err)
		}
	}
}

// Whatever the lags are within their bounds, the counts and quantiles of the true lags lie within those of the bounds, and both ends are
// reached.
func TestQuantileOracle(t *testing.T) {
	const lowest, highest = -2, 3 // stand for no bound
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		lags := make([]diff.Days, 1+r.IntN(4))
		for i := range lags {
			a := lowest + 1 + r.IntN(highest-lowest-1)
			b := a + r.IntN(highest-a)
			lags[i] = diff.Days{Least: a, Most: b, NoLeast: r.IntN(4) == 0, NoMost: r.IntN(4) == 0}
		}
		k, n := 1+r.IntN(4), 4
		rank := (len(lags)*k + n - 1) / n
		day := lowest + 1 + r.IntN(highest-lowest-1)
		least, most, few, many := highest, lowest, len(lags), 0
		var try func(i int, counts map[int]int)
		try = func(i int, counts map[int]int) {
			if i == len(lags) {
				sum, within := 0, 0
				quantile := highest
				for d := lowest; d <= highest; d++ {
					sum += counts[d]
					if d == day {
						within = sum
					}
					if sum >= rank {
						quantile = min(quantile, d)
					}
				}
				least, most, few, many = min(least, quantile), max(most, quantile), min(few, within), max(many, within)
				return
			}
			from, to := lags[i].Least, lags[i].Most
			if lags[i].NoLeast {
				from = lowest
			}
			if lags[i].NoMost {
				to = highest
			}
			for d := from; d <= to; d++ {
				counts[d]++
				try(i+1, counts)
				counts[d]--
			}
		}
		try(0, map[int]int{})
		got := diff.Quantile(lags, k, n)
		want := diff.Days{Least: least, Most: most, NoLeast: least == lowest, NoMost: most == highest}
		if got.String() != want.String() {
			t.Fatalf("%d/%d of %v is %v, want %v", k, n, lags, got, want)
		}
		if known, possible := diff.Within(lags, day); known != few || possible != many {
			t.Fatalf("within %d days are %d to %d of %v, want %d to %d", day, known, possible, lags, few, many)
		}
	}
	if got := diff.Quantile(nil, 1, 2); !got.NoLeast || !got.NoMost {
		t.Errorf("quantile of nothing is %v", got)
	}
	for _, k := range []int{0, -1, 3} {
		if got := diff.Quantile([]diff.Days{{}}, k, 2); !got.NoLeast || !got.NoMost {
			t.Errorf("quantile %d/2 is %v", k, got)
		}
	}
}

// day is the n-th day of 2020.
func day(n int) regime.Date {
	d := regime.Date{Year: 2020, Month: 1, Day: n}
	for _, length := range []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		if d.Day <= length {
			break
		}
		d.Month, d.Day = d.Month+1, d.Day-length
	}
	return d
}
