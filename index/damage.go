package index

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// ErrDamaged says that index.db is not as it was written: a page or a value in it is
// not what it must be. The archive, the kept listings and the journal have everything
// that is in it, and so it is an ErrStale, too.
var ErrDamaged = fmt.Errorf("damaged: %w", ErrStale)

// database is a bbolt file whose transactions end with ErrDamaged where bbolt
// makes a panic of a page that is not what it must be, or memory makes a fault of one
// that is gone. After that it takes no more writes: what is read of a damaged
// file decides where writing goes. It can be read on, and closed, which gives
// back its lock.
type database struct {
	*bolt.DB
	file *os.File // the one that DB has
	page int      // bytes of a page

	opening

	damage atomic.Pointer[damage] // the first seen
	stuck  atomic.Bool            // bbolt has kept a lock of its own for good
}

// damage is what was found in the file at path.
type damage struct {
	path string
	what string
}

func (d *damage) Error() string { return fmt.Sprintf("%s: %s: %v", d.path, d.what, ErrDamaged) }
func (d *damage) Unwrap() error { return ErrDamaged }

// unreadable is the damage that a panic tells of.
func unreadable(path string, reason any) *damage {
	return &damage{path, fmt.Sprintf("its pages cannot be read: %v", reason)}
}

// View is bbolt's, but for panics.
func (d *database) View(read func(tx *bolt.Tx) error) error {
	return d.guard(func() error {
		tx, err := d.begin(false)
		if err != nil {
			return err
		}
		defer d.rollback(tx)
		return read(tx)
	})
}

// Update is bbolt's, but for panics. It is refused when damage was seen.
func (d *database) Update(write func(tx *bolt.Tx) error) error {
	if seen := d.damage.Load(); seen != nil {
		return seen
	}
	return d.guard(func() error {
		tx, err := d.begin(true)
		if err != nil {
			return err
		}
		defer d.rollback(tx)
		if err := write(tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// guard makes damage of a panic in work.
func (d *database) guard(work func() error) error {
	if d.stuck.Load() {
		return d.damage.Load()
	}
	err := guarded(d.file.Name(), work)
	var seen *damage
	if errors.As(err, &seen) {
		d.damage.CompareAndSwap(nil, seen)
	}
	return err
}

// guarded makes damage of the file at path of a panic in work, also of one that a
// fault of memory is.
func guarded(path string, work func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = unreadable(path, r)
		}
	}()
	return work()
}

// begin begins a transaction of a file that still has its meta pages: bbolt holds
// locks while it reads them, and would for ever.
func (d *database) begin(writable bool) (*bolt.Tx, error) {
	var head [1]byte
	if _, err := d.file.ReadAt(head[:], int64(2*d.page)-1); err != nil && !errors.Is(err, os.ErrClosed) {
		panic(fmt.Sprintf("the first are gone: %v", err))
	}
	defer d.jammed()
	return d.DB.Begin(writable)
}

// rollback ends a transaction that was not committed.
func (d *database) rollback(tx *bolt.Tx) {
	defer d.jammed()
	_ = tx.Rollback() // of one that was, it is an error
}

// jammed passes a panic of bbolt's own locking on.
func (d *database) jammed() {
	if r := recover(); r != nil {
		d.damage.CompareAndSwap(nil, unreadable(d.file.Name(), r))
		d.stuck.Store(true)
		panic(r)
	}
}

// Close closes the file and unlocks it, also where bbolt no longer can.
func (d *database) Close() error {
	if d.stuck.Load() {
		return d.file.Close()
	}
	return d.DB.Close()
}
