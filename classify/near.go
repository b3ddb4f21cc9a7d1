package classify

import (
	"cmp"
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A NearMiss is a paragraph that one stated property keeps from catching the item.
type NearMiss struct {
	Code  string       `json:"code"`
	Title string       `json:"title,omitempty"`
	Flips []scope.Flip `json:"flips"` // each alone would do, or could
	Pos   scope.Pos    `json:"pos"`
}

// NearMisses lists the most specific paragraphs of l that one property of the item keeps out, in document order, and by
// how much. It costs tens of microseconds for each paragraph on such things.
func NearMisses(l *regime.CompiledList, it *scope.Item) []NearMiss {
	var out []NearMiss
	for _, i := range l.Concerning(it) {
		p := &l.Paragraphs[i]
		if !p.Leaf || p.Scope.Evaluate(it) != scope.False {
			continue
		}
		if flips := p.Scope.Flips(it); len(flips) > 0 {
			out = append(out, NearMiss{p.Code, p.Title, flips, p.Pos})
		}
	}
	return out
}

// Flips names the stated properties of which other values would change the verdict of l on the item.
func Flips(l *regime.CompiledList, it *scope.Item) []scope.Flip { return l.Whole.Flips(it) }

// A Question is a property that is not stated and bears on undetermined paragraphs.
type Question struct {
	Property string   `json:"property"`
	Settles  int      `json:"settles"` // how many paragraphs of all lists some answer to it alone would decide
	Bears    int      `json:"bears"`   // and of how many it is one of a smallest set of questions that would
	Lists    []string `json:"lists"`   // of these paragraphs
}

// Questions is what to ask about an item, the question that settles most first. It looks at every undetermined
// paragraph of every list, which takes milliseconds for an item of which little is known.
func Questions(c *regime.Compiled, it *scope.Item) []Question {
	found := map[string]*Question{}
	for i := range c.Lists {
		l := &c.Lists[i]
		for _, j := range l.Concerning(it) {
			p := &l.Paragraphs[j]
			if !p.Leaf || p.Scope.Evaluate(it) != scope.Undetermined {
				continue
			}
			bears := map[string]bool{}
			for _, set := range p.Scope.Missing(it) {
				for _, name := range set {
					q := found[name]
					if q == nil {
						q = &Question{Property: name}
						found[name] = q
					}
					if len(set) == 1 {
						q.Settles++
					}
					if !bears[name] {
						bears[name] = true
						q.Bears++
					}
					if !slices.Contains(q.Lists, l.Edition.List) {
						q.Lists = append(q.Lists, l.Edition.List)
					}
				}
			}
		}
	}
	out := make([]Question, 0, len(found))
	for _, q := range found {
		out = append(out, *q)
	}
	slices.SortFunc(out, func(a, b Question) int {
		return cmp.Or(b.Settles-a.Settles, b.Bears-a.Bears, cmp.Compare(a.Property, b.Property))
	})
	return out
}
