//go:build unix

package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/edgard/edgartest"
)

// edgarServer is a world on loopback that processes can ask, and that can be
// waited for: to be asked, and to have answered.
type edgarServer struct {
	*edgartest.World
	url string

	mu       sync.Mutex
	waiting  map[chan struct{}]int // requests still to come
	arrivals []time.Time
	conns    map[net.Conn]bool // that are open
	closed   chan struct{}     // one was
}

func serveEDGAR(t *testing.T, w *edgartest.World) *edgarServer {
	t.Helper()
	e := &edgarServer{World: w, waiting: map[chan struct{}]int{}, conns: map[net.Conn]bool{}, closed: make(chan struct{}, 1)}
	srv := httptest.NewUnstartedServer(e)
	srv.Config.ConnContext = withConn
	srv.Config.ConnState = e.note
	srv.Start()
	t.Cleanup(srv.Close)
	e.url = srv.URL
	return e
}

func (e *edgarServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := arrivedAt(r)
	e.mu.Lock()
	e.arrivals = append(e.arrivals, at)
	for c := range e.waiting {
		if e.waiting[c]--; e.waiting[c] <= 0 {
			close(c)
			delete(e.waiting, c)
		}
	}
	e.mu.Unlock()
	e.World.ServeHTTP(w, r)
}

// note is the server's word on its connections.
func (e *edgarServer) note(c net.Conn, state http.ConnState) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch state {
	case http.StateNew:
		e.conns[c] = true
	case http.StateClosed:
		delete(e.conns, c)
		select {
		case e.closed <- struct{}{}:
		default:
		}
	}
}

// after returns a channel that is closed when n more requests have come.
func (e *edgarServer) after(n int) <-chan struct{} {
	c := make(chan struct{})
	if n == 0 {
		close(c)
		return c
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.waiting[c] = n
	return c
}

// settle returns when every request of processes that have ended is in the log.
// The kernel holds what a process sent beyond its end: a connection until the
// server takes it, in turn, and its last request until the server reads it. No
// process may be asking meanwhile.
func (e *edgarServer) settle(t *testing.T) {
	t.Helper()
	last, err := net.Dial("tcp", strings.TrimPrefix(e.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_ = last.(*net.TCPConn).CloseWrite()
	_, _ = io.Copy(io.Discard, last) // until the server, having taken it, hangs up
	last.Close()
	patience := time.After(time.Minute)
	for e.open() > 0 {
		select {
		case <-e.closed:
		case <-patience:
			t.Fatalf("%d connections are open, a minute after their processes ended", e.open())
		}
	}
}

func (e *edgarServer) open() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.conns)
}
