package classify_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openconcord/concord/classify"
	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// lines is n items as NDJSON, some of which cannot be read.
func lines(n int) string {
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for i := range n {
		switch {
		case i%97 == 13:
			fmt.Fprintf(&b, "{\"id\": \"%d\", \"kind\": \"nothing\"}\n", i)
		case i%101 == 7:
			b.WriteString("{\"id\": \n")
		case i%5 == 0:
			fmt.Fprintf(&b, "{\"id\": \"%d\", \"kind\": \"converter\", \"attributes\": {\"rate\": \"%d MSPS\"}}\n", i, rng.IntN(6000))
		default:
			fmt.Fprintf(&b, "{\"id\": \"%d\", \"kind\": \"converter\", \"attributes\": {\"bits\": \"%d bit\", \"rate\": \"%d MSPS\", \"civil\": false}, \"no-other-attributes\": true}\n", i, rng.IntN(16), rng.IntN(6000))
		}
		if i%50 == 0 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// A batch says of each row what one item alone is told, in order, whatever the number of workers; no row is lost.
func TestStreamAgrees(t *testing.T) {
	c := corpus(t, lists)
	k := compile(t, c)
	const n = 2600 // enough for workers to take lists of their own
	data := lines(n)
	items, err := classify.ReadItems("i.ndjson", []byte(data), c.Vocabulary())
	if err == nil {
		t.Fatal("every row can be read")
	}
	alone := map[string]*scope.Item{}
	for i := range items {
		alone[items[i].ID] = &items[i]
	}
	for _, workers := range []int{1, 2, 7} {
		number := 0
		for a := range classify.Stream(context.Background(), k, "i.ndjson", strings.NewReader(data), classify.StreamOptions{Workers: workers, Results: workers == 2}) {
			i := number
			number++
			if a.Number != number {
				t.Fatalf("row %d comes as number %d", a.Number, number)
			}
			if bad := i%97 == 13 || i%101 == 7; bad != (a.Err != nil) {
				t.Fatalf("row %d: %v", number, a.Err)
			}
			if a.Err != nil {
				if !strings.Contains(a.Err.Error(), fmt.Sprintf("i.ndjson:%d:", a.Line)) {
					t.Errorf("row %d has error %v", number, a.Err)
				}
				continue
			}
			it := alone[fmt.Sprint(i)]
			if d := cmp.Diff(classify.Verdicts(k, it, nil), a.Verdicts); d != "" {
				t.Errorf("row %d (-alone +stream):\n%s", number, d)
			}
			if workers == 2 {
				if d := cmp.Diff(classify.Item(k, it), a.Results); d != "" {
					t.Errorf("row %d (-alone +stream):\n%s", number, d)
				}
			}
		}
		if number != n {
			t.Errorf("%d rows of %d", number, n)
		}
	}
}

// Whoever stops, or whose context ends, leaves nothing running.
func TestStreamStops(t *testing.T) {
	k := compile(t, corpus(t, lists))
	before := runtime.NumGoroutine()
	seen := 0
	for range classify.Stream(context.Background(), k, "i.ndjson", strings.NewReader(lines(5000)), classify.StreamOptions{}) {
		if seen++; seen == 300 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	after := 0
	for range classify.Stream(ctx, k, "i.ndjson", strings.NewReader(lines(5000)), classify.StreamOptions{}) {
		if seen++; seen == 400 {
			cancel()
		} else if seen > 400 {
			after++
		}
	}
	cancel()
	if after > 0 {
		t.Errorf("%d rows came after the context was done", after)
	}
	for range 10_000 { // what has ended may still have to leave
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

func TestStreamForms(t *testing.T) {
	k := compile(t, corpus(t, lists))
	for _, tt := range []struct {
		name, data string
		want       []string // number:verdicts or number:error
	}{
		{"i.csv", "id,kind,bits [bit],rate\na,converter,8,2 GSPS\nb,converter,8\nc,lathe,,\n", []string{"1:undetermined", "2:error", "3:undetermined"}},
		{"i.yaml", "- {kind: converter, attributes: {rate: 6 GSPS}}\n- {kind: late}\n- {kind: software, for: null}\n", []string{"1:controlled", "2:error", "3:not-controlled"}},
		{"i.json", "{", []string{"0:error"}},
		{"i.csv", "", []string{"0:error"}},
		{"i.ndjson", "\ufeff{\"kind\": \"software\", \"for\": null}\n", []string{"1:not-controlled"}},
	} {
		var got []string
		for a := range classify.Stream(context.Background(), k, tt.name, strings.NewReader(tt.data), classify.StreamOptions{}) {
			if a.Err != nil {
				got = append(got, fmt.Sprintf("%d:error", a.Number))
				continue
			}
			i := slices.IndexFunc(k.View.Editions, func(e *regime.Edition) bool { return e.List == "aa" })
			got = append(got, fmt.Sprintf("%d:%s", a.Number, a.Verdicts[i]))
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s %q (-want +got):\n%s", tt.name, tt.data, d)
		}
	}
}
