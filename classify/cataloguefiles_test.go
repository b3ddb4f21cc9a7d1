package classify_test

import (
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
)

// catalogueFiles is the files of the catalogue, by name.
func catalogueFiles(t testing.TB) map[string][]byte {
	t.Helper()
	fsys := os.DirFS("../examples/items/catalogue")
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = fs.ReadFile(fsys, name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// records is the items of the catalogue, file by file.
var records []classify.Record

func catalogue(t testing.TB) []classify.Record {
	t.Helper()
	if records != nil {
		return records
	}
	c, err := regime.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	files := catalogueFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		some, err := classify.ReadRecords(name, files[name], c.Vocabulary())
		if err != nil {
			t.Error(err)
		}
		records = append(records, some...)
	}
	return records
}

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

// dated remembers editions that are not the newest, for the kinds of the catalogue alone, by list and date of the edition.
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
			var kinds []string
			for _, r := range catalogue(t) {
				kinds = append(kinds, r.Kinds...)
			}
			if dated[key], err = k.Corpus.Compile(v, regime.Options{AnyDestination: true, Kinds: kinds}); err != nil {
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
	records := catalogue(t)
	for i := range records {
		if records[i].ID == id {
			return &records[i]
		}
	}
	t.Fatalf("the catalogue has no %s", id)
	return nil
}

func date(t testing.TB, text string) regime.Date {
	t.Helper()
	d, err := regime.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
