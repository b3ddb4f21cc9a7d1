package regime

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// A Corpus is lists, the authorities that issue them, and the vocabulary they share. It is immutable and
// safe for concurrent use. Editions are read when they are first asked for.
type Corpus struct {
	vocabulary  *scope.Vocabulary
	authorities []Authority          // by ID
	lists       map[string][]*stored // by date
	licensing   map[string]func() (*Licensing, error)
	resolver    func() *sharedResolver // of the editions of this corpus
}

// stored is an edition in its file: parse reads the file, and whole applies it to its base.
type stored struct {
	list  string
	date  Date
	parse func() (*Edition, error)
	whole func() (*Edition, error)
}

type parser func(name string, data []byte, v *scope.Vocabulary) (*Edition, error)

// Load reads the vocabulary, the authorities and every edition under fsys:
//
//	vocabulary/<topic>.yaml
//	authorities/<id>.yaml
//	lists/<list>/<date>.yaml
//	licensing/<authority>.yaml
//
// The corpus is never nil and holds all that is right. The error is a [scope.Errors] of all that is wrong, with
// positions under fsys. An edition that is wrong keeps its place: asking for it gives its error, and nothing
// older answers for its dates.
func Load(fsys fs.FS) (*Corpus, error) {
	c, errs := open(fsys, ParseList)
	unresolved := map[*stored]scope.Errors{}
	for _, id := range c.Lists() {
		var before *Edition
		for _, s := range c.lists[id] {
			e, err := s.whole()
			errs = append(errs, asErrors(err)...)
			if err != nil {
				continue
			}
			if bad := c.checkReferences(e); len(bad) > 0 {
				errs = append(errs, bad...)
				unresolved[s] = bad
			}
			if before != nil && e.Date().First().Before(before.Until) {
				errs = append(errs, errorf(before.Pos, "overlap", "edition %v ends on %v, after edition %v begins; leave out `until` or mend it",
					before.Date(), before.Until, e.Date()))
			}
			before = e
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.licensing)) {
		l, err := c.licensing[id]()
		if errs = append(errs, asErrors(err)...); err != nil {
			continue
		}
		if bad := c.checkLicensing(l); len(bad) > 0 {
			errs = append(errs, bad...)
			c.licensing[id] = func() (*Licensing, error) { return nil, bad.Sorted() }
		}
	}
	for s, bad := range unresolved {
		s.whole = func() (*Edition, error) { return nil, bad.Sorted() }
	}
	c.forget()
	return c, asError(errs)
}

// open reads the vocabulary and the authorities, and lists the editions; parse reads each when it is asked for.
func open(fsys fs.FS, parse parser) (*Corpus, scope.Errors) {
	c := &Corpus{lists: map[string][]*stored{}, licensing: map[string]func() (*Licensing, error){}}
	c.forget()
	var errs scope.Errors
	files, bad := readAll(fsys, "vocabulary")
	errs = append(errs, bad...)
	v, err := ParseVocabulary(files...)
	errs = append(errs, asErrors(err)...)
	c.vocabulary = v

	files, bad = readAll(fsys, "authorities")
	errs = append(errs, bad...)
	for _, f := range files {
		a, err := ParseAuthority(f.Name, f.Data)
		switch {
		case err != nil:
			errs = append(errs, asErrors(err)...)
		case path.Base(f.Name) != a.ID+".yaml":
			errs = append(errs, errorf(a.Pos, "file-name", "authority %q stands in %s; name the file %s.yaml", a.ID, path.Base(f.Name), a.ID))
		default:
			c.authorities = append(c.authorities, a)
		}
	}
	slices.SortFunc(c.authorities, func(a, b Authority) int { return strings.Compare(a.ID, b.ID) })

	folders, err := fs.ReadDir(fsys, "lists")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, errorf(scope.Pos{File: "lists"}, "read", "%v", err))
	}
	for _, d := range folders {
		if d.IsDir() {
			errs = append(errs, c.openList(fsys, d.Name(), parse)...)
		}
	}
	return c, append(errs, c.openLicensing(fsys)...)
}

