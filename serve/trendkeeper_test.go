package serve

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
)

// counted is an index with some filings, and a keeper of it. Questions wait at gate
// while it is open, and are counted.
type counted struct {
	*trendKeeper
	store     *index.Store
	people    *indextest.Population
	recorded  int
	questions atomic.Int64
	gate      chan struct{} // nil: no waiting
}

func newCounted(t *testing.T, n int) *counted {
	t.Helper()
	c := &counted{people: indextest.NewPopulation(1000)}
	var err error
	if c.store, err = index.Open(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.store.Close() })
	c.record(t, n)
	c.trendKeeper = newTrendKeeper(func(ask func(index.Reader) error) error {
		c.questions.Add(1)
		if gate := c.gate; gate != nil {
			<-gate
		}
		return ask(c.store)
	}, zap.NewNop())
	t.Cleanup(c.close)
	return c
}

func (c *counted) record(t *testing.T, n int) {
	t.Helper()
	for range n {
		if err := c.store.Record(c.people.At(c.recorded)); err != nil {
			t.Fatal(err)
		}
		c.recorded++
	}
}

func (c *counted) filings(t *testing.T) int {
	t.Helper()
	got, err := c.get(t.Context(), days{})
	if err != nil {
		t.Fatal(err)
	}
	return got.Filings
}

func TestWhoAsksAtTheSameTimeGetsTheSameCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.gate = make(chan struct{})
		answers := make(chan *trends, 10)
		for range cap(answers) {
			go func() {
				got, _ := c.get(context.Background(), days{})
				answers <- got
			}()
		}
		synctest.Wait()
		close(c.gate)
		first := <-answers
		for range cap(answers) - 1 {
			if got := <-answers; got != first || got.Filings != 3 {
				t.Errorf("another answer: %+v", got)
			}
		}
		if n := c.questions.Load(); n != 2 {
			t.Errorf("%d questions, want one for counters and one for a tally", n)
		}
	})
}

func TestACountStandsForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.filings(t)
		c.record(t, 1)
		time.Sleep(trendsStand - 1)
		if got := c.filings(t); got != 3 {
			t.Errorf("%d filings within a minute, want the 3 there were", got)
		}
		time.Sleep(time.Nanosecond)
		if got := c.filings(t); got != 4 {
			t.Errorf("%d filings after a minute, want 4", got)
		}
	})
}

func TestWhileACountTakesLongTheOldOneIsGiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.filings(t)
		c.record(t, 1)
		time.Sleep(trendsStand)
		c.gate = make(chan struct{})
		start := time.Now()
		if got := c.filings(t); got != 3 || time.Since(start) != trendsWait {
			t.Errorf("%d filings after %v, want 3 after %v", got, time.Since(start), trendsWait)
		}
		close(c.gate)
		synctest.Wait()
		if got := c.filings(t); got != 4 {
			t.Errorf("%d filings when it is counted, want 4", got)
		}
	})
}

func TestAnIndexThatIsAsItWasIsNotCountedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.filings(t)
		time.Sleep(trendsStand)
		before := c.questions.Load()
		c.filings(t)
		if n := c.questions.Load() - before; n != 1 {
			t.Errorf("%d questions, want one for the edition", n)
		}
	})
}

func TestAFailedCountIsTriedAgainByWhoAsksNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		asking, broken := c.index, errors.New("broken")
		c.index = func(func(index.Reader) error) error { return broken }
		if _, err := c.get(t.Context(), days{}); !errors.Is(err, broken) {
			t.Errorf("get = %v, want %v", err, broken)
		}
		c.index = asking
		if got := c.filings(t); got != 3 {
			t.Errorf("%d filings, want 3", got)
		}
	})
}

func TestManyRangesAreKeptAndFewWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		from := func(i int) days {
			d, err := edgar.ParseDate(fmt.Sprintf("%d-01-01", 1994+i))
			if err != nil {
				t.Fatal(err)
			}
			return days{from: d}
		}
		for i := range 2 * trendsKept {
			if _, err := c.get(t.Context(), from(i)); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(c.kept); n != trendsKept {
			t.Errorf("%d ranges are kept, want %d", n, trendsKept)
		}
		c.gate = make(chan struct{})
		for i := range trendsAtOnce {
			go c.get(context.Background(), from(100+i))
		}
		synctest.Wait()
		_, err := c.get(t.Context(), from(200))
		if p := problemOf(err); p.Status != http.StatusServiceUnavailable {
			t.Errorf("one more range: %v, want %d", err, http.StatusServiceUnavailable)
		}
		close(c.gate)
	})
}

func TestNobodyWaitsForACountLongerThanHeWants(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.gate = make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.get(ctx, days{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("get = %v", err)
		}
		close(c.gate)
	})
}

func TestAClosedKeeperCountsNoMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted(t, 3)
		c.close()
		if _, err := c.get(t.Context(), days{}); !errors.Is(err, context.Canceled) {
			t.Errorf("get = %v, want %v", err, context.Canceled)
		}
	})
}
