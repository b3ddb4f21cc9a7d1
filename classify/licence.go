package classify

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Transfer is where an item goes, and what is known of the transaction besides.
type Transfer struct {
	From, To string // ISO 3166 alpha-2

	// Facts are attributes of transfers ("transfer.value-usd", "transfer.end-use-wmd") and conditions that the law of an
	// authority asks ("us:sta-consignee-statement", with Bool). What is not here is not known.
	Facts map[string]scope.Value
}

// An Outcome is whether a transfer needs a licence.
type Outcome string

const (
	NotRequired Outcome = "not-required"
	Available   Outcome = "exception-available" // needed, and an exception frees from it
	Possible    Outcome = "exception-possible"  // needed, unless terms of an exception hold that are still open
	Unclear     Outcome = "undetermined"
	Required    Outcome = "required"
	Prohibited  Outcome = "prohibited" // no licence can be had
)

var severity = []Outcome{NotRequired, Available, Possible, Unclear, Required, Prohibited}

// A Determination is what the laws that bind an exporter in one place say of one transfer.
type Determination struct {
	From    string   `json:"from"`
	To      string   `json:"to"`
	Outcome Outcome  `json:"outcome"` // the strictest of the authorities
	Answers []Answer `json:"answers"` // the origin's own authority, then its blocs
	Note    string   `json:"note,omitempty"`
}

// An Answer is what one authority's law says.
type Answer struct {
	Authority    string            `json:"authority"`
	Law          string            `json:"law"` // the date of the state of the law that was read
	Outcome      Outcome           `json:"outcome"`
	Verdicts     []Result          `json:"verdicts"`     // of the authority's lists
	Requirements []RuleAnswer      `json:"requirements"` // that hold or may, but for those of Provided
	Exceptions   []ExceptionAnswer `json:"exceptions"`   // of a requirement that holds: all that the destination allows
	Missing      [][]string        `json:"missing"`      // where undetermined: sets of facts of which some values would decide
	Provided     []RuleAnswer      `json:"provided"`     // the outcome holds unless one of these does, as it may by facts that are not stated
	Note         string            `json:"note,omitempty"`
}

// A RuleAnswer is a requirement that holds or may hold.
type RuleAnswer struct {
	ID     string      `json:"id"`
	Title  string      `json:"title,omitempty"`
	Reason string      `json:"reason,omitempty"`
	Cite   string      `json:"cite,omitempty"`
	Review string      `json:"review,omitempty"`
	Truth  scope.Truth `json:"truth"`
	Steps  []Step      `json:"steps"`
	Pos    scope.Pos   `json:"pos"`
}

// An ExceptionAnswer is a way to go without a licence: true where all its terms hold, undetermined where some are open,
// false where one fails.
type ExceptionAnswer struct {
	ID          string              `json:"id"`
	Title       string              `json:"title,omitempty"`
	Form        string              `json:"form"`
	Cite        string              `json:"cite,omitempty"`
	Truth       scope.Truth         `json:"truth"`
	Plainly     bool                `json:"plainly"` // whether it holds if no yes or no fact of the transfer is true that was not stated
	Open        []string            `json:"open"`    // facts that are not stated and bear on it
	Obligations []regime.Obligation `json:"obligations,omitempty"`
	Steps       []Step              `json:"steps"`
	Pos         scope.Pos           `json:"pos"`
}

// A Licenser determines whether transfers need a licence. It is safe for concurrent use.
type Licenser struct {
	c     *regime.Compiled
	plans sync.Map // of a *regime.Clause, to *plan
	owns  sync.Map // of a *regime.CompiledParagraph, to what it catches and no paragraph below it does
}

// NewLicenser determines licences by the lists of c, which must have been compiled for known destinations.
func NewLicenser(c *regime.Compiled) *Licenser { return &Licenser{c: c} }

