package parse

import "strings"

// findPhone returns the first telephone number in a text as printed: (408)
// 996-1010, 408-996-1010, 818 560-1000, 1-800-555-0123, (920)-491-7500; with
// loose also numbers of other countries, +44 20 7946 0000.
func findPhone(s string, loose bool) string {
	for at := 0; at < len(s); at++ {
		c := s[at]
		if !isDigit(c) && c != '(' && c != '+' || at > 0 && (isDigit(s[at-1]) || isLetter(s[at-1]) || s[at-1] == '$') {
			continue
		}
		if strings.HasPrefix(s[at:], "011") && at+3 < len(s) && !isDigit(s[at+3]) { // to call abroad
			if end := foreignPhoneAt(s, at); end > 0 {
				return s[at:end]
			}
		}
		if end := phoneAt(s, at); end > 0 {
			return s[at:end]
		}
		if loose {
			if end := foreignPhoneAt(s, at); end > 0 {
				return s[at:end]
			}
		}
	}
	return ""
}

// phoneAt returns where the North American number that begins at s[at] ends, 0
// when none does: three, three and four digits with separators between, perhaps
// after a 1.
func phoneAt(s string, at int) int {
	if s[at] == '+' {
		at++
	}
	if at+1 < len(s) && s[at] == '1' && !isDigit(s[at+1]) {
		at = skipSeparators(s, at+1)
	}
	for i, want := range [...]int{3, 3, 4} {
		if i > 0 || at < len(s) && s[at] == '(' {
			at = skipSeparators(s, at)
		}
		if at >= len(s) || leadingDigits(s[at:]) < want || i == 2 && leadingDigits(s[at:]) != want {
			return 0
		}
		at += want
	}
	return at
}

// skipSeparators skips what stands between the parts of a number. A row of
// cells puts a tab there, a wrapped line its end.
func skipSeparators(s string, at int) int {
	for n := 0; at < len(s) && n < 6; n++ {
		switch s[at] {
		case ' ', '(', ')', '-', '.', '/', '\t', '\n', '*':
			at++
		default:
			if len(s)-at >= 3 && (s[at:at+3] == "–" || s[at:at+3] == "‑" || s[at:at+3] == "—") {
				at += 3
				continue
			}
			return at
		}
	}
	return at
}

// foreignPhoneAt returns where a number of at least eight digits in groups ends.
func foreignPhoneAt(s string, at int) int {
	digits, end := 0, 0
	for i := at; i < len(s) && digits < 20; i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits++
			end = i + 1
		case c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '+' && i == at || c == '/':
		default:
			i = len(s)
		}
	}
	if digits < 8 || digits > 16 {
		return 0
	}
	return end
}
