package diff

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Report is a comparison of the lists of one view: facts, findings and the counts made of them.
type Report struct {
	Lists    []ListEdition
	Regions  []Region
	Findings []Finding
	Waived   []Finding // accepted findings, each with its waiver; only [Waive] sets findings apart
	Metrics  Metrics

	Compiled *regime.Compiled // what was compared, from which reports take positions, citations and editions
}

// A ListEdition is which edition of a list was compared.
type ListEdition struct {
	List    string `json:"list"`
	Edition string `json:"edition"`
	Issuer  string `json:"issuer"` // "regime", "bloc" or "jurisdiction"
}

// Compare makes the report of all lists of c, on items of the given kinds and narrower ones, or with none given of [Goods].
func Compare(c *regime.Compiled, kinds ...string) (*Report, error) {
	v := c.Space.Vocabulary()
	for _, k := range kinds {
		if v.Kind(k) == nil {
			return nil, fmt.Errorf("kind %q is not in the vocabulary", k)
		}
	}
	regions, err := Partition(c, Kinds(v, kinds...)...)
	if err != nil {
		return nil, err
	}
	findings, err := Loopholes(c, regions)
	if err != nil {
		return nil, err
	}
	r := &Report{Regions: regions, Findings: findings, Compiled: c}
	for _, l := range c.Lists {
		a, _ := c.Corpus.AuthorityOf(l.Edition.List)
		r.Lists = append(r.Lists, ListEdition{l.Edition.List, l.Edition.Date().String(), a.Kind})
	}
	r.Metrics = measure(c.Corpus, c.View.Date, r)
	return r, nil
}

// MarshalJSON writes a region with its conditions, each alternative a line.
func (r Region) MarshalJSON() ([]byte, error) {
	conditions, more := r.Conditions(MaxConditions)
	return json.Marshal(struct {
		Kind             string              `json:"kind"`
		Kinds            []string            `json:"kinds"`
		For              []string            `json:"for,omitempty"`
		Signature        []string            `json:"signature"`
		Without          []string            `json:"without"`
		Class            Class               `json:"class"`
		UnderImplemented []string            `json:"under-implemented,omitempty"`
		Conditions       []string            `json:"conditions"`
		More             bool                `json:"more-conditions,omitempty"`
		Witness          scope.Item          `json:"witness"`
		Paragraphs       map[string][]string `json:"paragraphs"`
		Residue          []string            `json:"residue"`
	}{kindName(r.Kinds), r.Kinds, r.For, r.Signature, r.Without, r.Class, r.UnderImplemented, lines(conditions), more, r.Witness, r.Paragraphs, r.Residue})
}

// MarshalJSON writes a finding; its id is its kind with its fingerprint, its lists are the one that controls and the one
// that does not, as far as it has them.
func (f Finding) MarshalJSON() ([]byte, error) {
	conditions, _ := f.Conditions(2)
	lists, paragraphs := []string{f.Controls, f.Lacks}, f.Paragraphs
	if paragraphs == nil {
		paragraphs = map[string][]string{}
	}
	return json.Marshal(struct {
		ID          string              `json:"id"`
		Kind        GapKind             `json:"kind"`
		Effect      string              `json:"effect"`
		Grade       scope.Grade         `json:"grade"`
		Lists       []string            `json:"lists"`
		Paragraphs  map[string][]string `json:"paragraphs"`
		Conditions  []string            `json:"conditions"`
		Witness     scope.Item          `json:"witness"`
		Residue     []string            `json:"residue"`
		Country     string              `json:"country,omitempty"`
		Route       []Leg               `json:"route,omitempty"`
		Direct      classify.Outcome    `json:"direct,omitempty"`
		Expires     string              `json:"expires,omitempty"`
		ReviewBy    string              `json:"review-by,omitempty"`
		Fingerprint string              `json:"fingerprint"`
		Message     string              `json:"message"`
		Window      *Window             `json:"window,omitempty"`
		Waiver      *Waiver             `json:"waiver,omitempty"`
	}{string(f.Kind) + ":" + f.Fingerprint, f.Kind, f.Effect(), f.Grade, slices.DeleteFunc(lists, func(l string) bool { return l == "" }), paragraphs, lines(conditions), f.Witness,
		notNil(f.Residue), f.Country, f.Route, f.Direct, f.Expires.String(), f.ReviewBy.String(), f.Fingerprint, f.Message(), f.Window, f.Waiver})
}

// Effect is the policy reading of the gap: "uncontrolled" or "looser" for the list or supplier that lacks the control,
// "freed" of a transfer, "lapsing" of a control, "later" of one that follows, or "unknown" where residue, an open term of an exception, or law or a date that
// is not known decides. A finding about a waiver has the effect "review".
func (f Finding) Effect() string {
	open := slices.ContainsFunc(f.Route, func(l Leg) bool { return l.Outcome == classify.Possible || l.Outcome == classify.Unclear })
	switch {
	case f.aboutWaiver():
		return "review"
	case len(f.Residue) > 0 || open || f.Kind == MembershipGap && f.Lacks == "", f.Window != nil && !f.Window.Certain():
		return "unknown"
	case f.Kind == LagGap:
		return "later"
	case f.Kind == ScopeGap || f.Kind == TechnologyGap || f.Kind == MembershipGap:
		return "uncontrolled"
	case f.Kind == LicenceGap || f.Kind == RouteGap:
		return "freed"
	case f.Kind == SunsetGap:
		return "lapsing"
	}
	return "looser"
}

// WriteJSON writes the report as one indented JSON object with the keys lists, regions, findings and metrics, and waived
// where findings are.
func WriteJSON(w io.Writer, r *Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Lists    []ListEdition `json:"lists"`
		Regions  []Region      `json:"regions"`
		Findings []Finding     `json:"findings"`
		Waived   []Finding     `json:"waived,omitempty"`
		Metrics  Metrics       `json:"metrics"`
	}{r.Lists, notNil(r.Regions), notNil(r.Findings), r.Waived, r.Metrics})
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
