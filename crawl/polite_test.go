package crawl

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const testAgent = "Edgard Test ops@edgard.dev"

// server answers without sockets and remembers when it was asked for what.
type server struct {
	mu     sync.Mutex
	times  []time.Time
	asked  []string
	answer func(*http.Request) (status int, header http.Header, body string)
}

func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.times, s.asked = append(s.times, time.Now()), append(s.asked, r.Method+" "+r.URL.Path)
	s.mu.Unlock()
	status, header, body := 200, http.Header{}, "ok"
	if s.answer != nil {
		status, header, body = s.answer(r)
	}
	if header == nil {
		header = http.Header{}
	}
	if r.Method == http.MethodHead {
		body = ""
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}, nil
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.times)
}

func newDoor(t *testing.T, s http.RoundTripper, dir string, rate float64) *polite {
	t.Helper()
	b, err := newBudget(dir, "sec.gov", rate)
	if err != nil {
		t.Fatal(err)
	}
	return newPolite(s, testAgent, b)
}

func newPages(t *testing.T, door http.RoundTripper) *collector {
	t.Helper()
	www, data, err := roots("http://edgar.test")
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCollector(www, data, testAgent, door)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestARateAboveNineIsRefused(t *testing.T) {
	for _, rate := range []float64{9.01, 10, 1000, -1, 0} {
		var misuse *MisuseError
		if err := checkRate(rate, false); !errors.As(err, &misuse) {
			t.Errorf("checkRate(%v) = %v, want a MisuseError", rate, err)
		}
	}
	if err := checkRate(9.5, true); err == nil {
		t.Error("a rate above 9 passes against loopback, want it refused")
	}
	for _, rate := range []float64{0.1, 8, 9} {
		if err := checkRate(rate, false); err != nil {
			t.Errorf("checkRate(%v) = %v, want nil", rate, err)
		}
	}
	if err := checkRate(0, true); err != nil {
		t.Errorf("unlimited against loopback: %v, want nil", err)
	}
}

func Test101FetchesAtEightASecondTakeTwelveAndAHalfSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := new(server)
		pages := newPages(t, newDoor(t, s, t.TempDir(), 8))
		start := time.Now()
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 12 {
					if _, err := pages.get(t.Context(), "/a", nil, io.Discard, 10); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for range 5 {
			if _, err := pages.get(t.Context(), "/a", nil, io.Discard, 10); err != nil {
				t.Error(err)
			}
		}
		if got, want := time.Since(start), 12500*time.Millisecond; got != want {
			t.Errorf("101 fetches took %v, want %v", got, want)
		}
		if got := busiestSecond(s.times); got > 9 {
			t.Errorf("%d requests in one second, want at most 9", got)
		}
	})
}

// busiestSecond returns the most requests in any second, both ends counted.
func busiestSecond(times []time.Time) (most int) {
	for i := range times {
		n := 0
		for _, t := range times[i:] {
			if t.Sub(times[i]) <= time.Second {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func TestRedirectsRetriesAndHeadTakeTheirOwnSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{answer: func(r *http.Request) (int, http.Header, string) {
			if r.URL.Path == "/from" {
				return 301, http.Header{"Location": {"/to"}}, ""
			}
			return 200, nil, "ok"
		}}
		pages := newPages(t, newDoor(t, s, t.TempDir(), 8))
		start := time.Now()
		if _, err := pages.get(t.Context(), "/from", nil, io.Discard, 10); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := pages.get(t.Context(), "/again", nil, io.Discard, 10); err != nil {
				t.Fatal(err)
			}
		}
		if err := pages.visit(t.Context(), http.MethodHead, "/head", nil); err != nil {
			t.Fatal(err)
		}
		want := "GET /from, GET /to, GET /again, GET /again, HEAD /head"
		if got := strings.Join(s.asked, ", "); got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
		if got, want := time.Since(start), 4*125*time.Millisecond; got != want {
			t.Errorf("5 requests took %v, want %v", got, want)
		}
	})
}

func TestRequestsThatNetHTTPSendsAgainWaitForTheirOwnSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := new(server)
		resend := roundTripper(func(r *http.Request) (*http.Response, error) {
			traceGotConn(r)
			traceGotConn(r) // the kept connection was dead: sent once more
			return s.RoundTrip(r)
		})
		door := newDoor(t, resend, t.TempDir(), 8)
		pages := newPages(t, door)
		start := time.Now()
		for range 3 {
			if _, err := pages.get(t.Context(), "/a", nil, io.Discard, 10); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := time.Since(start), 625*time.Millisecond; got != want {
			t.Errorf("3 fetches of 2 sendings each took %v, want %v", got, want)
		}
		if got := door.requests.Load(); got != 6 {
			t.Errorf("counted %d requests, want 6", got)
		}
	})
}

func TestTwoProcessesShareOneBudgetAndARestartKeepsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := new(server), t.TempDir()
		var wg sync.WaitGroup
		for range 2 {
			pages := newPages(t, newDoor(t, s, dir, 8))
			for range 4 {
				wg.Go(func() {
					for range 10 {
						pages.get(t.Context(), "/a", nil, io.Discard, 10)
					}
				})
			}
		}
		wg.Wait()
		newPages(t, newDoor(t, s, dir, 8)).get(t.Context(), "/after-restart", nil, io.Discard, 10)
		if got := busiestSecond(s.times); got > 9 {
			t.Errorf("%d requests in one second, want at most 9", got)
		}
		if got, want := s.times[80].Sub(s.times[0]), 10*time.Second; got != want {
			t.Errorf("81 requests of three processes took %v, want %v", got, want)
		}
	})
}

