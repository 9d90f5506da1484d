package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nameWords returns the words of a name: its runs of letters and digits, in small
// letters. An apostrophe is no end of a word: "O'Neil's" is the word oneils.
func nameWords(name string) (words []string) {
	for rest := name; ; {
		var word string
		if word, rest = nextWord(rest); word == "" {
			return words
		}
		words = append(words, foldWord(word))
	}
}

// nextWord cuts the first word off s as it is written there, "" when there is none.
func nextWord(s string) (word, rest string) {
	start := strings.IndexFunc(s, isWordRune)
	if start < 0 {
		return "", ""
	}
	s = s[start:]
	end := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) && !isApostrophe(r) })
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

func isWordRune(r rune) bool   { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// foldWord writes a word as it is looked for.
func foldWord(word string) string {
	return strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}

// namesMatch reports whether each of the words begins a word of one and the same
// line of names.
func namesMatch(names string, words []string) bool {
	for name := range strings.SplitSeq(names, "\n") {
		if nameMatches(name, words) {
			return true
		}
	}
	return false
}

// nameMatches reports whether each of the words, folded, begins a word of name.
func nameMatches(name string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !hasWord(name, w) })
}

func hasWord(name, begin string) bool {
	for rest := name; ; {
		var word string
		if word, rest = nextWord(rest); word == "" {
			return false
		}
		if beginsWith(word, begin) {
			return true
		}
	}
}

// beginsWith reports whether foldWord(word) begins with what is folded already.
func beginsWith(word, begin string) bool {
	for _, r := range word {
		want, size := utf8.DecodeRuneInString(begin)
		if size == 0 {
			return true
		}
		if isApostrophe(r) {
			continue
		}
		if unicode.ToLower(r) != want {
			return false
		}
		begin = begin[size:]
	}
	return begin == ""
}
