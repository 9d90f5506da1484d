package parse

import "strings"

// maxCover bounds the blocks that are read as a cover; a long one has some 150.
const maxCover = 600

// A cover is a cover page on its way to becoming a Cover.
//
// Reading goes in three steps. Lines are cut into cells, and every cell is told
// to be a caption ("(Commission File Number)") or a value. Each caption then
// finds its value by where it stands: in the same cell, above it, below it. What
// is found is put into shape. Boxes and the table of securities have captions of
// their own kind and are read apart from the rest.
type cover struct {
	page  *page
	end   int // blocks[:end] are the cover
	lines []coverLine
	cells []coverCell
	text  string // page.text up to the cover's end, in lower case

	tableAddress string // of the first registrant of a table
	registered   []Registrant
}

// readCover reads the cover page: blocks[:cover] of the page and its dei: facts.
// It returns nil when the page has no cover.
func readCover(p *page, s *Submission) (*Cover, []Warning) {
	c := newCover(p)
	if c == nil {
		return nil, nil
	}
	c.registered = c.registrants(&s.Header)
	out := &Cover{
		DateOfReport: c.dateOfReport(),
		Registrants:  c.registered,
		Phone:        c.phone(),
		FormerName:   c.formerName(),
		Securities:   c.securities(),
	}
	out.Address = c.address()
	c.readBoxes(out)
	f := readCoverFacts(p)
	warnings := f.complete(out)
	if out.empty() {
		return nil, nil
	}
	return out, warnings
}

// newCover cuts the cover of a page into lines, nil when there is none.
func newCover(p *page) *cover {
	c := &cover{page: p, end: coverEnd(p)}
	if c.end == 0 {
		return nil
	}
	c.text = lowerASCII(p.text[:p.blocks[c.end-1].to])
	c.cut()
	c.freeNames()
	return c
}

// coverEnd returns where the cover ends: where the first item begins, or, when
// no item is known, at the first line that reads like one or like the signature.
func coverEnd(p *page) int {
	end := min(p.outline.cover, len(p.blocks), maxCover)
	known := p.outline.cover < len(p.blocks)
	for i := 5; i < end; i++ {
		line := p.line(i)
		if len(line) < 40 && p.blocks[i].style&furniture == 0 && isNote(line) || beginsContents(p, i, end) {
			return i
		}
		if !known && (beginsItem(line) && !isNamed(p, i) || hasPrefixFoldString(line, "signature") || hasPrefixFoldString(line, "pursuant to the requirements")) {
			return i
		}
	}
	return end
}

// beginsContents reports whether block i heads a table of contents: items, or
// the heads of its columns and then items, follow.
func beginsContents(p *page, i, end int) bool {
	switch foldText(p.line(i)) {
	case "table of contents", "contents", "index", "index to items":
	default:
		return false
	}
	for k := i + 1; k < min(i+5, end); k++ {
		if line := p.line(k); beginsItem(line) {
			return true
		} else if len(line) > 20 {
			return false
		}
	}
	return false
}

// isNamed reports whether the caption of the registrant's name follows block i.
func isNamed(p *page, i int) bool {
	for i++; i < len(p.blocks) && p.blocks[i].style&ruled != 0; i++ {
	}
	return i < len(p.blocks) && bracketedCaption(p.line(i))&fieldName != 0
}

// isNote reports whether a line is the heading of a note that stands between the
// cover and the first item.
func isNote(line string) bool {
	return hasPrefixFoldString(line, "explanatory note") || hasPrefixFoldString(line, "introductory note") || hasPrefixFoldString(line, "cautionary") ||
		hasPrefixFoldString(line, "forward-looking") || hasPrefixFoldString(line, "forward looking")
}

// beginsItem reports whether a line begins "Item 5".
func beginsItem(line string) bool {
	if !hasPrefixFoldString(line, "item") {
		return false
	}
	rest := strings.TrimLeft(line[4:], "sS \t")
	return rest != "" && isDigit(rest[0])
}

func lowerASCII(s string) string {
	b := make([]byte, len(s))
	for i := range len(s) {
		b[i] = lower(s[i])
	}
	return string(b)
}

// empty reports whether nothing was found that only a cover has.
func (c *Cover) empty() bool {
	return len(c.Registrants) == 0 && c.DateOfReport.IsZero() && c.Phone == "" && c.WrittenCommunications == nil &&
		c.SolicitingMaterial == nil && c.EmergingGrowthCompany == nil && len(c.Securities) == 0
}
