package classify

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// maxLine bounds a line of NDJSON.
const maxLine = 16 << 20

// row is one item of a file, not yet read: a node of a document, a line of JSON, or the cells of CSV.
type row struct {
	file  string
	line  int
	node  *strictyaml.Node
	data  []byte
	head  []column
	cells []string
	at    []scope.Pos // of each cell
	errs  scope.Errors
}

// column is a heading of CSV.
type column struct{ name, unit string }

// split cuts a file into rows: NDJSON and CSV as they are read, YAML and JSON once all is read. The errors are of what is
// no row; a row that cannot be cut carries its own.
func split(name string, in io.Reader) (iter.Seq[row], scope.Errors) {
	switch path.Ext(name) {
	case ".csv":
		return splitCSV(name, in)
	case ".ndjson", ".jsonl":
		return splitLines(name, in), nil
	}
	data, err := io.ReadAll(io.LimitReader(in, strictyaml.MaxSize+1))
	if err != nil {
		return none, scope.Errors{{Pos: scope.Pos{File: name}, Rule: "read", Msg: err.Error()}}
	}
	root, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		return none, errs
	}
	nodes := []*strictyaml.Node{root}
	if root.Kind == strictyaml.Sequence {
		nodes = root.Values
	}
	return func(yield func(row) bool) {
		for _, n := range nodes {
			if !yield(row{file: name, line: n.Pos.Line, node: n}) {
				return
			}
		}
	}, nil
}

func none(func(row) bool) {}

func splitLines(name string, in io.Reader) iter.Seq[row] {
	return func(yield func(row) bool) {
		sc := bufio.NewScanner(in)
		sc.Buffer(make([]byte, 0, 64<<10), maxLine)
		line := 0
		for sc.Scan() {
			line++
			data := sc.Bytes()
			if line == 1 {
				data = bytes.TrimPrefix(data, []byte("\uFEFF"))
			}
			if len(bytes.TrimSpace(data)) == 0 {
				continue
			}
			if !yield(row{file: name, line: line, data: bytes.Clone(data)}) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			pos := scope.Pos{File: name, Line: line + 1, Column: 1}
			yield(row{file: name, line: line + 1, errs: scope.Errors{{Pos: pos, Rule: "line-length", Msg: fmt.Sprintf("%v; write lines of at most %d MB", err, maxLine>>20)}}})
		}
	}
}

func splitCSV(name string, in io.Reader) (iter.Seq[row], scope.Errors) {
	b := bufio.NewReader(in)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = b.Discard(3)
	}
	cr := csv.NewReader(b)
	cr.ReuseRecord = true
	first, err := cr.Read()
	if err != nil {
		pos := scope.Pos{File: name, Line: 1, Column: 1}
		return none, scope.Errors{{Pos: pos, Rule: "csv-header", Msg: "no header line; write id,kind and a column for each attribute"}}
	}
	head := make([]column, len(first))
	for i, h := range first {
		attribute, unit, _ := strings.Cut(h, "[")
		head[i] = column{strings.TrimSpace(attribute), strings.TrimSuffix(strings.TrimSpace(unit), "]")}
	}
	return func(yield func(row) bool) {
		for {
			cells, err := cr.Read()
			var bad *csv.ParseError
			switch {
			case errors.Is(err, io.EOF):
				return
			case errors.As(err, &bad):
				e := &scope.Error{Pos: scope.Pos{File: name, Line: bad.Line, Column: bad.Column}, Rule: "csv-row",
					Msg: fmt.Sprintf("%v; give every row as many cells as the header, and double a quote within quotes", bad.Err)}
				if !yield(row{file: name, line: bad.Line, errs: scope.Errors{e}}) {
					return
				}
				continue
			case err != nil:
				yield(row{file: name, errs: scope.Errors{{Pos: scope.Pos{File: name}, Rule: "read", Msg: err.Error()}}})
				return
			}
			w := row{file: name, head: head, cells: slices.Clone(cells), at: make([]scope.Pos, len(cells))}
			for i := range cells {
				line, col := cr.FieldPos(i)
				w.at[i] = scope.Pos{File: name, Line: line, Column: col}
			}
			w.line = w.at[0].Line
			if !yield(w) {
				return
			}
		}
	}, nil
}
