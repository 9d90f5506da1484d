package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/export"
	"example.com/edgard/index"
)

const exportLong = `Writes filings, oldest first, in a format that other programs read: those that match
every filter given, and any one value of a filter that is repeated.

jsonl is the JSON of list and show, one filing to the line; csv and parquet have a row
for each filing, item or exhibit, and parquet's filings are nested as the JSON is.
With --text the text of items or exhibits is included, read from the archive; where it
cannot be read the row comes without it, and the exit code is 3.

A FILE gets its name when it is whole, and replaces one of that name. It is compressed
when its name ends in .gz or .zst.

With --since-last NAME only what is new is written: filings that were recorded, recorded
again or withdrawn since the last export of that NAME, in that order. The first time
everything is new. Its place is kept in the data directory, in exports/, and moves when
the output is whole: an export that was interrupted is repeated, and nothing is left out.
Give each its own FILE, unless the last one has been picked up by then.`

const exportExample = `  crawler export --item 2.02 --from 2024Q1 > results.jsonl
  crawler export --out filings.parquet
  crawler export --rows items --text items --from 30d --out items.parquet
  crawler export --rows exhibits --format csv --out exhibits.csv.gz
  crawler export --since-last warehouse --out new.jsonl`

// exportCommand writes filings to a file or to standard output.
type exportCommand struct {
	*app
	filters
	format, rows, text string
	out, since         string
	limit              int
	dir                string // of the data
}

func newExport(a *app) *cobra.Command {
	e := &exportCommand{app: a}
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Write filings as JSON lines, CSV or Parquet",
		Long:    exportLong,
		Example: exportExample,
		Args:    noArguments,
		RunE:    does(e.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&e.format, "format", "", "`FORMAT`: jsonl, csv or parquet (default by the name of the file, else jsonl)")
	f.StringVar(&e.rows, "rows", string(export.Filings), "a row for each of `ROWS`: filings, items or exhibits")
	f.StringVar(&e.text, "text", "", "with the text of `WHAT`: items, exhibits or all")
	f.StringVar(&e.out, "out", "", "write to `FILE` (default standard output)")
	f.StringVar(&e.since, "since-last", "", "only what is new since the export of this `NAME`")
	e.register(cmd)
	f.IntVar(&e.limit, "limit", 0, "at most `N` filings (default 0, all)")
	completeWith(cmd, "format", words(export.Formats())...)
	completeWith(cmd, "rows", words(export.RowKinds())...)
	completeWith(cmd, "text", words(export.Texts())...)
	return cmd
}

func words[S ~string](list []S) (ws []string) {
	for _, s := range list {
		ws = append(ws, string(s))
	}
	return ws
}

func (e *exportCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) (err error) {
	if err := errors.Join(e.check(), refuseEmpty(cmd, "format", "rows", "text", "out", "since-last")); err != nil {
		return err
	}
	o, err := e.options()
	if err != nil {
		return err
	}
	eff, err := e.config(cmd)
	if err != nil {
		return err
	}
	e.dir = eff.Data
	h, err := readHoldings(e.dir)
	if err != nil {
		return err
	}
	v := visit(ctx, h)
	defer func() { err = errors.Join(err, v.Close()) }()
	cfg := export.Config{Options: o, Source: source{v.ask}, Unread: e.unread()}
	err = v.ask(func(ix index.Reader) error {
		cfg.Query, err = e.query(ix, time.Now(), e.note)
		return err
	})
	if err != nil {
		return err
	}
	cfg.Query.Limit = e.limit
	if o.Text != export.NoText {
		if cfg.Archive, err = archive.OpenReadOnly(filepath.Join(eff.Data, archiveFolder)); err != nil {
			return err
		}
		defer cfg.Archive.Close()
	}
	if e.since == "" {
		return e.write(ctx, cfg, nil)
	}
	return e.writeSince(ctx, cfg, asked(cmd, o))
}

// writeSince runs an export of what is new.
func (e *exportCommand) writeSince(ctx context.Context, cfg export.Config, asked string) error {
	cur, err := export.OpenCursor(e.dir, e.since, asked)
	if errors.Is(err, export.ErrName) || errors.Is(err, export.ErrAsked) {
		return misuse("--since-last: %w", err)
	}
	if err != nil {
		return fmt.Errorf("--since-last: %w", err)
	}
	return errors.Join(e.write(ctx, cfg, cur), cur.Close())
}

// write runs an export, of what is new where there is a cursor, which it moves when the
// output is whole.
func (e *exportCommand) write(ctx context.Context, cfg export.Config, cur *export.Cursor) (err error) {
	out := export.Stream(e.app.out)
	if e.out != "" {
		if out, err = export.Create(e.out); err != nil {
			return misuse("--out: %w", err)
		}
	}
	defer out.Abort()
	started := time.Now()
	cfg.Progress = e.progress(out, started)
	rep, err := e.export(ctx, cfg, e.harmless(out, cfg.Format), cur)
	e.err.progress("")
	if err == nil {
		err = out.Commit()
	}
	if err == nil && cur != nil {
		err = cur.Move()
	}
	if err != nil {
		return fmt.Errorf("after %s: %w", plural(rep.Filings, "filing"), named(e.dir, err))
	}
	return e.summarise(exportSummary{rep, cfg.Format, e.out, out.Bytes(), time.Since(started).Seconds()}, cfg.Rows)
}

func (e *exportCommand) export(ctx context.Context, cfg export.Config, w io.Writer, cur *export.Cursor) (export.Report, error) {
	if cur == nil {
		return cfg.Run(ctx, w)
	}
	rep, err := cfg.RunSince(ctx, w, cur)
	if rep.Anew {
		fmt.Fprintf(e.err, "crawler: the index has been made anew since the last export of the name %s: everything comes again\n", e.since)
	}
	return rep, err
}
