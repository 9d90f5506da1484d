package crawl

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"example.com/edgard/vital"
	"github.com/gofrs/flock"
	"golang.org/x/time/rate"
)

const (
	// DefaultRate is the requests a second that we allow ourselves.
	DefaultRate = 8
	// MaxRate is the most that may be configured: a client at 9.7 a second has
	// been blocked, and a window of a second that starts anywhere may hold one
	// request more than the rate.
	MaxRate = 9
	minRate = 0.01
	// CoolDown is how long every request stops after SEC says too fast.
	CoolDown = 10 * time.Minute
)

const (
	lockPatience = 30 * time.Second // the ledger is held for microseconds
	lockRetry    = 2 * time.Millisecond
	farthestSlot = 10 * time.Minute // three processes at the lowest rate, halved
)

// budget is the right to make requests to one host, shared by every process of
// the user on this machine. Within a process x/time/rate smooths; between
// processes a small file under a lock holds the next free slot and the end of a
// cool-down, so that both survive a restart.
type budget struct {
	host  string
	speed atomic.Uint64 // requests a second, the bits of a float64; 0: unlimited
	local *rate.Limiter
	path  string

	waiting func(until time.Time) // told when a patient request begins to wait a cool-down out
	signs   *vital.Signs

	gate    gate          // who may ask next
	resumed time.Time     // when the one inside the gate had waited a cool-down out
	turn    chan struct{} // held by the one goroutine that waits for the file, or looks at what follows
	cool    time.Time     // of the cool-down that the file did not take
}

// ledger is the file.
type ledger struct {
	Next     time.Time `json:"next"`      // no request by anybody before
	CoolDown time.Time `json:"cool_down"` // none at all before
	Why      string    `json:"why,omitempty"`
}

func newBudget(dir, host string, perSecond float64) (*budget, error) {
	b := &budget{host: host, local: rate.NewLimiter(rate.Inf, 1), waiting: func(time.Time) {}, turn: make(chan struct{}, 1)}
	b.setRate(perSecond)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("state directory: %w", err)
	}
	b.path = ledgerPath(dir, host)
	return b, nil
}

func (b *budget) rate() float64 { return math.Float64frombits(b.speed.Load()) }

// setRate changes the requests a second that this process allows itself from the
// next slot on.
func (b *budget) setRate(perSecond float64) {
	b.speed.Store(math.Float64bits(perSecond))
	b.signs.Limit(perSecond)
	b.local.SetLimit(limitOf(perSecond))
}

func limitOf(perSecond float64) rate.Limit {
	if perSecond == 0 {
		return rate.Inf
	}
	return rate.Limit(perSecond)
}

func ledgerPath(dir, host string) string { return statePath(dir, "budget", host) }

