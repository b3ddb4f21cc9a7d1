// Package schemas embeds the JSON Schemas (2020-12) of Concord's files, for programs and for editors:
// a first line `# yaml-language-server: $schema=...` gives completion. README.md explains every field.
// Each schema is self-contained.
package schemas

import "embed"

//go:embed *.schema.json
var files embed.FS

// FS holds <name>.schema.json for list, vocabulary, authorities, item and waivers.
func FS() embed.FS { return files }
