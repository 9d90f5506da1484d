package parse

// Small questions about characters that several readers ask.

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isBlank(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func isDash(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212 }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// hasWord reports whether b has a letter or digit.
func hasWord(b []byte) bool {
	for _, c := range b {
		if isLetter(c) || isDigit(c) {
			return true
		}
	}
	return false
}

// isRule reports whether a line is drawn, not written: ------, ______, *****.
func isRule(line []byte) bool {
	marks := 0
	for _, c := range line {
		switch c {
		case '-', '_', '=', '*', '~':
			marks++
		case ' ', '\t':
		default:
			return false
		}
	}
	return marks >= 3
}
