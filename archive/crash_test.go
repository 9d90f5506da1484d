package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errInjected = errors.New("injected")

// A saboteur counts the steps of a Store, by name, and fails the one numbered
// failAt. With crash it fails every later one too, as if the process had gone.
type saboteur struct {
	failAt int
	crash  bool
	log    []string
}

func (b *saboteur) step(name string) error {
	b.log = append(b.log, name)
	if n := len(b.log); n == b.failAt || b.crash && b.failAt > 0 && n > b.failAt {
		return fmt.Errorf("%s: %w", name, errInjected)
	}
	return nil
}

// wrap lets b look at every step before real does it.
func (b *saboteur) wrap(real steps) steps {
	return steps{
		create: func(name string) (*os.File, error) {
			if err := b.step("create " + path.Dir(name)); err != nil {
				return nil, err
			}
			return real.create(name)
		},
		write: func(f *os.File, p []byte) (int, error) {
			if err := b.step("write"); err != nil {
				n, _ := real.write(f, p[:len(p)/2])
				return n, err
			}
			return real.write(f, p)
		},
		sync: func(f *os.File) error {
			if err := b.step("sync file"); err != nil {
				return err
			}
			return real.sync(f)
		},
		mkdir: func(name string) error {
			if err := b.step("mkdir " + name); err != nil {
				return err
			}
			return real.mkdir(name)
		},
		link: func(from, to string) error {
			if err := b.step("link " + to); err != nil {
				return err
			}
			return real.link(from, to)
		},
		rename: func(from, to string) error {
			if err := b.step("rename " + to); err != nil {
				return err
			}
			return real.rename(from, to)
		},
		syncDir: func(name string) error {
			if err := b.step("sync " + name); err != nil {
				return err
			}
			return real.syncDir(name)
		},
		remove: func(name string) error {
			if err := b.step("remove"); err != nil {
				return err
			}
			return real.remove(name)
		},
	}
}

// situations are the three ways into Commit, with every step each of them
// takes, in order. The order is the durability: the file is flushed after its
// last write and before its name is given, each folder made is flushed into its
// parent before Commit returns, the temporary name goes last.
var situations = []struct {
	name   string
	before []string // accession and body, already committed
	steps  []string
}{
	{
		name: "first of its folders",
		steps: []string{
			"create tmp", "write",
			"mkdir submissions", "mkdir submissions/000", "mkdir submissions/000/162", "mkdir submissions/000/162/828",
			"mkdir submissions/000/162/828/025", "mkdir submissions/000/162/828/025/058",
			"write", "sync file",
			"link submissions/000/162/828/025/058/0001628280-25-058337.txt.zst",
			"sync submissions", "sync submissions/000", "sync submissions/000/162", "sync submissions/000/162/828",
			"sync submissions/000/162/828/025", "sync submissions/000/162/828/025/058",
			"remove",
		},
	},
	{
		name:   "beside a neighbour",
		before: []string{"0001628280-25-058336", "neighbour"},
		steps: []string{
			"create tmp", "write", "write", "sync file",
			"link submissions/000/162/828/025/058/0001628280-25-058337.txt.zst",
			"sync submissions/000/162/828/025/058",
			"remove",
		},
	},
	{
		name:   "second revision",
		before: []string{"0001628280-25-058337", "older bytes"},
		steps: []string{
			"create tmp", "write",
			"mkdir revisions", "mkdir revisions/000", "mkdir revisions/000/162", "mkdir revisions/000/162/828",
			"mkdir revisions/000/162/828/025", "mkdir revisions/000/162/828/025/058",
			"mkdir revisions/000/162/828/025/058/0001628280-25-058337",
			"write", "sync file",
			"link revisions/000/162/828/025/058/0001628280-25-058337/2.txt.zst",
			"sync revisions", "sync revisions/000", "sync revisions/000/162", "sync revisions/000/162/828",
			"sync revisions/000/162/828/025", "sync revisions/000/162/828/025/058",
			"sync revisions/000/162/828/025/058/0001628280-25-058337",
			"remove",
		},
	},
}

func TestAFaultOrCrashAtAnyStepLeavesNothingOrTheWholeSubmission(t *testing.T) {
	for _, sit := range situations {
		for failAt := range len(sit.steps) + 1 {
			for _, crash := range []bool{false, true} {
				step := "none"
				if failAt > 0 {
					step = strings.ReplaceAll(sit.steps[failAt-1], "/", "|")
				}
				t.Run(fmt.Sprintf("%s/%02d %s/crash %t", sit.name, failAt, step, crash), func(t *testing.T) {
					sabotage(t, sit.before, sit.steps, saboteur{failAt: failAt, crash: crash})
				})
			}
		}
	}
}

