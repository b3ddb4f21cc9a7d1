package scope

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// The tables in this file hold each construct of the language to its legal meaning, on pairs of criteria as two encoders
// of the same law, or of two laws, would write them.

func is(attribute, constraint string) Criterion {
	return When{Attribute: attribute, Constraint: constraint}
}

func kind(kinds ...string) Criterion { return OfKind{Kinds: kinds} }

func some(of string, where Criterion) Criterion { return Parts{Quantifier: Some, Of: of, Where: where} }

func every(of string, where Criterion) Criterion {
	return Parts{Quantifier: Every, Of: of, Where: where}
}

func none(of string, where Criterion) Criterion { return Parts{Quantifier: None, Of: of, Where: where} }

func atLeast(n int, of string, where Criterion) Criterion {
	return Parts{Quantifier: Some, Of: of, Where: where, AtLeast: n}
}

func forThe(function string, target Criterion) Criterion {
	return For{Functions: []string{function}, Target: target}
}

// number is a stated value in the base unit.
func number(t testing.TB, v *Vocabulary, attribute, text string) Value {
	t.Helper()
	x, err := v.ParseValue(attribute, text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// stated is an item of a kind with the attributes "name=value".
func stated(t testing.TB, v *Vocabulary, kind string, attributes ...string) *Item {
	t.Helper()
	it := &Item{Attributes: map[string]Value{}}
	if kind != "" {
		it.Kinds = strings.Split(kind, "+")
	}
	for _, a := range attributes {
		id, text, _ := strings.Cut(a, "=")
		it.Attributes[id] = number(t, v, id, text)
	}
	return it
}

// worst is the graver of the grades of both differences.
func worst(s *Space, ca, cb Criterion, a, b Scope) Grade {
	ka, kb := s.Constants(ca), s.Constants(cb)
	over, under := a.Minus(b).Grade(ka, kb), b.Minus(a).Grade(kb, ka)
	if over.rank() > under.rank() {
		return over
	}
	return under
}

var mirror = map[Relation]Relation{
	EqualTo: EqualTo, SubsetOf: SupersetOf, SupersetOf: SubsetOf,
	IntersectsWith: IntersectsWith, NoRelationship: NoRelationship, Unknown: Unknown,
}

// A pair is two criteria and how they must compare. Without a grade none is checked.
type pair struct {
	name     string
	why      string // the legal point
	a, b     Criterion
	relation Relation
	grade    Grade
}

func (p pair) check(t *testing.T, v *Vocabulary) {
	t.Helper()
	if p.why == "" {
		t.Errorf("%s: no reason given", p.name)
	}
	s := NewSpace(v)
	a, b := mustCompile(t, s, p.a), mustCompile(t, s, p.b)
	if got, ids := a.Compare(b); got != p.relation {
		t.Errorf("a is %s b (residue %v), want %s\na: %v\nb: %v", got, ids, p.relation, a, b)
	}
	if got, _ := b.Compare(a); got != mirror[p.relation] {
		t.Errorf("b is %s a, want %s", got, mirror[p.relation])
	}
	if got := worst(s, p.a, p.b, a, b); p.grade != "" && got != p.grade {
		t.Errorf("grade %s, want %s\na: %v\nb: %v", got, p.grade, a, b)
	}
	if p.relation == Unknown {
		return
	}
	for _, d := range []struct {
		x        Scope
		inA, inB Truth
	}{{a.Minus(b), True, False}, {b.Minus(a), False, True}, {a.Intersect(b), True, True}} {
		if len(d.x.Residues()) > 0 {
			continue // whether the witness is in is for residue to say
		}
		w, ok := d.x.Witness()
		if ok == d.x.Empty() {
			t.Errorf("witness %v of a scope that is empty: %v", ok, d.x.Empty())
		}
		if ok && (a.Evaluate(&w) != d.inA || b.Evaluate(&w) != d.inB) {
			t.Errorf("witness %+v is in a: %v, want %v; in b: %v, want %v", w, a.Evaluate(&w), d.inA, b.Evaluate(&w), d.inB)
		}
	}
}

func checkPairs(t *testing.T, pairs []pair) {
	t.Helper()
	v := toyVocabulary(t)
	names := map[string]bool{}
	for _, p := range pairs {
		if names[p.name] {
			t.Errorf("two pairs are called %q", p.name)
		}
		names[p.name] = true
		t.Run(p.name, func(t *testing.T) { p.check(t, v) })
	}
}

// TestFalseDifferences: what only looks different compares equal, and what barely differs is graded so.
func TestFalseDifferences(t *testing.T) {
	chip := kind("chip")
	machine := kind("machine")
	checkPairs(t, []pair{
		{
			"rounded pair", "398 K (125 Cel): the second value is the printed rounding of the first",
			All{chip, is("temperature", "> 398 K")}, All{chip, is("temperature", "> 125 Cel")}, SupersetOf, Nominal,
		},
		{
			"rounded pair, strictness too", "the two ends of a printed pair, one of them included",
			All{chip, is("temperature", ">= 398 K")}, All{chip, is("temperature", ">= 125 Cel")}, SupersetOf, Nominal,
		},
		{
			"near, but no printed pair", "only pairs that some law prints are nominal",
			All{chip, is("temperature", "> 400 K")}, All{chip, is("temperature", "> 127 Cel")}, SupersetOf, Substantive,
		},
		{
			"beyond the printed pair", "a difference wider than the rounding is a difference",
			All{chip, is("temperature", "> 398 K")}, All{chip, is("temperature", "> 399 K")}, SupersetOf, Substantive,
		},
		{
			"exact unit pair", "0.50 in is 12.7 mm exactly",
			All{machine, is("length", ">= 0.50 [in_i]")}, All{machine, is("length", ">= 12.7 mm")}, EqualTo, NoDifference,
		},
		{
			"magnitude", "10 um is 0.01 mm",
			All{machine, is("length", "< 10 um")}, All{machine, is("length", "< 0.01 mm")}, EqualTo, NoDifference,
		},
		{
			"offset unit", "0 Cel is 273.15 K: offsets convert exactly",
			All{chip, is("temperature", "< 0 Cel")}, All{chip, is("temperature", "< 273.15 K")}, EqualTo, NoDifference,
		},
		{
			"powers of ten", "5600000 and 5.6x10^6 are one number",
			All{chip, is("tpp", ">= 5600000")}, All{chip, is("tpp", ">= 5.6x10^6")}, EqualTo, NoDifference,
		},
		{
			"ratio and percentage", "50 % is a fraction of 0.5",
			All{chip, is("a", ">= 50 %")}, All{chip, is("a", ">= 0.5")}, EqualTo, NoDifference,
		},
		{
			"more than 30 % and 30 % or more", "a real difference, at the boundary and nowhere else",
			All{chip, is("a", "> 30 %")}, All{chip, is("a", ">= 30 %")}, SubsetOf, BoundaryOnly,
		},
		{
			"redundant chapeau band", "a band that the paragraph's own bounds imply adds nothing",
			All{chip, is("a", ">= 1, <= 10"), is("a", "> 2, <= 5")}, All{chip, is("a", "> 2, <= 5")}, EqualTo, NoDifference,
		},
		{
			"bands that add up", "a band cut in two paragraphs is the band",
			All{chip, Any{is("a", ">= 1, < 3"), is("a", ">= 3, < 5")}}, All{chip, is("a", ">= 1, < 5")}, EqualTo, NoDifference,
		},
		{
			"threshold repeated by value", "a limit that is defined elsewhere or written again is one limit",
			All{chip, &Ref{is("tpp", ">= 4800")}}, All{chip, is("tpp", ">= 4800")}, EqualTo, NoDifference,
		},
		{
			"lowest threshold Note", "over a range with item-level power the Note decides by the band touched, not by a point in it",
			All{machine, is("band", "touches > 1 GHz, <= 2 GHz"), is("b", "> 5")},
			All{machine, some("point", All{is("f", "> 1 GHz, <= 2 GHz"), is("p", "> 5 W")})}, IntersectsWith, Substantive,
		},
		{
			"measuring bases", "ISO 230-2:1988 and 1997 accuracies do not convert into each other",
			All{machine, is("accuracy-1988", "< 6 um")}, All{machine, is("accuracy-1997", "< 6 um")}, IntersectsWith, Substantive,
		},
		{
			"one part or two", "two conditions on one point bind more than the same conditions on any two points",
			All{machine, some("point", All{is("f", "> 1 GHz"), is("p", "> 5 W")})},
			All{machine, some("point", is("f", "> 1 GHz")), some("point", is("p", "> 5 W"))}, SubsetOf, Substantive,
		},
		{
			"more than one, two or more", "of a whole number these are the same",
			All{chip, is("n", "> 1")}, All{chip, is("n", ">= 2")}, EqualTo, NoDifference,
		},
		{
			"more than one, two or more, of a number", "of a number that need not be whole they are not",
			All{chip, is("a", "> 1")}, All{chip, is("a", ">= 2")}, SupersetOf, Substantive,
		},
		{
			"integer bounds between numbers", "fewer than 2.5 axes are two at most",
			All{chip, is("n", "< 2.5")}, All{chip, is("n", "<= 2")}, EqualTo, NoDifference,
		},
		{
			"integer that is no whole number", "no item has one and a half axes",
			All{chip, is("n", "= 1.5")}, Any{}, EqualTo, NoDifference,
		},
		{
			"integer boundary", "> 2 and >= 2 differ exactly at two",
			All{chip, is("n", "> 2")}, All{chip, is("n", ">= 2")}, SubsetOf, BoundaryOnly,
		},
		{
			"integer step", "> 1 and > 2 differ at two, which only one of them names",
			All{chip, is("n", "> 1")}, All{chip, is("n", "> 2")}, SupersetOf, Substantive,
		},
		{
			"between", "a printed \"between A and B\" is closed",
			All{chip, is("a", "between 1 and 5")}, All{chip, is("a", ">= 1, <= 5")}, EqualTo, NoDifference,
		},
		{
			"soft ends of between", "against open ends it differs at the boundary",
			All{chip, is("a", "between 1 and 5")}, All{chip, is("a", "> 1, < 5")}, SupersetOf, BoundaryOnly,
		},
		{
			"at most and below", "<= against <: one number, two readings",
			All{machine, is("accuracy-1988", "<= 6 um")}, All{machine, is("accuracy-1988", "< 6 um")}, SupersetOf, BoundaryOnly,
		},
		{
			"boundary in one unit and another", "the same threshold in two units differs by strictness only",
			All{machine, is("length", "> 0.50 [in_i]")}, All{machine, is("length", ">= 12.7 mm")}, SubsetOf, BoundaryOnly,
		},
		{
			"boundary of a point", "strictness inside a part condition is at the boundary too",
			All{machine, some("point", is("f", "> 1 GHz"))}, All{machine, some("point", is("f", ">= 1 GHz"))}, SubsetOf, BoundaryOnly,
		},
		{
			"rounding of a part's value", "a wider difference inside a part condition is substantive",
			All{machine, some("point", is("f", "> 1 GHz"))}, All{machine, some("point", is("f", "> 2 GHz"))}, SupersetOf, Substantive,
		},
		{
			"boundary of a range", "touches > 1 Hz and touches >= 1 Hz differ for ranges that end at 1 Hz",
			All{machine, is("band", "touches > 1 GHz")}, All{machine, is("band", "touches >= 1 GHz")}, SubsetOf, BoundaryOnly,
		},
		{
			"boundary beside a wider difference", "one substantive difference outweighs any boundary",
			All{chip, is("a", "> 1"), is("b", "> 1")}, All{chip, is("a", ">= 1")}, SubsetOf, Substantive,
		},
	})
}

// TestBoundaryWitness: where only strictness differs, the item that proves it lies exactly on the threshold and is written
// as the law writes it.
func TestBoundaryWitness(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct {
		attribute, a, b, want string
	}{
		{"temperature", "> 125 Cel", ">= 125 Cel", "125 Cel"},
		{"length", "> 12.7 mm", ">= 12.7 mm", "12.7 mm"},
		{"length", "< 6 um", "<= 6 um", "6 um"},
		{"length", "> 0.5 [in_i]", ">= 12.7 mm", "12.7 mm"}, // the shorter of two equal notations
		{"a", "< -55", "<= -55", "-55"},
		{"n", "> 4", ">= 4", "4"},
	} {
		s := NewSpace(v)
		a := mustCompile(t, s, All{kind("machine"), is(tt.attribute, tt.a)})
		b := mustCompile(t, s, All{kind("machine"), is(tt.attribute, tt.b)})
		w, ok := b.Minus(a).Witness()
		if !ok {
			t.Errorf("%s %s against %s: no witness", tt.attribute, tt.a, tt.b)
			continue
		}
		got := w.Attributes[tt.attribute]
		if got.Text != tt.want || got.Number.Cmp(number(t, v, tt.attribute, tt.want).Number) != 0 {
			t.Errorf("%s %s against %s: witness has %q (%v), want %q", tt.attribute, tt.a, tt.b, got.Text, got.Number, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	checkPairs(t, []pair{
		{"taxonomy", "a converter is a chip is a thing", kind("converter"), kind("chip"), SubsetOf, ""},
		{"taxonomy, two steps", "broader is transitive", kind("converter"), kind("thing"), SubsetOf, ""},
		{"exclusive", "kinds that nothing declares to overlap exclude each other", kind("machine"), kind("chip"), NoRelationship, ""},
		{"overlap", "converter and logic overlap by declaration", kind("converter"), kind("logic"), IntersectsWith, ""},
		{"list of kinds", "a list of kinds is any of them", kind("chip", "machine"), Any{kind("machine"), kind("chip")}, EqualTo, NoDifference},
		{"redundant kind", "naming a kind beside a broader one adds nothing", kind("chip", "converter"), kind("chip"), EqualTo, NoDifference},
		{"both kinds", "an item of both overlapping kinds is in what catches either", All{kind("converter"), kind("logic")}, kind("converter"), SubsetOf, ""},
		{"attribute of the kind", "only chips have a density, so the condition says that the item is one", is("density", "> 1"), All{kind("chip"), is("density", "> 1")}, EqualTo, NoDifference},
		{"attribute no kind has", "software has no length", All{kind("software"), is("length", "> 1 m")}, Any{}, EqualTo, NoDifference},
	})
}

func TestParts(t *testing.T) {
	low, high := is("f", "< 1 Hz"), is("f", ">= 1 Hz")
	strong := is("p", "> 5 W")
	checkPairs(t, []pair{
		{"a part with more conditions", "each condition narrows the part", some("point", All{high, strong}), some("point", high), SubsetOf, ""},
		{"any such part", "no condition is any part of the type", some("point", nil), some("point", All{}), EqualTo, ""},
		{"some distributes over any", "some part is low or high if some is low or some is high", some("point", Any{high, strong}), Any{some("point", high), some("point", strong)}, EqualTo, ""},
		{"some does not distribute over all", "two parts may share the conditions out", some("point", All{high, strong}), All{some("point", high), some("point", strong)}, SubsetOf, ""},
		{"two parts needed", "a low and a high point are two points", All{some("point", low), some("point", high)}, atLeast(2, "point", nil), SubsetOf, ""},
		{"three by two and one", "two of one sort and one of another are three", All{atLeast(2, "point", low), some("point", high)}, atLeast(3, "point", nil), SubsetOf, ""},
		{"counts", "at least three are at least two", atLeast(3, "point", high), atLeast(2, "point", high), SubsetOf, ""},
		{"exactly two", "at least two and fewer than three", All{atLeast(2, "point", nil), Not{atLeast(3, "point", nil)}}, atLeast(2, "point", nil), SubsetOf, ""},
		{"exactly two cannot be low, low and high", "the limit counts each part once", All{Not{atLeast(3, "point", nil)}, atLeast(2, "point", low), some("point", high)}, Any{}, EqualTo, ""},
		{"none is not some", "complements", none("point", high), Not{some("point", high)}, EqualTo, ""},
		{"fewer than two", "none with a count is the complement of at least", Parts{Quantifier: None, Of: "point", Where: high, AtLeast: 2}, Not{atLeast(2, "point", high)}, EqualTo, ""},
		{"every needs a part", "every is false where there is no such part", every("point", high), none("point", Not{high}), SubsetOf, ""},
		{"every with a part", "with a part it is: none fails", every("point", high), All{some("point", nil), none("point", Not{high})}, EqualTo, ""},
		{"every is some", "every part is so and there is one", every("point", high), some("point", high), SubsetOf, ""},
		{"every against a failing part", "a part that fails refutes every", every("point", high), some("point", low), NoRelationship, ""},
		{"unique", "a thing has one shaft: it cannot be thin and thick", All{some("shaft", is("a", "> 2")), some("shaft", is("a", "< 1"))}, Any{}, EqualTo, ""},
		{"unique binds conditions", "two conditions on the only shaft are conditions on one shaft", All{some("shaft", is("a", "> 1")), some("shaft", is("a", "< 2"))}, some("shaft", is("a", "> 1, < 2")), EqualTo, ""},
		{"unique counts", "there are no two shafts", atLeast(2, "shaft", nil), Any{}, EqualTo, ""},
		{"types apart", "conditions on parts of different types do not touch each other", some("axis", nil), some("shaft", nil), IntersectsWith, ""},
		{"whole items as parts", "an array specified in X, incorporated: the part is an item with a kind", some("converter", is("a", "> 1")), some("chip", is("a", "> 1")), SubsetOf, ""},
		{"whole parts of kinds apart", "a thing may incorporate a chip and a machine", some("chip", nil), some("machine", nil), IntersectsWith, ""},
		{"every part of a kind", "every chip in it, whatever else is in it", every("chip", is("a", "> 1")), All{some("chip", nil), none("chip", Not{is("a", "> 1")})}, EqualTo, ""},
		{"parts of parts", "a machine that contains a chip that has an axis", some("chip", some("axis", is("a", "> 2"))), some("chip", some("axis", is("a", "> 1"))), SubsetOf, ""},
		{"impossible part", "no part satisfies contradictory conditions", some("point", All{low, high}), Any{}, EqualTo, ""},
		{"part lacks the attribute", "a point has no a", some("point", is("a", "any")), Any{}, EqualTo, ""},
		{"axiom within a part", "what follows for a thing follows for a part that is one", some("chip", All{is("flag", "true"), is("modified", "false")}), Any{}, EqualTo, ""},
	})
}

// TestClosedDown: what can deliver a payload to a range can deliver less, or less far.
func TestClosedDown(t *testing.T) {
	far := All{is("payload", ">= 500 kg"), is("reach", ">= 300 km")}
	near := is("reach", "<= 100 km, >= 50 km")
	checkPairs(t, []pair{
		{"less payload", "a point above both thresholds implies one above lower thresholds", some("delivery", far), some("delivery", All{is("payload", ">= 400 kg"), is("reach", ">= 300 km")}), SubsetOf, ""},
		{"trade-off is one point", "payload at one range and range at another payload do not make the point", some("delivery", far), All{some("delivery", is("payload", ">= 500 kg")), some("delivery", is("reach", ">= 300 km"))}, SubsetOf, ""},
		{"upper bounds are idle", "who reaches 300 km also reaches 50 to 100 km", some("delivery", All{is("payload", "any"), is("reach", ">= 300 km")}), some("delivery", All{is("payload", "any"), near}), SubsetOf, ""},
		{"an upper bound adds nothing", "an upper bound on a point that implies all points below says nothing", some("delivery", is("reach", ">= 50 km, <= 100 km")), some("delivery", is("reach", ">= 50 km")), EqualTo, ""},
		{"points that are not closed", "separate sightings imply nothing below them", some("sighting", is("reach", ">= 300 km")), some("sighting", near), IntersectsWith, ""},
	})
	v := toyVocabulary(t)
	s := NewSpace(v)
	x := mustCompile(t, s, some("delivery", All{is("payload", ">= 500 kg"), is("reach", ">= 300 km")}))
	it := stated(t, v, "machine")
	it.Parts = []ItemPart{{Type: "delivery", Item: *stated(t, v, "", "payload=600 kg", "reach=350 km")}}
	if got := x.Evaluate(it); got != True {
		t.Errorf("600 kg to 350 km against 500 kg to 300 km: %v, want true", got)
	}
}

func TestForRelations(t *testing.T) {
	fast := All{kind("machine"), is("accuracy-1988", "< 6 um")}
	slow := All{kind("machine"), is("accuracy-1988", "< 9 um")}
	software := func(target Criterion) Criterion { return All{kind("software"), forThe("use", target)} }
	technology := func(target Criterion) Criterion { return All{kind("technology"), forThe("development", target)} }
	checkPairs(t, []pair{
		{"gap follows from the target", "technology for less equipment is less technology", technology(fast), technology(slow), SubsetOf, Substantive},
		{"boundary of the target", "strictness in the target is strictness in the technology", technology(All{kind("machine"), is("length", "> 1 m")}), technology(All{kind("machine"), is("length", ">= 1 m")}), SubsetOf, BoundaryOnly},
		{"two levels deep", "technology for software for a machine", technology(software(fast)), technology(software(slow)), SubsetOf, Substantive},
		{"levels apart", "technology for a machine is not technology for software for it", technology(fast), technology(software(fast)), NoRelationship, Substantive},
		{"functions exclude each other", "one purpose at a time: development is not production", forThe("development", fast), forThe("production", fast), NoRelationship, ""},
		{"list of functions", "any of the functions", For{Functions: []string{"development", "production"}, Target: fast}, Any{forThe("development", fast), forThe("production", fast)}, EqualTo, ""},
		{"no function named", "any relation at all", For{Target: fast}, forThe("development", fast), SupersetOf, ""},
		{"specially designed", "specially designed is designed or modified", forThe("specially-designed", fast), forThe("designed-or-modified", fast), SubsetOf, ""},
		{"designed or modified", "designed or modified is usable", forThe("designed-or-modified", fast), forThe("usable", fast), SubsetOf, ""},
		{"specially designed is usable", "the ladder is transitive", forThe("specially-designed", fast), forThe("usable", fast), SubsetOf, ""},
		{"exception on the target", "other than Y: the exception is on the target, so what is for Y stays out", technology(All{slow, Not{fast}}), All{technology(slow), Not{technology(fast)}}, EqualTo, NoDifference},
		{"impossible target", "technology for what cannot be is nothing", technology(All{kind("machine"), is("flag", "true"), is("modified", "false")}), Any{}, EqualTo, NoDifference},
		{"same criterion on item and target", "a condition on the item is not one on its target", All{kind("machine"), is("a", "> 1"), forThe("use", kind("machine"))}, All{kind("machine"), forThe("use", All{kind("machine"), is("a", "> 1")})}, IntersectsWith, Substantive},
	})
}

func TestExceptions(t *testing.T) {
	x, z, w := is("a", "> 1"), is("flag", "true"), is("b", "> 5")
	chip := kind("chip")
	checkPairs(t, []pair{
		{"except of except", "does not apply to Z unless W: what is Z and W is caught again", All{chip, x, Not{All{z, Not{w}}}}, All{chip, x, Any{Not{z}, w}}, EqualTo, NoDifference},
		{"three deep", "each level turns the release", All{chip, x, Not{All{z, Not{All{w, Not{is("n", "> 1")}}}}}}, All{chip, x, Any{Not{z}, All{w, Not{is("n", "> 1")}}}}, EqualTo, NoDifference},
		{"the exception releases", "less is caught", All{chip, x, Not{z}}, All{chip, x}, SubsetOf, Substantive},
		{"the inner exception takes back", "unless W catches more than the bare Note", All{chip, x, Not{All{z, Not{w}}}}, All{chip, x, Not{z}}, SupersetOf, Substantive},
		{"idle exception", "an exception of what was never caught changes nothing", All{chip, x, Not{is("a", "<= 1")}}, All{chip, x}, EqualTo, NoDifference},
		{"exceptions of a union", "two Notes release what either does", All{chip, Not{Any{z, w}}}, All{chip, Not{z}, Not{w}}, EqualTo, NoDifference},
		{"shared exceptions", "a Note kept apart and shared releases the same", All{chip, Not{&Ref{Any{z, &Ref{w}}}}}, All{chip, Not{z}, Not{w}}, EqualTo, NoDifference},
	})
}

func TestNull(t *testing.T) {
	checkPairs(t, []pair{
		{"comparison and complement", "x <= 5 is false of what has no x; not x > 5 is true of it", All{kind("chip"), is("a", "<= 5")}, All{kind("chip"), Not{is("a", "> 5")}}, SubsetOf, Substantive},
		{"with none named", "the difference is having none", All{kind("chip"), Any{is("a", "<= 5"), is("a", "none")}}, All{kind("chip"), Not{is("a", "> 5")}}, EqualTo, NoDifference},
		{"what cannot lack it", "always-for: a chip has an always", All{kind("chip"), is("always", "<= 5")}, All{kind("chip"), Not{is("always", "> 5")}}, EqualTo, NoDifference},
		{"any is not none", "complements", is("a", "any"), Not{is("a", "none")}, EqualTo, NoDifference},
		{"any is some value", "below five or not below five is having a value", is("a", "< 5 | >= 5"), is("a", "any"), EqualTo, NoDifference},
		{"boolean", "not true is false or none", All{kind("chip"), Not{is("flag", "true")}}, All{kind("chip"), is("flag", "false")}, SupersetOf, Substantive},
		{"lower bound of possible values", "b cannot be negative: at least 0 is having a b", is("b", ">= 0"), is("b", "any"), EqualTo, NoDifference},
		{"below the possible", "no b is below 0", is("b", "< 0"), Any{}, EqualTo, NoDifference},
		{"at the least possible", "b at most 0 is b of 0", is("b", "<= 0"), is("b", "= 0"), EqualTo, NoDifference},
	})
}

func TestRanges(t *testing.T) {
	checkPairs(t, []pair{
		{"within is touching", "all of a range between the bounds means some of it", is("band", "within >= 1 Hz, <= 2 Hz"), is("band", "touches >= 1 Hz, <= 2 Hz"), SubsetOf, ""},
		{"covering is touching", "rated over the entire range is rated somewhere in it", is("band", "covers >= 1 Hz, <= 2 Hz"), is("band", "touches >= 1 Hz, <= 2 Hz"), SubsetOf, ""},
		{"covers and within", "both together are exactly the range", All{is("band", "covers >= 1 Hz, <= 2 Hz"), is("band", "within >= 1 Hz, <= 2 Hz")}, All{is("band.min", "= 1 Hz"), is("band.max", "= 2 Hz")}, EqualTo, ""},
		{"projections of touches", "touching above 1 and at most 2 is: it ends above 1 and begins at or below 2", is("band", "touches > 1 Hz, <= 2 Hz"), All{is("band.max", "> 1 Hz"), is("band.min", "<= 2 Hz")}, EqualTo, ""},
		{"projections of within", "within is: it begins above 1 and ends at or below 2", is("band", "within > 1 Hz, <= 2 Hz"), All{is("band.min", "> 1 Hz"), is("band.max", "<= 2 Hz")}, EqualTo, ""},
		{"a value touched", "touching exactly 1 is beginning at or below it and ending at or above it", is("band", "touches = 1 Hz"), is("band", "covers = 1 Hz"), EqualTo, ""},
		{"a value within", "within exactly 1 is the point range", is("band", "within = 1 Hz"), All{is("band.min", "= 1 Hz"), is("band.max", "= 1 Hz")}, EqualTo, ""},
		{"minimum is not above maximum", "no range begins above its end", All{is("band.min", "> 2 Hz"), is("band.max", "< 1 Hz")}, Any{}, EqualTo, ""},
		{"what begins above ends above", "the axiom narrows: min > 2 implies max > 2", is("band.min", "> 2 Hz"), is("band.max", "> 2 Hz"), SubsetOf, ""},
		{"none of a range", "no range, neither end", is("band", "none"), is("band.max", "none"), EqualTo, ""},
	})
}

func TestTermsAndSets(t *testing.T) {
	checkPairs(t, []pair{
		{"narrower term", "scarlet is red", is("colour", "scarlet"), is("colour", "red"), SubsetOf, ""},
		{"terms exclude each other", "one colour", is("colour", "red"), is("colour", "green"), NoRelationship, ""},
		{"list of terms", "any of them", is("colour", "red, green"), Any{is("colour", "red"), is("colour", "green")}, EqualTo, ""},
		{"all the terms", "the broad ones exhaust the list", is("colour", "red | green"), is("colour", "any"), EqualTo, ""},
		{"all of a set is any of it", "containing both is containing either", is("stuff", "all x, y"), is("stuff", "x, y"), SubsetOf, ""},
		{"only of a set", "containing nothing else, and something", is("stuff", "only x, y"), All{is("stuff", "x, y"), Not{is("stuff", "z")}}, EqualTo, ""},
		{"all and any", "terms of a set do not exclude each other", is("stuff", "x"), is("stuff", "y"), IntersectsWith, ""},
		{"none of a set", "an empty set", is("stuff", "none"), Not{is("stuff", "x, y, z")}, EqualTo, ""},
		{"narrower term of a set", "maraging steel is steel is metal", is("alloy", "maraging"), is("alloy", "metal"), SubsetOf, ""},
		{"only, with narrower terms", "only metal allows steel", is("alloy", "only steel"), is("alloy", "only metal"), SubsetOf, ""},
		{"only metal and ceramic", "a ceramic is no metal", is("alloy", "only metal"), is("alloy", "ceramic"), NoRelationship, ""},
	})
}

func TestDerivedAndAxioms(t *testing.T) {
	chip := kind("chip")
	checkPairs(t, []pair{
		{"derived from bases", "10 over at most 2 is at least 5", All{chip, is("tpp", ">= 10"), is("area", "> 0, <= 2")}, is("density", ">= 5"), SubsetOf, ""},
		{"derived, strict", "and above 5 only with one strict base", All{chip, is("tpp", "> 10"), is("area", "> 0, <= 2")}, is("density", "> 5"), SubsetOf, ""},
		{"derived, not strict", "10 over 2 is 5, which is not above 5", All{chip, is("tpp", ">= 10"), is("area", "> 0, <= 2")}, is("density", "> 5"), IntersectsWith, ""},
		{"derived contradiction", "no chip has all three", All{is("tpp", "< 10"), is("area", ">= 2"), is("density", ">= 5")}, Any{}, EqualTo, NoDifference},
		{"nothing over something", "0 over any area is 0", All{chip, is("tpp", "= 0"), is("density", "> 5")}, Any{}, EqualTo, NoDifference},
		{"nothing over less than two", "is 0 and no more, whether 2 belongs to it or not", All{chip, is("tpp", "= 0"), is("area", "> 0, < 2")}, is("density", "= 0"), SubsetOf, ""},
		{"over no area", "a density over no area does not exist", All{chip, is("tpp", "any"), is("area", "= 0")}, is("density", "none"), SubsetOf, ""},
		{"without a base", "a density without a tpp does not exist", All{chip, is("tpp", "none"), is("density", "any")}, Any{}, EqualTo, NoDifference},
		{"derived alone", "without its bases a density is free", is("density", ">= 5"), is("tpp", ">= 10"), IntersectsWith, ""},
		{"axiom", "whatever has the flag is modified", is("flag", "true"), is("modified", "true"), SubsetOf, ""},
		{"axiom's contraposition", "what is not modified has no flag", All{is("modified", "false"), is("flag", "true")}, Any{}, EqualTo, NoDifference},
		{"axiom on the target", "and so for what an item is for", forThe("use", is("flag", "true")), forThe("use", is("modified", "true")), SubsetOf, ""},
		{"opaque predicates", "one name is one predicate", All{chip, Opaque{Name: "list:X"}}, All{Opaque{Name: "list:X"}, chip}, EqualTo, ""},
		{"opaque predicates apart", "two names are two predicates", Opaque{Name: "list:X"}, Opaque{Name: "list:Y"}, IntersectsWith, ""},
	})
}

func TestResidue(t *testing.T) {
	x := All{kind("chip"), is("a", "> 1")}
	r, q := Residue{ID: "national-equivalents", Text: "or national equivalents"}, Residue{ID: "authority-decides"}
	checkPairs(t, []pair{
		{"narrowing residue", "whether the law catches all of it is for the residue to say", All{x, r}, x, Unknown, ""},
		{"widening residue", "and so whether it catches more", Any{x, r}, x, Unknown, ""},
		{"shared residue", "two lists with the same Note are equal there", All{x, r}, All{r, x}, EqualTo, ""},
		{"two residues", "different Notes, different ids", All{x, r}, All{x, q}, Unknown, ""},
		{"difference apart from residue", "what differs whatever residue says is decided", All{x, r}, All{kind("machine"), r}, Unknown, ""},
		{"residue that cannot matter", "a subset of nothing", All{x, Not{x}, r}, Any{}, EqualTo, ""},
		{"residue in a part", "whether some point satisfies it hangs on the residue", some("point", All{is("f", "> 1 Hz"), r}), some("point", is("f", "> 1 Hz")), Unknown, ""},
	})

	v := toyVocabulary(t)
	s := NewSpace(v)
	base, narrow, wide := mustCompile(t, s, x), mustCompile(t, s, All{x, r}), mustCompile(t, s, Any{x, r})
	if rel, ids := narrow.Compare(base); rel != Unknown || !slices.Equal(ids, []string{r.ID}) {
		t.Errorf("narrowed against plain: %s, residue %v; want unknown, [%s]", rel, ids, r.ID)
	}
	part := mustCompile(t, s, All{q, some("point", All{is("f", "> 1 Hz"), r})})
	if got := part.Residues(); !slices.Equal(got, []string{q.ID, r.ID}) {
		t.Errorf("residue of item and part: %v", got)
	}
	if base.Residues() == nil || len(base.Residues()) != 0 {
		t.Errorf("a scope without residue names %v", base.Residues())
	}
	if !narrow.Certain().Empty() || !narrow.Conceivable().Equal(base) {
		t.Errorf("narrowed: certain %v, conceivable %v; want nothing, and %v", narrow.Certain(), narrow.Conceivable(), base)
	}
	if !wide.Certain().Equal(base) || !wide.Conceivable().Equal(s.Everything()) {
		t.Errorf("widened: certain %v, conceivable %v; want %v, and everything", wide.Certain(), wide.Conceivable(), base)
	}
	if narrow.CertainlyInhabited() || narrow.Empty() || !wide.CertainlyInhabited() {
		t.Error("certainly inhabited: want the widened scope alone, and the narrowed one not empty")
	}
	in, out := stated(t, v, "chip", "a=2"), stated(t, v, "chip", "a=1")
	for _, c := range []struct {
		name string
		x    Scope
		it   *Item
		want Truth
	}{
		{"narrowed, inside", narrow, in, Undetermined}, {"narrowed, outside", narrow, out, False},
		{"widened, inside", wide, in, True}, {"widened, outside", wide, out, Undetermined},
	} {
		if got := c.x.Evaluate(c.it); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if m := c.x.Missing(c.it); len(m) != 0 {
			t.Errorf("%s: missing %v, but only residue decides", c.name, m)
		}
	}
	if w, ok := narrow.Witness(); !ok || base.Evaluate(&w) != True {
		t.Errorf("a conceivable witness is %+v, %v", w, ok)
	}
}

func TestTransfer(t *testing.T) {
	x := All{kind("chip"), is("a", "> 1")}
	to := func(cc ...string) Criterion { return Transfer{To: cc} }
	checkPairs(t, []pair{
		{"to some destinations", "a control on two destinations is looser than one on all", All{x, to("AA", "BB")}, x, SubsetOf, Substantive},
		{"list of destinations", "any of them", to("AA", "BB"), Any{to("AA"), to("BB")}, EqualTo, ""},
		{"destinations apart", "a transfer has one destination", to("AA"), to("BB"), NoRelationship, ""},
		{"all but one", "the complement of a destination is every other", Not{to("AA")}, to("BB"), SupersetOf, ""},
		{"destination of the target", "a condition on the transfer of the target is not one on this transfer", All{kind("technology"), forThe("use", All{x, to("AA")})}, All{kind("technology"), forThe("use", x)}, EqualTo, NoDifference},
		{"destination of a part", "nor is one on the transfer of a part", some("chip", All{is("a", "> 1"), to("AA")}), some("chip", is("a", "> 1")), EqualTo, NoDifference},
	})

	v := toyVocabulary(t)
	s := NewSpace(v)
	some, all := mustCompile(t, s, All{x, to("AA", "BB")}), mustCompile(t, s, x)
	if !some.SomeDestination().Equal(all) {
		t.Errorf("to at least one destination: %v, want %v", some.SomeDestination(), all)
	}
	it := stated(t, v, "chip", "a=2")
	if got := some.Evaluate(it); got != Undetermined {
		t.Errorf("destination unknown: %v, want undetermined", got)
	}
	if got := some.Missing(it); len(got) != 1 || !slices.Equal(got[0], []string{"to"}) {
		t.Errorf("missing %v, want [[to]]", got)
	}
	for cc, want := range map[string]Truth{"AA": True, "BB": True, "CC": False} {
		it.To = cc
		if got := some.Evaluate(it); got != want {
			t.Errorf("to %s: %v, want %v", cc, got, want)
		}
	}
	if w, ok := some.Witness(); !ok || w.To != "AA" {
		t.Errorf("witness goes to %q, want AA", w.To)
	}
}

// TestPartialItems: an item is decided as soon as everything that agrees with what is stated lies on one side.
func TestPartialItems(t *testing.T) {
	v := toyVocabulary(t)
	point := func(attributes ...string) ItemPart {
		return ItemPart{Type: "point", Item: *stated(t, v, "", attributes...)}
	}
	with := func(it *Item, f func(it *Item)) *Item { f(it); return it }
	machine := func(attributes ...string) *Item { return stated(t, v, "machine", attributes...) }
	strong := All{is("f", "> 1 Hz"), is("p", "> 5 W")}
	for _, tt := range []struct {
		name, why string
		c         Criterion
		it        *Item
		want      Truth
		missing   string // sets "a b; c"
	}{
		{"both sides of a threshold", "an unknown a may be none", Any{is("a", "< 5"), is("a", ">= 5")}, machine(), Undetermined, "a"},
		{"both sides, always", "an always cannot be none", Any{is("always", "< 5"), is("always", ">= 5")}, machine(), True, ""},
		{"both sides, or none", "and with none all is said", Any{is("a", "< 5"), is("a", ">= 5"), is("a", "none")}, machine(), True, ""},
		{"kind without the attribute", "software has none", Any{is("a", "< 5"), is("a", ">= 5")}, stated(t, v, "software"), False, ""},
		{"kind unknown", "an unknown kind may have it", is("a", "> 5"), &Item{}, Undetermined, "a; kind"},
		{"kind unknown, asked for", "either could settle it", All{kind("chip"), is("a", "> 5")}, &Item{}, Undetermined, "a; kind"},
		{"kind follows", "what has a density is a chip", kind("chip"), stated(t, v, "", "density=1"), True, ""},
		{"one of two decides", "the stated one refutes", All{is("a", "> 5"), is("b", "> 5")}, machine("a=1"), False, ""},
		{"one of two stays", "the other is missing", All{is("a", "> 5"), is("b", "> 5")}, machine("a=6"), Undetermined, "b"},
		{"either decides", "each alone can refute", All{is("a", "> 5"), is("b", "> 5")}, machine(), Undetermined, "a; b"},
		{"both needed", "neither alone decides an exclusive or", Any{All{is("a", "> 5"), Not{is("b", "> 5")}}, All{Not{is("a", "> 5")}, is("b", "> 5")}}, machine(), Undetermined, "a b"},
		{"no other attributes", "what is not stated is none", is("a", "> 5"), with(machine(), func(it *Item) { it.NoOtherAttributes = true }), False, ""},
		{"no other attributes, always", "but what cannot be none stays unknown", is("always", "> 5"), with(machine(), func(it *Item) { it.NoOtherAttributes = true }), Undetermined, "always"},
		{"stated none", "none satisfies no comparison", Any{is("a", "> 5"), is("a", "<= 5")}, machine("a=none"), False, ""},
		{"axiom", "the flag implies modified", is("modified", "true"), machine("flag=true"), True, ""},
		{"axiom backwards", "not modified: no flag", is("flag", "true"), machine("modified=false"), False, ""},
		{"axiom says nothing", "modified without flag is possible", is("flag", "true"), machine("modified=true"), Undetermined, "flag"},
		{"derived from bases", "density is computed", is("density", ">= 5"), stated(t, v, "chip", "tpp=10", "area=2"), True, ""},
		{"derived, below", "and compared", is("density", "> 5"), stated(t, v, "chip", "tpp=10", "area=2"), False, ""},
		{"derived over zero", "a density over no area is none", is("density", "any"), stated(t, v, "chip", "tpp=10", "area=0"), False, ""},
		{"derived stated", "the stated value stands", is("density", ">= 5"), stated(t, v, "chip", "density=6"), True, ""},
		{"derived half known", "the other base is missing", is("density", ">= 5"), stated(t, v, "chip", "tpp=10"), Undetermined, "density"},
		{"range stated", "touches", is("band", "touches > 1 Hz, <= 2 Hz"), machine("band=0.5 Hz to 1.5 Hz"), True, ""},
		{"range outside", "ends at the open bound", is("band", "touches > 1 Hz, <= 2 Hz"), machine("band=0.5 Hz to 1 Hz"), False, ""},
		{"terms stated", "scarlet is red", is("colour", "red"), machine("colour=scarlet"), True, ""},
		{"set stated", "complete as stated", is("stuff", "only x"), machine("stuff=x"), True, ""},
		{"set with more", "y is something else", is("stuff", "only x"), machine("stuff=x, y"), False, ""},
		{"set unknown", "may be empty", is("stuff", "x"), machine(), Undetermined, "stuff"},
		{"parts unknown", "nothing is said of points", some("point", strong), machine(), Undetermined, "point"},
		{"no parts", "there are no others", some("point", strong), with(machine(), func(it *Item) { it.NoOtherParts = true }), False, ""},
		{"absent parts", "it has no points", some("point", strong), with(machine(), func(it *Item) { it.Parts = []ItemPart{{Type: "point", Absent: true}} }), False, ""},
		{"one part", "the point satisfies it", some("point", strong), with(machine(), func(it *Item) { it.Parts = []ItemPart{point("f=2 Hz", "p=6 W")} }), True, ""},
		{"two halves", "no one point satisfies both", some("point", strong), with(machine(), func(it *Item) { it.Parts = []ItemPart{point("f=2 Hz", "p=1 W"), point("f=1 Hz", "p=6 W")} }), False, ""},
		{"part half known", "its power decides", some("point", strong), with(machine(), func(it *Item) { it.Parts = []ItemPart{point("f=2 Hz")} }), Undetermined, "point"},
		{"part settles either way", "one unknown value, two conditions that cover it but for none",
			Any{some("point", is("f", "< 1 Hz")), some("point", is("f", ">= 1 Hz")), some("point", is("f", "none"))},
			with(machine(), func(it *Item) { it.Parts = []ItemPart{point()} }), True, ""},
		{"counted parts", "three identical axes are three", atLeast(3, "axis", is("a", "> 1")), with(machine(), func(it *Item) {
			it.Parts = []ItemPart{{Type: "axis", Count: 3, Item: *stated(t, v, "", "a=2")}}
		}), True, ""},
		{"too few", "two are not three", atLeast(3, "axis", is("a", "> 1")), with(machine(), func(it *Item) {
			it.Parts = []ItemPart{{Type: "axis", Count: 2, Item: *stated(t, v, "", "a=2")}}
		}), False, ""},
		{"every part", "all stated ones satisfy", every("point", is("f", "> 1 Hz")), with(machine(), func(it *Item) { it.Parts = []ItemPart{point("f=2 Hz"), point("f=3 Hz")} }), True, ""},
		{"every part but one", "the failing one refutes", every("point", is("f", "> 1 Hz")), with(machine(), func(it *Item) { it.Parts = []ItemPart{point("f=2 Hz"), point("f=1 Hz")} }), False, ""},
		{"whole part", "an item by kind", some("chip", is("a", "> 1")), with(machine(), func(it *Item) {
			it.Parts = []ItemPart{{Type: "converter", Item: *stated(t, v, "", "a=2")}}
		}), True, ""},
		{"whole part of another kind", "a machine is no chip", some("chip", is("a", "> 1")), with(machine(), func(it *Item) {
			it.Parts = []ItemPart{{Type: "machine", Item: *stated(t, v, "", "a=2")}}
		}), False, ""},
		{"purpose unknown", "nothing is said of it", forThe("use", kind("machine")), stated(t, v, "software"), Undetermined, "for"},
		{"for nothing", "no purpose", forThe("use", kind("machine")), with(stated(t, v, "software"), func(it *Item) { it.ForKnown = true }), False, ""},
		{"purpose stated", "use of a machine", forThe("use", kind("machine")), with(stated(t, v, "software"), func(it *Item) {
			it.For = []Purpose{{"use", *machine()}}
		}), True, ""},
		{"stronger relation", "specially designed is usable", forThe("usable", kind("machine")), with(stated(t, v, "software"), func(it *Item) {
			it.For = []Purpose{{"specially-designed", *machine()}}
		}), True, ""},
		{"one of two purposes", "in scope for any one of them", forThe("use", kind("machine")), with(stated(t, v, "software"), func(it *Item) {
			it.For = []Purpose{{"use", *stated(t, v, "chip")}, {"use", *machine()}}
		}), True, ""},
		{"two purposes, one open", "the other may decide", forThe("use", is("a", "> 1")), with(stated(t, v, "software"), func(it *Item) {
			it.For = []Purpose{{"use", *machine("a=1")}, {"use", *machine()}}
		}), Undetermined, "for"},
		{"chain of purposes", "technology for software for a machine", forThe("development", forThe("use", is("a", "> 1"))), with(stated(t, v, "technology"), func(it *Item) {
			it.For = []Purpose{{"development", *with(stated(t, v, "software"), func(it *Item) { it.For = []Purpose{{"use", *machine("a=2")}} })}}
		}), True, ""},
		{"purpose stated, attribute not", "what it is for is no question then", All{is("a", "> 5"), forThe("use", kind("machine"))}, with(machine(), func(it *Item) {
			it.For = []Purpose{{"use", *machine()}}
		}), Undetermined, "a"},
		{"purpose half known", "more about what it is for decides", forThe("use", is("a", "> 1")), with(stated(t, v, "software"), func(it *Item) {
			it.For = []Purpose{{"use", *machine()}}
		}), Undetermined, "for"},
		{"opaque stated", "as stated", Opaque{Name: "list:X"}, with(machine(), func(it *Item) { it.Attributes["list:X"] = Value{Bool: true} }), True, ""},
		{"opaque unknown", "asked for by name", Opaque{Name: "list:X"}, machine(), Undetermined, "list:X"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := NewSpace(v)
			x := mustCompile(t, s, tt.c)
			if got := x.Evaluate(tt.it); got != tt.want {
				t.Errorf("%v, want %v (%s)", got, tt.want, tt.why)
			}
			var sets []string
			for _, set := range x.Missing(tt.it) {
				sets = append(sets, strings.Join(set, " "))
			}
			if got := strings.Join(sets, "; "); got != tt.missing {
				t.Errorf("missing %q, want %q", got, tt.missing)
			}
		})
	}
}

func TestConditions(t *testing.T) {
	v := toyVocabulary(t)
	chip := kind("chip")
	for _, tt := range []struct {
		name string
		c    Criterion
		want string
	}{
		{"nothing", Any{}, "nothing"},
		{"everything", All{}, "anything"},
		{"the only kind is left out", chip, "anything"},
		{"several kinds", kind("chip", "machine"), "kind chip or machine"},
		{"thresholds as written", All{chip, is("temperature", "> 125 Cel")}, "temperature > 125 Cel"},
		{"band", All{chip, is("a", ">= 1, < 5")}, "a >= 1, < 5"},
		{"one value", All{chip, is("a", "= 1")}, "a = 1"},
		{"stated at all", All{chip, is("a", "any")}, "a stated"},
		{"having none", All{chip, is("a", "none")}, "no a"},
		{"or none", All{chip, Not{is("a", "> 5")}}, "a <= 5 or none"},
		{"alternatives", All{chip, Any{is("a", "> 5"), is("b", "> 7")}}, "a > 5 | b > 7"},
		{"boolean", All{chip, is("modified", "true")}, "modified"},
		{"terms", All{chip, is("colour", "red")}, "colour red | colour scarlet"},
		{"set", All{chip, is("stuff", "all x, y")}, "stuff:x; stuff:y"},
		{"range", All{chip, is("band", "touches > 1 GHz, <= 2 GHz")}, "band.min <= 2 GHz; band.max > 1 GHz"},
		{"part", All{chip, some("point", is("f", "> 1 GHz"))}, "some point (f > 1 GHz)"},
		{"no part", All{chip, none("point", nil)}, "no point"},
		{"counted part", All{chip, atLeast(2, "axis", is("a", "> 1"))}, "at least 2 axis (a > 1)"},
		{"fewer parts", All{chip, Not{atLeast(2, "axis", is("a", "> 1"))}}, "fewer than 2 axis (a > 1)"},
		{"purpose", All{kind("software"), forThe("use", All{kind("machine"), is("a", "> 1")})}, "for use of (kind machine; a > 1)"},
		{"destination", All{chip, Transfer{To: []string{"AA", "BB"}}}, "to AA | to BB"},
		{"other destinations", All{chip, Not{Transfer{To: []string{"AA"}}}}, "to other destinations"},
		{"opaque", All{chip, Not{Opaque{Name: "list:X"}}}, "not list:X"},
		{"residue", All{chip, Residue{ID: "r"}}, "if residue r"},
		{"redundant condition", All{chip, is("a", "> 1"), is("a", "> 2")}, "a > 2"},
		{"for nothing", All{kind("software"), Not{For{}}}, "for nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustCompile(t, NewSpace(v), tt.c).String(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	s := NewSpace(v)
	many := Any{}
	for _, c := range []string{"= 1", "= 2", "= 3"} {
		many = append(many, is("a", c))
	}
	cs, more := mustCompile(t, s, many).Conditions(2)
	if len(cs) != 2 || !more {
		t.Errorf("%d conjunctions, more %v; want 2 and more", len(cs), more)
	}
}

// TestWitnessIsSimple: a witness states what the scope depends on and no more, and is written as laws write it.
func TestWitnessIsSimple(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct {
		name string
		c    Criterion
		want string
	}{
		{"number", All{kind("chip"), is("a", "> 5")}, `{"kind":"chip","attributes":{"a":"10"}}`},
		{"having none", All{kind("chip"), Not{is("a", "> 5")}}, `{"kind":"chip","attributes":{"a":null}}`},
		{"two kinds", All{kind("converter"), kind("logic")}, `{"kind":["converter","logic"]}`},
		{"range", All{kind("chip"), is("band", "covers >= 1 GHz, <= 2 GHz")}, `{"kind":"chip","attributes":{"band":{"max":"2 GHz","min":"1 GHz"}}}`},
		{"set", All{kind("chip"), is("stuff", "all x, y"), Not{is("stuff", "z")}}, `{"kind":"chip","attributes":{"stuff":["x","y"]}}`},
		{"part", All{kind("chip"), some("point", is("f", "> 1 GHz"))}, `{"kind":"chip","parts":[{"part":"point","attributes":{"f":"2 GHz"}}]}`},
		{"no part", All{kind("chip"), none("point", nil)}, `{"kind":"chip","parts":[{"part":"point","absent":true}]}`},
		{"no whole part", All{kind("chip"), none("machine", nil)}, `{"kind":"chip","no-other-parts":true}`},
		{"whole part", All{kind("machine"), some("chip", is("a", "= 5"))}, `{"kind":"machine","parts":[{"part":"chip","attributes":{"a":"5"}}]}`},
		{"purpose", All{kind("software"), forThe("use", All{kind("machine"), is("a", "= 5")})}, `{"kind":"software","for":{"function":"use","item":{"kind":"machine","attributes":{"a":"5"}}}}`},
		{"for nothing", All{kind("software"), Not{For{}}}, `{"kind":"software","for":[]}`},
		{"destination", All{kind("software"), Transfer{To: []string{"BB"}}}, `{"kind":"software","to":"BB"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := mustCompile(t, NewSpace(v), tt.c)
			w, ok := x.Witness()
			if !ok || x.Evaluate(&w) != True {
				t.Fatalf("witness %+v: %v, in the scope: %v", w, ok, x.Evaluate(&w))
			}
			got, err := json.Marshal(w)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestWitnessValues: a value is the threshold where that belongs to the scope, else a short number near it.
func TestWitnessValues(t *testing.T) {
	v := toyVocabulary(t)
	for _, tt := range []struct{ attribute, constraint, want string }{
		{"always", ">= 7", "7"},
		{"always", "<= 7", "7"},
		{"always", "> 7", "10"},
		{"always", "< 7", "5"},
		{"always", "> -7", "-5"},
		{"always", "< -7", "-10"},
		{"always", "< 0", "-0.5"},
		{"always", "> 0", "1"},
		{"always", "> 7, < 8", "7.5"},
		{"always", "> 7.01, < 7.011", "7.0105"},
		{"always", "> 1/3, < 1/2", "0.4"},
		{"b", "< 3", "2"},
		{"n", "> 3", "4"},
		{"n", "< 3", "2"},
		{"n", "any", "0"},
		{"n", "> 3, < 9", "4"},
		{"length", "> 10 um", "20 um"},
		{"length", "> 3 mm, < 4 mm", "3.5 mm"},
		{"length", "> 1 [in_i]", "2 [in_i]"},
		{"temperature", "> 125 Cel", "200 Cel"},
		{"temperature", "< -55 Cel", "-200 Cel"},
		{"band", "touches > 2 GHz", "1 GHz to 4 GHz"},
		{"band", "within > 2 GHz, < 3 GHz", "2.5 GHz to 2.5 GHz"},
	} {
		x := mustCompile(t, NewSpace(v), All{kind("machine"), is(tt.attribute, tt.constraint)})
		w, ok := x.Witness()
		if !ok || x.Evaluate(&w) != True {
			t.Errorf("%s %s: witness %+v is not in", tt.attribute, tt.constraint, w)
		}
		if got := w.Attributes[tt.attribute].Text; got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.attribute, tt.constraint, got, tt.want)
		}
	}
}
