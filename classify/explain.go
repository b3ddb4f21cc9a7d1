package classify

import (
	"slices"
	"strings"
	"sync"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An Explanation says why a list has its verdict on an item: every paragraph that speaks of such things, in the list's own
// order, and every condition of it with what the item states and whether it holds. Nothing is left out because something
// else already decides.
type Explanation struct {
	List    string  `json:"list"`
	Edition string  `json:"edition"`
	Verdict Verdict `json:"verdict"`
	Steps   []Step  `json:"steps"`   // a tree, parents first: a step belongs to the last before it of less depth
	Omitted int     `json:"omitted"` // paragraphs of the list that can catch no thing of the item's kinds
}

// A Step is one line of an explanation: a paragraph, or a condition that it states.
type Step struct {
	*Condition
	Truth scope.Truth `json:"truth"`           // whether it holds: of a paragraph, whether it catches the item; of an exception, whether it releases it
	Value string      `json:"value,omitempty"` // what the item states of the attribute
}

// Role says what a [Condition] is in its paragraph.
type Role string

const (
	RoleParagraph Role = "paragraph"
	RoleCondition Role = "condition"
	RoleAny       Role = "any"       // at least one of the conditions below it holds
	RoleAll       Role = "all"       // all conditions below it hold
	RoleNot       Role = "not"       // the conditions below it do not all hold
	RoleException Role = "exception" // what is released; it holds where it releases
	RoleBranch    Role = "branch"    // what is caught besides
	RoleResidue   Role = "residue"   // what the law says and nothing here decides
	RolePresumed  Role = "presumed"  // settles what is undetermined
)

// A Condition is what a [Step] says, whatever the item.
type Condition struct {
	Depth int       `json:"depth"`
	Role  Role      `json:"role"`
	Code  string    `json:"code,omitempty"` // of a paragraph, or of a condition that has an official letter
	Text  string    `json:"text,omitempty"`
	Note  string    `json:"note,omitempty"` // where an exception stands
	Pos   scope.Pos `json:"pos"`

	asks      string // the attribute
	attribute int    // index of the attribute that it asks in the plan, -1 for none
	slot      int    // of its scope
}

// An Explainer explains verdicts of the lists of one view. It prepares, for each kind of thing that it is first asked
// about, the conditions that lists have for it. It is safe for concurrent use.
type Explainer struct {
	c     *regime.Compiled
	plans sync.Map // of the item's kinds, to *plan
}

// NewExplainer explains the verdicts of [Item] for c.
func NewExplainer(c *regime.Compiled) *Explainer { return &Explainer{c: c} }

// plan is the conditions of every list for things of some kinds.
type plan struct {
	lists      []listPlan
	scopes     []scope.Scope // each once
	within     []int         // by scope: one that holds it, -1 where none is known to
	attributes []string      // that conditions ask, each once
	conditions int
}

type listPlan struct {
	list, date string
	conditions []*Condition
	omitted    int
}

// Item explains the verdict of every list, in the order of the lists.
func (x *Explainer) Item(it *scope.Item) []Explanation {
	p := x.plan(it)
	q := x.c.Space.Query(it)
	defer q.Done()
	var buffer [512]scope.Truth
	truths := append(buffer[:0], make([]scope.Truth, len(p.scopes))...)
	for i, s := range p.scopes {
		if in := p.within[i]; in >= 0 && truths[in] == scope.False {
			truths[i] = scope.False
		} else {
			truths[i] = q.Evaluate(s)
		}
	}
	vocabulary := x.c.Corpus.Vocabulary()
	var text [64]string
	values := append(text[:0], make([]string, len(p.attributes))...)
	for i, a := range p.attributes {
		values[i] = vocabulary.Stated(it, a)
	}
	verdicts := Verdicts(x.c, it, make([]Verdict, 0, len(x.c.Lists)))
	steps := make([]Step, 0, p.conditions)
	out := make([]Explanation, len(p.lists))
	for i := range p.lists {
		from := len(steps)
		for _, c := range p.lists[i].conditions {
			s := Step{Condition: c, Truth: truths[c.slot]}
			if c.attribute >= 0 {
				s.Value = values[c.attribute]
			}
			steps = append(steps, s)
		}
		e := &p.lists[i]
		out[i] = Explanation{List: e.list, Edition: e.date, Verdict: verdicts[i], Steps: steps[from:len(steps):len(steps)], Omitted: p.lists[i].omitted}
	}
	return out
}

func (x *Explainer) plan(it *scope.Item) *plan {
	key := ""
	if len(it.Kinds) == 1 {
		key = it.Kinds[0]
	} else {
		key = strings.Join(it.Kinds, "+")
	}
	if p, ok := x.plans.Load(key); ok {
		return p.(*plan)
	}
	b := planner{c: x.c, it: it, slots: map[scope.Scope]int{}, plan: &plan{}}
	for i := range x.c.Lists {
		b.list(&x.c.Lists[i])
	}
	p, _ := x.plans.LoadOrStore(key, b.plan)
	return p.(*plan)
}

// planner collects the conditions of lists for things of the kinds of an item.
type planner struct {
	*plan
	c     *regime.Compiled
	it    *scope.Item          // of the kinds; nil for any
	l     *regime.CompiledList // nil in a licensing rule
	p     *regime.Paragraph
	out   []*Condition
	slots map[scope.Scope]int
	codes map[scope.Pos]string // of coded elements that are still to come
}

func (b *planner) list(l *regime.CompiledList) {
	b.l, b.out = l, nil
	omitted := 0
	depth := make([]int, len(l.Paragraphs))
	for i := range l.Paragraphs {
		p := &l.Paragraphs[i]
		if p.Parent >= 0 {
			depth[i] = depth[p.Parent] + 1
		}
		if !p.Scope.Concerns(b.it) {
			omitted++
			continue
		}
		within := -1
		if p.Parent >= 0 {
			within = b.slot(l.Paragraphs[p.Parent].Scope, -1)
		}
		b.slot(p.Scope, within)
		b.paragraph(p, depth[i])
	}
	b.lists = append(b.lists, listPlan{l.Edition.List, l.Edition.Date().String(), b.out, omitted})
	b.conditions += len(b.out)
}

func (b *planner) paragraph(p *regime.CompiledParagraph, depth int) {
	b.p = p.Paragraph
	b.add(Condition{Depth: depth, Role: RoleParagraph, Code: p.Code, Text: p.Title, Pos: p.Pos}, p.Scope)
	b.codes = map[scope.Pos]string{}
	for _, e := range p.Elements {
		b.codes[scope.PosOf(e.Criterion)] = e.Code
	}
	b.each(p.Own, depth+1)
	for _, x := range p.Except {
		b.group(x.Criterion, Condition{Depth: depth + 1, Role: RoleException, Note: x.Note, Pos: x.Pos})
	}
	for _, x := range p.Therefor {
		criterion := x.Criterion
		text := "what is " + strings.Join(x.As, " or ") + " for what this paragraph catches"
		if len(x.As) == 0 {
			text = "besides"
		}
		b.group(criterion, Condition{Depth: depth + 1, Role: RoleBranch, Code: x.Code, Text: text, Note: x.Note, Pos: x.Pos})
	}
	for _, x := range p.Residue {
		b.criterion(scope.Residue{ID: x.ID, Pos: x.Pos}, Condition{Depth: depth + 1, Role: RoleResidue, Text: x.ID + ": " + x.Text, Note: string(x.Effect), Pos: x.Pos})
	}
	if p.Presume != nil {
		b.group(p.Presume.When, Condition{Depth: depth + 1, Role: RolePresumed, Text: "presumed to be caught where undetermined, if", Pos: scope.PosOf(p.Presume.When)})
	}
}

// each adds the conditions of a conjunction as they stand beside each other.
func (b *planner) each(c scope.Criterion, depth int) {
	switch c := c.(type) {
	case nil:
	case scope.All:
		for _, x := range c {
			b.each(x, depth)
		}
	default:
		b.group(c, Condition{Depth: depth, Pos: scope.PosOf(c)})
	}
}

// group adds a condition, and below it those that it is made of.
func (b *planner) group(c scope.Criterion, as Condition) {
	if code, ok := b.codes[scope.PosOf(c)]; ok && as.Code == "" {
		as.Code = code
		delete(b.codes, scope.PosOf(c))
	}
	role := func(r Role) {
		if as.Role == "" {
			as.Role = r
		}
	}
	switch c := c.(type) {
	case nil:
		b.add(as, b.c.Space.Everything())
	case scope.All:
		role(RoleAll)
		b.criterion(c, as)
		for _, x := range c {
			b.group(x, Condition{Depth: as.Depth + 1, Pos: scope.PosOf(x)})
		}
	case scope.Any:
		role(RoleAny)
		b.criterion(c, as)
		for _, x := range c {
			b.group(x, Condition{Depth: as.Depth + 1, Pos: scope.PosOf(x)})
		}
	case scope.Not:
		role(RoleNot)
		b.criterion(c, as)
		inner := c.C
		if any, ok := inner.(scope.Any); ok && len(any) == 1 {
			inner = any[0]
		}
		b.group(inner, Condition{Depth: as.Depth + 1, Pos: scope.PosOf(inner)})
	default:
		if as.Role != "" { // an exception or branch of one condition
			b.criterion(c, as)
			b.group(c, Condition{Depth: as.Depth + 1, Pos: scope.PosOf(c)})
			return
		}
		as.Role, as.Text = RoleCondition, scope.Phrase(c)
		if w, ok := c.(scope.When); ok {
			as.asks = w.Attribute
		}
		b.criterion(c, as)
	}
}

// criterion adds a condition that holds where c does.
func (b *planner) criterion(c scope.Criterion, as Condition) {
	var err error
	if b.l != nil {
		c, err = b.c.Corpus.Resolve(b.l.Edition, b.p, c)
	} else {
		c, err = b.c.Resolve(c)
	}
	x := b.c.Space.Nothing()
	if err == nil {
		if compiled, err := b.c.Space.Compile(c); err == nil {
			x = compiled
		}
	}
	b.add(as, x)
}

func (b *planner) add(as Condition, x scope.Scope) {
	as.slot = b.slot(x, -1)
	if as.attribute = -1; as.asks != "" {
		as.attribute = slices.Index(b.attributes, as.asks)
		if as.attribute < 0 {
			as.attribute = len(b.attributes)
			b.attributes = append(b.attributes, as.asks)
		}
	}
	b.out = append(b.out, &as)
}

// slot is the place of x among the scopes of the plan, of which the one at within holds it.
func (b *planner) slot(x scope.Scope, within int) int {
	if b.it != nil {
		x = x.About(b.it)
	}
	slot, ok := b.slots[x]
	if !ok {
		slot = len(b.scopes)
		b.slots[x] = slot
		b.scopes = append(b.scopes, x)
		b.within = append(b.within, within)
	}
	return slot
}
