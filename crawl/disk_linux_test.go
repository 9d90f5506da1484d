package crawl

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgartest"
)

// mountSmallDisk makes a file system of its own in memory.
func mountSmallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("no small file system to fill: mounting one: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill writes a file until about so many bytes are free.
func fill(t *testing.T, name string, left int64) {
	t.Helper()
	free, _, err := freeSpace(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, make([]byte, max(0, free-left)), 0o600); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// bulky is a world of filings that hardly shrink, thirty of 20 to 80 KB.
func bulky(t *testing.T) *edgartest.World {
	t.Helper()
	w := edgartest.New()
	for n := range 30 {
		s := made(fmt.Sprintf("0000900001-24-%06d", n+1), "8-K", "2024-02-05", "900001")
		if err := w.Add(s); err != nil {
			t.Fatal(err)
		}
		noise := make([]byte, 10_000*(1+n%4))
		rand.NewChaCha8([32]byte{byte(n)}).Read(noise)
		exhibit := fmt.Sprintf("<DOCUMENT>\n<TYPE>EX-99\n<SEQUENCE>2\n<FILENAME>noise.txt\n<TEXT>\n%x\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>", noise)
		s.Body = bytes.Replace(must(w.Body(s.Accession)), []byte("</SEC-DOCUMENT>"), []byte(exhibit), 1)
		if err := w.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func TestAFullDiskIsWaitedOutWhereverItFillsUp(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := bulky(t)
		calm := houseIn(t, w)
		calm.sync(all2024())
		want := calm.holdings()
		pauses := 0
		for left := int64(0); left < 1_200_000; left += 150_000 {
			h := houseOn(t, mountSmallDisk(t), w)
			fill(t, h.dir+"/filler", left)
			c, logs := h.patient()
			c.disk.look = func(string) (free, size int64, err error) { return 1 << 40, 1 << 40, nil }
			room := time.AfterFunc(10*time.Minute, func() { os.Remove(h.dir + "/filler") })
			r, err := c.Sync(t.Context(), all2024())
			room.Stop()
			if err != nil || r.Recorded != 30 || r.Deferred+r.Rejected != 0 {
				t.Fatalf("%d bytes free: %+v, %v; want a whole pass", left, r, err)
			}
			pauses += logs.Len()
			h.close()
			h.open()
			if diff := cmp.Diff(want, h.holdings()); diff != "" {
				t.Errorf("%d bytes free (-undisturbed +got):\n%s", left, diff)
			}
			h.reindex()
			if diff := cmp.Diff(want, h.holdings()); diff != "" {
				t.Errorf("%d bytes free, rebuilt (-undisturbed +got):\n%s", left, diff)
			}
			for _, names := range []string{"/archive/tmp/*", "/listings/.tmp*", "/.tmp*", "/state/*.tmp"} {
				if got := must(filepath.Glob(h.dir + names)); len(got) != 0 {
					t.Errorf("%d bytes free: left behind: %v", left, got)
				}
			}
		}
		if pauses < 6 {
			t.Errorf("%d pauses, want one in nearly every pass", pauses)
		}
	})
}
