package parse

import (
	"slices"
	"strings"
)

// names returns the names of the registrants: above their caption, or, where
// the caption is absent, above the line of numbers that begins at first. many is
// how many registrants the numbers tell of.
func (c *cover) names(h *Header, many, first int) (found []place) {
	for i := range c.lines {
		for k := range c.line(i) {
			cell := &c.line(i)[k]
			if cell.caption&fieldName == 0 || i > 0 && c.captionsOf(i-1)&fieldName != 0 {
				continue // the second line of one caption
			}
			for _, v := range c.namesAt(i, k, many) {
				if !standsIn(found, v) {
					v.party = c.party(i, k)
					found = append(found, v)
				}
			}
		}
	}
	if len(found) == 0 {
		for first > 0 && c.values(first-1) == 0 && c.captionsOf(first-1)&numberFields != 0 {
			first-- // captions above their values
		}
		found = c.namesAbove(first, -1, many)
	}
	if len(found) == 0 {
		found = c.namesOfHeader(h)
	}
	return found
}

// namesAt returns the names that belong to the caption in cell k of line i.
func (c *cover) namesAt(i, k, many int) []place {
	if v, ok := c.beside(i, k, nameShape); ok {
		return []place{v}
	}
	if found := c.namesAbove(i, k, many); len(found) > 0 {
		return found
	}
	if c.line(i)[k].paren {
		return nil // which always stands under its name
	}
	found := slices.DeleteFunc(c.below(i, k, nameShape, false), func(v place) bool { return v.text == "" || isState(v.text) })
	return found[:min(len(found), max(many, 1))]
}

// namesAbove reads names upward from line i. Lines of one paragraph are one
// name, unless the numbers tell of as many registrants as there are lines.
func (c *cover) namesAbove(i, k, many int) []place {
	var names []place
	var ends []bool // names[j] begins a paragraph
	for l := i - 1; l >= 0; l-- {
		if len(c.line(l)) == 0 {
			if len(names) > 0 {
				ends[0] = true
			}
			continue
		}
		if l = c.skipAside(l); len(c.line(l)) == 0 {
			continue
		}
		v, ok := c.nameOn(l, i, k)
		if !ok || len(names) > 0 && many <= 1 && ends[0] && !goesOn(v.text, names[0].text) && !areCompanies(v.text, names[0].text) || len(names) > 2*many+3 {
			break
		}
		if equalFoldString(v.text, "and") { // between two registrants
			ends[0] = true
			continue
		}
		names = append([]place{v}, names...)
		ends = append([]bool{c.lines[l].begins}, ends...)
	}
	if many <= 1 || len(names) != many {
		names = paragraphs(names, ends)
	}
	for i := range names {
		names[i].text = strings.TrimRight(names[i].text, " ,")
	}
	return names
}

// maxAside is how many lines a remark below a name may have; trusts describe the
// agreements that they were formed under.
const maxAside = 8

// skipAside returns the line above a remark in brackets that ends on line l, l
// itself when there is none: "(formerly known as …)", "(as depositor under the
// agreement of …)".
func (c *cover) skipAside(l int) int {
	if cells := c.line(l); c.captionsOf(l) != 0 || !strings.HasSuffix(cells[len(cells)-1].text, ")") {
		return l
	}
	for i := l; i > 0 && i > l-maxAside; i-- {
		if cells := c.line(i); len(cells) > 0 && strings.HasPrefix(cells[0].text, "(") && c.captionsOf(i) == 0 {
			return i - 1
		}
	}
	return l
}

// goesOn reports whether a name goes on in the next paragraph: INTERNATIONAL
// WIDGETS / CORPORATION.
func goesOn(s, next string) bool {
	switch squash(next) {
	case "corporation", "corp", "company", "co", "inc", "incorporated", "limited", "ltd", "lp", "llc", "plc", "nv", "sa", "limitedpartnership", "trust", "andsubsidiaries":
		return true
	}
	return strings.HasSuffix(s, "&") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, " of") || strings.HasSuffix(s, " OF") || strings.HasSuffix(s, " and") || strings.HasSuffix(s, " AND")
}

// areCompanies reports whether both lines end as whole names of companies do.
func areCompanies(names ...string) bool {
	for _, s := range names {
		s = foldText(s)
		switch s[strings.LastIndexByte(s, ' ')+1:] {
		case "inc", "incorporated", "llc", "corp", "corporation", "lp", "ltd", "limited", "plc":
		case "c", "p": // L.L.C. and L.P.
			if !strings.HasSuffix(s, " l c") && !strings.HasSuffix(s, " l p") {
				return false
			}
		default:
			return false
		}
		if !strings.Contains(s, " ") {
			return false
		}
	}
	return true
}

// paragraphs joins the lines of each paragraph.
func paragraphs(lines []place, begins []bool) (out []place) {
	for i, v := range lines {
		if i == 0 || begins[i] && !goesOn(lines[i-1].text, v.text) {
			out = append(out, v)
		} else {
			out[len(out)-1].text += " " + v.text
		}
	}
	return out
}

// nameOn returns the name that line l has above the caption in cell k of line i.
func (c *cover) nameOn(l, i, k int) (place, bool) {
	if c.lines[l].form || c.values(l) == 0 || c.captionsOf(l) != 0 {
		return place{}, false
	}
	if k >= 0 && c.values(l) > 1 {
		v, ok := c.pick(l, i, k, nameShape, false)
		return v, ok && v.text != ""
	}
	v := nameShape(c.line(l)[0].text, false)
	return place{line: l, text: v, cell: 0}, v != ""
}

// nameShape takes what can be a registrant's name: no date, no number.
func nameShape(s string, _ bool) string {
	s = strings.TrimRight(strings.Trim(s, " ;:*"), " ")
	if s == "" || s == "," || isNothing(s) || digitsIn(s)*2 > len(s) || !hasLetters(s) {
		return ""
	}
	if _, n := printedDate(s); n > 0 {
		return ""
	}
	if findEIN(s) != "" || isFileNumber(s) || s[0] == '(' && s[len(s)-1] == ')' {
		return ""
	}
	return s
}

func hasLetters(s string) bool {
	for i := range len(s) {
		if isLetter(s[i]) {
			return true
		}
	}
	return false
}

// namesOfHeader returns those of the header's filers that the cover prints, as
// it prints them. It is the last resort: covers without captions and numbers.
func (c *cover) namesOfHeader(h *Header) (found []place) {
	for i := range h.Filers {
		want := squash(h.Filers[i].Name)
		if len(want) < 4 {
			continue
		}
		for l := range c.lines {
			if cells := c.line(l); len(cells) > 0 && sameName(squash(cells[0].text), want) {
				found = append(found, place{line: l, text: cells[0].text, cell: 0})
				break
			}
		}
	}
	return found
}

// sameName reports whether a printed name is the header's, which EDGAR cuts and
// abbreviates at the end.
func sameName(printed, conformed string) bool {
	n := min(len(printed), len(conformed))
	return n >= 4 && n*4 >= len(conformed)*3 && printed[:n] == conformed[:n] && len(printed) <= len(conformed)+16
}

// squash returns the letters and digits of s in lower case.
func squash(s string) string { return strings.ReplaceAll(foldText(s), " ", "") }
