package layout

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"example.com/edgard/parse"
)

const window = 64 << 10

// A stream is a submission's bytes, read once from front to back.
type stream struct {
	r   *bufio.Reader
	at  int64
	pem bool // comes in an envelope that stuffs dashes
}

func newStream(r io.Reader) *stream {
	s := &stream{r: bufio.NewReaderSize(r, window)}
	head, _ := s.r.Peek(512)
	s.pem = bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----"))
	return s
}

// body has read read the bytes of a document as its filer wrote them.
func (s *stream) body(d *parse.Document, read func(*bufio.Reader) error) error {
	if d.Offset < s.at {
		return errors.New("lies within the one before")
	}
	n, err := io.CopyN(io.Discard, s.r, d.Offset-s.at)
	if s.at += n; err != nil {
		return err
	}
	rest := &io.LimitedReader{R: s.r, N: d.Length}
	var r io.Reader = rest
	if s.pem {
		r = &unstuffer{r: bufio.NewReader(rest), start: true}
	}
	err = read(bufio.NewReaderSize(r, window))
	s.at += d.Length - rest.N
	return err
}

// unstuffer takes the "- " off lines that a PEM envelope put it before.
type unstuffer struct {
	r     *bufio.Reader
	start bool // of a line
	rest  []byte
}

// Read implements io.Reader.
func (u *unstuffer) Read(p []byte) (int, error) {
	if len(u.rest) == 0 {
		if head, _ := u.r.Peek(3); u.start && string(head) == "- -" {
			_, _ = u.r.Discard(2)
		}
		piece, err := u.r.ReadSlice('\n')
		if len(piece) == 0 {
			return 0, err
		}
		u.start = piece[len(piece)-1] == '\n'
		u.rest = append(u.rest[:0], piece...)
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// A wrapping is what stands around a document's own bytes.
type wrapping struct {
	closing string // the tag behind them, if there is one before
	encoded bool   // they are uuencoded
	name    string // in the encoding
}

// unwrap reads past the line end behind <TEXT>, a wrapper tag, and the first line
// of an encoded file.
func unwrap(r *bufio.Reader) (w wrapping) {
	skipLineEnd(r)
	for _, tag := range []string{"PDF", "XBRL", "XML"} {
		if head, _ := r.Peek(len(tag) + 2); string(head) == "<"+tag+">" {
			_, _ = r.Discard(len(head))
			skipLineEnd(r)
			w.closing = "</" + tag + ">"
		}
	}
	head, _ := r.Peek(1 << 10)
	start := bytes.TrimLeft(head, " \t\r\n")
	line, _, whole := bytes.Cut(start, []byte("\n"))
	if w.name, w.encoded = beginning(string(bytes.TrimRight(line, "\r"))); w.encoded && whole {
		_, _ = r.Discard(len(head) - len(start) + len(line) + 1)
	}
	w.encoded = w.encoded && whole
	return w
}

func skipLineEnd(r *bufio.Reader) {
	if head, _ := r.Peek(2); string(head) == "\r\n" {
		_, _ = r.Discard(2)
	} else if len(head) > 0 && head[0] == '\n' {
		_, _ = r.Discard(1)
	}
}

// beginning reads "begin 644 logo.jpg".
func beginning(line string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(line, "begin ")
	mode, name, _ := strings.Cut(rest, " ")
	if _, err := strconv.ParseUint(mode, 8, 16); err != nil || !ok {
		return "", false
	}
	return strings.TrimSpace(name), true
}

// plain copies bytes that are not encoded, without a closing tag.
func (w wrapping) plain(dst io.Writer, r io.Reader) error {
	if w.closing == "" {
		_, err := io.Copy(dst, r)
		return err
	}
	t := &trimmer{w: dst}
	if _, err := io.Copy(t, r); err != nil {
		return err
	}
	return t.end(w.closing)
}

// trimmer holds back the last bytes of what it is given.
type trimmer struct {
	w    io.Writer
	tail []byte
}

const tailHeld = 64

// Write implements io.Writer.
func (t *trimmer) Write(p []byte) (int, error) {
	t.tail = append(t.tail, p...)
	if over := len(t.tail) - tailHeld; over > 0 {
		if _, err := t.w.Write(t.tail[:over]); err != nil {
			return 0, err
		}
		t.tail = append(t.tail[:0], t.tail[over:]...)
	}
	return len(p), nil
}

// end writes the held bytes but for the closing tag and what follows it.
func (t *trimmer) end(closing string) error {
	body := t.tail
	if cut, ok := bytes.CutSuffix(bytes.TrimRight(body, " \t\r\n"), []byte(closing)); ok {
		body = cut
	}
	_, err := t.w.Write(body)
	return err
}

// decode writes the bytes that encoded text stands for; only blanks may follow it
// before the closing tag.
func (w wrapping) decode(dst io.Writer, r *bufio.Reader) error {
	if err := decodeUU(r, dst); err != nil {
		return err
	}
	var rest bytes.Buffer
	if _, err := io.CopyN(&rest, r, maxLine); err != io.EOF {
		return errors.New("more after the end")
	}
	if more := bytes.TrimSpace(rest.Bytes()); len(more) > 0 && string(more) != w.closing {
		return errors.New("more after the end")
	}
	return nil
}
