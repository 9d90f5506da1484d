package export

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// house is a data directory with index and archive open.
type house struct {
	t   testing.TB
	dir string
	ix  *index.Store
	ar  *archive.Store
}

// newHouse imports submissions, files or folders of them.
func newHouse(t testing.TB, paths ...string) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir()}
	var err error
	if h.ix, err = index.Open(h.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ix.Close() })
	if h.ar, err = archive.Open(filepath.Join(h.dir, "archive")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ar.Close() })
	if _, err := crawl.Import(t.Context(), crawl.Config{Index: h.ix, Archive: h.ar}, paths, crawl.Scope{}); err != nil {
		t.Fatal(err)
	}
	return h
}

// demoHouse has the made filings of edgartest.
func demoHouse(t testing.TB) *house {
	t.Helper()
	world, dir := edgartest.Demo(), t.TempDir()
	for _, s := range world.Submissions() {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", edgar.SubmissionPath(s.Filers[0].CIK, s.Accession), nil)
		r.Header.Set("User-Agent", "Jane Doe jane@doe.example")
		if world.ServeHTTP(w, r); w.Code != 200 {
			continue // not public yet
		}
		if err := os.WriteFile(filepath.Join(dir, s.Accession.String()+".txt"), w.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return newHouse(t, dir)
}

// corpus returns the folder of real submissions, or skips the test.
func corpus(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	dir = filepath.Join(dir, "submissions")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpus of real filings: set EDGARD_CORPUS to its folder")
	}
	return dir
}

func (h *house) config(o Options) Config {
	return Config{Options: o, Source: h.ix, Archive: h.ar}
}

// export returns what an export writes; it must not fail.
func (h *house) export(o Options) string {
	h.t.Helper()
	var b bytes.Buffer
	if _, err := h.config(o).Run(h.t.Context(), &b); err != nil {
		h.t.Fatal(err)
	}
	return b.String()
}

// everyOption yields all that may be asked for.
func everyOption() (all []Options) {
	for _, f := range Formats() {
		for _, r := range RowKinds() {
			for _, x := range append(Texts(), NoText) {
				if o := (Options{f, r, x}); o.Check() == nil {
					all = append(all, o)
				}
			}
		}
	}
	return all
}
