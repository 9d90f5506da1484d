package serve

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
)

// What measuring an archive may take: it works for a moment and rests for nine as
// long; done, it rests for ten times as long as all that took, within bounds, of which
// the lower one doubles from a second on, for an archive may just have been begun.
const (
	measureWork   = 20 * time.Millisecond
	measureRest   = 9 * measureWork
	measureOften  = time.Minute
	measureSeldom = time.Hour
)

// extent is how large the archive is. A goroutine measures it again and again, at
// its leisure; close ends it.
type extent struct {
	mu    sync.Mutex
	last  archive.Usage
	known bool

	cancel context.CancelFunc
	done   chan struct{}
}

func measure(of *archive.Store, log *zap.Logger) *extent {
	ctx, cancel := context.WithCancel(context.Background())
	e := &extent{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(e.done)
		for often := time.Second; ctx.Err() == nil; often = min(2*often, measureOften) {
			began := time.Now()
			u, err := of.Usage(ctx, leisurely(ctx))
			if err == nil {
				e.set(u)
			} else if ctx.Err() == nil {
				log.Warn("archive not measured", zap.Error(err))
			}
			_ = pause(ctx, min(max(often, 10*time.Since(began)), measureSeldom))
		}
	}()
	return e
}

// leisurely rests when it is called after some work.
func leisurely(ctx context.Context) func() error {
	began := time.Now()
	return func() error {
		if time.Since(began) < measureWork {
			return nil
		}
		err := pause(ctx, measureRest)
		began = time.Now()
		return err
	}
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (e *extent) set(u archive.Usage) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last, e.known = u, true
}

// get returns what the archive took when it was measured last; ok is false before.
func (e *extent) get() (u archive.Usage, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last, e.known
}

func (e *extent) close() {
	e.cancel()
	<-e.done
}
