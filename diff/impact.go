package diff

import (
	"cmp"
	"slices"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An ItemChange is an item that two editions treat otherwise: another verdict, or by other paragraphs.
type ItemChange struct {
	Item string          `json:"item"` // its id
	Old  classify.Result `json:"old"`
	New  classify.Result `json:"new"`
}

// Impact is the items that list new of c treats otherwise than list old, in their order. It classifies each item once.
func Impact(c *regime.Compiled, old, new int, items []scope.Item) []ItemChange {
	out := []ItemChange{}
	if min(old, new) < 0 || max(old, new) >= len(c.Lists) {
		return out
	}
	for i := range items {
		r := classify.Item(c, &items[i])
		a, b := r[old], r[new]
		if a.Verdict != b.Verdict || !slices.Equal(a.Paragraphs, b.Paragraphs) {
			out = append(out, ItemChange{cmp.Or(items[i].ID, Describe(items[i])), a, b})
		}
	}
	return out
}
