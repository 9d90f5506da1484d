package index

import (
	"errors"
	"fmt"
	"iter"
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

// Replay fills the empty index that Rebuild gives from the journal and the
// listings kept: entries with state, first seen and reason, listing records,
// coverage. It appends nothing to the journal. What is recorded is found discovered
// or deferred: record the filings of the archive next, and the index is what it was,
// key for key. Rows that a later copy of a listing no longer has are an exception:
// such an entry gets its form, date and filers from the filing. What the journal
// calls first seen more than once counts from the last time: the others were told
// by crawls that were cut off before the index had it.
//
// rows gives the rows of the kept copy of a listing, or nil when that is gone; it
// is asked for listings with a SHA256 only, in the order in which they were read.
// An error that it yields ends Replay; lines that cannot be read are for it to
// pass over, as they were when the listing was discovered.
//
// Any other index, and one that has something in it, is ErrNotEmpty.
func (s *Store) Replay(rows func(l Listing) iter.Seq2[parse.Row, error]) (Replayed, error) {
	p := replay{s: s, rows: rows, listings: map[string]Listing{}, read: map[string]int{}}
	if err := p.run(); err != nil {
		return p.Replayed, fmt.Errorf("replaying the journal: %w", err)
	}
	return p.Replayed, nil
}

func (p *replay) run() error {
	if !p.s.rebuilding {
		return fmt.Errorf("%w: it is not being rebuilt", ErrNotEmpty)
	}
	if err := p.s.write(empty, nil, nil); err != nil {
		return err
	}
	if err := p.survey(); err != nil {
		return err
	}
	if err := p.lines(); err != nil {
		return err
	}
	return p.records()
}

func empty(tx *bolt.Tx) error {
	for _, name := range [][]byte{bucketEntry, bucketFiling, bucketListing} {
		if k, _ := tx.Bucket(name).Cursor().First(); k != nil {
			return fmt.Errorf("%w: bucket %s has keys", ErrNotEmpty, name)
		}
	}
	return nil
}

// replay is one Replay under way.
type replay struct {
	Replayed
	s        *Store
	rows     func(l Listing) iter.Seq2[parse.Row, error]
	batch    []JournalLine
	weight   int                // accessions in batch
	listings map[string]Listing // as last told, by key
	read     map[string]int     // line at which the copy now kept was last read
}

// lines applies the journal, its lines gathered into transactions, and the rows of
// each copy kept at the line that tells of its last reading: what two listings say
// differently of a submission ends as it did before.
func (p *replay) lines() error {
	for l, err := range p.s.Journal() {
		if err != nil {
			return err
		}
		p.Lines++
		if err := p.line(l); err != nil {
			return fmt.Errorf("line %d, %s: %w", p.Lines, l.Event, err)
		}
		if key, ok := l.reads(); ok && p.read[key] == p.Lines {
			if err := p.copy(p.listings[key]); err != nil {
				return fmt.Errorf("line %d, listing %s: %w", p.Lines, key, err)
			}
		}
	}
	return p.flush()
}

func (p *replay) line(l JournalLine) error {
	switch l.Event {
	case EventCreated:
	case EventListing, EventChecked:
		if l.Listing == nil {
			return errors.New("no listing")
		}
	case EventSeen, EventRetried, EventImported, EventDeferred, EventRejected, EventWithdrawn, EventCoverage:
		p.batch = append(p.batch, l)
		if p.weight += 1 + len(l.Accessions) + len(l.Rows); p.weight >= batchRows {
			return p.flush()
		}
	default:
		return errors.New("event not known: use a newer crawler")
	}
	return nil
}

func (p *replay) flush() error {
	batch := p.batch
	p.batch, p.weight = nil, 0
	if len(batch) == 0 {
		return nil
	}
	return p.s.write(nil, nil, func(w *writing) error {
		for _, l := range batch {
			if err := l.apply(w); err != nil {
				return fmt.Errorf("%s line of %s: %w", l.Event, l.At.Format(time.RFC3339), err)
			}
		}
		return nil
	})
}

// apply does to entries what the line says.
func (l *JournalLine) apply(w *writing) error {
	switch l.Event {
	case EventSeen:
		return l.applySeen(w)
	case EventRetried:
		return l.applyRetried(w)
	case EventCoverage:
		return w.Bucket(bucketMeta).Put(metaCoverage, []byte(l.From.String()))
	}
	return amend(w, l.Accession, func(e *Entry) {
		e.Attempts, e.Next, e.Reason = l.Attempts, l.Next, l.Reason
		if !l.Form.IsZero() {
			e.Form, e.Filed, e.CIKs, e.Name = l.Form, l.Filed, l.CIKs, l.Name
		}
		e.see(l.Seen)
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

func (l *JournalLine) applySeen(w *writing) error {
	for _, a := range l.Accessions {
		if err := amend(w, a, func(e *Entry) { e.see(l.At) }); err != nil {
			return err
		}
	}
	for _, r := range l.Rows {
		if err := amend(w, r.Accession, func(e *Entry) { e.list(parse.Row(r)) }); err != nil {
			return err
		}
		if err := w.addName(r.Name, r.CIK); err != nil {
			return err
		}
	}
	return nil
}

// see makes t, when the line tells it, the time at which e was first seen.
func (e *Entry) see(t time.Time) {
	if !t.IsZero() {
		e.Seen = t
	}
}

// amend changes an entry, which is made when there is none.
func amend(w *writing, a edgar.Accession, change func(*Entry)) error {
	if a.IsZero() {
		return errors.New("no accession number")
	}
	old, err := getEntry(w.Tx, a)
	if errors.Is(err, ErrNotFound) {
		e := Entry{Accession: a, State: Discovered}
		change(&e)
		return w.putEntry(nil, &e)
	}
	if err != nil {
		return err
	}
	e := old
	change(&e)
	return w.putEntry(&old, &e)
}
