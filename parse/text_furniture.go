package parse

import "strings"

// markFurniture marks the blocks that belong to the printed page and not to the
// text: page numbers, links to the table of contents, notes that a page was left
// blank, and lines that head page after page.
func markFurniture(p *page) {
	last := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if n := b.to - b.from; n > 90 || b.style&ruled != 0 {
			continue
		}
		line := p.text[b.from:b.to]
		switch {
		case isPageNumber(line) && p.numbersPage(i, last):
			b.style |= furniture
			last = pageOf(line)
		case isOddNumber(line) && p.atBreak(i), isContentsLink(line, b.style), isLeftBlank(line), equalFoldString(line, "<page>"):
			b.style |= furniture
		}
	}
	markRunningLines(p)
	markHeads(p)
}

// standsAlone reports whether a number may be a page number: it is no figure of
// a table, and a page ends or begins beside it or it is set as a paragraph.
func (p *page) standsAlone(i int) bool {
	b := &p.blocks[i]
	if r := b.row; r != 0 && (i > 0 && p.blocks[i-1].row == r || i+1 < len(p.blocks) && p.blocks[i+1].row == r) {
		return false
	}
	if p.atBreak(i) {
		return true
	}
	if p.text[b.to-1] == '.' { // "3." between paragraphs is a list's
		return false
	}
	if !p.html { // "-2-" in the middle of a text without <PAGE> marks, far from the margin
		return b.style&(paragraph|tabular) == paragraph && (b.indent > 20 || p.text[b.from] == '-')
	}
	return b.style&paragraph != 0
}

// atBreak reports whether a page begins or ends at block i.
func (p *page) atBreak(i int) bool {
	return p.blocks[i].style&pageBreak != 0 || i+1 == len(p.blocks) || p.blocks[i+1].style&pageBreak != 0
}

// isOddNumber reports whether a line may be a page number of pasted statements
// or of a preface: "F-3", "iv".
func isOddNumber(line string) bool {
	if len(line) > 1 && len(line) < 6 && line[1] == '-' && line[0] >= 'A' && line[0] <= 'Z' {
		return leadingDigits(line[2:]) == len(line)-2 && len(line) > 2
	}
	return len(line) > 1 && len(line) < 5 && strings.Trim(line, "ivx") == ""
}

// isPageNumber reports whether a line is "2", "-2-", "- 2 -", "Page 2", "2 of 5",
// "Page 2 of 5", "(2)" stays text.
func isPageNumber(line string) bool {
	if len(line) > 20 || line == "" || !isDigit(line[0]) && line[0] != '-' && line[0]|0x20 != 'p' && line[0] < 0x80 {
		return false
	}
	s := strings.TrimRight(strings.Trim(line, "- –—\t"), ".-")
	s = trimFold(s, "page")
	n := leadingDigits(s)
	if n == 0 || n > 3 {
		return false
	}
	s = strings.TrimSpace(s[n:])
	if s == "" {
		return true
	}
	s = trimFold(s, "of")
	s = strings.TrimPrefix(s, "/")
	n = leadingDigits(s)
	if n == 0 || n > 3 {
		return false
	}
	rest := strings.TrimSpace(s[n:])
	return rest == "" || equalFoldString(rest, "pages")
}

// isContentsLink reports whether a line is the link that leads back to the table
// of contents from the top of every page.
func isContentsLink(line string, s style) bool {
	return s&linked != 0 && (equalFoldString(line, "table of contents") || equalFoldString(line, "back to contents") || equalFoldString(line, "index"))
}

// isLeftBlank knows "[Remainder of page intentionally left blank]" and
// "[Signature page follows]" in their many forms.
func isLeftBlank(line string) bool {
	if len(line) < 12 || !strings.Contains(line, "lank") && !strings.Contains(line, "LANK") && !strings.Contains(line, "ignature") && !strings.Contains(line, "IGNATURE") {
		return false
	}
	s := strings.ToLower(strings.Trim(line, " []()*.-_\t"))
	return strings.Contains(s, "intentionally left blank") || strings.Contains(s, "left blank intentionally") ||
		strings.Contains(s, "page") && (strings.Contains(s, "left blank") || strings.Contains(s, "intentionally blank")) ||
		strings.HasPrefix(s, "signature page to ") && len(s) < 60 ||
		strings.HasPrefix(s, "signature") && len(s) < 50 && (strings.HasSuffix(s, "follow") || strings.HasSuffix(s, "follows") || strings.HasSuffix(s, "following page") || strings.HasSuffix(s, "next page"))
}

