package classify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

// agree reports whether each published code catches the item, itself or by a paragraph below it.
func agree(published []string, r classify.Result) bool {
	return r.Verdict == classify.Controlled && !slices.ContainsFunc(published, func(code string) bool {
		return !slices.ContainsFunc(r.Paragraphs, func(caught string) bool {
			rest, ok := strings.CutPrefix(caught, code)
			return ok && (rest == "" || rest[0] == '.' || rest[0] == '(')
		})
	})
}

func TestCatalogue(t *testing.T) {
	records := catalogue(t)
	k, err := anywhere()
	if err != nil {
		t.Fatal(err)
	}
	ids, fields := map[string]bool{}, map[string]bool{}
	count := map[classify.Verdict]int{}
	for i := range records {
		r := &records[i]
		fields[r.Pos.File] = true
		if r.ID == "" || ids[r.ID] {
			t.Errorf("%s: the id %q is missing or used twice", r.Pos, r.ID)
		}
		ids[r.ID] = true
		if r.Source == "" || r.Title == "" {
			t.Errorf("%s has no source or no title", r.ID)
		}
		for _, p := range r.Published {
			if p.Cite == "" {
				t.Errorf("%s: its classification under %s has no cite", r.ID, p.List)
			}
		}
		told := false
		for _, v := range classify.Verdicts(k, &r.Item, nil) {
			count[v]++
			told = told || v != classify.NotEncoded
		}
		if !told {
			t.Errorf("no list says anything of %s", r.ID)
		}
	}
	t.Log(count)
	if len(ids) < 60 || len(fields) < 8 {
		t.Errorf("%d items in %d fields", len(ids), len(fields))
	}
}

// What makers and authorities publish is what the lists say, but for what stands in the table of disagreements.
func TestCataloguePublished(t *testing.T) {
	records := catalogue(t)
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	stale := slices.Clone(disagreements)
	published, agreed := 0, 0
	for i := range records {
		r := &records[i]
		for _, p := range r.Published {
			if !slices.Contains(c.Lists(), p.List) {
				continue
			}
			published++
			codes := strings.Join(p.Codes, ", ")
			ours := on(t, p.List, p.Date, r)
			if agree(p.Codes, ours) {
				agreed++
				continue
			}
			at := slices.IndexFunc(stale, func(d disagreement) bool {
				return d.item == r.ID && d.list == p.List && d.published == codes
			})
			if at < 0 {
				t.Errorf("%s, %s of %s: published %s, ours %s %v, missing %v", r.ID, p.List, ours.Edition, codes, ours.Verdict, ours.Paragraphs, ours.Missing)
				continue
			}
			d := stale[at]
			stale = slices.Delete(stale, at, at+1)
			if d.ours != ours.Verdict {
				t.Errorf("%s, %s: published %s; the table expects %s, ours is %s %v", r.ID, p.List, codes, d.ours, ours.Verdict, ours.Paragraphs)
			}
			if d.date != "" {
				if later := on(t, p.List, date(t, d.date), r); !agree(p.Codes, later) {
					t.Errorf("%s, %s: published %s; on %s ours is %s %v", r.ID, p.List, codes, d.date, later.Verdict, later.Paragraphs)
				}
			}
		}
	}
	for _, d := range stale {
		t.Errorf("%s, %s: published %s is no disagreement any more, or not in the catalogue; take it out of the table", d.item, d.list, d.published)
	}
	t.Logf("%d items, %d published, %d agree, %d explained", len(records), published, agreed, len(disagreements))
}
