// Package attack holds the whole server, over real sockets on loopback, against what
// hostile clients, hostile sites and hostile filers send.
package attack

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
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
)

// house is an archive of what hostile filers filed, and a server of it.
type house struct {
	dir   string
	store *index.Store
	addr  string // host:port

	answered chan string // paths whose answers came to an end
}

// canary stands in a file beside the archive, which no answer may hold.
const canary = "a file that nobody asked for"

func newHouse(t *testing.T, c guard.Config) *house {
	t.Helper()
	root := t.TempDir()
	h := &house{dir: filepath.Join(root, "data")}
	for _, dir := range []string{root, h.dir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "canary.txt"), []byte(canary), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if h.store, err = index.Open(h.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	ar, err := archive.Open(filepath.Join(h.dir, "archive"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ar.Close() })
	h.crawl(t, ar)
	pages, err := serve.New(serve.Config{
		Index: index.Of(h.store), Archive: ar,
		Read: func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error) {
			return crawl.ReadFiling(ix, ar, a, revision)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	c.Refuse, c.Open = pages.Refuse, []string{"/livez"}
	g, err := guard.Listen(t.Context(), "127.0.0.1:0", c)
	if err != nil {
		t.Fatal(err)
	}
	h.addr = strings.TrimSuffix(strings.TrimPrefix(g.URL(), "http://"), "/")
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error)
	h.answered = make(chan string, 10_000)
	go func() {
		ended <- g.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				select {
				case h.answered <- r.URL.Path:
				default: // this test does not count them
				}
			}()
			pages.ServeHTTP(w, r)
		}))
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		pages.Close()
	})
	return h
}

// crawl fetches what the filers filed.
func (h *house) crawl(t *testing.T, ar *archive.Store) {
	t.Helper()
	world := edgartest.New()
	if err := world.Add(hostile(t)...); err != nil {
		t.Fatal(err)
	}
	c, err := crawl.New(crawl.Config{
		UserAgent: "Jane Doe jane@doe.example", BaseURL: "http://127.0.0.1:1", Transport: world,
		StateDir: filepath.Join(h.dir, "state"), ListingsDir: filepath.Join(h.dir, "listings"), Index: h.store, Archive: ar,
	})
	if err != nil {
		t.Fatal(err)
	}
	from, err := edgar.ParseDate("2024-01-01")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := c.Sync(t.Context(), crawl.Scope{From: from, Forms: edgar.CurrentReports()})
	if err != nil || rep.Recorded != len(hostile(t)) {
		t.Fatalf("recorded %d, %v", rep.Recorded, err)
	}
}

// wait is how long a test waits for an answer.
const wait = 20 * time.Second

// send writes bytes to a connection of its own and returns everything that comes back
// until the server closes it.
func (h *house) send(t *testing.T, raw string) string {
	t.Helper()
	conn := h.dial(t)
	defer conn.Close()
	go func() { _, _ = io.WriteString(conn, raw) }() // it may be closed in the middle
	said, _ := io.ReadAll(conn)                      // a reset is an end, too
	return string(said)
}

func (h *house) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", h.addr)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(wait)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// answer is what a request got.
type answer struct {
	*http.Response
	body string
}

// get asks for a target as it stands, which no client would make nicer, with further
// header lines.
func (h *house) get(t *testing.T, target string, fields ...string) answer {
	t.Helper()
	head := "GET " + target + " HTTP/1.1\r\nHost: " + h.addr + "\r\nConnection: close\r\n"
	for _, f := range fields {
		head += f + "\r\n"
	}
	return read(t, target, h.send(t, head+"\r\n"))
}

func read(t *testing.T, what, said string) answer {
	t.Helper()
	res, err := http.ReadResponse(bufio.NewReader(strings.NewReader(said)), nil)
	if err != nil {
		t.Fatalf("%.100q is answered %.200q: %v", what, said, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%.100q is answered %.200q: %v", what, said, err)
	}
	return answer{res, string(body)}
}

// head is get for paths that may stream: of an answer that does not end, its beginning.
func (h *house) head(t *testing.T, target string, fields ...string) answer {
	t.Helper()
	conn := h.dial(t)
	defer conn.Close()
	head := "GET " + target + " HTTP/1.1\r\nHost: " + h.addr + "\r\nConnection: close\r\n"
	for _, f := range fields {
		head += f + "\r\n"
	}
	if _, err := io.WriteString(conn, head+"\r\n"); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%.100q: %v", target, err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		return answer{res, ""}
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%.100q: %v", target, err)
	}
	return answer{res, string(body)}
}
