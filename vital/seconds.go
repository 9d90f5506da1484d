package vital

import "time"

const (
	minutes = 60
	slots   = minutes*60 + 1 // whole seconds, and the one that has begun
)

// seconds counts events in each second of the last hour. Times are since some
// beginning.
type seconds struct {
	counts [slots]uint32
	now    int // the second that has begun, from the beginning
}

func (s *seconds) add(at time.Duration) {
	at = at.Truncate(time.Second)
	s.advance(at)
	if n := int(at / time.Second); s.now-n < slots {
		s.counts[n%slots]++
	}
}

// advance makes place for the seconds up to now.
func (s *seconds) advance(now time.Duration) {
	n := int(now / time.Second)
	s.now = max(s.now, n-slots) // of a longer silence only the end matters
	for s.now < n {
		s.now++
		s.counts[s.now%slots] = 0
	}
}

// perMinute sums the last whole seconds by the minute, the latest minute last.
func (s *seconds) perMinute(now time.Duration) []int {
	s.advance(now)
	sums := make([]int, minutes)
	for back := 1; back < slots && back <= s.now; back++ {
		sums[minutes-1-(back-1)/60] += int(s.counts[(s.now-back)%slots])
	}
	return sums
}
