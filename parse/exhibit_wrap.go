package parse

import "strings"

// goesOn takes the line as more of the last entry's description if it is that.
func (r *exhibitReader) goesOn() bool {
	if !r.last.open || len(r.found) == r.begin {
		return false
	}
	e := &r.found[len(r.found)-1]
	text := r.line.text(0)
	if isNone(text) {
		e.none, r.last.open = true, false
		return true
	}
	if r.last.lines >= maxDescription || !hasWord([]byte(text)) || text[0] == '*' || isColumnHead(letters(text)) || hasPrefixFoldString(text, "for immediate release") || !r.joins(e) {
		return false
	}
	if e.description == "" {
		e.description = text
	} else {
		e.description += " " + text
	}
	r.last.lines++
	r.last.row, r.last.to, r.last.wrap, r.last.width = r.line.row, r.line.to, r.line.indent, r.line.width()
	return true
}

// joins judges by layout whether the line goes on with the entry above.
func (r *exhibitReader) joins(e *listedExhibit) bool {
	l := &r.line
	b := &r.p.blocks[l.from]
	switch {
	case e.description == "":
		return !isSignatureHeading(l.cells[0].text())
	case l.row != 0:
		return l.row == r.last.row+1 && l.cells[0].col > r.last.col && !endsSentence(e.description)
	case r.last.row != 0 || l.from != r.last.to && b.style&pageBreak == 0:
		return false
	case !l.fresh:
		return r.p.html || l.indent >= r.last.indent || r.last.width >= minWrapped && !endsSentence(e.description)
	case leavesWord(e.description) && !isSignatureHeading(l.cells[0].text()):
		return r.p.html || l.indent >= r.last.indent
	}
	// A page ends in the middle of a description.
	wrapped := leaves(e.description) || r.last.lines > 0 && abs(l.indent-r.last.wrap) <= 2 || r.last.lines == 0 && len(e.description) >= minWrapped
	return !r.p.html && b.style&pageBreak != 0 && l.indent > r.last.indent+4 && wrapped && !endsSentence(e.description)
}

// leavesWord reports whether a description ends in a word that another follows.
func leavesWord(description string) bool {
	for _, end := range []string{" and", " of", " the", " between", " by", " with", " dated", "&"} {
		if strings.HasSuffix(description, end) {
			return true
		}
	}
	return false
}

func endsSentence(s string) bool {
	return s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, ";")
}

// isNone knows what stands in place of an exhibit that there is not.
func isNone(s string) bool {
	if len(s) > 24 {
		return false
	}
	switch letters(s) {
	case "none", "notapplicable", "na", "inapplicable", "reserved", "omitted":
		return true
	}
	return false
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
