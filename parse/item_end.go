package parse

import "strings"

// findSignature returns the block where the signature part begins: its heading,
// or the clause "Pursuant to the requirements of the Securities Exchange Act …"
// when there is none. Only what stands after the first heading counts; items
// that the header lists may come after a first clause, pasted into an item.
func findSignature(p *page, found []candidate, known headerSet) int {
	if len(found) == 0 {
		at, _ := signatureAfter(p, 0)
		return at
	}
	after := found[0].block + 1
	for {
		at, sure := signatureAfter(p, after)
		last := lastListed(found, known, at, !sure)
		if at == len(p.blocks) || last < 0 {
			return at
		}
		after = found[last].block + 1
	}
}

// lastListed returns the last captioned candidate at or after a block whose number
// the header lists and no candidate before that block has; -1 for none. Any
// captioned candidate will do when all is asked for: a bare SIGNATURES may be an
// entry of the table of contents.
func lastListed(found []candidate, known headerSet, at int, all bool) int {
	last := -1
	for i := range found {
		c := &found[i]
		if c.block < at || c.match.score < enough || !all && !known.hasAny(c.numbers) {
			continue
		}
		fresh := true
		for j := 0; j < i && found[j].block < at; j++ {
			fresh = fresh && (all || found[j].numbers[0] != c.numbers[0])
		}
		if fresh {
			last = i
		}
	}
	return last
}

// signatureAfter returns the first signature part that begins at block from or
// after it, len(blocks) when there is none; sure when its clause is there.
func signatureAfter(p *page, from int) (at int, sure bool) {
	if from >= len(p.blocks) {
		return len(p.blocks), true
	}
	if at := clauseAfter(p, int(p.blocks[from].from)); at >= 0 {
		return signatureHead(p, p.block(int32(at)), from), true
	}
	// Small filers leave the clause out: a heading, or else the first mark.
	mark := len(p.blocks)
	for i := from; i < len(p.blocks); i++ {
		if line := p.line(i); isSignatureHeading(line) || hasPrefixFoldString(line, "pursuant to the requirements of the securities") {
			return i, false
		}
		if mark == len(p.blocks) && isSignatureMark(p.line(i)) {
			mark = i
		}
	}
	return mark, false
}

// clauseAfter returns where the clause of a signature stands in text[from:], -1
// for nowhere: "… has duly caused this report to be signed on its behalf …".
func clauseAfter(p *page, from int) int {
	for _, words := range []string{"duly caused", "DULY CAUSED", "caused this report", "to be signed on its behalf"} {
		for at := from; at < len(p.text); {
			i := strings.Index(p.text[at:], words)
			if i < 0 {
				break
			}
			at += i
			if isClause(p.text, at) {
				return at
			}
			at += len(words)
		}
	}
	return -1
}

// isClause tells a report's clause from those of contracts that are pasted into
// a report, whose parties caused them to be signed, too.
func isClause(text string, at int) bool {
	after := strings.ToLower(text[at:min(len(text), at+160)])
	if !strings.Contains(after, "signed") {
		return false
	}
	if strings.Contains(after, "report") || strings.Contains(after, "8-k") {
		return true
	}
	return strings.Contains(strings.ToLower(text[max(0, at-250):at]), "requirement")
}

// signatureHead goes back from the clause to where the signature part begins.
func signatureHead(p *page, clause, from int) int {
	head := clause
	for i, seen := clause, 0; i >= from && seen < 9; i-- {
		line := p.line(i)
		if isSignatureHeading(line) {
			return i
		}
		if hasPrefixFoldString(line, "pursuant to the requirement") || hasPrefixFoldString(line, "in accordance with") || hasPrefixFoldString(line, "pursuant to") && i == clause || hasPrefixFoldString(line, "signature") {
			head = i
			seen = max(seen, 4)
		}
		if p.blocks[i].style&furniture == 0 {
			seen++
		}
	}
	return head
}

// isSignatureHeading knows SIGNATURE, SIGNATURES, S I G N A T U R E S.
func isSignatureHeading(line string) bool {
	if len(line) > 40 {
		return false
	}
	switch letters(line) {
	case "signature", "signatures", "signaturepage":
		return true
	}
	return false
}

// isSignatureMark knows "By: /s/ Name", "/s/ Name" and "\s\ Name".
func isSignatureMark(line string) bool {
	line = trimFold(line, "by:")
	line = trimFold(line, "by")
	return hasPrefixFoldString(line, "/s/") || hasPrefixFoldString(line, `\s\`)
}

// findIndex returns the block where an exhibit index begins at or after a block.
func findIndex(p *page, from int) int {
	for i := from; i < len(p.blocks); i++ {
		if isIndexHeading(p.line(i)) {
			return i
		}
	}
	return len(p.blocks)
}

func isIndexHeading(line string) bool {
	if len(line) > 60 {
		return false
	}
	switch s := letters(line); s {
	case "exhibitindex", "indextoexhibits", "indexofexhibits", "exhibitsindex", "exhibitlist", "listofexhibits", "indextoexhibit":
		return true
	}
	return false
}

// letters returns the letters of a line, lowered.
func letters(line string) string {
	b := make([]byte, 0, len(line))
	for i := 0; i < len(line); i++ {
		if isLetter(line[i]) {
			b = append(b, lower(line[i]))
		}
	}
	return string(b)
}

// isSectionLine reports whether block i is a line such as "Section 5 - Corporate
// Governance and Management", which belongs to no item. Number and title may
// stand on two lines.
func isSectionLine(p *page, i int) bool {
	line := p.line(i)
	if len(line) > 130 {
		return false
	}
	if n := sectionNumber(line); n > 0 {
		return true
	}
	return i > 0 && sectionNumber(p.line(i-1)) > 0 && len(p.line(i-1)) < 14 && isSectionTitle(line)
}

func sectionNumber(line string) int {
	if !hasPrefixFoldString(line, "section") {
		return 0
	}
	s := strings.TrimLeft(line[len("section"):], " \t")
	if s == "" || s[0] < '1' || s[0] > '9' || len(s) > 1 && (isDigit(s[1]) || s[1] == '(') {
		return 0
	}
	if rest := strings.TrimLeft(s[1:], " \t.:-–—"); rest != "" && !isSectionTitle(rest) {
		return 0
	}
	return int(s[0] - '0')
}

// isSectionTitle knows the titles of Form 8-K's sections by their first words.
func isSectionTitle(line string) bool {
	s := letters(line)
	for _, t := range []string{"registrantsbusiness", "financialinformation", "securitiesandtrading", "securitiestrading", "mattersrelated", "matterrelated", "corporategovernance",
		"assetbacked", "regulationfd", "otherevent", "financialstatement"} {
		if strings.HasPrefix(s, t) {
			return true
		}
	}
	return false
}
