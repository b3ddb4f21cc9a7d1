package regime_test

import (
	"fmt"
	"log"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func ExampleCorpus_At() {
	corpus, err := regime.Builtin()
	if err != nil {
		log.Fatal(err)
	}
	date, err := regime.ParseDate("2022-06")
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.At(date, "wa-du")
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range view.Editions {
		issuer, _ := corpus.AuthorityOf(e.List)
		fmt.Println(issuer.Name, e.Date())
	}
	// Output: Wassenaar Arrangement 2021-12-22
}

func ExampleCorpus_Criterion() {
	corpus, err := regime.Builtin()
	if err != nil {
		log.Fatal(err)
	}
	view, err := corpus.Newest("wa-du")
	if err != nil {
		log.Fatal(err)
	}
	criterion, err := corpus.Criterion(view.Editions[0], "3.A.1.a.5.a.2")
	if err != nil {
		log.Fatal(err)
	}
	space := scope.NewSpace(corpus.Vocabulary())
	caught, err := space.Compile(criterion)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("catches nothing:", caught.Empty())
	// Output: catches nothing: false
}

func ExampleParseList() {
	_, err := regime.ParseList("draft.yaml", []byte(`schema: 1
list: us-ccl
edition: {effective: "2026-07-23"}
entries:
  - {code: 3E001, titel: technology}
`), nil)
	fmt.Println(err)
	// Output:
	// draft.yaml:5:12: "code" 3E001 reads as a number in YAML; write "3E001"
	// draft.yaml:5:19: unknown key "titel" (did you mean "title"?); keys here are all, any, category, cite, code, controlled-by, corrects, coverage, elsewhere, every, except, expires, for, implements, kind, meets, none, not, note, opaque, paragraphs, presume, reasons, residue, review-by, since, some, source-sha256, status, therefor, title, transfer, under, when
}
