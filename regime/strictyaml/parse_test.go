package strictyaml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
)

// bomb is nine levels of ten aliases each: a thousand million nodes in 400 bytes.
func bomb() string {
	s := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		s += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return s
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in, rule, want string }{
		{"empty", "", "empty", `f:1:1: file is empty; write a document or remove the file`},
		{"comments only", "# nothing\n\n", "empty", `f:1:1: file is empty; write a document or remove the file`},
		{"second document", "a: b\n---\nc: d\n", "documents", `f:3:1: a second document begins here; keep one document a file and remove "---"`},
		{"syntax", "a: b\nb: [c\n", "yaml", `f:2:1: not YAML: did not find expected ',' or ']'; quote values that contain ": ", " #" or begin with one of > | @ % & * ! [ {`},
		{"not UTF-8", "a: b\nc: \xff\n", "utf-8", `f:2:4: byte 0xff is not UTF-8; save the file as UTF-8`},
		{"UTF-16", "\xff\xfea\x00", "utf-8", `f:1:1: byte 0xff is not UTF-8; save the file as UTF-8`},
		{"date", "a: 2026-07-23\n", "date", `f:1:4: 2026-07-23 reads as a timestamp in YAML; write "2026-07-23"`},
		{"octal", "a: 0010\n", "number", `f:1:4: 0010 reads as a number in YAML; write "0010" if it is text, or a plain decimal`},
		{"underscores", "a: 1_000\n", "number", `f:1:4: 1_000 reads as a number in YAML; write "1_000" if it is text, or a plain decimal`},
		{"infinity", "a: .inf\n", "number", `f:1:4: .inf reads as a number in YAML; write ".inf" if it is text, or a plain decimal`},
		{"key is a number", "3E001: a\n", "key", `f:1:1: key 3E001 reads as a number in YAML; write "3E001"`},
		{"key is a truth value", "{true: a}\n", "key", `f:1:2: key true reads as true or false in YAML; write "true"`},
		{"key is a mapping", "? {a: b}\n: c\n", "key", `f:1:3: key is a mapping or list; write a name`},
		{"key is an alias", "a: &x b\n*x : c\n", "key", `f:2:1: key is an alias; write it out`},
		{"duplicate key", "a: b\nc: {d: e,\n  d: f}\n", "duplicate-key", `f:3:3: key "d" stands already in line 2; keep one`},
		{"merge key", "a: &x {b: c}\nd:\n  <<: *x\n", "merge-key", `f:3:3: merge key "<<" is not supported; write the keys out`},
		{"tag", "a: !secret b\n", "tag", `f:1:4: tag "!secret" is not supported; remove it, and quote the value if it is text`},
		{"standard tag", "a: !!str 3\n", "tag", `f:1:4: tag "!!str" is not supported; remove it, and quote the value if it is text`},
		{"alias bomb", bomb(), "aliases", `f:1:1: aliases expand to more than 2000000 nodes, more than 10000; write the values out`},
		{"alias in itself", "a: &x [b, *x]\n", "aliases", `f:1:11: alias "x" stands inside what it names; write the value out`},
		{"unknown alias", "a: *x\n", "yaml", `f:1:1: not YAML: unknown anchor 'x' referenced; quote values`},
		{"deep", strings.Repeat("[", 102) + strings.Repeat("]", 102), "depth", `f:1:102: nested deeper than 100; flatten it`},
		{"deep by alias", "a: &x " + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "\nb: " + strings.Repeat("[", 60) + "*x" + strings.Repeat("]", 60), "depth",
			`f:2:64: alias "x" nests deeper than 100; flatten it`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, errs := strictyaml.Parse("f", []byte(tt.in))
			if n != nil || len(errs) != 1 || errs[0].Rule != tt.rule || !strings.HasPrefix(errs.Error(), tt.want) {
				t.Fatalf("got %v, errors\n%v\nwant rule %s\n%s", n, errs, tt.rule, tt.want)
			}
			if !errors.Is(errs, scope.ErrData) {
				t.Error("errors.Is(err, ErrData) does not hold")
			}
		})
	}
}

func TestParseCollects(t *testing.T) {
	_, errs := strictyaml.Parse("f", []byte("a: 2026-01-01\nb: 2026-01-02\nb: !x y\n"))
	if len(errs) != 4 {
		t.Errorf("got %d errors, want 4:\n%v", len(errs), errs)
	}
}

