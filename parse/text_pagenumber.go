package parse

import "strings"

// maxSkipped is how many pages in a row may go without a number that we see.
const maxSkipped = 3

// numbersPage reports whether block i, whose line is a page number's, is one.
// last is the number of the page before, 0 for none. A bare number needs a page's
// end beside it or must go on with the numbers before; two of them in a row are
// figures, and one above a description in a list of exhibits is an exhibit's.
func (p *page) numbersPage(i, last int) bool {
	if !p.standsAlone(i) {
		return false
	}
	n := bareNumber(p.line(i))
	if n < 0 {
		return true
	}
	next := n > last && n <= last+maxSkipped
	if p.figures(i) {
		return n == last+1 && p.atBreak(i)
	}
	return p.atBreak(i) || next && !p.listsExhibits(i)
}

// figures reports whether the line above or below block i on its page is a bare
// number, too.
func (p *page) figures(i int) bool {
	b := p.blocks
	return i > 0 && b[i].style&pageBreak == 0 && bareNumber(p.line(i-1)) >= 0 ||
		i+1 < len(b) && b[i+1].style&pageBreak == 0 && bareNumber(p.line(i+1)) >= 0
}

// listsExhibits reports whether block i stands in a list of exhibits, above what
// can be a description.
func (p *page) listsExhibits(i int) bool {
	if i+1 == len(p.blocks) || !isLetter(p.line(i + 1)[0]) || isSignatureHeading(p.line(i+1)) {
		return false
	}
	for j := i - 1; j >= 0 && j > i-6; j-- {
		if line := p.line(j); len(line) < 60 && strings.Contains(strings.ToLower(line), "exhibit") {
			return true
		}
	}
	return false
}

// bareNumber returns the number that is all of a line, -1 for any other line.
func bareNumber(line string) int {
	if n := leadingDigits(line); n == 0 || n > 3 || n < len(line) {
		return -1
	}
	return pageOf(line)
}

// pageOf returns the first number of a line, 0 for none.
func pageOf(line string) int {
	n := 0
	for i := 0; i < len(line) && n < 1000; i++ {
		if isDigit(line[i]) {
			n = n*10 + int(line[i]-'0')
		} else if n > 0 {
			break
		}
	}
	return n
}
