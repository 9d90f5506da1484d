package edgartest

import (
	"embed"
	"io/fs"

	"golang.org/x/tools/txtar"
)

//go:embed demo/*.txtar
var demoFiles embed.FS

// Demo makes the world that this package carries: a small EDGAR of made
// companies, 1994 to 2026, with a submission or two of every era and kind. Its
// dates are fixed; a later WithNow shows the quarters since as empty.
func Demo(opts ...Option) *World {
	w := New(opts...)
	names, err := fs.Glob(demoFiles, "demo/*.txtar")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		b, err := demoFiles.ReadFile(name)
		if err == nil {
			err = w.addTxtar(txtar.Parse(b))
		}
		if err != nil {
			panic(err) // the files are compiled in, and a test reads them all
		}
	}
	return w
}
