package vital

import (
	"sync"
	"sync/atomic"
	"time"
)

// maxHosts is how many hosts are told apart. EDGAR has two.
const maxHosts = 8

// OtherHosts stands for all hosts after the first eight.
const OtherHosts = "other"

// Signs are the vital signs of a crawl. The zero value is ready, its methods may be
// called from many goroutines, and those of nil do nothing.
type Signs struct {
	bytes atomic.Int64

	mu         sync.Mutex // never held while waiting
	began      time.Time
	limit      float64
	requests   map[string]map[Outcome]uint64
	sent       window
	perSecond  seconds
	waited     Histogram
	parsed     Histogram
	fresh      Histogram
	pauses     map[string]Pause
	halt       string
	activities []Activity
}

// lock locks s, and unlocks it when what it returned is called.
func (s *Signs) lock() func() {
	s.mu.Lock()
	if s.began.IsZero() {
		s.begin(time.Now())
	}
	return s.mu.Unlock
}

func (s *Signs) begin(now time.Time) {
	s.began = now
	s.requests = make(map[string]map[Outcome]uint64)
	s.pauses = make(map[string]Pause)
	s.waited = newHistogram(waitBounds...)
	s.parsed = newHistogram(parseBounds...)
	s.fresh = newHistogram(freshBounds...)
}

// Limit notes the requests a second that are allowed from now on, 0 for any number.
func (s *Signs) Limit(perSecond float64) {
	if s == nil {
		return
	}
	defer s.lock()()
	s.limit = perSecond
}

// Sent notes that a request went out at a time, which is at most three seconds ago.
func (s *Signs) Sent(at time.Time) {
	if s == nil {
		return
	}
	defer s.lock()()
	since := max(0, at.Sub(s.began))
	s.sent.add(since)
	s.perSecond.add(since)
}

// Answered notes the outcome of a request to a host.
func (s *Signs) Answered(host string, as Outcome) {
	if s == nil {
		return
	}
	defer s.lock()()
	if s.requests[host] == nil && len(s.requests) >= maxHosts {
		host = OtherHosts
	}
	if s.requests[host] == nil {
		s.requests[host] = make(map[Outcome]uint64)
	}
	s.requests[host][as]++
}

// Waited notes how long a request waited for its turn, pauses aside.
func (s *Signs) Waited(d time.Duration) {
	if s == nil {
		return
	}
	defer s.lock()()
	s.waited.observe(d)
}

// Fetched notes bytes of response bodies, as they come over the wire.
func (s *Signs) Fetched(bytes int64) {
	if s != nil {
		s.bytes.Add(bytes)
	}
}

// Parsed notes how long it took to parse a submission into a filing.
func (s *Signs) Parsed(took time.Duration) {
	if s == nil {
		return
	}
	defer s.lock()()
	s.parsed.observe(took)
}

// Fresh notes how long after SEC accepted it a filing was recorded. It is about
// filings accepted while the crawl was at work.
func (s *Signs) Fresh(acceptedToRecorded time.Duration) {
	if s == nil {
		return
	}
	defer s.lock()()
	s.fresh.observe(acceptedToRecorded)
}

// Paused notes that no request goes to a host, or to the hosts that share its
// budget, before a time, and why; "" keeps the reason noted for the same time.
func (s *Signs) Paused(host string, until time.Time, why string) {
	if s == nil {
		return
	}
	defer s.lock()()
	if old, known := s.pauses[host]; known && why == "" && old.Until.Equal(until) {
		why = old.Why
	}
	s.pauses[host] = Pause{Host: host, Until: until, Why: why}
}

// Halted notes why nothing is fetched until further notice, such as a full disk;
// "" ends that.
func (s *Signs) Halted(why string) {
	if s == nil {
		return
	}
	defer s.lock()()
	s.halt = why
}

// Alive notes when an activity last showed a sign of life.
func (s *Signs) Alive(activity string, last time.Time) {
	if s == nil {
		return
	}
	defer s.lock()()
	for i := range s.activities {
		if s.activities[i].Name == activity {
			s.activities[i].Last = last
			return
		}
	}
	s.activities = append(s.activities, Activity{Name: activity, Last: last})
}
