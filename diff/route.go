package diff

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// A Leg is one transfer that leaves without a licence, judged by the law of the country that it leaves and of the blocs
// that country is a member of.
type Leg struct {
	From    string           `json:"from"`
	To      string           `json:"to"`
	Outcome classify.Outcome `json:"outcome"`
	By      []Release        `json:"by"` // for each authority that is asked, why it lets the transfer go
}

// A Release is why the law of one authority lets a transfer go without a licence.
type Release struct {
	Authority  string   `json:"authority"`
	Rule       string   `json:"rule,omitempty"` // the exception or general authorisation; empty where no licence is required
	Title      string   `json:"title,omitempty"`
	Cite       string   `json:"cite,omitempty"`
	Paragraphs []string `json:"paragraphs"`     // that catch the item nonetheless, "us-ccl 3A001.a"
	Open       []string `json:"open,omitempty"` // facts that nobody stated and that would withdraw it or, of a possible one, that it takes
}

// String says the release in words.
func (r Release) String() string {
	listed := "no list catches it"
	if len(r.Paragraphs) > 0 {
		listed = strings.Join(r.Paragraphs, ", ")
	}
	if r.Rule == "" {
		if len(r.Paragraphs) > 0 {
			listed += ", which asks no licence for this destination"
		}
		return r.Authority + ": " + listed
	}
	out := r.Authority + " " + r.Rule
	if r.Title != "" {
		out += ", " + r.Title
	}
	if r.Cite != "" {
		out += " (" + r.Cite + ")"
	}
	return out + ", of " + listed
}

// String says the leg in words.
func (l Leg) String() string {
	var by []string
	for _, r := range l.By {
		by = append(by, r.String())
	}
	if len(by) == 0 {
		return fmt.Sprintf("%s to %s (%s: no rules of %s are encoded)", l.From, l.To, l.Outcome, l.From)
	}
	return fmt.Sprintf("%s to %s (%s by %s)", l.From, l.To, l.Outcome, strings.Join(by, "; "))
}

// RouteOptions say which transfers count as free of a licence. The zero value counts those that need none, and those
// that an exception frees whose terms hold plainly, see [classify.Available].
type RouteOptions struct {
	// Open counts exceptions besides whose terms hang on facts that nobody stated, see [classify.Possible].
	Open bool

	// Through, where given, is the countries that a chain may pass, in any order. Without it these are all whose licensing
	// rules are encoded, members of a bloc with rules included. A country without rules that is named here lets everything
	// go: the leg is [classify.Unclear].
	Through []string

	Legs  int                    // of a chain at most; 0 is 3
	Facts map[string]scope.Value // of every transfer, see [classify.Transfer]
}

// LicenceGaps finds which transfers of items that a list of the origin controls an exception or general authorisation
// frees, one finding for each way in which paragraphs are freed from an origin to a destination. The lists must be compiled
// for known destinations. Its cost is a licence determination for each item, origin and destination. The error is of a
// place that is none, or of rules that cannot be read.
func LicenceGaps(c *regime.Compiled, items []scope.Item, from, to []string, o RouteOptions) ([]Finding, error) {
	g := network{c: c, licenser: classify.NewLicenser(c), o: o}
	var out findings
	for i := range items {
		g.it, g.legs = &items[i], nil
		for _, a := range from {
			for _, b := range to {
				leg, d, err := g.leg(a, b)
				if err != nil {
					return nil, err
				}
				freed := slices.ContainsFunc(leg.By, func(r Release) bool { return r.Rule != "" })
				if !g.free(leg) || !freed {
					continue
				}
				f := Finding{Kind: LicenceGap, Item: kindName(items[i].Kinds), Witness: items[i], Route: []Leg{leg}}
				f.listed(d)
				out.add(f, leg.key(), strings.Join(f.Paragraphs[f.Controls], ","))
			}
		}
	}
	return out.sorted(), nil
}

// Routes finds the shortest chains of transfers free of a licence from one country to another, where the law of the
// origin blocks the direct transfer: requires a licence, prohibits, or leaves open whether an exception holds, unless
// those count. One finding for each chain, in order of the countries passed; none where the direct transfer is free, or not
// decided. The error is as that of [LicenceGaps].
//
// Every leg is judged by the law of the country that it leaves alone, as if it ended where the leg does. Law that follows the
// item abroad, as the re-export rules of the United States do, end-user undertakings, and a final destination that the
// exporter of an earlier leg knows are not looked at: a finding says where to look for them. Its cost is a licence
// determination for each two countries at most.
func Routes(c *regime.Compiled, it *scope.Item, from, to string, o RouteOptions) ([]Finding, error) {
	g := network{c: c, licenser: classify.NewLicenser(c), o: o, it: it}
	direct, d, err := g.leg(from, to)
	if err != nil || g.free(direct) || d.Outcome == classify.Unclear {
		return nil, err
	}
	pass, err := g.countries(from, to)
	if err != nil {
		return nil, err
	}
	chains, err := g.chains(from, to, pass)
	if err != nil {
		return nil, err
	}
	var out findings
	for _, chain := range chains {
		f := Finding{Kind: RouteGap, Item: kindName(it.Kinds), Witness: *it, Direct: d.Outcome, Route: chain}
		f.listed(d)
		keys := []string{strings.Join(f.Paragraphs[f.Controls], ",")}
		for _, l := range chain {
			keys = append(keys, l.key())
		}
		out.add(f, keys...)
	}
	return out.all, nil
}

