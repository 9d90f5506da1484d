package index

import (
	"bytes"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// counted compares the counters with what they count, all in one transaction: some
// seconds with millions of filings. Counters of entries that cannot be read are left
// out of account.
func (c *keyCheck) counted(tx *bolt.Tx) error {
	want := recounted(tx)
	b := tx.Bucket(bucketCount)
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if n, err := count(b, k); err != nil || n != want[k] {
			c.fault(nil, bucketCount, string(k), "is %d, and %d are there", n, want[k])
		}
		if len(c.Faults) == maxKeyFaults {
			return nil
		}
	}
	cur := b.Cursor()
	for k, _ := cur.First(); k != nil && len(c.Faults) < maxKeyFaults; k, _ = cur.Next() {
		if want[counter(k)] == 0 {
			c.fault(nil, bucketCount, string(k), "counts nothing that is there")
		}
	}
	return nil
}

// recounted counts everything that counters are kept of.
func recounted(tx *bolt.Tx) map[counter]int {
	n := make(map[counter]int)
	cur := tx.Bucket(bucketEntry).Cursor()
	for k, v := cur.First(); k != nil; k, v = cur.Next() {
		a, err := accessionFromKey(k)
		if err != nil {
			continue
		}
		if e, err := decodeEntry(a, v); err == nil {
			for _, c := range e.counters() {
				n[c]++
			}
		}
	}
	for _, bucket := range [][]byte{bucketDate, bucketForm, bucketItem} {
		recountLane(tx, bucket, n)
	}
	return n
}

// recountLane counts the keys of a lane with the same name and year, which stand
// together.
func recountLane(tx *bolt.Tx, bucket []byte, n map[counter]int) {
	var group []byte // the key up to the year
	var in counter
	cur := tx.Bucket(bucket).Cursor()
	for k, _ := cur.First(); k != nil; k, _ = cur.Next() {
		if len(k) < refSize {
			continue
		}
		p := posting{bucket: bucket, key: string(k)}
		if !bytes.Equal(bucket, bucketDate) && len(k) < refSize+1 {
			continue
		}
		if same := k[:len(k)-refSize]; in == "" || !bytes.Equal(same, group) || in[1:5] != counter(p.ref().year()) {
			group = bytes.Clone(same)
			in = filingCounters([]posting{p})[0]
		}
		n[in]++
	}
}
