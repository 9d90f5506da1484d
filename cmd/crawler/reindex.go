package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const reindexLong = `Builds the index anew, without network, from the rest of the data directory:
the archive, the listings as they were fetched, and the journal. The new index
takes the place of the old one when it is whole; until then the old one stays.`

func newReindex(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Rebuild the index from the archive, without network",
		Long:  reindexLong,
		Args:  noArguments,
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

// reindex holds the archive against other writers and has the index rebuilt.
func (a *app) reindex(ctx context.Context, eff *effective) (rep crawl.Report, err error) {
	ar, err := archive.Open(filepath.Join(eff.Data, archiveFolder))
	if err != nil {
		return rep, named(eff.Data, err)
	}
	defer ar.Close()
	if eff.origin["log.level"] == "default" {
		eff.Log.Level = "warn" // a line for each filing tells nothing here
	}
	log := a.logger(eff)
	cfg := crawl.Config{Archive: ar, ListingsDir: filepath.Join(eff.Data, listingsFolder), Log: log}
	if a.err.term.tty && !a.quiet {
		cfg.Progress = (&progressLine{out: a.err}).show
	}
	err = index.Rebuild(eff.Data, func(ix *index.Store) (err error) {
		release, unclaimed := claim(eff.Data, "reindex")
		if unclaimed == nil {
			defer func() { err = errors.Join(err, release()) }()
		}
		for _, note := range ix.Notes() {
			log.Warn(note)
		}
		cfg.Index = ix
		rep, err = crawl.Reindex(ctx, cfg)
		return err
	})
	return rep, named(eff.Data, err)
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
