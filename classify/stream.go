package classify

import (
	"context"
	"io"
	"iter"
	"runtime"
	"sync"

	"github.com/openconcord/concord/regime"
	"github.com/openconcord/concord/regime/scope"
)

// An Answered row of a stream: the item and what each list does to it, or why it could not be read.
type Answered struct {
	Number   int // of the row, from 1; headings and empty lines do not count
	Line     int // at which it begins
	Record   Record
	Verdicts []Verdict // in the order of the lists; nil where Err is not
	Results  []Result  // as of [Item], where asked for
	Err      error     // a [scope.Errors]
}

// StreamOptions of [Stream]. The zero value is verdicts alone, on every core.
type StreamOptions struct {
	Results bool // paragraphs, missing facts and residue too

	// There is what items that state their destination are classified by, where the other lists were compiled for any;
	// its lists must be the same. Nil is the other lists.
	There   *regime.Compiled
	Workers int // how many rows are worked on at once; 0 is one for each core
}

const (
	rowsAtOnce  = 128      // handed to a worker together
	bytesAtOnce = 64 << 10 // or as many as this holds

	rowsBeforeClone = 2000 // from there on a worker has lists of its own, since partly described items take turns
)

// Stream classifies the items that r holds, in the form that the ending of name tells (see [ReadItems]), and yields
// every row in order as soon as those before it are done. NDJSON and CSV take memory for a few hundred rows
// whatever their length; YAML and JSON are read whole. The stream ends early, without an error of its own, when ctx
// is done or the caller stops; nothing is left running then. A row that cannot be read is yielded with its error, and
// so are faults of the whole file, as a row of number 0.
func Stream(ctx context.Context, c *regime.Compiled, name string, r io.Reader, o StreamOptions) iter.Seq[Answered] {
	return func(yield func(Answered) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		workers := o.Workers
		if workers <= 0 {
			workers = runtime.GOMAXPROCS(0)
		}
		chunks := make(chan *chunk, workers)
		order := make(chan *chunk, 2*workers)
		running.Go(func() {
			defer close(order)
			defer close(chunks)
			feed(ctx, name, r, func(k *chunk) bool {
				for _, to := range []chan *chunk{order, chunks} {
					select {
					case to <- k:
					case <-ctx.Done():
						return false
					}
				}
				return true
			})
		})
		for range workers {
			running.Go(func() {
				w := worker{c: c, o: o, reader: newItemReader(c.Corpus.Vocabulary())}
				for k := range chunks {
					if k.first > rowsBeforeClone && workers > 1 {
						w.settle()
					}
					k.done <- w.answer(ctx, k)
				}
			})
		}
		for k := range order {
			select {
			case answers := <-k.done:
				for i := range answers {
					if ctx.Err() != nil || !yield(answers[i]) {
						return
					}
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// chunk is some rows that follow one another.
type chunk struct {
	first int // number of the first row
	rows  []row
	done  chan []Answered
}

// feed cuts a file into chunks until send returns false.
func feed(ctx context.Context, name string, r io.Reader, send func(*chunk) bool) {
	rows, errs := split(name, r)
	if len(errs) > 0 && !send(&chunk{rows: []row{{file: name, errs: errs}}, done: make(chan []Answered, 1)}) {
		return
	}
	next := func(first int) *chunk { return &chunk{first: first, done: make(chan []Answered, 1)} }
	k, size := next(1), 0
	for w := range rows {
		if ctx.Err() != nil {
			return
		}
		k.rows = append(k.rows, w)
		size += len(w.data)
		if len(k.rows) == rowsAtOnce || size >= bytesAtOnce {
			if !send(k) {
				return
			}
			k, size = next(k.first+len(k.rows)), 0
		}
	}
	if len(k.rows) > 0 {
		send(k)
	}
}

// worker answers rows, one at a time.
type worker struct {
	c      *regime.Compiled
	o      StreamOptions
	reader *itemReader
	own    bool // c is its own
}

// settle gives the worker lists of its own.
func (w *worker) settle() {
	if w.own {
		return
	}
	w.own, w.c = true, w.c.Clone()
	if w.o.There != nil {
		w.o.There = w.o.There.Clone()
	}
}

func (w *worker) answer(ctx context.Context, k *chunk) []Answered {
	out := make([]Answered, len(k.rows))
	verdicts := make([]Verdict, 0, len(k.rows)*len(w.c.Lists))
	for i := range k.rows {
		if ctx.Err() != nil {
			break
		}
		a := &out[i]
		if k.first > 0 {
			a.Number = k.first + i
		}
		a.Line = k.rows[i].line
		var errs scope.Errors
		if a.Record, errs = w.reader.row(&k.rows[i]); len(errs) > 0 {
			a.Err = errs.Sorted()
			continue
		}
		c := w.c
		if a.Record.To != "" && w.o.There != nil {
			c = w.o.There
		}
		if w.o.Results {
			a.Results = Item(c, &a.Record.Item)
			for _, r := range a.Results {
				a.Verdicts = append(a.Verdicts, r.Verdict)
			}
			continue
		}
		from := len(verdicts)
		verdicts = verdicts[:from+len(c.Lists)]
		a.Verdicts = Verdicts(c, &a.Record.Item, verdicts[from:from:len(verdicts)])
	}
	return out
}
