package durable_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/edgard/durable"
)

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "cursor.json")
	for _, text := range []string{"first", "second, and longer", ""} {
		if err := durable.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); string(got) != text || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, text)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v; want it the owner's alone", info.Mode(), err)
	}
	full := filepath.Join(dir, "full")
	if err := os.MkdirAll(filepath.Join(full, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Write(full, []byte("text")); err == nil {
		t.Error("a directory was replaced by a file")
	}
	if err := durable.Write(filepath.Join(dir, "none", "f"), []byte("text")); err == nil {
		t.Error("a file was written where there is no directory")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v; want the two that were there", left, err)
	}
}

func TestDirectoriesAreMadeWithThoseAbove(t *testing.T) {
	deep := filepath.Join(t.TempDir(), "a", "b", "c")
	for range 2 {
		if err := durable.MkdirAll(deep, 0o750); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(deep); err != nil || !info.IsDir() || info.Mode().Perm()&0o027 != 0 {
		t.Errorf("got %v, %v", info, err)
	}
	file := filepath.Join(deep, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := durable.MkdirAll(filepath.Join(file, "below"), 0o750); err == nil {
		t.Error("a directory was made below a file")
	}
}

func TestAFileTakesThePlaceOfAnother(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "new"), filepath.Join(dir, "old")
	for name, text := range map[string]string{from: "new", to: "old"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := durable.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(to); string(got) != "new" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if err := durable.Rename(from, to); err == nil {
		t.Error("what is not there was renamed")
	}
}
