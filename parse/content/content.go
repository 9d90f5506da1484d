package content

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"example.com/edgard/parse"
)

// ErrEncoding says that the encoding of a document is broken, so that its bytes cannot
// be known.
var ErrEncoding = errors.New("encoding is broken")

// MaxGrowth is how many times longer than its encoded text a decoded document can be:
// a line of one character may stand for 63 zeros.
const MaxGrowth = 63

const window = 64 << 10

// A Reader reads documents out of a submission, once from front to back. It belongs
// to one goroutine.
type Reader struct {
	r    *bufio.Reader
	at   int64
	pem  bool // comes in an envelope that stuffs dashes
	rest *part
}

// NewReader returns a Reader of the submission that r yields from its first byte.
func NewReader(r io.Reader) *Reader {
	s := &Reader{r: bufio.NewReaderSize(&steady{r: r}, window)}
	head, _ := s.r.Peek(512)
	s.pem = isEnvelope(head)
	return s
}

// Open moves to a document of the submission, which must come after the one opened
// before. Its Body is valid until the next Open.
func (s *Reader) Open(d *parse.Document) (*Body, error) {
	if s.rest != nil {
		s.at -= s.rest.left
		s.rest = nil
	}
	if d.Offset < s.at {
		return nil, errors.New("lies within the one before")
	}
	n, err := io.CopyN(io.Discard, s.r, d.Offset-s.at)
	if s.at += n; err != nil {
		return nil, unexpected(err)
	}
	s.rest = &part{r: s.r, left: d.Length}
	s.at += d.Length
	var r io.Reader = s.rest
	if s.pem {
		r = &unstuffer{r: bufio.NewReader(s.rest), start: true}
	}
	return unwrap(bufio.NewReaderSize(r, window)), nil
}

// A part is the next bytes of a reader: that there are fewer is io.ErrUnexpectedEOF.
type part struct {
	r    io.Reader
	left int64 // unread
}

// Read implements io.Reader.
func (p *part) Read(b []byte) (n int, err error) {
	if p.left == 0 {
		return 0, io.EOF
	}
	n, err = p.r.Read(b[:min(int64(len(b)), p.left)])
	p.left -= int64(n)
	return n, unexpected(err)
}

// A steady reader tells again what went wrong once, for a look ahead forgets it.
type steady struct {
	r   io.Reader
	err error
}

// Read implements io.Reader.
func (s *steady) Read(b []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.r.Read(b)
	}
	return n, s.err
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Copy writes the decoded bytes of one document of the submission that r yields. After
// ErrEncoding what was written must be discarded.
func Copy(w io.Writer, r io.Reader, d *parse.Document) error {
	b, err := NewReader(r).Open(d)
	if err != nil {
		return err
	}
	return b.Decode(w)
}

// A Body is one document without its wrapping.
type Body struct {
	Encoded bool   // it is uuencoded
	Name    string // in the encoding, which is the filer's own word

	r       *bufio.Reader
	closing string // the tag behind the document, if there is one before
}

// Decode writes the document's bytes, decoded if need be.
func (b *Body) Decode(w io.Writer) error {
	if !b.Encoded {
		return b.Undecoded(w)
	}
	if err := decodeUU(b.r, w); err != nil {
		return err
	}
	return b.ended()
}

// Undecoded writes the document's bytes as they stand, without the tags around them
// and without the first line of an encoding.
func (b *Body) Undecoded(w io.Writer) error {
	if b.closing == "" {
		_, err := io.Copy(w, b.r)
		return err
	}
	t := &trimmer{w: w}
	if _, err := io.Copy(t, b.r); err != nil {
		return err
	}
	return t.end(b.closing)
}

// ended reports whether only blanks follow before the closing tag.
func (b *Body) ended() error {
	var rest bytes.Buffer
	switch _, err := io.CopyN(&rest, b.r, maxLine); {
	case err == nil:
		return encodingError("more after the end")
	case err != io.EOF:
		return err
	}
	if more := bytes.TrimSpace(rest.Bytes()); len(more) > 0 && string(more) != b.closing {
		return encodingError("more after the end")
	}
	return nil
}

// An encodingError is an ErrEncoding that says what is wrong.
type encodingError string

// Error implements error.
func (e encodingError) Error() string { return string(e) }

// Is makes every encodingError an ErrEncoding.
func (e encodingError) Is(target error) bool { return target == ErrEncoding }
