package diff_test

import (
	"bytes"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// Together the regions are what the lists control of things of one kind, no more and no less.
func TestRegionsAreTheUnion(t *testing.T) {
	k := compiled(t, world)
	for _, kind := range diff.Goods(k.Space.Vocabulary()) {
		regions, err := diff.Partition(k, kind)
		if err != nil {
			t.Fatal(err)
		}
		parts, whole := k.Space.Nothing(), k.Space.Nothing()
		for _, r := range regions {
			parts = parts.Union(r.Scope)
		}
		for _, l := range k.Lists {
			whole = whole.Union(l.Whole)
		}
		whole, err = whole.OfKinds(kind)
		if err != nil {
			t.Fatal(err)
		}
		if !whole.Minus(parts).Certain().Empty() || !parts.Minus(whole).Certain().Empty() {
			t.Errorf("the regions of %s are not what lists control of it", kind)
		}
	}
}

// With one list more, every region lies in one region of those without it, or in none.
func TestAddingAListRefines(t *testing.T) {
	all := compiled(t, world)
	for skip := range all.View.Editions {
		fewer := all.View
		fewer.Editions = slices.Delete(slices.Clone(fewer.Editions), skip, skip+1)
		k, err := all.Corpus.Compile(fewer, regime.Options{AnyDestination: true})
		if err != nil {
			t.Fatal(err)
		}
		added := all.View.Editions[skip].List
		coarse := map[string]bool{}
		for _, r := range report(t, k).Regions {
			coarse[r.Name()+cmpKey(r.Signature)] = true
		}
		for _, r := range report(t, all).Regions {
			rest := slices.DeleteFunc(slices.Clone(r.Signature), func(l string) bool { return l == added })
			if len(rest) == 0 || len(r.For) > 0 {
				continue
			}
			if !coarse[r.Name()+cmpKey(rest)] {
				t.Errorf("without %s no region of %s has the signature %v", added, r.Name(), rest)
			}
			for i := range k.Lists {
				l := &k.Lists[i]
				if in := slices.Contains(rest, l.Edition.List); len(r.Residue) == 0 && in != (l.Whole.Evaluate(&r.Witness).String() == "true") {
					t.Errorf("%s says otherwise of the witness of %s %v", l.Edition.List, r.Name(), r.Signature)
				}
			}
		}
	}
}

func cmpKey(signature []string) string {
	out := ""
	for _, s := range signature {
		out += " " + s
	}
	return out
}

// However many threads there are, a report is the same bytes.
func TestThreads(t *testing.T) {
	old := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(old)
	var first bytes.Buffer
	for i, n := range []int{1, 4} {
		runtime.GOMAXPROCS(n)
		var out bytes.Buffer
		if err := diff.WriteJSON(&out, report(t, compiled(t, world))); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = out
		} else if d := cmp.Diff(first.String(), out.String()); d != "" {
			t.Errorf("%d threads (-1 +%d):\n%s", n, n, d)
		}
	}
}
