package crawl

import (
	"context"
	"slices"
	"sync"
)

// class is how urgent a request is. What says nothing of it can wait.
type class int

const (
	backfill class = iota
	live           // the feeds, and filings filed within the last days
	classes
)

type classKey struct{}

func withClass(ctx context.Context, c class) context.Context {
	return context.WithValue(ctx, classKey{}, c)
}

func classOf(ctx context.Context) class {
	c, _ := ctx.Value(classKey{}).(class)
	return c
}

// liveShare is how many slots in a row live requests may take while backfill
// waits: three of four.
const liveShare = 3

// gate stands in front of the budget and lets one request at a time ask it for a
// slot: live ones first, yet every fourth slot is backfill's when both wait.
// Within a class it is first come, first served. While one class has nothing to
// ask the other has every slot.
type gate struct {
	mu      sync.Mutex // never held while waiting
	busy    bool
	row     int // slots that live requests have taken since backfill had one
	waiting [classes][]*turn
}

// turn is a request that waits at the gate.
type turn struct {
	come  chan struct{} // closed when it may go in
	whose *errand
}

// enter waits for the turn of a request. Who has entered must leave.
func (g *gate) enter(ctx context.Context) error {
	c := classOf(ctx)
	t := g.queue(c, errandOf(ctx))
	if t == nil {
		return nil
	}
	select {
	case <-t.come:
		return nil
	case <-ctx.Done():
	}
	if !g.abandon(c, t) {
		g.leave() // the turn came at the same moment
	}
	return context.Cause(ctx)
}

// queue goes in at once, and returns nil, or the turn to wait for.
func (g *gate) queue(c class, whose *errand) *turn {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.busy {
		g.busy = true
		g.count(c)
		return nil
	}
	t := &turn{make(chan struct{}), whose}
	g.waiting[c] = append(g.waiting[c], t)
	return t
}

// abandon leaves the queue, and reports whether the turn was still in it.
func (g *gate) abandon(c class, t *turn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting[c], t)
	if i < 0 {
		return false
	}
	g.waiting[c] = slices.Delete(g.waiting[c], i, i+1)
	return true
}

// leave hands the turn on.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := live
	if len(g.waiting[live]) == 0 || g.row >= liveShare && len(g.waiting[backfill]) > 0 {
		c = backfill
	}
	if len(g.waiting[c]) == 0 {
		g.busy = false
		return
	}
	g.count(c)
	close(g.waiting[c][0].come)
	g.waiting[c] = slices.Delete(g.waiting[c], 0, 1)
}

// beat is a sign of life of the one inside: those who wait for it are as alive.
func (g *gate) beat() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, ts := range g.waiting {
		for _, t := range ts {
			t.whose.beat()
		}
	}
}

func (g *gate) count(c class) {
	if g.row++; c == backfill {
		g.row = 0
	}
}
