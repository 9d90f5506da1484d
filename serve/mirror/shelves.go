package mirror

import (
	"context"
	"slices"
	"sync"

	"example.com/edgard/edgar"
)

// maxShelves bounds the bytes of all shelves that are kept.
const maxShelves = 32 << 20

// shelves are the quarters that were asked for, as far as they are few: the one
// longest unused goes first.
type shelves struct {
	mu    sync.Mutex
	kept  []*shelf // in the order of their last use
	sizes map[*shelf]int
}

// borrow returns the shelf of a quarter when nobody else has it, to be given back.
func (ss *shelves) borrow(ctx context.Context, q edgar.Quarter) (*shelf, error) {
	s := ss.find(q)
	select {
	case s.turn <- struct{}{}:
		return s, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (ss *shelves) find(q edgar.Quarter) *shelf {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if i := slices.IndexFunc(ss.kept, func(s *shelf) bool { return s.quarter == q }); i >= 0 {
		s := ss.kept[i]
		ss.kept = append(slices.Delete(ss.kept, i, i+1), s)
		return s
	}
	s := &shelf{quarter: q, turn: make(chan struct{}, 1)}
	s.forget()
	ss.kept = append(ss.kept, s)
	return s
}

// giveBack ends the use of a shelf, and lets go of others when there is too much.
func (ss *shelves) giveBack(s *shelf) {
	size := s.bytes()
	<-s.turn
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.sizes == nil {
		ss.sizes = make(map[*shelf]int)
	}
	ss.sizes[s] = size
	total := 0
	for i := len(ss.kept) - 1; i >= 0; i-- {
		if total += ss.sizes[ss.kept[i]]; total > maxShelves && i < len(ss.kept)-1 {
			ss.kept = slices.Delete(ss.kept, 0, i+1)
			break
		}
	}
	for s := range ss.sizes {
		if !slices.Contains(ss.kept, s) {
			delete(ss.sizes, s)
		}
	}
}

// bytes is about what a shelf takes.
func (s *shelf) bytes() int {
	n := 1<<10 + 150*cap(s.rows)
	for _, f := range s.files {
		n += cap(f.body)
	}
	return n
}
