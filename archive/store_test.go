package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/edgar"
)

func TestNoFolderCanHoldMoreThan1000Entries(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		a, err := edgar.ParseAccession(fmt.Sprintf("%010d-%02d-%06d", rng.IntN(1e10), rng.IntN(100), 1+rng.IntN(999_999)))
		if err != nil {
			t.Fatal(err)
		}
		for _, revision := range []int{1, maxRevisions} {
			parts := strings.Split(fileName(a, revision), "/")
			groups, last := parts[1:6], parts[6]
			for _, g := range groups { // three digits: 1,000 names
				if !isGroup(g) {
					t.Fatalf("%s: folder %q is no group of three digits", a, g)
				}
			}
			// What precedes the last three digits is settled by the folders.
			if want := strings.Join(groups, "") + a.Digits()[15:]; want != a.Digits() || !strings.HasPrefix(last, a.String()) {
				t.Fatalf("%s stands in %q", a, parts)
			}
			if _, ok := parseRevisionName(path.Base(fileName(a, revision))); ok != (revision > 1) {
				t.Fatalf("%s revision %d is not read back", a, revision)
			}
		}
	}
}

func TestNamesFromOutsideAreReadStrictly(t *testing.T) {
	for _, name := range []string{"", "x", "../2.txt.zst", "1.txt.zst", "02.txt.zst", "+2.txt.zst", "1001.txt.zst", "2.txt", "99999999999999999999.txt.zst"} {
		if n, ok := parseRevisionName(name); ok {
			t.Errorf("parseRevisionName(%q) = %d, want no", name, n)
		}
	}
	for _, name := range []string{"", "x.1", "0001628280-25-058337", "000162828025058337.1", "0001628280-25-058337.", "0001628280-25-058337.x", "../0001628280-25-058337.1"} {
		if a, ok := parseTempName(name); ok {
			t.Errorf("parseTempName(%q) = %v, want no", name, a)
		}
	}
}

func walked(s *Store) (seen []string, errs []error) {
	for info, err := range s.All() {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		seen = append(seen, fmt.Sprintf("%s %d", info.Accession, info.Revision))
	}
	return seen, errs
}

func TestAllYieldsTheNewestRevisionsInAccessionOrder(t *testing.T) {
	s := openTest(t, t.TempDir())
	if seen, errs := walked(s); len(seen)+len(errs) != 0 {
		t.Errorf("empty archive: %v, %v", seen, errs)
	}
	numbers := []string{"0000320193-24-000001", "0000320193-24-000999", "0000320193-24-001000", "0001628280-25-058337", "9999999999-99-999999"}
	for _, i := range []int{3, 0, 4, 2, 1} {
		mustPut(t, s, mustAccession(t, numbers[i]), "one")
	}
	mustPut(t, s, mustAccession(t, numbers[2]), "two")
	want := []string{numbers[0] + " 1", numbers[1] + " 1", numbers[2] + " 2", numbers[3] + " 1", numbers[4] + " 1"}
	if got, errs := walked(s); !slices.Equal(got, want) || len(errs) != 0 {
		t.Errorf("All = %v, %v; want %v", got, errs, want)
	}
	for range s.All() { // stopping early is fine
		break
	}
}

func TestAllSkipsForeignFilesAndReportsBrokenSubmissions(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, a, "one")
	orphan := mustAccession(t, "0001628280-25-058400")
	mustPut(t, s, orphan, "one")
	mustPut(t, s, orphan, "two")
	leaf := filepath.Join(dir, submissionsDir, filepath.FromSlash(shard(a)))
	if err := os.Remove(filepath.Join(leaf, orphan.String()+suffix)); err != nil {
		t.Fatal(err)
	}
	for _, foreign := range []string{".DS_Store", "README", "../notes", "../../000.bak/0001628280-25-058999.txt.zst"} {
		name := filepath.Join(leaf, foreign)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		damage(t, name, []byte("foreign"))
	}
	broken := []string{"0001628280-25-058338.txt.zst", "0000320193-24-000001.txt.zst", "nonsense.txt.zst", "../0001628280-25-058339.txt.zst"}
	for _, name := range broken {
		damage(t, filepath.Join(leaf, name), []byte("broken"))
	}
	if err := os.Mkdir(filepath.Join(leaf, "0001628280-25-058340.txt.zst"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc", filepath.Join(dir, submissionsDir, "999")); err != nil {
		t.Fatal(err)
	}
	seen, errs := walked(s)
	if want := []string{a.String() + " 1", orphan.String() + " 2"}; !slices.Equal(seen, want) {
		t.Errorf("All = %v, want %v", seen, want)
	}
	all := errors.Join(errs...)
	for _, number := range []string{"058338", "000001", "nonsense", "058339", "058340"} {
		if !errors.Is(all, ErrCorrupt) || !strings.Contains(all.Error(), number) {
			t.Errorf("%s is not reported in:\n%v", number, all)
		}
	}
	if len(errs) != 5 {
		t.Errorf("%d errors, want 5:\n%v", len(errs), all)
	}
}

