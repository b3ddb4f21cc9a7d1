package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const cells = "../editions/eu-secondary-cells.yaml"

// With the limit of the Wassenaar list, the European Union no longer controls cells between 350 and 500 Wh/kg.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"-edition", cells, "-lists", "eu-annex-i,us-ccl,wa-du", "-kinds", "secondary-cell"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"eu-annex-i", "2026-10-01", "500 Wh/kg"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	out.Reset()
	if err := run([]string{"-edition", cells, "-lists", "eu-annex-i,us-ccl,wa-du", "-kinds", "secondary-cell", "-format", "json"}, &out); err != nil {
		t.Fatal(err)
	}
	var any map[string]any
	if err := json.Unmarshal(out.Bytes(), &any); err != nil || len(any) == 0 {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestUnusable(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"", "say -edition FILE"},
		{"-edition none.yaml", "no such file"},
		{"-edition " + cells + " -format xml", `format "xml" is not known`},
		{"-edition " + cells + " -asof yesterday", "yesterday"},
		{"-edition " + cells + " -kinds cheese", "cheese"},
	} {
		var out bytes.Buffer
		if err := run(strings.Fields(tt.args), &out); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error is %v, want %s", tt.args, err, tt.want)
		}
	}
}
