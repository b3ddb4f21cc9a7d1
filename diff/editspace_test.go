package diff_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

const editWords = `schema: 1
units:
  - {id: W, dimension: power, factor: "1"}
  - {id: kW, dimension: power, factor: "1000"}
  - {id: K, dimension: temperature, factor: "1"}
  - {id: Cel, dimension: temperature, factor: "1", offset: "273.15"}
  - {id: m, dimension: length, factor: "1"}
kinds:
  - {id: laser}
  - {id: gas-laser, broader: [laser]}
  - {id: oven}
  - {id: machine}
  - {id: pump}
  - {id: valve}
  - {id: component}
  - {id: software}
parts: [{id: axis}, {id: joint}]
attributes:
  - {id: output, type: number, dimension: power, unit: W, of: [laser], min: "0"}
  - {id: medium, type: term, of: [laser], terms: [{id: gas}, {id: solid}, {id: dye}]}
  - {id: hottest, type: number, dimension: temperature, unit: K, of: [oven], min: "0"}
  - {id: civil, type: boolean, of: [laser, oven, pump]}
  - {id: travel, type: number, dimension: length, unit: m, of: [axis, joint], min: "0"}
functions: [{id: development}, {id: production}, {id: specially-designed}]
nominal: [["958 K", "685 Cel"]]
`

const editBase = `schema: 1
list: own
edition: {effective: "2026-01-01", instrument: Act 1, cite: "https://act/1"}
covers: {codes: ["6A1"], kinds: [laser, oven, machine, pump, valve, component, software], note: read whole}
general: [{id: public, applies-to: ["6D"], except: [{opaque: in-public-domain}], note: general note}]
review: ["6*"]
entries:
- {code: "6A1", title: lasers, kind: laser, when: {output: "> 20 W", medium: [gas, solid]}, except: [{when: {civil: true}, note: Note 1}], therefor: [{as: specially-designed, kind: component, note: and components}], reasons: [NS, {reason: MT, criterion: {when: {output: "> 90 W"}}}], implements: ["reg:1"], residue: [{id: shown, effect: none, text: as shown}]}
- {code: "6A2", title: ovens, kind: oven, paragraphs: [{code: "6A2.a", when: {hottest: "> 958 K", civil: false}}, {code: "6A2.b", when: {hottest: "> 1200 K", civil: true}}]}
- {code: "2B1", title: machines, kind: machine, some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}}
- {code: "2B2", title: pumps, kind: pump, all: [{code: "2B2.a", opaque: for-vacuum}, {code: "2B2.b", when: {civil: false}}], presume: {when: {opaque: for-vacuum}, unless: {opaque: in-a-ship}}}
- {code: "2B3", title: valves, kind: valve, transfer: {to: [CN]}}
- {code: "6D1", title: software, kind: software, for: {function: [development], controlled-by: ["6A1"]}}
- {code: "6D2", title: other software, kind: software, for: {function: [production], controlled-by: ["6A2"]}, elsewhere: true, residue: [{id: custom, effect: narrows, text: made to order}]}
- {code: "9", title: kept free, status: reserved}
`

// An edit is one way in which a list file changes, and what that does to the paragraph of the code. The old text stands in editBase.
type edit struct {
	why      string
	old, new string
	code     string // empty where only the edition differs
	effect   diff.Effect
	caught   bool // by the list as a whole
	released bool
	grade    scope.Grade
}

const none, boundary, nominal, substantive = scope.NoDifference, scope.BoundaryOnly, scope.Nominal, scope.Substantive

