package regime

import (
	"embed"
	"sync"
)

//go:embed vocabulary/*.yaml authorities/*.yaml lists/*/*.yaml licensing/*.yaml
var data embed.FS

// Builtin is the corpus that the module carries. It reads the vocabulary and the authorities once, and each
// edition when it is first asked for; all callers share it. The error, which a test of the module rules
// out, is a list of every fault, as for [Load].
func Builtin() (*Corpus, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Corpus, error) {
	c, errs := open(data, parseList)
	return c, asError(errs)
})
