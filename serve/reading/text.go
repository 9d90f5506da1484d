package reading

import (
	"html/template"
	"strings"
	"unicode/utf8"
)

// MaxText bounds the bytes of an item's text that Text sets. The longest items that
// are not pasted contracts have some 200 KB.
const MaxText = 512 << 10

// Text sets an item's text, in which lines end in \n and table cells in \t. cut says
// that it was longer than MaxText: the end is missing, from a line on.
func Text(text string) (set template.HTML, cut bool) {
	if cut = len(text) > MaxText; cut {
		text = cutText(text, MaxText)
	}
	s := setter{lines: strings.Split(strings.Trim(text, "\n"), "\n")}
	for s.at < len(s.lines) {
		s.piece()
	}
	s.endList()
	return template.HTML(s.out.String()), cut
}

// cutText returns the beginning of text, at most n bytes of it, to the end of a line
// or else of a character.
func cutText(text string, n int) string {
	text = text[:n]
	if i := strings.LastIndexByte(text, '\n'); i >= n/2 {
		return text[:i]
	}
	for len(text) > n-utf8.UTFMax && !utf8.RuneStart(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text[:len(text)-1]
}

// A setter sets lines one piece after the other.
type setter struct {
	lines  []string
	at     int // the line that comes next
	out    strings.Builder
	inList bool
}

// piece sets what comes next: a table, a marked paragraph, a heading or a paragraph.
func (s *setter) piece() {
	if t, n := readTable(s.lines[s.at:]); n > 0 {
		s.endList()
		t.write(&s.out)
		s.at += n
		return
	}
	line := strings.TrimSpace(s.lines[s.at])
	s.at++
	if line == "" {
		return
	}
	mark, rest := cutMark(line)
	rest = s.joined(mark, rest)
	if mark == "" {
		line = rest
	}
	if isBullet(mark) {
		s.beginList()
		s.element("li", "", rest)
		return
	}
	s.endList()
	switch {
	case mark != "":
		s.out.WriteString(`<p class="clause"><span class="mark">` + escape(mark) + `</span> ` + escape(spaced(rest)) + "</p>\n")
	case s.isHeading(line):
		s.element("h4", "", line)
	default:
		s.element("p", "", line)
	}
}

// joined returns a line with those that only the end of a page or of a line in columns
// has cut off from it.
func (s *setter) joined(mark, line string) string {
	for s.at < len(s.lines) {
		next := s.lines[s.at]
		if next == "" || strings.Contains(next, "\t") || !goesOn(line, next, mark != "") {
			break
		}
		if m, _ := cutMark(next); m != "" {
			break
		}
		line += " " + strings.TrimSpace(next)
		s.at++
	}
	return line
}

func (s *setter) element(name, class, text string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	s.out.WriteString("<" + name + class + ">" + escape(spaced(text)) + "</" + name + ">\n")
}

func (s *setter) beginList() {
	if !s.inList {
		s.inList = true
		s.out.WriteString("<ul>\n")
	}
}

func (s *setter) endList() {
	if s.inList {
		s.inList = false
		s.out.WriteString("</ul>\n")
	}
}

// isHeading reports whether a line looks like the heading of the lines that follow: a
// few words, each of weight begun with a capital, over a paragraph.
func (s *setter) isHeading(line string) bool {
	if len(line) > maxHeading || strings.ContainsAny(line[len(line)-1:], ".,;:)”\"") || s.at >= len(s.lines) {
		return false
	}
	next := s.lines[s.at]
	return len(next) > 2*len(line) && len(next) > minUnderHeading && !strings.Contains(next[:minUnderHeading], "\t") && isTitle(line)
}

// A heading is at most maxHeading bytes long, and stands over no less than
// minUnderHeading.
const (
	maxHeading      = 90
	minUnderHeading = 100
)

// escape makes text harmless between tags. Characters that html has no place for go.
func escape(text string) string {
	return template.HTMLEscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || isDirection(r) {
			return -1
		}
		return r
	}, text))
}

// isDirection reports whether r turns around the direction of what follows it, by
// which a name could read as another.
func isDirection(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

// spaced writes blanks for the tabs that are left in running text.
func spaced(text string) string { return strings.ReplaceAll(text, "\t", " ") }
