package parse

import "strings"

// enough is the share of an official caption's words that proves a heading.
const enough = 0.5

// judge keeps the candidates that read like headings, in document order.
func judge(p *page, found []candidate, known headerSet) []candidate {
	found = oneSystem(found, known)
	kept := found[:0]
	for _, c := range found {
		if p.isHeading(&c, known) {
			kept = append(kept, c)
		}
	}
	return kept
}

// oneSystem keeps the candidates of the numbering system that the report uses.
// The shape of captioned numbers decides, for filers print what they like
// whatever the date; then the header; then the shape of most numbers. In the
// years after the change some reports print both, with their full captions.
func oneSystem(found []candidate, known headerSet) []candidate {
	var score, count [2]float64
	for i := range found {
		c := &found[i]
		if c.match.score >= enough {
			score[ordinal(c.dotted)] += c.match.score
		}
		count[ordinal(c.dotted)]++
	}
	dotted := score[1] > score[0]
	if score[0] == score[1] {
		dotted = known.dotted
		if !known.sure {
			dotted = count[1] >= count[0]
		}
	}
	kept := found[:0]
	for _, c := range found {
		if c.dotted == dotted || known.mixed && !c.bare && c.match.score >= 0.9 {
			kept = append(kept, c)
		}
	}
	return kept
}

func ordinal(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isHeading reports whether a candidate is a heading and not a reference to an
// item that happens to begin a line.
func (p *page) isHeading(c *candidate, known headerSet) bool {
	b := &p.blocks[c.block]
	listed := known.empty() || known.hasAny(c.numbers)
	if p.goesOn(c.block) || c.bare && !listed || c.loose && c.match.score < 0.6 {
		return false
	}
	rest := p.text[c.after:min(len(p.text), int(c.after)+40)]
	if c.match.score >= enough {
		return !hasPrefixFoldString(rest, "of this") && !hasPrefixFoldString(rest, "of the current")
	}
	if saysNothing(rest) {
		return true // "Items 1 through 4 are not applicable."
	}
	if beginsLower(rest) || refers(rest) || int(c.end) < len(p.text) && p.text[c.end] == ',' {
		return false
	}
	c.other = c.match.score < 0.3 && namesAnother(p.text[c.after:min(len(p.text), int(c.after)+maxCaption)], c.dotted)
	// No caption, or one of the filer's own: it must look like a heading.
	stressed := b.lead > c.from || isCapitals(p.text[c.from:b.to])
	short := b.to-b.from <= 160
	switch {
	case c.bare, b.style&paragraph == 0 && !stressed:
		return false
	case c.match.score > 0 || c.other:
		return short || stressed || c.match.words >= 2
	case listed:
		_, runs := p.sentenceAt(int32(c.end))
		return stressed || runs || p.text[c.end:min(len(p.text), c.end+1)] != " " || short
	}
	return stressed && short && !c.letters
}

// goesOn reports whether block i goes on with the sentence that the line above
// it began: "… is furnished pursuant to / Item 12 and shall not …".
func (p *page) goesOn(i int) bool {
	b := &p.blocks[i]
	if i == 0 || b.style&paragraph != 0 {
		return false
	}
	return endsOpen(p.line(i - 1))
}

// endsOpen reports whether a line ends in a word that asks for more.
func endsOpen(line string) bool {
	line = strings.TrimRight(line, " \t")
	at := strings.LastIndexAny(line, " \t(“\"") + 1
	switch line[at:] {
	case "under", "in", "to", "see", "of", "and", "with", "this", "that", "pursuant", "by", "or", "the", "both", "each", "into", "from", "for", "including", "such", "as":
		return true
	}
	return false
}

// saysNothing reports whether text disposes of items: not applicable, none.
func saysNothing(text string) bool {
	for _, s := range []string{"not applicable", "inapplicable", "none", "n/a", "are not applicable", "is not applicable", "are inapplicable", "are not included", "omitted", "are omitted", "not included"} {
		if hasPrefixFoldString(text, s) {
			return true
		}
	}
	return false
}

// refers reports whether what follows a number makes it a reference, in capitals
// as well: "ITEM 5.02 OF THIS REPORT".
func refers(text string) bool {
	from, to := nextWord(text, 0)
	var buf [12]byte
	switch string(lowerWord(buf[:0], text[from:to])) {
	case "of", "above", "below", "hereof", "herein", "in", "is", "are", "was", "were", "and", "or", "shall", "as", "under", "which", "has", "have", "for", "with", "by", "from":
		return true
	}
	return false
}

func beginsLower(text string) bool { return text != "" && text[0] >= 'a' && text[0] <= 'z' }

// isCapitals reports whether a line has letters and all of them are capitals.
func isCapitals(line string) bool {
	letters := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c >= 'a' && c <= 'z':
			return false
		case c >= 'A' && c <= 'Z':
			letters++
		}
	}
	return letters > 0
}
