package diff_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func Example() {
	edition := func(list, when string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`schema: 1
list: ` + list + `
edition: {effective: "2026-01-01"}
covers: {kinds: [laser]}
entries: [{code: "6A1", title: lasers, kind: laser, when: {output: "` + when + `"}}]
`)}
	}
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}, {id: kW, dimension: power, factor: "1000"}]
kinds: [{id: laser}]
attributes: [{id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}]
`)},
		"lists/here/2026-01-01.yaml":  edition("here", ">= 2 kW"),
		"lists/there/2026-01-01.yaml": edition("there", "> 2000 W"),
	})
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.Newest()
	if err != nil {
		log.Fatal(err)
	}
	compiled, err := corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		log.Fatal(err)
	}
	relation, _ := diff.Relate(compiled, "here", "there")
	fmt.Println("here is", relation, "there")
	report, err := diff.Compare(compiled)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Kind, f.Grade, f.Witness.Attributes["output"].Text)
		fmt.Println(f.Message())
	}
	// Output:
	// here is superset-of there
	// threshold-gap boundary-only 2 kW
	// here 6A1 catches what there 6A1 leaves out: output = 2 kW
}

func ExampleConcordance() {
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: kg, dimension: mass, factor: "1"}, {id: km, dimension: length, factor: "1"}]
kinds: [{id: rocket}]
attributes:
  - {id: payload, type: number, dimension: mass, unit: kg, of: [rocket], min: "0"}
  - {id: range, type: number, dimension: length, unit: km, of: [rocket], min: "0"}
`)},
		"lists/mtcr/2026-01-01.yaml": {Data: []byte(`schema: 1
list: mtcr
edition: {effective: "2026-01-01"}
covers: {kinds: [rocket]}
entries:
  - {code: "1.A.1", kind: rocket, when: {payload: ">= 500 kg", range: ">= 300 km"}}
  - {code: "19.A.1", kind: rocket, when: {payload: "< 500 kg", range: ">= 300 km"}}
`)},
		"lists/here/2026-01-01.yaml": {Data: []byte(`schema: 1
list: here
edition: {effective: "2026-01-01"}
covers: {kinds: [rocket]}
entries: [{code: "9A104", kind: rocket, when: {payload: ">= 0 kg", range: ">= 300 km"}}]
`)},
	})
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.Newest()
	if err != nil {
		log.Fatal(err)
	}
	compiled, err := corpus.Compile(view, regime.Options{AnyDestination: true})
	if err != nil {
		log.Fatal(err)
	}
	rows, err := diff.Concordance(compiled, "mtcr", "here")
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range rows {
		fmt.Println(r.Code, r.List, r.Paragraphs, r.Stance)
	}
	// Output:
	// 1.A.1 here [9A104] equal
	// 19.A.1 here [9A104] equal
}
