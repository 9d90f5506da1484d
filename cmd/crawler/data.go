package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/index/remote"
)

// The data directory: index.db and journal.jsonl are the index's own.
const (
	archiveFolder  = "archive"
	listingsFolder = "listings"
)

// holdings is an open data directory.
type holdings struct {
	dir     string
	index   index.Reader
	store   *index.Store // the index itself, nil when another process holds it
	archive *archive.Store

	// Of a command that writes; nil where it could not be had.
	shared  *remote.Server
	release func() error // of its claim
}

// openHoldings opens the data directory for a command that writes, making it
// when it is not there. What the index had to mend is logged. Others are told by
// which command it is held.
func openHoldings(dir, command string, log *zap.Logger) (*holdings, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the data directory: %w", err)
	}
	h := &holdings{dir: dir}
	release, err := claimed(dir, command, func() (err error) {
		h.store, err = index.Open(dir)
		return err
	})
	if isGone(err) {
		return nil, misuse("%w", err)
	}
	if err != nil {
		return nil, err
	}
	h.index, h.release = h.store, release
	for _, note := range h.store.Notes() {
		log.Warn(note)
	}
	if err := archiveGone(dir, h.store); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	if h.archive, err = archive.Open(filepath.Join(dir, archiveFolder)); err != nil {
		return nil, errors.Join(named(dir, err), h.Close())
	}
	if h.shared, err = remote.Serve(dir, h.store, thisBuild().full(), zap.NewStdLog(log)); err != nil {
		log.Warn("who only reads will be refused while this is at work", zap.Error(err))
	}
	return h, nil
}

// reading opens the data directory for use, which only reads, and closes it after;
// once more when whoever held it ended meanwhile.
func reading(dir string, use func(*holdings) error) error {
	err := readOnce(dir, use)
	if errors.Is(err, remote.ErrGone) {
		err = readOnce(dir, use)
	}
	return err
}

func readOnce(dir string, use func(*holdings) error) (err error) {
	h, err := readHoldings(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return use(h)
}

// readHoldings opens the data directory for a command that only reads.
func readHoldings(dir string) (*holdings, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("there is no data directory %s: name yours with --data DIR, or let crawler sync make it", dir)
	}
	ix, store, err := openReader(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("there is no index in %s: let crawler sync make it, or crawler reindex if the archive is there", dir)
	}
	if isGone(err) {
		return nil, misuse("%w", err)
	}
	if err != nil {
		return nil, named(dir, err)
	}
	ar, err := archive.OpenReadOnly(filepath.Join(dir, archiveFolder))
	if errors.Is(err, fs.ErrNotExist) {
		err = cmp.Or(archiveGone(dir, ix), err)
	}
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return &holdings{dir: dir, index: ix, store: store, archive: ar}, nil
}

// archiveGone says that the archive is missing which the index tells of: its disk may
// not be mounted, and another archive begun in its place would hide that.
func archiveGone(dir string, ix index.Reader) error {
	if hasArchive(dir) {
		return nil
	}
	st, err := ix.Status(time.Now())
	if err != nil || st.States[index.Recorded] == 0 {
		return err
	}
	folder := filepath.Join(dir, archiveFolder)
	return fmt.Errorf("the index has %s, and %s is no archive: mount its disk, or put it back; if it is lost for good, make an empty %s, and crawler verify --repair fetches all again",
		plural(st.States[index.Recorded], "filing"), folder, filepath.Join(folder, "submissions"))
}

// hasArchive reports whether an archive was ever begun in dir, or put there.
func hasArchive(dir string) bool {
	for _, name := range []string{"lock", "submissions"} {
		if _, err := os.Stat(filepath.Join(dir, archiveFolder, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// isGone reports whether an index is not there although it was: the user's doing,
// while one that is damaged is not.
func isGone(err error) bool {
	return errors.Is(err, index.ErrStale) && !errors.Is(err, index.ErrDamaged)
}

// openReader asks whoever holds the index of dir and shares it, or opens the index
// itself, which it then returns as store, too. Whoever has the lock and does not share
// the index may only just have begun.
func openReader(dir string) (ix index.Reader, store *index.Store, err error) {
	version := thisBuild().full()
	c, err := remote.Dial(dir, version)
	if !errors.Is(err, remote.ErrGone) {
		return c, nil, err
	}
	store, locked := index.OpenReadOnly(dir)
	if !errors.Is(locked, index.ErrLocked) || errors.Is(err, context.DeadlineExceeded) {
		return store, store, locked
	}
	if c, err = remote.Dial(dir, version); errors.Is(err, remote.ErrGone) {
		err = locked
	}
	return c, nil, err
}

func (h *holdings) listings() string { return filepath.Join(h.dir, listingsFolder) }

// Close lets go of it: last of the claim, so that who waits for that finds all free.
func (h *holdings) Close() error {
	var err error
	if h.shared != nil {
		err = h.shared.Close()
	}
	if h.archive != nil {
		err = errors.Join(err, h.archive.Close())
	}
	err = errors.Join(err, h.index.Close())
	if h.release != nil {
		err = errors.Join(err, h.release())
	}
	return err
}

// stateDir is where all processes of the user on this host share the request
// budget and the cool-down.
func stateDir(getenv func(string) string) (string, error) {
	if dir := getenv("EDGARD_STATE_DIR"); dir != "" {
		return dir, nil
	}
	if dir := getenv("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, "edgard"), nil
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "edgard"), nil
	}
	return "", fmt.Errorf("no home directory to share the request budget in: set EDGARD_STATE_DIR")
}
