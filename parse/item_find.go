package parse

import (
	"slices"
	"strings"
)

// A candidate is a place where an item's heading may stand, with what speaks for
// it and against it.
type candidate struct {
	numeral
	block int   // where the heading begins
	from  int32 // text[from:], at "Item" or the bare number
	after int32 // text[after:], past number and punctuation: the caption, if any
	bare  bool  // without the word Item
	match match // of text[after:] with the captions of numbers
	other bool  // the caption is another item's: a slip of the pen, or a reference
	entry bool  // of a table of contents
}

// maxCandidates bounds the candidates that are looked at. The most that a real
// report has, with its table of contents and its references, is some thirty.
const maxCandidates = 400

// findCandidates returns every place where a line begins like an item heading:
// after rules, bullets and "Section 5 - …", the word Item and a number, or a
// dotted number alone when its caption follows.
func findCandidates(p *page) []candidate {
	var found []candidate
	taken := 0 // text[:taken] belongs to the numbers found so far
	for i := 0; i < len(p.blocks) && len(found) < maxCandidates; i++ {
		b := &p.blocks[i]
		if b.style&(ruled|furniture) != 0 || int(b.from) < taken {
			continue
		}
		at := skipOrnaments(p.text, int(b.from), int(b.to))
		if at >= int(b.to) {
			continue
		}
		switch c := p.text[at] | 0x20; {
		case c == 's' && int(b.to)-at > 8:
			at = skipSection(p.text, at, int(b.to))
		case c != 'i' && (c < '1' || c > '9'):
			at = -1
		}
		c, ok := candidate{}, false
		if at >= 0 {
			c, ok = p.candidateAt(i, at)
		}
		if !ok {
			c, ok = p.oddCandidate(i)
		}
		if ok {
			found = append(found, c)
			taken = c.end
		}
	}
	return found
}

// candidateAt reads the candidate at text[at:] in block i.
func (p *page) candidateAt(i, at int) (candidate, bool) {
	c := candidate{block: i, from: int32(at)}
	word, end := itemWord(p.text, at)
	c.bare = !word
	if c.bare && (!isDigit(p.text[at]) || at+1 == len(p.text) || p.text[at+1] != '.' && p.text[at+1] != ' ') {
		return c, false
	}
	plural := word && strings.ContainsAny(p.text[at:end], "sS")
	var ok bool
	if c.numeral, ok = readNumeral(p.text, end, plural); !ok || c.bare && !c.dotted {
		return c, false
	}
	c.after = int32(skipPunctuation(p.text, c.end))
	rest := p.text[c.after:min(len(p.text), int(c.after)+maxCaption)]
	c.match = matchCaptions(rest, c.numbers)
	c.gather(p.text)
	if c.bare && c.match.score < 0.6 {
		return c, false
	}
	return c, true
}

// gather takes in what follows on a heading that names item after item, each
// with its caption: "Item 2.02 Results of … Condition and Item 7.01 Regulation FD
// Disclosure".
func (c *candidate) gather(text string) {
	for len(c.numbers) < 10 && c.match.score >= enough {
		at := int(c.after) + c.match.end
		next, _ := skipJoint(text, skipPunctuation(text, at))
		word, end := itemWord(text, next)
		if !word || strings.IndexByte(text[at:next], '\n') >= 0 {
			return
		}
		n, ok := readNumeral(text, end, false)
		after := skipPunctuation(text, n.end)
		if !ok || n.dotted != c.dotted {
			return
		}
		m := matchCaptions(text[after:min(len(text), after+maxCaption)], n.numbers)
		if m.score < enough || slices.Contains(c.numbers, n.numbers[0]) {
			return
		}
		c.numbers = append(c.numbers, n.numbers...)
		c.match.end = after + m.end - int(c.after)
		c.end = max(c.end, n.end)
	}
}

// namesAnother reports whether text is the caption of any item of the system.
func namesAnother(text string, dotted bool) bool {
	from, to := nextWord(text, 0)
	if from > 3 || from == to {
		return false
	}
	for _, c := range captions.all {
		if m := matchCaption(text, []string{c.number}); strings.Contains(c.number, ".") == dotted && (m.score >= 0.7 || m.words >= 3) {
			return true
		}
	}
	return false
}

// skipOrnaments skips what filings draw before a heading: rules, bullets,
// asterisks, opening brackets.
func skipOrnaments(text string, at, end int) int {
	for at < end {
		switch c := text[at]; {
		case c == '-' || c == '_' || c == '=' || c == '*' || c == ' ' || c == '\t' || c == '[' || c == '.':
			at++
		case strings.HasPrefix(text[at:], "•") || strings.HasPrefix(text[at:], "☒") || strings.HasPrefix(text[at:], "–") || strings.HasPrefix(text[at:], "—"):
			at += len("•")
		default:
			return at
		}
	}
	return at
}

// skipSection returns where Item stands in "Section 5 - Corporate Governance and
// Management Item 5.02 …" on one line, -1 when text[at:end] is no such line.
func skipSection(text string, at, end int) int {
	if !hasPrefixFoldString(text[at:end], "section") {
		return -1
	}
	line := text[at:min(end, at+140)]
	for i := len("section"); i+5 < len(line); i++ {
		if line[i]|0x20 == 'i' && (isBlank(line[i-1]) || line[i-1] == '.') {
			if word, _ := itemWord(line, i); word {
				return at + i
			}
		}
	}
	return -1
}

// skipPunctuation skips what stands between number and caption: dots, dashes,
// colons, footnote marks, ends of cells and lines.
func skipPunctuation(text string, at int) int {
	lines := 3
	for at < len(text) {
		switch c := text[at]; {
		case c == '\n' || c == '\t':
			if lines == 0 {
				return at
			}
			lines--
			at++
		case isBlank(c), c == '.', c == ':', c == ';', c == '-', c == '*', c == ')', c == ']', c == '_', c == ',' && lines == 3:
			at++
		case strings.HasPrefix(text[at:], "–"), strings.HasPrefix(text[at:], "—"), strings.HasPrefix(text[at:], "•"):
			at += len("–")
		default:
			return at
		}
	}
	return at
}

func hasPrefixFoldString(s, lowered string) bool {
	return len(s) >= len(lowered) && equalFoldString(s[:len(lowered)], lowered)
}
