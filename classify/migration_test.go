package classify_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

// The American control of advanced computing circuits: the entry 3A090 comes with the rule of 7 October 2022, which asks for fast links
// and bit length times operations, and asks from 17 November 2023 for total processing performance and its density instead. (Of the first
// rule the list counts the whole from its first day; the entry itself applied from 21 October 2022.) A part that was made to stay below
// the first is caught by the second.
func TestMigration(t *testing.T) {
	const (
		free    = classify.NotControlled
		caught  = classify.Controlled
		unknown = classify.Undetermined

		none    = "no entry asks for processing performance"
		fast    = "links of 600 GB/s or more, and at least 4800 bit-TOPS"
		slow    = "links below 600 GB/s, whatever the operations"
		stays   = "the rule of 2022 holds until the day before the next"
		highest = "a total processing performance of 4800 or more, whatever the links"
	)
	before, first, eve, second := "2022-10-06", "2022-10-07", "2023-11-16", "2023-11-17"
	for _, tt := range []struct {
		item, date string
		want       classify.Verdict
		paragraph  string // of 3A090 that catches, or may
		why        string
	}{
		{"nvidia-a100", before, free, "", none},
		{"nvidia-a100", first, caught, "3A090.a.4", fast + ": 600 and 4992"},
		{"nvidia-a100", eve, caught, "3A090.a.4", stays},
		{"nvidia-a100", second, caught, "3A090.a.1", highest + ": 4992"},

		{"nvidia-a800", before, free, "", none},
		{"nvidia-a800", first, free, "", slow + ": 400"},
		{"nvidia-a800", eve, free, "", stays},
		{"nvidia-a800", second, caught, "3A090.a.1", highest + ": 4992, as the A100"},

		{"nvidia-h100-sxm", before, free, "", none},
		{"nvidia-h100-sxm", first, caught, "3A090.a.4", fast + ": 900 and 15832"},
		{"nvidia-h100-sxm", eve, caught, "3A090.a.4", stays},
		{"nvidia-h100-sxm", second, caught, "3A090.a.1", highest + ": 15832"},

		{"nvidia-h100-pcie", before, free, "", none},
		{"nvidia-h100-pcie", first, caught, "3A090.a.4", fast + ": exactly 600, and 12104"},
		{"nvidia-h100-pcie", eve, caught, "3A090.a.4", stays},
		{"nvidia-h100-pcie", second, caught, "3A090.a.1", highest + ": 12104"},

		{"nvidia-h800-sxm", before, free, "", none},
		{"nvidia-h800-sxm", first, free, "", slow + ": 400"},
		{"nvidia-h800-sxm", eve, free, "", stays},
		{"nvidia-h800-sxm", second, caught, "3A090.a.1", highest + ": 15832, as the H100"},

		{"nvidia-l40s", before, free, "", none},
		{"nvidia-l40s", first, free, "", slow + ": the 64 of its bus, though 5864 bit-TOPS"},
		{"nvidia-l40s", eve, free, "", stays},
		{"nvidia-l40s", second, caught, "3A090.a.1", highest + ": 5864"},

		{"nvidia-rtx-4090", before, free, "", none},
		{"nvidia-rtx-4090", first, free, "", slow + ": the 64 of its bus"},
		{"nvidia-rtx-4090", eve, free, "", stays},
		{"nvidia-rtx-4090", second, caught, "3A090.a.1", highest + ": 5284.8; Note 2 releases what is not for data centres only below 4800"},

		{"nvidia-h20", before, free, "", none},
		{"nvidia-h20", first, unknown, "3A090.a.4", "900 GB/s are enough, and whether 4800 bit-TOPS are reached turns on the bit length of results, which is not published"},
		{"nvidia-h20", eve, unknown, "3A090.a.4", stays},
		{"nvidia-h20", second, free, "", "a performance of 2368 is below 2400, and a density of 2.9 (over 814 mm2) below 3.2"},
	} {
		got := on(t, "us-ccl", date(t, tt.date), found(t, tt.item))
		var paragraphs []string
		for _, p := range got.Paragraphs {
			if strings.HasPrefix(p, "3A090.") {
				paragraphs = append(paragraphs, p)
			}
		}
		has := strings.Contains(" "+strings.Join(paragraphs, " ")+" ", " "+tt.paragraph+" ")
		if got.Verdict != tt.want || tt.paragraph == "" && paragraphs != nil || tt.paragraph != "" && !has {
			t.Errorf("%s on %s is %s by %v (edition %s); want %s %s: %s", tt.item, tt.date, got.Verdict, got.Paragraphs, got.Edition, tt.want, tt.paragraph, tt.why)
		}
	}
}

// A part made to stay below a rule, day by day as the rule changes.
func ExampleItem_dates() {
	corpus, err := regime.Builtin()
	if err != nil {
		log.Fatal(err)
	}
	data, err := os.ReadFile("../examples/items/catalogue/accelerators.yaml")
	if err != nil {
		log.Fatal(err)
	}
	items, err := classify.ReadItems("accelerators.yaml", data, corpus.Vocabulary())
	if err != nil {
		log.Fatal(err)
	}
	for _, day := range []string{"2022-10-06", "2022-10-07", "2023-11-16", "2023-11-17"} {
		date, err := regime.ParseDate(day)
		if err != nil {
			log.Fatal(err)
		}
		view, err := corpus.At(date, "us-ccl")
		if err != nil {
			log.Fatal(err)
		}
		lists, err := corpus.Compile(view, regime.Options{AnyDestination: true, Kinds: []string{"digital-integrated-circuit"}})
		if err != nil {
			log.Fatal(err)
		}
		for _, it := range items {
			if it.ID == "nvidia-a100" || it.ID == "nvidia-a800" {
				r := classify.Item(lists, &it)[0]
				fmt.Println(day, it.ID, r.Verdict, r.Paragraphs)
			}
		}
	}
	// Output:
	// 2022-10-06 nvidia-a100 not-controlled []
	// 2022-10-06 nvidia-a800 not-controlled []
	// 2022-10-07 nvidia-a100 controlled [3A090.a.4]
	// 2022-10-07 nvidia-a800 not-controlled []
	// 2023-11-16 nvidia-a100 controlled [3A090.a.4]
	// 2023-11-16 nvidia-a800 not-controlled []
	// 2023-11-17 nvidia-a100 controlled [3A090.a.1 3A090.a.2]
	// 2023-11-17 nvidia-a800 controlled [3A090.a.1 3A090.a.2]
}
