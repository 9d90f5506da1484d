package index

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// repairBatch is how many submissions are repaired in one transaction: what they call
// for is held in memory.
const repairBatch = 5000

// RepairKeys makes the keys of submissions what their entries and filings call for,
// and all counters what there is to be counted, in a transaction for every 5,000 of
// them, for each of which the lanes are read whole: what one that fails leaves, the
// next RepairKeys does. A filing that cannot be read is taken out, with its keys:
// record it anew from the archive. Of a submission whose entry cannot be read nothing
// changes; Rebuild is the remedy. Keys of lanes that belong to no submission go.
func (s *Store) RepairKeys(as ...edgar.Accession) error {
	batches := slices.Collect(slices.Chunk(as, repairBatch))
	if len(batches) == 0 {
		batches = [][]edgar.Accession{nil} // counters, and what belongs to none
	}
	for _, batch := range batches {
		r := keyRepair{s: s, of: make(map[string]struct{}, len(batch))}
		for _, a := range batch {
			r.of[string(accessionKey(a))] = struct{}{}
		}
		if err := s.write(r.survey, nil, r.apply); err != nil {
			return fmt.Errorf("repairing the keys of %d submissions: %w", len(batch), err)
		}
	}
	return nil
}

type keyRepair struct {
	s      *Store
	of     map[string]struct{}
	subs   []submission
	broken [][]byte  // accessions of filings that cannot be read
	gone   []posting // keys that nobody calls for
}

// survey works out what each of the submissions calls for, and finds what keys too
// many they have.
func (r *keyRepair) survey(tx *bolt.Tx) error {
	dates := tx.Bucket(bucketDate)
	subs := make(map[string]submission, len(r.of))
	for k := range r.of {
		sub, ok := r.s.submissionOf(tx, []byte(k))
		if !ok && sub.entry == nil { // it cannot be read
			continue
		}
		if !ok || sub.entry == nil { // nor can its filing, or there is nothing but a filing
			r.broken = append(r.broken, []byte(k))
		}
		subs[k] = sub
		r.subs = append(r.subs, sub)
	}
	for _, bucket := range laneBuckets() {
		cur := tx.Bucket(bucket).Cursor()
		for k, v := cur.First(); k != nil; k, v = cur.Next() {
			acc := whose(bucket, k, v)
			sub, ok := subs[string(acc)]
			stray := acc == nil || ok && !sub.has(bucket, k)
			if bytes.Equal(bucket, bucketChange) {
				stray = acc == nil || ok && !sub.changed(dates, k)
			}
			if stray {
				r.gone = append(r.gone, posting{bucket, string(k), nil})
			}
		}
	}
	return nil
}

func (r *keyRepair) apply(w *writing) error {
	for _, p := range r.gone {
		if err := w.Bucket(p.bucket).Delete([]byte(p.key)); err != nil {
			return err
		}
	}
	for _, k := range r.broken {
		if err := w.Bucket(bucketFiling).Delete(k); err != nil {
			return err
		}
	}
	for _, sub := range r.subs {
		if err := w.restore(&sub); err != nil {
			return err
		}
	}
	return w.recount()
}

// restore writes all that a submission calls for. A filing whose change is not where
// its date says gets a new number.
func (w *writing) restore(sub *submission) error {
	if err := w.put(sub.keys); err != nil {
		return err
	}
	if e := sub.entry; e != nil && len(e.CIKs) > 0 {
		if err := w.addName(e.Name, e.CIKs[0]); err != nil {
			return err
		}
	}
	if sub.filing == nil {
		return nil
	}
	r, facts := makeRef(sub.filing.Filed, sub.filing.Accession), factsOf(sub.filing)
	v := w.Bucket(bucketDate).Get(r[:])
	sequence, size := binary.Uvarint(v)
	numbered := size > 0 && bytes.Equal(w.Bucket(bucketChange).Get(changeKey(sequence)), r.accessionKey())
	switch {
	case !numbered:
		if err := w.Bucket(bucketDate).Delete(r[:]); err != nil {
			return err
		}
		if err := w.number(r, facts, 0); err != nil {
			return err
		}
	case !bytes.Equal(v[size:], facts):
		if err := w.Bucket(bucketDate).Put(r[:], append(binary.AppendUvarint(nil, sequence), facts...)); err != nil {
			return err
		}
	}
	return w.addFiling(sub.filing)
}

// recount replaces all counters by what is there.
func (w *writing) recount() error {
	if err := w.DeleteBucket(bucketCount); err != nil {
		return err
	}
	b, err := w.CreateBucket(bucketCount)
	if err != nil {
		return err
	}
	clear(w.added)
	for c, n := range recounted(w.Tx) {
		if err := b.Put([]byte(c), binary.AppendUvarint(nil, uint64(n))); err != nil {
			return err
		}
	}
	return nil
}
