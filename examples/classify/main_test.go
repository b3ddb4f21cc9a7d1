package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
)

const items = "../items/quantum.yaml"

// classified runs the command and gives what it writes to both outputs.
func classified(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, bad bytes.Buffer
	err = run(context.Background(), args, &out, &bad)
	return out.String(), bad.String(), err
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestText(t *testing.T) {
	out, bad, err := classified(t, "-items", items, "-lists", "wa-du,eu-annex-i")
	if err != nil || bad != "" {
		t.Fatal(err, bad)
	}
	for _, want := range []string{
		"converter-8-bit (analog-to-digital-converter)\n  eu-annex-i   2026-09-21  controlled      3A001.a.5.a.1\n  wa-du        2026-01-15  not-controlled\n",
		"gate-50-qubits-unmeasured (quantum-computer)\n  eu-annex-i   2026-09-21  undetermined    tell: quantum.c-not-error\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no\n%s\nin\n%s", want, out)
		}
	}
	if strings.Contains(out, "us-ccl") {
		t.Error("a list that was not asked for")
	}
}

// Every shipped item is decided for every list that covers it, but the one that is meant not to be.
func TestItemsAreComplete(t *testing.T) {
	out, _, err := classified(t, "-items", items, "-format", "json")
	if err != nil {
		t.Fatal(err)
	}
	var results []struct {
		Item     string            `json:"item"`
		Verdicts []classify.Result `json:"verdicts"`
	}
	if err := json.Unmarshal([]byte(out), &results); err != nil {
		t.Fatal(err)
	}
	if len(results) < 12 {
		t.Errorf("%d items", len(results))
	}
	for _, r := range results {
		undetermined := slices.ContainsFunc(r.Verdicts, func(v classify.Result) bool { return v.Verdict == classify.Undetermined })
		if undetermined != (r.Item == "gate-50-qubits-unmeasured") {
			t.Errorf("%s: %+v", r.Item, r.Verdicts)
		}
	}
}

func TestJSON(t *testing.T) {
	out, _, err := classified(t, "-items", items, "-format", "json", "-lists", "us-ccl")
	if err != nil {
		t.Fatal(err)
	}
	var results []map[string]any
	if err := json.Unmarshal([]byte(out), &results); err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		verdicts, _ := r["verdicts"].([]any)
		if r["item"] == nil || len(verdicts) != 1 {
			t.Errorf("item is %v", r)
			continue
		}
		for _, key := range []string{"list", "edition", "verdict", "paragraphs", "missing", "residue"} {
			if verdicts[0].(map[string]any)[key] == nil {
				t.Errorf("no %q in %v", key, verdicts[0])
			}
		}
	}
}

func TestCSV(t *testing.T) {
	path := write(t, "i.csv", "id,kind,quantum.physical-qubits\n=1+1,quantum-computer,50\n")
	out, _, err := classified(t, "-items", path, "-format", "csv", "-lists", "us-ccl")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if got := strings.Join(rows[0], ","); got != "item,list,edition,verdict,paragraphs,missing,residue" {
		t.Errorf("header is %s", got)
	}
	if rows[1][0] != "'=1+1" {
		t.Errorf("a spreadsheet would compute %q", rows[1][0])
	}
	if rows[1][3] != "undetermined" || rows[1][5] != "quantum.adiabatic | quantum.c-not-error" {
		t.Errorf("row is %q", rows[1])
	}
}

func TestAsOf(t *testing.T) {
	out, _, err := classified(t, "-items", items, "-lists", "us-ccl", "-asof", "2020-07")
	if err != nil || !strings.Contains(out, "us-ccl       2020-06-29") {
		t.Errorf("%v\n%s", err, out)
	}
}

// Items that can be read are classified beside those that cannot.
func TestSomeItems(t *testing.T) {
	path := write(t, "i.yaml", "- {id: good, kind: quantum-computer}\n- {id: bad, kind: quantum-abacus}\n")
	out, bad, err := classified(t, "-items", path, "-lists", "wa-du")
	if !errors.Is(err, errSome) {
		t.Errorf("error is %v", err)
	}
	if !strings.HasPrefix(out, "good (quantum-computer)\n") || strings.Contains(out, "bad") {
		t.Errorf("output is %s", out)
	}
	if !strings.Contains(bad, "i.yaml:2:19: ") {
		t.Errorf("standard error is %s", bad)
	}
}

func TestUnusable(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"", "no items; say -items FILE"},
		{"-items none.yaml", "no such file"},
		{"-items " + items + " -format xml", `format "xml" is not known; use text, json, csv or md`},
		{"-items " + items + " -lists us-ecl", "us-ecl"},
		{"-items " + items + " -asof yesterday", "yesterday"},
		{"-colour", "flag provided but not defined"},
	} {
		_, _, err := classified(t, strings.Fields(tt.args)...)
		if err == nil || errors.Is(err, errSome) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: error is %v, want %s", tt.args, err, tt.want)
		}
	}
}

// With -explain a person sees why, what nearly catches the item, and what to ask.
func TestExplain(t *testing.T) {
	file := write(t, "i.yaml", "- {id: slow, kind: analog-to-digital-converter, attributes: {adc.resolution: 12 bit, adc.sample-rate: 390 MSPS, space-qualified: false}, no-other-attributes: true, no-other-parts: true, for: null}\n- {id: bare, kind: analog-to-digital-converter}\n")
	out, _, err := classified(t, "-items", file, "-lists", "eu-annex-i", "-explain")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"- adc.sample-rate > 400 MSPS: 390 MSPS",
		"near: eu-annex-i 3A001.a.5.a.3, with adc.sample-rate > 400 MSPS in place of 390 MSPS (10 MSPS away)",
		"ask: adc.resolution (settles ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out, _, err = classified(t, "-items", file, "-lists", "eu-annex-i", "-explain", "-format", "md")
	if err != nil || !strings.Contains(out, "# slow\n") || !strings.Contains(out, "**3A001.a.5.a.3**") {
		t.Errorf("%v\n%s", err, out)
	}
}

// A bad row is told by its number, and the others go on.
func TestBadRow(t *testing.T) {
	file := write(t, "i.ndjson", "{\"id\": \"a\", \"kind\": \"quantum-computer\"}\n{\"id\": \"b\", \"kind\": \"quantum\"}\n{\"id\": \"c\", \"kind\": \"software\", \"for\": null}\n")
	out, bad, err := classified(t, "-items", file, "-lists", "eu-annex-i", "-format", "csv")
	if !errors.Is(err, errSome) || !strings.HasPrefix(bad, "row 2: ") || !strings.Contains(bad, "i.ndjson:2:") {
		t.Errorf("error is %v, %s", err, bad)
	}
	if !strings.Contains(out, "\na,eu-annex-i,") || !strings.Contains(out, "\nc,eu-annex-i,") {
		t.Errorf("output is\n%s", out)
	}
}
