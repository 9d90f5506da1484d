package parse

import "strings"

// A mark is what a check box shows.
type mark uint8

const (
	noMark mark = iota
	unchecked
	checked
)

// box returns the mark as the Cover has it. A box whose words are on the page
// and whose mark is not is one that was left blank.
func (m mark) box() *bool {
	on := m == checked
	return &on
}

// readBoxes reads the four boxes for other purposes of the report, printed since
// August 2004, and the emerging growth box, since April 2017.
func (c *cover) readBoxes(out *Cover) {
	starts := c.boxTexts()
	into := [...]**bool{&out.WrittenCommunications, &out.SolicitingMaterial, &out.PreCommencementTenderOffer, &out.PreCommencementIssuerTenderOffer}
	after := true // the boxes stand behind their words
	var marks [len(into)]mark
	for i, at := range starts {
		if at > 0 {
			marks[i] = c.markBefore(at)
			after = after && marks[i] == noMark
		}
	}
	for i, at := range starts {
		if at <= 0 {
			continue
		}
		if after {
			marks[i] = c.markAfter(at, c.boxEnd(at, starts[:]))
		}
		*into[i] = marks[i].box()
	}
	out.EmergingGrowthCompany = c.emergingGrowth()
}

// boxTexts returns where the words of the four boxes begin, 0 where they are
// absent.
func (c *cover) boxTexts() (starts [4]int) {
	starts[0] = c.boxText("written communication", "425", 0)
	starts[1] = c.boxText("soliciting material", "14a", 0)
	for _, phrase := range [...]string{"pre-commencement", "precommencement", "pre commencement"} {
		if starts[2] <= 0 {
			starts[2] = c.boxText(phrase, "14d", 0)
		}
		if starts[3] <= 0 {
			starts[3] = c.boxText(phrase, "13e", 0)
		}
	}
	return starts
}

// boxText returns where the phrase begins that the number of a rule follows
// before the phrase comes again.
func (c *cover) boxText(phrase, rule string, at int) int {
	for {
		i := strings.Index(c.text[at:], phrase)
		if i < 0 {
			return 0
		}
		at += i
		rest := c.text[at+len(phrase):]
		rest = rest[:min(len(rest), 160)]
		if j := strings.Index(rest, phrase); j >= 0 {
			rest = rest[:j]
		}
		if strings.Contains(rest, rule) {
			return at
		}
		at += len(phrase)
	}
}

// boxEnd returns where the words of the box that begin at at end: at the next
// box or with the paragraph.
func (c *cover) boxEnd(at int, starts []int) int {
	end := min(len(c.text), at+240)
	for _, s := range starts {
		if s > at && s < end {
			end = s
		}
	}
	i := c.page.block(int32(at))
	_, to := c.page.row(i)
	for to < c.end && c.page.blocks[to].style&paragraph == 0 && c.page.blocks[to].row == 0 {
		to++
	}
	if to < c.end && isMark(c.page.line(to)) {
		to++
	}
	return min(end, int(c.page.blocks[to-1].to))
}

// markBefore reads the mark before the words at text[at:]: in their own line, or
// alone in the cell or on the line before.
func (c *cover) markBefore(at int) mark {
	i := c.page.block(int32(at))
	b := &c.page.blocks[i]
	if at > int(b.from) {
		return lastMark(c.page.text[max(int(b.from), at-16):at])
	}
	if i > 0 && c.page.blocks[i-1].row == b.row && isMark(c.page.line(i-1)) {
		return lastMark(c.page.line(i - 1))
	}
	return noMark
}

// markAfter reads the mark that text[at:end] ends in, or Yes and No have.
func (c *cover) markAfter(at, end int) mark {
	if m := yesMark(c.page.text[at:end], c.text[at:end]); m != noMark {
		return m
	}
	return lastMark(c.page.text[at:end])
}

// isMark reports whether a line is nothing but a check box.
func isMark(line string) bool { return len(line) <= 8 && lastMark(line) != noMark }

// lastMark reads the mark that s ends in: a box drawn, or typed as [ ], [X], ( ),
// |_|, |X|, / /, /X/, __, _X_, or the letter of a lost font of boxes.
func lastMark(s string) mark {
	s = strings.TrimRight(s, " \t\n.:")
	for _, g := range glyphs {
		if strings.HasSuffix(s, g.s) && (!g.letter || standsApart(s[:len(s)-len(g.s)])) {
			return g.m
		}
	}
	if s == "" {
		return noMark
	}
	open := byte(0)
	switch s[len(s)-1] {
	case ']':
		open = '['
	case ')':
		open = '('
	case '|', '/', '_':
		open = s[len(s)-1]
	case '}':
		open = '{'
	default:
		return noMark
	}
	inside := s[:len(s)-1]
	if open == '_' { // a blank to write on: ___ or _X_
		inside = strings.TrimRight(inside, "_")
	}
	i := strings.LastIndexByte(inside, open)
	if i < 0 {
		if open == '_' && len(inside) < len(s)-1 {
			return unchecked
		}
		return noMark
	}
	inside = strings.Trim(inside[i+1:], " _\t/\n")
	switch {
	case inside == "":
		return unchecked
	case len(inside) <= 4 && isTick(inside):
		return checked
	case open == '_':
		return unchecked
	}
	return noMark
}

