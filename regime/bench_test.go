package regime_test

import (
	"os"
	"testing"

	"github.com/openconcord/concord/regime"
)

// What it costs to read everything, one edition, and its meanings.
func BenchmarkRead(b *testing.B) {
	fsys := os.DirFS(".")
	names, err := os.ReadDir("lists/wa-du")
	if err != nil {
		b.Fatal(err)
	}
	data, err := os.ReadFile("lists/wa-du/" + names[len(names)-1].Name())
	if err != nil {
		b.Fatal(err)
	}
	c, err := regime.Load(fsys)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := regime.Load(fsys); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("edition", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := regime.ParseList("wa-du", data, c.Vocabulary()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("criteria", func(b *testing.B) {
		b.ReportAllocs()
		e, err := regime.ParseList("wa-du", data, c.Vocabulary())
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := c.Criteria(e); err != nil {
				b.Fatal(err)
			}
		}
	})
}
