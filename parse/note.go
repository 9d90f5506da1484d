package parse

import (
	"strings"

	"example.com/edgard/edgar"
)

// Limits of what is searched for a note, and of how much of it is kept.
const (
	maxNoteCover = 48 << 10 // before the first item
	maxNoteItems = 96 << 10
	maxNoteText  = 400
	maxNoteNames = 400 // a long report has some fifty
)

// What speaks for a statement. Before the first item, where amendments explain
// themselves, a plain statement is enough; among the items it must speak of the
// amendment, or of the original.
const (
	noteInPlace  = 2
	noteAmends   = 3
	noteFollows  = 2 // the paragraph goes on to speak of the amendment
	noteOriginal = 3
	noteRecalls  = -1
	noteEnough   = 2
)

// A noteReader looks in the text of an amendment for the report that it amends.
type noteReader struct {
	text  string // paragraphs end in \n, blanks are folded, dashes are hyphens
	low   string // the same in small letters, byte for byte
	items int    // text[items:] is of the items
	own   int    // the amendment's number, 0 when it has none
	filed edgar.Date
	best  statement
}

// A statement is a sentence that dates the report amended: text[from:to].
type statement struct {
	score        int
	filed, dated edgar.Date
	from, to     int
}

// readNote reads what an amendment filed on the given day, zero when unknown, says
// of itself, nil when it says nothing.
func readNote(p *page, filed edgar.Date) *AmendmentNote {
	r := &noteReader{filed: filed}
	r.gather(p)
	r.own = r.number(p)
	m, ok := nextMention(r.low, 0)
	for n := 0; ok && n < maxNoteNames; n++ {
		r.consider(m)
		m, ok = nextMention(r.low, m.to)
	}
	n := &AmendmentNote{Number: r.own, OriginalFiled: r.best.filed, OriginalDated: r.best.dated}
	if r.best.score > 0 {
		n.Text = clipWords(r.text[r.best.from:r.best.to], maxNoteText)
	}
	if *n == (AmendmentNote{}) {
		return nil
	}
	return n
}

// gather folds cover and items into one text.
func (r *noteReader) gather(p *page) {
	end := min(p.signature, len(p.blocks))
	first := min(p.cover, end)
	var b strings.Builder
	p.foldInto(&b, 0, first, maxNoteCover)
	r.items = b.Len()
	p.foldInto(&b, first, end, r.items+maxNoteItems)
	r.text = b.String()
	r.low = lowerASCII(r.text)
}

