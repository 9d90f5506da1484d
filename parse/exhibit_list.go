package parse

import "strings"

// A listedExhibit is one entry of a list of exhibits.
type listedExhibit struct {
	number      string
	key         string // exhibitKey(number)
	description string
	index       bool // listed in an exhibit index, not in an item
	dotted      bool
	word        bool // "Exhibit" stands before the number
	none        bool // "Not applicable." stands in place of the exhibit
}

// listState says how readily a line is taken for an exhibit.
type listState uint8

const (
	noList    listState = iota // exhibits are not to be expected
	itemList                   // in Item 7 or 9.01, before any sub-heading
	underHead                  // under a sub-heading or column heads
	indexList                  // under the heading of an exhibit index
)

// An exhibitReader walks a page and gathers the exhibits that it lists.
type exhibitReader struct {
	p       *page
	line    listLine
	found   []listedExhibit
	state   listState
	begin   int       // the current list is found[begin:]
	last    lastEntry // of the current list
	nothing int       // lines since the last entry that were none
}

// lastEntry is what the lines below an entry are compared with.
type lastEntry struct {
	open     bool // it may go on
	indent   int
	wrap     int // indent of the last line that went on with it
	col      int16
	row      int32
	to       int // blocks[:to] were read
	width    int // plain text: column in which the last line ended
	lines    int
	brackets bool   // the list writes (99)
	group    string // the number that "(b)" in the next row goes on with: 10 of 10(a)
}

// Limits of a list: so many lines without an entry end it, after the first entry
// and before it; so many lines are one description.
const (
	maxBetween     = 8
	maxBefore      = 24
	maxDescription = 40
	maxExhibits    = 2000
)

// listExhibits returns the entries of every list on the page, in page order.
// Lists stand in items and after the signature, never on the cover or in a table
// of contents.
func listExhibits(p *page) []listedExhibit {
	r := exhibitReader{p: p}
	section := 0
	i := min(p.cover, len(p.blocks))
	if len(p.sections) > 0 {
		i = p.sections[0].head
	}
	for i < len(p.blocks) && len(r.found) < maxExhibits {
		at := p.blocks[i].from
		if section < len(p.sections) && i >= p.sections[section].head {
			s := &p.sections[section]
			section++
			r.enter(listsExhibits(s))
			if i = max(i, s.body); i >= len(p.blocks) {
				break
			}
			at = max(p.blocks[i].from, min(s.mid, p.blocks[i].to))
		}
		if i == p.signature {
			r.leave()
		}
		i = r.read(i, at)
	}
	return r.found
}

// listsExhibits reports whether a section is the item that lists exhibits.
func listsExhibits(s *section) bool {
	for _, n := range s.numbers {
		if n == "9.01" || n == "7" {
			return true
		}
	}
	return false
}

func (r *exhibitReader) enter(exhibits bool) {
	r.leave()
	if exhibits {
		r.state = itemList
	}
}

// leave ends a list.
func (r *exhibitReader) leave() {
	r.state, r.nothing, r.begin, r.last = noList, 0, len(r.found), lastEntry{}
}

// read takes the line that begins at block i, or at text[at:] within it, and
// returns the block after it.
func (r *exhibitReader) read(i int, at int32) int {
	b := &r.p.blocks[i]
	if r.state == noList && b.row == 0 && b.to-at > maxHead {
		return i + 1
	}
	r.p.readLine(i, at, &r.line)
	if len(r.line.cells) == 0 || r.state == noList && !r.line.namesExhibits() {
		return r.line.to
	}
	if r.state == noList || r.line.row == 0 || !r.takeLines() {
		r.take()
	}
	return r.line.to
}

// take takes a line: a heading, an entry, more of one, or something else.
func (r *exhibitReader) take() {
	switch head := r.head(); {
	case head != noList:
		r.dropLoose()
		r.leave()
		r.state = head
	case r.state == noList:
	case r.entry():
		r.nothing = 0
		r.splitEntries()
	case r.goesOn():
		r.splitEntries()
	default:
		r.other()
	}
}

// dropLoose forgets what was taken for exhibits in an item before its heading of
// exhibits came: figures of statements pasted in above "(c) Exhibits".
func (r *exhibitReader) dropLoose() {
	if r.state != itemList {
		return
	}
	kept := r.found[:r.begin]
	for _, e := range r.found[r.begin:] {
		if e.word || e.sure() {
			kept = append(kept, e)
		}
	}
	r.found = kept
}

// sure reports whether an entry is an exhibit without a heading above it: a
// financial statement, its auditor's consent.
func (e *listedExhibit) sure() bool {
	if !e.dotted || !hasWords(e.description) || isDigit(e.description[len(e.description)-1]) {
		return false
	}
	group := exhibitGroup(e.number)
	return group == "99" || group == "23" && containsFoldString(e.description, "consent")
}

