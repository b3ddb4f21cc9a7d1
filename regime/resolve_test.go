package regime_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// files are those of a corpus with the vocabulary of testdata and these lists, by path under lists.
func files(t *testing.T, lists map[string]string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{"vocabulary/words.yaml": {Data: []byte(read(t, "testdata/vocabulary.yaml"))}}
	for name, text := range lists {
		fsys["lists/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// list is an edition of 2026-01-01 with these entries.
func list(id, entries string) string {
	return "schema: 1\nlist: " + id + "\nedition: {effective: \"2026-01-01\"}\n" + strings.Trim(entries, "\n") + "\n"
}

func edition(t *testing.T, c *regime.Corpus, list, date string) *regime.Edition {
	t.Helper()
	d, err := regime.ParseDate(date)
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Edition(list, d)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Each case says the same law twice: with references and inheritance, and written out. Every code of want
// must catch what the same code of got catches.
func TestCriterion(t *testing.T) {
	for _, tt := range []struct{ name, why, got, want string }{
		{
			name: "inheritance", why: "a paragraph has all that its ancestors state, and any of its paragraphs",
			got: `
entries:
  - code: "1A"
    kind: machine
    paragraphs:
      - {code: "1A.a", when: {power: "> 5 W"}}
      - {code: "1A.b", kind: lathe, when: {axes: ">= 3"}}
`,
			want: `
entries:
  - {code: "1A.a", kind: machine, when: {power: "> 5 W"}}
  - {code: "1A.b", kind: lathe, when: {axes: ">= 3"}}
  - {code: "1A", any: [{kind: machine, when: {power: "> 5 W"}}, {kind: lathe, when: {axes: ">= 3"}}]}
`,
		}, {
			name: "exceptions", why: "what an ancestor excepts is out of every part of it",
			got: `
entries:
  - code: "1A"
    kind: machine
    except: [{when: {civil: true}, except: [{when: {hot: true}}]}]
    paragraphs: [{code: "1A.a", when: {power: "> 5 W"}}]
`,
			want: `
entries:
  - {code: "1A.a", kind: machine, when: {power: "> 5 W"}, not: {all: [{when: {civil: true}}, {not: {when: {hot: true}}}]}}
`,
		}, {
			name: "nothing", why: "not used, reserved and pointers catch nothing",
			got: `
entries:
  - code: "1A"
    kind: machine
    paragraphs:
      - {code: "1A.a", status: not-used}
      - {code: "1A.b", status: reserved}
      - {code: "1A.c", coverage: pointer, title: see elsewhere}
      - {code: "1A.d", when: {hot: true}}
`,
			want: `
entries:
  - {code: "1A", kind: machine, when: {hot: true}}
  - {code: "1A.c", kind: machine, except: [{kind: machine}]}
`,
		}, {
			name: "residue", why: "narrows: and; widens: or, within the kinds; evidence: nothing; alone: never the chapeau",
			got: `
entries:
  - code: "1A"
    kind: machine
    paragraphs:
      - {code: "1A.a", when: {hot: true}, residue: [{id: r, effect: narrows, text: t}]}
      - {code: "1A.b", when: {hot: true}, residue: [{id: r, effect: widens, text: t}]}
      - {code: "1A.c", when: {hot: true}, residue: [{id: r, effect: evidence, text: t}]}
      - {code: "1A.d", residue: [{id: r, effect: none, text: t}]}
      - {code: "1A.e", residue: [{id: r, effect: widens, text: t}]}
  - code: "1B"
    kind: machine
    residue: [{id: r, effect: widens, text: "paragraphs that are not encoded"}]
    paragraphs: [{code: "1B.a", when: {hot: true}}]
`,
			want: `
entries:
  - {code: "1A.a", kind: machine, when: {hot: true}, all: [{residue: [{id: r, effect: narrows, text: t}]}]}
  - {code: "1A.b", kind: machine, any: [{when: {hot: true}}, {residue: [{id: r, effect: narrows, text: t}]}]}
  - {code: "1A.c", kind: machine, when: {hot: true}}
  - {code: "1A.d", kind: machine, all: [{residue: [{id: r, effect: narrows, text: t}]}]}
  - {code: "1A.e", kind: machine, all: [{residue: [{id: r, effect: narrows, text: t}]}]}
  - {code: "1B", kind: machine, any: [{when: {hot: true}}, {residue: [{id: r, effect: narrows, text: t}]}]}
  - {code: "1B.a", kind: machine, when: {hot: true}}
`,
		}, {
			name: "controlled-by", why: "a code means it with all below; a group the codes that begin with it; a range the siblings from end to end",
			got: `
entries:
  - code: "1A001"
    kind: machine
    paragraphs:
      - {code: "1A001.a", when: {power: "> 1 W"}}
      - {code: "1A001.b", when: {hot: true}}
      - {code: "1A001.c", when: {axes: ">= 3"}}
      - {code: "1A001.d", when: {civil: true}}
  - {code: "1A010", kind: mixture}
  - {code: "1D001", kind: software, for: {function: [development], controlled-by: ["1A001.b"]}}
  - {code: "1D002", kind: software, for: {function: [development], controlled-by: ["1A"]}}
  - {code: "1D003", kind: software, for: {function: [development], controlled-by: [{from: "1A001.b", to: "1A001.c"}]}}
`,
			want: `
entries:
  - {code: "1D001", kind: software, for: {function: [development], target: {kind: machine, when: {hot: true}}}}
  - code: "1D002"
    kind: software
    for:
      function: [development]
      target: {any: [{kind: machine, any: [{when: {power: "> 1 W"}}, {when: {hot: true}}, {when: {axes: ">= 3"}}, {when: {civil: true}}]}, {kind: mixture}]}
  - {code: "1D003", kind: software, for: {function: [development], target: {kind: machine, any: [{when: {hot: true}}, {when: {axes: ">= 3"}}]}}}
`,
		}, {
			name: "exception on the target", why: "software for X other than Y",
			got: `
entries:
  - {code: "1A001", kind: machine, paragraphs: [{code: "1A001.a", when: {hot: true}}, {code: "1A001.b", when: {power: "> 1 W"}}]}
  - {code: "1D001", kind: software, for: {function: [development], controlled-by: ["1A001"], except: [{controlled-by: ["1A001.a"]}]}}
`,
			want: `
entries:
  - {code: "1D001", kind: software, for: {function: [development], target: {kind: machine, when: {power: "> 1 W"}, not: {when: {hot: true}}}}}
`,
		}, {
			name: "meets", why: "the criterion alone: ancestors' when, own, parts; no kind, exception or branch",
			got: `
entries:
  - code: "1A001"
    kind: lathe
    when: {hot: true, civil: false}
    except: [{when: {axes: "> 9"}}]
    therefor: [{as: specially-designed, kind: component}]
    paragraphs:
      - {code: "1A001.a", kind: lathe, paragraphs: [{code: "1A001.a.1", when: {power: "> 1 W"}}, {code: "1A001.a.2", when: {axes: ">= 3"}}]}
      - {code: "1A001.b", when: {power: "> 100 W"}}
  - {code: "2A001", kind: machine, meets: ["1A001.a"]}
`,
			want: `
entries:
  - {code: "2A001", kind: machine, when: {hot: true, civil: false}, any: [{when: {power: "> 1 W"}}, {when: {axes: ">= 3"}}]}
`,
		}, {
			name: "therefor", why: "the branch escapes kind and when but not exceptions, belongs to the ancestors, and is not inherited",
			got: `
entries:
  - code: "1A001"
    paragraphs:
      - code: "1A001.a"
        kind: machine
        when: {power: "> 1 W"}
        except: [{when: {civil: true}}]
        therefor: [{as: specially-designed, kind: component}]
        paragraphs: [{code: "1A001.a.1", when: {hot: true}}]
`,
			want: `
entries:
  - {code: "1A001.a.1", kind: machine, when: {power: "> 1 W", hot: true}, not: {when: {civil: true}}}
  - code: "1A001.a"
    not: {when: {civil: true}}
    any:
      - {kind: machine, when: {power: "> 1 W", hot: true}}
      - {kind: component, for: {as: specially-designed, target: {kind: machine, when: {power: "> 1 W", hot: true}, not: {when: {civil: true}}}}}
  - code: "1A001"
    not: {when: {civil: true}}
    any:
      - {kind: machine, when: {power: "> 1 W", hot: true}}
      - {kind: component, for: {as: specially-designed, target: {kind: machine, when: {power: "> 1 W", hot: true}, not: {when: {civil: true}}}}}
`,
		}, {
			name: "transfer", why: "conditions of the transfer hold for the branches too, and not for a target: it is not what is transferred",
			got: `
entries:
  - {code: "1A001", kind: machine, not: {any: [{transfer: {to: [CA]}}, {transfer: {to: [GB]}}]}, transfer: {to: [CA, CN]}, therefor: [{as: usable, kind: component}]}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: ["1A001"]}}
`,
			want: `
entries:
  - {code: "1D001", kind: software, for: {function: development, target: {any: [{kind: machine}, {kind: component, for: {as: usable, target: {kind: machine}}}]}}}
  - {code: "1A001", transfer: {to: [CN]}, any: [{kind: machine}, {kind: component, for: {as: usable, target: {kind: machine}}}]}
`,
		}, {
			name: "general notes", why: "released from every paragraph under the group",
			got: `
general: [{id: gtn, applies-to: ["1E"], except: [{when: {civil: true}}]}]
entries:
  - {code: "1A001", kind: machine}
  - {code: "1E001", kind: technology, paragraphs: [{code: "1E001.a", when: {hot: true}}]}
`,
			want: `
entries:
  - {code: "1A001", kind: machine}
  - {code: "1E001", kind: technology, when: {hot: true}, not: {when: {civil: true}}}
  - {code: "1E001.a", kind: technology, when: {hot: true}, not: {when: {civil: true}}}
`,
		}, {
			name: "own ancestor", why: "the ancestor without the branch that cites it",
			got: `
entries:
  - code: "1A001"
    paragraphs:
      - {code: "1A001.a", kind: machine}
      - {code: "1A001.b", kind: component, for: {as: specially-designed, controlled-by: ["1A001"]}}
`,
			want: `
entries:
  - {code: "1A001.b", kind: component, for: {as: specially-designed, target: {kind: machine}}}
`,
		}, {
			name: "own group", why: "software for software of its own group leaves itself out",
			got: `
entries:
  - {code: "4.A.1", kind: machine}
  - {code: "4.D.1", kind: software, paragraphs: [{code: "4.D.1.a", for: {function: development, controlled-by: ["4.A", "4.D"]}}, {code: "4.D.1.b", when: {hot: true}}]}
  - {code: "4.D.2", kind: software, when: {civil: true}}
`,
			want: `
entries:
  - {code: "4.D.1.a", kind: software, for: {function: development, target: {any: [{kind: machine}, {kind: software, when: {hot: true}}, {kind: software, when: {civil: true}}]}}}
`,
		}, {
			name: "elements", why: "a code within a criterion means what the paragraph catches and the element admits",
			got: `
entries:
  - {code: "1A001", kind: machine, any: [{code: "1A001.a", when: {hot: true}}, {code: "1A001.b", when: {power: "> 1 W"}}]}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: ["1A001.a"]}}
  - {code: "1D002", kind: software, for: {function: development, controlled-by: [{from: "1A001.a", to: "1A001.b"}]}}
  - {code: "1B001", kind: component, meets: ["1A001.b"]}
`,
			want: `
entries:
  - {code: "1D001", kind: software, for: {function: development, target: {kind: machine, when: {hot: true}}}}
  - {code: "1D002", kind: software, for: {function: development, target: {kind: machine, any: [{when: {hot: true}}, {when: {power: "> 1 W"}}]}}}
  - {code: "1B001", kind: component, when: {power: "> 1 W"}}
`,
		}, {
			name: "parts", why: "a part that is specified in a paragraph",
			got: `
entries:
  - {code: "1A001", kind: component, when: {hot: true}}
  - {code: "1A002", kind: machine, some: {of: component, controlled-by: ["1A001"], where: {when: {power: "> 1 W"}}}}
`,
			want: `
entries:
  - {code: "1A002", kind: machine, some: {of: component, where: {kind: component, when: {hot: true, power: "> 1 W"}}}}
`,
		}, {
			name: "elsewhere", why: "no paragraph of the list that does not say so itself",
			got: `
entries:
  - {code: "1A001", kind: machine, when: {hot: true}}
  - {code: "1A002", kind: machine, paragraphs: [{code: "1A002.a", elsewhere: true}, {code: "1A002.b", when: {power: "> 1 W"}}]}
  - {code: "1A003", kind: lathe, elsewhere: true}
`,
			want: `
entries:
  - {code: "1A002.a", kind: machine, not: {any: [{when: {hot: true}}, {when: {power: "> 1 W"}}]}}
  - {code: "1A003", kind: lathe, not: {any: [{when: {hot: true}}, {when: {power: "> 1 W"}}]}}
`,
		}, {
			name: "other lists", why: "their edition in force; what is not loaded or encoded is a predicate with its name",
			got: `
entries:
  - {code: "1D001", kind: software, for: {function: development, controlled-by: ["other:9A001"]}}
  - {code: "1D002", kind: software, when: {hot: true}, except: [{controlled-by: ["other:9A009"]}]}
  - {code: "1D003", kind: software, when: {hot: true}, except: [{controlled-by: ["got:1A002"]}]}
`,
			want: `
entries:
  - {code: "1D001", kind: software, for: {function: development, target: {kind: machine, when: {power: "> 7 W"}}}}
  - {code: "1D002", kind: software, when: {hot: true}, not: {opaque: x}}
`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := regime.Load(files(t, map[string]string{
				"got/2026-01-01.yaml":  list("got", tt.got),
				"want/2026-01-01.yaml": list("want", tt.want),
				"other/2020.yaml":      "schema: 1\nlist: other\nedition: {seen: \"2020\"}\nentries: [{code: \"9A001\", kind: machine, when: {power: \"> 7 W\"}}]\n",
				"other/2027-01.yaml":   "schema: 1\nlist: other\nedition: {seen: \"2027-01\"}\nentries: [{code: \"9A001\", kind: mixture}]\n",
			}))
			if err != nil {
				t.Fatal(err)
			}
			space := scope.NewSpace(c.Vocabulary())
			got, want := edition(t, c, "got", "2026-01-01"), edition(t, c, "want", "2026-01-01")
			for p := range want.All() {
				a, b := compiled(t, space, c, got, p.Code), compiled(t, space, c, want, p.Code)
				if p.Code == "1D002" && tt.name == "other lists" {
					if x, _ := c.Criterion(got, p.Code); !strings.Contains(names(x), "other:9A009") {
						t.Errorf("%s has no predicate other:9A009", p.Code)
					}
					continue
				}
				if !a.Equal(b) {
					t.Errorf("%s is not as written out: %s", p.Code, tt.why)
				}
			}
		})
	}
}

// A cycle through targets unfolds once and is residue deeper.
func TestCycle(t *testing.T) {
	c, err := regime.Load(files(t, map[string]string{"got/2026-01-01.yaml": list("got", `
entries:
  - {code: "1D001", kind: software, any: [{when: {hot: true}}, {for: {function: development, controlled-by: ["1E001"]}}]}
  - {code: "1E001", kind: technology, for: {function: production, controlled-by: ["1D001"]}}
  - {code: "1E002", kind: technology, for: {function: production, controlled-by: ["1E002"]}}
`)}))
	if err != nil {
		t.Fatal(err)
	}
	space := scope.NewSpace(c.Vocabulary())
	e := edition(t, c, "got", "2026-01-01")
	software, technology := scope.OfKind{Kinds: []string{"software"}}, scope.OfKind{Kinds: []string{"technology"}}
	residue := func(code string) scope.Criterion { return scope.Residue{ID: "cycle:" + code} }
	made := func(of scope.Criterion) scope.Criterion {
		return scope.All{technology, scope.For{Functions: []string{"production"}, Target: of}}
	}
	for code, want := range map[string]scope.Criterion{
		"1D001": scope.All{software, scope.Any{scope.When{Attribute: "hot", Constraint: "true"},
			scope.For{Functions: []string{"development"}, Target: made(residue("1D001"))}}},
		"1E002": made(made(residue("1E002"))),
	} {
		x, err := space.Compile(want)
		if err != nil {
			t.Fatal(err)
		}
		if !compiled(t, space, c, e, code).Equal(x) {
			t.Errorf("%s is not unfolded once", code)
		}
	}
}

func compiled(t *testing.T, s *scope.Space, c *regime.Corpus, e *regime.Edition, code string) scope.Scope {
	t.Helper()
	x, err := c.Criterion(e, code)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Compile(x)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// names is the opaque predicates in c.
func names(c scope.Criterion) string {
	switch c := c.(type) {
	case scope.All:
		s := ""
		for _, x := range c {
			s += names(x)
		}
		return s
	case scope.Any:
		return names(scope.All(c))
	case scope.Not:
		return names(c.C)
	case *scope.Ref:
		return names(c.C)
	case scope.Opaque:
		return c.Name + " "
	}
	return ""
}

func TestReferenceErrors(t *testing.T) {
	for _, tt := range []struct{ name, entries, want string }{
		{"no such code", `
entries:
  - {code: "1A001", kind: machine}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: ["1A002"]}}
`, `lists/got/2026-01-01.yaml:6:82: code "1A002" is not encoded in list "got" (did you mean "1A001"?); mend it, encode it, or write "got:1A002" to leave it opaque`},
		{"no such group", `
entries:
  - {code: "1A001", kind: machine}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: ["1A0"]}}
`, `lists/got/2026-01-01.yaml:6:82: code "1A0" is not encoded`},
		{"no such end", `
entries:
  - {code: "1A001", kind: machine}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: [{from: "1A001", to: "1A007"}]}}
`, `lists/got/2026-01-01.yaml:6:82: code "1A007" is not encoded`},
		{"not a range", `
entries:
  - {code: "1A001", kind: machine, paragraphs: [{code: "1A001.a", when: {hot: true}}]}
  - {code: "1D001", kind: software, for: {function: development, controlled-by: [{from: "1A001", to: "1A001.a"}]}}
`, `lists/got/2026-01-01.yaml:6:82: "1A001" to "1A001.a" is not a range of siblings`},
		{"a cycle on one item", `
entries:
  - {code: "1A001", kind: machine, when: {hot: true}, except: [{controlled-by: ["1A002"]}]}
  - {code: "1A002", kind: machine, when: {power: "> 1 W"}, except: [{controlled-by: ["1A001"]}]}
`, `lists/got/2026-01-01.yaml:6:86: what "1A001" catches depends on itself, through "1A002", "1A001"; state the criterion in place of one of these codes`},
		{"presumption", `
entries:
  - {code: "1A001", kind: machine, presume: {when: {controlled-by: ["7A"]}}}
`, `lists/got/2026-01-01.yaml:5:69: code "7A" is not encoded`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := regime.Load(files(t, map[string]string{"got/2026-01-01.yaml": list("got", tt.entries)}))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got error\n%v\nwant\n%s", err, tt.want)
			}
			if _, err := c.Edition("got", regime.Date{Year: 2026, Month: 1, Day: 1}); !errors.Is(err, scope.ErrData) {
				t.Errorf("edition with this fault is given without error (%v)", err)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	c, err := regime.Load(files(t, map[string]string{"got/2026-01-01.yaml": list("got", `
entries:
  - {code: "1A001", kind: machine}
  - {code: "1A002", kind: lathe, presume: {when: {controlled-by: ["1A001"]}}}
`)}))
	if err != nil {
		t.Fatal(err)
	}
	e := edition(t, c, "got", "2026-01-01")
	p := e.Paragraph("1A002")
	x, err := c.Resolve(e, p, p.Presume.When)
	if err != nil {
		t.Fatal(err)
	}
	space := scope.NewSpace(c.Vocabulary())
	s, err := space.Compile(x)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Equal(compiled(t, space, c, e, "1A001")) {
		t.Error("the presumption is not what it refers to")
	}
	missing := scope.Reference{Codes: []scope.CodeRange{{From: "9Z"}}}
	if _, err := c.Resolve(e, p, missing); !errors.Is(err, scope.ErrData) {
		t.Errorf("a reference to nothing: %v", err)
	}
	ms, err := c.Criteria(e)
	if err != nil || len(ms) != 2 || ms[1].Paragraph != p {
		t.Errorf("criteria are %v, %v", ms, err)
	}
}

func TestLint(t *testing.T) {
	c, err := regime.Load(files(t, map[string]string{"got/2026-01-01.yaml": list("got", `
covers: {codes: ["1A001", "1A009"]}
entries:
  - {code: "1A001", kind: machine}
  - {code: "1A002", kind: lathe, except: [{controlled-by: ["1A001"]}]}
  - {code: "1A003", kind: lathe, except: [{controlled-by: ["1A001"]}], note: all of it is in 1A001}
`)}))
	if err != nil {
		t.Fatal(err)
	}
	want := "lists/got/2026-01-01.yaml:2:7: edition 2026-01-01 of \"got\" covers code \"1A009\", which it does not have (did you mean \"1A001\"?); encode it or leave it out\n" +
		"lists/got/2026-01-01.yaml:7:12: paragraph \"1A002\" of edition 2026-01-01 catches nothing once its exceptions and references count; mend it, or say in `note` why that is so"
	if got := c.Lint().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
