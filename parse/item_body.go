package parse

import "strings"

// cut sets the heading and the body of every section, given the headings and
// the block where the last body must end at the latest.
func cut(p *page, found []candidate, end int) []section {
	sections := make([]section, len(found))
	for i := range found {
		stop := end
		if i+1 < len(found) {
			stop = found[i+1].block
		}
		sections[i] = cutOne(p, &found[i], stop)
	}
	return sections
}

func cutOne(p *page, c *candidate, stop int) section {
	s := section{numbers: c.numbers, from: c.from, head: c.block}
	s.mid = headingEnd(p, c, stop)
	s.to = s.mid
	s.end = bodyEnd(p, c.block, stop)
	for first := p.block(s.mid); s.end > max(first, c.block)+1 && p.atEdge(s.end-1); {
		s.end = bodyEnd(p, c.block, s.end-1)
	}
	s.body = min(p.block(s.mid), s.end)
	if s.body < s.end {
		s.body = skipRules(p, &s, s.body)
		s.to = max(s.mid, p.blocks[s.end-1].to)
	}
	return s
}

// skipRules skips underlines and furniture between a heading and its body.
func skipRules(p *page, s *section, i int) int {
	for i < s.end && p.blocks[i].from >= s.mid && p.blocks[i].style&(ruled|furniture) != 0 {
		i++
	}
	return i
}

// bodyEnd returns where a body ends whose next heading is at block stop: section
// lines, rules and furniture before that belong to nobody.
func bodyEnd(p *page, head, stop int) int {
	for stop > head+1 && (p.blocks[stop-1].style&(furniture|ruled) != 0 || isSectionLine(p, stop-1)) {
		stop--
	}
	return stop
}

// captionMarks are what may stand between a caption and the text after it.
const captionMarks = " .:;-–—*_)]\t"

// headingEnd returns where the heading of a candidate ends in the text: after
// the caption as printed, which may go over several cells and lines.
func headingEnd(p *page, c *candidate, stop int) int32 {
	limit := p.blocks[stop-1].to
	if c.match.end == 0 || c.match.score < enough && c.match.words < 2 {
		return min(limit, plainEnd(p, c, stop))
	}
	caption := c.after + int32(c.match.end)
	k := &p.blocks[min(p.block(caption-1), stop-1)]
	rest := p.text[min(caption, k.to):k.to]
	text := strings.TrimLeft(rest, captionMarks)
	switch {
	case text == "":
		return min(limit, k.to)
	case isAbout(rest), saysNothing(strings.TrimPrefix(text, "(")):
	case k.lead > caption:
		return min(limit, k.lead)
	case k.lead == caption && k.lead > c.after, isRunOn(p, caption, text):
	case len(rest) < 80 && k.to-k.from < 200 && !strings.ContainsAny(rest[:1], ".:"):
		return min(limit, k.to) // "… of Security Holders at the Annual Meeting"
	}
	return min(limit, k.to-int32(len(text)))
}

// isRunOn reports whether the rest of a caption's line is a sentence. Behind a
// dash it may be a subject instead: "Other Events – Merger that was announced".
func isRunOn(p *page, caption int32, rest string) bool {
	begin, ok := p.sentenceAt(caption)
	dashed := strings.Trim(p.text[caption:begin], " \t.,") != ""
	return ok && (!dashed || opensSentence(rest))
}

// isAbout reports whether what follows a caption on its line is a sentence of
// the body and not more caption.
func isAbout(rest string) bool {
	s := strings.TrimLeft(rest, " ")
	if len(s) > 3 && s[0] == '(' && s[2] == ')' {
		return true // "(d) Exhibits"
	}
	for _, mark := range []string{". ", ".\t", ": "} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	// "Other Events – Merger with Quay Corp." is a caption, a sentence is not
	for _, mark := range []string{"– ", "— ", "-- "} {
		if strings.HasPrefix(s, mark) {
			return len(s) >= 80
		}
	}
	return false
}

// plainEnd ends a heading without the official caption: with its emphasis, or
// with its line, or with the number when a sentence follows.
func plainEnd(p *page, c *candidate, stop int) int32 {
	i := min(p.block(int32(c.end)-1), stop-1)
	k := &p.blocks[i]
	rest := strings.Trim(p.text[min(int32(c.end), k.to):k.to], captionMarks)
	if rest == "" {
		return ownCaption(p, k.to, i+1, stop)
	}
	if begin, ok := p.sentenceAt(int32(c.end)); ok && k.lead <= c.after {
		return begin
	}
	switch {
	case saysNothing(rest):
		return c.after
	case k.lead > c.from && k.lead <= c.after: // the number alone is stressed
		return c.after
	case k.lead > c.after && k.lead-k.from < 400:
		return k.lead
	case int(k.to) < len(p.text) && p.text[k.to] == ' ': // a paragraph that wraps is no caption
		return c.after
	case k.to-k.from <= 160 && !strings.HasSuffix(p.text[k.from:k.to], ","):
		return k.to
	}
	return c.after
}

// ownCaption ends a heading whose number stands alone: with the next cell or
// line when that looks like a caption of the filer's own.
func ownCaption(p *page, end int32, i, stop int) int32 {
	if i >= stop {
		return end
	}
	k := &p.blocks[i]
	line := p.line(i)
	if len(line) > 160 || saysNothing(line) {
		return end
	}
	beside := k.row != 0 && k.row == p.blocks[i-1].row
	above := i+1 < stop && (k.lead == k.to && p.blocks[i+1].lead < p.blocks[i+1].to || isCapitals(line))
	if beside || above {
		return k.to
	}
	return end
}
