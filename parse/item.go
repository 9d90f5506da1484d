package parse

import (
	"slices"
	"strings"
)

// readItems finds the items of a report and leaves the outline on the page for
// the other readers. base is the offset of the page's body in the submission.
//
// The finder goes in steps: every place where a line begins like a heading is a
// candidate; candidates are judged by how they stand and what they are called;
// of those that read like headings, entries of a table of contents and repeats
// go; the chosen ones cut the text into sections; sections become items, one for
// each number, and are compared with what the header lists. The header says
// which items a report has, the page where they stand.
func readItems(p *page, h *Header, base int64) ([]Item, []Warning) {
	known := readHeaderSet(h)
	found := findCandidates(p)
	found = judge(p, found, known)
	p.signature = findSignature(p, found, known)
	found = choose(p, before(found, p.signature))
	p.index = findIndex(p, p.signature)
	end := p.signature
	if end == len(p.blocks) && len(found) > 0 {
		end = findIndex(p, found[len(found)-1].block+1)
	}
	p.sections = cut(p, found, end)
	if len(found) > 0 {
		p.cover = bodyEnd(p, 0, found[0].block)
	} else {
		p.cover = p.signature
	}
	items, warnings := compare(makeItems(p, dateNumber(h), base), known, dateNumber(h))
	for i := range found {
		if found[i].other {
			warnings = append(warnings, Warning{CodeItemCaption, found[i].numbers[0]})
		}
	}
	return items, warnings
}

// before drops the candidates that stand at or after a block: what follows the
// signature is exhibits and copies.
func before(found []candidate, block int) []candidate {
	for i := range found {
		if found[i].block >= block {
			return found[:i]
		}
	}
	return found
}

// makeItems makes an item of every number of every section. Headings stacked
// over one body share it.
func makeItems(p *page, filed int, base int64) []Item {
	items := []Item{}
	for i := range p.sections {
		body := i
		for body+1 < len(p.sections) && p.sections[body].empty() && p.stacked(body) {
			body++
		}
		s, b := &p.sections[i], &p.sections[body]
		text := strings.Trim(p.bodyText(b), " \t\n")
		exhibits := exhibitsIn(text)
		if s.lists() {
			exhibits = listedIn(exhibits, text)
		}
		from := p.raw(s.from)
		to := p.blocks[max(b.end, b.body)-1].end
		for _, number := range s.numbers {
			items = append(items, Item{
				Number: number, Title: titleOf(number, filed), Heading: p.heading(s), Text: text,
				Source: SourceBody, SharedWith: p.sharing(i, number),
				Offset: base + int64(from), Length: int64(max(to, from) - from), Exhibits: exhibits,
			})
		}
	}
	return items
}

func (s *section) empty() bool { return s.body >= s.end }

// stacked reports whether section i's heading stands right on the next one.
func (p *page) stacked(i int) bool { return p.sections[i].empty() }

// sharing returns the other numbers whose body is that of section i.
func (p *page) sharing(i int, number string) []string {
	from, to := i, i
	for from > 0 && p.sections[from-1].empty() {
		from--
	}
	for to+1 < len(p.sections) && p.sections[to].empty() {
		to++
	}
	var others []string
	for _, s := range p.sections[from : to+1] {
		for _, n := range s.numbers {
			if n != number && !slices.Contains(others, n) {
				others = append(others, n)
			}
		}
	}
	return others
}

// heading returns the heading as printed, blanks folded.
func (p *page) heading(s *section) string {
	text := strings.TrimRight(p.text[s.from:s.mid], " \t\n")
	if strings.ContainsAny(text, "\t\n") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// bodyText returns the text of a section's body.
func (p *page) bodyText(s *section) string {
	if s.empty() {
		return ""
	}
	return p.readableText(max(s.mid, p.blocks[s.body].from), s.to, s.body, s.end)
}

// compare sets the source of every item, adds those that only the header knows,
// and reports where header and page differ.
func compare(items []Item, known headerSet, filed int) ([]Item, []Warning) {
	var warnings []Warning
	for i := range items {
		it := &items[i]
		switch {
		case known.has(it.Number):
			it.Source = SourceBoth
		case !known.empty():
			warnings = append(warnings, Warning{CodeItemMissingInHeader, it.Number})
		}
	}
	found := len(items)
	for i := range items {
		if contains(items[:i], items[i].Number) {
			warnings = append(warnings, Warning{CodeItemRepeated, items[i].Number})
		}
	}
	for _, number := range known.numbers {
		if !contains(items[:found], number) {
			items = append(items, Item{Number: number, Title: titleOf(number, filed), Source: SourceHeader})
			warnings = append(warnings, Warning{CodeItemMissingInBody, number})
		}
	}
	for _, text := range known.unknown {
		warnings = append(warnings, Warning{CodeItemUnknown, text})
	}
	if len(items) == 0 {
		warnings = append(warnings, Warning{Code: CodeNoItems})
	}
	return items, warnings
}

func contains(items []Item, number string) bool {
	for i := range items {
		if items[i].Number == number {
			return true
		}
	}
	return false
}
