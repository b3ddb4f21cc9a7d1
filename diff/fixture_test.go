package diff_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

const words = `schema: 1
units:
  - {id: W, dimension: power, factor: "1"}
  - {id: K, dimension: temperature, factor: "1"}
  - {id: Cel, dimension: temperature, factor: "1", offset: "273.15"}
kinds:
  - {id: laser}
  - {id: oven}
  - {id: etcher}
  - {id: software}
attributes:
  - {id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}
  - {id: hottest, type: number, dimension: temperature, unit: K, of: [oven], min: "0"}
  - {id: civil, type: boolean, of: [laser, oven]}
functions: [{id: development}]
nominal: [["958 K", "685 Cel"]]
`

// authorities are a regime in which all but Chile take part, and a bloc of Italy and France, of which Italy has a list of its own.
var authorities = map[string]string{
	"reg": "schema: 1\nid: reg\nname: Regime\nkind: regime\nlists: [reg]\nparticipants: [{country: JP, role: participant}, {country: IT, role: participant}, {country: FR, role: participant}, {country: CH, role: observer}]\n",
	"blo": "schema: 1\nid: blo\nname: Bloc\nkind: bloc\nlists: [blo]\nparticipants: [{country: IT, role: member}, {country: FR, role: member}]\n",
	"it":  "schema: 1\nid: it\nname: Italy\nkind: jurisdiction\ncountry: IT\nlists: [ita, blo]\n",
	"jp":  "schema: 1\nid: jp\nname: Japan\nkind: jurisdiction\ncountry: JP\nlists: [jap]\n",
	"cl":  "schema: 1\nid: cl\nname: Chile\nkind: jurisdiction\ncountry: CL\nlists: [chi]\n",
	"ch":  "schema: 1\nid: ch\nname: Switzerland\nkind: jurisdiction\ncountry: CH\nlists: [swi]\n",
}

// list is an edition of 2026-01-01 that covers every kind of the fixtures.
func list(id, entries string) string {
	text := "schema: 1\nlist: " + id + "\nedition: {effective: \"2026-01-01\"}\ncovers: {kinds: [laser, oven, etcher, software]}\n"
	if entries = strings.Trim(entries, "\n"); entries == "" {
		return text + "entries: [{code: \"0\", status: reserved}]\n"
	}
	return text + "entries:\n" + entries + "\n"
}

// compiled is a corpus of lists, each given by its entries, or by the whole file where that begins with "schema:".
func compiled(t testing.TB, lists map[string]string) *regime.Compiled {
	t.Helper()
	fsys := fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(words)}}
	for id, text := range authorities {
		fsys["authorities/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	for id, text := range lists {
		if !strings.HasPrefix(text, "schema:") {
			text = list(id, text)
		}
		fsys["lists/"+id+"/2026-01-01.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Newest()
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{AnyDestination: true})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func report(t testing.TB, k *regime.Compiled, kinds ...string) *diff.Report {
	t.Helper()
	r, err := diff.Compare(k, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// region is the only region that exactly these lists control.
func region(t testing.TB, r *diff.Report, signature ...string) *diff.Region {
	t.Helper()
	var found *diff.Region
	for i := range r.Regions {
		if slices.Equal(r.Regions[i].Signature, signature) {
			if found != nil {
				t.Fatalf("two regions of %v", signature)
			}
			found = &r.Regions[i]
		}
	}
	if found == nil {
		t.Fatalf("no region of %v", signature)
	}
	return found
}
