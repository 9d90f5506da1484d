package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/index/remote"
)

const (
	guestLook = 100 * time.Millisecond // how often a guest looks whether somebody wants to write
	guestTry  = 20 * time.Millisecond  // and, without an index, whether there is one again
	guestWait = 10 * time.Second       // that a question waits for an index
)

// guest reads a data directory for as long as it likes, many questions at a time, and
// is in no writer's way:
//
//	nobody writes     it holds the index, together with everybody else who only reads
//	somebody claims   it sees so within 100 ms, lets the questions under way end, lets go,
//	                  and asks the writer over its socket as soon as that answers
//	the claim ends    it holds the index itself again
//
// A question that comes in between waits, some 100 ms as a rule; one whose answer broke
// off with the writer's end is put again. While a writer shares nothing, as compact and
// reindex, questions wait ten seconds at most and then get ErrLocked. It writes
// nothing, and works on a file system that is read-only.
type guest struct {
	dir     string
	archive *archive.Store
	log     *zap.Logger

	mu      sync.Mutex
	now     *stay         // nil in between
	back    chan struct{} // closed when there is one again
	since   time.Time     // there was none
	trouble error         // why there is none

	poke  chan struct{}   // wakes the keeper
	over  context.Context // of who is served: nobody waits for an index any more
	stop  context.CancelFunc
	ended chan struct{}
}

// A stay is an index that is read, until it is left.
type stay struct {
	ix      index.Reader
	own     bool // it is held, and not asked for over a socket
	claimed bool // somebody was to write to it when it was found
	users   sync.WaitGroup
}

// visitFor makes a guest of dir, to be closed; it fails as readHoldings does, but when
// somebody has the index and does not share it: then the visit begins in between.
// Questions that wait for an index when ctx ends, or would wait then, get
// context.Canceled.
func visitFor(ctx context.Context, dir string, log *zap.Logger) (*guest, error) {
	g := &guest{dir: dir, log: log, poke: make(chan struct{}, 1), over: ctx, ended: make(chan struct{})}
	claimed := writes(dir)
	h, err := readHoldings(dir)
	switch {
	case err == nil:
		g.archive, g.now = h.archive, &stay{ix: h.index, own: h.store != nil, claimed: claimed}
	case isLocked(err) && hasArchive(dir):
		log.Warn("the index cannot be read yet", zap.Error(err))
		g.back, g.since = make(chan struct{}), time.Now()
		if g.archive, err = archive.OpenReadOnly(filepath.Join(dir, archiveFolder)); err != nil {
			return nil, err
		}
	default:
		return nil, err
	}
	visit, stop := context.WithCancel(context.WithoutCancel(ctx)) // questions under way are answered yet
	g.stop = stop
	go g.keep(visit)
	return g, nil
}

// ask is an [index.Asking]. What it calls must not call it.
func (g *guest) ask(use func(index.Reader) error) error {
	for {
		s, err := g.enter()
		if err != nil {
			return err
		}
		err = s.put(use)
		var other *remote.VersionError
		if !errors.Is(err, remote.ErrGone) && !errors.As(err, &other) {
			return err
		}
		g.leave(s) // it ended, and what comes after it is found
	}
}

// put puts a question to the index of s, which was entered.
func (s *stay) put(use func(index.Reader) error) error {
	defer s.users.Done()
	return use(s.ix)
}

// enter returns the index to ask, when there is one.
func (g *guest) enter() (*stay, error) {
	for {
		g.mu.Lock()
		s, back, left, trouble := g.now, g.back, time.Until(g.since.Add(guestWait)), g.trouble
		if s != nil {
			s.users.Add(1)
		}
		g.mu.Unlock()
		switch {
		case s != nil:
			return s, nil
		case trouble != nil:
			return nil, trouble
		}
		late := time.NewTimer(left)
		select {
		case <-back:
			late.Stop()
		case <-g.over.Done():
			late.Stop()
			return nil, fmt.Errorf("asking the index of %s: %w", g.dir, g.over.Err())
		case <-late.C:
			return nil, fmt.Errorf("asking the index of %s: %w", g.dir, index.ErrLocked)
		}
	}
}

// leave ends a stay, once: questions under way end before the index is let go of.
func (g *guest) leave(s *stay) {
	g.mu.Lock()
	if g.now != s {
		g.mu.Unlock()
		return
	}
	g.now, g.back, g.since, g.trouble = nil, make(chan struct{}), time.Now(), nil
	g.mu.Unlock()
	if s.own {
		s.users.Wait()
	}
	if err := s.ix.Close(); err != nil {
		g.log.Warn("letting go of the index", zap.Error(err))
	}
	select {
	case g.poke <- struct{}{}:
	default: // it is awake
	}
}

// keep goes from stay to stay until ctx ends.
func (g *guest) keep(ctx context.Context) {
	defer close(g.ended)
	for {
		g.mu.Lock()
		s, wait := g.now, guestLook
		g.mu.Unlock()
		switch {
		case s == nil:
			wait = g.find()
		case s.claimed != writes(g.dir):
			g.log.Debug("the index changes hands", zap.Bool("claimed", !s.claimed))
			g.leave(s)
			continue
		}
		next := time.NewTimer(wait)
		select {
		case <-next.C:
		case <-g.poke:
			next.Stop()
		case <-ctx.Done():
			next.Stop()
			return
		}
	}
}

// find begins a stay, if it can, and returns when to look again.
func (g *guest) find() time.Duration {
	s := &stay{claimed: writes(g.dir)}
	err := s.find(g.dir)
	g.mu.Lock()
	defer g.mu.Unlock()
	var other *remote.VersionError
	switch {
	case err == nil:
		g.now, g.trouble = s, nil
		close(g.back)
		return guestLook
	case errors.As(err, &other):
		err = fmt.Errorf("%w: %w", index.ErrLocked, err)
	case isLocked(err), errors.Is(err, remote.ErrGone):
		return guestTry // a writer that does not share it, or does not yet
	}
	if g.trouble == nil {
		g.log.Error("the index cannot be read", zap.Error(err))
	}
	g.trouble = err
	return time.Second
}

// find opens the index of dir: that of the one who claims it, if anybody does.
func (s *stay) find(dir string) (err error) {
	version := thisBuild().full()
	if s.claimed {
		s.ix, err = remote.Dial(dir, version)
		return err
	}
	store, err := index.OpenReadOnly(dir)
	if err == nil {
		s.ix, s.own = store, true
		return nil
	}
	if isLocked(err) {
		s.ix, err = remote.Dial(dir, version)
	}
	return err
}

// Close ends the visit; no question is under way, or comes.
func (g *guest) Close() error {
	g.stop()
	<-g.ended
	var err error
	if g.now != nil {
		err = g.now.ix.Close()
	}
	return errors.Join(err, g.archive.Close())
}
