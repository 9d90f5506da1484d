package parse

import "strings"

// A numeral is what stands after the word Item: the numbers it names and where
// it ends.
type numeral struct {
	numbers []string
	dotted  bool // of the system since 2004
	letters bool // with a paragraph: 5.02(b)
	plural  bool // after "Items"
	loose   bool // 8.1 or 801 for 8.01, V for 5: a caption must confirm it
	end     int  // of the numbers with their paragraph letters, in the text
}

// readNumeral reads the numbers at text[at:], after Item or the plural Items. They may go over ends of lines
// and cells: "2.02", "9. 01", "5.02(b)(c)", "2.02 and 7.01", "1, 3 and 5",
// "1 through 4, 6 and 8", "1-Item 4", "No. 5".
func readNumeral(text string, at int, plural bool) (numeral, bool) {
	at = skipNo(text, skipBlanks(text, at, 3))
	n := numeral{plural: plural}
	first, end := oneNumber(text, at)
	if first == "" {
		first, end = looseNumber(text, at)
		n.loose = true
	}
	if first == "" {
		return n, false
	}
	n.dotted = strings.Contains(first, ".")
	n.numbers = append(n.numbers, first)
	n.end = n.paragraphs(text, end)
	for len(n.numbers) < 40 {
		next, ranged := n.continues(text)
		if next < 0 {
			break
		}
		number, end := oneNumber(text, next)
		if ranged && captions.lookup(number) <= captions.lookup(first) {
			break // "Item 5 - 2 for 1 split"
		}
		if number == "" || strings.Contains(number, ".") != n.dotted {
			break
		}
		if ranged {
			n.numbers = appendBetween(n.numbers, n.numbers[len(n.numbers)-1], number)
		}
		n.numbers = append(n.numbers, number)
		n.end = n.paragraphs(text, end)
	}
	return n, true
}

// skipNo skips "No.", "Nos." and "#", a dash or an opening bracket.
func skipNo(text string, at int) int {
	for _, mark := range []string{".", "-", "–", "—", "("} {
		if rest, ok := strings.CutPrefix(text[at:], mark); ok {
			at = skipBlanks(text, len(text)-len(rest), 1)
		}
	}
	for _, word := range []string{"nos", "no", "number", "#"} {
		if len(text)-at > len(word) && equalFoldString(text[at:at+len(word)], word) {
			end := at + len(word)
			if end < len(text) && text[end] == '.' {
				end++
			}
			return skipBlanks(text, end, 2)
		}
	}
	return at
}

// oneNumber reads a number of either system: "" when there is none.
func oneNumber(text string, at int) (number string, end int) {
	n := at
	for n < len(text) && n-at < 3 && isDigit(text[n]) {
		n++
	}
	if n == at || n-at > 2 {
		return "", at
	}
	whole := strings.TrimLeft(text[at:n], "0")
	if d, end := fraction(text, n); d != "" && len(whole) == 1 {
		return knownNumber(whole + "." + d), end
	}
	if n < len(text) && text[n] == '.' && n+1 < len(text) && isDigit(text[n+1]) {
		return "", at // 2.2: a section of a contract
	}
	if n < len(text) && (text[n] >= 'a' && text[n] <= 'z' || text[n] == '/' || text[n] == '%' ||
		isLetter(text[n]) && (n+1 == len(text) || !isLetter(text[n+1]))) {
		return "", at // 5th, 1A, 9/30; but "Item 9Regulation FD"
	}
	return knownNumber(whole), n
}

// looseNumber reads what some filers print for a number: 8.1 or 801 for 8.01, V
// for 5, 8.01 with a footnote's mark glued to it.
func looseNumber(text string, at int) (number string, end int) {
	n := at
	for n < len(text) && (isDigit(text[n]) || text[n] == '.') {
		n++
	}
	end = n
	for end > at && text[end-1] == '.' {
		end--
	}
	if s := text[at:end]; len(s) == 3 && isDigit(s[1]) {
		return knownNumber(s[:1] + "." + s[1:]), end
	} else if len(s) == 5 && s[1] == '.' && isDigit(s[2]) && isDigit(s[3]) {
		return knownNumber(s[:4]), end
	}
	if n == at {
		return romanNumber(text, at)
	}
	if at+2 < len(text) && isDigit(text[at]) && text[at+1] == '.' && isDigit(text[at+2]) && (at+3 == len(text) || !isDigit(text[at+3])) {
		return knownNumber(text[at:at+1] + ".0" + text[at+2:at+3]), at + 3
	}
	return "", at
}

// romanNumber reads the number of an old item in Roman capitals.
func romanNumber(text string, at int) (number string, end int) {
	end = at
	for end < len(text) && strings.IndexByte("IVX", text[end]) >= 0 {
		end++
	}
	if end == at || end < len(text) && (isLetter(text[end]) || isDigit(text[end])) {
		return "", at
	}
	for i, s := range []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"} {
		if s == text[at:end] {
			return captions.all[captions.lookup("1")+i].number, end
		}
	}
	return "", at
}

