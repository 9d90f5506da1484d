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
	fieldCIK
)

// numbers are the captions that stand side by side under three values.
const numberFields = fieldState | fieldFile | fieldEIN

// captionPhrases tell what a caption names. One that is alone names nothing
// beside it: "telephone number, including area code, of registrant's principal
// executive offices" in a former address names the former address. One that
// wants strong words beside it may stand in a company's name too: Telephone and
// Data Gadgets, Employers Widgets, State of the Art.
var captionPhrases = [...]struct {
	phrase string
	field  fields
	alone  bool
	want   int // strong words in its run, itself included, or else brackets or a colon
}{
	{phrase: "date of report", field: fieldDate, alone: true},
	{phrase: "date of earliest", field: fieldDate, alone: true},
	{phrase: "earliest event", field: fieldDate, alone: true},
	{phrase: "date of event", field: fieldDate, alone: true},
	{phrase: "former name", field: fieldFormer, alone: true},
	{phrase: "former address", field: fieldFormer, alone: true},
	{phrase: "former fiscal", field: fieldFormer, alone: true},
	{phrase: "changed since", field: fieldFormer, alone: true},
	{phrase: "since last report", field: fieldFormer, alone: true},
	{phrase: "central index", field: fieldCIK, alone: true},
	{phrase: "exact name", field: fieldName},
	{phrase: "name of registrant", field: fieldName},
	{phrase: "name of the registrant", field: fieldName},
	{phrase: "name of issuer", field: fieldName},
	{phrase: "name of company", field: fieldName},
	{phrase: "name of small business issuer", field: fieldName},
	{phrase: "names of registrant", field: fieldName},
	{phrase: "specified in", field: fieldName},
	{phrase: "asspecified", field: fieldName},
	{phrase: "registrant state", field: fieldName}, // "Registrant; State of Incorporation; Address; and Telephone Number" of utilities
	{phrase: "registrants state", field: fieldName},
	{phrase: "registrant address", field: fieldName},
	{phrase: "state or", field: fieldState, want: 1},
	{phrase: "state of", field: fieldState, want: 1},
	{phrase: "states of", field: fieldState, want: 1},
	{phrase: "jurisdic", field: fieldState},
	{phrase: "country of", field: fieldState, want: 1},
	{phrase: "province", field: fieldState, want: 1},
	{phrase: "place of incorporation", field: fieldState},
	{phrase: "state incorporation", field: fieldState},
	{phrase: "commission file", field: fieldFile},
	{phrase: "file n", field: fieldFile},
	{phrase: "filen", field: fieldFile},
	{phrase: "irs", field: fieldEIN},
	{phrase: "employer", field: fieldEIN, want: 2},
	{phrase: "identification", field: fieldEIN, want: 2},
	{phrase: "taxpayer", field: fieldEIN, want: 2},
	{phrase: "ein", field: fieldEIN, want: 2},
	{phrase: "identi", field: fieldEIN, want: 2},
	{phrase: "telephone", field: fieldPhone, want: 2},
	{phrase: "phone n", field: fieldPhone},
	{phrase: "area code", field: fieldPhone},
	{phrase: "address", field: fieldAddress, want: 2},
	{phrase: "address of", field: fieldAddress},
	{phrase: "executive office", field: fieldAddress},
	{phrase: "principal office", field: fieldAddress},
	{phrase: "principal executive", field: fieldAddress, want: 1},
	{phrase: "zip", field: fieldZip, want: 2},
	{phrase: "postal code", field: fieldZip},
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
	"issuing": weakWord, "entity": weakWord, "depositor": weakWord, "sponsor": weakWord, "central": weakWord, "index": weakWord, "key": weakWord, // of asset-backed securities
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
			if strings.ContainsAny(text[at:from], "()[]:") && r.words > 0 && !flush(from) {
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
	strong   int
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
	if kind == strongWord {
		r.strong++
	}
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
	whole := !hasSubstance(text[:r.from]) && !hasSubstance(text[r.to:])
	sure := r.strong
	if whole || r.from > 0 && text[r.from-1] == '(' || strings.HasPrefix(text[r.to:], ":") {
		sure = len(r.phrase)
	}
	caption := captionFields(string(r.phrase), sure)
	if caption == 0 && !(r.strong > 0 && whole) {
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
	switch string(r.phrase) {
	case "registrant", "issuing entity", "depositor", "sponsor":
		return fieldName
	}
	return captionFields(string(r.phrase), len(r.phrase))
}

// captionFields returns what a caption names that has the given number of strong
// words.
func captionFields(phrase string, strong int) fields {
	var f fields
	for i := range captionPhrases {
		k := &captionPhrases[i]
		if f&k.field == 0 && strong >= k.want && strings.Contains(phrase, k.phrase) {
			if k.alone {
				return k.field
			}
			f |= k.field
		}
	}
	switch {
	case phrase == "commission":
		return fieldFile
	case phrase == "state" && strong > 0:
		return fieldState
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
