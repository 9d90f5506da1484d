package parse

import (
	"iter"
	"strings"
)

// fields is a set of what captions on a cover name.
type fields uint16

const (
	fieldDate fields = 1 << iota
	fieldName
	fieldState
	fieldFile
	fieldEIN
	fieldAddress
	fieldZip
	fieldPhone
	fieldFormer
)

// numbers are the captions that stand side by side under three values.
const numberFields = fieldState | fieldFile | fieldEIN

// captionPhrases tell what a caption names. A phrase of a rank ends the search
// below it: "telephone number, including area code, of registrant's principal
// executive offices" in a former address names the former address alone.
var captionPhrases = [...]struct {
	phrase string
	field  fields
	alone  bool // nothing else is named beside it
}{
	{"date of report", fieldDate, true},
	{"date of earliest", fieldDate, true},
	{"earliest event", fieldDate, true},
	{"date of event", fieldDate, true},
	{"former name", fieldFormer, true},
	{"former address", fieldFormer, true},
	{"former fiscal", fieldFormer, true},
	{"changed since", fieldFormer, true},
	{"since last report", fieldFormer, true},
	{"exact name", fieldName, false},
	{"name of registrant", fieldName, false},
	{"name of the registrant", fieldName, false},
	{"name of issuer", fieldName, false},
	{"name of company", fieldName, false},
	{"name of small business issuer", fieldName, false},
	{"names of registrant", fieldName, false},
	{"specified in", fieldName, false},
	{"asspecified", fieldName, false},
	{"registrant state", fieldName, false}, // "Registrant; State of Incorporation; Address; and Telephone Number" of utilities
	{"registrants state", fieldName, false},
	{"registrant address", fieldName, false},
	{"state or", fieldState, false},
	{"state of", fieldState, false},
	{"states of", fieldState, false},
	{"jurisdic", fieldState, false},
	{"country of", fieldState, false},
	{"province", fieldState, false},
	{"place of incorporation", fieldState, false},
	{"state incorporation", fieldState, false},
	{"commission file", fieldFile, false},
	{"file n", fieldFile, false},
	{"filen", fieldFile, false},
	{"irs", fieldEIN, false},
	{"employer", fieldEIN, false},
	{"identification", fieldEIN, false},
	{"taxpayer", fieldEIN, false},
	{"ein", fieldEIN, false},
	{"identi", fieldEIN, false},
	{"telephone", fieldPhone, false},
	{"phone n", fieldPhone, false},
	{"area code", fieldPhone, false},
	{"address", fieldAddress, false},
	{"executive office", fieldAddress, false},
	{"principal office", fieldAddress, false},
	{"principal executive", fieldAddress, false},
	{"zip", fieldZip, false},
	{"postal code", fieldZip, false},
}

