package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/export"
	"example.com/edgard/index"
)

const exportLong = `Writes filings, oldest first, in a format that other programs read: those that match
all the filters given, and of a repeated filter any one.

jsonl is the JSON of list and show, one filing to the line; csv and parquet have a row
for each filing, item or exhibit, and parquet's filings are nested as the JSON is.
With --text the text of items or exhibits comes along, read from the archive; where it
cannot be read the row is there without it, and the exit code is 3.

A FILE gets its name when it is whole. It is packed when it is called .gz or .zst.`

const exportExample = `  crawler export --item 2.02 --from 2024Q1 > results.jsonl
  crawler export --out filings.parquet
  crawler export --rows items --text items --from 30d --out items.parquet
  crawler export --rows exhibits --format csv --out exhibits.csv.gz`

// exportCommand writes filings to a file or to standard output.
type exportCommand struct {
	*app
	filter
	format, rows, text string
	out                string
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
	e.register(f)
	f.IntVar(&e.limit, "limit", 0, "at most `N` filings (default 0, all)")
	completeWith(cmd, "format", words(export.Formats())...)
	completeWith(cmd, "rows", words(export.RowKinds())...)
	completeWith(cmd, "text", words(export.Texts())...)
	completeWith(cmd, "form", currentReports()...)
	return cmd
}

func words[S ~string](list []S) (ws []string) {
	for _, s := range list {
		ws = append(ws, string(s))
	}
	return ws
}

func (e *exportCommand) run(ctx context.Context, cmd *cobra.Command, _ []string) error {
	if err := refuseEmpty(cmd, "format", "rows", "text", "out", "from", "to", "name"); err != nil {
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
	cfg := export.Config{Options: o, Source: source{e.dir}, Unread: e.unread()}
	err = reading(eff.Data, func(h *holdings) error {
		cfg.Query, err = e.query(h.index, time.Now())
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
	return e.write(ctx, cfg)
}

// options reads the flags that say what the output is like.
func (e *exportCommand) options() (export.Options, error) {
	o := export.Options{Format: export.Format(e.format), Rows: export.Rows(e.rows), Text: export.Text(e.text)}
	packed := slices.Contains([]string{".gz", ".zst"}, filepath.Ext(e.out))
	if e.format == "" {
		o.Format = export.JSONL
		name := strings.TrimSuffix(strings.TrimSuffix(e.out, ".gz"), ".zst")
		if ext := export.Format(strings.TrimPrefix(filepath.Ext(name), ".")); slices.Contains(export.Formats(), ext) {
			o.Format = ext
		}
	}
	switch err := o.Check(); {
	case err != nil:
		return o, misuse("%w", err)
	case e.limit < 0:
		return o, misuse("--limit %d: want a number from 0", e.limit)
	case o.Format == export.Parquet && packed:
		return o, misuse("--out %s: parquet is packed already: name it .parquet", cleanLine(e.out))
	case o.Format == export.Parquet && e.out == "" && e.app.out.tty:
		return o, misuse("parquet is not for a terminal: give --out FILE")
	case o.Format != export.JSONL && e.out == "" && e.json:
		return o, misuse("--json wants JSON on standard output, and %s goes there: give --out FILE", o.Format)
	}
	return o, nil
}

// write runs an export to where it goes, and tells how it went.
func (e *exportCommand) write(ctx context.Context, cfg export.Config) error {
	out := export.Stream(e.app.out)
	if e.out != "" {
		var err error
		if out, err = export.Create(e.out); err != nil {
			return misuse("--out: %w", err)
		}
	}
	defer out.Abort()
	started := time.Now()
	if e.err.term.tty && !e.quiet && !(e.out == "" && e.app.out.tty) {
		cfg.Progress = (&exportLine{out: e.err, started: started, bytes: out.Bytes}).show
	}
	rep, err := cfg.Run(ctx, e.harmless(out, cfg.Format))
	e.err.progress("")
	if err == nil {
		err = out.Commit()
	}
	if err != nil {
		return fmt.Errorf("after %s: %w", plural(rep.Filings, "filing"), named(e.dir, err))
	}
	return e.summarise(exportSummary{rep, cfg.Format, e.out, out.Bytes(), time.Since(started).Seconds()}, cfg.Rows)
}

// source reads a data directory a question at a time: an export that takes hours keeps
// no pass waiting.
type source struct{ dir string }

// Find implements export.Source.
func (s source) Find(q index.Query) (index.Page, error) { return finderIn(s.dir)(q) }
