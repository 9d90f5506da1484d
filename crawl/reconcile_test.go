package crawl

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

const (
	ofFebruary = "0000900001-24-000001" // an 8-K of 2024's first quarter
	ofJune     = "0000900001-24-000011" // an 8-K of its second
)

// settle makes a pass and sleeps until a listing can tell of what it found.
func (h *house) settle(s Scope) {
	h.t.Helper()
	h.sync(s)
	time.Sleep(building + time.Hour)
}

// untilRebuilt sleeps until a Saturday's rebuild is over.
func untilRebuilt() { time.Sleep(time.Until(edgar.LastRebuild(time.Now()).AddDate(0, 0, 7))) }

// replace puts a submission in the place of the one with its accession number.
func (h *house) replace(s edgartest.Submission) {
	h.t.Helper()
	h.world.Remove(s.Accession)
	if err := h.world.Add(s); err != nil {
		h.t.Fatal(err)
	}
}

func TestAFilingThatTheRebuiltQuarterLacksIsWithdrawnAndStaysReadable(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.settle(all2024())
		h.world.Remove(acc(ofFebruary))
		untilRebuilt()
		r, _ := h.sync(all2024())
		e := h.entry(ofFebruary)
		if r.Withdrawn != 1 || e.State != index.Withdrawn || e.Reason != "not in 2024Q1 as rebuilt 2024-06-20" {
			t.Errorf("%d withdrawn, entry %s because %q", r.Withdrawn, e.State, e.Reason)
		}
		if r.Differs() {
			t.Errorf("report %+v differs, want a correction of SEC's to be nothing to do", r)
		}
		f, err := ReadFiling(h.ix, h.ar, acc(ofFebruary), 0)
		if err != nil || len(f.Items) == 0 || f.Items[0].Text == "" {
			t.Errorf("not readable any more: %v", err)
		}
		if f := must(h.ix.Filing(acc(ofFebruary))); !f.Withdrawn {
			t.Error("the filing does not say that it is withdrawn")
		}
		before := h.dump()
		if r, asked := h.sync(all2024()); r.Withdrawn != 0 || len(asked) != 1 {
			t.Errorf("again: %d withdrawn with requests %q, want none with one", r.Withdrawn, asked)
		}
		h.reindex()
		if diff := cmp.Diff(without(before, "listing/"), without(h.dump(), "listing/")); diff != "" {
			t.Errorf("rebuilt index (-want +got):\n%s", diff)
		}
	})
}

// without drops the keys with a prefix.
func without(dump map[string]string, prefix string) map[string]string {
	left := map[string]string{}
	for k, v := range dump {
		if !strings.HasPrefix(k, prefix) {
			left[k] = v
		}
	}
	return left
}

func TestAFilingThatIsListedAgainComesBack(t *testing.T) {
	for _, fetched := range []bool{true, false} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			if !fetched {
				h.world.Script("/Archives/edgar/data/900001/"+ofFebruary+".txt", edgartest.Unavailable)
			}
			h.settle(all2024())
			h.world.Remove(acc(ofFebruary))
			untilRebuilt()
			h.sync(all2024())
			if e := h.entry(ofFebruary); e.State != index.Withdrawn {
				t.Fatalf("entry %s, want it withdrawn", e.State)
			}
			h.replace(made(ofFebruary, "8-K", "2024-02-05", "900001"))
			untilRebuilt()
			r, _ := h.sync(all2024())
			if e := h.entry(ofFebruary); e.State != index.Recorded || e.Reason != "" {
				t.Errorf("entry %s because %q, want it recorded again", e.State, e.Reason)
			}
			if f := must(h.ix.Filing(acc(ofFebruary))); f.Withdrawn {
				t.Error("the filing still says that it is withdrawn")
			}
			if (r.Recorded == 1) == fetched {
				t.Errorf("recorded %d, want a filing that was never had to be fetched, and no other", r.Recorded)
			}
		})
	}
}

func TestARowWhoseDateIsCorrectedIntoAnotherQuarterTakesItsEntryAlong(t *testing.T) {
	for from, to := range map[string]string{"2024-02-05": "2024-04-02", "2024-04-03": "2024-03-28"} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, made(ofFebruary, "8-K", from, "900001"), made(ofJune, "8-K", "2024-06-20", "900001"), made("0000900001-24-000002", "8-K", "2024-02-09", "900001"))
			h.settle(all2024())
			h.replace(made(ofFebruary, "8-K", to, "900001"))
			untilRebuilt()
			r, _ := h.sync(all2024())
			if e := h.entry(ofFebruary); r.Withdrawn != 0 || e.State != index.Recorded || e.Filed != day(to) {
				t.Errorf("%d withdrawn, entry %s of %s (%s); want it recorded under %s", r.Withdrawn, e.State, e.Filed, e.Reason, to)
			}
		})
	}
}

