package main

import (
	"fmt"
	"os"
	"time"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func main() {
	c, _ := regime.Builtin()
	t := time.Now()
	r, err := diff.Lags(c, os.Args[1], diff.LagOptions{})
	if err != nil {
		panic(err)
	}
	fmt.Println(len(r.Decisions), r.Kinds, time.Since(t))
	for _, f := range r.Followers {
		fmt.Println(f)
	}
	fmt.Println(r.Unheld)
	for i, d := range r.Decisions {
		if i%20 != 0 {
			continue
		}
		cs, _ := d.Conditions(1)
		fmt.Println(d.Old, d.New, d.Effect, d.Decided, d.Name(), d.Paragraphs, diff.Describe(d.Witness), cs)
		for _, l := range d.Lags {
			fmt.Println("    ", l.Follower, l.InForce, "|", l.Days, "|", l.InForce.Censoring())
		}
	}
}
