package classify_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// builtin is the newest editions of every list that the module carries.
var builtin = sync.OnceValues(func() (*regime.Compiled, error) {
	c, err := regime.Builtin()
	if err != nil {
		return nil, err
	}
	v, err := c.Newest()
	if err != nil {
		return nil, err
	}
	return c.Compile(v, regime.Options{})
})

// Whatever is learned of an item, a decided verdict stays.
func TestLearningNeverFlips(t *testing.T) {
	k, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	v := k.Corpus.Vocabulary()
	rng := rand.New(rand.NewPCG(1, 2))
	kinds := []string{
		"analog-to-digital-converter", "quantum-computer", "dry-etching-equipment", "parametric-signal-amplifier", "scanning-electron-microscope",
		"pulse-tube-cryocooler", "additive-manufacturing-equipment", "epitaxial-growth-equipment",
	}
	decided := 0
	for range 150 {
		it := scope.Item{Kinds: []string{kinds[rng.IntN(len(kinds))]}, Attributes: map[string]scope.Value{}}
		before := classify.Verdicts(k, &it, nil)
		for _, a := range applicable(v, it.Kinds, rng) {
			value, ok := random(v, a, rng)
			if !ok {
				continue
			}
			it.Attributes[a.ID] = value
			after := classify.Verdicts(k, &it, nil)
			for i := range after {
				list := k.Lists[i].Edition.List
				switch {
				case before[i] == after[i] || list == presumes:
				case before[i] != classify.Undetermined:
					t.Fatalf("%s: %s is %s under %s; without %s it was %s", it.Kinds, describe(&it), after[i], list, a.ID, before[i])
				default:
					decided++
				}
			}
			before = after
		}
	}
	if decided < 20 {
		t.Errorf("only %d verdicts were decided on the way; the items are too poor", decided)
	}
}

// presumes is the list whose presumption a fact can rebut.
const presumes = "us-ccl"

// applicable is some attributes of things of these kinds, in random order.
func applicable(v *scope.Vocabulary, kinds []string, rng *rand.Rand) []*scope.Attribute {
	var out []*scope.Attribute
	for i := range v.Attributes {
		if a := &v.Attributes[i]; len(a.Of) > 0 && v.Applies(a.ID, kinds) {
			out = append(out, a)
		}
	}
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(len(out), 6)]
}

// random is a value of the attribute near those that lists name; false for one that is computed or cannot be had.
func random(v *scope.Vocabulary, a *scope.Attribute, rng *rand.Rand) (scope.Value, bool) {
	number := func() string {
		return []string{"0", "1", "4", "10", "30", "34", "200", "958", "2000", "6000"}[rng.IntN(10)] + " " + a.Unit
	}
	text := "none"
	switch {
	case len(a.AlwaysFor) == 0 && rng.IntN(10) == 0:
	case a.Type == scope.TypeBoolean:
		text = fmt.Sprint(rng.IntN(2) == 0)
	case a.Type == scope.TypeTerm, a.Type == scope.TypeSet:
		text = a.Terms[rng.IntN(len(a.Terms))].ID
	case a.Type == scope.TypeNumber, a.Type == scope.TypeInteger:
		text = number()
	case a.Type == scope.TypeRange:
		text = "1 " + a.Unit + " to " + number()
	default:
		return scope.Value{}, false
	}
	value, err := v.ParseValue(a.ID, text)
	return value, err == nil
}

func describe(it *scope.Item) string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(it.Attributes)) {
		out = append(out, id+" "+it.Attributes[id].Text)
	}
	return strings.Join(out, ", ")
}

// The order in which properties are written and lists are compared changes nothing.
func TestOrder(t *testing.T) {
	c := corpus(t, lists)
	forward := compile(t, c)
	view := forward.View
	view.Editions = slices.Clone(view.Editions)
	slices.Reverse(view.Editions)
	backward, err := c.Compile(view, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ a, b string }{
		{
			`{kind: converter, attributes: {bits: 8 bit, rate: 2 GSPS, civil: false}, no-other-parts: true, for: null}`,
			`{for: null, no-other-parts: true, attributes: {civil: false, rate: 2 GSPS, bits: 8 bit}, kind: converter}`,
		}, {
			`{kind: machine, parts: [{part: axis, attributes: {power: 1 W}}, {part: axis}]}`,
			`{parts: [{part: axis}, {attributes: {power: 1 W}, part: axis}], kind: machine}`,
		}, {
			`{kind: software, for: [{function: use, item: {kind: lathe}}, {function: production, item: {kind: circuit}}]}`,
			`{for: [{item: {kind: circuit}, function: production}, {item: {kind: lathe}, function: use}], kind: software}`,
		},
	} {
		want := classify.Item(forward, item(t, c, tt.a))
		got := classify.Item(backward, item(t, c, tt.b))
		slices.Reverse(got)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s\n%s", tt.b, d)
		}
	}
}

// Nor do those of the catalogue, whichever way its files are written and the embedded lists are taken.
func TestOrderOfCatalogue(t *testing.T) {
	k, err := anywhere()
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	view := k.View
	view.Editions = slices.Clone(view.Editions)
	rng.Shuffle(len(view.Editions), func(i, j int) {
		view.Editions[i], view.Editions[j] = view.Editions[j], view.Editions[i]
	})
	shuffled, err := k.Corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	files := catalogueFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		var file yaml.Node
		if err := yaml.Unmarshal(files[name], &file); err != nil {
			t.Fatal(err)
		}
		shuffle(&file, rng)
		data, err := yaml.Marshal(&file)
		if err != nil {
			t.Fatal(err)
		}
		items, err := classify.ReadItems(name, data, k.Corpus.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		for i := range items {
			n++
			want := classify.Verdicts(k, &found(t, items[i].ID).Item, nil)
			got := classify.Verdicts(shuffled, &items[i], nil)
			for j := range k.Lists {
				list := k.Lists[j].Edition.List
				at := slices.IndexFunc(view.Editions, func(e *regime.Edition) bool { return e.List == list })
				if got[at] != want[j] {
					t.Errorf("%s under %s is %s, and %s with all in another order", items[i].ID, list, want[j], got[at])
				}
			}
		}
	}
	if all := len(catalogue(t)); n != all {
		t.Errorf("%d of %d items were compared", n, all)
	}
}

// shuffle puts the keys of every mapping of n in another order.
func shuffle(n *yaml.Node, rng *rand.Rand) {
	for _, x := range n.Content {
		shuffle(x, rng)
	}
	if n.Kind == yaml.MappingNode {
		rng.Shuffle(len(n.Content)/2, func(i, j int) {
			n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
			n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
		})
	}
}
