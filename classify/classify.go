package classify

import (
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Verdict is what one list does to one item.
type Verdict string

const (
	Controlled    Verdict = "controlled"
	NotControlled Verdict = "not-controlled"
	Undetermined  Verdict = "undetermined" // what is stated does not decide
	NotEncoded    Verdict = "not-encoded"  // the edition does not cover things of this kind
)

// A Result is the verdict of one list on one item, and what it rests on.
type Result struct {
	List    string  `json:"list"`
	Edition string  `json:"edition"` // its date
	Verdict Verdict `json:"verdict"`

	// Paragraphs are the codes of the paragraphs that catch the item, the most specific of each branch, in the
	// order of review, see [Catching]; of an undetermined verdict, those that may.
	Paragraphs []string `json:"paragraphs"`

	// Missing are the smallest sets of properties of which some values would decide, see [scope.Scope.Missing].
	Missing [][]string `json:"missing"`

	// Residue are the ids of what the law says beyond the criteria, where the verdict hangs on it.
	Residue []string `json:"residue"`

	Together bool `json:"together,omitempty"` // caught by one or other of Paragraphs, and what is stated does not say by which
	Presumed bool `json:"presumed,omitempty"` // caught because the list presumes so of what is undetermined
}

// Item classifies an item under every list of c, in the order of its lists. Where lists differ by destination and c was
// compiled with AnyDestination, the answer is for some destination; else it is for the item's, and undetermined where
// it has none and that matters.
func Item(c *regime.Compiled, it *scope.Item) []Result {
	members, whole := c.Joint.Evaluate(it)
	out := make([]Result, len(c.Lists))
	for i := range c.Lists {
		l := &c.Lists[i]
		out[i] = result(c, l, it, truth(l, it, members>>i&1 == 1, whole))
	}
	return out
}

// truth is whether l catches the item: in, where the joint diagram could tell.
func truth(l *regime.CompiledList, it *scope.Item, in, told bool) scope.Truth {
	switch {
	case !told:
		return l.Whole.Evaluate(it)
	case in:
		return scope.True
	}
	return scope.False
}

// Verdicts is the verdicts of [Item] alone, written to dst, which it returns grown to the number of lists. Where the
// item states all that matters and dst is long enough, it does not allocate.
func Verdicts(c *regime.Compiled, it *scope.Item, dst []Verdict) []Verdict {
	dst = dst[:0]
	members, whole := c.Joint.Evaluate(it)
	known := c.Knowing(it)
	for i := range c.Lists {
		l := &c.Lists[i]
		dst = append(dst, verdict(c, l, it, truth(l, it, members>>i&1 == 1, whole), known>>i&1 == 1))
	}
	return dst
}

func verdict(c *regime.Compiled, l *regime.CompiledList, it *scope.Item, t scope.Truth, known bool) Verdict {
	switch t {
	case scope.True:
		return Controlled
	case scope.Undetermined:
		if len(presumed(c, l, it)) > 0 {
			return Controlled
		}
		return Undetermined
	}
	if known {
		return NotControlled
	}
	return NotEncoded
}

func result(c *regime.Compiled, l *regime.CompiledList, it *scope.Item, t scope.Truth) Result {
	r := Result{
		List: l.Edition.List, Edition: l.Edition.Date().String(), Verdict: verdict(c, l, it, t, l.Knows(it)),
		Paragraphs: []string{}, Missing: [][]string{}, Residue: []string{},
	}
	switch t {
	case scope.True:
		r.Paragraphs = append(r.Paragraphs, Catching(l, it, scope.True)...)
		if len(r.Paragraphs) == 0 {
			r.Together, r.Paragraphs = true, append(r.Paragraphs, Catching(l, it, scope.Undetermined)...)
		}
	case scope.Undetermined:
		r.Paragraphs = append(r.Paragraphs, Catching(l, it, scope.Undetermined)...)
		if presumed := presumed(c, l, it); len(presumed) > 0 {
			r.Presumed, r.Paragraphs = true, presumed
			return r
		}
		r.Missing = append(r.Missing, l.Whole.Missing(it)...)
		if len(r.Missing) == 0 {
			r.Residue = append(r.Residue, residue(l, it)...)
		}
	}
	return r
}

// Catching lists the codes of l's paragraphs that give this answer for the item, each the most specific of its branch, in the
// order in which the list has them reviewed, see [regime.Edition.Review].
func Catching(l *regime.CompiledList, it *scope.Item, answer scope.Truth) []string {
	q := l.Whole.Query(it)
	defer q.Done()
	var found []int
	outside := -1           // a paragraph that does not catch the item, nor then those below it
	below := map[int]bool{} // something more specific gives the answer as well
	for _, i := range l.Concerning(it) {
		p := &l.Paragraphs[i]
		if outside >= 0 && p.Parent >= outside {
			continue
		}
		outside = -1
		switch t := q.Evaluate(p.Scope); {
		case t == answer:
			found = append(found, i)
			below[p.Parent] = true
		case t == scope.False:
			outside = i
		}
	}
	found = slices.DeleteFunc(found, func(i int) bool { return below[i] })
	order(l, it, found)
	codes := make([]string, len(found))
	for n, i := range found {
		codes[n] = l.Paragraphs[i].Code
	}
	return codes
}

// order sorts paragraphs by the list's order of review; then one of which it shows at once that it is contained in another, for
// things of the item's kinds, comes before that; then as the list has them.
func order(l *regime.CompiledList, it *scope.Item, found []int) {
	if len(found) < 2 {
		return
	}
	slices.SortStableFunc(found, func(a, b int) int {
		return l.Edition.ReviewRank(l.Paragraphs[a].Code) - l.Edition.ReviewRank(l.Paragraphs[b].Code)
	})
	within := func(p, q *regime.CompiledParagraph) bool {
		return p.Scope.About(it).Minus(q.Scope.About(it)) == l.Whole.Minus(l.Whole)
	}
	for i := 1; i < len(found); i++ {
		for j := i; j > 0; j-- {
			p, q := &l.Paragraphs[found[j-1]], &l.Paragraphs[found[j]]
			if l.Edition.ReviewRank(p.Code) != l.Edition.ReviewRank(q.Code) || !within(q, p) || within(p, q) {
				break
			}
			found[j-1], found[j] = found[j], found[j-1]
		}
	}
}

// presumed lists the undetermined paragraphs that the list presumes to catch the item.
func presumed(c *regime.Compiled, l *regime.CompiledList, it *scope.Item) []string {
	var codes []string
	for _, i := range l.Concerning(it) {
		p := &l.Paragraphs[i]
		if p.Presume == nil || p.Scope.Evaluate(it) != scope.Undetermined {
			continue
		}
		if holds(c, l, p, p.Presume.When, it) && !holds(c, l, p, p.Presume.Unless, it) {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// holds reports whether the item certainly satisfies a criterion that stands in p; none is satisfied by nothing.
func holds(c *regime.Compiled, l *regime.CompiledList, p *regime.CompiledParagraph, criterion scope.Criterion, it *scope.Item) bool {
	if criterion == nil {
		return false
	}
	criterion, err := c.Corpus.Resolve(l.Edition, p.Paragraph, criterion)
	if err != nil {
		return false
	}
	x, err := c.Space.Compile(criterion)
	return err == nil && x.Evaluate(it) == scope.True
}

// residue lists the residue of the paragraphs on which an undetermined verdict hangs.
func residue(l *regime.CompiledList, it *scope.Item) []string {
	ids := []string{}
	seen := map[string]bool{}
	for _, i := range l.Concerning(it) {
		if p := &l.Paragraphs[i]; p.Scope.Evaluate(it) == scope.Undetermined {
			for _, id := range p.Scope.Residues() {
				if !seen[id] {
					seen[id] = true
					ids = append(ids, id)
				}
			}
		}
	}
	return ids
}
