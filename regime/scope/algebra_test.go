package scope

import (
	"math/rand"
	"testing"
)

func mustCompile(t testing.TB, s *Space, c Criterion) Scope {
	t.Helper()
	x, err := s.Compile(c)
	if err != nil {
		t.Fatalf("compile %v: %v", c, err)
	}
	return x
}

// TestEvaluateIsTheDirectReading: on complete items the diagram decides as a direct reading of the criterion.
func TestEvaluateIsTheDirectReading(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(1))}
	for range 300 {
		s := NewSpace(v)
		c := r.criterion(3)
		x := mustCompile(t, s, c)
		for range 40 {
			it := r.item(2)
			want := False
			if naive(v, c, &it, "") {
				want = True
			}
			if got := x.Evaluate(&it); got != want {
				t.Fatalf("criterion %#v\nscope %v\nitem %+v\ngot %v, want %v", c, x, it, got, want)
			}
		}
	}
}

// TestRelationsAgainstWitnesses: what Compare and Empty decide is borne out by items: a claimed difference has a
// witness that lies on the claimed side by the direct reading, and where none is claimed no sampled item lies there.
func TestRelationsAgainstWitnesses(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(2))}
	relations := map[Relation]int{}
	for range 400 {
		s := NewSpace(v)
		ca, cb := r.criterion(2), r.criterion(2)
		if r.Intn(3) == 0 {
			cb = Any{ca, cb}
		}
		a, b := mustCompile(t, s, ca), mustCompile(t, s, cb)
		rel, _ := a.Compare(b)
		relations[rel]++
		sides := []struct {
			name    string
			x       Scope
			inA     bool
			inB     bool
			present bool
		}{
			{"a minus b", a.Minus(b), true, false, rel == SupersetOf || rel == IntersectsWith},
			{"b minus a", b.Minus(a), false, true, rel == SubsetOf || rel == IntersectsWith},
		}
		for _, side := range sides {
			w, ok := side.x.Witness()
			if side.present && !ok || rel == EqualTo && ok {
				t.Fatalf("%v: %s: witness %v\na %v\nb %v", rel, side.name, ok, a, b)
			}
			if !ok {
				continue
			}
			if a.Evaluate(&w) != truth(side.inA) || b.Evaluate(&w) != truth(side.inB) {
				t.Fatalf("%s: witness %+v is in a: %v, in b: %v\na %v\nb %v", side.name, w, a.Evaluate(&w), b.Evaluate(&w), a, b)
			}
		}
		for range 200 {
			it := r.item(1)
			inA, inB := naive(v, ca, &it, ""), naive(v, cb, &it, "")
			bad := inA && !inB && (rel == SubsetOf || rel == EqualTo) || inB && !inA && (rel == SupersetOf || rel == EqualTo) ||
				inA && inB && rel == NoRelationship
			if bad {
				t.Fatalf("%v but item %+v is in a: %v, in b: %v\na %v\nb %v", rel, it, inA, inB, a, b)
			}
		}
	}
	for _, want := range []Relation{EqualTo, SubsetOf, SupersetOf, IntersectsWith, NoRelationship} {
		if relations[want] == 0 {
			t.Errorf("no random pair was %s: the test does not reach it (%v)", want, relations)
		}
	}
}

func truth(b bool) Truth {
	if b {
		return True
	}
	return False
}

