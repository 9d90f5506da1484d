package crawl

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

func all2024() Scope { return Scope{From: day("2024-01-01")} }

func TestOnePassRecordsEveryReportOfTheScopeWithOneRequestEach(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		r, _ := h.sync(all2024())
		want := map[string]string{
			"0000900001-24-000001": "8-K", "0000900001-24-000002": "8-K/A",
			"0000900009-24-000003": "8-K12B", "0000900001-24-000011": "8-K",
		}
		if diff := cmp.Diff(want, h.filings()); diff != "" {
			t.Errorf("recorded (-want +got):\n%s", diff)
		}
		if r.Listed != 4 || r.New != 4 || r.Recorded != 4 || r.FilingRequests != 4 || r.Differs() {
			t.Errorf("report %+v, want 4 listed, new, recorded, asked for, and nothing else", r)
		}
		if got := len(h.world.FilingRequests()); got != 4 {
			t.Errorf("the server counted %d filing requests, want 4", got)
		}
	})
}

func TestAPassOverAFinishedWorldAsksOnlyForTheRunningQuarter(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		r, asked := h.sync(all2024())
		if want := []string{"/Archives/edgar/full-index/2024/QTR2/master.gz"}; !slices.Equal(asked, want) {
			t.Errorf("asked for %q, want %q", asked, want)
		}
		if r.Listed != 4 || r.New != 0 || r.Recorded != 0 {
			t.Errorf("report %+v, want 4 listed and nothing new", r)
		}
	})
}

func TestAListingThatGrowsIsReadAgain(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		time.Sleep(time.Hour)
		if err := h.world.Add(made("0000900001-24-000012", "8-K", "2024-06-20", "900001")); err != nil {
			t.Fatal(err)
		}
		r, _ := h.sync(all2024())
		if r.New != 1 || r.Recorded != 1 || r.FilingRequests != 1 {
			t.Errorf("report %+v, want one new filing", r)
		}
	})
}

func TestAPastQuarterIsAskedForAgainAfterTheSaturdayRebuild(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		time.Sleep(3 * 24 * time.Hour) // Sunday
		_, asked := h.sync(all2024())
		if !slices.Contains(asked, "/Archives/edgar/full-index/2024/QTR1/master.gz") {
			t.Errorf("asked for %q, want the first quarter among it", asked)
		}
		_, asked = h.sync(all2024())
		if slices.Contains(asked, "/Archives/edgar/full-index/2024/QTR1/master.gz") {
			t.Errorf("asked for %q, want no first quarter so soon again", asked)
		}
	})
}

func TestDaysThatTheQuarterDoesNotReachComeFromDailyListings(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		// The quarterly listing of this server stopped on Tuesday.
		stale := strings.Join([]string{
			"Description:           Master Index of EDGAR Dissemination Feed",
			"Last Data Received:    June 18, 2024", "", "CIK|Company Name|Form Type|Date Filed|Filename", strings.Repeat("-", 80),
			"900003|Tidewater|8-K12B|2024-06-18|edgar/data/900003/0000900009-24-000003.txt", "",
		}, "\n")
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(edgartest.Body(200, "text/plain", []byte(stale))))
		r, asked := h.sync(Scope{})
		if _, ok := h.filings()["0000900001-24-000011"]; !ok || r.Recorded != 2 {
			t.Errorf("recorded %v, want the two of 18 and 20 June; asked for %q", h.filings(), asked)
		}
	})
}

func TestCoRegistrantsAreOneSubmissionFoundUnderEach(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, made("0000900009-24-000003", "8-K", "2024-06-18", "900003", "900004"))
		h.sync(all2024())
		for _, c := range []string{"900003", "900004"} {
			page, err := h.ix.Find(index.Query{CIKs: []edgar.CIK{cik(c)}})
			if err != nil || len(page.Filings) != 1 {
				t.Errorf("CIK %s: %d filings, %v; want 1", c, len(page.Filings), err)
			}
		}
		if got := len(h.world.FilingRequests()); got != 1 {
			t.Errorf("%d filing requests, want 1", got)
		}
	})
}

func TestAScopeOfOneIssuerLeavesTheOthersForLater(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		one := all2024()
		one.CIKs = []edgar.CIK{cik("900004")}
		if r, _ := h.sync(one); r.Recorded != 1 {
			t.Errorf("recorded %d for one issuer, want 1", r.Recorded)
		}
		r, asked := h.sync(all2024())
		if r.Recorded != 3 || len(asked) != 2+3 {
			t.Errorf("recorded %d with requests %q, want the other 3 and two listings", r.Recorded, asked)
		}
	})
}

func TestALimitTakesTheNewestAndSaysWhatIsLeft(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := all2024()
		s.Limit = 1
		r, _ := h.sync(s)
		if _, ok := h.filings()["0000900001-24-000011"]; !ok || r.Recorded != 1 || r.Left != 3 {
			t.Errorf("recorded %v, %d left; want the newest, 3 left", h.filings(), r.Left)
		}
	})
}

