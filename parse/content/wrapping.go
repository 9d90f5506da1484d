package content

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
)

// isEnvelope reports whether a submission begins with a PEM envelope.
func isEnvelope(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----"))
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

// unwrap reads past the line end behind <TEXT>, a wrapper tag, and the first line
// of an encoded file.
func unwrap(r *bufio.Reader) *Body {
	b := &Body{r: r}
	skipLineEnd(r)
	for _, tag := range []string{"PDF", "XBRL", "XML"} {
		if head, _ := r.Peek(len(tag) + 2); string(head) == "<"+tag+">" {
			_, _ = r.Discard(len(head))
			skipLineEnd(r)
			b.closing = "</" + tag + ">"
		}
	}
	head, _ := r.Peek(1 << 10)
	start := bytes.TrimLeft(head, " \t\r\n")
	line, _, whole := bytes.Cut(start, []byte("\n"))
	if b.Name, b.Encoded = beginning(string(bytes.TrimRight(line, "\r"))); b.Encoded && whole {
		_, _ = r.Discard(len(head) - len(start) + len(line) + 1)
	}
	b.Encoded = b.Encoded && whole
	return b
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
	rest, begins := strings.CutPrefix(line, "begin ")
	mode, name, ok := strings.Cut(rest, " ")
	if _, err := strconv.ParseUint(mode, 8, 16); err != nil || !begins || !ok {
		return "", false
	}
	return strings.TrimSpace(name), true
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
