package scope

import (
	"slices"
	"strings"
)

// quantityText writes a value of an attribute as a law does that names it, else in the unit that makes it shortest.
func (s *Space) quantityText(attribute int, n Number) string {
	if text, ok := s.printed[printedKey{attribute, s.number(n)}]; ok {
		return text
	}
	best := ""
	for _, u := range s.units(attribute) {
		text := u.from(n).String()
		if u.ID != "1" {
			text += " " + u.ID
		}
		if best == "" || len(text) < len(best) {
			best = text
		}
	}
	return best
}

// Conditions describes x for a person: a few conjunctions of conditions that together are exactly x, except that a
// condition which every possible item meets is left out. At most limit conjunctions are given; more reports that there
// are others. The kind of the items is left out where there is only one.
func (x Scope) Conditions(limit int) (conjunctions [][]string, more bool) {
	if x.s == nil {
		return nil, false
	}
	x.s.mu.Lock()
	defer x.s.unlock()
	cs, more := x.s.conditions(x.r, "", limit)
	return dropCommonKind(cs), more
}

// String is the conditions on one line, " | " between alternatives.
func (x Scope) String() string {
	cs, more := x.Conditions(8)
	var out []string
	for _, c := range cs {
		if len(c) == 0 {
			c = []string{"anything"}
		}
		out = append(out, strings.Join(c, "; "))
	}
	if len(out) == 0 {
		return "nothing"
	}
	if more {
		out = append(out, "...")
	}
	return strings.Join(out, " | ")
}

// conditions covers r with few, wide boxes: each is a path, widened as far as the possible things in it lie in r.
func (s *Space) conditions(r ref, part string, limit int) ([][]string, bool) {
	outside := s.not(r)
	return s.cover(r, part, limit, false, func(path []step) bool { return s.assume(s.and(s.box(path), outside), part) == falseRef })
}

func (s *Space) cover(r ref, part string, limit int, singleKind bool, within func([]step) bool) ([][]string, bool) {
	rest := s.assume(r, part)
	var out [][]string
	for rest != falseRef {
		q := search{Space: s}
		if !q.find(rest) {
			break
		}
		if len(out) == limit {
			return out, true
		}
		path := s.widen(q.path, r, part, singleKind, within)
		out = append(out, s.boxText(path, part, 0))
		rest = s.minus(rest, s.box(path))
	}
	return out, false
}

func (s *Space) literal(st step) ref {
	switch {
	case st.among != nil:
		return s.among(st.v, func(i int64) bool { return st.among[i] })
	case st.first && st.last:
		return trueRef
	case st.first:
		return s.node(st.v, []cut{st.to}, []ref{trueRef, falseRef})
	case st.last:
		return s.node(st.v, []cut{st.from}, []ref{falseRef, trueRef})
	}
	return s.node(st.v, []cut{st.from, st.to}, []ref{falseRef, trueRef, falseRef})
}

func (s *Space) box(path []step) ref {
	r := trueRef
	for i := len(path) - 1; i >= 0; i-- {
		r = s.and(s.literal(path[i]), r)
	}
	return r
}

// widen drops the steps of a path and opens its bounds, to cuts that r makes, as far as within allows; with singleKind the
// kinds are dropped like other steps, because within knows them.
func (s *Space) widen(path []step, r ref, part string, singleKind bool, within func([]step) bool) []step {
	path = slices.Clone(path)
	for i := len(path) - 1; i >= 0; i-- {
		if x := &s.vars[path[i].v]; x.class == classKind && !singleKind {
			s.addKinds(path, part, i, within)
			continue
		}
		old := path[i]
		path[i].first, path[i].last = true, true
		if within(path) {
			continue
		}
		path[i] = old
		if s.vars[old.v].size == 0 || s.vars[old.v].class == classAttribute {
			cuts := s.cutsOf(r, old.v)
			s.stretch(path, i, cuts, within)
		}
	}
	var out []step
	for _, st := range path {
		if !st.first || !st.last || st.among != nil {
			out = append(out, st)
		}
	}
	return out
}

