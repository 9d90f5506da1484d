//go:build unix

package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// patience is how long a script waits for what must come.
const patience = 20 * time.Second

// awaitText is the command until: it waits until the named file holds a match of
// the pattern, in which a dot also stands for a line end.
func awaitText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: until FILE PATTERN")
	}
	pattern, err := regexp.Compile("(?sm)" + args[1])
	ts.Check(err)
	name := ts.MkAbs(args[0])
	var data []byte
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if data, _ = os.ReadFile(name); pattern.Match(data) {
			return
		}
	}
	ts.Fatalf("%s does not hold %s after %v:\n%s", args[0], args[1], patience, data)
}

// sendTo is the command send: it sends a signal to the process whose number a file
// holds.
func sendTo(ts *testscript.TestScript, neg bool, args []string) {
	sigs := map[string]syscall.Signal{"HUP": syscall.SIGHUP, "INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "KILL": syscall.SIGKILL}
	if neg || len(args) != 2 || sigs[args[0]] == 0 {
		ts.Fatalf("usage: send HUP|INT|TERM|KILL FILE")
	}
	pid, err := strconv.Atoi(strings.TrimSpace(ts.ReadFile(args[1])))
	ts.Check(err)
	ts.Check(syscall.Kill(pid, sigs[args[0]]))
}

// publish files a report of a made company, just now.
func publish(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: publish ACC")
	}
	acc, err := edgar.ParseAccession(args[0])
	ts.Check(err)
	cik, err := edgar.CIKFromInt(9000001)
	ts.Check(err)
	now := time.Now()
	ts.Check(worldOf(ts).Add(edgartest.Submission{
		Accession: acc, Form: edgar.CurrentReports()[0], Filed: edgar.DateOf(now), Accepted: now, Public: now,
		Items: []string{"8.01"}, Filers: []edgartest.Filer{{CIK: cik, Name: "MERIDIAN KELP WORKS INC"}},
	}))
}

// serveManager is the command manager: it stands in for systemd and writes what it
// is told to the file notify.log, one message a line.
func serveManager(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: manager WATCHDOG_USEC")
	}
	path := ts.MkAbs("notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	ts.Check(err)
	log, err := os.Create(ts.MkAbs("notify.log"))
	ts.Check(err)
	ts.Setenv("NOTIFY_SOCKET", path)
	ts.Setenv("WATCHDOG_USEC", args[0])
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 4096)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			_, _ = log.WriteString(strings.ReplaceAll(strings.TrimSpace(string(buf[:n])), "\n", " ") + "\n")
		}
	}()
	ts.Defer(func() { conn.Close(); <-done; log.Close() })
}

// getFrom is the command get: it asks the server whose address is the last in a file.
func getFrom(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: get FILE STATUS PATH FIELD…")
	}
	urls := regexp.MustCompile(`http://[^/"]+`).FindAllString(served(ts, args[0]), -1)
	if len(urls) == 0 {
		ts.Fatalf("%s tells no address", args[0])
	}
	r, err := http.NewRequest(http.MethodGet, urls[len(urls)-1]+args[2], nil)
	ts.Check(err)
	for _, field := range args[3:] {
		name, val, _ := strings.Cut(field, ": ")
		if r.Header.Set(name, val); name == "Host" {
			r.Host = val
		}
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	ts.Check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	if got := strconv.Itoa(res.StatusCode); got != args[1] {
		ts.Fatalf("%s is answered %s, want %s: %s", args[2], got, args[1], body)
	}
}

// served is what a file says of servers.
func served(ts *testscript.TestScript, name string) string {
	var lines []string
	for line := range strings.Lines(ts.ReadFile(name)) {
		if strings.Contains(line, "served") || strings.Contains(line, `"url"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// listenBusily is the command busy.
func listenBusily(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: busy NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}
