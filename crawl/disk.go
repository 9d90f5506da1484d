package crawl

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"go.uber.org/zap"
)

const (
	diskReserve = 512 << 20 // bytes left to others; on a disk of less than 10 GB a twentieth of it
	diskPause   = 30 * time.Second
	diskCalm    = 10 * time.Minute // of work after which trouble is new trouble
	diskProbe   = 1 << 20
)

// DiskError says that what is fetched could not be kept: a disk is nearly full,
// read-only, or fails. No entry is blamed for it.
type DiskError struct {
	Dir  string
	Free int64 // bytes that we may write there; -1 when the disk does not tell
	Err  error // what went wrong; nil when the disk is nearly full
}

func (e *DiskError) Error() string {
	free := "an unknown number of bytes"
	if e.Free >= 0 {
		free = fmt.Sprintf("%d bytes (%.1f MB)", e.Free, float64(e.Free)/1e6)
	}
	const after = "nothing is lost, and the next pass goes on from here"
	if e.Err == nil {
		return fmt.Sprintf("the disk of %s is nearly full, with %s free: make room there; %s", e.Dir, free, after)
	}
	return fmt.Sprintf("%v: see that the disk of %s, with %s free, is sound, has room and can be written to; %s", e.Err, e.Dir, free, after)
}

func (e *DiskError) Unwrap() error { return e.Err }

// disk is where a crawl keeps things. A nil one is never looked at.
type disk struct {
	log  *zap.Logger
	dirs []string                                       // of listings, archive and index
	look func(dir string) (free, size int64, err error) // errors.ErrUnsupported: nobody can tell

	turn   chan struct{} // held by the one goroutine that looks for all that wait
	mended atomic.Int64  // how often a wait came to an end
}

func newDisk(log *zap.Logger, dirs ...string) *disk {
	for i, dir := range dirs {
		if abs, err := filepath.Abs(dir); err == nil { // for messages
			dirs[i] = abs
		}
	}
	return &disk{log: log, dirs: dirs, look: freeSpace, turn: make(chan struct{}, 1)}
}

// room returns a DiskError when less is free than the reserve. It is asked before
// each request for something to keep.
func (d *disk) room() error {
	if d == nil {
		return nil
	}
	for _, dir := range d.dirs {
		free, size, err := d.lookAbove(dir)
		switch {
		case errors.Is(err, errors.ErrUnsupported), err == nil && size == 0:
		case err != nil:
			return &DiskError{Dir: dir, Free: -1, Err: err}
		case free < min(diskReserve, size/20):
			return &DiskError{Dir: dir, Free: free}
		}
	}
	return nil
}

// lookAbove looks at the nearest folder that there is.
func (d *disk) lookAbove(dir string) (free, size int64, err error) {
	for {
		free, size, err = d.look(dir)
		if above := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && above != dir {
			dir = above
			continue
		}
		return free, size, err
	}
}

// usable reports what still stands against going on: no room, or a write of some
// size that fails.
func (d *disk) usable() error {
	if err := d.room(); err != nil {
		return err
	}
	for _, dir := range d.dirs {
		if err := tryWrite(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return d.explain(err)
		}
	}
	return nil
}

// tryWrite writes and flushes a file that has no name any more.
func tryWrite(dir string) error {
	f, err := os.CreateTemp(dir, tmpListing)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // where an open file keeps its name
	defer f.Close()
	os.Remove(f.Name())
	noise := make([]byte, diskProbe) // which no file system makes smaller
	rand.Read(noise)
	if _, err := f.Write(noise); err != nil {
		return err
	}
	return f.Sync()
}

// explain makes a DiskError of an error that is the disk's.
func (d *disk) explain(err error) error {
	var known *DiskError
	if d == nil || len(d.dirs) == 0 || !isDiskTrouble(err) || errors.As(err, &known) {
		return err
	}
	e := &DiskError{Free: -1, Err: err}
	for _, dir := range d.dirs { // the fullest is told
		free, _, err := d.lookAbove(dir)
		if err == nil && (e.Free < 0 || free < e.Free) {
			e.Dir, e.Free = dir, free
		}
	}
	e.Dir = cmp.Or(e.Dir, d.dirs[0])
	return e
}

// isDiskTrouble reports whether err is a DiskError or comes from a disk that is
// full, read-only or broken.
func isDiskTrouble(err error) bool {
	if err == nil {
		return false
	}
	var known *DiskError
	if errors.As(err, &known) {
		return true
	}
	for _, code := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO} {
		if errors.Is(err, code) {
			return true
		}
		for _, step := range []string{"file resize error: ", "file sync error: "} { // bbolt's, which keep only the text
			if strings.Contains(err.Error(), step+code.Error()) {
				return true
			}
		}
	}
	return false
}

// patiently does work, and a patient crawler does it again when the disk was in
// the way and no longer is. Work must be such that doing it again is harmless.
// tell hears why it waits, and "" when it goes on.
func (c *Crawler) patiently(ctx context.Context, work func() error, tell func(why string)) error {
	for fails := 0; ; fails++ {
		mended, began := c.disk.mended.Load(), time.Now()
		err := c.disk.explain(work())
		var trouble *DiskError
		if !errors.As(err, &trouble) || !c.Patient || ctx.Err() != nil {
			return err
		}
		if time.Since(began) > diskCalm {
			fails = 0
		}
		tell(trouble.Error())
		if err := c.disk.wait(ctx, trouble, fails, mended); err != nil {
			return err
		}
		tell("")
	}
}

func (p *pass) pausing(why string) {
	p.Signs.Halted(why)
	p.progress.Paused = why
	p.tell()
}

// wait returns when the disk is usable: it looks every half minute, or, when the
// disk seemed usable before and was not, for the first time after twice as long.
// One caller looks for all that wait; whoever began his work before the disk was
// mended for the last time need not.
func (d *disk) wait(ctx context.Context, why *DiskError, fails int, mended int64) error {
	if err := await(ctx, d.turn); err != nil {
		return err
	}
	defer func() { <-d.turn }()
	if d.mended.Load() != mended {
		return nil
	}
	if fails == 0 {
		d.log.Warn("work pauses until the disk can be used", zap.Error(why))
	}
	for pauses := 1 << min(fails, 5); pauses > 0 || d.usable() != nil; pauses-- {
		if _, err := nap(ctx, diskPause, nil); err != nil {
			return err
		}
	}
	d.mended.Add(1)
	d.log.Info("work goes on: the disk can be used")
	return nil
}
