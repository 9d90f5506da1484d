package archive

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// stored commits body and returns the archive's folder and the file it is in.
func stored(t testing.TB, body string) (s *Store, file string) {
	t.Helper()
	dir := t.TempDir()
	s = openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, a, body)
	return s, filepath.Join(dir, fileName(a, 1))
}

func TestEveryFlippedByteIsDetected(t *testing.T) {
	s, file := stored(t, invented(2_000, 6))
	a := mustAccession(t, "0001628280-25-058337")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x01
		damage(t, file, bad)
		if err := s.Verify(a, 0); !errors.Is(err, ErrCorrupt) {
			t.Errorf("byte %d of %d flipped: %v, want ErrCorrupt", i, len(good), err)
		}
	}
}

func damage(t testing.TB, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestDamageToAFileIsErrCorruptNamingTheSubmission(t *testing.T) {
	other := func(b []byte) []byte {
		s, file := stored(t, "other bytes")
		s.Close()
		o, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return append(o[:len(o)-trailerLen:len(o)-trailerLen], b[len(b)-trailerLen:]...)
	}
	tests := []struct {
		name   string
		damage func([]byte) []byte
		stat   bool // Stat, which reads the trailer alone, notices too
	}{
		{"empty", func(b []byte) []byte { return nil }, true},
		{"garbage", func(b []byte) []byte { return bytes.Repeat([]byte("garbage "), 40) }, true},
		{"one byte", func(b []byte) []byte { return b[:1] }, true},
		{"last byte gone", func(b []byte) []byte { return b[:len(b)-1] }, true},
		{"trailer gone", func(b []byte) []byte { return b[:len(b)-trailerLen] }, true},
		{"trailer alone", func(b []byte) []byte { return b[len(b)-trailerLen:] }, true},
		{"byte appended", func(b []byte) []byte { return append(b, 0) }, true},
		{"frame cut in the middle", func(b []byte) []byte { return append(b[:10:10], b[20:]...) }, true},
		{"frame of another submission", other, true},
		{"frame zeroed", func(b []byte) []byte { clear(b[:len(b)-trailerLen]); return b }, false},
		{"frame in disorder", func(b []byte) []byte { b[20], b[21] = b[21]+1, b[20]; return b }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, file := stored(t, invented(1_000, 7))
			a := mustAccession(t, "0001628280-25-058337")
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			damage(t, file, tt.damage(b))
			info, err := s.Stat(a)
			if tt.stat != errors.Is(err, ErrCorrupt) {
				t.Errorf("Stat: %v, want ErrCorrupt: %t", err, tt.stat)
			}
			if info.Accession != a || info.Revision != 1 {
				t.Errorf("Stat = %+v, want accession and revision set", info)
			}
			err = s.Verify(a, 0)
			if !errors.Is(err, ErrCorrupt) || !bytes.Contains([]byte(err.Error()), []byte(a.String())) {
				t.Errorf("Verify: %v, want ErrCorrupt and the accession", err)
			}
		})
	}
}

func TestAFileUnderAnotherNameIsDetected(t *testing.T) {
	s, file := stored(t, "body")
	b := mustAccession(t, "0001628280-25-058338")
	if err := os.Link(file, filepath.Join(filepath.Dir(file), b.String()+suffix)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stat(b); !errors.Is(err, ErrCorrupt) {
		t.Errorf("Stat: %v, want ErrCorrupt", err)
	}
}

func TestFetchingADamagedSubmissionAgainHealsIt(t *testing.T) {
	for _, at := range []int{20, -20} { // in the frame, in the trailer
		s, file := stored(t, invented(1_000, 8))
		a := mustAccession(t, "0001628280-25-058337")
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b[(at+len(b))%len(b)] ^= 0xff
		damage(t, file, b)
		info := mustPut(t, s, a, invented(1_000, 8))
		if info.Revision != 2 || !info.Created {
			t.Errorf("Commit = %+v, want revision 2 created", info)
		}
		if err := s.Verify(a, 0); err != nil {
			t.Errorf("Verify: %v", err)
		}
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, b) {
			t.Errorf("the damaged file was touched, %v", err)
		}
	}
}

func TestADamagedRevisionDoesNotHideTheOthers(t *testing.T) {
	s, file := stored(t, "one")
	a := mustAccession(t, "0001628280-25-058337")
	mustPut(t, s, a, "two")
	damage(t, file, []byte("garbage"))
	infos, err := s.Revisions(a)
	if !errors.Is(err, ErrCorrupt) || len(infos) != 1 || infos[0].Revision != 2 {
		t.Errorf("Revisions = %+v, %v; want the second, and ErrCorrupt", infos, err)
	}
	if got, err := read(s, a, 0); err != nil || got != "two" {
		t.Errorf("newest = %q, %v", got, err)
	}
}

