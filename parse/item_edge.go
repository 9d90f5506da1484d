package parse

import "strings"

// atEdge reports whether block i, the last of a body, belongs to the page and not
// to the body: an odd page number, the form's name at the foot, the end mark of a
// press release, a note on where something stands, the head of the page that
// follows.
func (p *page) atEdge(i int) bool {
	from, to := p.row(i)
	line := p.line(i)
	if to-from > 1 || len(line) > 80 {
		return false
	}
	return isEnclosedNumber(line) || len(line) < 6 && strings.Trim(line, "ivx") == "" || isFormLine(line) || isEndMark(line) ||
		isIndexNote(line) || equalFoldString(line, "table of contents") || p.headsPage(i)
}

// headsPage reports whether block i stands at the top of a page and says what the
// cover says: the name of the registrant above the form's.
func (p *page) headsPage(i int) bool {
	return p.blocks[i].style&pageBreak != 0 && p.onCover(i)
}

// isEnclosedNumber knows page numbers in brackets: "(2)", "[2]".
func isEnclosedNumber(line string) bool {
	n := len(line)
	if n < 3 || n > 5 || line[0] != '(' && line[0] != '[' || line[n-1] != ')' && line[n-1] != ']' {
		return false
	}
	return leadingDigits(line[1:]) == n-2
}

// isEndMark knows "# # #".
func isEndMark(line string) bool {
	return strings.Contains(line, "##") || strings.Contains(line, "# #")
}

// isIndexNote knows "Exhibit Index on Page 4" and "The Exhibit Index is located at
// page 4".
func isIndexNote(line string) bool {
	s := strings.TrimPrefix(letters(line), "the")
	if !strings.HasPrefix(s, "exhibitindex") && !strings.HasPrefix(s, "indextoexhibits") {
		return false
	}
	s = strings.TrimRight(strings.ToLower(line), " .)]")
	rest := strings.TrimRight(s, "0123456789")
	return len(rest) < len(s) && strings.HasSuffix(strings.TrimRight(rest, " "), "page")
}
