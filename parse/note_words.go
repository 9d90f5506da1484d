package parse

import "strings"

// A mention is where a text names a report: low[from:to].
type mention struct {
	from, to int
	form     bool // by its form: "8-K", "8-K12B", "8-K/A"
	amended  bool // an amendment
}

// reportNames are what amendments call the report they amend besides its form.
var reportNames = [...]string{"original report", "original filing", "initial report", "initial filing", "original current report", "current report"}

// nextMention finds the first mention in low from at on.
func nextMention(low string, at int) (mention, bool) {
	for ; at < len(low); at++ {
		if at > 0 && isWordByte(low[at-1]) {
			continue
		}
		switch low[at] {
		case '8':
			if m, ok := formMention(low, at); ok {
				return m, true
			}
		case 'o', 'i', 'c':
			for _, name := range reportNames {
				if strings.HasPrefix(low[at:], name) {
					return mention{from: at, to: at + len(name)}, true
				}
			}
		}
	}
	return mention{}, false
}

// formMention reads "8-k", "8k", "8 k/a", "8-k12g3" at low[at:].
func formMention(low string, at int) (mention, bool) {
	m := mention{from: at, form: true}
	rest := strings.TrimLeft(low[at+1:], "- ")
	if len(low)-at-1-len(rest) > 1 || !strings.HasPrefix(rest, "k") {
		return m, false
	}
	rest = rest[1:]
	for _, kind := range [...]string{"12b", "12g3", "15d5"} {
		rest = strings.TrimPrefix(rest, kind)
	}
	for _, mark := range [...]string{"/a", " /a", "a", "-a"} {
		if strings.HasPrefix(rest, mark) && (len(rest) == len(mark) || !isWordByte(rest[len(mark)])) {
			rest, m.amended = rest[len(mark):], true
			break
		}
	}
	m.to = len(low) - len(rest)
	return m, rest == "" || !isWordByte(rest[0])
}

// The verbs that say what a date is of.
const (
	cueNone = iota
	cueFiled
	cueDated
)

// cue returns what the words before a date make of it: the last of them counts.
func cue(low string) int {
	if containsAny(low, "pursuant", "section 13", "amendment no", " 10-") {
		return cueNone
	}
	filed, _ := lastVerb(low)
	dated := max(strings.LastIndex(" "+low, " dated"), strings.LastIndex(low, "date of"), strings.LastIndex(low, "event reported"))
	switch {
	case filed > dated:
		return cueFiled
	case dated >= 0:
		return cueDated
	}
	return cueNone
}

// lastVerb finds the last verb of filing in low and what follows it; at is -1 when
// there is none. What is yet to be filed does not count.
func lastVerb(low string) (at int, after string) {
	at = -1
	for _, verb := range [...]string{"filed", "furnished", "submitted"} {
		i := strings.LastIndex(low, verb)
		if i > at && (i == 0 || !isWordByte(low[i-1])) && !strings.HasSuffix(low[:i], " be ") {
			at, after = i, low[i+len(verb):]
		}
	}
	return at, after
}

// speaksOfAmending reports whether a sentence says that a report is amended, and
// not only that something else was.
func speaksOfAmending(low string) bool {
	return containsAny(low, "this amendment", "amends", "amending", "hereby amend", "being amended", "is amended", "hereby amended", "is an amendment", "amend and restate", "amend its",
		"amend the", "to amend", "8-k/a", "amended by this", "purpose of this", "supplement")
}

// namesExhibit reports whether low names an exhibit by number.
func namesExhibit(low string) bool {
	_, after, ok := strings.Cut(low, "exhibit ")
	after = strings.TrimPrefix(strings.TrimPrefix(after, "no. "), "number ")
	return ok && after != "" && isDigit(after[0])
}

// amendmentNumber reads the number at the beginning of "amendment no. 2", 0 when
// it is none from 1 to 99.
func amendmentNumber(low string) int {
	rest, ok := strings.CutPrefix(low, "amendment ")
	if !ok {
		return 0
	}
	marked := false
	for _, mark := range [...]string{"number ", "no. ", "no.", "no ", "#"} {
		if after, ok := strings.CutPrefix(rest, mark); ok {
			rest, marked = strings.TrimLeft(after, " "), true
			break
		}
	}
	if !marked {
		return 0
	}
	if n := leadingDigits(rest); n == 1 || n == 2 {
		return smallNumber(rest[:n])
	}
	for i, word := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} {
		if strings.HasPrefix(rest, word) && (len(rest) == len(word) || !isWordByte(rest[len(word)])) {
			return i + 1
		}
	}
	return 0
}

