//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
)

// household is a data directory and a state directory that processes of the
// program work in, and nothing of the user's.
type household struct {
	t     *testing.T
	data  string
	state string
	env   []string // beside those that say where the household is
	out   *os.File // standard output of what is started; nil for a buffer
}

func newHousehold(t *testing.T) *household {
	t.Helper()
	dir := t.TempDir()
	return &household{t: t, data: filepath.Join(dir, "data"), state: filepath.Join(dir, "state")}
}

// process is a running command and what it says.
type process struct {
	t           *testing.T
	cmd         *exec.Cmd
	out, errs   bytes.Buffer
	ended       chan struct{}
	commandLine string
}

// start runs crawler with the household's data directory. With a wrapper, that
// command is run with crawler and its arguments after its own.
func (h *household) start(wrapper []string, args ...string) *process {
	h.t.Helper()
	words := append(append(wrapper, "crawler"), args...)
	p := &process{t: h.t, cmd: exec.Command(words[0], words[1:]...), ended: make(chan struct{}), commandLine: strings.Join(args, " ")}
	p.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "HOME=" + h.state, "EDGARD_STATE_DIR=" + h.state,
		"EDGARD_DATA=" + h.data, "EDGARD_LISTEN=off", "EDGARD_USER_AGENT=Jane Doe jane@doe.example",
	}, h.env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errs
	if h.out != nil {
		p.cmd.Stdout = h.out
	}
	if err := p.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // ProcessState tells
	}()
	h.t.Cleanup(p.kill)
	return p
}

// kill ends the process as kill -9 does, if it runs still.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// code waits for the process to end by itself and returns its exit code; -1 when
// a signal ended it.
func (p *process) code() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(2 * time.Minute):
		p.kill()
		p.t.Fatalf("crawler %s does not end; it said %q", p.commandLine, p.errs.String())
	}
	return p.cmd.ProcessState.ExitCode()
}

// run runs crawler to its end, which must be 0, and returns what it wrote.
func (h *household) run(args ...string) string {
	h.t.Helper()
	p := h.start(nil, args...)
	if code := p.code(); code != exitDone {
		h.t.Fatalf("crawler %s: exit code %d: %s", p.commandLine, code, p.errs.String())
	}
	return p.out.String()
}

// archived returns what the archive holds by accession number, each submission
// read to its end: revision, size and hash.
func (h *household) archived() map[string]string {
	h.t.Helper()
	held := map[string]string{}
	a, err := archive.OpenReadOnly(filepath.Join(h.data, archiveFolder))
	if errors.Is(err, os.ErrNotExist) {
		return held
	}
	if err != nil {
		h.t.Fatal(err)
	}
	defer a.Close()
	for info, err := range a.All() {
		if err == nil {
			err = a.Verify(info.Accession, info.Revision)
		}
		if err != nil {
			h.t.Fatal(err)
		}
		held[info.Accession.String()] = fmt.Sprintf("%d: %d bytes %x", info.Revision, info.Size, info.SHA256)
	}
	return held
}

// withIndex calls f with the index open.
func (h *household) withIndex(f func(*index.Store)) {
	h.t.Helper()
	ix, err := index.OpenReadOnly(h.data)
	if err != nil {
		h.t.Fatal(err)
	}
	defer ix.Close()
	f(ix)
}

// dump returns the index key by key, without reports of passes.
func (h *household) dump() map[string]string {
	h.t.Helper()
	keys := map[string]string{}
	h.withIndex(func(ix *index.Store) {
		for k, v := range ix.Dump() {
			if !strings.HasPrefix(k, "pass/") {
				keys[k] = string(v)
			}
		}
	})
	return keys
}

// timeless returns the index key by key, without what differs between two archives
// of the same filings: its name, and when things were seen, asked for and stored.
func (h *household) timeless() map[string]string {
	h.t.Helper()
	keys := map[string]string{}
	for k, v := range h.dump() {
		if bucket, _, _ := strings.Cut(k, "/"); bucket != "entry" && bucket != "filing" && bucket != "listing" && !strings.Contains(k, "identity") {
			keys[k] = v
		}
	}
	h.withIndex(func(ix *index.Store) {
		for e, err := range ix.Entries() {
			e.Seen = time.Time{}
			keys["entry "+e.Accession.String()] = asJSON(h.t, e, err)
		}
		for f, err := range ix.All(index.Query{}) {
			f.Seen, f.Recorded = time.Time{}, time.Time{}
			keys["filing "+f.Accession.String()] = asJSON(h.t, f, err)
		}
		ls, err := ix.Listings()
		for _, l := range ls {
			if l.Key == "getcurrent" || l.Key == "xbrlrss" {
				continue // what a feed told, and when
			}
			l.Fetched, l.Checked, l.JudgedAt = time.Time{}, time.Time{}, time.Time{}
			keys["listing "+l.Key] = asJSON(h.t, l, err)
		}
	})
	return keys
}

func asJSON(t *testing.T, v any, err error) string {
	t.Helper()
	data, jsonErr := json.Marshal(v)
	if err := errors.Join(err, jsonErr); err != nil {
		t.Fatal(err)
	}
	return string(data)
}
