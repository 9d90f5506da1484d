package parse

import (
	"slices"
	"strings"
)

// maxMentions bounds the exhibits of one item.
const maxMentions = 200

// exhibitsIn returns the exhibit numbers of this report that a text refers to, in
// order, each once: "Exhibit 99.1", "Exhibits 10.1 and 10.2", "Exhibit Nos. 2.1,
// 2.2". Those of another report, by reference to which something is
// incorporated, are left out.
func exhibitsIn(text string) []string {
	var numbers []string
	for at := 0; len(numbers) < maxMentions; {
		i := nextExhibit(text, at)
		if i < 0 {
			break
		}
		named, end := exhibitList(text, i+len("exhibit"))
		if !meansAnother(text, i, end) {
			for _, n := range named {
				if !slices.Contains(numbers, n) {
					numbers = append(numbers, n)
				}
			}
		}
		at = end
	}
	return numbers
}

// nextExhibit returns where Exhibit stands next in text[at:], in capitals or not,
// -1 for nowhere.
func nextExhibit(text string, at int) int {
	for {
		i := strings.IndexAny(text[at:], "xX")
		if i < 0 {
			return -1
		}
		at += i + 1
		if at >= 2 && hasPrefixFoldString(text[at-2:], "exhibit") {
			return at - 2
		}
	}
}

// exhibitList reads the numbers after the word Exhibit, which ends at text[at],
// and returns where they end.
func exhibitList(text string, at int) (numbers []string, end int) {
	end = at
	if at < len(text) && lower(text[at]) == 's' {
		at++
	}
	for at < len(text) && len(numbers) < maxMentions {
		n, next := exhibitNumber(text, skipNo(text, skipBlanks(text, at, 1)))
		if n == "" {
			break
		}
		numbers, end = append(numbers, n), next
		if at, _ = continues(text, next); at < 0 {
			break
		}
	}
	return numbers, end
}

// meansAnother reports whether text[from:end], which names exhibits, means those
// of another report: "previously filed as Exhibit 10.7 to our Form 10-K".
func meansAnother(text string, from, end int) bool {
	after := text[end:min(len(text), end+160)]
	to, ok := strings.CutPrefix(strings.TrimLeft(after, ", \n"), "to ")
	if !ok {
		to, ok = strings.CutPrefix(strings.TrimLeft(after, ", \n"), "of ")
	}
	if !ok || strings.HasPrefix(to, "this") {
		return false
	}
	if i := strings.Index(to, "xhibit"); i >= 0 {
		to = to[:i]
	}
	before := strings.ToLower(text[max(0, from-60):from])
	for _, words := range []string{"reference to", "reference from", "previously filed"} {
		if strings.Contains(before, words) {
			return true
		}
	}
	for _, words := range []string{"10-K", "10-Q", "egistration", "nnual Report", "uarterly Report", "Form S-", "Form F-", "roxy"} {
		if strings.Contains(to, words) {
			return true
		}
	}
	return false
}

// lists reports whether a section is the item that lists exhibits.
func (s *section) lists() bool {
	return slices.Contains(s.numbers, "9.01") || slices.Contains(s.numbers, "7")
}

// listedIn returns the numbers that begin a line of a list, "99.1<tab>Press
// release", and after them others. Above the word Exhibit only numbers with a
// point and 104, the cover page, do: 99 may be anything.
func listedIn(others []string, text string) []string {
	var numbers []string
	add := func(n string) {
		if !slices.Contains(numbers, n) && len(numbers) < maxMentions {
			numbers = append(numbers, n)
		}
	}
	head := nextExhibit(text, 0)
	for at := 0; at < len(text); {
		stop := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			stop = at + i
		}
		n, end := listedNumber(text, at)
		if n != "" && (head >= 0 && head < at || n == "104" || strings.Contains(n, ".")) && describes(text, n, end) {
			add(n)
			for n, end = nextListed(text[:stop], n, end); n != ""; n, end = nextListed(text[:stop], n, end) {
				add(n)
			}
		}
		at = stop + 1
	}
	for _, n := range others {
		add(n)
	}
	return numbers
}

// describes reports whether text[end:], behind the number n that begins a line,
// can describe an exhibit.
func describes(text, n string, end int) bool {
	if end == len(text) || !isExhibitNumber(n) {
		return false
	}
	next := skipBlanks(text, end, 2)
	if next == end { // "99.1Press Release": style sheets set them apart
		return text[end] >= 'A' && text[end] <= 'Z' && (strings.Contains(n, ".") || n == "104")
	}
	return text[end] == '\t' || next < len(text) && isLetter(text[next])
}

// nextListed returns the next number of a list that runs on in its line: "99.1
// Press release. 99.2 Transcript". It shares its group with the last one.
func nextListed(line, last string, at int) (number string, end int) {
	i := strings.IndexByte(last, '.')
	if i < 0 {
		return "", at
	}
	for group := " " + last[:i+1]; ; at++ {
		j := strings.Index(line[at:], group)
		if j < 0 {
			return "", at
		}
		at += j
		n, end := exhibitNumber(line, at+1)
		if n != last && end+1 < len(line) && line[end] == ' ' && line[end+1] >= 'A' && line[end+1] <= 'Z' && !hasPrefixFoldString(line[max(0, at-len("exhibit")):at], "exhibit") {
			return n, end
		}
	}
}

// listedNumber reads the number that a line at text[at:] begins with, without the
// marks of footnotes around it. One in brackets or before a full stop must be
// sure to be an exhibit's: "(1) Filed herewith" and "2. Ships" are none.
func listedNumber(text string, at int) (number string, end int) {
	const marks = "*+#^†‡ "
	from := len(text) - len(strings.TrimLeft(text[at:], marks))
	open := from < len(text) && text[from] == '('
	if open {
		from++
	}
	number, end = exhibitNumber(text, from)
	if number == "" {
		return "", at
	}
	closed := len(text) - len(strings.TrimLeft(text[end:], ").:"))
	if (open || closed > end) && !strings.Contains(number, ".") && number != "99" {
		return "", at
	}
	if after := len(text) - len(strings.TrimLeft(text[closed:], marks)); after > closed && text[after-1] != ' ' {
		closed = after
	}
	return number, closed
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
	for parts := 0; parts < 2 && n+1 < len(text) && text[n] == '.' && isDigit(text[n+1]); parts++ {
		for n++; n < len(text) && isDigit(text[n]); n++ {
		}
	}
	if n < len(text) && isLetter(text[n]) && (n+1 == len(text) || !isLetter(text[n+1]) && !isDigit(text[n+1])) {
		n++
	}
	for n < len(text) && text[n] == '(' {
		m := bracketPart(text, n, n)
		if m == n || m > n+3 && strings.Trim(text[n:m], "(ivx)") != "" {
			break // one letter, or a Roman number
		}
		n = m
	}
	return text[at:n], n
}
