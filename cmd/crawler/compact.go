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

	"example.com/edgard/crawl"
	"example.com/edgard/index"
)

const compactLong = `Copies the index into a file without empty pages, compares the two, and puts the
new file in place of the old one. Nothing else changes; the old file stays until
the new one is whole. It needs as much free room on the disk as the index takes.
No other crawler can write or read the index meanwhile.`

func newCompact(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Make the index file as small as it can be",
		Long:  compactLong,
		Args:  noArguments,
		RunE: does(func(ctx context.Context, cmd *cobra.Command, _ []string) error {
			eff, err := a.config(cmd)
			if err != nil {
				return err
			}
			if err := roomToCompact(eff.Data); err != nil {
				return err
			}
			done, err := a.compact(ctx, eff.Data)
			if err != nil {
				return err
			}
			return a.compacted(done)
		}),
	}
}

// indexFile is the index in a data directory.
const indexFile = "index.db"

// roomToCompact reports what is missing for a second index beside the one in dir.
func roomToCompact(dir string) error {
	info, err := os.Stat(filepath.Join(dir, indexFile))
	if errors.Is(err, fs.ErrNotExist) {
		return misuse("there is no index in %s: name the data directory with --data DIR", dir)
	}
	if err != nil {
		return err
	}
	free, _, err := crawl.Space(dir)
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	if err == nil && free < info.Size() {
		err = fmt.Errorf("the disk of %s has %s free, and compacting needs as much as the index takes, %s: make room there; nothing was changed", dir, size(free), size(info.Size()))
	}
	return err
}

func (a *app) compact(ctx context.Context, dir string) (done index.Compaction, err error) {
	line := &compactLine{out: a.err, began: time.Now()}
	release, err := claimed(dir, "compact", func() error {
		done, err = index.Compact(ctx, dir, func(c index.Compaction) {
			if a.err.term.tty && !a.quiet {
				line.show(c)
			}
		})
		return err
	})
	a.err.progress("")
	if err == nil {
		err = release()
	}
	return done, err
}

// compactLine is the line at the foot of a terminal.
type compactLine struct {
	out   *console
	began time.Time
	drawn time.Time
}

func (l *compactLine) show(c index.Compaction) {
	if now := time.Now(); now.Sub(l.drawn) >= redraw {
		l.drawn = now
		l.out.progress(withBar(compactText(c), int(c.After>>10), int(c.Before>>10), l.out.term))
	}
}

func compactText(c index.Compaction) string {
	if c.Checking {
		return "comparing " + size(c.After) + " with the original"
	}
	return "copied " + size(c.After) + " of at most " + size(c.Before)
}

func (a *app) compacted(c index.Compaction) error {
	switch {
	case a.json:
		return a.printJSON(c)
	case a.quiet:
		return nil
	case c.After == c.Before:
		_, err := fmt.Fprintf(a.out, "the index takes %s: it cannot be made smaller\n", size(c.Before))
		return err
	}
	_, err := fmt.Fprintf(a.out, "the index took %s and takes %s now\n", size(c.Before), size(c.After))
	return err
}
