package scope

import (
	"slices"
	"sync"
	"testing"
)

func TestZeroScope(t *testing.T) {
	var zero Scope
	if !zero.Empty() || !zero.Union(zero).Empty() || zero.Size() != 0 || zero.Attributes() != nil || zero.Residues() != nil ||
		zero.Evaluate(&Item{}) != False || zero.Missing(&Item{}) != nil || zero.CertainlyInhabited() || zero.String() != "nothing" ||
		zero.Grade(Constants{}, Constants{}) != NoDifference {
		t.Error("the zero Scope is not empty")
	}
	if w, ok := zero.Witness(); ok {
		t.Errorf("the zero Scope has the witness %+v", w)
	}
	s := NewSpace(toyVocabulary(t))
	x := mustCompile(t, s, kind("chip"))
	if x.Union(zero) != x || zero.Union(x) != x || !zero.Intersect(x).Empty() || x.Minus(zero) != x {
		t.Error("the zero Scope combines with a Space's as the empty scope does")
	}
}

func TestSpacesDoNotMix(t *testing.T) {
	v := toyVocabulary(t)
	a, b := mustCompile(t, NewSpace(v), kind("chip")), mustCompile(t, NewSpace(v), kind("chip"))
	for name, f := range map[string]func(){
		"Union": func() { a.Union(b) }, "Intersect": func() { a.Intersect(b) }, "Minus": func() { a.Minus(b) },
		"Compare": func() { a.Compare(b) }, "Space.Union": func() { a.s.Union(a, b) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s combines scopes of different Spaces", name)
				}
			}()
			f()
		}()
	}
}

func TestSpaceUnion(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	if s.Vocabulary() != v {
		t.Error("the Space has another vocabulary")
	}
	parts := []Scope{mustCompile(t, s, is("a", "< 1")), mustCompile(t, s, is("a", "= 1")), mustCompile(t, s, is("a", "> 1"))}
	if got, want := s.Union(parts...), mustCompile(t, s, is("a", "any")); got != want {
		t.Errorf("below, at and above 1: %v, want %v", got, want)
	}
	if s.Union() != s.Nothing() {
		t.Error("the union of no scopes is not empty")
	}
}

// TestCanonical: what says the same is the same diagram, however it is written; SubsetOf and Equal agree with Compare.
func TestCanonical(t *testing.T) {
	s := NewSpace(toyVocabulary(t))
	a := mustCompile(t, s, All{is("a", ">= 1, < 3"), Any{is("b", "> 2"), is("flag", "true")}})
	b := mustCompile(t, s, Any{All{is("flag", "true"), is("a", "< 3"), Not{is("a", "< 1")}}, All{is("b", "> 2"), is("a", "between 1 and 3"), Not{is("a", "= 3")}}})
	if a != b || a.Size() != b.Size() || a.Size() < 4 {
		t.Errorf("two notations of one condition are two diagrams, of %d and %d nodes", a.Size(), b.Size())
	}
	if !a.Equal(b) || !a.SubsetOf(b) || a.Disjoint(b) {
		t.Error("a scope is not equal to itself")
	}
	if got := a.Attributes(); !slices.Equal(got, []string{"a", "b", "flag"}) {
		t.Errorf("it depends on %v", got)
	}
}

func TestOfKinds(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	x := mustCompile(t, s, is("a", "> 1"))
	chips, err := x.OfKinds("chip")
	if err != nil {
		t.Fatal(err)
	}
	if !chips.Equal(x.Among("chip", nil)) {
		t.Errorf("of kind chip: %v, and among chips: %v", chips, x.Among("chip", nil))
	}
	for kind, want := range map[string]Truth{"chip": True, "converter": False, "machine": False} { // exactly these kinds
		if got := chips.Evaluate(stated(t, v, kind, "a=2")); got != want {
			t.Errorf("a %s is among the chips: %v, want %v", kind, got, want)
		}
	}
	both, err := s.Everything().OfKinds("logic", "converter")
	if err != nil || both.Evaluate(stated(t, v, "converter+logic")) != True || both.Evaluate(stated(t, v, "logic")) != False {
		t.Errorf("of both kinds: %v, %v", both, err)
	}
	if _, err := x.OfKinds("chip", "machine"); err == nil {
		t.Error("a chip that is a machine is possible")
	}
	if !x.Among("nothing-such", nil).Empty() {
		t.Error("there are items of an undeclared kind")
	}
	technology := mustCompile(t, s, All{kind("technology"), forThe("use", kind("thing"))})
	some := technology.Among("technology", []string{"chip", "machine"})
	want := mustCompile(t, s, All{kind("technology"), forThe("use", Any{All{kind("chip"), Not{kind("converter")}, Not{kind("logic")}}, kind("machine")})})
	if !some.Equal(want) {
		t.Errorf("technology for chips and machines: %v, want %v", some, want)
	}
}

