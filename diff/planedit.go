package diff

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An EditKind is what a step of a plan does to a list.
type EditKind string

const (
	StrictnessChanged EditKind = "strictness-changed" // the same number, included or no longer
	ThresholdChanged  EditKind = "threshold-changed"
	ConditionDropped  EditKind = "condition-dropped"
	ConditionAdded    EditKind = "condition-added"
	ExclusionDropped  EditKind = "exclusion-dropped"
	ExclusionAdded    EditKind = "exclusion-added"
	ParagraphRemoved  EditKind = "paragraph-removed"
	ParagraphAdded    EditKind = "paragraph-added"
)

// editKinds is in order of how little an edit does.
var editKinds = []EditKind{StrictnessChanged, ThresholdChanged, ConditionDropped, ConditionAdded, ExclusionDropped, ExclusionAdded, ParagraphRemoved, ParagraphAdded}

// An edit changes one place of one paragraph.
type edit struct {
	kind         EditKind
	code         string
	was, becomes string
	source       string // the paragraph of the other side that draws the line so
	place        string // no two edits of one place go together
	apply        func(*regime.Paragraph) *regime.Paragraph
}

// comparisonRE is one part of a constraint: "> 350 Wh/kg".
var comparisonRE = regexp.MustCompile(`([<>]=?)\s*([^,|<>=]+)`)

// line is a comparison as a paragraph of the other side makes it.
type line struct {
	text   string
	value  scope.Value
	source string
}

// edits are the candidate edits of the list for the gap: each comparison of a paragraph on things of the gap's kinds as a paragraph
// of the other side on such things makes it, for the same attribute and in the same direction; each exception of it dropped;
// each exception of the other side's, where it releases some of what is to be released, added; and each paragraph that catches some
// of that removed. In order of paragraph, then of kind.
func (x *planner) edits() []edit {
	lines := x.lines()
	exceptions := x.exceptions()
	conditions := x.conditionsNear()
	v := x.c.Space.Vocabulary()
	var out []edit
	for i := range x.from.Paragraphs {
		p := &x.from.Paragraphs[i]
		if !x.near(p) {
			continue
		}
		var found []edit
		found = append(found, x.comparisons(p.Paragraph, lines)...)
		if x.over != x.gap {
			for _, w := range conjuncts(p.Own) {
				found = append(found, edit{
					kind: ConditionDropped, code: p.Code, was: scope.Phrase(w), place: p.Code + " " + w.Pos.String() + " " + w.Attribute,
					apply: func(p *regime.Paragraph) *regime.Paragraph {
						return rewritten(p, func(v scope.When) scope.Criterion {
							if v.Pos == w.Pos && v.Attribute == w.Attribute {
								return scope.All{}
							}
							return v
						})
					},
				})
			}
		}
		for _, e := range p.Except {
			found = append(found, edit{
				kind: ExclusionDropped, code: p.Code, was: "except " + scope.Phrase(e.Criterion), place: p.Code + " except " + e.Pos.String(),
				apply: func(p *regime.Paragraph) *regime.Paragraph {
					p.Except = slices.DeleteFunc(slices.Clone(p.Except), func(y regime.Exception) bool { return y.Pos == e.Pos })
					return p
				},
			})
		}
		if over := p.Scope.Intersect(x.over); !over.Empty() {
			for _, e := range exceptions {
				if e.scope.Disjoint(over) || !x.mayLose(p, p.Scope.Intersect(e.scope)) {
					continue
				}
				found = append(found, edit{
					kind: ExclusionAdded, code: p.Code, becomes: "except " + scope.Phrase(e.stated.Criterion), source: e.source, place: p.Code + " plus " + e.source + e.stated.Pos.String(),
					apply: func(p *regime.Paragraph) *regime.Paragraph {
						p.Except = append(slices.Clone(p.Except), regime.Exception{Criterion: e.resolved, Note: e.stated.Note, Pos: e.stated.Pos})
						return p
					},
				})
			}
			said := v.AttributesIn(p.Criterion)
			for _, c := range conditions {
				if slices.ContainsFunc(said, func(a string) bool { return strings.HasPrefix(c.when.Attribute, a) }) {
					continue
				}
				if c.scope.Intersect(over) == over || !x.mayLose(p, p.Scope.Minus(c.scope)) {
					continue
				}
				found = append(found, edit{
					kind: ConditionAdded, code: p.Code, becomes: scope.Phrase(c.when), source: c.source, place: p.Code + " and " + c.when.Attribute,
					apply: func(p *regime.Paragraph) *regime.Paragraph {
						if p.Own == nil {
							p.Own = scope.All{}
						}
						p.Own = scope.All{c.when, p.Own}
						return p
					},
				})
			}
			if x.mayLose(p, p.Scope) {
				found = append(found, removal(p.Paragraph))
			}
		}
		slices.SortStableFunc(found, func(a, b edit) int {
			return cmp.Compare(slices.Index(editKinds, a.kind), slices.Index(editKinds, b.kind))
		})
		out = append(out, found...)
	}
	return out
}

