package scope

import (
	"encoding/binary"
	"maps"
)

// diagrams is the nodes of a Space and what they are made of. Nodes never change once made, and hold only older ones: a
// copy of the slices can be read while the Space grows.
type diagrams struct {
	vocab   *Vocabulary
	nodes   []node
	vars    []variable
	numbers []Number
}

// scratchRoom is how many nodes questions about items may leave behind before they are swept.
const scratchRoom = 1 << 15

func (d *diagrams) attribute(v int32) *Attribute { return &d.vocab.Attributes[d.vars[v].ord] }

// unlock ends an operation whose result is for keeping.
func (s *Space) unlock() {
	s.keep()
	s.mu.Unlock()
}

// keep keeps all that was made so far, and lets others read it.
func (s *Space) keep() {
	if old := s.readable.Load(); old != nil && len(old.nodes) == len(s.nodes) && len(old.vars) == len(s.vars) && len(old.numbers) == len(s.numbers) {
		return
	}
	s.kept = s.diagrams
	d := s.diagrams
	s.readable.Store(&d)
}

// release ends an operation of which nothing but its answer is kept.
func (s *Space) release() {
	if len(s.nodes)-len(s.kept.nodes) > s.room {
		s.sweep()
	}
	s.mu.Unlock()
}

// sweep forgets every node, variable and number that is not for keeping, and all that is remembered of any.
func (s *Space) sweep() {
	for r := len(s.kept.nodes); r < len(s.nodes); r++ {
		if n := &s.nodes[r]; n.v >= 0 {
			s.scratch = n.key(s.scratch[:0])
			delete(s.unique, string(s.scratch))
		} else {
			delete(s.terms, n.term)
		}
	}
	for v := len(s.kept.vars); v < len(s.vars); v++ {
		x := &s.vars[v]
		key := variableKey{x.level, x.class, x.ord, x.sub, x.key}
		delete(s.varIDs, key)
	}
	for i := len(s.kept.numbers); i < len(s.numbers); i++ {
		delete(s.numberIDs, keyOf(s.numbers[i]))
	}
	for i := range s.ints {
		if int(s.ints[i]) >= len(s.kept.numbers) {
			s.ints = s.ints[:i]
			break
		}
	}
	young := func(r ref) bool { return int(r) >= len(s.kept.nodes) }
	maps.DeleteFunc(s.shared, func(_ *Ref, r ref) bool { return young(r) })
	maps.DeleteFunc(s.whens, func(_ whenKey, r ref) bool { return young(r) })
	maps.DeleteFunc(s.ofKinds, func(_ string, r ref) bool { return young(r) })
	s.diagrams = s.kept
	s.costs = s.costs[:min(len(s.costs), len(s.nodes))]
	s.axioms, s.about = nil, nil
	clear(s.memo)
	clear(s.lifted)
	clear(s.anywhere)
	clear(s.assumed)
	clear(s.satisfied)
	clear(s.trimmed)
	clear(s.only)
	clear(s.texts)
}

// key names the node among all nodes.
func (n *node) key(key []byte) []byte {
	key = binary.LittleEndian.AppendUint32(key, uint32(n.v))
	for i, c := range n.cuts {
		key = binary.LittleEndian.AppendUint32(key, uint32(n.kids[i]))
		key = binary.LittleEndian.AppendUint32(key, uint32(c.num))
		if c.after {
			key = append(key, 1)
		} else {
			key = append(key, 0)
		}
	}
	return binary.LittleEndian.AppendUint32(key, uint32(n.kids[len(n.cuts)]))
}
