package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/openconcord/concord/regime/scope"
)

// Limits on one document, so that a few hostile bytes cannot ask for much memory.
const (
	MaxSize  = 16 << 20  // bytes
	MaxDepth = 100       // nesting of mappings and lists
	MaxNodes = 2_000_000 // nodes after aliases are expanded; also at most 20 times the nodes written, or 10 000
)

// Parse reads the one document in data. The name stands in positions and is not opened. Without errors
// the node is not nil; with errors, of which all are returned, it is nil.
func Parse(name string, data []byte) (*Node, scope.Errors) {
	p := parser{file: name, done: map[*yaml.Node]built{}, open: map[*yaml.Node]bool{}}
	doc := p.document(data)
	if doc == nil {
		return nil, p.errs.Sorted()
	}
	p.limit = min(MaxNodes, max(10_000, 20*count(doc)))
	b := p.node(doc, 0)
	if b.size > p.limit {
		p.add(doc.Line, doc.Column, "aliases", "aliases expand to %s nodes, more than %d; write the values out", amount(b.size), p.limit)
	}
	if len(p.errs) > 0 {
		return nil, p.errs.Sorted()
	}
	return b.node, nil
}

// parser turns the nodes of one document into ours.
type parser struct {
	file  string
	limit int
	errs  scope.Errors
	done  map[*yaml.Node]built // anchored nodes, converted
	open  map[*yaml.Node]bool  // anchored nodes being converted
}

// built is a converted node with its size in nodes and its height once aliases are expanded.
type built struct {
	node         *Node
	size, height int
}

func (p *parser) pos(line, column int) scope.Pos {
	return scope.Pos{File: p.file, Line: line, Column: column}
}