// TestBruteForceEmptiness: over every combination of grid values of three numbers, a scope without witness is empty and
// a scope with one is not.
func TestBruteForceEmptiness(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(3))}
	var values []Value
	for _, g := range grid {
		n, _ := ParseNumber(g)
		values = append(values, Value{Number: n})
	}
	values = append(values, Value{None: true})
	numeric := func() Criterion {
		return When{Attribute: r.pick("a", "b", "temperature"), Constraint: r.pick(">", ">=", "<", "<=") + " " + r.pick("1", "2")}
	}
	fix := func(c Criterion) Criterion { // temperature needs a unit
		w := c.(When)
		if w.Attribute == "temperature" {
			w.Constraint += " K"
		}
		return w
	}
	empty := 0
	for range 500 {
		s := NewSpace(v)
		var c Criterion = All{}
		for range 2 + r.Intn(4) {
			clause := Any{}
			for range 1 + r.Intn(2) {
				x := fix(numeric())
				if r.Intn(3) == 0 {
					x = Not{x}
				}
				clause = append(clause, x)
			}
			c = All{c, clause}
		}
		x := mustCompile(t, s, All{OfKind{Kinds: []string{"machine"}}, c})
		found := false
		for _, a := range values {
			for _, b := range values {
				for _, tmp := range values {
					it := Item{Kinds: []string{"machine"}, Attributes: map[string]Value{"a": a, "b": b, "temperature": tmp}}
					found = found || naive(v, c, &it, "")
				}
			}
		}
		if x.Empty() == found {
			t.Fatalf("%#v: empty %v, but brute force found an item: %v", c, x.Empty(), found)
		}
		if !found {
			empty++
		}
	}
	if empty == 0 {
		t.Error("no random criterion was empty: the test does not reach it")
	}
}

func TestAlgebraLaws(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(4))}
	for range 200 {
		s := NewSpace(v)
		a, b, c := mustCompile(t, s, r.criterion(2)), mustCompile(t, s, r.criterion(2)), mustCompile(t, s, r.criterion(2))
		laws := []struct {
			name string
			x, y Scope
		}{
			{"union commutes", a.Union(b), b.Union(a)},
			{"intersection commutes", a.Intersect(b), b.Intersect(a)},
			{"union associates", a.Union(b).Union(c), a.Union(b.Union(c))},
			{"intersection distributes", a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c))},
			{"De Morgan", a.Union(b).Complement(), a.Complement().Intersect(b.Complement())},
			{"double complement", a.Complement().Complement(), a},
			{"difference is intersection with complement", a.Minus(b), a.Intersect(b.Complement())},
			{"absorption", a.Union(a.Intersect(b)), a},
			{"excluded middle", a.Union(a.Complement()), s.Everything()},
			{"contradiction", a.Intersect(a.Complement()), s.Nothing()},
		}
		for _, l := range laws {
			if l.x != l.y {
				t.Fatalf("%s: %v is not %v", l.name, l.x, l.y)
			}
		}
	}
}

// TestFillingUnknowns: leaving values out of a complete item may make a verdict undetermined, and never another one; and
// an undetermined verdict really has possible items on both sides.
func TestFillingUnknowns(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(5))}
	seen := map[Truth]int{}
	for range 300 {
		s := NewSpace(v)
		c := r.criterion(3)
		x := mustCompile(t, s, c)
		for range 10 {
			full := r.item(1)
			part := full
			part.Attributes = map[string]Value{}
			for id, val := range full.Attributes {
				if r.Intn(2) == 0 {
					part.Attributes[id] = val
				}
			}
			if r.Intn(3) == 0 {
				part.NoOtherParts, part.Parts = false, nil
			}
			if r.Intn(3) == 0 {
				part.ForKnown, part.For = false, nil
			}
			got, want := x.Evaluate(&part), x.Evaluate(&full)
			seen[got]++
			if got != Undetermined && got != want {
				t.Fatalf("criterion %#v\npartial item is %v, filled in it is %v\n%+v\n%+v", c, got, want, part, full)
			}
			if got == Undetermined {
				checkMissing(t, x, &part)
			}
		}
	}
	if seen[Undetermined] == 0 || seen[True] == 0 || seen[False] == 0 {
		t.Errorf("verdicts reached: %v; want all three", seen)
	}
}

