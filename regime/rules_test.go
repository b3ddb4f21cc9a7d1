package regime_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

func vocabulary(t testing.TB) *scope.Vocabulary {
	t.Helper()
	b, err := os.ReadFile("testdata/vocabulary.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v, err := regime.ParseVocabulary(regime.File{Name: "vocabulary.yaml", Data: b})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Each rule has a file that breaks it, whose `# want` lines are all the errors, and one that does not.
func TestRules(t *testing.T) {
	v := vocabulary(t)
	names, err := filepath.Glob("testdata/rules/*.yaml")
	if err != nil || len(names) < 60 {
		t.Fatalf("%d fixtures, %v", len(names), err)
	}
	for _, name := range names {
		base := filepath.Base(name)
		t.Run(base, func(t *testing.T) {
			data := read(t, name)
			_, err := regime.ParseList(base, []byte(data), v)
			if strings.HasSuffix(base, ".good.yaml") {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if _, err := os.Stat(strings.Replace(name, ".bad.", ".good.", 1)); err != nil {
				t.Error(err)
			}
			rule := ""
			var want []string
			for line := range strings.Lines(data) {
				if r, ok := strings.CutPrefix(line, "# rule: "); ok {
					rule = strings.TrimSpace(r)
				}
				if w, ok := strings.CutPrefix(line, "# want "); ok {
					want = append(want, base+":"+strings.TrimSpace(w))
				}
			}
			errs, _ := err.(scope.Errors)
			if d := cmp.Diff(strings.Join(want, "\n"), errs.Error()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for _, e := range errs {
				if e.Rule != rule {
					t.Errorf("%v is of rule %q, want %q", e, e.Rule, rule)
				}
			}
		})
	}
}