// foldInto writes the blocks from and up to to, a line for each paragraph, until
// b has limit bytes.
func (p *page) foldInto(b *strings.Builder, from, to, limit int) {
	for i := from; i < to && b.Len() < limit; i++ {
		if p.blocks[i].style&furniture != 0 {
			continue
		}
		switch {
		case b.Len() == 0:
		case p.blocks[i].style&paragraph != 0 || i == from:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		line := strings.ReplaceAll(plainDashes(p.line(i)), "\t", " ")
		b.WriteString(line[:min(len(line), limit)])
	}
}

// consider weighs what is said around a mention of the report amended.
func (r *noteReader) consider(m mention) {
	s := statement{from: sentenceStart(r.text, m.from), to: sentenceEnd(r.text, m.to)}
	if m.amended || r.isOther(m, s) {
		return
	}
	if s.filed, s.dated = r.datesAfter(m, s.to); s.filed.IsZero() && s.dated.IsZero() {
		s.filed = r.dateBefore(m, s.from)
	}
	if s.filed.IsZero() && s.dated.IsZero() {
		return
	}
	if s.score = r.score(m, s); s.score > r.best.score {
		r.best = s
	}
}

// isOther reports whether the mention is of this very report, of another
// amendment, or of a report in which an exhibit can be found.
func (r *noteReader) isOther(m mention, s statement) bool {
	before := strings.TrimSuffix(r.low[s.from:m.from], "form ")
	before = strings.TrimRight(before, "\"“‘'")
	for _, words := range [...]string{"current report on ", "report on "} {
		before = strings.TrimSuffix(before, words)
	}
	near := before[max(0, len(before)-80):]
	if strings.HasSuffix(before, "this ") || strings.Contains(r.low[s.from:s.to], "incorporated") || namesExhibit(near) {
		return true
	}
	at := strings.LastIndex(near, "amendment n")
	if at < 0 {
		return false
	}
	n := amendmentNumber(near[at:])
	return n != r.own || r.own == 0 && !strings.HasSuffix(near[:at], "this ")
}

// score says how much speaks for a statement, 0 when too little does.
func (r *noteReader) score(m mention, s statement) int {
	sentence, score := r.low[s.from:s.to], 0
	if m.from < r.items {
		score += noteInPlace
	}
	switch {
	case speaksOfAmending(sentence):
		score += noteAmends
	case speaksOfAmending(r.low[s.to:paragraphEnd(r.low, s.to)]):
		score += noteFollows
	}
	if strings.Contains(sentence, "original") || strings.Contains(sentence, "initial") {
		score += noteOriginal
	}
	if containsAny(sentence, "previously reported", "previously disclosed", "previously announced") {
		score += noteRecalls
	}
	if score < noteEnough || !m.form && score < noteInPlace+noteAmends {
		return 0
	}
	return score
}

// datesAfter reads "Form 8-K dated March 3, 1997 and filed on March 10, 1997".
func (r *noteReader) datesAfter(m mention, end int) (filed, dated edgar.Date) {
	if next, ok := nextMention(r.low[:end], m.to); ok {
		end = next.from
	}
	end = min(end, m.to+maxNoteText)
	for at := m.to; at < end; {
		d, from, to := r.nextDate(at, end)
		if to == 0 || r.isOfAmendment(to) {
			return filed, dated
		}
		switch cue(r.low[at:from]) {
		case cueFiled:
			return r.plausible(d), dated
		case cueDated:
			if dated.IsZero() {
				dated = r.plausible(d)
			}
		default:
			return filed, dated
		}
		at = to
	}
	return filed, dated
}

// dateBefore reads "On March 10, 1997, the Company filed a Current Report on Form
// 8-K": the last date before the verb.
func (r *noteReader) dateBefore(m mention, start int) (filed edgar.Date) {
	verb, after := lastVerb(r.low[start:m.from])
	if verb < 0 || containsAny(after, "amend", "exhibit") || r.isOfAmendment(m.to) {
		return edgar.Date{}
	}
	for at := start; at < start+verb; {
		d, from, to := r.nextDate(at, start+verb)
		if to == 0 {
			break
		}
		filed = edgar.Date{}
		if strings.HasSuffix(strings.TrimRight(r.low[start:from], " "), "on") {
			filed = r.plausible(d)
		}
		at = to
	}
	return filed
}

// isOfAmendment reports whether what was dated is then named an amendment: "filed
// on August 12, 2009 (the “First Amendment”)".
func (r *noteReader) isOfAmendment(at int) bool {
	rest := r.low[at:min(len(r.low), at+60)]
	name, _, closed := strings.Cut(strings.TrimLeft(rest, " ,"), ")")
	return closed && strings.HasPrefix(name, "(") && strings.Contains(name, "amendment")
}

// plausible returns d unless an original cannot have been filed then.
func (r *noteReader) plausible(d edgar.Date) edgar.Date {
	if !r.filed.IsZero() && d.Compare(r.filed) > 0 {
		return edgar.Date{}
	}
	return d
}

// nextDate finds the first date in text[at:end]; to is 0 when there is none.
func (r *noteReader) nextDate(at, end int) (d edgar.Date, from, to int) {
	for i := at; i < end; i++ {
		if i > 0 && isWordByte(r.text[i-1]) || !isWordByte(r.text[i]) {
			continue
		}
		if d, n := printedDate(r.text[i:min(i+48, end)]); n > 0 {
			return d, i, i + n
		}
	}
	return d, 0, 0
}
