package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	if err := run([]string{"-items", write(t, converter), "-from", "DE", "-to", "US", "-facts", "eu:exporter-barred=false"}, &out, &bad); err != nil {
		t.Fatal(err, bad.String())
	}
	for _, want := range []string{"fast: DE (Germany) to US (United States)\n", "DE to US: exception-available\n", "+ licence required: art-3", "+ freed by EU001", "duty: "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestJSON(t *testing.T) {
	var out, bad bytes.Buffer
	if err := run([]string{"-items", write(t, converter+"- {id: bad, kind: nothing}\n"), "-from", "US", "-to", "JP", "-format", "json"}, &out, &bad); !errors.Is(err, errSome) {
		t.Fatal(err, bad.String())
	}
	var answers []struct {
		Item, From, To, Outcome string
		Answers                 []struct {
			Authority string
			Verdicts  []struct{ List, Verdict string }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil {
		t.Fatal(err)
	}
	if len(answers) != 1 || answers[0].Outcome != "not-required" || answers[0].Answers[0].Authority != "us" || answers[0].Answers[0].Verdicts[0].Verdict != "controlled" {
		t.Errorf("answers are %+v", answers)
	}
	if !strings.Contains(bad.String(), "i.yaml:7:") {
		t.Errorf("the bad item is told as %s", bad.String())
	}
}

func TestUnusable(t *testing.T) {
	file := write(t, converter)
	for _, tt := range []struct{ args, want string }{
		{"", "say -items FILE and -from COUNTRY"},
		{"-items " + file + " -from US", `item "fast" goes nowhere`},
		{"-items " + file + " -from UK -to CN", `"UK" is not an ISO 3166`},
		{"-items " + file + " -from US -to CN -facts us:magic=true", `"us:magic" is not a condition`},
		{"-items " + file + " -from US -to CN -facts us:magic", `has no value`},
		{"-items " + file + " -from US -to CN -facts us:magic=yes", `write true or false`},
		{"-items " + file + " -from US -to CN -facts transfer.value-usd=5", `USD`},
		{"-items " + file + " -from US -to CN -format xml", `format "xml" is not known`},
		{"-items none.yaml -from US -to CN", "no such file"},
	} {
		var out, bad bytes.Buffer
		if err := run(strings.Fields(tt.args), &out, &bad); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error is %v, want %s", tt.args, err, tt.want)
		}
	}
}
