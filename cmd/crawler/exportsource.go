package main

import (
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// source is where an export has its filings from: an index that it holds no longer
// than a visit takes, whoever reads what it writes.
type source struct{ ask index.Asking }

// Find implements export.Source.
func (s source) Find(q index.Query) (p index.Page, err error) {
	err = s.ask(func(ix index.Reader) error {
		p, err = ix.Find(q)
		return err
	})
	return p, err
}

// Changes implements export.Source.
func (s source) Changes(after uint64, limit int) (p index.ChangePage, err error) {
	err = s.ask(func(ix index.Reader) error {
		p, err = ix.Changes(after, limit)
		return err
	})
	return p, err
}

// Filing implements export.Source.
func (s source) Filing(a edgar.Accession) (f *parse.Filing, err error) {
	err = s.ask(func(ix index.Reader) error {
		f, err = ix.Filing(a)
		return err
	})
	return f, err
}

// Entry implements export.Source.
func (s source) Entry(a edgar.Accession) (e index.Entry, err error) {
	err = s.ask(func(ix index.Reader) error {
		e, err = ix.Entry(a)
		return err
	})
	return e, err
}
