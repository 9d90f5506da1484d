package vital

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// busiest counts by looking at every second that begins with an event.
func busiest(times []time.Duration) (most int) {
	for _, from := range times {
		n := 0
		for _, at := range times {
			if at >= from && at < from+time.Second {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func TestTheLargestSecondIsThatOfAnyBeginning(t *testing.T) {
	ms := func(ns ...int) (ts []time.Duration) {
		for _, n := range ns {
			ts = append(ts, time.Duration(n)*time.Millisecond)
		}
		return ts
	}
	for name, c := range map[string]struct {
		times []time.Duration
		want  int
	}{
		"none":                                {nil, 0},
		"one":                                 {ms(5), 1},
		"across the turn of a second":         {ms(900, 950, 1000, 1899), 4},
		"exactly a second apart":              {ms(0, 1000, 2000), 1},
		"a steady eight":                      {ms(0, 125, 250, 375, 500, 625, 750, 875, 1000, 1125), 8},
		"at the same moment":                  {ms(7, 7, 7), 3},
		"told of late":                        {ms(0, 100, 2200, 200, 300, 2900), 4},
		"told of late, into a second between": {ms(0, 1100, 1200, 600), 3},
	} {
		t.Run(name, func(t *testing.T) {
			var w window
			for _, at := range c.times {
				w.add(at)
			}
			if got := w.largest; got != c.want || got != busiest(c.times) {
				t.Errorf("%v: %d, want %d", c.times, got, c.want)
			}
		})
	}
}

func TestTheLargestSecondOfManyIsExactAndMemoryBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		var w window
		var times []time.Duration
		at, kept := time.Duration(0), 0
		for range 800 {
			at += time.Duration(r.ExpFloat64() * float64(150*time.Millisecond))
			told := max(0, at-time.Duration(r.IntN(int(remembered/2))))
			times = append(times, told)
			w.add(told)
			kept = max(kept, len(w.times))
		}
		if got, want := w.largest, busiest(times); got != want {
			t.Errorf("round %d: largest %d, want %d", round, got, want)
		}
		if kept > 200 {
			t.Errorf("round %d: %d of 800 times kept at once", round, kept)
		}
	}
}

func TestRequestsOfTheLastHourAreCountedByTheMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		send := func(n int) {
			for range n {
				s.Sent(time.Now())
			}
		}
		last := func(n int) []int { return s.Snapshot(time.Now()).PerMinute[minutes-n:] }
		s.Limit(8)
		send(3)
		if got, want := last(2), []int{0, 0}; !slices.Equal(got, want) {
			t.Errorf("in the second that has begun: %v, want %v", got, want)
		}
		time.Sleep(time.Minute)
		send(5)
		time.Sleep(time.Second)
		if got, want := last(2), []int{3, 5}; !slices.Equal(got, want) {
			t.Errorf("a minute and a second later: %v, want %v", got, want)
		}
		time.Sleep(59 * time.Minute)
		if got := s.Snapshot(time.Now()).PerMinute; got[0] != 5 || len(got) != minutes || slices.Max(got[1:]) != 0 {
			t.Errorf("an hour after the first: %v", got)
		}
		send(7)
		time.Sleep(1000*time.Hour + time.Second)
		send(1)
		time.Sleep(time.Second)
		got := s.Snapshot(time.Now()).PerMinute
		if got[minutes-1] != 1 || slices.Max(got[:minutes-1]) != 0 {
			t.Errorf("after a long silence: %v, want one", got)
		}
	})
}

func TestTheLastHourIsAWholeOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		s.Sent(time.Now())
		for _, then := range []struct {
			after time.Duration
			want  int
		}{{0, 0}, {time.Second, 1}, {time.Hour, 1}, {time.Hour + time.Second, 0}} {
			if got := s.Snapshot(time.Now().Add(then.after)).PerMinute; got[0]+got[minutes-1] != then.want {
				t.Errorf("%v later the first and last minute have %d and %d, want %d together", then.after, got[0], got[minutes-1], then.want)
			}
		}
	})
}

func TestARequestFromBeforeTheBeginningCountsAsItsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		s.Limit(8)
		s.Sent(time.Now().Add(-2 * time.Second))
		time.Sleep(time.Second)
		if got := s.Snapshot(time.Now()); got.Largest != 1 || got.PerMinute[minutes-1] != 1 {
			t.Errorf("largest second %d, last minute %d, want one each", got.Largest, got.PerMinute[minutes-1])
		}
	})
}

