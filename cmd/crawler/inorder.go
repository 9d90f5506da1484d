package main

import (
	"context"
	"runtime"
	"sync"
)

// inOrder does work for 0 to n-1 on all cores and hands each result to emit in
// order, from the calling goroutine, holding only a few results at a time:
//
//	1 dispatch ⇒ N work ⇒ 1 emit
//
// It ends early with the first error of emit or the end of ctx; all its
// goroutines have ended when it returns.
func inOrder[T any](ctx context.Context, n int, work func(i int) T, emit func(T) error) error {
	type job struct {
		i   int
		out chan T
	}
	ctx, cancel := context.WithCancel(ctx)
	workers := min(n, runtime.GOMAXPROCS(0))
	jobs, order := make(chan job), make(chan chan T, 2*workers)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	wg.Go(func() {
		defer close(jobs)
		defer close(order)
		for i := range n {
			j := job{i, make(chan T, 1)}
			select {
			case order <- j.out:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				j.out <- work(j.i)
			}
		})
	}
	for out := range order {
		select {
		case v := <-out:
			if err := emit(v); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return context.Cause(ctx)
}