func TestADryRunSaysWhatIsAheadAndChangesNothing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := all2024()
		s.DryRun = true
		for range 2 {
			r, err := h.crawler(func(c *Config) { c.Rate = 8 }).Sync(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			if p := r.Plan; p.Filings != 4 || p.Requests != 4 || p.WireBytes == 0 || p.DiskBytes == 0 || p.Hours == 0 {
				t.Errorf("plan %+v, want 4 filings with bytes and hours", p)
			}
		}
		if got := len(h.world.FilingRequests()); got != 0 || len(h.filings()) != 0 {
			t.Errorf("%d filing requests, %d filings; want none", got, len(h.filings()))
		}
		if r, _ := h.sync(all2024()); r.Recorded != 4 {
			t.Errorf("recorded %d after the dry run, want 4", r.Recorded)
		}
	})
}

func TestAPlanThatIsNotConfirmedFetchesNothing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := all2024()
		s.Confirm = func(p Plan) bool { return p.Filings != 4 }
		if _, err := h.crawler().Sync(t.Context(), s); !errors.Is(err, ErrNotConfirmed) {
			t.Errorf("got %v, want ErrNotConfirmed", err)
		}
		if got := len(h.world.FilingRequests()); got != 0 {
			t.Errorf("%d filing requests, want none", got)
		}
	})
}

func TestWhatIsNotTheSubmissionAskedForIsNeverArchived(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer edgartest.Answer
		state  index.State
		reason string
	}{
		{"an empty body", edgartest.Empty, index.Deferred, "empty"},
		{"half a body that claims to be whole", edgartest.Truncated, index.Deferred, "end mark"},
		{"half a body", edgartest.CutOff, index.Deferred, "EOF"},
		{"a wrong checksum", edgartest.CorruptGzip, index.Deferred, "checksum"},
		{"a broken connection", edgartest.Reset, index.Deferred, "reset"},
		{"their fault", edgartest.Unavailable, index.Deferred, "503"},
		{"not yet there", edgartest.NoSuchKey, index.Deferred, "not yet there"},
		{"an html page", edgartest.Body(200, "text/html", []byte("<html><body>Welcome</body></html>")), index.Deferred, "html page"},
		{"a listing", edgartest.Body(200, "text/plain", []byte("CIK|Company Name\n")), index.Deferred, "not a submission"},
		{"another submission", edgartest.Other(acc("0000900001-24-000001")), index.Deferred, "holds submission 0000900001-24-000001"},
		{"another form", edgartest.Other(acc("0000900002-24-000007")), index.Deferred, ""},
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			const bad = "0000900001-24-000011"
			h.world.Script("/Archives/edgar/data/900001/"+bad+".txt", c.answer)
			r, _ := h.sync(all2024())
			e := h.entry(bad)
			if e.State != c.state || !strings.Contains(e.Reason, c.reason) {
				t.Errorf("%s: entry %s because %q, want %s because of %q", c.name, e.State, e.Reason, c.state, c.reason)
			}
			if _, err := h.ar.Stat(acc(bad)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: archived (%v)", c.name, err)
			}
			if r.Recorded != 3 || r.Deferred != 1 || !r.Differs() {
				t.Errorf("%s: report %+v, want 3 recorded and 1 deferred", c.name, r)
			}
			if !e.Next.After(time.Now()) {
				t.Errorf("%s: next attempt at %v, want later than now", c.name, e.Next)
			}
			time.Sleep(time.Until(e.Next))
			if r, _ := h.sync(all2024()); r.Recorded != 1 || h.entry(bad).State != index.Recorded {
				t.Errorf("%s: the next pass recorded %d, entry %s; want it mended", c.name, r.Recorded, h.entry(bad).State)
			}
		})
	}
}

func TestAnotherFormUnderAReportsRowIsRejected(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		const bad = "0000900001-24-000011"
		body := must(h.world.Body(acc(bad)))
		h.world.Script("/Archives/edgar/data/900001/"+bad+".txt",
			edgartest.Body(200, "text/plain", []byte(strings.ReplaceAll(string(body), "8-K", "10-Q"))))
		r, _ := h.sync(all2024())
		if e := h.entry(bad); e.State != index.Rejected || !strings.Contains(e.Reason, "form 10-Q, listed as 8-K") || r.Rejected != 1 {
			t.Errorf("entry %s because %q, %d rejected; want it rejected for its form", e.State, e.Reason, r.Rejected)
		}
	})
}

func TestAnOldSubmissionThatIsGoneIsRejected(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		const gone = "0000900001-24-000001"
		h.world.Script("/Archives/edgar/data/900001/"+gone+".txt", edgartest.NoSuchKey)
		h.sync(all2024())
		if e := h.entry(gone); e.State != index.Rejected || !strings.Contains(e.Reason, "gone") {
			t.Errorf("entry %s because %q, want rejected as gone", e.State, e.Reason)
		}
		s := all2024()
		s.RetryRejected = true
		if r, _ := h.sync(s); r.Recorded != 1 {
			t.Errorf("recorded %d on request, want 1", r.Recorded)
		}
	})
}

