package index

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

// several returns filings in the order of their accession numbers, with symbols,
// warnings and more than one filer, and the rows that list most of them.
func several(n int) (fs []*parse.Filing, rows []parse.Row) {
	for i := 1; i <= n; i++ {
		f := made(i, day("2023-01-02").AddDays(i*7%400).String(), 10+i%5, 30+i%3)
		f.Cover.Securities = []parse.Security{{Symbol: fmt.Sprintf("MADE%c", 'A'+i%4)}}
		f.Filers[0].Tickers = []string{"KELP"}
		if i%4 == 0 {
			f.Warnings = []parse.Warning{{Code: parse.CodeNoItems}}
		}
		fs = append(fs, f)
		if i%10 != 0 { // the others are imported
			rows = append(rows, row(i, 10+i%5, f.Filed.String()))
		}
	}
	slices.SortFunc(fs, func(a, b *parse.Filing) int { return a.Accession.Compare(b.Accession) })
	return fs, rows
}

// listed is a closed index with entries in every state, of which none was recorded.
func listed(t *testing.T, rows []parse.Row) (dir string, refill func(*Store) error) {
	t.Helper()
	s := openTemp(t)
	discover(t, s, "2024Q1", rows...)
	must(t, s.Defer(acc(2), noon, "HTTP 503"))
	must(t, s.Defer(acc(3), noon, "HTTP 503"))
	must(t, s.Reject(acc(4), "404"))
	must(t, s.Withdraw(acc(5), "not listed any more"))
	discover(t, s, "2024Q2", row(901, 10, "2024-04-03"), row(902, 11, "2024-04-03"))
	must(t, s.Defer(acc(902), noon, "HTTP 503"))
	must(t, s.Close())
	return s.dir, func(s *Store) error {
		_, err := s.Replay(func(l Listing) iter.Seq2[parse.Row, error] {
			if l.Key == "2024Q1" {
				return withoutErrors(rows)
			}
			return withoutErrors([]parse.Row{row(901, 10, "2024-04-03"), row(902, 11, "2024-04-03")})
		})
		return err
	}
}

func TestLoadedIndexIsTheRecordedOneKeyForKey(t *testing.T) {
	fs, rows := several(300)
	dir, refill := listed(t, rows)
	must(t, Rebuild(dir, func(s *Store) error {
		return errors.Join(refill(s), s.Record(fs...))
	}))
	want := openedDump(t, dir)
	for _, limit := range []int{spillKeys, 500, 1} {
		must(t, Rebuild(dir, func(s *Store) error {
			must(t, refill(s))
			l, err := s.Loader()
			must(t, err)
			l.spill.limit = limit
			for part := range slices.Chunk(fs, 70) {
				must(t, l.Add(part...))
			}
			return l.Finish()
		}))
		if diff := cmp.Diff(want, openedDump(t, dir)); diff != "" {
			t.Errorf("runs of %d keys (-recorded +loaded):\n%s", limit, diff)
		}
		if _, err := os.Stat(filepath.Join(dir, spillName)); err == nil {
			t.Errorf("%s is left", spillName)
		}
	}
}

// openedDump is the dump of a closed index, which holds its invariants.
func openedDump(t *testing.T, dir string) []string {
	t.Helper()
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	checkInvariants(t, s)
	return dump(s)
}

func TestLoadedFilingsAreChangesInTheirOrder(t *testing.T) {
	fs, rows := several(20)
	dir, refill := listed(t, rows)
	must(t, Rebuild(dir, func(s *Store) error {
		must(t, refill(s))
		return loadAll(t, s, fs)
	}))
	s, err := Open(dir)
	must(t, err)
	defer s.Close()
	must(t, s.Record(made(950, "2024-02-02", 10)))
	page, err := s.Changes(0, 0)
	must(t, err)
	if len(page.Changes) != 21 || page.Last != page.Changes[20].Sequence {
		t.Fatalf("%d changes, the last %d of %d", len(page.Changes), page.Changes[len(page.Changes)-1].Sequence, page.Last)
	}
	for i, f := range fs {
		if page.Changes[i].Filing.Accession != f.Accession {
			t.Errorf("change %d is of %s, want %s", i, page.Changes[i].Filing.Accession, f.Accession)
		}
	}
}

