package guard

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhereAServerMayListen(t *testing.T) {
	tests := []struct {
		address string
		token   bool
		want    string // "" for well
	}{
		{"127.0.0.1:0", false, ""},
		{"127.0.0.9:8080", false, ""},
		{"[::1]:8080", false, ""},
		{"[::ffff:127.0.0.1]:8080", false, ""},
		{"localhost:8080", false, ""},
		{"0.0.0.0:8080", true, ""},
		{"0.0.0.0:8080", false, "0.0.0.0:8080 can be reached by other machines: that needs a token, of at least 16 characters"},
		{"192.0.2.1:8080", false, "192.0.2.1:8080 can be reached by other machines: that needs a token, of at least 16 characters"},
		{"[::]:8080", false, "[::]:8080 can be reached by other machines: that needs a token, of at least 16 characters"},
		{":8080", true, `":8080" names no host: want 127.0.0.1:8080 for this machine alone, or 0.0.0.0:8080, with a token, for every network`},
		{"8080", true, `"8080" is no address to listen on: want host:port, such as 127.0.0.1:8080`},
		{"localhost:http", true, `"localhost:http" is no address to listen on: want host:port, such as 127.0.0.1:8080`},
		{"localhost:70000", true, `"localhost:70000" is no address to listen on: want host:port, such as 127.0.0.1:8080`},
		{"localhost:00", true, `"localhost:00" is no address to listen on: want host:port, such as 127.0.0.1:8080`},
		{"", true, `"" is no address to listen on: want host:port, such as 127.0.0.1:8080`},
	}
	for _, tt := range tests {
		if got := CheckAddress(tt.address, tt.token); fmt.Sprint(got) != tt.want && (got != nil || tt.want != "") {
			t.Errorf("CheckAddress(%q, %v) = %v, want %q", tt.address, tt.token, got, tt.want)
		}
	}
}

func TestWhatATokenIs(t *testing.T) {
	for token, want := range map[string]bool{
		"0123456789abcdef": true, "~!@#$%^&*()_+=-[]{}": true, "": false, "0123456789abcde": false,
		"0123456789 abcdef": false, "0123456789abcdef\n": false, "0123456789abcdeü": false,
	} {
		if err := CheckToken(token); (err == nil) != want {
			t.Errorf("CheckToken(%q) = %v", token, err)
		}
	}
}

func TestWhatAHostNameIs(t *testing.T) {
	for name, want := range map[string]bool{
		"edgard.example": true, "Edgard.Example": true, "edgard": true, "192.0.2.1": true,
		"": false, "edgard.example:8080": false, "https://edgard.example": false, "edgard.example/": false, "*.example": false, "a b": false, "edgard.example.": false,
	} {
		if err := CheckHost(name); (err == nil) != want {
			t.Errorf("CheckHost(%q) = %v", name, err)
		}
	}
}

func TestListeningElsewhereWithoutAGoodTokenIsRefused(t *testing.T) {
	for _, token := range []string{"", "short"} {
		if s, err := Listen(t.Context(), "0.0.0.0:0", Config{Token: token}); err == nil {
			s.Close()
			t.Errorf("token %q is taken", token)
		}
	}
}

func TestAPortInUseIsToldApart(t *testing.T) {
	first, err := Listen(t.Context(), "127.0.0.1:0", Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	address := strings.Trim(strings.TrimPrefix(first.URL(), "http://"), "/")
	if _, err := Listen(t.Context(), address, Config{}); !errors.Is(err, syscall.EADDRINUSE) || !strings.Contains(err.Error(), "listening on "+address) {
		t.Errorf("second = %v, want that the address is in use", err)
	}
}

// serveOn serves h on a free port of loopback; the base URL has no slash at its end.
func serveOn(t *testing.T, c Config, h http.HandlerFunc) (base string, stop func() error) {
	t.Helper()
	s, err := Listen(t.Context(), "127.0.0.1:0", c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, h) }()
	stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	t.Cleanup(func() { stop() })
	return strings.TrimSuffix(s.URL(), "/"), stop
}

