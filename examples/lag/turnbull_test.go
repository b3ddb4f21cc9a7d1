package main

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/openconcord/concord/diff"
)

// Where lags are exact or only bounded from below, the shares are those of Kaplan and Meier, here in exact fractions.
func TestTurnbullIsKaplanMeier(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		var lags []diff.Days
		for range 2 + r.IntN(8) {
			d := r.IntN(6)
			lags = append(lags, diff.Days{Least: d, Most: d, NoMost: r.IntN(3) == 0})
		}
		survival := big.NewRat(1, 1)
		got := turnbull(lags)
		for d := range 6 {
			events, atRisk := int64(0), int64(0)
			for _, l := range lags {
				if l.Least > d || l.Least == d && !l.NoMost { // d or more may be d
					atRisk++
				}
				if l.Least == d && !l.NoMost {
					events++
				}
			}
			if events == 0 {
				continue
			}
			before, _ := survival.Float64()
			survival.Mul(survival, big.NewRat(atRisk-events, atRisk))
			after, _ := survival.Float64()
			share := 0.0
			for _, s := range got {
				if s.Days == (diff.Days{Least: d, Most: d}) {
					share = s.share
				}
			}
			if math.Abs(share-(before-after)) > 1e-6 {
				t.Fatalf("%v: share on day %d is %v, want %v", lags, d, share, before-after)
			}
		}
	}
}

func TestTurnbull(t *testing.T) {
	for _, tt := range []struct {
		why  string
		lags []diff.Days
		want map[string]string // bounds to share
	}{
		{"nothing", nil, map[string]string{}},
		{"two intervals that meet: all where they do", []diff.Days{{Least: 0, Most: 10}, {Least: 5, Most: 20}}, map[string]string{"5 to 10": "1.0000"}},
		{"two that do not", []diff.Days{{Least: 0, Most: 3}, {Least: 5, Most: 20}}, map[string]string{"0 to 3": "0.5000", "5 to 20": "0.5000"}},
		{"before and not yet", []diff.Days{{NoLeast: true, Most: -3}, {Least: 5, NoMost: true}}, map[string]string{"up to -3": "0.5000", "5 or more": "0.5000"}},
	} {
		got := turnbull(tt.lags)
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v", tt.why, got)
		}
		for _, s := range got {
			if tt.want[s.Days.String()] != s.Share {
				t.Errorf("%s: %v has %s, want %s", tt.why, s.Days, s.Share, tt.want[s.Days.String()])
			}
		}
	}
}
