package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
)

// Licensing is what one authority's law says of when a transfer needs a licence and what frees from it: the rules, as
// data. [Corpus.CompileLicensing] makes scopes of them.
type Licensing struct {
	Authority string
	Lists     []string // whose paragraphs the rules name; codes without a list speak of the first
	Effective Date     // the state of the law that was read
	Seen      Date
	Cite      string
	Note      string

	// FullRequirements and FullExceptions say whether every rule stands here that bears on the encoded paragraphs of
	// the lists. Without the first, that no rule requires a licence is not known to mean that none is needed.
	FullRequirements, FullExceptions bool
	CoversNote                       string

	Groups       []Group
	Chart        Chart
	Conditions   []Condition
	Given        []string // ids of conditions that hold of every transfer from the authority's own territory
	Requirements []Requirement
	Exceptions   []Exemption
	Pos          scope.Pos
}

// A Group is a named set of destinations, ISO 3166 alpha-2 codes.
type Group struct {
	ID, Title string
	Members   []string
	Cite      string
	Pos       scope.Pos
}

// A Chart says which reasons for control, by column, apply to which destination.
type Chart struct {
	Cite    string
	Columns []string
	Rows    map[string][]string // the columns of a destination; absent is not charted
}

// A Condition is a yes or no fact of a transfer that no criterion models, such as a statement obtained. Whoever asks
// states it under its name, "us:sta-consignee-statement".
type Condition struct {
	ID, Text, Cite string
	Pos            scope.Pos
}

// A Clause is terms, all of which hold where it does.
type Clause struct {
	AnyCode    bool              // caught by any paragraph of the lists
	Codes      []scope.CodeRange // caught by any of these; nil does not ask
	Criterion  scope.Criterion   // of the item and the transfer; nil does not ask
	Conditions []string          // ids of conditions
	Cite, Note string
	Pos        scope.Pos
}

// Destinations of a rule: those of To (all where it and Column are empty) but those of NotTo. Both name
// countries and groups.
type Destinations struct {
	To, NotTo []string
	Column    string // of the chart
}

// A Requirement is a rule that a licence is needed. One that asks for no code catches any item, listed or not.
type Requirement struct {
	ID, Title, Reason string
	Clause
	Destinations
	Prohibited   bool   // no licence can be had
	Review       string // how applications are looked at
	Since, Until Date   // in force from, and no longer from; zero where the state of the law is all that is known
}

// An Exemption frees from a licence requirement: a licence exception, a general authorisation, an exemption.
type Exemption struct {
	ID, Title string
	Form      string // "exception", "general-authorisation" or "exemption"
	Clause
	Destinations
	OnlyReasons  []string // frees only where every requirement that applies has one of these reasons
	Frees        []Clause // every paragraph that catches the item must be freed by one of these
	Withholds    []Clause // not for these
	Unless       []Clause // not on these terms
	Obligations  []Obligation
	Since, Until Date
}

// An Obligation is a duty of whoever uses an exemption.
type Obligation struct{ Text, Cite string }

// Date is that of the state of the law that was read.
func (l *Licensing) Date() Date {
	if l.Effective.IsZero() {
		return l.Seen
	}
	return l.Effective
}

// Countries is the destinations of d, sorted; all reports that it is every destination but those.
func (l *Licensing) Countries(d Destinations) (countries []string, all bool) {
	in := map[string]bool{}
	for _, to := range d.To {
		for _, c := range l.members(to) {
			in[c] = true
		}
	}
	for c, columns := range l.Chart.Rows {
		if slices.Contains(columns, d.Column) {
			in[c] = true
		}
	}
	all = len(d.To) == 0 && d.Column == ""
	for _, to := range d.NotTo {
		for _, c := range l.members(to) {
			if all {
				in[c] = true
			} else {
				delete(in, c)
			}
		}
	}
	for c := range in {
		countries = append(countries, c)
	}
	slices.Sort(countries)
	return countries, all
}

// members is the countries of a group, or the one that id names.
func (l *Licensing) members(id string) []string {
	for _, g := range l.Groups {
		if g.ID == id {
			return g.Members
		}
	}
	return []string{id}
}

// Condition is the condition with this id, or nil.
func (l *Licensing) Condition(id string) *Condition {
	for i := range l.Conditions {
		if l.Conditions[i].ID == id {
			return &l.Conditions[i]
		}
	}
	return nil
}

// rules calls f with every clause of l, and a name for it.
func (l *Licensing) clauses(f func(rule string, c *Clause)) {
	for i := range l.Requirements {
		f(l.Requirements[i].ID, &l.Requirements[i].Clause)
	}
	for i := range l.Exceptions {
		x := &l.Exceptions[i]
		f(x.ID, &x.Clause)
		for _, cs := range [][]Clause{x.Frees, x.Withholds, x.Unless} {
			for j := range cs {
				f(x.ID, &cs[j])
			}
		}
	}
}