// listed notes the paragraphs behind a determination, and the list of the first authority that requires a licence by them.
func (f *Finding) listed(d classify.Determination) {
	f.Paragraphs = map[string][]string{}
	for _, a := range d.Answers {
		for _, v := range a.Verdicts {
			if v.Verdict != classify.Controlled {
				continue
			}
			f.Paragraphs[v.List] = v.Paragraphs
			if f.Controls == "" && len(a.Requirements) > 0 {
				f.Controls = v.List
			}
		}
	}
}

func (f Finding) routeMessage() string {
	legs := make([]string, len(f.Route))
	for i, l := range f.Route {
		legs[i] = l.String()
	}
	first, last := f.Route[0].From, f.Route[len(f.Route)-1].To
	return fmt.Sprintf("%s to %s is %s, and it goes %s", first, last, f.Direct, strings.Join(legs, ", then "))
}

// key names the leg and the rules that free it.
func (l Leg) key() string {
	key := l.From + ">" + l.To
	for _, r := range l.By {
		key += " " + r.Authority + ":" + r.Rule
	}
	return key
}

// network is the countries between which one item goes free.
type network struct {
	c        *regime.Compiled
	licenser *classify.Licenser
	o        RouteOptions
	it       *scope.Item
	legs     map[[2]string]Leg
	blind    map[string]bool // countries without rules that may be passed
}

// leg is the transfer between two countries as it is determined, free or not.
func (g *network) leg(from, to string) (Leg, classify.Determination, error) {
	d, err := g.licenser.Licence(g.it, classify.Transfer{From: from, To: to, Facts: g.o.Facts})
	if err != nil {
		return Leg{}, d, err
	}
	l := Leg{From: from, To: to, Outcome: d.Outcome, By: []Release{}}
	for _, a := range d.Answers {
		r := Release{Authority: a.Authority, Paragraphs: []string{}}
		for _, v := range a.Verdicts {
			for _, code := range v.Paragraphs {
				if v.Verdict == classify.Controlled {
					r.Paragraphs = append(r.Paragraphs, v.List+" "+code)
				}
			}
		}
		if a.Outcome == classify.Available || a.Outcome == classify.Possible {
			e := &a.Exceptions[0] // the nearest
			r.Rule, r.Title, r.Cite, r.Open = e.ID, e.Title, e.Cite, e.Open
		}
		l.By = append(l.By, r)
	}
	return l, d, nil
}

// free reports whether a leg counts as one.
func (g *network) free(l Leg) bool {
	switch l.Outcome {
	case classify.NotRequired, classify.Available:
		return true
	case classify.Possible:
		return g.o.Open
	case classify.Unclear:
		return g.blind[l.From]
	}
	return false
}

// between is the leg, determined once.
func (g *network) between(from, to string) (Leg, error) {
	at := [2]string{from, to}
	if l, ok := g.legs[at]; ok {
		return l, nil
	}
	l, _, err := g.leg(from, to)
	if g.legs == nil {
		g.legs = map[[2]string]Leg{}
	}
	g.legs[at] = l
	return l, err
}

// countries is what a chain may pass, sorted.
func (g *network) countries(from, to string) ([]string, error) {
	known := map[string]bool{}
	for _, a := range g.c.Corpus.Authorities() {
		if _, err := g.c.Corpus.Licensing(a.ID); err != nil {
			continue
		}
		if a.Kind == "jurisdiction" {
			known[a.Country] = true
		}
		for _, p := range g.c.Corpus.ParticipantsAt(a.ID, g.c.View.Date) {
			if a.Kind == "bloc" && p.Role == "member" && (p.Until.IsZero() || !g.c.View.Date.IsZero()) {
				known[p.Country] = true
			}
		}
	}
	out := slices.Sorted(maps.Keys(known))
	g.blind = map[string]bool{}
	if len(g.o.Through) > 0 {
		out = slices.Clone(g.o.Through)
		slices.Sort(out)
		out = slices.Compact(out)
	}
	for _, id := range out {
		if !regime.IsCountry(id) {
			return nil, fmt.Errorf("%q is not an ISO 3166 alpha-2 code of a country or territory", id)
		}
		g.blind[id] = !known[id]
	}
	return slices.DeleteFunc(out, func(id string) bool { return id == from || id == to }), nil
}

// chains are the shortest from one country to another by way of at least one of pass, in order of what they pass.
func (g *network) chains(from, to string, pass []string) ([][]Leg, error) {
	most := g.o.Legs
	if most == 0 {
		most = 3
	}
	type stop struct {
		at   string
		legs []Leg
	}
	front := []stop{{at: from}}
	seen := map[string]bool{from: true}
	for n := 1; n < most && len(front) > 0; n++ {
		var next []stop
		reached := map[string]bool{}
		for _, s := range front {
			for _, id := range pass {
				if seen[id] {
					continue
				}
				l, err := g.between(s.at, id)
				if err != nil {
					return nil, err
				}
				if g.free(l) {
					next = append(next, stop{id, append(slices.Clone(s.legs), l)})
					reached[id] = true
				}
			}
		}
		var out [][]Leg
		for _, s := range next {
			l, err := g.between(s.at, to)
			if err != nil {
				return nil, err
			}
			if g.free(l) {
				out = append(out, append(slices.Clone(s.legs), l))
			}
		}
		if len(out) > 0 {
			return out, nil
		}
		maps.Copy(seen, reached)
		front = next
	}
	return nil, nil
}
