package diff

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A LagReport says of each change of a list when the law of others came to catch or to release the same items.
type LagReport struct {
	List      string        `json:"list"`
	Issuer    string        `json:"issuer"` // id of its authority
	Editions  []regime.Date `json:"editions"`
	Kinds     []string      `json:"kinds"` // on which its editions differ, of those asked for
	Followers []Follower    `json:"followers"`
	Unheld    []string      `json:"unheld"` // countries that take part and of which the corpus has no list, sorted
	Decisions []Decision    `json:"decisions"`
}

// A Follower is a jurisdiction or a bloc whose law is held against a list. A bloc stands for those members that
// have no list of their own.
type Follower struct {
	Authority string   `json:"authority"`
	Countries []string `json:"countries"` // for which it stands, sorted
	Lists     []string `json:"lists"`     // in force for it, its own first
}

// A DecisionEffect is what a decision does with items.
type DecisionEffect string

const (
	Controls DecisionEffect = "controls"
	Releases DecisionEffect = "releases"
)

// A Decision is items of one kind that a list newly controls or releases between two of its editions, and which every
// edition of every follower treats alike.
type Decision struct {
	List       string
	Old, New   regime.Date // its editions
	Effect     DecisionEffect
	Decided    Span // when the list came to say so
	Kinds      []string
	For        []string // the kinds of what they are for, as in [Region]
	Paragraphs []string // that catch the witness: of the new edition where it controls the items, else of the old
	Witness    scope.Item
	Residue    []string // ids of residue on which it hangs that items lie here; empty for certain ones
	Lags       []Lag    // of the followers that took part then, in their order

	Scope  scope.Scope
	region *Region
	title  string
}

// Conditions describes the items, see [Region.Conditions].
func (d Decision) Conditions(limit int) (alternatives [][]string, more bool) {
	return d.region.Conditions(limit)
}

// Name says in words what the items are.
func (d Decision) Name() string { return d.region.Name() }

// A Lag is when the law of a follower came to do what the list decided. It catches items where any list in force for it does, and
// has released them where all have.
type Lag struct {
	Follower string    `json:"follower"`
	InForce  Span      `json:"in-force"` // with no From where it does so in the first edition known; with no To where not in the last
	Days     Days      `json:"days"`     // from the decision; negative where the follower was first
	Lists    []ListLag `json:"lists"`
}

// A ListLag is the part of one list in a [Lag].
type ListLag struct {
	List       string      `json:"list"`
	InForce    Span        `json:"in-force"`
	Edition    regime.Date `json:"edition"`         // the first that shows it; zero where none does
	Paragraphs []string    `json:"paragraphs"`      // of that edition, which catch the witness
	Ended      *Span       `json:"ended,omitempty"` // when the list ceased to; nil while it does
}

// Censoring is how much is known of when something happened.
type Censoring string

const (
	Exact            Censoring = "exact"
	IntervalCensored Censoring = "interval-censored" // between two days
	LeftCensored     Censoring = "left-censored"     // by a day, and nothing is known from before
	RightCensored    Censoring = "right-censored"    // not by a day
	Unobserved       Censoring = "unobserved"        // no edition covers such items
)

// Censoring says how much is known of the span.
func (s Span) Censoring() Censoring {
	switch {
	case s == Span{}:
		return Unobserved
	case s.From.IsZero():
		return LeftCensored
	case s.To.IsZero():
		return RightCensored
	case s.From == s.To && s.From.Exact():
		return Exact
	}
	return IntervalCensored
}

// LagOptions choose what [Lags] measures. The zero value measures the goods that a list's own editions treat differently, for
// all who take part.
type LagOptions struct {
	// Kinds of items, and of goods all narrower ones, as of [Kinds]. Software and technology are costly and have to be named.
	Kinds []string

	// Followers are the ids of jurisdictions and blocs; with none given those that take part where a regime or bloc issues
	// the list, and else all but its issuer.
	Followers []string

	// Complete are lists of which the corpus is known to hold every edition. What differs between two successive
	// editions of such a list came on the date of the second, where that is the date in force. Of other lists the
	// same is only known to have come between the two dates, for there may have been editions between them.
	Complete []string
}

