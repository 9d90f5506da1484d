package serve

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/edgard/parse"
)

// passage returns the text around the first of the words in the first item that has all
// of them; not ok when none has.
func passage(items []parse.Item, words []string) (text string, ok bool) {
	for _, it := range items {
		text := it.Heading + "\n" + it.Text
		if at, ok := place(text, words); ok {
			return around(text, at), true
		}
	}
	return "", false
}

// wordsOf splits what somebody looks for into words, in small letters.
func wordsOf(text string) (words []string) {
	for _, w := range wordsIn(text) {
		words = append(words, strings.ToLower(w))
	}
	return words
}

// wordsIn yields the runs of letters and digits in text, and where they are.
func wordsIn(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		start := -1
		for i, r := range text {
			switch word := unicode.IsLetter(r) || unicode.IsDigit(r); {
			case word && start < 0:
				start = i
			case !word && start >= 0:
				if !yield(start, text[start:i]) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, text[start:])
		}
	}
}

// place reports whether words of text begin with all the words, which are in small
// letters, and where the first of them is.
func place(text string, words []string) (at int, ok bool) {
	found, left := make([]bool, len(words)), len(words)
	for i, word := range wordsIn(text) {
		for j, w := range words {
			if found[j] || !beginsWith(word, w) {
				continue
			}
			if found[j] = true; j == 0 {
				at = i
			}
			left--
		}
		if left == 0 {
			return at, true
		}
	}
	return 0, false
}

// beginsWith reports whether a word, in small letters, begins so.
func beginsWith(word, begin string) bool {
	for _, r := range word {
		want, size := utf8.DecodeRuneInString(begin)
		if size == 0 || unicode.ToLower(r) != want {
			break
		}
		begin = begin[size:]
	}
	return begin == ""
}

// around cuts out of text what is around a place, at blanks.
func around(text string, at int) string {
	from, to := max(0, at-80), min(len(text), at+200)
	before, after := "", ""
	if from > 0 {
		if i := strings.IndexAny(text[from:at], " \n\t"); i >= 0 {
			from += i
		}
		before = "… "
	}
	if to < len(text) {
		if i := strings.LastIndexAny(text[at:to], " \n\t"); i > 0 {
			to = at + i
		}
		after = " …"
	}
	return before + strings.Join(strings.Fields(strings.ToValidUTF8(text[from:to], "")), " ") + after
}