func removal(p *regime.Paragraph) edit {
	return edit{kind: ParagraphRemoved, code: p.Code, was: p.Title, place: p.Code, apply: func(p *regime.Paragraph) *regime.Paragraph {
		return &regime.Paragraph{Code: p.Code, Title: p.Title, Status: "not-used", Pos: p.Pos}
	}}
}

// mayLose reports whether p may stop catching a part: what else lies there another paragraph catches.
func (x *planner) mayLose(p *regime.CompiledParagraph, part scope.Scope) bool {
	rest := part.Minus(x.losable())
	return rest == x.c.Space.Nothing() || rest.Minus(x.besides(x.start, p.Code)).Empty()
}

// near reports whether the paragraph catches things of a kind of which some lie in the gap.
func (x *planner) near(p *regime.CompiledParagraph) bool {
	return slices.ContainsFunc(x.regions, func(r Region) bool { return p.Scope.Among(r.Kinds[0], r.For) != x.c.Space.Nothing() })
}

// lines are the comparisons of the other side's paragraphs that are near, by attribute and direction.
func (x *planner) lines() map[string][]line {
	out := map[string][]line{}
	x.eachNear(func(list string, p *regime.Paragraph) {
		for _, w := range conditionsOf(p) {
			for _, m := range comparisonRE.FindAllStringSubmatch(w.Constraint, -1) {
				v, err := x.value(w.Attribute, m[2])
				key := lineKey(w, m[1])
				if err != nil || slices.ContainsFunc(out[key], func(l line) bool { return operator(l.text) == m[1] && sameValue(l.value, v) }) {
					continue
				}
				out[key] = append(out[key], line{m[1] + " " + strings.TrimSpace(m[2]), v, list + " " + p.Code})
			}
		}
	})
	return out
}

// stated is a condition of a paragraph of the other side.
type stated struct {
	when   scope.When
	scope  scope.Scope
	source string
}

// conditionsNear are the conditions that hold of all that a near paragraph of the other side catches.
func (x *planner) conditionsNear() []stated {
	var out []stated
	x.eachNear(func(list string, p *regime.Paragraph) {
		for _, w := range conjuncts(p.Own) {
			if !slices.ContainsFunc(out, func(s stated) bool { return s.when.Attribute == w.Attribute && s.when.Constraint == w.Constraint }) {
				if s, err := x.c.Space.Compile(w); err == nil {
					out = append(out, stated{w, s, list + " " + p.Code})
				}
			}
		}
	})
	return out
}

// conjuncts are the attribute conditions that c states as a whole.
func conjuncts(c scope.Criterion) []scope.When {
	var out []scope.When
	switch c := c.(type) {
	case scope.When:
		out = append(out, c)
	case scope.All:
		for _, y := range c {
			out = append(out, conjuncts(y)...)
		}
	}
	return out
}

// eachNear calls f with the paragraphs of the other side that are near.
func (x *planner) eachNear(f func(list string, p *regime.Paragraph)) {
	for _, l := range x.to {
		for i := range l.Paragraphs {
			if p := &l.Paragraphs[i]; x.near(p) {
				f(l.Edition.List, p.Paragraph)
			}
		}
	}
}

// lineKey joins comparisons that can stand for each other: of one attribute, in one direction, with the same verb.
func lineKey(w scope.When, op string) string {
	verb, _, _ := strings.Cut(w.Constraint, " ")
	if strings.ContainsAny(verb, "<>=0123456789") {
		verb = ""
	}
	return w.Attribute + " " + verb + " " + op[:1]
}

func operator(text string) string {
	op, _, _ := strings.Cut(text, " ")
	return op
}

// value is a quantity of an attribute, or of an end of a range.
func (x *planner) value(attribute, text string) (scope.Value, error) {
	v := x.c.Space.Vocabulary()
	if v.Attribute(attribute) == nil {
		attribute = strings.TrimSuffix(strings.TrimSuffix(attribute, ".min"), ".max")
	}
	return v.ParseValue(attribute, text)
}

