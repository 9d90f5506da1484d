//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// served starts serve on a free port and returns where it is found.
func (h *household) served(args ...string) (p *process, url string) {
	h.t.Helper()
	p, out := h.talking(append([]string{"serve", "--json", "--listen", "127.0.0.1:0"}, args...)...)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var said struct{ URL string }
	if err == nil {
		err = json.Unmarshal(line, &said)
	}
	if err != nil {
		p.kill()
		h.t.Fatalf("serve said %q, %q: %v", line, p.errs.String(), err)
	}
	return p, said.URL
}

// talking starts crawler as start does, its standard output a pipe to be read.
func (h *household) talking(args ...string) (*process, io.Reader) {
	h.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		h.t.Fatal(err)
	}
	defer w.Close()
	h.t.Cleanup(func() { r.Close() })
	h.out = w
	defer func() { h.out = nil }()
	return h.start(nil, args...), r
}

// asker asks a server without pause, by several connections at once, until it is told
// to end.
type asker struct {
	stop  chan struct{}
	ended sync.WaitGroup

	mu      sync.Mutex
	asked   int
	slowest time.Duration
	faults  []string
}

func askWithoutPause(urls ...string) *asker {
	a := &asker{stop: make(chan struct{})}
	for i := range 2 * len(urls) {
		a.ended.Go(func() {
			for {
				select {
				case <-a.stop:
					return
				default:
					a.ask(urls[i%len(urls)])
				}
			}
		})
	}
	return a
}

