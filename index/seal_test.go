package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/index/pages"
	bolt "go.etcd.io/bbolt"
)

// spacious makes the file of a closed index so large that not every page of it is
// looked at whenever it is opened, and seals it.
func spacious(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, databaseName)
	must(t, os.Truncate(path, smallFile+1))
	reseal(t, path)
}

// reseal makes a file as it is look as if it had been closed.
func reseal(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	must(t, (&database{file: f}).seal(path))
}

// pageOf returns where the first page of some flags begins, free ones aside.
func pageOf(t *testing.T, b []byte, flags uint16) int64 {
	t.Helper()
	_, err := pages.Check(t.Context(), bytes.NewReader(b), int64(len(b)), pages.All, nil)
	must(t, err)
	size := os.Getpagesize()
	for at := 2 * size; at < len(b); at += size {
		c := bytes.Clone(b)
		c[at+8] ^= 0x40
		_, err := pages.Check(t.Context(), bytes.NewReader(c), int64(len(c)), pages.All, nil)
		if err != nil && binary.NativeEndian.Uint16(b[at+8:]) == flags {
			return int64(at)
		}
	}
	t.Fatalf("no page with flags %d", flags)
	return 0
}

// flip flips a bit of a file without anybody seeing from outside that it was
// changed: its time is what it was.
func flip(t *testing.T, path string, at int64, bit int) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	defer f.Close()
	var b [1]byte
	_, err = f.ReadAt(b[:], at)
	must(t, err)
	b[0] ^= 1 << bit
	_, err = f.WriteAt(b[:], at)
	must(t, err)
	must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
}

func TestAClosedIndexIsSealedAndAnOpenOneIsNot(t *testing.T) {
	dir, _ := house(t)
	seal := filepath.Join(dir, databaseName+sealSuffix)
	if _, err := os.Stat(seal); err != nil {
		t.Errorf("after closing: %v, want a seal", err)
	}
	s, err := Open(dir)
	must(t, err)
	if _, err := os.Stat(seal); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("while open: %v, want no seal", err)
	}
	must(t, s.Close())
	r, err := OpenReadOnly(dir)
	must(t, err)
	must(t, r.Close())
	if _, err := os.Stat(seal); err != nil {
		t.Errorf("after reading: %v, want the seal", err)
	}
	must(t, Rebuild(dir, refillHouse))
	spacious(t, dir)
	if r, err = OpenReadOnly(dir); err != nil || r.db.unsealed {
		t.Errorf("a large index is not sealed, or %v", err)
	}
	must(t, r.Close())
}

func TestALargeIndexIsLookedAtWhenItWasNotClosedOrWasChanged(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"killed":       func(path string) error { return os.Remove(path + sealSuffix) },
		"half a seal":  func(path string) error { return os.Truncate(path+sealSuffix, 20) },
		"longer":       func(path string) error { return os.Truncate(path, smallFile+4097) },
		"written to":   func(path string) error { return os.Chtimes(path, noon, noon) },
		"another seal": func(path string) error { return os.WriteFile(path+sealSuffix, []byte(`{"transaction":1}`), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, want := house(t)
			spacious(t, dir)
			must(t, change(filepath.Join(dir, databaseName)))
			r, err := OpenReadOnly(dir)
			must(t, err)
			if !r.db.unsealed {
				t.Error("it counts as closed")
			}
			must(t, r.Close())
			checkHouse(t, dir, want)
		})
	}
}

func TestDamageIsFoundAfterAKill(t *testing.T) {
	for name, flags := range map[string]uint16{"leaf": 2, "free list": 16} {
		for mode, open := range opens {
			dir, want := house(t)
			path := filepath.Join(dir, databaseName)
			b, err := os.ReadFile(path)
			must(t, err)
			flip(t, path, pageOf(t, b, flags)+8, 5)
			must(t, os.Remove(path+sealSuffix))
			before, err := os.ReadFile(path)
			must(t, err)
			_, err = open(dir)
			wantDamaged(t, mode+" with a damaged "+name, err)
			if !strings.Contains(err.Error(), "page ") {
				t.Errorf("%v, want the page named", err)
			}
			after, err := os.ReadFile(path)
			must(t, err)
			if !bytes.Equal(before, after) {
				t.Errorf("%s changed a damaged file", mode)
			}
			must(t, Rebuild(dir, refillHouse))
			if name == "free list" {
				checkHouse(t, dir, want) // passes and tickers could be read
			}
		}
	}
}

func TestTheLastChangesAreLookedAtAfterAKill(t *testing.T) {
	for mode, open := range opens {
		dir, _ := house(t)
		s, err := Open(dir)
		must(t, err)
		must(t, s.db.Update(func(tx *bolt.Tx) error {
			b, key := tx.Bucket(bucketFiling), accessionKey(acc(1))
			v := bytes.Clone(b.Get(key))
			v[len(v)/2] ^= 4
			return b.Put(key, v)
		}))
		must(t, s.Close())
		closed, err := open(dir)
		must(t, err)
		must(t, closed.Close())
		must(t, os.Remove(filepath.Join(dir, databaseName+sealSuffix)))
		for range 2 { // the first does not seal it
			_, err = open(dir)
			wantDamaged(t, mode, err)
		}
	}
}

func TestRebuildKeepsWhatADamagedIndexStillTells(t *testing.T) {
	dir, want := house(t)
	path := filepath.Join(dir, databaseName)
	b, err := os.ReadFile(path)
	must(t, err)
	flip(t, path, pageOf(t, b, 16)+8, 5)
	must(t, Rebuild(dir, func(s *Store) error {
		if len(s.Notes()) > 0 {
			t.Errorf("notes %q, want none", s.Notes())
		}
		return refillHouse(s)
	}))
	checkHouse(t, dir, want)
}
