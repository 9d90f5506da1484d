package parse

import "strings"

// onCover reports whether the line of block i stands on the cover, too.
func (p *page) onCover(i int) bool {
	line := foldWords(p.line(i))
	if line == "" || saysNothing(line) {
		return false
	}
	for j := range min(i, coverReach) {
		k := p.line(j)
		if len(k) < 2*len(line)+20 && lower(k[0]) == line[0] && foldWords(k) == line {
			return true
		}
	}
	return false
}

// markHeads marks the heads of pages, when they first come: the name of the form,
// which the report's title printed before, with what else of the cover stands
// beside it.
func markHeads(p *page) {
	titled := -1
	for i := range p.blocks {
		if !isFormLine(p.line(i)) {
			continue
		}
		top := i
		for top > 0 && top > i-headerLines && p.blocks[top].style&pageBreak == 0 {
			top--
		}
		if titled < 0 {
			titled = i
		}
		if top-titled < coverLines || p.blocks[top].style&pageBreak == 0 || p.blocks[i].row != 0 {
			continue
		}
		for j := top; j < min(len(p.blocks), top+headerLines); j++ {
			if j == i || j < i+2 && p.mayRun(j) && p.onCover(j) {
				p.blocks[j].style |= furniture
			}
		}
	}
}

// coverLines is the least that stands between the title of a report and the
// next page.
const coverLines = 12

// coverReach is how many lines at most the name of a registrant stands from the
// top of a report.
const coverReach = 60

// isFormLine knows the running foot "8-K", "FORM 8-K", "Form 8-K/A".
func isFormLine(line string) bool {
	if len(line) > 12 {
		return false
	}
	s := strings.ToLower(strings.TrimSpace(line))
	s = strings.ReplaceAll(trimFold(s, "form"), " ", "")
	return s == "8-k" || s == "8-k/a"
}
