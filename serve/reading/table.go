package reading

import (
	"slices"
	"strings"
)

// A table is rows of cells. What stood above the first figures is its head.
type table struct {
	head    []string // one row, nil for none
	rows    [][]string
	columns int
}

// How far a heading row may be broken over lines, and how long such a line is.
const (
	maxHeadLines = 16
	maxHeadLine  = 60
)

// readTable reads the table that lines begin with and returns how many lines it
// takes, 0 when there is none. Cells are what tabs separate; a row is a line, but for
// the heading row, in which every line of a cell is one.
func readTable(lines []string) (t table, n int) {
	head := t.readHead(lines)
	for n = head; n < len(lines); n++ {
		switch {
		case isRow(lines[n]):
			t.add(cellsOf(lines[n]))
			continue
		case t.goesOn(lines[n]):
			continue
		}
		break
	}
	switch {
	case len(t.rows) == 0:
		return t, 0
	case t.head == nil && t.columns > 1 && len(t.rows) > 1 && !hasNumber(t.rows[0]) && isHead(t.rows[0], t.rows[1]):
		t.head, t.rows = t.rows[0], t.rows[1:]
	}
	return t, n
}

// goesOn appends a line to the last cell, if it is the rest of what that says.
func (t *table) goesOn(line string) bool {
	if len(t.rows) == 0 || line == "" || strings.Contains(line, "\t") {
		return false
	}
	row := t.rows[len(t.rows)-1]
	if len(row) < 2 {
		return false
	}
	last := &row[len(row)-1]
	if mark, _ := cutMark(line); mark != "" || !goesOn(*last, line, true) && !isRest(*last, line) {
		return false
	}
	*last += " " + strings.TrimSpace(line)
	return true
}

// isRow reports whether a line is a row of a table, and not a paragraph with a mark.
func isRow(line string) bool {
	if !strings.Contains(strings.TrimSpace(line), "\t") {
		return false
	}
	mark, _ := cutMark(strings.TrimSpace(line))
	return mark == ""
}

func (t *table) add(cells []string) {
	t.rows = append(t.rows, cells)
	t.columns = max(t.columns, len(cells))
}

// readHead reads a heading row that is broken over lines, as it is where its cells
// hold several: what stands above a row of figures, and has as many cells or one less.
// It returns how many lines that takes.
func (t *table) readHead(lines []string) int {
	n := 0
	for n < len(lines) && n < maxHeadLines && len(lines[n]) <= maxHeadLine && !isFigures(lines[n]) {
		n++
	}
	if n == 0 || n == len(lines) || !isFigures(lines[n]) || !mayHead(lines[0]) {
		return 0
	}
	from := headFrom(lines[:n], len(cellsOf(lines[n])))
	for from > 0 && !strings.Contains(lines[from-1], "\t") && repeats(lines[from:n], lines[from-1]) {
		from--
	}
	if from != 0 {
		return 0
	}
	t.head = cellsOf(strings.Join(lines[:n], " "))
	t.columns = len(t.head)
	return n
}

// mayHead reports whether a heading row may begin with a line.
func mayHead(line string) bool {
	mark, _ := cutMark(line)
	return line != "" && mark == "" && !strings.ContainsAny(line[len(line)-1:], ".:;")
}

// headFrom returns where the shortest end of lines begins that has want cells, or one
// less; -1 when none has.
func headFrom(lines []string, want int) int {
	less := -1
	for from := len(lines) - 1; from >= 0; from-- {
		switch n := len(cellsOf(strings.Join(lines[from:], " "))); {
		case n == want:
			return from
		case n == want-1 && n > 1 && less < 0:
			less = from
		}
	}
	return less
}

// repeats reports whether one of the lines has the words of another, too: "Number of
// Votes" stands in every heading or in none.
func repeats(lines []string, words string) bool {
	for _, line := range lines {
		if strings.Contains(line, words) {
			return words != ""
		}
	}
	return false
}

