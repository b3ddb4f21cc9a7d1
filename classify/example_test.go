package classify_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

func Example() {
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}, {id: kW, dimension: power, factor: "1000"}]
kinds: [{id: laser}]
attributes: [{id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}]
`)},
		"lists/somewhere/2026-01-01.yaml": {Data: []byte(`schema: 1
list: somewhere
edition: {effective: "2026-01-01"}
covers: {kinds: [laser]}
entries: [{code: "6A1", kind: laser, when: {output: "> 2 kW"}}]
`)},
	})
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.Newest()
	if err != nil {
		log.Fatal(err)
	}
	compiled, err := corpus.Compile(view, regime.Options{})
	if err != nil {
		log.Fatal(err)
	}
	items, err := classify.ReadItems("items.csv", []byte("id,kind,output [W]\nweak,laser,2000\nstrong,laser,2001\nunmeasured,laser,\n"), corpus.Vocabulary())
	if err != nil {
		log.Fatal(err)
	}
	for _, it := range items {
		for _, r := range classify.Item(compiled, &it) {
			fmt.Println(it.ID, r.Verdict, r.Paragraphs, r.Missing)
		}
	}
	// Output:
	// weak not-controlled [] []
	// strong controlled [6A1] []
	// unmeasured undetermined [6A1] [[output]]
}