// TestEvaluateAgreesWithAlgebra: an item of which some values are stated is decided as the set of all items that agree
// with it is.
func TestEvaluateAgreesWithAlgebra(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(11))}
	seen := map[Truth]int{}
	for range 400 {
		s := NewSpace(v)
		c := r.criterion(2)
		x := mustCompile(t, s, c)
		for range 8 {
			it := r.item(0)
			it.NoOtherParts, it.Parts, it.ForKnown = false, nil, false
			for id := range it.Attributes {
				if r.Intn(2) == 0 {
					delete(it.Attributes, id)
				}
			}
			if r.Intn(4) == 0 {
				it.Kinds = nil
			}
			agree := Scope{s, s.region(&it)}
			if agree.Empty() {
				continue // tpp, area and density are drawn apart
			}
			want := Undetermined
			switch in, out := !agree.Disjoint(x), !agree.SubsetOf(x); {
			case in && !out:
				want = True
			case out && !in:
				want = False
			}
			got := x.Evaluate(&it)
			seen[got]++
			if got != want {
				t.Fatalf("evaluates to %v, but the items that agree say %v\n%#v\n%+v\n%v", got, want, c, it, agree)
			}
		}
	}
	if seen[Undetermined] == 0 || seen[True] == 0 || seen[False] == 0 {
		t.Errorf("verdicts reached: %v; want all three", seen)
	}
}

// checkMissing: no named set contains another, and none is empty.
func checkMissing(t *testing.T, x Scope, it *Item) {
	t.Helper()
	sets := x.Missing(it)
	for i, a := range sets {
		if len(a) == 0 {
			t.Fatalf("empty missing set for undetermined %+v", it)
		}
		for j, b := range sets {
			if i != j && subset(a, b) {
				t.Fatalf("missing set %v contains %v", b, a)
			}
		}
	}
}

func subset(a, b []string) bool {
	in := map[string]bool{}
	for _, x := range b {
		in[x] = true
	}
	for _, x := range a {
		if !in[x] {
			return false
		}
	}
	return true
}

// TestPartition: the cells are disjoint, their union is the union of the scopes, each witness has exactly the signature
// of its cell, and the order of the scopes changes nothing but the numbering.
func TestPartition(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(6))}
	for range 60 {
		s := NewSpace(v)
		scopes := make([]Scope, 4)
		union := s.Nothing()
		for i := range scopes {
			scopes[i] = mustCompile(t, s, r.criterion(2))
			union = union.Union(scopes[i])
		}
		cells := s.Join(scopes).Partition()
		all := s.Nothing()
		for i, c := range cells {
			for _, d := range cells[:i] {
				if !c.Scope.Disjoint(d.Scope) {
					t.Fatalf("cells %v %v and %v %v overlap", c.Kinds, c.Members, d.Kinds, d.Members)
				}
			}
			all = all.Union(c.Scope)
			w, ok := c.Scope.Witness()
			if !ok {
				t.Fatalf("cell %v %v has no witness: %v", c.Kinds, c.Members, c.Scope)
			}
			in := map[int]bool{}
			for _, m := range c.Members {
				in[m] = true
			}
			for j, x := range scopes {
				if got := x.Evaluate(&w); got != truth(in[j]) {
					t.Fatalf("witness %+v of cell %v %v is in scope %d: %v", w, c.Kinds, c.Members, j, got)
				}
			}
		}
		// Items of one kind that are for nothing, or directly for things of one kind.
		single := s.Nothing()
		for _, k := range v.Kinds {
			of, _ := s.Everything().OfKinds(k.ID)
			single = single.Union(of)
		}
		direct := single.Intersect(Scope{s, s.and(s.isNone(s.functionVar(2)), s.or(s.isNone(s.functionVar(1)), s.lift(single.r)))})
		if !all.SubsetOf(union) || !union.Intersect(direct).SubsetOf(all) {
			w, _ := union.Intersect(direct).Minus(all).Witness()
			over, _ := all.Minus(union).Witness()
			t.Fatalf("cells leave out %+v, or have %+v besides", w, over)
		}
		reversed := s.Join([]Scope{scopes[3], scopes[2], scopes[1], scopes[0]}).Partition()
		if len(reversed) != len(cells) {
			t.Fatalf("%d cells in one order, %d in the other", len(cells), len(reversed))
		}
		for _, c := range cells {
			same := false
			for _, d := range reversed {
				same = same || c.Scope == d.Scope
			}
			if !same {
				t.Fatalf("cell %v %v is not there in the other order", c.Kinds, c.Members)
			}
		}
	}
}

