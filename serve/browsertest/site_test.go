package browsertest

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/serve/guard"
	"example.com/edgard/vital"
)

// site is a made world, crawled, and the server of what was found.
type site struct {
	url     string
	world   *edgartest.World
	crawler *crawl.Crawler
	index   *index.Store
	archive *archive.Store
	signs   *vital.Signs
}

// crawled is a data directory into which the made world was crawled, once for all tests,
// which copy it.
var crawled = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "edgard-browser-"); err != nil {
		return "", err
	}
	s, err := openSite(dir)
	if err != nil {
		return dir, err
	}
	return dir, errors.Join(s.sync(context.Background()), s.close())
})

func TestMain(m *testing.M) {
	code := m.Run()
	if !testing.Short() { // which has no browser, and crawls nothing
		dir, _ := crawled()
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// openSite opens a data directory, and what crawls the made world into it.
func openSite(dir string) (s *site, err error) {
	s = &site{signs: new(vital.Signs)}
	if s.world, err = made(); err != nil {
		return nil, err
	}
	if s.index, err = index.Open(dir); err != nil {
		return nil, err
	}
	if s.archive, err = archive.Open(filepath.Join(dir, "archive")); err != nil {
		return nil, errors.Join(err, s.index.Close())
	}
	s.crawler, err = crawl.New(crawl.Config{
		UserAgent: "Jane Doe jane@doe.example", BaseURL: "http://127.0.0.1:1", Transport: s.world,
		StateDir: filepath.Join(dir, "state"), ListingsDir: filepath.Join(dir, "listings"), Index: s.index, Archive: s.archive, Signs: s.signs,
	})
	return s, err
}

func (s *site) close() error { return errors.Join(s.index.Close(), s.archive.Close()) }

// newSite serves a copy of what was crawled.
func newSite(t *testing.T) *site {
	t.Helper()
	from, err := crawled()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	s, err := openSite(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	s.pass(t)
	if err := putOff(s.index); err != nil {
		t.Fatal(err)
	}
	server, err := serve.New(serve.Config{
		Index: index.Of(s.index), Archive: s.archive, Signs: s.signs, Environment: environment(dir),
		Read: func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error) {
			return crawl.ReadFiling(ix, s.archive, a, revision)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	web := httptest.NewServer(guard.Handler(guard.Config{Refuse: server.Refuse}, server))
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	s.url = web.URL
	return s
}

// sync brings the archive up to the world.
func (s *site) sync(ctx context.Context) error {
	first, err := edgar.ParseDate("1994-01-01")
	if err != nil {
		return err
	}
	_, err = s.crawler.Sync(ctx, crawl.Scope{From: first, Forms: edgar.CurrentReports()})
	return err
}

// pass is sync, which must not fail.
func (s *site) pass(t *testing.T) {
	t.Helper()
	if err := s.sync(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// putOff has one submission put off and another given up, for the status to tell.
func putOff(ix *index.Store) error {
	late, err := reported("0009900200-26-000801", "2026-11-19", "8.01")
	gone, err2 := reported("0009900200-26-000802", "2026-11-19", "8.01")
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	rows := func(yield func(parse.Row) bool) {
		for _, s := range []edgartest.Submission{late, gone} {
			if !yield(parse.Row{Form: s.Form, Name: s.Filers[0].Name, CIK: s.Filers[0].CIK, Filed: s.Filed, Accession: s.Accession}) {
				return
			}
		}
	}
	_, err = ix.Discover(index.Listing{Key: "made", Fetched: time.Now()}, rows, time.Now())
	return errors.Join(err,
		ix.Defer(late.Accession, time.Now().Add(time.Hour), "/Archives/edgar/data/9002001/0009900200-26-000801.txt answered HTTP 503"),
		ix.Reject(gone.Accession, "gone"))
}

// environment is what the status tells beside the index.
func environment(dir string) serve.Environment {
	return serve.Environment{
		Data: dir, Rate: 8, Feeds: []string{"getcurrent"},
		Gaps: func(index.Reader, time.Time) ([]serve.Gap, error) {
			return []serve.Gap{{Listing: "2024-02-01", Kind: "unlisted", Detail: "the daily listing was not read"}}, nil
		},
		Pauses: func() ([]serve.Pause, error) {
			return []serve.Pause{{Host: "www.sec.gov", Until: time.Now().Add(time.Hour)}}, nil
		},
		Disk: func() (serve.Disk, error) { return serve.Disk{Free: 40 << 30, Reserve: 512 << 20, Index: 3 << 20}, nil },
	}
}