// How many lines at the top and at the bottom of a page may run from page to
// page.
const (
	headerLines = 3
	footerLines = 1
	footReach   = 10 // with what is known as furniture already
)

// markRunningLines marks short lines that stand at the top, or beside the number
// at the bottom, of several pages, word for word, from the second page on:
// company name, form, date, a law firm's number of the document.
func markRunningLines(p *page) {
	tops, bottoms := map[string]bool{}, map[string]bool{}
	for i := range p.blocks {
		if p.blocks[i].style&pageBreak == 0 {
			continue
		}
		for j, n := i, 0; j < len(p.blocks) && n < headerLines && p.mayRun(j) && (j == i || p.blocks[j].style&pageBreak == 0); j++ {
			n += p.markRunning(j, tops)
		}
		if i > 0 && p.blocks[i-1].style&furniture != 0 || i > 1 && p.blocks[i-2].style&furniture != 0 {
			for j, n := i-1, 0; j >= max(0, i-footReach) && n < footerLines && p.mayRun(j); j-- {
				n += p.markRunning(j, bottoms)
			}
		}
	}
}

// markRunning marks block i if its line was seen before, and counts the lines
// that are not furniture for other reasons.
func (p *page) markRunning(i int, seen map[string]bool) int {
	b := &p.blocks[i]
	if b.style&furniture != 0 {
		return 0
	}
	line := p.text[b.from:b.to]
	if seen[line] {
		b.style |= furniture
	}
	seen[line] = true
	return 1
}

// mayRun reports whether block i may be a line that runs from page to page.
func (p *page) mayRun(i int) bool {
	b := &p.blocks[i]
	if b.style&furniture != 0 {
		return true
	}
	if b.row != 0 || b.to-b.from > 60 || b.style&ruled != 0 {
		return false
	}
	line := p.line(i)
	word, _ := itemWord(line, 0)
	return !word && !saysNothing(line) && hasWord([]byte(line))
}

// readable returns the text of blocks[from:to] without furniture. It costs
// nothing when there is none.
func (p *page) readable(from, to int) string {
	if from >= to {
		return ""
	}
	return p.readableText(p.blocks[from].from, p.blocks[to-1].to, from, to)
}

// readableText returns text[at:end], which lies in blocks[from:to], without
// furniture. A sentence that a page's end cut in two is whole again.
func (p *page) readableText(at, end int32, from, to int) string {
	clean := true
	for i := from; i < to && clean; i++ {
		clean = p.blocks[i].style&furniture == 0
	}
	if clean {
		return p.text[at:end]
	}
	var b strings.Builder
	b.Grow(int(end - at))
	last := -1
	for i := from; i < to; i++ {
		k := &p.blocks[i]
		if k.style&furniture != 0 {
			continue
		}
		if last >= 0 {
			b.WriteString(p.separator(last, i))
		}
		b.WriteString(p.text[max(k.from, at):min(k.to, end)])
		last = i
	}
	return b.String()
}

// separator returns what to write between blocks i and j.
func (p *page) separator(i, j int) string {
	if j == i+1 {
		return p.text[p.blocks[i].to:p.blocks[j].from]
	}
	a, c := p.text[p.blocks[i].to-1], p.text[p.blocks[j].from]
	if (isLetter(a) || a == ',') && c >= 'a' && c <= 'z' {
		return " "
	}
	return "\n"
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// trimFold cuts prefix, in lower case, and the blanks after it off s.
func trimFold(s, prefix string) string {
	if len(s) >= len(prefix) && equalFoldString(s[:len(prefix)], prefix) {
		return strings.TrimLeft(s[len(prefix):], " \t")
	}
	return s
}

func equalFoldString(s, lowered string) bool {
	if len(s) != len(lowered) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if lower(s[i]) != lowered[i] {
			return false
		}
	}
	return true
}
