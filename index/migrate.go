package index

import (
	"bytes"
	"fmt"
	"strconv"

	"example.com/edgard/parse"
	bolt "go.etcd.io/bbolt"
)

// migrationBatch is how many entries one transaction of a migration rewrites.
const migrationBatch = 1000

// migration brings a database of schema 1 forward, entry by entry in the order of
// accessions: each filing is encoded as today, and lanes, facts, counters and
// directories come to be. The first transaction already writes the new schema, so
// that an earlier program refuses what is half done, and every one writes how far it
// came (meta "migrated"): cut off anywhere, the next Open goes on from there.
type migration struct {
	s        *Store
	batch    int
	migrated int // filings, now
	resumed  bool
}

// migratable reports whether the database has a schema that can be brought forward,
// or was cut off on the way.
func migratable(tx *bolt.Tx) bool {
	m := tx.Bucket(bucketMeta)
	return m != nil && (string(m.Get(metaSchema)) == "1" || m.Get(metaMigrated) != nil)
}

// migrate brings the database forward if it has to be, and notes it.
func (s *Store) migrate() error {
	old := false
	if err := s.db.View(func(tx *bolt.Tx) error { old = migratable(tx); return nil }); err != nil || !old {
		return err
	}
	m := migration{s: s, batch: migrationBatch}
	if err := m.run(); err != nil {
		return fmt.Errorf("bringing %s from schema 1 to %d: %w", databaseName, SchemaVersion, err)
	}
	from := "brought from schema 1 to"
	if m.resumed {
		from = "brought the rest of the way to"
	}
	s.notes = append(s.notes, fmt.Sprintf("%s was %s schema %d, %d filings rewritten: crawler compact gives back the space they took before",
		databaseName, from, SchemaVersion, m.migrated))
	return nil
}

func (m *migration) run() error {
	if err := m.s.db.Update(m.begin); err != nil {
		return err
	}
	for {
		if more, err := m.step(); err != nil || !more {
			return err
		}
	}
}

// begin makes what schema 1 had not, unless that was done.
func (m *migration) begin(tx *bolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if m.resumed = meta.Get(metaMigrated) != nil; m.resumed {
		return nil
	}
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	for _, kv := range []pair{
		{metaEpoch, []byte(randomName())},
		{metaMigrated, []byte{}},
		{metaSchema, strconv.AppendInt(nil, SchemaVersion, 10)},
	} {
		if err := meta.Put(kv.key, kv.value); err != nil {
			return err
		}
	}
	return nil
}

// migrant is an entry on its way, and its filing, if it has one.
type migrant struct {
	key    []byte
	entry  Entry
	filing *parse.Filing
	value  []byte
	has    []posting
}

// step rewrites the next entries, and reports whether there are more.
func (m *migration) step() (more bool, err error) {
	batch, err := m.read()
	if err != nil {
		return false, err
	}
	for i := range batch {
		if err := batch[i].encode(m.s.codec); err != nil {
			return false, err
		}
	}
	err = m.s.db.Update(func(tx *bolt.Tx) error {
		if len(batch) == 0 {
			return tx.Bucket(bucketMeta).Delete(metaMigrated)
		}
		w := newWriting(tx)
		for i := range batch {
			if err := batch[i].apply(w); err != nil {
				return fmt.Errorf("entry %s: %w", batch[i].entry.Accession, err)
			}
		}
		if err := tx.Bucket(bucketMeta).Put(metaMigrated, batch[len(batch)-1].key); err != nil {
			return err
		}
		return w.flush()
	})
	if err != nil {
		return false, err
	}
	for i := range batch {
		if batch[i].filing != nil {
			m.migrated++
		}
	}
	return len(batch) > 0, nil
}

// read copies out the next entries and the values of their filings.
func (m *migration) read() (batch []migrant, err error) {
	err = m.s.db.View(func(tx *bolt.Tx) error {
		after := tx.Bucket(bucketMeta).Get(metaMigrated)
		c, filings := tx.Bucket(bucketEntry).Cursor(), tx.Bucket(bucketFiling)
		k, v := c.Seek(after)
		if len(after) > 0 && bytes.Equal(k, after) {
			k, v = c.Next()
		}
		for ; k != nil && len(batch) < m.batch; k, v = c.Next() {
			p := pair{k, v}
			e, err := p.entry()
			if err != nil {
				return err
			}
			batch = append(batch, migrant{key: bytes.Clone(k), entry: e, value: bytes.Clone(filings.Get(k))})
		}
		return nil
	})
	return batch, err
}

// encode encodes the filing anew and finds its keys.
func (x *migrant) encode(c *codec) (err error) {
	if x.value == nil {
		return nil
	}
	if x.filing, err = c.decode(x.value); err == nil {
		x.value, err = c.encode(x.filing)
	}
	if err != nil {
		return fmt.Errorf("filing %s: %w", x.entry.Accession, err)
	}
	x.has = postings(x.filing, x.entry.CIKs)
	return nil
}

// apply writes what schema 1 had not; the keys that it had stand.
func (x *migrant) apply(w *writing) error {
	if err := w.put(x.entry.postings()); err != nil {
		return err
	}
	w.tally(x.entry.counters(), 1)
	if len(x.entry.CIKs) > 0 {
		if err := w.addName(x.entry.Name, x.entry.CIKs[0]); err != nil {
			return err
		}
	}
	if x.filing == nil {
		return nil
	}
	w.tally(filingCounters(x.has), 1)
	if err := w.Bucket(bucketFiling).Put(x.key, x.value); err != nil {
		return err
	}
	if err := w.put(x.has); err != nil {
		return err
	}
	r := makeRef(x.filing.Filed, x.filing.Accession)
	if err := w.Bucket(bucketDate).Delete(r[:]); err != nil { // without facts
		return err
	}
	if err := w.number(r, factsOf(x.filing), 0); err != nil {
		return err
	}
	return w.addFiling(x.filing)
}
