package export

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// maxWeight is how heavy all that is read and not yet written may be together.
const maxWeight = 64

// inOrder has work done on what in yields, on all cores, and hands the results to
// emit in order, from the calling goroutine:
//
//	1 dispatch ⇒ N work ⇒ 1 emit
//
// What is under way weighs at most maxWeight together, each at least one; what is
// heavier goes alone. inOrder ends early with the first error of in or emit, or the
// cause of ctx; all its goroutines have ended when it returns.
func inOrder[T, R any](ctx context.Context, in iter.Seq2[T, error], weigh func(T) int, work func(T) R, emit func(R) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	l := &line[T, R]{jobs: make(chan job[T, R]), order: make(chan job[T, R], maxWeight), scales: make(chan struct{}, maxWeight)}
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel(nil)
	wg.Go(func() {
		defer close(l.jobs)
		defer close(l.order)
		if err := l.dispatch(ctx, in, weigh); err != nil {
			cancel(err)
		}
	})
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for j := range l.jobs {
				j.out <- work(j.in)
			}
		})
	}
	return l.emit(ctx, emit)
}

type job[T, R any] struct {
	in     T
	weight int
	out    chan R
}

// line is what stands between the goroutines of inOrder.
type line[T, R any] struct {
	jobs, order chan job[T, R]
	scales      chan struct{} // one for each weight under way
}

// dispatch hands out jobs until in or ctx ends.
func (l *line[T, R]) dispatch(ctx context.Context, in iter.Seq2[T, error], weigh func(T) int) error {
	for v, err := range in {
		if err != nil {
			return err
		}
		j := job[T, R]{v, max(1, min(weigh(v), maxWeight)), make(chan R, 1)}
		for range j.weight {
			select {
			case l.scales <- struct{}{}:
			case <-ctx.Done():
				return nil
			}
		}
		for _, to := range []chan<- job[T, R]{l.order, l.jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return nil
			}
		}
	}
	return nil
}

// emit takes results in order.
func (l *line[T, R]) emit(ctx context.Context, emit func(R) error) error {
	for j := range l.order {
		select {
		case r := <-j.out:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		for range j.weight {
			<-l.scales
		}
	}
	return context.Cause(ctx)
}
