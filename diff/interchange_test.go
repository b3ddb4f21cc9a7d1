package diff_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/strictyaml"
)

// valid reports what the schema in testdata, which states what the standard requires, does not allow in text.
func valid(t *testing.T, schema, text string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", schema))
	if err != nil {
		t.Fatal(err)
	}
	s, err := strictyaml.Compile(schema, data)
	if err != nil {
		t.Fatal(err)
	}
	n, errs := strictyaml.ParseJSON(schema, 1, []byte(text))
	if len(errs) == 0 {
		errs = s.Validate(n)
	}
	if len(errs) > 0 {
		t.Errorf("not what %s says: %v", schema, errs)
	}
}

type sarifPlace struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine, StartColumn int }
	}
}

type sarif struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Results []struct {
			RuleID                      string
			RuleIndex                   int
			Level                       string
			Message                     struct{ Text string }
			Locations, RelatedLocations []sarifPlace
			Fingerprints                map[string]string
			Suppressions                []struct{ Justification string }
		}
	}
}

func TestSARIF(t *testing.T) {
	r := waived(t, report(t, compiled(t, hostile)))
	text := written(t, r, "sarif")
	valid(t, "sarif.schema.json", text)
	valid(t, "sarif.schema.json", written(t, report(t, compiled(t, world), "etcher"), "sarif"))
	var log sarif
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if len(results) != len(r.Findings)+len(r.Waived) {
		t.Fatalf("%d results of %d findings", len(results), len(r.Findings)+len(r.Waived))
	}
	for i, f := range slices.Concat(r.Findings, r.Waived) {
		x := results[i]
		if x.RuleID != string(f.Kind) || log.Runs[0].Tool.Driver.Rules[x.RuleIndex].ID != x.RuleID || x.Fingerprints["concord/v1"] != f.Fingerprint {
			t.Errorf("result %+v of finding %s", x, f.Message())
		}
		if (len(x.Suppressions) > 0) != (i >= len(r.Findings)) || strings.Contains(x.Message.Text, "](") || len(x.Locations) != 1 {
			t.Errorf("result %+v", x)
		}
		if at := x.Locations[0].PhysicalLocation; (f.Kind == diff.StaleWaiver || f.Kind == diff.ExpiredWaiver) && (at.ArtifactLocation.URI != "my%20waivers.yaml" || at.Region.StartLine != f.Waiver.Pos.Line) {
			t.Errorf("finding about a waiver is at %+v", at)
		}
	}
}

// On the lists of the module, each place is where the code of the paragraph stands in its file.
func TestSARIFPositions(t *testing.T) {
	kinds := []string{"quantum-computer", "scanning-electron-microscope"}
	k, err := newest(regime.Options{AnyDestination: true, Kinds: kinds}, "es-national", "us-ccl", "wa-du")
	if err != nil {
		t.Fatal(err)
	}
	r := report(t, k, kinds...)
	var log sarif
	if err := json.Unmarshal([]byte(written(t, r, "sarif")), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs[0].Results) == 0 {
		t.Fatal("no results")
	}
	for i, x := range log.Runs[0].Results {
		f := &r.Findings[i]
		codes := slices.Concat(f.Paragraphs[f.Controls], f.Paragraphs[f.Lacks])
		places := append(x.Locations, x.RelatedLocations...)
		if len(places) != len(codes) {
			t.Fatalf("places %v of %v", places, codes)
		}
		for j, p := range places {
			file, err := url.PathUnescape(p.PhysicalLocation.ArtifactLocation.URI)
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file)))
			if err != nil {
				t.Fatal(err)
			}
			at := p.PhysicalLocation.Region
			line := strings.Split(string(data), "\n")[at.StartLine-1]
			if !strings.HasPrefix(line[at.StartColumn-1:], `"`+codes[j]+`"`) {
				t.Errorf("%s is not at %s:%d:%d: %s", codes[j], file, at.StartLine, at.StartColumn, line)
			}
		}
	}
}

type oscal struct {
	Collection struct {
		UUID     string
		Mappings []struct {
			Source struct{ Href string } `json:"source-resource"`
			Target struct{ Href string } `json:"target-resource"`
			Maps   []struct {
				UUID, Relationship string
				Sources, Targets   []struct {
					ID string `json:"id-ref"`
				}
			}
			Props []struct{ Name, Value string }
		}
		BackMatter struct {
			Resources []struct{ UUID, Title string }
		} `json:"back-matter"`
	} `json:"mapping-collection"`
}

func TestOSCAL(t *testing.T) {
	k := compiled(t, world)
	text := written(t, report(t, k), "oscal")
	valid(t, "oscal.schema.json", text)
	gaps := written(t, report(t, compiled(t, hostile)), "oscal")
	valid(t, "oscal.schema.json", gaps)
	if !strings.Contains(gaps, `"name": "source-gap"`) {
		t.Error("no gap for ovens")
	}
	var doc, other oscal
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for _, x := range doc.Collection.BackMatter.Resources {
		titles["#"+x.UUID] = x.Title
	}
	var got []string
	seen := map[string]bool{}
	for _, m := range doc.Collection.Mappings {
		for _, x := range m.Maps {
			if seen[x.UUID] {
				t.Errorf("identifier %s stands twice", x.UUID)
			}
			seen[x.UUID] = true
			got = append(got, titles[m.Source.Href]+" "+x.Sources[0].ID+" "+x.Relationship+" "+titles[m.Target.Href]+" "+x.Targets[0].ID)
		}
	}
	for _, want := range []string{"blo 2026-01-01 b superset-of reg 2026-01-01 r", "blo 2026-01-01 b intersects-with ita 2026-01-01 i", "blo 2026-01-01 b superset-of jap 2026-01-01 j"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	edited := map[string]string{}
	for id, entries := range world {
		edited[id] = strings.ReplaceAll(entries, "> 100 W", "> 101 W")
	}
	if err := json.Unmarshal([]byte(written(t, report(t, compiled(t, edited)), "oscal")), &other); err != nil {
		t.Fatal(err)
	}
	if other.Collection.UUID == doc.Collection.UUID || other.Collection.Mappings[0].Maps[0].UUID != doc.Collection.Mappings[0].Maps[0].UUID {
		t.Error("a revised document keeps its identifier, or a mapping does not")
	}
	none := report(t, compiled(t, map[string]string{"aa": "", "bb": ""}))
	if err := mapped(failing{}, none, diff.WriteOSCAL); err == nil || !strings.Contains(err.Error(), "no paragraphs") {
		t.Errorf("a collection without mappings: %v", err)
	}
}

func TestSTRM(t *testing.T) {
	text := written(t, report(t, compiled(t, world)), "strm")
	for _, want := range []string{
		"Focal Document,Focal Document Element,Focal Document Element Description,Rationale,Relationship,Reference Document,",
		"blo 2026-01-01,b,lasers,functional,superset-of,reg 2026-01-01,r,lasers,,stricter control; both catch laser: output ",
		"jap 2026-01-01,j,lasers,functional,no-relationship,reg 2026-01-01,,,0,",
		"jap 2026-01-01,,,functional,no-relationship,reg 2026-01-01,r,lasers,0,",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
