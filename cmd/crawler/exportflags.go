package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/edgard/export"
	"example.com/edgard/harmless"
)

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
	case e.limit > 0 && e.since != "":
		return o, misuse("--limit and --since-last exclude each other: what is beyond the limit would be left out for good")
	case e.limit < 0:
		return o, misuse("--limit %d: want a number from 0", e.limit)
	case o.Format == export.Parquet && packed:
		return o, misuse("--out %s: parquet is packed already: name it .parquet", harmless.Line(e.out))
	case o.Format == export.Parquet && e.out == "" && e.app.out.tty:
		return o, misuse("parquet is not for a terminal: give --out FILE")
	case o.Format != export.JSONL && e.out == "" && e.json:
		return o, misuse("--json wants JSON on standard output, and %s goes there: give --out FILE", o.Format)
	}
	return o, nil
}

// asked is what an export is asked for, in words that are the same whenever that is.
func asked(cmd *cobra.Command, o export.Options) string {
	words := []string{"--rows " + string(o.Rows)}
	if o.Text != export.NoText {
		words = append(words, "--text "+string(o.Text))
	}
	all := new(cobra.Command)
	new(filters).register(all)
	all.Flags().VisitAll(func(f *pflag.Flag) {
		if given := cmd.Flags().Lookup(f.Name); given.Changed {
			words = append(words, "--"+f.Name+" "+given.Value.String())
		}
	})
	return strings.Join(words, " ")
}
