package index

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// keptPasses is how many pass reports are kept, the newest.
const keptPasses = 1000

// Pass is the report of one pass of the crawl, or of one import.
type Pass struct {
	Start          time.Time `json:"start"`
	End            time.Time `json:"end"`
	Command        string    `json:"command"`
	Listed         int       `json:"listed"`
	Recorded       int       `json:"recorded"`
	Deferred       int       `json:"deferred"`
	Rejected       int       `json:"rejected"`
	Withdrawn      int       `json:"withdrawn"`
	Requests       int       `json:"requests"`
	FilingRequests int       `json:"filing_requests"`
	Bytes          int64     `json:"bytes"`
	Outcome        string    `json:"outcome"`            // "done", or what ended it
	Complete       bool      `json:"complete,omitempty"` // every listing in scope was read, or is known not to exist
	Scope          string    `json:"scope,omitempty"`    // what it was about, in the crawl's words
}

// AddPass keeps the report p; of more than 1,000 the oldest goes.
func (s *Store) AddPass(p Pass) error {
	v, err := json.Marshal(p)
	if err == nil {
		err = s.write(nil, nil, func(w *writing) error { return addPass(w.Bucket(bucketPass), v) })
	}
	if err != nil {
		return fmt.Errorf("keeping the report of a pass: %w", err)
	}
	return nil
}

func addPass(b *bolt.Bucket, v []byte) error {
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	if err := b.Put(binary.BigEndian.AppendUint64(nil, n), v); err != nil {
		return err
	}
	if k, _ := b.Cursor().First(); n > keptPasses && k != nil && binary.BigEndian.Uint64(k) <= n-keptPasses {
		return b.Delete(k)
	}
	return nil
}

// Passes returns the last n reports, newest first.
func (s *Store) Passes(n int) (ps []Pass, err error) {
	err = s.db.View(func(tx *bolt.Tx) (err error) {
		ps, err = passes(tx, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading reports of passes: %w", err)
	}
	return ps, nil
}

func passes(tx *bolt.Tx, n int) (ps []Pass, err error) {
	c := tx.Bucket(bucketPass).Cursor()
	for k, v := c.Last(); k != nil && len(ps) < n; k, v = c.Prev() {
		var p Pass
		if err := json.Unmarshal(v, &p); err != nil {
			return nil, fmt.Errorf("%w: %w", errMalformed, err)
		}
		ps = append(ps, p)
	}
	return ps, nil
}
