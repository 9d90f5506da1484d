package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const reindexLong = `Builds the index anew, without network, from the rest of the data directory: the
archive, the listings as they were fetched, and the journal. The new index takes
the place of the old one when it is whole; until then the old one stays.`

// The index is built in a folder of its own, on the same file system.
const (
	indexFile     = "index.db"
	journalFile   = "journal.jsonl"
	reindexFolder = "reindex"
)

func newReindex(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Rebuild the index from the archive, without network",
		Long:  reindexLong,
		Args:  cobra.NoArgs,
		RunE: does(func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			eff, err := a.config(cmd)
			if err != nil {
				return err
			}
			if _, err := os.Stat(filepath.Join(eff.Data, archiveFolder)); err != nil {
				return misuse("no archive to read in %s: name the data directory with --data DIR", eff.Data)
			}
			rep, err := a.reindex(ctx, eff)
			if err != nil {
				return err
			}
			return a.reindexed(rep)
		}),
	}
}

// reindex holds archive and old index against other writers, fills a new index
// and swaps it in.
func (a *app) reindex(ctx context.Context, eff *effective) (rep crawl.Report, err error) {
	ar, err := archive.Open(filepath.Join(eff.Data, archiveFolder))
	if err != nil {
		return rep, err
	}
	defer ar.Close()
	old, err := index.Open(eff.Data)
	if errors.Is(err, index.ErrLocked) {
		return rep, err
	}
	if err == nil { // one that cannot be opened is what we are here for
		defer old.Close()
	}
	dir, err := newIndexFolder(eff.Data)
	if err != nil {
		return rep, err
	}
	defer os.RemoveAll(dir)
	if rep, err = a.fill(ctx, eff, dir, ar); err != nil {
		return rep, err
	}
	return rep, swapIn(dir, eff.Data)
}

// newIndexFolder makes an empty folder that shares the journal.
func newIndexFolder(data string) (string, error) {
	dir := filepath.Join(data, reindexFolder)
	if err := os.RemoveAll(dir); err != nil { // of a run that was cut off
		return "", err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	err := os.Link(filepath.Join(data, journalFile), filepath.Join(dir, journalFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return dir, nil
}

func (a *app) fill(ctx context.Context, eff *effective, dir string, ar *archive.Store) (crawl.Report, error) {
	ix, err := index.Open(dir)
	if err != nil {
		return crawl.Report{}, err
	}
	if eff.origin["log.level"] == "default" {
		eff.Log.Level = "warn" // a line for each filing tells nothing here
	}
	cfg := crawl.Config{Index: ix, Archive: ar, ListingsDir: filepath.Join(eff.Data, listingsFolder), Log: a.logger(eff)}
	if a.err.term.tty && !a.quiet {
		cfg.Progress = (&progressLine{out: a.err}).show
	}
	rep, err := crawl.Reindex(ctx, cfg)
	return rep, errors.Join(err, ix.Close())
}

// swapIn makes the new index the index, durably.
func swapIn(dir, data string) error {
	if err := os.Rename(filepath.Join(dir, indexFile), filepath.Join(data, indexFile)); err != nil {
		return err
	}
	d, err := os.Open(data)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (a *app) reindexed(rep crawl.Report) error {
	var err error
	switch {
	case a.json:
		err = a.printJSON(rep)
	case !a.quiet:
		d := time.Duration(rep.Seconds * float64(time.Second))
		_, err = fmt.Fprintf(a.out, "%s recorded from the archive in %s\n", plural(rep.Recorded, "filing"), took(d))
	}
	if err == nil && rep.Deferred+rep.Rejected > 0 {
		a.note("%s could not be read: see the log, and crawler status", plural(rep.Deferred+rep.Rejected, "submission"))
		return quietly(exitDiffers)
	}
	return err
}