func TestParse(t *testing.T) {
	in := "\uFEFFcode: \"3E001\"\nn: -1.5e3\nyes: on\nt: true\nnone:\ntext: |\n  two\n  lines\nx: &x {k: [a, 'b']}\ny: *x\n"
	n, errs := strictyaml.Parse("f", []byte(in))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	want := `map[code:3E001 n:-1.5e3 none:<nil> t:true text:two
lines
 x:map[k:[a b]] y:map[k:[a b]] yes:on]`
	if got := fmt.Sprint(n.JSON()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if c := n.Get("code"); !c.Quoted || c.Pos != (scope.Pos{File: "f", Line: 1, Column: 7}) {
		t.Errorf("code is %+v", c)
	}
	if k := n.Key("n"); k.Pos.Line != 2 || k.Pos.Column != 1 {
		t.Errorf("key n is at %v", k.Pos)
	}
	if n.Get("x") != n.Get("y") {
		t.Error("an alias is not shared")
	}
	if n.Get("absent").Get("more") != nil || n.Get("code").Get("x") != nil {
		t.Error("Get of what is not there is not nil")
	}
}

const schema = `{
  "type": "object", "required": ["code"], "additionalProperties": false,
  "properties": {
    "code": {"type": "string", "pattern": "^[A-Z]+$", "patternErrorMessage": "capital letters"},
    "count": {"type": "integer", "minimum": 1},
    "kind": {"type": ["string", "array"], "items": {"enum": ["adc", "dac"]}, "uniqueItems": true, "minItems": 1},
    "in": {"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object"},
    "one": {"oneOf": [{"type": "string"}, {"type": "object", "additionalProperties": false, "properties": {"deep": {"type": "object", "required": ["x"]}}}]},
    "no": false
  },
  "dependentRequired": {"kind": ["count"]}
}`

func TestValidate(t *testing.T) {
	s, err := strictyaml.Compile("test.json", []byte(schema))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, in, want string }{
		{"right", "code: AB\ncount: 2\nkind: [adc]\nin: {a: 1}\none: x\n", ""},
		{"several", "cod: AB\n  # far\nkind: [adc, adx]\ncount: 0.5\n",
			"f:1:1: document lacks \"code\"; add it\n" +
				"f:1:1: unknown key \"cod\" (did you mean \"code\"?); keys here are code, count, in, kind, no, one\n" +
				"f:3:13: element of \"kind\" is \"adx\" (did you mean \"adc\"?); write adc, dac\n" +
				"f:4:8: \"count\" is 0.5; write a whole number"},
		{"number for text", "code: 3E001\n", `f:1:7: "code" 3E001 reads as a number in YAML; write "3E001"`},
		{"truth for text", "code: true\n", `f:1:7: "code" true reads as true or false in YAML; write "true"`},
		{"nothing for text", "code:\n", `f:1:6: "code" is empty; write text`},
		{"list for text", "code: [A]\n", `f:1:7: "code" is a list; write text`},
		{"pattern", "code: a/b\n", `f:1:7: "code" is "a/b"; write capital letters`},
		{"empty list", "{code: A, count: 1, kind: []}\n", `f:1:27: "kind" is empty or too short; write at least 1, or leave it out`},
		{"twice", "{code: A, count: 1, kind: [adc, adc]}\n", `f:1:27: "kind" has the same value twice; keep one`},
		{"minimum", "{code: A, count: 0}\n", `f:1:18: "count" is 0: must be >= 1 but found 0`},
		{"one of keys", "{code: A, in: {c: 1}}\n", `f:1:15: "in" lacks one of "a", "b"; write one`},
		{"best branch", "{code: A, one: {deep: {}}}\n", `f:1:23: "deep" lacks "x"; add it`},
		{"not here", "{code: A, no: 1}\n", `f:1:15: "no" is not allowed here; remove it`},
		{"beside", "{code: A, kind: adc}\n", `f:1:1: document needs "count" beside "kind"; add it`},
		{"not a mapping", "[a]\n", `f:1:1: document is a list; write a mapping`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, errs := strictyaml.Parse("f", []byte(tt.in))
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			if d := cmp.Diff(tt.want, s.Validate(n).Error()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, in := range []string{
		`{"$ref": "https://example.com/x.json"}`,
		`{"$ref": "file:///etc/passwd"}`,
		`{"$ref": "other.json"}`,
		`{"type": "nonsense"}`,
		`{`,
	} {
		if _, err := strictyaml.Compile("test.json", []byte(in)); err == nil {
			t.Errorf("schema %s compiles", in)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a: &x [b, c]\nd: *x\n")
	f.Add("? a\n: {b: 2026-01-01}\n--- x\n")
	f.Add(bomb())
	f.Fuzz(func(t *testing.T, in string) {
		n, errs := strictyaml.Parse("f", []byte(in))
		if (n == nil) != (len(errs) > 0) {
			t.Fatalf("node %v with errors %v", n, errs)
		}
		for _, e := range errs {
			if e.Pos.Line < 1 || e.Pos.Column < 1 || e.Pos.Line > strings.Count(in, "\n")+2 {
				t.Errorf("%v is not in the file", e)
			}
		}
		n.JSON()
	})
}
