package index

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// copyOf makes a copy of an open index at a path.
func copyOf(t *testing.T, s *Store, path string) (snap Snapshot) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	must(t, err)
	must(t, s.Backup(func(of Snapshot) (io.Writer, error) { snap = of; return f, nil }))
	must(t, f.Close())
	return snap
}

func TestABackupIsTheIndexOfOneMoment(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"), row(3, 11, "2024-01-04"))
	must(t, s.Record(made(1, "2024-01-03", 10)))
	want := dump(s)
	path := filepath.Join(t.TempDir(), databaseName)
	f, err := os.Create(path)
	must(t, err)
	var snap Snapshot
	must(t, s.Backup(func(of Snapshot) (io.Writer, error) {
		snap = of
		must(t, s.Record(made(2, "2024-01-03", 10))) // in the midst of it
		return f, nil
	}))
	must(t, f.Close())
	if snap.Identity != s.Identity() || snap.Filings != 1 || snap.Entries != 3 {
		t.Errorf("%+v, want one filing and three entries of %s", snap, s.Identity())
	}
	must(t, CheckBackup(t.Context(), path, snap, nil))
	r, err := OpenReadOnly(filepath.Dir(path))
	must(t, err)
	defer r.Close()
	if diff := cmp.Diff(want, dump(r)); diff != "" {
		t.Errorf("the copy (-want +got):\n%s", diff)
	}
	was, _ := changed(t, s)
	if epoch, _ := changed(t, r); epoch == was || len(epoch) != len(was) {
		t.Errorf("the copy has epoch %q, and what was copied %q: want another", epoch, was)
	}
}

func TestANameIsReplacedWhereverItIsCutApart(t *testing.T) {
	const text = "before oldname, oldnam oldname after"
	for size := 1; size <= len(text); size++ {
		var b bytes.Buffer
		r := renaming{to: &b, old: []byte("oldname"), new: []byte("newname")}
		for part := range slices.Chunk([]byte(text), size) {
			if n, err := r.Write(part); n != len(part) || err != nil {
				t.Fatalf("Write = %d, %v; want %d", n, err, len(part))
			}
		}
		must(t, r.end())
		if got, want := b.String(), "before newname, oldnam newname after"; got != want {
			t.Errorf("in parts of %d: %q, want %q", size, got, want)
		}
	}
}

func TestABackupPutInPlaceGoesOnWithTheJournal(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	path := filepath.Join(t.TempDir(), "backup")
	copyOf(t, s, path)
	discover(t, s, "2024-03-01", row(2, 10, "2024-03-01"), row(3, 10, "2024-03-01"))
	must(t, s.Record(made(1, "2024-01-03", 10), made(2, "2024-03-01", 10)))
	must(t, s.Reject(acc(3), "404 since"))
	want := dump(s)
	must(t, s.Close())
	must(t, os.Rename(path, filepath.Join(s.dir, databaseName)))
	back, err := Open(s.dir)
	must(t, err)
	if back.Identity() != s.Identity() {
		t.Errorf("identity %s, want %s", back.Identity(), s.Identity())
	}
	discover(t, back, "2024-03-01", row(2, 10, "2024-03-01"), row(3, 10, "2024-03-01")) // as the next pass does
	must(t, back.Record(made(1, "2024-01-03", 10), made(2, "2024-03-01", 10)))
	must(t, back.Reject(acc(3), "404 since"))
	if diff := cmp.Diff(withoutNumbers(want), withoutNumbers(dump(back))); diff != "" {
		t.Errorf("after working on (-want +got):\n%s", diff)
	}
	must(t, back.Close())
}

// withoutNumbers leaves out what counts the transactions there were.
func withoutNumbers(lines []string) (left []string) {
	for _, l := range lines {
		if !strings.HasPrefix(l, "change/") && !strings.HasPrefix(l, "date/") {
			left = append(left, l)
		}
	}
	return left
}

func TestACopyThatIsNotWhatWasCopiedIsFound(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	must(t, s.Record(made(1, "2024-01-03", 10)))
	whole := filepath.Join(t.TempDir(), "whole")
	snap := copyOf(t, s, whole)
	b, err := os.ReadFile(whole)
	must(t, err)
	leaf := pageOf(t, b, 2)
	for name, spoil := range map[string]func() ([]byte, Snapshot){
		"cut":         func() ([]byte, Snapshot) { return b[:len(b)-4096], snap },
		"empty":       func() ([]byte, Snapshot) { return nil, snap },
		"flipped":     func() ([]byte, Snapshot) { c := bytes.Clone(b); c[leaf+8] ^= 4; return c, snap },
		"of another":  func() ([]byte, Snapshot) { o := snap; o.Identity = "another"; return b, o },
		"with less":   func() ([]byte, Snapshot) { o := snap; o.Filings++; return b, o },
		"of no index": func() ([]byte, Snapshot) { return []byte(strings.Repeat("no index", 9999)), snap },
	} {
		path := filepath.Join(t.TempDir(), databaseName)
		content, want := spoil()
		must(t, os.WriteFile(path, content, 0o600))
		if err := CheckBackup(t.Context(), path, want, nil); err == nil || name != "empty" && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

func TestABackupEndsWithItsWriter(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	full := errors.New("no space left on device")
	for _, begin := range []func(Snapshot) (io.Writer, error){
		func(Snapshot) (io.Writer, error) { return nil, full },
		func(Snapshot) (io.Writer, error) { return broken{full}, nil },
	} {
		if err := s.Backup(begin); err == nil || !strings.Contains(err.Error(), full.Error()) || errors.Is(err, ErrDamaged) {
			t.Errorf("%v, want what ended it", err)
		}
	}
	must(t, s.Record(made(1, "2024-01-03", 10)))
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }
