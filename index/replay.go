package index

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// ErrNotEmpty says that Replay was asked to fill an index that has something in it.
var ErrNotEmpty = errors.New("index is not empty")

// Replayed counts what Replay read.
type Replayed struct {
	Lines    int // of the journal
	Listings int // put back
	Rows     int // of them, of accessions that the journal knows
	Missing  int // listings whose rows are no longer kept
}

// Replay fills an empty index from the journal and the listings kept: entries
// with state, first seen and reason, listing records, coverage. It appends nothing
// to the journal. What is recorded is found discovered or deferred: record the
// filings of the archive next, and the index is what it was, key for key, reports
// of passes and tickers aside. Rows that a later copy of a listing no longer has
// are an exception: such an entry gets its form, date and filers from the filing.
//
// rows gives the rows of the kept copy of a listing, or nil when that is gone; it
// is asked for listings with a SHA256 only.
// An error that it yields ends Replay; lines that cannot be read are for it to
// pass over, as they were when the listing was discovered.
//
// An index whose Replay was interrupted cannot be opened: delete it and begin
// again.
func (s *Store) Replay(rows func(l Listing) iter.Seq2[parse.Row, error]) (Replayed, error) {
	p := replay{s: s, listings: map[string]orderedListing{}}
	err := s.write(empty, nil, setReplaying)
	if err == nil {
		err = p.lines()
	}
	if err == nil {
		err = p.copies(rows)
	}
	if err == nil {
		err = s.write(nil, nil, func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Delete(metaReplaying) })
	}
	if err != nil {
		return p.Replayed, fmt.Errorf("replaying the journal: %w", err)
	}
	return p.Replayed, nil
}

func empty(tx *bolt.Tx) error {
	for _, name := range [][]byte{bucketEntry, bucketFiling, bucketListing} {
		if k, _ := tx.Bucket(name).Cursor().First(); k != nil {
			return fmt.Errorf("%w: bucket %s has keys", ErrNotEmpty, name)
		}
	}
	return nil
}

func setReplaying(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(metaReplaying, []byte("1")) }

// replay is one Replay under way.
type replay struct {
	Replayed
	s        *Store
	batch    []JournalLine
	weight   int // accessions in batch
	listings map[string]orderedListing
}

type orderedListing struct {
	Listing
	order int
}

// lines applies the journal, its lines gathered into transactions.
func (p *replay) lines() error {
	for l, err := range p.s.Journal() {
		if err != nil {
			return err
		}
		p.Lines++
		if err := p.line(l); err != nil {
			return fmt.Errorf("line %d, %s: %w", p.Lines, l.Event, err)
		}
	}
	return p.flush()
}

func (p *replay) line(l JournalLine) error {
	switch l.Event {
	case EventCreated:
	case EventListing:
		if l.Listing == nil {
			return errMalformed
		}
		p.listings[l.Listing.Key] = orderedListing{*l.Listing, p.Lines}
	case EventSeen, EventRetried, EventImported, EventDeferred, EventRejected, EventWithdrawn, EventCoverage:
		p.batch = append(p.batch, l)
		if p.weight += 1 + len(l.Accessions) + len(l.Rows); p.weight >= batchRows {
			return p.flush()
		}
	default:
		return fmt.Errorf("event not known: use a newer crawler")
	}
	return nil
}

func (p *replay) flush() error {
	batch := p.batch
	p.batch, p.weight = nil, 0
	if len(batch) == 0 {
		return nil
	}
	return p.s.write(nil, nil, func(tx *bolt.Tx) error {
		for _, l := range batch {
			if err := l.apply(tx); err != nil {
				return fmt.Errorf("%s line of %s: %w", l.Event, l.At.Format(time.RFC3339), err)
			}
		}
		return nil
	})
}

// apply does to entries what the line says.
func (l *JournalLine) apply(tx *bolt.Tx) error {
	switch l.Event {
	case EventSeen:
		return l.applySeen(tx)
	case EventRetried:
		return l.applyRetried(tx)
	case EventCoverage:
		return tx.Bucket(bucketMeta).Put(metaCoverage, []byte(l.From.String()))
	}
	return amend(tx, l.Accession, func(e *Entry) {
		e.Attempts, e.Next, e.Reason = l.Attempts, l.Next, l.Reason
		if !l.Form.IsZero() {
			e.Form, e.Filed, e.CIKs, e.Name, e.Seen = l.Form, l.Filed, l.CIKs, l.Name, l.Seen
		}
		switch l.Event {
		case EventImported:
			e.State = Discovered
		case EventDeferred:
			e.State = Deferred
		case EventRejected:
			e.State = Rejected
		case EventWithdrawn:
			e.State = Withdrawn
		}
	})
}

func (l *JournalLine) applySeen(tx *bolt.Tx) error {
	for _, a := range l.Accessions {
		if err := amend(tx, a, func(e *Entry) { e.Seen = l.At }); err != nil {
			return err
		}
	}
	for _, r := range l.Rows {
		if err := amend(tx, r.Accession, func(e *Entry) { e.list(parse.Row(r)) }); err != nil {
			return err
		}
	}
	return nil
}

// amend changes an entry, which is made when there is none.
func amend(tx *bolt.Tx, a edgar.Accession, change func(*Entry)) error {
	if a.IsZero() {
		return fmt.Errorf("no accession number: %w", errMalformed)
	}
	old, err := getEntry(tx, a)
	if errors.Is(err, ErrNotFound) {
		e := Entry{Accession: a, State: Discovered}
		change(&e)
		return putEntry(tx, nil, &e)
	}
	if err != nil {
		return err
	}
	e := old
	change(&e)
	return putEntry(tx, &old, &e)
}

// copies puts back the listings' records, and what their rows say of the entries,
// in the order in which they were last read.
func (p *replay) copies(rows func(l Listing) iter.Seq2[parse.Row, error]) error {
	inOrder := func(a, b orderedListing) int { return cmp.Compare(a.order, b.order) }
	for _, l := range slices.SortedFunc(maps.Values(p.listings), inOrder) {
		if err := p.copy(l.Listing, rows); err != nil {
			return fmt.Errorf("listing %s: %w", l.Key, err)
		}
	}
	return nil
}

func (p *replay) copy(l Listing, rows func(l Listing) iter.Seq2[parse.Row, error]) error {
	v, err := l.encode()
	if err != nil {
		return err
	}
	p.Listings++
	if l.kept() && !l.Absent {
		if seq := rows(l); seq == nil {
			p.Missing++
		} else if err := p.rows(seq); err != nil {
			return err
		}
	}
	return p.s.write(nil, nil, func(tx *bolt.Tx) error { return tx.Bucket(bucketListing).Put([]byte(l.Key), v) })
}

func (p *replay) rows(seq iter.Seq2[parse.Row, error]) error {
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
