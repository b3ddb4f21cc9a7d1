package diff_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func ExampleEditions() {
	const edition = `schema: 1
list: here
edition: {effective: "%s"}
covers: {kinds: [laser]}
entries:
- {code: "6A1", title: lasers, kind: laser, when: {output: "%s"}}
- {code: "6A2", title: strong lasers, kind: laser, when: {output: "> 9 kW"}}
`
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}, {id: kW, dimension: power, factor: "1000"}]
kinds: [{id: laser}]
attributes: [{id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}]
`)},
		"lists/here/2025-01-01.yaml": {Data: fmt.Appendf(nil, edition, "2025-01-01", "> 2 kW")},
		"lists/here/2026-01-01.yaml": {Data: fmt.Appendf(nil, edition, "2026-01-01", "> 3 kW")},
	})
	if err != nil {
		log.Fatal(err)
	}
	var view regime.View
	for _, date := range corpus.Editions("here") {
		e, err := corpus.Edition("here", date)
		if err != nil {
			log.Fatal(err)
		}
		view.Editions = append(view.Editions, e)
	}
	compiled, err := corpus.Compile(view, regime.Options{})
	if err != nil {
		log.Fatal(err)
	}
	update, err := diff.Editions(compiled, 0, 1)
	if err != nil {
		log.Fatal(err)
	}
	for _, ch := range update.Changes {
		fmt.Println(ch.Effect, ch.Code(), ch.Fields, ch.Released.Conditions[0])
		fmt.Println("for example", diff.Describe(ch.Released.Witness))
	}
	// Output:
	// loosened 6A1 [criterion] output > 2 kW, <= 3 kW
	// for example laser: output 3 kW
}
