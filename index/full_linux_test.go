package index

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

// smallDisk is a file system of its own, of so many bytes.
func smallDisk(t *testing.T, bytes string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+bytes); err != nil {
		t.Skipf("only root has small disks: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskIsToldAndNothingIsLost(t *testing.T) {
	dir := smallDisk(t, "6m")
	filler := filepath.Join(dir, "filler")
	must(t, os.WriteFile(filler, make([]byte, 2<<20), 0o600))
	s, err := Open(filepath.Join(dir, "data"))
	must(t, err)
	discover(t, s, "2024Q1", many(1, 3000)...)
	t.Cleanup(func() { s.Close() })
	n := 0
	for err == nil && n < 9000 {
		n++
		err = s.Record(made(n, "2024-01-03", 10))
	}
	if err == nil {
		t.Fatal("the disk is never full")
	}
	if !strings.Contains(err.Error(), "no space left on device") || errors.Is(err, ErrDamaged) {
		t.Errorf("%v, want it said that the disk is full", err)
	}
	want := dump(s)
	must(t, os.Remove(filler))
	must(t, s.Record(made(1, "2024-01-03", 10)))
	checkInvariants(t, s)
	must(t, s.Close())
	s, err = Open(s.dir)
	must(t, err)
	defer s.Close()
	if diff := cmp.Diff(lasting(want), lasting(dump(s))); diff != "" {
		t.Errorf("after the disk was full (-want +got):\n%s", diff)
	}
}

// many is rows of n submissions from the first on.
func many(first, n int) (rows []parse.Row) {
	for i := range n {
		rows = append(rows, row(first+i, 10, "2024-01-03"))
	}
	return rows
}