var edits = []edit{
	{"a threshold raised releases what lies between", `"> 20 W"`, `"> 30 W"`, "6A1", diff.Loosened, false, true, substantive},
	{"a threshold lowered catches it", `"> 20 W"`, `"> 10 W"`, "6A1", diff.Tightened, true, false, substantive},
	{"strictness: the number itself", `"> 20 W"`, `">= 20 W"`, "6A1", diff.Tightened, true, false, boundary},
	{"another unit for the same number", `"> 20 W"`, `"> 0.02 kW"`, "6A1", diff.Editorial, false, false, none},
	{"the other number of a printed pair", `"> 958 K"`, `"> 685 Cel"`, "6A2.a", diff.Loosened, false, true, nominal},
	{"an upper bound besides", `"> 20 W"`, `"> 20 W, <= 50 W"`, "6A1", diff.Loosened, false, true, substantive},
	{"another span", `"> 20 W"`, `"> 10 W, <= 50 W"`, "6A1", diff.Mixed, true, true, substantive},
	{"a condition on another attribute", `medium: [gas, solid]`, `civil: true`, "6A1", diff.Removed, false, true, substantive},
	{"a term added", `[gas, solid]`, `[gas, solid, dye]`, "6A1", diff.Tightened, true, false, substantive},
	{"a term dropped", `[gas, solid]`, `[gas]`, "6A1", diff.Loosened, false, true, substantive},
	{"a truth value changed", `"> 1200 K", civil: true`, `"> 1200 K", civil: false`, "6A2.b", diff.Mixed, false, true, substantive},
	{"an exclusion dropped", `except: [{when: {civil: true}, note: Note 1}], `, ``, "6A1", diff.Tightened, true, false, substantive},
	{"an exclusion added", `kind: pump, `, `kind: pump, except: [{opaque: hand-driven}], `, "2B2", diff.Loosened, false, true, substantive},
	{"the words of an exclusion", `Note 1`, `Note 2`, "6A1", diff.Editorial, false, false, none},
	{"more parts asked for", `at-least: 2`, `at-least: 3`, "2B1", diff.Loosened, false, true, substantive},
	{"other parts", `of: axis`, `of: joint`, "2B1", diff.Mixed, true, true, substantive},
	{"a threshold of a part", `"> 1 m"`, `"> 2 m"`, "2B1", diff.Loosened, false, true, substantive},
	{"every part instead of some", `some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}`, `every: {of: axis, where: {when: {travel: "> 1 m"}}}`, "2B1", diff.Mixed, true, true, substantive},
	{"no part instead of some", `some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}`, `none: {of: axis, where: {when: {travel: "> 1 m"}}}`, "2B1", diff.Mixed, true, true, substantive},
	{"a function added", `[development]`, `[development, production]`, "6D1", diff.Tightened, true, false, substantive},
	{"another target", `controlled-by: ["6A1"]`, `controlled-by: ["6A2"]`, "6D1", diff.Mixed, true, true, substantive},
	{"a target by a range of codes", `controlled-by: ["6A1"]`, `controlled-by: [{from: "6A1", to: "6A2"}]`, "6D1", diff.Tightened, true, false, substantive},
	{"a target of another list", `controlled-by: ["6A1"]`, `controlled-by: ["6A1", "reg:2"]`, "6D1", diff.Tightened, true, false, substantive},
	{"the target's criterion, without its kinds, exclusions and components", `for: {function: [development], controlled-by: ["6A1"]}`, `for: {function: [development], target: {meets: ["6A1"]}}`, "6D1", diff.Mixed, true, true, substantive},
	{"the kind narrowed", `kind: laser`, `kind: gas-laser`, "6A1", diff.Loosened, false, true, substantive},
	{"the kind widened", `kind: valve`, `kind: [valve, machine]`, "2B3", diff.Tightened, true, false, substantive},
	{"a destination added", `[CN]`, `[CN, RU]`, "2B3", diff.Tightened, true, false, substantive},
	{"any destination", `, transfer: {to: [CN]}`, ``, "2B3", diff.Tightened, true, false, substantive},
	{"one of two conditions is enough", `all: [{code: "2B2.a"`, `any: [{code: "2B2.a"`, "2B2", diff.Tightened, true, false, substantive},
	{"the opposite", `kind: machine, some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}`, `kind: machine, not: {some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}}`, "2B1", diff.Mixed, true, true, substantive},
	{"another predicate", `{code: "2B2.a", opaque: for-vacuum}`, `{code: "2B2.a", opaque: for-plasma}`, "2B2", diff.Mixed, true, true, substantive},
	{"the code of a condition", `"2B2.b"`, `"2B2.c"`, "2B2", diff.Editorial, false, false, none},
	{"the condition of a code", `{code: "2B2.b", when: {civil: false}}`, `{code: "2B2.b", when: {civil: true}}`, "2B2", diff.Mixed, true, true, substantive},
	{"no longer only what is not specified elsewhere: nothing else specifies it", `, elsewhere: true`, ``, "6D2", diff.Editorial, false, false, none},
	{"a condition that the criterion does not model", `kind: machine`, `kind: machine, residue: [{id: heavy, effect: narrows, text: heavy ones}]`, "2B1", diff.Undecidable, false, true, substantive},
	{"the same within the criterion", `{code: "2B2.a", opaque: for-vacuum}`, `{code: "2B2.a", opaque: for-vacuum, residue: [{id: high, effect: narrows, text: high vacuum}]}`, "2B2", diff.Undecidable, false, true, substantive},
	{"another residue", `id: custom`, `id: standard`, "6D2", diff.Undecidable, true, true, substantive},
	{"residue dropped", `, residue: [{id: custom, effect: narrows, text: made to order}]`, ``, "6D2", diff.Undecidable, true, false, substantive},
	{"residue in other words", `made to order`, `made for one buyer`, "6D2", diff.Editorial, false, false, none},
	{"residue that widens", `id: shown, effect: none`, `id: shown, effect: widens`, "6A1", diff.Undecidable, true, false, substantive},
	{"the things for it widened", `therefor: [{as: specially-designed, kind: component`, `therefor: [{as: specially-designed, kind: [component, pump]`, "6A1", diff.Tightened, true, false, substantive},
	{"what such things are to it", `therefor: [{as: specially-designed`, `therefor: [{as: production`, "6A1", diff.Mixed, true, true, substantive},
	{"the code of a branch", `therefor: [{as`, `therefor: [{code: "6A1.z", as`, "6A1", diff.Editorial, false, false, none},
	{"the words of a branch", `and components`, `with components`, "6A1", diff.Editorial, false, false, none},
	{"a presumption dropped", `, presume: {when: {opaque: for-vacuum}, unless: {opaque: in-a-ship}}`, ``, "2B2", diff.Loosened, false, true, substantive},
	{"a presumption without its exception", `, unless: {opaque: in-a-ship}`, ``, "2B2", diff.Tightened, true, false, substantive},
	{"a code that comes into use", `{code: "9", title: kept free, status: reserved}`, `{code: "9", title: presses, kind: machine}`, "9", diff.Added, true, false, substantive},
	{"a code no longer used", `{code: "2B1", title: machines, kind: machine, some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}}`, `{code: "2B1", status: not-used}`, "2B1", diff.Removed, false, true, substantive},
	{"a pointer catches nothing", `{code: "2B1", title: machines, kind: machine, some: {of: axis, where: {when: {travel: "> 1 m"}}, at-least: 2}}`, `{code: "2B1", title: machines, coverage: pointer}`, "2B1", diff.Removed, false, true, substantive},
	{"how much is encoded", `title: machines`, `title: machines, coverage: full`, "2B1", diff.Editorial, false, false, none},
	{"a new paragraph", `- {code: "9"`, "- {code: \"8A1\", title: presses, kind: machine}\n- {code: \"9\"", "8A1", diff.Added, true, false, substantive},
	{"a new paragraph that catches nothing new", `- {code: "9"`, "- {code: \"8A1\", kind: gas-laser, when: {output: \"> 50 W\", medium: gas}, except: [{when: {civil: true}}]}\n- {code: \"9\"", "8A1", diff.Moved, false, false, none},
	{"a new paragraph below another", `paragraphs: [`, `paragraphs: [{code: "6A2.0", when: {hottest: "< 9 K"}}, `, "6A2.0", diff.Added, true, false, substantive},
	{"a paragraph gone", `- {code: "2B3", title: valves, kind: valve, transfer: {to: [CN]}}` + "\n", ``, "2B3", diff.Removed, false, true, substantive},
	{"what one no longer catches, another does", `{code: "6A2.a", when: {hottest: "> 958 K", civil: false}}, {code: "6A2.b", when: {hottest: "> 1200 K", civil: true}}`, `{code: "6A2.b", any: [{when: {hottest: "> 1200 K", civil: true}}, {when: {hottest: "> 958 K", civil: false}}]}`, "6A2.a", diff.Moved, false, false, none},
	{"the same under another code", `"2B1"`, `"2B7"`, "2B7", diff.Renumbered, false, false, none},
	{"a code moved on by another: the one that had it", `{code: "6A2.b"`, `{code: "6A2.b", when: {hottest: "< 5 K"}}, {code: "6A2.c"`, "6A2.c", diff.Renumbered, true, false, none},
	{"under another paragraph", `, {code: "6A2.b", when: {hottest: "> 1200 K", civil: true}}]}`, "]}\n- {code: \"6A2.b\", kind: oven, when: {hottest: \"> 1200 K\", civil: true}}", "6A2.b", diff.Editorial, false, false, none},
	{"a general note widened", `{opaque: in-public-domain}`, `{opaque: in-public-domain}, {opaque: minimal}`, "6D1", diff.Loosened, false, true, substantive},
	{"a general note on more", `applies-to: ["6D"]`, `applies-to: ["6D", "6A2"]`, "6A2.a", diff.Loosened, false, true, substantive},
	{"a general note by another name", `id: public,`, `id: open,`, "", "", false, false, none},
	{"the words of a general note", `note: general note`, `note: the note`, "", "", false, false, none},
	{"a title", `title: lasers`, `title: laser devices`, "6A1", diff.Editorial, false, false, none},
	{"a note", `title: lasers`, `title: lasers, note: see 6A2`, "6A1", diff.Editorial, false, false, none},
	{"a citation", `title: lasers`, `title: lasers, cite: "6A1"`, "6A1", diff.Editorial, false, false, none},
	{"a correction", `title: lasers`, `title: lasers, corrects: was misread`, "6A1", diff.Editorial, false, false, none},
	{"a digest", `title: lasers`, `title: lasers, source-sha256: "` + strings.Repeat("a", 64) + `"`, "6A1", diff.Editorial, false, false, none},
	{"a class", `title: lasers`, `title: lasers, category: I`, "6A1", diff.Editorial, false, false, none},
	{"what it implements", `"reg:1"`, `"reg:2"`, "6A1", diff.Editorial, false, false, none},
	{"a reason for control", `[NS, {`, `[NS, RS, {`, "6A1", diff.Editorial, false, false, none},
	{"a reason for a part, by name", `reason: MT`, `reason: NP`, "6A1", diff.Editorial, false, false, none},
	{"a reason for a part, by condition", `"> 90 W"`, `"> 80 W"`, "6A1", diff.Editorial, false, false, none},
	{"when it began", `title: lasers`, `title: lasers, since: "2020"`, "6A1", diff.Editorial, false, false, none},
	{"when it lapses", `title: lasers`, `title: lasers, expires: "2030"`, "6A1", diff.Editorial, false, false, none},
	{"when it is due for review", `title: lasers`, `title: lasers, review-by: "2028"`, "6A1", diff.Editorial, false, false, none},
	{"the date in force", `effective: "2026-01-01"`, `effective: "2026-02-01"`, "", "", false, false, none},
	{"the date seen", `effective: "2026-01-01"`, `effective: "2026-01-01", seen: "2026-03-01"`, "", "", false, false, none},
	{"the date until", `effective: "2026-01-01"`, `effective: "2026-01-01", until: "2027-01-01"`, "", "", false, false, none},
	{"the instrument", `Act 1`, `Act 2`, "", "", false, false, none},
	{"its address", `https://act/1`, `https://act/2`, "", "", false, false, none},
	{"never law", `list: own`, "list: own\nhypothetical: true", "", "", false, false, none},
	{"an edition corrected", `list: own`, "list: own\ncorrects: was misread", "", "", false, false, none},
	{"an edition's note", `list: own`, "list: own\nnote: of interest", "", "", false, false, none},
	{"the order of review", `["6*"]`, `["2*", "6*"]`, "", "", false, false, none},
	{"what is encoded, by code", `codes: ["6A1"]`, `codes: ["6A1", "6A2"]`, "", "", false, false, none},
	{"what is encoded, by kind", `kinds: [laser, oven`, `kinds: [laser`, "", "", false, false, none},
	{"what is encoded, but not what is for it", `kinds: [laser, oven`, `alone: [oven], kinds: [laser`, "", "", false, false, none},
	{"how that was looked for", `read whole`, `read twice`, "", "", false, false, none},
}

