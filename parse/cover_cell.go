package parse

import "strings"

// A coverLine is what stands side by side on a cover: a line of text, or one line of
// each cell of a table row.
type coverLine struct {
	from, to int   // cells[from:to]
	row      int32 // the table row, 0 outside tables
	begins   bool  // begins a paragraph
	form     bool  // the form's own words: title, instructions, sentences
}

// A coverCell is a caption or a value; a stretch of text that holds both is two.
type coverCell struct {
	text    string
	caption fields // what it is a caption of
	words   bool   // nothing but words of captions, even if of none in particular
	glued   bool   // directly follows the cell before it, in the same stretch of text
	paren   bool   // a caption in brackets
	at      int32  // text[at:] of the page
	col     int    // where it stands: column of the table, or of the printed line
}

// isCaption reports whether the cell is a caption or a piece of one.
func (k *coverCell) isCaption() bool { return k.caption != 0 || k.words }

// cut cuts the cover into lines and cells. The cells of a table row that hold
// several lines each are read side by side, line by line.
func (c *cover) cut() {
	p := c.page
	c.lines = make([]coverLine, 0, c.end)
	c.cells = make([]coverCell, 0, c.end+c.end/4)
	for i := 0; i < c.end; {
		from, to := p.row(i)
		from, to = max(from, i), min(to, c.end)
		c.cutRow(from, to)
		i = to
	}
}

// cutRow takes blocks[from:to], which are one row of a table or one block.
func (c *cover) cutRow(from, to int) {
	p := c.page
	if to-from == 1 {
		c.cutLine(from, from)
		return
	}
	for depth := 0; ; depth++ {
		first := -1
		at, n := from, 0
		for i := from; i < to; i++ {
			if p.blocks[i].col != p.blocks[at].col {
				at, n = i, 0
			}
			if n == depth {
				if first < 0 {
					first = len(c.lines)
					c.cutLine(i, i)
				} else {
					c.cutLine(i, first)
				}
			}
			n++
		}
		if first < 0 {
			return
		}
	}
}

// cutLine adds block i to a new line, or to lines[onto] when that is not i.
func (c *cover) cutLine(i, onto int) {
	p := c.page
	b := &p.blocks[i]
	text := p.line(i)
	fresh := onto == i || onto >= len(c.lines)
	if fresh {
		c.lines = append(c.lines, coverLine{from: len(c.cells), to: len(c.cells), row: b.row, begins: b.style&paragraph != 0})
	}
	l := &c.lines[len(c.lines)-1]
	if b.style&ruled != 0 || b.style&furniture != 0 && (isPageNumber(text) || isContentsLink(text, b.style) || isLeftBlank(text)) {
		return // but a running header, where it stands first, is the cover's own
	}
	if isFormText(text) && !c.isHomeHere(i) {
		l.form = true
		c.cells = append(c.cells, coverCell{text: text, at: b.from, col: c.column(b, b.from)})
		l.to = len(c.cells)
		return
	}
	at := b.from
	for piece := range strings.SplitSeq(text, "\t") {
		c.cutPiece(b, at, piece)
		at += int32(len(piece)) + 1
	}
	l.to = len(c.cells)
}

// column returns the place of text[at:] within its line.
func (c *cover) column(b *block, at int32) int {
	switch {
	case b.row != 0:
		return int(b.col)<<8 + int(min(at-b.from, 255))
	case c.page.html:
		return int(at - b.from)
	}
	return int(b.indent) + int(c.page.raw(at)-b.begin)
}

// cutPiece cuts a stretch of text into captions and what stands around them.
func (c *cover) cutPiece(b *block, at int32, piece string) {
	from, glued := 0, false
	put := func(to int, caption fields, words, paren bool) {
		text := strings.Trim(piece[from:to], " _")
		if hasSubstance(text) && !isDrawnRule(text) {
			lead := int32(from + strings.Index(piece[from:to], text))
			c.cells = append(c.cells, coverCell{text: text, caption: caption, words: words, glued: glued, paren: paren,
				at: at + lead, col: c.column(b, at+lead)})
			glued = true
		}
		from = to
	}
	if caption := bracketedCaption(piece); caption != 0 {
		put(len(piece), caption, true, true)
		return
	}
	for cut := range captionsIn(piece) {
		if cut.from > from {
			put(cut.from, 0, false, false)
		}
		put(cut.to, cut.caption, true, cut.paren)
		if cut.caption == fieldName && strings.HasSuffix(strings.TrimRight(piece[:cut.to], " "), ":") && isStrangeName(strings.TrimSpace(piece[cut.to:])) {
			break // whatever words the name has
		}
	}
	if from < len(piece) {
		put(len(piece), 0, false, false)
	}
}

// isHomeHere reports whether block i is "United States" for the home of a
// registrant, as of national banks, and not the first line of the form: it
// stands in a row with other values, or above the caption of a state.
func (c *cover) isHomeHere(i int) bool {
	p := c.page
	if !isState(p.line(i)) {
		return false
	}
	from, to := p.row(i)
	for k := from; k < min(to, c.end); k++ {
		if p.blocks[k].col != p.blocks[i].col {
			return true
		}
	}
	for i++; i < c.end && p.blocks[i].style&ruled != 0; i++ {
	}
	return i < c.end && bracketedCaption(p.line(i))&fieldState != 0
}

// isDrawnRule reports whether s is a line to write on or under, drawn with
// dashes or characters for drawing. A dash or two are a value.
func isDrawnRule(s string) bool {
	marks := 0
	for _, r := range s {
		switch {
		case isDash(r), r == '¯', r == '‾', r == '_', r == '=', r == '⎯', r >= 0x2500 && r <= 0x257f:
			marks++
		case r != ' ':
			return false
		}
	}
	return marks >= 3
}

// hasSubstance reports whether a text is more than rules and punctuation.
func hasSubstance(s string) bool {
	for i := range len(s) {
		if c := s[i]; isLetter(c) || isDigit(c) || c >= 0x80 {
			return true
		}
	}
	return false
}

// line returns the cells of line i.
func (c *cover) line(i int) []coverCell { return c.cells[c.lines[i].from:c.lines[i].to] }

// values returns how many cells of line i are values.
func (c *cover) values(i int) int {
	if c.lines[i].form {
		return 0
	}
	_, captions := c.ordinal(i, 0)
	return len(c.line(i)) - captions
}

// nthValue returns the n-th cell of line i that is a value, from 0; it must exist.
func (c *cover) nthValue(i, n int) int {
	cells := c.line(i)
	for k := range cells {
		if cells[k].isCaption() {
			continue
		}
		if n == 0 {
			return k
		}
		n--
	}
	return len(cells) - 1
}

// ordinal returns how many captions stand before cell k of line i, and how many
// there are.
func (c *cover) ordinal(i, k int) (before, all int) {
	cells := c.line(i)
	for j := range cells {
		if cells[j].isCaption() {
			if j < k {
				before++
			}
			all++
		}
	}
	return before, all
}

// captionsOf returns what line i has captions of.
func (c *cover) captionsOf(i int) (f fields) {
	for _, k := range c.line(i) {
		f |= k.caption
	}
	return f
}
