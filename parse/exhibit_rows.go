package parse

import "strings"

// takeLines takes a table row whose cells hold lines of a list, one entry below
// the other, line by line: where two neighbours have as many lines, one of numbers
// and one of descriptions, and where a line inside a cell begins an entry. It
// returns false for a row that is but one line.
func (r *exhibitReader) takeLines() bool {
	cells := r.line.cells
	lines := pairedLines(cells)
	if lines == nil {
		lines = innerLines(cells)
	}
	if lines == nil {
		return false
	}
	for _, line := range lines {
		r.line.cells = line
		r.take()
		r.last.open = false
	}
	r.line.cells = cells
	return true
}

// pairedLines pairs the lines of two neighbouring cells: "(d)" over "99.1" beside
// "Exhibits." over "Press release".
func pairedLines(cells []cell) [][]cell {
	for i := 0; i+1 < len(cells); i++ {
		left, right := &cells[i], &cells[i+1]
		if len(left.parts) < 2 || len(left.parts) != len(right.parts) || !areNumbers(left.parts) {
			continue
		}
		lines := make([][]cell, len(left.parts))
		for k := range left.parts {
			if k == 0 {
				lines[k] = append(lines[k], cells[:i]...)
			}
			lines[k] = append(lines[k], cell{left.col, left.parts[k : k+1]}, cell{right.col, right.parts[k : k+1]})
		}
		return lines
	}
	return nil
}

// areNumbers reports whether every line is an exhibit number or stands before
// one, the last of them a number.
func areNumbers(parts []string) bool {
	for _, part := range parts {
		if ref, ok := readExhibitRef(part); (!ok || hasWords(ref.rest)) && !isBeforeNumber(part) {
			return false
		}
	}
	ref, ok := readExhibitRef(parts[len(parts)-1])
	return ok && (ref.dotted || ref.word)
}

// innerLines cuts a cell before each line that begins an entry. What stands in the
// cells before it belongs to its first line, the cells after it to the last.
func innerLines(cells []cell) [][]cell {
	for i := range cells {
		cuts := entryLines(cells[i].parts)
		if len(cuts) == 0 {
			continue
		}
		parts, col := cells[i].parts, cells[i].col
		lines := [][]cell{append(append([]cell(nil), cells[:i]...), cell{col, parts[:cuts[0]]})}
		for k, cut := range cuts {
			to := len(parts)
			if k+1 < len(cuts) {
				to = cuts[k+1]
			}
			lines = append(lines, []cell{{col, parts[cut:to]}})
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], cells[i+1:]...)
		return lines
	}
	return nil
}

// entryLines returns which lines of a cell begin entries, the first left out.
func entryLines(parts []string) []int {
	var cuts []int
	for k := 1; k < len(parts); k++ {
		ref, ok := readExhibitRef(parts[k])
		if ok && ref.dotted && hasWords(ref.rest) && !ref.comma && !isRunning(ref.rest) && !beginsLower(ref.rest) && !asksNumber(parts[k-1]) {
			cuts = append(cuts, k)
		}
	}
	return cuts
}

// asksNumber reports whether a line ends in a word that a number belongs to:
// "Section", "as Exhibit".
func asksNumber(line string) bool {
	i := strings.LastIndexAny(line, " \t")
	switch word := letters(line[i+1:]); word {
	case "no", "nos":
		return true
	case "exhibit", "exhibits", "section", "sections", "item", "items", "number", "rule", "article", "to", "and", "or", "of", "by", "on":
		return isLetter(line[len(line)-1]) // and no heading: "Exhibits."
	}
	return false
}

// stacked reads a row that holds the whole list: numbers in one cell, one below
// the other, descriptions in the next.
func (r *exhibitReader) stacked(k int) bool {
	cells := r.line.cells
	parts := cells[k].parts
	if len(parts) < 2 || k+1 >= len(cells) {
		return false
	}
	for _, part := range parts {
		if ref, ok := readExhibitRef(part); !ok || hasWords(ref.rest) {
			return false
		}
	}
	descriptions := cells[k+1].parts
	for i, part := range parts {
		ref, _ := readExhibitRef(part)
		description := ""
		if len(descriptions) == len(parts) {
			description = descriptions[i]
		} else if i < len(descriptions) && len(descriptions) > len(parts) {
			description = descriptions[i]
		}
		r.add(&ref, description, cells[k].col, false)
	}
	r.last.open = false
	return true
}
