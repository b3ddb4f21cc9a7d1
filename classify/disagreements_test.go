package classify_test

import "github.com/openconcord/concord/classify"

// A disagreement is a published classification that differs from ours, and why.
type disagreement struct {
	item, list, published string
	ours                  classify.Verdict // on the date of the publication
	date                  string           // another date, where on that one the two agree
	why                   string
}

// What several have in common. Where ours is undetermined the reason says besides which fact would decide.
const (
	ahead   = "the report of 2023-10-17 speaks of the rule published that day, which is in force from 2023-11-17; "
	under3A = "3A991 is controlled for anti-terrorism only and not encoded; "
	under4A = "4A994 is controlled for anti-terrorism only and not encoded; "
	under6A = "6A995 is controlled for anti-terrorism only and not encoded, and the list does not claim to cover lasers: "
	mass    = "5A992.c is mass market encryption; category 5 is not encoded; "
	telecom = "5A991 is telecommunications controlled for anti-terrorism only; category 5 is not encoded; "
	ear99   = "EAR99 is in no entry of the list; what is encoded says the same and cannot speak of the rest; "
	nothing = "nothing that is encoded catches it"
	tpp     = "no processing performance is published, on which 3A090 turns"
)

var disagreements = []disagreement{
	// Published under the law of another date.
	{"nvidia-a800", "us-ccl", "3A090", classify.NotControlled, "2023-11-17", ahead + "until then links of 400 GB/s are below its 600"},
	{"nvidia-h800-sxm", "us-ccl", "3A090", classify.NotControlled, "2023-11-17", ahead + "until then links of 400 GB/s are below its 600"},
	{"nvidia-l40s", "us-ccl", "3A090", classify.NotControlled, "2023-11-17", ahead + "until then the 64 GB/s of its bus are below 600"},
	{"nvidia-l40", "us-ccl", "3A090", classify.NotControlled, "2023-11-17", ahead + "until then the 64 GB/s of its bus are below 600"},
	{"nvidia-rtx-4090", "us-ccl", "3A090", classify.NotControlled, "2023-11-17", ahead + "until then the 64 GB/s of its bus are below 600"},

	// Entries that are not encoded, and nothing else that is encoded catches the item.
	{"stm32f407vgt6", "us-ccl", "3A991.a.2", classify.NotControlled, "", under3A + nothing},
	{"dspic33ep512mu810", "us-ccl", "3A991.a.2", classify.NotControlled, "", under3A + nothing},
	{"atecc608b", "us-ccl", "5A992.c", classify.NotControlled, "", mass + nothing},
	{"ad9361", "us-ccl", "5A991.b.1", classify.NotControlled, "", telecom + nothing},
	{"thorlabs-sfl1550p", "us-ccl", "6A995.b.1.b", classify.NotEncoded, "", under6A + nothing},
	{"thorlabs-lp1550-sad2", "us-ccl", "6A995.b.1.b", classify.NotEncoded, "", under6A + nothing},
	{"thorlabs-fpl1009s", "us-ccl", "6A995.b.2", classify.NotEncoded, "", under6A + nothing},
	{"ad7768", "us-ccl", "EAR99", classify.NotControlled, "", ear99 + nothing},
	{"ice40hx4k-tq144", "us-ccl", "EAR99", classify.NotControlled, "", ear99 + nothing},
	{"lan8742a", "us-ccl", "EAR99", classify.NotControlled, "", ear99 + nothing},

	// The same, and a fact that would rule the encoded entries out is not published.
	{"am3358bzcz100", "us-ccl", "5A992.c", classify.Undetermined, "", mass + tpp},
	{"pic32mz2048efm144", "us-ccl", "5A992.c", classify.Undetermined, "", mass + tpp},
	{"adsp-sc589", "us-ccl", "5A992.c", classify.Undetermined, "", mass + tpp + "; nor is its converter, on which 3A001.a.14 does"},
	{"adau1452", "us-ccl", "3A991.a.2", classify.Undetermined, "", under3A + tpp + "; nor is its converter, on which 3A001.a.14 does"},
	{"maxq1061", "us-ccl", "5A992.c", classify.Undetermined, "", mass + "no lowest ambient temperature is stated; 3A901.a catches circuits made for 4.5 K"},
	{"adrv9009", "us-ccl", "5A991.b.1", classify.Undetermined, "", telecom + "resolution and rate of its converter are not published, on which 3A001.a.14 turns"},
	{"adf7021", "us-ccl", "EAR99", classify.Undetermined, "", ear99 + "resolution and rate of its converter are not published, on which 3A001.a.14 turns"},
	{"dell-poweredge-840", "us-ccl", "4A994", classify.Undetermined, "", under4A + "no adjusted peak performance is published, on which 4A003 turns"},
	{"raspberry-pi-cm4", "us-ccl", "5A992.c", classify.Undetermined, "", mass + "no adjusted peak performance is published, on which 4A003 turns"},
	{"apple-macbook", "us-ccl", "5A992.c", classify.Undetermined, "", mass + "of adjusted peak performance only a bound is published (15 WT, below the 70 of 4A003), and none of its circuits"},
	{"pocketbeagle-2", "us-ccl", "3A991.a", classify.Undetermined, "", under3A + "the published code is that of a circuit and the item a board, of which no adjusted peak performance is published"},
}