// number finds the amendment's own number: in the title on the cover, in the
// description that inline XBRL has of it, or where the text says "this Amendment
// No. 2" or "Amendment No. 2 to the Current Report". Contracts have amendments,
// too.
func (r *noteReader) number(p *page) int {
	for i := range p.blocks[:min(p.cover, p.signature, len(p.blocks))] {
		if line := lowerASCII(p.line(i)); len(line) <= 80 && !strings.Contains(line, "agreement") {
			if n := numberIn(line); n > 0 {
				return n
			}
		}
	}
	for i := range p.facts {
		if f := &p.facts[i]; f.name == "dei:AmendmentDescription" {
			if n := numberIn(lowerASCII(f.value)); n > 0 {
				return n
			}
		}
	}
	for at := 0; ; {
		i := strings.Index(r.low[at:], "amendment n")
		if i < 0 {
			return 0
		}
		at += i
		after := r.low[at:min(len(r.low), at+60)]
		if n := amendmentNumber(after); n > 0 && (strings.HasSuffix(r.low[:at], "this ") || containsAny(after, "current report", "form 8-k")) {
			return n
		}
		at++
	}
}

// numberIn reads the first amendment's number in a line.
func numberIn(low string) int {
	_, after, ok := strings.Cut(low, "amendment ")
	if !ok {
		return 0
	}
	return amendmentNumber("amendment " + after)
}

// sentenceStart returns where the sentence begins that text[at] is in.
func sentenceStart(text string, at int) int {
	least := max(0, at-2*maxNoteText)
	for i := at - 1; i >= least; i-- {
		if text[i] == '\n' || stopsAt(text, i) {
			return at - len(strings.TrimLeft(text[i+1:at], " "))
		}
	}
	for least < at && text[least] != ' ' && least > 0 {
		least++
	}
	return least
}

// sentenceEnd returns where the sentence ends that text[at] is in.
func sentenceEnd(text string, at int) int {
	most := min(len(text), at+2*maxNoteText)
	for i := at; i < most; i++ {
		if text[i] == '\n' {
			return i
		}
		if stopsAt(text, i) {
			return i + 1
		}
	}
	return most
}

// paragraphEnd returns where the paragraph ends that text[at] is in, or 1,200 bytes on.
func paragraphEnd(text string, at int) int {
	most := min(len(text), at+3*maxNoteText)
	if i := strings.IndexByte(text[at:most], '\n'); i >= 0 {
		return at + i
	}
	return most
}

// stopsAt reports whether the full stop at text[i] ends a sentence: blank and
// capital follow, and no abbreviation stands before it, unless what follows can
// only begin one.
func stopsAt(text string, i int) bool {
	if text[i] != '.' || i+2 >= len(text) || text[i+1] != ' ' {
		return false
	}
	if c := text[i+2]; c >= 'a' && c <= 'z' || isDigit(c) || c == '(' || c == ',' {
		return false
	}
	word := text[:i]
	if at := strings.LastIndexAny(word, " \n(\"“."); at >= 0 {
		word = word[at+1:]
	}
	switch lowerASCII(word) {
	case "no", "nos", "mr", "ms", "mrs", "dr", "messrs", "st":
		return false
	case "inc", "corp", "co", "ltd", "llc", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return opensSentence(text[i+2:])
	}
	return len(word) > 1 || opensSentence(text[i+2:])
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// clipWords cuts s after its last whole word within n bytes; what was cut leaves
// an ellipsis.
func clipWords(s string, n int) string {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "") // where it was cut out of may be within a letter
	if len(s) <= n {
		return s
	}
	s = s[:n]
	if at := strings.LastIndexByte(s, ' '); at > 0 {
		s = s[:at]
	}
	return strings.ToValidUTF8(s, "") + " …"
}
