package schemas_test

import (
	"io/fs"
	"testing"

	"github.com/openconcord/concord/regime/strictyaml"
	"github.com/openconcord/concord/schemas"
)

// Every schema is one by the meta-schema of its draft, and self-contained.
func TestSchemas(t *testing.T) {
	names, err := fs.Glob(schemas.FS(), "*.schema.json")
	if err != nil || len(names) != 6 {
		t.Fatalf("schemas are %v, %v", names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(schemas.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := strictyaml.Compile(name, data); err != nil {
			t.Error(err)
		}
	}
}

func TestExamples(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"item", "id: a\nkind: adc\nattributes: {adc.resolution: \"8 bit\", fast: true, n: 3, r: {min: 1 V, max: 2 V}, s: [a, b], none: null}\nparts: [{part: axis, attributes: {x: \"1 m\"}}]\nfor: {function: development, item: {kind: adc}}\nto: CN\n", ""},
		{"item", "- {id: a}\n- {id: b, for: null}\n", ""},
		{"item", "- {id: a, colour: red}\n", "f:1:11: unknown key \"colour\"; keys here are attributes, for, id, kind, no-other-attributes, no-other-parts, parts, published, source, title, to"},
		{"item", "id: a\nattributes: {r: {min: 1 V}}\n", `f:2:17: "r" lacks "max"; add it`},
		{"waivers", "schema: 1\nwaivers: [{fingerprint: x, reason: y, expires: \"2027-01-01\"}]\n", ""},
		{"waivers", "schema: 1\nwaivers: [{fingerprint: x, expires: \"2027-01-01\"}]\n", `f:2:11: element of "waivers" lacks "reason"; add it`},
		{"authorities", "schema: 1\nid: xx\nname: X\nkind: regime\nsource: secondary\nparticipants: [{country: DE, role: member, since: \"1996\"}]\n", ""},
		{"authorities", "schema: 2\nid: xx\nname: X\nkind: regime\n", `f:1:9: "schema" is 2; write 1`},
	} {
		data, err := schemas.FS().ReadFile(tt.name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		s, err := strictyaml.Compile(tt.name, data)
		if err != nil {
			t.Fatal(err)
		}
		n, errs := strictyaml.Parse("f", []byte(tt.in))
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if got := s.Validate(n).Error(); got != tt.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", tt.name, tt.in, got, tt.want)
		}
	}
}
