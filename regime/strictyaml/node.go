// Package strictyaml reads the part of YAML in which control lists are written: one document, plain
// mappings, lists and scalars, each with its position. What YAML would quietly change (the code 3E001
// into the number 30, a bare date into a timestamp), drop (a second document) or merge (duplicate
// keys, "<<") is refused, with file, line, column and the remedy.
//
// A [Schema] is a compiled JSON Schema that reports in the same terms.
package strictyaml

import (
	"encoding/json"

	"github.com/openconcord/concord/regime/scope"
)

// A Kind is the shape of a [Node].
type Kind int

// The kinds of node; the zero Kind is Null.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// String is the word for k in messages.
func (k Kind) String() string {
	return [...]string{"empty", "scalar", "list", "mapping"}[k]
}

// A Type says how YAML reads a scalar.
type Type int

// The types of scalar. Quoted text is always a String.
const (
	String Type = iota
	Number
	Bool
)

// A Node is one value of a document. Trees are immutable; where the document uses an alias, the node is
// shared and keeps the position of what it stands for.
type Node struct {
	Kind   Kind
	Type   Type      // of a Scalar
	Pos    scope.Pos // where the value begins
	Text   string    // of a Scalar, without quotes
	Quoted bool      // the Scalar is quoted or a block
	Keys   []Key     // of a Mapping, in the order written
	Values []*Node   // of a Mapping, beside Keys; of a Sequence, its elements
}

// A Key is one key of a mapping.
type Key struct {
	Name string
	Pos  scope.Pos
}

// Get is the value of key in a mapping, or nil. It may be called on nil and on any kind of node.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i, k := range n.Keys {
		if k.Name == key {
			return n.Values[i]
		}
	}
	return nil
}

// Key is the key called name in a mapping, or the zero Key.
func (n *Node) Key(name string) Key {
	if n != nil {
		for _, k := range n.Keys {
			if k.Name == name {
				return k
			}
		}
	}
	return Key{}
}

// JSON is n as encoding/json would decode it, with numbers as json.Number.
func (n *Node) JSON() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Mapping:
		m := make(map[string]any, len(n.Keys))
		for i, k := range n.Keys {
			m[k.Name] = n.Values[i].JSON()
		}
		return m
	case Sequence:
		l := make([]any, len(n.Values))
		for i, v := range n.Values {
			l[i] = v.JSON()
		}
		return l
	case Scalar:
		switch n.Type {
		case Number:
			return json.Number(n.Text)
		case Bool:
			return n.Bool()
		}
		return n.Text
	}
	return nil
}

// Bool is the value of a Bool scalar; false for every other node.
func (n *Node) Bool() bool {
	return n != nil && n.Type == Bool && (n.Text == "true" || n.Text == "True" || n.Text == "TRUE")
}

// TextOr is the text of a scalar, or or where n is nil or not a scalar.
func (n *Node) TextOr(or string) string {
	if n == nil || n.Kind != Scalar {
		return or
	}
	return n.Text
}
