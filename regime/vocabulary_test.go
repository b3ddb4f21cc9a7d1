package regime_test

import (
	"strings"
	"testing"

	"github.com/openconcord/concord/regime"
)

func TestParseVocabulary(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"factor", "units: [{id: m, dimension: length, factor: \"one\"}]", `v:2:44: "factor" is "one"; write an exact number in quotes, such as "0.01", "1e9" or "101325/760"`},
		{"unquoted factor", "units: [{id: m, dimension: length, factor: 0.01}]", `v:2:44: "factor" 0.01 reads as a number in YAML; write "0.01"`},
		{"unit", "attributes: [{id: a, type: number, dimension: length, unit: m}]", `v:2:19: attribute "a" has unit "m", which is not declared; declare it or use a declared one`},
		{"type", "attributes: [{id: a, type: bool}]", `v:2:19: attribute "a" has type "bool"; write number, integer, boolean, term, set, range, derived or curve
v:2:28: "type" is "bool" (did you mean "boolean"?); write number, integer, boolean, term, set, range, derived, curve`},
		{"axiom", "attributes: [{id: a, type: boolean}]\naxioms: [{if: {when: {a: true}}, then: {when: {b: true}}}]", `v:3:48: attribute "b" is not declared; declare it in the vocabulary`},
		{"key in flow", "kinds: [{id: a, title: machines, and parts}]", `v:2:34: unknown key "and parts"; keys here are broader, id, overlaps, title`},
		{"cycle", "kinds: [{id: a, broader: [b]}, {id: b, broader: [a]}]", `v:2:14: kind "a" is broader than itself; break the cycle`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, err := regime.ParseVocabulary(regime.File{Name: "v", Data: []byte("schema: 1\n" + tt.text + "\n")})
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || v == nil {
				t.Errorf("got %v, error\n%v\nwant\n%s", v, err, tt.want)
			}
		})
	}
	v := vocabulary(t)
	if !v.IsA("lathe", "machine") || v.Attribute("power").Min == nil {
		t.Error("the vocabulary is not what its file says")
	}
}