// addKinds allows in path[i], a single kind, every other kind of which there can be such things and that within allows.
func (s *Space) addKinds(path []step, part string, i int, within func([]step) bool) {
	among := make([]bool, len(s.vocab.values))
	for j := range among {
		among[j] = s.inStep(path[i], Int(int64(j)))
	}
	path[i].among = among
	only := make([]bool, len(among))
	for j := range among {
		if among[j] {
			continue
		}
		only[j] = true
		path[i].among = only
		among[j] = within(path) && s.satisfiable(s.box(path), part)
		only[j] = false
	}
	path[i].among = among
}

// kindNames names the kinds that a step allows: not those that follow from broader ones which it allows too.
func (s *Space) kindNames(st step) []string {
	var out []string
	for j, kv := range s.vocab.values {
		if !s.inStep(st, Int(int64(j))) {
			continue
		}
		implied := false
		for k, other := range s.vocab.values {
			implied = implied || k != j && s.inStep(st, Int(int64(k))) && len(other.specific) == 1 && kv.all[other.specific[0]]
		}
		if !implied {
			out = append(out, strings.Join(kv.specific, "+"))
		}
	}
	return out
}

// stretch moves the bounds of path[i] outwards as far as within allows.
func (s *Space) stretch(path []step, i int, cuts []cut, within func([]step) bool) {
	try := func(change func(st *step)) bool {
		old := path[i]
		change(&path[i])
		if within(path) {
			return true
		}
		path[i] = old
		return false
	}
	if !path[i].last && !try(func(st *step) { st.last = true }) {
		for j := len(cuts) - 1; j >= 0 && s.cmpCut(cuts[j], path[i].to) > 0; j-- {
			if try(func(st *step) { st.to = cuts[j] }) {
				break
			}
		}
	}
	if !path[i].first && path[i].from.num != noneCut && !try(func(st *step) { st.first = true }) { // "or none" only where it is meant
		for j := 0; j < len(cuts) && s.cmpCut(cuts[j], path[i].from) < 0; j++ {
			if try(func(st *step) { st.from = cuts[j] }) {
				break
			}
		}
	}
}