func (a *asker) ask(url string) {
	began := time.Now()
	res, err := http.Get(url)
	fault := ""
	if err == nil {
		body, broken := io.ReadAll(res.Body)
		res.Body.Close()
		if err = broken; res.StatusCode != http.StatusOK {
			fault = fmt.Sprintf("%s: %s: %s", url, res.Status, body)
		}
	}
	if err != nil {
		fault = err.Error()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked++
	a.slowest = max(a.slowest, time.Since(began))
	if fault != "" {
		a.faults = append(a.faults, fault)
	}
}

// end waits for the answers under way and reports how it went.
func (a *asker) end(t *testing.T) {
	t.Helper()
	close(a.stop)
	a.ended.Wait()
	t.Logf("%d requests, the slowest took %v", a.asked, a.slowest)
	if a.asked == 0 || len(a.faults) > 0 {
		t.Errorf("%d of %d requests failed: %.300q", len(a.faults), a.asked, a.faults)
	}
}

func TestServeAnswersWithoutAFailureWhileOthersWrite(t *testing.T) {
	h, e := newHousehold(t), serveEDGAR(t, edgartest.Demo())
	sync := []string{"sync", "--rate", "0", "--from", "1993Q1", "--base-url", e.url}
	if first := h.start(nil, append(sync, "--limit", "5")...); first.code() != exitDiffers { // there are no listings of 1993
		t.Fatalf("first sync: exit code %d: %s", first.code(), first.errs.String())
	}
	p, url := h.served()
	a := askWithoutPause(url, url+"api/v1/filings")
	for range 3 {
		for _, args := range [][]string{sync, {"verify"}, {"export", "--out", h.state + "/x.jsonl"}, {"compact"}, {"reindex"}} {
			if w := h.start(nil, args...); w.code() != exitDone && w.code() != exitDiffers {
				t.Errorf("crawler %s: exit code %d beside serve: %s", w.commandLine, w.code(), w.errs.String())
			}
			os.Remove(h.state + "/x.jsonl")
		}
	}
	a.end(t)
	if got, want := listedBy(t, url), current(e.World); got != want {
		t.Errorf("it lists %d filings in the end, want %d", got, want)
	}
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := p.code(); code != exitDone || time.Since(began) > 5*time.Second {
		t.Errorf("serve ended with %d after %v, %q; want %d within five seconds", code, time.Since(began), p.errs.String(), exitDone)
	}
}

// holdAlone has the index of dir as compact and reindex have it, who share it with
// nobody.
func holdAlone(t *testing.T, dir string) (letGo func() error) {
	t.Helper()
	var alone *index.Store
	release, err := claimed(dir, "compact", func() (err error) {
		alone, err = index.Open(dir)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sync.OnceValue(func() error { return errors.Join(alone.Close(), release()) })
}

// newHoldings makes a data directory.
func newHoldings(t *testing.T, dir string) {
	t.Helper()
	h, err := openHoldings(dir, "sync", zap.NewNop())
	if err == nil {
		err = h.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestServeBeginsWhileTheIndexIsNotToBeHad(t *testing.T) {
	h := newHousehold(t)
	newHoldings(t, h.data)
	letGo := holdAlone(t, h.data)
	defer letGo()
	p, url := h.served()
	defer p.kill()
	if code, said := fetched(t, url+"readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("/readyz while another has the index: %d, %s", code, said)
	}
	if err := letGo(); err != nil {
		t.Fatal(err)
	}
	if code, said := fetched(t, url+"api/v1/filings"); code != http.StatusOK { // waits until there is one
		t.Errorf("filings when the index is free: %d, %s", code, said)
	}
	if got := p.errs.String(); !strings.Contains(got, "the index cannot be read yet") || !strings.Contains(got, "in use by crawler compact") {
		t.Errorf("it says %q; want who has the index", got)
	}
}

func fetched(t *testing.T, url string) (status int, body string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	all, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(all)
}

func TestServeDoesNotBeginWithoutAnArchive(t *testing.T) {
	dir := t.TempDir()
	newHoldings(t, dir)
	defer holdAlone(t, dir)()
	if err := os.RemoveAll(filepath.Join(dir, archiveFolder)); err != nil {
		t.Fatal(err)
	}
	if g, err := visitFor(t.Context(), dir, zap.NewNop()); !isLocked(err) {
		t.Errorf("without an archive, the index in use: %v, %v; want that it is in use", g, err)
	}
	if g, err := visitFor(t.Context(), filepath.Join(dir, "none"), zap.NewNop()); exitCode(t.Context(), err) != exitMisuse {
		t.Errorf("without a data directory: %v, %v; want what to do", g, err)
	}
}

func TestQuestionsThatWaitForAnIndexEndWithTheServer(t *testing.T) {
	dir := t.TempDir()
	newHoldings(t, dir)
	ctx, end := context.WithCancel(t.Context())
	g, err := visitFor(ctx, dir, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	defer holdAlone(t, dir)()
	began, answered := time.Now(), make(chan error)
	go func() { answered <- g.ask(func(index.Reader) error { return nil }) }()
	end()
	if err := <-answered; !errors.Is(err, context.Canceled) || time.Since(began) > guestWait/2 {
		t.Errorf("answered %v after %v; want that it ends with the server", err, time.Since(began))
	}
}

// listedBy counts the filings of the API.
func listedBy(t *testing.T, url string) (n int) {
	t.Helper()
	for after := ""; ; {
		res, err := http.Get(url + "api/v1/filings?limit=100" + after)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Filings []struct{ Accession string }
			Next    string
		}
		err = json.NewDecoder(res.Body).Decode(&page)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		n += len(page.Filings)
		if page.Next == "" {
			return n
		}
		after = "&after=" + page.Next
	}
}

func TestServeAsksTheDaemonAndGoesOnWhenThatIsKilled(t *testing.T) {
	h, e := newHousehold(t), serveEDGAR(t, edgartest.Demo())
	d := h.daemon(e)
	_, url := h.served()
	want := current(e.World)
	if got := listedBy(t, url); got != want {
		t.Errorf("through the daemon: %d filings, want %d", got, want)
	}
	a := askWithoutPause(url + "api/v1/filings")
	d.kill()
	if got := listedBy(t, url); got != want {
		t.Errorf("after the daemon: %d filings, want %d", got, want)
	}
	d = h.daemon(e)
	if got := listedBy(t, url); got != want {
		t.Errorf("through the next daemon: %d filings, want %d", got, want)
	}
	a.end(t)
	d.kill()
	if strings.Contains(d.errs.String(), "error") {
		t.Errorf("the daemon said %q", d.errs.String())
	}
}
