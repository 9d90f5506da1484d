package serve_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
)

// live is an index of made filings and a Server of it.
type live struct {
	*serve.Server
	url   string
	dir   string
	store *index.Store
	made  *indextest.Population
}

// newLive opens the index of dir, which may be new, and serves it until the test ends.
func newLive(t *testing.T, dir string) *live {
	t.Helper()
	l := &live{dir: dir, made: indextest.NewPopulation(4000)}
	var err error
	if l.store, err = index.Open(dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.store.Close() })
	l.Server = serverOf(t, index.Of(l.store))
	server := httptest.NewServer(l.Server)
	t.Cleanup(server.Close)
	t.Cleanup(func() { l.Server.Close() }) // first, for the other waits for streams
	l.url = server.URL
	return l
}

func serverOf(t *testing.T, ask index.Asking) *serve.Server {
	t.Helper()
	ar, err := archive.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ar.Close() })
	s, err := serve.New(serve.Config{Index: ask, Archive: ar, Read: func(index.Reader, edgar.Accession, int) (*parse.Filing, error) {
		return nil, index.ErrNotFound
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// record records the made filings from one number up to another, one by one.
func (l *live) record(t *testing.T, from, to int) {
	t.Helper()
	for n := from; n < to; n++ {
		if err := l.store.Record(l.made.At(n)); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *live) edition(t *testing.T) index.Edition {
	t.Helper()
	e, err := l.store.Edition()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// event is one as it was heard.
type event struct{ name, id, data string }

// sequence is the number in its id.
func (e event) sequence(t *testing.T) uint64 {
	t.Helper()
	ed, err := index.ParseEdition(e.id)
	if err != nil {
		t.Fatalf("event %+v: %v", e, err)
	}
	return ed.Sequence
}

func (e event) accession(t *testing.T) string {
	t.Helper()
	f, err := index.UnmarshalFiling([]byte(e.data))
	if err != nil {
		t.Fatalf("event %+v: %v", e, err)
	}
	return f.Accession.String()
}

// listening is a client of a stream.
type listening struct {
	lines *bufio.Scanner
	body  io.ReadCloser
	id    string // the last one heard
}

// listen connects to a stream, and hears where it begins.
func listen(t *testing.T, url string, lastEventID string) *listening {
	t.Helper()
	resp := connect(t, url, lastEventID)
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || kind != "text/event-stream" {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("%s: status %d, %s: %s", url, resp.StatusCode, kind, body)
	}
	return hear(t, resp.Body)
}

// hear hears where a stream begins.
func hear(t *testing.T, body io.ReadCloser) *listening {
	t.Helper()
	l := &listening{lines: bufio.NewScanner(body), body: body}
	l.lines.Buffer(nil, 1<<20)
	for l.id == "" && l.lines.Scan() {
		l.id, _ = strings.CutPrefix(l.lines.Text(), "id: ")
		if l.id == l.lines.Text() {
			l.id = ""
		}
	}
	return l
}

func connect(t *testing.T, url, lastEventID string) *http.Response {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// next waits for the next event; not ok when the stream has ended.
func (l *listening) next() (e event, ok bool) {
	for l.lines.Scan() {
		field, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch field {
		case "event":
			e.name = value
		case "id":
			e.id, l.id = value, value
		case "data":
			e.data += value + "\n"
		case "":
			if e.data != "" {
				return e, true
			}
			e = event{}
		}
	}
	return event{}, false
}

// take waits for so many events.
func (l *listening) take(t *testing.T, n int) (es []event) {
	t.Helper()
	for range n {
		e, ok := l.next()
		if !ok {
			t.Fatalf("the stream ended after %d events, want %d", len(es), n)
		}
		es = append(es, e)
	}
	return es
}

// consecutive fails unless the events have all numbers from one on, each once.
func consecutive(t *testing.T, es []event, first uint64) {
	t.Helper()
	for i, e := range es {
		if got := e.sequence(t); got != first+uint64(i) {
			t.Errorf("event %d has number %d, want %d", i, got, first+uint64(i))
			return
		}
	}
}
