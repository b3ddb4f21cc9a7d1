package diff_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// A regime lowers a line; a participant follows, seen between two dates.
func ExampleLags() {
	edition := func(list, date, how, when string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`schema: 1
list: ` + list + `
edition: {` + how + `: "` + date + `"}
covers: {kinds: [laser]}
entries: [{code: "6A1", title: lasers, kind: laser, when: {output: "` + when + `"}}]
`)}
	}
	corpus, err := regime.Load(fstest.MapFS{
		"vocabulary/words.yaml": {Data: []byte(`schema: 1
units: [{id: W, dimension: power, factor: "1"}]
kinds: [{id: laser}]
attributes: [{id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}]
`)},
		"authorities/reg.yaml":      {Data: []byte("schema: 1\nid: reg\nname: Regime\nkind: regime\nlists: [all]\nparticipants: [{country: JP, role: participant}]\n")},
		"authorities/jp.yaml":       {Data: []byte("schema: 1\nid: jp\nname: Japan\nkind: jurisdiction\ncountry: JP\nlists: [jap]\n")},
		"lists/all/2021-12-01.yaml": edition("all", "2021-12-01", "effective", "> 100 W"),
		"lists/all/2022-12-01.yaml": edition("all", "2022-12-01", "effective", "> 50 W"),
		"lists/jap/2023-01-01.yaml": edition("jap", "2023-01-01", "seen", "> 100 W"),
		"lists/jap/2023-06-15.yaml": edition("jap", "2023-06-15", "seen", "> 50 W"),
	})
	if err != nil {
		log.Fatal(err)
	}
	report, err := diff.Lags(corpus, "all", diff.LagOptions{Complete: []string{"all"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range report.Decisions {
		fmt.Println(d.Effect, diff.Describe(d.Witness), "from", d.Decided)
		for _, l := range d.Lags {
			fmt.Printf("%s: %v, %v days, %s\n", l.Follower, l.InForce, l.Days, l.InForce.Censoring())
		}
	}
	// Output:
	// controls laser: output 100 W from 2022-12-01
	// jp: 2023-01-02 to 2023-06-15, 32 to 196 days, interval-censored
}
