package crawl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// Daemon is what Run does, and whom it tells.
type Daemon struct {
	Settings

	// Reload brings new settings while running; nil for none. A scope and feeds
	// take effect with the next pass and poll, and a pass under way for another
	// scope ends its fetching; a rate takes effect at once. Settings that cannot
	// be are logged, and the old ones stay.
	Reload <-chan Settings

	// Ready, unless nil, is called once, when the first activity begins.
	Ready func()

	// Alive, unless nil, is called every ten seconds while each activity has shown
	// a sign of life within the last five minutes: a request, an answer or a piece
	// of one, an outcome, or half a minute of a sleep that is due. It feeds a
	// watchdog, whose limit should be a minute at least.
	Alive func()
}

// Settings is what of a Daemon may change while it runs.
type Settings struct {
	// Scope is what the archive is kept for, from From on: To, Limit, DryRun and the
	// retries are left out of account. Confirm, unless nil, is told what each whole
	// pass plans to fetch; Run ends with ErrNotConfirmed when it returns false.
	Scope Scope
	// Feeds are the live sources, of "getcurrent" and "xbrlrss"; none: getcurrent.
	Feeds []string
	// Rate is the requests a second; 0: as the Crawler was configured.
	Rate float64
}

// The live sources.
const (
	feedCurrent = "getcurrent" // the Atom feed of the latest filings
	feedXBRL    = "xbrlrss"    // the RSS of the latest filings with XBRL
)

// Run keeps the archive up to date until ctx ends, which is no error. Two
// activities share the budget: the live one polls the feeds and fetches what was
// filed within the last days; the other makes a whole pass whenever the last good
// one is older than the last mark, which is 22:15 Eastern of a business day or
// 06:30 on Saturday, and fetches the backlog between. Each submission is asked for
// once, whoever comes first.
//
// Run is patient: it waits cool-downs out, and outages with growing pauses of
// minutes. It ends early with an *UndeclaredError, a *MisuseError for settings
// that cannot be, or a failure on our side. It returns within moments of the end
// of ctx, and all that was recorded is kept.
func (c *Crawler) Run(ctx context.Context, d Daemon) error {
	c.Patient, c.door.patient = true, true
	r := &daemon{Crawler: c.inTurn(), rate: c.Rate, news: newBell(), older: newBell()}
	if err := r.adopt(d.Settings); err != nil {
		return err
	}
	if d.Ready == nil {
		d.Ready = func() {}
	}
	if d.Alive == nil {
		d.Alive = func() {}
	}
	return r.run(ctx, d)
}

// inTurn is c with a Progress that many activities may call.
func (c *Crawler) inTurn() *Crawler {
	one, turn := *c, new(sync.Mutex)
	one.Progress = func(p Progress) {
		turn.Lock()
		defer turn.Unlock()
		c.Progress(p)
	}
	return &one
}

// daemon is one Run.
type daemon struct {
	*Crawler
	rate     float64 // as configured
	settings atomic.Pointer[Settings]
	news     bell // something filed lately was discovered
	older    bell // something older was, or settings are new
}

// adopt makes settings those in force, if they can be.
func (d *daemon) adopt(s Settings) error {
	if s.Rate == 0 {
		s.Rate = d.rate
	}
	if err := checkRate(s.Rate, isLoopback(d.pages.www.Hostname())); err != nil {
		return err
	}
	if len(s.Feeds) == 0 {
		s.Feeds = []string{feedCurrent}
	}
	for _, f := range s.Feeds {
		if f != feedCurrent && f != feedXBRL {
			return misusef("feed %q: want %s or %s", f, feedCurrent, feedXBRL)
		}
	}
	s.Scope = Scope{From: s.Scope.From, Forms: s.Scope.Forms, CIKs: s.Scope.CIKs, AdHoc: s.Scope.AdHoc, Confirm: s.Scope.Confirm}
	if _, err := s.Scope.resolve(d.Index, wall()); err != nil {
		return err
	}
	d.settings.Store(&s)
	d.door.setRate(s.Rate)
	return nil
}

