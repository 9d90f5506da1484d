package parse

import (
	"slices"
	"strings"
)

// exhibitsIn returns the exhibit numbers that a text refers to, in order, each
// once: "Exhibit 99.1", "Exhibits 10.1 and 10.2", "Exhibit Nos. 2.1, 2.2".
func exhibitsIn(text string) []string {
	var numbers []string
	for at := 0; len(numbers) < 200; {
		i := strings.Index(text[at:], "xhibit")
		if i < 0 {
			break
		}
		at += i + len("xhibit")
		end := at
		if end < len(text) && text[end] == 's' {
			end++
		}
		for end < len(text) {
			n, next := exhibitNumber(text, skipNo(text, skipBlanks(text, end, 1)))
			if n == "" {
				break
			}
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
			end, at = next, next
			if next, _ = continues(text, end); next < 0 {
				break
			}
			end = next
		}
	}
	return numbers
}

// lists reports whether a section is the item that lists exhibits.
func (s *section) lists() bool {
	return slices.Contains(s.numbers, "9.01") || slices.Contains(s.numbers, "7")
}

// listedIn adds to numbers those that begin a line of a list: "99.1<tab>Press
// release" below the word Exhibits.
func listedIn(numbers []string, text string) []string {
	at := strings.Index(strings.ToLower(text), "xhibit")
	for at >= 0 && len(numbers) < 200 {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		n, end := exhibitNumber(text, skipBlanks(text, at, 0))
		if n == "" || end == len(text) || !isBlank(text[end]) || !isExhibitNumber(n) || slices.Contains(numbers, n) {
			continue
		}
		if next := skipBlanks(text, end, 2); next < len(text) && (text[end] == '\t' || isLetter(text[next])) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// isExhibitNumber reports whether a number is one of the exhibit table of
// Regulation S-K, Item 601: 1 to 105.
func isExhibitNumber(n string) bool {
	whole := 0
	for i := 0; i < len(n) && isDigit(n[i]); i++ {
		whole = whole*10 + int(n[i]-'0')
	}
	return whole >= 1 && whole <= 105
}

// exhibitNumber reads one exhibit number at text[at:]: 99, 99.1, 10.16a, 3(b),
// 99.4(a), 3.i. It returns "" for none.
func exhibitNumber(text string, at int) (number string, end int) {
	n := at
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n == at || n-at > 3 {
		return "", at
	}
	if n+1 < len(text) && text[n] == '.' && isDigit(text[n+1]) {
		for n++; n < len(text) && isDigit(text[n]); n++ {
		}
	}
	if n < len(text) && isLetter(text[n]) && (n+1 == len(text) || !isLetter(text[n+1]) && !isDigit(text[n+1])) {
		n++
	}
	for n+2 < len(text) && text[n] == '(' && text[n+2] == ')' {
		n += 3
	}
	return text[at:n], n
}
