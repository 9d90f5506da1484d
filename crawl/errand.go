package crawl

import (
	"context"
	"sync/atomic"
)

// errand is on whose behalf requests are made: one pass, or the polling of a
// feed. A request's context carries it; the door counts for it.
type errand struct {
	requests atomic.Int64
	bytes    atomic.Int64 // of bodies, as they came over the wire
	alive    func()       // told at every request, answer and piece of a body, and while waiting; may be nil
}

type errandKey struct{}

func withErrand(ctx context.Context, e *errand) context.Context {
	return context.WithValue(ctx, errandKey{}, e)
}

// errandOf returns the errand of a request, one that nobody looks at when there
// is none.
func errandOf(ctx context.Context) *errand {
	if e, ok := ctx.Value(errandKey{}).(*errand); ok {
		return e
	}
	return new(errand)
}

func (e *errand) beat() {
	if e.alive != nil {
		e.alive()
	}
}
