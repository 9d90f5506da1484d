package parse

import "bytes"

// readPlain flattens the plain text of the 1990s, where < is less-than and a
// few words in angle brackets are layout marks.
func (f *flattener) readPlain() {
	f.style = 0
	f.plainLines(0, len(f.body))
}

// A printed is a line of plain text as printed: its margins, and what the line
// before it was, to tell a wrapped paragraph from a list or a table.
type printed struct {
	indent, width int
	columns       bool // has a wide gap
	open          bool // its last word asks for more
	ended         bool // blank line, rule, layout mark: whatever follows begins anew
}

// plainLines takes body[i:end], every line of which is a line of its own.
func (f *flattener) plainLines(i, end int) {
	last, table := printed{ended: true}, false
	eol := endOfLines(f.body[i:end])
	for i < end {
		j := end
		if n := bytes.IndexByte(f.body[i:end], eol); n >= 0 {
			j = i + n
		}
		from := i
		i = j + 1
		if f.stuffed && stuffing(f.body[from:j]) {
			from += 2
		}
		to, mark := layoutMark(f.body, from, j)
		switch mark {
		case "table":
			table = true
		case "/table":
			table = false
		}
		last = f.plainLine(from, to, last, table)
		if mark != "" {
			with := paragraph
			if mark == "page" {
				with |= pageBreak
			}
			f.breakLine(with)
			last = printed{ended: true}
		}
	}
}

// endOfLines returns what lines of a text end in: a line feed, or a carriage return
// where there are no line feeds but around the text.
func endOfLines(text []byte) byte {
	if inner := bytes.TrimSpace(text); bytes.IndexByte(inner, '\n') < 0 && bytes.IndexByte(inner, '\r') >= 0 {
		return '\r'
	}
	return '\n'
}

// plainLine takes one line without its layout mark.
func (f *flattener) plainLine(i, end int, last printed, table bool) printed {
	line := f.body[i:end]
	indent, at := 0, 0
	for at < len(line) && (isBlank(line[at]) || line[at] < ' ') {
		indent++
		if line[at] == '\t' {
			indent += 7 - (indent-1)%8
		}
		at++
	}
	line = bytes.TrimRight(line[at:], " \t\r\f")
	if len(line) == 0 {
		f.breakLine(paragraph)
		return printed{ended: true}
	}
	now := printed{indent: indent, width: indent + len(line), columns: hasColumns(line)}
	now.ended = isRule(line)
	now.open = endsOpen(string(line))
	f.breakLine(0)
	f.join = !table && !f.html() && wraps(last, now, line)
	if table || now.columns {
		f.next |= tabular
	}
	f.cur.indent = int16(min(indent, 1<<14))
	f.columnsOf(i+at, i+at+len(line))
	f.breakLine(0)
	f.join = false
	return now
}

func (f *flattener) html() bool { return f.page.html }

// columnsOf takes the text of one line, in which wide gaps separate columns.
func (f *flattener) columnsOf(i, end int) {
	for i < end {
		j := i
		for j < end && !isBlank(f.body[j]) {
			j++
		}
		f.text(i, j)
		wide := 0
		for j < end && isBlank(f.body[j]) {
			wide += plainBlank
			if f.body[j] == '\t' {
				wide += wideGap
			}
			j++
		}
		f.gap += wide
		i = j
	}
}

// minWrapped is the least width at which a line may have been wrapped.
const minWrapped = 50

// wraps reports whether a line goes on with the paragraph of the last one.
func wraps(last, now printed, line []byte) bool {
	return !last.ended && !now.ended && !last.columns && !now.columns && last.width >= minWrapped &&
		now.indent <= last.indent+2 && (last.open || !beginsAnew(line))
}

// beginsAnew reports whether a line begins a list entry or a heading, whatever
// stands above it.
func beginsAnew(line []byte) bool {
	if hasPrefixFold(line, "item ") || hasPrefixFold(line, "items ") || hasPrefixFold(line, "exhibit ") {
		return true
	}
	if line[0] == '*' || len(line) > 1 && line[0] == '-' && line[1] == ' ' {
		return true
	}
	i := bytes.IndexByte(line, ')')
	return line[0] == '(' && i > 1 && i <= 4
}

func hasColumns(line []byte) bool {
	run := 0
	for _, c := range line {
		switch c {
		case ' ':
			run++
			if run == 3 {
				return true
			}
		case '\t':
			return true
		default:
			run = 0
		}
	}
	return false
}

// layoutMark cuts a layout mark off the line body[i:end]: what remains is
// body[i:to]. mark is "page", "table", "/table", "line" for the marks that fill
// a line of their own (<S>, <C>, <CAPTION>, <FN>, <F1>), "" for none.
func layoutMark(body []byte, i, end int) (to int, mark string) {
	line := bytes.TrimRight(body[i:end], " \t\r\f")
	if len(line) == 0 || line[len(line)-1] != '>' && bytes.IndexByte(line, '<') < 0 {
		return end, ""
	}
	if n := len(line) - len("<PAGE>"); n >= 0 && hasPrefixFold(line[n:], "<page>") {
		return i + n, "page"
	}
	rest := bytes.TrimLeft(line, " \t\r\f")
	if len(rest) == 0 || rest[0] != '<' {
		return end, ""
	}
	switch {
	case hasPrefixFold(rest, "<page>"):
		return i, "page"
	case hasPrefixFold(rest, "<table>"):
		return i, "table"
	case hasPrefixFold(rest, "</table>"):
		return i, "/table"
	case isMarks(rest):
		return i, "line"
	}
	return end, ""
}

// isMarks reports whether a line holds nothing but layout marks.
func isMarks(line []byte) bool {
	for len(line) > 0 {
		if line[0] != '<' {
			return false
		}
		i := bytes.IndexByte(line, '>')
		if i < 0 || i > 10 {
			return false
		}
		switch name := line[1:i]; {
		case equalFold(name, "s"), equalFold(name, "c"), equalFold(name, "fn"), equalFold(name, "/fn"), equalFold(name, "caption"), equalFold(name, "pre"), equalFold(name, "/pre"):
		case len(name) == 2 && lower(name[0]) == 'f' && isDigit(name[1]):
		default:
			return false
		}
		line = bytes.TrimLeft(line[i+1:], " \t\r\f")
	}
	return true
}