func (p *parser) add(line, column int, rule, format string, args ...any) {
	p.errs = append(p.errs, &scope.Error{Pos: p.pos(line, column), Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

// document is the root of the only document, or nil with the reason in p.errs.
func (p *parser) document(data []byte) (root *yaml.Node) {
	if len(data) > MaxSize {
		p.add(1, 1, "size", "file has %d bytes; the limit is %d: split it", len(data), MaxSize)
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if i := invalid(data); i >= 0 {
		line := 1 + bytes.Count(data[:i], []byte("\n"))
		column := 1 + utf8.RuneCount(data[bytes.LastIndexByte(data[:i], '\n')+1:i])
		p.add(line, column, "utf-8", "byte 0x%02x is not UTF-8; save the file as UTF-8", data[i])
		return nil
	}
	defer func() {
		if r := recover(); r != nil { // the YAML reader is not ours: its faults are the document's here
			p.add(1, 1, "yaml", "the YAML reader fails on this file: %v", r)
			root = nil
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	switch err := d.Decode(&first); {
	case errors.Is(err, io.EOF) || err == nil && len(first.Content) == 0:
		p.add(1, 1, "empty", "file is empty; write a document or remove the file")
		return nil
	case err != nil:
		p.syntax(err)
		return nil
	}
	switch err := d.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		p.syntax(err)
		return nil
	default:
		at := &second
		if len(second.Content) > 0 {
			at = second.Content[0]
		}
		p.add(at.Line, at.Column, "documents", `a second document begins here; keep one document a file and remove "---"`)
		return nil
	}
	return first.Content[0]
}

var syntaxLine = regexp.MustCompile(`^line (\d+): `)

// syntax reports what the YAML reader says, at the line that it says it of.
func (p *parser) syntax(err error) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := syntaxLine.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
		if strings.HasPrefix(msg, "did not find expected") { // the reader counts these lines from 0
			line++
		}
	}
	p.add(line, 1, "yaml", "not YAML: %s; quote values that contain \": \", \" #\" or begin with one of > | @ %% & * ! [ {", msg)
}

// invalid is the index of the first byte of data that is not UTF-8, or -1.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// count is the number of nodes below and including n, aliases unexpanded.
func count(n *yaml.Node) int {
	c := 1
	for _, x := range n.Content {
		c += count(x)
	}
	return c
}

// amount prints a size that may have saturated.
func amount(n int) string {
	if n > MaxNodes {
		return "more than " + strconv.Itoa(MaxNodes)
	}
	return strconv.Itoa(n)
}

// node converts n, which lies depth deep.
func (p *parser) node(n *yaml.Node, depth int) built {
	if n.Kind == yaml.AliasNode {
		return p.alias(n, depth)
	}
	out := &Node{Pos: p.pos(n.Line, n.Column)}
	b := built{out, 1, 0}
	if depth > MaxDepth {
		p.add(n.Line, n.Column, "depth", "nested deeper than %d; flatten it", MaxDepth)
		return b
	}
	if n.Anchor != "" {
		p.open[n] = true
		defer func() { delete(p.open, n); p.done[n] = b }()
	}
	if n.Style&yaml.TaggedStyle != 0 {
		p.add(n.Line, n.Column, "tag", "tag %q is not supported; remove it, and quote the value if it is text", n.Tag)
	}
	grow := func(child built) {
		b.size = min(b.size+child.size, MaxNodes+1)
		b.height = max(b.height, child.height+1)
	}
	switch n.Kind {
	case yaml.MappingNode:
		out.Kind = Mapping
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, ok := p.key(n.Content[i], seen)
			child := p.node(n.Content[i+1], depth+1)
			grow(child)
			if ok {
				out.Keys = append(out.Keys, key)
				out.Values = append(out.Values, child.node)
			}
		}
	case yaml.SequenceNode:
		out.Kind = Sequence
		for _, x := range n.Content {
			child := p.node(x, depth+1)
			grow(child)
			out.Values = append(out.Values, child.node)
		}
	default:
		p.scalar(n, out)
	}
	return b
}

func (p *parser) alias(n *yaml.Node, depth int) built {
	failed := built{&Node{Pos: p.pos(n.Line, n.Column)}, 1, 0}
	if p.open[n.Alias] {
		p.add(n.Line, n.Column, "aliases", "alias %q stands inside what it names; write the value out", n.Value)
		return failed
	}
	b, ok := p.done[n.Alias]
	if !ok {
		p.add(n.Line, n.Column, "aliases", "alias %q names nothing; write the value out", n.Value)
		return failed
	}
	if depth+b.height > MaxDepth {
		p.add(n.Line, n.Column, "depth", "alias %q nests deeper than %d; flatten it", n.Value, MaxDepth)
		return failed
	}
	return b
}

func (p *parser) key(n *yaml.Node, seen map[string]int) (Key, bool) {
	k := Key{n.Value, p.pos(n.Line, n.Column)}
	switch {
	case n.Kind == yaml.AliasNode:
		p.add(n.Line, n.Column, "key", "key is an alias; write it out")
		return k, false
	case n.Kind != yaml.ScalarNode:
		p.add(n.Line, n.Column, "key", "key is a mapping or list; write a name")
		return k, false
	case n.Style&yaml.TaggedStyle != 0:
		p.add(n.Line, n.Column, "tag", "tag %q is not supported; remove it", n.Tag)
		return k, false
	case n.Tag == "!!merge":
		p.add(n.Line, n.Column, "merge-key", `merge key "<<" is not supported; write the keys out`)
		return k, false
	case n.Tag != "!!str":
		p.add(n.Line, n.Column, "key", "key %s reads as %s in YAML; write %q", n.Value, reading(n.Tag), n.Value)
		return k, false
	}
	if line := seen[k.Name]; line != 0 {
		p.add(n.Line, n.Column, "duplicate-key", "key %q stands already in line %d; keep one", k.Name, line)
		return k, false
	}
	seen[k.Name] = n.Line
	return k, true
}

var decimalRE = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)

func (p *parser) scalar(n *yaml.Node, out *Node) {
	out.Kind, out.Text = Scalar, n.Value
	out.Quoted = n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if out.Quoted {
		return
	}
	switch n.Tag {
	case "!!null":
		out.Kind, out.Text = Null, ""
	case "!!bool":
		out.Type = Bool
	case "!!int", "!!float":
		out.Type = Number
		if !decimalRE.MatchString(n.Value) || len(n.Value) > 200 {
			p.add(n.Line, n.Column, "number", "%s reads as a number in YAML; write %q if it is text, or a plain decimal", n.Value, n.Value)
		}
	case "!!timestamp":
		p.add(n.Line, n.Column, "date", "%s reads as a timestamp in YAML; write %q", n.Value, n.Value)
	}
}

// reading is how YAML reads a plain scalar with this tag.
func reading(tag string) string {
	switch tag {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "nothing"
	case "!!timestamp":
		return "a timestamp"
	}
	return tag
}
