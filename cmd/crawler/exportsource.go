package main

import (
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// source reads a data directory a question at a time: an export that takes hours keeps
// no pass waiting.
type source struct{ dir string }

// Find implements export.Source.
func (s source) Find(q index.Query) (index.Page, error) { return finderIn(s.dir)(q) }

// Changes implements export.Source.
func (s source) Changes(after uint64, limit int) (p index.ChangePage, err error) {
	err = reading(s.dir, func(h *holdings) error {
		p, err = h.index.Changes(after, limit)
		return err
	})
	return p, err
}

// Filing implements export.Source.
func (s source) Filing(a edgar.Accession) (f *parse.Filing, err error) {
	err = reading(s.dir, func(h *holdings) error {
		f, err = h.index.Filing(a)
		return err
	})
	return f, err
}

// Entry implements export.Source.
func (s source) Entry(a edgar.Accession) (e index.Entry, err error) {
	err = reading(s.dir, func(h *holdings) error {
		e, err = h.index.Entry(a)
		return err
	})
	return e, err
}
