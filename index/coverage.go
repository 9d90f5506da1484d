package index

import (
	"fmt"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Coverage returns the first day that this archive means to hold, and whether one
// was set.
func (s *Store) Coverage() (from edgar.Date, ok bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		ok = tx.Bucket(bucketMeta).Get(metaCoverage) != nil
		from, err = coverageOf(tx)
		return err
	})
	if err != nil {
		return edgar.Date{}, false, fmt.Errorf("reading where coverage begins: %w", err)
	}
	return from, ok, nil
}

// coverageOf returns the first day that is meant to be held, none when none was set.
func coverageOf(tx *bolt.Tx) (from edgar.Date, err error) {
	if err := from.UnmarshalText(tx.Bucket(bucketMeta).Get(metaCoverage)); err != nil {
		return from, fmt.Errorf("%w: %w", errMalformed, err)
	}
	return from, nil
}

// SetCoverage sets the first day that this archive means to hold.
func (s *Store) SetCoverage(from edgar.Date) error {
	line := JournalLine{At: now(), Event: EventCoverage, From: from}
	err := s.write(nil, func() []JournalLine { return []JournalLine{line} }, func(w *writing) error {
		return w.Bucket(bucketMeta).Put(metaCoverage, []byte(from.String()))
	})
	if err != nil {
		return fmt.Errorf("setting where coverage begins: %w", err)
	}
	return nil
}
