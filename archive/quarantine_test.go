package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

func TestWhatIsQuarantinedIsOutOfTheArchiveAndNotLost(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	for revision, body := range []string{"one", "two"} {
		if info := mustPut(t, s, a, body); info.Revision != revision+1 {
			t.Fatalf("revision %d, want %d", info.Revision, revision+1)
		}
	}
	for _, tt := range []struct {
		revision int
		left     []string
	}{{2, []string{"0001628280-25-058337 1"}}, {1, nil}} {
		was, err := os.ReadFile(filepath.Join(dir, fileName(a, tt.revision)))
		if err != nil {
			t.Fatal(err)
		}
		to, err := s.Quarantine(a, tt.revision, "two\nlines")
		if err != nil {
			t.Fatal(err)
		}
		if now, err := os.ReadFile(filepath.Join(dir, to)); err != nil || !slices.Equal(now, was) {
			t.Errorf("%s has other bytes, %v", to, err)
		}
		reason, err := os.ReadFile(filepath.Join(dir, to+".reason"))
		if err != nil || !strings.Contains(string(reason), "from: "+fileName(a, tt.revision)+"\nreason: two lines\n") {
			t.Errorf("the reason beside it is %q, %v", reason, err)
		}
		if seen, errs := walked(s); !slices.Equal(seen, tt.left) || len(errs) != 0 {
			t.Errorf("left are %q, %q; want %q", seen, errs, tt.left)
		}
	}
	if _, err := s.Stat(a); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Stat: %v, want that it is not there", err)
	}
	if info := mustPut(t, s, a, "one"); info.Revision != 1 || !info.Created {
		t.Errorf("fetched again it is %+v, want revision 1 created", info)
	}
}

func TestEveryDamagedCopyOfARevisionIsKept(t *testing.T) {
	s := openTest(t, t.TempDir())
	a := mustAccession(t, "0001628280-25-058337")
	var names []string
	for range 3 {
		mustPut(t, s, a, "body")
		to, err := s.Quarantine(a, 1, "damaged")
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, to)
	}
	want := []string{"quarantine/0001628280-25-058337.1.txt.zst", "quarantine/0001628280-25-058337.1-2.txt.zst", "quarantine/0001628280-25-058337.1-3.txt.zst"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestAStrayIsQuarantinedByItsName(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	name := "submissions/000/0001628280-25-058337.txt.zst"
	mustPut(t, s, mustAccession(t, "0000000001-25-000001"), "a folder to be in")
	damage(t, filepath.Join(dir, name), []byte("lost"))
	var stray *StrayError
	for _, err := range s.All() {
		errors.As(err, &stray)
	}
	if stray == nil || stray.Name != name || s.Stray(name) == nil {
		t.Fatalf("the walk finds %v, want %s", stray, name)
	}
	if _, err := s.QuarantineStray(name, stray.Error()); err != nil {
		t.Fatal(err)
	}
	if err := s.Stray(name); err != nil {
		t.Errorf("it is still there: %v", err)
	}
	if seen, errs := walked(s); len(seen) != 1 || len(errs) != 0 {
		t.Errorf("left are %q, %q; want the one sound submission", seen, errs)
	}
}

func TestAFaultOrCrashAtAnyStepOfAQuarantineLosesNothing(t *testing.T) {
	for failAt := range 10 {
		for _, crash := range []bool{false, true} {
			t.Run(fmt.Sprintf("%02d/crash %t", failAt, crash), func(t *testing.T) {
				dir := t.TempDir()
				s := openTest(t, dir)
				a := mustAccession(t, "0001628280-25-058337")
				mustPut(t, s, a, "body")
				before, err := os.ReadFile(filepath.Join(dir, fileName(a, 1)))
				if err != nil {
					t.Fatal(err)
				}
				real := s.disk
				b := saboteur{failAt: failAt, crash: crash}
				s.disk = b.wrap(real)
				_, err = s.Quarantine(a, 1, "damaged")
				if failed := failAt > 0 && failAt <= len(b.log); failed != errors.Is(err, errInjected) && failAt != 5 { // what is left of an earlier reason
					t.Errorf("%q failing: %v", b.log, err)
				}
				if copies(t, dir, before) == 0 {
					t.Errorf("after %q the bytes are gone", b.log)
				}
				s.disk = real
				if _, err := s.Quarantine(a, 1, "damaged"); err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("once more: %v", err)
				}
				if _, err := s.Stat(a); !errors.Is(err, fs.ErrNotExist) || copies(t, dir, before) != 1 {
					t.Errorf("in the end: %v, %d copies; want it gone from its place, and one copy", err, copies(t, dir, before))
				}
			})
		}
	}
}

// copies counts the names below the archive of files with these bytes.
func copies(t *testing.T, dir string, bytes []byte) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(name)
		if slices.Equal(b, bytes) {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAWalkGoesOnAfterAnySubmission(t *testing.T) {
	s := openTest(t, t.TempDir())
	var all []edgar.Accession
	for _, n := range []string{"0000000001-25-000001", "0000000001-25-000999", "0000000001-25-001000", "0001628280-24-000001", "0001628280-25-058337", "0999999999-99-999999"} {
		a := mustAccession(t, n)
		mustPut(t, s, a, n)
		all = append(all, a)
	}
	for i, a := range append([]edgar.Accession{{}}, all...) {
		var got []edgar.Accession
		for info, err := range s.After(a) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, info.Accession)
		}
		if !slices.Equal(got, all[i:]) {
			t.Errorf("after %v come %v, want %v", a, got, all[i:])
		}
	}
	between := mustAccession(t, "0001628280-25-000000")
	for info := range s.After(between) {
		if info.Accession != all[4] {
			t.Errorf("after %v comes %v, want %v", between, info.Accession, all[4])
		}
		break
	}
}
