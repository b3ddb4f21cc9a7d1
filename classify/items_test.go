package classify_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime/scope"
)

// One item in every form says the same.
func TestReadItems(t *testing.T) {
	c := corpus(t, nil)
	parse := func(attribute, text string) scope.Value {
		v, err := c.Vocabulary().ParseValue(attribute, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	want := []scope.Item{
		{
			ID: "fast", Kinds: []string{"converter"}, To: "KR",
			Attributes: map[string]scope.Value{"bits": parse("bits", "8 bit"), "rate": parse("rate", "2 GSPS"), "civil": parse("civil", "false"), "band": parse("band", "1 GSPS to 2 GSPS"), "attested": parse("attested", "none")},
		},
		{ID: "mill", Kinds: []string{"machine"}, Attributes: map[string]scope.Value{"axes": parse("axes", "3"), "metals": parse("metals", "steel, titanium"), "use": parse("use", "milling")}},
	}
	for _, tt := range []struct{ name, data string }{
		{"items.yaml", `
- id: fast
  title: a converter
  kind: converter
  attributes: {bits: 8 bit, rate: 2 GSPS, civil: false, band: {min: 1 GSPS, max: 2 GSPS}, attested: null}
  to: KR
- {id: mill, kind: [machine], attributes: {axes: 3, metals: [steel, titanium], use: milling}}
`},
		{"items.json", `[
  {"id": "fast", "kind": "converter", "attributes": {"bits": "8 bit", "rate": "2 GSPS", "civil": false, "band": {"min": "1 GSPS", "max": "2 GSPS"}, "attested": null}, "to": "KR"},
  {"id": "mill", "kind": "machine", "attributes": {"axes": 3, "metals": ["steel", "titanium"], "use": "milling"}}
]`},
		{"items.ndjson", `
{"id": "fast", "kind": "converter", "attributes": {"bits": "8 bit", "rate": "2000 MSPS", "civil": false, "band": {"min": "1 GSPS", "max": "2 GSPS"}, "attested": null}, "to": "KR"}

{"id": "mill", "kind": "machine", "attributes": {"axes": "3", "metals": "steel, titanium", "use": "milling"}}
`},
		{"items.csv", "\ufeff" + `id,kind,bits [bit],rate,civil,band,attested,axes,metals,use,to
fast,converter,8,2 GSPS,false,1 GSPS to 2 GSPS,none,,,,KR
mill,machine,,,,,,3,"steel, titanium",milling,
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := classify.ReadItems(tt.name, []byte(tt.data), c.Vocabulary())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, cmpopts.IgnoreFields(scope.Item{}, "Pos"), cmpopts.IgnoreFields(scope.Value{}, "Text"), cmp.Comparer(func(a, b scope.Number) bool { return a.Cmp(b) == 0 })); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for _, it := range got {
				if it.Pos.File != tt.name || it.Pos.Line == 0 || it.Pos.Column == 0 {
					t.Errorf("item %s is at %v", it.ID, it.Pos)
				}
			}
		})
	}
}

func TestReadItemsParts(t *testing.T) {
	c := corpus(t, nil)
	it := item(t, c, `
kind: machine
no-other-attributes: true
parts:
  - {part: axis, count: 2, attributes: {power: 6 W}}
  - {part: axis, kind: component, attributes: {power: 7 W}}
  - {part: converter, attributes: {bits: 8 bit}}
  - {part: circuit, absent: true}
no-other-parts: true
for:
  - {function: use, item: {kind: lathe}}
  - {function: production}
`)
	if len(it.Parts) != 4 || it.Parts[0].Count != 2 || it.Parts[1].Count != 1 || it.Parts[1].Item.Kinds[0] != "component" || !it.Parts[3].Absent {
		t.Errorf("parts are %+v", it.Parts)
	}
	if len(it.For) != 2 || it.For[0].Target.Kinds[0] != "lathe" || !it.ForKnown || !it.NoOtherAttributes || !it.NoOtherParts {
		t.Errorf("item is %+v", it)
	}
	if it := item(t, c, `{kind: machine, parts: null, for: null}`); !it.NoOtherParts || !it.ForKnown || len(it.For) > 0 {
		t.Errorf("null parts and purposes are %+v", it)
	}
	if it := item(t, c, `{kind: machine, attributes: {"us-ccl:3A001": true}}`); !it.Attributes["us-ccl:3A001"].Bool {
		t.Errorf("membership elsewhere is %+v", it.Attributes)
	}
}

// Every fault has a position and a remedy, and takes no other item with it.
func TestReadItemsFaults(t *testing.T) {
	c := corpus(t, nil)
	const good = "\n- {id: good, kind: lathe}\n"
	for _, tt := range []struct{ name, file, data, want string }{
		{"syntax", "i.yaml", "- {id: a", `i.yaml:2:1: not YAML`},
		{"empty", "i.yaml", "", `i.yaml:1:1: file is empty`},
		{"scalar", "i.yaml", "- lathe" + good, `i.yaml:1:3: an item is a mapping with kind and attributes, not a scalar`},
		{"key", "i.yaml", "- {kynd: lathe}" + good, `i.yaml:1:4: "kynd" is not a key here; use one of id, title, source, published, kind, attributes, no-other-attributes, parts, no-other-parts, for, to`},
		{"kind", "i.yaml", "- {kind: late}" + good, `i.yaml:1:10: `},
		{"kinds that exclude each other", "i.yaml", "- {kind: [lathe, software]}" + good, `i.yaml:1:10: `},
		{"kind's shape", "i.yaml", "- {kind: {lathe: true}}" + good, `i.yaml:1:10: "kind" cannot be a mapping`},
		{"attributes' shape", "i.yaml", "- {kind: lathe, attributes: [axes]}" + good, `i.yaml:1:29: "attributes" cannot be a list`},
		{"purpose's shape", "i.yaml", "- {kind: lathe, for: nothing}" + good, `i.yaml:1:22: "for" cannot be a scalar`},
		{"flag", "i.yaml", `- {kind: lathe, no-other-parts: "yes"}` + good, `i.yaml:1:33: "yes" says of "no-other-parts" neither true nor false; write one of them`},
		{"attribute", "i.yaml", "- {kind: lathe, attributes: {axis: 3}}" + good, `i.yaml:1:30: `},
		{"attribute that is none", "i.yaml", "- {kind: lathe, attributes: {axis: null}}" + good, `i.yaml:1:30: `},
		{"attribute of another kind", "i.yaml", "- {kind: lathe, attributes: {bits: 8 bit}}" + good, `i.yaml:1:3: a lathe has no "bits"; state another kind, or leave the attribute out`},
		{"value", "i.yaml", "- {kind: lathe, attributes: {axes: many}}" + good, `i.yaml:1:36: `},
		{"unit", "i.yaml", "- {kind: converter, attributes: {rate: 3 W}}" + good, `i.yaml:1:40: `},
		{"terms", "i.yaml", "- {kind: lathe, attributes: {metals: [steel, gold]}}" + good, `i.yaml:1:38: `},
		{"range", "i.yaml", "- {kind: converter, attributes: {band: {min: 3 GSPS}}}" + good, `i.yaml:1:40: `},
		{"membership", "i.yaml", `- {kind: lathe, attributes: {"us:1": maybe}}` + good, `i.yaml:1:30: "maybe" says of "us:1" neither true nor false; write one of them`},
		{"country", "i.yaml", "- {kind: lathe, to: Kr}" + good, `i.yaml:1:21: "Kr" is not an ISO 3166 alpha-2 code of a country or territory; write two capital letters`},
		{"part", "i.yaml", "- {kind: lathe, parts: [{part: wheel}]}" + good, `i.yaml:1:25: "wheel" is neither a part nor a kind; use a declared one`},
		{"no part", "i.yaml", "- {kind: lathe, parts: [{count: 2}]}" + good, `i.yaml:1:25: "" is neither a part nor a kind; use a declared one`},
		{"count", "i.yaml", "- {kind: lathe, parts: [{part: axis, count: 2.5}]}" + good, `i.yaml:1:45: "2.5" is not a number of parts; write 1 or more`},
		{"attribute of another part", "i.yaml", "- {kind: lathe, parts: [{part: axis, attributes: {bits: 8 bit}}]}" + good, `i.yaml:1:25: a axis has no "bits"`},
		{"key of a part", "i.yaml", "- {kind: lathe, parts: [{part: axis, to: KR}]}" + good, `i.yaml:1:38: "to" is not a key here`},
		{"function", "i.yaml", "- {kind: software, for: {function: fun}}" + good, `i.yaml:1:25: "fun" is not a declared function; use one such as development, production or use`},
		{"key of a purpose", "i.yaml", "- {kind: software, for: {function: use, itm: {kind: lathe}}}" + good, `i.yaml:1:41: "itm" is not a key here; use one of function, item`},
		{"target", "i.yaml", "- {kind: software, for: {function: use, item: {kind: late}}}" + good, `i.yaml:1:54: `},
		{"line of NDJSON", "i.ndjson", "{\"id\": \"good\", \"kind\": \"lathe\"}\n{\"id\": \n", `i.ndjson:2:8: the JSON ends too early`},
		{"item of NDJSON", "i.jsonl", "{\"id\": \"good\", \"kind\": \"lathe\"}\n\n{\"kind\": \"late\"}\n", `i.jsonl:3:10: `},
		{"broken axiom", "i.yaml", "- {kind: lathe, attributes: {use: milling, axes: 0}}" + good, `i.yaml:1:3: axes 0 and use milling cannot be true of one thing: what mills has an axis; mend one of them`},
		{"published", "i.yaml", "- {kind: lathe, published: [{list: us-ccl}]}" + good, `i.yaml:1:29: a published classification names its list, its codes and where it is published`},
		{"CSV header", "i.csv", "", `i.csv:1:1: no header line; write id,kind and a column for each attribute`},
		{"CSV cells", "i.csv", "id,kind\na,lathe,3\ngood,lathe\n", `i.csv:2:1: wrong number of fields; give every row as many cells as the header, and double a quote within quotes`},
		{"CSV quote", "i.csv", "id,kind\n\"x\"y,lathe\ngood,lathe\n", `i.csv:2:3: `},
		{"CSV kind", "i.csv", "id,kind\na,late\ngood,lathe\n", `i.csv:2:3: `},
		{"CSV value", "i.csv", "id,kind,axes\na,lathe,many\ngood,lathe,\n", `i.csv:2:9: `},
		{"CSV unit", "i.csv", "id,kind,rate [W]\na,converter,3\ngood,lathe,\n", `i.csv:2:13: `},
		{"CSV attribute", "i.csv", "id,kind,axis\na,lathe,3\ngood,lathe,\n", `i.csv:2:9: `},
		{"CSV attribute of another kind", "i.csv", "id,kind,bits\na,lathe,8 bit\ngood,lathe,\n", `i.csv:2:1: a lathe has no "bits"`},
		{"CSV country", "i.csv", "id,kind,to\na,lathe,kr\ngood,lathe,KR\n", `i.csv:2:9: "kr" is not an ISO 3166 alpha-2 code of a country or territory; write two capital letters`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			items, err := classify.ReadItems(tt.file, []byte(tt.data), c.Vocabulary())
			var all scope.Errors
			if !errors.As(err, &all) || !errors.Is(err, scope.ErrData) {
				t.Fatalf("error is %v, of type %T", err, err)
			}
			if !strings.HasPrefix(all[0].Error(), tt.want) || len(all[0].Msg) < 15 {
				t.Errorf("got error\n%v\nwant\n%s", err, tt.want)
			}
			want := 0
			if strings.Contains(tt.data, "good") {
				want = 1
			}
			if len(items) != want || want == 1 && items[0].ID != "good" {
				t.Errorf("items are %+v", items)
			}
		})
	}
}