func TestStreamsEndWithTheServerAndAnswersUnderWayAreFinished(t *testing.T) {
	began := make(chan string, 2)
	finish := make(chan bool)
	base, stop := serveOn(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/stream" {
			w.Header().Set("Content-Type", "text/event-stream")
			http.NewResponseController(w).Flush()
			began <- "stream"
			<-r.Context().Done()
			close(finish)
			return
		}
		began <- "page"
		<-finish
		io.WriteString(w, "whole")
	})
	stream, err := http.Get(base + "/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	page := make(chan string, 1)
	go func() {
		res, err := http.Get(base + "/page")
		if err != nil {
			page <- err.Error()
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		page <- fmt.Sprint(string(body), err)
	}()
	<-began
	<-began
	if err := stop(); err != nil {
		t.Errorf("Serve = %v", err)
	}
	if got := <-page; got != "whole<nil>" {
		t.Errorf("page under way: %s", got)
	}
	if rest, err := io.ReadAll(stream.Body); err != nil || len(rest) > 0 {
		t.Errorf("stream ended with %q, %v", rest, err)
	}
	if _, err := http.Get(base + "/page"); err == nil {
		t.Error("the port is still served")
	}
}

func TestTheFirstFlushOfAStreamGoesOutAtOnceAlsoToWhoWouldTakeItPacked(t *testing.T) {
	base, _ := serveOn(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	r, _ := http.NewRequest("GET", base, nil)
	r.Header.Set("Accept-Encoding", "gzip, zstd")
	res, err := http.DefaultTransport.RoundTrip(r) // returns with the header
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Encoding"); got != "" {
		t.Errorf("coding %q", got)
	}
}

func TestAnAnswerThatBreaksOffIsNotTakenForWhole(t *testing.T) {
	for _, accepts := range []string{"", "gzip", "zstd"} {
		base, _ := serveOn(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, strings.Repeat("half ", 10_000))
			panic("in the middle")
		})
		r, _ := http.NewRequest("GET", base, nil)
		r.Header.Set("Accept-Encoding", accepts)
		res, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			_, err = io.Copy(io.Discard, res.Body)
			res.Body.Close()
		}
		if err == nil {
			t.Errorf("Accept-Encoding %q: no error", accepts)
		}
	}
}

// pipes is a listener whose connections are pipes, for tests in a bubble of time.
type pipes struct {
	conns chan net.Conn
	ended chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.ended:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.ended); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// inBubble serves h to one connection, whose other end use gets.
func inBubble(t *testing.T, h http.HandlerFunc, use func(t *testing.T, conn net.Conn)) {
	synctest.Test(t, func(t *testing.T) {
		l := &pipes{make(chan net.Conn), make(chan struct{})}
		s := &Server{Config{}.complete(), l}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Serve(ctx, h) }()
		ours, theirs := net.Pipe()
		l.conns <- theirs
		use(t, ours)
		ours.Close()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
}

const question = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

func TestAReaderThatStallsIsCutOff(t *testing.T) {
	var cut chan time.Duration // of the bubble
	inBubble(t, func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		_, err := w.Write(make([]byte, 10<<20))
		if err == nil {
			t.Error("all was written to nobody")
		}
		cut <- time.Since(began)
	}, func(t *testing.T, conn net.Conn) {
		cut = make(chan time.Duration, 1)
		io.WriteString(conn, question)
		if got := <-cut; got != 10*time.Second {
			t.Errorf("cut off after %v, want 10s", got)
		}
	})
}

func TestALongAnswerThatIsReadSlowlyLives(t *testing.T) {
	inBubble(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(100*piece))
		w.Write(make([]byte, 100*piece))
	}, func(t *testing.T, conn net.Conn) {
		io.WriteString(conn, question)
		br := bufio.NewReader(conn)
		res, err := http.ReadResponse(br, nil)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		for range 100 {
			if _, err := io.CopyN(io.Discard, res.Body, piece); err != nil {
				t.Fatalf("after %v: %v", time.Since(began), err)
			}
			time.Sleep(5 * time.Second)
		}
	})
}

func TestAStreamThatIsSilentForLongGoesOn(t *testing.T) {
	inBubble(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for range 3 {
			time.Sleep(10 * time.Minute)
			io.WriteString(w, "data: x\n\n")
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	}, func(t *testing.T, conn net.Conn) {
		io.WriteString(conn, question)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(res.Body); err != nil || string(body) != "data: x\n\ndata: x\n\ndata: x\n\n" {
			t.Errorf("stream %q, %v", body, err)
		}
	})
}

func TestWhoNeverStatesItsRequestIsCutOff(t *testing.T) {
	for _, part := range []string{"", "GET / HTT", "GET / HTTP/1.1\r\nHost: localhost\r\nX: ", question + "GET / HTTP/1.1\r\nHo"} {
		inBubble(t, func(w http.ResponseWriter, r *http.Request) {}, func(t *testing.T, conn net.Conn) {
			began := time.Now()
			go io.WriteString(conn, part)
			if _, err := io.ReadAll(conn); err != nil {
				t.Errorf("%q: %v", part, err)
			}
			if got := time.Since(began); got > time.Minute+10*time.Second {
				t.Errorf("%q: cut off after %v", part, got)
			}
		})
	}
}

func TestABodyThatNeverComesHoldsNothing(t *testing.T) {
	inBubble(t, func(w http.ResponseWriter, r *http.Request) { t.Error("asked") }, func(t *testing.T, conn net.Conn) {
		began := time.Now()
		go io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
		answer, err := io.ReadAll(conn)
		if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 413 ") || time.Since(began) > 10*time.Second {
			t.Errorf("%q, %v after %v", answer, err, time.Since(began))
		}
	})
}
