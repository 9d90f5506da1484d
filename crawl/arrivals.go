package crawl

import (
	"context"
	"iter"
	"time"

	"example.com/edgard/edgar"
)

// mostRest is the longest pause after an outage.
const mostRest = 15 * time.Minute

// fetchArrivals fetches what was filed within the last days, as it is discovered
// or its time comes: one pass that goes on until an outage ends it or the scope
// changes, and then the next.
func (d *daemon) fetchArrivals(ctx context.Context) error {
	t := trouble{log: d.Log, what: "fetching new filings"}
	for ctx.Err() == nil {
		err := d.arrivals(ctx, t.over)
		if err == nil {
			continue
		}
		if !mends(ctx, err) {
			return err
		}
		if err := sleepUntil(ctx, wall().Add(t.struck(err, mostRest))); err != nil {
			return nil
		}
	}
	return nil
}

// arrivals makes the pass, and says when it works.
func (d *daemon) arrivals(ctx context.Context, works func()) error {
	s := d.settings.Load()
	p, ctx := d.newPass(ctx, s)
	beside := *d.Crawler
	beside.Progress = func(x Progress) {
		if x.Recorded > 0 {
			works()
		}
		x.Stage = StageLive
		d.Progress(x)
	}
	p.Crawler = &beside
	if err := p.begin(ctx, s.Scope); err != nil {
		return err
	}
	p.scope.To = edgar.DateOf(p.now).AddDays(100 * 366) // the pass may go on for years
	defer p.claims.releaseAll(p)
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	fetch := func(ctx context.Context, a edgar.Accession) (outcome, error) {
		o, err := p.fetch(ctx, a)
		if err != nil {
			stop(err)
		}
		return o, err
	}
	record := func(done <-chan outcome) error {
		err := p.record(done)
		stop(err)
		return err
	}
	err := fanOut(ctx, workers, d.arriving(inner, p, stop), fetch, record)
	if cause := context.Cause(inner); err == nil && cause != context.Canceled {
		err = cause
	}
	return err
}

// arriving yields what is to be fetched, and waits for more, until ctx ends or the
// pass has had enough.
func (d *daemon) arriving(ctx context.Context, p *pass, stop context.CancelCauseFunc) iter.Seq[edgar.Accession] {
	still := withErrand(ctx, &errand{alive: func() {
		if !p.claims.holds(p) { // what is being fetched shows signs of life by itself
			p.errand.beat()
		}
	}})
	return func(yield func(edgar.Accession) bool) {
		for ctx.Err() == nil && !p.enough() {
			first := edgar.DateOf(time.Now()).AddDays(-liveDays)
			for e, err := range p.Index.DueSince(time.Now(), first) {
				if err != nil {
					stop(err)
					return
				}
				if p.scope.wants(e) && !p.claims.taken(e.Accession) && !yield(e.Accession) {
					return
				}
			}
			if _, err := nap(still, lookUpAfter, d.news); err != nil {
				return
			}
		}
	}
}
