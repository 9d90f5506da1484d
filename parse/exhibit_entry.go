package parse

import "strings"

// entry takes the line as an entry of the list if it is one.
func (r *exhibitReader) entry() bool {
	group := r.joinLetter()
	k, text := r.numberCell()
	if text == "" {
		return false
	}
	if r.stacked(k) {
		return true
	}
	if r.severalNumbers(k, text) {
		return true
	}
	ref, ok := readExhibitRef(text)
	if !ok {
		return r.numberLast() || r.afterColon(text)
	}
	if inner, ok := readExhibitRef(ref.rest); ok && !ref.dotted && !ref.word && (inner.word || inner.dotted && ref.marked) {
		ref = inner // 1. Exhibit 99.1
	}
	description, at := strings.TrimSpace(ref.rest), k
	if !hasWords(description) {
		if at = r.nextWords(k + 1); at > k {
			description = r.line.cells[at].text()
		} else if description = ""; k+1 < len(r.line.cells) && !isPageNumber(r.line.text(k+1)) {
			return false // figures
		}
	} else if r.line.row == 0 && k+1 < len(r.line.cells) {
		description = r.withColumns(description, k+1)
	}
	if !r.believes(&ref, description, at > k || len(r.line.cells) > k+1) {
		return false
	}
	if r.repeats(&ref, description) {
		return true
	}
	r.add(&ref, description, r.line.cells[k].col, strings.HasPrefix(trimMarks(text), "("))
	r.last.group = group
	return true
}

// numberLast takes a row whose number stands in the last column.
func (r *exhibitReader) numberLast() bool {
	l := &r.line
	last := len(l.cells) - 1
	if r.state < underHead || l.row == 0 || last < 1 || !hasWords(l.cells[0].text()) {
		return false
	}
	ref, ok := readExhibitRef(l.cells[last].text())
	if !ok || !ref.dotted || ref.rest != "" {
		return false
	}
	if description := l.cells[0].text(); !r.repeats(&ref, description) {
		r.add(&ref, description, l.cells[0].col, false)
	}
	return true
}

// afterColon takes "(c) Exhibits. The following exhibit is filed herewith: 99.1
// Press release", an exhibit at the end of a sentence.
func (r *exhibitReader) afterColon(text string) bool {
	i := strings.LastIndex(text, ": ")
	if i < 0 || !r.line.fresh || len(r.line.cells) > 1 || !strings.Contains(strings.ToLower(text[:i]), "exhibit") {
		return false
	}
	ref, ok := readExhibitRef(text[i+2:])
	if !ok || !ref.dotted || !hasWords(ref.rest) || isRunning(ref.rest) || ref.comma {
		return false
	}
	if !r.repeats(&ref, ref.rest) {
		r.add(&ref, ref.rest, 0, false)
	}
	return true
}

// nextWords returns the first cell from k that has words, -1 for none.
func (r *exhibitReader) nextWords(k int) int {
	for ; k < len(r.line.cells); k++ {
		if hasWords(r.line.cells[k].text()) {
			return k
		}
	}
	return -1
}

// hasWords reports whether s has a word of two letters.
func hasWords(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if isLetter(s[i]) && isLetter(s[i+1]) {
			return true
		}
	}
	return false
}

// believes judges whether a number at the beginning of a line is an exhibit's.
// columns says that number and description stand in columns of their own.
func (r *exhibitReader) believes(ref *exhibitRef, description string, columns bool) bool {
	l := &r.line
	if r.last.open && l.row == 0 && !l.fresh && !r.p.html && l.indent > r.last.indent+2 && !ref.word {
		return false // goes on with the description: "… dated as of April / 14, 1999"
	}
	switch {
	case description == "":
		return ref.word || ref.dotted || exhibitGroup(ref.number) == "99" || exhibitGroup(ref.number) == "104"
	case isRunning(description):
		return false
	case ref.word:
		return !ref.comma || !beginsLower(description)
	case ref.dotted:
		return columns || l.fresh || !beginsLower(description)
	}
	return r.believesBare(ref, description, columns)
}

// believesBare judges a number without parts, which may be anything.
func (r *exhibitReader) believesBare(ref *exhibitRef, description string, columns bool) bool {
	group := exhibitGroup(ref.number)
	if r.state == itemList && !columns && group != "104" && group != "99" || beginsLower(description) || isDigit(description[0]) && !columns || isFootnote(description) {
		return false
	}
	brackets := ref.marked && strings.HasPrefix(trimMarks(r.line.cells[0].text()), "(")
	if len(r.found) > r.begin {
		if brackets != r.last.brackets {
			return false
		}
		if r.line.row == 0 && !r.p.html && !columns && abs(r.line.indent-r.last.indent) > 2 {
			return false
		}
	}
	return columns || ref.marked || group == "99" || group == "104" || r.state == indexList
}

// isRunning reports whether what follows a number goes on with a sentence: "is
// attached hereto", "to this Current Report", "and 99.2".
func isRunning(s string) bool {
	var buf [10]byte
	_, to := nextWord(s, 0)
	if to > len(buf) || s[:to] == "" || !isLetter(s[0]) {
		return false
	}
	switch string(lowerWord(buf[:0], s[:to])) {
	case "and", "or", "to", "is", "are", "was", "were", "hereto", "herein", "hereof", "shall", "which", "that", "thereto", "being", "has", "have", "will",
		"contains", "includes", "relates", "does", "should":
		return true
	case "of", "in", "the", "this", "attached", "above", "below", "through", "as", "by", "for", "with", "filed", "furnished", "under", "on", "at", "sets",
		"provides", "may", "if", "not", "into", "pursuant":
		return beginsLower(s) // in capitals it may be a title's first word
	}
	return false
}

// isFootnote knows the notes below a list, which begin with numbers too.
func isFootnote(s string) bool {
	for _, w := range []string{"incorporated ", "filed ", "furnished ", "previously ", "portions ", "certain ", "schedules ", "confidential ",
		"management ", "indicates ", "denotes ", "exhibits ", "submitted "} {
		if hasPrefixFoldString(s, w) {
			return true
		}
	}
	return false
}

// repeats reports whether the current list has the number already. The number
// alone, a second time, is the first line of the exhibit itself, pasted in after
// the index; it ends the list.
func (r *exhibitReader) repeats(ref *exhibitRef, description string) bool {
	key := exhibitKey(ref.number)
	for i := r.begin; i < len(r.found); i++ {
		if r.found[i].key == key {
			r.last.open = false
			if r.state == indexList && ref.word && description == "" {
				r.leave()
			}
			return true
		}
	}
	return false
}

func (r *exhibitReader) add(ref *exhibitRef, description string, col int16, brackets bool) {
	e := listedExhibit{
		number: ref.number, key: exhibitKey(ref.number), description: description,
		index: r.state == indexList, dotted: ref.dotted, word: ref.word, none: isNone(description),
	}
	r.found = append(r.found, e)
	r.last = lastEntry{open: true, indent: r.line.indent, col: col, row: r.line.row, to: r.line.to, width: r.line.width(), brackets: brackets}
}
