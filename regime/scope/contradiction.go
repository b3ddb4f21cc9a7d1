package scope

import (
	"fmt"
	"slices"
	"strings"
)

// Contradiction says what the vocabulary's axioms and formulas do not allow among the things that an item states, and its
// parts and what it is for likewise; empty where they allow all of it. What is left unstated contradicts nothing, also
// where the item is said to have no other attributes.
func (s *Space) Contradiction(it *Item) string {
	s.mu.Lock()
	defer s.unlock()
	return s.contradiction(it, "")
}

func (s *Space) contradiction(it *Item, part string) string {
	if why := s.contradicted(it, part); why != "" {
		return why
	}
	for i := range it.Parts {
		p := &it.Parts[i]
		of := p.Type
		if s.vocab.kinds[of] != nil {
			of = wholePart
		}
		if why := s.contradiction(s.wholeItem(p), of); why != "" {
			return p.Type + ": " + why
		}
	}
	for i := range it.For {
		if why := s.contradiction(&it.For[i].Target, ""); why != "" {
			return "what it is for: " + why
		}
	}
	return ""
}

// contradicted looks at one thing alone.
func (s *Space) contradicted(it *Item, part string) string {
	if len(it.Attributes) == 0 {
		return ""
	}
	alone := Item{Kinds: it.Kinds, Attributes: it.Attributes}
	line := []*Item{&alone}
	all := s.axiomsOf(0)
	var about []int
	for id := range it.Attributes {
		about = append(about, s.axiomsAbout(id)...)
	}
	slices.Sort(about)
	for _, i := range slices.Compact(about) {
		a := &all[i]
		said := statements{part: part, budget: maxProbe}
		if t, sure := s.probe(a.r, line, &said); sure && t == False {
			var names []string
			for _, v := range a.vars {
				if s.vars[v].class == classAttribute {
					if _, ok := it.Attributes[s.attribute(v).ID]; ok {
						names = append(names, s.attribute(v).ID)
					}
				}
			}
			slices.Sort(names)
			names = slices.Compact(names)
			values := make([]string, len(names))
			for i, id := range names {
				values[i] = id + " " + it.Attributes[id].Text
			}
			why := strings.Join(values, " and ") + " cannot be true of one thing"
			if a.note != "" {
				why += ": " + a.note
			}
			return why + "; mend one of them"
		}
	}
	for _, a := range s.vocab.derived {
		stated, ok := it.Attributes[a.ID]
		if !ok {
			continue
		}
		if p, known := s.derived(a, it); known && (p.none != stated.None || !p.none && p.n.Cmp(stated.Number) != 0) {
			return fmt.Sprintf("%s is stated as %s and its parts give another value; leave it out, or mend one of them", a.ID, stated.Text)
		}
	}
	return ""
}

// axiomsAbout is the indices of the axioms that speak of an attribute.
func (s *Space) axiomsAbout(id string) []int {
	if s.about == nil {
		s.about = map[string][]int{}
		for i, a := range s.axiomsOf(0) {
			for _, v := range a.vars {
				if s.vars[v].class == classAttribute {
					id := s.attribute(v).ID
					if n := len(s.about[id]); n == 0 || s.about[id][n-1] != i {
						s.about[id] = append(s.about[id], i)
					}
				}
			}
		}
	}
	return s.about[id]
}
