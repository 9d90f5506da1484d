package parse

import (
	"bytes"

	"example.com/edgard/edgar"
)

// layout is the order of a listing's columns.
type layout int

const (
	piped  layout = iota // CIK|name|form|date|path: master, xbrl
	byForm               // form, name, CIK, date, path: form
	byName               // name, form, CIK, date, path or address: company, crawler
)

const (
	badFields = "not five fields with bars between"
	badSplit  = "form type cannot be told from name"
	badForm   = "form type is not 1 to 20 printable characters"
	badCIK    = "CIK is not 1 to 10 digits"
	badDate   = "date is not of the form 2024-01-31 or 20240131"
	badPath   = "path is not of the form edgar/data/320193/0000320193-24-000001.txt"
	badTwin   = "path has another CIK than the row"
)

// splitter cuts one line after the other into fields and checks their shape.
type splitter struct {
	layout  layout
	columns columns

	form, name, cik, date, path []byte // of the last line
	accession                   []byte // within path
}

// line cuts a line that has no blanks at its end. It returns why the line is no
// row, "" if it is one.
func (s *splitter) line(line []byte) (reason string) {
	if s.layout == piped {
		return s.bars(line)
	}
	return s.table(line)
}

// bars cuts a line at its bars. Names have none; should one ever have, the line
// is good when read from the right.
func (s *splitter) bars(line []byte) string {
	if !s.barsFromLeft(line) {
		return badFields
	}
	reason := s.check()
	if reason != "" && bytes.Count(line, []byte("|")) > 4 {
		s.barsFromRight(line)
		reason = s.check()
	}
	return reason
}

func (s *splitter) barsFromLeft(line []byte) bool {
	var ok1, ok2, ok3, ok4 bool
	s.cik, line, ok1 = cutShortBar(line)
	s.name, line, ok2 = cutBar(line)
	s.form, line, ok3 = cutShortBar(line)
	s.date, s.path, ok4 = cutDateBar(line)
	return ok1 && ok2 && ok3 && ok4
}

// barsFromRight does the same for a line of more than four bars.
func (s *splitter) barsFromRight(line []byte) {
	s.cik, line, _ = cutBar(line)
	line, s.path = cutLastBar(line)
	line, s.date = cutLastBar(line)
	s.name, s.form = cutLastBar(line)
}

func cutBar(b []byte) (before, after []byte, ok bool) {
	if i := bytes.IndexByte(b, '|'); i >= 0 {
		return b[:i], b[i+1:], true
	}
	return b, nil, false
}

// cutShortBar does what cutBar does, faster where the field has a dozen bytes or less.
func cutShortBar(b []byte) (before, after []byte, ok bool) {
	for i, c := range b {
		if c == '|' {
			return b[:i], b[i+1:], true
		}
	}
	return b, nil, false
}

// cutDateBar does what cutBar does for a field of 8 or 10 bytes.
func cutDateBar(b []byte) (before, after []byte, ok bool) {
	for _, n := range [...]int{10, 8} {
		if len(b) > n && b[n] == '|' {
			return b[:n], b[n+1:], true
		}
	}
	return cutBar(b)
}

func cutLastBar(b []byte) (before, after []byte) {
	i := bytes.LastIndexByte(b, '|')
	return b[:max(i, 0)], b[i+1:]
}

// check checks the shape of the fields.
func (s *splitter) check() string {
	if !isForm(s.form) {
		return badForm
	}
	return s.checkTail()
}

// checkTail checks the shape of the fields with fixed forms.
func (s *splitter) checkTail() string {
	switch {
	case len(s.cik) > 10 || !isDigits(s.cik):
		return badCIK
	case !isDate(s.date):
		return badDate
	}
	return s.checkPath()
}

// checkPath reads edgar/data/CIK/ACCESSION.txt, and the address in crawler
// listings that ends in edgar/data/CIK/ACCESSION-index.htm.
func (s *splitter) checkPath() string {
	const dashed = len("0000320193-24-000001")
	p, ok := cutPathEnd(s.path)
	n := len(p) - dashed - 1
	if !ok || n < 0 || p[n] != '/' || !isAccession(p[n+1:]) {
		return badPath
	}
	s.accession = p[n+1:]
	return s.checkFolder(p[:n])
}

// checkFolder wants edgar/data/CIK at the end of p, with the CIK of the row.
func (s *splitter) checkFolder(p []byte) string {
	const folder = "edgar/data/"
	cik := len(p) - len(s.cik)
	i := cik - len(folder)
	if i >= 0 && string(p[i:cik]) == folder && (i == 0 || p[i-1] == '/') && bytes.Equal(p[cik:], s.cik) {
		return ""
	}
	cik = bytes.LastIndexByte(p, '/') + 1
	if isDigits(p[cik:]) && bytes.HasSuffix(append([]byte("/"), p[:cik]...), []byte("/"+folder)) {
		return badTwin
	}
	return badPath
}

func cutPathEnd(p []byte) ([]byte, bool) {
	if n := len(p) - len(".txt"); n >= 0 && string(p[n:]) == ".txt" {
		return p[:n], true
	}
	if p, ok := bytes.CutSuffix(p, []byte("-index.htm")); ok {
		return p, true
	}
	return bytes.CutSuffix(p, []byte("-index.html"))
}

// row turns the fields of the last line, which was good, into values.
func (s *splitter) row(form edgar.Form) (Row, string) {
	cik, err := edgar.ParseCIK(string(s.cik))
	if err != nil {
		return Row{}, err.Error()
	}
	filed, err := edgar.ParseDate(string(s.date))
	if err != nil {
		return Row{}, err.Error()
	}
	accession, err := edgar.ParseAccession(string(s.accession))
	if err != nil {
		return Row{}, err.Error()
	}
	return Row{form, decode(string(trimBlanks(s.name))), cik, filed, accession}, ""
}
