package index

import (
	"bytes"
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
		e.State, e.Attempts, e.Next = Deferred, e.Attempts+1, fromSeconds(uint64(seconds(next)))
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
	var old, e Entry
	var filing []byte
	err := s.write(func(tx *bolt.Tx) (err error) {
		if old, err = getEntry(tx, a); err != nil {
			return err
		}
		if !slices.Contains(from, old.State) {
			return fmt.Errorf("%w: a %s entry cannot become %s", ErrForbidden, old.State, event)
		}
		e = old
		to(&e)
		filing, err = s.withdrawn(tx, &e)
		return err
	}, func() []JournalLine {
		return []JournalLine{e.line(event)}
	}, func(tx *bolt.Tx) error {
		if filing != nil {
			if err := tx.Bucket(bucketFiling).Put(accessionKey(a), filing); err != nil {
				return err
			}
		}
		return putEntry(tx, &old, &e)
	})
	if err != nil {
		return fmt.Errorf("entry %s: %w", a, err)
	}
	return nil
}

// withdrawn returns the filing of e encoded anew when it must say that it is
// withdrawn, nil otherwise.
func (s *Store) withdrawn(tx *bolt.Tx, e *Entry) ([]byte, error) {
	raw := tx.Bucket(bucketFiling).Get(accessionKey(e.Accession))
	if raw == nil || e.State != Withdrawn {
		return nil, nil
	}
	f, err := s.codec.decode(raw)
	if err != nil {
		return nil, err
	}
	f.Withdrawn = true
	return s.codec.encode(f)
}

// Retry makes entries of the given states due now: deferred ones keep their count
// of attempts; rejected and withdrawn ones are discovered afresh. It returns how
// many it changed.
func (s *Store) Retry(states ...State) (int, error) {
	for _, st := range states {
		if st != Deferred && st != Rejected && st != Withdrawn {
			return 0, fmt.Errorf("%w: %s entries cannot be retried", ErrForbidden, st)
		}
	}
	line := JournalLine{At: now(), Event: EventRetried, States: states}
	if err := s.write(nil, func() []JournalLine { return []JournalLine{line} }, nothing); err != nil {
		return 0, fmt.Errorf("retrying %v: %w", states, err)
	}
	n, err := s.retry(states)
	if err != nil {
		return n, fmt.Errorf("retrying %v: %w", states, err)
	}
	return n, nil
}

func nothing(*bolt.Tx) error { return nil }

func (s *Store) retry(states []State) (total int, err error) {
	var from []byte
	for {
		var olds []Entry
		err := s.write(func(tx *bolt.Tx) (err error) {
			olds, from, err = retryable(tx, from, states)
			return err
		}, nil, func(tx *bolt.Tx) error {
			for _, old := range olds {
				e := old
				e.retry()
				if err := putEntry(tx, &old, &e); err != nil {
					return err
				}
			}
			return nil
		})
		total += len(olds)
		if err != nil || from == nil {
			return total, err
		}
	}
}

func (e *Entry) retry() {
	e.Next = time.Time{}
	if e.State != Deferred {
		e.State, e.Attempts, e.Reason = Discovered, 0, ""
	}
}

// retryable returns up to a batch of entries that retry would change, from the
// key from on, and the key to go on at, nil at the end.
func retryable(tx *bolt.Tx, from []byte, states []State) (es []Entry, next []byte, err error) {
	c := tx.Bucket(bucketEntry).Cursor()
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if len(es) == batchRows {
			return es, bytes.Clone(k), nil
		}
		r := reader{b: v}
		if head := r.entryHead(); !slices.Contains(states, head.State) || head.State == Deferred && head.Next.IsZero() {
			continue
		}
		e, err := entryAt(k, v)
		if err != nil {
			return nil, nil, err
		}
		es = append(es, e)
	}
	return es, nil, nil
}

func entryAt(k, v []byte) (Entry, error) {
	a, err := edgar.AccessionFromKey(k)
	if err != nil {
		return Entry{}, err
	}
	return decodeEntry(a, v)
}