// Licence determines whether the item needs a licence to go from one country to another, by the encoded rules of the
// origin's own authority and of the blocs that it is a member of. An exception is available where its terms hold as far as
// yes or no facts of the transfer which nobody stated are taken not to be so, and possible where it would take one of
// them; what was not stated stands in Open either way. A requirement that holds only if some fact of the transfer is
// true which nobody stated, as catch-alls are, does not make the answer undetermined: it stands in Provided. Where the
// rules of an authority are not all encoded, or the item is of a kind that its lists do not cover, the answer is [Unclear]
// and never [NotRequired].
//
// The error is of a place or fact that is not one, or of rules that cannot be read.
func (x *Licenser) Licence(it *scope.Item, t Transfer) (Determination, error) {
	c := x.c
	d := Determination{From: t.From, To: t.To, Outcome: NotRequired}
	if err := t.Check(c.Corpus); err != nil {
		return d, err
	}
	if t.From == t.To {
		d.Note = "within one country nothing is exported"
		return d, nil
	}
	asked := t.of(it)
	own := false // the origin's own rules are encoded
	for _, a := range authoritiesOf(c, t.From) {
		rules, err := c.Licensing(a.ID)
		if errors.Is(err, regime.ErrNoLicensing) {
			continue
		}
		if err != nil {
			return d, err
		}
		own = own || a.Country == t.From
		y := determiner{Licenser: x, rules: rules, it: asked}
		d.Answers = append(d.Answers, y.answer())
	}
	for _, a := range d.Answers {
		if slices.Index(severity, a.Outcome) > slices.Index(severity, d.Outcome) {
			d.Outcome = a.Outcome
		}
	}
	if !own {
		d.Note = "no licensing rules of " + t.From + " itself are encoded"
		if slices.Index(severity, d.Outcome) < slices.Index(severity, Unclear) {
			d.Outcome = Unclear
		}
	}
	return d, nil
}

// Check reports a place that is not one, and a fact that neither the vocabulary nor licensing rules of the corpus ask.
func (t Transfer) Check(c *regime.Corpus) error {
	for _, code := range []string{t.From, t.To} {
		if !regime.IsCountry(code) {
			return fmt.Errorf("%q is not an ISO 3166 alpha-2 code of a country or territory", code)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.Facts)) {
		if authority, condition, ok := strings.Cut(id, ":"); ok {
			l, err := c.Licensing(authority)
			if err != nil || l.Condition(condition) == nil {
				return fmt.Errorf("%q is not a condition that licensing rules ask; use one of their `conditions`", id)
			}
		} else if c.Vocabulary().Attribute(id) == nil || !strings.HasPrefix(id, "transfer.") {
			return fmt.Errorf("%q is not a fact of transfers; use an attribute \"transfer.*\" of the vocabulary", id)
		}
	}
	return nil
}

// of is the item on its way: with the destination and the facts of the transfer.
func (t Transfer) of(it *scope.Item) *scope.Item {
	out := *it
	out.To = t.To
	out.Attributes = maps.Clone(it.Attributes)
	if out.Attributes == nil {
		out.Attributes = map[string]scope.Value{}
	}
	maps.Copy(out.Attributes, t.Facts)
	return &out
}

// authoritiesOf is the authority of a country and the blocs that it is a member of.
func authoritiesOf(c *regime.Compiled, country string) (out []regime.Authority) {
	var blocs []regime.Authority
	for _, a := range c.Corpus.Authorities() {
		switch {
		case a.Kind == "jurisdiction" && a.Country == country:
			out = append(out, a)
		case a.Kind == "bloc" && slices.ContainsFunc(c.Corpus.ParticipantsAt(a.ID, c.View.Date), func(p regime.Participant) bool {
			return p.Country == country && p.Role == "member"
		}):
			blocs = append(blocs, a)
		}
	}
	return append(out, blocs...)
}

// determiner answers for one authority.
type determiner struct {
	*Licenser
	rules *regime.CompiledLicensing
	it    *scope.Item
	plain *scope.Item // the same, with no yes or no fact of the transfer true that is not stated
}

