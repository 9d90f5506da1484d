package archive

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// putCut commits text as what is left of whole.
func putCut(t testing.TB, s *Store, a edgar.Accession, text, whole string) (Info, error) {
	t.Helper()
	w, err := s.Create(a)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if _, err := w.Write([]byte(text)); err != nil {
		return Info{}, err
	}
	w.Cut(int64(len(whole)), sha256.Sum256([]byte(whole)))
	return w.Commit(noon)
}

func TestACutCopySaysWhatItWas(t *testing.T) {
	s := openTest(t, t.TempDir())
	a := mustAccession(t, "0001628280-25-058337")
	got, err := putCut(t, s, a, "text", "text and pictures")
	want := Info{
		Accession: a, Revision: 1, SHA256: sha256.Sum256([]byte("text")), Size: 4, Stored: noon, Created: true,
		Cut: true, OriginalSize: 17, OriginalSHA256: sha256.Sum256([]byte("text and pictures")),
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(sameAccession)); diff != "" || err != nil {
		t.Errorf("Commit: %v, (-want +got)\n%s", err, diff)
	}
	want.Created = false
	if got, err = s.Stat(a); err != nil || got != want {
		t.Errorf("Stat: %+v, %v; want %+v", got, err, want)
	}
	if size, sum := got.Served(); size != 17 || sum != want.OriginalSHA256 {
		t.Errorf("Served: %d, %x", size, sum)
	}
	if body, err := read(s, a, 0); body != "text" || err != nil {
		t.Errorf("read %q, %v", body, err)
	}
	for info, err := range s.All() {
		if err != nil || info != want {
			t.Errorf("All: %+v, %v", info, err)
		}
	}
}

func TestTheWholeSubmissionTakesThePlaceOfItsCutCopy(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	const whole = "text and pictures"
	if _, err := putCut(t, s, a, "text", whole); err != nil {
		t.Fatal(err)
	}
	old, info, err := s.Open(a, 0)
	if err != nil || !info.Cut {
		t.Fatal(info, err)
	}
	if got := mustPut(t, s, a, whole); !got.Created || got.Revision != 1 || got.Cut {
		t.Errorf("Commit: %+v", got)
	}
	if body, err := read(s, a, 0); body != whole || err != nil {
		t.Errorf("read %q, %v", body, err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(old); err != nil || b.String() != "text" {
		t.Errorf("a reader of the cut copy got %q, %v", b.String(), err)
	}
	old.Close()
	if got, err := putCut(t, s, a, "text", whole); err != nil || got.Created || got.Cut {
		t.Errorf("a cut copy beside the whole: %+v, %v", got, err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, tmpDir)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOtherBytesThanACutCopyWasMadeOfAreARevision(t *testing.T) {
	s := openTest(t, t.TempDir())
	a := mustAccession(t, "0001628280-25-058337")
	if _, err := putCut(t, s, a, "text", "text and pictures"); err != nil {
		t.Fatal(err)
	}
	if got, err := putCut(t, s, a, "tex", "text and pictures"); err != nil || got.Created {
		t.Errorf("cut otherwise: %+v, %v", got, err)
	}
	if got, err := putCut(t, s, a, "text", "text and other pictures"); err != nil || got.Revision != 2 {
		t.Errorf("of another submission: %+v, %v", got, err)
	}
	if got := mustPut(t, s, a, "corrected"); got.Revision != 3 {
		t.Errorf("the whole of another: %+v", got)
	}
}

func TestAFaultWhileACutCopyIsReplacedLeavesOneOfTheTwo(t *testing.T) {
	const whole = "text and pictures"
	steps := []string{"create tmp", "write", "write", "sync file", "rename submissions/000/162/828/025/058/0001628280-25-058337.txt.zst", "sync submissions/000/162/828/025/058"}
	for failAt := 1; failAt <= len(steps); failAt++ {
		for _, crash := range []bool{false, true} {
			dir := t.TempDir()
			s := openTest(t, dir)
			a := mustAccession(t, "0001628280-25-058337")
			if _, err := putCut(t, s, a, "text", whole); err != nil {
				t.Fatal(err)
			}
			b := &saboteur{failAt: failAt, crash: crash}
			s.disk = b.wrap(s.disk)
			_, err := put(s, a, whole, noon)
			if !errors.Is(err, errInjected) || b.log[failAt-1] != steps[failAt-1] {
				t.Errorf("step %d was %q, want %q: %v", failAt, b.log[failAt-1], steps[failAt-1], err)
			}
			s.Close()
			s = openTest(t, dir)
			if body, err := read(s, a, 0); err != nil || body != "text" && body != whole {
				t.Errorf("after %q failed: %q, %v", steps[failAt-1], body, err)
			}
			if left, _ := os.ReadDir(filepath.Join(dir, tmpDir)); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if got := mustPut(t, s, a, whole); got.Revision != 1 || got.Cut {
				t.Errorf("again: %+v", got)
			}
			s.Close()
		}
	}
}

func TestTheTrailerOfACutCopyIsAsDocumented(t *testing.T) {
	want := trailer{Info: Info{
		Accession: mustAccession(t, "0001628280-25-058337"), Revision: 3, SHA256: [32]byte{1, 2, 3}, Size: 258, Stored: noon,
		Cut: true, OriginalSize: 70_000, OriginalSHA256: [32]byte{4, 5},
	}, frameLen: 77, frameSum: 0xdeadbeef}
	b := want.append([]byte("frame"))[5:]
	head := []byte("\x5e\x2a\x4d\x18\x7c\x00\x00\x00edgard\x00\x02")
	if len(b) != trailerLenCut || !bytes.Equal(b[:len(head)], head) || lengthOfTrailer(b) != len(b) {
		t.Errorf("trailer of %d bytes begins\n%x, want\n%x", len(b), b[:len(head)], head)
	}
	got, err := parseTrailer(b)
	if err != nil || got != want {
		t.Errorf("parseTrailer: %+v, %v; want %+v", got, err, want)
	}
}
