package crawl

import (
	"context"
	"iter"
	"sync"
)

// fanOut is 1 dispatch ⇒ n work ⇒ 1 record, and returns when all of them have
// ended. The first error halts the dispatch; what was begun is finished, unless
// ctx has ended, and its outcomes are still recorded. todo is ranged over in a
// goroutine of its own.
func fanOut[T, O any](ctx context.Context, n int, todo iter.Seq[T], work func(context.Context, T) (O, error), record func(<-chan O) error) error {
	halted, halt := context.WithCancelCause(ctx)
	defer halt(nil)
	in, out := make(chan T), make(chan O, n)
	var all sync.WaitGroup
	all.Go(func() {
		defer close(in)
		for t := range todo {
			select {
			case in <- t:
			case <-halted.Done():
				return
			}
		}
	})
	for range n {
		all.Go(func() {
			for t := range in {
				if halted.Err() != nil { // the dispatch may have been a moment ahead
					return
				}
				o, err := work(ctx, t)
				if err != nil {
					halt(err)
					return
				}
				out <- o
			}
		})
	}
	go func() {
		all.Wait()
		close(out)
	}()
	if err := record(out); err != nil {
		halt(err)
		for range out { // let the others end
		}
	}
	return context.Cause(halted)
}
