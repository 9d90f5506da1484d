package vital

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// StuckAfter is how long an activity that shows no sign of life counts as alive:
// longer than a server may stay silent, reading a listing takes, or a sleep lasts.
const StuckAfter = 5 * time.Minute

// A Snapshot is the vital signs at one moment. Counts are since Began.
type Snapshot struct {
	At        time.Time `json:"at"`
	Began     time.Time `json:"began"`
	Limit     float64   `json:"limit"`            // requests a second that are allowed, 0 for any number
	Requests  []Count   `json:"requests"`         // outcomes of requests, by host and in the order of Outcomes; every outcome for each host
	PerMinute []int     `json:"per_minute"`       // requests sent in each of the last 60 minutes, the latest last
	Largest   int       `json:"largest"`          // the most requests sent within any one second, wherever it begins
	Waited    Histogram `json:"waited"`           // for turns, per request
	Bytes     int64     `json:"bytes"`            // of bodies, on the wire
	Parsed    Histogram `json:"parsed"`           // per submission
	Fresh     Histogram `json:"fresh"`            // from acceptance by SEC to being recorded
	Pauses    []Pause   `json:"pauses,omitempty"` // that are not over, by host
	Halt      string    `json:"halt,omitempty"`   // why nothing is fetched until further notice; "" when that is not so

	Activities []Activity `json:"activities,omitempty"` // of a daemon, in the order in which they began
}

// A Count is how often requests to a host had an outcome.
type Count struct {
	Host    string  `json:"host"`
	Outcome Outcome `json:"outcome"`
	N       uint64  `json:"count"`
}

// A Pause is a time in which no request goes to a host.
type Pause struct {
	Host  string    `json:"host"`
	Until time.Time `json:"until"`
	Why   string    `json:"why,omitempty"` // "" when not known
}

// An Activity is one of the loops that a daemon consists of.
type Activity struct {
	Name string    `json:"name"`
	Last time.Time `json:"last"` // sign of life
}

// Snapshot returns the signs as they stand at now, which must be the present. The
// snapshot of nil is zero.
func (s *Signs) Snapshot(now time.Time) Snapshot {
	if s == nil {
		return Snapshot{}
	}
	defer s.lock()()
	return Snapshot{
		At: now, Began: s.began, Limit: s.limit,
		Requests: s.counts(), PerMinute: s.perSecond.perMinute(now.Sub(s.began)), Largest: s.sent.largest,
		Waited: s.waited.clone(), Bytes: s.bytes.Load(), Parsed: s.parsed.clone(), Fresh: s.fresh.clone(),
		Pauses: s.lasting(now), Halt: s.halt, Activities: slices.Clone(s.activities),
	}
}

func (s *Signs) counts() (all []Count) {
	for host, of := range s.requests {
		for _, o := range Outcomes() {
			all = append(all, Count{host, o, of[o]})
		}
	}
	slices.SortStableFunc(all, func(a, b Count) int { return strings.Compare(a.Host, b.Host) })
	return all
}

// lasting returns the pauses that are not over, and forgets the others.
func (s *Signs) lasting(now time.Time) (ps []Pause) {
	for host, p := range s.pauses {
		if !now.Before(p.Until) {
			delete(s.pauses, host)
			continue
		}
		ps = append(ps, p)
	}
	slices.SortFunc(ps, func(a, b Pause) int { return cmp.Compare(a.Host, b.Host) })
	return ps
}

// Answered returns how many requests had the outcome, whatever the host.
func (s Snapshot) Answered(as Outcome) (n uint64) {
	for _, c := range s.Requests {
		if c.Outcome == as {
			n += c.N
		}
	}
	return n
}

// Asked returns how many requests have an outcome.
func (s Snapshot) Asked() (n uint64) {
	for _, c := range s.Requests {
		n += c.N
	}
	return n
}

// Stuck returns the names of the activities that have shown no sign of life for
// StuckAfter.
func (s Snapshot) Stuck() (names []string) {
	for _, a := range s.Activities {
		if s.At.Sub(a.Last) > StuckAfter {
			names = append(names, a.Name)
		}
	}
	return names
}
