package index

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// Record writes filings, all in one transaction: each with its secondary keys,
// in place of an older record of the same accession and its keys, and its entry
// recorded and no more due. A submission without an entry gets one, as imports
// need. One whose entry is withdrawn stays withdrawn: Retry it first.
//
// The submissions must be in the archive, durably, before. Each filing must carry
// Accession, Form, Filed, Recorded, SHA256, Size and Revision; one without Seen,
// as after the loss of a journal, was first seen when Recorded. Text is not kept, a
// snippet of it is. Record does not change the filings. A call with up to 1,000 of
// them is a good batch.
//
// A filing that cannot be kept is an *UnfitError, and nothing is written: call
// Record again without it.
func (s *Store) Record(fs ...*parse.Filing) error {
	b, err := s.recording(fs)
	if err == nil {
		err = s.write(b.prepare, b.lines, b.apply)
	}
	if err != nil {
		return fmt.Errorf("recording %s: %w", describe(fs), err)
	}
	return nil
}

func describe(fs []*parse.Filing) string {
	if len(fs) == 1 && fs[0] != nil {
		return "filing " + fs[0].Accession.String()
	}
	return fmt.Sprintf("%d filings", len(fs))
}

// recording is a batch of filings on its way into the index.
type recording struct {
	s        *Store
	records  []record
	imported []JournalLine
}

type record struct {
	filing parse.Filing
	old    *Entry // nil: no entry yet
	now    Entry
	value  []byte
	number uint64 // number of its change in the index that is rebuilt
	stale  []posting
	fresh  []posting
}

// recording encodes filings, the last of those with the same accession.
func (s *Store) recording(fs []*parse.Filing) (*recording, error) {
	b := &recording{s: s}
	last := make(map[edgar.Accession]int, len(fs))
	for i, f := range fs {
		if err := fit(f); err != nil {
			return nil, err
		}
		last[f.Accession] = i
	}
	for i, f := range fs {
		if last[f.Accession] != i {
			continue
		}
		r := newRecord(f)
		var err error
		if r.value, err = s.codec.encode(&r.filing); err != nil {
			return nil, err
		}
		b.records = append(b.records, r)
	}
	return b, nil
}

// newRecord returns the record of f as its entry will say.
func newRecord(f *parse.Filing) record {
	r := record{filing: *f}
	r.filing.Withdrawn = false
	if f.Seen.IsZero() {
		r.filing.Seen = f.Recorded
	}
	r.filing.Seen = r.filing.Seen.UTC().Truncate(time.Second)
	return r
}

func (b *recording) prepare(tx *bolt.Tx) error {
	for i := range b.records {
		r := &b.records[i]
		if err := r.prepare(b.s, tx); err != nil {
			return err
		}
		if r.old == nil {
			b.imported = append(b.imported, r.now.line(EventImported))
		}
	}
	return nil
}

// prepare works out what recording the filing changes.
func (r *record) prepare(s *Store, tx *bolt.Tx) (err error) {
	switch e, err := getEntry(tx, r.filing.Accession); {
	case errors.Is(err, ErrNotFound):
		r.now = Entry{Accession: r.filing.Accession}
	case err != nil:
		return err
	default:
		r.old, r.now = &e, e
	}
	had, err := s.held(tx, r.old)
	if err != nil {
		return err
	}
	r.now.record(&r.filing)
	r.filing.Withdrawn = r.now.State == Withdrawn
	has := postings(&r.filing, r.now.CIKs)
	r.stale, r.fresh = difference(had, has)
	if r.filing.Withdrawn {
		r.value, err = s.codec.encode(&r.filing)
	}
	r.number = s.carried(&r.filing, r.value)
	return err
}

// held returns the secondary keys of the filing that an entry has, if any.
func (s *Store) held(tx *bolt.Tx, e *Entry) ([]posting, error) {
	if e == nil {
		return nil, nil
	}
	raw := tx.Bucket(bucketFiling).Get(accessionKey(e.Accession))
	if raw == nil {
		return nil, nil
	}
	f, err := s.codec.decode(raw)
	if err != nil {
		return nil, fmt.Errorf("filing %s, as it was: %w", e.Accession, err)
	}
	return postings(f, e.CIKs), nil
}

// record moves e to recorded. What no listing said of it the header says.
func (e *Entry) record(f *parse.Filing) {
	if e.State != Withdrawn {
		e.State, e.Reason = Recorded, ""
	}
	e.Attempts, e.Next = 0, time.Time{}
	e.Cut = slices.ContainsFunc(f.Documents, func(d parse.Document) bool { return d.Cut != nil })
	if e.Seen.IsZero() {
		e.Seen = f.Seen.UTC().Truncate(time.Second)
	}
	if !e.Form.IsZero() {
		return
	}
	e.Form, e.Filed, e.CIKs = f.Form, f.Filed, filingCIKs(f, e.CIKs)
	for _, x := range f.Filers {
		if len(e.CIKs) > 0 && x.CIK == e.CIKs[0] {
			e.Name = clip(x.Name, maxName)
			break
		}
	}
}

func (b *recording) lines() []JournalLine { return b.imported }

func (b *recording) apply(w *writing) error {
	if w.follows(b.oldest()) {
		w.keepFull()
	}
	for i := range b.records {
		if err := b.records[i].apply(w); err != nil {
			return err
		}
	}
	return nil
}

// oldest returns the first day on which one of the filings was filed.
func (b *recording) oldest() (d edgar.Date) {
	for i := range b.records {
		if filed := b.records[i].filing.Filed; d.IsZero() || filed.Before(d) {
			d = filed
		}
	}
	return d
}

func (r *record) apply(w *writing) error {
	w.tally(filingCounters(r.stale), -1)
	w.tally(filingCounters(r.fresh), 1)
	if err := w.drop(r.stale); err != nil {
		return err
	}
	if err := w.Bucket(bucketFiling).Put(accessionKey(r.now.Accession), r.value); err != nil {
		return err
	}
	if err := w.put(r.fresh); err != nil {
		return err
	}
	if err := w.number(makeRef(r.filing.Filed, r.filing.Accession), factsOf(&r.filing), r.number); err != nil {
		return err
	}
	if err := w.addFiling(&r.filing); err != nil {
		return err
	}
	return w.putEntry(r.old, &r.now)
}

// Filing returns the filing recorded under a, without its text, or ErrNotFound.
// Amends of an amendment says what it amends among what is held now: the original
// may come after the amendment.
func (s *Store) Filing(a edgar.Accession) (*parse.Filing, error) {
	var raw []byte
	err := s.db.View(func(tx *bolt.Tx) error {
		v := tx.Bucket(bucketFiling).Get(accessionKey(a))
		if v == nil {
			return absent(tx, a)
		}
		raw = append(raw, v...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("filing %s: %w", a, err)
	}
	f, err := s.codec.keyed(accessionKey(a), raw)
	if err == nil {
		err = s.link(f)
	}
	return f, err
}

// absent says why there is no filing under a: because there is none, or because it
// is lost.
func absent(tx *bolt.Tx, a edgar.Accession) error {
	e, err := getEntry(tx, a)
	if err == nil && e.State == Recorded {
		err = fmt.Errorf("it is recorded and is not there: %w", ErrDamaged)
	}
	return cmp.Or(err, ErrNotFound)
}
