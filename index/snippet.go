package index

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// snippetSize is the length of a snippet in characters, about.
const snippetSize = 160

// snippet returns the first words of text, blanks folded; what was cut leaves an
// ellipsis.
func snippet(text string) string {
	var b strings.Builder
	n := 0
	for word := range strings.FieldsSeq(text) {
		size := utf8.RuneCountInString(word)
		if n > 0 && n+1+size > snippetSize {
			b.WriteString(" …")
			break
		}
		if n > 0 {
			b.WriteByte(' ')
			n++
		}
		if size > snippetSize {
			b.WriteString(firstRunes(word, snippetSize))
			b.WriteString("…")
			break
		}
		b.WriteString(word)
		n += size
	}
	return strings.ToValidUTF8(b.String(), string(unicode.ReplacementChar))
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
