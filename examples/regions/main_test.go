package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestReadme: the README shows this program and what it prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, program, _ := strings.Cut(string(source), "\n")
	if !strings.Contains(string(readme), strings.TrimSpace(program)) {
		t.Error("the program in README.md is not examples/regions/main.go")
	}
	out, err := exec.Command("go", "run", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(readme), strings.TrimSpace(string(out))) {
		t.Errorf("README.md does not show what the program prints:\n%s", out)
	}
}
