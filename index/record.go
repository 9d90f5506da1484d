package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
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
// Accession, Form, Filed, Seen, Recorded, SHA256, Size and Revision; Text is not
// kept, a snippet of it is. Record does not change the filings. A call with up to
// 1,000 of them is a good batch.
func (s *Store) Record(fs ...*parse.Filing) error {
	var b recording
	err := b.check(fs)
	if err == nil {
		err = s.write(func(tx *bolt.Tx) error { return b.prepare(s, tx) }, b.lines, b.apply)
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
	filings  []*parse.Filing
	records  []record
	imported []JournalLine
}

type record struct {
	old   *Entry // nil: no entry yet
	now   Entry
	value []byte
	stale []posting
	fresh []posting
}

// check keeps the last of filings with the same accession.
func (b *recording) check(fs []*parse.Filing) error {
	last := make(map[edgar.Accession]int, len(fs))
	for i, f := range fs {
		if err := complete(f); err != nil {
			return err
		}
		last[f.Accession] = i
	}
	for i, f := range fs {
		if last[f.Accession] == i {
			b.filings = append(b.filings, f)
		}
	}
	return nil
}

// complete reports what a filing lacks.
func complete(f *parse.Filing) error {
	if f == nil {
		return errors.New("filing is nil")
	}
	var lacks []string
	for _, field := range []struct {
		name string
		none bool
	}{
		{"accession", f.Accession.IsZero()}, {"form", f.Form.IsZero()}, {"filed", f.Filed.IsZero()},
		{"seen", f.Seen.IsZero()}, {"recorded", f.Recorded.IsZero()}, {"sha256", f.SHA256 == ""},
		{"size", f.Size <= 0}, {"revision", f.Revision <= 0},
	} {
		if field.none {
			lacks = append(lacks, field.name)
		}
	}
	if len(lacks) > 0 {
		return fmt.Errorf("filing %s lacks %s", f.Accession, strings.Join(lacks, ", "))
	}
	for _, it := range f.Items {
		if len(it.Number) > 40 || strings.ContainsRune(it.Number, 0) {
			return fmt.Errorf("filing %s: item number %q cannot be a key", f.Accession, it.Number)
		}
	}
	return nil
}

func (b *recording) prepare(s *Store, tx *bolt.Tx) error {
	for _, f := range b.filings {
		r, err := s.record(tx, f)
		if err != nil {
			return err
		}
		if r.old == nil {
			b.imported = append(b.imported, r.now.line(EventImported))
		}
		b.records = append(b.records, r)
	}
	return nil
}

// record works out what recording f changes.
func (s *Store) record(tx *bolt.Tx, f *parse.Filing) (record, error) {
	var r record
	var err error
	switch e, eerr := getEntry(tx, f.Accession); {
	case errors.Is(eerr, ErrNotFound):
		r.now = Entry{Accession: f.Accession, Seen: f.Seen.UTC().Truncate(time.Second)}
	case eerr != nil:
		return r, eerr
	default:
		r.old, r.now = &e, e
	}
	if r.stale, err = s.held(tx, r.old); err != nil {
		return r, err
	}
	r.now.record(f)
	r.fresh = postings(f, r.now.CIKs)
	r.stale = slices.DeleteFunc(r.stale, func(p posting) bool {
		return slices.ContainsFunc(r.fresh, func(o posting) bool { return o.key == p.key && &o.bucket[0] == &p.bucket[0] })
	})
	kept := *f
	kept.Withdrawn = r.now.State == Withdrawn
	r.value, err = s.codec.encode(&kept)
	return r, err
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

func (b *recording) apply(tx *bolt.Tx) error {
	for i := range b.records {
		if err := b.records[i].apply(tx); err != nil {
			return err
		}
	}
	return nil
}

func (r *record) apply(tx *bolt.Tx) error {
	for _, p := range r.stale {
		if err := tx.Bucket(p.bucket).Delete([]byte(p.key)); err != nil {
			return err
		}
	}
	if err := tx.Bucket(bucketFiling).Put(accessionKey(r.now.Accession), r.value); err != nil {
		return err
	}
	if err := putPostings(tx, r.fresh); err != nil {
		return err
	}
	return putEntry(tx, r.old, &r.now)
}

// Filing returns the filing recorded under a, without its text, or ErrNotFound.
func (s *Store) Filing(a edgar.Accession) (*parse.Filing, error) {
	var raw []byte
	err := s.db.View(func(tx *bolt.Tx) error {
		v := tx.Bucket(bucketFiling).Get(accessionKey(a))
		if v == nil {
			return ErrNotFound
		}
		raw = append(raw, v...)
		return nil
	})
	var f *parse.Filing
	if err == nil {
		f, err = s.codec.decode(raw)
	}
	if err != nil {
		return nil, fmt.Errorf("filing %s: %w", a, err)
	}
	return f, nil
}
