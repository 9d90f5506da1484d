package edgartest

import (
	"sync"
	"time"
)

// blockTime is how long sec.gov shuts out whoever asks too fast, counted from
// the last request sent.
const blockTime = 10 * time.Minute

// limiter is sec.gov's own limit. The zero limiter has none.
type limiter struct {
	limit int

	mu     sync.Mutex
	recent []time.Time // within the last second
	until  time.Time
}

// admit reports whether a request arriving at t is shut out.
func (l *limiter) admit(t time.Time) (blocked bool) {
	if l.limit == 0 {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.Before(l.until) {
		l.until = t.Add(blockTime)
		return true
	}
	keep := 0
	for keep < len(l.recent) && t.Sub(l.recent[keep]) >= time.Second {
		keep++
	}
	l.recent = append(l.recent[keep:], t)
	if len(l.recent) <= l.limit {
		return false
	}
	l.recent, l.until = nil, t.Add(blockTime)
	return true
}