func TestNothingOutsideTheFolderIsReadOrWritten(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	if err := os.Symlink(outside, filepath.Join(dir, submissionsDir, "000")); err != nil {
		t.Fatal(err)
	}
	if info, err := put(s, a, "body", noon); err == nil {
		t.Errorf("Commit through a link to the outside = %+v", info)
	}
	if _, err := s.Stat(a); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("Stat through a link to the outside: %v, want it refused", err)
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 0 {
		t.Errorf("outside now holds %v, %v", left, err)
	}
}

func TestConcurrentWritersOfDifferentSubmissions(t *testing.T) {
	s := openTest(t, t.TempDir())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 10 {
				a := mustAccession(t, fmt.Sprintf("0001628280-25-%06d", 1+j*8+i))
				body := invented(20_000, uint64(j*8+i))
				if info, err := put(s, a, body, noon); err != nil || !info.Created || info.Revision != 1 {
					t.Errorf("%s: %+v, %v", a, info, err)
				}
				if got, err := read(s, a, 0); err != nil || got != body {
					t.Errorf("%s: read %d bytes, %v", a, len(got), err)
				}
			}
		})
	}
	wg.Wait()
	if seen, errs := walked(s); len(seen) != 80 || len(errs) != 0 {
		t.Errorf("All: %d submissions, %v; want 80", len(seen), errs)
	}
	if len(s.unsettled) != 0 {
		t.Errorf("unsettled when all is done: %v", s.unsettled)
	}
}

func TestConcurrentWritersOfTheSameSubmission(t *testing.T) {
	s := openTest(t, t.TempDir())
	a := mustAccession(t, "0001628280-25-058337")
	var wg sync.WaitGroup
	infos := make([]Info, 12)
	for i := range infos {
		wg.Go(func() {
			info, err := put(s, a, fmt.Sprint("body ", i%3), noon)
			if err != nil {
				t.Error(err)
			}
			infos[i] = info
		})
	}
	wg.Wait()
	created := 0
	for i, info := range infos {
		if info.Created {
			created++
		}
		if got, err := read(s, a, info.Revision); err != nil || got != fmt.Sprint("body ", i%3) {
			t.Errorf("writer %d: its revision %d reads %q, %v", i, info.Revision, got, err)
		}
	}
	if all, err := s.Revisions(a); err != nil || len(all) != created || created < 3 {
		t.Errorf("%d revisions, %d created, %v; want as many, at least 3", len(all), created, err)
	}
}

func TestTheArchiveWorksInsideASynctestBubble(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		a := mustAccession(t, "0001628280-25-058337")
		mustPut(t, s, a, invented(600_000, 10))
		r, _, err := s.Open(a, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		io.CopyN(io.Discard, r, 1000) // abandoned half-way
		if err := s.Verify(a, 0); err != nil {
			t.Error(err)
		}
		synctest.Wait() // deadlocks the bubble if a goroutine were left behind
	})
}

func TestCountingTellsHowManySubmissionsAWalkComesUpon(t *testing.T) {
	s := openTest(t, t.TempDir())
	for i, number := range []string{"0000320193-24-000001", "0000320193-24-000002", "0000320193-24-001002", "0001628280-25-058337", "0000320193-24-000001"} {
		if _, err := put(s, mustAccession(t, number), invented(1000, uint64(i)), time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Count(t.Context()); n != 4 || err != nil {
		t.Errorf("counted %d, %v; want 4", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if n, err := s.Count(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, it counted %d, %v", n, err)
	}
}