// isFigures reports whether a line is a row most of whose cells are figures; years are
// what stands over figures.
func isFigures(line string) bool {
	cells, figures := cellsOf(line), 0
	for _, c := range cells {
		if isNumber(c) && !isYear(c) {
			figures++
		}
	}
	return len(cells) > 1 && figures*2 >= len(cells)
}

func hasNumber(cells []string) bool {
	return slices.ContainsFunc(cells, isNumber)
}

// isHead reports whether a first row without figures is the heading of the next.
func isHead(first, next []string) bool {
	if hasNumber(next) {
		return true
	}
	for _, c := range first {
		if len(c) > 30 || strings.ContainsAny(c, ".,;") {
			return false
		}
	}
	return len(first) == len(next)
}

// cellsOf splits a row into its cells. A currency before a figure, and a bracket or
// per cent behind one, have cells of their own in many tables; here they have not.
func cellsOf(line string) (cells []string) {
	join := ""
	for cell := range strings.SplitSeq(line, "\t") {
		cell = strings.TrimSpace(cell)
		switch {
		case cell == "":
		case cell == "$" || cell == "€" || cell == "£" || cell == "(" || cell == "$(":
			join += cell
			continue
		case len(cells) > 0 && (cell == ")" || cell == "%" || cell == ")%") && join == "":
			cells[len(cells)-1] += cell
			continue
		default:
			cells = append(cells, join+cell)
		}
		join = ""
	}
	if join != "" {
		cells = append(cells, join)
	}
	return cells
}

// write writes the table. Rows that lack cells are filled: where the others begin
// with words and this one does not, at the beginning.
func (t *table) write(b *strings.Builder) {
	if t.columns == 1 {
		for _, row := range t.rows {
			b.WriteString("<p>" + escape(strings.Join(row, " ")) + "</p>\n")
		}
		return
	}
	b.WriteString("<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n")
	figures := t.figureColumns()
	labels := figures[0] && !slices.Contains(figures[1:], true) // 99.1 is no figure
	figures[0] = figures[0] && !labels
	if t.head != nil {
		b.WriteString("<thead><tr>")
		for i, cell := range t.filled(t.head, t.headLeads()) {
			cellOf(b, "th", ` scope="col"`, cell, figures[i])
		}
		b.WriteString("</tr></thead>\n")
	}
	b.WriteString("<tbody>\n")
	for _, row := range t.rows {
		b.WriteString("<tr>")
		for i, cell := range t.filled(row, t.leads(row)) {
			cellOf(b, "td", "", cell, isNumber(cell) && !(labels && i == 0))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>\n")
}

func cellOf(b *strings.Builder, name, attr, text string, number bool) {
	if number {
		attr += ` class="num"`
	}
	b.WriteString("<" + name + attr + ">" + escape(text) + "</" + name + ">")
}

// filled returns the cells of a row, as many as the table has columns.
func (t *table) filled(cells []string, lead bool) []string {
	row := make([]string, t.columns)
	if lead {
		copy(row[t.columns-len(cells):], cells)
	} else {
		copy(row, cells)
	}
	return row
}

// leads reports whether the cells that a row lacks are its first.
func (t *table) leads(row []string) bool {
	return len(row) < t.columns && len(row) > 0 && isNumber(row[0]) && t.wordsFirst()
}

// headLeads reports the same of the heading row: the column of words has no heading.
func (t *table) headLeads() bool { return len(t.head) == t.columns-1 && t.wordsFirst() }

// wordsFirst reports whether most whole rows begin with words.
func (t *table) wordsFirst() bool {
	words, whole := 0, 0
	for _, row := range t.rows {
		if len(row) == t.columns {
			whole++
			if !isNumber(row[0]) {
				words++
			}
		}
	}
	return words*2 > whole
}

// figureColumns tells of every column whether most of its cells are figures.
func (t *table) figureColumns() []bool {
	balance := make([]int, t.columns)
	for _, row := range t.rows {
		for i, cell := range t.filled(row, t.leads(row)) {
			switch {
			case cell == "":
			case isNumber(cell):
				balance[i]++
			default:
				balance[i]--
			}
		}
	}
	figures := make([]bool, t.columns)
	for i, n := range balance {
		figures[i] = n > 0
	}
	return figures
}
