package parse

import "strings"

// phone returns the telephone number: beside its caption, above it, below it, or,
// where there is no caption, the first number after the registrant's.
func (c *cover) phone() string {
	for i := range c.lines {
		if c.captionsOf(i)&fieldPhone == 0 || c.captionsOf(i)&fieldFormer != 0 {
			continue
		}
		for _, l := range [...]int{i, i - 1, i + 1, i + 2, i - 2} {
			if l < 0 || l >= len(c.lines) || c.lines[l].form || l != i && c.captionsOf(l)&(fieldDate|fieldName|fieldEIN|fieldCIK) != 0 {
				continue
			}
			if n := findPhone(beforeFax(c.lineText(l)), true); n != "" && !isEIN(n) && !c.isTaken(n) {
				return strings.TrimSpace(strings.ReplaceAll(n, "\t", " "))
			}
		}
	}
	for i := range c.lines {
		if !c.lines[i].form && c.captionsOf(i)&fieldCIK == 0 {
			if n := findPhone(beforeFax(c.lineText(i)), false); n != "" && !c.isTaken(n) {
				return strings.ReplaceAll(n, "\t", " ")
			}
		}
	}
	return ""
}

// isTaken reports whether a number is a registrant's file number or EIN.
func (c *cover) isTaken(n string) bool {
	d := digitsOf(n)
	for _, r := range c.registered {
		if d == digitsOf(r.FileNumber) || d == digitsOf(r.EIN) {
			return true
		}
	}
	return false
}

// beforeFax returns what stands before a fax number.
func beforeFax(s string) string {
	for i := 0; i+3 <= len(s); i++ {
		if s[i]|0x20 == 'f' && (hasPrefixFoldString(s[i:], "fax") || hasPrefixFoldString(s[i:], "facsimile")) {
			return s[:i]
		}
	}
	return s
}

// lineText returns the values of line i, cells separated by tabs.
func (c *cover) lineText(i int) string {
	cells := c.line(i)
	if len(cells) == 1 {
		return cells[0].text
	}
	var b strings.Builder
	for k := range cells {
		if k > 0 {
			b.WriteByte('\t')
		}
		if !cells[k].isCaption() {
			b.WriteString(cells[k].text)
		}
	}
	return b.String()
}

