package deploy_test

import (
	"debug/elf"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/edgard/edgartest"
)

// TestTheImage builds what the Dockerfile says without an engine, and lives in it.
func TestTheImage(t *testing.T) {
	if testing.Short() {
		t.Skip("building the image takes long")
	}
	if os.Getuid() != 0 {
		t.Skip("entering the image's root needs root")
	}
	edgar := httptest.NewUnstartedServer(edgartest.Demo())
	edgar.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that are meant to go wrong
	edgar.StartTLS()
	defer edgar.Close()
	img := buildImage(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: edgar.Certificate().Raw}))
	env := []string{"EDGARD_USER_AGENT=Jane Doe jane@doe.example", "EDGARD_BASE_URL=" + edgar.URL, "EDGARD_RATE=0", "EDGARD_FROM=2026-11-01"}

	t.Run("holds one static program that knows what it was built of", img.isStatic)
	t.Run("is the same whatever the folder it was built in is called", img.isReproducible)
	t.Run("has a volume and a place for temporary files that its user may write to", img.hasPlaces)
	t.Run("is not healthy without an archive", func(t *testing.T) {
		if said, code := img.health(t, env...); code == 0 {
			t.Errorf("healthy with nothing in the volume: %s", said)
		}
	})
	t.Run("shows the demo", func(t *testing.T) {
		if said, code := img.run(t, []string{"TZ=Asia/Tokyo"}, "demo"); code != 0 || !strings.Contains(said, "0 of them new") {
			t.Errorf("demo: exit code %d\n%s", code, said)
		}
	})
	t.Run("runs the daemon as compose does, healthy, until it is stopped", func(t *testing.T) { img.livesAndStops(t, env) })
	t.Run("trusts no server whose root it does not hold", func(t *testing.T) {
		img.without(t, "/etc/ssl/certs/ca-certificates.crt")
		if said, code := img.run(t, env, "doctor"); code == 0 || !strings.Contains(said, "failed to verify certificate") {
			t.Errorf("doctor without roots: exit code %d\n%s", code, said)
		}
	})
}

func (img *image) isStatic(t *testing.T) {
	f, err := elf.Open(filepath.Join(img.root, "crawler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program wants a %v", p.Type)
		}
	}
	said, code := img.run(t, nil, "version", "--json")
	for _, want := range []string{`"version":"v9.8.7"`, `"commit":"0123456789ab"`, `"date":"2026-11-18T10:00:00Z"`} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("version --json says %s, exit code %d, want %s", said, code, want)
		}
	}
}

// isReproducible holds the image's program, made in a copy of the repository, against
// one made here.
func (img *image) isReproducible(t *testing.T) {
	here := filepath.Join(t.TempDir(), "crawler")
	cmd := exec.Command("./build.sh", here)
	cmd.Env = append(os.Environ(), strings.Fields(stamps)...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if said, err := exec.Command("cmp", here, filepath.Join(img.root, "crawler")).CombinedOutput(); err != nil {
		t.Errorf("two folders make two programs: %s", said)
	}
}

func (img *image) hasPlaces(t *testing.T) {
	volume := img.steps.only(t, "VOLUME").rest
	for name, mode := range map[string]os.FileMode{volume: os.ModeDir | 0o750, "/tmp": os.ModeDir | os.ModeSticky | 0o777} {
		info, err := os.Stat(filepath.Join(img.root, name))
		if err != nil {
			t.Fatal(err)
		}
		if sys := info.Sys().(*syscall.Stat_t); info.Mode() != mode || sys.Uid != img.uid || sys.Gid != img.gid {
			t.Errorf("%s is %v of %d:%d, want %v of %d:%d", name, info.Mode(), sys.Uid, sys.Gid, mode, img.uid, img.gid)
		}
	}
}

// livesAndStops runs what the image runs by default, in the environment of compose.yaml
// but for the port, which others may have.
func (img *image) livesAndStops(t *testing.T, env []string) {
	const token = "correct-horse-battery"
	address := "0.0.0.0:" + freePort(t)
	env = append(readCompose(t).environment(map[string]string{"EDGARD_TOKEN": token}), append(env, "EDGARD_LISTEN="+address)...)
	words := append(img.steps.only(t, "ENTRYPOINT").words(t), img.steps.only(t, "CMD").words(t)...)
	daemon := img.command(t, words, env...)
	said := newSaid()
	daemon.Stderr = said
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- daemon.Wait() }()
	if !said.tells("pass ended") {
		t.Fatalf("no pass ended:\n%s", said)
	}
	for password, want := range map[string]int{token: http.StatusOK, "": http.StatusUnauthorized} {
		if got := look(t, address, password); got != want {
			t.Errorf("the pages with password %q: status %d, want %d", password, got, want)
		}
	}
	if told, code := img.health(t, env...); code != 0 {
		t.Errorf("not healthy while the daemon runs, exit code %d: %s", code, told)
	}
	if out, code := img.run(t, env, "list", "--limit", "1"); code != 0 || strings.Count(out, "\n") < 2 {
		t.Errorf("list beside the daemon: exit code %d\n%s", code, out)
	}
	if err := daemon.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("stopped: %v\n%s", err, said)
		}
	case <-time.After(patience):
		t.Errorf("does not stop:\n%s", said)
	}
	if told, code := img.health(t, env...); code != 0 {
		t.Errorf("what it left is not in order, exit code %d: %s", code, told)
	}
}

// look asks for the first page as a browser on the host does.
func look(t *testing.T, address, password string) (status int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost"+address[strings.LastIndex(address, ":"):]+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if password != "" {
		req.SetBasicAuth("anybody", password)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// without takes a file out of the image.
func (img *image) without(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(img.root, name)); err != nil {
		t.Fatal(err)
	}
}
