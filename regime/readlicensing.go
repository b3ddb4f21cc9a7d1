package regime

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// reserved are codes that ISO 3166-1 reserves or has withdrawn and that x/text/language takes for countries all the same.
const reserved = "AC AN CP CQ CS DG EA EZ FQ IC SU TA UN YU"

// IsCountry reports whether code is the ISO 3166 alpha-2 code of a country or territory, or XK, which is in use for Kosovo.
func IsCountry(code string) bool {
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
		return false
	}
	if strings.Contains(reserved, code) {
		return false
	}
	r, err := language.ParseRegion(code)
	return err == nil && r.IsCountry() && r.Canonicalize().String() == code
}

// ParseLicensing reads the licensing rules of one authority. The name stands in positions and is not opened. Criteria
// are checked against v. The error is a [scope.Errors] of all that is wrong; the result is nil then.
func ParseLicensing(name string, data []byte, v *scope.Vocabulary) (*Licensing, error) {
	n, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		return nil, errs
	}
	errs, err := validate("licensing", n)
	if err != nil {
		return nil, err
	}
	r := reader{}
	l := r.licensing(n)
	r.errs = append(r.errs, l.check(v)...)
	if errs = also(errs, r.errs); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return l, nil
}

func (r *reader) licensing(n *strictyaml.Node) *Licensing {
	at, covers := n.Get("edition"), n.Get("covers")
	l := &Licensing{
		Authority: text(n.Get("authority")), Lists: texts(n.Get("lists")),
		Effective: r.date(at.Get("effective")), Seen: r.date(at.Get("seen")),
		Cite: text(n.Get("cite")), Note: text(n.Get("note")),
		FullRequirements: text(covers.Get("requirements")) == "full", FullExceptions: text(covers.Get("exceptions")) == "full",
		CoversNote: text(covers.Get("note")), Given: texts(n.Get("given")), Chart: Chart{Rows: map[string][]string{}}, Pos: pos(n.Get("authority"), n),
	}
	for _, x := range list(n.Get("groups")) {
		l.Groups = append(l.Groups, Group{text(x.Get("id")), text(x.Get("title")), texts(x.Get("members")), text(x.Get("cite")), x.Pos})
	}
	if chart := n.Get("chart"); chart != nil {
		l.Chart.Cite, l.Chart.Columns = text(chart.Get("cite")), texts(chart.Get("columns"))
		if rows := chart.Get("rows"); rows != nil {
			for i, k := range rows.Keys {
				l.Chart.Rows[k.Name] = texts(rows.Values[i])
				r.country(k.Name, k.Pos)
				for _, c := range l.Chart.Rows[k.Name] {
					if !slices.Contains(l.Chart.Columns, c) {
						r.add(k.Pos, "unknown-column", "%s has column %q, which is not one of the chart; write one of its columns", k.Name, c)
					}
				}
			}
		}
	}
	for _, g := range l.Groups {
		for _, c := range g.Members {
			r.country(c, g.Pos)
		}
	}
	for _, x := range list(n.Get("conditions")) {
		l.Conditions = append(l.Conditions, Condition{text(x.Get("id")), text(x.Get("text")), text(x.Get("cite")), x.Pos})
	}
	for _, x := range list(n.Get("requirements")) {
		l.Requirements = append(l.Requirements, Requirement{
			ID: text(x.Get("id")), Title: text(x.Get("title")), Reason: text(x.Get("reason")), Clause: r.clause(x), Destinations: destinations(x),
			Prohibited: text(x.Get("outcome")) == "prohibited", Review: text(x.Get("review")),
			Since: r.date(x.Get("since")), Until: r.date(x.Get("until")),
		})
	}
	for _, x := range list(n.Get("exceptions")) {
		e := Exemption{
			ID: text(x.Get("id")), Title: text(x.Get("title")), Form: text(x.Get("form")), Clause: r.clause(x), Destinations: destinations(x),
			OnlyReasons: texts(x.Get("only-reasons")), Frees: r.clauseList(x.Get("frees")), Withholds: r.clauseList(x.Get("withholds")),
			Unless: r.clauseList(x.Get("unless")), Since: r.date(x.Get("since")), Until: r.date(x.Get("until")),
		}
		for _, o := range list(x.Get("obligations")) {
			e.Obligations = append(e.Obligations, Obligation{text(o.Get("text")), text(o.Get("cite"))})
		}
		l.Exceptions = append(l.Exceptions, e)
	}
	return l
}

