package parse

import "strings"

// An exhibitRef is an exhibit number read at the beginning of a text.
type exhibitRef struct {
	number string // "99.1", "10.16a", "99.4(a)", "3(a)(ii)": as printed, without marks
	rest   string // what follows it
	word   bool   // "Exhibit" or "EX-" stands before it
	dotted bool   // has a part after the first: 99.1, 10(a); a bare 99 may be a page or a quantity
	marked bool   // a full stop, bracket or dash of its own closes it: "99.", "(99)"
	comma  bool   // a comma follows: a sentence may go on
}

// readExhibitRef reads the exhibit number that s begins with. Numbers begin with
// a group of the exhibit table (Item 601 of Regulation S-K); parts follow after
// points, in brackets or as a letter: 99.1, 2.1.1, 10.16a, 3(a)(i), 99.(a), 3.i.
func readExhibitRef(s string) (exhibitRef, bool) { return readListedRef(s, false) }

// readListedRef reads a number that may be one of several, with commas between
// them.
func readListedRef(s string, several bool) (exhibitRef, bool) {
	var r exhibitRef
	s = trimMarks(s)
	if len(s) > 2 && s[0] == '(' && s[1]|0x20 == 'e' {
		s = s[1:] // (EX-20)
	}
	s, r.word = cutExhibitWord(s)
	s, counted := cutNo(s)
	open := strings.HasPrefix(s, "(")
	s = strings.TrimPrefix(s, "(")
	n := leadingDigits(s)
	if n == 0 || !isExhibitGroup(s[:n]) {
		return r, false
	}
	end := numberLength(s)
	r.dotted = end > n
	if counted && !r.dotted {
		return r, false
	}
	r.number = cleanNumber(s[:end])
	r.rest = s[end:]
	if open {
		if !strings.HasPrefix(r.rest, ")") {
			return r, false
		}
		r.rest, r.marked = r.rest[1:], true
	}
	return r, closesNumber(&r, several)
}

// cutNo cuts "No." off the beginning of a text where a figure follows.
func cutNo(s string) (rest string, found bool) {
	t, ok := cutFold(s, "no.")
	if t = strings.TrimLeft(t, " \t"); !ok || t == "" || !isDigit(t[0]) {
		return s, false
	}
	return t, true
}

// numberLength returns how long the number is that s begins with.
func numberLength(s string) int {
	end := leadingDigits(s)
	if n := loosePart(s, end); n > end {
		return n
	}
	for {
		m := exhibitPart(s, end)
		if m == end {
			return end
		}
		end = m
	}
}

// loosePart reads a point that is mistyped, at s[at:]: "99. 1", "99 .1", "99,1".
func loosePart(s string, at int) int {
	if at < 2 || at+2 > len(s) {
		return at
	}
	n := at
	switch {
	case strings.HasPrefix(s[at:], ". "), strings.HasPrefix(s[at:], " ."):
		n += 2
	case s[at] == ',' && s[:at] == "99": // 10,1 may be a quantity
		n++
	}
	digits := leadingDigits(s[n:])
	if end := n + digits; n > at && digits > 0 && digits <= 2 && s[n] != '0' && (end == len(s) || s[end] == ' ' || s[end] == '\t') {
		return end
	}
	return at
}

// cleanNumber writes a number without the blanks and commas of its point.
func cleanNumber(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, ".(", "("), " ", "")
	return strings.ReplaceAll(s, ",", ".")
}

// exhibitPart returns the end of the part of an exhibit number at s[at:], at
// itself when there is none.
func exhibitPart(s string, at int) int {
	if at >= len(s) {
		return at
	}
	switch c := s[at]; {
	case c == '.' && at+1 < len(s) && s[at+1] == '(':
		return bracketPart(s, at+1, at)
	case c == '(' && at+2 < len(s) && isDigit(s[at+1]) && strings.IndexByte(s[:at], '.') > 0:
		return at // 10.1(2): a footnote
	case c == '(':
		return bracketPart(s, at, at)
	case c == '-':
		return dashPart(s, at)
	case c == '.':
		n := at + 1 + leadingDigits(s[at+1:])
		if n > at+1 && n <= at+4 {
			return n
		}
		if n == at+1 {
			return romanPart(s, at+1, at) // 3.i, 99.A
		}
	case isLetter(c) && at > 0 && isDigit(s[at-1]) && endsWord(s, at+1):
		return at + 1
	}
	return at
}

// bracketPart reads "(a)", "(ii)" or "(1)" at s[at:]; it returns none for
// anything else.
func bracketPart(s string, at, none int) int {
	i := strings.IndexByte(s[at:min(len(s), at+6)], ')')
	if i < 2 {
		return none
	}
	for _, c := range []byte(s[at+1 : at+i]) {
		if !isLetter(c) && !isDigit(c) {
			return none
		}
	}
	return at + i + 1
}

// dashPart reads "-1" or "-A" at s[at:]. 8-K and 10-Q are forms.
func dashPart(s string, at int) int {
	n := at + 1 + leadingDigits(s[at+1:])
	if n == at+1 && n < len(s) && s[n] >= 'A' && s[n] <= 'J' {
		n++
	}
	if n+1 < len(s) && s[n] == '.' && isDigit(s[n+1]) {
		return at // 99.1-99.3
	}
	if n == at+1 || n > at+3 || n < len(s) && s[n] != ' ' && s[n] != '\t' && s[n] != '.' {
		return at
	}
	return n
}

