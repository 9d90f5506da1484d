package parse

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	maxListingLine = 4 << 10 // the longest seen has 184 bytes
	maxExcerpt     = 160
)

var errLongLine = errors.New("longer than 4096 bytes")

// lineReader cuts a stream into lines.
type lineReader struct {
	br *bufio.Reader // its buffer must hold more than maxListingLine
	n  int           // lines returned so far
}

// next returns the next line without its end and without blanks at its end. The
// slice is valid until the next call. With errLongLine comes the beginning of
// the line, and the rest has been skipped. A last line without a newline is a
// line, unless the stream broke there.
func (r *lineReader) next() ([]byte, error) {
	line, err := r.br.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return r.long(line)
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		return nil, err
	}
	r.n++
	line = trimEnd(line)
	if len(line) > maxListingLine {
		return line, errLongLine
	}
	return line, nil
}

func (r *lineReader) long(line []byte) ([]byte, error) {
	line = bytes.Clone(line[:maxListingLine])
	for {
		_, err := r.br.ReadSlice('\n')
		switch err {
		case bufio.ErrBufferFull:
		case nil, io.EOF:
			r.n++
			return line, errLongLine
		default:
			return nil, err
		}
	}
}

// trimEnd cuts blanks and line ends off the end.
func trimEnd(b []byte) []byte {
	for len(b) > 0 {
		switch b[len(b)-1] {
		case ' ', '\n', '\r', '\t':
			b = b[:len(b)-1]
		default:
			return b
		}
	}
	return b
}

// decode returns s itself if it is UTF-8, else what it says in Windows-1252,
// which every string of bytes is.
func decode(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	if d, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
		return d
	}
	return s
}

// excerpt returns a line for an error to quote.
func excerpt(line []byte) string {
	if len(line) > maxExcerpt {
		cut := maxExcerpt
		for cut > maxExcerpt-utf8.UTFMax && !utf8.RuneStart(line[cut]) {
			cut--
		}
		line = line[:cut]
	}
	return decode(string(line))
}
