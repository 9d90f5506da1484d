package index

import (
	"bytes"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// maxLooked bounds the keys looked at in one read transaction.
const maxLooked = 16 * pageSize

// stream is one prefix of a secondary bucket, read from its end.
type stream struct {
	c      *bolt.Cursor
	prefix []byte
	at     ref
}

// open puts st on the last key before the ref, and reports whether there is one.
func (st *stream) open(before ref) bool {
	k, _ := st.c.Seek(append(bytes.Clone(st.prefix), before[:]...))
	if k == nil {
		k, _ = st.c.Last()
	} else {
		k, _ = st.c.Prev()
	}
	return st.take(k)
}

func (st *stream) back() bool {
	k, _ := st.c.Prev()
	return st.take(k)
}

func (st *stream) take(k []byte) bool {
	if len(k) != len(st.prefix)+refSize || !bytes.HasPrefix(k, st.prefix) {
		return false
	}
	copy(st.at[:], k[len(st.prefix):])
	return true
}

// collect copies out up to size filings, newest first, from w.before down, moves
// w.before to the place reached, and reports whether there may be more.
func (w *walk) collect(tx *bolt.Tx, size int) (raws [][]byte, more bool, err error) {
	filings := tx.Bucket(bucketFiling)
	streams := w.open(tx)
	for looked := 0; len(raws) < size && looked < maxLooked; looked++ {
		var r ref
		if r, streams = newest(streams); r.compare(w.lowest) < 0 || r == (ref{}) {
			return raws, false, nil
		}
		w.before = r
		if !w.allows(tx, r) {
			continue
		}
		raw := filings.Get(r.accessionKey())
		if raw == nil {
			a, _ := r.accession()
			return nil, false, fmt.Errorf("filing %s, which has a key: %w", a, ErrNotFound)
		}
		names, _, err := splitFiling(raw)
		if err != nil {
			return nil, false, err
		}
		if strings.Contains(names, w.name) {
			raws = append(raws, bytes.Clone(raw))
		}
	}
	return raws, true, nil
}

func (w *walk) open(tx *bolt.Tx) (streams []*stream) {
	b := tx.Bucket(w.seek.bucket)
	for _, p := range w.seek.prefixes {
		if st := (&stream{c: b.Cursor(), prefix: p}); st.open(w.before) {
			streams = append(streams, st)
		}
	}
	return streams
}

// newest takes the newest ref off the streams, from each that has it, and returns
// the streams that are left; a zero ref when there are none.
func newest(streams []*stream) (r ref, left []*stream) {
	for _, st := range streams {
		if st.at.compare(r) > 0 {
			r = st.at
		}
	}
	left = streams[:0]
	for _, st := range streams {
		if st.at != r || st.back() {
			left = append(left, st)
		}
	}
	return r, left
}

// allows reports whether the filing at r has a key in every other lane.
func (w *walk) allows(tx *bolt.Tx, r ref) bool {
	for _, l := range w.filters {
		if !l.has(tx, r) {
			return false
		}
	}
	return true
}

func (l *lane) has(tx *bolt.Tx, r ref) bool {
	c := tx.Bucket(l.bucket).Cursor()
	for _, p := range l.prefixes {
		key := append(bytes.Clone(p), r[:]...)
		if k, _ := c.Seek(key); bytes.Equal(k, key) {
			return true
		}
	}
	return false
}
