package crawl

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"slices"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// pieceMax is how large a submission may be to go through memory; a larger one is
// archived as it is read.
const pieceMax = 1 << 20

// An intake is what one submission found in a file is read into. It decides by the
// first bytes what becomes of the rest.
type intake struct {
	m     *importing
	ctx   context.Context
	from  origin
	first bool // of its file or member

	ends    ends
	mode    mode
	foreign bool // no submission at all
	holding bool
	entry   index.Entry // of the submission, as soon as it is known
	data    *[]byte
	w       *copying // of a large one
	sum     hash.Hash
	held    archive.Info  // of the archived copy, when it is recorded
	filing  *parse.Filing // when the archived copy served
	cut     bool          // holds the mark of a cut document, it seems
	fault   string        // why it is rejected
	failed  error         // a failure on our side
}

// mode is what an intake does with bytes.
type mode int

const (
	looking   mode = iota // keeps them until it knows
	taking                // keeps them
	comparing             // hashes them: the submission is recorded already
	passing               // drops them
)

// take takes bytes of the submission. Its error is a failure on our side, which
// failed keeps, or archive.ErrTooLarge.
func (i *intake) take(p []byte) error {
	i.ends.Write(p)
	i.cut = i.cut || bytes.Contains(p, cutMark)
	switch {
	case i.ends.size > archive.MaxSize:
		return archive.ErrTooLarge
	case i.mode == looking:
		i.look(p)
	case i.mode == taking:
		i.failed = i.keep(p)
	case i.mode == comparing:
		i.sum.Write(p)
	}
	return i.failed
}

// look keeps bytes until there are enough to decide by.
func (i *intake) look(p []byte) {
	if i.data == nil {
		i.data = i.m.buffers.Get().(*[]byte)
		*i.data = (*i.data)[:0]
	}
	if *i.data = append(*i.data, p...); len(*i.data) >= headKept {
		i.failed = i.decide()
	}
}

// keep adds bytes to those in memory, or to the archive when they grow too many.
func (i *intake) keep(p []byte) (err error) {
	if i.w == nil && len(*i.data)+len(p) <= pieceMax {
		*i.data = append(*i.data, p...)
		return nil
	}
	if i.w == nil {
		if i.w, err = newCopying(i.m.Archive, i.entry.Accession, i.m.KeepText); err != nil {
			return err
		}
		if _, err = i.w.Write(*i.data); err != nil {
			return err
		}
		i.giveBack()
	}
	_, err = i.w.Write(p)
	return err
}

func (i *intake) giveBack() {
	if i.data != nil {
		i.m.buffers.Put(i.data)
		i.data = nil
	}
}

// pass decides against the submission.
func (i *intake) pass(why string) error {
	i.mode = passing
	i.giveBack()
	i.m.pass(i.from, why)
	return nil
}

func (i *intake) reject(why string) error {
	i.mode, i.fault = passing, why
	i.giveBack()
	return nil
}

// decide looks at the first bytes and settles the mode. An error is a failure on
// our side.
func (i *intake) decide() error {
	stated, named := i.from.stated()
	s, err := parse.ParseSubmission(*i.data)
	if len(*i.data) == 0 {
		err = errors.New("nothing in it")
	}
	if err == nil && isHTML(*i.data) {
		err = errors.New("an html page instead of a submission")
	}
	switch nothing := err != nil || s.Complete && len(s.Documents) == 0; {
	case nothing && i.first && !named && !(i.from.named && i.from.member == ""):
		i.foreign = true
		return i.pass("not a submission")
	case err != nil:
		i.foreign = true
		return i.reject(err.Error())
	case nothing && i.m.wantsForm(formOf(s)):
		return i.reject("a header without documents")
	}
	i.entry.Accession = s.Header.Accession
	switch {
	case i.entry.Accession.IsZero() && !named && i.first && !i.from.named:
		return i.pass("not a submission")
	case i.entry.Accession.IsZero() && !named:
		return i.reject("neither its header nor its name states an accession number")
	case i.entry.Accession.IsZero():
		i.entry.Accession = stated
	case named && stated != i.entry.Accession:
		i.m.Log.Warn("named after another submission", zap.Stringer("from", i.from), zap.Stringer("accession", i.entry.Accession))
	}
	return i.admit(s)
}

// admit decides on a submission by what its header and the index say.
func (i *intake) admit(s *parse.Submission) error {
	a, form := i.entry.Accession, formOf(s)
	e, err := i.m.Index.Entry(a)
	switch {
	case errors.Is(err, index.ErrNotFound):
		e = index.Entry{Accession: a, Seen: i.m.start}
	case err != nil:
		return err
	}
	if e.Form.IsZero() {
		e.Form, e.Filed, e.CIKs = form, s.Header.Filed, filerCIKs(s)
	}
	i.entry = e
	filed := s.Header.Filed
	if filed.IsZero() {
		filed = e.Filed
	}
	ciks := append(filerCIKs(s), e.CIKs...)
	switch sc := &i.m.scope; {
	case form.IsZero():
		return i.reject("states no form")
	case !i.m.wantsForm(form):
		return i.pass("form " + form.String())
	case filed.IsZero():
		return i.reject("states no filing date: sync the listing of its quarter first")
	case filed.Before(sc.From) || !sc.To.IsZero() && sc.To.Before(filed):
		return i.pass("filed " + filed.String())
	case len(sc.CIKs) > 0 && !slices.ContainsFunc(ciks, sc.wantsCIK):
		return i.pass("of other filers")
	}
	i.m.listed.Add(1)
	if err := i.m.holds.take(i.ctx, a); err != nil {
		return err
	}
	i.holding = true
	return i.choose()
}

