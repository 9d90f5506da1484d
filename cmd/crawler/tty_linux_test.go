package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"example.com/edgard/edgartest"
)

// openTerminal returns a terminal of width columns, and what waits until it is
// closed and returns all that was written to it.
func openTerminal(t *testing.T, width int) (*os.File, func() string) {
	t.Helper()
	slave, _, seen := openTerminalWithKeys(t, width)
	return slave, seen
}

// openTerminalWithKeys is openTerminal with what is typed there.
func openTerminalWithKeys(t *testing.T, width int) (slave *os.File, keys io.Writer, seen func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	t.Cleanup(func() { master.Close() })
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: uint16(width)})
	}
	if err != nil {
		t.Fatal(err)
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = all.ReadFrom(master) // ends with EIO when the last slave is closed
	}()
	return slave, master, func() string {
		slave.Close()
		<-done
		return strings.ReplaceAll(all.String(), "\r\n", "\n")
	}
}

func onTerminal(t *testing.T, width, want int, args ...string) string {
	t.Helper()
	tty, seen := openTerminal(t, width)
	code := run(t.Context(), args, nil, tty, tty)
	out := seen()
	if code != want {
		t.Fatalf("crawler %v: exit code %d, want %d; it said:\n%s", args, code, want, out)
	}
	return out
}

// madeArchive syncs the made filings into a data directory.
func madeArchive(t *testing.T, width int) (dir, said string) {
	t.Helper()
	world, err := edgartest.FromFS(os.DirFS("testdata/filings"))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(world)
	t.Cleanup(srv.Close)
	t.Setenv("EDGARD_STATE_DIR", t.TempDir())
	dir = t.TempDir()
	said = onTerminal(t, width, 0, "sync", "--from", "2024Q1", "--to", "2024Q1", "--base-url", srv.URL, "--user-agent", "Jane Doe jane@doe.example", "--data", dir)
	return dir, said
}

func TestATerminalGetsColourProgressAndTablesThatFit(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	for _, width := range []int{60, 80, 140} {
		dir, said := madeArchive(t, width)
		if !strings.Contains(said, eraseLine+"listings ") && !strings.Contains(said, "listings 1/1") {
			t.Errorf("width %d: no progress line in %q", width, said)
		}
		if strings.Contains(said, "info") {
			t.Errorf("width %d: log lines beside the progress line: %q", width, said)
		}
		if i := strings.LastIndex(said, eraseLine); i < 0 || strings.Contains(said[i:], "/1  ") {
			t.Errorf("width %d: the progress line stays at the end: %q", width, said)
		}
		list := onTerminal(t, width, 0, "list", "--data", dir)
		if !strings.Contains(list, "\x1b[33m8-K/A\x1b[0m") {
			t.Errorf("width %d: no colour in %q", width, list)
		}
		for line := range strings.Lines(uncoloured(list)) {
			if n := textWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: line of %d columns: %q", width, n, line)
			}
		}
	}
}

func TestNoColourWhereItIsNotWanted(t *testing.T) {
	for _, env := range [][2]string{{"NO_COLOR", "1"}, {"TERM", "dumb"}} {
		t.Setenv("NO_COLOR", "")
		t.Setenv("TERM", "xterm")
		t.Setenv(env[0], env[1])
		dir, _ := madeArchive(t, 80)
		for _, args := range [][]string{{"list"}, {"status"}, {"show", "0009000001-24-000007"}, {"lst"}} {
			want := 0
			if args[0] == "lst" {
				want = exitMisuse
			}
			if out := onTerminal(t, 80, want, append(args, "--data", dir)...); strings.Contains(out, "\x1b[3") || strings.Contains(out, "\x1b[1m") {
				t.Errorf("%s=%s: %v has colour: %q", env[0], env[1], args, out)
			}
		}
	}
}

func TestQuietIsQuietOnATerminalToo(t *testing.T) {
	dir, _ := madeArchive(t, 80)
	to := t.TempDir()
	for _, args := range [][]string{
		{"backup", filepath.Join(to, "index.db")}, {"export", "--out", filepath.Join(to, "all.jsonl")}, {"verify"}, {"compact"}, {"reindex"},
	} {
		if out := onTerminal(t, 80, 0, append(args, "--quiet", "--data", dir)...); out != "" {
			t.Errorf("%v says %q", args, out)
		}
	}
}

func TestATerminalSeesEvenRawBytesMadeHarmless(t *testing.T) {
	dir, _ := madeArchive(t, 80)
	out := onTerminal(t, 80, 0, "show", "0009000001-24-000007", "--raw", "--data", dir)
	if !strings.Contains(out, "<SEC-DOCUMENT>") || strings.ContainsRune(out, '\x1b') {
		t.Errorf("got %q", out)
	}
}

func TestEveryRealFilingIsSetForReadingWithinTheTerminal(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	for _, file := range submissionsIn(t, corpus(t)) {
		out := onTerminal(t, 80, 0, "parse", file)
		if strings.ContainsFunc(out, dangerous) {
			t.Errorf("%s: the page is not harmless", file)
		}
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if textWidth(line) > 80 && strings.Contains(strings.TrimSpace(line), " ") { // one word is never broken
				t.Errorf("%s: line of %d columns: %q", file, textWidth(line), line)
			}
		}
	}
}

func TestReindexAsksOnATerminalWhetherToAcceptWhatItShows(t *testing.T) {
	for answer, want := range map[string]int{"y\n": exitDone, "yes\n": exitDone, "n\n": exitDiffers, "\n": exitDiffers, "\x04": exitDiffers} {
		dir := olderIndex(t)
		tty, keys, seen := openTerminalWithKeys(t, 100)
		if _, err := io.WriteString(keys, answer); err != nil {
			t.Fatal(err)
		}
		code := run(t.Context(), []string{"reindex", "--diff", "--data", dir}, tty, tty, tty)
		out := seen()
		if code != want || !strings.Contains(out, "put the new index in the place of the old one? [y/N]") {
			t.Errorf("answered %q: exit code %d, want %d; it said:\n%s", answer, code, want, out)
		}
		_, _, again := crawler(t, "reindex", "--diff", "--data", dir)
		if accepted := again == exitDone; accepted != (want == exitDone) {
			t.Errorf("answered %q: accepted: %t", answer, accepted)
		}
	}
}
