package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Dump yields every key of the index, as "bucket/KEY" with KEY quoted, and its
// value, in order: two indexes are the same when their dumps are. It is for tests
// and for looking; meta/"identity" is the archive's own and differs between
// archives, keys of pass hold reports of passes. The numbering of changes tells how
// the index came to be and not what is in it: its epoch, its keys and its numbers in
// the values of date are left out. The iteration ends early only when the index
// cannot be read.
func (s *Store) Dump() iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for _, name := range buckets() {
			for p, err := range s.bucket(name) {
				if p.numbering(name) {
					continue
				}
				if err != nil || !yield(fmt.Sprintf("%s/%+q", name, p.key), p.value) {
					return
				}
			}
		}
	}
}

type pair struct{ key, value []byte }

// numbering reports whether p, of the bucket given, is of the numbering of changes,
// and takes the number out of facts.
func (p *pair) numbering(bucket []byte) bool {
	if bytes.Equal(bucket, bucketDate) {
		_, n := binary.Uvarint(p.value)
		p.value = p.value[max(n, 0):]
	}
	return bytes.Equal(bucket, bucketChange) || bytes.Equal(bucket, bucketMeta) && bytes.Equal(p.key, metaEpoch)
}

// bucket yields the keys and values of a bucket, copied out by the page.
func (s *Store) bucket(name []byte) iter.Seq2[pair, error] {
	return s.bucketIf(name, func([]byte) bool { return true })
}

// bucketIf yields those whose value is wanted.
func (s *Store) bucketIf(name []byte, want func(value []byte) bool) iter.Seq2[pair, error] {
	return pairsOf(s.db.View, name, want)
}

// pairsOf yields the keys and values of a bucket, copied out by the page, whose value
// is wanted. view runs a transaction that reads.
func pairsOf(view func(func(*bolt.Tx) error) error, name []byte, want func(value []byte) bool) iter.Seq2[pair, error] {
	return func(yield func(pair, error) bool) {
		var from []byte
		for more := true; more; {
			var page []pair
			err := view(func(tx *bolt.Tx) error {
				c := tx.Bucket(name).Cursor()
				k, v := c.Seek(from)
				for looked := 0; k != nil && len(page) < pageSize && looked < maxLooked; k, v = c.Next() {
					if looked++; want(v) {
						page = append(page, pair{bytes.Clone(k), bytes.Clone(v)})
					}
				}
				from, more = bytes.Clone(k), k != nil
				return nil
			})
			if err != nil {
				yield(pair{}, err)
				return
			}
			for _, p := range page {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

// Entries yields all entries by accession number, each as it was when its page
// was read. The index may be written meanwhile.
func (s *Store) Entries() iter.Seq2[Entry, error] { return entries(s.bucket(bucketEntry)) }

// EntriesFiled yields the entries filed from the first to the last of the days, as
// Entries does. It reads past the others, 0.1 µs each.
func (s *Store) EntriesFiled(first, last edgar.Date) iter.Seq2[Entry, error] {
	return entries(s.bucketIf(bucketEntry, func(v []byte) bool { return filedWithin(v, first, last) }))
}

func entries(pairs iter.Seq2[pair, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for p, err := range pairs {
			var e Entry
			if err == nil {
				e, err = p.entry()
			}
			if err != nil {
				err = fmt.Errorf("reading entries: %w", err)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// filedWithin looks at the day alone, and lets pass what cannot be read.
func filedWithin(v []byte, first, last edgar.Date) bool {
	r := reader{b: v}
	r.byte()
	r.byte()
	filed := r.uvarint()
	return r.bad || uint64(dateNumber(first)) <= filed && filed <= uint64(dateNumber(last))
}

func (p *pair) entry() (Entry, error) {
	a, err := accessionFromKey(p.key)
	if err != nil {
		return Entry{}, err
	}
	return decodeEntry(a, p.value)
}