// forget begins with no meanings resolved.
func (c *Corpus) forget() {
	c.resolver = sync.OnceValue(func() *sharedResolver { return &sharedResolver{resolver: newResolver(c)} })
}

// openList notes the editions of a list by their file names.
func (c *Corpus) openList(fsys fs.FS, list string, parse parser) (errs scope.Errors) {
	folder := path.Join("lists", list)
	names, errs := yamlFiles(fsys, folder)
	for _, name := range names {
		date, err := ParseDate(strings.TrimSuffix(path.Base(name), ".yaml"))
		if err != nil {
			errs = append(errs, errorf(scope.Pos{File: name}, "file-name", "file name %q is not the date of an edition; write \"2026-07-23.yaml\"", path.Base(name)))
			continue
		}
		c.put(list, date, func() (*Edition, error) {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, scope.Errors{errorf(scope.Pos{File: name}, "read", "%v", err)}
			}
			e, err := parse(name, data, c.vocabulary)
			if err != nil {
				return nil, err
			}
			return e, asError(e.misplaced(list, date))
		})
	}
	return append(errs, c.overlaps(list)...)
}

// openLicensing notes the licensing rules by their file names.
func (c *Corpus) openLicensing(fsys fs.FS) scope.Errors {
	names, errs := yamlFiles(fsys, "licensing")
	for _, name := range names {
		id := strings.TrimSuffix(path.Base(name), ".yaml")
		c.licensing[id] = sync.OnceValues(func() (*Licensing, error) {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, scope.Errors{errorf(scope.Pos{File: name}, "read", "%v", err)}
			}
			l, err := ParseLicensing(name, data, c.vocabulary)
			if err == nil && l.Authority != id {
				return nil, scope.Errors{errorf(l.Pos, "file-name", "licensing of %q stands in %s; name the file %s.yaml", l.Authority, path.Base(name), l.Authority)}
			}
			return l, err
		})
	}
	return errs
}

// Licensing is the licensing rules of an authority. The error is [ErrNoLicensing], or the [scope.Errors] of its file.
func (c *Corpus) Licensing(authority string) (*Licensing, error) {
	l, ok := c.licensing[authority]
	if !ok {
		return nil, fmt.Errorf("authority %q: %w", authority, ErrNoLicensing)
	}
	return l()
}

// put adds an edition in order of date, in the place of one with the same date.
func (c *Corpus) put(list string, date Date, parse func() (*Edition, error)) {
	s := &stored{list: list, date: date, parse: sync.OnceValues(parse)}
	s.whole = sync.OnceValues(func() (*Edition, error) { return c.applied(s) })
	i, found := slices.BinarySearchFunc(c.lists[list], date, func(s *stored, d Date) int { return s.date.Compare(d) })
	if found {
		c.lists[list] = slices.Clone(c.lists[list])
		c.lists[list][i] = s
		return
	}
	c.lists[list] = slices.Insert(slices.Clone(c.lists[list]), i, s)
}

// applied follows the bases of s down to a complete edition and applies the differences in turn.
func (c *Corpus) applied(s *stored) (*Edition, error) {
	var chain []*Edition
	seen := map[*stored]bool{}
	for {
		e, err := s.parse()
		if err != nil {
			if len(chain) > 0 {
				return nil, scope.Errors{errorf(chain[len(chain)-1].Pos, "base", "base %v of list %q is not usable; mend it first", s.date, s.list)}
			}
			return nil, err
		}
		seen[s] = true
		chain = append(chain, e)
		if e.Base.IsZero() {
			break
		}
		next := c.find(s.list, e.Base)
		switch {
		case next == nil:
			return nil, scope.Errors{errorf(e.Pos, "base", "base %v is not an edition of list %q; editions are %s", e.Base, s.list, datesOf(c.lists[s.list]))}
		case seen[next]:
			return nil, scope.Errors{errorf(e.Pos, "base", "base %v leads back to this edition; make one of them complete", e.Base)}
		}
		s = next
	}
	e := chain[len(chain)-1]
	for i := len(chain) - 2; i >= 0; i-- {
		next, err := chain[i].On(e)
		if err != nil {
			return nil, err
		}
		e = next
	}
	return e, nil
}

