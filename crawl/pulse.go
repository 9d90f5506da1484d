package crawl

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// stuckAfter is how long an activity may show no sign of life: longer than a
	// server may keep silent, a listing takes to be read, or a sleep lasts.
	stuckAfter = 5 * time.Minute
	pulseEvery = 10 * time.Second
)

// heart is one activity's signs of life.
type heart struct {
	born time.Time
	last atomic.Int64 // since then, by a clock that nobody sets
}

func newHeart() *heart { return &heart{born: time.Now()} }

func (h *heart) beat() { h.last.Store(int64(time.Since(h.born))) }

func (h *heart) stopped() bool { return time.Since(h.born)-time.Duration(h.last.Load()) > stuckAfter }

// watch calls alive again and again while every heart beats.
func watch(ctx context.Context, hearts []*heart, alive func()) {
	ticks := time.NewTicker(pulseEvery)
	defer ticks.Stop()
	for {
		stuck := false
		for _, h := range hearts {
			stuck = stuck || h.stopped()
		}
		if !stuck {
			alive()
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
			return
		}
	}
}
