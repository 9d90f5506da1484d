package index

import (
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
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
		return s.restate(tx, &st)
	}, func() []JournalLine {
		return []JournalLine{st.now.line(event)}
	}, func(w *writing) error {
		return st.apply(w)
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
	filing   *parse.Filing
	value    []byte // of the filing, as it is from now on

	gone, fresh []posting // of the filing
}

func (st *step) apply(w *writing) error {
	if st.filing != nil {
		if err := w.Bucket(bucketFiling).Put(accessionKey(st.now.Accession), st.value); err != nil {
			return err
		}
		if err := w.drop(st.gone); err != nil {
			return err
		}
		if err := w.put(st.fresh); err != nil {
			return err
		}
		if err := w.number(makeRef(st.filing.Filed, st.filing.Accession), factsOf(st.filing), 0); err != nil {
			return err
		}
	}
	return w.putEntry(&st.old, &st.now)
}

// restate encodes the filing of a step anew, if there is one, saying whether it is
// withdrawn.
func (s *Store) restate(tx *bolt.Tx, st *step) (err error) {
	raw := tx.Bucket(bucketFiling).Get(accessionKey(st.now.Accession))
	if raw == nil {
		return nil
	}
	if st.filing, err = s.codec.decode(raw); err != nil {
		return err
	}
	had := postings(st.filing, st.now.CIKs)
	st.filing.Withdrawn = st.now.State == Withdrawn
	st.gone, st.fresh = difference(had, postings(st.filing, st.now.CIKs))
	st.value, err = s.codec.encode(st.filing)
	return err
}
