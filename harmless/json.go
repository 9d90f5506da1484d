package harmless

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"unicode/utf8"
)

// JSON encodes v as one line, with its end, and every character in it escaped that
// steers a terminal. What the escapes mean is what stood there; <, > and & stay.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return EscapeJSON(b.Bytes()), nil
}

// EscapeJSON writes the characters of valid JSON that steer a terminal as \u escapes.
// They can stand only within strings, where the escape means the same. JSON without
// any is returned as it is.
func EscapeJSON(line []byte) []byte {
	var out []byte
	from := 0
	for at := beyond(line, 0); at < len(line); at = beyond(line, at) {
		r, n := utf8.DecodeRune(line[at:])
		if r == 0x7f || isUnsafe(r) {
			const hex = "0123456789abcdef"
			out = append(out, line[from:at]...)
			out = append(out, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			from = at + n
		}
		at += n
	}
	if from == 0 {
		return line
	}
	return append(out, line[from:]...)
}

// beyond returns where the first byte from at on stands that no printable ASCII
// character has, but for line ends, or the length of b. Most of it is looked at eight
// bytes at a time.
func beyond(b []byte, at int) int {
	const high, ones = 0x8080808080808080, 0x0101010101010101
	for ; at+8 <= len(b); at += 8 {
		word := binary.LittleEndian.Uint64(b[at:])
		if word&high != 0 || (word+ones)&high != 0 { // one from 0x80 on, or 0x7f
			break
		}
	}
	for at < len(b) && b[at] < 0x7f {
		at++
	}
	return at
}