func loadAll(t *testing.T, s *Store, fs []*parse.Filing) error {
	t.Helper()
	l, err := s.Loader()
	must(t, err)
	return errors.Join(l.Add(fs...), l.Finish())
}

func TestLoadedFilingsNeedNotBeInOrder(t *testing.T) {
	fs, rows := several(50)
	dir, refill := listed(t, rows)
	load := func(fs []*parse.Filing) []string {
		must(t, Rebuild(dir, func(s *Store) error { return errors.Join(refill(s), loadAll(t, s, fs)) }))
		return openedDump(t, dir)
	}
	want := load(fs)
	slices.Reverse(fs)
	if diff := cmp.Diff(want, load(fs)); diff != "" {
		t.Errorf("(-in order +reversed):\n%s", diff)
	}
}

func TestFilingThatCannotBeKeptIsNotLoadedNorAreThoseBesideIt(t *testing.T) {
	fs, _ := several(3)
	bad := made(999, "2024-01-03", 10)
	bad.SHA256 = ""
	dir, refill := listed(t, nineRows())
	must(t, Rebuild(dir, func(s *Store) error {
		must(t, refill(s))
		l, err := s.Loader()
		must(t, err)
		var unfit *UnfitError
		if err := l.Add(fs[0], bad); !errors.As(err, &unfit) || unfit.Accession != bad.Accession {
			t.Errorf("%v, want an UnfitError of %s", err, bad.Accession)
		}
		must(t, l.Add(fs...))
		return l.Finish()
	}))
}

func nineRows() (rows []parse.Row) {
	_, rows = several(9)
	return rows
}

func TestFilingIsLoadedOnce(t *testing.T) {
	fs, rows := several(10)
	dir, refill := listed(t, rows)
	err := Rebuild(dir, func(s *Store) error {
		must(t, refill(s))
		l, err := s.Loader()
		must(t, err)
		must(t, l.Add(fs[:6]...))
		return l.Add(fs[4:]...)
	})
	if want := fmt.Sprintf("filing %s comes twice", fs[4].Accession); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %q", err, want)
	}
}

func TestOnlyAnIndexBeingRebuiltIsLoaded(t *testing.T) {
	s := openTemp(t)
	if _, err := s.Loader(); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("%v, want ErrNotEmpty", err)
	}
	must(t, s.Close())
	must(t, Rebuild(s.dir, func(s *Store) error {
		l, err := s.Loader()
		must(t, err)
		if _, err := s.Loader(); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("second loader: %v, want ErrNotEmpty", err)
		}
		return l.Finish()
	}))
}

func TestLoadThatIsNotFinishedFailsTheRebuildAndLeavesNothing(t *testing.T) {
	dir, want := house(t)
	for name, after := range map[string]error{"no error": nil, "an error": errors.New("made")} {
		err := Rebuild(dir, func(s *Store) error {
			l, err := s.Loader()
			must(t, err)
			must(t, l.Add(made(1, "2024-01-03", 10)))
			return after
		})
		if err == nil || after != nil && !errors.Is(err, after) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, spillName)); err == nil {
			t.Errorf("%s: %s is left", name, spillName)
		}
	}
	checkHouse(t, dir, want)
}

func TestLeftoverOfALoadGoesWithTheNextRebuild(t *testing.T) {
	dir, want := house(t)
	must(t, os.WriteFile(filepath.Join(dir, spillName), []byte("left"), 0o600))
	must(t, Rebuild(dir, refillHouse))
	checkHouse(t, dir, want)
	if _, err := os.Stat(filepath.Join(dir, spillName)); err == nil {
		t.Errorf("%s is left", spillName)
	}
}
