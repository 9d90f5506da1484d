package crawl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// turns has n requests of each class wait for the gate, and returns the order in
// which they got in, "L" for live and "b" for backfill.
func turns(t *testing.T, lives, backfills int) string {
	t.Helper()
	var order strings.Builder
	synctest.Test(t, func(t *testing.T) {
		var g gate
		if err := g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		in := make(chan string)
		for c, n := range map[class]int{live: lives, backfill: backfills} {
			for range n {
				go func() {
					if err := g.enter(withClass(t.Context(), c)); err != nil {
						t.Error(err)
					}
					in <- map[class]string{live: "L", backfill: "b"}[c]
				}()
			}
		}
		synctest.Wait()
		for range lives + backfills {
			g.leave()
			order.WriteString(<-in)
		}
		g.leave()
	})
	return order.String()
}

func TestOfFourSlotsOneIsForBackfillWhenBothClassesWait(t *testing.T) {
	if got, want := turns(t, 9, 9), "LLLbLLLbLLLbbbbbbb"; got != want {
		t.Errorf("both classes waiting: %s, want %s", got, want)
	}
	if got, want := turns(t, 0, 5), "bbbbb"; got != want {
		t.Errorf("backfill alone: %s, want %s", got, want)
	}
	if got, want := turns(t, 7, 0), "LLLLLLL"; got != want {
		t.Errorf("live alone: %s, want %s", got, want)
	}
}

func TestWithinAClassWhoCameFirstGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		g.enter(t.Context())
		var got []int
		for i := range 5 {
			go func() {
				g.enter(t.Context())
				got = append(got, i)
				g.leave()
			}()
			synctest.Wait()
		}
		g.leave()
		synctest.Wait()
		if want := []int{0, 1, 2, 3, 4}; !slices.Equal(got, want) {
			t.Errorf("order %v, want %v", got, want)
		}
	})
}

func TestWhoGivesUpWaitingLosesNoSlotToOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		g.enter(t.Context())
		ctx, cancel := context.WithCancelCause(t.Context())
		for _, c := range []class{live, backfill} {
			go func() {
				if err := g.enter(withClass(ctx, c)); !errors.Is(err, errCut) {
					t.Errorf("gave up with %v, want the context's cause", err)
				}
			}()
		}
		synctest.Wait()
		cancel(errCut)
		synctest.Wait()
		g.leave()
		if err := g.enter(t.Context()); err != nil {
			t.Error(err)
		}
		g.leave()
		if g.busy || fmt.Sprint(g.waiting) != "[[] []]" {
			t.Errorf("gate busy %v, waiting %v, want it free", g.busy, g.waiting)
		}
	})
}

func TestALiveRequestGoesAheadOfABacklogAndTheBacklogGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := newBudget(t.TempDir(), "sec.gov", 8)
		if err != nil {
			t.Fatal(err)
		}
		stop, end := context.WithCancel(t.Context())
		var count [classes]atomic.Int64 // by class
		ask := func(c class, n int) {
			for range n {
				go func() {
					for b.take(withClass(stop, c), false) == nil {
						count[c].Add(1)
					}
				}()
			}
		}
		ask(backfill, 8)
		time.Sleep(10 * time.Second)
		if got := count[backfill].Load(); got < 79 || got > 82 {
			t.Errorf("backfill alone had %d slots in 10 s, want 80", got)
		}
		start := time.Now()
		if err := b.take(withClass(t.Context(), live), false); err != nil || time.Since(start) > 250*time.Millisecond {
			t.Errorf("a live request waited %v (%v), want two slots at most", time.Since(start), err)
		}
		ask(live, 8)
		count[live].Store(0)
		count[backfill].Store(0)
		time.Sleep(10 * time.Second)
		if l, b := count[live].Load(), count[backfill].Load(); l < 58 || l > 62 || b < 19 || b > 21 {
			t.Errorf("in 10 s live had %d slots and backfill %d, want 60 and 20", l, b)
		}
		end()
		synctest.Wait()
	})
}
