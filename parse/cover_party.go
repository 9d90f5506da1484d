package parse

import "strings"

// party returns the party to asset-backed securities that the caption in cell k
// of line i names, "" for none. The caption may be wrapped over three lines.
func (c *cover) party(i, k int) string {
	nth, all := c.ordinal(i, k)
	for l := i; l < min(i+3, len(c.lines)); l++ {
		cells := c.line(l)
		if l > i && (c.values(l) > 0 || len(cells) != all) {
			break
		}
		if l > i {
			k = nth
		}
		if p := partyIn(foldText(cells[k].text)); p != "" {
			return p
		}
	}
	return ""
}

// partyIn returns the party that a folded caption names.
func partyIn(caption string) string {
	for _, p := range [...]string{"issuing entity", "depositor", "sponsor"} {
		if strings.Contains(caption, p) {
			return p
		}
	}
	return ""
}