// never are the fields that no edit of a list changes, and why.
var never = map[string]string{
	"Edition.List": "is the same where editions of one list are compared",
	"Edition.Base": "is nothing of what a difference file makes of its base",
	"Ref":          "is made when references are resolved",
	"Ref.C":        "is made when references are resolved",
}

// pair compiles two editions of the list, the second of which need not differ in date.
func pair(t testing.TB, old, new string) *regime.Compiled {
	t.Helper()
	c, err := regime.Load(fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(editWords)}})
	if err != nil {
		t.Fatal(err)
	}
	var v regime.View
	for i, text := range []string{old, new} {
		e, err := regime.ParseList([]string{"old.yaml", "new.yaml"}[i], []byte(text), c.Vocabulary())
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if c, err = c.With(e); err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		v.Editions = append(v.Editions, e)
	}
	k, err := c.Compile(v, regime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func update(t testing.TB, k *regime.Compiled, old, new int, kinds ...string) *diff.Update {
	t.Helper()
	u, err := diff.Editions(k, old, new, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func changeOf(u *diff.Update, code string) *diff.Change {
	for i := range u.Changes {
		if ch := &u.Changes[i]; ch.New == code || ch.New == "" && ch.Old == code {
			return ch
		}
	}
	return nil
}

// Every way in which a list file can be edited has the effect that the sets of items say.
func TestEditSpace(t *testing.T) {
	touched := map[string]bool{}
	for _, x := range edits {
		t.Run(x.why, func(t *testing.T) {
			if strings.Count(editBase, x.old) != 1 {
				t.Fatalf("%q does not stand once in the base", x.old)
			}
			k := pair(t, editBase, strings.Replace(editBase, x.old, x.new, 1))
			touch(reflect.ValueOf(k.View.Editions[0]), reflect.ValueOf(k.View.Editions[1]), touched)
			u := update(t, k, 0, 1)
			if x.code == "" {
				if len(u.Changes) > 0 || len(u.Fields) == 0 {
					t.Errorf("changes are %+v, fields are %v, want only the latter", u.Changes, u.Fields)
				}
				return
			}
			ch := changeOf(u, x.code)
			if ch == nil {
				t.Fatalf("no change of %s among %+v", x.code, u.Changes)
			}
			if ch.Effect != x.effect || ch.Grade != x.grade {
				t.Errorf("%s is %s, %s, want %s, %s; %+v", x.code, ch.Effect, ch.Grade, x.effect, x.grade, ch)
			}
			if ch.Effect == diff.Editorial && len(ch.Fields) == 0 {
				t.Errorf("%s is %s, of no field", x.code, ch.Effect)
			}
			caught, released := len(u.Caught) > 0, len(u.Released) > 0
			if slices.Contains(ch.Fields, "presume") || purposive(ch) { // no set of items changes, or none of goods
				caught, released = ch.Caught != nil, ch.Released != nil
			}
			if caught != x.caught || released != x.released {
				t.Errorf("the list catches more: %v, fewer: %v, want %v, %v", caught, released, x.caught, x.released)
			}
			witnessed(t, k, u)
			counted(t, k, u)
			mirrored(t, u, update(t, k, 1, 0))
		})
	}
	for _, want := range editable(t) {
		reason, exempt := never[want]
		switch {
		case exempt && touched[want]:
			t.Errorf("an edit changes %s, which %s", want, reason)
		case !exempt && !touched[want]:
			t.Errorf("no edit changes %s", want)
		}
	}
}

// purposive reports whether what shifts is software or a component.
func purposive(ch *diff.Change) bool {
	for _, s := range []*diff.Shift{ch.Caught, ch.Released} {
		if s != nil && slices.ContainsFunc(s.Kinds, func(k string) bool { return slices.Contains(diff.Purposive, k) }) {
			return true
		}
	}
	return false
}

// witnessed checks every witness against both editions.
func witnessed(t *testing.T, k *regime.Compiled, u *diff.Update) {
	t.Helper()
	check := func(s *diff.Shift, in, out int) {
		a, b := k.Lists[in].Whole.Evaluate(&s.Witness), k.Lists[out].Whole.Evaluate(&s.Witness)
		if len(s.Residue) == 0 && (a != scope.True || b != scope.False) || a == scope.False || b == scope.True {
			t.Errorf("witness %s is %v and %v", diff.Describe(s.Witness), a, b)
		}
	}
	for i := range u.Changes {
		ch := &u.Changes[i]
		if slices.Contains(ch.Fields, "presume") {
			continue
		}
		if ch.Caught != nil {
			check(ch.Caught, 1, 0)
		}
		if ch.Released != nil {
			check(ch.Released, 0, 1)
		}
	}
	for i := range u.Caught {
		check(&u.Caught[i], 1, 0)
	}
	for i := range u.Released {
		check(&u.Released[i], 0, 1)
	}
}

// mirrored checks that the way back is the way, backwards.
func mirrored(t *testing.T, u, back *diff.Update) {
	t.Helper()
	opposite := map[diff.Effect]diff.Effect{diff.Added: diff.Removed, diff.Removed: diff.Added, diff.Tightened: diff.Loosened, diff.Loosened: diff.Tightened}
	side := func(s *diff.Shift) string {
		if s == nil {
			return "nothing"
		}
		return fmt.Sprint(diff.Describe(s.Witness), s.Grade, s.Conditions, s.Residue, s.Catching, s.Nearest)
	}
	say := func(ch *diff.Change, mirror bool) string {
		if !mirror {
			return fmt.Sprint(ch.Effect, ch.Grade, ch.Old, "/", ch.New, ch.Fields, side(ch.Caught), side(ch.Released), ch.From, ch.To)
		}
		effect := ch.Effect
		if o := opposite[effect]; o != "" {
			effect = o
		}
		return fmt.Sprint(effect, ch.Grade, ch.New, "/", ch.Old, ch.Fields, side(ch.Released), side(ch.Caught), ch.To, ch.From)
	}
	var a, b []string
	for i := range u.Changes {
		a = append(a, say(&u.Changes[i], false))
	}
	for i := range back.Changes {
		b = append(b, say(&back.Changes[i], true))
	}
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		t.Errorf("the way back is\n%s\nand not\n%s", strings.Join(b, "\n"), strings.Join(a, "\n"))
	}
	for _, x := range [][2][]diff.Shift{{u.Caught, back.Released}, {u.Released, back.Caught}} {
		if !slices.EqualFunc(x[0], x[1], func(p, q diff.Shift) bool { return side(&p) == side(&q) }) {
			t.Errorf("the list's shifts there and back differ:\n%v\n%v", x[0], x[1])
		}
	}
}

// touch notes the fields in which two values of the model differ, as "Type.Field", and the types of criteria.
func touch(a, b reflect.Value, into map[string]bool) bool {
	differ := false
	switch a.Kind() {
	case reflect.Interface:
		x, y := a.Elem(), b.Elem()
		if x.IsValid() && y.IsValid() && x.Type() == y.Type() {
			differ = touch(x, y, into)
			into[x.Type().Name()] = into[x.Type().Name()] || differ
			return differ
		}
		for _, v := range []reflect.Value{x, y} {
			if v.IsValid() {
				into[v.Type().Name()] = true
				touch(v, reflect.Zero(v.Type()), into)
				differ = true
			}
		}
		return differ
	case reflect.Pointer:
		switch {
		case a.IsNil() && b.IsNil():
			return false
		case a.IsNil():
			return touch(reflect.Zero(b.Type().Elem()), b.Elem(), into)
		case b.IsNil():
			return touch(a.Elem(), reflect.Zero(a.Type().Elem()), into)
		}
		return touch(a.Elem(), b.Elem(), into)
	case reflect.Slice:
		nowhere := map[string]bool{}
		for a.Len() > 0 && b.Len() > 0 && !touch(a.Index(0), b.Index(0), nowhere) {
			a, b = a.Slice(1, a.Len()), b.Slice(1, b.Len())
		}
		for a.Len() > 0 && b.Len() > 0 && !touch(a.Index(a.Len()-1), b.Index(b.Len()-1), nowhere) {
			a, b = a.Slice(0, a.Len()-1), b.Slice(0, b.Len()-1)
		}
		zero := reflect.Zero(a.Type().Elem())
		for i := range max(a.Len(), b.Len()) {
			x, y := zero, zero
			if i < a.Len() {
				x = a.Index(i)
			}
			if i < b.Len() {
				y = b.Index(i)
			}
			touch(x, y, into)
			differ = true
		}
		return differ
	case reflect.Struct:
		for i := range a.NumField() {
			f := a.Type().Field(i)
			if f.IsExported() && f.Type != reflect.TypeFor[scope.Pos]() && touch(a.Field(i), b.Field(i), into) {
				into[a.Type().Name()+"."+f.Name] = true
				differ = true
			}
		}
		return differ
	}
	return !a.Equal(b)
}

// editable lists the fields of editions, of all that they are made of, and of every type of criterion, by reading the sources.
func editable(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	for file, only := range map[string][]string{
		"../regime/edition.go":         {"Edition", "Covers", "GeneralNote", "Paragraph", "Exception", "Branch", "Presume", "Residue", "Reason", "Element"},
		"../regime/scope/criterion.go": {"CodeRange"},
	} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls { // a type of criterion is what has the method
			if m, ok := d.(*ast.FuncDecl); ok && m.Name.Name == "isCriterion" {
				of := m.Recv.List[0].Type
				if star, ok := of.(*ast.StarExpr); ok {
					of = star.X
				}
				name := of.(*ast.Ident).Name
				only = append(only, name)
				found[name] = true
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.TypeSpec)
			if !ok || !slices.Contains(only, s.Name.Name) {
				return true
			}
			if x, ok := s.Type.(*ast.StructType); ok {
				for _, field := range x.Fields.List {
					for _, name := range field.Names {
						if name.IsExported() && name.Name != "Pos" {
							found[s.Name.Name+"."+name.Name] = true
						}
					}
				}
			}
			return true
		})
	}
	if len(found) < 60 {
		t.Fatalf("only %d fields found", len(found))
	}
	return slices.Sorted(maps.Keys(found))
}
