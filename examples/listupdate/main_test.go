package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const old = `schema: 1
list: proposal
edition: {effective: "2026-01-01"}
covers: {kinds: [quantum-computer]}
entries: [{code: "4A1", title: quantum computers, kind: quantum-computer, when: {quantum.physical-qubits: ">= 34"}}]
`

const items = `- {id: small, kind: quantum-computer, attributes: {quantum.physical-qubits: "34"}}
- {id: large, kind: quantum-computer, attributes: {quantum.physical-qubits: "100"}}
`

func TestRun(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	base := file("old.yaml", old)
	catalogue := file("items.yaml", items)
	for _, tt := range []struct {
		why, new, args string
		found          bool
		err, want      string
	}{
		{"the same", old, "-threshold editorial", false, "", "paragraphs that differ: 0"},
		{"a title", strings.Replace(old, "quantum computers", "computers", 1), "", false, "", "editorial"},
		{"a title, where any change counts", strings.Replace(old, "quantum computers", "computers", 1), "-threshold editorial", true, "", "4A1 (computers): title"},
		{"a code", strings.Replace(old, "4A1", "4A2", 1), "-threshold moved", true, "", "4A2, was 4A1"},
		{"a code, and an item that it catches", strings.Replace(old, "4A1", "4A2", 1), "-items " + catalogue, false, "", "small: controlled 4A1 > controlled 4A2"},
		{"strictness", strings.Replace(old, ">= 34", "> 34", 1), "", true, "", "loosened"},
		{"strictness, which a higher threshold lets pass", strings.Replace(old, ">= 34", "> 34", 1), "-threshold nominal", false, "", "boundary-only"},
		{"an item that is free now is a finding all the same", strings.Replace(old, ">= 34", "> 34", 1), "-threshold substantive -items " + catalogue, true, "", "small: controlled 4A1 > not-controlled"},
		{"a threshold", strings.Replace(old, ">= 34", ">= 50", 1), "-threshold substantive", true, "", "quantum.physical-qubits >= 34, < 50"},
		{"a difference from the old file", "schema: 1\nlist: proposal\nedition: {effective: \"2027-01-01\"}\nbase: \"2026-01-01\"\nremoved: [\"4A1\"]\nchanges: [{code: \"5\", status: reserved}]\n", "", true, "", "removed     4A1"},
		{"of other kinds nothing is said", strings.Replace(old, ">= 34", ">= 50", 1), "-kinds laser", false, "", "paragraphs that differ: 0"},
		{"another list", strings.Replace(old, "list: proposal", "list: petition", 1), "", false, "of petition; compare", ""},
		{"no list", "schema: 1\n", "", false, "new.yaml", ""},
		{"no such kind", old, "-kinds phaser", false, `kind "phaser"`, ""},
		{"no such threshold", old, "-threshold much", false, `threshold "much"`, ""},
		{"no such format", old, "-format xml", false, `format "xml"`, ""},
		{"no such catalogue", old, "-items nowhere.yaml", false, "nowhere.yaml", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var b strings.Builder
			found, err := run(append([]string{"-old", base, "-new", file("new.yaml", tt.new)}, strings.Fields(tt.args)...), &b)
			if (err != nil) != (tt.err != "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if found != tt.found || !strings.Contains(b.String(), tt.want) {
				t.Errorf("findings: %v, want %v, with %q in\n%s", found, tt.found, tt.want, b.String())
			}
		})
	}
	if _, err := run([]string{"-old", base}, new(strings.Builder)); err == nil {
		t.Error("no error without -new")
	}
}

// Editions that the library carries can be given by their files.
func TestRunEmbedded(t *testing.T) {
	const lists = "../../regime/lists/us-ccl/"
	out := filepath.Join(t.TempDir(), "update.json")
	found, err := run([]string{"-old", lists + "2024-04-04.yaml", "-new", lists + "2024-09-06.yaml", "-kinds", "quantum-computer", "-format", "json", "-o", out,
		"-items", "../items/quantum.yaml"}, os.Stdout)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var u struct{ Caught, Items []map[string]any }
	if err := json.Unmarshal(data, &u); err != nil || len(u.Caught) != 1 || len(u.Items) == 0 {
		t.Errorf("%v: %s", err, data)
	}
}
