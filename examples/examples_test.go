package examples

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Each example is a command: what it prints, and how it ends.
func TestCommands(t *testing.T) {
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin+string(filepath.Separator), "./classify", "./compare", "./whatif").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	half := filepath.Join(bin, "half.yaml")
	if err := os.WriteFile(half, []byte("- {id: good, kind: quantum-computer}\n- {id: bad, kind: quantum-abacus}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why, command, args string
		status             int
		want               string // in standard output, or in standard error where the status is not 0
	}{
		{"all items read", "classify", "-items items/quantum.yaml -lists us-ccl", 0, "gate-34-qubits (quantum-computer)"},
		{"some items read", "classify", "-items " + half + " -lists us-ccl", 1, "half.yaml:2:19: "},
		{"no such list", "classify", "-items items/quantum.yaml -lists us-ecl", 2, "classify: "},
		{"two lists as text", "compare", "-lists us-ccl,wa-du -kinds quantum-computer", 0, "quantum-computer"},
		{"no such format", "compare", "-format xml", 2, `compare: format "xml" is not known`},
		{"no such list", "compare", "-lists us-ecl", 2, "compare: "},
		{"no such kind", "compare", "-lists wa-du -kinds phaser", 2, `compare: kind "phaser" is not in the vocabulary`},
		{"no such date", "compare", "-asof yesterday", 2, "compare: "},
		{"the Union takes over a limit of Wassenaar's", "whatif", "-edition editions/eu-secondary-cells.yaml -lists eu-annex-i,wa-du -kinds secondary-cell", 0, "no longer controls secondary-cell: cell.energy-density > 350 Wh/kg, <= 500 Wh/kg"},
		{"no hypothesis", "whatif", "", 2, "whatif: say -edition FILE"},
		{"no such flag", "compare", "-colour", 2, "-colour"},
	} {
		stdout, stderr, status := execute(t, filepath.Join(bin, tt.command), strings.Fields(tt.args)...)
		got := stdout
		if tt.status != 0 {
			got = stderr
		}
		if status != tt.status || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s %s ends with %d, want %d with %q in\n%s", tt.why, tt.command, tt.args, status, tt.status, tt.want, got)
		}
	}

	file := filepath.Join(bin, "report.json")
	if out, bad, status := execute(t, filepath.Join(bin, "compare"), "-lists", "us-ccl,wa-du", "-kinds", "quantum-computer", "-format", "json", "-o", file); status != 0 || out != "" {
		t.Fatalf("compare -o ends with %d: %s%s", status, out, bad)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Lists, Regions, Findings []map[string]any
		Metrics                  map[string]any
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Lists) != 2 || len(report.Regions) != 1 || len(report.Findings) == 0 || report.Metrics == nil || report.Regions[0]["class"] != "unilateral" {
		t.Errorf("report is %s", data)
	}
}

// execute runs a program and gives its outputs and exit status.
func execute(t *testing.T, path string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, bad strings.Builder
	c := exec.Command(path, args...)
	c.Stdout, c.Stderr = &out, &bad
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), bad.String(), c.ProcessState.ExitCode()
}
