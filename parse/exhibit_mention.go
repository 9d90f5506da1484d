package parse

import "strings"

// mentionedExhibits returns the exhibits that Item 7 or 9.01 names in a sentence
// instead of listing them: "filed herewith as Exhibit 16", "Exhibit 16, the
// letter from …".
func mentionedExhibits(p *page) []listedExhibit {
	var found []listedExhibit
	for i := range p.sections {
		s := &p.sections[i]
		if !listsExhibits(s) || s.mid >= s.to {
			continue
		}
		text := p.text[s.mid:min(s.to, s.mid+maxMention)]
		for at := 0; len(found) < maxExhibits; {
			n := strings.Index(text[at:], "xhibit")
			if n < 1 {
				break
			}
			at += n - 1
			if refs, rest := readNumbers(text[at:]); refs != nil && !isElsewhere(rest) {
				found = appendMentions(found, refs)
			}
			ref, ok := readExhibitRef(text[at:])
			if at += len("exhibit"); !ok || isElsewhere(ref.rest) || has(found, ref.number) {
				continue
			}
			found = append(found, listedExhibit{number: ref.number, key: exhibitKey(ref.number), description: phrase(&ref), dotted: ref.dotted})
		}
	}
	return found
}

// appendMentions appends several exhibits of one sentence, each once.
func appendMentions(found []listedExhibit, refs []exhibitRef) []listedExhibit {
	for _, ref := range refs {
		if !has(found, ref.number) {
			found = append(found, listedExhibit{number: ref.number, key: exhibitKey(ref.number), dotted: ref.dotted})
		}
	}
	return found
}

// maxMention is how much of an item is searched: statements pasted in after its
// text have exhibits of their own.
const maxMention = 8000

func has(found []listedExhibit, number string) bool {
	key := exhibitKey(number)
	for i := range found {
		if found[i].key == key {
			return true
		}
	}
	return false
}

// isElsewhere reports whether a number is followed by what says that the exhibit
// is another filing's: "to the Registrant's Form 10-K", "of Form 8-K".
func isElsewhere(rest string) bool {
	rest = strings.TrimLeft(rest, " \n\t")
	if !hasPrefixFoldString(rest, "to ") && !hasPrefixFoldString(rest, "of ") && !hasPrefixFoldString(rest, "in ") {
		return false
	}
	return !hasPrefixFoldString(rest[3:], "this ") && !hasPrefixFoldString(rest[3:], "the current report")
}

// phrase returns the noun that follows a number set off by a comma, "" when a
// sentence goes on instead.
func phrase(ref *exhibitRef) string {
	s := ref.rest
	if !ref.comma || isRunning(s) && !hasPrefixFoldString(s, "the ") {
		return ""
	}
	for at := 0; ; {
		i := strings.IndexAny(s[at:], ",;.\n")
		if i < 0 {
			return s
		}
		if at += i; s[at] != ',' || !beginsYear(s[at+1:]) {
			return s[:at]
		}
		at++
	}
}

// beginsYear reports whether what follows a comma is the year of a date.
func beginsYear(s string) bool {
	s = strings.TrimLeft(s, " ")
	return leadingDigits(s) == 4
}
