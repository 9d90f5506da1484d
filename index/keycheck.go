package index

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// The keys of the lanes are checked in short questions, so that it can be done while
// another process writes. First two readings: entries and filings, and the keys that
// they call for; the lanes, and the keys that there are. Of both the hashes are
// added up, by share of the accession numbers: one of 16,384. Where the sums agree so
// do the keys. In the other shares, for whatever reason they differ, each key is
// looked at: a key that is missing or too many is so in one read transaction.

// KeyPart is a part of that check.
type KeyPart string

// The parts of a check, in their order.
const (
	KeysCalledFor KeyPart = "called_for" // hashes of what entries and filings call for; names and symbols are looked up
	KeysThere     KeyPart = "there"      // hashes of the keys of the lanes
	KeysMissing   KeyPart = "missing"    // of some shares: keys called for and not there
	KeysStray     KeyPart = "stray"      // of some shares: keys there and not called for
	KeysCounted   KeyPart = "counted"    // counters
)

// KeyQuestion asks for a page of a part.
type KeyQuestion struct {
	Part   KeyPart `json:"part"`
	After  []byte  `json:"after,omitempty"`  // KeyPage.Next of the page before
	Shares []byte  `json:"shares,omitempty"` // of KeysMissing and KeysStray: a bit for each share
}

// KeyPage is what was seen in a page of a part.
type KeyPage struct {
	Next    []byte     `json:"next,omitempty"` // none: this was the last
	Entries int        `json:"entries,omitempty"`
	Filings int        `json:"filings,omitempty"`
	Keys    int        `json:"keys,omitempty"`
	Sums    []byte     `json:"sums,omitempty"` // eight bytes for each share, to be added to the others
	Faults  []KeyFault `json:"faults,omitempty"`
}

// KeyFault is a key of the index that is not as it must be.
type KeyFault struct {
	Accession edgar.Accession `json:"accession,omitzero"` // whose key it is, none for one of no submission
	Key       string          `json:"key"`                // bucket and key, readable
	What      string          `json:"what"`               // what is wrong with it
}

const (
	keyShares     = 1 << 14
	keysLooked    = 200_000 // keys in one read transaction
	keysDerived   = 1000    // submissions whose keys are worked out in one
	maxKeyFaults  = 1000    // of one page
	maxKeyFilings = 50_000  // submissions that a report names
)

// CheckKeys answers one question of a check of the keys. CheckIndex asks them all.
func (s *Store) CheckKeys(q KeyQuestion) (p KeyPage, err error) {
	c := &keyCheck{s: s, q: q}
	part := map[KeyPart]func(*bolt.Tx) error{
		KeysCalledFor: c.calledFor, KeysThere: c.there, KeysMissing: c.missing, KeysStray: c.stray, KeysCounted: c.counted,
	}[q.Part]
	if shares := len(q.Shares); part == nil || shares != 0 && shares != keyShares/8 {
		return p, fmt.Errorf("checking keys: no such question: %q of %d shares", clip(string(q.Part), maxName), shares*8)
	}
	if q.Part == KeysCalledFor || q.Part == KeysThere {
		c.sums = make([]uint64, keyShares)
	}
	if err := s.db.View(part); err != nil {
		return KeyPage{}, fmt.Errorf("checking keys: %w", err)
	}
	for _, n := range c.sums {
		c.Sums = binary.BigEndian.AppendUint64(c.Sums, n)
	}
	return c.KeyPage, nil
}

// keyCheck is the answer to one question.
type keyCheck struct {
	KeyPage
	s    *Store
	q    KeyQuestion
	sums []uint64
}

func (c *keyCheck) fault(accession []byte, bucket []byte, key, what string, args ...any) {
	a, _ := accessionFromKey(accession)
	c.Faults = append(c.Faults, KeyFault{a, describeKey(bucket, key), fmt.Sprintf(what, args...)})
}