// boxText describes the thing of a level; what it is for follows in brackets.
func (s *Space) boxText(path []step, part string, level int) []string {
	out := []string{}
	for _, st := range path {
		x := &s.vars[st.v]
		if x.level != level {
			continue
		}
		switch x.class {
		case classKind:
			out = append(out, "kind "+strings.Join(s.kindNames(st), " or "))
		case classFunction:
			continue // said with the thing before
		case classTransfer:
			var to []string
			for j := int64(0); j < x.size; j++ {
				if s.inStep(st, Int(j)) {
					to = append(to, string([]byte{byte('A' + j/26), byte('A' + j%26)}))
				}
			}
			if len(to) > 40 {
				out = append(out, "to other destinations")
			} else {
				out = append(out, "to "+strings.Join(to, ", "))
			}
		case classOpaque:
			out = append(out, negate(!s.inStep(st, Int(1)))+x.key)
		case classResidue:
			out = append(out, "if "+negate(!s.inStep(st, Int(1)))+"residue "+x.key)
		case classParts:
			out = append(out, s.partText(x, s.inStep(st, Int(1))))
		default:
			out = append(out, s.attributeText(st, s.canLackOn(path, part, st.v)))
		}
	}
	if slices.ContainsFunc(path, func(st step) bool { return s.vars[st.v].level > level }) {
		if text := s.purposeText(path, part, level+1); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// purposeText says what a thing is for: its relation to the thing of this level, and that thing.
func (s *Space) purposeText(path []step, part string, level int) string {
	relation := "something for"
	for _, st := range path {
		if x := &s.vars[st.v]; x.level == level && x.class == classFunction {
			if st.first && !st.last && st.to.num == noneCut {
				if level > 1 {
					return ""
				}
				return "for nothing"
			}
			relation = s.relations(st)
			if st.first {
				relation += " (or for nothing)"
			}
		}
	}
	text := "for " + relation
	if inner := strings.Join(s.boxText(path, part, level), "; "); inner != "" {
		text += " of (" + inner + ")"
	}
	return text
}

// relations names the functions that a step allows, the broadest only.
func (s *Space) relations(st step) string {
	var all, out []string
	for i, x := range s.vocab.Functions {
		if s.inStep(st, Int(int64(i))) {
			all = append(all, x.ID)
		}
	}
	for _, id := range all {
		if !slices.ContainsFunc(all, func(o string) bool { return o != id && s.vocab.entails(id, o, 0) }) {
			out = append(out, id)
		}
	}
	if len(all) == len(s.vocab.Functions) {
		return "anything"
	}
	return strings.Join(out, "/")
}

func negate(b bool) string {
	if b {
		return "not "
	}
	return ""
}

func (s *Space) attributeText(st step, canLack bool) string {
	x := &s.vars[st.v]
	a := s.attribute(st.v)
	name := s.plainName(st.v)
	switch a.Type {
	case TypeBoolean, TypeSet:
		if st.first && !st.last && st.to.num == noneCut {
			return "no " + name
		}
		return negate(!s.inStep(st, Int(1))) + name
	case TypeTerm:
		var terms []string
		for i, t := range a.Terms {
			if s.inStep(st, Int(int64(i))) {
				terms = append(terms, t.ID)
			}
		}
		text := name + " " + strings.Join(terms, " or ")
		if len(terms) == 0 {
			return "no " + name
		}
		if st.first && canLack {
			text += " or none"
		}
		return text
	}
	var bounds []string
	if !st.first && !st.last && st.from.num == st.to.num && st.from.num != noneCut {
		return name + " = " + s.quantityText(x.ord, s.numbers[st.from.num])
	}
	if !st.first && st.from.num != noneCut {
		op := " >= "
		if st.from.after {
			op = " > "
		}
		bounds = append(bounds, op+s.quantityText(x.ord, s.numbers[st.from.num]))
	}
	if !st.last {
		if st.to.num == noneCut {
			return "no " + name
		}
		op := " < "
		if st.to.after {
			op = " <= "
		}
		bounds = append(bounds, op+s.quantityText(x.ord, s.numbers[st.to.num]))
	}
	text := name + strings.Join(bounds, ",")
	if len(bounds) == 0 {
		text += " stated"
	}
	if st.first && canLack {
		text += " or none"
	}
	return text
}

func (s *Space) partText(x *variable, holds bool) string {
	key := partTextKey{x.where, x.part, x.atLeast, holds}
	text, known := s.texts[key]
	if !known {
		text = s.newPartText(x, holds)
		s.texts[key] = text
	}
	return text
}

type partTextKey struct {
	where   ref
	part    string
	atLeast int
	holds   bool
}

func (s *Space) newPartText(x *variable, holds bool) string {
	cs, more := s.conditions(x.where, x.part, 3)
	var alternatives []string
	for _, c := range cs {
		alternatives = append(alternatives, strings.Join(c, "; "))
	}
	if more {
		alternatives = append(alternatives, "...")
	}
	inner := strings.Join(alternatives, " | ")
	quantity := "some "
	if x.atLeast > 1 {
		quantity = "at least " + Int(int64(x.atLeast)).String() + " "
	}
	part := x.part
	if part == wholePart {
		part = "part"
	}
	if inner != "" {
		part += " (" + inner + ")"
	}
	if !holds {
		if x.atLeast > 1 {
			return "fewer than " + Int(int64(x.atLeast)).String() + " " + part
		}
		return "no " + part
	}
	return quantity + part
}

// dropCommonKind leaves out the kind where every conjunction says the same single kind.
func dropCommonKind(cs [][]string) [][]string {
	for _, c := range cs {
		if len(c) == 0 || c[0] != cs[0][0] || !strings.HasPrefix(c[0], "kind ") || strings.Contains(c[0], " or ") {
			return cs
		}
	}
	for i := range cs {
		cs[i] = cs[i][1:]
	}
	return cs
}