// misplaced reports where an edition says something else than its file name.
func (e *Edition) misplaced(list string, date Date) (errs scope.Errors) {
	if e.List != list {
		errs = append(errs, errorf(e.Pos, "file-name", "list %q stands in folder %q; make them the same", e.List, list))
	}
	if e.Date() != date {
		errs = append(errs, errorf(e.Pos, "file-name", "edition of %v stands in file %v.yaml; make them the same", e.Date(), date))
	}
	return errs
}

// overlaps reports editions of a list whose dates do not tell which is the earlier.
func (c *Corpus) overlaps(list string) (errs scope.Errors) {
	for i, s := range c.lists[list] {
		if i > 0 && !c.lists[list][i-1].date.Last().Before(s.date.First()) {
			errs = append(errs, errorf(scope.Pos{File: path.Join("lists", list, s.date.String()+".yaml")}, "overlap",
				"editions %v and %v of list %q overlap; write the day of both", c.lists[list][i-1].date, s.date, list))
		}
	}
	return errs
}

// With is c with the edition e besides, in the place of one of the same list and date. A difference file
// is applied to its base in c. The error is a [scope.Errors]; c is unchanged in any case.
func (c *Corpus) With(e *Edition) (*Corpus, error) {
	out := &Corpus{vocabulary: c.vocabulary, authorities: c.authorities, licensing: c.licensing, lists: map[string][]*stored{}}
	out.forget()
	for id, l := range c.lists {
		if id != e.List {
			out.lists[id] = l
			continue
		}
		for _, s := range l { // one of them may have e for its base now
			out.put(id, s.date, s.parse)
		}
	}
	out.put(e.List, e.Date(), func() (*Edition, error) { return e, nil })
	whole, err := out.Edition(e.List, e.Date())
	if err != nil {
		return nil, err
	}
	if errs := out.checkReferences(whole); len(errs) > 0 {
		return nil, errs.Sorted()
	}
	return out, nil
}

// Vocabulary is what the criteria of c speak of.
func (c *Corpus) Vocabulary() *scope.Vocabulary { return c.vocabulary }

// Lists is the ids of the lists, sorted.
func (c *Corpus) Lists() []string {
	out := make([]string, 0, len(c.lists))
	for id := range c.lists {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// Editions is the dates of the editions of a list, in order; empty for a list that is not there.
func (c *Corpus) Editions(list string) []Date {
	var out []Date
	for _, s := range c.lists[list] {
		out = append(out, s.date)
	}
	return out
}

// Edition is the edition of a list with exactly this date. The error is [ErrNoList], [ErrNoEdition], or the
// [scope.Errors] of its file.
func (c *Corpus) Edition(list string, date Date) (*Edition, error) {
	s := c.find(list, date)
	switch {
	case s != nil:
		return s.whole()
	case c.lists[list] == nil:
		return nil, c.noList(list)
	}
	return nil, fmt.Errorf("list %q on %v: %w; editions are %s", list, date, ErrNoEdition, datesOf(c.lists[list]))
}

func (c *Corpus) noList(list string) error {
	return fmt.Errorf("list %q: %w%s; lists are %s", list, ErrNoList, suggest(list, c.Lists()), strings.Join(c.Lists(), ", "))
}

func (c *Corpus) find(list string, date Date) *stored {
	for _, s := range c.lists[list] {
		if s.date == date {
			return s
		}
	}
	return nil
}

func datesOf(l []*stored) string {
	names := make([]string, len(l))
	for i, s := range l {
		names[i] = s.date.String()
	}
	return strings.Join(names, ", ")
}

func suggest(name string, names []string) string { return strictyaml.Suggest(name, names) }