func (r *reader) country(code string, at scope.Pos) {
	if !IsCountry(code) {
		r.add(at, "country", "%q is not an ISO 3166 alpha-2 code of a country or territory; mend it", code)
	}
}

func destinations(n *strictyaml.Node) Destinations {
	return Destinations{To: texts(n.Get("to")), NotTo: texts(n.Get("not-to")), Column: text(n.Get("chart"))}
}

func (r *reader) clauseList(n *strictyaml.Node) (out []Clause) {
	for _, x := range list(n) {
		out = append(out, r.clause(x))
	}
	return out
}

func (r *reader) clause(n *strictyaml.Node) Clause {
	c := Clause{Conditions: texts(n.Get("conditions")), Cite: text(n.Get("cite")), Note: text(n.Get("note")), Pos: pos(n.Get("id"), n)}
	sub := reader{}
	c.Criterion = withResidue(sub.criterion(n), sub.residue(n.Get("residue")))
	switch codes := n.Get("codes"); {
	case codes == nil:
	case codes.Kind == strictyaml.Scalar:
		c.AnyCode = true
	default:
		if ref, ok := sub.references(codes, false).(scope.Reference); ok {
			c.Codes = ref.Codes
		}
	}
	r.errs = append(r.errs, sub.errs...)
	return c
}

// check reports what a schema cannot see within one file.
func (l *Licensing) check(v *scope.Vocabulary) (errs scope.Errors) {
	seen := map[string]bool{}
	once := func(what, id string, at scope.Pos) {
		if seen[what+" "+id] {
			errs = append(errs, errorf(at, "duplicate-"+what, "%s %q stands twice; keep one", what, id))
		}
		seen[what+" "+id] = true
	}
	for _, g := range l.Groups {
		once("group", g.ID, g.Pos)
	}
	for _, c := range l.Conditions {
		once("condition", c.ID, c.Pos)
	}
	for _, id := range l.Given {
		if l.Condition(id) == nil {
			errs = append(errs, errorf(l.Pos, "unknown-condition", "`given` names condition %q, which this file does not declare; declare it", id))
		}
	}
	goes := func(rule string, d Destinations, at scope.Pos) {
		if d.Column != "" && !slices.Contains(l.Chart.Columns, d.Column) {
			errs = append(errs, errorf(at, "unknown-column", "rule %q has column %q, which the chart does not have%s", rule, d.Column, suggest(d.Column, l.Chart.Columns)))
		}
		for _, id := range slices.Concat(d.To, d.NotTo) {
			if !IsCountry(id) && !seen["group "+id] {
				errs = append(errs, errorf(at, "unknown-destination", "rule %q names %q, which is neither a group of this file nor an ISO 3166 alpha-2 code; mend it", rule, id))
			}
		}
	}
	for _, x := range l.Requirements {
		once("requirement", x.ID, x.Pos)
		goes(x.ID, x.Destinations, x.Pos)
		if !x.AnyCode && len(x.Codes) == 0 && x.Criterion == nil && len(x.Conditions) == 0 {
			errs = append(errs, errorf(x.Pos, "catch-all", "requirement %q asks nothing of the item or the transfer; name codes, or the conditions of a catch-all", x.ID))
		}
	}
	for _, x := range l.Exceptions {
		once("exception", x.ID, x.Pos)
		goes(x.ID, x.Destinations, x.Pos)
	}
	l.clauses(func(rule string, c *Clause) {
		for _, id := range c.Conditions {
			if l.Condition(id) == nil {
				errs = append(errs, errorf(c.Pos, "unknown-condition", "rule %q asks condition %q, which this file does not declare; declare it", rule, id))
			}
		}
		if (c.AnyCode || len(c.Codes) > 0) && len(l.Lists) == 0 {
			errs = append(errs, errorf(c.Pos, "no-list", "rule %q names codes, and the file has no lists; name them", rule))
		}
		if v != nil {
			errs = append(errs, v.CheckCriterion(c.Criterion)...)
		}
	})
	return errs
}
