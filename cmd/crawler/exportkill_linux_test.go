package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// accessionsIn lists the filings in a file of JSON lines, nil when there is none.
func accessionsIn(t *testing.T, file string) (accs []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`"accession":"([0-9-]+)","form"`).FindAllSubmatch(data, -1) {
		accs = append(accs, string(m[1]))
	}
	return accs
}

// TestAnExportThatIsKilledRepeatsAndLosesNothing kills export at each call that makes
// something durable: of the output, its folder, the cursor, and that one's folder.
func TestAnExportThatIsKilledRepeatsAndLosesNothing(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("no strace here, which kills at a system call")
	}
	h, dir := newHousehold(t), t.TempDir()
	h.run("import", "--quiet", "testdata/filings")
	all := filepath.Join(dir, "all.jsonl")
	h.run("export", "--quiet", "--out", all)
	want := accessionsIn(t, all)
	for _, f := range []failpoint{{"flushing", "fsync", nil}, {"renaming", "renameat", nil}} {
		for n := 1; n <= 4; n++ {
			t.Run(fmt.Sprint(f.name, n), func(t *testing.T) {
				name := fmt.Sprint(f.name, n)
				first, second := filepath.Join(dir, name+".1"), filepath.Join(dir, name+".2")
				p := h.start(f.tracer(h, strace, n), "export", "--quiet", "--since-last", name, "--out", first)
				if code := p.code(); n == 1 && p.signal() != syscall.SIGKILL { // later calls are counted by thread
					t.Fatalf("not killed, but ended with code %d: %s", code, p.errs.String())
				}
				h.run("export", "--quiet", "--since-last", name, "--out", second)
				got, again := accessionsIn(t, first), accessionsIn(t, second)
				if len(got) != 0 && len(got) != len(want) {
					t.Errorf("what was killed left %d filings of %d under the name of the output", len(got), len(want))
				}
				got = append(got, again...)
				slices.Sort(got)
				if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Compact(got)); len(want) == 0 || diff != "" {
					t.Errorf("both together (-all +exported):\n%s", diff)
				}
			})
		}
	}
}
