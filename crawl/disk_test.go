package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// patient makes a crawler that waits, and keeps what it logs from Warn on.
func (h *house) patient() (*Crawler, *observer.ObservedLogs) {
	core, logs := observer.New(zap.WarnLevel)
	return h.crawler(func(c *Config) { c.Patient, c.Log = true, zap.New(core) }), logs
}

// holdings is what the house has of each accession, but for the times.
func (h *house) holdings() map[string]any {
	h.t.Helper()
	all := map[string]any{}
	for e, err := range h.ix.Entries() {
		if err != nil {
			h.t.Fatal(err)
		}
		e.Seen = time.Time{}
		all["entry "+e.Accession.String()] = fmt.Sprintf("%+v", e)
	}
	for f, err := range h.ix.All(index.Query{}) {
		if err != nil {
			h.t.Fatal(err)
		}
		f.Seen, f.Recorded = time.Time{}, time.Time{}
		all["filing "+f.Accession.String()] = string(must(json.Marshal(f)))
	}
	for info, err := range h.ar.All() {
		if err != nil {
			h.t.Fatal(err)
		}
		all["archived "+info.Accession.String()] = fmt.Sprintf("%d %x", info.Revision, info.SHA256)
	}
	return all
}

func undisturbed(t *testing.T) map[string]any {
	h := newHouse(t, fourReports()...)
	h.sync(all2024())
	return h.holdings()
}

func TestANearlyFullDiskEndsThePassBeforeItAsksForAnything(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		c.disk.look = func(string) (free, size int64, err error) { return 12_345_678, 1 << 40, nil }
		_, err := c.Sync(t.Context(), all2024())
		var full *DiskError
		if !errors.As(err, &full) || full.Free != 12_345_678 {
			t.Fatalf("got %v, want a DiskError", err)
		}
		for _, want := range []string{"12345678 bytes (12.3 MB) free", h.dir, "make room there"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("got %q, want %q in it", err, want)
			}
		}
		if got := len(h.world.Requests()); got != 0 {
			t.Errorf("%d requests, want none", got)
		}
	})
}

func TestTheReserveIsSmallerOnASmallDisk(t *testing.T) {
	for _, c := range []struct {
		free, size int64
		err        error
		want       bool
	}{
		{512 << 20, 1 << 40, nil, true},
		{512<<20 - 1, 1 << 40, nil, false},
		{50 << 20, 1000 << 20, nil, true},
		{50<<20 - 1, 1000 << 20, nil, false},
		{0, 0, nil, true}, // a file system that does not tell
		{0, 0, errors.ErrUnsupported, true},
		{0, 0, syscall.EIO, false},
	} {
		d := &disk{dirs: []string{"/"}, look: func(string) (free, size int64, err error) { return c.free, c.size, c.err }}
		if err := d.room(); (err == nil) != c.want {
			t.Errorf("%d of %d bytes free, %v: got %v, want room: %v", c.free, c.size, c.err, err, c.want)
		}
	}
}

func TestThisDiskTellsWhatIsFreeAlsoOfFoldersToCome(t *testing.T) {
	d := &disk{dirs: []string{t.TempDir() + "/not/yet"}, look: freeSpace}
	free, size, err := d.lookAbove(d.dirs[0])
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("this system does not tell")
	}
	if err != nil || free <= 0 || size < free {
		t.Errorf("%d of %d bytes free, %v; want some", free, size, err)
	}
}

func TestWorkPausesWhileTheDiskIsNearlyFullAndGoesOnByItself(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		var subs []edgartest.Submission
		for n := range 4 * workers {
			subs = append(subs, made(fmt.Sprintf("0000900001-24-%06d", n+1), "8-K", "2024-02-05", "900001"))
		}
		calm := newHouse(t, subs...)
		calm.sync(all2024())
		h := newHouse(t, subs...)
		c, logs := h.patient()
		var fetched, mended atomic.Int64
		c.disk.look = func(string) (free, size int64, err error) {
			if fetched.Load() > workers && mended.Load() == 0 {
				return 1000, 1 << 40, nil
			}
			return 1 << 40, 1 << 40, nil
		}
		c.step = func(step string) error {
			if strings.HasPrefix(step, "spooled ") {
				fetched.Add(1)
			}
			return nil
		}
		var pauses []string
		c.Config.Progress = func(p Progress) {
			if n := len(pauses); n == 0 || pauses[n-1] != p.Paused {
				pauses = append(pauses, p.Paused)
			}
		}
		defer time.AfterFunc(time.Hour, func() { mended.Add(1) }).Stop()
		began := time.Now()
		r, err := c.Sync(t.Context(), all2024())
		if took := time.Since(began); err != nil || r.Recorded != len(subs) || r.Listed != len(subs) || took < time.Hour || took > time.Hour+diskPause {
			t.Errorf("%+v, %v after %v; want a whole pass soon after an hour", r, err, took)
		}
		if diff := cmp.Diff(calm.holdings(), h.holdings()); diff != "" {
			t.Errorf("after the pause (-undisturbed +got):\n%s", diff)
		}
		if got := len(h.world.FilingRequests()); got != len(subs) {
			t.Errorf("%d requests for filings, want %d", got, len(subs))
		}
		if logs.Len() != 1 || !strings.Contains(logs.All()[0].Message, "pauses") {
			t.Errorf("logged %v, want the pause, once", logs.All())
		}
		if len(pauses) != 3 || !strings.Contains(pauses[1], "nearly full") || pauses[2] != "" {
			t.Errorf("progress said %q, want the pause and its end", pauses)
		}
	})
}

