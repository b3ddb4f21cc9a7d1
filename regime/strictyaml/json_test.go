package strictyaml_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/regime/strictyaml"
)

// JSON is YAML: both readers give the same nodes for one line.
func TestParseJSON(t *testing.T) {
	for _, line := range []string{
		`{"id": "a", "n": 3, "x": 1.5e3, "yes": true, "no": false, "nil": null, "l": [1, "b", []], "m": {"k": {"z": "ü"}, "s": "3E001"}}`,
		`[]`, `{}`, `"text"`, `  {"a" : [ {"b":1} , {"b":2} ]}  `,
	} {
		want, errs := strictyaml.Parse("f", []byte(line))
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		got, errs := strictyaml.ParseJSON("f", 1, []byte(line))
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-yaml +json):\n%s", line, d)
		}
	}
}

func TestParseJSONFaults(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{`{"a": 1, "a": 2}`, `f:7:10: key "a" stands twice; keep one`},
		{`{"a": 1`, `f:7:8: the JSON ends too early; close what is open`},
		{``, `f:7:1: the JSON ends too early; close what is open`},
		{`{"a": }`, `f:7:7: not JSON: `},
		{`{"ü": x}`, `f:7:7: not JSON: `},
		{`{} {}`, `f:7:`},
		{`{a: 1}`, `f:7:2: not JSON: `},
		{"\"\xff\"", `f:7:2: byte 0xff is not UTF-8; save the file as UTF-8`},
		{strings.Repeat("[", 200), `f:7:101: nested more than 100 deep; flatten it`},
		{`[1`, `f:7:3: the JSON ends too early`},
	} {
		n, errs := strictyaml.ParseJSON("f", 7, []byte(tt.line))
		if n != nil || len(errs) == 0 || !strings.HasPrefix(errs[0].Error(), tt.want) {
			t.Errorf("%.20q: %v, %v; want %s", tt.line, n, errs, tt.want)
		}
	}
}
