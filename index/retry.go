package index

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Retry makes entries of the given states due now: deferred ones keep their count
// of attempts; rejected and withdrawn ones are discovered afresh, but a withdrawn
// one that has its filing is recorded again. It returns how many it changed.
func (s *Store) Retry(states ...State) (int, error) {
	for _, st := range states {
		if st != Deferred && st != Rejected && st != Withdrawn {
			return 0, fmt.Errorf("%w: %s entries cannot be retried", ErrForbidden, st)
		}
	}
	line := JournalLine{At: now(), Event: EventRetried, States: states}
	err := s.write(nil, func() []JournalLine { return []JournalLine{line} }, nil)
	n := 0
	if err == nil {
		n, err = s.retry(states)
	}
	if err != nil {
		return n, fmt.Errorf("retrying %v: %w", states, err)
	}
	return n, nil
}

// retry is Retry without the journal.
func (s *Store) retry(states []State) (total int, err error) {
	var from []byte
	for {
		var steps []step
		err := s.write(func(tx *bolt.Tx) (err error) {
			steps, from, err = s.retryable(tx, from, states)
			return err
		}, nil, func(tx *bolt.Tx) error {
			for i := range steps {
				if err := steps[i].apply(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return total, err
		}
		if total += len(steps); from == nil {
			return total, nil
		}
	}
}

// retryable returns up to a batch of steps, from the key from on, and the key to
// go on at, nil at the end.
func (s *Store) retryable(tx *bolt.Tx, from []byte, states []State) (steps []step, next []byte, err error) {
	c := tx.Bucket(bucketEntry).Cursor()
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if len(steps) == batchRows {
			return steps, bytes.Clone(k), nil
		}
		r := reader{b: v}
		if head := r.entryHead(); !slices.Contains(states, head.State) || head.State == Deferred && head.Next.IsZero() {
			continue
		}
		st, err := s.retryStep(tx, k, v)
		if err != nil {
			return nil, nil, err
		}
		steps = append(steps, st)
	}
	return steps, nil, nil
}

func (s *Store) retryStep(tx *bolt.Tx, k, v []byte) (step, error) {
	a, err := edgar.AccessionFromKey(k)
	if err != nil {
		return step{}, err
	}
	old, err := decodeEntry(a, v)
	if err != nil {
		return step{}, err
	}
	st := step{old: old, now: old}
	st.now.Next = time.Time{}
	if old.State == Deferred {
		return st, nil
	}
	st.now.State, st.now.Attempts, st.now.Reason = Discovered, 0, ""
	st.filing, err = s.restate(tx, &st.now)
	if st.filing != nil {
		st.now.State = Recorded
	}
	return st, err
}
