package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"example.com/edgard/durable"
)

// Rebuild makes the index of the data directory dir anew. fill gets an empty index
// that shares the journal, and fills it: Replay, then Record what the archive has.
// When fill returns nil the new index takes the place of the old one, which may be
// missing or damaged. Reports of passes and tickers, of which only the old one
// tells, are in the new one already when fill gets it, if they can be read; Notes
// says if not. A filing that is as it was keeps the number of its last change, others
// get new ones, unless the old index is damaged: then the numbering begins anew.
//
// The index is held against other processes all the while (ErrLocked), fill must
// not open it, and keeps the Store no longer than it runs. Wherever a rebuild is
// cut off, the old index is in its place until the new one is, durably, and what
// the cut left behind goes with the next Rebuild.
func Rebuild(dir string, fill func(*Store) error) error {
	if err := renew(dir, fill); err != nil {
		return fmt.Errorf("rebuilding the index of %s: %w", dir, err)
	}
	return nil
}

func renew(dir string, fill func(*Store) error) (err error) {
	old, err := holdOld(filepath.Join(dir, databaseName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.release()) }()
	path := filepath.Join(dir, rebuiltName)
	if err := removeLeftover(path); err != nil {
		return err
	}
	if err := removeSpill(dir); err != nil {
		return err
	}
	s, err := open(dir, rebuiltName, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.refill(old, fill); err != nil {
		return errors.Join(err, os.Remove(path), old.unmake())
	}
	return s.swapIn(path)
}

// oldDatabase is the database to be replaced, held, and what of it is nowhere else.
type oldDatabase struct {
	db   *database // nil when it is too damaged to be opened, by anybody
	made bool      // only now, to have something to hold

	identity string
	passes   []pair
	tickers  []pair
	meta     []byte // of the tickers
	err      error  // why they are not all there

	numbering numbering // of changes
}

// holdOld locks the database at path, made when it is missing, and reads what only
// it tells.
func holdOld(path string) (*oldDatabase, error) {
	_, err := os.Stat(path)
	o := &oldDatabase{made: errors.Is(err, fs.ErrNotExist)}
	if o.err = o.read(path); errors.Is(o.err, ErrLocked) {
		return nil, fmt.Errorf("opening %s: %w", path, o.err)
	}
	return o, nil
}

func (o *oldDatabase) read(path string) (err error) {
	if o.db, err = openDatabase(path, false); errors.Is(err, ErrDamaged) {
		o.db = openSound(path, bucketMeta, bucketPass, bucketTicker)
	}
	if o.db == nil {
		return err
	}
	whole := err == nil && !o.db.replaced // else numbers might be given twice
	return o.db.View(func(tx *bolt.Tx) error {
		m := tx.Bucket(bucketMeta)
		if m == nil {
			return nil // new
		}
		o.identity = string(m.Get(metaIdentity))
		o.meta = bytes.Clone(m.Get(metaTickers))
		if whole {
			o.numbering = readNumbering(tx)
		}
		o.passes = pairs(tx.Bucket(bucketPass))
		o.tickers = pairs(tx.Bucket(bucketTicker))
		return nil
	})
}

func (o *oldDatabase) release() error {
	if o.db == nil {
		return nil
	}
	return o.db.Close()
}

// unmake takes away what was made to be held.
func (o *oldDatabase) unmake() error {
	if !o.made || o.db == nil {
		return nil
	}
	return os.Remove(o.db.Path())
}

// pairs copies a bucket out; there may be none.
func pairs(b *bolt.Bucket) (ps []pair) {
	if b == nil {
		return nil
	}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		ps = append(ps, pair{bytes.Clone(k), bytes.Clone(v)})
	}
	return ps
}

// removeLeftover takes away what a rebuild left that was cut off, but not what one
// at work holds.
func removeLeftover(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db, err := lockDatabase(path, true)
	if errors.Is(err, ErrLocked) {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	if err != nil { // cut off before it was a database
		return os.Remove(path)
	}
	return errors.Join(os.Remove(path), db.Close())
}

// refill puts everything into the new database, without waiting for the disk
// before the end.
func (s *Store) refill(old *oldDatabase, fill func(*Store) error) error {
	s.rebuilding, s.replaced, s.db.NoSync = true, old, true
	if err := s.prepare(old.identity); err != nil {
		return err
	}
	if old.err != nil {
		s.notes = append(s.notes, fmt.Sprintf("reports of passes and tickers are lost: the old %s cannot be read: %v", databaseName, old.err))
	}
	if err := s.write(nil, nil, old.put); err != nil {
		return err
	}
	if err := s.filled(fill(s)); err != nil {
		return err
	}
	return s.write(nil, nil, (*writing).turn) // a filing may be gone
}

// filled ends the loader that fill left, which after a fill without an error must be
// finished.
func (s *Store) filled(err error) error {
	if s.loader == nil || s.loader.spill == nil {
		return err
	}
	if err == nil {
		err = errors.New("filings were loaded, but the load was not finished")
	}
	return errors.Join(err, s.loader.close())
}

// put writes what only the old database told; passes are numbered anew.
func (o *oldDatabase) put(w *writing) error {
	if err := o.numbering.put(w); err != nil {
		return err
	}
	for _, p := range o.passes {
		if err := addPass(w.Bucket(bucketPass), p.value); err != nil {
			return err
		}
	}
	for _, p := range o.tickers {
		if err := w.Bucket(bucketTicker).Put(p.key, p.value); err != nil {
			return err
		}
	}
	if o.meta == nil {
		return nil
	}
	return w.Bucket(bucketMeta).Put(metaTickers, o.meta)
}

// swapIn makes the new database, still held, the database, durably.
func (s *Store) swapIn(path string) error {
	if err := s.db.Sync(); err != nil {
		return fmt.Errorf("syncing %s: %w", path, err)
	}
	return durable.Rename(path, filepath.Join(s.dir, databaseName))
}
