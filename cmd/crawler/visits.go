package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/index/remote"
)

const (
	visitTime  = 500 * time.Millisecond // that an index is held, while others wait for its lock a second
	visitPause = 150 * time.Millisecond // before it is held again: they look every 50 ms
	visitTries = 30                     // seconds in which who has begun to hold it may begin to share it
)

// visits puts the questions of a check or an export to the index of a data directory:
// one that takes hours, and must keep nobody waiting who wants to write. The index is opened
// when a question comes and closed soon after, unless another process holds it and
// is asked. Its methods may be called from many goroutines.
type visits struct {
	ctx context.Context
	dir string

	mu    sync.Mutex
	h     *holdings // nil between visits
	until time.Time // when the visit is to end
	ended time.Time // the last one
	over  *time.Timer

	remote bool // the last one was to the process that holds the index
}

// visit makes the first visit, and fails as it does.
func visit(ctx context.Context, h *holdings) *visits {
	v := &visits{ctx: ctx, dir: h.dir}
	v.begin(h, 0)
	return v
}

// ask calls use with the index, again when whoever held it ended meanwhile.
func (v *visits) ask(use func(index.Reader) error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	err := v.once(use)
	if errors.Is(err, remote.ErrGone) {
		err = errors.Join(v.end(), v.once(use))
	}
	return err
}

func (v *visits) once(use func(index.Reader) error) error {
	if v.h != nil && !time.Now().Before(v.until) {
		if err := v.end(); err != nil {
			return err
		}
	}
	if v.h == nil {
		if err := v.open(); err != nil {
			return err
		}
	}
	return use(v.h.index)
}

func (v *visits) open() error {
	if err := rest(v.ctx, visitPause-time.Since(v.ended)); err != nil {
		return err
	}
	for try := 1; ; try++ {
		began := time.Now()
		h, err := readHoldings(v.dir)
		if err == nil {
			v.begin(h, time.Since(began))
			return nil
		}
		if !isLocked(err) || try == visitTries {
			return err
		}
		if err := rest(v.ctx, time.Second); err != nil {
			return err
		}
	}
}

// begin begins a visit. One for which it took long to open the index takes long.
func (v *visits) begin(h *holdings, opening time.Duration) {
	length := max(visitTime, 10*opening)
	v.h, v.until, v.remote = h, time.Now().Add(length), h.store == nil
	v.over = time.AfterFunc(length, func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		if v.h == h {
			_ = v.end() // it was only read
		}
	})
}

func (v *visits) end() error {
	if v.h == nil {
		return nil
	}
	v.over.Stop()
	err := v.h.Close()
	v.h, v.ended = nil, time.Now()
	return err
}

// Close ends the visit, if one is made.
func (v *visits) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.end()
}

// shared reports whether another process holds the index, as far as is known.
func (v *visits) shared() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.remote
}

// rest waits, unless ctx ends before.
func rest(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
