package parse

import "strings"

// A listLine is what a reader of lists takes for one line: a table row, or a
// block outside tables, cut into cells. A row of a single cell with several lines
// is layout, not a table: whole documents stand in one.
type listLine struct {
	from, to int    // blocks[from:to]
	cells    []cell // none is empty
	indent   int    // plain text: of the first cell
	fresh    bool   // begins a paragraph or a table row
	row      int32  // 0 outside tables
	layout   int    // blocks[:layout] stand in a row of a single cell
}

// A cell is the text of one table cell, or one column of a line of plain text.
type cell struct {
	col   int16
	parts []string // its lines
}

// text returns the lines of a cell as one.
func (c *cell) text() string {
	if len(c.parts) == 1 {
		return c.parts[0]
	}
	return strings.Join(c.parts, " ")
}

// readLine reads the line that begins at block i into l, whose memory it uses
// again. What stands before text[at] is left out.
func (p *page) readLine(i int, at int32, l *listLine) {
	b := &p.blocks[i]
	from, to, row := i, i+1, b.row
	switch {
	case row == 0:
	case i < l.layout:
		row = 0
	default:
		columns := false
		for to < len(p.blocks) && p.blocks[to].row == row {
			columns = columns || p.blocks[to].col != b.col
			to++
		}
		if !columns && to > i+1 {
			l.layout = to
			to, row = i+1, 0
		}
	}
	l.from, l.to, l.row, l.indent = from, to, row, int(b.indent)
	l.fresh = b.style&paragraph != 0 || row != 0
	l.cells = l.cells[:0]
	for j := from; j < to; j++ {
		k := &p.blocks[j]
		// A number that stands in a row is no page number, whatever it looks like.
		if k.style&ruled != 0 || k.style&furniture != 0 && to-from == 1 {
			continue
		}
		text := p.text[min(max(k.from, at), k.to):k.to]
		if l.row != 0 {
			l.add(k.col, text)
			continue
		}
		for col := int16(0); ; col++ {
			cut := strings.IndexByte(text, '\t')
			if cut < 0 {
				l.add(col, text)
				break
			}
			l.add(col, text[:cut])
			text = text[cut+1:]
		}
	}
}

func (l *listLine) add(col int16, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if n := len(l.cells); n > 0 && l.cells[n-1].col == col && l.row != 0 {
		l.cells[n-1].parts = append(l.cells[n-1].parts, text)
		return
	}
	if n := len(l.cells); n < cap(l.cells) {
		l.cells = l.cells[:n+1]
		c := &l.cells[n]
		c.col, c.parts = col, append(c.parts[:0], text)
		return
	}
	l.cells = append(l.cells, cell{col, []string{text}})
}

// width returns the column in which a line of plain text ends.
func (l *listLine) width() int {
	n := l.indent
	for i := range l.cells {
		n += len(l.cells[i].text()) + 1
	}
	return n
}

// text returns the cells as one text.
func (l *listLine) text(from int) string {
	if from >= len(l.cells) {
		return ""
	}
	if from+1 == len(l.cells) {
		return l.cells[from].text()
	}
	var b strings.Builder
	for i := from; i < len(l.cells); i++ {
		if i > from {
			b.WriteByte(' ')
		}
		b.WriteString(l.cells[i].text())
	}
	return b.String()
}
