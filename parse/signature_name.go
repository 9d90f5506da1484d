package parse

import "strings"

// splitTitle parts "Jason Smart, CEO, CFO, Chairman" into name and title.
// Suffixes of names stay with them: "William E. Ladin, Jr.".
func splitTitle(text string) (name, title string) {
	text = strings.Trim(text, ruleSigns+"*")
	at := 0
	for {
		i := strings.IndexByte(text[at:], ',')
		if i < 0 {
			break
		}
		i += at
		rest := strings.TrimLeft(text[i+1:], " \t")
		word := rest
		if j := strings.IndexAny(rest, ", "); j >= 0 {
			word = rest[:j]
		}
		if !isNameSuffix(word) && !isLastFirst(text[:i], word) {
			name, title = cutDash(strings.TrimRight(text[:i], " "))
			if title != "" {
				return name, title + ", " + rest
			}
			return name, rest
		}
		at = i + 1
	}
	if name, title = cutDash(text); title != "" {
		return name, title
	}
	return splitAtTitleWord(text)
}

// isLastFirst knows "QUILL, ADA": one word before the comma is no name.
func isLastFirst(before, after string) bool {
	_, to := nameWord(before, 0)
	return to == len(before) && to > 0 && isPerson(before+" "+after) && !isTitle(after)
}

// cutDash parts "Ada Quill - President" and "Ada Quill/Authorized Signatory".
func cutDash(text string) (name, title string) {
	for _, dash := range []string{" - ", " – ", " — ", "/"} {
		if i := strings.Index(text, dash); i > 0 && isTitle(text[i:]) {
			return text[:i], text[i+len(dash):]
		}
	}
	return text, ""
}

// splitAtTitleWord parts "Ada Quill Vice President", without a comma, where the
// title begins.
func splitAtTitleWord(text string) (name, title string) {
	for at, words := 0, 0; at < len(text); words++ {
		from, to := nameWord(text, at)
		if from == to {
			break
		}
		if words >= 2 && isTitle(text[from:to]) {
			return strings.TrimRight(text[:from], " \t"), text[from:]
		}
		at = to
	}
	return text, ""
}

// isNameSuffix knows Jr., III, Esq., CPA, Ph.D. and their like.
func isNameSuffix(word string) bool {
	switch letters(word) {
	case "jr", "sr", "ii", "iii", "iv", "v", "esq", "cpa", "md", "phd", "cfa", "jd", "dds", "mba", "ca", "pe", "dvm", "esquire", "dphil", "msc", "ms",
		"llm", "rn", "pharmd", "dsc":
		return true
	}
	return false
}

// isSuffixes reports whether text is nothing but suffixes of a name.
func isSuffixes(text string) bool {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == ',' })
	for _, word := range words {
		if !isNameSuffix(word) {
			return false
		}
	}
	return len(words) > 0
}

// splitLike parts text into name and title when it begins with a name like the
// signed one, that is with the same last name.
func splitLike(text, signed string) (name, title string, ok bool) {
	last := lastName(signed)
	if len(last) < 2 {
		return "", "", false
	}
	for at, words := 0, 0; words < 6; words++ {
		from, to := nameWord(text, at)
		if from == to {
			return "", "", false
		}
		if words > 0 && strings.EqualFold(strings.Trim(text[from:to], "."), last) {
			return cutName(text, to)
		}
		at = to
	}
	return "", "", false
}

// cutName cuts text after a last name that ends at to, and its suffix.
func cutName(text string, to int) (name, title string, ok bool) {
	for {
		from := to
		for from < len(text) && (text[from] == ' ' || text[from] == ',') {
			from++
		}
		end := from
		for end < len(text) && text[end] != ' ' && text[end] != ',' {
			end++
		}
		if !isNameSuffix(text[from:end]) {
			break
		}
		to = end
	}
	if to < len(text) && text[to] == '.' {
		to++
	}
	return text[:to], strings.TrimRight(strings.TrimLeft(text[to:], " \t,-–—*;"), " \t*"), true
}

// lastName returns the last word of a name that is no suffix.
func lastName(name string) string {
	last := ""
	for at := 0; at < len(name); {
		from, to := nameWord(name, at)
		if from == to {
			break
		}
		if word := strings.Trim(name[from:to], "."); !isNameSuffix(word) || last == "" {
			last = word
		}
		at = to
	}
	return last
}

// nameWord returns the next word of a name: letters of any script, with the
// apostrophes, hyphens and points inside.
func nameWord(s string, at int) (from, to int) {
	for at < len(s) && !isNameByte(s[at]) {
		at++
	}
	from = at
	for at < len(s) && (isNameByte(s[at]) || s[at] == '\'' || s[at] == '-' || s[at] == '.' && at+1 < len(s) && isNameByte(s[at+1]) && at-from > 1) {
		at++
	}
	return from, at
}

func isNameByte(c byte) bool { return isLetter(c) || c >= 0x80 }

// isPerson reports whether text looks like a person's name: two to five words,
// each with a capital, no figures.
func isPerson(text string) bool {
	if hasDigit(text) || len(text) > 50 {
		return false
	}
	words := 0
	for at := 0; at < len(text); words++ {
		from, to := nameWord(text, at)
		if from == to {
			break
		}
		if c := text[from]; c >= 'a' && c <= 'z' && to-from > 3 {
			return false
		}
		at = to
	}
	return words >= 2 && words <= 6
}

// cleanName leaves out what is not part of a name.
func cleanName(s string) string {
	s = strings.Trim(s, ruleSigns+",;:*-")
	if i := strings.IndexByte(s, '\t'); i > 0 {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

func cleanTitle(s string) string {
	s = strings.Trim(s, ruleSigns+",;*")
	for _, lead := range []string{"its ", "its: ", "as "} {
		if rest, ok := cutFold(s, lead); ok && isTitle(rest) {
			s = strings.TrimLeft(rest, " \t")
		}
	}
	if strings.ContainsAny(s, "\t\n") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}
