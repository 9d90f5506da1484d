package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/crawl"
	"example.com/edgard/durable"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
)

const backupLong = `Copies the index to FILE as it is at one moment, even while another crawler is
writing to it, and checks the copy: every page, and that it has as many filings
and entries. FILE appears when that is done, or not at all; an existing FILE is
replaced only with --overwrite.

The index is the one file of the data directory that cannot be copied while it is
written. The rest is plain files that never change once written, except for
journal.jsonl, which only grows. So a backup of everything is

  crawler backup /backup/index.db --overwrite
  rsync -a edgard-data/archive edgard-data/listings edgard-data/journal.jsonl /backup/

in this order: the journal may be ahead of the index, not behind it. To restore,
put everything into an empty data directory under the same names. An index that
is older than its journal is used as it is: the next sync finds what came since,
in the archive if it is there, without fetching it again. What was imported since,
and when submissions were first seen, crawler reindex restores. With a restored
copy crawler export --since-last starts over, so that nothing is left out.

Without any backup, crawler reindex makes the index anew from the rest.`

// backupCommand makes a checked copy of the index.
type backupCommand struct {
	*app
	overwrite bool
}

func newBackup(a *app) *cobra.Command {
	b := &backupCommand{app: a}
	cmd := &cobra.Command{
		Use:     "backup FILE",
		Short:   "Copy the index to a file, while it is used, and check the copy",
		Long:    backupLong,
		Example: "  crawler backup /backup/index.db\n  crawler backup --overwrite --json /backup/index.db",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" || args[0] == "-" {
				return errors.New("backup needs one FILE to copy the index to")
			}
			return nil
		},
		RunE: does(b.run),
	}
	cmd.Flags().BoolVar(&b.overwrite, "overwrite", false, "replace an existing FILE")
	return cmd
}

// backupReport is what a backup tells at its end.
type backupReport struct {
	File string `json:"file"`
	index.Snapshot
	Seconds float64 `json:"seconds"`
}

func (b *backupCommand) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	eff, err := b.config(cmd)
	if err != nil {
		return err
	}
	file := args[0]
	if err := b.fits(file, eff.Data); err != nil {
		return err
	}
	started := time.Now()
	rep := backupReport{File: file}
	err = reading(eff.Data, func(h *holdings) error {
		rep.Snapshot, err = b.copy(ctx, h.index, file)
		return err
	})
	b.err.progress("")
	if err != nil {
		return err
	}
	rep.Seconds = time.Since(started).Seconds()
	switch {
	case b.json:
		return b.printJSON(rep)
	case !b.quiet:
		_, err = fmt.Fprintf(b.out, "%s: %s, %s of %s submissions, checked page by page, in %s\n", harmless.Line(file),
			size(rep.Bytes), plural(rep.Filings, "filing"), count(rep.Entries), took(time.Since(started)))
	}
	return err
}

// fits says what is wrong with the name of a copy.
func (b *backupCommand) fits(file, data string) error {
	if _, err := os.Stat(filepath.Dir(file)); errors.Is(err, fs.ErrNotExist) {
		return misuse("there is no directory %s: make it first", filepath.Dir(file))
	}
	info, err := os.Stat(file)
	switch own, _ := os.Stat(filepath.Join(data, "index.db")); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return misuse("%s is a directory: name a file in it", file)
	case own != nil && os.SameFile(own, info):
		return misuse("%s is the index itself: name another file", file)
	case !b.overwrite:
		return misuse("%s is there already: name another file, or give --overwrite", file)
	}
	return nil
}

// copy copies beside file, checks the copy and gives it its name.
func (b *backupCommand) copy(ctx context.Context, ix index.Reader, file string) (snap index.Snapshot, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part") // mode 0600
	if err != nil {
		return snap, err
	}
	defer func() { err = errors.Join(err, tmp.Close(), removed(tmp.Name())) }()
	line := b.copying("copied")
	err = ix.Backup(func(of index.Snapshot) (io.Writer, error) {
		snap = of
		return &copyWriter{ctx: ctx, to: tmp, all: of.Bytes, line: line}, roomFor(of.Bytes, filepath.Dir(file))
	})
	if err == nil {
		err = tmp.Sync()
	}
	if err != nil {
		return snap, err
	}
	line = b.copying("checked")
	err = index.CheckBackup(ctx, tmp.Name(), snap, func(read, all uint64) {
		line.show(int64(float64(read)/float64(all)*float64(snap.Bytes)), snap.Bytes)
	})
	if err != nil {
		return snap, err
	}
	return snap, b.place(tmp.Name(), file)
}

// place gives a copy its name, durably.
func (b *backupCommand) place(tmp, file string) error {
	if b.overwrite {
		if err := os.Rename(tmp, file); err != nil {
			return err
		}
	} else if err := os.Link(tmp, file); errors.Is(err, fs.ErrExist) {
		return misuse("%s is there meanwhile: name another file, or give --overwrite", file)
	} else if err != nil { // a file system without links
		if err := os.Rename(tmp, file); err != nil {
			return err
		}
	}
	return durable.SyncDir(filepath.Dir(file))
}

func removed(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// roomFor says when a disk has no room for a file.
func roomFor(need int64, dir string) error {
	free, _, err := crawl.Space(dir)
	if err == nil && free < need {
		return fmt.Errorf("the copy needs %s, and %s are free at %s: make room there, or name a file on another disk", size(need), size(free), dir)
	}
	return nil
}

// copyWriter writes to a file until its context ends.
type copyWriter struct {
	ctx       context.Context
	to        io.Writer
	done, all int64
	line      *copyLine
}

// Write implements io.Writer.
func (w *copyWriter) Write(p []byte) (int, error) {
	if w.ctx.Err() != nil {
		return 0, context.Cause(w.ctx)
	}
	n, err := w.to.Write(p)
	w.done += int64(n)
	w.line.show(w.done, w.all)
	return n, err
}

// copyLine shows at the foot of a terminal how far a copy is.
type copyLine struct {
	out            *console
	quiet          bool
	verb           string
	started, drawn time.Time
}

// copying is the line of what the verb says is done with bytes.
func (a *app) copying(verb string) *copyLine {
	return &copyLine{out: a.err, quiet: a.quiet, verb: verb, started: time.Now()}
}

func (l *copyLine) show(done, all int64) {
	now := time.Now()
	if l.quiet || now.Sub(l.drawn) < redraw || all == 0 {
		return
	}
	l.drawn = now
	s := fmt.Sprintf("%s %s/%s", l.verb, size(done), size(all))
	if took := now.Sub(l.started); took > time.Second/2 {
		s += gap + size(int64(float64(done)/took.Seconds())) + "/s"
	}
	l.out.progress(withBar(s, int(done>>10), int(all>>10), l.out.term))
}
