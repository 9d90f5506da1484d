// Package harmless makes text that strangers wrote safe to show on a terminal. A name
// or an item of a filing may carry escape sequences that repaint the screen, or marks
// that turn the reading direction around; JSON is read on terminals, too.
package harmless

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text returns s with control characters and direction marks shown as visible signs;
// line ends and tabs stay. It is valid UTF-8.
func Text(s string) string { return clean(s, false) }

// Line is Text for one line of output: every run of blanks, tabs and line ends
// becomes one blank, and none stands at either end.
func Line(s string) string { return strings.TrimSpace(clean(s, true)) }

func clean(s string, fold bool) string {
	if isPlain(s, fold) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		r = sign(r)
		if fold && unicode.IsSpace(r) {
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// isPlain reports whether s is printable ASCII already and needs no folding.
func isPlain(s string, fold bool) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '\n' || c == '\t':
			if fold {
				return false
			}
		case c == ' ':
			if fold && (i == 0 || s[i-1] == ' ') {
				return false
			}
		case c < ' ' || c >= 0x7f:
			return false
		}
	}
	return true
}

// sign returns r, or the sign that stands for it.
func sign(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r < 0x20:
		return 0x2400 + r // ␛ for escape and so on
	case r == 0x7f:
		return 0x2421
	case r == 0x2028 || r == 0x2029:
		return '\n'
	case isUnsafe(r):
		return utf8.RuneError
	}
	return r
}

// isUnsafe reports whether r beyond ASCII steers a terminal or the reading
// direction: the C1 controls, and the marks, embeddings, overrides and isolates
// of the bidirectional algorithm.
func isUnsafe(r rune) bool {
	return r >= 0x80 && (unicode.In(r, unicode.Cc, unicode.Bidi_Control) || r == 0xfeff)
}