// formerName returns the former name or, under the same caption, the former
// address; "" when it says that there is none.
func (c *cover) formerName() string {
	first := -1
	for i := range c.lines {
		for k := range c.line(i) {
			if c.line(i)[k].caption&fieldFormer == 0 {
				continue
			}
			if v, ok := c.beside(i, k, textShape); ok {
				return something(v.text)
			}
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return c.formerlyKnown()
	}
	return something(address(c.formerLines(first)))
}

// formerlyKnown returns the former name out of the remark under the name,
// "(formerly known as Widget Works, Inc.)", for covers without a caption for it.
func (c *cover) formerlyKnown() string {
	for i := range c.lines {
		cells := c.line(i)
		if len(cells) != 1 || !hasPrefixFoldString(cells[0].text, "(form") || !strings.HasSuffix(cells[0].text, ")") {
			continue
		}
		near := c.captionsOf(max(i-1, 0)) | c.captionsOf(min(i+1, len(c.lines)-1))
		s := strings.Trim(cells[0].text, "()")
		for _, lead := range [...]string{"formerly known as ", "formerly named ", "formerly, ", "formerly: ", "formerly "} {
			if hasPrefixFoldString(s, lead) && near&fieldName != 0 {
				return strings.Trim(s[len(lead):], " \"“”")
			}
		}
	}
	return ""
}

// formerLines returns the lines between the caption in line i and what stands
// above it: another caption, the telephone number, a web address.
func (c *cover) formerLines(i int) (lines []string) {
	for l := i - 1; l >= 0 && l > i-reach; l-- {
		if len(c.line(l)) == 0 {
			continue
		}
		text := c.lineText(l)
		if c.lines[l].form || c.captionsOf(l) != 0 || c.values(l) == 0 || isPhoneLine(text) || isWebAddress(text) {
			break
		}
		lines = append([]string{text}, lines...)
	}
	if len(lines) == 0 && i+1 < len(c.lines) && !c.line(i)[0].paren && strings.HasSuffix(c.page.line(c.page.block(c.line(i)[0].at)), ":") {
		if l := i + 1; !c.lines[l].form && c.captionsOf(l) == 0 && c.values(l) > 0 {
			return []string{c.lineText(l)}
		}
	}
	return lines
}

// isPhoneLine reports whether a line is a telephone number, with a word before
// it at most.
func isPhoneLine(s string) bool {
	n := findPhone(s, true)
	return n != "" && len(n)+14 > len(s)
}

func isWebAddress(s string) bool {
	return strings.Contains(s, "www.") || strings.Contains(s, "://") || strings.HasSuffix(s, ".com") && !strings.Contains(s, " ")
}

func textShape(s string, _ bool) string { return strings.Trim(s, " :") }

func something(s string) string {
	if isNothing(s) {
		return ""
	}
	return s
}

// address returns the address of the principal offices.
func (c *cover) address() string {
	if c.tableAddress != "" {
		return c.tableAddress
	}
	for i := range c.lines {
		for k := range c.line(i) {
			f := c.line(i)[k].caption
			if f&fieldAddress == 0 || f&(fieldFormer|fieldName) != 0 {
				continue
			}
			return c.withZip(c.addressAt(i, k))
		}
	}
	return ""
}

// addressAt returns the address that the caption in cell k of line i is about.
func (c *cover) addressAt(i, k int) string {
	v, ok := c.beside(i, k, textShape)
	if ok && !c.line(i)[k].paren {
		return c.addressBeside(v)
	}
	if a := c.addressAbove(i); a != "" {
		return a
	}
	if ok {
		return c.addressBeside(v)
	}
	return c.addressBelow(i)
}

// addressBeside joins the lines of the cell that an address begins in, and of
// the cells right below it in rows that have no other.
func (c *cover) addressBeside(v place) string {
	lines := []string{v.text}
	col := c.line(v.line)[v.cell].col >> 8
	for l := v.line + 1; l < len(c.lines) && (c.sameRow(v.line, l) || c.lines[l].row != 0 && len(c.line(l)) == 1 && c.values(l) == 1 && c.line(l)[0].col>>8 == col); l++ {
		for _, k := range c.line(l) {
			if k.col>>8 == col && !k.isCaption() && !isPhoneLine(k.text) {
				lines = append(lines, k.text)
			}
		}
	}
	return address(lines)
}

// withZip adds the zip code that stands beside a caption of its own, or right
// above it, to an address without one.
func (c *cover) withZip(a string) string {
	if a == "" || isZip(a[strings.LastIndexByte(a, ' ')+1:]) {
		return a
	}
	for i := range c.lines {
		for k := range c.line(i) {
			if f := c.line(i)[k].caption; f&fieldZip == 0 || f&fieldFormer != 0 {
				continue
			}
			v, ok := c.beside(i, k, zipShape)
			if !ok && i > 0 && len(c.line(i-1)) == 1 {
				v.text = zipShape(c.line(i - 1)[0].text, true)
			}
			if v.text != "" && !strings.Contains(a, v.text) {
				return a + " " + v.text
			}
		}
	}
	return a
}

func zipShape(s string, _ bool) string {
	if s = strings.Trim(s, " ()"); isZip(s) {
		return s
	}
	return ""
}

// addressAbove joins the lines above the caption in line i, up to the next
// caption or a number of another kind.
func (c *cover) addressAbove(i int) string {
	var lines []string
	for l := i - 1; l >= 0 && l > i-8; l-- {
		if len(c.line(l)) == 0 {
			continue
		}
		f := c.captionsOf(l)
		if c.lines[l].form || f&^fieldZip != 0 || f == 0 && c.values(l) == 0 {
			break
		}
		text := c.lineText(l)
		if findEIN(text) != "" || isFileNumber(text) {
			break
		}
		if isPhoneLine(text) {
			continue
		}
		lines = append([]string{text}, lines...)
	}
	return address(lines)
}

// addressBelow joins the lines below a caption that stands above its value.
func (c *cover) addressBelow(i int) string {
	var lines []string
	for l := i + 1; l < len(c.lines) && l < i+8; l++ {
		if len(c.line(l)) == 0 || c.values(l) == 0 && len(lines) == 0 {
			continue
		}
		text := c.lineText(l)
		if c.lines[l].form || c.captionsOf(l) != 0 || isPhoneLine(text) {
			break
		}
		lines = append(lines, text)
	}
	return address(lines)
}

// address joins the lines of an address by commas. A zip code in a cell of its
// own stands at the end, on whatever line it is printed.
func address(lines []string) string {
	var b strings.Builder
	zip := ""
	for _, line := range lines {
		for part := range strings.SplitSeq(line, "\t") {
			part = strings.Trim(part, " ")
			switch {
			case part == "":
				continue
			case isZip(part):
				zip = " " + part
				continue
			case b.Len() > 0 && strings.HasSuffix(b.String(), ","):
				b.WriteByte(' ')
			case b.Len() > 0:
				b.WriteString(", ")
			}
			b.WriteString(part)
		}
	}
	return strings.TrimLeft(b.String()+zip, " ")
}

// isZip reports whether s is 72716 or 72762-6999.
func isZip(s string) bool {
	return (len(s) == 5 || len(s) == 10 && s[5] == '-' && allDigits(s[6:])) && allDigits(s[:5])
}
