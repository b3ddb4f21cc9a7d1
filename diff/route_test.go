package diff_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// traders are the law of the United States and Japan, of a bloc of France and Germany, and of Korea, whose licensing nobody encoded.
func traders(t *testing.T) *regime.Compiled {
	t.Helper()
	entries := "covers: {kinds: [converter]}\nentries: [{code: \"3A1\", title: converters, kind: converter, when: {rate: \"> 1 GSPS\"}}]\n"
	licensing := func(id, rules string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("schema: 1\nauthority: " + id + "\nlists: [" + id + "]\nedition: {effective: \"2026-01-01\"}\ncovers: {requirements: full, exceptions: full}\n" + rules)}
	}
	fsys := fstest.MapFS{
		"vocabulary/v.yaml": {Data: []byte("schema: 1\nunits: [{id: GSPS, dimension: sample-rate, factor: \"1\"}]\nkinds: [{id: converter}]\nattributes:\n" +
			"  - {id: rate, type: number, dimension: sample-rate, unit: GSPS, of: [converter], always-for: [converter]}\n")},
		"authorities/us.yaml":  {Data: []byte("schema: 1\nid: us\nname: US\nkind: jurisdiction\ncountry: US\nlists: [us]\n")},
		"authorities/jp.yaml":  {Data: []byte("schema: 1\nid: jp\nname: Japan\nkind: jurisdiction\ncountry: JP\nlists: [jp]\n")},
		"authorities/kr.yaml":  {Data: []byte("schema: 1\nid: kr\nname: Korea\nkind: jurisdiction\ncountry: KR\nlists: [kr]\n")},
		"authorities/blo.yaml": {Data: []byte("schema: 1\nid: blo\nname: Bloc\nkind: bloc\nlists: [blo]\nparticipants: [{country: FR, role: member}, {country: DE, role: member}]\n")},
		"authorities/de.yaml":  {Data: []byte("schema: 1\nid: de\nname: Germany\nkind: jurisdiction\ncountry: DE\n")},
		"authorities/fr.yaml":  {Data: []byte("schema: 1\nid: fr\nname: France\nkind: jurisdiction\ncountry: FR\n")},
		"licensing/de.yaml":    {Data: []byte("schema: 1\nauthority: de\nedition: {effective: \"2026-01-01\"}\ncovers: {requirements: full, exceptions: full}\n")},
		"licensing/fr.yaml":    {Data: []byte("schema: 1\nauthority: fr\nedition: {effective: \"2026-01-01\"}\ncovers: {requirements: full, exceptions: full}\n")},
		"licensing/us.yaml": licensing("us", `conditions: [{id: statement, text: a statement was obtained}]
requirements: [{id: ns, reason: NS, codes: all, to: [CN, IL, BR, KR]}]
exceptions:
  - {id: GBS, title: group B, cite: "s. 4", form: exception, to: [BR], frees: [{codes: all}]}
  - {id: STA, form: exception, to: [IL], conditions: [statement], frees: [{codes: all}]}
`),
		"licensing/jp.yaml": licensing("jp", "requirements: [{id: a, reason: NS, codes: all, to: [US, CN]}]\n"),
		"licensing/blo.yaml": licensing("blo", `requirements: [{id: art-3, reason: NS, codes: all, not-to: [FR, DE]}]
exceptions: [{id: EU1, title: friends, form: general-authorisation, to: [US, JP], frees: [{codes: all}]}]
`),
	}
	for _, id := range []string{"us", "jp", "kr", "blo"} {
		fsys["lists/"+id+"/2026-01-01.yaml"] = &fstest.MapFile{Data: []byte("schema: 1\nlist: " + id + "\nedition: {effective: \"2026-01-01\"}\n" + entries)}
	}
	c, err := regime.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Newest()
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func converter(t *testing.T, k *regime.Compiled, rate string) *scope.Item {
	t.Helper()
	items, err := classify.ReadItems("i.yaml", []byte("{id: fast, kind: converter, attributes: {rate: "+rate+"}, no-other-attributes: true, no-other-parts: true, for: null}"), k.Corpus.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	return &items[0]
}

// path is the countries of a chain.
func path(legs []diff.Leg) string {
	out := []string{legs[0].From}
	for _, l := range legs {
		out = append(out, l.To)
	}
	return strings.Join(out, " ")
}

func TestRoutes(t *testing.T) {
	k := traders(t)
	it := converter(t, k, "2 GSPS")
	for _, tt := range []struct {
		why, from, to string
		o             diff.RouteOptions
		want          []string
	}{
		{"the bloc lets it go to Japan, which asks nothing for Israel; nothing else does without the open exception", "FR", "IL", diff.RouteOptions{}, []string{"FR JP IL"}},
		{"the shorter chains alone, where open terms count: by the United States too", "FR", "IL", diff.RouteOptions{Open: true}, []string{"FR JP IL", "FR US IL"}},
		{"by an exception on the second leg, or by Japan", "DE", "BR", diff.RouteOptions{}, []string{"DE JP BR", "DE US BR"}},
		{"to China all ask", "DE", "CN", diff.RouteOptions{}, nil},
		{"Korea is not passed unless someone says so", "JP", "CN", diff.RouteOptions{}, nil},
		{"and then it lets everything go", "JP", "CN", diff.RouteOptions{Through: []string{"KR"}}, []string{"JP KR CN"}},
		{"three legs, by Japan and Korea", "US", "CN", diff.RouteOptions{Through: []string{"KR", "JP"}}, []string{"US JP KR CN"}},
		{"unless two are all", "US", "CN", diff.RouteOptions{Through: []string{"KR", "JP"}, Legs: 2}, nil},
		{"within the bloc it goes anyway", "FR", "DE", diff.RouteOptions{}, nil},
		{"the direct transfer is free by an exception", "US", "BR", diff.RouteOptions{}, nil},
		{"the direct transfer is free if open terms count", "US", "IL", diff.RouteOptions{Open: true}, nil},
		{"an open exception does not make it free else", "US", "IL", diff.RouteOptions{}, []string{"US JP IL"}},
		{"nothing leaves the country", "DE", "DE", diff.RouteOptions{}, nil},
		{"nothing is known of the origin's law", "KR", "CN", diff.RouteOptions{}, nil},
	} {
		got, err := diff.Routes(k, it, tt.from, tt.to, tt.o)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, f := range got {
			paths = append(paths, path(f.Route))
			unknown := slices.ContainsFunc(f.Route, func(l diff.Leg) bool { return l.Outcome == classify.Unclear || l.Outcome == classify.Possible })
			if f.Kind != diff.RouteGap || (f.Effect() == "unknown") != unknown {
				t.Errorf("%s: %s %s", f.Kind, f.Effect(), f.Message())
			}
		}
		if d := cmp.Diff(tt.want, paths); d != "" {
			t.Errorf("%s to %s: %s (-want +got):\n%s", tt.from, tt.to, tt.why, d)
		}
	}
	got, err := diff.Routes(k, it, "DE", "BR", diff.RouteOptions{Through: []string{"US"}})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	const want = "DE to BR is required, and it goes DE to US (exception-available by de: no list catches it; blo EU1, friends, of blo 3A1), then US to BR (exception-available by us GBS, group B (s. 4), of us 3A1)"
	if got[0].Message() != want || got[0].Controls != "blo" {
		t.Errorf("message of %s is\n%s, want\n%s", got[0].Controls, got[0].Message(), want)
	}
	// What no list catches goes everywhere, so that there is no way round.
	for _, to := range []string{"CN", "BR"} {
		if got, err := diff.Routes(k, converter(t, k, "1 GSPS"), "DE", to, diff.RouteOptions{}); err != nil || len(got) > 0 {
			t.Errorf("%v, %v", got, err)
		}
	}
	for _, tt := range []struct {
		from, to string
		o        diff.RouteOptions
	}{{"UK", "CN", diff.RouteOptions{}}, {"US", "", diff.RouteOptions{}}, {"DE", "CN", diff.RouteOptions{Through: []string{"XX"}}}} {
		if _, err := diff.Routes(k, it, tt.from, tt.to, tt.o); err == nil {
			t.Errorf("%s to %s through %v is no error", tt.from, tt.to, tt.o.Through)
		}
	}
}

// All shortest chains, as trying every one finds them.
func TestRoutesOracle(t *testing.T) {
	k := traders(t)
	it := converter(t, k, "2 GSPS")
	l := classify.NewLicenser(k)
	known := []string{"DE", "FR", "JP", "US"}
	for _, open := range []bool{false, true} {
		outcome := func(from, to string) classify.Outcome {
			d, err := l.Licence(it, classify.Transfer{From: from, To: to})
			if err != nil {
				t.Fatal(err)
			}
			return d.Outcome
		}
		free := func(from, to string) bool {
			o := outcome(from, to)
			return from != to && (o == classify.NotRequired || o == classify.Available || open && o == classify.Possible)
		}
		for _, from := range append(known, "KR") {
			for _, to := range append(known, "CN", "IL", "BR", "KR") {
				var want []string
				if from != to && !free(from, to) && outcome(from, to) != classify.Unclear {
					for _, a := range known {
						if a != from && a != to && free(from, a) && free(a, to) {
							want = append(want, strings.Join([]string{from, a, to}, " "))
						}
					}
					if want == nil {
						for _, a := range known {
							for _, b := range known {
								if a != b && !slices.Contains([]string{from, to}, a) && !slices.Contains([]string{from, to}, b) && free(from, a) && free(a, b) && free(b, to) {
									want = append(want, strings.Join([]string{from, a, b, to}, " "))
								}
							}
						}
					}
				}
				found, err := diff.Routes(k, it, from, to, diff.RouteOptions{Open: open})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, f := range found {
					got = append(got, path(f.Route))
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("%s to %s, open %v (-want +got):\n%s", from, to, open, d)
				}
			}
		}
	}
}

func TestRouteOrder(t *testing.T) {
	k := traders(t)
	it := converter(t, k, "2 GSPS")
	print := func(through ...string) string {
		got, err := diff.Routes(k, it, "DE", "BR", diff.RouteOptions{Through: through})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := json.NewEncoder(&b).Encode(got); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if a, b := print("US", "JP", "FR"), print("FR", "JP", "US", "JP"); a != b || !strings.Contains(a, `"direct":"required"`) || !strings.Contains(a, `"rule":"EU1"`) {
		t.Errorf("in one order\n%s\nin another\n%s", a, b)
	}
}

func TestLicenceGaps(t *testing.T) {
	k := traders(t)
	items := []scope.Item{*converter(t, k, "2 GSPS"), *converter(t, k, "3 GSPS"), *converter(t, k, "1 GSPS")}
	for _, tt := range []struct {
		why  string
		open bool
		want []string // one for each way, however many items go
	}{
		{"exceptions and general authorisations; not where no licence is needed", false, []string{
			"blo 3A1 controls it, and it goes DE to JP (exception-available by de: no list catches it; blo EU1, friends, of blo 3A1)",
			"us 3A1 controls it, and it goes US to BR (exception-available by us GBS, group B (s. 4), of us 3A1)"}},
		{"open terms count", true, []string{
			"blo 3A1 controls it, and it goes DE to JP (exception-available by de: no list catches it; blo EU1, friends, of blo 3A1)",
			"us 3A1 controls it, and it goes US to BR (exception-available by us GBS, group B (s. 4), of us 3A1)",
			"us 3A1 controls it, and it goes US to IL (exception-possible by us STA, of us 3A1)"}},
	} {
		found, err := diff.LicenceGaps(k, items, []string{"US", "DE"}, []string{"BR", "IL", "CN", "FR", "JP"}, diff.RouteOptions{Open: tt.open})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.Message())
			if f.Kind != diff.LicenceGap || f.Effect() != "freed" && !tt.open {
				t.Errorf("%s %s", f.Kind, f.Effect())
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, d)
		}
	}
	if _, err := diff.LicenceGaps(k, items, []string{"UK"}, []string{"US"}, diff.RouteOptions{}); err == nil {
		t.Error("UK is no country code")
	}
}

