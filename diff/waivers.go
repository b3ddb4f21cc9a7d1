package diff

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
	"github.com/openconcord/concord/schemas"
)

// Kinds of findings about waivers, see [Waive].
const (
	StaleWaiver   GapKind = "stale-waiver"   // no finding has its fingerprint
	ExpiredWaiver GapKind = "expired-waiver" // one has, and the waiver no longer holds
)

// A Waiver accepts the finding with its fingerprint until a date.
type Waiver struct {
	Fingerprint string
	Reason      string      // why the finding is accepted
	Expires     regime.Date // the first date on which the waiver no longer holds; of an inexact one the first day that it can be
	By          string      // who reviewed the finding
	Cite        string
	Pos         scope.Pos // of the fingerprint in its file
}

var waiversSchema = sync.OnceValues(func() (*strictyaml.Schema, error) {
	const name = "waivers.schema.json"
	data, err := schemas.FS().ReadFile(name)
	if err != nil {
		return nil, err
	}
	return strictyaml.Compile(name, data)
})

// ParseWaivers reads a file of waivers. The name stands in positions and is not opened. The error is a [scope.Errors] of
// all that is wrong, among it a fingerprint that is waived twice; the result is nil then.
func ParseWaivers(name string, data []byte) ([]Waiver, error) {
	n, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	schema, err := waiversSchema()
	if err != nil {
		return nil, err
	}
	if errs = schema.Validate(n); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	var out []Waiver
	first := map[string]scope.Pos{}
	fault := func(pos scope.Pos, rule, format string, args ...any) {
		errs = append(errs, &scope.Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)})
	}
	for _, x := range n.Get("waivers").Values {
		print, expires := x.Get("fingerprint"), x.Get("expires")
		w := Waiver{Fingerprint: print.Text, Reason: x.Get("reason").Text, By: x.Get("by").TextOr(""), Cite: x.Get("cite").TextOr(""), Pos: print.Pos}
		if w.Expires, err = regime.ParseDate(expires.Text); err != nil {
			fault(expires.Pos, "date", "%v", err)
		}
		if pos, twice := first[w.Fingerprint]; twice {
			fault(w.Pos, "duplicate-waiver", "finding %q is waived at %v already; keep one", w.Fingerprint, pos)
		} else {
			first[w.Fingerprint] = w.Pos
		}
		out = append(out, w)
	}
	if len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return out, nil
}

// Waive is r with the findings that a waiver accepts on the date asOf set apart as Waived; r is unchanged. A waiver that
// matches no finding of r, waived or not, is itself a finding ([StaleWaiver]), and so is one that matches and has expired
// ([ExpiredWaiver]), whose finding remains; these come last, in the order of the waivers. On the zero date none has
// expired. Earlier waivers of r are forgotten. Waivers are written for one comparison: one of fewer lists or kinds makes
// some of them stale.
func Waive(r *Report, waivers []Waiver, asOf regime.Date) *Report {
	out := *r
	out.Findings, out.Waived = nil, nil
	waivers = slices.Clone(waivers)
	expired := func(w *Waiver) bool { return !asOf.IsZero() && w.Expires.First().Compare(asOf.Last()) <= 0 }
	by := map[string][]int{}
	for i, w := range waivers {
		by[w.Fingerprint] = append(by[w.Fingerprint], i)
	}
	about := make([]*Finding, len(waivers))
	for i := range waivers {
		w := &waivers[i]
		f := waiverFinding(StaleWaiver, w)
		f.title = fmt.Sprintf("waiver of %s (%s) matches no finding of this comparison; remove it", w.Fingerprint, w.Reason)
		about[i] = &f
	}
	for _, f := range slices.Concat(r.Findings, r.Waived) {
		if f.aboutWaiver() {
			continue
		}
		f.Waiver = nil
		for _, i := range by[f.Fingerprint] {
			w := &waivers[i]
			if about[i] = nil; expired(w) {
				x := waiverFinding(ExpiredWaiver, w)
				x.title = fmt.Sprintf("waiver of %s (%s) expired on %v; review the %s again: %s", w.Fingerprint, w.Reason, w.Expires, f.Kind, f.Message())
				about[i] = &x
			} else {
				f.Waiver = w
			}
		}
		if f.Waiver != nil {
			out.Waived = append(out.Waived, f)
		} else {
			out.Findings = append(out.Findings, f)
		}
	}
	for _, f := range about {
		if f != nil {
			out.Findings = append(out.Findings, *f)
		}
	}
	out.Metrics.Findings, out.Metrics.Grades = map[GapKind]int{}, map[scope.Grade]int{}
	for _, f := range out.Findings {
		out.Metrics.Findings[f.Kind]++
		if !f.aboutWaiver() {
			out.Metrics.Grades[f.Grade]++
		}
	}
	return &out
}

func (f Finding) aboutWaiver() bool { return f.Kind == StaleWaiver || f.Kind == ExpiredWaiver }

// aboutWaivers are the findings of r about waivers.
func (r *Report) aboutWaivers() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return !f.aboutWaiver() })
}

func waiverFinding(kind GapKind, w *Waiver) Finding {
	return Finding{Kind: kind, Grade: scope.NoDifference, Waiver: w, Fingerprint: fingerprint(string(kind), w.Fingerprint)}
}

// MarshalJSON writes a waiver with its place in its file.
func (w Waiver) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Fingerprint string      `json:"fingerprint"`
		Reason      string      `json:"reason"`
		Expires     regime.Date `json:"expires"`
		By          string      `json:"by,omitempty"`
		Cite        string      `json:"cite,omitempty"`
		At          string      `json:"at,omitempty"`
	}{w.Fingerprint, w.Reason, w.Expires, w.By, w.Cite, w.Pos.String()})
}
