//go:build linux

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// harm damages three archived files, one in each of the ways in which they break, and
// returns the damaged bytes of the two that are left.
func (h *household) harm() (damaged [][]byte) {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.data, "archive/submissions/*/*/*/*/*/*.zst"))
	if err != nil || len(files) < 3 {
		h.t.Fatalf("%d archived files, %v", len(files), err)
	}
	for i, name := range files[:3] {
		b, err := os.ReadFile(name)
		if err != nil {
			h.t.Fatal(err)
		}
		switch i {
		case 0:
			b[len(b)/3] ^= 1
		case 1:
			b = b[:len(b)/2]
		case 2:
			if err := os.Remove(name); err != nil {
				h.t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			h.t.Fatal(err)
		}
		damaged = append(damaged, b)
	}
	return damaged
}

func TestARepairKilledAtEachStepIsFinishedByTheNextAndLosesNothing(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace here, which kills at a system call")
	}
	e := serveEDGAR(t, busyWorld(t, 6))
	repair := []string{"verify", "--repair", "--rate", "0", "--base-url", e.url}
	for _, f := range []failpoint{
		{"naming a file in quarantine", "linkat", nil},
		{"flushing the quarantine", "fsync", folder("archive/quarantine")},
		{"removing a name", "unlinkat", nil},
		{"flushing a submission's folder", "fsync", folder("archive/submissions/000/090/001/024/000")},
		{"writing the index", "pwrite64", folder("index.db")},
		{"committing the index", "fdatasync", folder("index.db")},
	} {
		t.Run(f.name, func(t *testing.T) {
			h := newHousehold(t)
			h.run(busyPass(e)...)
			before := h.archived()
			damaged := h.harm()
			killed := 0
			for n := 1; n <= 4; n++ {
				p := h.start(f.tracer(h, strace, n), repair...)
				switch code := p.code(); {
				case p.signal() == syscall.SIGKILL:
					killed++
				case code != exitDiffers && code != exitDone:
					t.Fatalf("start %d ended with code %d: %s", n, code, p.errs.String())
				}
			}
			if killed == 0 {
				t.Fatal("no process came to this step")
			}
			p := h.start(nil, repair...)
			if code := p.code(); code != exitDiffers && code != exitDone {
				t.Fatalf("the last one ended with code %d: %s", code, p.errs.String())
			}
			h.run("verify")
			if diff := cmp.Diff(before, h.archived()); diff != "" {
				t.Errorf("the archive (-before +after):\n%s", diff)
			}
			for _, b := range damaged {
				if !h.quarantined(b) {
					t.Errorf("%d damaged bytes are nowhere", len(b))
				}
			}
		})
	}
}

// quarantined reports whether a file with these bytes is in quarantine.
func (h *household) quarantined(b []byte) bool {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.data, "archive/quarantine/*.zst"))
	if err != nil {
		h.t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(name string) bool {
		got, err := os.ReadFile(name)
		return err == nil && bytes.Equal(got, b)
	})
}

// A verification that is killed goes on about where it was.
func TestAVerificationThatIsKilledGoesOn(t *testing.T) {
	h := newHousehold(t)
	e := serveEDGAR(t, busyWorld(t, 20))
	h.run(busyPass(e)...)
	old := `{"version":1,"began":"` + time.Now().UTC().Add(-time.Hour).Format(time.RFC3339) + `","after":"` +
		busySubmission(t, 290).Accession.String() + `","archived":10,"verified":10,"bytes":1000,"seconds":1}`
	file := filepath.Join(h.data, bookmarkFile)
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	p := h.start(nil, "verify")
	if code := p.code(); code != exitDone || !bytes.Contains(p.errs.Bytes(), []byte("going on where the verification of ")) {
		t.Errorf("exit code %d, %q, %q; want it to go on, and say so", code, p.out.String(), p.errs.String())
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the bookmark is still there")
	}
}
