package index

import (
	"encoding/json"
	"fmt"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Listing is what we know of one of EDGAR's listings: the validators of the copy
// that the crawl keeps, and what was read in it. It is written in the transaction of the last
// of its rows, so one that is there was read to the end. Times are UTC.
type Listing struct {
	Key          string     `json:"key"`            // what it lists: "2024Q1", "2024-02-01"
	File         string     `json:"file,omitempty"` // the copy kept, a slash-separated path below the listings folder
	ETag         string     `json:"etag,omitempty"`
	LastModified string     `json:"last_modified,omitempty"`
	SHA256       string     `json:"sha256,omitempty"`   // of the bytes as served, hex
	Size         int64      `json:"size,omitempty"`     // of the bytes as served
	Fetched      time.Time  `json:"fetched,omitzero"`   // when this copy came
	Checked      time.Time  `json:"checked,omitzero"`   // when EDGAR last said that it is current
	LastData     edgar.Date `json:"last_data,omitzero"` // its own "Last Data Received"
	Rows         int        `json:"rows"`               // of all forms
	Wanted       int        `json:"wanted"`             // of them in scope
	Bad          int        `json:"bad,omitempty"`      // lines that could not be read
	Absent       bool       `json:"absent,omitempty"`   // EDGAR says that there is none
	Version      string     `json:"version,omitempty"`  // what the listing that names it says of it; changed, it is asked for again
	Scope        string     `json:"scope,omitempty"`    // which rows were wanted, in the crawl's words
	Judged       string     `json:"judged,omitempty"`   // which copy and rows entries were compared with, likewise
	JudgedAt     time.Time  `json:"judged_at,omitzero"`
	Held         int        `json:"held,omitempty"` // entries that it lost, too many to be withdrawn unasked
}

// PutListing writes what is known of a listing whose rows need no reading:
// unchanged since, or absent.
func (s *Store) PutListing(l Listing) error {
	v, err := l.encode()
	if err == nil {
		err = s.write(nil, l.checked, func(w *writing) error {
			return w.Bucket(bucketListing).Put([]byte(l.Key), v)
		})
	}
	if err != nil {
		return fmt.Errorf("listing %s: %w", clip(l.Key, maxName), err)
	}
	return nil
}

// Listing returns what is known of a listing, and whether anything is.
func (s *Store) Listing(key string) (l Listing, ok bool, err error) {
	var v []byte
	err = s.db.View(func(tx *bolt.Tx) error {
		v = append(v, tx.Bucket(bucketListing).Get([]byte(key))...)
		return nil
	})
	if err == nil && v != nil {
		ok = true
		if jerr := json.Unmarshal(v, &l); jerr != nil {
			err = fmt.Errorf("%w: %w", errMalformed, jerr)
		}
	}
	if err != nil {
		return Listing{}, false, fmt.Errorf("listing %s: %w", key, err)
	}
	return l, ok, nil
}

// Listings returns all listings known, by key. There is one for each quarter and
// for each day looked at.
func (s *Store) Listings() ([]Listing, error) {
	var ls []Listing
	err := s.db.View(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketListing).ForEach(func(k, v []byte) error {
			var l Listing
			if err := json.Unmarshal(v, &l); err != nil {
				return fmt.Errorf("%s: %w: %w", k, errMalformed, err)
			}
			ls = append(ls, l)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("reading listings: %w", err)
	}
	return ls, nil
}

// kept reports whether a copy of the listing is kept beside the index.
func (l *Listing) kept() bool { return l.SHA256 != "" }

func (l *Listing) encode() ([]byte, error) {
	if l.Key == "" || len(l.Key) > 500 {
		return nil, fmt.Errorf("listing key of %d bytes: want 1 to 500", len(l.Key))
	}
	v, err := json.Marshal(l)
	if err == nil && len(v) > maxListing {
		err = fmt.Errorf("record of %d bytes: at most %d", len(v), maxListing)
	}
	return v, err
}

// maxListing bounds the bytes of a listing's record, and so its journal line.
const maxListing = 64 << 10

func (l *Listing) checked() []JournalLine {
	return []JournalLine{{At: now(), Event: EventChecked, Listing: l}}
}

func now() time.Time { return time.Now().UTC().Truncate(time.Second) }
