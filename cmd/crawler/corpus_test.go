package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/edgar"
)

// corpus returns the folder of real submissions, or skips the test.
func corpus(t testing.TB) string {
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	dir = filepath.Join(dir, "submissions")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpus of real filings: set EDGARD_CORPUS to its folder")
	}
	return dir
}

func submissionsIn(t testing.TB, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	return files
}

func TestDemoOverRealFilingsRecordsEachWithOneRequestAndNoneTwice(t *testing.T) {
	dir := corpus(t)
	n := len(submissionsIn(t, dir))
	t.Setenv("TMPDIR", t.TempDir())
	var got bothPasses
	if err := json.Unmarshal([]byte(must(t, "demo", "--corpus", dir, "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if r := got.Report; r.Listed != n || r.Recorded != n || r.FilingRequests != n || r.Differs() {
		t.Errorf("first pass over %d filings: %+v", n, r)
	}
	if r := got.Again; r.Listed != n || r.Recorded != 0 || r.FilingRequests != 0 || r.Differs() {
		t.Errorf("second pass: %+v, want nothing fetched", r)
	}
}

func TestParseKeepsTheOrderOfManyRealFilings(t *testing.T) {
	files := submissionsIn(t, corpus(t))
	lines := strings.Split(strings.TrimSpace(must(t, append([]string{"parse"}, files...)...)), "\n")
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files", len(lines), len(files))
	}
	for i, line := range lines {
		var got struct {
			File, Error string
			Accession   edgar.Accession
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		if got.File != files[i] || got.Error != "" || !strings.HasPrefix(filepath.Base(files[i]), got.Accession.String()) {
			t.Errorf("line %d is of %s (%s, %q), want %s", i+1, got.File, got.Accession, got.Error, files[i])
		}
	}
}

func BenchmarkParseCommand(b *testing.B) {
	files := submissionsIn(b, corpus(b))
	var size int64
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			b.Fatal(err)
		}
		size += info.Size()
	}
	b.SetBytes(size)
	for b.Loop() {
		var out, errs bytes.Buffer
		if code := run(b.Context(), append([]string{"parse"}, files...), nil, &out, &errs); code != 0 {
			b.Fatal(errs.String())
		}
	}
}
