package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// calledFor takes off the sums what a page of entries and their filings call for.
func (c *keyCheck) calledFor(tx *bolt.Tx) error {
	var page []values
	c.Next = entriesAfter(tx, c.q.After, func(k, _ []byte) bool {
		page = append(page, valuesOf(tx, k))
		return len(page) < keysDerived
	})
	c.Entries = len(page)
	seen := make(map[string]struct{})
	for i, sub := range deriveAll(c.s.codec, page) {
		if sub.entry == nil { // it cannot be read
			continue
		}
		if sub.filing != nil {
			c.Filings++
		}
		c.sums[shareOf(page[i].accession)] -= sub.sum
		c.named(tx, page[i].accession, &sub, seen)
	}
	return nil
}

// deriveAll derives with all cores; of what cannot be read it returns nothing.
//
//	1 page ⇒ N parts ⇒ 1 page
func deriveAll(c *codec, page []values) []submission {
	subs := make([]submission, len(page))
	size := max((len(page)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), 1)
	var all sync.WaitGroup
	for first := 0; first < len(page); first += size {
		all.Go(func() {
			for i := first; i < min(first+size, len(page)); i++ {
				sub, ok := page[i].derive(c)
				if !ok {
					continue
				}
				for _, p := range sub.keys {
					sub.sum += keySum(p.bucket, p.key, p.value)
				}
				subs[i] = sub
			}
		})
	}
	all.Wait()
	return subs
}

// named looks names and symbols of a submission up in the directories.
func (c *keyCheck) named(tx *bolt.Tx, accession []byte, sub *submission, seen map[string]struct{}) {
	var keys []string
	if e := sub.entry; len(e.CIKs) > 0 {
		keys = nameKeys(e.Name, e.CIKs[0])
	}
	if sub.filing != nil {
		for _, x := range sub.filing.Filers {
			keys = append(keys, nameKeys(x.Name, x.CIK)...)
		}
		for _, k := range symbolKeys(sub.filing) {
			s, err := decodeSpan(tx.Bucket(bucketSymbol).Get([]byte(k)))
			if err != nil || s.first.IsZero() || s.with(sub.filing.Filed) != s {
				c.fault(accession, bucketSymbol, k, "does not reach to %s", sub.filing.Filed)
			}
		}
	}
	names := tx.Bucket(bucketName)
	for _, k := range keys {
		if _, ok := seen[k]; ok {
			continue
		}
		seen[k] = struct{}{}
		if n, _ := names.Cursor().Seek([]byte(k)); string(n) != k {
			c.fault(accession, bucketName, k, "missing")
		}
	}
}

// lanesAfter calls look with the keys of the lanes after a place, as entriesAfter
// does with entries: the place is the number of the lane and the key.
func lanesAfter(tx *bolt.Tx, after []byte, look func(bucket, k, v []byte) (more bool)) ([]byte, error) {
	lanes := laneBuckets()
	first, key := 0, []byte(nil)
	if len(after) > 0 {
		first, key = int(after[0]), after[1:]
	}
	if first >= len(lanes) {
		return nil, errors.New("no such place in the lanes")
	}
	n := 0
	for i, bucket := range lanes[first:] {
		cur := tx.Bucket(bucket).Cursor()
		k, v := cur.Seek(key)
		if len(key) > 0 && bytes.Equal(k, key) {
			k, v = cur.Next()
		}
		for ; k != nil; k, v = cur.Next() {
			if n++; !look(bucket, k, v) || n >= keysLooked {
				return append([]byte{byte(first + i)}, k...), nil
			}
		}
		key = nil
	}
	return nil, nil
}

// there adds what a page of the lanes has to the sums. Each date calls for a change.
func (c *keyCheck) there(tx *bolt.Tx) (err error) {
	c.Next, err = lanesAfter(tx, c.q.After, func(bucket, k, v []byte) bool {
		c.Keys++
		acc := whose(bucket, k, v)
		if acc == nil {
			c.fault(nil, bucket, string(k), "of no submission")
			return len(c.Faults) < maxKeyFaults
		}
		n := shareOf(acc)
		if bytes.Equal(bucket, bucketDate) {
			sequence, size := binary.Uvarint(v)
			c.sums[n] -= keySum(bucketChange, string(changeKey(sequence)), acc)
			v = v[max(size, 0):]
		}
		c.sums[n] += keySum(bucket, string(k), v)
		return true
	})
	return err
}