func sameValue(a, b scope.Value) bool {
	return a.Number.Cmp(b.Number) == 0 && a.Min.Cmp(b.Min) == 0 && a.Max.Cmp(b.Max) == 0
}

// comparisons are the edits of single comparisons of what p itself states and excepts.
func (x *planner) comparisons(p *regime.Paragraph, lines map[string][]line) []edit {
	var out []edit
	for _, w := range conditionsOf(p) {
		for n, m := range comparisonRE.FindAllStringSubmatch(w.Constraint, -1) {
			ours, err := x.value(w.Attribute, m[2])
			if err != nil {
				continue
			}
			for _, l := range lines[lineKey(w, m[1])] {
				e := edit{
					kind: ThresholdChanged, code: p.Code, was: w.Attribute + " " + strings.TrimSpace(m[0]), becomes: w.Attribute + " " + l.text, source: l.source,
					place: p.Code + " " + w.Pos.String() + " " + w.Attribute + " " + string(rune('0'+n)),
				}
				if sameValue(ours, l.value) {
					if m[1] == operator(l.text) {
						continue
					}
					e.kind = StrictnessChanged
				}
				e.apply = func(p *regime.Paragraph) *regime.Paragraph {
					return rewritten(p, func(v scope.When) scope.Criterion {
						if v.Pos == w.Pos && v.Attribute == w.Attribute {
							v.Constraint = replaceNth(v.Constraint, n, l.text)
						}
						return v
					})
				}
				out = append(out, e)
			}
		}
	}
	return out
}

// replaceNth puts text in the place of the nth comparison of a constraint.
func replaceNth(constraint string, n int, text string) string {
	at := comparisonRE.FindAllStringIndex(constraint, -1)
	if n >= len(at) {
		return constraint
	}
	return constraint[:at[n][0]] + text + constraint[at[n][1]:]
}

// release is an exception of the other side.
type release struct {
	stated   regime.Exception
	resolved scope.Criterion
	scope    scope.Scope
	source   string
}

func (x *planner) exceptions() []release {
	var out []release
	for _, l := range x.to {
		for i := range l.Paragraphs {
			p := &l.Paragraphs[i]
			if !x.near(p) {
				continue
			}
			for _, e := range p.Except {
				c, err := x.c.Corpus.Resolve(l.Edition, p.Paragraph, e.Criterion)
				if err != nil {
					continue
				}
				s, err := x.c.Space.Compile(c)
				if err != nil || s.Disjoint(x.over) || slices.ContainsFunc(out, func(r release) bool { return r.scope == s }) {
					continue
				}
				out = append(out, release{e, c, s, l.Edition.List + " " + p.Code})
			}
		}
	}
	return out
}

// conditionsOf are the attribute conditions that p itself states, its exceptions last.
func conditionsOf(p *regime.Paragraph) []scope.When {
	var out []scope.When
	rewritten(p, func(w scope.When) scope.Criterion {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
		return w
	})
	return out
}

// rewritten is a copy of p with f of every attribute condition that it states itself.
func rewritten(p *regime.Paragraph, f func(scope.When) scope.Criterion) *regime.Paragraph {
	out := *p
	out.Own = replaced(p.Own, f)
	out.Elements = slices.Clone(p.Elements)
	for i, e := range out.Elements {
		out.Elements[i].Criterion = replaced(e.Criterion, f)
	}
	out.Except = slices.Clone(p.Except)
	for i, e := range out.Except {
		out.Except[i].Criterion = replaced(e.Criterion, f)
	}
	return &out
}

func replaced(c scope.Criterion, f func(scope.When) scope.Criterion) scope.Criterion {
	each := func(cs []scope.Criterion) []scope.Criterion {
		out := make([]scope.Criterion, len(cs))
		for i, c := range cs {
			out[i] = replaced(c, f)
		}
		return out
	}
	switch c := c.(type) {
	case scope.All:
		return scope.All(each(c))
	case scope.Any:
		return scope.Any(each(c))
	case scope.Not:
		return scope.Not{C: replaced(c.C, f)}
	case scope.Parts:
		c.Where = replaced(c.Where, f)
		return c
	case scope.For:
		c.Target = replaced(c.Target, f)
		return c
	case scope.When:
		return f(c)
	}
	return c
}
