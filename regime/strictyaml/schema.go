package strictyaml

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/openconcord/concord/regime/scope"
)

// A Schema is a compiled JSON Schema (2020-12). It is immutable and safe for concurrent use.
type Schema struct {
	compiled *jsonschema.Schema
	doc      any
}

// Compile compiles the JSON Schema in data. A schema must be self-contained: a $ref to a file or an
// address is refused and nothing is opened. Formats are asserted.
func Compile(name string, data []byte) (*Schema, error) {
	at := "schema:///" + name
	c := jsonschema.NewCompiler()
	c.Draft = jsonschema.Draft2020
	c.AssertFormat = true
	c.LoadURL = func(s string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("%s: schemas must be self-contained; move the definition into $defs", s)
	}
	var s Schema
	if err := json.Unmarshal(data, &s.doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := c.AddResource(at, bytes.NewReader(data)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	compiled, err := c.Compile(at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s.compiled = compiled
	return &s, nil
}

// Validate reports everything in n that the schema does not allow, at its position.
func (s *Schema) Validate(n *Node) scope.Errors {
	err := s.compiled.Validate(n.JSON())
	if err == nil {
		return nil
	}
	var bad *jsonschema.ValidationError
	if !errors.As(err, &bad) {
		return scope.Errors{{Pos: n.Pos, Rule: "schema", Msg: err.Error()}}
	}
	return s.report(bad, n).Sorted()
}

// report walks to the leaves of e: they say what is wrong, everything above only where.
func (s *Schema) report(e *jsonschema.ValidationError, root *Node) (errs scope.Errors) {
	path := tokens(e.AbsoluteKeywordLocation[strings.IndexByte(e.AbsoluteKeywordLocation, '#')+1:])
	keyword := ""
	if len(path) > 0 {
		keyword = path[len(path)-1]
	}
	if keyword == "anyOf" || keyword == "oneOf" {
		if names := alternatives(lookup(s.doc, path)); names != nil {
			n, label := locate(root, e.InstanceLocation)
			return scope.Errors{{Pos: n.Pos, Rule: "required", Msg: fmt.Sprintf("%s lacks one of %s; write one", label, quoted(names))}}
		}
		if len(e.Causes) > 0 {
			return s.report(closest(e.Causes), root)
		}
	}
	if len(e.Causes) > 0 {
		for _, c := range e.Causes {
			errs = append(errs, s.report(c, root)...)
		}
		return errs
	}
	n, label := locate(root, e.InstanceLocation)
	value := lookup(s.doc, path)
	var parent map[string]any
	if len(path) > 0 {
		parent, _ = lookup(s.doc, path[:len(path)-1]).(map[string]any)
	}
	at := func(pos scope.Pos, rule, format string, args ...any) {
		errs = append(errs, &scope.Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)})
	}
	if slices.Contains(path, "dependentRequired") {
		parent, _ := lookup(s.doc, path[:slices.Index(path, "dependentRequired")+2]).([]any)
		at(n.Pos, "required", "%s needs %s beside %q; add it", label, quoted(missing(n, parent)), path[len(path)-2])
		return errs
	}
	switch keyword {
	case "additionalProperties":
		allowed := properties(parent)
		for _, k := range n.Keys {
			if !slices.Contains(allowed, k.Name) {
				at(k.Pos, "unknown-key", "unknown key %q%s; keys here are %s", k.Name, Suggest(k.Name, allowed), strings.Join(allowed, ", "))
			}
		}
	case "required":
		list, _ := value.([]any)
		at(n.Pos, "required", "%s lacks %s; add it", label, quoted(missing(n, list)))
	case "type":
		if want, ok := parent["typeErrorMessage"]; ok {
			at(n.Pos, "type", "%s is %s; write %v", label, show(n), want)
			break
		}
		at(n.Pos, "type", "%s", mistyped(n, label, value))
	case "enum", "const":
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		names := texts(list)
		at(n.Pos, "value", "%s is %s%s; write %s", label, show(n), Suggest(n.Text, names), strings.Join(names, ", "))
	case "pattern", "format":
		want, ok := parent["patternErrorMessage"].(string)
		if !ok {
			want = fmt.Sprintf("a text of the form %v", value)
		}
		at(n.Pos, keyword, "%s is %s; write %s", label, show(n), want)
	case "minLength", "minItems", "minProperties":
		at(n.Pos, "empty", "%s is empty or too short; write at least %v, or leave it out", label, value)
	case "uniqueItems":
		at(n.Pos, "duplicate", "%s has the same value twice; keep one", label)
	default:
		if allowed, ok := value.(bool); ok && !allowed {
			at(n.Pos, "not-allowed", "%s is not allowed here; remove it", label)
			break
		}
		at(n.Pos, "schema", "%s is %s: %s", label, show(n), e.Message)
	}
	return errs
}

// closest is the alternative that fits best: the one whose faults lie deepest, and the fewest of those.
func closest(causes []*jsonschema.ValidationError) *jsonschema.ValidationError {
	best, at := -1, causes[0]
	for _, c := range causes {
		depth, n := leaves(c)
		if score := depth*1000 - n; score > best {
			best, at = score, c
		}
	}
	return at
}

func leaves(e *jsonschema.ValidationError) (depth, n int) {
	if len(e.Causes) == 0 {
		return strings.Count(e.InstanceLocation, "/"), 1
	}
	for _, c := range e.Causes {
		d, k := leaves(c)
		depth, n = max(depth, d), n+k
	}
	return depth, n
}

// alternatives is the union of the keys that the schemas of an anyOf require, where that is all they do.
func alternatives(v any) []string {
	list, _ := v.([]any)
	var names []string
	for _, x := range list {
		m, _ := x.(map[string]any)
		req, ok := m["required"].([]any)
		if !ok || len(m) != 1 {
			return nil
		}
		names = append(names, texts(req)...)
	}
	return names
}

func mistyped(n *Node, label string, want any) string {
	list, ok := want.([]any)
	if !ok {
		list = []any{want}
	}
	names := texts(list)
	if n.Kind == Scalar && n.Type != String && slices.Contains(names, "string") {
		as := reading("!!float")
		if n.Type == Bool {
			as = reading("!!bool")
		}
		return fmt.Sprintf("%s %s reads as %s in YAML; write %q", label, n.Text, as, n.Text)
	}
	for i, w := range names {
		names[i] = map[string]string{"array": "a list", "object": "a mapping", "string": "text", "boolean": "true or false",
			"integer": "a whole number", "number": "a number", "null": "null"}[w]
	}
	return fmt.Sprintf("%s is %s; write %s", label, show(n), strings.Join(names, " or "))
}

// show is a value as it stands, or the word for its shape.
func show(n *Node) string {
	switch {
	case n.Kind == Null:
		return "empty"
	case n.Kind != Scalar:
		return "a " + n.Kind.String()
	case n.Type == String:
		return strconv.Quote(n.Text)
	}
	return n.Text
}

// locate is the node at a JSON pointer, or the nearest above it, and what to call it.
func locate(n *Node, pointer string) (*Node, string) {
	label := "document"
	for _, t := range tokens(pointer) {
		var next *Node
		if n.Kind == Sequence {
			if i, err := strconv.Atoi(t); err == nil && i < len(n.Values) {
				next = n.Values[i]
				label = "element of " + strings.TrimPrefix(label, "element of ")
			}
		} else if next = n.Get(t); next != nil {
			label = strconv.Quote(t)
		}
		if next == nil {
			break
		}
		n = next
	}
	return n, label
}

func tokens(pointer string) []string {
	if pointer = strings.TrimPrefix(pointer, "/"); pointer == "" {
		return nil
	}
	out := strings.Split(pointer, "/")
	for i, t := range out {
		if u, err := url.PathUnescape(t); err == nil {
			t = u
		}
		out[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return out
}

// lookup is the value at path in a decoded schema, or nil.
func lookup(v any, path []string) any {
	for _, t := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[t]
		case []any:
			i, err := strconv.Atoi(t)
			if err != nil || i < 0 || i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func properties(schema map[string]any) []string {
	m, _ := schema["properties"].(map[string]any)
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	slices.Sort(names)
	return names
}

func missing(n *Node, required []any) []string {
	return slices.DeleteFunc(texts(required), func(k string) bool { return n.Get(k) != nil })
}

func texts(list []any) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = fmt.Sprint(x)
	}
	return out
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strconv.Quote(n)
	}
	return strings.Join(out, ", ")
}

// Suggest is ` (did you mean "...?")` with the one of names that is nearest to name, or "".
func Suggest(name string, names []string) string {
	best, at := min(2+len(name), 8), ""
	if len(name) < 2 {
		return ""
	}
	for _, n := range names {
		d := 2 * distance(name, n)
		if n != "" && n[0] == name[0] { // of two as near, the one that begins alike
			d--
		}
		if d < best {
			best, at = d, n
		}
	}
	if at == "" || at == name {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", at)
}

// distance is the edit distance of a and b, or large where they are long or of very different length.
func distance(a, b string) int {
	if len(a) > 80 || len(b) > 80 || len(a)-len(b) > 3 || len(b)-len(a) > 3 {
		return 100
	}
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		cur := []int{i + 1}
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			cur = append(cur, min(prev[j+1]+1, cur[j]+1, prev[j]+cost))
		}
		prev = cur
	}
	return prev[len(b)]
}
