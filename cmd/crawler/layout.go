package main

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// layout sets text of the parser for reading: paragraphs wrapped to width
// columns, runs of lines with tabs as tables, everything indented.
func layout(text string, indent, width int) string {
	var b strings.Builder
	lead := strings.Repeat(" ", indent)
	put := func(lines []string) {
		for _, l := range lines {
			b.WriteString(strings.TrimRight(lead+l, " "))
			b.WriteByte('\n')
		}
	}
	var rows [][]string
	flush := func() {
		put(grid(rows, width-indent))
		rows = nil
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.Contains(line, "\t") {
			rows = append(rows, strings.Split(line, "\t"))
			continue
		}
		flush()
		put(wrap(line, width-indent))
	}
	flush()
	return b.String()
}

// grid aligns the cells of rows in columns. A table wider than width is set as
// lines of cells instead.
func grid(rows [][]string, width int) []string {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			r[i] = strings.TrimSpace(cell)
			widths[i] = max(widths[i], textWidth(r[i]))
		}
	}
	total := 0
	for _, w := range widths {
		if w > 0 {
			total += w + len(gap)
		}
	}
	var lines []string
	for _, r := range rows {
		if total-len(gap) > width {
			lines = append(lines, wrap(strings.Join(r, gap), width)...)
			continue
		}
		var b strings.Builder
		for i, cell := range r {
			if widths[i] > 0 {
				b.WriteString(cell + strings.Repeat(" ", widths[i]-textWidth(cell)) + gap)
			}
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}

// wrap breaks a paragraph into lines of at most width columns, at blanks where
// it can.
func wrap(s string, width int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.FieldsSeq(s) {
		n := textWidth(word)
		switch {
		case line == "":
			line, used = word, n
		case used+1+n <= width:
			line, used = line+" "+word, used+1+n
		default:
			lines = append(lines, line)
			line, used = word, n
		}
	}
	return append(lines, line)
}

// textWidth is the number of terminal columns that s takes.
func textWidth(s string) int { return condition().StringWidth(s) }

// cut shortens s to width columns, the last one an ellipsis.
func cut(s string, width int) string { return condition().Truncate(s, width, "…") }

func condition() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }
