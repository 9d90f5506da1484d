package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// run starts a daemon and returns what stops it and waits for its end.
func (h *house) run(d Daemon, edit ...func(*Config)) (stop func() error) {
	h.t.Helper()
	return h.runWith(h.crawler(edit...), d)
}

func (h *house) runWith(c *Crawler, d Daemon) (stop func() error) {
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, d) }()
	return func() error {
		cancel()
		start := time.Now()
		err := <-ended
		if took := time.Since(start); took > 2*time.Second {
			h.t.Errorf("Run ended after %v, want 2s at most", took)
		}
		return err
	}
}

func since2024() Settings { return Settings{Scope: all2024()} }

func TestRunFetchesTheBacklogAndThenWhatAppears(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		ready := 0
		stop := h.run(Daemon{Settings: since2024(), Ready: func() { ready++ }})
		time.Sleep(time.Minute)
		if n := len(h.filings()); n != 4 || ready != 1 {
			t.Errorf("%d filings after a minute, ready %d times; want 4 and once", n, ready)
		}
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now().Add(5 * time.Minute).Truncate(time.Second)
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(7 * time.Minute)
		f, err := h.ix.Filing(late.Accession)
		if err != nil {
			t.Fatal(err)
		}
		if seen, rec := f.Seen.Sub(late.Accepted), f.Recorded.Sub(late.Accepted); seen < 0 || seen > time.Minute || rec < seen || rec > time.Minute {
			t.Errorf("seen %v and recorded %v after acceptance, want a minute at most", seen, rec)
		}
		if err := stop(); err != nil {
			t.Errorf("stopped with %v, want nil", err)
		}
		synctest.Wait()
	})
}

func TestARestartedDaemonDoesNotRepeatTheNightlyPass(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		stop := h.run(Daemon{Settings: since2024()})
		time.Sleep(time.Minute)
		stop()
		h.world.Reset()
		stop = h.run(Daemon{Settings: since2024()})
		time.Sleep(10 * time.Hour)
		stop()
		for _, q := range h.world.Requests() {
			if strings.Contains(q.Path, "-index") {
				t.Errorf("asked for %s again at %v", q.Path, q.At)
			}
		}
		ps, err := h.ix.Passes(10)
		ps = slices.DeleteFunc(ps, func(p index.Pass) bool { return p.Command == "verify" })
		if err != nil || len(ps) != 1 || ps[0].Command != "run" || !ps[0].Complete {
			t.Errorf("passes %+v, %v; want one, of run", ps, err)
		}
	})
}

func TestAnAdHocPassOfSomebodyIsNotTheNightlyOne(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		narrow := all2024()
		narrow.CIKs, narrow.AdHoc = []edgar.CIK{cik("900001")}, true
		h.sync(narrow)
		h.sync(Scope{From: day("2024-06-01")})
		stop := h.run(Daemon{Settings: since2024()})
		time.Sleep(time.Minute)
		stop()
		if n := len(h.filings()); n != 4 {
			t.Errorf("%d filings, want 4", n)
		}
		h.world.Reset()
		h.sync(all2024()) // and one of the whole scope is
		h.world.Reset()
		stop = h.run(Daemon{Settings: since2024()})
		time.Sleep(time.Minute)
		stop()
		if n := len(h.world.Requests()); n > 1 {
			t.Errorf("%d requests after a sync of the same scope, want the feed's at most", n)
		}
	})
}

func TestAListingThatIsNotThereYetIsAskedForAgainUntilItIs(t *testing.T) {
	at(t, "2024-06-20 22:00", func(t *testing.T) {
		h := houseIn(t, edgartest.New(edgartest.WithNightlyListings()))
		if err := h.world.Add(fourReports()...); err != nil {
			t.Fatal(err)
		}
		h.world.Script("/cgi-bin/browse-edgar", edgartest.Always(edgartest.Unavailable))
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(edgartest.NoSuchKey))
		h.world.Script("/Archives/edgar/daily-index/2024/QTR2/*20240620*", edgartest.Always(edgartest.NoSuchKey))
		stop := h.run(Daemon{Settings: since2024()})
		time.Sleep(time.Hour)
		if _, err := h.ix.Filing(acc("0000900001-24-000011")); err == nil {
			t.Fatal("recorded what nobody listed")
		}
		h.world.ClearScript()
		time.Sleep(20 * time.Minute)
		if _, err := h.ix.Filing(acc("0000900001-24-000011")); err != nil {
			t.Error(err)
		}
		h.world.Reset()
		time.Sleep(10 * time.Hour)
		for _, q := range h.world.Requests() {
			if strings.Contains(q.Path, "-index") {
				t.Errorf("asked for %s again at %v", q.Path, q.At)
			}
		}
		stop()
	})
}

