package index

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
)

// loose is a closed index with many filings recorded in the order of arrival, and
// its dump.
func loose(t *testing.T) (dir string, want []string) {
	t.Helper()
	s := openTemp(t)
	s.db.NoSync = true
	var fs []*parse.Filing
	for n := range 400 {
		fs = append(fs, made(n*7919%400+1, day("2024-01-02").AddDays(n%90).String(), 10+n%50))
	}
	for batch := range slices.Chunk(fs, 40) {
		must(t, s.Record(batch...))
	}
	must(t, s.db.Sync())
	want = dump(s)
	must(t, s.Close())
	return s.dir, want
}

func TestCompactedIndexIsTheSameAndSmaller(t *testing.T) {
	dir, want := loose(t)
	sequence := lastChange(t, dir)
	before, err := sizeOf(filepath.Join(dir, databaseName))
	must(t, err)
	told := 0
	c, err := Compact(t.Context(), dir, func(Compaction) { told++ })
	must(t, err)
	after, err := sizeOf(filepath.Join(dir, databaseName))
	must(t, err)
	if c.Before != before || c.After != after || after >= before || c.Copied == 0 {
		t.Errorf("%+v, of files of %d and %d bytes", c, before, after)
	}
	if told < 3 {
		t.Errorf("progress was told %d times", told)
	}
	if diff := cmp.Diff(want, openedDump(t, dir)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if got := lastChange(t, dir); got != sequence {
		t.Errorf("the last change is %d, was %d", got, sequence)
	}
}

func lastChange(t *testing.T, dir string) uint64 {
	t.Helper()
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	p, err := s.Changes(0, 1)
	must(t, err)
	return p.Last
}

func TestCompactedAgainAnIndexStaysAsItIs(t *testing.T) {
	dir, _ := loose(t)
	_, err := Compact(t.Context(), dir, nil)
	must(t, err)
	path := filepath.Join(dir, databaseName)
	before, err := os.Stat(path)
	must(t, err)
	c, err := Compact(t.Context(), dir, nil)
	must(t, err)
	after, err := os.Stat(path)
	must(t, err)
	if c.Before != c.After || !os.SameFile(before, after) {
		t.Errorf("%+v, and the file is another: %v", c, !os.SameFile(before, after))
	}
}

func TestIndexInUseIsNotCompacted(t *testing.T) {
	s := openTemp(t)
	if _, err := Compact(t.Context(), s.dir, nil); !errors.Is(err, ErrLocked) {
		t.Errorf("%v, want ErrLocked", err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, compactName)); err == nil {
		t.Errorf("%s is left", compactName)
	}
}

func TestIndexIsHeldWhileItIsCompacted(t *testing.T) {
	dir, _ := loose(t)
	asked := 0
	_, err := Compact(t.Context(), dir, func(c Compaction) {
		if asked++; asked != 1 && !(c.Checking && asked < 1000) {
			return
		}
		if c.Checking {
			asked = 1000
		}
		if s, err := OpenReadOnly(dir); !errors.Is(err, ErrLocked) {
			t.Errorf("%v, %v; want ErrLocked", s, err)
		}
	})
	must(t, err)
}

func TestThereMustBeAnIndexToCompact(t *testing.T) {
	dir := t.TempDir()
	if _, err := Compact(t.Context(), dir, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want ErrNotExist", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v was made", left)
	}
}

func TestCompactCutOffLeavesTheIndexAndNothingElse(t *testing.T) {
	dir, want := loose(t)
	for at := range 6 {
		ctx, cancel := context.WithCancelCause(t.Context())
		stop, step := errors.New("made"), 0
		_, err := Compact(ctx, dir, func(Compaction) {
			if step++; step > at*5 {
				cancel(stop)
			}
		})
		if !errors.Is(err, stop) {
			t.Errorf("cut off at step %d: %v", at*5, err)
		}
		if _, err := os.Stat(filepath.Join(dir, compactName)); err == nil {
			t.Errorf("%s is left", compactName)
		}
	}
	if diff := cmp.Diff(want, openedDump(t, dir)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestLeftoverOfACompactGoesWithTheNext(t *testing.T) {
	dir, want := loose(t)
	for _, left := range []string{"", "no database", string(make([]byte, 64<<10))} {
		must(t, os.WriteFile(filepath.Join(dir, compactName), []byte(left), 0o600))
		_, err := Compact(t.Context(), dir, nil)
		must(t, err)
		if diff := cmp.Diff(want, openedDump(t, dir)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
		if _, err := os.Stat(filepath.Join(dir, compactName)); err == nil {
			t.Errorf("%s is left", compactName)
		}
	}
}

func TestCopyThatDiffersIsNotSwappedIn(t *testing.T) {
	for name, harm := range map[string]func(tx *bolt.Tx) error{
		"a value":    func(tx *bolt.Tx) error { return tx.Bucket(bucketEntry).Put(accessionKey(acc(1)), []byte("x")) },
		"a key more": func(tx *bolt.Tx) error { return tx.Bucket(bucketItem).Put([]byte("z"), nil) },
		"a key less": func(tx *bolt.Tx) error { return tx.Bucket(bucketFiling).Delete(accessionKey(acc(1))) },
		"a sequence": func(tx *bolt.Tx) error { return tx.Bucket(bucketChange).SetSequence(3) },
		"a bucket":   func(tx *bolt.Tx) error { return tx.DeleteBucket(bucketWarning) },
	} {
		s := openTemp(t)
		must(t, s.Record(made(1, "2024-01-03", 10)))
		to, err := openDatabase(filepath.Join(s.dir, compactName), false)
		must(t, err)
		c := compaction{ctx: t.Context(), tell: func(Compaction) {}, to: to}
		must(t, s.db.View(c.copy))
		must(t, c.check(s.db))
		must(t, to.Update(harm))
		if err := c.check(s.db); err == nil {
			t.Errorf("%s differs, and that is not seen", name)
		}
		must(t, to.Close())
	}
}
