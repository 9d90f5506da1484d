package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestPackedFilesAreKnownByTheirFirstBytes(t *testing.T) {
	text := strings.Repeat("a line of text\n", 1000)
	var gz, zs bytes.Buffer
	g := gzip.NewWriter(&gz)
	z, err := zstd.NewWriter(&zs)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []io.WriteCloser{g, z} {
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string][]byte{"plain": []byte(text), "gzip": gz.Bytes(), "zstd": zs.Bytes()} {
		path := filepath.Join(t.TempDir(), "misleading.pdf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{path, "-"} {
			r, err := openInput(from, bytes.NewReader(data))
			if err != nil {
				t.Errorf("%s from %s: %v", name, from, err)
				continue
			}
			got, err := io.ReadAll(r)
			if err != nil || string(got) != text {
				t.Errorf("%s from %s: got %d bytes, %v; want %d", name, from, len(got), err, len(text))
			}
			if err := r.Close(); err != nil {
				t.Errorf("%s from %s: %v", name, from, err)
			}
		}
	}
}

func TestWhatCannotBeOpenedSaysWhyWithoutItsName(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(dir, "missing"): "no such file or directory",
		dir:                           "is a directory: name the files in it",
	} {
		if _, err := openInput(path, nil); err == nil || reasonOf(err) != want {
			t.Errorf("openInput(%q): got %v, want %q", path, err, want)
		}
	}
	if r, err := openInput("-", strings.NewReader("")); err != nil {
		t.Errorf("empty input: %v", err)
	} else if got, err := io.ReadAll(r); err != nil || len(got) != 0 {
		t.Errorf("empty input: got %q, %v", got, err)
	}
}
