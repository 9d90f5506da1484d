package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// held is a filing with all that is known of it.
type held struct {
	*parse.Filing
	amendments []*parse.Filing // of it, oldest first
	before     *parse.Filing   // what its first filer filed before it, nil for none
	after      *parse.Filing   // likewise
	revisions  []archive.Info  // that can be read, oldest first
	asked      int             // the revision that the URL asks for, 0 for the newest
	fault      error           // why the archived copy cannot be read; the filing is then as recorded, without text
}

// absent says that a submission is known and not here.
type absent struct{ index.Entry }

func (a *absent) Error() string { return fmt.Sprintf("%s is %s", a.Accession, a.State) }

// damaged is the page of a filing whose copy cannot be read. It is not kept for the next
// who asks: mending the copy changes no filing.
type damaged struct{ *answer }

func (damaged) Error() string { return "the archived copy cannot be read" }

// filingPage is the page of one filing.
func (s *Server) filingPage(w http.ResponseWriter, r *http.Request) error {
	v, err := versionOf(r)
	if err != nil {
		return err
	}
	err = s.sendKept(w, r, listKey(r, "page"), func() (*answer, error) { return s.pageOfFiling(r, v) })
	var gone *absent
	var bad damaged
	switch {
	case errors.As(err, &gone):
		return s.page(w, r, http.StatusNotFound, "absent", absentOf(gone.Entry))
	case errors.As(err, &bad):
		return send(w, r, bad.answer)
	}
	return err
}

func (s *Server) pageOfFiling(r *http.Request, v version) (*answer, error) {
	h, err := s.held(r.Context(), v)
	if err != nil {
		return nil, err
	}
	a, err := s.render(r, "filing", filingOfHeld(h))
	if err == nil && h.fault != nil {
		return nil, damaged{a}
	}
	return a, err
}

// recordOf asks the index for a filing; one that is listed and not recorded is *absent.
func recordOf(ix index.Reader, a edgar.Accession) (*parse.Filing, error) {
	f, err := ix.Filing(a)
	if err == nil || !errors.Is(err, index.ErrNotFound) {
		return f, err
	}
	e, err := ix.Entry(a)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return nil, notFound("this archive does not know " + a.String() + ": no listing that was read names it")
	case err != nil:
		return nil, err
	}
	return nil, &absent{e}
}

// held reads a filing from index and archive. What the archive cannot give is said in
// the fault.
func (s *Server) held(ctx context.Context, v version) (*held, error) {
	h := &held{asked: v.revision}
	err := s.Index(func(ix index.Reader) (err error) {
		if h.Filing, err = recordOf(ix, v.accession); err != nil {
			return err
		}
		if h.amendments, err = ix.Amendments(v.accession); err != nil {
			return err
		}
		h.before, h.after, err = neighbours(ix, h.Filing)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = s.reading(ctx, h.Size, func() error {
		return s.Index(func(ix index.Reader) error { return s.readInto(h, ix) })
	})
	h.revisions, _ = s.Archive.Revisions(v.accession) // of those that cannot be read the fault tells
	return h, err
}

// readInto takes the place of what is recorded with what the archive has.
func (s *Server) readInto(h *held, ix index.Reader) error {
	f, err := s.Read(ix, h.Accession, h.asked)
	switch {
	case err == nil:
		f.Amends, f.Withdrawn = h.Amends, h.Withdrawn
		f.Seen, f.Recorded = h.Seen, h.Recorded
		h.Filing = f
	case h.asked > 0 && errors.Is(err, fs.ErrNotExist):
		return notFound(fmt.Sprintf("the archive has no revision %d of %s", h.asked, h.Accession))
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, archive.ErrCorrupt), errors.Is(err, parse.ErrNotSubmission):
		h.fault = err
	default:
		return err
	}
	return nil
}
