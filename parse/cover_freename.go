package parse

import "strings"

// freeNames makes values of the lines that read like the form or like captions
// and are names: United States Gadget Corporation, Commission Gadgets, Item 9
// Gadgets. What stands directly above "(Exact name of registrant …" is the name,
// whatever its words, unless all of them are the form's.
func (c *cover) freeNames() {
	for i := range c.lines {
		if !c.isNameCaption(i) {
			continue
		}
		l := i - 1
		for l > 0 && len(c.line(l)) == 0 {
			l--
		}
		if l >= 0 && (c.lines[l].form || c.captionsOf(l) != 0) {
			c.freeName(l)
		}
		if l > 0 && c.lines[l-1].form && c.lines[l-1].begins && !c.lines[l].begins && isState(c.line(l - 1)[0].text) {
			c.lines[l-1].form = false // UNITED STATES / OIL GADGETS
		}
	}
}

// isNameCaption reports whether line i begins with the name's caption as it
// stands under its value: in brackets, or alone and without a colon.
func (c *cover) isNameCaption(i int) bool {
	cells := c.line(i)
	if len(cells) == 0 || cells[0].glued || cells[0].caption&fieldName == 0 {
		return false
	}
	return cells[0].paren || len(cells) == 1 && !strings.HasSuffix(cells[0].text, ":")
}

// freeName makes line l one value if it can be a name.
func (c *cover) freeName(l int) {
	cells := c.line(l)
	p := c.page
	i := p.block(cells[0].at)
	if i >= c.end || p.block(cells[len(cells)-1].at) != i {
		return
	}
	text := strings.Trim(p.line(i), " _")
	if !isStrangeName(text) {
		return
	}
	c.lines[l].form = false
	c.lines[l].to = c.lines[l].from + 1
	cells[0] = coverCell{text: text, at: cells[0].at, col: cells[0].col}
}

// isStrangeName reports whether a text that begins like the form or has words of
// captions can be a company's name: a short line with a word that neither has.
func isStrangeName(s string) bool {
	if s == "" || len(s) > 100 || strings.ContainsAny(s, "\t:") || nameShape(s, false) == "" || !findDate(s).IsZero() || findPhone(s, true) != "" || findFileNumber(s) != "" || s[0] == '(' || strings.HasSuffix(s, ")") {
		return false
	}
	for word := range strings.SplitSeq(foldText(s), " ") {
		if captionWords[word] == otherWord && !formWords[word] && digitsIn(word) == 0 && len(word) > 1 {
			return true
		}
	}
	return false
}

// formWords are the words of the form's title and rules.
var formWords = map[string]bool{
	"united": true, "securities": true, "exchange": true, "washington": true, "dc": true, "form": true, "current": true, "pursuant": true, "to": true, "section": true, "sections": true, "under": true,
	"act": true, "amendment": true, "amended": true, "table": true, "contents": true, "registered": true, "none": true, "and": true, "america": true, "not": true, "by": true, "see": true, "item": true,
}
