package strictyaml

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/openconcord/concord/regime/scope"
)

// ParseJSON reads one JSON value on one line, as in NDJSON, to the same nodes as [Parse] and with the same refusals
// (duplicate keys, more than one value, too deep), several times as fast. Positions are on the line given.
func ParseJSON(name string, line int, data []byte) (*Node, scope.Errors) {
	p := jsonParser{file: name, line: line, data: data, d: json.NewDecoder(bytes.NewReader(data))}
	p.d.UseNumber()
	if len(data) > MaxSize {
		p.add(0, "size", "line has %d bytes; the limit is %d: split it", len(data), MaxSize)
		return nil, p.errs
	}
	if i := invalid(data); i >= 0 {
		p.add(int64(i), "utf-8", "byte 0x%02x is not UTF-8; save the file as UTF-8", data[i])
		return nil, p.errs
	}
	n := p.value(0)
	if len(p.errs) == 0 {
		if _, err := p.d.Token(); !errors.Is(err, io.EOF) {
			p.add(p.d.InputOffset(), "documents", "a second value begins here; write one on a line")
		}
	}
	if len(p.errs) > 0 {
		return nil, p.errs
	}
	return n, nil
}

type jsonParser struct {
	file string
	line int
	data []byte
	d    *json.Decoder
	errs scope.Errors
}

// pos is where the byte at offset stands.
func (p *jsonParser) pos(offset int64) scope.Pos {
	return scope.Pos{File: p.file, Line: p.line, Column: 1 + utf8.RuneCount(p.data[:min(offset, int64(len(p.data)))])}
}

func (p *jsonParser) add(offset int64, rule, format string, args ...any) {
	p.errs = append(p.errs, &scope.Error{Pos: p.pos(offset), Rule: rule, Msg: fmt.Sprintf(format, args...)})
}

// begin is the offset at which the next token begins.
func (p *jsonParser) begin() int64 {
	i := p.d.InputOffset()
	for i < int64(len(p.data)) && bytes.IndexByte([]byte(" \t\r\n,:"), p.data[i]) >= 0 {
		i++
	}
	return i
}

// value reads the next value; nil after an error.
func (p *jsonParser) value(depth int) *Node {
	at := p.begin()
	t, err := p.d.Token()
	if err != nil {
		p.syntax(at, err)
		return nil
	}
	return p.of(t, at, depth)
}

func (p *jsonParser) syntax(at int64, err error) {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		p.add(int64(len(p.data)), "json", "the JSON ends too early; close what is open")
		return
	}
	p.add(at, "json", "not JSON: %v", err)
}

func (p *jsonParser) of(t json.Token, at int64, depth int) *Node {
	n := &Node{Pos: p.pos(at)}
	switch t := t.(type) {
	case json.Delim:
		if depth >= MaxDepth {
			p.add(at, "depth", "nested more than %d deep; flatten it", MaxDepth)
			return nil
		}
		if t == '[' {
			return p.sequence(n, depth)
		}
		return p.mapping(n, depth)
	case string:
		n.Kind, n.Text, n.Quoted = Scalar, t, true
	case json.Number:
		n.Kind, n.Type, n.Text = Scalar, Number, t.String()
	case bool:
		n.Kind, n.Type, n.Text = Scalar, Bool, map[bool]string{true: "true", false: "false"}[t]
	}
	return n
}

func (p *jsonParser) sequence(n *Node, depth int) *Node {
	n.Kind = Sequence
	for p.d.More() {
		v := p.value(depth + 1)
		if v == nil {
			return nil
		}
		n.Values = append(n.Values, v)
	}
	return p.close(n)
}

func (p *jsonParser) mapping(n *Node, depth int) *Node {
	n.Kind = Mapping
	for p.d.More() {
		at := p.begin()
		t, err := p.d.Token()
		if err != nil {
			p.syntax(at, err)
			return nil
		}
		name, ok := t.(string)
		if !ok {
			p.add(at, "json", "not JSON: a key is a string")
			return nil
		}
		if n.Get(name) != nil {
			p.add(at, "duplicate-key", "key %q stands twice; keep one", name)
			return nil
		}
		v := p.value(depth + 1)
		if v == nil {
			return nil
		}
		n.Keys = append(n.Keys, Key{name, p.pos(at)})
		n.Values = append(n.Values, v)
	}
	return p.close(n)
}

// close reads the end of a list or mapping.
func (p *jsonParser) close(n *Node) *Node {
	at := p.begin()
	if _, err := p.d.Token(); err != nil {
		p.syntax(at, err)
		return nil
	}
	return n
}
