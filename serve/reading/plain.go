package reading

import (
	"html/template"
	"strings"

	"example.com/edgard/parse"
)

// Plain sets a document that is no html as it was typed, in a pre element. The layout
// marks of the 1990s are read: <PAGE> draws a rule, and lines of <TABLE>, <S>, <C> and
// their like go. cut says that the document was longer than MaxDocument: the end is
// missing.
func Plain(body []byte) (set template.HTML, cut bool) {
	body, cut = cutBody(body, '\n')
	var b strings.Builder
	b.Grow(len(body) + len(body)/16)
	b.WriteString("<pre class=\"typed\">")
	fresh := true // nothing stands on the page yet
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(parse.Decode(body))
	for line := range strings.Lines(strings.Trim(text, "\n") + "\n") {
		before, page := cutPage(line)
		switch {
		case fresh && strings.TrimSpace(before) == "" && (page || strings.TrimSpace(line) == ""):
		case page:
			fresh = true
			b.WriteString(escape(strings.TrimRight(before, " \t\n")) + "</pre>\n<hr>\n<pre class=\"typed\">")
		case !isLayout(line):
			fresh = false
			b.WriteString(escape(line))
		}
	}
	b.WriteString("</pre>\n")
	return template.HTML(b.String()), cut
}

// cutPage cuts the mark off a line that ends a page; page numbers may stand before it.
func cutPage(line string) (before string, ok bool) {
	t := strings.TrimSpace(line)
	if n := len(t) - len("<PAGE>"); n >= 0 && strings.EqualFold(t[n:], "<PAGE>") {
		return t[:n], true
	}
	if len(t) > len("<PAGE>") && strings.EqualFold(t[:len("<PAGE>")], "<PAGE>") && len(strings.TrimSpace(t[len("<PAGE>"):])) <= 4 {
		return "", true
	}
	return "", false
}

// isLayout reports whether a line holds nothing but layout marks.
func isLayout(line string) bool {
	t := strings.TrimSpace(line)
	if t == "" || t[0] != '<' {
		return false
	}
	for t != "" {
		mark, rest, ok := strings.Cut(t, ">")
		if !ok || !isMarkName(strings.ToUpper(mark)) {
			return false
		}
		t = strings.TrimSpace(rest)
	}
	return true
}

func isMarkName(mark string) bool {
	switch mark {
	case "<TABLE", "</TABLE", "<S", "<C", "<CAPTION", "</CAPTION", "<FN", "</FN", "<PRE", "</PRE", "<F1", "<F2", "<F3":
		return true
	}
	return false
}
