package scope

// A Criterion is a condition on an item, as a paragraph of law states it. It is one of [All], [Any],
// [Not], [Kind] conditions ([OfKind]), attribute conditions ([When]), part conditions ([Parts]), relations
// to a target ([For]), conditions on the transfer ([Transfer]), opaque predicates ([Opaque]), and what
// the criterion does not model ([Residue]). References between paragraphs are resolved before: a
// Criterion is a directed acyclic graph, and shared nodes are compiled once.
type Criterion interface{ isCriterion() }

// All is the conjunction of its elements; the empty All holds of everything.
type All []Criterion

// Any is the disjunction of its elements; the empty Any holds of nothing.
type Any []Criterion

// Not is the complement of C.
type Not struct{ C Criterion }

// Ref shares one criterion between many: it means C, and is compiled once.
type Ref struct{ C Criterion }

// OfKind holds of things of any of the kinds.
type OfKind struct {
	Kinds []string
	Pos   Pos
}

// When compares one attribute with constants.
type When struct {
	Attribute  string
	Constraint string // as written: ">= 8 bit, < 10 bit"; "true"; "touches > 2 GHz, <= 6 GHz"; "a, b" for terms
	Pos        Pos
}

// Quantifier of a [Parts] condition.
type Quantifier string

const (
	Some  Quantifier = "some"  // at least AtLeast parts (default 1) satisfy Where
	Every Quantifier = "every" // there is such a part, and each satisfies Where
	None  Quantifier = "none"  // no part satisfies Where
)

// Parts is a condition on the parts, or coupled-value points, of an item.
type Parts struct {
	Quantifier Quantifier
	Of         string    // a part type, or a kind where the part is a thing of its own
	Where      Criterion // nil: any such part
	AtLeast    int       // 0 means 1
	Pos        Pos
}

// For is the item's relation to a target: software for the development of a thing that satisfies Target.
type For struct {
	Functions []string // any of them
	Target    Criterion
	Pos       Pos
}

// Transfer is a condition on the transfer and not on the thing: its destination is one of To,
// ISO 3166 alpha-2 codes.
type Transfer struct {
	To  []string
	Pos Pos
}

// Opaque is a shared yes/no predicate that nothing here defines, such as membership in a list that is not loaded.
type Opaque struct {
	Name string
	Pos  Pos
}

// Reference stands for what other paragraphs catch, or with Meets for their criteria alone, until whoever
// owns the paragraphs resolves it. A Space refuses to compile one.
type Reference struct {
	Codes []CodeRange
	Meets bool
	Pos   Pos
}

// A CodeRange is a code with all below it ("3A001.b", "3A"), or with To every code from From to To. List is
// empty within the list that refers.
type CodeRange struct {
	List, From, To string
	Pos            Pos
}

// Elsewhere stands for every paragraph of the list that does not itself use it ("not specified elsewhere").
type Elsewhere struct{ Pos Pos }

// Effect says how residue bears on the scope.
type Effect string

const (
	Narrows  Effect = "narrows"  // the law catches only some of what the criterion catches
	Widens   Effect = "widens"   // the law catches more
	Evidence Effect = "evidence" // the law leaves to judgement how a condition is shown
	NoEffect Effect = "none"     // recorded, without effect on the scope
)

// Residue is what a paragraph says and the criterion does not model. As a criterion it is a boolean
// that nobody can evaluate; lists that share its ID compare equal there.
type Residue struct {
	ID   string
	Text string
	Pos  Pos
}

func (All) isCriterion()       {}
func (Any) isCriterion()       {}
func (Not) isCriterion()       {}
func (*Ref) isCriterion()      {}
func (OfKind) isCriterion()    {}
func (When) isCriterion()      {}
func (Parts) isCriterion()     {}
func (For) isCriterion()       {}
func (Transfer) isCriterion()  {}
func (Opaque) isCriterion()    {}
func (Residue) isCriterion()   {}
func (Reference) isCriterion() {}
func (Elsewhere) isCriterion() {}
