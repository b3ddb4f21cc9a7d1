package scope_test

import (
	"fmt"
	"log"

	"github.com/openconcord/concord/regime/scope"
)

// vocabulary declares what the examples speak of.
func vocabulary() *scope.Vocabulary {
	giga, err := scope.ParseNumber("1e9")
	if err != nil {
		log.Fatal(err)
	}
	zero := scope.Int(0)
	v, err := scope.NewVocabulary(scope.Vocabulary{
		Units: []scope.Unit{
			{ID: "bit", Dimension: "information", Factor: scope.Int(1)},
			{ID: "SPS", Dimension: "sample-rate", Factor: scope.Int(1)},
			{ID: "GSPS", Dimension: "sample-rate", Factor: giga},
		},
		Kinds: []scope.Kind{{ID: "converter"}, {ID: "instrument"}, {ID: "technology"}},
		Attributes: []scope.Attribute{
			{ID: "resolution", Type: scope.TypeInteger, Dimension: "information", Unit: "bit", Of: []string{"converter"}, Min: &zero},
			{ID: "sample-rate", Type: scope.TypeNumber, Dimension: "sample-rate", Unit: "SPS", Of: []string{"converter"}, Min: &zero},
		},
		Functions: []scope.Function{{ID: "development"}, {ID: "use"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	return v
}

// converter is a criterion on analogue-to-digital converters.
func converter(resolution, rate string) scope.Criterion {
	return scope.All{
		scope.OfKind{Kinds: []string{"converter"}},
		scope.When{Attribute: "resolution", Constraint: resolution},
		scope.When{Attribute: "sample-rate", Constraint: rate},
	}
}

func compile(s *scope.Space, c scope.Criterion) scope.Scope {
	x, err := s.Compile(c)
	if err != nil {
		log.Fatal(err)
	}
	return x
}

// Two laws control fast converters. They differ for one item: the one exactly on the threshold.
func Example() {
	s := scope.NewSpace(vocabulary())
	a := compile(s, converter(">= 8 bit, < 10 bit", "> 1.3 GSPS"))
	b := compile(s, converter(">= 8 bit, <= 9 bit", ">= 1.3 GSPS"))

	relation, _ := a.Compare(b)
	fmt.Println("a is", relation, "b")
	fmt.Println("only in b:", b.Minus(a))
	w, _ := b.Minus(a).Witness()
	fmt.Println("for example", w.Attributes["resolution"].Text, "at", w.Attributes["sample-rate"].Text)
	// Output:
	// a is subset-of b
	// only in b: resolution >= 8 bit, < 10 bit; sample-rate = 1.3 GSPS
	// for example 8 bit at 1.3 GSPS
}

// A datasheet that leaves the resolution out decides nothing, until the sample rate does.
func ExampleScope_Evaluate() {
	v := vocabulary()
	x := compile(scope.NewSpace(v), converter(">= 8 bit", "> 1.3 GSPS"))
	for _, rate := range []string{"2 GSPS", "1 GSPS"} {
		value, err := v.ParseValue("sample-rate", rate)
		if err != nil {
			log.Fatal(err)
		}
		it := scope.Item{Kinds: []string{"converter"}, Attributes: map[string]scope.Value{"sample-rate": value}}
		fmt.Println(rate, x.Evaluate(&it), x.Missing(&it))
	}
	// Output:
	// 2 GSPS undetermined [[resolution]]
	// 1 GSPS false []
}

// A gap in equipment is a gap in the technology for it.
func ExampleFor() {
	s := scope.NewSpace(vocabulary())
	technology := func(target scope.Criterion) scope.Scope {
		return compile(s, scope.All{
			scope.OfKind{Kinds: []string{"technology"}},
			scope.For{Functions: []string{"development"}, Target: target},
		})
	}
	a, b := technology(converter(">= 8 bit", "> 1.3 GSPS")), technology(converter(">= 8 bit", "> 1 GSPS"))
	relation, _ := a.Compare(b)
	fmt.Println(relation)
	fmt.Println(b.Minus(a))
	// Output:
	// subset-of
	// for development of (kind converter; resolution >= 8 bit; sample-rate > 1 GSPS, <= 1.3 GSPS)
}

// Who controls what: every cell of the partition is one answer, for all its items.
func ExampleJoint_Partition() {
	s := scope.NewSpace(vocabulary())
	joint := s.Join([]scope.Scope{
		compile(s, converter(">= 8 bit", "> 1 GSPS")),
		compile(s, converter(">= 12 bit", "> 0.5 GSPS")),
	})
	for _, cell := range joint.Partition() {
		conditions, _ := cell.Conditions(4)
		fmt.Println(cell.Members, conditions)
	}
	// Output:
	// [0] [[resolution >= 8 bit, < 12 bit sample-rate > 1 GSPS]]
	// [1] [[resolution >= 12 bit sample-rate > 0.5 GSPS, <= 1 GSPS]]
	// [0 1] [[resolution >= 12 bit sample-rate > 1 GSPS]]
}

// Every fault of a criterion is reported, each with what to do about it.
func ExampleSpace_Compile() {
	_, err := scope.NewSpace(vocabulary()).Compile(converter(">= 8 bits", "> 1.3 bit"))
	fmt.Println(err)
	// Output:
	// "1.3 bit" measures information, but "sample-rate" is a sample-rate; write a unit such as SPS
	// unit "bits" in "8 bits" is not declared; use a declared unit (did you mean "bit"?)
}

// Numbers are exact in every unit and notation.
func ExampleParseNumber() {
	for _, text := range []string{"1.30", "5.6x10^6", "10^-4", "1/3"} {
		n, err := scope.ParseNumber(text)
		fmt.Println(n, err)
	}
	_, err := scope.ParseNumber("1,3")
	fmt.Println(err)
	// Output:
	// 1.3 <nil>
	// 5600000 <nil>
	// 0.0001 <nil>
	// 1/3 <nil>
	// "1,3" is not a number; write digits with a decimal point, or 2x10^-3
}
