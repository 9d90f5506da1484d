//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"crawler": main})
}

// Each script of testdata/script is one behaviour of the command line. It finds
// the made filings of testdata/filings in filings/, and beside the usual
// commands has:
//
//	edgar DIR            serve the submissions below DIR; $EDGAR is the address
//	answer WHAT FAULT…   answer the next requests for a path, or for a submission, with faults
//	signals SIG CODE ACC CMD…   run a command, send it the signal once it asks for a
//	                     submission; it must end with the code before grace is over
//	requests N           fail unless the world got N requests for submissions
//	hostile FILE OUT     copy a submission with escape sequences in its names
//	exits CODE CMD…      run a command that must end with this exit code
//	until FILE PATTERN   wait until a file holds a match
//	send SIG FILE        send a signal to the process whose number the file holds
//	publish ACC          file a report that is public at once
//	get FILE STATUS PATH FIELD…   ask the server whose address the file tells last for a path, with
//	                     header fields; it must answer with the status
//	busy NAME            listen on a port of loopback and set the variable to it
//	manager USEC         stand in for systemd, its watchdog at USEC, writing to notify.log
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUp,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edgar": serveWorld, "signals": sendSignal, "answer": scriptAnswers, "requests": countRequests, "hostile": makeHostile, "exits": exits,
			"until": awaitText, "send": sendTo, "publish": publish, "manager": serveManager,
			"get": getFrom, "busy": listenBusily,
		},
	})
}

// worldKey is the key of a script's world among its values.
type worldKey struct{}

type scriptWorld struct {
	*edgartest.World
	asked chan string // paths, as they are asked for
}

func worldOf(ts *testscript.TestScript) *scriptWorld { return ts.Value(worldKey{}).(*scriptWorld) }

func setUp(env *testscript.Env) error {
	env.Values[worldKey{}] = &scriptWorld{}
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("EDGARD_LISTEN", "off") // port 8080 is somebody's
	env.Setenv("EDGARD_USER_AGENT", "Jane Doe jane@doe.example")
	return os.CopyFS(filepath.Join(env.WorkDir, "filings"), os.DirFS("testdata/filings"))
}

func serveWorld(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: edgar DIR")
	}
	world, err := edgartest.FromFS(os.DirFS(ts.MkAbs(args[0])))
	ts.Check(err)
	if kelp, err := edgar.ParseCIK("9000001"); err == nil {
		world.SetTicker("KELP", kelp, "Meridian Kelp Works Inc", "NYSE")
	}
	asked := make(chan string, 1000)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		world.ServeHTTP(w, r)
	}))
	ts.Defer(func() { srv.CloseClientConnections(); srv.Close() }) // also while a command of a failed script waits
	ts.Setenv("EDGAR", srv.URL)
	*worldOf(ts) = scriptWorld{world, asked}
}

func scriptAnswers(ts *testscript.TestScript, neg bool, args []string) {
	faults := map[string]edgartest.Answer{}
	for _, f := range []edgartest.Fault{edgartest.Throttled, edgartest.Undeclared, edgartest.Empty, edgartest.Stall} {
		faults[f.String()] = f
	}
	for _, name := range args[1:] {
		answer, ok := faults[name]
		if !ok || neg {
			ts.Fatalf("usage: answer PATH|ACC FAULT…; no fault %q", name)
		}
		for _, path := range pathsOf(ts, args[0]) {
			worldOf(ts).Script(path, answer)
		}
	}
}

// pathsOf returns the paths under which a submission is served.
func pathsOf(ts *testscript.TestScript, arg string) (paths []string) {
	if strings.HasPrefix(arg, "/") {
		return []string{arg}
	}
	acc, err := edgar.ParseAccession(arg)
	ts.Check(err)
	for _, s := range worldOf(ts).Submissions() {
		if s.Accession != acc {
			continue
		}
		for _, f := range s.Filers {
			paths = append(paths, edgar.SubmissionPath(f.CIK, acc))
		}
	}
	return paths
}

func sendSignal(ts *testscript.TestScript, neg bool, args []string) {
	sig, ok := map[string]syscall.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM}[args[0]]
	if neg || !ok || len(args) < 4 {
		ts.Fatalf("usage: signals INT|TERM CODE ACC CMD…")
	}
	var sent time.Time
	done := make(chan error, 1)
	go func() {
		for path := range worldOf(ts).asked {
			if strings.Contains(path, args[2]) {
				break
			}
		}
		pid, err := os.ReadFile(ts.MkAbs("pid"))
		if err == nil {
			var n int
			_, err = fmt.Sscan(string(pid), &n)
			sent = time.Now()
			err = errors.Join(err, syscall.Kill(n, sig))
		}
		done <- err
	}()
	code := exitOf(ts, "sh", append([]string{"-c", `echo $$ > pid; exec "$@"`, "sh"}, args[3:]...)...)
	ts.Check(<-done)
	if took := time.Since(sent); count(code) != args[1] || took >= grace {
		ts.Fatalf("exit code %d after %v, want %s before %v", code, took, args[1], grace)
	}
}

func countRequests(ts *testscript.TestScript, neg bool, args []string) {
	got := len(worldOf(ts).FilingRequests())
	if want := strings.Join(args, " "); (want == count(got)) == neg {
		ts.Fatalf("the world got %d requests for submissions, want %s", got, want)
	}
}

func makeHostile(ts *testscript.TestScript, _ bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	data = bytes.ReplaceAll(data, []byte("MERIDIAN KELP"), []byte("MERI\x1b[2JDIAN \u202eKELP\u009b2J"))
	data = bytes.ReplaceAll(data, []byte("announced"), []byte("ann\x1b]0;owned\x07ounced"))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE CMD…")
	}
	if code := exitOf(ts, args[1], args[2:]...); count(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// exitOf runs a command and returns its exit code.
func exitOf(ts *testscript.TestScript, command string, args ...string) int {
	err := ts.Exec(command, args...)
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return e.ExitCode()
	}
	ts.Check(err)
	return 0
}
