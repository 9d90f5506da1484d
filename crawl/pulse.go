package crawl

import (
	"context"
	"sync/atomic"
	"time"

	"example.com/edgard/vital"
)

const pulseEvery = 10 * time.Second

// heart is one activity's signs of life.
type heart struct {
	name string
	born time.Time
	last atomic.Int64 // since then, by a clock that nobody sets
}

func newHeart(name string) *heart { return &heart{name: name, born: time.Now()} }

func (h *heart) beat() { h.last.Store(int64(time.Since(h.born))) }

func (h *heart) lastBeat() time.Time { return h.born.Add(time.Duration(h.last.Load())) }

// watch notes the beats of hearts again and again, and calls alive while every one
// beats.
func watch(ctx context.Context, hearts []*heart, signs *vital.Signs, alive func()) {
	ticks := time.NewTicker(pulseEvery)
	defer ticks.Stop()
	for {
		stuck := false
		for _, h := range hearts {
			last := h.lastBeat()
			signs.Alive(h.name, last)
			stuck = stuck || time.Since(last) > vital.StuckAfter
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
