package crawl

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// mostDeaf is the longest pause after a feed could not be read.
const mostDeaf = 5 * time.Minute

// pace is how often feeds are polled, and how often the index is told of polls
// that brought nothing. Tests of whole months go slower.
type pace struct{ current, xbrl, told time.Duration }

func usualPace() pace { return pace{time.Minute, 10 * time.Minute, 10 * time.Minute} } // SEC writes the RSS every ten minutes

// poller asks one feed for news, as often as it can have any: in the hours in
// which filings become public, and once after them.
type poller struct {
	*daemon
	feed    string
	every   time.Duration
	read    func(ctx context.Context, s *Settings, old index.Listing) (poll, error)
	trouble trouble
	good    time.Time // the last poll that told all
	noted   time.Time // when the index was told of one
	again   time.Time // after a fault: not before
	swept   time.Time // the last poll that went back a day
	bad     int       // entries of the last poll that could not be read
}

// poll is what a feed told at one time.
type poll struct {
	listing index.Listing
	at      time.Time
	rows    []parse.Row // wanted, of entries that the index does not know as they stand here
	whole   bool        // read as far back as the last poll that was whole
	bad     int
}

func (d *daemon) newPoller(feed string) *poller {
	p := &poller{daemon: d, feed: feed, every: d.pace.current, trouble: trouble{log: d.Log, what: "feed " + feed}}
	p.read = p.current
	if feed == feedXBRL {
		p.every, p.read = d.pace.xbrl, p.xbrl
	}
	return p
}

func (p *poller) run(ctx context.Context) error {
	for {
		wait, err := p.turn(withClass(ctx, live))
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := nap(ctx, wait, nil); err != nil {
			return nil
		}
	}
}

// turn polls if it is time to, and returns how long to wait for the next look at
// the clock.
func (p *poller) turn(ctx context.Context) (wait time.Duration, err error) {
	now, s := wall(), p.settings.Load()
	if !wantsFeed(s, p.feed) {
		return lookUpAfter, nil
	}
	old, _, err := p.Index.Listing(p.feed)
	if err != nil {
		return 0, err
	}
	if p.good.IsZero() {
		p.good = old.Checked
	}
	if next := p.next(now); now.Before(next) {
		return min(next.Sub(now), lookUpAfter), nil
	}
	if err := p.disk.room(); err != nil {
		return 0, err
	}
	old.Checked = p.good
	got, err := p.read(ctx, s, old)
	if kept := p.keep(got, s); kept != nil {
		return 0, kept
	}
	switch {
	case err == nil:
		p.health.served()
		p.trouble.over()
		p.again = time.Time{}
	case endsPoll(ctx, err):
		return 0, err
	default:
		p.again = wall().Add(p.trouble.struck(err, mostDeaf))
	}
	return 0, nil
}

// next returns when to poll, now or earlier when it is time to. A last poll in
// the future was made before the clock was set back.
func (p *poller) next(now time.Time) time.Time {
	switch {
	case pending(p.again, now, mostDeaf):
		return p.again
	case p.good.After(now):
		return now
	case isOpen(now):
		return p.good.Add(p.every)
	case p.good.Before(lastClose(now)):
		return now
	}
	return now.Add(lookUpAfter)
}

// endsPoll reports whether err is more than a feed that could not be read.
func endsPoll(ctx context.Context, err error) bool {
	var undeclared *UndeclaredError
	var ours *sinkError
	var misuse *MisuseError
	return ctx.Err() != nil || errors.As(err, &undeclared) || errors.As(err, &ours) || errors.As(err, &misuse)
}

// keep brings what a poll told into the index, also when it broke off: the next
// one goes back to where the last whole one had been.
func (p *poller) keep(got poll, s *Settings) error {
	if got.at.IsZero() {
		return nil
	}
	p.tellBad(got.bad)
	if got.whole {
		p.good = got.at
	}
	got.listing.Checked = p.good
	if len(got.rows) > 0 {
		p.noted = got.at
		if _, err := p.Index.Discover(got.listing, slices.Values(got.rows), got.at); err != nil {
			return fmt.Errorf("feed %s: %w", p.feed, err)
		}
		p.announce(got)
		return nil
	}
	if !got.whole || got.at.Sub(p.noted).Abs() < p.pace.told {
		return nil
	}
	p.noted = got.at
	return p.Index.PutListing(got.listing)
}

// announce wakes who fetches what was discovered.
func (p *poller) announce(got poll) {
	fresh := edgar.DateOf(got.at).AddDays(-liveDays)
	for _, r := range got.rows {
		if r.Filed.Before(fresh) {
			p.older.ring()
		} else {
			p.news.ring()
		}
	}
}

func (p *poller) tellBad(n int) {
	if n > p.bad {
		p.Log.Warn("feed entries not readable", zap.String("feed", p.feed), zap.Int("entries", n))
	}
	p.bad = n
}

func jitter(d time.Duration) time.Duration { return rand.N(max(d, 1)) }
