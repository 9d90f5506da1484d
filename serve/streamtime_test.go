package serve_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/serve"
)

// client is who reads a stream, or does not: what is written waits until it is read,
// and fails at the deadline.
type client struct {
	*io.PipeReader
	into     *io.PipeWriter
	header   http.Header
	status   int
	deadline time.Time
}

func (c *client) Header() http.Header                { return c.header }
func (c *client) WriteHeader(status int)             { c.status = status }
func (c *client) SetWriteDeadline(t time.Time) error { c.deadline = t; return nil }
func (c *client) Flush()                             {}

func (c *client) Write(b []byte) (int, error) {
	late := time.AfterFunc(time.Until(c.deadline), func() {
		c.into.CloseWithError(os.ErrDeadlineExceeded)
		c.PipeReader.CloseWithError(os.ErrDeadlineExceeded)
	})
	defer late.Stop()
	return c.into.Write(b)
}

// ask asks s for a path in a goroutine; done is closed when it has answered.
func ask(ctx context.Context, s *serve.Server, path string) (c *client, done chan struct{}) {
	c, done = &client{header: http.Header{}}, make(chan struct{})
	c.PipeReader, c.into = io.Pipe()
	go func() {
		defer close(done)
		s.ServeHTTP(c, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		c.into.Close()
	}()
	return c, done
}

// still is an index and a Server of it that counts how often it asks.
type still struct {
	*serve.Server
	store *index.Store
	made  *indextest.Population
	asked atomic.Int64
}

func newStill(t *testing.T) *still {
	st := &still{made: indextest.NewPopulation(100)}
	var err error
	if st.store, err = index.Open(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.store.Close() })
	st.Server = serverOf(t, func(question func(index.Reader) error) error {
		st.asked.Add(1)
		return question(st.store)
	})
	t.Cleanup(func() { st.Server.Close() })
	return st
}

func (st *still) record(t *testing.T, n int) {
	t.Helper()
	if err := st.store.Record(st.made.At(n)); err != nil {
		t.Fatal(err)
	}
}

func TestTheIndexIsLookedAtForAllStreamsTogetherAndOnlyWhileThereAreAny(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := newStill(t)
		ctx, leave := context.WithCancel(t.Context())
		const streams = 10
		var ends []chan struct{}
		for range streams {
			c, done := ask(ctx, st.Server, "/api/v1/stream")
			go io.Copy(io.Discard, c)
			ends = append(ends, done)
			synctest.Wait()
		}
		st.asked.Store(0)
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		if n := st.asked.Load(); n != 40 {
			t.Errorf("%d looks in ten seconds for %d streams, want 40", n, streams)
		}
		leave()
		for _, done := range ends {
			<-done
		}
		time.Sleep(time.Second)
		synctest.Wait()
		st.asked.Store(0)
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := st.asked.Load(); n != 0 {
			t.Errorf("%d looks when nobody listens", n)
		}
	})
}

// transcript is what a stream said since it was last looked at.
type transcript struct {
	mu   sync.Mutex
	text []byte
}

func (tr *transcript) Write(b []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.text = append(tr.text, b...)
	return len(b), nil
}

func (tr *transcript) take() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	said := string(tr.text)
	tr.text = nil
	return said
}

func TestAStreamWithNothingToSayShowsThatItIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := newStill(t)
		c, _ := ask(t.Context(), st.Server, "/api/v1/stream?item=1.04")
		said := new(transcript)
		go io.Copy(said, c)
		synctest.Wait()
		said.take()
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if got := said.take(); got != ": nothing new\n\n" {
			t.Errorf("within 20 s it says %q", got)
		}
		st.record(t, 0) // which is left out
		time.Sleep(20 * time.Second)
		synctest.Wait()
		e, err := st.store.Edition()
		if got, want := said.take(), ": nothing new\nid: "+e.String()+"\n\n"; err != nil || got != want {
			t.Errorf("after a change that does not match it says %q, want %q", got, want)
		}
		if err := st.Server.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestAClientThatDoesNotReadIsCutOffAndKeepsNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := newStill(t)
		_, slow := ask(t.Context(), st.Server, "/api/v1/stream") // does not read a byte
		c, _ := ask(t.Context(), st.Server, "/api/v1/stream")
		quick := hear(t, c)
		for n := range 5 {
			st.record(t, n)
			quick.take(t, 1)
		}
		began := time.Now()
		<-slow
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("cut off after %v, want 10 s at most", took)
		}
		st.record(t, 5)
		quick.take(t, 1)
		if err := st.Server.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestAClientThatHasGoneIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := newStill(t)
		c, done := ask(t.Context(), st.Server, "/api/v1/stream")
		heard := hear(t, c)
		c.CloseWithError(io.ErrClosedPipe)
		st.record(t, 0)
		<-done
		if _, ok := heard.next(); ok {
			t.Error("who has gone hears something")
		}
	})
}
