package index

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// maxReasons bounds the different reasons that Status counts.
const maxReasons = 1000

// Status is the state of the index at one moment.
type Status struct {
	States   map[State]int     `json:"states"`             // entries by state, every state there
	Cut      int               `json:"cut,omitempty"`      // of the recorded, those whose copy is cut
	Due      int               `json:"due"`                // entries to be fetched now
	NextDue  time.Time         `json:"next_due,omitzero"`  // the earliest time at which more is due
	Reasons  []ReasonCount     `json:"reasons,omitempty"`  // most frequent first
	Quarters []QuarterCoverage `json:"quarters,omitempty"` // by filing date, oldest first
	From     edgar.Date        `json:"from,omitzero"`      // where coverage is meant to begin
	To       edgar.Date        `json:"to,omitzero"`        // the latest "Last Data Received" of a listing read
	Passes   []Pass            `json:"passes,omitempty"`   // the last ten, newest first

	// Freshness is nil when nothing was filed lately.
	Freshness *Freshness `json:"freshness,omitempty"`
}

// ReasonCount is why entries of a state are in it.
type ReasonCount struct {
	State  State  `json:"state"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// QuarterCoverage counts the entries filed in a quarter. Wanted is the sum of the
// others.
type QuarterCoverage struct {
	Quarter    edgar.Quarter `json:"quarter"`
	Wanted     int           `json:"wanted"`
	Discovered int           `json:"discovered"`
	Deferred   int           `json:"deferred"`
	Recorded   int           `json:"recorded"`
	Rejected   int           `json:"rejected"`
	Withdrawn  int           `json:"withdrawn"`
}

// Status counts entries as of one moment; now says what is due. It reads every
// entry.
func (s *Store) Status(now time.Time) (Status, error) {
	c := newCounter()
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		if err := tx.Bucket(bucketEntry).ForEach(c.count); err != nil {
			return err
		}
		c.due(tx, now)
		if err := c.coverage(tx); err != nil {
			return err
		}
		if c.Passes, err = passes(tx, 10); err != nil {
			return err
		}
		c.Freshness, err = s.freshness(tx, now)
		return err
	})
	if err != nil {
		return Status{}, fmt.Errorf("counting entries: %w", err)
	}
	return c.status(), nil
}

type counter struct {
	Status
	reasons  map[ReasonCount]int
	quarters map[edgar.Quarter]*QuarterCoverage
}

func newCounter() *counter {
	c := &counter{
		Status:   Status{States: map[State]int{}},
		reasons:  map[ReasonCount]int{},
		quarters: map[edgar.Quarter]*QuarterCoverage{},
	}
	for _, st := range States() {
		c.States[st] = 0
	}
	return c
}

func (c *counter) count(k, v []byte) error {
	r := reader{b: v}
	e := r.entryHead()
	if r.bad {
		return fmt.Errorf("entry %x: %w", k, errMalformed)
	}
	c.States[e.State]++
	if e.Cut && e.State == Recorded {
		c.Cut++
	}
	if e.Reason != "" {
		key := ReasonCount{State: e.State, Reason: e.Reason}
		if _, ok := c.reasons[key]; !ok && len(c.reasons) >= maxReasons {
			key.Reason = "other"
		}
		c.reasons[key]++
	}
	if e.Filed.IsZero() {
		return nil
	}
	q := c.quarters[e.Filed.Quarter()]
	if q == nil {
		q = &QuarterCoverage{Quarter: e.Filed.Quarter()}
		c.quarters[q.Quarter] = q
	}
	q.add(e.State)
	return nil
}

func (q *QuarterCoverage) add(st State) {
	q.Wanted++
	switch st {
	case Discovered:
		q.Discovered++
	case Deferred:
		q.Deferred++
	case Recorded:
		q.Recorded++
	case Rejected:
		q.Rejected++
	case Withdrawn:
		q.Withdrawn++
	}
}

func (c *counter) due(tx *bolt.Tx, now time.Time) {
	cur := tx.Bucket(bucketDue).Cursor()
	for k, _ := cur.First(); k != nil; k, _ = cur.Next() {
		at := binary.BigEndian.Uint64(k)
		if at > uint64(seconds(now)) {
			c.NextDue = fromSeconds(at)
			return
		}
		c.Due++
	}
}

func (c *counter) coverage(tx *bolt.Tx) error {
	if err := c.From.UnmarshalText(tx.Bucket(bucketMeta).Get(metaCoverage)); err != nil {
		return err
	}
	return tx.Bucket(bucketListing).ForEach(func(k, v []byte) error {
		var l Listing
		if err := json.Unmarshal(v, &l); err != nil {
			return fmt.Errorf("listing %s: %w: %w", k, errMalformed, err)
		}
		if c.To.Before(l.LastData) {
			c.To = l.LastData
		}
		return nil
	})
}

func (c *counter) status() Status {
	for key, n := range c.reasons {
		key.Count = n
		c.Reasons = append(c.Reasons, key)
	}
	slices.SortFunc(c.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason))
	})
	for _, q := range slices.SortedFunc(maps.Keys(c.quarters), edgar.Quarter.Compare) {
		c.Quarters = append(c.Quarters, *c.quarters[q])
	}
	return c.Status
}
