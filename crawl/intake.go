package crawl

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"slices"

	"example.com/edgard/archive"
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
	i.cut = i.cut || i.marked(p)
	i.ends.Write(p)
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

// marked reports whether p, or where it joins what came before, holds the mark of
// a cut document.
func (i *intake) marked(p []byte) bool {
	if bytes.Contains(p, cutMark) {
		return true
	}
	over, before := len(cutMark)-1, i.ends.tail
	var joint [2 * len(parse.CutMark)]byte
	b := append(joint[:0], before[max(0, len(before)-over):]...)
	return bytes.Contains(append(b, p[:min(len(p), over)]...), cutMark)
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
	switch {
	case i.fault != "":
		i.m.reject(i.from, i.fault)
	case i.filing != nil:
		return &piece{from: i.from, entry: i.entry, filing: i.filing}, nil
	case i.mode == taking && (!i.held.Cut || i.completes()):
		return i.taken()
	case i.mode == comparing && i.agrees():
		i.m.known.Add(1)
	case i.mode != passing:
		i.m.known.Add(1)
		i.m.Log.Info("held in other bytes, which stay", zap.Stringer("from", i.from), zap.Stringer("accession", i.entry.Accession),
			zap.Int64("bytes", i.ends.size), zap.Int64("held", i.held.Size))
	}
	i.drop()
	return nil, nil
}

// taken hands over a submission that is to be recorded, a large one archived.
func (i *intake) taken() (*piece, error) {
	p := &piece{from: i.from, entry: i.entry, data: i.data}
	if i.w == nil {
		i.data = nil
		return p, nil
	}
	var err error
	p.info, err = i.w.commit()
	switch {
	case err == nil:
		return p, nil
	case unreadable(err):
		i.m.reject(i.from, err.Error())
		i.drop()
		return nil, nil
	}
	return nil, err
}

// agrees reports whether the submission, only hashed, is the recorded one.
func (i *intake) agrees() bool {
	_, want := i.held.Served()
	return [32]byte(i.sum.Sum(nil)) == want
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