func TestAReportThatBecomesAnotherFormIsWithdrawnUnlessThatIsWantedToo(t *testing.T) {
	for form, want := range map[string]index.State{"8-A12B": index.Withdrawn, "8-K/A": index.Recorded} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.settle(all2024())
			h.replace(made(ofFebruary, form, "2024-02-05", "900001"))
			untilRebuilt()
			h.sync(all2024())
			e := h.entry(ofFebruary)
			if e.State != want {
				t.Errorf("listed as %s: entry %s, want %s", form, e.State, want)
			}
			switch f := must(h.ix.Filing(acc(ofFebruary))); {
			case want == index.Withdrawn && e.Reason != "listed as 8-A12B now":
				t.Errorf("because %q", e.Reason)
			case want == index.Recorded && (e.Form.String() != form || f.Form.String() != "8-K"):
				t.Errorf("entry says %s, filing %s; want the entry to follow the listing and the filing its header", e.Form, f.Form)
			}
			q := index.Query{Forms: []edgar.Form{must(edgar.ParseForm("8-K"))}, CIKs: []edgar.CIK{cik("900001")}}
			if page := must(h.ix.Find(q)); len(page.Filings) != 2 {
				t.Errorf("%d filings found as 8-K, want 2: by what their headers say", len(page.Filings))
			}
		})
	}
}

func TestAFilingKnownFromADailyListingAloneIsWithdrawnOnceTheQuarterCoversItsDay(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := houseIn(t, edgartest.New(edgartest.WithNightlyListings()))
		if err := h.world.Add(fourReports()...); err != nil {
			t.Fatal(err)
		}
		stale := must(h.listing("2024Q2", "June 18, 2024", "900003|Tidewater|8-K12B|2024-06-18|edgar/data/900003/0000900009-24-000003.txt"))
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(stale))
		if h.sync(Scope{}); h.entry(ofJune).State != index.Recorded {
			t.Fatalf("entry %s, want it recorded from the daily listing", h.entry(ofJune).State)
		}
		h.world.Remove(acc(ofJune))
		r, _ := h.sync(Scope{})
		if r.Withdrawn != 0 {
			t.Errorf("%d withdrawn by a quarter that does not reach that day", r.Withdrawn)
		}
		h.world.ClearScript()
		time.Sleep(24 * time.Hour)
		r, _ = h.sync(Scope{})
		if e := h.entry(ofJune); r.Withdrawn != 1 || e.State != index.Withdrawn || !strings.HasPrefix(e.Reason, "not in 2024Q2") {
			t.Errorf("%d withdrawn, entry %s because %q", r.Withdrawn, e.State, e.Reason)
		}
	})
}

// listing makes the answer that is a quarterly listing of these rows.
func (h *house) listing(name, lastData string, rows ...string) (edgartest.Answer, error) {
	text := fmt.Sprintf("Description:           Master Index of EDGAR Dissemination Feed\nLast Data Received:    %s\n\n"+
		"CIK|Company Name|Form Type|Date Filed|Filename\n%s\n%s\n", lastData, strings.Repeat("-", 80), strings.Join(rows, "\n"))
	return edgartest.Body(200, "text/plain", []byte(text)), nil
}

func TestAFilingSeenAfterTheListingWasBuiltIsNotJudgedByIt(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(Scope{From: day("2024-04-01")})
		time.Sleep(time.Hour)
		late := made("0000900005-23-000077", "8-K", "2024-01-08", "900005") // made public just now
		row := index.Listing{Key: "getcurrent"}
		rows := rowsOf(late)
		if _, err := h.ix.Discover(row, slices.Values(rows), time.Now()); err != nil {
			t.Fatal(err)
		}
		if r, _ := h.sync(all2024()); r.Withdrawn != 0 {
			t.Errorf("withdrawn by a listing older than the first sight of it: %s", h.entry(late.Accession.String()).Reason)
		}
		for range 3 { // rebuilds that leave the quarter as it was
			untilRebuilt()
			h.sync(all2024())
		}
		if e := h.entry(late.Accession.String()); e.State != index.Withdrawn {
			t.Errorf("entry %s after three rebuilds without it, want it withdrawn", e.State)
		}
	})
}