// activity is one of the loops that Run consists of. Its run returns when ctx has
// ended, or with what no pause can mend.
type activity struct {
	name string
	run  func(ctx context.Context) error
}

// run is 1 Run ⇒ poll each feed, fetch what is new, keep up with the backlog.
func (d *daemon) run(ctx context.Context, to Daemon) error {
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	var hearts []*heart
	to.Ready()
	for _, act := range []activity{
		{feedCurrent, d.newPoller(feedCurrent).run},
		{feedXBRL, d.newPoller(feedXBRL).run},
		{"new filings", d.fetchArrivals},
		{"backlog", d.newBacklog().run},
	} {
		h := newHeart(act.name)
		hearts = append(hearts, h)
		all.Go(func() {
			ctx := withErrand(inner, &errand{alive: h.beat})
			if err := d.patiently(ctx, func() error { return act.run(ctx) }, d.pausing); err != nil {
				stop(err)
			}
		})
	}
	all.Go(func() { d.reload(inner, to.Reload) })
	all.Go(func() { watch(inner, hearts, d.Signs, to.Alive) })
	all.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(inner)
}

// pausing tells why an activity waits, and "" when it goes on.
func (d *daemon) pausing(why string) {
	d.Signs.Halted(why)
	d.Progress(Progress{Stage: StageDone, Paused: why})
}

// reload takes in new settings as they come.
func (d *daemon) reload(ctx context.Context, settings <-chan Settings) {
	for {
		select {
		case s, ok := <-settings:
			if !ok {
				return
			}
			if err := d.adopt(s); err != nil {
				d.Log.Error("new settings not taken", zap.Error(err))
				continue
			}
			d.Log.Info("new settings taken")
			d.news.ring()
			d.older.ring()
		case <-ctx.Done():
			return
		}
	}
}

// sameScope reports whether the settings in force still ask for what s asked for.
func (d *daemon) sameScope(s *Settings) bool {
	now := d.settings.Load()
	return now == s || now.Scope.key() == s.Scope.key()
}

// key tells scopes of a daemon apart.
func (s Scope) key() string {
	return fmt.Sprint(s.From, s.Forms, s.CIKs, s.AdHoc)
}

// newPass is a pass of the daemon under the settings in force, on behalf of an
// activity.
func (d *daemon) newPass(ctx context.Context, s *Settings) (*pass, context.Context) {
	p := &pass{Crawler: d.Crawler, now: wall(), command: "run"}
	p.errand.alive = errandOf(ctx).beat
	p.enough = func() bool { return !d.sameScope(s) }
	return p, withErrand(ctx, &p.errand)
}

// mends reports whether a pause can mend err: neither our side's failure nor a
// refusal of who we are.
func mends(ctx context.Context, err error) bool {
	var throttled *ThrottledError
	var outage *outageError
	var forbidden *ForbiddenError
	return ctx.Err() == nil && (errors.As(err, &throttled) || errors.As(err, &outage) || errors.As(err, &forbidden))
}

// bell wakes who waits for it; rung while nobody waits, it wakes the next.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// trouble is whether an activity gets on. Only changes are logged.
type trouble struct {
	log   *zap.Logger
	what  string
	count int // faults in a row
}

// struck notes a fault and returns the pause before the next try: doubling from a
// minute at first to most, with jitter.
func (t *trouble) struck(err error, most time.Duration) time.Duration {
	if t.count++; t.count == 1 {
		t.log.Warn(t.what+" in trouble: trying again until it works", zap.Error(err))
	}
	span := min(most, time.Minute<<min(t.count-1, 10))
	return span/2 + jitter(span/2)
}

func (t *trouble) over() {
	if t.count > 0 {
		t.log.Info(t.what+" works again", zap.Int("tries", t.count))
		t.count = 0
	}
}

func wantsFeed(s *Settings, feed string) bool {
	return slices.ContainsFunc(s.Feeds, func(f string) bool { return strings.EqualFold(f, feed) })
}
