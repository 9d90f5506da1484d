//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A failpoint is a step on the way of a submission to the index, as the kernel
// sees it: a system call, on one of these files of the data directory if any
// are named.
type failpoint struct {
	name, call string
	on         func(h *household) []string
}

var failpoints = []failpoint{
	{"flushing the folder of listings", "fsync", folder("listings/full-index/2024/QTR1")},
	{"renaming a listing", "renameat", nil},
	{"writing a submission", "write", (*household).freshSubmissions},
	{"flushing a submission", "fsync", (*household).freshSubmissions},
	{"making a folder of the archive", "mkdirat", nil},
	{"naming a submission", "linkat", nil},
	{"flushing the folder of a submission", "fsync", folder("archive/submissions/000/090/001/024/000")},
	{"flushing a folder above it", "fsync", folder("archive/submissions/000/090/001")},
	{"removing the temporary name", "unlinkat", nil},
	{"appending to the journal", "pwrite64", folder("journal.jsonl")},
	{"flushing the journal", "fsync", folder("journal.jsonl")},
	{"writing the index", "pwrite64", folder("index.db")},
	{"committing the index", "fdatasync", folder("index.db")},
}

func folder(name string) func(*household) []string {
	return func(h *household) []string { return []string{filepath.Join(h.data, name)} }
}

// freshSubmissions are the names that the submissions fetched first can have
// while they are written.
func (h *household) freshSubmissions() (names []string) {
	for i := range 12 {
		a := busySubmission(h.t, 299-i).Accession
		for n := range 12 {
			names = append(names, filepath.Join(h.data, "archive/tmp", fmt.Sprintf("%s.%d", a, n+1)))
		}
	}
	return names
}

// The process dies when one of its threads is about to make the call for the first
// time, at the next start for the second time, then for the fourth, so that the
// beginning, when everything is made, and what comes later are both cut off.
func TestKilledAtEachStepTheNextPassMakesTheArchiveWhole(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace here, which kills at a system call")
	}
	e := serveEDGAR(t, busyWorld(t, 60))
	want := undisturbed(t, e, busyPass(e))
	for _, f := range failpoints {
		t.Run(f.name, func(t *testing.T) {
			h := newHousehold(t)
			killed := 0
			for n := 1; n <= 4; n *= 2 {
				h.refetchesNothing(e, func() {
					p := h.start(f.tracer(h, strace, n), busyPass(e)...)
					switch code := p.code(); {
					case p.signal() == syscall.SIGKILL:
						killed++
					case code != exitDone:
						t.Fatalf("start %d ended with code %d: %s", n, code, p.errs.String())
					}
				})
			}
			if killed == 0 {
				t.Fatal("no process came to this step")
			}
			h.completes(e, busyPass(e), want)
		})
	}
}

// tracer is the command that kills what comes after it.
func (f failpoint) tracer(h *household, strace string, n int) []string {
	words := []string{strace, "-f", "-qq", "-o", filepath.Join(h.t.TempDir(), "calls"), "-e", "trace=" + f.call, "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", f.call, n)}
	if f.on != nil {
		for _, name := range f.on(h) {
			words = append(words, "-P", name)
		}
	}
	return words
}

func (p *process) signal() syscall.Signal {
	return p.cmd.ProcessState.Sys().(syscall.WaitStatus).Signal()
}
