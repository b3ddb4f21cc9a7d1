package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// MarshalJSON writes a plan; touches and closes are indices of its regions.
func (h *Harmonisation) MarshalJSON() ([]byte, error) {
	type step struct {
		Kind       EditKind   `json:"kind"`
		Paragraphs []string   `json:"paragraphs"`
		Was        string     `json:"was,omitempty"`
		Becomes    string     `json:"becomes,omitempty"`
		Source     string     `json:"source,omitempty"`
		Effect     string     `json:"effect"`
		Touches    []int      `json:"touches"`
		Closes     []int      `json:"closes"`
		Witness    scope.Item `json:"witness"`
	}
	steps := make([]step, len(h.Steps))
	for i, s := range h.Steps {
		steps[i] = step(s)
	}
	return json.Marshal(struct {
		From    string   `json:"from"`
		To      []string `json:"to"`
		Regions []Region `json:"regions"`
		Steps   []step   `json:"steps"`
		Proved  bool     `json:"proved"`
		Tried   int      `json:"tried"`
		Residue []string `json:"residue"`
	}{h.From, h.To, notNil(h.Regions), steps, h.Proved, h.Tried, notNil(h.Residue)})
}

// WritePlan writes a plan for a person.
func WritePlan(w io.Writer, h *Harmonisation) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s to %s: %d regions differ\n", h.From, strings.Join(h.To, ", "), len(h.Regions))
	for i := range h.Regions {
		r := &h.Regions[i]
		fmt.Fprintf(&b, "  [%d] %s controls %s\n", i, strings.Join(r.Signature, ", "), clip(said(r), summaryWidth))
	}
	for i, s := range h.Steps {
		fmt.Fprintf(&b, "%d. %s%s", i+1, s.Kind, space(strings.Join(s.Paragraphs, ", ")))
		switch {
		case s.Was != "" && s.Becomes != "":
			fmt.Fprintf(&b, ": %s, then %s", s.Was, s.Becomes)
		case s.Was+s.Becomes != "":
			fmt.Fprintf(&b, ": %s", clip(s.Was+s.Becomes, summaryWidth))
		}
		if s.Source != "" {
			fmt.Fprintf(&b, " (as %s)", s.Source)
		}
		fmt.Fprintf(&b, "\n   %s; decides some of %v, closes %v; such as %s\n", s.Effect, s.Touches, s.Closes, clip(Describe(s.Witness), summaryWidth))
	}
	switch {
	case len(h.Steps) == 0:
	case h.Proved:
		fmt.Fprintln(&b, "No shorter choice of the edits considered does it.")
	default:
		fmt.Fprintln(&b, "Whether a shorter choice of the edits considered does it was not tried in full.")
	}
	if len(h.Residue) > 0 {
		fmt.Fprintf(&b, "May still differ by %s.\n", strings.Join(h.Residue, ", "))
	}
	_, err := w.Write(b.Bytes())
	return err
}

func space(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