func TestSlotsTakenWhileConnectionsAreMadeAreNotUsedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := new(server), t.TempDir()
		slow := roundTripper(func(r *http.Request) (*http.Response, error) {
			time.Sleep(time.Until(time.Now().Truncate(3 * time.Second).Add(3 * time.Second))) // all at once
			traceGotConn(r)
			return s.RoundTrip(r)
		})
		start := time.Now()
		var wg sync.WaitGroup
		for range 3 {
			pages := newPages(t, newDoor(t, slow, dir, 8))
			for range 8 {
				wg.Go(func() {
					for range 3 {
						pages.get(t.Context(), "/a", nil, io.Discard, 10)
					}
				})
			}
		}
		wg.Wait()
		if got := busiestSecond(s.times); got > 9 || len(s.times) != 72 {
			t.Errorf("%d requests, %d in one second; want 72 and at most 9", len(s.times), got)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

func TestNothingIsWrittenToAConnectionThatWasMadeIntoACoolDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn, far := net.Pipe()
		defer far.Close()
		var b *budget
		door := newDoor(t, roundTripper(func(r *http.Request) (*http.Response, error) {
			if _, err := b.throttled(t.Context(), "another process"); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Second) // making the connection
			httptrace.ContextClientTrace(r.Context()).GotConn(httptrace.GotConnInfo{Conn: conn})
			if _, err := conn.Write([]byte("GET")); err == nil {
				t.Error("the request was written")
			}
			return nil, r.Context().Err()
		}), t.TempDir(), 8)
		b = door.budget
		var throttled *ThrottledError
		if _, err := newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10); !errors.As(err, &throttled) {
			t.Errorf("got %v, want a ThrottledError", err)
		}
	})
}

func TestThrottlingStopsEveryProcessForTenMinutesThenHalvesTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		throttle := true
		s := &server{answer: func(*http.Request) (int, http.Header, string) {
			if throttle {
				return 403, nil, throttlePage
			}
			return 200, nil, "ok"
		}}
		dir := t.TempDir()
		pages := newPages(t, newDoor(t, s, dir, 8))
		start := time.Now()
		_, err := pages.get(t.Context(), "/a", nil, io.Discard, 10)
		var throttled *ThrottledError
		if !errors.As(err, &throttled) || !throttled.Until.Equal(start.Add(CoolDown)) || !throttled.First {
			t.Fatalf("first answer throttled: %v, want a ThrottledError until %v that doubts the User-Agent", err, start.Add(CoolDown))
		}
		throttle = false
		other := newPages(t, newDoor(t, s, dir, 8))
		for range 20 {
			if _, err := other.get(t.Context(), "/b", nil, io.Discard, 10); !errors.As(err, &throttled) {
				t.Fatalf("during the cool-down: %v, want a ThrottledError", err)
			}
			time.Sleep(20 * time.Second)
		}
		if got := s.count(); got != 1 {
			t.Errorf("%d requests by the end of the cool-down, want 1", got)
		}
		time.Sleep(time.Until(throttled.Until))
		start = time.Now()
		for range 5 {
			if _, err := other.get(t.Context(), "/c", nil, io.Discard, 10); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := time.Since(start), 4*250*time.Millisecond; got != want {
			t.Errorf("5 requests after the cool-down took %v, want %v", got, want)
		}
		time.Sleep(CoolDown)
		start = time.Now()
		for range 5 {
			other.get(t.Context(), "/d", nil, io.Discard, 10)
		}
		if got, want := time.Since(start), 4*125*time.Millisecond; got != want {
			t.Errorf("5 requests after recovery took %v, want %v", got, want)
		}
	})
}

func TestAPatientCrawlerWaitsTheCoolDownOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		s := &server{answer: func(*http.Request) (int, http.Header, string) {
			if n++; n == 1 {
				return 429, nil, ""
			}
			return 200, nil, "ok"
		}}
		door := newDoor(t, s, t.TempDir(), 8)
		door.patient = true
		start := time.Now()
		if _, err := newPages(t, door).get(t.Context(), "/a", nil, io.Discard, 10); err != nil {
			t.Fatal(err)
		}
		if got := time.Since(start); got < CoolDown || got > CoolDown+time.Second {
			t.Errorf("answered after %v, want just over %v", got, CoolDown)
		}
		if s.count() != 2 {
			t.Errorf("%d requests, want 2", s.count())
		}
	})
}

func TestAnUndeclaredToolIsToldSo(t *testing.T) {
	s := &server{answer: func(*http.Request) (int, http.Header, string) { return 403, nil, undeclaredPage }}
	_, err := newPages(t, newDoor(t, s, t.TempDir(), 0)).get(t.Context(), "/a", nil, io.Discard, 10)
	var undeclared *UndeclaredError
	if !errors.As(err, &undeclared) {
		t.Errorf("got %v, want an UndeclaredError", err)
	}
}

func TestWaitingForATokenEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pages := newPages(t, newDoor(t, new(server), t.TempDir(), 0.01))
		pages.get(t.Context(), "/a", nil, io.Discard, 10)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := pages.get(ctx, "/b", nil, io.Discard, 10)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > time.Second {
			t.Errorf("got %v after %v, want a deadline within a second", err, time.Since(start))
		}
	})
}
