package parse

import "bytes"

// columns is where a field begins that nothing but blanks parts from its
// neighbour, as the rows above have shown it.
type columns struct {
	second int // the second field: the name by form, the form by name
	cik    int
}

// table cuts a line with columns: path, date and CIK from the right, each one
// word, then form and name, which both may hold blanks.
func (s *splitter) table(line []byte) string {
	rest := line
	rest, s.path = lastWord(rest)
	rest, s.date = lastWord(rest)
	rest, s.cik = lastWord(rest)
	cik := len(rest)
	rest = trimEnd(rest)
	if reason := s.checkTail(); reason != "" {
		return reason
	}
	if s.columns.cik == cik && s.at(rest, s.columns.second) {
		return ""
	}
	gap := s.gap(rest)
	if !s.at(rest, gap) {
		return badSplit
	}
	s.columns = columns{second: gap, cik: cik}
	return ""
}

// at cuts form from name before byte i, and reports whether a field begins
// there and the form could be one.
func (s *splitter) at(b []byte, i int) bool {
	if i < 1 || i >= len(b) || b[i-1] != ' ' || b[i] == ' ' {
		return false
	}
	if s.layout == byForm {
		s.form, s.name = trimEnd(b[:i]), b[i:]
	} else {
		s.name, s.form = trimEnd(b[:i]), b[i:]
	}
	return isForm(s.form)
}

// gap returns where the second field begins if two or more blanks part it from
// the first, -1 if none do. A form holds only single blanks, so it is the first
// such gap by form and the last by name.
func (s *splitter) gap(b []byte) int {
	if s.layout == byForm {
		i := bytes.Index(b, []byte("  "))
		if i < 0 {
			return -1
		}
		return len(b) - len(bytes.TrimLeft(b[i:], " "))
	}
	i := bytes.LastIndex(b, []byte("  "))
	if i < 0 {
		return -1
	}
	return i + 2
}

// lastWord cuts the last word off a line.
func lastWord(b []byte) (before, word []byte) {
	b = trimEnd(b)
	i := bytes.LastIndexByte(b, ' ') + 1
	return b[:i], b[i:]
}

func trimBlanks(b []byte) []byte {
	b = trimEnd(b)
	for len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	return b
}
