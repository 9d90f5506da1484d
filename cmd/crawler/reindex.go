package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const reindexLong = `Rebuilds the index, without network, from the rest of the data directory: the
archive, the listings as they were fetched, and the journal. The new index
replaces the old one when it is whole; until then the old one stays.

--diff shows what the new index says differently, field by field, with the
number of filings and some examples, and keeps the old one unless --accept is
given or a question on the terminal is answered with yes. An index has only the
place and the first words of an item's text, so no more of it is compared.

Exit code 3 says that submissions could not be read, or, of --diff, that
something differs and was not accepted.`

// reindexCommand rebuilds the index.
type reindexCommand struct {
	*app
	diff   bool
	accept bool

	crawl.Report
	compared *crawl.Comparison // nil: there was nothing to compare with
	accepted bool
}

func newReindex(a *app) *cobra.Command {
	c := &reindexCommand{app: a}
	cmd := &cobra.Command{
		Use:     "reindex",
		Short:   "Rebuild the index from the archive, without network",
		Long:    reindexLong,
		Example: "  crawler reindex\n  crawler reindex --diff",
		Args:    noArguments,
		RunE:    does(c.run),
	}
	cmd.Flags().BoolVar(&c.diff, "diff", false, "show what would change, per field, and keep the old index")
	cmd.Flags().BoolVar(&c.accept, "accept", false, "with --diff: put the new index in its place all the same")
	return cmd
}

func (c *reindexCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	if c.accept && !c.diff {
		return misuse("--accept belongs to --diff: without that, reindex always puts the new index in place")
	}
	eff, err := c.config(cmd)
	if err != nil {
		return err
	}
	if !hasArchive(eff.Data) {
		return misuse("no archive to read in %s: name the data directory with --data DIR", eff.Data)
	}
	if err := c.rebuild(ctx, eff); err != nil {
		return err
	}
	return c.summarise()
}

// errKept ends a rebuild whose index is not to take the place of the old one.
var errKept = errors.New("the index stays as it was")

// rebuild holds the archive against other writers and has the index rebuilt.
func (c *reindexCommand) rebuild(ctx context.Context, eff *effective) error {
	ar, err := archive.Open(filepath.Join(eff.Data, archiveFolder))
	if err != nil {
		return named(eff.Data, err)
	}
	defer ar.Close()
	cfg := crawl.Config{Archive: ar, ListingsDir: filepath.Join(eff.Data, listingsFolder), Log: c.logger(eff)}
	if c.err.term.tty && !c.quiet {
		cfg.Progress = (&progressLine{out: c.err}).show
	}
	release, err := claimed(eff.Data, "reindex", func() error {
		return index.Rebuild(eff.Data, func(ix *index.Store) error {
			for _, note := range ix.Notes() {
				cfg.Log.Warn(note)
			}
			cfg.Index = ix
			return c.fill(ctx, cfg)
		})
	})
	if errors.Is(err, errKept) {
		return nil
	}
	if c.accepted = err == nil; c.accepted {
		err = release()
	}
	return err
}

// fill fills the new index and decides whether it is to take the place of the old.
func (c *reindexCommand) fill(ctx context.Context, cfg crawl.Config) (err error) {
	lone := cfg.Index.Replaces()
	if lone != nil && c.diff && !c.accept {
		return misuse("there is nothing to compare with: %w: crawler reindex builds the index", lone)
	}
	if c.Report, err = crawl.Reindex(ctx, cfg); err != nil {
		return err
	}
	if lone == nil {
		compared, err := crawl.Compare(ctx, cfg)
		if err != nil {
			return err
		}
		c.compared = &compared
	} else if c.diff {
		c.note("there is nothing to compare with: %v", lone)
	}
	if !c.diff {
		return nil
	}
	if err := c.show(); err != nil {
		return err
	}
	if c.accept || c.compared.Differs() && c.agrees(ctx) {
		return nil
	}
	return errKept
}

// reindexSummary is what reindex prints as JSON.
type reindexSummary struct {
	crawl.Report
	Diff     *crawl.Comparison `json:"diff,omitempty"`
	Accepted bool              `json:"accepted"` // the new index is in place
}

// summarise says what was done, and returns the exit code that calls for.
func (c *reindexCommand) summarise() error {
	var err error
	switch {
	case c.json:
		err = c.printJSON(reindexSummary{c.Report, c.compared, c.accepted})
	case !c.quiet:
		_, err = fmt.Fprint(c.out, c.verdict())
	}
	if err != nil {
		return err
	}
	lost := c.Deferred + c.Rejected
	if lost > 0 {
		c.note("%s could not be read: see the log, and crawler status", plural(lost, "submission"))
	}
	if lost > 0 || !c.accepted && c.compared.Differs() {
		return quietly(exitDiffers)
	}
	return nil
}

// verdict is the last words of a rebuild, for people.
func (c *reindexCommand) verdict() string {
	took := took(time.Duration(c.Seconds * float64(time.Second)))
	done := "recorded"
	if !c.accepted {
		done = "read"
	}
	s := fmt.Sprintf("%s %s from the archive in %s%s\n", plural(c.Recorded, "filing"), done, took, c.pace())
	if c.compared != nil {
		s += comparedText(c.compared) + "\n"
	}
	switch {
	case !c.diff:
	case c.accepted:
		s += "the new index is in place\n"
	case c.compared.Differs():
		s += "the index stays as it was: crawler reindex --diff --accept, or crawler reindex, puts the new one in its place\n"
	default:
		s += "the index stays as it was\n"
	}
	return s
}

// pace is the rate of a rebuild that took long enough to have one.
func (c *reindexCommand) pace() string {
	if c.Seconds < 1 {
		return ""
	}
	return fmt.Sprintf(", %s/s", count(int(float64(c.Recorded)/c.Seconds)))
}
