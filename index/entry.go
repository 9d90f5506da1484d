package index

import (
	"fmt"
	"slices"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// State says where we stand with a submission.
type State string

// The states of an entry.
const (
	Discovered State = "discovered" // listed; never tried, or to be tried afresh
	Deferred   State = "deferred"   // tried; to be tried again at Next
	Recorded   State = "recorded"   // archived, parsed and in the index
	Rejected   State = "rejected"   // given up, Reason says why
	Withdrawn  State = "withdrawn"  // EDGAR lists it no more
)

// States returns all states, in the order of their codes on disk.
func States() []State { return []State{Discovered, Deferred, Recorded, Rejected, Withdrawn} }

// code returns the byte of st on disk.
func (st State) code() []byte { return []byte{byte(slices.Index(States(), st))} }

// Entry is a submission that we know of and where we stand with it. Form, Filed,
// CIKs and Name are what the listings say, Name being that of the lowest CIK.
// Times are UTC in whole seconds.
type Entry struct {
	Accession edgar.Accession `json:"accession"`
	Form      edgar.Form      `json:"form,omitzero"`
	Filed     edgar.Date      `json:"filed,omitzero"`
	CIKs      []edgar.CIK     `json:"ciks,omitempty"` // ascending, each once
	Name      string          `json:"name,omitempty"`
	State     State           `json:"state"`
	Attempts  int             `json:"attempts,omitempty"` // tries since discovered that came to nothing
	Next      time.Time       `json:"next,omitzero"`      // when deferred: not before; zero means now
	Reason    string          `json:"reason,omitempty"`   // of the last deferral, or of the end
	Seen      time.Time       `json:"seen,omitzero"`      // first seen in a listing, or imported
	Cut       bool            `json:"cut,omitempty"`      // recorded from a copy whose documents are not all there
}

// Entry returns the entry of a, or ErrNotFound.
func (s *Store) Entry(a edgar.Accession) (Entry, error) {
	var e Entry
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		e, err = getEntry(tx, a)
		return err
	})
	if err != nil {
		return Entry{}, fmt.Errorf("entry %s: %w", a, err)
	}
	return e, nil
}

// pending reports whether e waits to be fetched. Without a form no listing told of
// it, and without a CIK there is no path to ask for: nobody could fetch it.
func (e *Entry) pending() bool {
	return (e.State == Discovered || e.State == Deferred) && !e.Form.IsZero() && len(e.CIKs) > 0
}

func (e *Entry) dueKey() []byte { return dueKey(e.Next, e.Filed, e.Accession) }

// list takes over what a listing row says of e and reports whether that is new.
func (e *Entry) list(r parse.Row) bool {
	i, known := slices.BinarySearchFunc(e.CIKs, r.CIK, edgar.CIK.Compare)
	changed := !known || e.Form != r.Form || e.Filed != r.Filed || i == 0 && e.Name != clip(r.Name, maxName)
	if !changed {
		return false
	}
	if !known {
		e.CIKs = slices.Insert(slices.Clone(e.CIKs), i, r.CIK)
	}
	if i == 0 {
		e.Name = clip(r.Name, maxName)
	}
	e.Form, e.Filed = r.Form, r.Filed
	return true
}

func getEntry(tx *bolt.Tx, a edgar.Accession) (Entry, error) {
	v := tx.Bucket(bucketEntry).Get(accessionKey(a))
	if v == nil {
		return Entry{}, ErrNotFound
	}
	return decodeEntry(a, v)
}

// putEntry replaces old by e, the keys and counters of its state moving along; old
// is nil when there was no entry. The entry itself, and so its state, is written last.
func (w *writing) putEntry(old, e *Entry) error {
	var had []posting
	if old != nil {
		had = old.postings()
	}
	gone, fresh := difference(had, e.postings())
	if err := w.drop(gone); err != nil {
		return err
	}
	if err := w.put(fresh); err != nil {
		return err
	}
	if old != nil {
		w.tally(old.counters(), -1)
	}
	w.tally(e.counters(), 1)
	if renamed := old == nil || old.Name != e.Name || len(old.CIKs) == 0; renamed && len(e.CIKs) > 0 {
		if err := w.addName(e.Name, e.CIKs[0]); err != nil {
			return err
		}
	}
	return w.Bucket(bucketEntry).Put(accessionKey(e.Accession), encodeEntry(e))
}
