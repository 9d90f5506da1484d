package parse

import "strings"

// enough is the share of an official caption's words that proves a heading.
const enough = 0.5

// judge keeps the candidates that are headings, in document order.
func judge(p *page, found []candidate, known headerSet) []candidate {
	found = oneSystem(found, known)
	kept := found[:0]
	for _, c := range found {
		if p.isHeading(&c, known) {
			kept = append(kept, c)
		}
	}
	kept = dropEntries(p, kept)
	return dropRepeats(p, kept)
}

// oneSystem keeps the candidates of the numbering system that the report uses.
// The shape of captioned numbers decides, for filers print what they like
// whatever the date; then the header; then the shape of most numbers.
func oneSystem(found []candidate, known headerSet) []candidate {
	var score, count [2]float64
	for i := range found {
		c := &found[i]
		if c.match.score >= enough {
			score[index(c.dotted)] += c.match.score
		}
		count[index(c.dotted)]++
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
		if c.dotted == dotted {
			kept = append(kept, c)
		}
	}
	return kept
}

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isHeading reports whether a candidate is a heading and not a reference to an
// item that happens to begin a line.
func (p *page) isHeading(c *candidate, known headerSet) bool {
	b := &p.blocks[c.block]
	if p.goesOn(c.block) {
		return false
	}
	rest := p.text[c.after:min(len(p.text), int(c.after)+40)]
	if c.match.score >= enough {
		return !hasPrefixFoldString(rest, "of this") && !hasPrefixFoldString(rest, "of the current")
	}
	if saysNothing(rest) {
		return true // "Items 1 through 4 are not applicable."
	}
	if beginsLower(rest) || int(c.end) < len(p.text) && p.text[c.end] == ',' {
		return false
	}
	// No caption, or one of the filer's own: it must look like a heading.
	stressed := b.lead > c.from || isCapitals(p.text[c.from:b.to])
	listed := known.empty() || known.hasAny(c.numbers)
	short := b.to-b.from <= 160
	switch {
	case c.bare, b.style&paragraph == 0 && !stressed:
		return false
	case c.match.score > 0 || c.other:
		return short || stressed
	case listed:
		return stressed || p.text[c.end:min(len(p.text), c.end+1)] != " " || short
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
	above := strings.TrimRight(p.line(i-1), " \t")
	at := strings.LastIndexAny(above, " \t(“\"") + 1
	switch strings.ToLower(above[at:]) {
	case "under", "in", "to", "see", "of", "and", "with", "this", "that", "pursuant", "by", "or", "the", "both", "each", "into", "from", "for", "including", "such", "as":
		return !isCapitals(above)
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

// dropEntries drops the entries of a table of contents: they lead to a page, or
// nothing stands between one and the next, and the same number comes again.
func dropEntries(p *page, found []candidate) []candidate {
	real := 0
	for i := range found {
		c := &found[i]
		c.entry = p.leadsToPage(c)
		if !c.entry && comesAgain(found[i+1:], c) {
			next := found[i+1].block
			c.entry = !p.hasBody(c.block, next)
		}
		if !c.entry {
			real++
		}
	}
	if real == 0 {
		return found
	}
	kept := found[:0]
	for _, c := range found {
		if !c.entry {
			kept = append(kept, c)
		}
	}
	return kept
}

// leadsToPage reports whether a page number stands at the end of the
// candidate's row or line.
func (p *page) leadsToPage(c *candidate) bool {
	from, to := p.row(c.block)
	if to-from > 1 && to-1 > c.block && isPageNumber(p.line(to-1)) {
		return true
	}
	line := p.line(c.block)
	at := len(line)
	for at > 0 && isDigit(line[at-1]) {
		at--
	}
	leader := strings.TrimRight(line[:at], " ")
	return at < len(line) && len(line)-at <= 3 && c.match.score >= enough &&
		(strings.HasSuffix(leader, "..") || strings.HasSuffix(leader, ". .") || strings.HasSuffix(leader, "\t"))
}

func comesAgain(later []candidate, c *candidate) bool {
	for i := range later {
		if later[i].numbers[0] == c.numbers[0] && later[i].match.score >= enough {
			return true
		}
	}
	return false
}

// hasBody reports whether more than a heading stands in blocks[from:to].
func (p *page) hasBody(from, to int) bool {
	size := int32(0)
	for i := from; i < to; i++ {
		if b := &p.blocks[i]; b.style&(furniture|ruled) == 0 && !isPageNumber(p.line(i)) && !isSectionLine(p, i) {
			size += b.to - b.from
		}
	}
	return size > maxCaption
}

// dropRepeats drops headings that a page repeats or that only name a paragraph
// of the item they stand in.
func dropRepeats(p *page, found []candidate) []candidate {
	kept := found[:0]
	for _, c := range found {
		before := -1
		for i := range kept {
			if kept[i].numbers[0] == c.numbers[0] && len(c.numbers) == 1 {
				before = i
			}
		}
		if before >= 0 && (continued(p.text[c.after:]) || c.match.score < enough) {
			continue
		}
		// "Item 9.01(d) Exhibits" inside Item 9.01
		if before >= 0 && before == len(kept)-1 && c.letters && !kept[before].letters {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

func continued(text string) bool {
	text = strings.TrimLeft(text, "( ")
	return hasPrefixFoldString(text, "continued") || hasPrefixFoldString(text, "cont’d") || hasPrefixFoldString(text, "cont'd") || hasPrefixFoldString(text, "cont.")
}
