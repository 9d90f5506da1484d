package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// allocSize is how far ahead of its need the file grows.
const allocSize = 4 << 20

// openDatabase opens and locks the bbolt file at path, making it unless readOnly.
// A file that is no longer at path when its lock is had was replaced meanwhile by
// whoever held it: that is ErrLocked, too. One that lost its end is ErrStale.
func openDatabase(path string, readOnly bool) (*database, error) {
	// For writing, bbolt reads pages as it opens, and one that is gone is a fault of
	// memory: the first look at a file that is there only reads.
	if info, err := os.Stat(path); !readOnly && err == nil && info.Size() > 0 {
		db, err := lockDatabase(path, true)
		if err != nil {
			return nil, err
		}
		if err := db.Close(); err != nil {
			return nil, err
		}
	}
	return lockDatabase(path, readOnly)
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
		return nil, err
	}
	db.page = db.Info().PageSize
	held, err := db.file.Stat()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(held, now) {
		return nil, errors.Join(ErrLocked, db.Close())
	}
	if err := whole(db, held.Size()); err != nil {
		return nil, errors.Join(err, db.Close())
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

// whole checks that a file of the given size has all the pages of its database.
func whole(db *database, size int64) error {
	return db.View(func(tx *bolt.Tx) error {
		if want := tx.Size(); size < want {
			return fmt.Errorf("%d bytes of %d are there: %w", size, want, ErrDamaged)
		}
		return nil
	})
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

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
