package index

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

var opens = map[string]func(string) (*Store, error){"Open": Open, "OpenReadOnly": OpenReadOnly}

// house is a closed index with one entry recorded and one rejected, a report of a
// pass and a ticker; want is its dump.
func house(t *testing.T) (dir string, want []string) {
	t.Helper()
	s := openTemp(t)
	discover(t, s, "2024Q1", row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03"))
	must(t, s.Record(made(1, "2024-01-03", 10)))
	must(t, s.Reject(acc(2), "404"))
	must(t, s.AddPass(Pass{Command: "sync", Outcome: "done"}))
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"MADE": cik(10)}, ETag: "x"}))
	want = dump(s)
	must(t, s.Close())
	return s.dir, want
}

// refillHouse fills a new index as the crawl does.
func refillHouse(s *Store) error {
	_, err := s.Replay(func(Listing) iter.Seq2[parse.Row, error] {
		return withoutErrors([]parse.Row{row(1, 10, "2024-01-03"), row(2, 10, "2024-01-03")})
	})
	if err != nil {
		return err
	}
	f := made(1, "2024-01-03", 10)
	return s.Record(f)
}

func checkHouse(t *testing.T, dir string, want []string) {
	t.Helper()
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	if diff := cmp.Diff(want, dump(s)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	checkInvariants(t, s)
	if _, err := os.Stat(filepath.Join(dir, rebuiltName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s: %v, want it gone", rebuiltName, err)
	}
}

func TestDatabaseLostBesideAJournalIsNotBegunAnew(t *testing.T) {
	for state, lose := range map[string]func(path string) error{
		"missing": os.Remove,
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"cut":     func(path string) error { return os.Truncate(path, int64(3*os.Getpagesize())) },
	} {
		for name, open := range opens {
			dir, want := house(t)
			path := filepath.Join(dir, databaseName)
			must(t, lose(path))
			_, err := open(dir)
			if !errors.Is(err, ErrStale) || !strings.Contains(err.Error(), "crawler reindex") {
				t.Errorf("%s, database %s: %v; want ErrStale with the remedy", name, state, err)
			}
			if _, err := os.Stat(path); state == "missing" && err == nil {
				t.Errorf("%s made a database", name)
			}
			must(t, Rebuild(dir, refillHouse))
			got := want[:0:0]
			for _, l := range want {
				if !strings.HasPrefix(l, "ticker/") && !strings.Contains(l, `"tickers"`) {
					got = append(got, l)
				}
			}
			checkHouse(t, dir, got)
		}
	}
}

func TestRebuiltIndexKeepsWhatOnlyTheOldOneTold(t *testing.T) {
	dir, want := house(t)
	must(t, Rebuild(dir, func(s *Store) error {
		if len(s.Notes()) != 0 {
			t.Errorf("notes %q, want none", s.Notes())
		}
		return refillHouse(s)
	}))
	checkHouse(t, dir, want)
	s, err := OpenReadOnly(dir)
	must(t, err)
	defer s.Close()
	if ps, err := s.Passes(9); err != nil || len(ps) != 1 {
		t.Errorf("passes %v, %v; want one", ps, err)
	}
}

func TestRebuildCutOffAnywhereLeavesTheOldIndex(t *testing.T) {
	dir, want := house(t)
	cut := errors.New("cut off")
	err := Rebuild(dir, func(s *Store) error { return errors.Join(refillHouse(s), cut) })
	if !errors.Is(err, cut) {
		t.Errorf("Rebuild = %v, want what ended it", err)
	}
	checkHouse(t, dir, want)
	for _, left := range []string{"", "not a database"} { // as kill -9 leaves it
		must(t, os.WriteFile(filepath.Join(dir, rebuiltName), []byte(left), 0o600))
		s, err := Open(dir)
		must(t, err)
		must(t, s.Close())
		must(t, Rebuild(dir, refillHouse))
		checkHouse(t, dir, want)
	}
	must(t, Rebuild(dir, func(s *Store) error {
		must(t, s.db.Sync())
		b, err := os.ReadFile(filepath.Join(dir, rebuiltName))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, "half"), b, 0o600))
		return refillHouse(s)
	}))
	must(t, os.Rename(filepath.Join(dir, "half"), filepath.Join(dir, rebuiltName)))
	must(t, Rebuild(dir, refillHouse))
	checkHouse(t, dir, want)
}

func TestFailedRebuildOfAMissingIndexLeavesNone(t *testing.T) {
	dir, _ := house(t)
	must(t, os.Remove(filepath.Join(dir, databaseName)))
	if err := Rebuild(dir, func(*Store) error { return errors.New("cut off") }); err == nil {
		t.Error("Rebuild succeeded")
	}
	if _, err := os.Stat(filepath.Join(dir, databaseName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s: %v, want none", databaseName, err)
	}
}

func TestRebuildHoldsTheIndex(t *testing.T) {
	dir, _ := house(t)
	must(t, Rebuild(dir, func(s *Store) error {
		for name, open := range opens {
			if _, err := open(dir); !errors.Is(err, ErrLocked) {
				t.Errorf("%s during a rebuild: %v, want ErrLocked", name, err)
			}
		}
		if err := Rebuild(dir, refillHouse); !errors.Is(err, ErrLocked) {
			t.Errorf("a second rebuild: %v, want ErrLocked", err)
		}
		return refillHouse(s)
	}))
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	if err := Rebuild(dir, refillHouse); !errors.Is(err, ErrLocked) {
		t.Errorf("rebuild of an open index: %v, want ErrLocked", err)
	}
}

func TestDamagedDatabaseIsRebuiltWithANote(t *testing.T) {
	for name, damage := range map[string]func(b []byte) []byte{
		"no database": func([]byte) []byte { return []byte(strings.Repeat("damaged", 10_000)) },
		"cut short":   func(b []byte) []byte { return b[:8192] },
		"pages gone": func(b []byte) []byte {
			for i := 8192; i < len(b); i++ {
				b[i] = 0xff
			}
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := house(t)
			path := filepath.Join(dir, databaseName)
			b, err := os.ReadFile(path)
			must(t, err)
			must(t, os.WriteFile(path, damage(b), 0o600))
			must(t, Rebuild(dir, func(s *Store) error {
				if len(s.Notes()) != 1 || !strings.Contains(s.Notes()[0], "lost") {
					t.Errorf("notes %q, want what is lost", s.Notes())
				}
				return refillHouse(s)
			}))
			s, err := Open(dir)
			must(t, err)
			defer s.Close()
			checkInvariants(t, s)
		})
	}
}

func TestRebuildWithoutJournalTakesFilingsAsTheyAre(t *testing.T) {
	dir, _ := house(t)
	must(t, os.Remove(filepath.Join(dir, journalName)))
	s, err := Open(dir)
	must(t, err)
	identity := s.Identity()
	must(t, s.Close())
	must(t, Rebuild(dir, refillHouse))
	s, err = Open(dir)
	must(t, err)
	defer s.Close()
	if e, err := s.Entry(acc(1)); err != nil || e.State != Recorded || s.Identity() != identity {
		t.Errorf("entry %+v, %v, identity %s; want it recorded and %s", e, err, s.Identity(), identity)
	}
}

func TestMalformedValueNamesTheRemedy(t *testing.T) {
	if _, err := decodeEntry(acc(1), []byte{99}); !errors.Is(err, ErrStale) || !strings.Contains(err.Error(), "crawler reindex") {
		t.Errorf("%v, want ErrStale with the remedy", err)
	}
}