// missing looks up what the entries and filings of some shares call for.
func (c *keyCheck) missing(tx *bolt.Tx) error {
	derived := 0
	c.Next = entriesAfter(tx, c.q.After, func(k, _ []byte) bool {
		if !c.suspect(k) {
			return true
		}
		derived++
		sub, ok := c.s.submissionOf(tx, k)
		for _, p := range sub.keys {
			if ok {
				c.lookUp(tx, k, p)
			}
		}
		return derived < keysDerived && len(c.Faults) < maxKeyFaults
	})
	return nil
}

// lookUp reports a key that is not there, or has another value than it must.
func (c *keyCheck) lookUp(tx *bolt.Tx, accession []byte, p posting) {
	k, v := tx.Bucket(p.bucket).Cursor().Seek([]byte(p.key))
	if string(k) != p.key {
		c.fault(accession, p.bucket, p.key, "missing")
		return
	}
	if p.in(bucketDate) {
		sequence, size := binary.Uvarint(v)
		v = v[max(size, 0):]
		if !bytes.Equal(tx.Bucket(bucketChange).Get(changeKey(sequence)), accession) {
			c.fault(accession, bucketChange, string(changeKey(sequence)), "missing")
		}
	}
	if !bytes.Equal(v, p.value) {
		c.fault(accession, p.bucket, p.key, "has another value than its filing")
	}
}

// stray looks up who calls for the keys of some shares.
func (c *keyCheck) stray(tx *bolt.Tx) (err error) {
	dates := tx.Bucket(bucketDate)
	derived := 0
	c.Next, err = lanesAfter(tx, c.q.After, func(bucket, k, v []byte) bool {
		acc := whose(bucket, k, v)
		if acc == nil || !c.suspect(acc) {
			return true
		}
		derived++
		sub, ok := c.s.submissionOf(tx, acc)
		switch {
		case !ok:
		case bytes.Equal(bucket, bucketChange):
			if !sub.changed(dates, k) {
				c.fault(acc, bucket, string(k), "is not the last change of a filing")
			}
		case !sub.has(bucket, k):
			c.fault(acc, bucket, string(k), "leads to a filing or entry that does not call for it")
		}
		return derived < keysDerived && len(c.Faults) < maxKeyFaults
	})
	return err
}

// changed reports whether the key of a change is that of the filing's last one.
func (sub *submission) changed(dates *bolt.Bucket, k []byte) bool {
	if sub.filing == nil {
		return false
	}
	r := makeRef(sub.filing.Filed, sub.filing.Accession)
	sequence, size := binary.Uvarint(dates.Get(r[:]))
	return size > 0 && bytes.Equal(changeKey(sequence), k)
}

// describeKey writes a key of a bucket readably: names and numbers, then day and
// accession number.
func describeKey(bucket []byte, key string) string {
	name, tail := key, ""
	if n := len(key) - refSize; n >= 0 && !bytes.Equal(bucket, bucketName) && !bytes.Equal(bucket, bucketSymbol) && !bytes.Equal(bucket, bucketDue) {
		var r ref
		copy(r[:], key[n:])
		day, derr := r.date()
		a, aerr := r.accession()
		if derr == nil && aerr == nil {
			name, tail = key[:n], " "+day.String()+" "+a.String()
		}
	}
	switch {
	case bytes.Equal(bucket, bucketCIK) && len(name) == cikSize:
		if c, err := cikFromKey([]byte(name)); err == nil {
			return "cik " + c.String() + tail
		}
	case bytes.Equal(bucket, bucketDate) && name == "":
		return "date" + tail
	}
	if plain, ok := plainName(name); ok {
		return string(bucket) + " " + plain + tail
	}
	return fmt.Sprintf("%s %+q%s", bucket, name, tail)
}

// plainName returns a name without the zero byte behind it, if it is plain ASCII.
func plainName(name string) (string, bool) {
	if len(name) < 2 || name[len(name)-1] != 0 {
		return "", false
	}
	name = name[:len(name)-1]
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' {
			return "", false
		}
	}
	return name, true
}
