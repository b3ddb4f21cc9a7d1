package diff

import (
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// The parts of SARIF 2.1.0 that [WriteSARIF] uses.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string             `json:"id"`
		ShortDescription sarifMessage       `json:"shortDescription"`
		Configuration    sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifMessage       `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"fingerprints"`
		Partial      map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions"`
		Properties   sarifProperties    `json:"properties"`
	}
	sarifLocation struct {
		ID       int           `json:"id,omitempty"`
		Message  *sarifMessage `json:"message,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Status        string         `json:"status"`
		Justification string         `json:"justification"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
	sarifProperties struct {
		Lists      []string    `json:"lists,omitempty"`
		Effect     string      `json:"effect"`
		Grade      scope.Grade `json:"grade"`
		Conditions []string    `json:"conditions,omitempty"`
		Witness    *scope.Item `json:"witness,omitempty"`
		Residue    []string    `json:"residue,omitempty"`
	}
)

// kindText describes the kinds of findings, in the order in which reports name them.
var kindText = []struct {
	kind GapKind
	text string
}{
	{ScopeGap, "One list controls items that no control of another list touches, which covers such items."},
	{ThresholdGap, "Two lists control such items and draw the line at different places."},
	{ExclusionGap, "A note or definition of one list releases items that another list controls."},
	{TechnologyGap, "A list controls goods and not the technology or software for them, which another list controls."},
	{LicenceGap, "An exception or general authorisation frees listed items from the need of a licence."},
	{RouteGap, "Transfers that need no licence lead to a destination for which the direct transfer needs one."},
	{MembershipGap, "A regime controls items, and a supplier takes no part in it."},
	{SunsetGap, "A control lapses or is due for review while others stay."},
	{LagGap, "A control came later than the decision that it follows, or has not come yet."},
	{StaleWaiver, "A waiver matches no finding."},
	{ExpiredWaiver, "A waiver has expired, and its finding is still there."},
}

// WriteSARIF writes the findings as a SARIF 2.1.0 log: one rule for each kind of finding, one result for each finding, at
// the file, line and column of the paragraph that catches the items, with the paragraphs that come nearest as related
// locations, the fingerprint, and for a waived finding a suppression. The files of lists stand under the path root, as
// seen from where the log is read ("regime" for the lists of this module from its own root); a finding about a waiver is
// at the waiver.
func WriteSARIF(w io.Writer, r *Report, root string) error {
	s := sarif{root: root, rules: []sarifRule{}}
	for _, k := range kindText {
		s.rule(k.kind)
	}
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	for _, fs := range [][]Finding{r.Findings, r.Waived} {
		for i := range fs {
			run.Results = append(run.Results, s.result(r, &fs[i]))
		}
	}
	run.Tool.Driver = sarifDriver{Name: "Concord", InformationURI: "https://github.com/openconcord/concord", Rules: s.rules}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

type sarif struct {
	root  string
	rules []sarifRule
}

// rule is the index of the rule of a kind of findings.
func (s *sarif) rule(kind GapKind) int {
	i := slices.IndexFunc(s.rules, func(x sarifRule) bool { return x.ID == string(kind) })
	if i >= 0 {
		return i
	}
	text := strings.ReplaceAll(string(kind), "-", " ")
	for _, k := range kindText {
		if k.kind == kind {
			text = k.text
		}
	}
	s.rules = append(s.rules, sarifRule{string(kind), sarifMessage{text}, sarifConfiguration{"warning"}})
	return len(s.rules) - 1
}

func (s *sarif) result(r *Report, f *Finding) sarifResult {
	x := sarifResult{
		RuleID: string(f.Kind), RuleIndex: s.rule(f.Kind), Level: "warning", Message: sarifText(f.Message()), Locations: []sarifLocation{},
		Fingerprints: map[string]string{"concord/v1": f.Fingerprint}, Partial: map[string]string{"concordFinding/v1": f.Fingerprint},
		Suppressions: []sarifSuppression{}, Properties: sarifProperties{Effect: f.Effect(), Grade: f.Grade, Residue: f.Residue},
	}
	if f.Grade == scope.BoundaryOnly || f.Grade == scope.Nominal || len(f.Residue) > 0 {
		x.Level = "note"
	}
	switch {
	case f.aboutWaiver() && f.Waiver.Pos.File != "":
		x.Locations = append(x.Locations, s.location("", f.Waiver.Pos, ""))
	case f.Waiver != nil && !f.aboutWaiver():
		waived := sarifSuppression{Kind: "external", Status: "accepted", Justification: f.Waiver.Reason}
		if f.Waiver.Pos.File != "" {
			at := s.location("", f.Waiver.Pos, "")
			waived.Location = &at
		}
		x.Suppressions = append(x.Suppressions, waived)
	}
	if f.Controls != "" {
		x.Properties.Lists = []string{f.Controls, f.Lacks}
	}
	if f.region != nil {
		conditions, _ := f.Conditions(2)
		x.Properties.Conditions, x.Properties.Witness = lines(conditions), &f.Witness
	}
	for _, c := range r.citations(f) {
		if c.Pos.Line == 0 {
			continue
		}
		at := s.location(s.root, c.Pos, strings.TrimSuffix(c.List+" "+c.Code+": "+c.Title, ": "))
		if len(x.Locations) == 0 {
			x.Locations = append(x.Locations, at)
			continue
		}
		at.ID = len(x.Related) + 1
		x.Related = append(x.Related, at)
	}
	return x
}

func (s *sarif) location(root string, pos scope.Pos, text string) sarifLocation {
	uri := url.URL{Path: path.Join(root, strings.ReplaceAll(pos.File, `\`, "/"))}
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uri.String()}}}
	if pos.Line > 0 {
		at.Physical.Region = &sarifRegion{pos.Line, cmp.Or(pos.Column, 1)}
	}
	if text != "" {
		m := sarifText(text)
		at.Message = &m
	}
	return at
}

// sarifText is text that holds no placeholder and no link.
func sarifText(s string) sarifMessage {
	return sarifMessage{strings.NewReplacer("{", "{{", "}", "}}", "](", "] (").Replace(s)}
}
