package scope

import (
	"fmt"
	"math/rand"
	"testing"
)

// list is a toy control list: n paragraphs on chips and machines with two or three thresholds each, some with a
// condition on a part, some with an exception. The same seed draws the same list.
func list(n int, seed int64) Any {
	r := random{rand.New(rand.NewSource(seed))}
	var out Any
	for range n {
		threshold := func() string { return fmt.Sprintf("> %d", 1+r.Intn(50)) }
		p := All{kind(r.pick("chip", "converter", "machine")), is("a", threshold()), is(r.pick("b", "always"), threshold())}
		switch r.Intn(4) {
		case 0:
			p = append(p, some("point", All{is("f", threshold()+" GHz"), is("p", threshold()+" W")}))
		case 1:
			p = append(p, Not{All{is("flag", "true"), is("n", threshold())}})
		}
		out = append(out, p)
	}
	return out
}

var sizes = []int{10, 100}

func BenchmarkCompile(b *testing.B) {
	v := toyVocabulary(b)
	for _, n := range sizes {
		c := list(n, 1)
		b.Run(fmt.Sprintf("paragraphs=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustCompile(b, NewSpace(v), c)
			}
		})
	}
}

// BenchmarkCompare is of lists that a Space has compiled and not compared yet.
func BenchmarkCompare(b *testing.B) {
	v := toyVocabulary(b)
	for _, n := range sizes {
		b.Run(fmt.Sprintf("paragraphs=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s := NewSpace(v)
				x, y := mustCompile(b, s, list(n, 1)), mustCompile(b, s, list(n, 2))
				b.StartTimer()
				x.Compare(y)
			}
		})
	}
}

func BenchmarkEvaluate(b *testing.B) {
	v := toyVocabulary(b)
	complete := stated(b, v, "chip", "a=20", "b=20", "always=20", "flag=false", "n=3")
	complete.NoOtherParts = true
	partial := stated(b, v, "chip", "b=20", "flag=false")
	for _, n := range sizes {
		x := mustCompile(b, NewSpace(v), list(n, 1))
		for _, it := range []struct {
			name string
			item *Item
		}{{"complete", complete}, {"partial", partial}} {
			b.Run(fmt.Sprintf("paragraphs=%d/item=%s", n, it.name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x.Evaluate(it.item)
				}
			})
		}
	}
}

func BenchmarkPartition(b *testing.B) {
	v := toyVocabulary(b)
	for _, n := range sizes {
		b.Run(fmt.Sprintf("lists=4/paragraphs=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				s := NewSpace(v)
				scopes := make([]Scope, 4)
				for i := range scopes {
					scopes[i] = mustCompile(b, s, list(n, int64(i)))
				}
				b.StartTimer()
				s.Join(scopes).Partition()
			}
		})
	}
}

// TestEvaluateDoesNotAllocate: nor does a Joint, after the first item of a kind.
func TestEvaluateDoesNotAllocate(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	x, y := mustCompile(t, s, list(20, 1)), mustCompile(t, s, list(20, 2))
	it := stated(t, v, "chip", "a=20", "b=20", "always=20", "flag=false", "n=3")
	it.Parts = []ItemPart{{Type: "point", Item: *stated(t, v, "", "f=20 GHz", "p=20 W")}}
	if n := testing.AllocsPerRun(100, func() { x.Evaluate(it) }); n != 0 {
		t.Errorf("Evaluate allocates %v times", n)
	}
	it.ForKnown = true // a Joint asks what the item is for
	j := s.Join([]Scope{x, y})
	members, ok := j.Evaluate(it)
	want := uint64(0)
	for i, z := range []Scope{x, y} {
		if z.Evaluate(it) == True {
			want |= 1 << i
		}
	}
	if !ok || members != want {
		t.Errorf("the joint says %b, %v; the scopes say %b", members, ok, want)
	}
	if n := testing.AllocsPerRun(100, func() { j.Evaluate(it) }); n != 0 {
		t.Errorf("Joint.Evaluate allocates %v times", n)
	}
}
