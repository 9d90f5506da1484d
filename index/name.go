package index

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/edgard/edgar"
	bolt "go.etcd.io/bbolt"
)

// Bounds on the words of a name. What is behind them is not looked at.
const (
	maxWord  = 40 // bytes of a word in a key, the rest of it is cut
	maxWords = 30 // of a name
)

// nameWords returns the words of a name: its runs of letters and digits, in small
// letters. An apostrophe is no end of a word: "O'Neil's" is the word oneils.
func nameWords(name string) (words []string) {
	for range maxWords {
		var word string
		if word, name = nextWord(name); word == "" {
			break
		}
		words = append(words, foldWord(word))
	}
	return words
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
	for range maxWords {
		var word string
		if word, name = nextWord(name); word == "" {
			return false
		}
		if beginsWith(word, begin) {
			return true
		}
	}
	return false
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

// findNames returns the prefixes of the issuers under whose names the directory has
// words that begin with each of words, and whether they are few enough to be told
// apart. A word with which too many begin tells nothing.
func findNames(tx *bolt.Tx, words []string) (prefixes [][]byte, few bool) {
	common, _ := commonNamed(tx, words)
	for c := range common {
		prefixes = append(prefixes, []byte(c))
	}
	_, unknown := common[string(cikPrefix(edgar.CIK{}))]
	return prefixes, common != nil && !unknown
}

// commonNamed returns the CIKs, as in keys, that the words with which not too many
// begin have in common; nil when there are too many of each. It is whole when there
// are of none.
func commonNamed(tx *bolt.Tx, words []string) (common map[string]struct{}, whole bool) {
	whole = true
	for _, w := range words {
		ciks, ok := issuersNamed(tx, w)
		if !ok {
			whole = false
			continue
		}
		if common != nil {
			maps.DeleteFunc(common, func(c string, _ struct{}) bool { _, has := ciks[c]; return !has })
		} else {
			common = ciks
		}
	}
	return common, whole
}

// issuersNamed returns the CIKs, as in keys, under whose names is a word that begins
// so; not ok when there are too many keys of them.
func issuersNamed(tx *bolt.Tx, begin string) (ciks map[string]struct{}, ok bool) {
	begin = clip(begin, maxWord)
	ciks = map[string]struct{}{}
	c := tx.Bucket(bucketName).Cursor()
	n := 0
	for k, _ := c.Seek([]byte(begin)); bytes.HasPrefix(k, []byte(begin)); k, _ = c.Next() {
		if n++; n > maxLooked {
			return nil, false
		}
		ciks[string(k[len(k)-cikSize:])] = struct{}{}
	}
	return ciks, true
}
