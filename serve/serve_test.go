package serve_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
)

// house is the demo's world, crawled, and a Server of it.
type house struct {
	*serve.Server
	dir   string
	world *edgartest.World
	store *index.Store
	ar    *archive.Store
}

// crawled is a data directory into which the demo's world was crawled, once for all
// tests, which copy it.
var crawled = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "edgard-serve-"); err != nil {
		return "", err
	}
	h, err := openHouse(dir)
	if err != nil {
		return dir, err
	}
	return dir, errors.Join(h.crawl(), h.store.Close(), h.ar.Close())
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, _ := crawled(); dir != "" {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// newHouse is a house of a test's own.
func newHouse(t testing.TB, edit ...func(*serve.Config)) *house {
	t.Helper()
	from, err := crawled()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close(); h.ar.Close() })
	h.open(t, edit...)
	return h
}

// open makes the Server.
func (h *house) open(t testing.TB, edit ...func(*serve.Config)) {
	t.Helper()
	cfg := serve.Config{
		Index: index.Of(h.store), Archive: h.ar,
		Read: func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error) {
			return crawl.ReadFiling(ix, h.ar, a, revision)
		},
	}
	for _, f := range edit {
		f(&cfg)
	}
	var err error
	if h.Server, err = serve.New(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Server.Close() })
}

func openHouse(dir string) (*house, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	h := &house{dir: dir, world: edgartest.Demo()}
	var err error
	if h.store, err = index.Open(dir); err != nil {
		return nil, err
	}
	h.ar, err = archive.Open(filepath.Join(dir, "archive"))
	return h, err
}

// crawl brings the archive up to the world.
func (h *house) crawl() error {
	edgarServer := httptest.NewServer(h.world)
	defer edgarServer.Close()
	c, err := crawl.New(crawl.Config{
		UserAgent: "Test test@example.com", BaseURL: edgarServer.URL, StateDir: filepath.Join(h.dir, "state"),
		ListingsDir: filepath.Join(h.dir, "listings"), Index: h.store, Archive: h.ar,
	})
	if err != nil {
		return err
	}
	first, err := edgar.ParseDate("1994-01-01")
	if err != nil {
		return err
	}
	_, err = c.Sync(context.Background(), crawl.Scope{From: first, Forms: edgar.CurrentReports()})
	return err
}

// get asks for a path as a browser does.
func (h *house) get(path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheFirstPageListsFilingsNewestFirst(t *testing.T) {
	h := newHouse(t)
	w := h.get("/")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	newest, older := strings.Index(w.Body.String(), "Glasswing"), strings.Index(w.Body.String(), "Thistledown")
	if newest < 0 || older < newest {
		t.Errorf("Glasswing at %d, Thistledown at %d", newest, older)
	}
}
