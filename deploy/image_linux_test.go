package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// image is what docker build would make of the Dockerfile, as a folder.
type image struct {
	root     string
	uid, gid uint32
	env      []string
	steps    stage
}

const stamps = "VERSION=v9.8.7 COMMIT=0123456789abcdef0123456789abcdef01234567 DATE=2026-11-18T10:00:00Z"

// buildImage does what the Dockerfile says: the commands of its first stage on a copy of
// the build context, and the copies of its second. The CA roots of the distribution are
// replaced by roots.
func buildImage(t *testing.T, roots []byte) *image {
	t.Helper()
	stages := readDockerfile(t, filepath.Join("..", "Dockerfile"))
	if len(stages) != 2 || stages[0].name != "build" || stages[1].from != "scratch" {
		t.Fatalf("stages %+v: want one that builds and one from scratch", stages)
	}
	built := t.TempDir()
	for _, s := range stages[0].steps {
		if s.word != "RUN" || strings.HasPrefix(s.rest, "go mod download") {
			continue
		}
		cmd := exec.Command("sh", "-c", strings.ReplaceAll(s.rest, "/out", built+"/out"))
		cmd.Dir = buildContext(t)
		cmd.Env = append(append(os.Environ(), "TARGETOS=linux", "TARGETARCH="), strings.Fields(stamps)...)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("RUN %s: %v\n%s", s.rest, err, said)
		}
	}
	bundle := filepath.Join(built, "etc", "ssl", "certs", "ca-certificates.crt")
	write(t, bundle, roots)
	img := &image{root: t.TempDir(), steps: stages[1]}
	img.uid, img.gid = owner(t, stages[1].only(t, "USER").rest)
	img.env = strings.Fields(stages[1].only(t, "ENV").rest)
	for _, s := range stages[1].steps {
		if s.word == "COPY" {
			img.copy(t, built, s)
		}
	}
	return img
}

// copy does a COPY --from=build, whose target is a folder when it ends in a slash.
func (img *image) copy(t *testing.T, built string, s step) {
	t.Helper()
	words := strings.Fields(s.rest)
	if len(words) != 2 || s.flags["from"] != "build" {
		t.Fatalf("COPY %s: want one thing from the stage that builds", s.rest)
	}
	to := filepath.Join(img.root, words[1])
	from := filepath.Join(built, words[0])
	if strings.HasSuffix(words[0], "/") {
		from += "/." // its contents
	} else if strings.HasSuffix(words[1], "/") {
		to = filepath.Join(to, filepath.Base(from))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("cp", "-R", "--preserve=mode", from, to).CombinedOutput(); err != nil {
		t.Fatalf("COPY %s: %v\n%s", s.rest, err, said)
	}
	if s.flags["chown"] == "" {
		return
	}
	uid, gid := owner(t, s.flags["chown"])
	names, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if err := os.Lchown(filepath.Join(to, n.Name()), int(uid), int(gid)); err != nil {
			t.Fatal(err)
		}
	}
}

// buildContext copies what docker build would be given: all but what .dockerignore
// leaves out.
func buildContext(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	ignored, err := os.ReadFile(filepath.Join("..", ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"-R"}
	for _, e := range entries {
		if !slices.Contains(strings.Fields(string(ignored)), e.Name()) {
			words = append(words, filepath.Join("..", e.Name()))
		}
	}
	if said, err := exec.Command("cp", append(words, dir)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return dir
}

// command is a process of a container of the image: in its root, as its user, with its
// environment and nothing else.
func (img *image) command(t *testing.T, words []string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
	cmd.Dir, cmd.Env = "/", append(append([]string{}, img.env...), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: img.root, Credential: &syscall.Credential{Uid: img.uid, Gid: img.gid}, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// run runs the entry point with args, to its end.
func (img *image) run(t *testing.T, env []string, args ...string) (said string, code int) {
	t.Helper()
	cmd := img.command(t, append(img.steps.only(t, "ENTRYPOINT").words(t), args...), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatalf("%v: %v", args, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// health runs the check of the image.
func (img *image) health(t *testing.T, env ...string) (said string, code int) {
	t.Helper()
	cmd := img.command(t, img.steps.only(t, "HEALTHCHECK").words(t), env...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
