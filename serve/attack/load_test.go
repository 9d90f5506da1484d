package attack

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/serve/guard"
)

// sizeOf is how large the index file is.
func (h *house) sizeOf(t *testing.T) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(h.dir, "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// rewrite records every filing anew, many times: where a reader pins an old state of
// the index its file grows with each.
func (h *house) rewrite(t *testing.T, times int) {
	t.Helper()
	page, err := h.store.Find(index.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range times {
		for _, f := range page.Filings {
			f.Recorded = f.Recorded.Add(time.Duration(i) * time.Second)
		}
		if err := h.store.Record(page.Filings...); err != nil {
			t.Fatal(err)
		}
	}
}

// stalled opens connections that ask for paths and never read.
func (h *house) stalled(t *testing.T, n int, paths ...string) (conns []net.Conn) {
	t.Helper()
	for i := range n {
		conn := h.dial(t)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(4 << 10)
		}
		if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n", paths[i%len(paths)], h.addr); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, conn)
	}
	t.Cleanup(func() {
		for _, c := range conns {
			c.Close()
		}
	})
	return conns
}

func TestReadersWhoStallPinNothingAndAreCutOff(t *testing.T) {
	h := newHouse(t, guard.Config{Stall: 2 * time.Second})
	before := h.sizeOf(t)
	paths := []string{"/api/v1/filings/" + giants + "/raw", "/filings/" + giants + "/documents/4", "/api/v1/filings/" + giants, "/Archives/edgar/data/9000013/" + giants + ".txt", "/", "/filings/" + manyItems}
	h.stalled(t, 5*len(paths), paths...)
	h.rewrite(t, 500) // 20 MB where somebody pins a state

	// It grows by 4 MiB ahead of need.
	if grown := h.sizeOf(t) - before; grown > 8<<20 {
		t.Errorf("the index grew by %d bytes while readers stalled", grown)
	}
	if a := h.get(t, "/api/v1/filings"); a.StatusCode != http.StatusOK {
		t.Errorf("beside them: %s", a.Status)
	}
	late := time.After(wait)
	for n := range 5*len(paths) + 1 {
		select {
		case <-h.answered:
		case <-late:
			t.Fatalf("after %v only %d answers have come to an end", wait, n)
		}
	}
}

func TestReadersWhoStallKeepNobodyFromReadingFilings(t *testing.T) {
	h := newHouse(t, guard.Config{Stall: time.Minute})
	h.stalled(t, 12, "/filings/"+giants+"/documents/4", "/filings/"+giants, "/api/v1/filings/"+giants, "/api/v1/filings/"+giants+"/exhibits/99.3")
	for _, path := range []string{"/filings/" + exhibits + "/documents/2", "/filings/" + exhibits, "/api/v1/filings/" + exhibits, "/api/v1/filings/" + exhibits + "/raw"} {
		if a := h.get(t, path); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestConnectionsThatSayNothingKeepNobodyOutForLong(t *testing.T) {
	h := newHouse(t, guard.Config{Stall: 300 * time.Millisecond, Connections: 64})
	for _, begun := range []string{"", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "} {
		var conns []net.Conn
		for range 1000 {
			c := h.dial(t)
			if _, err := io.WriteString(c, begun); err != nil {
				t.Fatal(err)
			}
			conns = append(conns, c)
		}
		for _, c := range conns[200:] {
			c.Close()
		}
		if a := h.get(t, "/livez"); a.StatusCode != http.StatusOK {
			t.Errorf("after a thousand of %q: %s", begun, a.Status)
		}
		for _, c := range conns[:200] {
			c.Close()
		}
	}
}

func TestMoreRequestsThanPlacesAreToldToComeAgain(t *testing.T) {
	h := newHouse(t, guard.Config{Requests: 8})
	streams := h.stalled(t, 8, "/api/v1/stream")
	for _, c := range streams {
		if _, err := io.ReadFull(c, make([]byte, len("HTTP/1.1 200 OK"))); err != nil {
			t.Fatal(err)
		}
	}
	a := h.get(t, "/api/v1/filings")
	if a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" || !strings.Contains(a.body, "try again") {
		t.Errorf("%s, Retry-After %q, %.200s", a.Status, a.Header.Get("Retry-After"), a.body)
	}
	checkHeader(t, "/api/v1/filings", a)
	streams[0].Close()
	for end := time.Now().Add(wait); h.get(t, "/api/v1/filings").StatusCode != http.StatusOK; {
		if time.Now().After(end) {
			t.Fatal("no place is free after a stream ended")
		}
	}
}
