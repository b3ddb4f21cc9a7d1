package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/openconcord/concord/diff"
)

// A step of a curve: a share of the changes came into force within these days, and where between them the data do not say.
type step struct {
	Days  diff.Days `json:"days"`
	Share string    `json:"share"` // with four decimals
	Sum   string    `json:"sum"`   // of this and all earlier steps

	share float64
}

// turnbull is Turnbull's estimate of how lags are distributed of which only bounds are known (Journal of the Royal Statistical
// Society B 38, 1976): the shares, on the innermost of the intervals, that make the data most likely, found by self-consistency.
// Where each lag is exact or only bounded from below it is that of Kaplan and Meier.
func turnbull(lags []diff.Days) []step {
	type interval struct{ from, to int }
	var data []interval
	var starts, ends []int
	for _, l := range lags {
		x := interval{l.Least, l.Most}
		if l.NoLeast {
			x.from = math.MinInt
		}
		if l.NoMost {
			x.to = math.MaxInt
		}
		data = append(data, x)
		starts, ends = append(starts, x.from), append(ends, x.to)
	}
	slices.Sort(starts)
	slices.Sort(ends)
	starts = slices.Compact(starts)
	var inner []interval // from a start to the next end, with no other start between
	for i, s := range starts {
		n, _ := slices.BinarySearch(ends, s)
		if i+1 == len(starts) || ends[n] < starts[i+1] {
			inner = append(inner, interval{s, ends[n]})
		}
	}
	share := make([]float64, len(inner))
	for j := range share {
		share[j] = 1 / float64(len(inner))
	}
	for range 20000 {
		next := make([]float64, len(share))
		for _, x := range data {
			sum := 0.0
			for j, y := range inner {
				if x.from <= y.from && y.to <= x.to {
					sum += share[j]
				}
			}
			for j, y := range inner {
				if x.from <= y.from && y.to <= x.to {
					next[j] += share[j] / sum / float64(len(data))
				}
			}
		}
		moved := 0.0
		for j := range share {
			moved = max(moved, math.Abs(next[j]-share[j]))
		}
		share = next
		if moved < 1e-12 {
			break
		}
	}
	out := []step{}
	sum := 0.0
	for j, y := range inner {
		sum += share[j]
		if share[j] < 5e-5 {
			continue
		}
		d := diff.Days{Least: y.from, Most: y.to, NoLeast: y.from == math.MinInt, NoMost: y.to == math.MaxInt}
		out = append(out, step{d, fmt.Sprintf("%.4f", share[j]), fmt.Sprintf("%.4f", sum), share[j]})
	}
	return out
}
