package index

import (
	"fmt"
	"time"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// survey learns from the journal what is known of listings in the end, and when
// each was read for the last time.
func (p *replay) survey() error {
	n := 0
	for l, err := range p.s.Journal() {
		if err != nil {
			return err
		}
		n++
		if l.Listing != nil {
			p.listings[l.Listing.Key] = *l.Listing
		}
		if key, ok := l.reads(); ok {
			p.read[key] = n
		}
	}
	return nil
}

// reads returns the listing of which the line says that rows of it were read.
func (l *JournalLine) reads() (key string, ok bool) {
	switch {
	case l.Event == EventListing && l.Listing != nil:
		return l.Listing.Key, true
	case l.Event == EventSeen: // of a reading perhaps cut off
		return l.Key, true
	}
	return "", false
}

// copy applies the rows of the kept copy of a listing, if there is one.
func (p *replay) copy(l Listing) error {
	if !l.kept() || l.Absent {
		return nil
	}
	if err := p.flush(); err != nil {
		return err
	}
	seq := p.rows(l)
	if seq == nil {
		p.Missing++
		return nil
	}
	batch := make([]parse.Row, 0, batchRows)
	for r, err := range seq {
		if err != nil {
			return err
		}
		if batch = append(batch, r); len(batch) == batchRows {
			if err := p.listRows(batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return p.listRows(batch)
}

// listRows applies rows to the entries that are there.
func (p *replay) listRows(rows []parse.Row) error {
	c := changes{s: p.s}
	return p.s.write(func(tx *bolt.Tx) error {
		entries := tx.Bucket(bucketEntry)
		for _, r := range rows {
			if entries.Get(accessionKey(r.Accession)) == nil {
				continue
			}
			if _, _, err := c.list(tx, r, time.Time{}); err != nil {
				return err
			}
			p.Rows++
		}
		return nil
	}, nil, c.apply)
}

// records puts back what is known of listings.
func (p *replay) records() error {
	return p.s.write(nil, nil, func(w *writing) error {
		for key, l := range p.listings {
			v, err := l.encode()
			if err == nil {
				err = w.Bucket(bucketListing).Put([]byte(key), v)
			}
			if err != nil {
				return fmt.Errorf("listing %s: %w", key, err)
			}
			p.Listings++
		}
		return nil
	})
}
