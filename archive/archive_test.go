package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

var noon = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)

func mustAccession(t testing.TB, s string) edgar.Accession {
	t.Helper()
	a, err := edgar.ParseAccession(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func openTest(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func put(s *Store, a edgar.Accession, body string, stored time.Time) (Info, error) {
	w, err := s.Create(a)
	if err != nil {
		return Info{}, err
	}
	defer w.Abort()
	if _, err := io.WriteString(w, body); err != nil {
		return Info{}, err
	}
	return w.Commit(stored)
}

func mustPut(t testing.TB, s *Store, a edgar.Accession, body string) Info {
	t.Helper()
	info, err := put(s, a, body, noon)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func read(s *Store, a edgar.Accession, revision int) (string, error) {
	r, _, err := s.Open(a, revision)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

// invented makes text of n bytes that compresses about as submissions of that
// size do, five to one: words between the same few tags.
func invented(n int, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields("the Company results of operations Tidewater Lantern Holdings quarter agreement pursuant to Exchange Act, 2025 December")
	const (
		cell      = `</td><td style="vertical-align:bottom;text-align:right"><span style="font-size:10pt">`
		paragraph = `</span></p><p style="margin-top:12pt;text-indent:24.5pt"><span style="font-family:'Times New Roman'">`
	)
	var b strings.Builder
	for b.Len() < n {
		switch rng.IntN(8) {
		case 0:
			b.WriteString(paragraph)
		case 1, 2:
			fmt.Fprintf(&b, "%s%d,%03d", cell, rng.IntN(900), rng.IntN(1000))
		default:
			b.WriteString(words[rng.IntN(len(words))] + " ")
		}
	}
	return b.String()[:n]
}

// snapshot lists every file below dir with its bytes, and every folder.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			out[p] = "folder"
			return err
		}
		b, err := os.ReadFile(p)
		out[p] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatIsCommittedIsReadBackByteForByte(t *testing.T) {
	s := openTest(t, t.TempDir())
	for i, body := range []string{"", "a", "\x00\xff\r\n", invented(70_000, 1), invented(3<<20, 2)} {
		a := mustAccession(t, fmt.Sprintf("0001628280-25-%06d", i+1))
		info := mustPut(t, s, a, body)
		if !info.Created || info.Revision != 1 || info.Size != int64(len(body)) || !info.Stored.Equal(noon) {
			t.Errorf("body %d: Commit = %+v", i, info)
		}
		got, err := read(s, a, 0)
		if err != nil || got != body {
			t.Errorf("body %d: read %d bytes, %v; want the %d written", i, len(got), err, len(body))
		}
		stat, err := s.Stat(a)
		info.Created = false
		if diff := cmp.Diff(info, stat, cmp.Comparer(sameAccession)); err != nil || diff != "" {
			t.Errorf("body %d: Stat: %v, (-committed +got)\n%s", i, err, diff)
		}
	}
}

func sameAccession(a, b edgar.Accession) bool { return a == b }

func TestTheSameBytesAgainChangeNothing(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	first := mustPut(t, s, a, "body")
	before := snapshot(t, dir)
	again, err := put(s, a, "body", noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	first.Created = false
	if diff := cmp.Diff(first, again, cmp.Comparer(sameAccession)); diff != "" {
		t.Errorf("second Commit (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

func TestDifferentBytesBecomeARevisionBesideTheFirst(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	bodies := []string{"one", "two", "three", "one"}
	for i, body := range bodies {
		before := snapshot(t, dir)
		if info := mustPut(t, s, a, body); info.Revision != i+1 || !info.Created {
			t.Errorf("commit %d: %+v, want revision %d created", i, info, i+1)
		}
		after := snapshot(t, dir)
		for name, b := range before {
			if after[name] != b {
				t.Errorf("commit %d changed %s", i, name)
			}
		}
	}
	for i, body := range bodies {
		if got, err := read(s, a, i+1); err != nil || got != body {
			t.Errorf("revision %d = %q, %v; want %q", i+1, got, err, body)
		}
	}
	infos, err := s.Revisions(a)
	if err != nil || len(infos) != len(bodies) || infos[0].Revision != 1 || infos[3].Revision != 4 {
		t.Errorf("Revisions = %+v, %v", infos, err)
	}
	if info, err := s.Stat(a); err != nil || info.Revision != 4 {
		t.Errorf("Stat = %+v, %v; want revision 4", info, err)
	}
}

func TestTheNumberOfRevisionsIsBounded(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, a, "one")
	last := filepath.Join(dir, fileName(a, maxRevisions))
	if err := os.MkdirAll(filepath.Dir(last), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(last, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if info, err := put(s, a, "two", noon); err == nil {
		t.Errorf("revision %d was made, want none beyond %d", info.Revision, maxRevisions)
	}
}

func TestWhatIsNotThereIsErrNotExist(t *testing.T) {
	s := openTest(t, t.TempDir())
	present := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, present, "body")
	for _, a := range []edgar.Accession{{}, mustAccession(t, "0001628280-25-058338"), mustAccession(t, "0000320193-24-000001")} {
		_, err1 := s.Stat(a)
		_, err2 := s.Revisions(a)
		_, _, err3 := s.Open(a, 0)
		_, _, err4 := s.Open(a, 1)
		for i, err := range []error{err1, err2, err3, err4, s.Verify(a, 0)} {
			if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%q, call %d: %v, want fs.ErrNotExist", a, i, err)
			}
		}
	}
	for _, revision := range []int{-1, 2, 1 << 40} {
		if _, _, err := s.Open(present, revision); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open revision %d: %v, want fs.ErrNotExist", revision, err)
		}
	}
}

func TestAnAbortedWriterLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	before := snapshot(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	w, err := s.Create(a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, invented(500_000, 3)); err != nil || w.Size() != 500_000 {
		t.Fatalf("Write: size %d, %v", w.Size(), err)
	}
	for range 2 {
		if err := w.Abort(); err != nil {
			t.Errorf("Abort: %v", err)
		}
	}
	if _, err := w.Write([]byte("x")); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Write after Abort: %v, want fs.ErrClosed", err)
	}
	if _, err := w.Commit(noon); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Commit after Abort: %v, want fs.ErrClosed", err)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

func TestABodyWithoutEndIsRefusedAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	s.max = 1000
	before := snapshot(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	if _, err := put(s, a, strings.Repeat("x", 1001), noon); !errors.Is(err, ErrTooLarge) {
		t.Errorf("1,001 bytes: %v, want ErrTooLarge", err)
	}
	w, err := s.Create(a)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(w, strings.NewReader(strings.Repeat("x", 5000))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Copy = %d, %v, want ErrTooLarge", n, err)
	}
	if _, err := w.Commit(noon); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Commit afterwards: %v, want ErrTooLarge", err)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
	if _, err := put(s, a, strings.Repeat("x", 1000), noon); err != nil {
		t.Errorf("1,000 bytes: %v", err)
	}
}

func TestASecondWriterOfTheArchiveIsLockedOut(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	if _, err := Open(dir); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), dir) {
		t.Errorf("second Open: %v, want ErrLocked that names the folder", err)
	}
	ro, err := OpenReadOnly(dir)
	if err != nil {
		t.Fatalf("OpenReadOnly beside the writer: %v", err)
	}
	defer ro.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openTest(t, dir)
}

func TestAReadOnlyStoreNeverWrites(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenReadOnly(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("OpenReadOnly of nothing: %v, want fs.ErrNotExist", err)
	}
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, a, "one")
	mustPut(t, s, a, "two")
	inProgress, err := s.Create(a)
	if err != nil {
		t.Fatal(err)
	}
	defer inProgress.Abort()
	before := snapshot(t, dir)

	ro, err := OpenReadOnly(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if _, err := ro.Create(a); !errors.Is(err, ErrReadOnly) {
		t.Errorf("Create: %v, want ErrReadOnly", err)
	}
	if got, err := read(ro, a, 0); err != nil || got != "two" {
		t.Errorf("read %q, %v", got, err)
	}
	for _, err := range ro.All() {
		if err != nil {
			t.Error(err)
		}
	}
	if _, err := ro.Revisions(a); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

func TestARelativeFolderWithNewParentsIsMade(t *testing.T) {
	t.Chdir(t.TempDir())
	s := openTest(t, filepath.Join("some", "new", "place"))
	mustPut(t, s, mustAccession(t, "0001628280-25-058337"), "body")
	if _, err := os.Stat("some/new/place/submissions/000/162/828/025/058/0001628280-25-058337.txt.zst"); err != nil {
		t.Error(err)
	}
}

func TestWritesInPiecesHashAsOne(t *testing.T) {
	s := openTest(t, t.TempDir())
	body := invented(300_000, 4)
	a, b := mustAccession(t, "0001628280-25-000001"), mustAccession(t, "0001628280-25-000002")
	whole := mustPut(t, s, a, body)
	w, err := s.Create(b)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for chunk := range slices.Chunk([]byte(body), 777) {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	pieces, err := w.Commit(noon)
	if err != nil || pieces.SHA256 != whole.SHA256 || pieces.Size != whole.Size {
		t.Errorf("in pieces %+v, %v; whole %+v", pieces, err, whole)
	}
}