func TestAMarkInterruptsALongBacklogAndTheRestStaysDue(t *testing.T) {
	at(t, "2024-06-20 22:00", func(t *testing.T) {
		h := newHouse(t, manyReports(60)...) // 120, each of ten seconds: twenty minutes
		slow := func(c *Config) { c.Rate = 0.1 }
		stop := h.run(Daemon{Settings: Settings{Scope: all2024(), Rate: 0.1}}, slow)
		time.Sleep(20 * time.Minute)
		ps, err := h.ix.Passes(10)
		if err != nil || len(ps) != 1 || !ps[0].Complete || ps[0].Recorded == 0 || ps[0].Outcome != "done" {
			t.Fatalf("passes %+v, %v; want the first ended at the mark", ps, err)
		}
		if over := ps[0].End.Sub(eastern("2024-06-20 22:15")); over < 0 || over > 3*time.Minute {
			t.Errorf("it ended %v after the mark, want what was begun to be finished and no more", over)
		}
		time.Sleep(30 * time.Minute)
		if n := len(h.filings()); n != 120 {
			t.Errorf("%d filings in the end, want 120", n)
		}
		if n := len(h.world.FilingRequests()); n != 120 {
			t.Errorf("%d requests for filings, want 120", n)
		}
		stop()
	})
}

func TestNewSettingsTakeEffectWhileRunning(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, append(manyReports(40), fourReports()[:1]...)...)
		reload := make(chan Settings)
		narrow := Settings{Scope: Scope{From: day("2024-06-01")}, Rate: 0.05}
		stop := h.run(Daemon{Settings: narrow, Reload: reload}, func(c *Config) { c.Rate = 8 })
		time.Sleep(5 * time.Minute)
		if n := len(h.world.Requests()); n > 20 {
			t.Errorf("%d requests in 5 minutes at one in 20 s, want 16", n)
		}
		reload <- Settings{Scope: Scope{From: day("2024-06-01")}, Rate: 1000} // cannot be
		reload <- Settings{Scope: Scope{From: day("2024-02-01")}, Rate: 8}
		time.Sleep(2 * time.Minute)
		if n := len(h.filings()); n != 81 {
			t.Errorf("%d filings two minutes after the scope was widened and the rate raised, want 81", n)
		}
		if n := h.world.MaxPerSecond(); n > 9 {
			t.Errorf("%d requests in a second", n)
		}
		for _, from := range []string{"2024-06-01", "2024-02-01", "2024-06-01", "2024-02-01"} { // minds may be changed
			reload <- Settings{Scope: Scope{From: day(from)}}
		}
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now()
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		if _, err := h.ix.Filing(late.Accession); err != nil {
			t.Error(err)
		}
		reload <- Settings{Scope: Scope{From: day("2024-02-01")}, Feeds: []string{feedXBRL}}
		time.Sleep(2 * time.Minute)
		h.world.Reset()
		time.Sleep(time.Hour)
		if n := len(feedStarts(h.world)); n != 0 {
			t.Errorf("getcurrent was asked for %d times after it was switched off", n)
		}
		stop()
	})
}

func TestSettingsThatCannotBeAreMisuse(t *testing.T) {
	h := newHouse(t)
	for name, s := range map[string]Settings{
		"a feed":  {Feeds: []string{"getcurent"}},
		"a rate":  {Rate: 1000},
		"a scope": {Scope: Scope{From: day("2199-01-01")}},
	} {
		var misuse *MisuseError
		if err := h.crawler().Run(t.Context(), Daemon{Settings: s}); !errors.As(err, &misuse) {
			t.Errorf("%s: %v, want a MisuseError", name, err)
		}
	}
}

func TestRunEndsWhenSECDoesNotAcceptWhoWeAre(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("*", edgartest.Always(edgartest.Undeclared))
		var undeclared *UndeclaredError
		if err := h.crawler().Run(t.Context(), Daemon{Settings: since2024()}); !errors.As(err, &undeclared) {
			t.Errorf("ended with %v, want an UndeclaredError", err)
		}
	})
}

