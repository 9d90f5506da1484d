package export

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// put writes a file through an Output.
func put(t *testing.T, path, content string) {
	t.Helper()
	o, err := Create(path)
	if err == nil {
		_, err = io.WriteString(o, content)
	}
	if err == nil {
		err = o.Commit()
	}
	if err == nil {
		err = o.Abort() // does nothing any more
	}
	if err != nil {
		t.Fatal(err)
	}
}

// names lists a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name())
	}
	return strings.Join(names, " ")
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAFileHasItsNameWhenItIsWholeAndNotBefore(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	put(t, path, "old")
	o, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(o, strings.Repeat("new ", 1<<20)); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "old" {
		t.Errorf("before Commit it holds %.20q, want old", got)
	}
	if err := o.Abort(); err != nil || names(t, dir) != "out" {
		t.Errorf("after Abort there is %s, %v, want out alone", names(t, dir), err)
	}
	put(t, path, "new")
	if got := content(t, path); got != "new" || names(t, dir) != "out" {
		t.Errorf("%q in %s, want new in out alone", got, names(t, dir))
	}
}

func TestWhatIsNoFileIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir:                             "is a directory: name a file in it",
		os.DevNull:                      "is no file that can be replaced",
		filepath.Join(dir, "no", "out"): "there is no directory " + filepath.Join(dir, "no") + ": make it first",
	} {
		if _, err := Create(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestThroughALinkTheFileItNamesIsWritten(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	put(t, file, "old")
	if err := os.Symlink("file", link); err != nil {
		t.Skip("no symbolic links here")
	}
	put(t, link, "new")
	if got := content(t, file); got != "new" || names(t, dir) != "file link" {
		t.Errorf("%q in %s, want new behind the link", got, names(t, dir))
	}
}

func TestAFileIsPackedAsItsNameSays(t *testing.T) {
	dir, want := t.TempDir(), strings.Repeat("the same again\n", 1000)
	open := map[string]func(io.Reader) (io.Reader, error){
		"a.jsonl":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"a.jsonl.gz":  func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"a.jsonl.zst": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	}
	for name, unpack := range open {
		path := filepath.Join(dir, name)
		put(t, path, want)
		first := content(t, path)
		r, err := unpack(strings.NewReader(first))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, %v, want %d", name, len(got), err, len(want))
		}
		if put(t, path, want); content(t, path) != first {
			t.Errorf("%s: the same is not the same bytes", name)
		}
	}
}

// disk is a stream that is a file, or is full.
type disk struct {
	bytes.Buffer
	synced int
	err    error
}

func (d *disk) Sync() error { d.synced = d.Len(); return d.err }

func TestAStreamIsSyncedWhenItIsWhole(t *testing.T) {
	d := new(disk)
	o := Stream(d)
	_, _ = io.WriteString(o, "all")
	if err := o.Commit(); err != nil || d.synced != 3 || o.Bytes() != 3 {
		t.Errorf("%v, %d of %d bytes synced, want 3", err, d.synced, o.Bytes())
	}
	full := errors.New("full")
	o = Stream(&disk{err: full})
	if err := o.Commit(); !errors.Is(err, full) {
		t.Errorf("%v, want full", err)
	}
	o = Stream(&fails{err: full})
	_, _ = io.WriteString(o, "all")
	if err := o.Commit(); !errors.Is(err, full) {
		t.Errorf("%v, want full", err)
	}
}
