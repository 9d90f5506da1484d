package parse

import "strings"

// expectation is what a label without a value lets the next piece be.
type expectation uint8

const (
	expectAny expectation = iota
	expectSigned
	expectName
	expectTitle
	expectDate
	expectCompany
)

// A signatureReader reads pieces one by one.
type signatureReader struct {
	filers    []string // their names, folded
	signers   []signer
	dates     []dated
	companies []string // printed since the last signer
	current   []string // for whom the last signer signed
	open      bool     // the last signer may get a name or a title
	expect    expectation
	half      string // a date that the next piece completes: "November 12,"
	idle      int    // pieces since the last one that belonged to a signer
	lane      int
}

// Limits of what may stand between signers. Beyond them begins something else.
const (
	maxIdle   = 24
	maxProse  = 160
	maxPiece  = 4096
	maxSigner = 400
)

// done reports whether the signatures are over before this piece.
func (r *signatureReader) done(p piece) bool {
	if len(r.signers) == 0 {
		return r.idle > 3*maxIdle
	}
	if len(r.signers) == maxSigner || r.idle > maxIdle || len(p.text) > maxProse && !isMarked(p.text) {
		return true
	}
	if p.after && r.lastTitled() && !r.belongs(p.text) {
		return true
	}
	return !r.open && len(p.text) > 60 && !strings.HasPrefix(p.text, "(") && isSentence(p.text)
}

// belongs reports whether a piece that begins a page after a whole signature is
// one of another signature, or more of this one, and not of something pasted in.
func (r *signatureReader) belongs(text string) bool {
	text = skipCaption(text)
	kind, _ := label(text)
	_, from, to := dateIn(text)
	return kind != labelNone || isCompany(text) || r.isFiler(text) || isTitle(text) || strings.HasPrefix(text, "(") || to > 0 && isBareDate(text, from, to)
}

// read takes one piece.
func (r *signatureReader) read(p piece) {
	text := strings.TrimSpace(p.text)
	r.idle++
	if len(text) > maxPiece || !hasWord([]byte(text)) {
		return
	}
	if p.lane != r.lane || p.after && r.lastTitled() {
		r.open = false // a title does not go on over a page's end
	}
	r.lane = p.lane
	for text != "" {
		var rest string
		text, rest = cutSegment(text)
		r.segment(text, p)
		text = rest
	}
}

// segment takes a piece, or as much of it as has one label.
func (r *signatureReader) segment(text string, p piece) {
	if !isMarked(text) {
		text = skipCaption(text)
	}
	for text != "" {
		kind, value := label(text)
		switch kind {
		case labelDate:
			text = r.date(value)
			continue
		case labelMark:
			r.mark(value)
		case labelBy:
			r.by(value)
		case labelName:
			r.name(value)
		case labelTitle:
			r.title(value)
		case labelCompany:
			r.company(value)
		case labelNone:
			r.words(text, p)
		}
		return
	}
}

func (r *signatureReader) last() *signer {
	if len(r.signers) == 0 {
		return nil
	}
	return &r.signers[len(r.signers)-1]
}

func (r *signatureReader) lastTitled() bool { return len(r.signers) > 0 && r.last().title != "" }

// start begins a signer. Companies printed since the last one are his; without
// any he signs for the same.
func (r *signatureReader) start() *signer {
	if len(r.companies) > 0 {
		r.current = r.chosen()
	}
	r.companies = nil
	r.signers = append(r.signers, signer{companies: r.current})
	r.open, r.idle = true, 0
	return r.last()
}

// unsigned reports whether the last signer is but a "By:" so far.
func (r *signatureReader) unsigned() bool {
	return r.open && len(r.signers) > 0 && r.last().signed == "" && r.last().typed == ""
}

// unmarked reports whether the last signer is but what stands after a "By:"
// without a mark: a company, perhaps, for which someone signs below.
func (r *signatureReader) unmarked() bool {
	s := r.last()
	return r.open && s != nil && !s.marked && s.signed != "" && s.typed == "" && (s.title == "" || beginsLower(s.title) || s.title[0] == '(')
}

// mark takes "/s/ Name".
func (r *signatureReader) mark(value string) {
	s := r.last()
	if r.unmarked() {
		r.signers = r.signers[:len(r.signers)-1] // "By: The Bank of Nibs, as Trustee" / "By: /s/ …"
		s = r.start()
	} else if !r.unsigned() || s.title != "" {
		s = r.start()
	}
	s.marked = true
	r.expect = expectSigned
	if value != "" {
		r.signed(s, value)
	}
}

func (r *signatureReader) signed(s *signer, value string) {
	s.signed, s.title = splitTitle(r.cutDate(value))
	r.expect, r.idle = expectAny, 0
}

// by takes "By:", with or without a name after it. A partnership is signed for
// by its general partner, a company, which a person signs for in turn.
func (r *signatureReader) by(value string) {
	if isCompany(value) || beginsLower(value) || strings.HasSuffix(value, ",") && len(r.companies) > 0 {
		r.open = false
		return
	}
	s := r.start()
	if hasWords(value) {
		r.signed(s, value)
	}
}

func (r *signatureReader) name(value string) {
	s := r.last()
	if s == nil || !r.open && s.typed != "" || len(r.companies) > 0 && s.typed != "" {
		s = r.start()
	}
	r.expect = expectName
	if value != "" {
		s.typed, value = splitTitle(r.cutDate(value))
		if value != "" {
			s.title = value
		}
		r.expect = expectAny
	}
	r.open, r.idle = true, 0
}

