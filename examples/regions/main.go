// Regions prints who controls rechargeable cells and quantum computers, and an item of each region.
package main

import (
	"fmt"
	"log"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

func main() {
	corpus, err := regime.Builtin()
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.Newest("es-national", "eu-annex-i", "us-ccl", "wa-du")
	if err != nil {
		log.Fatal(err)
	}
	kinds := []string{"secondary-cell", "quantum-computer"}
	lists, err := corpus.Compile(view, regime.Options{AnyDestination: true, Kinds: kinds})
	if err != nil {
		log.Fatal(err)
	}
	regions, err := diff.Partition(lists, kinds...)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range regions {
		fmt.Println(r.Class, r.Signature, "not", r.Without)
		fmt.Println("  such as", diff.Describe(r.Witness), r.Paragraphs)
	}
}
