package parse

import "strings"

// opensSentence reports whether text begins with a word that opens a sentence and
// hardly ever a caption: "On March 5", "The Company", "Mr. Oar".
func opensSentence(text string) bool {
	from, to := nextWord(text, 0)
	if from != 0 || to == len(text) {
		return false
	}
	switch text[:to] {
	case "On", "In", "As", "The", "We", "At", "By", "For", "From", "This", "These", "After", "Under", "To", "Upon", "Since", "Our", "Effective", "During",
		"Following", "Attached", "Pursuant", "Mr", "Ms", "Mrs", "Dr", "Messrs", "Please", "See", "Furnished", "Filed", "There", "It", "No", "A", "An":
		return true
	}
	return false
}

// readsOn reports whether text, up to the end of its line, is a sentence of a
// body and no caption: it has a verb, or opens like a sentence, and it goes on in
// small letters. whole is false when the paragraph goes on below.
func readsOn(text string, whole bool) bool {
	if text == "" || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	if whole && strings.IndexByte(".:;,", text[len(text)-1]) < 0 && len(text) < 120 {
		return false
	}
	opens := opensSentence(text)
	for at, words := 0, 0; ; words++ {
		from, to := nextWord(text, at)
		if from == to {
			return false
		}
		word := text[from:to]
		if words > 0 && word[0] >= 'a' && (opens && to-from > 3 && !isLittle(word) || isVerb(word)) {
			return true
		}
		at = to
	}
}

// isVerb knows the verbs that reports are made of.
func isVerb(word string) bool {
	switch word {
	case "is", "are", "was", "were", "has", "have", "had", "will", "would", "did", "announced", "issued", "entered", "completed", "resigned", "reported",
		"released", "appointed", "elected", "approved", "declared", "acquired", "sold", "closed", "held", "made", "moved", "received", "amended", "adopted":
		return true
	}
	return false
}

// sentenceAt reports whether what follows text[at:] on its line, marks apart, is
// a sentence, and where it begins.
func (p *page) sentenceAt(at int32) (begin int32, ok bool) {
	i := p.block(at)
	if i == len(p.blocks) {
		return at, false
	}
	k := &p.blocks[i]
	at = max(at, k.from)
	rest := p.text[at:k.to]
	text := strings.TrimLeft(rest, captionMarks)
	return k.to - int32(len(text)), readsOn(text, !p.runsOn(i))
}

// runsOn reports whether the line of block i goes on with the next one.
func (p *page) runsOn(i int) bool {
	if i+1 >= len(p.blocks) {
		return false
	}
	next := &p.blocks[i+1]
	return p.text[p.blocks[i].to] == ' ' || next.style&paragraph == 0 && next.row == p.blocks[i].row && beginsLower(p.line(i+1))
}