// other takes a line that is no part of the list.
func (r *exhibitReader) other() {
	r.last.open = false
	r.nothing++
	limit := maxBefore
	if len(r.found) > r.begin {
		limit = maxBetween
	}
	if r.nothing > limit && (r.state != itemList || limit == maxBetween) {
		r.leave()
	}
}

// namesExhibits reports whether one of the first cells has the word exhibit.
func (l *listLine) namesExhibits() bool {
	for i := 0; i < len(l.cells) && i < 2; i++ {
		for _, part := range l.cells[i].parts {
			if strings.Contains(part, "xhibit") || strings.Contains(part, "XHIBIT") {
				return true
			}
		}
	}
	return false
}

// maxHead bounds the heading of a list.
const maxHead = 70

// head returns what a line heads, noList for nothing. What follows a sub-heading
// on its line is for the entry reader.
func (r *exhibitReader) head() listState {
	l := &r.line
	text := l.cells[0].text()
	if len(l.cells) > 1 && isListLetter(text) {
		text = l.cells[1].text()
	}
	if len(text) > maxHead {
		return noList
	}
	words := letters(text)
	switch {
	case isIndexWords(words):
		return indexList
	case !strings.Contains(words, "exhibit") && !isColumnHead(words):
		return noList
	case columnHeads(l):
		return max(r.state, underHead)
	case r.state == noList || r.state == itemList:
		if words = strings.TrimPrefix(words, "the"); isExhibitsWords(words) && !hasDigit(text) && !hasDigit(l.text(1)) {
			return underHead
		}
	}
	return noList
}

// isListLetter knows "(c)" and "(d)", which stand before the sub-heading.
func isListLetter(text string) bool {
	return len(text) <= 4 && len(letters(text)) == 1
}

func isIndexWords(words string) bool {
	for _, end := range []string{"continued", "pageno", "page"} {
		words = strings.TrimSuffix(words, end)
	}
	switch words {
	case "exhibitindex", "indextoexhibits", "indexofexhibits", "exhibitsindex", "exhibitlist", "listofexhibits", "indextoexhibit", "exhibitsindexes",
		"scheduleofexhibits":
		return true
	}
	return false
}

// isExhibitsWords knows "Exhibits", "(c) Exhibits", "(d) Exhibit:" and "Exhibits
// furnished herewith".
func isExhibitsWords(words string) bool {
	switch words {
	case "exhibit", "exhibits", "aexhibits", "bexhibits", "cexhibits", "dexhibits", "eexhibits", "aexhibit", "bexhibit", "cexhibit", "dexhibit",
		"followingexhibits", "exhibitsattached", "exhibitsfiledherewith",
		"exhibitsfurnishedherewith", "exhibitsfurnished", "exhibitsfiled", "listofexhibits", "cexhibitsfiledherewith", "dexhibitsfiledherewith":
		return true
	}
	return false
}

// columnHeads reports whether a line heads the columns of a list: a column of
// numbers and one of descriptions.
func columnHeads(l *listLine) bool {
	numbers, descriptions := false, false
	for i := range l.cells {
		switch words := letters(l.cells[i].text()); words {
		case "exhibitnodescription", "exhibitnumberdescription", "exhibitdescription", "exhibitnumberanddescription", "exhibitnodescriptionofexhibit",
			"exhibitnodescriptionofdocument", "exhibitnumberdescriptionofexhibit",
			"exhibitnumberexhibitdescription", "exhibitnoexhibitdescription", "nodescription", "numberdescription", "exhibitnodocument", "exhibitnumberdocument":
			if len(l.cells) == 1 {
				return true
			}
			descriptions = true
		case "exhibit", "exhibits":
			descriptions = descriptions || numbers // "No." before "Exhibit"
			numbers = true
		case "exhibitno", "exhibitnumber", "exhibitnos", "exhibitnumbers", "no", "number", "exhibitdesignation", "designation", "ex", "exno":
			numbers = true
		default:
			descriptions = descriptions || isColumnHead(words)
		}
	}
	return numbers && descriptions
}

// isColumnHead knows the heads of the columns of a list, word by word where they
// are stacked.
func isColumnHead(words string) bool {
	switch words {
	case "exhibit", "exhibitno", "exhibitnumber", "exhibitnos", "exhibitnumbers", "no", "nos", "number", "numbers", "ex", "exno", "designation",
		"exhibitdesignation",
		"description", "descriptions", "descriptionofexhibit", "descriptionofexhibits", "descriptionofdocument", "exhibitdescription", "exhibittitle",
		"title", "document", "documents", "documentdescription", "nameofexhibit",
		"page", "pageno", "pagenumber", "sequentially", "sequential", "sequentialpage", "numberedpage", "numbered", "sequentiallynumberedpage",
		"sequentialpageno", "sequentialpagenumber",
		"location", "methodoffiling", "method", "filed", "filedherewith", "offiling", "filing", "filingmethod", "reference", "incorporatedbyreference",
		"form", "sec", "item", "itemno", "tableno", "regulationsk", "regulationskexhibittableno":
		return true
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
