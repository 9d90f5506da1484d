package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/index"
)

// The data directory: index.db and journal.jsonl are the index's own.
const (
	archiveFolder  = "archive"
	listingsFolder = "listings"
)

// holdings is an open data directory.
type holdings struct {
	dir     string
	index   *index.Store
	archive *archive.Store
	release func() error // of a claim to write, nil without one
}

// openHoldings opens the data directory for a command that writes, making it
// when it is not there. What the index had to mend is logged. Others are told by
// which command it is held.
func openHoldings(dir, command string, log *zap.Logger) (*holdings, error) {
	ix, err := index.Open(dir)
	if errors.Is(err, index.ErrStale) {
		return nil, misuse("%w", err)
	}
	if err != nil {
		return nil, named(dir, err)
	}
	for _, note := range ix.Notes() {
		log.Warn(note)
	}
	ar, err := archive.Open(filepath.Join(dir, archiveFolder))
	if err != nil {
		return nil, errors.Join(named(dir, err), ix.Close())
	}
	release, err := claim(dir, command)
	if err != nil {
		log.Debug("others will not be told who writes here", zap.Error(err))
	}
	return &holdings{dir, ix, ar, release}, nil
}

// readHoldings opens the data directory for a command that only reads.
func readHoldings(dir string) (*holdings, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("there is no data directory %s: name yours with --data DIR, or let crawler sync make it", dir)
	}
	ix, err := index.OpenReadOnly(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("there is no index in %s: let crawler sync make it, or crawler reindex if the archive is there", dir)
	}
	if errors.Is(err, index.ErrStale) {
		return nil, misuse("%w", err)
	}
	if err != nil {
		return nil, named(dir, err)
	}
	ar, err := archive.OpenReadOnly(filepath.Join(dir, archiveFolder))
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return &holdings{dir: dir, index: ix, archive: ar}, nil
}

func (h *holdings) listings() string { return filepath.Join(h.dir, listingsFolder) }

func (h *holdings) Close() error {
	var err error
	if h.release != nil {
		err = h.release()
	}
	return errors.Join(err, h.archive.Close(), h.index.Close())
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
