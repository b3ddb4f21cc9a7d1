package regime

import (
	"iter"
	"path"

	"github.com/openconcord/concord/regime/scope"
)

// An Edition is a control list as in force from a date until its next edition. It is immutable:
// do not change what it holds. Make one with [ParseList], or take it from a [Corpus].
type Edition struct {
	List       string
	Effective  Date // the date in force, where it is known
	Seen       Date // else the date at which the text was seen in this state
	Until      Date // the first date on which it is no longer in force, where no edition follows; else zero
	Instrument string
	Cite       string
	Base       Date // of the edition that the file differs from; zero where the file is complete

	Hypothetical bool   // never was law: a proposal or a what-if
	Corrects     string // what an earlier reading of this edition had wrong
	Note         string

	// Review is the order in which the list's own rules have its entries reviewed where several may catch an item: patterns of
	// entry codes as of [path.Match], the first to be reviewed first. Entries that match none come after.
	Review []string

	Covers  Covers
	General []GeneralNote
	Entries []*Paragraph // in document order; of a difference file that nothing applied yet: none
	Pos     scope.Pos    // of the list's id in its file

	changes []*Paragraph
	removed []removal
	places  map[string]*place
}

// ReviewRank is the place of a paragraph's entry in the order of review; the less, the earlier.
func (e *Edition) ReviewRank(code string) int {
	if len(e.Review) == 0 {
		return 0
	}
	entry := code
	if at := e.places[code]; at != nil {
		entry = at.chain[0].Code
	}
	for i, pattern := range e.Review {
		if ok, _ := path.Match(pattern, entry); ok {
			return i
		}
	}
	return len(e.Review)
}

// Covers says what of a list is encoded. Within it an absence is a fact; outside it is not known.
type Covers struct {
	Codes []string // encoded completely, with all below
	Kinds []string // every control of the list on things of these kinds, within the encoded subject
	Alone []string // the same of these, but not of what is for them: software, technology, components
	Note  string   // how this was looked for
}

// A GeneralNote releases items from every paragraph under its codes and groups.
type GeneralNote struct {
	ID        string
	AppliesTo []string
	Except    []Exception
	Note      string
	Pos       scope.Pos
}

// A Paragraph is a numbered control or one of its lettered parts.
type Paragraph struct {
	Code  string
	Title string // our words

	// Own is what the paragraph itself states: without what it inherits, its exceptions, residue and
	// parts. Nil states nothing. References stand in it unresolved; [Corpus.Criterion] resolves them.
	Own        scope.Criterion
	Except     []Exception
	Therefor   []Branch
	Presume    *Presume
	Residue    []Residue
	Elements   []Element // the coded elements of Own
	Paragraphs []*Paragraph

	Status     string // "", "not-used" or "reserved": the latter two catch nothing
	Coverage   string // "", "full", "partial", or "pointer", which catches nothing
	Implements []string
	Reasons    []string // every reason, as the authority writes it
	Partial    []Reason // reasons that hold for a part of the paragraph only
	Category   string

	Since, Expires, ReviewBy Date

	Cite         string
	Note         string
	Corrects     string
	SourceSHA256 string
	Pos          scope.Pos // of the code in its file

	under codeAt
}

// An Exception releases what satisfies Criterion.
type Exception struct {
	Criterion scope.Criterion
	Note      string // where it stands
	Pos       scope.Pos
}

// A Branch is what a paragraph catches besides, free of its kind and conditions: things that are As, such
// as specially designed, to what the paragraph catches; or with no As, whatever satisfies Criterion.
type Branch struct {
	Code      string
	As        []string
	Criterion scope.Criterion
	Note      string
	Pos       scope.Pos
}

// Presume settles an undetermined item in classification: it counts as caught where When holds and Unless does not.
type Presume struct{ When, Unless scope.Criterion }

// Residue is what a paragraph says and its criterion does not model.
type Residue struct {
	ID     string
	Effect scope.Effect
	Text   string
	Pos    scope.Pos
}

// A Reason for control holds for what of a paragraph satisfies Criterion.
type Reason struct {
	Name      string
	Criterion scope.Criterion
	Pos       scope.Pos
}

// An Element is a condition within a criterion that has an official code of its own.
type Element struct {
	Code      string
	Criterion scope.Criterion
	Pos       scope.Pos
}

// codeAt is a code where it stands.
type codeAt struct {
	code string
	pos  scope.Pos
}

// Date is the date in force where it is known, else the date at which the edition was seen.
func (e *Edition) Date() Date {
	if !e.Effective.IsZero() {
		return e.Effective
	}
	return e.Seen
}

// All yields every paragraph in document order, parents first.
func (e *Edition) All() iter.Seq[*Paragraph] {
	return func(yield func(*Paragraph) bool) { walk(e.Entries, yield) }
}

func walk(ps []*Paragraph, yield func(*Paragraph) bool) bool {
	for _, p := range ps {
		if !yield(p) || !walk(p.Paragraphs, yield) {
			return false
		}
	}
	return true
}

// Paragraph is the paragraph with this code, or that has an element with it; nil if there is none.
func (e *Edition) Paragraph(code string) *Paragraph {
	if at := e.places[code]; at != nil {
		return at.paragraph()
	}
	return nil
}

// Ancestors is the chain from the entry down to the parent of the paragraph with this code; empty for
// an entry and for a code that is not there.
func (e *Edition) Ancestors(code string) []*Paragraph {
	at := e.places[code]
	if at == nil {
		return nil
	}
	var out []*Paragraph
	for _, p := range at.chain[:len(at.chain)-1] {
		out = append(out, p)
	}
	return out
}

// nothing reports whether p catches nothing by its status.
func (p *Paragraph) nothing() bool { return p.Status != "" || p.Coverage == "pointer" }

// place is where a code stands in an edition.
type place struct {
	chain   []*Paragraph // from the entry to the paragraph
	element *Element     // not nil where the code is that of an element of the paragraph
	order   int          // of document order
}

func (at *place) paragraph() *Paragraph { return at.chain[len(at.chain)-1] }

// parent is the paragraph that at's paragraph belongs to, or nil for an entry.
func (at *place) parent() *Paragraph {
	if len(at.chain) < 2 {
		return nil
	}
	return at.chain[len(at.chain)-2]
}

// index notes where each code stands, and reports codes that stand twice.
func (e *Edition) index() (errs scope.Errors) {
	e.places = map[string]*place{}
	add := func(code string, pos scope.Pos, at *place) {
		if first := e.places[code]; first != nil {
			was := first.paragraph().Pos
			if first.element != nil {
				was = first.element.Pos
			}
			errs = append(errs, errorf(pos, "duplicate-code", "code %q stands already at %v; keep one", code, was))
			return
		}
		at.order = len(e.places)
		e.places[code] = at
	}
	var descend func(chain []*Paragraph, ps []*Paragraph)
	descend = func(chain []*Paragraph, ps []*Paragraph) {
		for _, p := range ps {
			own := append(chain[:len(chain):len(chain)], p)
			add(p.Code, p.Pos, &place{chain: own})
			for i := range p.Elements {
				add(p.Elements[i].Code, p.Elements[i].Pos, &place{chain: own, element: &p.Elements[i]})
			}
			descend(own, p.Paragraphs)
		}
	}
	descend(nil, e.Entries)
	return errs
}
