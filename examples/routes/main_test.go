package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/diff"
)

const converter = `- id: fast
  kind: analog-to-digital-converter
  attributes: {adc.resolution: 12 bit, adc.sample-rate: 5 GSPS, space-qualified: false}
  no-other-attributes: true
  no-other-parts: true
  for: null
`

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "i.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	var out, bad bytes.Buffer
	if err := run([]string{"-items", write(t, converter), "-from", "DE", "-to", "IL", "-through", "FR,KR,US"}, &out, &bad); err != nil {
		t.Fatal(err, bad.String())
	}
	for _, want := range []string{"fast: DE to IL is required; ways round: 1\n  DE-US-IL\n", "eu EU001", "us GBS", "it hangs on what is not stated: eu:exporter-barred", "Not legal advice"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestWriteText(t *testing.T) {
	chain := func(pass, rule string) diff.Finding {
		return diff.Finding{Route: []diff.Leg{
			{From: "DE", To: pass, Outcome: classify.Available, By: []diff.Release{{Authority: "eu", Rule: rule, Paragraphs: []string{"eu 3A1"}}}},
			{From: pass, To: "CN", Outcome: classify.Unclear},
		}}
	}
	for _, tt := range []struct {
		why    string
		direct classify.Outcome
		routes []diff.Finding
		want   string
	}{
		{"no need", classify.Available, nil, "x: DE to CN is exception-available, so that it needs no way round\n"},
		{"no way", classify.Required, nil, "x: DE to CN is required; no chain of free transfers was found\n"},
		{"chains that the same rules free are told together", classify.Required, []diff.Finding{chain("KR", "EU1"), chain("TR", "EU2"), chain("TW", "EU1")},
			"x: DE to CN is required; ways round: 3\n  DE-KR-CN\n    DE to KR (exception-available by eu EU1, of eu 3A1)\n    KR to CN (undetermined: no rules of KR are encoded)\n" +
				"    by the same rules: DE-TW-CN\n  DE-TR-CN\n"},
	} {
		var out bytes.Buffer
		if err := writeText(&out, []answer{{"x", "DE", "CN", tt.direct, tt.routes}}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(out.String(), tt.want) {
			t.Errorf("%s:\n%s\nwant\n%s", tt.why, out.String(), tt.want)
		}
	}
}

func TestJSON(t *testing.T) {
	var out, bad bytes.Buffer
	args := []string{"-items", write(t, converter+"- {id: bad, kind: nothing}\n"), "-from", "DE", "-to", "IL", "-through", "US", "-format", "json"}
	if err := run(args, &out, &bad); !errors.Is(err, errSome) {
		t.Fatal(err, bad.String())
	}
	var answers []struct {
		Item, Direct string
		Routes       []struct {
			Kind, Effect, Direct string
			Route                []struct {
				From, To, Outcome string
				By                []struct{ Authority, Rule string }
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil {
		t.Fatal(err)
	}
	if len(answers) != 1 || len(answers[0].Routes) != 1 || answers[0].Routes[0].Kind != "route-gap" || answers[0].Routes[0].Route[1].By[0].Rule != "GBS" {
		t.Errorf("answers are %+v", answers)
	}
	if !strings.Contains(bad.String(), "i.yaml:7:") {
		t.Errorf("the bad item is told as %s", bad.String())
	}
}

func TestUnusable(t *testing.T) {
	file := write(t, converter)
	for _, tt := range []struct{ args, want string }{
		{"", "say -items FILE, -from COUNTRY and -to COUNTRY"},
		{"-items " + file + " -from UK -to CN", `"UK" is not an ISO 3166`},
		{"-items " + file + " -from DE -to CN -through XX", `"XX" is not an ISO 3166`},
		{"-items " + file + " -from US -to CN -format xml", `format "xml" is not known`},
		{"-items " + file + " -from US -to CN -asof soon", `"soon" is not a date`},
		{"-items none.yaml -from US -to CN", "no such file"},
	} {
		var out, bad bytes.Buffer
		if err := run(strings.Fields(tt.args), &out, &bad); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error is %v, want %s", tt.args, err, tt.want)
		}
	}
}
