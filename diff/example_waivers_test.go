package diff_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// A finding that was reviewed is waived by its fingerprint until a date.
func ExampleWaive() {
	list := func(id, line string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`schema: 1
list: ` + id + `
edition: {effective: "2026-01-01"}
covers: {kinds: [laser]}
entries: [{code: "6A1", title: lasers, kind: laser, when: {output: "` + line + `"}}]
`)}
	}
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}]
kinds: [{id: laser}]
attributes: [{id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}]
`)},
		"lists/here/2026-01-01.yaml":  list("here", ">= 20 W"),
		"lists/there/2026-01-01.yaml": list("there", "> 20 W"),
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
	report, err := diff.Compare(compiled)
	if err != nil {
		log.Fatal(err)
	}
	waivers, err := diff.ParseWaivers("waivers.yaml", []byte(`schema: 1
waivers:
  - fingerprint: "`+report.Findings[0].Fingerprint+`"
    reason: no laser of exactly 20 W is sold
    expires: "2027-01-01"
`))
	if err != nil {
		log.Fatal(err)
	}
	for _, day := range []regime.Date{{Year: 2026, Month: 12, Day: 31}, {Year: 2027, Month: 1, Day: 1}} {
		r := diff.Waive(report, waivers, day)
		fmt.Println(day, len(r.Waived), "waived")
		for _, f := range r.Findings {
			fmt.Println(" ", f.Kind)
		}
	}
	// Output:
	// 2026-12-31 1 waived
	// 2027-01-01 0 waived
	//   threshold-gap
	//   expired-waiver
}
