package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// TechnologyGaps finds lists that catch equipment, and not the technology or software for its development or production,
// where another list that catches the same equipment catches that too. It looks at the witness of every certain region
// of goods, and at technology and software for it: the one list catches such of no other property, and the other, which
// must cover it, none whatever its properties. The finding's Controls catches the technology and Lacks does not; the
// paragraphs of the latter are those that catch the equipment. The witness is the technology, classified under both. Compile
// the kinds "technology" and "software" besides those of the regions. Its cost is that of classifying four items for each
// region.
func TechnologyGaps(c *regime.Compiled, regions []Region) []Finding {
	var out findings
	v := c.Space.Vocabulary()
	for i := range regions {
		r := &regions[i]
		if len(r.Residue) > 0 || slices.ContainsFunc(r.Kinds, func(k string) bool { return purposive(c, k) }) {
			continue
		}
		for _, kind := range []string{"technology", "software"} {
			for _, function := range []string{"development", "production"} {
				if v.Kind(kind) == nil || !slices.ContainsFunc(v.Functions, func(f scope.Function) bool { return f.ID == function }) {
					continue
				}
				purpose := scope.Purpose{Function: function, Target: r.Witness}
				it := scope.Item{Kinds: []string{kind}, NoOtherAttributes: true, NoOtherParts: true, For: []scope.Purpose{purpose}, ForKnown: true}
				out.technology(c, r, &it)
			}
		}
	}
	return out.sorted()
}

// technology adds the findings on one item that is for the witness of a region.
func (fs *findings) technology(c *regime.Compiled, r *Region, it *scope.Item) {
	var catch, lack []*regime.CompiledList
	var catching []string
	for i := range c.Lists {
		l := &c.Lists[i]
		truth := l.Whole.Evaluate(it)
		if truth == scope.True {
			catching = append(catching, l.Edition.List)
		}
		switch {
		case l.Whole.Evaluate(&r.Witness) != scope.True:
		case truth == scope.True:
			catch = append(catch, l)
		case truth == scope.False && l.Knows(it):
			lack = append(lack, l)
		}
	}
	if len(catch) == 0 {
		return
	}
	open := *it // whatever else is so of it
	open.NoOtherAttributes, open.NoOtherParts = false, false
	lack = slices.DeleteFunc(lack, func(l *regime.CompiledList) bool { return l.Whole.Evaluate(&open) != scope.False })
	for _, a := range catch {
		codes := classify.Catching(a, it, scope.True)
		for _, b := range lack {
			if a.Edition.List == b.Edition.List || otherwiseControlled(c, b.Edition.List, catching) {
				continue
			}
			goods := classify.Catching(b, &r.Witness, scope.True)
			item := fmt.Sprintf("%s for %s of %s", it.Kinds[0], it.For[0].Function, r.Name())
			fs.add(Finding{
				Kind: TechnologyGap, Controls: a.Edition.List, Lacks: b.Edition.List, Item: item, Witness: *it,
				Paragraphs: map[string][]string{a.Edition.List: codes, b.Edition.List: goods},
			}, it.Kinds[0], it.For[0].Function, strings.Join(codes, ","), strings.Join(goods, ","))
		}
	}
}

func purposive(c *regime.Compiled, kind string) bool {
	return slices.ContainsFunc(Purposive, func(p string) bool { return c.Space.Vocabulary().IsA(kind, p) })
}

// MembershipGaps finds what a regime controls and a supplier that takes no part in it on the date of the view does not:
// one finding for each paragraph of the regime's list and country. Countries are ISO 3166 alpha-2 codes; with none given,
// those of every jurisdiction that the corpus knows the lists of. A country for which a list is in force that catches the
// items, its own or its bloc's, has no gap; one whose lists are not encoded has one whose effect is unknown. Adherents and
// observers take no part. The error is of a country that is none.
func MembershipGaps(c *regime.Compiled, regions []Region, countries ...string) ([]Finding, error) {
	for _, id := range countries {
		if !regime.IsCountry(id) {
			return nil, fmt.Errorf("%q is not an ISO 3166 alpha-2 code of a country or territory", id)
		}
	}
	if len(countries) == 0 {
		for _, a := range c.Corpus.Authorities() {
			if a.Kind == "jurisdiction" {
				countries = append(countries, a.Country)
			}
		}
	}
	var out findings
	for i := range regions {
		r := &regions[i]
		for _, list := range r.Signature {
			a, ok := c.Corpus.AuthorityOf(list)
			if !ok || a.Kind != "regime" || len(r.Residue) > 0 {
				continue
			}
			for _, country := range countries {
				lists := listsOf(c, country)
				caught := slices.ContainsFunc(lists, func(l string) bool { return slices.Contains(r.Signature, l) })
				if caught || standsIn(c, a.ID, country, "participant", "member") {
					continue
				}
				for _, code := range r.Paragraphs[list] {
					f := Finding{Kind: MembershipGap, Controls: list, Item: r.Name(), Witness: r.Witness, Country: country,
						Paragraphs: map[string][]string{list: {code}}, region: r}
					if i := slices.IndexFunc(lists, func(l string) bool { return slices.Contains(r.Without, l) }); i >= 0 {
						f.Lacks = lists[i]
						f.Paragraphs[f.Lacks] = []string{}
					}
					out.add(f, code, country)
				}
			}
		}
	}
	return out.sorted(), nil
}

