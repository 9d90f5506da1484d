package crawl

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// manyReports are n filings of old and n of today.
func manyReports(n int) (subs []edgartest.Submission) {
	for i := range n {
		subs = append(subs,
			made(fmt.Sprintf("0000900001-24-1%05d", i), "8-K", "2024-02-05", "900001"),
			made(fmt.Sprintf("0000900001-24-2%05d", i), "8-K", "2024-06-20", "900001"))
	}
	return subs
}

func (h *house) states() map[index.State]int {
	h.t.Helper()
	n := map[index.State]int{}
	for e, err := range h.ix.Entries() {
		if err != nil {
			h.t.Fatal(err)
		}
		n[e.State]++
	}
	return n
}

func TestAStreakOfAbsencesIsABlockAndNotASentence(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(50)...)
		h.world.Script("/Archives/edgar/data/*", edgartest.Always(edgartest.NoSuchKey))
		_, err := h.crawler().Sync(t.Context(), all2024())
		var throttled *ThrottledError
		if !errors.As(err, &throttled) {
			t.Fatalf("got %v, want a ThrottledError", err)
		}
		if got := len(h.world.FilingRequests()); got > failureStreak+3*workers {
			t.Errorf("%d filing requests into the block, want about %d", got, failureStreak)
		}
		if n := h.states(); n[index.Rejected] != 0 {
			t.Errorf("states %v, want none rejected", n)
		}
		h.world.ClearScript()
		time.Sleep(10 * time.Hour)
		if r, _ := h.sync(all2024()); r.Recorded != 100 {
			t.Errorf("recorded %d afterwards, want 100", r.Recorded)
		}
	})
}

func TestAPassRefusedForACoolDownIsReportedWithoutAScope(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("*", edgartest.Always(edgartest.Throttled))
		for range 2 { // into the cool-down, and during it
			var throttled *ThrottledError
			if _, err := h.crawler().Sync(t.Context(), all2024()); !errors.As(err, &throttled) {
				t.Fatalf("got %v, want a ThrottledError", err)
			}
		}
		ps, err := h.ix.Passes(2)
		if err != nil || len(ps) != 2 || ps[0].Scope != "" || ps[1].Scope != "2024-01-01..2024-06-20 * 8-K|8-K/A|8-K12B|8-K12B/A|8-K12G3|8-K12G3/A|8-K15D5|8-K15D5/A" {
			t.Errorf("passes %+v, %v; want one refused without a scope, and before it one with it", ps, err)
		}
	})
}

func TestAnOutageEndsThePassEarlyAndGivesNothingUp(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(50)...)
		h.world.Script("/Archives/edgar/data/*", edgartest.Always(edgartest.Unavailable))
		for range 200 { // most of two days, a pass every ten minutes
			r, _ := h.sync(all2024())
			if r.Deferred == 0 && r.Stopped == "" {
				continue // nothing due
			}
			if r.FilingRequests > failureStreak+3*workers {
				t.Fatalf("%d filing requests in one pass of the outage, want about %d", r.FilingRequests, failureStreak)
			}
			if r.Deferred >= failureStreak && (r.Stopped == "" || !r.Differs()) {
				t.Fatalf("report %+v, want it to say that it stopped", r)
			}
			time.Sleep(10 * time.Minute)
		}
		if n := h.states(); n[index.Rejected] != 0 {
			t.Errorf("states %v after the outage, want none rejected", n)
		}
		h.world.ClearScript()
		time.Sleep(7 * time.Hour)
		if r, _ := h.sync(all2024()); r.Recorded != 100 {
			t.Errorf("recorded %d afterwards, want 100", r.Recorded)
		}
	})
}