func (x *determiner) answer() Answer {
	a := Answer{Authority: x.rules.Authority, Law: x.rules.Date().String(), Outcome: NotRequired,
		Verdicts: []Result{}, Requirements: []RuleAnswer{}, Exceptions: []ExceptionAnswer{}, Missing: [][]string{}, Provided: []RuleAnswer{}}
	if d := x.c.View.Date; !d.IsZero() && d.Before(x.rules.Date()) {
		a.Outcome, a.Note = Unclear, "the rules that are encoded are those of "+a.Law
		return a
	}
	if len(x.rules.Of) < len(x.rules.Lists) {
		a.Outcome, a.Note = Unclear, "the view lacks an edition of one of "+strings.Join(x.rules.Lists, ", ")
		return a
	}
	x.settle()
	blind := false
	for _, i := range x.rules.Of {
		l := &x.c.Lists[i]
		r := result(x.c, l, x.it, l.Whole.Evaluate(x.it))
		blind = blind || r.Verdict == NotEncoded || r.Verdict == Undetermined
		a.Verdicts = append(a.Verdicts, r)
	}
	caught, may := false, false         // by requirements on listed items
	reasons := map[string]scope.Truth{} // for which a licence is needed, or may be
	all := false                        // a catch-all holds: only an exception that names its reason helps
	for i := range x.rules.Requirements {
		r := &x.rules.Requirements[i]
		truth := x.holds(r)
		listed := r.AnyCode || len(r.Codes) > 0
		switch {
		case truth == scope.False:
			continue
		case truth == scope.Undetermined && r.Scope.Evaluate(x.plain) == scope.False:
			a.Provided = append(a.Provided, x.rule(r, truth))
			continue
		case truth == scope.Undetermined:
			may = true
			if reasons[r.Reason] != scope.True {
				reasons[r.Reason] = scope.Undetermined
			}
			a.Missing = append(a.Missing, r.Scope.Missing(x.it)...)
		case r.Prohibited:
			a.Outcome = Prohibited
		default:
			caught = true
			reasons[r.Reason] = scope.True
			all = all || !listed
		}
		a.Requirements = append(a.Requirements, x.rule(r, truth))
	}
	a.Missing = unique(a.Missing)
	switch {
	case a.Outcome == Prohibited:
	case caught:
		a.Outcome = Required
		for i := range x.rules.Exceptions {
			e := &x.rules.Exceptions[i]
			if all && len(e.OnlyReasons) == 0 {
				continue
			}
			if answer, ok := x.exception(e, reasons); ok {
				a.Exceptions = append(a.Exceptions, answer)
			}
		}
		slices.SortStableFunc(a.Exceptions, func(p, q ExceptionAnswer) int { return p.rank() - q.rank() })
		if len(a.Exceptions) > 0 {
			a.Outcome = []Outcome{Available, Available, Possible, Required}[a.Exceptions[0].rank()]
		}
		if !x.rules.FullExceptions && a.Outcome == Required {
			a.Note = "not every exception is encoded: " + x.rules.CoversNote
		}
	case may || blind:
		a.Outcome = Unclear
		if !may {
			a.Note = "what the lists say of the item is not decided"
		}
	case !x.rules.FullRequirements:
		a.Outcome, a.Note = Unclear, "not every requirement is encoded: "+x.rules.CoversNote
	}
	return a
}

// rank is how near an exception is: it holds, holds unless something special is so, may hold, does not.
func (e *ExceptionAnswer) rank() int {
	switch {
	case e.Truth == scope.True:
		return 0
	case e.Truth == scope.False:
		return 3
	case e.Plainly:
		return 1
	}
	return 2
}