// isTick reports whether s is what a box is checked with.
func isTick(s string) bool {
	if len(s) == 1 {
		return s[0]|0x20 == 'x'
	}
	for _, g := range glyphs {
		if g.s == s {
			return g.m == checked
		}
	}
	return s == "xx" || s == "XX"
}

// glyphs are the check boxes that need no brackets. Those that are letters stand
// for boxes where the font of the original, Wingdings, was lost.
var glyphs = [...]struct {
	s      string
	m      mark
	letter bool
}{
	{"☐", unchecked, false}, {"☒", checked, false}, {"☑", checked, false}, {"□", unchecked, false}, {"▢", unchecked, false}, {"❑", unchecked, false}, {"❏", unchecked, false}, {"❒", unchecked, false}, {"◻", unchecked, false}, {"▣", checked, false}, {"●", checked, false}, {"⊠", checked, false}, {"🗹", checked, false}, {"🗷", checked, false}, {"🗵", checked, false}, {"◼", checked, false}, {"○", unchecked, false},
	{"¨", unchecked, false}, {"•", unchecked, false}, {"■", checked, false}, {"✓", checked, false}, {"✔", checked, false}, {"✗", checked, false}, {"✘", checked, false}, {"✕", checked, false}, {"⌧", checked, false}, {"☓", checked, false},
	{"þ", checked, true}, {"ý", checked, true}, {"ü", checked, true}, {"û", checked, true}, {"√", checked, false},
	{"o", unchecked, true}, {"q", unchecked, true}, {"p", unchecked, true}, {"x", checked, true}, {"X", checked, true}, {"R", checked, true},
}

// standsApart reports whether a letter after s stands for itself: nothing or a
// blank comes before it.
func standsApart(s string) bool { return s == "" || isBlank(s[len(s)-1]) }

const growthPhrase = "emerging growth company"

// emergingGrowth reads the box "Emerging growth company", which may stand before
// its words, after them, at the end of the sentence before, or as Yes ☐ No ☒. It
// returns nil when the cover has none of it.
func (c *cover) emergingGrowth() *bool {
	at := strings.Index(c.text, growthPhrase)
	if at < 0 {
		return nil
	}
	end := c.growthEnd(at)
	m := yesMark(c.page.text[at:end], c.text[at:end])
	if m == noMark { // after the words, or behind the whole sentence
		m = lastMark(c.page.text[at:end])
	}
	for from := at; m == noMark; {
		after := from + len(growthPhrase)
		m = firstMark(c.page.text[after:end])
		i := strings.Index(c.text[after:end], growthPhrase)
		if m != noMark || i < 0 {
			break
		}
		from = after + i
		m = c.markBefore(from)
	}
	if m == noMark {
		m = c.markBefore(at)
	}
	return m.box()
}

// growthEnd returns where what belongs to the emerging growth box ends that is
// first named at text[at:]. The box "If an emerging growth company …" that follows
// is about the transition period.
func (c *cover) growthEnd(at int) int {
	end := min(len(c.text), at+900)
	if i := strings.Index(c.text[at:end], "if an emerging growth"); i >= 0 {
		return max(at, c.ownBegin(at+i))
	}
	if i := strings.Index(c.text[at:end], "extended transition"); i >= 0 {
		return at + max(0, strings.LastIndex(c.text[at:at+i], growthPhrase))
	}
	return end
}

// ownBegin returns where the words at text[at:] begin together with a mark right
// before them in their line or row.
func (c *cover) ownBegin(at int) int {
	i := c.page.block(int32(at))
	from, _ := c.page.row(i)
	begin := int(c.page.blocks[from].from)
	if lead := strings.TrimSpace(c.page.text[begin:at]); lead == "" || isMark(lead) {
		return begin
	}
	return at
}

// yesMark reads the mark beside Yes in "Yes ☐ No ☒" and "☐ Yes ☒ No".
func yesMark(text, lowered string) mark {
	yes := wordIndex(lowered, "yes")
	if yes < 0 {
		return noMark
	}
	no := wordIndex(lowered[yes:], "no")
	if no < 0 {
		return noMark
	}
	if m := lastMark(text[yes+3 : yes+no]); m != noMark && lastMark(text[:yes]) == noMark {
		return m
	}
	return lastMark(text[max(0, yes-12):yes])
}

// wordIndex returns where word stands in s as a word of its own, -1 for nowhere.
func wordIndex(s, word string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return -1
		}
		at += i
		if (at == 0 || !isLetter(s[at-1])) && (at+len(word) == len(s) || !isLetter(s[at+len(word)])) {
			return at
		}
		at += len(word)
	}
}

// firstMark reads the mark that a text begins with.
func firstMark(s string) mark {
	s = strings.TrimLeft(s, " \t\n.:,")
	for n := 1; n <= min(len(s), 8); n++ {
		if n < len(s) && isLetter(s[n-1]) && isLetter(s[n]) {
			return noMark
		}
		if m := lastMark(s[:n]); m != noMark && s[n-1] != '_' {
			return m
		}
	}
	return noMark
}
