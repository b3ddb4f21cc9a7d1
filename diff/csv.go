package diff

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// WriteCSV writes one row for each region, under a row of column names: its number in the report, the kinds of the items,
// what they are for, its class, the lists that control and that lack the control, the jurisdictions that do not
// implement their regime, conditions (alternatives parted by " | ", conjunctions by "; "), a witness, the residue that decides
// whether items lie there, the findings made in it, and for each list the paragraphs that catch the witness: "no" where it
// covers such items and does not control them, nothing where it does not cover them. Text that a spreadsheet would
// read as a formula has an apostrophe before it.
func WriteCSV(w io.Writer, r *Report) error {
	head := []string{"region", "kind", "for", "class", "controlled by", "not by", "under-implemented", "conditions", "witness", "residue", "findings"}
	for _, l := range r.Lists {
		head = append(head, l.List+" "+l.Edition)
	}
	t := csv.NewWriter(w)
	if err := t.Write(cells(head)); err != nil {
		return err
	}
	made := r.findingsOf()
	for i := range r.Regions {
		x := &r.Regions[i]
		alternatives, more := x.Conditions(MaxConditions)
		conditions := strings.Join(lines(alternatives), " | ")
		if more {
			conditions += " | ..."
		}
		var findings []string
		for _, f := range made[x.Scope] {
			findings = append(findings, string(f.Kind)+":"+f.Fingerprint)
		}
		row := []string{
			fmt.Sprint(i + 1), kindName(x.Kinds), strings.Join(x.For, " "), string(x.Class), strings.Join(x.Signature, " "), strings.Join(x.Without, " "),
			strings.Join(x.UnderImplemented, " "), conditions, Describe(x.Witness), strings.Join(x.Residue, " "), strings.Join(findings, " "),
		}
		for _, l := range r.Lists {
			row = append(row, x.cell(l.List, "no", ""))
		}
		if err := t.Write(cells(row)); err != nil {
			return err
		}
	}
	t.Flush()
	return t.Error()
}

// cell is what a list does to the region: the paragraphs that catch its witness, or lacks or silent.
func (r *Region) cell(list, lacks, silent string) string {
	if codes, ok := r.Paragraphs[list]; ok {
		return strings.Join(codes, " ")
	}
	for _, l := range r.Without {
		if l == list {
			return lacks
		}
	}
	return silent
}

// formula is what begins a formula in some spreadsheet, in full width too, or hides what does.
const formula = "=+-@\t\r\n＝＋－＠"

// cells makes text harmless to spreadsheets.
func cells(row []string) []string {
	for i, s := range row {
		if t := strings.TrimLeft(s, " "); t != "" && strings.ContainsRune(formula, []rune(t)[0]) {
			row[i] = "'" + s
		}
	}
	return row
}