// settle states what holds of every transfer from here, and that codes which are not encoded do not catch an item that
// the list knows.
func (x *determiner) settle() {
	for _, id := range x.rules.Given {
		if name := x.rules.Authority + ":" + id; stated(x.it, name) == scope.Undetermined {
			x.it.Attributes[name] = scope.Value{Bool: true, Text: "true"}
		}
	}
	for _, i := range x.rules.Of {
		l := &x.c.Lists[i]
		if !l.Knows(x.it) {
			continue
		}
		for _, name := range x.rules.Elsewhere {
			if _, stated := x.it.Attributes[name]; !stated && strings.HasPrefix(name, l.Edition.List+":") {
				x.it.Attributes[name] = scope.Value{Text: "false"}
			}
		}
	}
	plain := *x.it
	plain.Attributes = maps.Clone(x.it.Attributes)
	no := func(name string) {
		if _, stated := plain.Attributes[name]; !stated {
			plain.Attributes[name] = scope.Value{Text: "false"}
		}
	}
	for _, a := range x.c.Corpus.Vocabulary().Attributes {
		if a.Type == scope.TypeBoolean && strings.HasPrefix(a.ID, "transfer.") {
			no(a.ID)
		}
	}
	for _, c := range x.rules.Conditions {
		no(x.rules.Authority + ":" + c.ID)
	}
	x.plain = &plain
}

func (x *determiner) holds(r *regime.CompiledRequirement) scope.Truth {
	if !x.inForce(r.Since, r.Until) {
		return scope.False
	}
	return r.Scope.Evaluate(x.it)
}

// inForce reports whether a rule is in force on the date of the view, or where that has none at the state of the law.
func (x *determiner) inForce(since, until regime.Date) bool {
	d := x.c.View.Date
	if d.IsZero() {
		d = x.rules.Date()
	}
	return (since.IsZero() || since.First().Compare(d.Last()) <= 0) && (until.IsZero() || d.Before(until))
}

// exception answers whether e frees the item; false where it is for other destinations or times.
func (x *determiner) exception(e *regime.CompiledExemption, reasons map[string]scope.Truth) (ExceptionAnswer, bool) {
	if !x.inForce(e.Since, e.Until) || e.Goes.Evaluate(x.it) == scope.False {
		return ExceptionAnswer{}, false
	}
	out := ExceptionAnswer{ID: e.ID, Title: e.Title, Form: e.Form, Cite: e.Cite, Obligations: e.Obligations, Open: []string{}, Pos: e.Pos}
	s := steps{determiner: x}
	parts := []scope.Truth{s.terms("terms of use", &e.Clause, e.Terms)}
	if len(e.OnlyReasons) > 0 {
		only := scope.True
		for r, t := range reasons {
			if !slices.Contains(e.OnlyReasons, r) {
				only = conjunction(only, not(t))
			}
		}
		s.add(Condition{Role: RoleCondition, Text: "every requirement is for " + strings.Join(e.OnlyReasons, " or "), Pos: e.Pos}, only)
		parts = append(parts, only)
	}
	if len(e.Frees) > 0 {
		parts = append(parts, s.frees(e))
	}
	for _, group := range []struct {
		text    string
		clauses []regime.CompiledClause
	}{{"withheld", e.Withholds}, {"not on these terms", e.Unless}} {
		for i := range group.clauses {
			parts = append(parts, not(s.clause(group.text, &group.clauses[i])))
		}
	}
	out.Truth = conjunction(parts...)
	out.Steps = s.out
	if out.Plainly = out.Truth == scope.True; out.Truth == scope.Undetermined && x.it != x.plain {
		y := *x
		y.it = x.plain
		plain, _ := y.exception(e, reasons)
		out.Plainly = plain.Truth == scope.True
	}
	if out.Truth == scope.Undetermined {
		out.Open = s.openFacts()
	}
	return out, true
}

func conjunction(ts ...scope.Truth) scope.Truth {
	out := scope.True
	for _, t := range ts {
		switch {
		case t == scope.False:
			return scope.False
		case t == scope.Undetermined:
			out = t
		}
	}
	return out
}

func disjunction(ts ...scope.Truth) scope.Truth {
	for i := range ts {
		ts[i] = not(ts[i])
	}
	return not(conjunction(ts...))
}

func not(t scope.Truth) scope.Truth {
	return map[scope.Truth]scope.Truth{scope.True: scope.False, scope.False: scope.True, scope.Undetermined: scope.Undetermined}[t]
}

// unique is sets in order of size, then of names, each once.
func unique(sets [][]string) [][]string {
	slices.SortFunc(sets, func(a, b []string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare(a, b)
	})
	return slices.CompactFunc(sets, slices.Equal)
}
