package serve_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/serve/guard"
)

// submissions are the hashes of what a house holds.
func (h *house) submissions(t *testing.T) map[edgar.Accession]string {
	t.Helper()
	held := make(map[edgar.Accession]string)
	for f, err := range h.store.All(index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		held[f.Accession] = f.SHA256
	}
	return held
}

// follower is an empty house that is to be filled from a server.
func follower(t *testing.T, url string) (*house, *crawl.Crawler) {
	t.Helper()
	h, err := openHouse(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close(); h.ar.Close() })
	c, err := crawl.New(crawl.Config{
		UserAgent: "Test test@example.com", BaseURL: url, StateDir: filepath.Join(h.dir, "state"),
		ListingsDir: filepath.Join(h.dir, "listings"), Index: h.store, Archive: h.ar,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, c
}

func TestASecondArchiveFillsItselfFromTheServerOfTheFirst(t *testing.T) {
	first := newHouse(t)
	url := httptest.NewServer(guard.Handler(guard.Config{}, first))
	defer url.Close()
	second, c := follower(t, url.URL)
	scope := crawl.Scope{From: edgar.FirstQuarter().First()}
	r, err := c.Sync(t.Context(), scope)
	if diff := cmp.Diff(first.submissions(t), second.submissions(t)); diff != "" || err != nil || r.Deferred+r.Rejected > 0 {
		t.Errorf("report %+v, %v; -first +second:\n%s", r, err, diff)
	}
	if r, err = c.Sync(t.Context(), scope); err != nil || r.Recorded+r.FilingRequests > 0 {
		t.Errorf("again: %+v, %v; want nothing fetched", r, err)
	}
}

func TestADamagedSubmissionIsCutOffOnTheWireToo(t *testing.T) {
	h := newHouse(t)
	p, err := h.store.Find(index.Query{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	f := p.Filings[0]
	files, _ := filepath.Glob(filepath.Join(h.dir, "archive/submissions/*/*/*/*/*", f.Accession.String()+".txt.zst"))
	if len(files) != 1 {
		t.Fatalf("archived as %q", files)
	}
	b, err := os.ReadFile(files[0])
	if err == nil {
		b[len(b)/3] ^= 1
		err = os.WriteFile(files[0], b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	url := httptest.NewServer(guard.Handler(guard.Config{}, h))
	defer url.Close()
	for _, coding := range []string{"identity", "gzip"} {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url.URL+edgar.SubmissionPath(f.Filers[0].CIK, f.Accession), nil)
		r.Header.Set("Accept-Encoding", coding)
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue
		}
		var body io.Reader = res.Body
		if res.Header.Get("Content-Encoding") == "gzip" {
			body, err = gzip.NewReader(res.Body)
		}
		if err == nil {
			_, err = io.Copy(io.Discard, body)
		}
		if !errors.Is(err, io.ErrUnexpectedEOF) && res.StatusCode == http.StatusOK {
			t.Errorf("%s: status %d, %v; want a body that is cut off", coding, res.StatusCode, err)
		}
		res.Body.Close()
	}
}
