package parse

import "strings"

// securities reads the table of securities registered under Section 12(b), which
// covers have had since May 2019.
func (c *cover) securities() []Security {
	t := c.securityHead()
	if t == nil {
		return nil
	}
	var out []Security
	for l := t.next; l < len(c.lines); {
		from := l
		for l++; l < len(c.lines) && c.lines[from].row != 0 && c.lines[l].row == c.lines[from].row; l++ {
		}
		if c.endsSecurities(from) {
			break
		}
		out = t.row(out, from, l)
	}
	return tidySecurities(out)
}

// A securityTable is the table of securities: where its columns are.
type securityTable struct {
	*cover
	next    int // the first line after the head
	columns [3]int
	has     [3]bool
	order   []int // the columns from left to right
}

// The columns of a securityTable.
const (
	titleColumn = iota
	symbolColumn
	exchangeColumn
)

// securityWords are the words of the head of the table.
var securityWords = map[string]bool{
	"title": true, "titles": true, "of": true, "each": true, "class": true, "classes": true, "security": true, "securities": true, "to": true, "be": true, "so": true,
	"trading": true, "ticker": true, "symbol": true, "symbols": true, "s": true, "name": true, "names": true, "exchange": true, "exchanges": true, "market": true, "on": true, "which": true,
	"registered": true, "listed": true, "is": true, "are": true, "the": true, "stock": true, "traded": true, "and": true, "or": true,
}

// securityHead finds the captions of the table, which may be wrapped over a few
// lines. It returns nil when there are none.
func (c *cover) securityHead() *securityTable {
	for i := range c.lines {
		if !c.isSecurityHead(i) {
			continue
		}
		t := &securityTable{cover: c, next: i}
		for ; t.next < len(c.lines) && t.next < i+6; t.next++ {
			if !t.headLine(t.next) {
				break
			}
		}
		if t.has[titleColumn] && t.has[symbolColumn] || t.has[symbolColumn] && t.has[exchangeColumn] {
			for k, has := range t.has {
				if has {
					t.order = append(t.order, k)
				}
			}
			if t.columns[titleColumn] > t.columns[symbolColumn] && t.has[titleColumn] {
				t.order = nil // no known order: columns decide
			}
			return t
		}
	}
	return nil
}

func (c *cover) isSecurityHead(i int) bool {
	for _, k := range c.line(i) {
		s := foldText(k.text)
		if strings.HasPrefix(s, "title of") || strings.HasPrefix(s, "trading symbol") || strings.HasPrefix(s, "ticker symbol") {
			return true
		}
	}
	return false
}

// headLine takes a line that is part of the head and reports whether it is.
func (t *securityTable) headLine(l int) bool {
	cells := t.line(l)
	for k := range cells {
		s := foldText(cells[k].text)
		for word := range strings.SplitSeq(s, " ") {
			if !securityWords[word] {
				return false
			}
		}
		switch {
		case strings.Contains(s, "title"):
			t.set(titleColumn, &cells[k])
		case strings.Contains(s, "trading"), strings.Contains(s, "symbol"), strings.Contains(s, "ticker"):
			t.set(symbolColumn, &cells[k])
		case strings.Contains(s, "exchange"), strings.HasPrefix(s, "name"):
			t.set(exchangeColumn, &cells[k])
		}
	}
	return true
}

func (t *securityTable) set(column int, k *coverCell) {
	if !t.has[column] {
		t.has[column], t.columns[column] = true, k.col
	}
}

// endsSecurities reports whether line l is past the table.
func (c *cover) endsSecurities(l int) bool {
	cells := c.line(l)
	if len(cells) == 0 {
		return false
	}
	s := cells[0].text
	return hasPrefixFoldString(s, "indicate by") || hasPrefixFoldString(s, "securities registered") || hasPrefixFoldString(s, "check ") || hasPrefixFoldString(s, "emerging growth") ||
		hasPrefixFoldString(s, "if an emerging") || hasPrefixFoldString(s, "written comm") || beginsItem(s) || len(cells) == 1 && c.lines[l].row == 0
}

// row adds the securities of lines[from:to], which are one row.
func (t *securityTable) row(out []Security, from, to int) []Security {
	var columns [3][]place
	n := 0
	for l := from; l < to; l++ {
		n = max(n, len(t.line(l)))
	}
	order := t.rowOrder(from, n)
	for l := from; l < to; l++ {
		cells := t.line(l)
		for k := range cells {
			i := t.columnOf(&cells[k], order)
			columns[i] = append(columns[i], place{line: l, text: cells[k].text, cell: k})
		}
	}
	return append(out, t.stacked(columns)...)
}

// A rowOrder tells the columns of a row's cells by their places.
type rowOrder struct{ from [3]int }

// rowOrder lays the columns of the head over a row. A row of more cells than the
// head has split its first column: "Class A Common Stock", "Par Value", "$0.10".
func (t *securityTable) rowOrder(l, n int) *rowOrder {
	cells := t.line(l)
	if len(t.order) == 0 || n != len(cells) || n < len(t.order) {
		return nil
	}
	var o rowOrder
	for i := range o.from {
		o.from[i] = -1
	}
	extra := n - len(t.order)
	for i, column := range t.order {
		k := i + extra
		if i == 0 {
			k = 0
		}
		o.from[column] = cells[k].col
	}
	return &o
}

// columnOf returns the column that a cell stands in.
func (t *securityTable) columnOf(k *coverCell, o *rowOrder) int {
	best, at := titleColumn, -1
	if o != nil {
		for column, from := range o.from {
			if from >= 0 && from <= k.col && from > at {
				best, at = column, from
			}
		}
		return best
	}
	nearest := -1
	for column, from := range t.columns {
		if !t.has[column] {
			continue
		}
		d := from - k.col
		if d < 0 {
			d = -d
		}
		if nearest < 0 || d < nearest {
			best, nearest = column, d
		}
	}
	return best
}

// stacked makes one security of a row, or several when their symbols stand in
// one cell above one another.
func (t *securityTable) stacked(columns [3][]place) []Security {
	symbols, exchanges := columns[symbolColumn], columns[exchangeColumn]
	if len(symbols) < 2 || len(columns[titleColumn]) < len(symbols) {
		return []Security{{Title: joinPlaces(columns[titleColumn]), Symbol: joinPlaces(symbols), Exchange: joinPlaces(exchanges)}}
	}
	titles := t.titles(columns[titleColumn], len(symbols))
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
