package harmless

import (
	"bytes"
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
	at := bytes.IndexFunc(line, func(r rune) bool { return r == 0x7f || isUnsafe(r) })
	if at < 0 {
		return line
	}
	out := append([]byte(nil), line[:at]...)
	for rest := line[at:]; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r == 0x7f || isUnsafe(r) {
			const hex = "0123456789abcdef"
			out = append(out, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		} else {
			out = append(out, rest[:n]...)
		}
		rest = rest[n:]
	}
	return out
}
