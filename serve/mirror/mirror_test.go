package mirror_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
)

func TestListingsAreThoseOfEDGARByteForByte(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		h := newHouse(t, w)
		h.sync("2024-01-01")
		for _, path := range []string{
			"full-index/2024/QTR1/master.idx", "full-index/2024/QTR1/form.idx", "full-index/2024/QTR1/company.idx", "full-index/2024/QTR1/crawler.idx",
			"full-index/2024/QTR1/master.gz", "full-index/2024/QTR2/master.idx", "full-index/2024/QTR2/form.gz", "full-index/form.idx",
			"daily-index/2024/QTR1/master.20240205.idx", "daily-index/2024/QTR2/form.20240618.idx", "daily-index/2024/QTR2/company.20240620.idx",
			"daily-index/2024/QTR2/crawler.20240620.idx", "daily-index/2024/QTR2/master.20240617.idx",
		} {
			path = "/Archives/edgar/" + path
			if diff := cmp.Diff(fetch(t, w, path), h.body(path)); diff != "" {
				t.Errorf("%s, -EDGAR +mirror:\n%s", path, diff)
			}
		}
	})
}

func TestASecondArchiveFillsItselfFromTheFirst(t *testing.T) {
	at(t, "2026-11-20 12:00", func(t *testing.T) {
		w := edgartest.Demo(edgartest.WithAnyUserAgent())
		first := newHouse(t, w)
		first.sync("1994-01-01")
		second := newHouse(t, first)
		r := second.sync("1994-01-01")
		if diff := cmp.Diff(first.held(), second.held()); diff != "" || r.Deferred+r.Rejected > 0 || len(r.Gaps) > 0 {
			t.Errorf("report %+v, -first +second:\n%s", r, diff)
		}
		if r := second.sync("1994-01-01"); r.Recorded+r.FilingRequests+r.Withdrawn > 0 || len(r.Gaps) > 0 {
			t.Errorf("again: %+v, want nothing fetched", r)
		}
		time.Sleep(3 * 24 * time.Hour)
		grown := made("0000900001-26-000001", "8-K", "2026-11-23", "900001", "900002")
		if err := w.Add(grown); err != nil {
			t.Fatal(err)
		}
		first.sync("1994-01-01")
		if r := second.sync("1994-01-01"); r.Recorded != 1 || r.FilingRequests != 1 {
			t.Errorf("after the first grew: %+v, want one filing", r)
		}
		if diff := cmp.Diff(first.held(), second.held()); diff != "" {
			t.Errorf("-first +second:\n%s", diff)
		}
		for _, err := range first.faults {
			t.Error(err)
		}
	})
}

func TestWhatIsNotSyncedIsDeniedAndWhatIsEmptyHasAHeadAlone(t *testing.T) {
	at(t, "2024-06-21 12:00", func(t *testing.T) {
		h := newHouse(t, world(t, append(reports(), made("0000900001-23-000001", "10-Q", "2023-08-01", "900001"))...))
		h.sync("2023-10-01")
		for path, want := range map[string]int{
			"full-index/2023/QTR3/master.idx":           http.StatusForbidden,
			"full-index/2023/QTR3/index.json":           http.StatusForbidden,
			"full-index/2023/QTR4/master.idx":           http.StatusOK,
			"full-index/2023/QTR4/master.gz":            http.StatusOK,
			"full-index/2023/QTR4/crawler.gz":           http.StatusForbidden,
			"full-index/2023/QTR4/master.Z":             http.StatusForbidden,
			"full-index/2024/QTR3/master.idx":           http.StatusForbidden,
			"full-index/2024/QTR5/master.idx":           http.StatusForbidden,
			"daily-index/2024/QTR1/master.20240204.idx": http.StatusForbidden, // a Sunday
			"daily-index/2024/QTR1/master.20240206.idx": http.StatusOK,
			"daily-index/2024/QTR2/master.20240206.idx": http.StatusForbidden,
			"daily-index/2023/QTR3/master.20230801.idx": http.StatusForbidden,
			"": http.StatusForbidden, "full-index/": http.StatusForbidden,
		} {
			w := h.get("/Archives/edgar/" + path)
			if w.Code != want {
				t.Errorf("%s answers %d, want %d: %s", path, w.Code, want, w.Body)
			}
		}
	})
}
