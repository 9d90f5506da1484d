package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"example.com/edgard/archive"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/remote"
)

// holder is the process that writes to a data directory, or is about to. It says so
// in a file there that it holds under a lock of its own: what the file says counts
// while somebody has that lock, and a killed process has it no more. A guest of the
// directory, who reads its index for long, lets go of that when the lock is taken.
type holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"` // "run"
	Since   time.Time `json:"since"`
}

const (
	holderFile = "writer.json"
	maxHolder  = 4096

	claimTime = 300 * time.Millisecond // who only looks at the file has it for less
	claimTry  = 10 * time.Millisecond
	openTries = 3 // seconds in which those who read the index let go of it
)

// claim tells other processes that this one writes to dir, by a command of the
// given name, until release is called. It keeps nobody out: the locks of index and
// archive do.
func claim(dir, command string) (release func() error, err error) {
	path := filepath.Join(dir, holderFile)
	lock := flock.New(path, flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), claimTime)
	defer cancel()
	if ok, err := lock.TryLockContext(ctx, claimTry); err != nil || !ok {
		return nil, errors.Join(fmt.Errorf("%s is not to be had", path), err)
	}
	host, _ := os.Hostname() // "" where there is none
	data, err := json.Marshal(holder{os.Getpid(), host, command, time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return lock.Close, nil
}

// claimed opens the index of dir by open, for a command of the given name to write
// to it: it is claimed before, so that guests let go of it, and stays so until release
// is called. Others are told by which command an index is held.
func claimed(dir, command string, open func() error) (release func() error, err error) {
	release, unclaimed := claim(dir, command)
	if unclaimed != nil { // another has, or nothing can be written there
		return func() error { return nil }, named(dir, open())
	}
	for range openTries {
		if err = open(); !isLocked(err) {
			break
		}
	}
	if err != nil {
		err = errors.Join(err, release()) // not to name ourselves
	}
	return release, named(dir, err)
}

// writes reports whether somebody writes to dir at this moment, or is about to.
func writes(dir string) bool {
	path := filepath.Join(dir, holderFile)
	if _, err := os.Stat(path); err != nil {
		return false
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	free, err := lock.TryRLock()
	_ = lock.Close()
	return err == nil && !free
}

// holderOf returns who writes to dir at this moment, as far as that process says.
func holderOf(dir string) (h holder, ok bool) {
	if !writes(dir) {
		return h, false
	}
	f, err := os.Open(filepath.Join(dir, holderFile))
	if err != nil {
		return h, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxHolder))
	if err != nil || json.Unmarshal(data, &h) != nil || h.PID <= 0 {
		return holder{}, false
	}
	return h, true
}

func (h holder) String() string {
	where := ""
	if here, _ := os.Hostname(); h.Host != here {
		where = " on " + harmless.Line(h.Host)
	}
	return fmt.Sprintf("crawler %s (process %d%s, since %s)", harmless.Line(h.Command), h.PID, where, stamp(h.Since))
}

// heldError says who holds a data directory.
type heldError struct {
	dir string
	by  holder
	err error
}

func (e *heldError) Error() string {
	var other *remote.VersionError
	if errors.As(e.err, &other) {
		return fmt.Sprintf("%s is in use by %s, of version %s, and this is version %s: ask with that one, or restart it as this one",
			e.dir, e.by, harmless.Line(other.Theirs), harmless.Line(other.Ours))
	}
	return fmt.Sprintf("%s is in use by %s: wait until it is done, or stop it", e.dir, e.by)
}

func (e *heldError) Unwrap() error { return e.err }

// named adds to the error of a locked index or archive who holds it, where that is
// known.
func named(dir string, err error) error {
	if !isLocked(err) {
		return err
	}
	if by, ok := holderOf(dir); ok {
		return &heldError{dir, by, err}
	}
	return err
}

func isLocked(err error) bool {
	return errors.Is(err, index.ErrLocked) || errors.Is(err, archive.ErrLocked)
}