// romanPart reads "i", "ii" or one letter at s[at:].
func romanPart(s string, at, none int) int {
	if s[:at] == "101." && at+3 <= len(s) && hasWords(s[at:at+2]) && isLetter(s[at+2]) && endsWord(s, at+3) {
		return at + 3 // 101.INS
	}
	n := at
	for n < len(s) && (s[n]|0x20 == 'i' || s[n]|0x20 == 'v') {
		n++
	}
	if n == at && n < len(s) && isLetter(s[n]) {
		n++
	}
	if n == at || !endsWord(s, n) {
		return none
	}
	return n
}

func endsWord(s string, at int) bool {
	return at >= len(s) || !isLetter(s[at]) && !isDigit(s[at]) && s[at] != '-'
}

// closesNumber checks what stands right after a number and skips the marks there.
// 6 3/4%, 10-K, 10:30 and 14, 1999 are no exhibit numbers.
func closesNumber(r *exhibitRef, several bool) bool {
	s := r.rest
	if s == "" {
		return true
	}
	switch c := s[0]; {
	case isLetter(c) && (r.dotted || r.number == "104") && c <= 'Z' && startsTitle(s):
		return true // "99.1Press Release": style sheets set them apart
	case isDigit(c), isLetter(c), c == '%', c == '/', c == '$':
		return false
	case c == ',' && !r.word && !several && !(r.dotted && len(s) > 2 && s[1] == ' ' && isUpper(s[2])):
		return false
	case c == '-' && len(s) > 1 && (isLetter(s[1]) || isDigit(s[1])) && !r.word && !(r.dotted && (startsTitle(s[1:]) || goesOnRange(r.number, s[1:]))):
		return false
	case c == ':' && len(s) > 1 && isDigit(s[1]):
		return false
	case c == '.' && len(s) > 1 && isDigit(s[1]):
		return false
	case c == '.' || c == ')' || c == ':':
		r.marked = true
	case c == ',':
		r.comma = true
	}
	trimmed := strings.TrimLeft(s, " \t.,:;-)*+#†‡§^~")
	for strings.HasPrefix(trimmed, "–") || strings.HasPrefix(trimmed, "—") || strings.HasPrefix(trimmed, "•") {
		trimmed = strings.TrimLeft(trimmed[len("–"):], " \t-")
		r.marked = true
	}
	if strings.HasPrefix(strings.TrimLeft(s, " \t"), "-") {
		r.marked = true
	}
	r.rest = trimmed
	if strings.HasPrefix(trimmed, "(") && len(trimmed) > 3 && isDigit(trimmed[1]) && trimmed[2] == ')' {
		r.rest = strings.TrimLeft(trimmed[3:], " \t-") // a footnote
	}
	return true
}

// startsTitle reports whether s begins with a word in capitals, or with a capital:
// three letters or "Pr".
func startsTitle(s string) bool {
	if len(s) < 3 || !isUpper(s[0]) || !isLetter(s[1]) {
		return false
	}
	return s[1] >= 'a' || isLetter(s[2])
}

// goesOnRange reports whether s begins with a number of the same group: 99.3 after
// 99.1.
func goesOnRange(number, s string) bool {
	group := exhibitGroup(number) + "."
	return strings.HasPrefix(s, group) && len(s) > len(group) && isDigit(s[len(group)])
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// trimMarks cuts blanks and footnote marks off the beginning of a text.
func trimMarks(s string) string {
	for {
		t := strings.TrimLeft(s, " \t*+#^~[.:-–—†‡§•·")
		if t == s {
			return s
		}
		s = t
	}
}

// cutExhibitWord cuts "Exhibit", "Exhibit No.", "Ex." or "EX-" off the beginning
// of a text.
func cutExhibitWord(s string) (rest string, found bool) {
	t, ok := cutFold(s, "exhibit")
	if !ok {
		if t, ok = cutFold(s, "exh"); !ok {
			t, ok = cutFold(s, "ex")
		}
		if !ok || t == "" || t[0] != '.' && t[0] != '-' && t[0] != ' ' {
			return s, false
		}
	}
	t = strings.TrimLeft(t, " \t.-:#")
	for _, word := range []string{"number", "nos", "no"} {
		if u, ok := cutFold(t, word); ok {
			t = strings.TrimLeft(u, " \t.:#")
			break
		}
	}
	if t == "" || !isDigit(t[0]) && t[0] != '(' {
		return s, false
	}
	return t, true
}

// cutFold cuts a lower-case prefix off s, whatever its case there.
func cutFold(s, prefix string) (string, bool) {
	if hasPrefixFoldString(s, prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// isExhibitGroup knows the groups of the exhibit table, those of the past
// included: 1 to 36 and 95 to 107.
func isExhibitGroup(digits string) bool {
	if len(digits) > 3 || digits[0] == '0' {
		return false
	}
	n := smallNumber(digits)
	return n <= 36 || n >= 95 && n <= 107
}

func smallNumber(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// exhibitKey folds a number for comparison: 99.4(a), 99.4A and 99.4a are one, and
// so are 99.01 and 99.1.
func exhibitKey(number string) string {
	b := make([]byte, 0, len(number))
	for at := 0; at < len(number); {
		n := leadingDigits(number[at:])
		switch {
		case n > 0:
			if at > 0 {
				b = append(b, '.')
			}
			digits := strings.TrimLeft(number[at:at+n], "0")
			b = append(b, digits...)
			at += n
		default:
			if isLetter(number[at]) {
				b = append(b, lower(number[at]))
			}
			at++
		}
	}
	return string(b)
}

// exhibitGroup returns the group of a number: 99 for 99.1.
func exhibitGroup(number string) string { return number[:leadingDigits(number)] }
