package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// An Authority issues control lists: a regime, a bloc or a jurisdiction.
type Authority struct {
	ID           string
	Name         string
	Kind         string   // "regime", "bloc" or "jurisdiction"
	Country      string   // of a jurisdiction, ISO 3166 alpha-2
	Lists        []string // in force for it, its own first: a member state of a bloc also has the bloc's
	Participants []Participant
	Cite         string
	Note         string
	Pos          scope.Pos
}

// A Participant is a jurisdiction's standing in a regime or bloc.
type Participant struct {
	Country string // ISO 3166 alpha-2; "EU" is the European Union
	Role    string // "participant", "adherent", "observer" or "member"
	Since   Date   // zero where no source gives it
	Until   Date   // the first date on which it no longer is; zero while it is
	Source  string // how good the evidence is: "official", "secondary" or "excerpt"
	Cite    string
	Note    string
	Pos     scope.Pos
}

// ParseAuthority reads one authority. The error is a [scope.Errors] of all that is wrong; the authority is the
// zero Authority then.
func ParseAuthority(name string, data []byte) (Authority, error) {
	n, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		return Authority{}, errs
	}
	errs, err := validate("authorities", n)
	if err != nil {
		return Authority{}, err
	}
	r := reader{}
	a := Authority{ID: text(n.Get("id")), Name: text(n.Get("name")), Kind: text(n.Get("kind")), Country: text(n.Get("country")),
		Lists: texts(n.Get("lists")), Cite: text(n.Get("cite")), Note: text(n.Get("note")), Pos: pos(n.Get("id"), n)}
	seen := map[string]bool{}
	for _, x := range list(n.Get("participants")) {
		p := Participant{Country: text(x.Get("country")), Role: text(x.Get("role")), Since: r.date(x.Get("since")), Until: r.date(x.Get("until")),
			Source: text(x.Get("source")), Cite: text(x.Get("cite")), Note: text(x.Get("note")), Pos: pos(x.Get("country"), x)}
		if p.Source == "" {
			p.Source = text(n.Get("source"))
		}
		if key := p.Country + " " + p.Role + " " + p.Since.String(); seen[key] {
			r.add(p.Pos, "duplicate-participant", "%s is %s twice; keep one", p.Country, p.Role)
		} else {
			seen[key] = true
		}
		if !p.Until.IsZero() && !p.Since.Before(p.Until) {
			r.add(pos(x.Get("until"), x), "until", "%s ends on %v, not after it began; write the first date on which it no longer is", p.Country, p.Until)
		}
		a.Participants = append(a.Participants, p)
	}
	if errs = also(errs, r.errs); len(errs) > 0 {
		return Authority{}, errs.Sorted()
	}
	return a, nil
}

// at reports whether p stands on date d as far as is known: a participant without a date always does.
func (p Participant) at(d Date) bool {
	return p.Since.Compare(d.Last()) <= 0 && (p.Until.IsZero() || d.Before(p.Until))
}

// issuer is the authority that list comes from: of those that name it, a regime before a bloc before a jurisdiction.
func issuer(all []Authority, list string) (Authority, bool) {
	for _, kind := range []string{"regime", "bloc", "jurisdiction"} {
		for _, a := range all {
			if a.Kind == kind && slices.Contains(a.Lists, list) {
				return a, true
			}
		}
	}
	return Authority{}, false
}
