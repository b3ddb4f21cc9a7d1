package classify_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

// catalogue is the items of the examples, file by file.
var catalogue = sync.OnceValues(func() ([]classify.Record, error) {
	c, err := regime.Builtin()
	if err != nil {
		return nil, err
	}
	fsys := os.DirFS("../examples/items/catalogue")
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []classify.Record
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		records, err := classify.ReadRecords(name, data, c.Vocabulary())
		if err != nil {
			return nil, err
		}
		all = append(all, records...)
	}
	return all, nil
})

// anywhere is the newest editions, where any destination counts.
var anywhere = sync.OnceValues(func() (*regime.Compiled, error) {
	c, err := regime.Builtin()
	if err != nil {
		return nil, err
	}
	v, err := c.Newest()
	if err != nil {
		return nil, err
	}
	return c.Compile(v, regime.Options{AnyDestination: true})
})

// dated remembers editions that are not the newest, by list and date of the edition.
var dated = map[string]*regime.Compiled{}

// on is what a list does to an item on a date, by the edition in force then; by the newest where there is none or no date.
func on(t testing.TB, list string, date regime.Date, r *classify.Record) classify.Result {
	t.Helper()
	k, err := anywhere()
	if err != nil {
		t.Fatal(err)
	}
	e := k.View.Edition(list)
	if v, err := k.Corpus.At(date, list); err != nil {
		t.Fatal(err)
	} else if then := v.Edition(list); then != nil && then.Date() != e.Date() {
		key := list + " " + then.Date().String()
		if dated[key] == nil {
			if dated[key], err = k.Corpus.Compile(v, regime.Options{AnyDestination: true}); err != nil {
				t.Fatal(err)
			}
		}
		k = dated[key]
	}
	results := classify.Item(k, &r.Item)
	return results[slices.IndexFunc(results, func(r classify.Result) bool { return r.List == list })]
}

func found(t testing.TB, id string) *classify.Record {
	t.Helper()
	records, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for i := range records {
		if records[i].ID == id {
			return &records[i]
		}
	}
	t.Fatalf("the catalogue has no %s", id)
	return nil
}

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
	records, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
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
	records, err := catalogue()
	if err != nil {
		t.Fatal(err)
	}
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

func date(t testing.TB, text string) regime.Date {
	t.Helper()
	d, err := regime.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
