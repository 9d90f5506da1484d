package index

import (
	"fmt"
	"strconv"

	bolt "go.etcd.io/bbolt"
)

// SchemaVersion numbers the layout of keys and values. An index of a later
// version is refused.
const SchemaVersion = 2

var (
	bucketMeta    = []byte("meta")
	bucketEntry   = []byte("entry")
	bucketDue     = []byte("due")
	bucketFiling  = []byte("filing")
	bucketCIK     = []byte("cik")
	bucketDate    = []byte("date")
	bucketForm    = []byte("form")
	bucketItem    = []byte("item")
	bucketExhibit = []byte("exhibit")
	bucketSIC     = []byte("sic")
	bucketPlace   = []byte("state")
	bucketWarning = []byte("warning")
	bucketEvent   = []byte("event")
	bucketMark    = []byte("mark")
	bucketStands  = []byte("standing")
	bucketName    = []byte("name")
	bucketSymbol  = []byte("symbol")
	bucketChange  = []byte("change")
	bucketCount   = []byte("count")
	bucketListing = []byte("listing")
	bucketPass    = []byte("pass")
	bucketTicker  = []byte("ticker")

	metaSchema   = []byte("schema")
	metaIdentity = []byte("identity")
	metaCoverage = []byte("coverage")
	metaTickers  = []byte("tickers")
	metaEpoch    = []byte("epoch")
	metaMigrated = []byte("migrated") // how far a migration came that is not at its end
)

func buckets() [][]byte {
	return [][]byte{bucketMeta, bucketEntry, bucketDue, bucketFiling, bucketCIK, bucketDate,
		bucketForm, bucketItem, bucketExhibit, bucketSIC, bucketPlace, bucketWarning, bucketEvent, bucketMark, bucketStands,
		bucketName, bucketSymbol, bucketChange, bucketCount, bucketListing, bucketPass, bucketTicker}
}

func prepareBuckets(tx *bolt.Tx, identity string) error {
	if m := tx.Bucket(bucketMeta); m != nil {
		return nil // written whole or not at all
	}
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	m := tx.Bucket(bucketMeta)
	if err := m.Put(metaIdentity, []byte(identity)); err != nil {
		return err
	}
	if err := m.Put(metaEpoch, []byte(randomName())); err != nil {
		return err
	}
	return m.Put(metaSchema, strconv.AppendInt(nil, SchemaVersion, 10))
}

// databaseIdentity returns the identity in the database, "" when it is new.
func databaseIdentity(db *database) (identity string, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		if m := tx.Bucket(bucketMeta); m != nil {
			identity = string(m.Get(metaIdentity))
		}
		return nil
	})
	return identity, err
}

// readMeta checks that this program understands the index.
func (s *Store) readMeta(tx *bolt.Tx) error {
	m := tx.Bucket(bucketMeta)
	v, err := strconv.Atoi(string(m.Get(metaSchema)))
	if err != nil || v < 1 {
		return fmt.Errorf("%w: version %q in %s: %w", ErrSchema, m.Get(metaSchema), databaseName, ErrStale)
	}
	if v > SchemaVersion {
		return fmt.Errorf("%w: %s has version %d, this program knows up to %d: use a newer crawler",
			ErrSchema, databaseName, v, SchemaVersion)
	}
	if migratable(tx) {
		return fmt.Errorf("%w: %s has version %d or is on its way from it, this program reads version %d: run crawler sync or another command that writes, once, which brings it forward",
			ErrSchema, databaseName, 1, SchemaVersion)
	}
	s.identity = string(m.Get(metaIdentity))
	return nil
}
