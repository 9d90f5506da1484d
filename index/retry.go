package index

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Retry makes the entries of the given states that match reports true for, all of
// them when it is nil, due now: deferred ones keep their count of attempts;
// rejected and withdrawn ones are discovered afresh, but a withdrawn one that has
// its filing is recorded again. It returns how many it changed.
//
// They are changed in transactions of at most 4,000; when Retry fails what is
// written stays, and calling it again completes it. No transaction is open while
// match runs.
func (s *Store) Retry(match func(Entry) bool, states ...State) (int, error) {
	for _, st := range states {
		if st != Deferred && st != Rejected && st != Withdrawn {
			return 0, fmt.Errorf("%w: %s entries cannot be retried", ErrForbidden, st)
		}
	}
	n, err := s.retryAll(match, states)
	if err != nil {
		return n, fmt.Errorf("retrying %v: %w", states, err)
	}
	return n, nil
}

func (s *Store) retryAll(match func(Entry) bool, states []State) (total int, err error) {
	batch := make([]edgar.Accession, 0, batchRows)
	for e, err := range s.Entries() {
		if err != nil {
			return total, err
		}
		if !e.retryable(states) || match != nil && !match(e) {
			continue
		}
		if batch = append(batch, e.Accession); len(batch) == batchRows {
			n, err := s.retry(batch, states)
			if total += n; err != nil {
				return total, err
			}
			batch = batch[:0]
		}
	}
	n, err := s.retry(batch, states)
	return total + n, err
}

// retryable reports whether e is in one of the states and not due at once.
func (e *Entry) retryable(states []State) bool {
	return slices.Contains(states, e.State) && !(e.State == Deferred && e.Next.IsZero())
}

// retry retries those of the accessions that are still in one of the states, in
// one transaction of which the journal tells exactly. One that is named twice is
// changed once.
func (s *Store) retry(as []edgar.Accession, states []State) (int, error) {
	as = slices.Clone(as)
	slices.SortFunc(as, edgar.Accession.Compare)
	var steps []step
	err := s.write(func(tx *bolt.Tx) error {
		for _, a := range slices.Compact(as) {
			old, err := getEntry(tx, a)
			if err != nil {
				return err
			}
			if !old.retryable(states) {
				continue
			}
			st := step{old: old, now: old}
			st.now.retry()
			if err = s.restate(tx, &st); err != nil {
				return err
			}
			if st.filing != nil {
				st.now.State = Recorded
			}
			steps = append(steps, st)
		}
		return nil
	}, func() []JournalLine {
		return retried(steps)
	}, func(w *writing) error {
		for i := range steps {
			if err := steps[i].apply(w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(steps), nil
}

func retried(steps []step) []JournalLine {
	if len(steps) == 0 {
		return nil
	}
	line := JournalLine{At: now(), Event: EventRetried}
	for i := range steps {
		line.Accessions = append(line.Accessions, steps[i].now.Accession)
	}
	return []JournalLine{line}
}

// retry makes e due at once.
func (e *Entry) retry() {
	e.Next = time.Time{}
	if e.State != Deferred {
		e.State, e.Attempts, e.Reason = Discovered, 0, ""
	}
}

// Relist says that EDGAR lists withdrawn entries again: what Retry does to them. It
// returns how many it changed; of a call that fails, those of whole thousands.
func (s *Store) Relist(as ...edgar.Accession) (total int, err error) {
	for batch := range slices.Chunk(as, batchRows) {
		n, err := s.retry(batch, []State{Withdrawn})
		if total += n; err != nil {
			return total, fmt.Errorf("relisting: %w", err)
		}
	}
	return total, nil
}

// applyRetried does to entries what the line says. A withdrawn one that had its
// filing is recorded again when that is.
func (l *JournalLine) applyRetried(w *writing) error {
	if len(l.Accessions) == 0 {
		return errors.New("no accession numbers")
	}
	for _, a := range l.Accessions {
		if err := amend(w, a, (*Entry).retry); err != nil {
			return err
		}
	}
	return nil
}