func TestADiskThatFailsAtAnyStepBlamesNoEntryAndNothingIsLost(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		want := undisturbed(t)
		codes := []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO}
		for n := int64(0); ; n++ {
			h := newHouse(t, fourReports()...)
			c, _ := h.patient()
			var steps atomic.Int64
			code := codes[n%4]
			c.step = func(string) error {
				if steps.Add(1) == n+1 {
					return code
				}
				return nil
			}
			r, err := c.Sync(t.Context(), all2024())
			if err != nil || r.Deferred+r.Rejected != 0 || r.Listed != 4 {
				t.Errorf("%v at step %d: %+v, %v; want a whole pass", code, n, r, err)
			}
			if diff := cmp.Diff(want, h.holdings()); diff != "" {
				t.Errorf("%v at step %d (-undisturbed +got):\n%s", code, n, diff)
			}
			if steps.Load() <= n {
				return
			}
		}
	})
}

func TestAPassThatDoesNotWaitEndsWithTheDisksError(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		c.step = func(step string) error {
			if strings.HasPrefix(step, "spooled ") {
				return &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
			}
			return nil
		}
		r, err := c.Sync(t.Context(), all2024())
		var trouble *DiskError
		if !errors.As(err, &trouble) || !errors.Is(err, syscall.ENOSPC) || r.Deferred != 0 {
			t.Errorf("%+v, %v; want a DiskError and nothing deferred", r, err)
		}
		h.sync(all2024())
		if got := len(h.filings()); got != 4 {
			t.Errorf("%d filings after the next pass, want 4", got)
		}
	})
}

func TestAPauseEndsWithTheContext(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c, _ := h.patient()
		c.disk.look = func(string) (free, size int64, err error) { return 0, 1 << 40, nil }
		ctx, cancel := context.WithCancelCause(t.Context())
		defer time.AfterFunc(time.Hour, func() { cancel(errCut) }).Stop()
		began := time.Now()
		if _, err := c.Sync(ctx, all2024()); !errors.Is(err, errCut) || time.Since(began) != time.Hour {
			t.Errorf("%v after %v, want %v after an hour", err, time.Since(began), errCut)
		}
	})
}

func TestABudgetThatCannotBeWrittenIsOurFaultAndNoEntrys(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler(func(c *Config) { c.Rate = 8 })
		c.step = func(step string) error {
			if strings.HasPrefix(step, "discovered 2024Q1") {
				return os.MkdirAll(c.door.budget.path+".tmp/in/the/way", 0o700)
			}
			return nil
		}
		r, err := c.Sync(t.Context(), all2024())
		if err == nil || !strings.Contains(err.Error(), "request budget") || r.Deferred != 0 || r.Stopped != "" {
			t.Errorf("%+v, %v; want the budget's error and nothing deferred", r, err)
		}
	})
}

func TestACoolDownThatCannotBeWrittenHoldsAllTheSame(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c := h.crawler()
		h.world.Script("*", edgartest.Throttled)
		if err := os.MkdirAll(c.door.budget.path+".tmp/in/the/way", 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Sync(t.Context(), all2024()); err == nil {
			t.Error("the first pass did not fail")
		}
		if err := os.RemoveAll(c.door.budget.path + ".tmp"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(CoolDown - time.Second)
		var throttled *ThrottledError
		if _, err := c.Sync(t.Context(), all2024()); !errors.As(err, &throttled) || len(h.world.Requests()) != 1 {
			t.Errorf("%v after %d requests, want a ThrottledError and no more than the first", err, len(h.world.Requests()))
		}
	})
}

func TestADaemonPausesForTheDiskAndFetchesWhatCameMeanwhile(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		c, logs := h.patient()
		var full atomic.Bool
		c.disk.look = func(string) (free, size int64, err error) {
			if full.Load() {
				return 1000, 1 << 40, nil
			}
			return 1 << 40, 1 << 40, nil
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		var alive atomic.Int64
		go func() {
			ended <- c.Run(ctx, Daemon{Settings: since2024(), Alive: func() { alive.Store(time.Now().Unix()) }})
		}()
		time.Sleep(time.Minute)
		full.Store(true)
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002")
		late.Accepted = time.Now().Add(5 * time.Minute).Truncate(time.Second)
		if err := h.world.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute) // whoever was about to ask has asked
		asked := len(h.world.Requests())
		time.Sleep(time.Hour)
		if got := len(h.world.Requests()); got != asked {
			t.Errorf("%d requests while the disk was full, want none", got-asked)
		}
		if quiet := time.Since(time.Unix(alive.Load(), 0)); quiet > time.Minute {
			t.Errorf("no sign of life for %v", quiet)
		}
		full.Store(false)
		time.Sleep(3 * time.Minute)
		if e := h.entry("0000900002-24-000099"); e.State != index.Recorded {
			t.Errorf("the filing is %s, want it recorded", e.State)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("ended with %v, want nil", err)
		}
		if logs.Len() != 1 || !strings.Contains(logs.All()[0].Message, "pauses") {
			t.Errorf("logged %v, want the pause, once", logs.All())
		}
	})
}

func TestTroubleOfTheDiskIsToldFromOther(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, true},
		{fmt.Errorf("recording filing: %w", syscall.EROFS), true},
		{errors.Join(errors.New("x"), syscall.EIO), true},
		{&sinkError{syscall.EDQUOT}, true},
		{fmt.Errorf("x: %w", &DiskError{Dir: "/"}), true},
		{errors.New("file resize error: no space left on device"), true}, // bbolt's
		{errors.New("file sync error: input/output error"), true},
		{errors.New("page says: no space left on device"), false},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, false},
		{&ThrottledError{}, false},
	} {
		if got := isDiskTrouble(c.err); got != c.want {
			t.Errorf("%v: got %v, want %v", c.err, got, c.want)
		}
	}
}