// listsOf is the lists in force for a country: its own, and those of the blocs that it is a member of.
func listsOf(c *regime.Compiled, country string) (out []string) {
	for _, a := range c.Corpus.Authorities() {
		if a.Kind == "jurisdiction" && a.Country == country || a.Kind == "bloc" && standsIn(c, a.ID, country, "member") {
			out = append(out, a.Lists...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// standsIn reports whether a country has one of the roles in a regime or bloc, on the date of the view or else now.
func standsIn(c *regime.Compiled, authority, country string, roles ...string) bool {
	return slices.ContainsFunc(c.Corpus.ParticipantsAt(authority, c.View.Date), func(p regime.Participant) bool {
		return p.Country == country && slices.Contains(roles, p.Role) && (p.Until.IsZero() || !c.View.Date.IsZero())
	})
}

func (f Finding) membershipMessage(ours string) string {
	switch {
	case f.Lacks != "":
		return fmt.Sprintf("%s controls it; %s takes no part in the regime, and %s does not", ours, f.Country, f.Lacks)
	}
	return fmt.Sprintf("%s controls it; %s takes no part in the regime, and of its own control nothing is encoded", ours, f.Country)
}

// SunsetGaps finds controls that lapse, or are due for review, before a date while another list's control of the same items
// stays: the finding's Lacks lapses, its Controls stays. A list's control of a region lapses where every paragraph that
// catches the witness does, by its own date or that of one that holds it, or by the end of the edition; on the last of
// these dates. The lists must say so: of what they do not date nothing is claimed.
func SunsetGaps(c *regime.Compiled, regions []Region, before regime.Date) []Finding {
	var out findings
	expires := func(p *regime.Paragraph) regime.Date { return p.Expires }
	review := func(p *regime.Paragraph) regime.Date { return earlier(p.Expires, p.ReviewBy) }
	for i := range regions {
		r := &regions[i]
		if len(r.Residue) > 0 {
			continue
		}
		type end struct{ expires, review regime.Date }
		ends := make([]end, len(r.Signature))
		for j, list := range r.Signature {
			ends[j] = end{lapse(find(c, list), r.Paragraphs[list], expires, before), lapse(find(c, list), r.Paragraphs[list], review, before)}
		}
		for j, lapsing := range r.Signature {
			if ends[j].review.IsZero() {
				continue
			}
			for k, stays := range r.Signature {
				f := Finding{Kind: SunsetGap, Controls: stays, Lacks: lapsing, Item: r.Name(), Witness: r.Witness, region: r, Expires: ends[j].expires,
					Paragraphs: map[string][]string{stays: r.Paragraphs[stays], lapsing: r.Paragraphs[lapsing]}}
				left := ends[k].expires
				if f.Expires.IsZero() {
					f.ReviewBy, left = ends[j].review, ends[k].review
				}
				if left.IsZero() {
					out.add(f, append(slices.Clone(f.Paragraphs[lapsing]), f.Paragraphs[stays]...)...)
				}
			}
		}
	}
	return out.sorted()
}

// lapse is when the last of the paragraphs ends, where all do before a date; else zero.
func lapse(l *regime.CompiledList, codes []string, of func(*regime.Paragraph) regime.Date, before regime.Date) (last regime.Date) {
	if l == nil {
		return regime.Date{}
	}
	for _, code := range codes {
		p := l.Edition.Paragraph(code)
		if p == nil { // of another edition of the list
			return regime.Date{}
		}
		ends := l.Edition.Until
		for _, p := range append(l.Edition.Ancestors(code), p) {
			ends = earlier(ends, of(p))
		}
		if ends.IsZero() || !ends.Before(before) {
			return regime.Date{}
		}
		if last.Before(ends) {
			last = ends
		}
	}
	return last
}

// earlier is the earlier of two dates, of which the zero Date is never.
func earlier(a, b regime.Date) regime.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (f Finding) sunsetMessage(ours, theirs string) string {
	if f.Expires.IsZero() {
		return fmt.Sprintf("%s is due for review by %v, and %s stays", theirs, f.ReviewBy, ours)
	}
	return fmt.Sprintf("%s lapses on %v, and %s stays", theirs, f.Expires, ours)
}