func TestAnOutageOfListingsEndsThePassEarly(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/*", edgartest.Always(edgartest.Unavailable))
		r, asked := h.sync(Scope{From: day("1993-01-01")})
		if r.Stopped == "" || !r.Differs() || len(asked) > 12 {
			t.Errorf("%d requests, report %+v; want it stopped after a few", len(asked), r)
		}
	})
}

func TestADamagedCopyInTheArchiveIsFetchedAgain(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"its frame":   func(b []byte) []byte { b[len(b)/3] ^= 0xff; return b },
		"its trailer": func(b []byte) []byte { b[len(b)-20] ^= 0xff; return b },
		"cut off":     func(b []byte) []byte { return b[:len(b)/2] },
		"emptied":     func([]byte) []byte { return nil },
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.sync(all2024())
			spoil(t, h.dir, "0000900001-24-000011", damage)
			h.reindex()
			if e := h.entry("0000900001-24-000011"); e.State == index.Recorded {
				t.Fatalf("%s: recorded from a damaged copy", name)
			}
			r, _ := h.sync(all2024())
			if r.Recorded != 1 || r.FilingRequests != 1 || len(h.filings()) != 4 {
				t.Errorf("%s: report %+v, want the one fetched again", name, r)
			}
			if err := h.ar.Verify(acc("0000900001-24-000011"), 0); err != nil {
				t.Errorf("%s: newest revision: %v", name, err)
			}
		})
	}
}

// spoil changes the archived file of a submission.
func spoil(t *testing.T, dir, accession string, damage func([]byte) []byte) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "archive"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), accession) {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.Chmod(name, 0o600); err != nil {
			return err
		}
		return os.WriteFile(name, damage(b), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAMissingRunningQuarterIsMadeUpForByItsDays(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t,
			made("0000900001-24-000005", "8-K", "2024-04-15", "900001"),
			made("0000900001-24-000011", "8-K", "2024-06-20", "900001"))
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(edgartest.AccessDenied))
		r, _ := h.sync(all2024())
		if r.Recorded != 2 || !slices.Contains(r.Gaps, "2024Q2: EDGAR does not have it") {
			t.Errorf("recorded %d with gaps %q, want both filings and the quarter named", r.Recorded, r.Gaps)
		}
	})
}

func TestADamagedListingIsReadInAnotherFormat(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/2024/QTR1/master.gz", edgartest.Always(edgartest.Truncated))
		r, asked := h.sync(all2024())
		if r.Recorded != 4 || len(r.Gaps) != 0 || !slices.Contains(asked, "/Archives/edgar/full-index/2024/QTR1/master.idx") {
			t.Errorf("recorded %d with gaps %q, asked %q; want all by way of master.idx", r.Recorded, r.Gaps, asked)
		}
	})
}

func TestALimitedPassIsGoneOnWithByTheNext(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := all2024()
		s.Limit = 1
		h.sync(s)
		if r, _ := h.sync(Scope{}); r.Recorded != 3 {
			t.Errorf("the next pass recorded %d, want the other 3", r.Recorded)
		}
	})
}

func TestANarrowPassDoesNotMoveTheCoverage(t *testing.T) {
	for name, narrow := range map[string]Scope{
		"one form":   {From: day("2001-01-01"), Forms: must(formsOf("8-K12B")), AdHoc: true},
		"one issuer": {From: day("2001-01-01"), CIKs: must(ciksOf("900001")), AdHoc: true},
		"a slice":    {From: day("2001-01-01"), To: day("2001-03-31")},
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.world.Script("/Archives/edgar/full-index/*", edgartest.Always(edgartest.AccessDenied))
			h.sync(narrow)
			if from, ok, err := h.ix.Coverage(); ok || err != nil {
				t.Errorf("%s: coverage from %s, %v; want none", name, from, err)
			}
		})
	}
}

func TestAnArchiveOfSomeFormsHasACoverageOfItsOwn(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := Scope{From: day("2024-01-01"), Forms: must(formsOf("8-K"))}
		h.sync(s)
		time.Sleep(10 * 24 * time.Hour)
		if err := h.world.Add(made("0000900001-24-000012", "8-K", "2024-06-21", "900001")); err != nil {
			t.Fatal(err)
		}
		s.From = edgar.Date{}
		if r, _ := h.sync(s); r.Recorded != 1 {
			t.Errorf("ten days later recorded %d, want the one of the day after", r.Recorded)
		}
	})
}

func TestRetriesKeepToTheScopeAndOutOfDryRuns(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		const gone, other = "0000900001-24-000001", "0000900001-24-000002"
		h.world.Script("/Archives/edgar/data/900001/"+gone+".txt", edgartest.NoSuchKey)
		h.sync(all2024())
		s := all2024()
		s.RetryRejected, s.DryRun = true, true
		if r, _ := h.sync(s); r.Plan.Filings != 1 || h.entry(gone).State != index.Rejected {
			t.Errorf("dry run plans %d filings and leaves the entry %s; want 1 and rejected", r.Plan.Filings, h.entry(gone).State)
		}
		s.DryRun, s.CIKs = false, must(ciksOf("900003"))
		if h.sync(s); h.entry(gone).State != index.Rejected {
			t.Errorf("a pass over another issuer left the entry %s, want rejected", h.entry(gone).State)
		}
	})
}

func TestNoWaiterAsksDuringACoolDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		n, after := 0, 0
		var since time.Time
		s := &server{answer: func(*http.Request) (int, http.Header, string) {
			mu.Lock()
			defer mu.Unlock()
			switch n++; {
			case n == 10:
				since = time.Now()
				return 429, nil, ""
			case n > 10 && time.Since(since) > 0:
				after++
			}
			return 200, nil, "ok"
		}}
		dir := t.TempDir()
		var wg sync.WaitGroup
		for range 2 {
			pages := newPages(t, newDoor(t, s, dir, 8))
			for range 8 {
				wg.Go(func() {
					for range 5 {
						pages.get(t.Context(), "/a", nil, io.Discard, 10)
					}
				})
			}
		}
		wg.Wait()
		if after != 0 {
			t.Errorf("%d requests after the refusal, want none", after)
		}
	})
}

func TestRealConnectionsOfBothProtocolsAreCountedAndSpaced(t *testing.T) {
	for _, h2 := range []bool{false, true} {
		var mu sync.Mutex
		var times []time.Time
		srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			times = append(times, time.Now())
			mu.Unlock()
			if want := map[bool]string{false: "HTTP/1.1", true: "HTTP/2.0"}[h2]; r.Proto != want {
				t.Errorf("asked by %s, want %s", r.Proto, want)
			}
			if r.Header.Get("If-None-Match") != "" {
				w.Header().Set("Content-Length", "100") // as some servers do
				w.WriteHeader(http.StatusNotModified)
				return
			}
			io.WriteString(w, "ok")
		}))
		srv.EnableHTTP2 = h2
		srv.StartTLS()
		defer srv.Close()
		b, err := newBudget(t.TempDir(), "h", 0)
		if err != nil {
			t.Fatal(err)
		}
		door := newPolite(srv.Client().Transport, testAgent, b)
		www, data, err := roots(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := newCollector(www, data, testAgent, door)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					if _, err := pages.get(t.Context(), "/a", nil, io.Discard, 10); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if v, err := pages.get(t.Context(), "/a", http.Header{"If-None-Match": {`"x"`}}, io.Discard, 10); err != nil || v.Status != 304 {
			t.Errorf("h2 %v: conditional request: status %d, %v; want 304", h2, v.Status, err)
		}
		if got := door.requests.Load(); got != 81 || len(times) != 81 {
			t.Errorf("h2 %v: counted %d, the server %d; want 81", h2, got, len(times))
		}
	}
}

func TestANetworkThatIsNotThereEndsThePassAtOnce(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t)
		nowhere := roundTripper(func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "www.sec.gov", IsNotFound: true}}
		})
		c := h.crawler(func(c *Config) { c.Transport = nowhere })
		r, err := c.Sync(t.Context(), all2024())
		if err != nil || r.Requests != 1 || !strings.Contains(r.Stopped, "cannot be reached") || !strings.Contains(r.Stopped, "no such host") {
			t.Errorf("report %+v, %v; want one request and the reason", r, err)
		}
		if ps, err := h.ix.Passes(1); err != nil || len(ps) != 1 || !strings.Contains(ps[0].Outcome, "ended early") {
			t.Errorf("pass report %+v, %v; want its outcome told", ps, err)
		}
	})
}
