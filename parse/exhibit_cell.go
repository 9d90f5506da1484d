package parse

import "strings"

// numberCell returns the cell where the number may stand and its text: past
// empty marks, "(d)", "Exhibits" and "Exhibit", with the halves of a number that
// was split over two cells at its point made one.
func (r *exhibitReader) numberCell() (int, string) {
	cells := r.line.cells
	k := 0
	for k+1 < len(cells) && isBeforeNumber(cells[k].text()) {
		k++
	}
	if k+1 < len(cells) && leadsNumber(cells[k].text(), cells[k+1].text()) {
		k++
	}
	text := cells[k].text()
	if r.state != indexList {
		text = cutExhibitsHead(text)
	}
	if n := leadingDigits(text); n > 0 && n <= 3 && k+1 < len(cells) {
		next := cells[k+1].text()
		point := text[n:] == "." && leadingDigits(next) > 0
		if point || text[n:] == "" && len(next) > 1 && (next[0] == '.' && isDigit(next[1]) || next[0] == '(' && strings.IndexByte(next, ')') == len(next)-1 && len(next) <= 5) {
			cells[k+1].parts = append(cells[k+1].parts[:0], text+next)
			return k + 1, text + next
		}
	}
	return k, text
}

// leadsNumber reports whether a cell is but a count or a footnote before the cell
// of the number: "1." or "(2)" before 99.1.
func leadsNumber(text, next string) bool {
	ref, ok := readExhibitRef(next)
	if !ok || !ref.dotted && !ref.word || hasWords(ref.rest) || next[0] == '.' || next[0] == '(' {
		return false
	}
	first, ok := readExhibitRef(text)
	return ok && !first.dotted && !first.word && first.rest == ""
}

// joinLetter joins a number and its letter that stand in columns of their own,
// "(10)" and "(a)", where the rows below have but "(b)". It returns the number.
func (r *exhibitReader) joinLetter() string {
	cells := r.line.cells
	if r.line.row == 0 || len(cells) < 2 {
		return ""
	}
	group := strings.Trim(cells[0].text(), "()")
	switch {
	case leadingDigits(group) == len(group) && group != "" && isListLetter(cells[1].text()) && len(cells) > 2:
		cells[1].parts = append(cells[1].parts[:0], group+bracketed(cells[1].text()))
		cells[0].parts = append(cells[0].parts[:0], "-")
	case r.last.group != "" && isListLetter(cells[0].text()) && cells[0].text()[0] == '(':
		group = r.last.group
		cells[0].parts = append(cells[0].parts[:0], group+cells[0].text())
	default:
		return ""
	}
	return group
}

// bracketed returns a letter in brackets.
func bracketed(letter string) string { return "(" + strings.Trim(letter, "().") + ")" }

// withColumns adds the columns of plain text from k on that are words: wide gaps
// in a justified line. A page number stays out.
func (r *exhibitReader) withColumns(description string, k int) string {
	for _, c := range r.line.cells[k:] {
		if text := c.text(); !isPageNumber(text) {
			description += " " + text
		}
	}
	return description
}

// isBeforeNumber reports whether a cell may stand before the number's.
func isBeforeNumber(text string) bool {
	if len(text) > 20 {
		return false
	}
	words := letters(text)
	return !hasDigit(text) && (len(words) <= 1 || words == "ex" || isExhibitsWords(words) || words == "exhibitno")
}

// cutExhibitsHead cuts "(d) Exhibits." off the beginning of a line on which the
// first exhibit follows.
func cutExhibitsHead(text string) string {
	s := text
	if strings.HasPrefix(s, "(") && len(s) > 3 && s[2] == ')' && isLetter(s[1]) {
		s = strings.TrimLeft(s[3:], " \t")
	}
	t, ok := cutFold(s, "exhibits")
	if !ok {
		return s
	}
	t = strings.TrimLeft(t, " \t.:-")
	if hasPrefixFoldString(t, "exhibit") || t != "" && isDigit(t[0]) && !listsNumbers(t) {
		return t
	}
	return s
}

// listsNumbers knows "99.1 and 99.2", "10.1, 10.2" and "10.1 through 10.4".
func listsNumbers(s string) bool {
	s = strings.TrimLeft(s, "0123456789.")
	for _, joint := range []string{", ", " and ", " & ", " through ", " to ", " or "} {
		if rest, ok := cutFold(s, joint); ok && rest != "" && isDigit(rest[0]) {
			return true
		}
	}
	return false
}
