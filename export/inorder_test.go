package export

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func numbers(n int, end error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if end != nil {
			yield(0, end)
		}
	}
}

func TestResultsComeInOrderWithABoundedWeightUnderWay(t *testing.T) {
	var under, most atomic.Int64
	weigh := func(i int) int { return i % 100 }
	bounded := func(i int) int64 { return int64(max(1, min(weigh(i), maxWeight))) }
	var got, want []int
	err := inOrder(t.Context(), numbers(1000, nil), weigh, func(i int) int {
		n := under.Add(bounded(i))
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		return i
	}, func(i int) error {
		under.Add(-bounded(i))
		got = append(got, i)
		return nil
	})
	for i := range 1000 {
		want = append(want, i)
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" || most.Load() > maxWeight {
		t.Errorf("%v, at most %d under way, want %d (-want +got):\n%s", err, most.Load(), maxWeight, diff)
	}
}

func TestTheFirstFailureEndsAll(t *testing.T) {
	broken := errors.New("broken")
	same := func(i int) int { return i }
	light := func(int) int { return 0 }
	if err := inOrder(t.Context(), numbers(5, broken), light, same, func(int) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("input: %v, want broken", err)
	}
	if err := inOrder(t.Context(), numbers(1000, nil), light, same, func(int) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("emit: %v, want broken", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	err := inOrder(ctx, numbers(1000, nil), light, same, func(i int) error {
		if i == 10 {
			cancel(broken)
		}
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("context: %v, want broken", err)
	}
}