func sabotage(t *testing.T, before, want []string, b saboteur) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	revision := 1
	if len(before) > 0 {
		old := mustAccession(t, before[0])
		revision = mustPut(t, s, old, before[1]).Revision
		if old == a {
			revision++
		}
	}
	held := snapshot(t, filepath.Join(dir, submissionsDir))
	s.disk = b.wrap(s.disk)
	body := invented(100_000, 5)
	info, err := put(s, a, body, noon)

	// A fault before the link leaves nothing; one after it, everything; and
	// when only the temporary name cannot be removed, nothing went wrong.
	linked, failed := b.failAt == 0, ""
	if b.failAt > 0 {
		failed = want[b.failAt-1]
		for _, step := range want[:b.failAt-1] {
			linked = linked || strings.HasPrefix(step, "link ")
		}
	}
	if fails := failed != "" && failed != "remove"; fails != errors.Is(err, errInjected) || fails != (err != nil) {
		t.Errorf("Commit with %q failing: %v", failed, err)
	}
	if err == nil && (info.Revision != revision || !info.Created) {
		t.Errorf("Commit = %+v, want revision %d created", info, revision)
	}
	if b.failAt == 0 {
		if diff := cmp.Diff(want, b.log); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = openTest(t, dir)
	left, err := os.ReadDir(filepath.Join(dir, tmpDir))
	if err != nil || len(left) != 0 {
		t.Errorf("tmp after Open holds %v, %v; want nothing", left, err)
	}
	got, err := read(s, a, revision)
	switch {
	case linked && (err != nil || got != body):
		t.Errorf("after the link: read %d bytes, %v; want all %d", len(got), err, len(body))
	case !linked && !errors.Is(err, fs.ErrNotExist):
		t.Errorf("before the link: read %d bytes, %v; want fs.ErrNotExist", len(got), err)
	}
	info, err = put(s, a, body, noon)
	if err != nil || info.Revision != revision || info.Created == linked {
		t.Errorf("Commit again = %+v, %v; want revision %d, created %t", info, err, revision, !linked)
	}
	after := snapshot(t, filepath.Join(dir, submissionsDir))
	for name, b := range held {
		if after[name] != b {
			t.Errorf("%s changed", name)
		}
	}
}

func TestOpenFlushesTheFoldersOfAnInterruptedCommit(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	b := saboteur{failAt: 17, crash: true} // linked, its folder not flushed
	s.disk = b.wrap(s.disk)
	if _, err := put(s, a, "body", noon); !errors.Is(err, errInjected) {
		t.Fatalf("Commit: %v, want the injected fault", err)
	}
	s.Close()

	var after saboteur
	s, err := open(dir, func(root *os.Root) steps { return after.wrap(diskSteps(root)) })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	log := strings.Join(after.log, "\n")
	for _, folder := range ancestors(path.Dir(fileName(a, 1))) {
		flushed, removed := strings.Index(log, "sync "+folder), strings.Index(log, "remove")
		if flushed < 0 || removed < flushed {
			t.Errorf("%s was not flushed before the temporary file went; steps:\n%s", folder, log)
		}
	}
}

func TestWhoeverLooksAtAnUnflushedSubmissionFlushesItFirst(t *testing.T) {
	s := openTest(t, t.TempDir())
	a := mustAccession(t, "0001628280-25-058337")
	b := saboteur{failAt: 17}
	real := s.disk
	s.disk = b.wrap(real)
	if _, err := put(s, a, "body", noon); !errors.Is(err, errInjected) {
		t.Fatalf("Commit: %v, want the injected fault", err)
	}
	again := saboteur{failAt: 1}
	s.disk = again.wrap(real)
	if _, err := s.Stat(a); !errors.Is(err, errInjected) {
		t.Errorf("Stat while the folder cannot be flushed: %v, want the fault", err)
	}
	if _, err := s.Stat(a); err != nil {
		t.Errorf("Stat when it can: %v", err)
	}
	want := []string{"sync submissions/000/162/828/025/058", "sync submissions/000/162/828/025/058"}
	if _, err := s.Stat(a); err != nil || cmp.Diff(want, again.log) != "" {
		t.Errorf("steps %q, %v; want %q: flushed once", again.log, err, want)
	}
}

func TestOpenLeavesForeignFilesInTmpAlone(t *testing.T) {
	dir := t.TempDir()
	openTest(t, dir).Close()
	foreign := filepath.Join(dir, tmpDir, "notes.txt")
	ours := filepath.Join(dir, tmpDir, "0001628280-25-058337.12")
	for _, name := range []string{foreign, ours} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	openTest(t, dir)
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(ours); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("temporary file after Open: %v, want it gone", err)
	}
}

func TestOpenReportsTheStepThatFails(t *testing.T) {
	var count saboteur
	s, err := open(t.TempDir(), func(root *os.Root) steps { return count.wrap(diskSteps(root)) })
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	for i := range count.log {
		dir := t.TempDir()
		b := saboteur{failAt: i + 1}
		if _, err := open(dir, func(root *os.Root) steps { return b.wrap(diskSteps(root)) }); !errors.Is(err, errInjected) {
			t.Errorf("Open with %q failing: %v", count.log[i], err)
		}
		openTest(t, dir) // the lock was given up
	}
}

func TestAStoreGoesOnAfterAFullDisk(t *testing.T) {
	dir := t.TempDir()
	s := openTest(t, dir)
	before := snapshot(t, dir)
	a := mustAccession(t, "0001628280-25-058337")
	body := invented(5<<20, 14)
	real := s.disk
	for failAt := 2; failAt <= 8; failAt += 3 {
		b := saboteur{failAt: failAt}
		s.disk = b.wrap(real)
		s.disk.write = func(f *os.File, p []byte) (int, error) {
			if b.step("write") != nil {
				return 0, &fs.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
			}
			return real.write(f, p)
		}
		if _, err := put(s, a, body, noon); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("step %d: %v, want ENOSPC", failAt, err)
		}
		if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
			t.Errorf("step %d left something behind:\n%s", failAt, diff)
		}
	}
	s.disk = real
	mustPut(t, s, a, body)
	if got, err := read(s, a, 0); err != nil || got != body {
		t.Errorf("read %d bytes, %v; want all %d", len(got), err, len(body))
	}
}
