package scope

import (
	"cmp"
	"slices"
	"strings"
)

// close computes the ancestors of kind id; false where it is its own ancestor.
func (v *Vocabulary) close(id string, open map[string]bool) bool {
	if v.ancestors[id] != nil {
		return true
	}
	if open[id] {
		return false
	}
	open[id] = true
	all := []string{id}
	for _, b := range v.kinds[id].Broader {
		if !v.close(b, open) {
			return false
		}
		for _, x := range v.ancestors[b] {
			if !slices.Contains(all, x) {
				all = append(all, x)
			}
		}
	}
	delete(open, id)
	slices.Sort(all[1:])
	v.ancestors[id] = all
	return true
}

// enumerateKinds lists every set of most specific kinds that one thing can be of: single kinds, and pairs of kinds that
// are declared to overlap.
func (v *Vocabulary) enumerateKinds() {
	v.valueOf = map[string]int{}
	add := func(specific ...string) {
		slices.Sort(specific)
		key := strings.Join(specific, "+")
		if _, ok := v.valueOf[key]; ok {
			return
		}
		kv := kindValue{specific: slices.Clone(specific), all: map[string]bool{}}
		for _, k := range specific {
			for _, a := range v.ancestors[k] {
				kv.all[a] = true
			}
		}
		v.valueOf[key] = len(v.values)
		v.values = append(v.values, kv)
	}
	ids := make([]string, 0, len(v.Kinds))
	for _, k := range v.Kinds {
		ids = append(ids, k.ID)
	}
	slices.SortFunc(ids, func(a, b string) int { // broad kinds first: they make the simpler witnesses
		return cmp.Or(len(v.ancestors[a])-len(v.ancestors[b]), strings.Compare(a, b))
	})
	for _, id := range ids {
		add(id)
	}
	overlap := func(a, b string) bool {
		return slices.Contains(v.kinds[a].Overlaps, b) || slices.Contains(v.kinds[b].Overlaps, a)
	}
	for i, a := range ids {
		for j := i + 1; j < len(ids); j++ {
			if overlap(a, ids[j]) {
				add(a, ids[j])
			}
		}
	}
	v.within = map[string][]int{}
	for i := range v.values {
		for k := range v.values[i].all {
			v.within[k] = append(v.within[k], i)
		}
	}
	v.tabulate()
}

// among is the kinds and part types that are named, and the kind values that are of one of them.
type among struct {
	named []string
	kinds []bool
}

// tabulate notes for every attribute what can have it and what cannot lack it.
func (v *Vocabulary) tabulate() {
	table := func(named []string) among {
		out := among{named, make([]bool, len(v.values))}
		for i := range v.values {
			out.kinds[i] = slices.ContainsFunc(named, func(id string) bool { return v.values[i].all[id] })
		}
		return out
	}
	for i := range v.Attributes {
		v.can = append(v.can, table(v.Attributes[i].Of))
		v.always = append(v.always, table(v.Attributes[i].AlwaysFor))
		v.ofTransfer = append(v.ofTransfer, strings.HasPrefix(v.Attributes[i].ID, "transfer."))
	}
}

// kindOf is the value of the item's kinds; false where they are unknown.
func (v *Vocabulary) kindOf(it *Item) (int, bool) {
	if len(it.Kinds) == 1 {
		if i, ok := v.valueOf[it.Kinds[0]]; ok {
			return i, true
		}
	}
	if len(it.Kinds) == 0 {
		return 0, false
	}
	i, err := v.kindValue(it.Kinds)
	return i, err == nil
}
