package diff

import (
	"reflect"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// field is one thing that a paragraph or an edition states, by the name that it has in files.
type field[T any] struct {
	name  string
	bears bool // on what is caught
	of    func(T) any
}

var paragraphFields = []field[*regime.Paragraph]{
	{"title", false, func(p *regime.Paragraph) any { return p.Title }},
	{"criterion", true, func(p *regime.Paragraph) any { return []any{p.Own, p.Elements} }},
	{"except", true, func(p *regime.Paragraph) any { return p.Except }},
	{"therefor", true, func(p *regime.Paragraph) any { return p.Therefor }},
	{"presume", false, func(p *regime.Paragraph) any { return p.Presume }},
	{"residue", true, func(p *regime.Paragraph) any { return p.Residue }},
	{"status", true, func(p *regime.Paragraph) any { return p.Status }},
	{"coverage", true, func(p *regime.Paragraph) any { return p.Coverage }},
	{"implements", false, func(p *regime.Paragraph) any { return p.Implements }},
	{"reasons", false, func(p *regime.Paragraph) any { return []any{p.Reasons, p.Partial} }},
	{"category", false, func(p *regime.Paragraph) any { return p.Category }},
	{"since", false, func(p *regime.Paragraph) any { return p.Since }},
	{"expires", false, func(p *regime.Paragraph) any { return p.Expires }},
	{"review-by", false, func(p *regime.Paragraph) any { return p.ReviewBy }},
	{"cite", false, func(p *regime.Paragraph) any { return p.Cite }},
	{"note", false, func(p *regime.Paragraph) any { return p.Note }},
	{"corrects", false, func(p *regime.Paragraph) any { return p.Corrects }},
	{"source-sha256", false, func(p *regime.Paragraph) any { return p.SourceSHA256 }},
}

var editionFields = []field[*regime.Edition]{
	{"effective", false, func(e *regime.Edition) any { return e.Effective }},
	{"seen", false, func(e *regime.Edition) any { return e.Seen }},
	{"until", false, func(e *regime.Edition) any { return e.Until }},
	{"instrument", false, func(e *regime.Edition) any { return e.Instrument }},
	{"cite", false, func(e *regime.Edition) any { return e.Cite }},
	{"hypothetical", false, func(e *regime.Edition) any { return e.Hypothetical }},
	{"corrects", false, func(e *regime.Edition) any { return e.Corrects }},
	{"note", false, func(e *regime.Edition) any { return e.Note }},
	{"review", false, func(e *regime.Edition) any { return e.Review }},
	{"covers", false, func(e *regime.Edition) any { return e.Covers }},
	{"general", true, func(e *regime.Edition) any { return e.General }},
}

// differing names the fields that a and b state otherwise.
func differing[T any](fields []field[T], a, b T) []string {
	out := []string{}
	for _, f := range fields {
		if !same(reflect.ValueOf(f.of(a)), reflect.ValueOf(f.of(b))) {
			out = append(out, f.name)
		}
	}
	return out
}

// bearing reports whether a and b state otherwise what bears on what is caught.
func bearing[T any](fields []field[T], a, b T) bool {
	for _, f := range fields {
		if f.bears && !same(reflect.ValueOf(f.of(a)), reflect.ValueOf(f.of(b))) {
			return true
		}
	}
	return false
}

var position = reflect.TypeFor[scope.Pos]()

// same reports whether two values of the model say the same, wherever they stand.
func same(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Interface, reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.IsExported() && f.Type != position && !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}

// refers reports whether a paragraph states anything by way of other paragraphs.
func refers(p *regime.Paragraph) bool {
	return mentions(reflect.ValueOf([]any{p.Own, p.Except, p.Therefor}))
}

func mentions(v reflect.Value) bool {
	if !v.IsValid() {
		return false
	}
	switch v.Type() {
	case reflect.TypeFor[scope.Reference](), reflect.TypeFor[scope.Elsewhere]():
		return true
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		return mentions(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if mentions(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if mentions(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
