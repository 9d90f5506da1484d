package crawl

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

func TestAListingCountsAsReadOnlyWhenItsRowsAreInTheIndex(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		c.step = func(name string) error {
			if name == "kept 2024Q1" {
				return errCut
			}
			return nil
		}
		if _, err := c.Sync(t.Context(), all2024()); !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if l, had, err := h.ix.Listing("2024Q1"); err != nil || !had || l.SHA256 == "" || l.Scope != "" || l.Wanted != 0 || l.Judged != "" {
			t.Errorf("record %+v, %v; want a copy that nothing is known to have been read of", l, err)
		}
		must(0, h.ix.SetCoverage(day("2024-01-01")))
		if got := named(h.audit()); !slices.Contains(got, "listing_unread 2024Q1") {
			t.Errorf("audit: %q, want the quarter unread", got)
		}
		r, asked := h.sync(all2024())
		if r.Recorded != 4 || h.audit().Differs() {
			t.Errorf("then recorded %d with %q, audit %q; want all", r.Recorded, asked, named(h.audit()))
		}
	})
}

func TestAKeptListingThatHasSufferedIsFetchedAgainWhenItIsToBeRead(t *testing.T) {
	for name, harm := range map[string]func([]byte) []byte{
		"a byte flipped": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"cut off":        func(b []byte) []byte { return b[:len(b)/2] },
		"another text":   func(b []byte) []byte { return slices.Repeat([]byte("x"), len(b)) },
	} {
		at(t, "2024-06-20 12:00", func(t *testing.T) {
			h := newHouse(t, fourReports()...)
			h.sync(Scope{From: day("2024-02-08")}) // not all of the first quarter
			file := h.dir + "/listings/full-index/2024/QTR1/master.gz"
			if err := os.WriteFile(file, harm(must(os.ReadFile(file))), 0o600); err != nil {
				t.Fatal(err)
			}
			r, asked := h.sync(all2024())
			if r.Recorded != 1 || len(r.Gaps) != 0 || !slices.Contains(asked, "/Archives/edgar/full-index/2024/QTR1/master.gz") {
				t.Errorf("%s: recorded %d, gaps %q, asked for %q; want the listing fetched again and read", name, r.Recorded, r.Gaps, asked)
			}
		})
	}
}

func TestASpoiltCopyWithdrawsNothingAndIsFetchedByTheNextPass(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, append(fourReports(), made("0000900001-24-000009", "8-K", "2024-03-05", "900001"))...)
		h.settle(all2024())
		h.world.Remove(acc(ofFebruary))
		untilRebuilt()
		c := h.crawler()
		c.step = func(name string) error {
			if name == "discovered 2024Q1" { // between its being read and its being compared
				file := h.dir + "/listings/full-index/2024/QTR1/master.gz"
				b := must(os.ReadFile(file))
				b[4] ^= 1
				return os.WriteFile(file, b, 0o600)
			}
			return nil
		}
		r, err := c.Sync(t.Context(), all2024())
		if err != nil || r.Withdrawn != 0 || len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0], "not the bytes that were fetched") {
			t.Errorf("%d withdrawn, gaps %q, %v; want a gap and nothing withdrawn", r.Withdrawn, r.Gaps, err)
		}
		if r, _ := h.sync(all2024()); r.Withdrawn != 1 || len(r.Gaps) != 0 {
			t.Errorf("then %d withdrawn, gaps %q; want one and none", r.Withdrawn, r.Gaps)
		}
	})
}

func TestTwinRowsAndOtherFormsAreOneSubmissionAndNone(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		twin := made("0000900001-24-000021", "8-K", "2024-06-18", "900001", "900001")
		h := newHouse(t, append(fourReports(), twin)...)
		r, _ := h.sync(all2024())
		if l, _, err := h.ix.Listing("2024Q2"); err != nil || l.Rows != 6 || l.Wanted != 3 {
			t.Errorf("%d rows, %d wanted, %v; want 6 with twins and co-registrants, and 3 submissions", l.Rows, l.Wanted, err)
		}
		if r.Listed != 5 || r.Recorded != 5 || r.FilingRequests != 5 || h.audit().Differs() {
			t.Errorf("report %+v, audit %q; want five", r, named(h.audit()))
		}
	})
}

func TestAGhostRowIsRejectedOnceItIsOldAndAddsUp(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/data/*/"+ofFebruary+".txt", edgartest.Always(edgartest.NoSuchKey))
		h.sync(all2024())
		r := h.audit()
		if r.Differs() || r.Total.Rejected != 1 || r.Total.Listed != 4 {
			t.Errorf("audit %+v, want one rejected of four and no difference", r.Total)
		}
	})
}

func TestAnExtentTellsWhatWasWanted(t *testing.T) {
	many := make([]edgar.CIK, maxNamed+1)
	for i := range many {
		many[i] = must(edgar.CIKFromInt(int64(i + 1)))
	}
	for name, c := range map[string]struct {
		scope Scope
		tells bool
	}{
		"everybody": {Scope{Forms: edgar.CurrentReports()}, true},
		"two":       {Scope{Forms: edgar.CurrentReports(), CIKs: many[:2]}, true},
		"all forms": {Scope{AllForms: true}, true},
		"too many":  {Scope{Forms: edgar.CurrentReports(), CIKs: many}, false},
	} {
		c.scope.From, c.scope.To = day("2024-01-01"), day("2024-03-31")
		x := c.scope.of(c.scope.From, c.scope.To)
		got, ok := parseExtent(x.String()).scope()
		if ok != c.tells || ok && got.of(got.From, got.To).String() != x.String() {
			t.Errorf("%s: %s gives %+v, %v", name, x, got, ok)
		}
	}
	if _, ok := parseExtent("").scope(); ok {
		t.Error("an extent of nothing tells something")
	}
}