// title takes "Title: …". The title of a general partner, above the mark, is not
// the last signer's.
func (r *signatureReader) title(value string) {
	if s := r.last(); s != nil && (r.open || s.title == "" && len(r.companies) == 0) {
		s.title = value
		r.open, r.idle = true, 0
		r.expect = expectAny
		if value == "" {
			r.expect = expectTitle
		}
	}
}

func (r *signatureReader) company(value string) {
	r.open, r.expect = false, expectCompany
	if value != "" {
		r.companies = append(r.companies, value)
		r.expect = expectAny
	}
}

// words takes a piece without a label.
func (r *signatureReader) words(text string, p piece) {
	expect := r.expect
	r.expect = expectAny
	if whole := r.half + " " + text; r.half != "" {
		r.half = ""
		if d, from, to := dateIn(whole); to > 0 && isBareDate(whole, from, to) {
			r.dated(d)
			return
		}
	}
	if d, from, to := dateIn(text); to > 0 && isBareDate(text, from, to) {
		r.dated(d)
		return
	}
	s := r.last()
	switch {
	case expect == expectSigned && s != nil:
		r.signed(s, text)
		return
	case expect == expectName && s != nil:
		r.name(text)
		return
	case expect == expectTitle && s != nil:
		r.title(text)
		return
	case expect == expectCompany:
		r.company(text)
		return
	case isCaption(text):
		r.expect = expect
		return
	}
	if s == nil || !r.open {
		r.outside(text)
		return
	}
	r.inside(s, text, p)
}

// inside takes words below a mark: the printed name, then the title.
func (r *signatureReader) inside(s *signer, text string, p piece) {
	text = r.cutDate(text)
	switch {
	case s.title == "" && s.signsFor(text):
	case s.title == "" && s.repeats(text):
	case s.title == "" && s.name() != "" && isSuffixes(text):
		s.addSuffix(text)
	case s.typed == "" && s.title == "" && r.prints(s, text):
	case s.typed == "" && s.title != "" && s.printsLate(text):
	case s.title == "" && !isCompany(text) && isTitle(text), s.title == "" && s.name() != "" && !r.isFiler(text) && !isCompany(text):
		s.title = text
	case s.title != "" && !r.isFiler(text) && r.goesOn(s, text, p):
		s.title += " " + text
	default:
		r.open = false
		r.outside(text)
		return
	}
	r.idle = 0
}

// prints takes text as the printed name of a signer if it is that.
func (r *signatureReader) prints(s *signer, text string) bool {
	if s.signed == "" {
		if isTitle(text) && !isPerson(text) || isCompany(text) {
			return false
		}
		s.typed, s.title = splitTitle(text)
		return true
	}
	if name, title, ok := splitLike(text, s.signed); ok {
		s.typed, s.title = name, title
		return true
	}
	name, title := splitTitle(text)
	if !isPerson(name) || isTitle(name) || isCompany(text) || r.isFiler(text) {
		return false
	}
	s.typed, s.title = name, title
	return true
}

// goesOn reports whether a line goes on with a title.
func (r *signatureReader) goesOn(s *signer, text string, p piece) bool {
	if isCompany(text) && !leaves(s.title) {
		return false
	}
	return isTitle(text) || leaves(s.title) || !p.fresh || strings.HasPrefix(text, "(") || text[0] >= 'a' && text[0] <= 'z'
}

// outside takes words above a mark: the company, most of the time.
func (r *signatureReader) outside(text string) {
	if len(text) > maxProse || !hasWords(text) || strings.HasPrefix(text, "(") || strings.HasPrefix(text, "*") || isSentence(text) || isStateOf(text) {
		return
	}
	text = trimCompany(text)
	if n := len(r.companies); n > 0 && isSuffix(text) && !isCompany(r.companies[n-1]) {
		r.companies[n-1] += " " + text // PERICOM SEMICONDUCTOR / CORPORATION
		return
	}
	if text != "" && len(r.companies) < maxSigner {
		r.companies = append(r.companies, text)
	}
}

// isFiler reports whether text is the name of an entity of the header.
func (r *signatureReader) isFiler(text string) bool {
	if len(r.filers) == 0 || len(text) > maxProse {
		return false
	}
	name := foldWords(trimCompany(text))
	for _, filer := range r.filers {
		if filer == name && name != "" {
			return true
		}
	}
	return false
}

// chosen returns for which of the printed companies a signer signs: for all that
// look like companies, when the header has more than one filer; else for the
// first.
func (r *signatureReader) chosen() []string {
	var sure []string
	for _, c := range r.companies {
		if isCompany(c) || r.isFiler(c) {
			sure = append(sure, c)
		}
	}
	switch {
	case len(sure) == 0:
		return r.companies[:1]
	case len(r.filers) == 1:
		return sure[:1]
	}
	return sure
}

// signatures makes the result.
func (r *signatureReader) signatures() []Signature {
	var all []Signature
	for i := range r.signers {
		s := &r.signers[i]
		name := cleanName(s.name())
		if from, to := nameWord(name, 0); from == to {
			continue
		}
		one := Signature{Name: name, Title: cleanTitle(s.title), Date: r.dateOf(i)}
		if len(s.companies) == 0 {
			all = append(all, one)
		}
		for _, c := range s.companies {
			one.Company = c
			all = append(all, one)
		}
		if len(all) > maxSigner {
			break
		}
	}
	return all
}