// Lags measures the changes between successive editions of a list. A list with a single edition has none. What a list was
// changed in comes in regions of which every edition of every follower catches all or nothing, each with a witness
// that was classified again under all of these editions. Only items that both editions of the list cover are compared, and
// an edition of a follower that does not cover them says nothing of them.
//
// The lists of a jurisdiction that is a member of a bloc are its own and the bloc's. Which date counts is exact in
// whole days: see [Span] and [LagOptions.Complete]; a date that the law itself gives for the paragraphs
// ([regime.Paragraph.Since]) is taken before that of an edition.
//
// Its cost is that of compiling all editions for the kinds asked for, and of cutting the items of those kinds into regions on which
// the list's own editions differ. The error is that of an unknown list, kind or authority, of data that
// cannot be read or compiled, or of more than [scope.MaxJoint] editions.
func Lags(c *regime.Corpus, list string, o LagOptions) (*LagReport, error) {
	own, err := held(c, list)
	if err != nil {
		return nil, err
	}
	r := &LagReport{List: list, Kinds: []string{}, Decisions: []Decision{}}
	for _, e := range own {
		r.Editions = append(r.Editions, e.Date())
	}
	issuer, _ := c.AuthorityOf(list)
	r.Issuer = issuer.ID
	if r.Followers, r.Unheld, err = followersOf(c, list, issuer, o.Followers); err != nil {
		return nil, err
	}
	for _, k := range o.Kinds {
		if c.Vocabulary().Kind(k) == nil {
			return nil, fmt.Errorf("kind %q is not in the vocabulary", k)
		}
	}
	if len(own) < 2 {
		return r, nil
	}
	lists := []string{list}
	for _, f := range r.Followers {
		lists = append(lists, f.Lists...)
	}
	kinds := Kinds(c.Vocabulary(), o.Kinds...)
	h, err := compileHistories(c, lists, kinds, o.Complete)
	if err != nil {
		return nil, err
	}
	if r.Kinds = h.touched(list, kinds); len(r.Kinds) == 0 {
		return r, nil
	}
	for _, cell := range h.c.Joint.Partition(r.Kinds...) {
		if err := r.read(h, issuer, cell); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.Decisions, func(a, b Decision) int {
		return cmp.Or(a.Old.Compare(b.Old), cmp.Compare(a.Effect, b.Effect), slices.Compare(a.Kinds, b.Kinds), slices.Compare(a.For, b.For),
			slices.Compare(a.Paragraphs, b.Paragraphs))
	})
	return r, nil
}

// touched is those of the kinds that two successive editions of a list cover and treat differently. Equal scopes of one Space are
// equal values, so kinds that are treated alike cost next to nothing.
func (h *histories) touched(list string, kinds []string) []string {
	out := []string{}
	own := h.editions[list]
	for _, kind := range kinds {
		it := scope.Item{Kinds: []string{kind}}
		for i := 1; i < len(own); i++ {
			a, b := &h.c.Lists[own[i-1]], &h.c.Lists[own[i]]
			if a.Knows(&it) && b.Knows(&it) && a.Whole.Among(kind, nil) != b.Whole.Among(kind, nil) {
				out = append(out, kind)
				break
			}
		}
	}
	return out
}

// followersOf is whose law is held against a list, by id, and the countries that take part and have no list in the corpus.
func followersOf(c *regime.Corpus, list string, issuer regime.Authority, asked []string) (out []Follower, unheld []string, err error) {
	all := c.Authorities()
	for _, id := range asked {
		if !slices.ContainsFunc(all, func(a regime.Authority) bool { return a.ID == id && a.Kind != "regime" }) {
			return nil, nil, fmt.Errorf("follower %q is not a jurisdiction or bloc of the corpus", id)
		}
	}
	standing := standingAt(c, issuer, regime.Date{})
	bound := func(country string) bool { return standing == nil || standing[country] }
	stood := map[string]bool{} // countries that a follower stands for
	add := func(a regime.Authority, countries []string) {
		lists := slices.DeleteFunc(slices.Clone(a.Lists), func(l string) bool { return l == list || len(c.Editions(l)) == 0 })
		if len(lists) == 0 || len(countries) == 0 || a.ID == issuer.ID {
			return
		}
		slices.Sort(countries)
		for _, country := range countries {
			stood[country] = true
		}
		if len(asked) == 0 || slices.Contains(asked, a.ID) {
			out = append(out, Follower{a.ID, slices.Compact(countries), lists})
		}
	}
	for _, a := range all {
		if a.Kind == "jurisdiction" && bound(a.Country) {
			add(a, []string{a.Country})
		}
	}
	for _, a := range all {
		var countries []string
		for _, p := range a.Participants {
			if a.Kind == "bloc" && p.Role == "member" && bound(p.Country) && !stood[p.Country] {
				countries = append(countries, p.Country)
			}
		}
		add(a, countries)
	}
	slices.SortFunc(out, func(a, b Follower) int { return strings.Compare(a.Authority, b.Authority) })
	unheld = []string{}
	for country := range standing {
		if !stood[country] {
			unheld = append(unheld, country)
		}
	}
	slices.Sort(unheld)
	return out, unheld, nil
}