// TestConditionsSayTheScope: what Conditions prints covers every witness and is not empty.
func TestConditionsSayTheScope(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(8))}
	for range 200 {
		s := NewSpace(v)
		x := mustCompile(t, s, r.criterion(2))
		cs, _ := x.Conditions(6)
		if (len(cs) == 0) != x.Empty() {
			t.Fatalf("%d conjunctions for a scope that is empty: %v", len(cs), x.Empty())
		}
	}
}

// TestDerivedWitnesses: no witness contradicts a formula, however closely the criteria bound a derived attribute and its
// bases, and around any possible item there is one.
func TestDerivedWitnesses(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(9))}
	tenth := parse(t, "0.1")
	for range 1000 {
		tpp, area := Int(int64(1+r.Intn(40))).Mul(tenth), parse(t, r.pick("0.1", "0.5", "0.8", "1", "1.6", "4"))
		c := All{kind("chip")}
		for _, x := range []struct {
			id string
			n  Number
		}{{"tpp", tpp}, {"area", area}, {"density", tpp.Div(area)}} {
			lo, hi := r.pick("> ", ">= ")+x.n.Mul(parse(t, r.pick("0", "0.5", "0.99"))).String(), r.pick("< ", "<= ")+x.n.Mul(parse(t, r.pick("1.01", "1.5", "20"))).String()
			c = append(c, is(x.id, r.pick(lo, hi, lo+", "+hi)))
		}
		x := mustCompile(t, NewSpace(v), c)
		w, ok := x.Witness()
		if !ok {
			t.Fatalf("no witness, but tpp %v over area %v is one: %v", tpp, area, x)
		}
		got := w.Attributes["tpp"].Number.Div(w.Attributes["area"].Number)
		if got.Cmp(w.Attributes["density"].Number) != 0 || !naive(v, c, &w, "") {
			t.Fatalf("witness %+v is impossible or not in %v", w.Attributes, x)
		}
	}
}

// TestBruteForceParts: part conditions that overlap and count are decided together as counting the parts of each kind does.
func TestBruteForceParts(t *testing.T) {
	v := toyVocabulary(t)
	r := random{rand.New(rand.NewSource(10))}
	atoms := []string{"none", "< 1 Hz", "= 1 Hz", "> 1 Hz"} // every f is of one of these
	const most = 8                                          // parts of an atom: four conditions of at most two each
	empty := 0
	for range 400 {
		type condition struct {
			region  [4]bool
			atLeast int
			every   bool
			not     bool
		}
		var conditions []condition
		var c All
		for range 2 + r.Intn(3) {
			x := condition{atLeast: 1 + r.Intn(2), every: r.Intn(4) == 0, not: r.Intn(2) == 0}
			where := Any{}
			for i, a := range atoms {
				if r.Intn(2) == 0 {
					x.region[i] = true
					where = append(where, is("f", a))
				}
			}
			var p Criterion = atLeast(x.atLeast, "point", where)
			if x.every {
				p = every("point", where)
			}
			if x.not {
				p = Not{p}
			}
			conditions, c = append(conditions, x), append(c, p)
		}
		holds := func(counts [4]int) bool {
			for _, x := range conditions {
				in, out := 0, 0
				for i, n := range counts {
					if x.region[i] {
						in += n
					} else {
						out += n
					}
				}
				ok := in >= x.atLeast
				if x.every {
					ok = in > 0 && out == 0
				}
				if ok == x.not {
					return false
				}
			}
			return true
		}
		found := false
		for n := range (most + 1) * (most + 1) * (most + 1) * (most + 1) {
			counts := [4]int{n % (most + 1), n / (most + 1) % (most + 1), n / (most + 1) / (most + 1) % (most + 1), n / (most + 1) / (most + 1) / (most + 1)}
			if found = holds(counts); found {
				break
			}
		}
		x := mustCompile(t, NewSpace(v), c)
		if x.Empty() == found {
			t.Fatalf("empty %v, but counting finds an item: %v\n%+v", x.Empty(), found, conditions)
		}
		if w, ok := x.Witness(); ok && !naive(v, c, &w, "") {
			t.Fatalf("witness %+v does not satisfy %+v", w, conditions)
		}
		if !found {
			empty++
		}
	}
	if empty == 0 {
		t.Error("no random criterion was empty: the test does not reach it")
	}
}
