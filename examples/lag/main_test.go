package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-kinds frequency-converter -followers eu,us", "3.A.1.b.7.c.3"},
		{"-kinds frequency-converter -followers eu -series", "Convergence"},
		{"-regime mtcr", "one edition: no changes to follow"},
		{"-kinds quantum-computer", "nothing differs"},
	} {
		var out bytes.Buffer
		if err := run(strings.Fields(tt.args), &out); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), tt.want) || strings.Count(out.String(), "\n") > 60 {
			t.Errorf("%s: no %q, or more than a page, in\n%s", tt.args, tt.want, out.String())
		}
	}
}

// The keys of the JSON are a promise.
func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if err := run(strings.Fields("-regime us-ccl -kinds quantum-computer -followers es,eu -series -format json"), &out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		List      string
		Decisions []struct {
			Effect  string
			Decided struct{ From, To string }
			Witness map[string]any
			Lags    []struct {
				Follower string
				InForce  map[string]string `json:"in-force"`
				Days     map[string]any
			}
		}
		Findings, Curves, Series []map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.List != "us-ccl" || len(got.Decisions) != 1 || len(got.Findings) != 1 || len(got.Curves) != 3 || len(got.Series) < 10 {
		t.Fatalf("result is %s", out.String())
	}
	d := got.Decisions[0]
	if d.Effect != "controls" || d.Decided.To != "2024-09-06" || d.Witness["kind"] != "quantum-computer" || len(d.Lags) != 2 || d.Lags[0].Days["least"] != nil {
		t.Errorf("decision is %+v", d)
	}
	if f := got.Findings[0]; f["kind"] != "lag-gap" || f["effect"] != "unknown" || f["window"] == nil {
		t.Errorf("finding is %v", f)
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := run(strings.Fields("-kinds frequency-converter -format csv"), &out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) < 9 || rows[0][0] != "list" {
		t.Errorf("%v, rows are %v", err, rows)
	}
}

func TestArguments(t *testing.T) {
	for _, args := range []string{"-regime nobody", "-format xml", "-kinds phaser", "-followers wa"} {
		if err := run(strings.Fields(args), &bytes.Buffer{}); err == nil {
			t.Errorf("%s is accepted", args)
		}
	}
}
