package regime

import (
	"path"
	"slices"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// ParseList reads one edition of a list. The name stands in positions and is not opened. Criteria are
// checked against v; with a nil v only their shape is. References to other paragraphs are checked
// when a [Corpus] holds the edition. Of a difference file only [Edition.On] makes an edition that can be
// read whole.
//
// The error is a [scope.Errors] of all that is wrong; the edition is nil then.
func ParseList(name string, data []byte, v *scope.Vocabulary) (*Edition, error) {
	e, err := parseList(name, data, v)
	if err != nil || v == nil {
		return e, err
	}
	if errs := e.unsatisfiable(v); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return e, nil
}

// parseList leaves out the one check that takes longer than reading: whether conditions can hold together.
func parseList(name string, data []byte, v *scope.Vocabulary) (*Edition, error) {
	n, errs := strictyaml.Parse(name, data)
	if len(errs) > 0 {
		return nil, errs
	}
	errs, err := validate("list", n)
	if err != nil {
		return nil, err
	}
	r := reader{}
	e := r.edition(n)
	r.errs = append(r.errs, e.check(v)...)
	if errs = also(errs, r.errs); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return e, nil
}

func (r *reader) edition(n *strictyaml.Node) *Edition {
	at, covers := n.Get("edition"), n.Get("covers")
	e := &Edition{
		List:         text(n.Get("list")),
		Effective:    r.date(at.Get("effective")),
		Seen:         r.date(at.Get("seen")),
		Until:        r.date(at.Get("until")),
		Instrument:   text(at.Get("instrument")),
		Cite:         text(at.Get("cite")),
		Base:         r.date(n.Get("base")),
		Hypothetical: n.Get("hypothetical").Bool(),
		Corrects:     text(n.Get("corrects")),
		Note:         text(n.Get("note")),
		Review:       texts(n.Get("review")),
		Covers:       Covers{texts(covers.Get("codes")), texts(covers.Get("kinds")), texts(covers.Get("alone")), text(covers.Get("note"))},
		Entries:      r.paragraphs(n.Get("entries")),
		Pos:          pos(n.Get("list"), n),
		changes:      r.paragraphs(n.Get("changes")),
	}
	for _, x := range list(n.Get("general")) {
		e.General = append(e.General, GeneralNote{text(x.Get("id")), texts(x.Get("applies-to")), r.exceptions(x.Get("except")),
			text(x.Get("note")), pos(x.Get("id"), x)})
	}
	for _, x := range list(n.Get("removed")) {
		e.removed = append(e.removed, removal{text(x), x.Pos})
	}
	if u := at.Get("until"); u != nil && !e.Until.IsZero() && !e.Date().Before(e.Until) {
		r.add(u.Pos, "until", "edition ends on %v, not after its date %v; write the first date on which it is no longer in force", e.Until, e.Date())
	}
	return e
}

func (r *reader) paragraphs(n *strictyaml.Node) []*Paragraph {
	var out []*Paragraph
	for _, x := range list(n) {
		out = append(out, r.paragraph(x))
	}
	return out
}

func (r *reader) paragraph(n *strictyaml.Node) *Paragraph {
	own := reader{}
	p := &Paragraph{}
	own.elements = &p.Elements
	for i, k := range n.Keys {
		if k.Name == "except" {
			continue
		}
		if c := own.condition(k, n.Values[i]); c != nil {
			p.Own = joined(p.Own, c)
		}
	}
	r.errs = append(r.errs, own.errs...)
	p.Code, p.Title, p.Pos = text(n.Get("code")), text(n.Get("title")), pos(n.Get("code"), n)
	p.Status, p.Coverage, p.Category = text(n.Get("status")), text(n.Get("coverage")), text(n.Get("category"))
	p.Implements = texts(n.Get("implements"))
	p.Since, p.Expires, p.ReviewBy = r.date(n.Get("since")), r.date(n.Get("expires")), r.date(n.Get("review-by"))
	p.Cite, p.Note, p.Corrects, p.SourceSHA256 = text(n.Get("cite")), text(n.Get("note")), text(n.Get("corrects")), text(n.Get("source-sha256"))
	p.Except = r.exceptions(n.Get("except"))
	p.Residue = r.residue(n.Get("residue"))
	if u := n.Get("under"); u != nil {
		p.under = codeAt{text(u), u.Pos}
	}
	for _, x := range list(n.Get("therefor")) {
		c := r.apart(x)
		if all, ok := c.(scope.All); ok && len(all) == 0 {
			c = nil
		}
		p.Therefor = append(p.Therefor, Branch{text(x.Get("code")), texts(x.Get("as")), c, text(x.Get("note")), x.Pos})
	}
	if x := n.Get("presume"); x != nil {
		p.Presume = &Presume{When: r.apart(x.Get("when")), Unless: r.apart(x.Get("unless"))}
	}
	for _, x := range list(n.Get("reasons")) {
		name := text(x)
		if x.Kind == strictyaml.Mapping {
			name = text(x.Get("reason"))
			if c := x.Get("criterion"); c != nil {
				p.Partial = append(p.Partial, Reason{name, r.apart(c), x.Pos})
			}
		}
		p.Reasons = append(p.Reasons, name)
	}
	p.Paragraphs = r.paragraphs(n.Get("paragraphs"))
	return p
}

// check reports what a schema cannot see within one file.
func (e *Edition) check(v *scope.Vocabulary) scope.Errors {
	errs := e.index()
	for _, pattern := range e.Review {
		if _, err := path.Match(pattern, ""); err != nil {
			errs = append(errs, errorf(e.Pos, "review", "%q in `review` is not a pattern of codes: %v", pattern, err))
		}
	}
	seen := map[string]bool{}
	for _, g := range e.General {
		if seen[g.ID] {
			errs = append(errs, errorf(g.Pos, "duplicate-note", "general note %q stands twice; keep one", g.ID))
		}
		seen[g.ID] = true
		errs = append(errs, checkExceptions(v, g.Except)...)
		references(anyOf(g.Except), func(c scope.Criterion) {
			if x, ok := c.(scope.Elsewhere); ok {
				errs = append(errs, errorf(x.Pos, "elsewhere", "`elsewhere` speaks of a paragraph; write it there and not in a general note"))
			}
		})
	}
	checkOne := func(p *Paragraph) bool {
		errs = append(errs, p.check(v)...)
		return true
	}
	walk(e.Entries, checkOne)
	walk(e.changes, checkOne)
	if v != nil {
		for _, k := range slices.Concat(e.Covers.Kinds, e.Covers.Alone) {
			if v.Kind(k) == nil {
				errs = append(errs, errorf(e.Pos, "unknown-kind", "`covers` names kind %q, which is not declared; declare it in the vocabulary", k))
			}
		}
	}
	return errs
}

func (p *Paragraph) check(v *scope.Vocabulary) (errs scope.Errors) {
	if p.Own == nil && len(p.Paragraphs)+len(p.Therefor)+len(p.Residue) == 0 && !p.nothing() {
		errs = append(errs, errorf(p.Pos, "empty-paragraph",
			"paragraph %q states nothing; write a criterion, residue, paragraphs, `status: not-used` or `coverage: pointer`", p.Code))
	}
	if p.nothing() && (p.Own != nil || len(p.Paragraphs) > 0) {
		errs = append(errs, errorf(p.Pos, "catches-nothing",
			"paragraph %q catches nothing by its status or coverage, and states a criterion; remove one of the two", p.Code))
	}
	for _, b := range p.Therefor {
		if len(b.As) > 0 && (p.nothing() || p.Own == nil && len(p.Paragraphs)+len(p.Residue) == 0) {
			errs = append(errs, errorf(b.Pos, "therefor", "branch of %q is for what the paragraph catches, which is nothing; state that first", p.Code))
		}
	}
	if v == nil {
		return errs
	}
	errs = append(errs, v.CheckCriterion(p.Own)...)
	errs = append(errs, checkExceptions(v, p.Except)...)
	for _, b := range p.Therefor {
		errs = append(errs, v.CheckCriterion(scope.All{scope.For{Functions: b.As, Pos: b.Pos}, b.Criterion})...)
	}
	for _, r := range p.Partial {
		errs = append(errs, v.CheckCriterion(r.Criterion)...)
	}
	if p.Presume != nil {
		errs = append(errs, v.CheckCriterion(scope.All{p.Presume.When, p.Presume.Unless})...)
	}
	return errs
}

func checkExceptions(v *scope.Vocabulary, xs []Exception) scope.Errors {
	if v == nil {
		return nil
	}
	return v.CheckCriterion(anyOf(xs))
}