// TestPartitionWithResidue: the part of a cell that only residue puts there is a cell of its own, and says so.
func TestPartitionWithResidue(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	r := Residue{ID: "r"}
	a := mustCompile(t, s, All{kind("machine"), Any{is("a", "> 2"), All{is("a", "> 1"), r}}})
	b := mustCompile(t, s, All{kind("machine"), is("a", "> 2")})
	type cell struct {
		members   string
		dependent bool
		text      string
	}
	var got []cell
	for _, c := range s.Join([]Scope{a, b}).Partition("machine") {
		members := ""
		for _, m := range c.Members {
			members += string(rune('a' + m))
		}
		got = append(got, cell{members, c.Dependent, c.Scope.String()})
	}
	want := []cell{{"a", true, "a > 1, <= 2; if residue r"}, {"ab", false, "a > 2"}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	split := mustCompile(t, s, All{kind("machine"), Any{is("a", "> 2"), r}})
	cells := s.Join([]Scope{split}).Partition("machine")
	if len(cells) != 2 || cells[0].Dependent || !cells[1].Dependent || !cells[0].Scope.Equal(b) || !cells[0].Scope.Disjoint(cells[1].Scope) {
		t.Errorf("one list, partly by residue: %+v", cells)
	}
}

func TestJoint(t *testing.T) {
	v := toyVocabulary(t)
	s, other := NewSpace(v), NewSpace(v)
	chips, foreign := mustCompile(t, s, All{kind("chip"), is("a", "> 1")}), mustCompile(t, other, kind("chip"))
	j := s.Join([]Scope{foreign, chips})
	it := stated(t, v, "chip", "a=2")
	if members, ok := j.Evaluate(it); !ok || members != 2 {
		t.Errorf("%b, %v; want the second scope alone: one of another Space holds nothing", members, ok)
	}
	for name, it := range map[string]*Item{
		"unknown value":     stated(t, v, "chip"),
		"unknown kind":      {},
		"several purposes":  {Kinds: []string{"chip"}, For: []Purpose{{"use", *it}, {"use", *it}}},
		"a chain of three":  {Kinds: []string{"chip"}, For: []Purpose{{"use", Item{Kinds: []string{"chip"}, For: []Purpose{{"use", *it}}}}}},
		"purpose half open": {Kinds: []string{"chip"}, For: []Purpose{{"use", *it}}},
	} {
		if members, ok := j.Evaluate(it); ok {
			t.Errorf("%s: the joint decides %b", name, members)
		}
	}
	many := make([]Scope, MaxJoint+1)
	for i := range many {
		many[i] = chips
	}
	if members, ok := s.Join(many).Evaluate(it); !ok || members != 1<<MaxJoint-1 {
		t.Errorf("%d scopes: %b, %v; want the first %d", len(many), members, ok, MaxJoint)
	}
}

// TestStatedPartsOfEveryType: part conditions that only hold together are decided from parts that state every type of
// attribute.
func TestStatedPartsOfEveryType(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	it := stated(t, v, "machine")
	chip := stated(t, v, "chip", "a=2", "b=none", "flag=true", "colour=scarlet", "stuff=x", "band=1 Hz to 2 Hz", "n=3")
	it.Parts = []ItemPart{{Type: "chip", Item: *chip}}
	same := All{is("a", "= 2"), is("b", "none"), is("flag", "true"), is("colour", "scarlet"), is("stuff", "only x")}
	open := is("always", "> 1") // of this, nothing is stated
	for _, tt := range []struct {
		name string
		c    Criterion
		want Truth
	}{
		{"the only chip is so or not", Any{some("chip", All{same, open}), some("chip", All{same, Not{open}})}, True},
		{"it cannot be both", All{some("chip", All{same, open}), some("chip", All{same, Not{open}})}, False},
		{"it may be", some("chip", All{same, open}), Undetermined},
		{"it is of another band", some("chip", All{is("band", "covers > 2 Hz, < 3 Hz"), open}), False},
		{"it has another number", some("chip", All{is("n", "> 3"), open}), False},
	} {
		if got := mustCompile(t, s, tt.c).Evaluate(it); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestBigNumbers: constants beyond 63 bits are cuts as any other.
func TestBigNumbers(t *testing.T) {
	s := NewSpace(toyVocabulary(t))
	big := "1.000000000000000000000001x10^30"
	a, b := mustCompile(t, s, is("a", "> "+big)), mustCompile(t, s, is("a", ">= "+big))
	c := mustCompile(t, s, is("a", "> 10^30"))
	if rel, _ := a.Compare(b); rel != SubsetOf {
		t.Errorf("> against >=: %s", rel)
	}
	if rel, _ := b.Compare(c); rel != SubsetOf {
		t.Errorf("the larger number is %s the smaller", rel)
	}
	if again := mustCompile(t, s, is("a", "> 1000000000000000000000001x10^6")); again != a {
		t.Error("one large number in two notations is two cuts")
	}
}

// TestManyGoroutines: one Space serves many at a time, with the same answers (run with -race).
func TestManyGoroutines(t *testing.T) {
	v := toyVocabulary(t)
	s := NewSpace(v)
	var wg sync.WaitGroup
	relations := make([]Relation, 8)
	for i := range relations {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a, errA := s.Compile(list(10, 1))
			b, errB := s.Compile(list(10, 2))
			if errA != nil || errB != nil {
				t.Error(errA, errB)
				return
			}
			relations[i], _ = a.Compare(b)
			w, ok := a.Minus(b).Witness()
			if ok && a.Evaluate(&w) != True {
				t.Errorf("witness %+v is not in", w)
			}
		}()
	}
	wg.Wait()
	if slices.Sort(relations); relations[0] != relations[len(relations)-1] {
		t.Errorf("answers differ: %v", relations)
	}
}

func TestAttributesIn(t *testing.T) {
	v := toyVocabulary(t)
	shared := &Ref{is("a", "> 1")}
	got := v.AttributesIn(All{kind("chip"), shared, Not{Any{shared, is("band.min", "> 1 Hz")}}, some("point", is("f", "> 1 Hz")), forThe("use", is("n", "> 1"))})
	if want := []string{"a", "band", "f", "n"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	asked := v.AttributesAsked(All{kind("chip"), shared, Not{is("band.min", "> 1 Hz")}, some("point", is("f", "> 1 Hz"))})
	if want := []string{"a", "f"}; !slices.Equal(asked, want) {
		t.Errorf("attributes asked for are %v, want %v", asked, want)
	}
}