// standingAt is the countries that take part in what the issuer decides; nil where that is its own affair.
func standingAt(c *regime.Corpus, issuer regime.Authority, d regime.Date) map[string]bool {
	if issuer.Kind != "regime" && issuer.Kind != "bloc" {
		return nil
	}
	out := map[string]bool{}
	for _, p := range c.ParticipantsAt(issuer.ID, d) {
		if p.Role == "participant" || p.Role == "member" {
			out[p.Country] = true
		}
	}
	return out
}

// read notes what the list changed for the items of a cell.
func (r *LagReport) read(h *histories, issuer regime.Authority, cell scope.Cell) error {
	own := h.editions[r.List]
	in := 0 // editions that control the items
	for _, i := range own {
		if slices.Contains(cell.Members, i) {
			in++
		}
	}
	if in == 0 || in == len(own) {
		return nil
	}
	x, err := prove(h.c, cell)
	if err != nil {
		return err
	}
	obs := h.observe(r.List, x)
	for i := 1; i < len(own); i++ {
		was, is := obs[i-1], obs[i]
		if was.controls == is.controls || was.controls == scope.Undetermined || is.controls == scope.Undetermined {
			continue
		}
		d := Decision{
			List: r.List, Old: was.date, New: is.date, Effect: Controls, Decided: h.began(obs, x, i-1, i),
			Kinds: cell.Kinds, For: cell.For, Witness: x.witness, Residue: x.residue, Scope: cell.Scope, region: x.region,
		}
		catches := is.edition
		if is.controls == scope.False {
			d.Effect, catches = Releases, was.edition
		}
		d.Paragraphs = x.catching(h.c, catches)
		if len(d.Paragraphs) > 0 {
			d.title = h.c.Lists[catches].Edition.Paragraph(d.Paragraphs[0]).Title
		}
		standing := standingAt(h.c.Corpus, issuer, is.date)
		for _, f := range r.Followers {
			if standing == nil || slices.ContainsFunc(f.Countries, func(country string) bool { return standing[country] }) {
				d.Lags = append(d.Lags, h.lag(f, x, d.Effect, d.Decided))
			}
		}
		r.Decisions = append(r.Decisions, d)
	}
	return nil
}

// lag is when the law of a follower came to do the same with the items of x.
func (h *histories) lag(f Follower, x *proven, effect DecisionEffect, decided Span) Lag {
	out := Lag{Follower: f.Authority}
	want, first := scope.True, earliest
	if effect == Releases {
		want, first = scope.False, latest
	}
	var spans []Span
	for _, list := range f.Lists {
		obs := h.observe(list, x)
		in, ended, at := h.came(obs, x, want, decided)
		l := ListLag{List: list, InForce: in, Paragraphs: []string{}}
		if at >= 0 {
			l.Edition = obs[at].date
			if want == scope.True {
				l.Paragraphs = x.catching(h.c, obs[at].edition)
			}
		}
		if ended != (Span{}) {
			l.Ended = &ended
		}
		spans = append(spans, in)
		out.Lists = append(out.Lists, l)
	}
	out.InForce = first(spans)
	out.Days = daysBetween(decided, out.InForce)
	return out
}

// MarshalJSON writes a decision with its conditions, each alternative a line.
func (d Decision) MarshalJSON() ([]byte, error) {
	conditions, more := d.Conditions(MaxConditions)
	return json.Marshal(struct {
		List       string         `json:"list"`
		Old        regime.Date    `json:"old"`
		New        regime.Date    `json:"new"`
		Effect     DecisionEffect `json:"effect"`
		Decided    Span           `json:"decided"`
		Kinds      []string       `json:"kinds"`
		For        []string       `json:"for,omitempty"`
		Paragraphs []string       `json:"paragraphs"`
		Conditions []string       `json:"conditions"`
		More       bool           `json:"more-conditions,omitempty"`
		Witness    scope.Item     `json:"witness"`
		Residue    []string       `json:"residue"`
		Lags       []Lag          `json:"lags"`
	}{d.List, d.Old, d.New, d.Effect, d.Decided, d.Kinds, d.For, d.Paragraphs, lines(conditions), more, d.Witness, d.Residue, notNil(d.Lags)})
}

// Lags is the lags of a follower over all certain decisions of the report, of one effect where that is given.
func (r *LagReport) Lags(follower string, effect DecisionEffect) []Days {
	var out []Days
	for _, d := range r.Decisions {
		if len(d.Residue) > 0 || effect != "" && d.Effect != effect {
			continue
		}
		for _, l := range d.Lags {
			if l.Follower == follower {
				out = append(out, l.Days)
			}
		}
	}
	return out
}