// fraction reads what follows the whole number of a dotted one, blanks allowed:
// numbers are split over tags, cells and lines.
func fraction(text string, at int) (digits string, end int) {
	at = skipBlanks(text, at, 1)
	if at >= len(text) || text[at] != '.' {
		return "", at
	}
	at = skipBlanks(text, at+1, 1)
	if at+1 >= len(text) || !isDigit(text[at]) {
		return "", at
	}
	second := at + 1
	if !isDigit(text[second]) {
		second = skipBlanks(text, second, 1)
	}
	if second >= len(text) || !isDigit(text[second]) || second+1 < len(text) && isDigit(text[second+1]) {
		return "", at
	}
	return string([]byte{text[at], text[second]}), second + 1
}

// knownNumber returns the number as the form spells it, "" for one that is no
// item of either system.
func knownNumber(s string) string {
	if i := captions.lookup(s); i >= 0 {
		return captions.all[i].number
	}
	return ""
}

// paragraphs skips paragraph letters glued to a number: (a), (b)(c), (b), (c)
// and (e), (1).
func (n *numeral) paragraphs(text string, at int) int {
	for {
		next := at
		if n.letters {
			next = skipList(text, at)
		} else if next < len(text) && text[next] == ' ' && !strings.HasPrefix(text[next:], " (c) E") {
			next++ // 5.02 (b)
		}
		i := strings.IndexByte(text[next:min(len(text), next+6)], ')')
		if i < 2 || text[next] != '(' {
			return at
		}
		n.letters = true
		at = next + i + 1
	}
}

// skipList skips ", " and " and " between paragraph letters.
func skipList(text string, at int) int {
	at = skipBlanks(text, at, 1)
	for at < len(text) && (text[at] == ',' || text[at] == '&') {
		at = skipBlanks(text, at+1, 1)
	}
	if strings.HasPrefix(text[at:], "and ") {
		at += len("and ")
	}
	return at
}

// continues reports where the next number of a list or range begins, -1 when
// the list ends.
func (n *numeral) continues(text string) (next int, ranged bool) {
	start := skipBlanks(text, n.end, 2)
	at := start
	for at < len(text) && strings.IndexByte(",;&/+", text[at]) >= 0 {
		at = skipBlanks(text, at+1, 2)
	}
	at, ranged = skipJoint(text, at)
	if at == start {
		return -1, false
	}
	word, end := itemWord(text, at)
	if word {
		return skipNo(text, skipBlanks(text, end, 2)), ranged
	}
	// "Item 5 - 2001 results": a dash with blanks joins only what is called Items
	if ranged && !n.plural && start > n.end && !isLetter(text[start]) {
		return -1, false
	}
	return at, ranged
}

// continues is the same for any list of numbers, such as those of exhibits, that
// reached text[:at].
func continues(text string, at int) (next int, ranged bool) {
	n := numeral{end: at, plural: true}
	return n.continues(text)
}

// skipJoint skips the word or dash that joins two numbers; ranged when it stands
// for those between them.
func skipJoint(text string, at int) (end int, ranged bool) {
	for _, w := range []string{"and", "through", "thru", "to", "-", "–", "—"} {
		if !hasPrefixFoldString(text[at:], w) {
			continue
		}
		end := at + len(w)
		if isLetter(w[0]) && (end == len(text) || !isBlank(text[end])) {
			continue
		}
		return skipBlanks(text, end, 2), w != "and"
	}
	return at, false
}

// appendBetween appends the numbers of the form that lie between two others.
func appendBetween(numbers []string, from, to string) []string {
	i, j := captions.lookup(from), captions.lookup(to)
	for i++; i < j; i++ {
		numbers = append(numbers, captions.all[i].number)
	}
	return numbers
}

// itemWord reports whether text[at:] begins with Item or Items, and where that
// word ends.
func itemWord(text string, at int) (bool, int) {
	switch {
	case len(text)-at >= 5 && equalFoldString(text[at:at+4], "item"):
		at += 4
	case len(text)-at >= 6 && isTornItem(text[at:at+5]):
		at += 5
	default:
		return false, at
	}
	if lower(text[at]) == 's' {
		at++
	}
	if at < len(text) && isLetter(text[at]) && !equalFoldString(text[at:min(len(text), at+2)], "no") {
		return false, at
	}
	for at < len(text) && text[at] == ':' {
		at++
	}
	return true, at
}

// isTornItem knows Item with a blank in it: a drop capital, or tags in mid-word.
func isTornItem(s string) bool {
	return s[0]|0x20 == 'i' && strings.IndexByte(s, ' ') > 0 && equalFoldString(strings.ReplaceAll(s, " ", ""), "item")
}

// skipBlanks skips blanks and at most lines ends of lines or cells.
func skipBlanks(text string, at, lines int) int {
	for at < len(text) && isBlank(text[at]) {
		if text[at] == '\n' || text[at] == '\t' {
			if lines == 0 {
				return at
			}
			lines--
		}
		at++
	}
	return at
}
