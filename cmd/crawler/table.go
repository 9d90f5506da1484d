package main

import (
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// column describes one column of a table.
type column struct {
	name  string
	right bool // numbers
	min   int  // what it may shrink to on a narrow terminal; 0: never shrinks
	style func(cell string) style
}

// table lays rows out in columns. On a terminal it fits the width by shrinking
// the columns that may, cutting cells with …; elsewhere nothing is cut.
type table struct {
	columns []column
	rows    [][]string
	last    []int // widths of what was written, nil before
}

// add appends a row; its cells are made harmless.
func (t *table) add(cells ...string) {
	for i, c := range cells {
		cells[i] = cleanLine(c)
	}
	t.rows = append(t.rows, cells)
}

const gap = "  "

// write prints the rows added since it was last called, the first time below a
// header. Without rows it prints nothing.
func (t *table) write(out *terminal) error {
	if len(t.rows) == 0 {
		return nil
	}
	widths := t.widths(out.width)
	var b strings.Builder
	if t.last == nil {
		names := make([]string, len(t.columns))
		for i, c := range t.columns {
			names[i] = c.name
		}
		b.WriteString(t.line(out, names, widths, true))
	}
	for _, r := range t.rows {
		b.WriteString(t.line(out, r, widths, false))
	}
	t.rows, t.last = nil, widths
	_, err := io.WriteString(out, b.String())
	return err
}

func (t *table) line(out *terminal, cells []string, widths []int, head bool) string {
	var b strings.Builder
	for i, c := range t.columns {
		cell := cut(cells[i], widths[i])
		pad := strings.Repeat(" ", widths[i]-textWidth(cell))
		st := plain
		switch {
		case head:
			st = dim
		case c.style != nil:
			st = c.style(cells[i])
		}
		if i > 0 {
			b.WriteString(gap)
		}
		if c.right {
			b.WriteString(pad)
		}
		b.WriteString(out.in(st, cell))
		if !c.right {
			b.WriteString(pad)
		}
	}
	return strings.TrimRight(b.String(), " ") + "\n"
}

// widths gives each column what its widest cell needs, and what it had before,
// and takes from the widest of those that may shrink until the table fits total
// columns, 0 for any.
func (t *table) widths(total int) []int {
	w := make([]int, len(t.columns))
	sum := len(gap) * (len(t.columns) - 1)
	for i, c := range t.columns {
		w[i] = textWidth(c.name)
		if t.last != nil {
			w[i] = t.last[i]
		}
		for _, r := range t.rows {
			w[i] = max(w[i], textWidth(r[i]))
		}
		sum += w[i]
	}
	for ; total > 0 && sum > total; sum-- {
		widest := -1
		for i, c := range t.columns {
			if c.min > 0 && w[i] > c.min && (widest < 0 || w[i] > w[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		w[widest]--
	}
	return w
}

// textWidth is the number of terminal columns that s takes.
func textWidth(s string) int { return condition().StringWidth(s) }

// cut shortens s to width columns, the last one an ellipsis.
func cut(s string, width int) string { return condition().Truncate(s, width, "…") }

func condition() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }

// wrap breaks a paragraph into lines of at most width columns, at blanks where
// it can.
func wrap(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(s) {
		n := textWidth(word)
		switch {
		case used == 0:
			line, used = word, n
		case used+1+n <= width:
			line, used = line+" "+word, used+1+n
		default:
			lines = append(lines, line)
			line, used = word, n
		}
	}
	return slices.Clip(append(lines, line))
}
