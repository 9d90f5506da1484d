package crawl

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

func TestTwoPassesAtOnceMakeOneRequestForAFiling(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := houseIn(t, edgartest.New(edgartest.WithLatency(700*time.Millisecond)))
		if err := h.world.Add(manyReports(20)...); err != nil {
			t.Fatal(err)
		}
		c := h.crawler()
		listed := all2024()
		listed.Confirm = func(Plan) bool { return false }
		if _, err := c.Sync(t.Context(), listed); !errors.Is(err, ErrNotConfirmed) {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		passes := []*pass{{Crawler: c, now: time.Now()}, {Crawler: c, now: time.Now()}}
		for _, p := range passes {
			both.Go(func() {
				if err := fetchDue(t.Context(), p, all2024()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		asked := map[edgar.Accession]int{}
		for _, q := range h.world.FilingRequests() {
			if asked[q.Accession]++; asked[q.Accession] > 1 {
				t.Errorf("%s asked for %d times", q.Accession, asked[q.Accession])
			}
		}
		if n := passes[0].report.Recorded + passes[1].report.Recorded; n != 40 || len(asked) != 40 {
			t.Errorf("%d recorded of %d asked for, want 40 of 40", n, len(asked))
		}
		if n := len(c.claims.by); n != 0 {
			t.Errorf("%d claims left", n)
		}
	})
}

func TestAnEntryThatIsNoLongerDueIsNotFetched(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		h.world.Reset()
		c := h.crawler()
		p := &pass{Crawler: c, now: time.Now(), today: edgar.DateOf(time.Now())}
		o, err := p.fetch(t.Context(), acc("0000900001-24-000011"))
		if err != nil || !o.skipped {
			t.Errorf("fetching a recorded entry: %+v, %v; want it skipped", o, err)
		}
		if n := len(h.world.Requests()); n != 0 || c.claims.taken(acc("0000900001-24-000011")) {
			t.Errorf("%d requests, claimed %v; want none and free", n, c.claims.taken(acc("0000900001-24-000011")))
		}
	})
}

func TestAPassSaysWhetherItReadEveryListing(t *testing.T) {
	at(t, "2024-06-20 22:30", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		last := func() index.Pass {
			ps, err := h.ix.Passes(1)
			if err != nil || len(ps) != 1 {
				t.Fatalf("passes %v, %v", ps, err)
			}
			return ps[0]
		}
		h.sync(all2024())
		want := "2024-01-01..2024-06-20 * 8-K|8-K/A|8-K12B|8-K12B/A|8-K12G3|8-K12G3/A|8-K15D5|8-K15D5/A"
		if p := last(); !p.Complete || p.Scope != want {
			t.Errorf("complete %v, scope %q; want true, %q", p.Complete, p.Scope, want)
		}
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Unavailable, edgartest.Unavailable, edgartest.Unavailable)
		h.sync(all2024())
		if p := last(); p.Complete {
			t.Error("a quarter could not be had, and the pass is complete")
		}
	})
}

// fetchDue fetches what is due, and reads no listings.
func fetchDue(ctx context.Context, p *pass, s Scope) error {
	if err := p.begin(ctx, s); err != nil {
		return err
	}
	due, _, err := p.due()
	if err != nil {
		return err
	}
	return p.fetchAll(ctx, due)
}
