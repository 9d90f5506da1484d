package parse

import "strings"

// A securityList reads securities that are listed without a table: "Trading
// symbol: GDGT" line by line, or each value in a paragraph above or below its
// caption.
type securityList struct {
	out     []Security
	current [kindsOfColumn]string
	started bool
	above   bool   // values stand above their captions
	kinds   []int  // the captions that wait for their values
	pending string // the value that waits for its caption
}

// maxListed is how many lines such a list may have.
const maxListed = 60

// listedSecurities reads the lines after "Securities registered pursuant to
// Section 12(b) of the Act".
func (c *cover) listedSecurities() []Security {
	l := 0
	for l < len(c.lines) && !c.opensSecurities(l) {
		l++
	}
	var s securityList
	for end := l + maxListed; l+1 < min(len(c.lines), end); {
		l++
		cells := c.line(l)
		if len(cells) == 0 {
			continue
		}
		if c.lines[l].form || c.captionsOf(l)&^fieldName != 0 {
			break
		}
		last := -1
		for k := range cells {
			if i := c.page.block(cells[k].at); i != last {
				s.take(c.page.line(i))
				last = i
			}
		}
	}
	s.push()
	return tidySecurities(s.out)
}

func (c *cover) opensSecurities(l int) bool {
	cells := c.line(l)
	return c.lines[l].form && hasPrefixFoldString(cells[0].text, "securities registered") && strings.Contains(cells[0].text, "12(b)")
}

// take takes the next line.
func (s *securityList) take(text string) {
	kind, value := captionOfSecurity(text)
	switch {
	case kind >= 0 && value != "":
		s.set(kind, value)
		s.kinds = nil
	case kind >= 0 && s.above:
		s.set(kind, s.pending)
		s.pending = ""
	case kind >= 0:
		s.kinds = append(s.kinds, kind)
	case !s.started || s.above:
		s.above = true
		s.pending = strings.TrimSpace(s.pending + " " + text)
	case len(s.kinds) > 0:
		s.set(s.kinds[0], text)
		s.kinds = s.kinds[1:]
	}
	s.started = true
}

// set sets one value of a security, the next one when it has it.
func (s *securityList) set(kind int, value string) {
	if s.current[kind] != "" {
		s.push()
	}
	s.current[kind] = value
}

func (s *securityList) push() {
	if c := s.current; c[symbolColumn] != "" {
		s.out = append(s.out, Security{Title: c[titleColumn], Symbol: c[symbolColumn], Exchange: c[exchangeColumn]})
	}
	s.current = [kindsOfColumn]string{}
}

// captionOfSecurity returns the column that a line is the caption of, -1 for
// none, and the value that follows it after a colon.
func captionOfSecurity(text string) (kind int, value string) {
	caption, value, _ := strings.Cut(text, ":")
	switch f := foldText(caption); {
	case strings.HasPrefix(f, "title of"):
		kind = titleColumn
	case strings.HasPrefix(f, "trading symbol"), strings.HasPrefix(f, "ticker symbol"):
		kind = symbolColumn
	case strings.HasPrefix(f, "name of") && strings.Contains(f, "exchange"):
		kind = exchangeColumn
	default:
		return -1, ""
	}
	return kind, strings.TrimSpace(value)
}

// areTickers reports whether all symbols are ones of a single company, not one
// symbol over several lines.
func areTickers(symbols []place) bool {
	for _, s := range symbols {
		if len(s.text) < 3 || strings.Trim(s.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.") != "" || s.text[:2] != symbols[0].text[:2] {
			return false
		}
	}
	return true
}

// sharedTitle cuts a title in n where it says "and", and gives the whole to all
// where it does not.
func sharedTitle(title string, n int) []string {
	for _, mark := range [...]string{"; ", " and "} {
		if parts := strings.Split(title, mark); len(parts) == n {
			return parts
		}
	}
	all := make([]string, n)
	for i := range all {
		all[i] = title
	}
	return all
}
