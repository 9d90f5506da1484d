package crawl

import (
	"context"
	"errors"
	"time"

	"example.com/edgard/edgar"
	"go.uber.org/zap"
)

const (
	drainSize  = 2000             // entries of one drain, so that the newest come first and decisions soon
	lookAgain  = 15 * time.Minute // when nothing was due and nobody says otherwise
	passesRead = 300              // reports looked through for a good pass
	keptPasses = 1000             // all that there are
)

// backlog is the activity that makes the whole passes and works off the backlog.
type backlog struct {
	*daemon
	trouble trouble
	listing trouble   // whole passes that could not read every listing
	rest    time.Time // an outage: nothing before
	relist  time.Time // no whole pass before
	look    time.Time // nothing is due before, as far as is known
	done    *Settings // those that look is about
	worked  *Settings // those of the start, or the last ones under which a pass was whole
	passed  answered  // the last mark that a good pass was found for
	sampled time.Time // when a sample of the archive was verified, as far as was looked
}

func (d *daemon) newBacklog() *backlog {
	return &backlog{
		daemon:  d,
		worked:  d.settings.Load(),
		trouble: trouble{log: d.Log, what: "working off the backlog"},
		listing: trouble{log: d.Log, what: "reading every listing"},
	}
}

func (b *backlog) run(ctx context.Context) error {
	for {
		idle, err := b.turn(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if !idle {
			continue
		}
		woken, err := nap(ctx, lookUpAfter, b.older)
		if err != nil {
			return nil
		}
		if woken {
			b.look = time.Time{}
		}
	}
}

// turn does the one thing that is to be done now, if any.
func (b *backlog) turn(ctx context.Context) (idle bool, err error) {
	now, s := wall(), b.settings.Load()
	if pending(b.rest, now, mostRest) {
		return true, nil
	}
	if !pending(b.relist, now, mostRest) {
		good, err := b.isPassed(answered{lastMark(now), s})
		if err == nil && !good {
			err = b.pass(ctx, s)
		}
		if err != nil || !good {
			return false, err
		}
	}
	if b.done == s && pending(b.look, now, lookAgain) {
		done, err := b.sample(ctx, now)
		return !done, err
	}
	return b.drain(ctx, s)
}

// pending reports whether t is still to come: in the far future it can only be
// when the clock was set back, and then is not waited for.
func pending(t, now time.Time, most time.Duration) bool {
	return now.Before(t) && !t.After(now.Add(most))
}

// answered is a mark and the settings under which a whole pass was made since.
type answered struct {
	mark time.Time
	s    *Settings
}

// isPassed reports whether a whole pass over the scope was made since the mark, by
// whomever.
func (b *backlog) isPassed(want answered) (bool, error) {
	if b.passed == want {
		return true, nil
	}
	now, s := wall(), want.s
	scope, err := s.Scope.resolve(b.Index, now)
	if err != nil {
		return false, err
	}
	ps, err := b.Index.Passes(passesRead)
	if err != nil {
		return false, err
	}
	for _, p := range ps {
		if !p.Complete || p.Start.Before(want.mark) || p.Start.After(now) {
			continue
		}
		if parseExtent(p.Scope).holds(scope.of(scope.From, edgar.DateOf(p.Start))) {
			b.passed = want
			return true, nil
		}
	}
	return false, nil
}

// pass makes a whole pass. Its fetching ends when the next mark comes, and soon
// when a listing is still to be had.
func (b *backlog) pass(ctx context.Context, s *Settings) error {
	p, ctx := b.newPass(ctx, s)
	until, changed := nextMark(p.now), p.enough
	p.enough = func() bool {
		now := wall()
		return changed() || !now.Before(until) || p.missing > 0 && now.After(p.now.Add(mostRest))
	}
	err := b.endure(ctx, p, b.orBack(s, p, p.whole(ctx, s.Scope)))
	p.progress.Stage = StageDone
	p.tell()
	p.log(err)
	if p.complete {
		b.worked = s
		b.listing.over()
	} else if err == nil && p.report.Stopped == "" {
		missing := errors.New("listings missing")
		b.relist = wall().Add(b.listing.struck(missing, mostRest))
	}
	b.look = time.Time{}
	if added := p.Index.AddPass(p.summary(err)); added != nil {
		return errors.Join(err, added)
	}
	return err
}

// orBack goes back to the settings before s when those turn out in a pass not to
// work, as with an issuer that EDGAR does not know.
func (b *backlog) orBack(s *Settings, p *pass, err error) error {
	var misuse *MisuseError
	if b.worked == s || !errors.As(err, &misuse) {
		return err
	}
	b.Log.Error("new settings not taken", zap.Error(err))
	p.report.Stopped = err.Error()
	b.settings.CompareAndSwap(s, b.worked)
	return nil
}

// drain fetches a part of what is due, newest first, and reports whether there was
// none.
func (b *backlog) drain(ctx context.Context, s *Settings) (none bool, err error) {
	p, ctx := b.newPass(ctx, s)
	due, err := b.due(ctx, p, s)
	if err != nil {
		return false, err
	}
	if len(due) == 0 {
		return true, b.nothingDue(s)
	}
	until, changed := nextMark(p.now), p.enough
	p.enough = func() bool { return changed() || !wall().Before(until) }
	err = b.endure(ctx, p, p.fetchAll(ctx, queueOf(due)))
	p.progress.Stage = StageDone
	p.tell()
	return p.report.Recorded+p.report.Deferred+p.report.Rejected == 0, err
}

// due returns the first drainSize entries to be fetched that nobody is at.
func (b *backlog) due(ctx context.Context, p *pass, s *Settings) (due []edgar.Accession, err error) {
	if err := p.begin(ctx, s.Scope); err != nil {
		return nil, err
	}
	for e, err := range b.Index.Due(p.now) {
		if err != nil {
			return nil, err
		}
		if p.scope.wants(e) && !b.claims.taken(e.Accession) {
			if due = append(due, e.Accession); len(due) == drainSize {
				break
			}
		}
	}
	return due, nil
}

// nothingDue notes when something will be.
func (b *backlog) nothingDue(s *Settings) error {
	now := wall()
	next, ok, err := b.Index.NextDue(now)
	if b.look = now.Add(lookAgain); ok && next.Before(b.look) {
		b.look = next
	}
	b.done = s
	return err
}

// endure turns what a pause can mend into one.
func (b *backlog) endure(ctx context.Context, p *pass, err error) error {
	if p.report.Recorded > 0 || p.complete && err == nil {
		b.trouble.over()
	}
	if err == nil {
		return nil
	}
	if !mends(ctx, err) {
		return err
	}
	p.report.Stopped = err.Error()
	b.rest = wall().Add(b.trouble.struck(err, mostRest))
	return nil
}
