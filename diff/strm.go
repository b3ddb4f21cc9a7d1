package diff

import (
	"encoding/csv"
	"io"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// WriteSTRM writes mappings of the lists of c as a table of set theory relationship mappings (NIST IR 8477, section 4.3):
// one row for each relation between a focal paragraph, of the source, and a reference paragraph, and one without a
// relationship for each gap, with the other side left empty. The rationale is functional: what is compared is which items the
// paragraphs catch. The strength, from 0 to 10, is given only where it needs no judgement: 10 for equal, 0 for a gap. The
// comments are the policy reading for the focal side and the items that show the relation. Text that a spreadsheet
// would read as a formula has an apostrophe before it.
func WriteSTRM(w io.Writer, c *regime.Compiled, mappings []Mapping) error {
	r := Report{Compiled: c}
	t := csv.NewWriter(w)
	rows := [][]string{{
		"Focal Document", "Focal Document Element", "Focal Document Element Description", "Rationale", "Relationship",
		"Reference Document", "Reference Document Element", "Reference Document Element Description", "Strength of Relationship", "Comments",
	}}
	row := func(m *Mapping, source, target string, relation scope.Relation, strength, comments string) {
		title := func(list, code string) string {
			if code == "" {
				return ""
			}
			return r.cite(list, code).Title
		}
		rows = append(rows, []string{
			m.Source.List + " " + m.Source.Edition, source, title(m.Source.List, source), "functional", string(relation),
			m.Target.List + " " + m.Target.Edition, target, title(m.Target.List, target), strength, comments,
		})
	}
	for i := range mappings {
		m := &mappings[i]
		for _, x := range m.Relations {
			strength := ""
			if x.Relation == scope.EqualTo {
				strength = "10"
			}
			row(m, x.Source, x.Target, x.Relation, strength, remarks(x))
		}
		for _, code := range m.SourceGaps {
			row(m, code, "", scope.NoRelationship, "0", "no paragraph of the reference document catches any of these items")
		}
		for _, code := range m.TargetGaps {
			row(m, "", code, scope.NoRelationship, "0", "no paragraph of the focal document catches any of these items")
		}
	}
	for _, x := range rows {
		if err := t.Write(cells(x)); err != nil {
			return err
		}
	}
	t.Flush()
	return t.Error()
}