func TestAListingThatLostTooMuchWithdrawsNothingUnlessTold(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(30)...)
		h.settle(all2024())
		for i := range 21 {
			h.world.Remove(acc(fmt.Sprintf("0000900001-24-1%05d", i)))
		}
		untilRebuilt()
		r, _ := h.sync(all2024())
		if n := h.states(); n[index.Withdrawn] != 0 || r.Withdrawn != 0 || !r.Differs() {
			t.Errorf("states %v, report %+v; want nothing withdrawn and the pass to differ", n, r)
		}
		if len(r.Gaps) != 1 || !strings.HasPrefix(r.Gaps[0], "2024Q1: lists 21 fewer than before: nothing withdrawn; look at it") {
			t.Errorf("gaps %q", r.Gaps)
		}
		if l, _, err := h.ix.Listing("2024Q1"); err != nil || l.Held != 21 {
			t.Errorf("listing says that %d are held, %v; want 21", l.Held, err)
		}
		if r, _ := h.sync(all2024()); len(r.Gaps) != 0 {
			t.Errorf("gaps %q again at once, want the standing one in the status alone", r.Gaps)
		}
		s := all2024()
		s.AcceptWithdrawals = true
		if r, _ := h.sync(s); r.Withdrawn != 21 || r.Differs() {
			t.Errorf("told to: report %+v, want 21 withdrawn", r)
		}
		if l, _, _ := h.ix.Listing("2024Q1"); l.Held != 0 {
			t.Errorf("%d still held", l.Held)
		}
	})
}

func TestAsManyAsCorrectionsExplainAreWithdrawn(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(30)...)
		h.settle(all2024())
		for i := range 20 {
			h.world.Remove(acc(fmt.Sprintf("0000900001-24-1%05d", i)))
		}
		untilRebuilt()
		if r, _ := h.sync(all2024()); r.Withdrawn != 20 || r.Differs() {
			t.Errorf("report %+v, want 20 withdrawn", r)
		}
	})
}

func TestAListingWithUnreadableLinesWithdrawsNothing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		time.Sleep(time.Hour)
		untilRebuilt()
		broken := must(h.listing("2024Q1", "March 31, 2024", "900001|Tidewater|8-K/A|2024-02-09|edgar/data/900001/0000900001-24-000002.txt",
			"900001|Tidewater|8-K|2024-02-05|edgar/data/9000"))
		h.world.Script("/Archives/edgar/full-index/2024/QTR1/master.gz", broken)
		for range 2 { // without a time of building, it takes two rebuilds to be relied on
			h.sync(all2024())
			untilRebuilt()
			h.world.Script("/Archives/edgar/full-index/2024/QTR1/master.gz", broken)
		}
		r, _ := h.sync(all2024())
		if n := h.states(); n[index.Withdrawn] != 0 || len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0], "1 of its lines cannot be read") {
			t.Errorf("states %v, gaps %q; want nothing withdrawn, and a gap", n, r.Gaps)
		}
	})
}

func TestADryRunCountsWhatItWouldWithdraw(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, append(fourReports(), made("0000900001-24-000009", "8-K", "2024-03-05", "900001"))...)
		h.settle(all2024())
		h.world.Remove(acc(ofFebruary))
		h.replace(made("0000900001-24-000002", "8-K/A", "2024-04-02", "900001")) // moved
		untilRebuilt()
		s := all2024()
		s.DryRun = true
		for range 2 {
			if r, _ := h.sync(s); r.Withdrawn != 1 || h.states()[index.Withdrawn] != 0 {
				t.Errorf("%d to be withdrawn, states %v; want one, and none", r.Withdrawn, h.states())
			}
		}
		if r, _ := h.sync(all2024()); r.Withdrawn != 1 {
			t.Errorf("then %d withdrawn, want one", r.Withdrawn)
		}
	})
}

func TestAPassOfSomeIssuersJudgesNoOther(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.settle(all2024())
		h.world.Remove(acc(ofFebruary))
		h.world.Remove(acc("0000900009-24-000003"))
		untilRebuilt()
		some := all2024()
		some.AdHoc = true
		for i := range maxIssuers + 1 { // too many to be asked for one by one
			some.CIKs = append(some.CIKs, cik(fmt.Sprint(900004+i)))
		}
		if r, _ := h.sync(some); r.Withdrawn != 1 || h.entry(ofFebruary).State != index.Recorded {
			t.Errorf("%d withdrawn, the other issuer's entry %s; want one and it recorded", r.Withdrawn, h.entry(ofFebruary).State)
		}
		if r, _ := h.sync(all2024()); r.Withdrawn != 1 || h.entry(ofFebruary).State != index.Withdrawn {
			t.Errorf("then %d withdrawn, want the other", r.Withdrawn)
		}
	})
}

