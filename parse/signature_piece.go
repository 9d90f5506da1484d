package parse

import "strings"

// A piece is a line of one cell of the signature part, the smallest thing that
// means something there.
type piece struct {
	text  string
	spot  spot
	lane  int  // signers side by side: 0 left, 1 right
	fresh bool // begins a paragraph
	after bool // a page's end or a footer stands between it and the piece before
}

// A spot is where a piece stands on its line.
type spot struct {
	col    int16
	indent int
	row    bool // of a table
	alone  bool // on its line
}

// maxSignatureLines bounds the signature part: 60 registrants have signed one
// report, each on ten lines.
const maxSignatureLines = 1200

// pieces cuts the signature part into pieces, without the clause and
// without what follows the signatures.
func (r *signatureReader) pieces(p *page) []piece {
	var (
		pieces []piece
		lanes  = lanes{at: -1}
		clause clauseReader
		page   bool
		line   listLine
	)
	for i, n := r.begin(p), 0; i < len(p.blocks) && n < maxSignatureLines; n++ {
		p.readLine(i, 0, &line)
		b := &p.blocks[i]
		page = page || b.style&(pageBreak|furniture) != 0
		i = line.to
		if len(line.cells) == 0 {
			continue
		}
		if endsSignatures(&line) {
			break
		}
		lanes.learn(&line)
		pairLabels(&line)
		for c := range line.cells {
			for k, text := range line.cells[c].parts {
				begins := b.style&paragraph != 0 && k == 0
				if clause.takes(text, begins) {
					if text = clause.date(text); text == "" {
						continue
					}
				}
				at := spot{line.cells[c].col, line.indent, line.row != 0, len(line.cells) == 1}
				pieces = append(pieces, piece{text, at, 0, k > 0 || p.html || begins, page})
				page = false
			}
		}
	}
	return lanes.sorted(pieces)
}

// begin returns where the signature part really begins. Where neither
// heading nor clause stands, the outline has but the first mark: the company and
// the date above it, or at its left, belong to it.
func (r *signatureReader) begin(p *page) int {
	start := p.signature
	if !isMarked(p.line(start)) {
		return start
	}
	start, _ = p.row(start)
	for i := start - 1; i >= 0 && start-i <= 3; i-- {
		line := p.line(i)
		kind, _ := label(line)
		_, from, to := dateIn(line)
		switch {
		case p.blocks[i].style&(ruled|furniture) != 0 || isCaption(line):
		case kind != labelNone || isCompany(line) || r.isFiler(line) || isNameInCapitals(line) || to > 0 && isBareDate(line, from, to):
			start, _ = p.row(i)
			i = start
		default:
			return start
		}
	}
	return start
}

// isNameInCapitals reports whether a line is a few words in capitals: a company's name
// of no telling form.
func isNameInCapitals(line string) bool {
	return len(line) < maxHead && strings.ToUpper(line) == line && isPerson(line)
}

// pairLabels rewrites a row that stacks labels in one cell and their values in the
// next, "Name:" over "Title:", so that each value follows its label. The last
// label has what values are left.
func pairLabels(l *listLine) {
	for c := 0; c+1 < len(l.cells); c++ {
		labels, values := l.cells[c].parts, l.cells[c+1].parts
		if len(labels) < 2 || len(values) < len(labels) || !areLabels(labels) {
			continue
		}
		var pairs []string
		for k, value := range values {
			if k < len(labels) {
				pairs = append(pairs, labels[k])
			}
			pairs = append(pairs, value)
		}
		l.cells[c].parts = l.cells[c].parts[:0]
		l.cells[c+1].parts = pairs
		c++
	}
}

func areLabels(parts []string) bool {
	for _, part := range parts {
		if kind, value := label(part); kind == labelNone || value != "" {
			return false
		}
	}
	return true
}

