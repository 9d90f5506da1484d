package index

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// within fails the test when f takes longer than a minute: it hangs.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatalf("%s hangs", what)
	}
}

// wantDamaged checks an error of damage: its kind, its file and its remedy.
func wantDamaged(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, ErrDamaged) || !errors.Is(err, ErrStale) {
		t.Errorf("%s: %v, want ErrDamaged", what, err)
		return
	}
	for _, want := range []string{databaseName, "crawler reindex"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, want %q in it", what, err, want)
		}
	}
}

// spoil has a file that an open index holds changed by f.
func spoil(t *testing.T, s *Store, f func(*os.File) error) {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(s.Dir(), databaseName), os.O_RDWR, 0)
	must(t, err)
	must(t, f(file))
	must(t, file.Close())
}

// checkFreed checks that the index is closed and its lock had by nobody.
func checkFreed(t *testing.T, s *Store) {
	t.Helper()
	within(t, "closing", func() { must(t, s.Close()) })
	again, err := Open(s.Dir())
	if errors.Is(err, ErrLocked) {
		t.Errorf("opened after closing: %v, want the lock free", err)
	}
	if err == nil {
		must(t, again.Close())
	}
}

func TestPagesThatVanishUnderAnOpenIndexAreDamage(t *testing.T) {
	for name, left := range map[string]int64{"all": 0, "all but the meta pages": 2} {
		t.Run(name, func(t *testing.T) {
			s := openTemp(t)
			discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
			must(t, s.Record(made(1, "2024-01-03", 10)))
			page := int64(os.Getpagesize())
			spoil(t, s, func(f *os.File) error { return f.Truncate(left * page) })
			within(t, "reading", func() {
				for range 2 {
					_, err := s.Status(noon)
					wantDamaged(t, "Status", err)
				}
			})
			within(t, "writing", func() { wantDamaged(t, "Reject", s.Reject(acc(1), "no")) })
			checkFreed(t, s)
		})
	}
}

func TestDamageSeenInReadingEndsWriting(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	wantDamaged(t, "a read", s.db.View(func(*bolt.Tx) error { panic("no page") }))
	wantDamaged(t, "Reject", s.Reject(acc(1), "no"))
	if e, err := s.Entry(acc(1)); err != nil || e.State != Discovered {
		t.Errorf("entry %+v, %v; want it discovered and readable", e, err)
	}
	checkFreed(t, s)
}

func TestAPanicInWritingChangesNothingAndHoldsNoLock(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	want := dump(s)
	err := s.db.Update(func(tx *bolt.Tx) error {
		must(t, tx.Bucket(bucketMeta).Put(metaSchema, []byte("99")))
		panic("no page")
	})
	wantDamaged(t, "Update", err)
	wantDamaged(t, "a second Update", s.db.Update(func(*bolt.Tx) error { return nil }))
	checkFreed(t, s)
	s, err = Open(s.Dir())
	must(t, err)
	defer s.Close()
	if got := dump(s); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
	must(t, s.Reject(acc(1), "no"))
}

func TestDamageMetByACommitLeavesTheLocks(t *testing.T) {
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"))
	err := s.db.Update(func(tx *bolt.Tx) error {
		must(t, tx.Bucket(bucketMeta).Put(metaSchema, []byte("99")))
		spoil(t, s, func(f *os.File) error { return f.Truncate(2 * int64(os.Getpagesize())) })
		return nil
	})
	wantDamaged(t, "Update", err)
	within(t, "writing", func() { wantDamaged(t, "Reject", s.Reject(acc(1), "no")) })
	checkFreed(t, s)
}

func TestASmallValueThatIsNotWhatWasWrittenIsDamage(t *testing.T) {
	s := openTemp(t)
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.db.Update(func(tx *bolt.Tx) error {
		bad := []byte("\x01")
		return errors.Join(tx.Bucket(bucketMeta).Put(metaCoverage, bad), tx.Bucket(bucketMeta).Put(metaTickers, bad),
			tx.Bucket(bucketTicker).Put([]byte("MADE"), bad), tx.Bucket(bucketPass).Put(changeKey(1), bad),
			tx.Bucket(bucketListing).Put([]byte("2024Q1"), bad))
	}))
	for what, ask := range map[string]func() error{
		"Coverage":   func() error { _, _, err := s.Coverage(); return err },
		"Tickers":    func() error { _, err := s.Tickers(); return err },
		"Ticker":     func() error { _, err := s.Ticker("MADE"); return err },
		"Symbols":    func() error { _, err := s.Symbols("MADE"); return err },
		"PutTickers": func() error { return s.PutTickers(Tickers{}) },
		"Passes":     func() error { _, err := s.Passes(1); return err },
		"Listing":    func() error { _, _, err := s.Listing("2024Q1"); return err },
		"Listings":   func() error { _, err := s.Listings(); return err },
		"Status":     func() error { _, err := s.Status(noon); return err },
	} {
		if err := ask(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", what, err)
		}
	}
}
