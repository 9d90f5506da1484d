package crawl

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// dump returns the index key by key, without reports of passes and the random
// identity.
func (h *house) dump() map[string]string {
	got := map[string]string{}
	for k, v := range h.ix.Dump() {
		if !strings.HasPrefix(k, "pass/") && !strings.Contains(k, "identity") {
			got[k] = string(v)
		}
	}
	return got
}

var errCut = errors.New("cut off here")

// syncUntil makes a pass that is cut off at its n-th step, and reports whether
// there was one.
func (h *house) syncUntil(n int) bool {
	h.t.Helper()
	c := h.crawler()
	var mu sync.Mutex
	c.step = func(string) error {
		mu.Lock()
		defer mu.Unlock()
		if n--; n < 0 {
			return errCut
		}
		return nil
	}
	_, err := c.Sync(h.t.Context(), all2024())
	if err != nil && !errors.Is(err, errCut) {
		h.t.Fatal(err)
	}
	return err != nil
}

func TestInvariant1BytesAreDurableBeforeTheIndexSpeaksOfThem(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		c.step = func(name string) error {
			a, ok := strings.CutPrefix(name, "recorded ")
			if !ok {
				return nil
			}
			r, info, err := h.ar.Open(acc(a), 0)
			if err != nil {
				return fmt.Errorf("recorded %s, archived not: %w", a, err)
			}
			defer r.Close()
			var got bytes.Buffer
			if _, err := got.ReadFrom(r); err != nil || !bytes.Equal(got.Bytes(), must(h.world.Body(acc(a)))) {
				return fmt.Errorf("%s differs from what was served (%v)", a, err)
			}
			if f := must(h.ix.Filing(acc(a))); f.SHA256 != fmt.Sprintf("%x", info.SHA256) || f.Size != info.Size {
				return fmt.Errorf("index says %s, %d bytes; archive %x, %d", f.SHA256, f.Size, info.SHA256, info.Size)
			}
			return nil
		}
		if r, err := c.Sync(t.Context(), all2024()); err != nil || r.Recorded != 4 {
			t.Errorf("recorded %d, %v", r.Recorded, err)
		}
	})
}

func TestInvariant2StateAndDataChangeInOneTransaction(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		for n := 0; ; n++ {
			h := newHouse(t, fourReports()...)
			more := h.syncUntil(n)
			for e, err := range h.ix.Entries() {
				if err != nil {
					t.Fatal(err)
				}
				_, err := h.ix.Filing(e.Accession)
				if has := err == nil; has != (e.State == index.Recorded) {
					t.Errorf("cut at step %d: %s is %s, its filing there: %v", n, e.Accession, e.State, has)
				}
			}
			if !more {
				return
			}
		}
	})
}

func TestInvariant3TheIndexCanBeRebuiltOffline(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000001.txt", edgartest.NoSuchKey) // rejected
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000011.txt", edgartest.Empty)     // deferred
		h.sync(all2024())
		want := h.dump()
		time.Sleep(time.Hour)
		asked := len(h.world.Requests())
		if r := h.reindex(); r.Recorded != 2 {
			t.Fatalf("recorded %d, want 2", r.Recorded)
		}
		if diff := cmp.Diff(want, h.dump()); diff != "" {
			t.Errorf("rebuilt index (-want +got):\n%s", diff)
		}
		if len(h.world.Requests()) != asked {
			t.Error("the rebuild made requests")
		}
	})
}

func TestInvariant4NoRequestLeavesWithoutAToken(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/2024/QTR1/master.gz", edgartest.Redirect("/Archives/edgar/full-index/2024/QTR1/master.idx"))
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/master.gz", edgartest.Unavailable)
		c := h.crawler(func(c *Config) { c.Rate = 2 })
		r, err := c.Sync(t.Context(), all2024())
		if err != nil {
			t.Fatal(err)
		}
		var times []time.Time
		for _, q := range h.world.Requests() {
			times = append(times, q.At)
		}
		if len(times) != r.Requests || len(times) != 1+4+4 {
			t.Errorf("server counted %d requests, report %d; want robots.txt and 8", len(times), r.Requests)
		}
		for i := range times[1:] {
			if gap := times[i+1].Sub(times[i]); gap < 500*time.Millisecond {
				t.Errorf("request %d came %v after the one before, want at least 500ms", i+1, gap)
			}
		}
	})
}

func TestInvariant5OnePassIsCompleteAndIdempotentWhereverItWasCutOff(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		whole := newHouse(t, fourReports()...)
		whole.sync(all2024())
		want := whole.dump()
		for n := 0; ; n++ {
			h := newHouse(t, fourReports()...)
			more := h.syncUntil(n)
			h.close()
			h.open()
			h.sync(all2024())
			if diff := cmp.Diff(want, h.dump()); diff != "" {
				t.Fatalf("cut at step %d and run again (-want +got):\n%s", n, diff)
			}
			h.sync(all2024())
			if diff := cmp.Diff(want, h.dump()); diff != "" {
				t.Fatalf("cut at step %d and run twice (-want +got):\n%s", n, diff)
			}
			if !more {
				if n < 10 {
					t.Errorf("a pass of %d steps, want every one cut", n)
				}
				return
			}
		}
	})
}

func TestInvariant5WhatIsWholeInTheArchiveIsNotFetchedAgain(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		c.step = func(name string) error {
			if strings.HasPrefix(name, "archived ") {
				return errCut
			}
			return nil
		}
		if _, err := c.Sync(t.Context(), all2024()); !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		durable := map[string]bool{}
		for info, err := range h.ar.All() {
			if err != nil {
				t.Fatal(err)
			}
			durable[info.Accession.String()] = true
		}
		if len(durable) == 0 {
			t.Fatal("nothing was archived before the cut")
		}
		h.world.Reset()
		h.sync(all2024())
		for _, q := range h.world.FilingRequests() {
			if durable[q.Accession.String()] {
				t.Errorf("%s was whole in the archive and fetched again", q.Accession)
			}
		}
		if got := len(h.filings()); got != 4 {
			t.Errorf("%d filings in the end, want 4", got)
		}
	})
}
