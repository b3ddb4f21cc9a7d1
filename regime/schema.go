package regime

import (
	"sync"

	"github.com/openconcord/concord/regime/scope"
	"github.com/openconcord/concord/regime/strictyaml"
	"github.com/openconcord/concord/schemas"
)

// compiled holds each schema of the module, compiled at its first use.
var compiled = map[string]func() (*strictyaml.Schema, error){
	"list":        sync.OnceValues(func() (*strictyaml.Schema, error) { return compile("list") }),
	"vocabulary":  sync.OnceValues(func() (*strictyaml.Schema, error) { return compile("vocabulary") }),
	"authorities": sync.OnceValues(func() (*strictyaml.Schema, error) { return compile("authorities") }),
	"licensing":   sync.OnceValues(func() (*strictyaml.Schema, error) { return compile("licensing") }),
}

func compile(name string) (*strictyaml.Schema, error) {
	file := name + ".schema.json"
	data, err := schemas.FS().ReadFile(file)
	if err != nil {
		return nil, err
	}
	return strictyaml.Compile(file, data)
}

// validate reports what the schema of this name does not allow in n.
func validate(schema string, n *strictyaml.Node) (scope.Errors, error) {
	s, err := compiled[schema]()
	if err != nil {
		return nil, err
	}
	return s.Validate(n), nil
}