func TestReconciliationIsCompleteWhereverThePassWasCutOff(t *testing.T) {
	var want map[string]string
	for n, more := -1, true; more; n++ {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, append(fourReports(), made("0000900001-24-000009", "8-K", "2024-03-05", "900001"))...)
			h.settle(all2024())
			h.world.Remove(acc(ofFebruary))
			h.world.Remove(acc("0000900001-24-000002"))
			h.world.Remove(acc("0000900009-24-000003"))
			untilRebuilt()
			more = n < 0 || h.syncUntil(n)
			h.sync(all2024())
			if want == nil {
				want = withdrawn(h)
			}
			if diff := cmp.Diff(want, withdrawn(h)); diff != "" {
				t.Errorf("cut at step %d and run again (-want +got):\n%s", n, diff)
			}
			if !more && (len(want) != 3 || n < 6) {
				t.Errorf("%d withdrawn, %d steps; want 3, and every one cut", len(want), n)
			}
		})
	}
}

func withdrawn(h *house) map[string]string {
	got := map[string]string{}
	for e, err := range h.ix.Entries() {
		if err != nil {
			h.t.Fatal(err)
		}
		if e.State == index.Withdrawn {
			got[e.Accession.String()] = e.Reason
		}
	}
	return got
}

func TestIssuersListingsThatLostTooMuchAreBelievedWhenTold(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, manyReports(30)...)
		one := Scope{CIKs: []edgar.CIK{cik("900001")}}
		must(h.crawler().Issuer(t.Context(), one))
		for i := range 25 {
			h.world.Remove(acc(fmt.Sprintf("0000900001-24-1%05d", i)))
		}
		time.Sleep(2 * rollDelay)
		r := must(h.crawler().Issuer(t.Context(), one))
		if r.Withdrawn != 0 || len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0], "25 filings held are not listed any more") {
			t.Errorf("%d withdrawn, gaps %q; want none and a gap", r.Withdrawn, r.Gaps)
		}
		one.AcceptWithdrawals = true
		if r := must(h.crawler().Issuer(t.Context(), one)); r.Withdrawn != 25 {
			t.Errorf("told to: %d withdrawn, want 25", r.Withdrawn)
		}
	})
}

func TestAnIssuersListingOfYesterdayTellsOfNothingThatIsGone(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		two := Scope{CIKs: []edgar.CIK{cik("900001"), cik("900002")}, From: day("2024-01-01")}
		must(h.crawler().Sync(t.Context(), two))
		must(0, h.world.Add(made("0000900002-24-000077", "8-K", "2024-06-20", "900002")))
		time.Sleep(24 * time.Hour)
		h.sync(all2024())
		h.world.Script("/submissions/CIK0000900002.json", edgartest.Always(edgartest.Unavailable))
		time.Sleep(2 * rollDelay)
		must(0, h.world.Add(made("0000900001-24-000078", "8-K", "2024-06-21", "900001")))
		r := must(h.crawler().Sync(t.Context(), two))
		if e := h.entry("0000900002-24-000077"); e.State != index.Recorded || r.Withdrawn != 0 || len(r.Gaps) != 1 {
			t.Errorf("state %s, %d withdrawn, gaps %q; want it recorded, for a page was not to be had", e.State, r.Withdrawn, r.Gaps)
		}
	})
}

func TestAFilingListedAsAnotherReportOfItsIssuerStays(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		some := Scope{CIKs: []edgar.CIK{cik("900001")}, From: day("2024-01-01"), Forms: must(formsOf("8-K"))}
		must(h.crawler().Issuer(t.Context(), some))
		must(0, h.world.Add(made(ofFebruary, "8-K/A", "2024-02-05", "900001")))
		time.Sleep(2 * rollDelay)
		must(h.crawler().Issuer(t.Context(), some))
		if e := h.entry(ofFebruary); e.State != index.Recorded {
			t.Errorf("state %s, %s; want it recorded", e.State, e.Reason)
		}
	})
}

func TestWhatAKilledPassOverIssuersDidNotWithdrawTheNextOneDoes(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		one := Scope{CIKs: []edgar.CIK{cik("900001")}}
		must(h.crawler().Issuer(t.Context(), one))
		time.Sleep(2 * rollDelay)
		h.world.Remove(acc(ofFebruary))
		c := h.crawler()
		c.step = func(name string) error {
			if name == "discovered CIK0000900001" {
				return errors.New("killed")
			}
			return nil
		}
		if _, err := c.Issuer(t.Context(), one); err == nil {
			t.Fatal("the pass was not killed")
		}
		if r := must(h.crawler().Issuer(t.Context(), one)); r.Withdrawn != 1 || h.entry(ofFebruary).State != index.Withdrawn {
			t.Errorf("withdrawn %d, state %s; want the one that is gone", r.Withdrawn, h.entry(ofFebruary).State)
		}
	})
}
