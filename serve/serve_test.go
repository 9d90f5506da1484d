package serve_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
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

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{dir: t.TempDir(), world: edgartest.Demo()}
	var err error
	if h.store, err = index.Open(h.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	if h.ar, err = archive.Open(filepath.Join(h.dir, "archive")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ar.Close() })
	h.crawl(t)
	h.Server, err = serve.New(serve.Config{
		Index: index.Of(h.store), Archive: h.ar,
		Read: func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error) {
			return crawl.ReadFiling(ix, h.ar, a, revision)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Server.Close() })
	return h
}

// crawl brings the archive up to the world.
func (h *house) crawl(t *testing.T) {
	t.Helper()
	edgarServer := httptest.NewServer(h.world)
	defer edgarServer.Close()
	c, err := crawl.New(crawl.Config{
		UserAgent: "Test test@example.com", BaseURL: edgarServer.URL, StateDir: filepath.Join(h.dir, "state"),
		ListingsDir: filepath.Join(h.dir, "listings"), Index: h.store, Archive: h.ar,
	})
	if err != nil {
		t.Fatal(err)
	}
	first, err := edgar.ParseDate("1994-01-01")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Sync(t.Context(), crawl.Scope{From: first, Forms: edgar.CurrentReports()}); err != nil {
		t.Fatal(err)
	}
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