// statePath is where a state directory keeps what it knows of a kind about a
// host.
func statePath(dir, kind, host string) string {
	name := strings.Map(func(r rune) rune {
		if isLetter(r) || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, host)
	return filepath.Join(dir, kind+"-"+name+".json")
}

// take waits for the right to make one request. During a cool-down it returns a
// ThrottledError at once, unless patient, when it waits that out too.
func (b *budget) take(ctx context.Context, patient bool) error {
	began := time.Now()
	if err := b.gate.enter(ctx); err != nil {
		return err
	}
	defer b.gate.leave()
	began = laterOf(began, b.resumed)
	whose := errandOf(ctx)
	ctx = withErrand(ctx, &errand{alive: func() { whose.beat(); b.gate.beat() }})
	for late := 0; ; {
		if err := b.local.Wait(ctx); err != nil {
			return cmp.Or(context.Cause(ctx), context.DeadlineExceeded) // it fails early when the deadline is too near
		}
		slot, cool, err := b.reserve(ctx)
		if err == nil && cool.IsZero() && time.Until(slot) > 0 {
			if err = sleepUntil(ctx, slot); err == nil { // somebody may have been throttled meanwhile
				cool, err = b.coolingUntil(ctx)
			}
		}
		switch {
		case err != nil:
			return err
		case cool.IsZero() && b.stale(slot) && late < mostStale:
			late++
			continue
		case cool.IsZero():
			b.signs.Waited(time.Since(began))
			return context.Cause(ctx)
		}
		b.signs.Paused(b.host, cool, "")
		if !patient {
			return &ThrottledError{Host: b.host, Until: cool}
		}
		b.waiting(cool)
		if err := sleepUntil(ctx, cool); err != nil {
			return err
		}
		b.resumed = time.Now()
		began = b.resumed
	}
}

// reserve takes the next free slot, or reports the cool-down that forbids it.
func (b *budget) reserve(ctx context.Context) (slot, cool time.Time, err error) {
	err = b.update(ctx, func(l *ledger, now time.Time) bool {
		if now.Before(l.CoolDown) {
			cool = l.CoolDown
			return false
		}
		if b.rate() == 0 {
			slot = now
			return false
		}
		slot = laterOf(now, l.Next)
		l.Next = slot.Add(b.interval(now, l))
		return true
	})
	return slot, cool, err
}

// interval is the distance between two slots: twice as long in the ten minutes
// after a cool-down.
func (b *budget) interval(now time.Time, l *ledger) time.Duration {
	d := time.Duration(float64(time.Second) / b.rate())
	if now.Before(l.CoolDown.Add(CoolDown)) {
		d *= 2
	}
	return d
}

// mostStale is how often a slot is given up for coming late: on a machine too busy
// to keep any time, it is used at last.
const mostStale = 3

// stale reports whether a slot is so long ago that a request now might meet those
// of the slots after it.
func (b *budget) stale(slot time.Time) bool {
	r := b.rate()
	return r > 0 && time.Since(slot) > time.Duration(float64(time.Second)/r/4)
}

// renew takes another slot when the one taken has gone stale, as while a
// connection was made.
func (b *budget) renew(ctx context.Context, slot time.Time) error {
	for range mostStale {
		if !b.stale(slot) {
			return nil
		}
		next, cool, err := b.reserve(ctx)
		switch {
		case err != nil:
			return err
		case !cool.IsZero():
			return &ThrottledError{Host: b.host, Until: cool}
		}
		if err := sleepUntil(ctx, next); err != nil {
			return err
		}
		slot = next
	}
	return nil
}

// throttled starts a cool-down and returns its end.
func (b *budget) throttled(ctx context.Context, why string) (until time.Time, err error) {
	err = b.update(ctx, func(l *ledger, now time.Time) bool {
		l.CoolDown, l.Why = laterOf(now.Add(CoolDown), l.CoolDown), why
		until = l.CoolDown
		return true
	})
	b.signs.Paused(b.host, until, why)
	return until, err
}

// coolingUntil returns the end of a cool-down that is not over, or zero.
func (b *budget) coolingUntil(ctx context.Context) (until time.Time, err error) {
	err = b.update(ctx, func(l *ledger, now time.Time) bool {
		if now.Before(l.CoolDown) {
			until = l.CoolDown
		}
		return false
	})
	return until, err
}

// readLedger reads the file. What cannot be read, or was written while a clock
// stood far in the future, counts as nothing; a slot further ahead than processes
// and rates explain was reserved before the clock was set back, and so was a
// cool-down that would take longer than one does: that begins anew, which is to be
// written.
func readLedger(data []byte, now time.Time) (l ledger, anew bool) {
	if json.Unmarshal(data, &l) != nil {
		return ledger{}, false
	}
	if l.Next.After(now.Add(farthestSlot)) {
		l.Next = time.Time{}
	}
	switch ahead := l.CoolDown.Sub(now); {
	case ahead > 24*time.Hour:
		l.CoolDown = time.Time{}
	case ahead > CoolDown:
		l.CoolDown, anew = now.Add(CoolDown), true
	}
	return l, anew
}

// update runs f on the ledger under the lock and writes it back when f says so.
// That it cannot is our failure, a sinkError: no answer of EDGAR's.
func (b *budget) update(ctx context.Context, f func(*ledger, time.Time) bool) error {
	err := b.locked(ctx, f)
	if err != nil && ctx.Err() == nil {
		return &sinkError{fmt.Errorf("request budget: %w", err)}
	}
	return err
}

func (b *budget) locked(ctx context.Context, f func(*ledger, time.Time) bool) error {
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	if err := await(ctx, b.turn); err != nil {
		return err
	}
	defer func() { <-b.turn }()
	lock := flock.New(b.path+".lock", flock.SetPermissions(0o600))
	if ok, err := lock.TryLockContext(ctx, lockRetry); !ok {
		return fmt.Errorf("%s is locked: %w", b.path, cmp.Or(context.Cause(ctx), err))
	}
	defer lock.Close()
	data, err := os.ReadFile(b.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	now := time.Now()
	l, anew := readLedger(data, now)
	l.CoolDown = laterOf(l.CoolDown, b.cool)
	if !f(&l, now) && !anew {
		return nil
	}
	if err := b.write(l); err != nil {
		b.cool = l.CoolDown
		return err
	}
	b.cool = time.Time{}
	return nil
}

func (b *budget) write(l ledger) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	tmp := b.path + ".tmp"
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return os.Rename(tmp, b.path)
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lookUpAfter is the longest sleep in one piece: a clock may be set, a machine may be
// suspended, and a watchdog wants to hear of us.
const lookUpAfter = 30 * time.Second

// sleepUntil waits until the wall clock shows t, and no longer than that would
// have taken by the clock as it stood.
func sleepUntil(ctx context.Context, t time.Time) error {
	started, most := time.Now(), time.Until(t.Round(0))
	for {
		d := min(t.Sub(wall()), most-time.Since(started))
		if d <= 0 {
			return context.Cause(ctx)
		}
		if _, err := nap(ctx, min(d, lookUpAfter), nil); err != nil {
			return err
		}
	}
}

// await takes a turn that one goroutine holds at a time, and shows signs of life
// meanwhile.
func await(ctx context.Context, turn chan<- struct{}) error {
	for {
		select {
		case turn <- struct{}{}:
			return nil
		case <-time.After(lookUpAfter):
			errandOf(ctx).beat()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// nap waits for d, or for less when woken, which it reports.
func nap(ctx context.Context, d time.Duration, wake <-chan struct{}) (woken bool, err error) {
	errandOf(ctx).beat()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-wake:
		woken = true
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
	errandOf(ctx).beat()
	return woken, nil
}

// wall is what the wall clock shows. Unlike time.Now its results are compared by
// that alone, so that a clock that was set is seen as it stands.
func wall() time.Time { return time.Now().UTC().Round(0) }
