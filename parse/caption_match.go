package parse

import "strings"

// A match says how much of an official caption a heading prints.
type match struct {
	score float64 // share of the caption's words that are there, at best 1
	end   int     // text[:end] is the caption as printed, 0 for none
	words int     // how many of the caption's words that is
}

// maxCaption is how much text after a number is compared with captions: the
// longest one, 5.02's, has 148 characters.
const maxCaption = 260

// matchCaption compares text, which stands after an item number, with the
// captions of that item: words may be missing, reworded or in another order, but
// the first word that no wording of the caption has ends it.
func matchCaption(text string, numbers []string) match {
	if len(text) > maxCaption {
		text = text[:maxCaption]
	}
	var best match
	for _, n := range numbers {
		if i := captions.lookup(n); i >= 0 {
			for _, w := range captions.wordings[i] {
				if m := w.match(text); m.score > best.score {
					best = m
				}
			}
		}
	}
	return best
}

// matchCaptions matches the caption of a heading, which after several numbers may
// be several captions in a row.
func matchCaptions(text string, numbers []string) match {
	m := matchCaption(text, numbers)
	for range numbers[1:] {
		if m.end == 0 || m.end >= len(text) {
			break
		}
		next := matchCaption(text[m.end:], numbers)
		if next.score < 0.3 {
			break
		}
		m.end += next.end
		m.score = max(m.score, next.score)
	}
	return m
}

func (w *wording) match(text string) match {
	var m match
	var seen uint64 // bit i: words[i] was met
	want := 0
	for _, word := range w.words {
		if !isLittle(word) {
			want++
		}
	}
	got, last := 0, -1 // and the word met last
	for at := 0; at < len(text); {
		from, to := nextWord(text, at)
		if from == to || to-from > 24 || got == want {
			break
		}
		newLine := strings.IndexByte(text[at:from], '\n') >= 0
		var buf [24]byte
		word := lowerWord(buf[:0], text[from:to])
		if got*3 >= want*2 && strings.ContainsAny(text[at:from], ".:") && (newLine || !w.goesOn(last, word)) {
			break // enough of it, and a sentence ends
		}
		if i := w.find(word, seen); i >= 0 {
			seen |= 1 << (i & 63)
			m.end, last = to, i
			if !isLittle(w.words[i]) {
				got++
			}
		} else if newLine || !w.has(word) && !isLittle(string(word)) {
			break
		} else if w.has(word) {
			m.end = to
		}
		at = to
	}
	if got == 0 {
		return match{}
	}
	m.words = got
	m.score = float64(got) / float64(want)
	return m
}

// goesOn reports whether word is the next one behind words[last] that tells.
func (w *wording) goesOn(last int, word []byte) bool {
	for _, s := range w.words[last+1:] {
		if !isLittle(s) {
			return likeWord(s, word)
		}
	}
	return false
}

// find returns the first word like this one that was not met yet.
func (w *wording) find(word []byte, seen uint64) int {
	for i, s := range w.words {
		if seen>>(i&63)&1 == 0 && likeWord(s, word) {
			return i
		}
	}
	return -1
}

func (w *wording) has(word []byte) bool {
	for _, s := range w.words {
		if likeWord(s, word) {
			return true
		}
	}
	return false
}

// likeWord reports whether two words are the same but for their ends: change,
// changes; registrant, registrants; by-laws.
func likeWord(a string, b []byte) bool {
	if a == string(b) {
		return true
	}
	n := min(len(a), len(b))
	if n < 4 || len(a)-n > 3 || len(b)-n > 3 {
		return false
	}
	k := n
	if n > 6 {
		k = n - 1
	}
	return a[:k] == string(b[:k])
}

// isLittle reports whether a word is too common to identify a caption.
func isLittle(word string) bool {
	switch word {
	case "a", "an", "the", "of", "or", "and", "in", "to", "into", "on", "under", "with", "s", "that", "for", "certain", "its", "by", "laws":
		return true
	}
	return false
}

// nextWord returns the bounds of the first word of text at or after at.
func nextWord(text string, at int) (from, to int) {
	for at < len(text) && !isLetter(text[at]) && !isDigit(text[at]) {
		at++
	}
	from = at
	for at < len(text) && (isLetter(text[at]) || isDigit(text[at])) {
		at++
	}
	return from, at
}

func lowerWord(b []byte, word string) []byte {
	for i := 0; i < len(word) && len(b) < cap(b); i++ {
		b = append(b, lower(word[i]))
	}
	return b
}
