package scope

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Pos is a place in a file, counted from 1; the zero Pos is unknown.
type Pos struct {
	File         string
	Line, Column int
}

// String is "file:line:column", which editors can jump to.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// ErrData is matched by every [Error]: the input, not the program, is at fault.
var ErrData = errors.New("invalid data")

// An Error is one thing wrong with data: where it is, which rule it breaks, and what to do about it.
type Error struct {
	Pos  Pos
	Rule string // stable kebab-case name of the rule
	Msg  string // offending value and remedy
}

func (e *Error) Error() string {
	if e.Pos == (Pos{}) {
		return e.Msg
	}
	return e.Pos.String() + ": " + e.Msg
}

// Is makes errors.Is(err, ErrData) hold.
func (e *Error) Is(target error) bool { return target == ErrData }

// Errors is everything wrong with some data, in order of position.
type Errors []*Error

func (l Errors) Error() string {
	s := make([]string, len(l))
	for i, e := range l {
		s[i] = e.Error()
	}
	return strings.Join(s, "\n")
}

// Unwrap lets errors.Is and errors.As reach each of them.
func (l Errors) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// Sorted is l in order of file, line, column and message, each error once; nil where l is empty.
func (l Errors) Sorted() Errors {
	if len(l) == 0 {
		return nil
	}
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Msg, b.Msg))
	})
	return slices.CompactFunc(out, func(a, b *Error) bool { return *a == *b })
}

func (l *Errors) add(pos Pos, rule, format string, args ...any) {
	*l = append(*l, &Error{Pos: pos, Rule: rule, Msg: fmt.Sprintf(format, args...)})
}
