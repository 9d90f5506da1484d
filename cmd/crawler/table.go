package main

import (
	"io"
	"strings"

	"example.com/edgard/harmless"
)

// column describes one column of a table.
type column struct {
	name  string
	right bool // numbers
	min   int  // what it may shrink to on a narrow terminal; 0: never shrinks
	wide  int  // left out on a terminal of fewer columns than this
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
		cells[i] = harmless.Line(c)
	}
	t.rows = append(t.rows, cells)
}

const (
	gap    = "  "
	hidden = -1 // the width of a column that is left out
)

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
		b.WriteString(t.line(out, names, widths, func(column, string) style { return dim }))
	}
	for _, r := range t.rows {
		b.WriteString(t.line(out, r, widths, styleOf))
	}
	t.rows, t.last = nil, widths
	_, err := io.WriteString(out, b.String())
	return err
}

func styleOf(c column, cell string) style {
	if c.style == nil {
		return plain
	}
	return c.style(cell)
}

func (t *table) line(out *terminal, cells []string, widths []int, st func(column, string) style) string {
	var set []string
	for i, c := range t.columns {
		if widths[i] == hidden {
			continue
		}
		cell := cut(cells[i], widths[i])
		pad := strings.Repeat(" ", widths[i]-textWidth(cell))
		cell = out.in(st(c, cells[i]), cell)
		if c.right {
			set = append(set, pad+cell)
		} else {
			set = append(set, cell+pad)
		}
	}
	return strings.TrimRight(strings.Join(set, gap), " ") + "\n"
}

// widths gives each column what its widest cell needs, and what it had before,
// and takes from the widest of those that may shrink until the table fits total
// columns, 0 for any.
func (t *table) widths(total int) []int {
	w := make([]int, len(t.columns))
	sum := -len(gap)
	for i, c := range t.columns {
		if total > 0 && total < c.wide {
			w[i] = hidden
			continue
		}
		w[i] = textWidth(c.name)
		if t.last != nil {
			w[i] = t.last[i]
		}
		for _, r := range t.rows {
			w[i] = max(w[i], textWidth(r[i]))
		}
		sum += w[i] + len(gap)
	}
	for ; total > 0 && sum > total; sum-- {
		i := t.shrinkable(w)
		if i < 0 {
			break
		}
		w[i]--
	}
	return w
}

// shrinkable is the widest column that may lose some of its width, -1 for none.
func (t *table) shrinkable(w []int) int {
	widest := -1
	for i, c := range t.columns {
		if c.min > 0 && w[i] > c.min && (widest < 0 || w[i] > w[widest]) {
			widest = i
		}
	}
	return widest
}