func TestNoMoreIsReadThanTheTrailerPromises(t *testing.T) {
	s, file := stored(t, "tiny")
	a := mustAccession(t, "0001628280-25-058337")
	_, tr, err := s.openFile(a, 1)
	if err != nil {
		t.Fatal(err)
	}
	enc := newEncoder().(*zstd.Encoder)
	bomb := enc.EncodeAll(make([]byte, 64<<20), nil)
	tr.frameLen = int64(len(bomb))
	damage(t, file, tr.append(bomb))
	r, _, err := s.Open(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := io.Copy(io.Discard, r); !errors.Is(err, ErrCorrupt) || n > 4 {
		t.Errorf("read %d bytes, %v; want none and ErrCorrupt", n, err)
	}
}

func TestAClosedReaderReadsNoMore(t *testing.T) {
	s, _ := stored(t, "body")
	r, _, err := s.Open(mustAccession(t, "0001628280-25-058337"), 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, os.ErrClosed) {
		t.Errorf("Read = %d, %v; want 0, fs.ErrClosed", n, err)
	}
}

func TestPlainZstdReadsAFile(t *testing.T) {
	bin, err := exec.LookPath("zstd")
	if err != nil {
		t.Skip("zstd is not installed")
	}
	for _, body := range []string{"", "short", invented(3<<20, 9)} {
		_, file := stored(t, body)
		got, err := exec.Command(bin, "-d", "-c", file).Output()
		if err != nil || string(got) != body {
			t.Errorf("zstd -d: %d bytes, %v; want the %d written", len(got), err, len(body))
		}
	}
}

func TestTheTrailerIsAsDocumented(t *testing.T) {
	want := trailer{Info: Info{
		Accession: mustAccession(t, "0001628280-25-058337"), Revision: 3,
		SHA256: [32]byte{1, 2, 3}, Size: 258, Stored: noon,
	}, frameLen: 77, frameSum: 0xdeadbeef}
	b := want.append([]byte("frame"))[5:]
	head := []byte("\x5e\x2a\x4d\x18\x54\x00\x00\x00edgard\x00\x01\x00\x00\x94\x17\x5a\x97\xd4\x21\x00\x00\x00\x03\xde\xad\xbe\xef")
	if len(b) != trailerLen || !bytes.Equal(b[:len(head)], head) {
		t.Errorf("trailer of %d bytes begins\n%x, want\n%x", len(b), b[:len(head)], head)
	}
	got, err := parseTrailer(b)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(trailer{}), cmp.Comparer(sameAccession)); err != nil || diff != "" {
		t.Errorf("parseTrailer: %v, (-want +got)\n%s", err, diff)
	}
}

func FuzzTrailer(f *testing.F) {
	tr := trailer{Info: Info{Accession: mustAccession(f, "0001628280-25-058337"), Revision: 1, Stored: noon}}
	f.Add(tr.append(nil))
	tr.Cut, tr.OriginalSize = true, 7
	f.Add(tr.append(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		tr, err := parseTrailer(b)
		if err == nil && !bytes.Equal(tr.append(nil), b) {
			t.Errorf("parsed %x, which append would not write", b)
		}
	})
}

// FuzzReader puts any bytes where a submission's frame should be, under a
// trailer that is right about their length and checksum.
func FuzzReader(f *testing.F) {
	s, file := stored(f, "the body of a submission")
	a := mustAccession(f, "0001628280-25-058337")
	whole, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	frame := whole[:len(whole)-trailerLen]
	good, err := parseTrailer(whole[len(frame):])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame)
	f.Add(append(frame[:len(frame):len(frame)], frame...))
	f.Add([]byte("\x28\xb5\x2f\xfd"))
	f.Fuzz(func(t *testing.T, b []byte) {
		tr := good
		sum := frameWriter{write: func(_ *os.File, p []byte) (int, error) { return len(p), nil }}
		sum.Write(b)
		tr.frameLen, tr.frameSum = sum.n, sum.sum
		damage(t, file, tr.append(bytes.Clone(b)))
		got, err := read(s, a, 0)
		if err == nil && got != "the body of a submission" {
			t.Errorf("read %q without an error", got)
		}
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Errorf("%v, want ErrCorrupt", err)
		}
	})
}
