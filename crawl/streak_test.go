package crawl

import (
	"errors"
	"testing"
	"time"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// absences tells a pass failureStreak times, so far apart, that a listed filing is
// not there yet, and returns what it makes of that.
func absences(t *testing.T, apart time.Duration) error {
	t.Helper()
	ghost := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
	h := newHouse(t, ghost)
	h.world.Script("/Archives/edgar/data/*", edgartest.NoSuchKey)
	h.sync(Scope{})
	c := h.crawler()
	p := &pass{Crawler: c, now: time.Now()}
	for range failureStreak {
		time.Sleep(apart)
		e := h.entry(ghost.Accession.String())
		if e.State != index.Deferred {
			t.Fatalf("entry %+v, want it deferred", e)
		}
		if err := p.judge(outcome{entry: e, fault: &fault{lag, "not yet there"}}); err != nil {
			return err
		}
	}
	return nil
}

func TestAbsencesInARowAreABlockAndAbsencesFarApartAreNone(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		if err := absences(t, streakPause+time.Second); err != nil {
			t.Errorf("far apart: %v", err)
		}
	})
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		var throttled *ThrottledError
		if err := absences(t, streakPause-time.Second); !errors.As(err, &throttled) {
			t.Errorf("in a row: got %v, want a ThrottledError", err)
		}
	})
}
