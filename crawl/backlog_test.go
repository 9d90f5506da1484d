package crawl

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// logged makes a crawler keep what it logs from Info on.
func logged() (edit func(*Config), logs *observer.ObservedLogs) {
	core, logs := observer.New(zap.InfoLevel)
	return func(c *Config) { c.Log = zap.New(core) }, logs
}

func TestTheEndOfAnOutageIsToldWhenItEndsAndTheNextOneIsToldAnew(t *testing.T) {
	at(t, "2024-06-20 20:59", func(t *testing.T) {
		h := newHouse(t, crowd(30, "2024-06-20")...)
		edit, logs := logged()
		stop := h.run(Daemon{Settings: since2024()}, edit)
		time.Sleep(time.Minute)
		for outage := 1; outage <= 2; outage++ {
			h.world.Script("*", edgartest.Always(edgartest.Unavailable))
			time.Sleep(2 * time.Hour) // over the mark of the day
			h.world.ClearScript()
			time.Sleep(2 * time.Hour)
			for _, what := range []string{"feed getcurrent", "working off the backlog"} {
				began := logs.FilterMessageSnippet(what + " in trouble").Len()
				ended := logs.FilterMessage(what + " works again").Len()
				if began != outage || ended != outage {
					t.Errorf("after %d outages %d of %s were told, and the end of %d", outage, began, what, ended)
				}
			}
			time.Sleep(20 * time.Hour)
		}
		stop()
	})
}

func TestNewFilingsThatCanBeFetchedAgainAreToldOfAtOnce(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, crowd(60, "2024-06-20")...)
		edit, logs := logged()
		h.world.Script("/Archives/edgar/data/*", edgartest.Always(edgartest.Unavailable))
		stop := h.run(Daemon{Settings: since2024()}, edit)
		time.Sleep(10 * time.Minute)
		h.world.ClearScript()
		time.Sleep(3 * time.Hour) // what was put off comes by the backlog, maybe
		for n := range 5 {
			late := made(fmt.Sprintf("0000900002-24-%06d", n), "8-K", "2024-06-20", "900002")
			late.Accepted = time.Now()
			if err := h.world.Add(late); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Second)
		}
		const what = "fetching new filings"
		if began, ended := logs.FilterMessageSnippet(what+" in trouble").Len(), logs.FilterMessage(what+" works again").Len(); began != 1 || ended != 1 {
			t.Errorf("trouble was told %d times and its end %d times, want once each", began, ended)
		}
		stop()
	})
}

func TestNewSettingsThatTurnOutNotToWorkAreGivenUpForTheOld(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		edit, logs := logged()
		reload := make(chan Settings)
		stop := h.run(Daemon{Settings: since2024(), Reload: reload}, edit)
		time.Sleep(time.Minute)
		unknown := since2024()
		unknown.Scope.CIKs, unknown.Scope.AdHoc = []edgar.CIK{cik("987654")}, true
		reload <- unknown
		time.Sleep(11 * time.Hour) // until the next whole pass
		if n := logs.FilterMessage("new settings not taken").Len(); n != 1 {
			t.Errorf("refused %d times, want once", n)
		}
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now()
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(8 * time.Hour)
		if _, err := h.ix.Filing(late.Accession); err != nil {
			t.Error(err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestAPauseOfTheDaemonForTheDiskIsShown(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		var mu sync.Mutex
		var paused []string
		c := h.crawler(func(c *Config) {
			c.Progress = func(p Progress) {
				mu.Lock()
				defer mu.Unlock()
				paused = append(paused, p.Paused)
			}
		})
		full := time.Now().Add(10 * time.Minute)
		c.disk.look = func(string) (free, size int64, err error) {
			if time.Now().Before(full) {
				return 1000, 1 << 40, nil
			}
			return 1 << 40, 1 << 40, nil
		}
		stop := h.runWith(c, Daemon{Settings: since2024()})
		time.Sleep(5 * time.Minute)
		mu.Lock()
		if !slices.ContainsFunc(paused, func(s string) bool { return strings.Contains(s, "nearly full") }) {
			t.Errorf("told %q, want the disk", paused)
		}
		mu.Unlock()
		time.Sleep(10 * time.Minute)
		if err := stop(); err != nil || paused[len(paused)-1] != "" {
			t.Errorf("the last that was told is %q (%v), want no pause", paused[len(paused)-1], err)
		}
	})
}

func TestAPassThatWasCutOffBeforeItsListingsWereComparedIsNotComplete(t *testing.T) {
	at(t, "2024-06-20 22:30", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c, cut := h.crawler(), errors.New("cut off")
		c.step = func(step string) error {
			if strings.HasPrefix(step, "reconciled ") {
				return cut
			}
			return nil
		}
		if _, err := c.Sync(t.Context(), all2024()); !errors.Is(err, cut) {
			t.Fatalf("got %v, want it cut off", err)
		}
		ps, err := h.ix.Passes(1)
		if _, covered, _ := h.ix.Coverage(); err != nil || len(ps) != 1 || ps[0].Complete || covered {
			t.Errorf("passes %+v (%v), coverage known %v; want one that is not complete", ps, err, covered)
		}
	})
}

func TestAListingThatWasAskedForInTheFutureIsDue(t *testing.T) {
	now := day("2024-06-20").Midnight()
	q := day("2024-02-01").Quarter()
	src := source{name: q.String(), first: q.First(), last: q.Last()}
	for checked, want := range map[time.Time]bool{now.AddDate(1, 0, 0): true, now.Add(-time.Hour): false} {
		if got := src.due(index.Listing{Checked: checked}, now); got != want {
			t.Errorf("asked for at %v: due %v, want %v", checked, got, want)
		}
	}
}
