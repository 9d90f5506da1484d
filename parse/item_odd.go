package parse

import "strings"

// maxOdd is the longest line that is read as a heading of an odd spelling.
const maxOdd = 220

// oddCandidate reads the headings that begin with something else than Item and a
// number: the number in brackets, before the caption or after it, a heading in
// quotation marks, Sub-Item, and Section for Item. All but Sub-Item need the
// official caption and the line to themselves.
func (p *page) oddCandidate(i int) (candidate, bool) {
	line := p.line(i)
	if len(line) > maxOdd || len(line) < len("section 8.01") {
		return candidate{}, false
	}
	at := int(p.blocks[i].from)
	switch c := line[0]; {
	case hasPrefixFoldString(line, "sub-item"):
		c, ok := p.candidateAt(i, at+len("sub-"))
		c.from = int32(at)
		return c, ok
	case c == '(' && hasPrefixFoldString(line, "(item"):
		return p.enclosed(i, at+1)
	case strings.HasPrefix(line, "“") && strings.HasSuffix(line, "”"):
		return p.enclosed(i, at+len("“"))
	case c == '"' && strings.HasSuffix(line, `"`):
		return p.enclosed(i, at+1)
	case hasPrefixFoldString(line, "section "):
		return p.sectionCandidate(i)
	case c >= 'A' && c <= 'Z' && strings.HasSuffix(strings.TrimRight(line, " .:"), ")"):
		return p.captionFirst(i)
	}
	return candidate{}, false
}

// enclosed reads a heading whose word Item stands at text[at:], behind an opening
// mark.
func (p *page) enclosed(i, at int) (candidate, bool) {
	c, ok := p.candidateAt(i, at)
	c.from = p.blocks[i].from
	c.loose = true
	return c, ok
}

// sectionCandidate reads "Section 8.01 Other Events". Sections of contracts have
// captions of their own.
func (p *page) sectionCandidate(i int) (candidate, bool) {
	at := int(p.blocks[i].from)
	c, ok := p.candidateAt(i, at+len("section "))
	c.from = int32(at)
	return c, ok && c.bare && c.match.score >= 0.9
}

// captionFirst reads "Other Events (Item 8.01)".
func (p *page) captionFirst(i int) (candidate, bool) {
	b := &p.blocks[i]
	line := p.line(i)
	open := strings.LastIndexByte(line, '(')
	if open < 0 || !hasPrefixFoldString(line[open:], "(item") {
		return candidate{}, false
	}
	_, end := itemWord(line, open+1)
	n, ok := readNumeral(line, end, false)
	if !ok || len(n.numbers) > 1 || strings.Trim(line[n.end:], " ).:") != "" {
		return candidate{}, false
	}
	m := matchCaption(line[:open], n.numbers)
	if m.score < 0.9 || strings.Trim(line[m.end:open], " .,-–—") != "" {
		return candidate{}, false
	}
	m.end = n.end + 1
	n.end += int(b.from)
	return candidate{numeral: n, block: i, from: b.from, after: b.from, match: m}, true
}
