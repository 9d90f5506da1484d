package crawl

import (
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// archiveFrom is a house about to crawl a world that lists quarters from one on.
func archiveFrom(t *testing.T, quarter string) (*house, Scope) {
	t.Helper()
	q := must(edgar.ParseQuarter(quarter))
	w := edgartest.New(edgartest.WithFrom(q), edgartest.WithNightlyListings())
	must(0, w.Add(fourReports()...))
	return houseIn(t, w), Scope{From: q.First()}
}

func TestAPassWithNothingNewAsksAtMostThreeTimesAtAnyHour(t *testing.T) {
	for clock, from := range map[string]string{
		"2024-06-22 12:00": "1993Q1",                               // Saturday after the rebuild, when the first pass asks for all quarters
		"2024-06-20 12:00": "2023Q1", "2024-06-20 22:30": "2023Q1", // before and after the listings are written
		"2024-06-24 05:00": "2023Q1",                               // Monday before EDGAR opens
		"2024-07-01 12:00": "2023Q1", "2024-07-01 22:30": "2023Q1", // a quarter's first day
		"2024-07-02 09:00": "2023Q1", "2024-01-02 12:00": "2023Q1", "2024-12-26 23:30": "2023Q1",
	} {
		at(t, clock, func(t *testing.T) {
			h, all := archiveFrom(t, from)
			h.sync(all)
			if _, asked := h.sync(all); len(asked) > 3 {
				t.Errorf("%s: a pass with nothing new asked for %q", clock, asked)
			}
		})
	}
}

func TestAFirstDayOfAQuarterWithoutListingsIsNoGap(t *testing.T) {
	at(t, "2024-07-01 22:30", func(t *testing.T) {
		h, all := archiveFrom(t, "2023Q1")
		h.world.Script("/Archives/edgar/full-index/2024/QTR3/*", edgartest.Always(edgartest.AccessDenied))
		h.sync(all)
		r, asked := h.sync(all)
		if len(r.Gaps) != 0 || r.Differs() || len(asked) > 3 {
			t.Errorf("gaps %q, asked for %q; want none and at most three", r.Gaps, asked)
		}
	})
}

func TestAFilingMadePublicYearsLateIsFoundAfterTheRebuild(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h, all := archiveFrom(t, "2009Q1")
		h.sync(all)
		late := made("0000900007-09-000003", "8-K", "2009-05-05", "900007")
		late.PrivateToPublic = true
		late.Public = time.Now().Add(time.Hour)
		must(0, h.world.Add(late))
		time.Sleep(12 * time.Hour)
		if r, asked := h.sync(all); r.New != 0 {
			t.Errorf("%d new before the rebuild, want none; asked for %q", r.New, asked)
		}
		untilRebuilt()
		r, _ := h.sync(all)
		if r.New != 1 || r.Recorded != 1 || r.Withdrawn != 0 {
			t.Errorf("report %+v, want the one recorded", r)
		}
		if r := h.audit(); r.Differs() {
			t.Errorf("audit: %q", named(r))
		}
	})
}

func TestDailyListingsAreFoundUnderTheNamesThatTheirFolderLists(t *testing.T) {
	for clock, filed := range map[string]string{
		"2003-08-13 09:00": "2003-08-12", "2011-08-10 09:00": "2011-08-09", "2024-06-20 09:00": "2024-06-18",
	} {
		at(t, clock, func(t *testing.T) {
			h := newHouse(t, made("0000900001-98-000001", "8-K", filed, "900001"))
			h.world.Script("/Archives/edgar/full-index/*", edgartest.Always(edgartest.AccessDenied))
			if r, asked := h.sync(Scope{}); r.Recorded != 1 {
				t.Errorf("%s: recorded %d, asked for %q", clock, r.Recorded, asked)
			}
		})
	}
}

func TestADayThatTheFolderDoesNotListIsNotAskedFor(t *testing.T) {
	at(t, "2024-06-21 09:00", func(t *testing.T) {
		h := newHouse(t, made(ofJune, "8-K", "2024-06-18", "900001"))
		h.world.Script("/Archives/edgar/full-index/*", edgartest.Always(edgartest.AccessDenied))
		body := `{"directory":{"item":[{"name":"master.20240618.idx"}]}}`
		h.world.Script("/Archives/edgar/daily-index/2024/QTR2/index.json", edgartest.Always(edgartest.Body(200, "application/json", []byte(body))))
		r, asked := h.sync(Scope{From: day("2024-06-18")})
		for _, path := range asked {
			if strings.Contains(path, "20240620") {
				t.Errorf("asked for %s", path)
			}
		}
		if r.Recorded != 1 || len(r.Gaps) != 2 { // the quarter, and the 20th; the 19th is Juneteenth
			t.Errorf("recorded %d, gaps %q; want the one listed, and the quarter and a day missing", r.Recorded, r.Gaps)
		}
	})
}
