package crawl

import (
	"bufio"
	"bytes"
	"errors"
)

// errPassed ends the reading of what is not wanted.
var errPassed = errors.New("passed over")

// A splitter takes submissions apart that follow one another, as in EDGAR's
// Oldloads: where the mark that closes one is followed by the mark that opens the
// next. In a PEM envelope no line of the submission begins with a dash, so that
// there the opening mark alone is enough.
type splitter struct {
	r     *bufio.Reader
	alone bool // the name promises one submission: nothing to take apart

	pending []byte // the line that opened the next submission
	flaw    string // why the one just read is not whole, as far as its marks tell
}

// marks open a submission and close it.
var marks = []struct{ open, close string }{
	{"-----BEGIN PRIVACY-ENHANCED MESSAGE-----", "-----END PRIVACY-ENHANCED MESSAGE-----"},
	{"<SEC-DOCUMENT>", "</SEC-DOCUMENT>"},
	{"<IMS-DOCUMENT>", "</IMS-DOCUMENT>"},
	{"<SUBMISSION>", "</SUBMISSION>"},
}

const pem = 0 // among marks

var headerMark = []byte("<SEC-HEADER>")

// next copies a submission to in. It returns nil when another one follows, io.EOF
// when none does, errPassed when in wants no more and nothing can follow, and
// otherwise what reading ended with.
func (s *splitter) next(in *intake) error {
	s.flaw = ""
	if s.alone {
		return s.whole(in)
	}
	b := brackets{kind: -1}
	line, err := s.pending, error(nil)
	if line == nil {
		line, err = s.r.ReadSlice('\n')
	}
	s.pending = nil
	for fresh := true; ; line, err = s.r.ReadSlice('\n') {
		if fresh && b.line(line) {
			s.pending, s.flaw = bytes.Clone(line), b.flaw()
			return nil
		}
		if werr := in.take(line); werr != nil {
			return werr
		}
		if in.foreign && b.kind < 0 { // no mark opened it: none will end it
			return errPassed
		}
		if fresh = err == nil; err != nil && err != bufio.ErrBufferFull {
			s.flaw = b.flaw()
			return err
		}
	}
}

// whole copies all that is left, as long as it is wanted.
func (s *splitter) whole(in *intake) error {
	for {
		b, err := s.r.Peek(1)
		if len(b) > 0 {
			b, _ = s.r.Peek(s.r.Buffered())
			if werr := in.take(b); werr != nil {
				return werr
			}
			s.r.Discard(len(b))
		}
		switch {
		case in.mode == passing:
			return errPassed
		case err != nil:
			return err
		}
	}
}

// brackets follow the marks of one submission.
type brackets struct {
	kind   int  // of the mark that opened it, -1 for none
	begun  bool // something other than blanks came
	closed bool
	nested int // marks inside it, opened and not closed

	headers, closes int // more headers than closing marks: one was pasted in, or this one was cut off
}

// line takes the beginning of a line in, and reports whether it opens another
// submission.
func (b *brackets) line(line []byte) (another bool) {
	open, shut := markOf(line)
	if shut >= 0 && shut == b.kind {
		b.closes++
	}
	if bytes.HasPrefix(line, headerMark) {
		b.headers++
	}
	switch {
	case !b.begun:
		b.kind, b.begun = open, len(bytes.TrimSpace(line)) > 0
	case b.kind < 0:
	case open >= 0 && (b.closed || b.kind == pem && open == pem):
		return true
	case open == b.kind:
		b.nested++
	case shut == b.kind && b.nested > 0:
		b.nested--
	case shut == b.kind:
		b.closed = true
	}
	return false
}

// flaw says what is wrong with a submission that is over.
func (b *brackets) flaw() string {
	if b.kind >= 0 && (!b.closed || b.headers > b.closes) {
		return "cut off: no " + marks[b.kind].close + " of its own"
	}
	return ""
}

// markOf returns which of the marks a line begins with, to open or to close; -1
// for none.
func markOf(line []byte) (open, shut int) {
	line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	if len(line) == 0 || line[0] != '<' && line[0] != '-' {
		return -1, -1
	}
	for i, m := range marks {
		if bytes.HasPrefix(line, []byte(m.open)) {
			return i, -1
		}
		if bytes.HasPrefix(line, []byte(m.close)) {
			return -1, i
		}
	}
	return -1, -1
}
