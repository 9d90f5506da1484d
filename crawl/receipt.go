package crawl

import (
	"bytes"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/vital"
)

// A receipt takes the bytes of one submission that is being fetched. Held in memory
// until they are whole, they cost the archive no encoder while they trickle in, and
// need not be read back to be parsed. One of more than pieceMax goes to the archive
// as it comes.
type receipt struct {
	store *archive.Store
	text  bool // keep the text alone
	signs *vital.Signs
	entry index.Entry
	held  []byte // all of it, while w is nil
	seen  ends   // of what was not held
	w     *copying
}

func (r *receipt) Write(p []byte) (int, error) {
	if r.w == nil && len(r.held)+len(p) <= pieceMax {
		r.held = append(r.held, p...)
		return len(p), nil
	}
	if r.w == nil {
		r.seen.Write(r.held)
		if err := r.archive(); err != nil {
			return 0, err
		}
	}
	r.seen.Write(p)
	return r.w.Write(p)
}

// archive begins to archive what is held.
func (r *receipt) archive() (err error) {
	if r.w, err = newCopying(r.store, r.entry.Accession, r.text); err == nil {
		_, err = r.w.Write(r.held)
	}
	return err
}

// check compares what came with what was asked for.
func (r *receipt) check() *fault {
	if r.w == nil {
		r.seen.Write(r.held)
	}
	return r.seen.check(r.entry)
}

// commit makes the submission durable and parses it.
func (r *receipt) commit() (*parse.Filing, error) {
	whole := r.w == nil
	if whole {
		if err := r.archive(); err != nil {
			return nil, err
		}
	}
	info, err := r.w.commit()
	switch {
	case err != nil:
		return nil, err
	case whole && !info.Cut:
		defer parsing(r.signs)()
		return parseFiling(bytes.NewReader(r.held), info, r.entry, parse.ReadReport)
	}
	defer parsing(r.signs)()
	return readFiling(r.store, info, r.entry)
}

// parsing notes in s how long it was until what it returned is called.
func parsing(s *vital.Signs) (done func()) {
	began := time.Now()
	return func() { s.Parsed(time.Since(began)) }
}

// abort drops what was not committed.
func (r *receipt) abort() {
	if r.w != nil {
		r.w.abort()
	}
}
