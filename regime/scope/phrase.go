package scope

import (
	"fmt"
	"strings"
)

// Phrase writes a criterion on one line, as its author wrote it: "adc.sample-rate > 1.3 GSPS",
// "specified in 3A001.b or 3A001.c". Unlike [Scope.Conditions] it does not ask what the criterion comes to.
func Phrase(c Criterion) string { return phrase(c, false) }

// phrase brackets what has more than one condition where it stands within another.
func phrase(c Criterion, within bool) string {
	switch c := c.(type) {
	case All:
		return joined(c, " and ", "anything", within)
	case Any:
		return joined(c, " or ", "nothing", within)
	case Not:
		return "not " + phrase(c.C, true)
	case *Ref:
		return phrase(c.C, within)
	case OfKind:
		return strings.Join(c.Kinds, " or ")
	case When:
		switch {
		case c.Constraint == "true":
			return c.Attribute
		case c.Constraint == "false":
			return "not " + c.Attribute
		}
		return c.Attribute + " " + strings.ReplaceAll(strings.ReplaceAll(c.Constraint, " | ", " or "), ", ", " and ")
	case Parts:
		of := c.Of
		if c.AtLeast > 1 {
			of = fmt.Sprintf("%d %s", c.AtLeast, of)
		}
		if c.Where == nil {
			return string(c.Quantifier) + " " + of
		}
		return string(c.Quantifier) + " " + of + " with " + phrase(c.Where, true)
	case For:
		target := "anything"
		if c.Target != nil {
			target = phrase(c.Target, true)
		}
		return strings.Join(c.Functions, " or ") + " of what is " + target
	case Transfer:
		return "sent to " + strings.Join(c.To, ", ")
	case Opaque:
		return c.Name
	case Residue:
		if c.Text == "" {
			return c.ID
		}
		return c.Text
	case Reference:
		verb := "specified in "
		if c.Meets {
			verb = "meeting the criterion of "
		}
		names := make([]string, len(c.Codes))
		for i, r := range c.Codes {
			names[i] = r.String()
		}
		return verb + strings.Join(names, " or ")
	case Elsewhere:
		return "specified elsewhere in the list"
	}
	return fmt.Sprintf("%T", c)
}

func joined(cs []Criterion, word, none string, within bool) string {
	switch len(cs) {
	case 0:
		return none
	case 1:
		return phrase(cs[0], within)
	}
	parts := make([]string, len(cs))
	for i, c := range cs {
		parts[i] = phrase(c, true)
	}
	text := strings.Join(parts, word)
	if within {
		return "(" + text + ")"
	}
	return text
}

// String is "3A001.a.3", "us-ccl:3A001" or "3A001.a.3 to 3A001.a.10".
func (r CodeRange) String() string {
	text := r.From
	if r.List != "" {
		text = r.List + ":" + text
	}
	if r.To != "" {
		text += " to " + r.To
	}
	return text
}

// PosOf is where a criterion stands; of a conjunction or disjunction the first position in it.
func PosOf(c Criterion) Pos {
	switch c := c.(type) {
	case All:
		return firstPos(c)
	case Any:
		return firstPos(c)
	case Not:
		return PosOf(c.C)
	case *Ref:
		return PosOf(c.C)
	case OfKind:
		return c.Pos
	case When:
		return c.Pos
	case Parts:
		return c.Pos
	case For:
		return c.Pos
	case Transfer:
		return c.Pos
	case Opaque:
		return c.Pos
	case Residue:
		return c.Pos
	case Reference:
		return c.Pos
	case Elsewhere:
		return c.Pos
	}
	return Pos{}
}

func firstPos(cs []Criterion) Pos {
	for _, c := range cs {
		if p := PosOf(c); p != (Pos{}) {
			return p
		}
	}
	return Pos{}
}
