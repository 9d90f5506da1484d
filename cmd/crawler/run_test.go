package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// run executes the command that args name, as main does, and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return newApp(stdin, stdout, stderr).run(ctx, args)
}

// crawler runs the program in this process, as in a pipe.
func crawler(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

// must runs the program and returns its output; it must end with 0.
func must(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := crawler(t, args...)
	if code != exitDone {
		t.Fatalf("crawler %s: exit code %d: %s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

// recorded puts n made filings into the index of a new data directory, one a
// day, the oldest first.
func recorded(t *testing.T, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ar, err := archive.Open(filepath.Join(dir, archiveFolder))
	if err != nil {
		t.Fatal(err)
	}
	fs := make([]*parse.Filing, 0, n)
	for i := range n {
		fs = append(fs, madeFiling(t, i))
	}
	if err := ix.Record(fs...); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if err := ar.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func madeFiling(t *testing.T, i int) *parse.Filing {
	t.Helper()
	day, err := edgar.NewDate(2015, time.January, 1)
	if err != nil {
		t.Fatal(err)
	}
	acc, err := edgar.ParseAccession(fmt.Sprintf("0009000001-15-%06d", i+1))
	if err != nil {
		t.Fatal(err)
	}
	cik, err := edgar.CIKFromInt(9000001)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return &parse.Filing{
		Schema: parse.SchemaVersion, Parser: parse.ParserVersion, Accession: acc, Form: edgar.CurrentReports()[0], Filed: day.AddDays(i),
		Filers: []parse.Filer{{Role: "filer", CIK: cik, Name: "Meridian Kelp Works Inc"}},
		Items:  []parse.Item{{Number: "8.01", Title: "Other Events", Text: "Text.", Source: parse.SourceBoth}},
		Seen:   at, Recorded: at, SHA256: strings.Repeat("ab", 32), Size: 1000, Revision: 1,
	}
}

func TestEveryPageOfALongListIsPrintedOnceNewestFirst(t *testing.T) {
	dir := recorded(t, 1000)
	lines := strings.Split(strings.TrimSpace(must(t, "list", "--data", dir, "--limit", "0")), "\n")
	if len(lines) != 1001 {
		t.Fatalf("%d lines, want a header and 1,000 filings", len(lines))
	}
	for i, line := range lines[1:] {
		want := madeFiling(t, 999-i)
		if !strings.HasPrefix(line, want.Filed.String()+"  8-K   9000001  Meridian Kelp Works Inc  8.01   ") || !strings.HasSuffix(line, want.Accession.String()) {
			t.Fatalf("line %d is %q, want %s of %s", i+1, line, want.Accession, want.Filed)
		}
	}
}

func TestTheTokenOfAPageLeadsThroughTheWholeList(t *testing.T) {
	dir := recorded(t, 25)
	var got []string
	args := []string{"list", "--data", dir, "--limit", "10", "--json"}
	for range 4 {
		stdout, stderr, code := crawler(t, args...)
		if code != exitDone {
			t.Fatal(stderr)
		}
		for line := range strings.Lines(stdout) {
			_, rest, _ := strings.Cut(line, `"accession":"`)
			got = append(got, rest[:20])
		}
		_, rest, more := strings.Cut(stderr, "--after ")
		if !more {
			break
		}
		token, _, _ := strings.Cut(rest, ",")
		args = []string{"list", "--data", dir, "--limit", "10", "--json", "--after", token}
	}
	var want []string
	for i := range 25 {
		want = append(want, madeFiling(t, 24-i).Accession.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnIndexHeldByAnotherProcessIsNoMisuse(t *testing.T) {
	dir := recorded(t, 1)
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, args := range [][]string{{"list"}, {"status"}, {"show", "0009000001-15-000001"}, {"reindex"}} {
		stdout, stderr, code := crawler(t, append(args, "--data", dir)...)
		if code != exitOurs || stdout != "" || !strings.Contains(stderr, "in use by another crawler") {
			t.Errorf("%v: exit code %d, %q, %q; want %d and a word about the other process", args, code, stdout, stderr, exitOurs)
		}
	}
	if stdout, stderr, code := crawler(t, "status", "--check", "--data", dir); code != exitDone || stdout+stderr != "" {
		t.Errorf("the check: exit code %d, %q; want %d and nothing", code, stdout+stderr, exitDone)
	}
}

func TestADamagedIndexFailsTheCheck(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.db"), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := crawler(t, "status", "--check", "--data", dir); code == exitDone || stderr == "" {
		t.Errorf("exit code %d, %q; want a failure", code, stderr)
	}
}

// watchedPipe is a reader of output who looks whether the index is free.
type watchedPipe struct {
	t   *testing.T
	dir string
	n   int
}

func (w *watchedPipe) Write(p []byte) (int, error) {
	w.n++
	ix, err := index.Open(w.dir)
	if err != nil {
		w.t.Errorf("while output is written: %v", err)
		return len(p), nil
	}
	return len(p), ix.Close()
}

func TestNobodyWhoReadsSlowlyHoldsTheIndex(t *testing.T) {
	world, err := edgartest.FromFS(os.DirFS("testdata/filings"))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(world)
	defer srv.Close()
	t.Setenv("EDGARD_STATE_DIR", t.TempDir())
	dir := t.TempDir()
	must(t, "sync", "--from", "2024Q1", "--to", "2024Q1", "--base-url", srv.URL, "--user-agent", "Jane Doe jane@doe.example", "--data", dir)
	const acc = "0009000001-24-000007"
	for _, args := range [][]string{{"list", "--limit", "0"}, {"list", "--json"}, {"status"}, {"show", acc}, {"show", acc, "--raw"}, {"show", acc, "--exhibit", "99.1"}} {
		w := &watchedPipe{t: t, dir: dir}
		var errs bytes.Buffer
		if code := run(t.Context(), append(args, "--data", dir), nil, w, &errs); code != exitDone || w.n == 0 {
			t.Errorf("%v: exit code %d, %d writes, %s", args, code, w.n, errs.String())
		}
	}
}

func TestAReaderWhoGoesAwayEndsACommandQuietly(t *testing.T) {
	dir := recorded(t, 3)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	var errs bytes.Buffer
	if code := run(t.Context(), []string{"list", "--data", dir}, nil, w, &errs); code != 141 || errs.Len() > 0 {
		t.Errorf("exit code %d, %q; want 141 and silence", code, errs.String())
	}
}

func TestAFilingWhoseBytesAreGoneIsOurFault(t *testing.T) {
	dir := recorded(t, 1)
	_, stderr, code := crawler(t, "show", "0009000001-15-000001", "--data", dir)
	if code != exitOurs || stderr == "" {
		t.Errorf("exit code %d, %q; want %d and a reason", code, stderr, exitOurs)
	}
}

func TestAStoppedReindexLeavesTheOldIndexInPlace(t *testing.T) {
	dir := recorded(t, 3)
	before := must(t, "list", "--data", dir)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(signalled{syscall.SIGTERM})
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"reindex", "--data", dir}, nil, &out, &errs); code != 143 {
		t.Errorf("exit code %d, want 143; it said %q", code, errs.String())
	}
	if diff := cmp.Diff(before, must(t, "list", "--data", dir)); diff != "" {
		t.Errorf("the list changed (-before +after):\n%s", diff)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*rebuild*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A submission of 1995 may have no header: what the listing said of it is all
// that is known.
func TestShowTellsFormAndDateAsListDoesWhereTheHeaderTellsNone(t *testing.T) {
	dir := t.TempDir()
	h, err := openHoldings(dir, "sync", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	f := madeFiling(t, 0)
	w, err := h.archive.Create(f.Accession)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, "<DOCUMENT>\n<TYPE>EX-27\n<TEXT>\nA schedule.\n</TEXT>\n</DOCUMENT>\n")
	info, err := w.Commit(f.Seen)
	if err != nil {
		t.Fatal(err)
	}
	f.SHA256, f.Size = fmt.Sprintf("%x", info.SHA256), info.Size
	if err := errors.Join(h.store.Record(f), h.Close()); err != nil {
		t.Fatal(err)
	}
	out := must(t, "show", f.Accession.String(), "--json", "--data", dir)
	for _, want := range []string{`"accession":"` + f.Accession.String() + `"`, `"form":"8-K"`, `"filed":"2015-01-01"`, `"url":"https://`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q does not hold %q", out, want)
		}
	}
}
