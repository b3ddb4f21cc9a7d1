package scope

import (
	"encoding/json"
	"strings"
)

// itemJSON is the wire form of an item. Attribute values are text as written, booleans, lists of terms, or null where
// the item has none; what is unknown is absent.
type itemJSON struct {
	ID           string         `json:"id,omitempty"`
	Part         string         `json:"part,omitempty"`
	Count        int            `json:"count,omitempty"`
	Absent       bool           `json:"absent,omitempty"`
	Kind         any            `json:"kind,omitempty"`
	Attributes   map[string]any `json:"attributes,omitempty"`
	Parts        []itemJSON     `json:"parts,omitempty"`
	NoOtherAttr  bool           `json:"no-other-attributes,omitempty"`
	NoOtherParts bool           `json:"no-other-parts,omitempty"`
	For          any            `json:"for,omitempty"`
	To           string         `json:"to,omitempty"`
}

type purposeJSON struct {
	Function string   `json:"function"`
	Item     itemJSON `json:"item"`
}

// MarshalJSON is the form in which items are also read. Keys and values come in a fixed order.
func (it Item) MarshalJSON() ([]byte, error) { return json.Marshal(it.wire()) }

func (it Item) wire() itemJSON {
	w := itemJSON{ID: it.ID, NoOtherAttr: it.NoOtherAttributes, NoOtherParts: it.NoOtherParts, To: it.To}
	switch len(it.Kinds) {
	case 0:
	case 1:
		w.Kind = it.Kinds[0]
	default:
		w.Kind = it.Kinds
	}
	if len(it.Attributes) > 0 {
		w.Attributes = make(map[string]any, len(it.Attributes))
		for id, v := range it.Attributes {
			w.Attributes[id] = v.wire()
		}
	}
	for _, p := range it.Parts {
		x := p.Item.wire()
		x.ID, x.Part, x.Absent = "", p.Type, p.Absent
		if p.Count > 1 {
			x.Count = p.Count
		}
		if kinds, ok := x.Kind.(string); ok && kinds == p.Type {
			x.Kind = nil
		}
		w.Parts = append(w.Parts, x)
	}
	purposes := make([]purposeJSON, 0, len(it.For))
	for _, p := range it.For {
		purposes = append(purposes, purposeJSON{p.Function, p.Target.wire()})
	}
	switch {
	case len(purposes) == 1:
		w.For = purposes[0]
	case len(purposes) > 1:
		w.For = purposes
	case it.ForKnown:
		w.For = purposes
	}
	return w
}

func (v Value) wire() any {
	switch {
	case v.None:
		return nil
	case v.Text == "true" || v.Text == "false":
		return v.Bool
	case len(v.Terms) > 1:
		return v.Terms
	}
	if lo, hi, ok := strings.Cut(v.Text, " to "); ok {
		return map[string]string{"min": lo, "max": hi}
	}
	return v.Text
}
