package classify

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// ReadItems reads items from YAML or JSON (one item or a list of them), NDJSON (an item a line) or CSV (columns id
// and kind, and one column an attribute; a unit in the header, "adc.sample-rate [GSPS]", or in the cell). The ending of name
// says which. What can be read is returned with the errors of the rest, a [scope.Errors] with positions.
func ReadItems(name string, data []byte, v *scope.Vocabulary) ([]scope.Item, error) {
	r := itemReader{vocab: v}
	var items []scope.Item
	switch path.Ext(name) {
	case ".csv":
		items = r.csv(name, data)
	case ".ndjson", ".jsonl":
		items = r.lines(name, data)
	default:
		items = r.document(name, data)
	}
	if len(r.errs) > 0 {
		return items, r.errs.Sorted()
	}
	return items, nil
}

type itemReader struct {
	vocab *scope.Vocabulary
	errs  scope.Errors
}

func (r *itemReader) add(pos scope.Pos, rule, format string, args ...any) {
	r.errs = append(r.errs, &scope.Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

func (r *itemReader) document(name string, data []byte) (items []scope.Item) {
	root, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		r.errs = append(r.errs, errs...)
		return nil
	}
	nodes := []*strictyaml.Node{root}
	if root.Kind == strictyaml.Sequence {
		nodes = root.Values
	}
	for _, n := range nodes {
		if it, ok := r.item(n, itemKeys, ""); ok {
			items = append(items, it)
		}
	}
	return items
}

func (r *itemReader) lines(name string, data []byte) (items []scope.Item) {
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(make([]byte, 0, 64<<10), 16<<20)
	for line := 1; sc.Scan(); line++ {
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		root, errs := strictyaml.Parse(name, sc.Bytes())
		for _, e := range errs {
			e.Pos.Line = line
		}
		r.errs = append(r.errs, errs...)
		if root == nil || len(errs) > 0 {
			continue
		}
		from := len(r.errs)
		it, ok := r.item(root, itemKeys, "")
		for _, e := range r.errs[from:] {
			e.Pos.Line = line
		}
		if ok {
			it.Pos.Line = line
			items = append(items, it)
		}
	}
	if err := sc.Err(); err != nil {
		r.add(scope.Pos{File: name}, "line-length", "%v; write lines of at most 16 MB", err)
	}
	return items
}

func (r *itemReader) csv(name string, data []byte) (items []scope.Item) {
	cr := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	head, err := cr.Read()
	if err != nil {
		r.add(scope.Pos{File: name, Line: 1, Column: 1}, "csv-header", "no header line; write id,kind and a column for each attribute")
		return nil
	}
	units := make([]string, len(head))
	for i, h := range head {
		if attr, unit, ok := strings.Cut(h, "["); ok {
			head[i], units[i] = attr, strings.TrimSuffix(strings.TrimSpace(unit), "]")
		}
		head[i] = strings.TrimSpace(head[i])
	}
	for {
		row, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return items
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			r.add(scope.Pos{File: name, Line: bad.Line, Column: bad.Column}, "csv-row", "%v; give every row as many cells as the header, and double a quote within quotes", bad.Err)
			continue
		}
		line, _ := cr.FieldPos(0)
		it := scope.Item{Attributes: map[string]scope.Value{}, Pos: scope.Pos{File: name, Line: line, Column: 1}}
		good := true
		for i, cell := range row {
			l, c := cr.FieldPos(i)
			pos := scope.Pos{File: name, Line: l, Column: c}
			cell = strings.TrimSpace(cell)
			switch {
			case head[i] == "id":
				it.ID = cell
			case cell == "":
			case head[i] == "kind":
				it.Kinds = strings.Split(cell, "+")
				good = r.kinds(it.Kinds, pos) && good
			case head[i] == "to":
				it.To = cell
				good = r.country(cell, pos) && good
			default:
				if units[i] != "" && cell != "none" && cell != "null" {
					cell += " " + units[i]
				}
				good = r.value(&it, head[i], cell, pos) && good
			}
		}
		if good && r.lacking(&it, "") {
			items = append(items, it)
		}
	}
}

func (r *itemReader) kinds(kinds []string, pos scope.Pos) bool {
	if _, err := r.vocab.MostSpecific(kinds); err != nil {
		r.add(pos, "unknown-kind", "%v", err)
		return false
	}
	return true
}

func (r *itemReader) country(code string, pos scope.Pos) bool {
	if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		r.add(pos, "country", "%q is not an ISO 3166 alpha-2 code; write two capital letters", code)
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
	v, err := r.vocab.ParseValue(attribute, text)
	if err != nil {
		r.add(pos, "value", "%v", err)
		return false
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
	itemKeys = []string{"id", "title", "kind", "attributes", "no-other-attributes", "parts", "no-other-parts", "for", "to"}
	partKeys = []string{"part", "count", "absent", "kind", "attributes", "no-other-attributes", "parts", "no-other-parts", "for"}
	forKeys  = []string{"function", "item"}
)

// shapes are what a key of an item holds; "a scalar" where it is not here.
var shapes = map[string][]strictyaml.Kind{
	"kind":       {strictyaml.Scalar, strictyaml.Sequence},
	"attributes": {strictyaml.Mapping, strictyaml.Null},
	"parts":      {strictyaml.Sequence, strictyaml.Null},
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
