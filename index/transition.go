package index

import (
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Defer says that an attempt at a came to nothing and when to try again; a next
// that is zero means at once. Only a discovered or deferred entry can be deferred
// (ErrForbidden), and only a known one (ErrNotFound).
func (s *Store) Defer(a edgar.Accession, next time.Time, reason string) error {
	return s.move(a, EventDeferred, []State{Discovered, Deferred}, func(e *Entry) {
		e.State, e.Attempts, e.Next = Deferred, e.Attempts+1, wholeSecond(next)
		e.Reason = clip(reason, maxReason)
	})
}

// Reject gives a up: Retry alone brings it back. Only a discovered or deferred
// entry can be rejected (ErrForbidden), and only a known one (ErrNotFound).
func (s *Store) Reject(a edgar.Accession, reason string) error {
	return s.move(a, EventRejected, []State{Discovered, Deferred}, func(e *Entry) {
		e.State, e.Next, e.Reason = Rejected, time.Time{}, clip(reason, maxReason)
	})
}

// Withdraw says that EDGAR lists a no more. A filing that was recorded stays and
// says so. An entry already withdrawn cannot be withdrawn (ErrForbidden).
func (s *Store) Withdraw(a edgar.Accession, reason string) error {
	return s.move(a, EventWithdrawn, []State{Discovered, Deferred, Recorded, Rejected}, func(e *Entry) {
		e.State, e.Attempts, e.Next, e.Reason = Withdrawn, 0, time.Time{}, clip(reason, maxReason)
	})
}

// move changes one entry whose state is among from.
func (s *Store) move(a edgar.Accession, event Event, from []State, to func(*Entry)) error {
	var st step
	err := s.write(func(tx *bolt.Tx) error {
		old, err := getEntry(tx, a)
		if err != nil {
			return err
		}
		if !slices.Contains(from, old.State) {
			return fmt.Errorf("%w: a %s entry cannot become %s", ErrForbidden, old.State, event)
		}
		st = step{old: old, now: old}
		to(&st.now)
		st.filing, err = s.restate(tx, &st.now)
		return err
	}, func() []JournalLine {
		return []JournalLine{st.now.line(event)}
	}, func(tx *bolt.Tx) error {
		return st.apply(tx)
	})
	if err != nil {
		return fmt.Errorf("entry %s: %w", a, err)
	}
	return nil
}

// wholeSecond returns the first whole second that is not before t.
func wholeSecond(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(time.Second - 1).UTC().Truncate(time.Second)
}

// step is a change of one entry that is there, and of its filing if it has one.
type step struct {
	old, now Entry
	filing   []byte
}

func (st *step) apply(tx *bolt.Tx) error {
	if st.filing != nil {
		if err := tx.Bucket(bucketFiling).Put(accessionKey(st.now.Accession), st.filing); err != nil {
			return err
		}
	}
	return putEntry(tx, &st.old, &st.now)
}

// restate returns the filing of e encoded anew, saying whether it is withdrawn,
// nil when there is none.
func (s *Store) restate(tx *bolt.Tx, e *Entry) ([]byte, error) {
	raw := tx.Bucket(bucketFiling).Get(accessionKey(e.Accession))
	if raw == nil {
		return nil, nil
	}
	f, err := s.codec.decode(raw)
	if err != nil {
		return nil, err
	}
	f.Withdrawn = e.State == Withdrawn
	return s.codec.encode(f)
}