func TestACoolDownIsWaitedOutByAllActivities(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		var alive atomic.Int64
		stop := h.run(Daemon{Settings: since2024(), Alive: func() { alive.Add(1) }})
		time.Sleep(3*time.Minute + 30*time.Second) // between two polls
		h.world.Script("*", edgartest.Throttled)
		time.Sleep(2 * time.Minute)
		h.world.Reset()
		alive.Store(0)
		time.Sleep(8*time.Minute - 10*time.Second) // the refusal may have come with the script
		if n := len(h.world.Requests()); n != 0 {
			t.Errorf("%d requests in the cool-down", n)
		}
		if n := alive.Load(); n < 45 {
			t.Errorf("alive %d times in 8 minutes of waiting, want every ten seconds", n)
		}
		time.Sleep(3 * time.Minute)
		if n := len(h.world.Requests()); n == 0 {
			t.Error("no requests after the cool-down")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestACoolDownThatMeetsABacklogCountsAsProgress(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		var subs []edgartest.Submission
		for n := range 400 {
			subs = append(subs, made(fmt.Sprintf("0000900001-24-%06d", n+1), "8-K", "2024-02-05", "900001"))
		}
		h := newHouse(t, subs...)
		var alive atomic.Int64
		stop := h.run(Daemon{Settings: since2024(), Alive: func() { alive.Add(1) }}, func(c *Config) { c.Rate = 1 })
		time.Sleep(3*time.Minute + 30*time.Second)
		h.world.Script("*", edgartest.Throttled)
		time.Sleep(time.Minute)
		alive.Store(0)
		time.Sleep(9 * time.Minute)
		if n := alive.Load(); n < 53 {
			t.Errorf("alive %d times in 9 minutes of waiting, want every ten seconds", n)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// deaf is a transport that does not answer requests for a path, nor notices that
// nobody waits any more.
type deaf struct {
	http.RoundTripper
	path string
	free chan struct{}
}

func (d *deaf) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, d.path) {
		<-d.free
	}
	return d.RoundTripper.RoundTrip(r)
}

func TestAliveIsNotCalledWhenAnActivityHangs(t *testing.T) {
	for name, path := range map[string]string{
		"the feed": "browse-edgar", "fetching a new filing": "0000900001-24-000011", "a listing": "full-index",
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			d := &deaf{h.world, path, make(chan struct{})}
			var calls atomic.Int64
			stop := h.run(Daemon{Settings: since2024(), Alive: func() { calls.Add(1) }}, func(c *Config) { c.Transport = d })
			time.Sleep(4 * time.Minute)
			if n := calls.Load(); n < 20 {
				t.Errorf("%s: alive %d times in the first four minutes, want every ten seconds", name, n)
			}
			time.Sleep(3 * time.Minute)
			calls.Store(0)
			time.Sleep(time.Hour)
			if n := calls.Load(); n != 0 {
				t.Errorf("%s hangs, and Alive was called %d times", name, n)
			}
			close(d.free)
			time.Sleep(time.Minute)
			if calls.Load() == 0 {
				t.Errorf("%s goes on, and Alive was not called", name)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAFreshFilingDoesNotWaitForTheBacklog(t *testing.T) {
	at(t, "2024-06-20 11:00", func(t *testing.T) {
		h := newHouse(t, crowd(300, "2024-02-05")...)
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now().Add(5 * time.Minute)
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		stop := h.run(Daemon{Settings: Settings{Scope: all2024(), Rate: 0.5}})
		time.Sleep(7 * time.Minute)
		f, err := h.ix.Filing(late.Accession)
		if err != nil {
			t.Fatal(err)
		}
		if took := f.Recorded.Sub(late.Accepted); took > 90*time.Second {
			t.Errorf("recorded %v after it was accepted, with %d entries due", took, h.known()-len(h.filings()))
		}
		if n := h.known() - len(h.filings()); n < 100 {
			t.Errorf("%d entries due, want a backlog", n)
		}
		stop()
	})
}

func TestNoFilingIsGivenUpForAnOutageThatAnswersEverythingWithAPage(t *testing.T) {
	at(t, "2024-06-20 08:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		page := edgartest.Always(edgartest.Body(200, "text/html", []byte("<!DOCTYPE html><html><body>We are down for maintenance.</body></html>")))
		h.world.Script("/Archives/edgar/data/*", page)
		stop := h.run(Daemon{Settings: since2024()})
		time.Sleep(10 * time.Minute) // all four are listed, and none is served
		h.world.Script("*", page)
		time.Sleep(20 * time.Hour)
		if n := h.states(); n[index.Rejected] > 0 || n[index.Deferred] != 4 {
			t.Errorf("states %v after the outage, want all deferred", n)
		}
		h.world.ClearScript()
		time.Sleep(7 * time.Hour)
		if n := len(h.filings()); n != 4 {
			t.Errorf("%d filings afterwards, want 4", n)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestOneFilingThatIsNotThereForDaysIsNoBlock(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) { // a Friday
		ghost := made("0000900002-24-000099", "8-K", "2024-06-21", "900002")
		h := newHouse(t, append(fourReports(), ghost)...)
		h.world.Script("/Archives/edgar/data/*0000900002-24-000099.txt", edgartest.Always(edgartest.NoSuchKey))
		c := h.crawler()
		c.pace = slowly()
		stop := h.runWith(c, Daemon{Settings: since2024()})
		time.Sleep(70 * time.Hour)
		if until, err := h.crawler().door.budget.coolingUntil(t.Context()); err != nil || !until.IsZero() {
			t.Errorf("cooling until %v (%v)", until, err)
		}
		asked := len(h.world.FilingRequests())
		if e := h.entry(ghost.Accession.String()); e.State != index.Deferred || asked < 20 {
			t.Errorf("%d requests, entry %+v; want it deferred and tried again", asked, e)
		}
		h.world.ClearScript()
		time.Sleep(7 * time.Hour)
		if _, err := h.ix.Filing(ghost.Accession); err != nil {
			t.Error(err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}