func TestPoisonIsGivenUpAfterEightAttempts(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		const bad = "0000900001-24-000011"
		h.world.Script("/Archives/edgar/data/900001/"+bad+".txt", edgartest.Always(edgartest.Empty))
		s := all2024()
		s.RetryNow = true
		for range 10 {
			h.sync(s)
		}
		if e := h.entry(bad); e.State != index.Rejected || !strings.Contains(e.Reason, "gave up after 8 attempts: empty body") {
			t.Errorf("entry %s because %q, want it given up", e.State, e.Reason)
		}
	})
}

func TestOneBadFilingDelaysNoOther(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000011.txt", edgartest.Slow(10, time.Minute))
		if r, _ := h.sync(all2024()); r.Recorded != 3 || r.Deferred != 1 {
			t.Errorf("report %+v, want the other 3 recorded", r)
		}
	})
}

func TestARefusalEndsThePassAndChargesNoEntry(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/data/*", edgartest.Normal, edgartest.Throttled)
		_, err := h.crawler(func(c *Config) { c.Rate = 8 }).Sync(t.Context(), all2024())
		var throttled *ThrottledError
		if !errors.As(err, &throttled) || throttled.First {
			t.Fatalf("got %v, want a ThrottledError after good answers", err)
		}
		asked := len(h.world.Requests())
		if _, err := h.crawler(func(c *Config) { c.Rate = 8 }).Sync(t.Context(), all2024()); !errors.As(err, &throttled) {
			t.Errorf("started in the cool-down: %v, want a ThrottledError", err)
		}
		if got := len(h.world.Requests()); got != asked {
			t.Errorf("%d requests during the cool-down, want none", got-asked)
		}
		for e, err := range h.ix.Entries() {
			if err != nil || e.Attempts != 0 || e.State == index.Deferred {
				t.Errorf("entry %s %s after %d attempts, %v; want none charged", e.Accession, e.State, e.Attempts, err)
			}
		}
		time.Sleep(time.Until(throttled.Until))
		h.sync(all2024())
		if got := len(h.filings()); got != 4 {
			t.Errorf("%d filings in the end, want 4", got)
		}
	})
}

func TestAMissingQuarterIsAGapUnlessItIsYetToCome(t *testing.T) {
	at(t, "2024-07-01 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/2024/QTR3/*", edgartest.Always(edgartest.AccessDenied))
		h.world.Script("/Archives/edgar/full-index/2024/QTR1/*", edgartest.Always(edgartest.AccessDenied))
		r, _ := h.sync(all2024())
		if want := []string{"2024Q1: EDGAR does not have it"}; !slices.Equal(r.Gaps, want) || !r.Differs() {
			t.Errorf("gaps %q, want %q", r.Gaps, want)
		}
		if r.Recorded != 2 {
			t.Errorf("recorded %d, want the 2 of the second quarter", r.Recorded)
		}
		if r, _ := h.sync(all2024()); len(r.Gaps) != 0 {
			t.Errorf("gaps %q again at once, want the standing one in the status alone", r.Gaps)
		}
	})
}

func TestAListingThatCannotBeReadIsAGapAndIsAskedForAgain(t *testing.T) {
	for _, answer := range []edgartest.Answer{edgartest.Unavailable, edgartest.Empty, edgartest.Truncated, edgartest.CutOff, edgartest.Reset} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.world.Script("/Archives/edgar/full-index/2024/QTR1/*", edgartest.Always(answer))
			r, _ := h.sync(all2024())
			if len(r.Gaps) != 1 || r.Recorded != 2 {
				t.Errorf("%v: gaps %q, recorded %d; want the first quarter missing", answer, r.Gaps, r.Recorded)
			}
			h.world.ClearScript()
			if r, _ = h.sync(all2024()); len(r.Gaps) != 0 || r.Recorded != 2 {
				t.Errorf("%v: then gaps %q, recorded %d; want the rest", answer, r.Gaps, r.Recorded)
			}
		})
	}
}

func TestAPassThatIsCancelledKeepsWhatItHas(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		ctx, cancel := context.WithCancel(t.Context())
		c := h.crawler(func(c *Config) {
			c.Rate = 1
			c.Progress = func(p Progress) {
				if p.Recorded == 1 {
					cancel()
				}
			}
		})
		start := time.Now()
		r, err := c.Sync(ctx, all2024())
		if !errors.Is(err, context.Canceled) || r.Recorded != 1 || r.Deferred != 0 {
			t.Errorf("%v with %+v, want it cancelled with one recorded and none deferred", err, r)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("stopped after %v", took)
		}
		if r, _ := h.sync(all2024()); r.Recorded != 3 {
			t.Errorf("then recorded %d, want the other 3", r.Recorded)
		}
	})
}

func TestAFullDiskEndsThePassAsOurFailure(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.ar.Close() // nothing can be written any more
		_, err := h.crawler().Sync(t.Context(), all2024())
		var throttled *ThrottledError
		if err == nil || errors.As(err, &throttled) {
			t.Errorf("got %v, want a failure on our side", err)
		}
		for e := range h.ix.Entries() {
			if e.Attempts != 0 {
				t.Errorf("entry %s charged with %d attempts for our failure", e.Accession, e.Attempts)
			}
		}
	})
}
