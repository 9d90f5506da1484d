package edgartest

import (
	"embed"
	"io/fs"

	"golang.org/x/tools/txtar"
)

//go:embed demo/*.txtar
var demoFiles embed.FS

// Demo makes the world that this package carries: a small EDGAR of made
// companies, 1994 to November 2026, with a submission or two of every era and
// kind: 8-Ks from mail envelopes to inline XBRL, both numberings of
// items, amendments, successor issuers, co-registrants, a
// filing made public half a year late, and a few forms that are no 8-K. Three
// headers disagree with their documents on purpose; the introductions in demo/
// say which.
//
// The dates are fixed. Under a later calendar the quarters since are empty; under
// an earlier one, see WithNow, the later submissions are not there yet.
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
