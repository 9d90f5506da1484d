package parse

import (
	"slices"
	"strings"
)

// securities reads the table of securities registered under Section 12(b), which
// covers have had since May 2019.
func (c *cover) securities() []Security {
	t := c.securityHead()
	if t == nil {
		return c.listedSecurities()
	}
	var out []Security
	for l := t.next; l < len(c.lines); {
		from := l
		for l++; l < len(c.lines) && c.lines[from].row != 0 && c.lines[l].row == c.lines[from].row; l++ {
		}
		if c.endsSecurities(from) {
			break
		}
		if !c.isHeadLine(from) { // which may come again on a new page
			out = t.row(out, from, l)
		}
	}
	if out = tidySecurities(out); out == nil {
		return c.listedSecurities()
	}
	return out
}

// A securityTable is the table of securities.
type securityTable struct {
	*cover
	next    int          // the first line after the head
	columns []headColumn // from left to right
}

// A headColumn is one column of the table, and where its caption stands.
type headColumn struct{ kind, col int }

// The columns of a securityTable. A table for several registrants has one more
// with their names.
const (
	titleColumn = iota
	symbolColumn
	exchangeColumn
	registrantColumn
	kindsOfColumn
)

// securityWords are the words of the head of the table.
var securityWords = map[string]bool{
	"title": true, "titles": true, "of": true, "each": true, "class": true, "classes": true, "security": true, "securities": true, "to": true, "be": true, "so": true,
	"trading": true, "ticker": true, "symbol": true, "symbols": true, "s": true, "name": true, "names": true, "exchange": true, "exchanges": true, "market": true, "on": true, "which": true,
	"registered": true, "listed": true, "is": true, "are": true, "the": true, "stock": true, "traded": true, "and": true, "or": true, "registrant": true, "company": true, "": true,
}

// securityHead finds the captions of the table, which may be wrapped over a few
// lines. It returns nil when there are none.
func (c *cover) securityHead() *securityTable {
	for i := range c.lines {
		if !c.isSecurityHead(i) {
			continue
		}
		t := &securityTable{cover: c, next: i}
		for t.next < len(c.lines) && t.next < i+6 && t.headLine(t.next) {
			t.next++
		}
		if t.has(symbolColumn) && (t.has(titleColumn) || t.has(exchangeColumn)) {
			return t
		}
	}
	return nil
}

func (c *cover) isSecurityHead(i int) bool {
	for _, k := range c.line(i) {
		for _, begin := range [...]string{"title of", "titles of", "trading symbol", "ticker symbol"} {
			if hasPrefixFoldString(k.text, begin) {
				return true
			}
		}
	}
	return false
}

// isHeadLine reports whether a line holds nothing but words of the head.
func (c *cover) isHeadLine(l int) bool {
	for _, k := range c.line(l) {
		for word := range strings.SplitSeq(foldText(k.text), " ") {
			if !securityWords[word] {
				return false
			}
		}
	}
	return true
}

// headLine takes a line that is part of the head and reports whether it is.
func (t *securityTable) headLine(l int) bool {
	if !t.isHeadLine(l) {
		return false
	}
	cells := t.line(l)
	for k := range cells {
		switch s := foldText(cells[k].text); {
		case strings.Contains(s, "title"):
			t.add(titleColumn, cells[k].col)
		case strings.Contains(s, "trading"), strings.Contains(s, "symbol"), strings.Contains(s, "ticker"):
			t.add(symbolColumn, cells[k].col)
		case strings.Contains(s, "exchange"), strings.HasPrefix(s, "name"):
			t.add(exchangeColumn, cells[k].col)
		case s == "registrant", s == "company":
			t.add(registrantColumn, cells[k].col)
		}
	}
	return true
}

func (t *securityTable) has(kind int) bool {
	for _, c := range t.columns {
		if c.kind == kind {
			return true
		}
	}
	return false
}

func (t *securityTable) add(kind, col int) {
	if !t.has(kind) {
		t.columns = append(t.columns, headColumn{kind, col})
		slices.SortStableFunc(t.columns, func(a, b headColumn) int { return a.col - b.col })
	}
}

// endsSecurities reports whether line l is past the table.
func (c *cover) endsSecurities(l int) bool {
	cells := c.line(l)
	if len(cells) == 0 {
		return false
	}
	s := cells[0].text
	return hasPrefixFoldString(s, "indicate by") || hasPrefixFoldString(s, "securities registered") || hasPrefixFoldString(s, "check the") || hasPrefixFoldString(s, "emerging growth") ||
		hasPrefixFoldString(s, "if an emerging") || hasPrefixFoldString(s, "written comm") || beginsItem(s) || len(cells) == 1 && c.lines[l].row == 0
}

// row adds the securities of lines[from:to], which are one row.
func (t *securityTable) row(out []Security, from, to int) []Security {
	var columns [kindsOfColumn][]place
	laid := t.layOver(from)
	for l := from; l < to; l++ {
		cells := t.line(l)
		for k := range cells {
			kind := t.kindAt(laid, cells[k].col)
			columns[kind] = append(columns[kind], place{line: l, text: cells[k].text, cell: k})
		}
	}
	return append(out, t.stacked(&columns)...)
}

