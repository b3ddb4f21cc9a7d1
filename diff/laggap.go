package diff

import (
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// A Window is the time in which what a list had decided was not yet in force for a follower.
type Window struct {
	Follower string `json:"follower"`
	Opens    Span   `json:"opens"`
	Closes   Span   `json:"closes"` // with no To it has not closed as far as is known
}

// Certain reports whether the window was open for a day at least, whatever the days are that are not known.
func (w Window) Certain() bool {
	d := daysBetween(w.Opens, w.Closes)
	return !d.NoLeast && d.Least > 0
}

// LagGaps reads findings out of a report: for each decision to control items, and each follower that may have come to
// control them later or not yet, one for the same paragraphs, follower and edition that closed the gap: of several regions a certain
// one, rather than one that residue or an unknown date decides. The finding's list that lacks the control is the one that came first to have it,
// and while there is none the follower's widest. Followers of whom no edition covers the items have no finding.
func LagGaps(r *LagReport) []Finding {
	out := []Finding{}
	at := map[string]int{}
	for i := range r.Decisions {
		d := &r.Decisions[i]
		if d.Effect != Controls {
			continue
		}
		for _, l := range d.Lags {
			if l.InForce == (Span{}) || !l.Days.NoMost && l.Days.Most <= 0 {
				continue
			}
			lacks := l.Lists[len(l.Lists)-1]
			for _, x := range l.Lists {
				if !x.InForce.To.IsZero() && (lacks.InForce.To.IsZero() || x.InForce.To.Before(lacks.InForce.To)) {
					lacks = x
				}
			}
			f := Finding{
				Kind: LagGap, Grade: scope.Substantive, Controls: d.List, Lacks: lacks.List, Item: d.Name(),
				Paragraphs: map[string][]string{d.List: d.Paragraphs, lacks.List: lacks.Paragraphs},
				Witness:    d.Witness, Residue: d.Residue, Window: &Window{l.Follower, d.Decided, l.InForce}, region: d.region, title: d.title,
			}
			f.Fingerprint = fingerprint(string(LagGap), d.List, strings.Join(d.Paragraphs, ","), d.New.String(), lacks.List, lacks.Edition.String(), l.Follower)
			switch j, seen := at[f.Fingerprint]; {
			case !seen:
				at[f.Fingerprint] = len(out)
				out = append(out, f)
			case out[j].Effect() == "unknown" && f.Effect() != "unknown":
				out[j] = f
			}
		}
	}
	return out
}
