package main

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// printJSON prints v as one line of JSON on standard output.
func (a *app) printJSON(v any) error {
	line, err := jsonLine(v)
	if err == nil {
		_, err = a.out.Write(line)
	}
	return err
}

// jsonLine encodes v as one line, with every character escaped that steers a
// terminal, for JSON is read on terminals too.
func jsonLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return escapeUnsafe(b.Bytes()), nil
}

// escapeUnsafe writes the unsafe characters of valid JSON as \u escapes. They
// can stand only within strings, where the escape means the same.
func escapeUnsafe(line []byte) []byte {
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

// copyClean prints text of a filing, harmless, ending in a line end.
func copyClean(w io.Writer, text string) error {
	text = cleanText(text)
	if text != "" && text[len(text)-1] != '\n' {
		text += "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
