package index

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
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
	DueSince time.Time         `json:"due_since,omitzero"` // since when something is due: the deferred entry whose time came first, or the discovered one of the oldest filing date; zero when nothing is
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

// Status tells where everything stands as of one moment; now says what is due. What
// it counts is kept counted: it takes no longer with more entries.
func (s *Store) Status(now time.Time) (Status, error) {
	st := Status{States: map[State]int{}}
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		if err := st.count(tx.Bucket(bucketCount)); err != nil {
			return err
		}
		if err := st.due(tx, now); err != nil {
			return err
		}
		if err := st.coverage(tx); err != nil {
			return err
		}
		if st.Passes, err = passes(tx, 10); err != nil {
			return err
		}
		st.Freshness, err = s.freshness(tx, now)
		return err
	})
	if err != nil {
		return Status{}, fmt.Errorf("counting entries: %w", err)
	}
	return st, nil
}

// count reads the counters of entries.
func (st *Status) count(b *bolt.Bucket) error {
	for _, state := range States() {
		n, err := count(b, counter(countState+string(state.code())))
		if err != nil {
			return err
		}
		st.States[state] = n
	}
	var err error
	if st.Cut, err = count(b, countCut); err != nil {
		return err
	}
	if err := counts(b, countDue, func(_ string, n int) error { st.Due += n; return nil }); err != nil {
		return err
	}
	return errors.Join(st.countQuarters(b), st.countReasons(b))
}

func (st *Status) countQuarters(b *bolt.Bucket) error {
	return counts(b, countQuarter, func(key string, n int) error {
		q, state, err := readQuarterKey(key)
		if err != nil {
			return err
		}
		if last := len(st.Quarters) - 1; last < 0 || st.Quarters[last].Quarter != q {
			st.Quarters = append(st.Quarters, QuarterCoverage{Quarter: q})
		}
		st.Quarters[len(st.Quarters)-1].add(state, n)
		return nil
	})
}

// countReasons lumps together what is more than maxReasons.
func (st *Status) countReasons(b *bolt.Bucket) error {
	others := map[State]int{}
	err := counts(b, countReason, func(key string, n int) error {
		state, err := stateOf(key)
		switch {
		case err != nil:
			return err
		case len(st.Reasons) == maxReasons:
			others[state] += n
		default:
			st.Reasons = append(st.Reasons, ReasonCount{state, key[1:], n})
		}
		return nil
	})
	for state, n := range others {
		st.Reasons = append(st.Reasons, ReasonCount{state, "other", n})
	}
	slices.SortFunc(st.Reasons, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason))
	})
	return err
}

func (q *QuarterCoverage) add(st State, n int) {
	q.Wanted += n
	switch st {
	case Discovered:
		q.Discovered += n
	case Deferred:
		q.Deferred += n
	case Recorded:
		q.Recorded += n
	case Rejected:
		q.Rejected += n
	case Withdrawn:
		q.Withdrawn += n
	}
}

// due adds the deferred entries whose time has come to those due at once.
func (st *Status) due(tx *bolt.Tx, now time.Time) (err error) {
	cur := tx.Bucket(bucketDue).Cursor()
	if st.DueSince, err = dueAtOnceSince(tx, cur); err != nil {
		return err
	}
	for k, _ := cur.Seek(firstTimed); k != nil; k, _ = cur.Next() {
		at := fromSeconds(binary.BigEndian.Uint64(k))
		if at.After(now) {
			st.NextDue = at
			return nil
		}
		if st.Due++; st.DueSince.IsZero() || at.Before(st.DueSince) {
			st.DueSince = at
		}
	}
	return nil
}

// firstTimed is before all keys of the due bucket that have a time.
var firstTimed = binary.BigEndian.AppendUint64(nil, 1)

// dueAtOnceSince returns when the last of the entries due at once was first seen,
// zero when there is none.
func dueAtOnceSince(tx *bolt.Tx, cur *bolt.Cursor) (time.Time, error) {
	k, _ := cur.Seek(firstTimed)
	if k == nil {
		k, _ = cur.Last()
	} else {
		k, _ = cur.Prev()
	}
	if k == nil {
		return time.Time{}, nil
	}
	e, err := entryAt(tx, dueRef(k))
	return e.Seen, err
}

func (st *Status) coverage(tx *bolt.Tx) (err error) {
	if st.From, err = coverageOf(tx); err != nil {
		return err
	}
	return tx.Bucket(bucketListing).ForEach(func(k, v []byte) error {
		var l Listing
		if err := json.Unmarshal(v, &l); err != nil {
			return fmt.Errorf("listing %s: %w: %w", k, errMalformed, err)
		}
		if st.To.Before(l.LastData) {
			st.To = l.LastData
		}
		return nil
	})
}
