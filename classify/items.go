package classify

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// A Record is an item of a catalogue with what is said about it.
type Record struct {
	scope.Item
	Title     string
	Source    string // where its attributes are published
	Published []Published
}

// A Published classification is what the maker or an authority says that the item is.
type Published struct {
	List  string
	Codes []string // as published; they need not be codes of the list ("EAR99")
	Date  regime.Date
	Cite  string
	Note  string
}

// ReadItems reads items from YAML or JSON (one item or a list of them), NDJSON (an item a line) or CSV (columns id
// and kind, and one column an attribute; a unit in the header, "adc.sample-rate [GSPS]", or in the cell). The ending of name
// says which. What can be read is returned with the errors of the rest, a [scope.Errors] with positions. Long files
// are better read with [Stream].
func ReadItems(name string, data []byte, v *scope.Vocabulary) ([]scope.Item, error) {
	records, err := ReadRecords(name, data, v)
	items := make([]scope.Item, len(records))
	for i := range records {
		items[i] = records[i].Item
	}
	return items, err
}

// ReadRecords is [ReadItems] with titles, sources and published classifications.
func ReadRecords(name string, data []byte, v *scope.Vocabulary) ([]Record, error) {
	rows, errs := split(name, bytes.NewReader(data))
	r := newItemReader(v)
	var records []Record
	for row := range rows {
		if it, bad := r.row(&row); len(bad) == 0 {
			records = append(records, it)
		} else {
			errs = append(errs, bad...)
		}
	}
	if len(errs) > 0 {
		return records, errs.Sorted()
	}
	return records, nil
}

type itemReader struct {
	vocab  *scope.Vocabulary
	axioms *scope.Space // to check items against the axioms
	record *Record      // where title, source and published go
	parsed map[valueKey]scope.Value
	errs   scope.Errors
}

// valueKey is a value as it is written; catalogues repeat themselves.
type valueKey struct{ attribute, text string }

// maxParsed bounds how many values a reader remembers.
const maxParsed = 4096

func newItemReader(v *scope.Vocabulary) *itemReader {
	return &itemReader{vocab: v, axioms: scope.NewSpace(v), parsed: map[valueKey]scope.Value{}}
}

// row is the item of one row, or what is wrong with it.
func (r *itemReader) row(w *row) (Record, scope.Errors) {
	var record Record
	r.errs, r.record = nil, &record
	switch {
	case len(w.errs) > 0:
		return record, w.errs
	case w.head != nil:
		record.Item = r.cells(w)
	case w.node == nil:
		n, errs := strictyaml.ParseJSON(w.file, w.line, w.data)
		if len(errs) > 0 {
			return record, errs
		}
		record.Item, _ = r.item(n, itemKeys, "")
	default:
		record.Item, _ = r.item(w.node, itemKeys, "")
	}
	if len(r.errs) == 0 {
		if why := r.axioms.Contradiction(&record.Item); why != "" {
			r.add(record.Pos, "axiom", "%s", why)
		}
	}
	return record, r.errs
}

