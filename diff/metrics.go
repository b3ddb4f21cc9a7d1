package diff

import (
	"cmp"
	"slices"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// Metrics are counts, never bare scores: each share is given by its two parts.
type Metrics struct {
	Regions          int                    `json:"regions"`           // certain regions
	Aligned          int                    `json:"aligned"`           // of them, those that every list which covers them controls, and more than one does
	ByClass          map[Class]int          `json:"by-class"`          // certain regions of each class
	UnderImplemented int                    `json:"under-implemented"` // multilateral regions that some participant does not control
	Lists            map[string]ListMetrics `json:"lists"`
	Findings         map[GapKind]int        `json:"findings"`
	Grades           map[scope.Grade]int    `json:"grades"`

	Alignment   Share         `json:"alignment"`   // of the certain regions that two lists or more cover, Aligned
	Unilateral  Share         `json:"unilateral"`  // of the certain regions, those of class unilateral
	Coverage    []Coverage    `json:"coverage"`    // by regime, then participant
	Reciprocity []Reciprocity `json:"reciprocity"` // of each two issuers, by the first, then the second
	Issuers     []IssuerShare `json:"issuers"`     // by issuer
}

// A Share is how many of how many; of none, 0 of 0.
type Share struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

// Coverage is how far a participant controls what its regime does: of the certain regions that a list of the regime controls and every
// compared list in force for the participant covers, or one controls, those that one controls. A national list that adds to a bloc's
// does not speak for what the bloc's leaves out where that is not encoded.
type Coverage struct {
	Regime      string           `json:"regime"`
	Participant string           `json:"participant"` // a jurisdiction that takes part on the date of the view, or a bloc with a member that does
	Controls    Share            `json:"controls"`
	ByCategory  map[string]Share `json:"by-category"` // the same by category of the regime's first paragraph that catches the witness: 3.A of 3.A.1.b
	Lacks       []int            `json:"lacks"`       // the other regions, as indices of the report's
}

// Reciprocity is what two issuers do on the certain regions that lists of both cover and one of them controls. Both +
// len(FirstOnly) + len(SecondOnly) is how many these are. A region that a member of a bloc leaves to the bloc's list is not covered
// by its own.
type Reciprocity struct {
	First      string `json:"first"`
	Second     string `json:"second"`
	Both       int    `json:"both"`        // both control
	FirstOnly  []int  `json:"first-only"`  // the first controls and the second does not, as indices of the report's regions
	SecondOnly []int  `json:"second-only"` // the reverse
}

// An IssuerShare is, of the certain regions that an issuer controls, those that no other issuer controls.
type IssuerShare struct {
	Issuer string `json:"issuer"`
	Alone  Share  `json:"alone"`
	Where  []int  `json:"where"` // these, as indices of the report's regions
}

// ListMetrics are the counts of one list: of the certain regions whose items it covers, how many it controls, and of
// these how many it alone controls.
type ListMetrics struct {
	Covers   int `json:"covers"`
	Controls int `json:"controls"`
	Alone    int `json:"alone"`
}

func measure(c *regime.Corpus, date regime.Date, r *Report) Metrics {
	m := Metrics{ByClass: map[Class]int{}, Lists: map[string]ListMetrics{}, Findings: map[GapKind]int{}, Grades: map[scope.Grade]int{}}
	for _, l := range r.Lists {
		m.Lists[l.List] = ListMetrics{}
	}
	for i := range r.Regions {
		x := &r.Regions[i]
		if len(x.Residue) > 0 {
			continue
		}
		m.Regions++
		m.ByClass[x.Class]++
		if len(x.Without) == 0 && len(x.Signature) > 1 {
			m.Aligned++
		}
		if len(x.UnderImplemented) > 0 {
			m.UnderImplemented++
		}
		for _, id := range x.Signature {
			l := m.Lists[id]
			l.Covers, l.Controls = l.Covers+1, l.Controls+1
			if len(x.Signature) == 1 {
				l.Alone++
			}
			m.Lists[id] = l
		}
		for _, id := range x.Without {
			l := m.Lists[id]
			l.Covers++
			m.Lists[id] = l
		}
	}
	m.share(c, date, r)
	for _, f := range r.Findings {
		m.Findings[f.Kind]++
		m.Grades[f.Grade]++
	}
	return m
}

// share counts what issuers do, each by all its lists.
func (m *Metrics) share(c *regime.Corpus, date regime.Date, r *Report) {
	t := tally{issuers: map[string]string{}}
	for _, l := range r.Lists {
		if _, seen := t.issuers[l.List]; !seen {
			t.issuers[l.List] = issuerOf(c, l.List)
		}
	}
	for _, id := range t.issuers {
		t.names = append(t.names, id)
	}
	slices.Sort(t.names)
	t.names = slices.Compact(t.names)
	for i := range r.Regions {
		if len(r.Regions[i].Residue) == 0 {
			t.regions = append(t.regions, i)
		}
	}
	m.Alignment.Part, m.Unilateral = m.Aligned, Share{m.ByClass[Unilateral], m.Regions}
	for _, i := range t.regions {
		if x := &r.Regions[i]; len(x.Signature)+len(x.Without) > 1 {
			m.Alignment.Of++
		}
	}
	m.Issuers, m.Reciprocity = t.alone(r), t.reciprocity(r)
	m.Coverage = t.coverage(c, date, r)
}

// tally is what shares are counted over.
type tally struct {
	issuers map[string]string // list -> who issues it
	names   []string          // of the issuers, sorted
	regions []int             // that are certain
}

func issuerOf(c *regime.Corpus, list string) string {
	if a, ok := c.AuthorityOf(list); ok {
		return a.ID
	}
	return list
}

func (t *tally) issued(issuer string, lists []string) bool {
	return slices.ContainsFunc(lists, func(l string) bool { return t.issuers[l] == issuer })
}

func (t *tally) alone(r *Report) []IssuerShare {
	out := []IssuerShare{}
	for _, id := range t.names {
		s := IssuerShare{Issuer: id, Where: []int{}}
		for _, i := range t.regions {
			lists := r.Regions[i].Signature
			if !t.issued(id, lists) {
				continue
			}
			s.Alone.Of++
			if !slices.ContainsFunc(lists, func(l string) bool { return t.issuers[l] != id }) {
				s.Alone.Part++
				s.Where = append(s.Where, i)
			}
		}
		out = append(out, s)
	}
	return out
}

func (t *tally) reciprocity(r *Report) []Reciprocity {
	out := []Reciprocity{}
	for i, first := range t.names {
		for _, second := range t.names[i+1:] {
			p := Reciprocity{First: first, Second: second, FirstOnly: []int{}, SecondOnly: []int{}}
			for _, n := range t.regions {
				x := &r.Regions[n]
				a, b := t.issued(first, x.Signature), t.issued(second, x.Signature)
				switch {
				case a && b:
					p.Both++
				case a && t.issued(second, x.Without):
					p.FirstOnly = append(p.FirstOnly, n)
				case b && t.issued(first, x.Without):
					p.SecondOnly = append(p.SecondOnly, n)
				}
			}
			out = append(out, p)
		}
	}
	return out
}

func (t *tally) coverage(c *regime.Corpus, date regime.Date, r *Report) []Coverage {
	out := []Coverage{}
	for _, a := range c.Authorities() {
		if a.Kind != "regime" || !slices.Contains(t.names, a.ID) {
			continue
		}
		standing := map[string]bool{}
		for _, p := range c.ParticipantsAt(a.ID, date) {
			standing[p.Country] = p.Role == "participant" || p.Role == "member"
		}
		for _, j := range c.Authorities() {
			takesPart := j.Kind == "jurisdiction" && standing[j.Country]
			if j.Kind == "bloc" {
				takesPart = slices.ContainsFunc(c.ParticipantsAt(j.ID, date), func(p regime.Participant) bool { return standing[p.Country] })
			}
			if takesPart && slices.ContainsFunc(j.Lists, func(l string) bool { return t.issuers[l] != "" }) {
				out = append(out, t.covering(a.ID, j, r))
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Coverage) int {
		return cmp.Or(cmp.Compare(x.Regime, y.Regime), cmp.Compare(x.Participant, y.Participant))
	})
	return out
}

func (t *tally) covering(issuer string, participant regime.Authority, r *Report) Coverage {
	out := Coverage{Regime: issuer, Participant: participant.ID, ByCategory: map[string]Share{}, Lacks: []int{}}
	for _, i := range t.regions {
		x := &r.Regions[i]
		at := slices.IndexFunc(x.Signature, func(l string) bool { return t.issuers[l] == issuer })
		controls := slices.ContainsFunc(participant.Lists, func(l string) bool { return slices.Contains(x.Signature, l) })
		lacks := !slices.ContainsFunc(participant.Lists, func(l string) bool { return t.issuers[l] != "" && !slices.Contains(x.Without, l) })
		if at < 0 || !controls && !lacks {
			continue
		}
		part := 1
		if !controls {
			part = 0
			out.Lacks = append(out.Lacks, i)
		}
		out.Controls = Share{out.Controls.Part + part, out.Controls.Of + 1}
		if codes := x.Paragraphs[x.Signature[at]]; len(codes) > 0 {
			s := out.ByCategory[category(codes[0])]
			out.ByCategory[category(codes[0])] = Share{s.Part + part, s.Of + 1}
		}
	}
	return out
}

// category is a code up to its first letter: 3.A of 3.A.1.b, 1C of 1C350; a code without letters as it is.
func category(code string) string {
	for i, r := range code {
		if 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return code[:i+1]
		}
	}
	return code
}