// A converter that Germany may not send to Israel without a licence goes by the United States: EU001 frees the one leg
// (Regulation (EU) 2021/821, Annex II, Section A), exception GBS the other (15 CFR 740.4). United States law follows it no further
// than its own leg here.
func TestBuiltinRoutes(t *testing.T) {
	k, err := newest(regime.Options{Kinds: []string{"analog-to-digital-converter"}}, "de-al-b", "es-national", "eu-annex-i", "jp-goods", "nl-semicon", "uk-eco3", "us-ccl", "ca-ecl")
	if err != nil {
		t.Fatal(err)
	}
	items, err := classify.ReadItems("i.yaml", []byte(`{kind: analog-to-digital-converter, attributes: {adc.resolution: 12 bit, adc.sample-rate: 5 GSPS, space-qualified: false}, no-other-attributes: true, no-other-parts: true, for: null}`), k.Corpus.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		from, to string
		rules    []string // of the legs
	}{
		{"DE", "IL", []string{"EU001", "GBS"}},
		{"DE", "CN", nil}, // everyone whose law is encoded asks
	} {
		got, err := diff.Routes(k, &items[0], tt.from, tt.to, diff.RouteOptions{Through: []string{"FR", "US"}})
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, f := range got {
			for _, l := range f.Route {
				for _, r := range l.By {
					if r.Rule != "" {
						rules = append(rules, r.Rule)
					}
				}
			}
		}
		if d := cmp.Diff(tt.rules, rules); d != "" {
			t.Errorf("%s to %s (-want +got):\n%s", tt.from, tt.to, d)
		}
	}
}
