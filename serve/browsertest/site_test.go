package browsertest

import (
	"net/http/httptest"
	"path/filepath"
	"testing"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/serve/guard"
)

// site is a made world, crawled, and the server of what was found.
type site struct {
	url     string
	world   *edgartest.World
	crawler *crawl.Crawler
}

func newSite(t *testing.T) *site {
	t.Helper()
	dir := t.TempDir()
	s := &site{world: edgartest.Demo()}
	addMore(t, s.world)
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	ar, err := archive.Open(filepath.Join(dir, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ar.Close() })
	s.crawler, err = crawl.New(crawl.Config{
		UserAgent: "Jane Doe jane@doe.example", BaseURL: "http://127.0.0.1:1", Transport: s.world,
		StateDir: filepath.Join(dir, "state"), ListingsDir: filepath.Join(dir, "listings"), Index: ix, Archive: ar,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.pass(t)
	server, err := serve.New(serve.Config{
		Index: index.Of(ix), Archive: ar,
		Read: func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error) {
			return crawl.ReadFiling(ix, ar, a, revision)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	web := httptest.NewServer(guard.Handler(guard.Config{}, server))
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	s.url = web.URL
	return s
}

// pass brings the archive up to the world.
func (s *site) pass(t *testing.T) {
	t.Helper()
	if _, err := s.crawler.Sync(t.Context(), crawl.Scope{From: day(t, "1994-01-01"), Forms: edgar.CurrentReports()}); err != nil {
		t.Fatal(err)
	}
}

func day(t *testing.T, text string) edgar.Date {
	t.Helper()
	d, err := edgar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