func filerCIKs(s *parse.Submission) (ciks []edgar.CIK) {
	for _, f := range s.Header.Filers {
		if !f.CIK.IsZero() && !slices.Contains(ciks, f.CIK) {
			ciks = append(ciks, f.CIK)
		}
	}
	slices.SortFunc(ciks, edgar.CIK.Compare)
	return ciks
}

// choose settles the mode of a wanted submission, which nobody else can be taking
// meanwhile.
func (i *intake) choose() error {
	a := i.entry.Accession
	now, err := i.m.Index.Entry(a)
	recorded := err == nil && now.State == index.Recorded
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return err
	}
	info, err := i.m.Archive.Stat(a)
	switch {
	case errors.Is(err, fs.ErrNotExist), unreadable(err):
		i.mode = taking
		return nil
	case err != nil:
		return err
	case recorded && info.Cut && !i.m.KeepText:
		i.mode, i.held = taking, info
		return nil
	case recorded:
		i.mode, i.held, i.sum = comparing, info, sha256.New()
		i.sum.Write(*i.data)
		i.giveBack()
		return nil
	}
	f, err := readFiling(i.m.Archive, info, i.entry)
	switch {
	case unreadable(err):
		i.mode = taking
		return nil
	case err != nil:
		return err
	}
	i.mode, i.filing = passing, f
	i.giveBack()
	return nil
}

// finish ends a submission that was read to its end. It returns what is to be
// recorded of it, if anything is.
func (i *intake) finish(flaw string) (*piece, error) {
	if i.mode == looking {
		i.look(nil)
		if err := i.decide(); err != nil {
			i.drop()
			return nil, err
		}
	}
	if i.mode == taking {
		i.fault = i.judge(flaw)
	}
	p := &piece{from: i.from, entry: i.entry}
	switch {
	case i.fault != "":
		i.m.reject(i.from, i.fault)
	case i.mode == taking && i.held.Cut && !i.completes():
		i.known()
	case i.filing != nil:
		p.filing = i.filing
		return p, nil
	case i.mode == comparing:
		if _, held := i.held.Served(); [32]byte(i.sum.Sum(nil)) == held {
			i.m.known.Add(1)
		} else {
			i.known()
		}
	case i.mode == taking && i.w == nil:
		p.data, i.data = i.data, nil
		return p, nil
	case i.mode == taking:
		info, err := i.w.commit()
		if err == nil {
			p.info = info
			return p, nil
		}
		if !unreadable(err) {
			return nil, err
		}
		i.m.reject(i.from, err.Error())
	}
	i.drop()
	return nil, nil
}

var cutMark = []byte(parse.CutMark)

// judge says why a submission cannot be taken, "" when it can.
func (i *intake) judge(flaw string) string {
	if f := i.ends.check(i.entry); f != nil {
		return f.reason
	}
	if flaw == "" && i.cut && i.isCut() {
		return "a cut copy, which lacks documents: copy the archive it comes from and reindex, or import what it was made of"
	}
	return flaw
}

// isCut reports whether documents were cut out of the submission by KeepText. Of
// a large one the mark alone tells.
func (i *intake) isCut() bool {
	if i.data == nil {
		return true
	}
	s, err := parse.ParseSubmission(*i.data)
	return err == nil && slices.ContainsFunc(s.Documents, func(d parse.Document) bool { return d.Cut != nil })
}

// completes reports whether the submission, read whole, is the one that the held
// copy was cut from.
func (i *intake) completes() bool {
	_, want := i.held.Served()
	if i.w != nil {
		return i.w.w.Sum() == want
	}
	return sha256.Sum256(*i.data) == want
}

// known counts a submission that is recorded already from other bytes. What is
// held stays.
func (i *intake) known() {
	i.m.known.Add(1)
	i.m.Log.Info("held in other bytes, which stay", zap.Stringer("from", i.from), zap.Stringer("accession", i.entry.Accession),
		zap.Int64("bytes", i.ends.size), zap.Int64("held", i.held.Size))
}

// drop lets go of all that the intake holds.
func (i *intake) drop() {
	i.giveBack()
	if i.w != nil {
		i.w.abort()
		i.w = nil
	}
	if i.holding {
		i.m.holds.release(i.entry.Accession)
		i.holding = false
	}
}

// broken drops a submission whose reading ended with err before its time, and says
// where.
func (i *intake) broken(err error) error {
	i.drop()
	switch {
	case i.failed != nil:
		return &sinkError{i.failed}
	case i.entry.Accession.IsZero():
		return fmt.Errorf("after %d bytes: %w", i.ends.size, err)
	}
	return fmt.Errorf("submission %s, after %d bytes: %w", i.entry.Accession, i.ends.size, err)
}
