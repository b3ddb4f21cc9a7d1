package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Spain includes an accuracy of exactly 30 nm, and microscopes that take standard wafer carriers; the United States do
// not: one finding, whose fingerprint is the same on every machine.
var microscopes = []string{"-lists", "es-national,us-ccl", "-kinds", "scanning-electron-microscope"}

const fingerprint = "c0368259e69f46be"

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func compare(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(append(append([]string{}, microscopes...), args...), &out, today)
	return out.String(), err
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct{ format, want string }{
		{"text", "es 3B901 > us 3B903"},
		{"md", "`" + fingerprint + "`"},
		{"json", `"fingerprint": "` + fingerprint + `"`},
		{"csv", "threshold-gap:" + fingerprint + ",3B901,no"},
		{"html", "<code>" + fingerprint + "</code>"},
		{"sarif", `"uri": "regime/lists/es-national/`},
		{"oscal", `"relationship": "superset-of"`},
		{"strm", "es-national 2025-05-31,3B901,"},
	} {
		out, err := compare(t, "-format", tt.format)
		if err != nil || !strings.Contains(out, tt.want) {
			t.Errorf("%s: %v; no %q in\n%.2000s", tt.format, err, tt.want, out)
		}
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if out, err := compare(t, "-format", "html", "-o", file); err != nil || out != "" {
		t.Errorf("%v, %q", err, out)
	}
	if data, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(data), "<!DOCTYPE html>") {
		t.Errorf("%v, %.100s", err, data)
	}
}

func TestWaivers(t *testing.T) {
	const found, set = "1 findings: 0 scope-gap, 1 threshold-gap", "1 findings waived; 0 waivers to review"
	for _, tt := range []struct {
		why, fingerprint, expires string
		args                      []string
		want                      string
		review                    bool
	}{
		{"a reviewed finding", fingerprint, "2026-11-23", nil, set, false},
		{"today it has expired", fingerprint, "2026-11-22", nil, found, true},
		{"a comparison of another day is judged on that day", fingerprint, "2026-11-22", []string{"-asof", "2026-11-01"}, set, false},
		{"nothing has this fingerprint", "0000000000000000", "2027-01-01", nil, "0000000000000000 (the line is the same in practice) matches no finding", true},
	} {
		file := filepath.Join(t.TempDir(), "waivers.yaml")
		text := "schema: 1\nwaivers:\n  - fingerprint: \"" + tt.fingerprint + "\"\n    reason: the line is the same in practice\n    expires: \"" + tt.expires + "\"\n"
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := compare(t, append(tt.args, "-waivers", file)...)
		if !strings.Contains(out, tt.want) || errors.Is(err, errWaivers) != tt.review || err != nil && !tt.review {
			t.Errorf("%s: %v; no %q in\n%s", tt.why, err, tt.want, out)
		}
	}
	file := filepath.Join(t.TempDir(), "waivers.yaml")
	if err := os.WriteFile(file, []byte("schema: 1\nwaivers: [{fingerprint: x}]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := compare(t, "-waivers", file); out != "" || err == nil || errors.Is(err, errWaivers) || !strings.Contains(err.Error(), "waivers.yaml:2:11: ") {
		t.Errorf("waivers that cannot be read: %v, %q", err, out)
	}
	if _, err := compare(t, "-waivers", filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("waivers that are not there: %v", err)
	}
}
