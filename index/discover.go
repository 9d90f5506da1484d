package index

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// batchRows bounds the rows of one transaction.
const batchRows = 4000

// Discovery counts what Discover found: accessions that were new to the index,
// and rows of accessions that were not.
type Discovery struct {
	New, Known int
}

// Discover takes in the rows of a listing: an accession not known before becomes
// an entry, discovered and due at once, first seen at the time given; one that is
// known gains the row's CIK, and its form, date and name where they changed.
// Its state stays; a filing already recorded can be found under the new CIK.
//
// Rows are written in transactions of at most 4,000, the record l in the last of
// them: give rows that were read to their end, and an l that counts them. When
// Discover fails what is written stays, and calling it again completes it.
//
// A listing without SHA256 is one of which no copy is kept, such as a feed: the
// journal then tells the rows themselves.
func (s *Store) Discover(l Listing, rows iter.Seq[parse.Row], seen time.Time) (Discovery, error) {
	v, err := l.encode()
	if err != nil {
		return Discovery{}, fmt.Errorf("listing %s: %w", clip(l.Key, maxName), err)
	}
	d := discovery{s: s, listing: l, value: v, seen: seen.UTC().Truncate(time.Second), fresh: map[edgar.Accession]struct{}{}}
	batch := make([]parse.Row, 0, batchRows)
	for r := range rows {
		if batch = append(batch, r); len(batch) == batchRows {
			if err := d.write(batch, false); err != nil {
				return d.Discovery, fmt.Errorf("discovering rows of %s: %w", l.Key, err)
			}
			batch = batch[:0]
		}
	}
	if err := d.write(batch, true); err != nil {
		return d.Discovery, fmt.Errorf("discovering rows of %s: %w", l.Key, err)
	}
	return d.Discovery, nil
}

// discovery is one Discover under way.
type discovery struct {
	Discovery
	s       *Store
	listing Listing
	value   []byte // the listing's record
	seen    time.Time
	fresh   map[edgar.Accession]struct{} // new in this call
}

func (d *discovery) write(rows []parse.Row, last bool) error {
	c := changes{s: d.s}
	var found []edgar.Accession
	var told []JournalRow
	known := 0
	prepare := func(tx *bolt.Tx) error {
		for _, r := range rows {
			isNew, changed, err := c.list(tx, r, d.seen)
			if err != nil {
				return err
			}
			if changed && !d.listing.kept() {
				r.Name = clip(r.Name, maxName)
				told = append(told, JournalRow(r))
			}
			if isNew {
				found = append(found, r.Accession)
				d.fresh[r.Accession] = struct{}{}
			} else if _, ok := d.fresh[r.Accession]; !ok {
				known++
			}
		}
		return nil
	}
	log := func() []JournalLine { return d.lines(found, told, last) }
	err := d.s.write(prepare, log, func(w *writing) error {
		if last {
			if err := w.Bucket(bucketListing).Put([]byte(d.listing.Key), d.value); err != nil {
				return err
			}
		}
		return c.apply(w)
	})
	if err == nil {
		d.New += len(found)
		d.Known += known
	}
	return err
}

// lines tells of a batch. Rows are told by the hundred, to keep lines short.
func (d *discovery) lines(found []edgar.Accession, told []JournalRow, last bool) (lines []JournalLine) {
	if len(found) > 0 {
		lines = append(lines, JournalLine{At: d.seen, Event: EventSeen, Key: d.listing.Key, Accessions: found})
	}
	for rows := range slices.Chunk(told, 100) {
		lines = append(lines, JournalLine{At: d.seen, Event: EventSeen, Key: d.listing.Key, Rows: rows})
	}
	if last {
		lines = append(lines, JournalLine{At: now(), Event: EventListing, Listing: &d.listing})
	}
	return lines
}

// changes gathers what a batch of rows does to entries, before any is written.
type changes struct {
	s       *Store
	order   []edgar.Accession
	entries map[edgar.Accession]*change
}

type change struct {
	old    *Entry // nil: new
	now    Entry
	dirty  bool
	filing *parse.Filing // the one recorded
	fresh  []posting     // of its new CIKs
	named  []parse.Row
}

// list takes row r into account, and reports whether its accession is new and
// whether the row changes anything.
func (c *changes) list(tx *bolt.Tx, r parse.Row, seen time.Time) (isNew, changed bool, err error) {
	if r.Accession.IsZero() || r.CIK.IsZero() || r.Form.IsZero() || r.Filed.IsZero() {
		return false, false, fmt.Errorf("row %v: accession, CIK, form and date must be there", r)
	}
	ch := c.entries[r.Accession]
	if ch == nil {
		if ch, err = c.load(tx, r.Accession, seen); err != nil {
			return false, false, err
		}
		isNew = ch.old == nil
	}
	if !ch.now.list(r) {
		return isNew, false, nil
	}
	if len(ch.now.CIKs) > maxFilers {
		return false, false, fmt.Errorf("row %v: submission of more than %d filers", r, maxFilers)
	}
	ch.dirty, ch.named = true, append(ch.named, r)
	return isNew, true, ch.refile(tx, c.s)
}

func (c *changes) load(tx *bolt.Tx, a edgar.Accession, seen time.Time) (*change, error) {
	ch := new(change)
	switch e, err := getEntry(tx, a); {
	case errors.Is(err, ErrNotFound):
		ch.now = Entry{Accession: a, State: Discovered, Seen: seen}
	case err != nil:
		return nil, err
	default:
		ch.old, ch.now = &e, e
	}
	if c.entries == nil {
		c.entries = map[edgar.Accession]*change{}
	}
	c.entries[a] = ch
	c.order = append(c.order, a)
	return ch, nil
}

// refile finds the secondary keys that a filing already held now has.
func (ch *change) refile(tx *bolt.Tx, s *Store) error {
	raw := tx.Bucket(bucketFiling).Get(accessionKey(ch.now.Accession))
	if raw == nil {
		return nil
	}
	f, err := s.codec.decode(raw)
	if err != nil {
		return fmt.Errorf("filing %s: %w", ch.now.Accession, err)
	}
	ch.filing = f
	_, ch.fresh = difference(postings(f, ch.old.CIKs), postings(f, ch.now.CIKs))
	return nil
}

func (c *changes) apply(w *writing) error {
	for _, a := range c.order {
		ch := c.entries[a]
		if !ch.dirty {
			continue
		}
		if err := ch.apply(w); err != nil {
			return err
		}
	}
	return nil
}

func (ch *change) apply(w *writing) error {
	for _, r := range ch.named {
		if err := w.addName(clip(r.Name, maxName), r.CIK); err != nil {
			return err
		}
	}
	if ch.filing != nil {
		if err := w.number(makeRef(ch.filing.Filed, ch.filing.Accession), factsOf(ch.filing), 0); err != nil {
			return err
		}
	}
	if err := w.put(ch.fresh); err != nil {
		return err
	}
	return w.putEntry(ch.old, &ch.now)
}