// laneBuckets are those whose keys a submission calls for. A change stands after the
// dates, which tell its number.
func laneBuckets() [][]byte {
	return [][]byte{bucketDue, bucketCIK, bucketDate, bucketForm, bucketItem, bucketExhibit, bucketSIC, bucketPlace,
		bucketWarning, bucketEvent, bucketMark, bucketStands, bucketChange}
}

// whose returns the accession number that a key of a lane ends with, or a change
// leads to; nil when it has none.
func whose(bucket, k, v []byte) []byte {
	if bytes.Equal(bucket, bucketChange) {
		k = v
	}
	if len(k) < 8 {
		return nil
	}
	return k[len(k)-8:]
}

// keySum is a hash of a key and its value: 64-bit FNV-1a, the bits then mixed.
func keySum(bucket []byte, key string, value []byte) uint64 {
	h := uint64(14695981039346656037)
	add := func(b byte) { h = (h ^ uint64(b)) * 1099511628211 }
	for _, b := range bucket {
		add(b)
	}
	add(0)
	for i := range len(key) {
		add(key[i])
	}
	add(0)
	for _, b := range value {
		add(b)
	}
	return mixed(h)
}

// mixed is the finisher of MurmurHash3.
func mixed(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

func shareOf(accession []byte) int {
	return int(mixed(binary.BigEndian.Uint64(accession)) % keyShares)
}

// suspect reports whether the share of an accession number is asked for.
func (c *keyCheck) suspect(accession []byte) bool {
	n := shareOf(accession)
	return len(c.q.Shares) > 0 && c.q.Shares[n/8]&(1<<(n%8)) != 0
}

// submission is what a submission calls for.
type submission struct {
	entry  *Entry // nil: none
	filing *parse.Filing
	keys   []posting // of the lanes but change
	sum    uint64    // of their hashes, if they were added up
}

// submissionOf works out what a submission calls for; not readable when its entry or
// filing cannot be read, and then nothing can be said of its keys.
func (s *Store) submissionOf(tx *bolt.Tx, accession []byte) (sub submission, readable bool) {
	return valuesOf(tx, accession).derive(s.codec)
}

// values is what the index has under an accession number, copied out.
type values struct{ accession, entry, filing []byte }

func valuesOf(tx *bolt.Tx, accession []byte) values {
	return values{bytes.Clone(accession), bytes.Clone(tx.Bucket(bucketEntry).Get(accession)), bytes.Clone(tx.Bucket(bucketFiling).Get(accession))}
}

func (v values) derive(c *codec) (sub submission, readable bool) {
	if v.entry == nil {
		return sub, true
	}
	a, err := accessionFromKey(v.accession)
	if err != nil {
		return sub, false
	}
	e, err := decodeEntry(a, v.entry)
	if err != nil {
		return sub, false
	}
	sub.entry, sub.keys = &e, e.postings()
	if v.filing == nil {
		return sub, true
	}
	if sub.filing, err = c.decode(v.filing); err != nil {
		return sub, false
	}
	sub.keys = append(sub.keys, postings(sub.filing, e.CIKs)...)
	return sub, true
}

// has reports whether a key is called for.
func (sub *submission) has(bucket, key []byte) bool {
	for _, p := range sub.keys {
		if p.in(bucket) && p.key == string(key) {
			return true
		}
	}
	return false
}

// entriesAfter calls look with the entries after a place until it returns false, or
// they are done; it returns the place reached, nil at the end.
func entriesAfter(tx *bolt.Tx, after []byte, look func(k, v []byte) (more bool)) []byte {
	cur := tx.Bucket(bucketEntry).Cursor()
	k, v := cur.Seek(after)
	if k != nil && bytes.Equal(k, after) {
		k, v = cur.Next()
	}
	for n := 1; k != nil; k, v = cur.Next() {
		if !look(k, v) || n >= keysLooked {
			return bytes.Clone(k)
		}
		n++
	}
	return nil
}
