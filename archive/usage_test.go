package archive

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestUsageIsTheSumOfAllFiles(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	for _, a := range []string{"0000900001-24-000001", "0000900001-24-000002", "0000900002-24-000001"} {
		mustPut(t, s, mustAccession(t, a), "body of "+a)
	}
	mustPut(t, s, mustAccession(t, "0000900001-24-000001"), "another revision")
	var want Usage
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(path)
		want.Files++
		want.Bytes += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rests := 0
	got, err := s.Usage(t.Context(), func() error { rests++; return nil })
	if err != nil || got != want || got.Files < 4 || rests < 10 {
		t.Errorf("%+v, %v, %d rests; want %+v and a rest for each folder", got, err, rests, want)
	}
}

func TestUsageEndsWithWhoAsked(t *testing.T) {
	s := openTest(t, t.TempDir())
	mustPut(t, s, mustAccession(t, "0000900001-24-000001"), "a body")
	enough := errors.New("enough")
	if _, err := s.Usage(t.Context(), func() error { return enough }); !errors.Is(err, enough) {
		t.Errorf("%v, want the error of rest", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(enough)
	if _, err := s.Usage(ctx, func() error { return nil }); !errors.Is(err, enough) {
		t.Errorf("%v, want the cause of the context", err)
	}
}
