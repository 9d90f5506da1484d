package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	"example.com/edgard/index/pages"
	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// allocSize is how far ahead of its need the file grows.
const allocSize = 4 << 20

// smallFile is the size of a file all of whose pages are looked at whenever it is
// opened: it takes 10 ms.
const smallFile = 16 << 20

// openDatabase opens and locks the bbolt file at path, making it unless readOnly.
// A file that is no longer at path when its lock is had was replaced meanwhile by
// whoever held it: that is ErrLocked, too. One that was not closed, or was changed
// since, has its pages looked at: what is wrong with them is ErrDamaged.
func openDatabase(path string, readOnly bool) (*database, error) {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return lockDatabase(path, readOnly)
	}
	for range 3 {
		// For writing, bbolt goes by the list of free pages as it opens: the first
		// look at a file that is there only reads.
		db, err := lockDatabase(path, true)
		if err != nil {
			return nil, err
		}
		if err := db.look(path, readOnly); err != nil {
			return nil, errors.Join(err, db.Close())
		}
		if readOnly {
			return db, nil
		}
		looked := db.opening
		if err := db.Close(); err != nil {
			return nil, err
		}
		if db, err = lockDatabase(path, false); err != nil {
			return nil, err
		}
		if now, err := sealOf(db.file); err == nil && now.same(looked.as) {
			db.opening = looked
			return db, unseal(path)
		}
		if err := db.Close(); err != nil { // another wrote in between
			return nil, err
		}
	}
	return nil, ErrLocked
}

// opening is what was found out about a file as it was opened.
type opening struct {
	as       seal // how it was
	unsealed bool // it was not closed, or was changed since
	replaced bool // another file was closed, and this one put in its place
}

// look looks at the pages of the file: of a small one at all. Of a large one that
// was closed as it is at those that everything goes by; of another one at what
// leads to the filings, and, when it will be written, at every page.
func (d *database) look(path string, readOnly bool) error {
	now, err := sealOf(d.file)
	if err != nil {
		return damageAt(path, err)
	}
	closed, ok := readSeal(path)
	d.opening = opening{as: now, unsealed: !ok || !closed.same(now), replaced: ok && closed.Transaction != now.Transaction}
	depth := pages.Leaves
	switch {
	case now.Size <= smallFile:
		depth = pages.All
	case !d.unsealed:
		depth = pages.Roots
	case readOnly:
		depth = pages.Branches
	}
	_, err = pages.Check(context.Background(), d.file, now.Size, depth, nil)
	return damageAt(path, err)
}

// openSound opens a damaged database for reading, if some buckets can be read; nil
// otherwise.
func openSound(path string, buckets ...[]byte) *database {
	db, err := lockDatabase(path, true)
	if err != nil {
		return nil
	}
	var names []string
	for _, b := range buckets {
		names = append(names, string(b))
	}
	info, err := db.file.Stat()
	if err == nil {
		_, err = pages.CheckBuckets(context.Background(), db.file, info.Size(), names...)
	}
	if err != nil {
		_ = db.Close()
		return nil
	}
	return db
}

// damageAt makes ErrDamaged of the damage of a page.
func damageAt(path string, err error) error {
	var d *pages.Damage
	if errors.As(err, &d) {
		return &damage{path, d.Error()}
	}
	return err
}

func lockDatabase(path string, readOnly bool) (*database, error) {
	db := new(database)
	err := guarded(path, func() (err error) {
		db.DB, err = bolt.Open(path, 0o600, db.options(readOnly))
		return err
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, ErrLocked
	}
	if errors.Is(err, ErrDamaged) {
		return nil, errors.Join(err, db.file.Close())
	}
	if err != nil {
		return nil, cmp.Or(noDatabase(path), err)
	}
	db.page = db.Info().PageSize
	held, err := db.file.Stat()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(held, now) {
		return nil, errors.Join(ErrLocked, db.Close())
	}
	db.AllocSize = allocSize
	return db, nil
}

func (d *database) options(readOnly bool) *bolt.Options {
	return &bolt.Options{
		Timeout:         time.Second,
		FreelistType:    bolt.FreelistMapType,
		InitialMmapSize: initialMmapSize(),
		ReadOnly:        readOnly,
		OpenFile: func(name string, flag int, perm os.FileMode) (f *os.File, err error) {
			d.file, err = os.OpenFile(name, flag, perm)
			return d.file, err
		},
	}
}

// noDatabase says what is wrong with a file that bbolt does not open, if that is
// its content.
func noDatabase(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil
	}
	_, err = pages.Check(context.Background(), f, info.Size(), pages.Branches, nil)
	if err = damageAt(path, err); errors.Is(err, ErrDamaged) {
		return err
	}
	return nil
}

// initialMmapSize is 8 GiB: address space, not memory and not disk. Within it the
// file grows without being mapped anew, which would wait for every reader. Where
// addresses have 32 bits the file is mapped as it is.
func initialMmapSize() int {
	if strconv.IntSize < 64 {
		return 0
	}
	size := int64(8) << 30
	return int(size)
}

// lost returns ErrStale when the journal in dir tells more than its own beginning:
// there was a database with it, and it is asked for a missing or an empty one.
func lost(dir string) error {
	lines := 0
	for _, err := range readJournalFile(dir) {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if lines++; lines > 1 {
			return fmt.Errorf("%s is missing or empty, but %s tells of submissions: %w", databaseName, journalName, ErrStale)
		}
	}
	return nil
}
