package classify

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/openconcord/concord/regime/scope"
)

// WriteText writes explanations as indented lines: what holds is marked +, what does not -, what is not known ?.
func WriteText(w io.Writer, explanations []Explanation) error {
	b := bufio.NewWriter(w)
	for i := range explanations {
		e := &explanations[i]
		fmt.Fprintf(b, "%s %s: %s\n", e.List, e.Edition, e.Verdict)
		for _, s := range e.Steps {
			fmt.Fprintf(b, "%s%s %s  [%v]\n", strings.Repeat("  ", s.Depth+1), marks[s.Truth], s.line(), s.Pos)
		}
		if e.Omitted > 0 {
			fmt.Fprintf(b, "  (%d paragraphs on other kinds of things)\n", e.Omitted)
		}
	}
	return b.Flush()
}

var marks = [...]string{scope.Undetermined: "?", scope.False: "-", scope.True: "+"}

// WriteMarkdown writes explanations as nested lists under a heading for each list.
func WriteMarkdown(w io.Writer, explanations []Explanation) error {
	b := bufio.NewWriter(w)
	for i := range explanations {
		e := &explanations[i]
		if i > 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "## %s %s: %s\n\n", escapeMarkdown(e.List), e.Edition, e.Verdict)
		for _, s := range e.Steps {
			line := escapeMarkdown(s.line())
			if s.Role == RoleParagraph {
				line = "**" + escapeMarkdown(s.Code) + "**" + strings.TrimPrefix(line, escapeMarkdown(s.Code))
			}
			fmt.Fprintf(b, "%s- %s: %v `%v`\n", strings.Repeat("  ", s.Depth), line, s.Truth, s.Pos)
		}
		if e.Omitted > 0 {
			fmt.Fprintf(b, "\n%d paragraphs speak of other kinds of things.\n", e.Omitted)
		}
	}
	return b.Flush()
}

// line is the step without its answer.
func (s *Step) line() string {
	var out []string
	if s.Code != "" {
		out = append(out, s.Code)
	}
	switch s.Role {
	case RoleAny:
		out = append(out, "any of")
	case RoleAll:
		out = append(out, "all of")
	case RoleNot:
		out = append(out, "not")
	case RoleException:
		out = append(out, "released")
	case RoleBranch:
		out = append(out, "also")
	case RoleResidue:
		out = append(out, "judgement")
	}
	if s.Text != "" {
		out = append(out, s.Text)
	}
	text := strings.Join(out, " ")
	if s.Note != "" {
		text += " (" + s.Note + ")"
	}
	if s.asks != "" {
		value := s.Value
		if value == "" {
			value = "not stated"
		}
		text += ": " + value
	}
	return text
}

// escapeMarkdown keeps text from being read as Markdown or HTML.
func escapeMarkdown(s string) string { return markdownEscapes.Replace(s) }

var markdownEscapes = strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "<", "&lt;", ">", "&gt;", "&", "&amp;", "[", "\\[", "]", "\\]", "|", "\\|", "\n", " ")
