package scope

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A Space holds the diagrams of the scopes that are compared with each other. Scopes of different
// Spaces cannot be combined. A Space is safe for use by many goroutines. Its operations take turns, but for
// [Scope.Evaluate] of an item that states all that matters; other independent work goes faster in Spaces of its own.
// It grows with the scopes that are made in it, and not with the items that are asked about.
type Space struct {
	mu sync.Mutex
	diagrams
	kept     diagrams                 // up to where what is made is for keeping
	readable atomic.Pointer[diagrams] // what can be read without waiting
	room     int                      // see scratchRoom
	queries  sync.Pool

	numberIDs map[numberKey]int32
	varIDs    map[variableKey]int32
	terms     map[uint64]ref
	unique    map[string]ref
	memo      map[applyKey]ref
	shared    map[*Ref]ref
	whens     map[whenKey]ref
	ofKinds   map[string]ref
	lifted    map[ref]ref
	anywhere  map[ref]ref         // see anyDestination
	ranks     map[variableKey]int // by the variable at level 0
	assumed   map[assumeKey]ref
	satisfied map[assumeKey]bool
	printed   map[printedKey]string // how a law writes a threshold
	unitsOf   map[int][]string      // in which units laws write thresholds of an attribute
	texts     map[partTextKey]string
	only      map[string]ref // things of exactly certain kinds, see onlyKinds
	ints      []int32        // indices of 0, 1, 2, ... in numbers
	scratch   []byte
	axioms    [][]axiom        // of the vocabulary, by level, compiled on first use
	about     map[string][]int // see axiomsAbout
	trimmed   map[trimKey]ref
	costs     []int32 // see cost; 0 is not yet known
}

type axiom struct {
	r    ref
	vars []int32
	note string
}

type printedKey struct {
	attribute int
	number    int32
}

// NewSpace is an empty Space over a vocabulary.
func NewSpace(v *Vocabulary) *Space {
	s := &Space{
		diagrams:  diagrams{vocab: v},
		room:      scratchRoom,
		numberIDs: map[numberKey]int32{},
		varIDs:    map[variableKey]int32{},
		terms:     map[uint64]ref{},
		unique:    map[string]ref{},
		memo:      map[applyKey]ref{},
		shared:    map[*Ref]ref{},
		whens:     map[whenKey]ref{},
		ofKinds:   map[string]ref{},
		lifted:    map[ref]ref{},
		anywhere:  map[ref]ref{},
		ranks:     map[variableKey]int{},
		assumed:   map[assumeKey]ref{},
		satisfied: map[assumeKey]bool{},
		printed:   map[printedKey]string{},
		unitsOf:   map[int][]string{},
		trimmed:   map[trimKey]ref{},
		texts:     map[partTextKey]string{},
		only:      map[string]ref{},
	}
	s.nodes = append(s.nodes, node{v: -1}, node{v: -1, term: 1})
	s.keep()
	return s
}

// Vocabulary is what the Space's criteria speak of.
func (s *Space) Vocabulary() *Vocabulary { return s.vocab }

func (s *Space) sortVars(v []int32) {
	sort.Slice(v, func(i, j int) bool { return s.vars[v[i]].less(&s.vars[v[j]]) })
}

func (s *Space) kindVar(level int) int32 {
	return s.variable(variable{level: level, class: classKind, size: int64(len(s.vocab.values))})
}

// functionVar is what the thing of the level before is to the thing of this level; none where it is for nothing.
func (s *Space) functionVar(level int) int32 {
	return s.variable(variable{level: level, class: classFunction, size: int64(len(s.vocab.Functions))})
}

func (s *Space) destinationVar(level int) int32 {
	return s.variable(variable{level: level, class: classTransfer, size: 26 * 26})
}

// attributeVar is the variable of attribute i; sub is 0 but for the maximum of a range and the terms of a set.
func (s *Space) attributeVar(i, sub, level int) int32 {
	a := &s.vocab.Attributes[i]
	v := variable{level: level, class: classAttribute, ord: i, sub: sub, integer: a.Type == TypeInteger}
	switch a.Type {
	case TypeBoolean, TypeSet:
		v.size = 2
	case TypeTerm:
		v.size = int64(len(a.Terms))
	}
	return s.variable(v)
}

// plainName is how an attribute, an end of a range or a term of a set is called.
func (s *Space) plainName(v int32) string {
	x := &s.vars[v]
	a := s.attribute(v)
	switch a.Type {
	case TypeRange:
		return a.ID + [...]string{".min", ".max"}[x.sub]
	case TypeSet:
		return a.ID + ":" + a.Terms[x.sub].ID
	}
	return a.ID
}

// among is the diagram of the things whose value of the finite variable v is one of values.
func (s *Space) among(v int32, values func(i int64) bool) ref {
	size := s.vars[v].size
	bit := func(b bool) ref {
		if b {
			return trueRef
		}
		return falseRef
	}
	var cuts []cut
	kids := []ref{falseRef} // none
	for i := int64(0); i < size; i++ {
		if i == 0 {
			cuts = append(cuts, cut{num: noneCut})
		} else {
			cuts = append(cuts, cut{num: s.int(i)})
		}
		kids = append(kids, bit(values(i)))
	}
	return s.node(v, cuts, kids)
}

// onlyKinds is the things of a level that are of exactly one of the kinds.
func (s *Space) onlyKinds(level int, kinds ...string) ref {
	key := strconv.Itoa(level) + " " + strings.Join(kinds, " ")
	r, known := s.only[key]
	if !known {
		r = s.among(s.kindVar(level), func(i int64) bool {
			kv := s.vocab.values[i].specific
			return len(kv) == 1 && slices.Contains(kinds, kv[0])
		})
		s.only[key] = r
	}
	return r
}

// int is the index of a small whole number.
func (s *Space) int(i int64) int32 {
	for n := int64(len(s.ints)); n <= i; n++ {
		s.ints = append(s.ints, s.number(Int(n)))
	}
	return s.ints[i]
}

// isNone is the diagram of the things that have none of v.
func (s *Space) isNone(v int32) ref {
	return s.node(v, []cut{{num: noneCut}}, []ref{trueRef, falseRef})
}
