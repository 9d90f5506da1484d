package index

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"

	"example.com/edgard/index/pages"
	bolt "go.etcd.io/bbolt"
)

// Snapshot is what a copy of the database has in it.
type Snapshot struct {
	Identity    string `json:"identity"`    // of the archive
	Schema      int    `json:"schema"`      // version of keys and values
	Transaction uint64 `json:"transaction"` // the last one in it
	Bytes       int64  `json:"bytes"`       // of the copy
	Filings     int    `json:"filings"`
	Entries     int    `json:"entries"`
}

// Backup copies the database as it is at one moment: it tells begin what will come
// and writes Bytes bytes to where begin says, which is an index.db. The index can be
// read and written meanwhile. But what is freed while the copy is made is not used
// again before it is, so that the file grows: the writer should be a fast one.
// CheckBackup checks what was written.
//
// The numbering of changes has another epoch in the copy: where that takes the place
// of the index, numbers that were given out since are given out again.
func (s *Store) Backup(begin func(Snapshot) (io.Writer, error)) error {
	err := s.db.View(func(tx *bolt.Tx) error {
		snap, err := snapshot(tx)
		if err != nil {
			return err
		}
		w, err := begin(snap)
		if err != nil {
			return err
		}
		r := renaming{to: w, old: tx.Bucket(bucketMeta).Get(metaEpoch), new: []byte(randomName())}
		if len(r.old) != len(r.new) {
			return fmt.Errorf("the epoch %q: %w", r.old, errMalformed)
		}
		if _, err := tx.WriteTo(&r); err != nil {
			return err
		}
		return r.end()
	})
	if err != nil {
		return fmt.Errorf("copying the index: %w", err)
	}
	return nil
}

// renaming is a writer that writes a random name in the place of another as long,
// wherever that stands.
type renaming struct {
	to       io.Writer
	old, new []byte
	kept     []byte // of what came last, perhaps the beginning of the name
	found    bool
}

func (r *renaming) Write(b []byte) (int, error) {
	all := append(r.kept, b...)
	for at := bytes.Index(all, r.old); at >= 0; at = bytes.Index(all, r.old) {
		copy(all[at:], r.new)
		r.found = true
	}
	done := max(len(all)-len(r.old)+1, 0)
	_, err := r.to.Write(all[:done])
	r.kept = append(all[:0], all[done:]...)
	return len(b), err
}

// end writes what is left.
func (r *renaming) end() error {
	if !r.found {
		return fmt.Errorf("the epoch %s is not where it was written: %w", r.old, ErrDamaged)
	}
	_, err := r.to.Write(r.kept)
	return err
}

func snapshot(tx *bolt.Tx) (Snapshot, error) {
	m := tx.Bucket(bucketMeta)
	snap := Snapshot{Identity: string(m.Get(metaIdentity)), Transaction: uint64(tx.ID()), Bytes: tx.Size()}
	var err error
	if snap.Schema, err = strconv.Atoi(string(m.Get(metaSchema))); err != nil {
		return snap, fmt.Errorf("schema: %w: %w", errMalformed, err)
	}
	for kind, n := range map[string]*int{countYear: &snap.Filings, countState: &snap.Entries} {
		err := counts(tx.Bucket(bucketCount), kind, func(_ string, k int) error { *n += k; return nil })
		if err != nil {
			return snap, err
		}
	}
	return snap, nil
}

// CheckBackup checks the file at path, a copy that Backup made of what want says:
// every page of it, that it is an index of that archive, and that it has as many
// filings and entries. progress is as with CheckPages.
func CheckBackup(ctx context.Context, path string, want Snapshot, progress func(read, all uint64)) error {
	if err := checkBackup(ctx, path, want, progress); err != nil {
		return fmt.Errorf("checking the copy %s: %w", path, err)
	}
	return nil
}

func checkBackup(ctx context.Context, path string, want Snapshot, progress func(read, all uint64)) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	rep, err := pages.Check(ctx, f, info.Size(), pages.All, progress)
	if err != nil {
		return damageAt(path, err)
	}
	db, err := lockDatabase(path, true)
	if err != nil {
		return err
	}
	defer db.Close()
	var got Snapshot
	err = db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketMeta) == nil || tx.Bucket(bucketCount) == nil {
			return fmt.Errorf("it is no index: %w", ErrDamaged)
		}
		got, err = snapshot(tx)
		return err
	})
	got.Bytes, got.Filings, got.Entries = info.Size(), rep.Keys[string(bucketFiling)], rep.Keys[string(bucketEntry)]
	if err == nil && got != want {
		err = fmt.Errorf("it is %+v, not %+v: %w", got, want, ErrDamaged)
	}
	return err
}
