package parse

import (
	"slices"
	"strings"
)

// labelKind is what the beginning of a piece says it is.
type labelKind uint8

const (
	labelNone labelKind = iota
	labelMark
	labelBy
	labelName
	labelTitle
	labelDate
	labelCompany
)

// A labelText is one spelling of a label. A colon must follow unless bare.
type labelText struct {
	text string
	kind labelKind
	bare bool
}

var signatureLabels = []labelText{
	{"by", labelBy, true},
	{"dated", labelDate, true},
	{"date signed", labelDate, false},
	{"date", labelDate, true},
	{"name and title", labelName, false},
	{"name & title", labelName, false},
	{"name/title", labelName, false},
	{"name", labelName, false},
	{"printed name", labelName, false},
	{"print name", labelName, false},
	{"print", labelName, false},
	{"printed", labelName, false},
	{"typed name", labelName, false},
	{"title", labelTitle, false},
	{"its", labelTitle, true},
	{"position", labelTitle, false},
	{"capacity", labelTitle, false},
	{"office", labelTitle, false},
	{"signature", labelMark, false},
	{"signed", labelMark, false},
	{"registrant", labelCompany, false},
	{"company", labelCompany, false},
	{"issuer", labelCompany, false},
}

// handMarks are the signs that stand for a signature by hand.
var handMarks = []string{"/s/", "(/s/)", `\s\`, "/s /", "/ s /", "/ss/", "/s ", "//", "(s)", "s/", `s\`, `/s\`, `\s/`, "/signed/"}

// label reads the label that a piece begins with and returns the value after it.
func label(text string) (labelKind, string) {
	if value, ok := cutMark(text); ok {
		return labelMark, value
	}
	for _, l := range signatureLabels {
		rest, ok := cutFold(text, l.text)
		if !ok {
			continue
		}
		value := strings.TrimLeft(rest, " \t")
		colon := strings.HasPrefix(value, ":") || strings.HasPrefix(value, ".:") || l.kind == labelDate && strings.HasPrefix(value, ";")
		spaced := l.bare && (rest == "" || len(value) < len(rest) || rest[0] == '_' || rest[0] == '/' || rest[0] == '.')
		if !colon && !spaced {
			continue
		}
		if l.kind == labelDate && !colon && !isDateValue(value) {
			continue // "Date" begins a word of the text
		}
		value = trimBlank(strings.TrimLeft(value, ".:;"))
		if signed, ok := cutMark(value); ok && (l.kind == labelBy || l.kind == labelMark) {
			return labelMark, signed
		}
		return l.kind, value
	}
	return labelNone, text
}

// skipCaption skips a caption in brackets before a value: "(Registrant) Quill
// Works, Inc.".
func skipCaption(text string) string {
	if i := strings.IndexByte(text, ')'); text != "" && text[0] == '(' && i > 0 && i+1 < len(text) && isCaption(text[:i+1]) {
		return strings.TrimLeft(text[i+1:], " \t:")
	}
	return text
}

// cutSegment cuts a piece before a second label that stands inside it: where a
// line's blanks are lost, everything is on it.
func cutSegment(text string) (first, rest string) {
	for at := 1; at < len(text); at++ {
		if c := text[at]; text[at-1] != ' ' && text[at-1] != '\t' || c != '/' && c != '\\' && c|0x20 != 'b' && c|0x20 != 'n' && c|0x20 != 't' && c|0x20 != 'd' {
			continue
		}
		kind, value := label(text[at:])
		inner := kind == labelMark || kind != labelNone && strings.IndexByte(text[at:min(len(text), at+8)], ':') > 0
		if before := text[:at]; inner && !(kind == labelMark && endsBy(before)) {
			if kind == labelMark && value == "" && isMarked(before) {
				return strings.TrimRight(before, " \t"), "" // /s/ Ada Quill /s/
			}
			return strings.TrimRight(before, " \t"), text[at:]
		}
	}
	return text, ""
}

// endsBy reports whether what stands before a mark is the label of the mark.
func endsBy(s string) bool {
	kind, value := label(s)
	return (kind == labelBy || kind == labelMark || kind == labelDate) && value == ""
}

func isDateValue(s string) bool {
	_, _, to := dateIn(s)
	return to > 0 || trimBlank(s) == ""
}

// ruleSigns are blanks and what rules are drawn with.
const ruleSigns = " \t_—–─━¯‾‗"

// trimBlank trims blanks and the rule that a value is written on.
func trimBlank(s string) string { return strings.Trim(s, ruleSigns+":") }

func cutMark(text string) (string, bool) {
	text = strings.TrimLeft(text, ruleSigns+"*[\"“")
	if rest, ok := cutFold(text, "(signed)"); ok && hasWords(rest) {
		return trimBlank(rest), true // alone it is a caption
	}
	for _, m := range handMarks {
		if rest, ok := cutFold(text, m); ok {
			return cutEndMark(trimBlank(rest)), true
		}
	}
	return text, false
}

// cutEndMark cuts what closes a mark behind the name: "/s/ Ada Quill /s/", "[/s/
// Ada Quill]".
func cutEndMark(s string) string {
	s = strings.TrimRight(s, "/]\"” ")
	if n := len(s) - 2; n > 0 && s[n] == '/' && s[n+1]|0x20 == 's' {
		s = strings.TrimRight(s[:n], "/ ")
	}
	return trimBlank(s)
}

// isMarked reports whether a piece has a mark, after By or without.
func isMarked(text string) bool {
	kind, _ := label(text)
	return kind == labelMark
}

func isBy(text string) bool {
	kind, _ := label(text)
	return kind == labelBy
}

// isCaption knows what forms print below a line to say what goes there:
// "(Registrant)", "(Signature)*", "(Print name and title)".
func isCaption(text string) bool {
	s := strings.Trim(text, " \t*.")
	if len(s) < maxProse && isInstruction(s) {
		return true
	}
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' || len(s) < 24 {
		switch words := letters(s); words {
		case "registrant", "registrants", "theregistrant", "signature", "signatures", "name", "title", "date", "dated", "printname", "printedname",
			"nameandtitle", "printnameandtitle", "nametitle", "signatureandtitle", "typeorprintname",
			"nameofregistrant", "issuer", "company", "depositor", "seller", "servicer", "sponsor", "coregistrant", "filer", "signatory",
			"nameofsignatory", "fullname", "nameandtitleofsigningofficer", "printednameandtitle", "typedname", "page", "thecompany", "signed":
			return true
		default:
			return s == "" || s[0] == '(' && beginsCaption(words)
		}
	}
	return false
}

// beginsCaption knows the beginnings of captions that filers complete as they
// please: "(Name of officer signing)".
func beginsCaption(words string) bool {
	for _, w := range []string{"name", "signature", "print", "type", "exactname", "registrant"} {
		if strings.HasPrefix(words, w) {
			return true
		}
	}
	return false
}

// isInstruction knows what the form itself prints: "Print name and title of the
// signing officer under his signature."
func isInstruction(s string) bool {
	for _, words := range []string{"print name", "print the name", "print or type", "type or print", "typed or printed", "name and title of",
		"signing officer", "under his signature", "under the signature", "name of signing"} {
		if containsFoldString(s, words) {
			return true
		}
	}
	return false
}

// isTitle reports whether a piece has a word of a title.
func isTitle(text string) bool {
	for at := 0; at < len(text); {
		from, to := nextWord(text, at)
		if from == to {
			return false
		}
		var buf [16]byte
		if to-from <= len(buf) && isTitleWord(lowerWord(buf[:0], text[from:to])) {
			return true
		}
		at = to
	}
	return false
}

// isTitleWord knows words of titles that are not also words of names and companies.
func isTitleWord(word []byte) bool {
	switch string(word) {
	case "president", "officer", "secretary", "treasurer", "director", "directors", "chairman", "chairwoman", "chairperson", "chair", "counsel",
		"controller", "comptroller",
		"vice", "executive", "chief", "manager", "managing", "trustee", "signatory", "attorney", "agent", "administrator", "accountant", "accounting",
		"finance", "principal", "authorized", "ceo", "cfo", "coo", "cao", "evp", "svp", "vp", "avp", "assistant", "senior", "founder", "representative",
		"operations", "deputy", "associate", "member", "receiver", "liquidator", "legal", "partner", "governor", "registrar", "actuary":
		return true
	}
	return false
}

// leaves reports whether a line of a title leaves something to come.
func leaves(title string) bool {
	title = strings.TrimRight(title, " ")
	for _, end := range []string{",", "&", "/", "-", ";", " and", " of", " the", " for", " to", " in"} {
		if strings.HasSuffix(title, end) {
			return true
		}
	}
	return false
}

// isSuffix knows the words that a company's name ends in.
func isSuffix(word string) bool {
	switch letters(word) {
	case "inc", "incorporated", "corp", "corporation", "company", "co", "companies", "llc", "lp", "llp", "lllp", "ltd", "limited", "plc", "trust",
		"bancorp", "bancshares", "bancorporation", "bank", "na", "sa", "ag", "nv", "holdings", "partners", "partnership",
		"group", "fund", "funds", "association", "industries", "cooperative", "reit", "se", "spa", "bv", "systems", "technologies", "international", "enterprises":
		return true
	}
	return false
}

// isCompany reports whether a piece ends like a company's name.
func isCompany(text string) bool {
	s := trimCompany(text)
	for _, role := range []string{", as ", ", its ", ", not ", ", solely "} { // what it signs as
		if i := strings.Index(s, role); i > 0 {
			s = s[:i]
			if hasSuffixWord(s) {
				return true // The Bank of Nibs, as Trustee
			}
		}
	}
	if i := strings.LastIndex(strings.ToLower(s), " trust"); i > 0 && hasDigit(s[i:]) {
		return true // Lease Receivables Trust 2005-A
	}
	s = strings.TrimRight(s, " .,*")
	first, to := nextWord(s, 0)
	if first == to {
		return false
	}
	switch strings.ToLower(s[first:to]) { // a title may end in the company's name
	case "president", "vice", "chief", "secretary", "treasurer", "assistant", "managing", "authorized", "director", "chairman", "controller", "attorney",
		"of", "manager", "member":
		return false
	case "senior", "executive", "general", "corporate", "deputy":
		if isTitle(s[to:]) {
			return false
		}
	}
	i := strings.LastIndexAny(s, " \t,")
	return i > 0 && isSuffix(s[i+1:])
}

// hasSuffixWord reports whether a word of s is one that companies' names have.
func hasSuffixWord(s string) bool {
	return slices.ContainsFunc(strings.Fields(s), isSuffix)
}

// isStateOf knows "A Nevada Corporation" and "a Delaware limited liability
// company", which say what the company above is.
func isStateOf(text string) bool {
	s, ok := cutFold(text, "a ")
	if !ok {
		if s, ok = cutFold(text, "an "); !ok {
			return false
		}
	}
	i := strings.LastIndexByte(s, ' ')
	return i > 0 && strings.Count(s, " ") <= 4 && isSuffix(s[i:])
}

// trimCompany cuts off what is printed beside a company's name: "(Registrant)",
// ", Registrant".
func trimCompany(text string) string {
	s := strings.Trim(text, " \t_")
	if i := strings.LastIndexByte(s, '('); i > 0 && isCaption(s[i:]) {
		s = strings.TrimRight(s[:i], " ,\t")
	}
	for _, word := range []string{", Registrant", ", registrant", ", REGISTRANT"} {
		s = strings.TrimSuffix(s, word)
	}
	return s
}

// isSentence reports whether a piece is prose: it has a verb of the kind that
// signatures lack, or ends a sentence of some length.
func isSentence(text string) bool {
	if len(text) < 30 {
		return false
	}
	for _, w := range []string{" is ", " are ", " was ", " were ", " has ", " have ", " will ", " shall ", " hereby ", " may ", " announced ", " today ",
		" made ", " between ", " this ", " that ", " which ", " agree ", " agrees "} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
