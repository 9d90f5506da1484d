//go:build unix

package serve_test

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/serve/guard"
)

// How BenchmarkLoad asks, and what happens meanwhile.
const (
	loadFilings     = 200_000
	loadConnections = 16
	loadRecording   = time.Second / 8 // a filing each
)

// BenchmarkLoad asks for lists over 16 connections to a server of 200,000 made filings,
// behind its guard, while 8 filings a second are recorded: the same list, or that of
// another issuer each time, as a page or as JSON.
//
//	go test ./serve -run '^$' -bench Load -benchtime 10s
//
// It reports requests a second, the 99th percentile of the times that answers took in
// milliseconds, the largest heap in MB, and the processor's time for a request in
// microseconds, which has the asking in it, and depends less on what else goes on.
// LOAD_DIR=DIR keeps the index there for the next time, as making it takes a while.
func BenchmarkLoad(b *testing.B) {
	p := indextest.NewPopulation(loadFilings)
	store := loaded(b, p)
	ar, err := archive.Open(filepath.Join(b.TempDir(), "archive"))
	if err != nil {
		b.Fatal(err)
	}
	defer ar.Close()
	s, err := serve.New(serve.Config{Index: index.Of(store), Archive: ar, Read: func(index.Reader, edgar.Accession, int) (*parse.Filing, error) { return nil, index.ErrNotFound }})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	srv := httptest.NewServer(guard.Handler(guard.Config{}, s))
	defer srv.Close()
	stop := recording(b, store, p)
	defer stop()
	issuers := manyIssuers(p)

	for _, of := range []struct{ name, media, path string }{{"page", "text/html", "/"}, {"JSON", "application/json", "/api/v1/filings"}} {
		b.Run(of.name+"/same", func(b *testing.B) { askMany(b, srv.Listener.Addr(), of.media, func(int) string { return of.path }) })
		b.Run(of.name+"/varied", func(b *testing.B) {
			askMany(b, srv.Listener.Addr(), of.media, func(i int) string { return of.path + "?cik=" + issuers[i%len(issuers)].String() })
		})
	}
}

// manyIssuers is the issuers of a population, each once.
func manyIssuers(p *indextest.Population) (ciks []edgar.CIK) {
	seen := make(map[edgar.CIK]bool)
	for i := 0; i < p.Len() && len(ciks) < p.Issuers(); i += 7 {
		if c := p.At(i).Filers[0].CIK; !seen[c] {
			seen[c] = true
			ciks = append(ciks, c)
		}
	}
	return ciks
}

// loaded is the index of a population.
func loaded(b *testing.B, p *indextest.Population) *index.Store {
	b.Helper()
	dir := cmp.Or(os.Getenv("LOAD_DIR"), b.TempDir())
	if _, err := os.Stat(filepath.Join(dir, "index.db")); err != nil {
		if err := index.Rebuild(dir, func(s *index.Store) error { return load(s, p) }); err != nil {
			b.Fatal(err)
		}
	}
	store, err := index.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	return store
}

func load(s *index.Store, p *indextest.Population) error {
	l, err := s.Loader()
	if err != nil {
		return err
	}
	var batch []*parse.Filing
	for f := range p.All() {
		if batch = append(batch, f); len(batch) == 1000 {
			if err := l.Add(batch...); err != nil {
				return err
			}
			batch = nil
		}
	}
	if err := l.Add(batch...); err != nil {
		return err
	}
	return l.Finish()
}

// recording records a filing anew every now and then, as a crawl does, until it is
// stopped.
func recording(b *testing.B, store *index.Store, p *indextest.Population) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(loadRecording)
		defer tick.Stop()
		for i := p.Len() - 1; ; i-- {
			select {
			case <-done:
				return
			case <-tick.C:
				if err := store.Record(p.At(i)); err != nil {
					b.Error(err)
				}
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// askMany has b.N requests answered.
func askMany(b *testing.B, addr net.Addr, media string, path func(int) string) {
	var next atomic.Int64
	took := make([][]time.Duration, loadConnections)
	heap := watchHeap()
	before := processorTime()
	var wg sync.WaitGroup
	b.ResetTimer()
	for c := range loadConnections {
		wg.Go(func() {
			conn, err := net.Dial(addr.Network(), addr.String())
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReaderSize(conn, 64<<10)
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				start := time.Now()
				if err := askOnce(conn, in, path(int(i)), media); err != nil {
					b.Error(err)
					return
				}
				took[c] = append(took[c], time.Since(start))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Concat(took...)
	slices.Sort(all)
	b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64((processorTime()-before).Microseconds())/float64(len(all)), "cpu-µs/req")
	b.ReportMetric(float64(heap())/1e6, "heap-MB")
}

func askOnce(w io.Writer, in *bufio.Reader, path, media string) error {
	if _, err := fmt.Fprintf(w, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n", path, media); err != nil {
		return err
	}
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK || n == 0 {
		return fmt.Errorf("%s: status %d, %d bytes, %v", path, resp.StatusCode, n, err)
	}
	return nil
}

// watchHeap returns what tells the largest heap seen since.
func watchHeap() (largest func() uint64) {
	done, result := make(chan struct{}), make(chan uint64)
	go func() {
		most := uint64(0)
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-done:
				result <- most
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(done); return <-result }
}

// processorTime is how long the processor has worked for this process.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
