package parse

import (
	"bytes"
	"fmt"
	"strings"
)

// Limits on what comes from outside. Real submissions stay far below: headers
// reach 150 KB (funds with hundreds of series), documents some hundreds.
const (
	maxHeader       = 2 << 20
	maxDocumentHead = 64 << 10
	maxDocuments    = 20_000
	maxKept         = 256 << 20 // bytes of all bodies kept
	maxWarnings     = 100       // more are left out, but for those that come once
)

const (
	maxMark      = 64 // longer than any mark
	sniffSize    = 4096
	textEndReach = 256 // how far before </DOCUMENT> a </TEXT> may stand
	keepBack     = textEndReach + maxMark
)

var (
	documentMark = []byte("<DOCUMENT>")
	textMark     = []byte("<TEXT>")
	textEndMark  = []byte("</TEXT>")
	closeMark    = []byte("</DOCUMENT>")
)

// frames are the marks that a submission may begin with, each with the mark that
// closes it. A bare <DOCUMENT> is closed by the end of the bytes.
var frames = []struct{ open, close string }{
	{"-----BEGIN PRIVACY-ENHANCED MESSAGE-----", "-----END PRIVACY-ENHANCED MESSAGE-----"},
	{"<SEC-DOCUMENT>", "</SEC-DOCUMENT>"},
	{"<IMS-DOCUMENT>", "</IMS-DOCUMENT>"},
	{"<SUBMISSION>", "</SUBMISSION>"},
	{"<SEC-HEADER>", "</SEC-HEADER>"},
	{"<IMS-HEADER>", "</IMS-HEADER>"},
	{"<DOCUMENT>", ""},
}

// A submissionReader goes through a submission once: its header, then document
// after document.
type submissionReader struct {
	src    *source
	sub    *Submission
	report bool // of the bodies, only that of the report is kept

	eol   byte   // '\n', or '\r' where lines end in that alone
	pem   bool   // inside a PEM envelope
	close string // closes the outermost mark
	ended bool   // close was seen
	cut   bool   // the last document was not closed
	stray bool   // text between documents was seen
	kept  int64  // bytes of bodies kept
	full  bool   // a body was dropped for maxKept
	lost  int    // documents beyond maxDocuments

	cutter *cutter // gets what the window leaves; then no body is kept
}

func readSubmission(src *source, report bool) (*Submission, error) {
	p := submissionReader{src: src, sub: &Submission{}, report: report}
	if err := p.read(); err != nil {
		return nil, err
	}
	return p.sub, nil
}

// read goes through the submission.
func (p *submissionReader) read() error {
	err := p.head()
	for err == nil && p.next() {
		p.document()
	}
	if p.src.err != nil {
		return fmt.Errorf("read submission: %w", p.src.err)
	}
	if err == nil {
		p.finish()
	}
	return err
}

// head reads all that comes before the first document.
func (p *submissionReader) head() error {
	if !p.frame() {
		return fmt.Errorf("%w: it begins with %q", ErrNotSubmission, excerpt(p.src.fill(maxExcerpt)))
	}
	n := p.src.find(documentMark, maxHeader)
	if n < 0 {
		if n = len(p.src.window()); n >= maxHeader {
			return fmt.Errorf("%w: no document in its first %d bytes", ErrNotSubmission, maxHeader)
		}
	}
	text := decode(string(p.src.window()[:n]))
	if p.pem {
		if n == len(p.src.window()) && !strings.Contains(text, "-HEADER>") {
			return fmt.Errorf("%w: a PEM envelope around something else", ErrNotSubmission)
		}
		text = text[max(0, strings.IndexByte(text, '<')):] // the envelope's own head is letters and digits
	}
	p.ended = strings.Contains(text, p.close)
	if p.close == "" {
		p.warn(CodeNoHeader, "")
	}
	readHeader(&p.sub.Header, text, p.warn)
	p.src.advance(n)
	p.eol = lineEnd(bytes.TrimPrefix(p.src.fill(maxMark), documentMark))
	return nil
}

// frame recognises the mark that the submission begins with.
func (p *submissionReader) frame() bool {
	if bytes.HasPrefix(p.src.fill(3), []byte("\uFEFF")) {
		p.src.advance(3)
	}
	p.skipBlank()
	b := p.src.fill(maxMark)
	for i, f := range frames {
		if bytes.HasPrefix(b, []byte(f.open)) {
			p.pem, p.close = i == 0, f.close
			return true
		}
	}
	return false
}

// lineEnd returns the byte that ends lines, seen in what follows <DOCUMENT>.
func lineEnd(rest []byte) byte {
	if bytes.HasPrefix(rest, []byte("\r")) && !bytes.HasPrefix(rest, []byte("\r\n")) {
		return '\r'
	}
	return '\n'
}

// skipBlank moves to the next byte that is no blank.
func (p *submissionReader) skipBlank() {
	for b := p.src.fill(1); len(b) > 0; b = p.src.fill(1) {
		rest := bytes.TrimLeft(b, " \t\r\n")
		p.src.advance(len(b) - len(rest))
		if len(rest) > 0 {
			return
		}
	}
}

// next moves to the following <DOCUMENT> and reports whether there is one. On
// the way it looks for the end mark.
func (p *submissionReader) next() bool {
	for {
		p.skipBlank()
		b := p.src.fill(windowSize)
		if len(b) == 0 || bytes.HasPrefix(b, documentMark) {
			return len(b) > 0
		}
		b = b[:min(len(b), windowSize)]
		if i := bytes.IndexByte(b, p.eol); i >= 0 {
			b = b[:i]
		}
		p.between(b)
		p.src.advance(len(b))
	}
}

// between reads a line that stands between documents or after the last one.
func (p *submissionReader) between(line []byte) {
	for _, f := range frames {
		if f.close != "" && bytes.HasPrefix(line, []byte(f.close)) {
			p.ended = p.ended || f.close == p.close
			return
		}
	}
	if !p.stray {
		p.stray = true
		p.warn(CodeStrayText, excerpt(line))
	}
}

// finish settles what only the end of the bytes can tell.
func (p *submissionReader) finish() {
	p.sub.Size = p.src.at
	p.sub.Complete = p.ended && !p.cut
	if !p.ended && !p.cut {
		p.warn(CodeCut, "no "+p.close)
	}
}

// warn adds a warning. Those that come once at most are never left out.
func (p *submissionReader) warn(code Code, detail string) {
	if len(p.sub.Warnings) < maxWarnings || code == CodeCut || code == CodeLimit {
		p.sub.Warnings = append(p.sub.Warnings, Warning{code, detail})
	}
}
