package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"example.com/edgard/durable"
	"example.com/edgard/index/pages"
	bolt "go.etcd.io/bbolt"
)

// Compaction is how far a Compact is, or what became of one.
type Compaction struct {
	Before int64 `json:"before"` // bytes of the file as it was
	After  int64 `json:"after"`  // bytes of the new one, so far
	Copied int   `json:"keys"`   // keys that are in it

	Checking bool `json:"-"` // all are, and they are compared
}

// Compact writes the index of the data directory dir anew, key after key into full
// pages, and puts the new file in the place of the old one: what is recorded in the
// order of arrival leaves pages a third empty, and what is deleted leaves free ones,
// which the file keeps. It is a copy of the database alone. When nothing is gained the
// index is as good as before, and no larger.
//
// The index is held against other processes all the while (ErrLocked); an index that
// is not there is fs.ErrNotExist. The new file, which beside the old one takes no
// more room than that, is compared with it key for key and its pages are checked
// before it is put in its place, durably. Wherever Compact is cut off, the old file or
// the new one is there, whole, and what is left over goes with the next Compact.
// progress, which may be nil, is called first when the index is held, and then every
// few megabytes.
func Compact(ctx context.Context, dir string, progress func(Compaction)) (Compaction, error) {
	if progress == nil {
		progress = func(Compaction) {}
	}
	c := compaction{path: filepath.Join(dir, databaseName), ctx: ctx, tell: progress}
	if err := c.run(dir); err != nil {
		return c.Compaction, fmt.Errorf("compacting the index of %s: %w", dir, err)
	}
	return c.Compaction, nil
}

// compaction is one Compact under way.
type compaction struct {
	Compaction
	path string
	ctx  context.Context
	tell func(Compaction)
	to   *database
}

func (c *compaction) run(dir string) (err error) {
	if _, err := os.Stat(c.path); err != nil {
		return err
	}
	s, err := Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if c.Before, err = sizeOf(c.path); err != nil {
		return err
	}
	c.tell(c.Compaction)
	made := filepath.Join(dir, compactName)
	if err := removeLeftover(made); err != nil {
		return err
	}
	if c.to, err = openDatabase(made, false); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.to.Close()) }()
	err = s.db.View(c.copy)
	if err == nil {
		err = c.check(s.db)
	}
	if err != nil {
		return errors.Join(err, os.Remove(made))
	}
	return c.swapIn(dir, made)
}

// compactBatch bounds the bytes of one transaction.
const compactBatch = 4 << 20

// copy writes all buckets anew.
func (c *compaction) copy(from *bolt.Tx) error {
	c.to.NoSync, c.to.AllocSize = true, 0
	return from.ForEach(c.bucket)
}

func (c *compaction) bucket(name []byte, from *bolt.Bucket) error {
	cursor := from.Cursor()
	k, v := cursor.First()
	for first := true; first || k != nil; first = false {
		err := c.to.Update(func(tx *bolt.Tx) error {
			to, err := tx.CreateBucketIfNotExists(name)
			if err == nil && first {
				err = to.SetSequence(from.Sequence())
			}
			if err != nil {
				return err
			}
			to.FillPercent = 1
			for size := 0; err == nil && k != nil && size < compactBatch; k, v = cursor.Next() {
				err = to.Put(k, v)
				size += len(k) + len(v) + 16
				c.Copied++
			}
			return err
		})
		if err == nil {
			err = c.step()
		}
		if err != nil {
			return fmt.Errorf("copying bucket %s: %w", name, err)
		}
	}
	return nil
}

// step tells how far it is, and ends it when that is wanted.
func (c *compaction) step() (err error) {
	if c.ctx.Err() != nil {
		return context.Cause(c.ctx)
	}
	if c.After, err = sizeOf(c.to.Path()); err == nil {
		c.tell(c.Compaction)
	}
	return err
}

func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// check looks at every page of the new file, and compares it with the old one.
func (c *compaction) check(from *database) error {
	c.Checking = true
	if err := c.step(); err != nil {
		return err
	}
	if _, err := pages.Check(c.ctx, c.to.file, c.After, pages.All, nil); err != nil {
		return damageAt(c.to.Path(), err)
	}
	return from.View(func(old *bolt.Tx) error {
		return c.to.View(func(made *bolt.Tx) error {
			return old.ForEach(func(name []byte, b *bolt.Bucket) error { return c.compare(name, b, made.Bucket(name)) })
		})
	})
}

func (c *compaction) compare(name []byte, old, made *bolt.Bucket) error {
	differs := fmt.Errorf("bucket %s of the copy is not as the original: see that disk and memory are sound", name)
	if made == nil || made.Sequence() != old.Sequence() {
		return differs
	}
	a, b := old.Cursor(), made.Cursor()
	k, v := a.First()
	k2, v2 := b.First()
	for n := 0; k != nil || k2 != nil; n++ {
		if !bytes.Equal(k, k2) || !bytes.Equal(v, v2) {
			return differs
		}
		if n%100_000 == 0 {
			if err := c.step(); err != nil {
				return err
			}
		}
		k, v = a.Next()
		k2, v2 = b.Next()
	}
	return nil
}

// swapIn makes the new file the database, durably, when it is smaller.
func (c *compaction) swapIn(dir, made string) error {
	if c.After >= c.Before {
		c.After = c.Before
		return os.Remove(made)
	}
	if err := c.to.Sync(); err != nil {
		return fmt.Errorf("syncing %s: %w", made, err)
	}
	if err := durable.Rename(made, c.path); err != nil {
		return err
	}
	return c.to.seal(c.path)
}
