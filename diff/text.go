package diff

import (
	"io"
	"strings"
)

func kindName(kinds []string) string { return strings.Join(kinds, "+") }

func lines(conditions [][]string) []string {
	out := make([]string, len(conditions))
	for i, c := range conditions {
		out[i] = strings.Join(c, "; ")
	}
	return out
}

// WriteText writes a summary of the report for a person.
func WriteText(w io.Writer, r *Report) error { return nil }