// layOver lays the columns of the head over the row that begins with line l, nil
// when it has fewer cells. One with more has its first column split: "Class A
// Common Stock", "Par Value", "$0.10".
func (t *securityTable) layOver(l int) []headColumn {
	cells := t.line(l)
	extra := len(cells) - len(t.columns)
	if extra < 0 {
		return nil
	}
	laid := make([]headColumn, len(t.columns))
	for i, c := range t.columns {
		k := i
		if i > 0 {
			k += extra
		}
		laid[i] = headColumn{c.kind, cells[k].col}
	}
	return laid
}

// kindAt returns the kind of the column that a cell at col stands in: the last
// one of those laid over its row that begins before it, else the nearest.
func (t *securityTable) kindAt(laid []headColumn, col int) int {
	kind := titleColumn
	if laid != nil {
		for i, c := range laid {
			if i == 0 || c.col <= col {
				kind = c.kind
			}
		}
		return kind
	}
	nearest := -1
	for _, c := range t.columns {
		d := max(c.col-col, col-c.col)
		if nearest < 0 || d < nearest {
			kind, nearest = c.kind, d
		}
	}
	return kind
}

// stacked makes one security of a row, or several when their symbols stand in
// one cell above one another.
func (t *securityTable) stacked(columns *[kindsOfColumn][]place) []Security {
	symbols, exchanges := columns[symbolColumn], columns[exchangeColumn]
	if len(symbols) < 2 || len(columns[titleColumn]) < len(symbols) && !areTickers(symbols) {
		return []Security{{Title: joinPlaces(columns[titleColumn]), Symbol: joinPlaces(symbols), Exchange: joinPlaces(exchanges)}}
	}
	titles := t.titles(columns[titleColumn], len(symbols))
	if titles == nil && areTickers(symbols) {
		titles = sharedTitle(joinPlaces(columns[titleColumn]), len(symbols))
	}
	if titles == nil {
		return []Security{{Title: joinPlaces(columns[titleColumn]), Symbol: joinPlaces(symbols), Exchange: joinPlaces(exchanges)}}
	}
	out := make([]Security, len(symbols))
	for i := range out {
		out[i] = Security{Title: titles[i], Symbol: symbols[i].text}
		switch {
		case len(exchanges) == len(symbols):
			out[i].Exchange = exchanges[i].text
		case len(exchanges) > 0 && len(exchanges)%len(symbols) == 0:
			k := len(exchanges) / len(symbols)
			out[i].Exchange = joinPlaces(exchanges[i*k : i*k+k])
		default:
			out[i].Exchange = joinPlaces(exchanges)
		}
	}
	return out
}

// titles cuts the lines of a cell into n titles: by line, by paragraph, or by how
// titles begin. It returns nil when nothing gives n.
func (t *securityTable) titles(lines []place, n int) []string {
	for _, begins := range [...]func(i int) bool{
		func(int) bool { return true },
		func(i int) bool { return t.lines[lines[i].line].begins },
		func(i int) bool { return beginsTitle(lines[i].text) },
	} {
		var out []string
		for i := range lines {
			if i == 0 || begins(i) {
				out = append(out, lines[i].text)
			} else {
				out[len(out)-1] += " " + lines[i].text
			}
		}
		if len(out) == n {
			return out
		}
	}
	return nil
}

// beginsTitle reports whether a line begins the title of a security.
func beginsTitle(s string) bool {
	for _, word := range [...]string{"common", "class", "preferred", "warrant", "unit", "ordinary", "depositary", "american depositary", "right", "series", "redeemable", "shares of", "subordinate", "senior"} {
		if hasPrefixFoldString(s, word) {
			return true
		}
	}
	return s != "" && isDigit(s[0]) && strings.Contains(s, "%")
}

func joinPlaces(lines []place) string {
	if len(lines) == 1 {
		return lines[0].text
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// tidySecurities drops the rows that say that there are none, and what is
// printed for a symbol that is none.
func tidySecurities(in []Security) []Security {
	out := in[:0]
	for _, s := range in {
		s.Title, s.Symbol, s.Exchange = something(tidyCell(s.Title)), something(tidySymbol(s.Symbol)), something(tidyCell(s.Exchange))
		if s.Title == "" && s.Symbol == "" || s.Symbol == "" && s.Exchange == "" {
			continue
		}
		if s.Exchange == "" && len(out) > 0 {
			s.Exchange = out[len(out)-1].Exchange // in a cell of several rows
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func tidyCell(s string) string { return strings.Trim(s, " ;|") }

// tidySymbol takes quotation marks, brackets and the exchange off a symbol.
func tidySymbol(s string) string {
	if i := strings.LastIndexByte(s, ':'); i >= 0 && i+1 < len(s) {
		s = s[i+1:] // "NYSE: ABC"
	}
	return strings.Trim(s, " \"'“”()|;")
}
