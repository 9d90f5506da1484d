package parse

import "strings"

// choose drops the candidates that repeat what another one says better.
func choose(p *page, found []candidate) []candidate {
	return dropRepeats(p, dropEntries(p, found))
}

// dropEntries drops the entries of a table of contents: they lead to a page, or
// nothing stands between one and the next, and the same number comes again.
func dropEntries(p *page, found []candidate) []candidate {
	real := 0
	for i := range found {
		c := &found[i]
		c.entry = p.leadsToPage(c)
		if !c.entry && comesAgain(found[i+1:], c) {
			// the last entry of a list may have a note below it
			last := i > 0 && found[i-1].entry && c.block-found[i-1].block <= 3
			c.entry = last || !p.hasBody(c, &found[i+1])
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
	last := c.block // the caption may have wrapped
	if c.match.end > 0 {
		last = p.block(c.after + int32(c.match.end) - 1)
	}
	line := p.line(last)
	leader := strings.TrimRight(line, "0123456789")
	if n := len(line) - len(leader); n == 0 || n > 3 || c.match.score < enough {
		return false
	}
	leader = strings.TrimRight(leader, " ")
	return strings.HasSuffix(leader, "..") || strings.HasSuffix(leader, ". .") || strings.HasSuffix(leader, "\t")
}

func comesAgain(later []candidate, c *candidate) bool {
	for i := range later {
		if later[i].numbers[0] == c.numbers[0] && later[i].match.score >= enough {
			return true
		}
	}
	return false
}

// hasBody reports whether anything stands between the heading of a candidate and
// the next one.
func (p *page) hasBody(c, next *candidate) bool {
	if next.block <= c.block {
		return false
	}
	end := headingEnd(p, c, next.block)
	for i := max(c.block, p.block(end)); i < next.block; i++ {
		b := &p.blocks[i]
		if b.to > end && b.style&(furniture|ruled) == 0 && !isPageNumber(p.line(i)) && !isSectionLine(p, i) {
			return true
		}
	}
	return false
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
		if before >= 0 && c.continued(p) {
			p.blocks[c.block].style |= furniture
			continue
		}
		if before >= 0 && c.match.score < enough {
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

// continued reports whether a heading only says that its item goes on: "Item 8.01
// Other Events (continued)" at the top of a page.
func (c *candidate) continued(p *page) bool {
	for _, at := range []int32{c.after, c.after + int32(c.match.end)} {
		text := strings.TrimLeft(p.text[at:], "(.,-–— ")
		for _, word := range []string{"continued", "cont’d", "cont'd", "cont."} {
			if hasPrefixFoldString(text, word) {
				return true
			}
		}
	}
	return false
}
