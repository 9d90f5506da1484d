//go:build unix

package main

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/index/remote"
)

const sharedSocket = "index.sock"

// daemon starts run, and returns once a list through it has everything of the world.
// A socket that a killed one left is there, and answers nobody.
func (h *household) daemon(e *edgarServer) *process {
	h.t.Helper()
	p := h.start(nil, "run", "--rate", "0", "--from", "1993Q1", "--base-url", e.url)
	want := current(e.World)
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if c, err := net.Dial("unix", filepath.Join(h.data, sharedSocket)); err == nil {
			c.Close()
			if h.listed() == want {
				return p
			}
		}
	}
	p.kill()
	h.t.Fatalf("after %v the daemon does not show %d filings; it said %q", patience, want, p.errs.String())
	return nil
}

// current counts the submissions that run fetches.
func current(w *edgartest.World) (n int) {
	for _, s := range w.Submissions() {
		if slices.Contains(edgar.CurrentReports(), s.Form) {
			n++
		}
	}
	return n
}

// listed counts the filings that list prints.
func (h *household) listed() int {
	h.t.Helper()
	return strings.Count(h.run("list", "--json", "--limit", "0"), "\n")
}

func TestReadingGoesOnWhileTheDaemonHoldsTheIndex(t *testing.T) {
	h, e := newHousehold(t), serveEDGAR(t, edgartest.Demo())
	d := h.daemon(e)
	info, err := os.Lstat(filepath.Join(h.data, sharedSocket))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := info.Mode(), fs.ModeSocket|0o600; got != want {
		t.Errorf("the socket has mode %v, want %v", got, want)
	}
	commands := map[string][]string{
		"list": {"list", "--limit", "0"}, "list as JSON": {"list", "--json", "--item", "2.02"},
		"show":   {"show", "--json", e.Submissions()[0].Accession.String()},
		"export": {"export", "--text", "all"}, "export of items": {"export", "--format", "csv", "--rows", "items", "--item", "2.02"},
	}
	during := map[string]string{}
	for name, args := range commands {
		during[name] = h.run(args...)
	}
	if got := h.run("status"); !strings.Contains(got, "recorded") {
		t.Errorf("status says %q", got)
	}
	h.run("status", "--check")
	if got := h.run("doctor", "--offline", "--base-url", e.url); !strings.Contains(got, "filings recorded") {
		t.Errorf("doctor says %q, without what the index holds", got)
	}
	if got := h.run("verify"); !strings.Contains(got, "all as it should be") {
		t.Errorf("verify says %q", got)
	}
	audit := h.start(nil, "audit")
	if code := audit.code(); code != exitDiffers || !strings.Contains(audit.out.String(), "not complete: 4 differences") {
		t.Errorf("audit: exit code %d, %q, %q; want %d, for the world has no 1993", code, audit.out.String(), audit.errs.String(), exitDiffers)
	}
	for _, args := range [][]string{{"reindex"}, {"compact"}, {"sync"}, {"verify", "--repair"}, {"verify", "--quarantine"}} {
		p := h.start(nil, args...)
		if code := p.code(); code != exitOurs || !strings.Contains(p.errs.String(), "is in use by crawler run (process ") {
			t.Errorf("%v: exit code %d, %q; want %d and who holds the index", args, code, p.errs.String(), exitOurs)
		}
	}
	began := time.Now()
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := d.code(); code != exitDone || time.Since(began) > 5*time.Second {
		t.Errorf("the daemon ended with %d after %v, want %d within five seconds", code, time.Since(began), exitDone)
	}
	if _, err := os.Lstat(filepath.Join(h.data, sharedSocket)); err == nil {
		t.Error("the socket is still there")
	}
	for name, args := range commands {
		if got := h.run(args...); got != during[name] {
			t.Errorf("%s printed %q while the daemon ran and %q after", name, during[name], got)
		}
	}
}

func TestAStoppedHolderIsNamedAndAKilledOneIsInNobodysWay(t *testing.T) {
	h, e := newHousehold(t), serveEDGAR(t, edgartest.Demo())
	d := h.daemon(e)
	if err := d.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	p := h.start(nil, "list")
	if code := p.code(); code != exitOurs || !strings.Contains(p.errs.String(), "is in use by crawler run (process ") {
		t.Errorf("while it is stopped: exit code %d, %q; want %d and who holds the index", code, p.errs.String(), exitOurs)
	}
	d.kill()
	if _, err := os.Lstat(filepath.Join(h.data, sharedSocket)); err != nil {
		t.Fatalf("the killed daemon left no socket: %v", err)
	}
	if got, want := h.listed(), current(e.World); got != want {
		t.Errorf("list finds %d filings in the file, want %d", got, want)
	}
	d = h.daemon(e) // binds anew
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := d.code(); code != exitDone {
		t.Errorf("exit code %d, want %d", code, exitDone)
	}
}

func TestAHolderOfAnotherVersionIsNotAskedAndTheUserIsTold(t *testing.T) {
	dir := recorded(t, 1)
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	s, err := remote.Serve(dir, ix, "v0.0.1", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	release, err := claim(dir, "run")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for _, args := range [][]string{{"list"}, {"status"}, {"show", "0009000001-15-000001"}} {
		stdout, stderr, code := crawler(t, append(args, "--data", dir)...)
		if code != exitOurs || stdout != "" || !strings.Contains(stderr, ", of version v0.0.1, and this is version ") || !strings.Contains(stderr, "crawler run (process ") {
			t.Errorf("%v: exit code %d, %q, %q; want %d and both versions", args, code, stdout, stderr, exitOurs)
		}
	}
	if _, stderr, code := crawler(t, "status", "--check", "--data", dir); code != exitDone {
		t.Errorf("the check: exit code %d, %q; want %d", code, stderr, exitDone)
	}
}

func TestWhatIsReadWhileItsHolderEndsIsReadAgain(t *testing.T) {
	dir := recorded(t, 3)
	holder, err := openHoldings(dir, "sync", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	var through []bool
	var p index.Page
	err = reading(dir, func(h *holdings) (err error) {
		if through = append(through, h.store == nil); len(through) == 1 {
			if err := holder.Close(); err != nil {
				return err
			}
		}
		p, err = h.index.Find(index.Query{})
		return err
	})
	if err != nil || len(p.Filings) != 3 || !slices.Equal(through, []bool{true, false}) {
		t.Errorf("%v: %d filings, read through the holder %v; want 3, at first through it and then not", err, len(p.Filings), through)
	}
}

func TestWithoutASocketTheHolderWorksAndReadersAreTold(t *testing.T) {
	dir := recorded(t, 1)
	if err := os.WriteFile(filepath.Join(dir, sharedSocket), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	core, logs := observer.New(zap.WarnLevel)
	h, err := openHoldings(dir, "sync", zap.New(core))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if got := logs.FilterMessageSnippet("who only reads will be refused").Len(); got != 1 {
		t.Errorf("%d warnings, want 1; the log has %v", got, logs.All())
	}
	if _, stderr, code := crawler(t, "list", "--data", dir); code != exitOurs || !strings.Contains(stderr, "is in use by crawler sync (process ") {
		t.Errorf("exit code %d, %q; want %d and who holds the index", code, stderr, exitOurs)
	}
}
