package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// twins rebuilds the index of dir, after fill, and returns what it says then of the
// index it replaces: a line for each twin that differs.
func twins(t *testing.T, dir string, fill func(*Store) error) (lines []string) {
	t.Helper()
	must(t, Rebuild(dir, func(s *Store) error {
		if err := fill(s); err != nil {
			return err
		}
		for x, err := range s.ReplacedFilings() {
			if err != nil || x.Same() {
				lines = append(lines, problem(err)...)
				continue
			}
			old, new, err := x.Filings()
			line := "filing " + x.Accession.String()
			if old != nil {
				line += " was " + old.Filers[0].Name
			}
			if new != nil {
				line += " is " + new.Filers[0].Name
			}
			lines = append(append(lines, line), problem(err)...)
		}
		for x, err := range s.ReplacedEntries() {
			if err != nil || x.Same() {
				lines = append(lines, problem(err)...)
				continue
			}
			old, new, err := x.Entries()
			line := "entry " + x.Accession.String()
			if old != nil {
				line += fmt.Sprintf(" was %s", old.State)
			}
			if new != nil {
				line += fmt.Sprintf(" is %s", new.State)
			}
			lines = append(append(lines, line), problem(err)...)
		}
		return nil
	}))
	return lines
}

func problem(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

func TestAnIndexRebuiltIsComparedWithTheOneItReplaces(t *testing.T) {
	dir, _ := house(t)
	if got := twins(t, dir, refillHouse); len(got) > 0 {
		t.Errorf("rebuilt alike, they differ: %q", got)
	}
	got := twins(t, dir, func(s *Store) error {
		if err := refillHouse(s); err != nil {
			return err
		}
		f, g := made(1, "2024-01-03", 10), made(3, "2024-01-04", 11)
		f.Filers[0].Name, g.Filers[0].Name = "MADE PIER INC", "MADE QUAY INC"
		return s.Record(f, g)
	})
	want := []string{
		"filing " + acc(1).String() + " was " + made(1, "2024-01-03", 10).Filers[0].Name + " is MADE PIER INC",
		"filing " + acc(3).String() + " is MADE QUAY INC",
		"entry " + acc(3).String() + " is recorded",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got = twins(t, dir, func(s *Store) error { return nil })
	want = []string{
		"filing " + acc(1).String() + " was MADE PIER INC", "filing " + acc(3).String() + " was MADE QUAY INC",
		"entry " + acc(1).String() + " was recorded", "entry " + acc(2).String() + " was rejected", "entry " + acc(3).String() + " was recorded",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("nothing filled in (-want +got):\n%s", diff)
	}
}

func TestWithoutAnEarlierIndexThereIsNothingToCompareWith(t *testing.T) {
	for name, c := range map[string]struct {
		lose func(path string) error
		want error
	}{
		"missing": {os.Remove, fs.ErrNotExist},
		"empty":   {func(path string) error { return os.Truncate(path, 0) }, fs.ErrNotExist},
		"cut":     {func(path string) error { return os.Truncate(path, int64(3*os.Getpagesize())) }, ErrStale},
		"rubbish": {func(path string) error { return os.WriteFile(path, make([]byte, 1<<16), 0o600) }, nil},
	} {
		dir, _ := house(t)
		must(t, c.lose(filepath.Join(dir, databaseName)))
		must(t, Rebuild(dir, func(s *Store) error {
			err := s.Replaces()
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			for x, err := range s.ReplacedFilings() {
				if err == nil {
					t.Errorf("%s: twin %s", name, x.Accession)
				}
			}
			return refillHouse(s)
		}))
	}
}