// endsSignatures reports whether a line begins what may follow the signatures: an
// exhibit index, an exhibit pasted in, a typesetter's note.
func endsSignatures(l *listLine) bool {
	text := l.cells[0].text()
	if len(text) > maxHead {
		return false
	}
	words := letters(text)
	if isIndexWords(words) || words == "exhibits" || words == "statementofdifferences" || columnHeads(l) {
		return true
	}
	ref, ok := readExhibitRef(text)
	return ok && ref.word && !hasDigit(ref.rest)
}

// A clauseReader passes over headings and the clause "Pursuant to the
// requirements of the Securities Exchange Act of 1934, the registrant has duly
// caused this report to be signed …", which plain text breaks over lines.
type clauseReader struct {
	lines int
	tail  string // end of the line before
}

// maxClause is how many lines a clause may take.
const maxClause = 9

// takes reports whether a line is heading or clause; begins says that it begins a
// paragraph.
func (c *clauseReader) takes(text string, begins bool) bool {
	if isSignatureHeading(text) {
		c.lines = 0
		return true
	}
	if begins {
		c.lines = 0
	}
	if c.lines == 0 && !beginsClause(text) || isMarked(text) {
		c.lines = 0
		return false
	}
	c.lines++
	if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "No.") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "authorized") || c.lines == maxClause {
		c.lines = 0
	}
	return true
}

// maxClauseDate is how far from a clause's end its date begins, half of it perhaps
// on the line before.
const maxClauseDate = 80

// date returns the date that a clause ends with, "" for none: "… thereunto duly
// authorized in the City of Inkwell on the 7th / day of April, 1995."
func (c *clauseReader) date(text string) string {
	text = c.tail + " " + text
	if i := strings.LastIndex(text, " day of "); i >= 0 {
		text = text[max(0, i-len("on this 22nd")):]
	}
	if cut := len(text) - maxClauseDate; cut > 0 {
		text = text[cut:]
	}
	c.tail = text[max(0, len(text)-maxClauseDate/2):]
	_, from, to := dateIn(text)
	if to > 0 {
		c.tail = ""
	}
	return text[from:to]
}

// beginsClause reports whether a line is part of a signature clause.
func beginsClause(text string) bool {
	if len(text) < 24 {
		return false
	}
	for _, words := range []string{"pursuant to the requirement", "in accordance with", "duly caused", "caused this", "signed on its behalf",
		"signed on their behalf", "securities exchange act of", "in witness whereof", "the undersigned"} {
		if containsFoldString(text, words) {
			return true
		}
	}
	return false
}

// lanes tells signers side by side from one below the other: a line with two
// marks says where the right one begins.
type lanes struct {
	at  int16 // first column of the right lane, -1 while there is but one
	row bool  // columns are those of a table
}

func (l *lanes) learn(line *listLine) {
	if l.at >= 0 || len(line.cells) < 2 {
		return
	}
	first := labelNone
	for i := range line.cells {
		kind, _ := label(line.cells[i].text())
		switch {
		case kind != labelMark && kind != labelBy:
		case first == labelNone:
			first = kind
		case kind == first:
			l.at, l.row = line.cells[i].col, line.row != 0
			return
		}
	}
}

// rightIndent is where the right half of a page of plain text begins.
const rightIndent = 30

func (l *lanes) of(at spot) int {
	switch {
	case at.row == l.row && at.col >= l.at:
		return 1
	case !l.row && !at.row && at.alone && at.indent > rightIndent:
		return 1
	}
	return 0
}

// sorted puts the left lane before the right one.
func (l *lanes) sorted(pieces []piece) []piece {
	if l.at < 0 {
		return pieces
	}
	sorted := make([]piece, 0, len(pieces))
	for lane := 0; lane <= 1; lane++ {
		for _, p := range pieces {
			if p.lane = l.of(p.spot); p.lane == lane {
				sorted = append(sorted, p)
			}
		}
	}
	return sorted
}

// containsFoldString reports whether s contains lowered, whatever its case in s.
func containsFoldString(s, lowered string) bool {
	for i := 0; i+len(lowered) <= len(s); i++ {
		if lower(s[i]) == lowered[0] && equalFoldString(s[i:i+len(lowered)], lowered) {
			return true
		}
	}
	return false
}
