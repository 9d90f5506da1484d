package content

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// maxLine bounds a line of encoded text: 45 bytes make 61 characters, 63 at most 85.
const maxLine = 1 << 10

// decodeUU reads the lines after "begin 644 name" up to "end", and writes the
// bytes that they stand for. It is strict: a character that encodes nothing, a
// line shorter than it says, or no end are errors, and what was written until
// then is no use. Blanks that stood for zeros may be missing at the ends of lines.
func decodeUU(r *bufio.Reader, w io.Writer) error {
	var buf [64]byte
	for n := 1; ; n++ {
		line, err := readLine(r)
		if err != nil {
			return fmt.Errorf("encoded line %d: %w", n, err)
		}
		data, err := decodeLine(buf[:0], line)
		if err != nil {
			return fmt.Errorf("encoded line %d: %w", n, err)
		}
		if len(data) > 0 {
			if _, err := w.Write(data); err != nil {
				return err
			}
			continue
		}
		last, err := readLine(r)
		switch {
		case err != nil:
			return fmt.Errorf("end after encoded line %d: %w", n, err)
		case string(last) != "end":
			return encodingError(fmt.Sprintf("encoded line %d: no end after the last", n))
		}
		return nil
	}
}

// readLine returns the next line without its end.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	switch {
	case err == io.EOF && len(line) > 0:
	case err == io.EOF:
		return nil, encodingError("cut off")
	case err == bufio.ErrBufferFull, err == nil && len(line) > maxLine:
		return nil, encodingError("too long")
	case err != nil:
		return nil, err
	}
	return bytes.TrimRight(line, "\r\n"), nil
}

// decodeLine appends what one line stands for. Its first character says how many
// bytes that is; groups of four characters make three bytes.
func decodeLine(dst, line []byte) ([]byte, error) {
	n, ok := 0, true
	if len(line) > 0 {
		n, ok = value(line[0])
	}
	if !ok {
		return nil, encodingError(fmt.Sprintf("character %q does not say a length", line[0]))
	}
	body := bytes.TrimRight(line[min(1, len(line)):], " ")
	want := (n + 2) / 3 * 4
	if len(body) > want+1 { // some encoders add a check character
		return nil, encodingError(fmt.Sprintf("%d characters, want %d", len(body), want))
	}
	if len(body) < want && bytes.IndexByte(body, '`') >= 0 { // whose zeros are not blank
		return nil, encodingError(fmt.Sprintf("%d characters, want %d", len(body), want))
	}
	for i := 0; i < want; i += 4 {
		var group [4]int
		for j := range group {
			if i+j < len(body) {
				if group[j], ok = value(body[i+j]); !ok {
					return nil, encodingError(fmt.Sprintf("character %q encodes nothing", body[i+j]))
				}
			}
		}
		dst = append(dst, byte(group[0]<<2|group[1]>>4), byte(group[1]<<4|group[2]>>2), byte(group[2]<<6|group[3]))
	}
	return dst[:n], nil
}

// value is what a character stands for: blank and ` both for zero.
func value(c byte) (int, bool) { return int(c-' ') & 63, c >= ' ' && c <= '`' }