func (r *itemReader) add(pos scope.Pos, rule, format string, args ...any) {
	r.errs = append(r.errs, &scope.Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

// cells is the item of a row of CSV.
func (r *itemReader) cells(w *row) scope.Item {
	it := scope.Item{Attributes: map[string]scope.Value{}, Pos: scope.Pos{File: w.file, Line: w.line, Column: 1}}
	for i, cell := range w.cells {
		pos := w.at[i]
		h := &w.head[i]
		cell = strings.TrimSpace(cell)
		switch {
		case h.name == "id":
			it.ID = cell
		case cell == "":
		case h.name == "title":
			r.record.Title = cell
		case h.name == "source":
			r.record.Source = cell
		case h.name == "kind":
			it.Kinds = strings.Split(cell, "+")
			r.kinds(it.Kinds, pos)
		case h.name == "to":
			it.To = cell
			r.country(cell, pos)
		default:
			if h.unit != "" && cell != "none" && cell != "null" {
				cell += " " + h.unit
			}
			r.value(&it, h.name, cell, pos)
		}
	}
	if len(r.errs) == 0 {
		r.lacking(&it, "")
	}
	return it
}

func (r *itemReader) kinds(kinds []string, pos scope.Pos) bool {
	if _, err := r.vocab.MostSpecific(kinds); err != nil {
		r.add(pos, "unknown-kind", "%v", err)
		return false
	}
	return true
}

func (r *itemReader) country(code string, pos scope.Pos) bool {
	if !regime.IsCountry(code) {
		r.add(pos, "country", "%q is not an ISO 3166 alpha-2 code of a country or territory; write two capital letters", code)
		return false
	}
	return true
}

func (r *itemReader) value(it *scope.Item, attribute, text string, pos scope.Pos) bool {
	if strings.Contains(attribute, ":") { // membership in a list that is not loaded
		if text != "true" && text != "false" {
			r.add(pos, "boolean", "%q says of %q neither true nor false; write one of them", text, attribute)
			return false
		}
		it.Attributes[attribute] = scope.Value{Bool: text == "true", Text: text}
		return true
	}
	key := valueKey{attribute, text}
	v, ok := r.parsed[key]
	if !ok {
		var err error
		if v, err = r.vocab.ParseValue(attribute, text); err != nil {
			r.add(pos, "value", "%v", err)
			return false
		}
		if len(r.parsed) >= maxParsed {
			clear(r.parsed)
		}
		r.parsed[key] = v
	}
	it.Attributes[attribute] = v
	return true
}

// lacking reports an attribute that things of the item's kinds do not have, nor parts of the type if the item is one.
func (r *itemReader) lacking(it *scope.Item, part string) bool {
	of := it.Kinds
	if r.vocab.Part(part) != nil {
		of = append(slices.Clone(of), part)
	}
	ids := make([]string, 0, len(it.Attributes))
	for id := range it.Attributes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	good := true
	for _, id := range ids {
		a := r.vocab.Attribute(id)
		if len(of) > 0 && a != nil && !it.Attributes[id].None && !r.vocab.Applies(id, it.Kinds) && !slices.Contains(a.Of, part) {
			r.add(it.Pos, "attribute-of-kind", "a %s has no %q; state another kind, or leave the attribute out", strings.Join(of, "+"), id)
			good = false
		}
	}
	return good
}

var (
	itemKeys = []string{"id", "title", "source", "published", "kind", "attributes", "no-other-attributes", "parts", "no-other-parts", "for", "to"}
	partKeys = []string{"part", "count", "absent", "kind", "attributes", "no-other-attributes", "parts", "no-other-parts", "for"}
	forKeys  = []string{"function", "item"}

	publishedKeys = []string{"list", "codes", "cite", "date", "note"}
)

// shapes are what a key of an item holds; "a scalar" where it is not here.
var shapes = map[string][]strictyaml.Kind{
	"kind":       {strictyaml.Scalar, strictyaml.Sequence},
	"attributes": {strictyaml.Mapping, strictyaml.Null},
	"parts":      {strictyaml.Sequence, strictyaml.Null},
	"published":  {strictyaml.Sequence},
	"for":        {strictyaml.Mapping, strictyaml.Sequence, strictyaml.Null},
}

// key reports a key that is not one of keys, and a value of another shape than it has.
func (r *itemReader) key(k strictyaml.Key, v *strictyaml.Node, keys []string) bool {
	if !slices.Contains(keys, k.Name) {
		r.add(k.Pos, "unknown-key", "%q is not a key here; use one of %s", k.Name, strings.Join(keys, ", "))
		return false
	}
	flag := strings.HasPrefix(k.Name, "no-other-") || k.Name == "absent"
	want, ok := shapes[k.Name]
	switch {
	case k.Name == "item":
	case !ok && v.Kind != strictyaml.Scalar, ok && !slices.Contains(want, v.Kind):
		r.add(v.Pos, "shape", "%q cannot be a %s", k.Name, v.Kind)
		return false
	case flag && v.Type != strictyaml.Bool:
		r.add(v.Pos, "boolean", "%q says of %q neither true nor false; write one of them", v.Text, k.Name)
		return false
	}
	return true
}

// item reads one item, or where part is not empty a part of that type; false where something in it is wrong.
func (r *itemReader) item(n *strictyaml.Node, keys []string, part string) (scope.Item, bool) {
	before := len(r.errs)
	it := scope.Item{Attributes: map[string]scope.Value{}, Pos: n.Pos}
	if n.Kind != strictyaml.Mapping {
		r.add(n.Pos, "item", "an item is a mapping with kind and attributes, not a %s", n.Kind)
		return it, false
	}
	for i, k := range n.Keys {
		v := n.Values[i]
		if !r.key(k, v, keys) {
			continue
		}
		switch k.Name {
		case "id":
			it.ID = v.Text
		case "title":
			r.record.Title = v.Text
		case "source":
			r.record.Source = v.Text
		case "published":
			for _, p := range v.Values {
				r.published(p)
			}
		case "to":
			it.To = v.Text
			r.country(v.Text, v.Pos)
		case "kind":
			if v.Kind == strictyaml.Sequence {
				for _, x := range v.Values {
					it.Kinds = append(it.Kinds, x.Text)
				}
			} else {
				it.Kinds = []string{v.Text}
			}
			r.kinds(it.Kinds, v.Pos)
		case "attributes":
			for j, a := range v.Keys {
				r.attribute(&it, a, v.Values[j])
			}
		case "no-other-attributes":
			it.NoOtherAttributes = v.Bool()
		case "no-other-parts":
			it.NoOtherParts = v.Bool()
		case "parts":
			it.NoOtherParts = it.NoOtherParts || len(v.Values) == 0
			for _, p := range v.Values {
				if part, ok := r.part(p); ok {
					it.Parts = append(it.Parts, part)
				}
			}
		case "for":
			it.ForKnown = true
			nodes := v.Values
			if v.Kind == strictyaml.Mapping {
				nodes = []*strictyaml.Node{v}
			}
			for _, p := range nodes {
				r.purpose(&it, p)
			}
		}
	}
	r.lacking(&it, part)
	return it, len(r.errs) == before
}

// published reads one published classification.
func (r *itemReader) published(n *strictyaml.Node) {
	p := Published{List: n.Get("list").TextOr(""), Cite: n.Get("cite").TextOr(""), Note: n.Get("note").TextOr("")}
	for _, k := range n.Keys {
		if !slices.Contains(publishedKeys, k.Name) {
			r.add(k.Pos, "unknown-key", "%q is not a key here; use one of %s", k.Name, strings.Join(publishedKeys, ", "))
		}
	}
	if c := n.Get("codes"); c != nil {
		for _, x := range c.Values {
			p.Codes = append(p.Codes, x.Text)
		}
	}
	if d := n.Get("date"); d != nil {
		date, err := regime.ParseDate(d.Text)
		if err != nil {
			r.add(d.Pos, "date", "%v", err)
		}
		p.Date = date
	}
	if p.List == "" || len(p.Codes) == 0 || p.Cite == "" {
		r.add(n.Pos, "published", "a published classification names its list, its codes and where it is published; write list, codes and cite")
	}
	r.record.Published = append(r.record.Published, p)
}

func (r *itemReader) attribute(it *scope.Item, k strictyaml.Key, v *strictyaml.Node) {
	switch v.Kind {
	case strictyaml.Null:
		if r.vocab.Attribute(k.Name) == nil {
			r.value(it, k.Name, "none", k.Pos)
			return
		}
		it.Attributes[k.Name] = scope.Value{None: true, Text: "none"}
	case strictyaml.Sequence:
		terms := make([]string, len(v.Values))
		for i, x := range v.Values {
			terms[i] = x.Text
		}
		r.value(it, k.Name, strings.Join(terms, ", "), v.Pos)
	case strictyaml.Mapping:
		r.value(it, k.Name, v.Get("min").TextOr("")+" to "+v.Get("max").TextOr(""), v.Pos)
	default:
		pos := v.Pos
		if r.vocab.Attribute(k.Name) == nil {
			pos = k.Pos
		}
		r.value(it, k.Name, v.Text, pos)
	}
}

func (r *itemReader) part(n *strictyaml.Node) (scope.ItemPart, bool) {
	p := scope.ItemPart{Type: n.Get("part").TextOr(""), Count: 1, Absent: n.Get("absent").Bool()}
	it, ok := r.item(n, partKeys, p.Type)
	p.Item = it
	if r.vocab.Part(p.Type) == nil && r.vocab.Kind(p.Type) == nil {
		r.add(n.Pos, "unknown-part", "%q is neither a part nor a kind; use a declared one", p.Type)
		ok = false
	}
	if c := n.Get("count"); c != nil {
		count, err := strconv.Atoi(c.Text)
		if err != nil || count < 1 {
			r.add(c.Pos, "count", "%q is not a number of parts; write 1 or more", c.Text)
			ok = false
		}
		p.Count = count
	}
	return p, ok
}

func (r *itemReader) purpose(it *scope.Item, n *strictyaml.Node) {
	for i, k := range n.Keys {
		r.key(k, n.Values[i], forKeys)
	}
	f := n.Get("function").TextOr("")
	if r.vocab.Function(f) == nil {
		r.add(n.Pos, "unknown-function", "%q is not a declared function; use one such as development, production or use", f)
		return
	}
	target := scope.Item{}
	if t := n.Get("item"); t != nil {
		target, _ = r.item(t, itemKeys, "")
	}
	it.For = append(it.For, scope.Purpose{Function: f, Target: target})
}