// captionWords are the words that captions are made of. Those that are weak
// occur in names of companies too and make no caption alone.
var captionWords = map[string]wordKind{
	"date": strongWord, "report": strongWord, "reported": strongWord, "earliest": strongWord, "event": strongWord,
	"exact": strongWord, "name": strongWord, "names": strongWord, "registrant": strongWord, "registrants": strongWord,
	"specified": strongWord, "asspecified": strongWord, "charter": strongWord, "charters": strongWord, "chapter": strongWord, "issuer": strongWord, "issuers": strongWord,
	"jurisdiction": strongWord, "jurisdictions": strongWord, "incorporation": strongWord, "organization": strongWord, "formation": strongWord, "incorporated": strongWord, "organized": strongWord,
	"commission": strongWord, "file": strongWord, "number": strongWord, "numbers": strongWord, "nos": strongWord,
	"irs": strongWord, "employer": strongWord, "employers": strongWord, "identification": strongWord, "taxpayer": strongWord,
	"address": strongWord, "addresses": strongWord, "zip": strongWord, "code": strongWord, "codes": strongWord, "telephone": strongWord,
	"former": strongWord, "changed": strongWord, "changes": strongWord, "since": strongWord, "last": strongWord, "fiscal": strongWord,
	"including": strongWord, "offices": strongWord, "ein": strongWord,
	// without their blanks, which html between two lines loses
	"identificationnumber": strongWord, "identificationno": strongWord, "employeridentification": strongWord, "filenumber": strongWord, "commissionfile": strongWord, "zipcode": strongWord,
	"telephonenumber": strongWord, "ofincorporation": strongWord, "jurisdictionof": strongWord, "areacode": strongWord, "itscharter": strongWord,
	// cut by hyphens at the ends of lines
	"juris": strongWord, "diction": strongWord, "jurisdic": strongWord, "tion": strongWord, "incor": strongWord, "poration": strongWord, "incorpo": strongWord, "ration": strongWord, "incorpora": strongWord,
	"organi": strongWord, "organiza": strongWord, "zation": strongWord, "identi": strongWord, "fication": strongWord, "identifi": strongWord, "cation": strongWord, "identifica": strongWord, "regis": weakWord, "trant": weakWord, "em": weakWord, "ployer": strongWord,
	"state": weakWord, "states": weakWord, "country": weakWord, "province": weakWord, "small": weakWord, "territory": weakWord, "other": weakWord, "or": weakWord, "of": weakWord, "and": weakWord,
	"the": weakWord, "in": weakWord, "its": weakWord, "their": weakWord, "as": weakWord, "it": weakWord, "if": weakWord, "no": weakWord, "id": weakWord, "sec": weakWord, "tax": weakWord,
	"principal": weakWord, "executive": weakWord, "office": weakWord, "business": weakWord, "place": weakWord, "phone": weakWord, "area": weakWord,
	"year": weakWord, "applicable": weakWord, "company": weakWord, "companys": weakWord, "with": weakWord, "postal": weakWord, "on": weakWord, "for": weakWord, "each": weakWord, "mailing": weakWord,
}

type wordKind uint8

const (
	otherWord wordKind = iota
	weakWord
	strongWord
)

// A captionCut is where a caption stands in a text: text[from:to], brackets and
// colon included.
type captionCut struct {
	from, to int
	caption  fields
	paren    bool
}

// captionsIn yields the captions of a text from left to right. A caption is a
// run of caption words that holds one of the phrases; a bracket ends a run. A
// text of nothing but caption words is a piece of a caption that was wrapped.
func captionsIn(text string) iter.Seq[captionCut] {
	return func(yield func(captionCut) bool) {
		var r captionRun
		var last captionCut
		flush := func(end int) bool {
			cut, ok := r.cut(text, end)
			r = captionRun{}
			if !ok {
				return true
			}
			if last.to > 0 && joins(text[min(last.to, cut.from):cut.from], last.caption, cut.caption) {
				last.to, last.caption = cut.to, last.caption|cut.caption
				return true
			}
			was := last
			last = cut
			return was.to == 0 || yield(was)
		}
		for at := 0; at < len(text); {
			from, to := nextCaptionWord(text, at)
			if strings.ContainsAny(text[at:from], "()[]") && r.words > 0 && !flush(from) {
				return
			}
			if from == to {
				break
			}
			kind := r.add(text, from, to)
			if kind == otherWord && !flush(from) {
				return
			}
			at = to
		}
		if flush(len(text)) && last.to > 0 {
			yield(last)
		}
	}
}

// joins reports whether two captions next to each other are one: nothing lies
// between them, and they name the same, as in "Date of Report (Date of earliest
// event reported)".
func joins(between string, a, b fields) bool {
	return !hasSubstance(between) && (b == 0 || a == 0 || a&b == b)
}

// A captionRun is a run of caption words.
type captionRun struct {
	from, to int
	words    int
	strong   bool
	phrase   []byte // the words in lower case, a blank between
	buf      [160]byte
}

