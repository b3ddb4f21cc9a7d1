package classify_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// Where a list only sets lower bounds on what is better high, and excepts nothing, more capable is never less controlled.
func TestMoreCapableNeverLessControlled(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	raised := map[classify.Verdict]int{}
	for range 80 {
		text := head("mm", "machine, circuit, software") + lowerBounds(rng)
		c, err := regime.Load(fstest.MapFS{
			"vocabulary/words.yaml":    {Data: []byte(words)},
			"lists/mm/2026-01-01.yaml": {Data: []byte(text)},
		})
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		k := compile(t, c)
		for range 40 {
			it := capable(c.Vocabulary(), rng)
			before := classify.Verdicts(k, it, nil)[0]
			was, id := describeWhole(it), raise(c.Vocabulary(), it, rng)
			after := classify.Verdicts(k, it, nil)[0]
			if id != "" {
				raised[before]++
			}
			// What is not known before and after takes the same values, so neither may an undetermined item be freed.
			if before == classify.Controlled && after != classify.Controlled || before == classify.Undetermined && after == classify.NotControlled {
				t.Fatalf("%s is %s; with more %s, %s, it is %s\n%s", was, before, id, describeWhole(it), after, text)
			}
		}
	}
	for _, v := range []classify.Verdict{classify.Controlled, classify.Undetermined, classify.NotControlled} {
		if raised[v] < 100 {
			t.Errorf("only %d items that were %s; the lists are too poor", raised[v], v)
		}
	}
}

// bounds are the lower bounds of the lists, which lie among the values that items have.
var bounds = map[string][]string{
	"bits": {"4 bit", "8 bit", "10 bit", "12 bit", "16 bit"}, "rate": {"0 SPS", "600 MSPS", "1.3 GSPS", "2 GSPS", "5 GSPS"},
	"axes": {"0", "2", "3", "5"}, "power": {"0 W", "1 W", "5 W", "6 W"},
}

// lowerBounds is random entries on converters and machines.
func lowerBounds(rng *rand.Rand) string {
	bound := func(id string) string {
		return fmt.Sprintf("%s: %q", id, []string{"> ", ">= "}[rng.IntN(2)]+bounds[id][rng.IntN(len(bounds[id]))])
	}
	converter := func() string {
		switch rng.IntN(4) {
		case 0:
			return fmt.Sprintf("when: {%s}", bound("bits"))
		case 1:
			return fmt.Sprintf("when: {%s}", bound("rate"))
		case 2:
			return fmt.Sprintf("any: [{when: {%s}}, {when: {%s}}]", bound("bits"), bound("rate"))
		}
		return fmt.Sprintf("when: {%s, %s}", bound("bits"), bound("rate"))
	}
	machine := func() string {
		some := fmt.Sprintf("some: {of: axis, at-least: %d, where: {when: {%s}}}", 1+rng.IntN(2), bound("power"))
		return []string{some, fmt.Sprintf("when: {%s}", bound("axes")), fmt.Sprintf("when: {%s}, %s", bound("axes"), some)}[rng.IntN(3)]
	}
	var b strings.Builder
	for i := range 1 + rng.IntN(3) {
		kind, condition := "converter", converter
		if rng.IntN(2) == 0 {
			kind, condition = "machine", machine
		}
		fmt.Fprintf(&b, "\n  - code: \"%d\"\n    kind: %s\n    paragraphs:", i, kind)
		for j := range 1 + rng.IntN(3) {
			fmt.Fprintf(&b, "\n      - {code: \"%d.%c\", %s}", i, 'a'+j, condition())
		}
	}
	return b.String() + "\n"
}

// capable is a converter or a machine of which each capability is a number, none or not known.
func capable(v *scope.Vocabulary, rng *rand.Rand) *scope.Item {
	it := &scope.Item{Kinds: []string{[]string{"converter", "lathe"}[rng.IntN(2)]}, Attributes: map[string]scope.Value{}, NoOtherParts: rng.IntN(2) == 0}
	state := func(it *scope.Item, ids ...string) {
		for _, id := range ids {
			switch rng.IntN(6) {
			case 0: // not known
			case 1:
				it.Attributes[id] = scope.Value{None: true, Text: "none"}
			default:
				it.Attributes[id] = valued(v, id, bounds[id][rng.IntN(len(bounds[id]))])
			}
		}
	}
	if it.Kinds[0] == "converter" {
		state(it, "bits", "rate")
		return it
	}
	state(it, "axes")
	for range rng.IntN(3) {
		p := scope.ItemPart{Type: "axis", Count: 1 + rng.IntN(2), Item: scope.Item{Attributes: map[string]scope.Value{}}}
		state(&p.Item, "power")
		it.Parts = append(it.Parts, p)
	}
	return it
}

// raise gives the item, or one of its parts, more of something that is better high, and says of what; none is less than any number.
func raise(v *scope.Vocabulary, it *scope.Item, rng *rand.Rand) string {
	of := &it.Attributes
	if len(it.Parts) > 0 && rng.IntN(2) == 0 {
		of = &it.Parts[rng.IntN(len(it.Parts))].Item.Attributes
	}
	for i := range v.Attributes {
		a := &v.Attributes[i]
		was, ok := (*of)[a.ID]
		if a.Better != "high" || !ok || rng.IntN(2) == 0 {
			continue
		}
		for _, text := range bounds[a.ID] {
			more := valued(v, a.ID, text)
			if was.None || more.Number.Cmp(was.Number) > 0 {
				(*of)[a.ID] = more
				return a.ID
			}
		}
	}
	return ""
}

func valued(v *scope.Vocabulary, id, text string) scope.Value {
	x, err := v.ParseValue(id, text)
	if err != nil {
		panic(err)
	}
	return x
}

func describeWhole(it *scope.Item) string {
	out := it.Kinds[0] + " " + describe(it)
	for i := range it.Parts {
		out += fmt.Sprintf("; %d axes of %s", it.Parts[i].Count, describe(&it.Parts[i].Item))
	}
	return out
}
