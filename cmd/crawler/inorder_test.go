package main

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestResultsComeInOrderHoweverLongTheWorkTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got, want []int
		err := inOrder(t.Context(), 50, func(i int) int {
			time.Sleep(time.Duration((i*7)%11) * time.Millisecond)
			return i
		}, func(i int) error { got = append(got, i); return nil })
		if err != nil {
			t.Fatal(err)
		}
		for i := range 50 {
			want = append(want, i)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestFewResultsAreHeldWhileTheReaderIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Int64
		most := int64(0)
		taken := int64(0)
		err := inOrder(t.Context(), 200, func(int) int { done.Add(1); return 0 }, func(int) error {
			time.Sleep(time.Millisecond)
			taken++
			most = max(most, done.Load()-taken)
			return nil
		})
		if limit := int64(4*runtime.GOMAXPROCS(0) + 2); err != nil || most > limit {
			t.Errorf("%d results waited, %v; want at most %d", most, err, limit)
		}
	})
}

func TestTheFirstFailureOfTheReaderEndsTheWork(t *testing.T) {
	broken := errors.New("pipe closed")
	emitted := 0
	err := inOrder(t.Context(), 1000, func(i int) int { return i }, func(int) error { emitted++; return broken })
	if !errors.Is(err, broken) || emitted != 1 {
		t.Errorf("got %v after %d, want %v after 1", err, emitted, broken)
	}
}

func TestACancelledRunEndsWithItsCause(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("stopped")
	err := inOrder(ctx, 1000, func(i int) int { return i }, func(i int) error {
		if i == 3 {
			cancel(why)
		}
		return nil
	})
	if !errors.Is(err, why) {
		t.Errorf("got %v, want %v", err, why)
	}
}

func TestNoInputIsNoWork(t *testing.T) {
	if err := inOrder(t.Context(), 0, func(int) int { return 0 }, func(int) error { return nil }); err != nil {
		t.Error(err)
	}
}
