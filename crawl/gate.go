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
	waiting [classes][]chan struct{}
}

// enter waits for the turn of a request. Who has entered must leave.
func (g *gate) enter(ctx context.Context) error {
	c := classOf(ctx)
	turn := g.queue(c)
	if turn == nil {
		return nil
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	if !g.abandon(c, turn) {
		g.leave() // the turn came at the same moment
	}
	return context.Cause(ctx)
}

// queue takes the turn at once, and returns nil, or a channel that is closed when
// the turn has come.
func (g *gate) queue(c class) chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.busy {
		g.busy = true
		g.count(c)
		return nil
	}
	turn := make(chan struct{})
	g.waiting[c] = append(g.waiting[c], turn)
	return turn
}

// abandon leaves the queue, and reports whether the turn was still in it.
func (g *gate) abandon(c class, turn chan struct{}) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting[c], turn)
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
	close(g.waiting[c][0])
	g.waiting[c] = slices.Delete(g.waiting[c], 0, 1)
}

func (g *gate) count(c class) {
	if g.row++; c == backfill {
		g.row = 0
	}
}
