package diff_test

import (
	"testing"

	"github.com/openconcord/concord/diff"
	"github.com/openconcord/concord/regime"
)

// The newest editions as scopes of one space, meanings already read.
func BenchmarkCompile(b *testing.B) {
	k, err := newest(regime.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := k.Corpus.Compile(k.View, regime.Options{AnyDestination: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// All goods of the newest editions, in a space of their own each time.
func BenchmarkPartition(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		k, err := newest(regime.Options{AnyDestination: true})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, err := diff.Partition(k); err != nil {
			b.Fatal(err)
		}
	}
}
