package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// held is a filing out of a data directory, which it does not hold any more. Its
// bytes are read when they are asked for: the archive needs no lock.
type held struct {
	*parse.Filing
	dir string

	amendments []*parse.Filing // of it, oldest first
	revisions  []archive.Info  // of its submission that can be read, oldest first
}

// readHeld reads a filing with what the index alone knows of it; revision 0 is
// the newest.
func readHeld(dir string, acc edgar.Accession, revision int) (f *held, err error) {
	err = reading(dir, func(h *holdings) error {
		f, err = h.held(acc, revision)
		return err
	})
	return f, err
}

func (h *holdings) held(acc edgar.Accession, revision int) (f *held, err error) {
	f = &held{dir: h.dir}
	if f.Filing, err = h.filing(acc, revision); err != nil {
		return nil, err
	}
	f.revisions, _ = h.archive.Revisions(acc) // what cannot be read, verify tells
	f.amendments, err = h.index.Amendments(acc)
	return f, err
}

func (h *holdings) filing(acc edgar.Accession, revision int) (*parse.Filing, error) {
	known, err := h.index.Filing(acc)
	if errors.Is(err, index.ErrNotFound) {
		return nil, h.missing(acc)
	}
	if err != nil {
		return nil, err
	}
	if err := h.checkRevision(acc, revision); err != nil {
		return nil, err
	}
	f, err := crawl.ReadFiling(h.index, h.archive, acc, revision)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, archive.ErrCorrupt) {
		return nil, fmt.Errorf("reading %s from the archive: %w: crawler verify --repair fetches it again", acc, err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s from the archive: %w", acc, err)
	}
	f.Amends, f.Withdrawn = known.Amends, known.Withdrawn
	return f, nil
}

// checkRevision says how many revisions there are when there is none of a number.
func (h *holdings) checkRevision(acc edgar.Accession, revision int) error {
	if revision == 0 {
		return nil
	}
	infos, err := h.archive.Revisions(acc)
	for _, info := range infos {
		if info.Revision == revision {
			return nil
		}
	}
	if err != nil {
		return err
	}
	return misuse("--revision %d: the archive has %s of %s", revision, plural(len(infos), "revision"), acc)
}

// missing says why a filing is not there, as far as that is known.
func (h *holdings) missing(acc edgar.Accession) error {
	e, err := h.index.Entry(acc)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return misuse("%s is not in %s", acc, h.dir)
	case err != nil:
		return err
	case e.Reason != "":
		return misuse("%s is %s: %s", acc, e.State, harmless.Line(e.Reason))
	}
	return misuse("%s is %s, not fetched yet", acc, e.State)
}

// submission reads the documents of f.
func (f *held) submission() (sub *parse.Submission, err error) {
	err = f.bytes(func(r io.Reader) error {
		sub, err = parse.ReadSubmission(r)
		return err
	})
	return sub, err
}

// bytes has the archived bytes of f read.
func (f *held) bytes(read func(io.Reader) error) (err error) {
	ar, err := archive.OpenReadOnly(filepath.Join(f.dir, archiveFolder))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ar.Close()) }()
	r, _, err := ar.Open(f.Accession, f.Revision)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return read(r)
}
