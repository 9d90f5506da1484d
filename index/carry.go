package index

import (
	"bytes"
	"strconv"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// numbering is how far the numbers of changes went in an old database.
type numbering struct {
	epoch string // "" when there is none to go on with
	last  uint64
}

// readNumbering reads it from a database that is as this program makes them.
func readNumbering(tx *bolt.Tx) (n numbering) {
	m, changes := tx.Bucket(bucketMeta), tx.Bucket(bucketChange)
	whole := string(m.Get(metaSchema)) == strconv.Itoa(SchemaVersion) && m.Get(metaMigrated) == nil
	if !whole || changes == nil {
		return n
	}
	if k, _ := changes.Cursor().Last(); bytes.Compare(k, changeKey(changes.Sequence())) <= 0 {
		n.epoch, n.last = string(m.Get(metaEpoch)), changes.Sequence()
	}
	return n
}

// put lets the numbers of the new database follow on those of the old.
func (n numbering) put(w *writing) error {
	if n.epoch == "" {
		return nil
	}
	if err := w.Bucket(bucketMeta).Put(metaEpoch, []byte(n.epoch)); err != nil {
		return err
	}
	return w.Bucket(bucketChange).SetSequence(n.last)
}

// carried returns the number that the old database, beside which s is rebuilt, gave to
// the last change of f, if it had f as it is; 0 if it is to get a new one.
func (s *Store) carried(f *parse.Filing, value []byte) (n uint64) {
	if s.replaced == nil || s.replaced.numbering.epoch == "" {
		return 0
	}
	var raw []byte
	err := s.replaced.db.View(func(tx *bolt.Tx) error {
		r, a := makeRef(f.Filed, f.Accession), accessionKey(f.Accession)
		v := tx.Bucket(bucketDate).Get(r[:])
		if v == nil {
			return nil
		}
		x, err := decodeFacts(v)
		if err == nil && x.sequence <= s.replaced.numbering.last && bytes.Equal(tx.Bucket(bucketChange).Get(changeKey(x.sequence)), a) {
			n, raw = x.sequence, bytes.Clone(tx.Bucket(bucketFiling).Get(a))
		}
		return err
	})
	if err != nil || raw == nil || !s.sameFiling(raw, value) {
		return 0
	}
	return n
}

// sameFiling reports whether two values are of the same filing, perhaps compressed
// differently.
func (s *Store) sameFiling(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	f, err := s.codec.decode(a)
	if err != nil {
		return false
	}
	again, err := s.codec.encode(f)
	return err == nil && bytes.Equal(again, b)
}
