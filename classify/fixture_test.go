package classify_test

import (
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

const words = `schema: 1
units:
  - {id: "1", dimension: count, factor: "1"}
  - {id: bit, dimension: information, factor: "1"}
  - {id: SPS, dimension: rate, factor: "1"}
  - {id: MSPS, dimension: rate, factor: "1e6"}
  - {id: GSPS, dimension: rate, factor: "1e9"}
  - {id: W, dimension: power, factor: "1"}
kinds:
  - {id: machine}
  - {id: lathe, broader: [machine]}
  - {id: circuit}
  - {id: converter, broader: [circuit]}
  - {id: software}
  - {id: component, overlaps: [circuit]}
attributes:
  - {id: bits, type: integer, dimension: information, unit: bit, better: high, of: [converter], min: "0"}
  - {id: rate, type: number, dimension: rate, unit: SPS, better: high, of: [converter], min: "0"}
  - {id: band, type: range, dimension: rate, unit: SPS, of: [converter]}
  - {id: civil, type: boolean, of: [machine, circuit, software]}
  - {id: attested, type: boolean, of: [circuit]}
  - {id: axes, type: integer, dimension: count, unit: "1", better: high, of: [machine]}
  - {id: power, type: number, dimension: power, unit: W, better: high, of: [axis], min: "0"}
  - {id: metals, type: set, of: [machine], terms: [{id: steel}, {id: titanium}]}
  - {id: use, type: term, of: [machine], terms: [{id: cutting}, {id: milling}]}
parts:
  - {id: axis}
functions:
  - {id: development}
  - {id: production}
  - {id: use}
axioms:
  - {if: {when: {use: milling}}, then: {when: {axes: ">= 1"}}, note: what mills has an axis}
`

// head is the start of an edition of 2026-01-01 that covers these kinds.
func head(list, covers string) string {
	head := "schema: 1\nlist: " + list + "\nedition: {effective: \"2026-01-01\"}\n"
	if covers != "" {
		head += "covers: {kinds: [" + covers + "]}\n"
	}
	return head + "entries:"
}

var lists = map[string]string{
	"aa": head("aa", "machine, circuit, software") + `
  - code: "3A1"
    kind: converter
    paragraphs:
      - {code: "3A1.a", when: {bits: ">= 8 bit, < 10 bit", rate: "> 1.3 GSPS"}}
      - code: "3A1.b"
        when: {bits: ">= 10 bit"}
        paragraphs:
          - {code: "3A1.b.1", when: {rate: "> 600 MSPS"}}
          - {code: "3A1.b.2", when: {band: "touches > 2 GSPS, <= 4 GSPS"}}
    except: [{when: {civil: true}, note: "3A1 Note"}]
  - {code: "3A2", kind: converter, when: {rate: "> 5 GSPS"}}
  - {code: "3D1", kind: software, for: {function: [development, production], controlled-by: ["3A1", "2B1"]}}
  - code: "2B1"
    kind: machine
    some: {of: axis, where: {when: {power: "> 5 W"}}}
`,
	"bb": head("bb", "circuit") + `
  - code: "1"
    kind: circuit
    when: {attested: true}
    presume:
      when: {kind: converter}
      unless: {controlled-by: ["3"]}
  - code: "2"
    kind: converter
    when: {rate: "> 1 GSPS"}
    residue: [{id: military-nature, effect: narrows, text: "where it is of military nature"}]
  - {code: "3", kind: converter, when: {bits: "< 4 bit", civil: true}}
`,
	"cc": head("cc", "") + `
  - {code: "c", kind: circuit, when: {civil: false}}
`,
}

func corpus(t testing.TB, lists map[string]string) *regime.Corpus {
	t.Helper()
	fsys := fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(words)}}
	for id, text := range lists {
		fsys["lists/"+id+"/2026-01-01.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func compile(t testing.TB, c *regime.Corpus, lists ...string) *regime.Compiled {
	t.Helper()
	v, err := c.Newest(lists...)
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func item(t testing.TB, c *regime.Corpus, text string) *scope.Item {
	t.Helper()
	items, err := classify.ReadItems("item.yaml", []byte(text), c.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	return &items[0]
}
