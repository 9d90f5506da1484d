package index

import (
	"bytes"
	"fmt"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// lookedBack is how many of the last changes are looked at after an unclean stop.
const lookedBack = 100

// lookBack looks at the filings that were changed last, which a loss of power may
// have hit: that each can be read and has an entry and all its keys.
func (s *Store) lookBack(tx *bolt.Tx) error {
	changes, filings := tx.Bucket(bucketChange).Cursor(), tx.Bucket(bucketFiling)
	k, key := changes.Last()
	for range lookedBack {
		if k == nil {
			return nil
		}
		f, err := s.codec.keyed(key, filings.Get(key))
		if err == nil {
			err = keysOf(tx, f)
		}
		if err != nil {
			return fmt.Errorf("filing of the last changes: %w", err)
		}
		k, key = changes.Prev()
	}
	return nil
}

// keysOf says which key of a filing is missing.
func keysOf(tx *bolt.Tx, f *parse.Filing) error {
	e, err := getEntry(tx, f.Accession)
	if err != nil {
		return fmt.Errorf("entry of %s: %w: %w", f.Accession, err, ErrDamaged)
	}
	for _, p := range postings(f, e.CIKs) {
		if k, _ := tx.Bucket(p.bucket).Cursor().Seek([]byte(p.key)); !bytes.Equal(k, []byte(p.key)) {
			return fmt.Errorf("%s has no key %q in bucket %s: %w", f.Accession, p.key, p.bucket, ErrDamaged)
		}
	}
	return nil
}

// keyed decodes the value under a key of the bucket filing, nil for none
// that should be there.
func (c *codec) keyed(key, value []byte) (*parse.Filing, error) {
	a, err := accessionFromKey(key)
	if err != nil {
		return nil, err
	}
	if value == nil {
		return nil, fmt.Errorf("filing %s has keys and is not there: %w", a, ErrDamaged)
	}
	f, err := c.decode(value)
	if err == nil && f.Accession != a {
		err = fmt.Errorf("it is that of %s: %w", f.Accession, ErrDamaged)
	}
	if err != nil {
		return nil, fmt.Errorf("filing %s: %w", a, err)
	}
	return f, nil
}
