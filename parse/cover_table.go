package parse

import "strings"

// registrantTable reads the table that utilities print for several registrants:
// file number, a cell with name, state, address and telephone, and EIN in
// columns, their captions above. It returns nil when there is none.
func (c *cover) registrantTable() (out []Registrant) {
	head := c.tableHead()
	if head < 0 {
		return nil
	}
	var r *registrantRow
	var lines []string // of the first registrant's address
	for l := head + 1; l < len(c.lines); l++ {
		cells := c.line(l)
		if c.lines[l].form || c.captionsOf(l)&(fieldDate|fieldFormer) != 0 {
			break
		}
		if len(cells) == 0 || c.values(l) == 0 {
			continue
		}
		if n := findFileNumber(cells[0].text); n != "" && len(n)+8 > len(cells[0].text) && !cells[0].isCaption() {
			out = append(out, Registrant{FileNumber: n})
			r = &registrantRow{Registrant: &out[len(out)-1]}
			cells = cells[1:]
		}
		if r == nil {
			continue
		}
		for k := range cells {
			if !cells[k].isCaption() && r.take(cells[k].text) && len(out) == 1 {
				lines = append(lines, cells[k].text)
			}
		}
	}
	for i := range out {
		out[i].Name = strings.Trim(out[i].Name, " ,;")
	}
	c.tableAddress = address(lines)
	return out
}

// tableHead returns the line on which the captions of such a table are complete,
// -1 for none: one caption names name and something else, another the file
// number, and below comes a line that begins with a file number.
func (c *cover) tableHead() int {
	for i := range c.lines {
		var combined, file bool
		for l := i; l < min(i+3, len(c.lines)); l++ {
			for _, k := range c.line(l) {
				combined = combined || k.caption&fieldName != 0 && k.caption&(fieldState|fieldAddress|fieldPhone) != 0
				file = file || k.caption&fieldFile != 0
			}
		}
		if !combined || !file {
			continue
		}
		for l := i; l < min(i+2*reach, len(c.lines)); l++ {
			if cells := c.line(l); len(cells) > 1 && !cells[0].isCaption() && findFileNumber(cells[0].text) != "" {
				return l - 1
			}
		}
	}
	return -1
}

// A registrantRow is a registrant whose cell is being read from top to bottom:
// name, state, address, telephone number.
type registrantRow struct {
	*Registrant
	named bool // the name is complete
}

// take takes the next line and reports whether it is one of the address.
func (r *registrantRow) take(s string) bool {
	phone := findPhone(s, false) != ""
	if n := findEIN(s); n != "" && r.EIN == "" && len(s) < len(n)+6 {
		r.EIN = n
		return false
	}
	r.named = r.named || r.Name != "" && (startsAddress(s) || phone)
	switch {
	case r.Name != "" && r.State == "" && isHome(s):
		r.named, r.State = true, stateOf(s)
		return false
	case r.named:
		return !phone
	}
	if name, state, ok := splitHome(s); ok {
		r.named, r.State, s = true, state, name
	}
	r.Name = strings.TrimSpace(r.Name + " " + s)
	return false
}

// isHome reports whether a line is a state or "(a Delaware corporation)".
func isHome(s string) bool {
	t := strings.Trim(s, " ()")
	if isState(t) {
		return true
	}
	return (hasPrefixFoldString(t, "a ") || hasPrefixFoldString(t, "an ")) && isState(stateOf(s))
}

// splitHome cuts "Georgia Power Company (a Georgia corporation)" in two.
func splitHome(s string) (name, state string, ok bool) {
	for _, mark := range [...]string{"(a", ", a", "(A", ", A"} {
		if i := strings.LastIndex(s, mark); i > 3 && isHome(strings.TrimLeft(s[i:], ", ")) {
			return strings.TrimRight(s[:i], " ,"), stateOf(strings.TrimLeft(s[i:], ", ")), true
		}
	}
	return "", "", false
}

// startsAddress reports whether a line can only be a postal address.
func startsAddress(s string) bool {
	if isDigit(s[0]) && len(s) > 3 && strings.IndexByte(s, ' ') > 0 {
		return true
	}
	return hasPrefixFoldString(s, "p.o.") || hasPrefixFoldString(s, "po box") || hasPrefixFoldString(s, "one ") || hasPrefixFoldString(s, "c/o ")
}
