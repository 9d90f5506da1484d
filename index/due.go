package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"time"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// pageSize is how many values an iterator copies out of one read transaction.
const pageSize = 256

// Due yields the entries to be fetched at the time now: those discovered, and
// those deferred whose time has come; newest filing first. Each comes once, as it
// was when its page of 256 was read. The index may be written while ranging over
// it: no transaction is open while the loop's body runs.
func (s *Store) Due(now time.Time) iter.Seq2[Entry, error] {
	return s.DueSince(now, edgar.Date{})
}

// DueSince yields what Due does of filings filed on the day first or later. Of
// what is older it reads the keys of the deferred entries whose time has come and
// nothing else, so that a backlog of discovered ones costs no time.
func (s *Store) DueSince(now time.Time, first edgar.Date) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		late, err := s.late(now, first)
		w := dueWalk{s: s, now: now, first: makeRef(first, edgar.Accession{}), late: late}
		for more := true; err == nil && more; {
			var page []Entry
			page, more, err = w.page()
			for _, e := range page {
				if !yield(e, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(Entry{}, fmt.Errorf("reading what is due: %w", err))
		}
	}
}

// NextDue returns the earliest time after now at which a deferred entry is due,
// and whether there is any.
func (s *Store) NextDue(now time.Time) (next time.Time, ok bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		k, _ := tx.Bucket(bucketDue).Cursor().Seek(binary.BigEndian.AppendUint64(nil, uint64(seconds(now))+1))
		if ok = len(k) >= 8; ok {
			next = fromSeconds(binary.BigEndian.Uint64(k))
		}
		return nil
	})
	if err != nil {
		return next, false, fmt.Errorf("reading what is due next: %w", err)
	}
	return next, ok, nil
}

// late returns the refs of deferred entries whose time has come, filed on the day
// first or later, newest first.
func (s *Store) late(now time.Time, first edgar.Date) (refs []ref, err error) {
	from := makeRef(first, edgar.Accession{})
	end := binary.BigEndian.AppendUint64(nil, uint64(seconds(now))+1)
	err = s.db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucketDue).Cursor()
		for k, _ := c.Seek(binary.BigEndian.AppendUint64(nil, 1)); k != nil && bytes.Compare(k, end) < 0; k, _ = c.Next() {
			if r := dueRef(k); bytes.Compare(r[:4], from[:4]) >= 0 {
				refs = append(refs, r)
			}
		}
		return nil
	})
	slices.SortFunc(refs, newestFirst)
	return refs, err
}

// dueRef turns the tail of a due key into a ref.
func dueRef(k []byte) (r ref) {
	if len(k) == 20 {
		copy(r[:], k[8:])
		for i := range 4 {
			r[i] = ^r[i]
		}
	}
	return r
}

// newestFirst orders as the due bucket does: date descending, accession ascending.
func newestFirst(a, b ref) int {
	if c := bytes.Compare(b[:4], a[:4]); c != 0 {
		return c
	}
	return bytes.Compare(a[4:], b[4:])
}

// dueWalk merges the keys due at once, in their order, with the late ones.
type dueWalk struct {
	s     *Store
	now   time.Time
	first ref    // its day is the last to be yielded
	at    []byte // where to go on; nil before the start
	end   bool   // nothing more is due at once
	late  []ref
}

func (w *dueWalk) page() (page []Entry, more bool, err error) {
	err = w.s.db.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(bucketDue).Cursor()
		k, _ := c.Seek(w.at)
		for range pageSize {
			r, ok := w.next(k)
			if !ok {
				return nil
			}
			if len(w.late) > 0 && r == w.late[0] {
				w.late = w.late[1:]
			}
			if k != nil && r == dueRef(k) {
				k, _ = c.Next()
			}
			e, err := entryAt(tx, r)
			if err != nil {
				return err
			}
			if e.pending() && !e.Next.After(w.now) {
				page = append(page, e)
			}
		}
		w.at, more = bytes.Clone(k), true
		w.end = k == nil
		return nil
	})
	return page, more, err
}

// next returns the newer of the key k and the first late ref.
func (w *dueWalk) next(k []byte) (ref, bool) {
	atOnce := k != nil && !w.end && binary.BigEndian.Uint64(k) == 0
	if atOnce {
		r := dueRef(k)
		atOnce = bytes.Compare(r[:4], w.first[:4]) >= 0
	}
	switch {
	case !atOnce && len(w.late) == 0:
		return ref{}, false
	case !atOnce:
		return w.late[0], true
	case len(w.late) == 0 || newestFirst(dueRef(k), w.late[0]) <= 0:
		return dueRef(k), true
	}
	return w.late[0], true
}