func TestASnapshotSaysWhatWasNoted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		start := time.Now()
		s.Limit(8)
		s.Sent(start)
		s.Answered("www.sec.gov", OK)
		s.Answered("www.sec.gov", OK)
		s.Answered("data.sec.gov", Absent)
		s.Waited(125 * time.Millisecond)
		s.Waited(time.Hour)
		s.Fetched(700)
		s.Parsed(2 * time.Millisecond)
		s.Fresh(-time.Second)
		s.Fresh(40 * time.Second)
		s.Halted("the disk is full")
		s.Alive("poll getcurrent", start)
		s.Alive("backlog", start)
		time.Sleep(time.Minute)
		s.Alive("backlog", time.Now())
		got := s.Snapshot(time.Now())
		if got.Limit != 8 || got.Largest != 1 || got.Bytes != 700 || got.Halt != "the disk is full" || !got.Began.Equal(start) || got.Asked() != 3 {
			t.Errorf("snapshot %+v", got)
		}
		if ok, absent, n := got.Answered(OK), got.Answered(Absent), len(got.Requests); ok != 2 || absent != 1 || n != 2*len(Outcomes()) || got.Requests[0].Host != "data.sec.gov" {
			t.Errorf("requests %+v", got.Requests)
		}
		if h := got.Waited; h.Count != 2 || h.Sum != 3600.125 || h.Counts[2] != 1 || h.Counts[len(h.Bounds)] != 1 {
			t.Errorf("waited %+v", h)
		}
		if h := got.Fresh; h.Count != 2 || h.Sum != 40 || h.Counts[0] != 1 || h.Counts[2] != 1 {
			t.Errorf("fresh %+v", h)
		}
		want := []Activity{{"poll getcurrent", start}, {"backlog", start.Add(time.Minute)}}
		if diff := cmp.Diff(want, got.Activities); diff != "" {
			t.Errorf("activities, -want +got:\n%s", diff)
		}
	})
}

func TestAnActivityIsStuckFiveMinutesAfterItsLastSignOfLife(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		s.Alive("a", time.Now())
		time.Sleep(time.Second)
		s.Alive("b", time.Now())
		time.Sleep(StuckAfter)
		if got, want := s.Snapshot(time.Now()).Stuck(), []string{"a"}; !slices.Equal(got, want) {
			t.Errorf("stuck: %q, want %q", got, want)
		}
	})
}

func TestAPauseLastsUntilItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s Signs
		until := time.Now().Add(10 * time.Minute)
		s.Paused("sec.gov", until, "HTTP 429 for /a")
		s.Paused("sec.gov", until, "") // somebody who does not know why
		if got, want := s.Snapshot(time.Now()).Pauses, []Pause{{"sec.gov", until, "HTTP 429 for /a"}}; !slices.Equal(got, want) {
			t.Errorf("pauses %v, want %v", got, want)
		}
		time.Sleep(10 * time.Minute)
		if got := s.Snapshot(time.Now()).Pauses; got != nil {
			t.Errorf("pauses %v after the end, want none", got)
		}
	})
}

func TestHostsBeyondAFewAreNotToldApart(t *testing.T) {
	var s Signs
	for i := range 1000 {
		s.Answered(string(rune('a'+i%200)), OK)
	}
	got := s.Snapshot(time.Now())
	if hosts := len(got.Requests) / len(Outcomes()); hosts != maxHosts+1 || got.Asked() != 1000 {
		t.Errorf("%d hosts, %d requests; want %d and 1,000", hosts, got.Asked(), maxHosts+1)
	}
}

func TestAHistogramTellsWithinWhatAShareLies(t *testing.T) {
	h := newHistogram(1, 2, 5)
	if _, ok := h.Within(0.5); ok {
		t.Error("an empty one tells something")
	}
	for _, s := range []int{1, 1, 2, 3, 9} {
		h.observe(time.Duration(s) * time.Second)
	}
	for share, want := range map[float64]float64{0: 1, 0.4: 1, 0.41: 2, 0.6: 2, 0.8: 5} {
		if got, ok := h.Within(share); got != want || !ok {
			t.Errorf("%v within %v, want %v", share, got, want)
		}
	}
	if got, ok := h.Within(0.9); ok {
		t.Errorf("9 of 10 within %v, want no bound", got)
	}
}

func TestASnapshotStaysAsItIs(t *testing.T) {
	var s Signs
	s.Parsed(time.Millisecond)
	s.Alive("a", time.Time{})
	got := s.Snapshot(time.Now())
	s.Parsed(time.Millisecond)
	s.Alive("a", time.Now())
	if got.Parsed.Counts[1] != 1 || !got.Activities[0].Last.IsZero() {
		t.Errorf("snapshot changed: %+v", got)
	}
}

func TestNobodysSignsAreNone(t *testing.T) {
	var s *Signs
	s.Limit(8)
	s.Sent(time.Now())
	s.Answered("h", OK)
	s.Waited(1)
	s.Fetched(1)
	s.Parsed(1)
	s.Fresh(1)
	s.Paused("h", time.Now(), "")
	s.Halted("x")
	s.Alive("a", time.Now())
	if got := s.Snapshot(time.Now()); !got.Began.IsZero() || got.Asked() != 0 || got.Stuck() != nil {
		t.Errorf("snapshot of nil: %+v", got)
	}
}

func TestManyMayNoteAtTheSameTime(t *testing.T) {
	var s Signs
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				s.Sent(time.Now())
				s.Answered("h", OK)
				s.Fetched(2)
				s.Snapshot(time.Now())
			}
		})
	}
	all.Wait()
	if got := s.Snapshot(time.Now()); got.Asked() != 4000 || got.Bytes != 8000 || got.Largest == 0 {
		t.Errorf("%d requests, %d bytes, largest second %d", got.Asked(), got.Bytes, got.Largest)
	}
}

func BenchmarkSent(b *testing.B) {
	var s Signs
	for b.Loop() {
		s.Sent(time.Now())
	}
}