// add adds the word text[from:to] if it is a caption word.
func (r *captionRun) add(text string, from, to int) wordKind {
	var buf [24]byte
	word := foldWord(buf[:0], text[from:to])
	kind := captionWords[string(word)]
	if kind == otherWord {
		return kind
	}
	if r.words == 0 {
		r.from, r.phrase = from, r.buf[:0]
	}
	r.words++
	r.to = to
	r.strong = r.strong || kind == strongWord
	if len(r.phrase)+len(word) < len(r.buf) {
		if len(r.phrase) > 0 {
			r.phrase = append(r.phrase, ' ')
		}
		r.phrase = append(r.phrase, word...)
	}
	return kind
}

// cut returns the run as a caption with its brackets; end is where the next word
// begins. A run that names nothing counts only when it is the whole text.
func (r *captionRun) cut(text string, end int) (captionCut, bool) {
	if r.words == 0 {
		return captionCut{}, false
	}
	caption := captionFields(string(r.phrase))
	whole := !hasSubstance(text[:r.from]) && !hasSubstance(text[r.to:])
	if caption == 0 && !(r.strong && whole) {
		return captionCut{}, false
	}
	c := captionCut{from: r.from, to: r.to, caption: caption}
	for c.from > 0 && strings.IndexByte("([ ", text[c.from-1]) >= 0 {
		c.from--
		c.paren = c.paren || text[c.from] == '(' || text[c.from] == '['
	}
	for c.to < end && strings.IndexByte(")].:,;* ", text[c.to]) >= 0 {
		c.to++
	}
	return c, true
}

// bracketedCaption returns what a text in brackets names, 0 when it is no caption.
// Between brackets a caption may have any words: "(Exact name of depositor as
// specified in its charter)".
func bracketedCaption(text string) fields {
	if len(text) < 2 || text[0] != '(' || strings.IndexByte(text, ')') < len(text)-2 || digitsIn(text) > 0 {
		return 0
	}
	var r captionRun
	for at := 0; at < len(text); {
		from, to := nextCaptionWord(text, at)
		if from == to {
			break
		}
		if r.words == 0 {
			r.phrase = r.buf[:0]
		}
		r.words++
		if to-from < 24 && len(r.phrase)+1+to-from < len(r.buf) {
			if len(r.phrase) > 0 {
				r.phrase = append(r.phrase, ' ')
			}
			var buf [24]byte
			r.phrase = append(r.phrase, foldWord(buf[:0], text[from:to])...)
		}
		at = to
	}
	if string(r.phrase) == "registrant" {
		return fieldName
	}
	return captionFields(string(r.phrase))
}

// captionFields returns what a caption names.
func captionFields(phrase string) fields {
	var f fields
	for i := range captionPhrases {
		k := &captionPhrases[i]
		if f&k.field == 0 && strings.Contains(phrase, k.phrase) {
			if k.alone {
				return k.field
			}
			f |= k.field
		}
	}
	if phrase == "commission" {
		return fieldFile
	}
	return f
}

// nextCaptionWord returns the bounds of the next word at or after at. Dots and
// apostrophes inside a word belong to it: I.R.S., registrant's.
func nextCaptionWord(text string, at int) (from, to int) {
	for at < len(text) && !isWordByte(text[at]) {
		at++
	}
	from = at
	for at < len(text) {
		switch {
		case isWordByte(text[at]):
			at++
		case (text[at] == '.' || text[at] == '\'') && at+1 < len(text) && isLetter(text[at+1]):
			at++
		case strings.HasPrefix(text[at:], "’") && at+3 < len(text) && isLetter(text[at+3]):
			at += len("’")
		default:
			return from, at
		}
	}
	return from, at
}

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) }

// foldWord appends the letters and digits of a word in lower case.
func foldWord(b []byte, word string) []byte {
	for i := 0; i < len(word) && len(b) < cap(b); i++ {
		if isLetter(word[i]) || isDigit(word[i]) {
			b = append(b, lower(word[i]))
		}
	}
	return b
}
