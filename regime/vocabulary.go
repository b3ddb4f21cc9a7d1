package regime

import (
	"slices"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// A File is the content of a file under its name, which stands in positions.
type File struct {
	Name string
	Data []byte
}

// ParseVocabulary reads the files of one vocabulary. The error is a [scope.Errors] of all that is wrong.
// The vocabulary is never nil: what is wrong is left out of it, and what depends on that.
func ParseVocabulary(files ...File) (*scope.Vocabulary, error) {
	var all scope.Vocabulary
	var errs scope.Errors
	for _, f := range files {
		n, bad := strictyaml.Parse(f.Name, f.Data)
		if len(bad) > 0 {
			errs = append(errs, bad...)
			continue
		}
		bad, err := validate("vocabulary", n)
		if err != nil {
			return nil, err
		}
		r := reader{}
		one := r.vocabulary(n)
		errs = append(errs, also(bad, r.errs)...)
		all.Units = append(all.Units, one.Units...)
		all.Kinds = append(all.Kinds, one.Kinds...)
		all.Attributes = append(all.Attributes, one.Attributes...)
		all.Parts = append(all.Parts, one.Parts...)
		all.Functions = append(all.Functions, one.Functions...)
		all.Axioms = append(all.Axioms, one.Axioms...)
		all.Nominal = append(all.Nominal, one.Nominal...)
	}
	v, err := scope.NewVocabulary(all)
	for err != nil {
		bad := asErrors(err)
		errs = also(errs, bad)
		less := without(all, bad)
		if size(less) == size(all) {
			less = scope.Vocabulary{}
		}
		all = less
		v, err = scope.NewVocabulary(all)
	}
	var axioms []scope.Axiom
	for _, a := range v.Axioms {
		bad := v.CheckCriterion(scope.All{a.If, a.Then})
		errs = append(errs, bad...)
		if len(bad) == 0 {
			axioms = append(axioms, a)
		}
	}
	if len(axioms) < len(v.Axioms) {
		all.Axioms = axioms
		if v, err = scope.NewVocabulary(all); err != nil {
			return nil, err
		}
	}
	return v, asError(errs)
}

func (r *reader) vocabulary(n *strictyaml.Node) (v scope.Vocabulary) {
	for _, x := range list(n.Get("units")) {
		u := scope.Unit{ID: text(x.Get("id")), Dimension: text(x.Get("dimension")), Factor: scope.Int(1), Pos: pos(x.Get("id"), x)}
		if f := r.number(x.Get("factor")); f != nil {
			u.Factor = *f
		}
		if o := r.number(x.Get("offset")); o != nil {
			u.Offset = *o
		}
		v.Units = append(v.Units, u)
	}
	for _, x := range list(n.Get("kinds")) {
		v.Kinds = append(v.Kinds, scope.Kind{ID: text(x.Get("id")), Title: text(x.Get("title")),
			Broader: texts(x.Get("broader")), Overlaps: texts(x.Get("overlaps")), Pos: pos(x.Get("id"), x)})
	}
	for _, x := range list(n.Get("attributes")) {
		v.Attributes = append(v.Attributes, scope.Attribute{
			ID: text(x.Get("id")), Type: scope.Type(text(x.Get("type"))), Dimension: text(x.Get("dimension")), Unit: text(x.Get("unit")),
			Of: texts(x.Get("of")), AlwaysFor: texts(x.Get("always-for")), Min: r.number(x.Get("min")), Better: text(x.Get("better")),
			Terms: terms(x.Get("terms")), Formula: text(x.Get("formula")), Title: text(x.Get("title")), Basis: text(x.Get("basis")),
			Source: text(x.Get("source")), Pos: pos(x.Get("id"), x)})
	}
	for _, x := range list(n.Get("parts")) {
		v.Parts = append(v.Parts, scope.Part{ID: text(x.Get("id")), Title: text(x.Get("title")), Unique: x.Get("unique").Bool(),
			Closed: text(x.Get("closed")), Pos: pos(x.Get("id"), x)})
	}
	for _, x := range list(n.Get("functions")) {
		v.Functions = append(v.Functions, scope.Function{ID: text(x.Get("id")), Title: text(x.Get("title")),
			Broader: texts(x.Get("broader")), Pos: pos(x.Get("id"), x)})
	}
	for _, x := range list(n.Get("axioms")) {
		v.Axioms = append(v.Axioms, scope.Axiom{If: r.apart(x.Get("if")), Then: r.apart(x.Get("then")), Note: text(x.Get("note")), Pos: x.Pos})
	}
	for _, x := range list(n.Get("nominal")) {
		if p := texts(x); len(p) == 2 {
			v.Nominal = append(v.Nominal, scope.NominalPair{A: p[0], B: p[1], Pos: x.Pos})
		}
	}
	return v
}

func terms(n *strictyaml.Node) (out []scope.Term) {
	for _, x := range list(n) {
		t := scope.Term{ID: text(x.Get("id")), Title: text(x.Get("title")), Broader: texts(x.Get("broader")), CAS: texts(x.Get("cas")), Synonyms: texts(x.Get("synonyms"))}
		if facts := x.Get("facts"); facts != nil {
			for i, k := range facts.Keys {
				t.Facts = append(t.Facts, scope.Fact{Attribute: k.Name, Value: facts.Values[i].TextOr("none")})
			}
		}
		out = append(out, t)
	}
	return out
}

func (r *reader) number(n *strictyaml.Node) *scope.Number {
	if text(n) == "" {
		return nil
	}
	x, err := scope.ParseNumber(n.Text)
	if err != nil {
		r.add(n.Pos, "number", "%v", err)
		return nil
	}
	return &x
}

// without leaves out the declarations on the lines of errs.
func without(v scope.Vocabulary, errs scope.Errors) scope.Vocabulary {
	bad := func(p scope.Pos) bool {
		return slices.ContainsFunc(errs, func(e *scope.Error) bool { return e.Pos.File == p.File && e.Pos.Line == p.Line })
	}
	v.Units = slices.DeleteFunc(slices.Clone(v.Units), func(x scope.Unit) bool { return bad(x.Pos) })
	v.Kinds = slices.DeleteFunc(slices.Clone(v.Kinds), func(x scope.Kind) bool { return bad(x.Pos) })
	v.Attributes = slices.DeleteFunc(slices.Clone(v.Attributes), func(x scope.Attribute) bool { return bad(x.Pos) })
	v.Parts = slices.DeleteFunc(slices.Clone(v.Parts), func(x scope.Part) bool { return bad(x.Pos) })
	v.Functions = slices.DeleteFunc(slices.Clone(v.Functions), func(x scope.Function) bool { return bad(x.Pos) })
	v.Axioms = slices.DeleteFunc(slices.Clone(v.Axioms), func(x scope.Axiom) bool { return bad(x.Pos) })
	v.Nominal = slices.DeleteFunc(slices.Clone(v.Nominal), func(x scope.NominalPair) bool { return bad(x.Pos) })
	return v
}

func size(v scope.Vocabulary) int {
	return len(v.Units) + len(v.Kinds) + len(v.Attributes) + len(v.Parts) + len(v.Functions) + len(v.Axioms) + len(v.Nominal)
}
