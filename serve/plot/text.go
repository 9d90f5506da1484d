package plot

import (
	"strings"
	"unicode"
)

const (
	textSize   = 12 // units, as .plot-text has it
	lineHeight = 16
)

// clean replaces what would break a line of text or turn its direction.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF'
	}), " ")
}

// shorten cuts text to so many characters, the last of them a mark of the cut.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// textWidth is about how many units a text takes in any sans serif, rather more
// than less.
func textWidth(s string) (w float64) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 0x1100 || strings.ContainsRune("MWmw@%…—", r):
			w += 1
		case strings.ContainsRune("iIjlft.,:;|!'()[] -", r):
			w += 0.42
		case unicode.IsUpper(r):
			w += 0.76
		default:
			w += 0.62
		}
	}
	return w * textSize
}

// name makes an id of any text.
func name(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '-' || r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, s)
	if s == "" || s[0] == '-' || s[0] >= '0' && s[0] <= '9' {
		return "plot" + s
	}
	return s
}
