package diff

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

const legend = "= all that any list controls of the kind  ~ some of it  - none of it  . not encoded, or by another list of the issuer"

// alike is the kinds of which every list controls as much, with a mark of the legend for each list of the report.
type alike struct {
	kinds, marks []string
}

// matrix says how much every list controls of each kind, by certain regions; the kinds that most lists control come first.
func matrix(r *Report) []*alike {
	type row struct {
		kind    string
		regions int
		in, out map[string]int // regions that a list controls, and covers without controlling
	}
	rows := map[string]*row{}
	for i := range r.Regions {
		x := &r.Regions[i]
		if len(x.Residue) > 0 {
			continue
		}
		name := kindName(x.Kinds)
		if rows[name] == nil {
			rows[name] = &row{kind: name, in: map[string]int{}, out: map[string]int{}}
		}
		rows[name].regions++
		for _, l := range x.Signature {
			rows[name].in[l]++
		}
		for _, l := range x.Without {
			rows[name].out[l]++
		}
	}
	sorted := slices.SortedFunc(maps.Values(rows), func(x, y *row) int {
		return cmp.Or(len(y.in)-len(x.in), len(y.out)-len(x.out), strings.Compare(x.kind, y.kind))
	})
	var out []*alike
	for _, x := range sorted {
		var marks []string
		for _, l := range r.Lists {
			mark := "."
			switch {
			case x.in[l.List] == x.regions:
				mark = "="
			case x.in[l.List] > 0:
				mark = "~"
			case x.out[l.List] > 0:
				mark = "-"
			}
			marks = append(marks, mark)
		}
		if i := slices.IndexFunc(out, func(a *alike) bool { return slices.Equal(a.marks, marks) }); i >= 0 {
			out[i].kinds = append(out[i].kinds, x.kind)
			continue
		}
		out = append(out, &alike{[]string{x.kind}, marks})
	}
	return out
}
