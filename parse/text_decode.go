package parse

import (
	"html"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A flattener builds a page out of a body. Text comes in through text and
// literal, which fold blanks and decode; structure through breakLine and the
// fields row and col. Offsets are int32 because maxBody is.
type flattener struct {
	page    *page
	body    []byte
	stuffed bool // PEM: lines beginning "- -" lose two characters
	utf8    bool // body is valid UTF-8; otherwise it is Windows-1252

	out   []byte
	shift int32 // len(out) minus raw offset, as of the last span

	cur     block
	open    bool  // cur has text
	leading bool  // all of cur so far is emphasised
	next    style // paragraph, pageBreak and tabular for the block to come
	join    bool  // the block to come goes on with the paragraph before it
	gap     int   // blanks seen since the last character, see the weights below

	style    style
	row      int32 // current table row, 0 outside
	rows     int32 // rows numbered so far
	col      int16
	elements []element
	lost     int // open elements beyond maxElements
	hidden   int // open elements that hide their text
	ink

	name [maxTag]byte // room for a tag's name
}

// Weights of blanks: a gap of wideGap or more separates columns. html folds
// blanks, so only no-break blanks widen a gap there.
const (
	htmlBlank  = 1
	nbspBlank  = 2
	plainBlank = 3
	wideGap    = 8
)

// Classes of bytes in running text.
const (
	ordinary = iota
	blank
	reference // &
	high      // 0x80 and up
	control   // dropped
)

var byteClass = func() (c [256]byte) {
	for i := range c {
		switch {
		case i == ' ' || i == '\t' || i == '\n' || i == '\r' || i == '\f' || i == '\v':
			c[i] = blank
		case i < ' ' || i == 0x7f:
			c[i] = control
		case i == '&':
			c[i] = reference
		case i >= 0x80:
			c[i] = high
		}
	}
	return c
}()

// text takes body[i:end] as running text.
func (f *flattener) text(i, end int) {
	body := f.body
	for i < end {
		switch byteClass[body[i]] {
		case ordinary:
			j := i + 1
			for j < end && (byteClass[body[j]] == ordinary || body[j] == ' ' && j+1 < end && byteClass[body[j+1]] == ordinary) {
				j++
			}
			f.literal(i, j)
			i = j
		case blank:
			f.gap |= htmlBlank
			i++
			if f.stuffed && body[i-1] == '\n' && stuffing(body[i:end]) {
				i += 2
			}
		case control:
			i++
		default:
			i += f.character(i, end)
		}
	}
}

// stuffing reports whether a line begins with PEM's dash stuffing.
func stuffing(line []byte) bool {
	return len(line) > 2 && line[0] == '-' && line[1] == ' ' && line[2] == '-'
}

// literal takes body[i:j] as it is.
func (f *flattener) literal(i, j int) {
	if f.open && f.leading && f.style&emphasis == 0 && hasWord(f.body[i:j]) {
		f.leading = false
		f.cur.lead = int32(len(f.out))
	}
	f.begin(i)
	f.mark(i)
	f.out = append(f.out, f.body[i:j]...)
	f.cur.end = int32(j)
}

// put takes one decoded character that stands for body[i:j].
func (f *flattener) put(r rune, i, j int) {
	f.begin(i)
	f.mark(i)
	f.out = utf8.AppendRune(f.out, r)
	f.cur.end = int32(j)
}

// begin opens a block or writes the blank that is due.
func (f *flattener) begin(i int) {
	if !f.open {
		f.openBlock(i)
	} else if f.gap >= wideGap {
		f.out = append(f.out, '\t')
	} else if f.gap > 0 {
		f.out = append(f.out, ' ')
	}
	f.gap = 0
}

// mark records where the next byte of out comes from, unless the last span says
// so already.
func (f *flattener) mark(i int) {
	at := int32(len(f.out))
	if shift := at - int32(i); shift != f.shift || len(f.page.spans) == 0 {
		f.shift = shift
		f.page.spans = append(f.page.spans, span{at, int32(i)})
	}
}

// openBlock begins a block at body[i], after the separator from the last one.
func (f *flattener) openBlock(i int) {
	if n := len(f.page.blocks); n > 0 {
		last := &f.page.blocks[n-1]
		switch {
		case f.row != 0 && last.row == f.row && last.col != f.col:
			f.out = append(f.out, '\t')
		case f.join:
			f.out = append(f.out, ' ')
		default:
			f.out = append(f.out, '\n')
		}
	}
	at := int32(len(f.out))
	f.cur = block{from: at, lead: at, begin: int32(i), row: f.row, col: f.col, indent: f.cur.indent,
		style: f.style&(emphasis|centred|linked) | f.next}
	f.open = true
	f.leading = f.style&emphasis != 0
	f.next = 0
}

// breakLine ends the current block, if there is one. What follows begins a new
// block, which with is added to.
func (f *flattener) breakLine(with style) {
	if f.open {
		f.cur.to = int32(len(f.out))
		if f.leading {
			f.cur.lead = f.cur.to
		}
		if isRule(f.out[f.cur.from:]) {
			f.cur.style |= ruled
		}
		f.page.blocks = append(f.page.blocks, f.cur)
		f.open = false
	}
	f.gap = 0
	f.next |= with
}

func (f *flattener) finish() {
	f.breakLine(0)
	f.page.text = string(f.out)
	f.out = nil
	f.closeFacts()
}

// character takes the reference or the character beyond ASCII at body[i] and
// returns how many bytes it took.
func (f *flattener) character(i, end int) int {
	if f.body[i] == '&' {
		return f.reference(i, end)
	}
	r, n := rune(0), 1
	if f.utf8 {
		r, n = utf8.DecodeRune(f.body[i:end])
	} else {
		r = charmap.Windows1252.DecodeByte(f.body[i])
	}
	f.char(r, i, i+n)
	return n
}

// char takes a decoded character: folds exotic blanks, drops invisible ones,
// draws dingbats.
func (f *flattener) char(r rune, i, j int) {
	switch {
	case r < 0x7f && byteClass[r] != control && byteClass[r] != blank:
	case r == 0xa0 || r == 0x202f || r == 0x3000 || r >= 0x2000 && r <= 0x200a:
		f.gap += nbspBlank
		return
	case r < 0x7f && byteClass[r] == blank:
		f.gap |= htmlBlank
		return
	case r < 0xa0 || r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff || r == utf8.RuneError:
		return
	case r >= 0xf020 && r <= 0xf0ff:
		r = picture(r - 0xf000) // private-use code points of a symbol font
	}
	if f.open && f.leading && f.style&emphasis == 0 && (r > 0x7f && !isDash(r) || r < 0x80 && hasWord([]byte{byte(r)})) {
		f.leading = false
		f.cur.lead = int32(len(f.out))
	}
	f.put(r, i, j)
}

// maxReference bounds a character reference; the longest that is ever seen in
// a filing has ten characters.
const maxReference = 34

// reference takes the character reference at body[i], or a mere ampersand.
func (f *flattener) reference(i, end int) int {
	b := f.body[i:min(end, i+maxReference)]
	n := 1
	for n < len(b) && (isLetter(b[n]) || isDigit(b[n]) || b[n] == '#' && n == 1) {
		n++
	}
	if n < len(b) && b[n] == ';' {
		n++
	}
	if r, ok := commonReference(b[1:n]); ok {
		f.char(r, i, i+n)
		return n
	}
	was := string(b[:n])
	if s := html.UnescapeString(was); s != was {
		for _, r := range s {
			f.char(r, i, i+n)
		}
		return n
	}
	f.literal(i, i+1)
	return 1
}

// commonReference decodes the references that filings are full of without
// allocating; html.UnescapeString knows the rest.
func commonReference(b []byte) (rune, bool) {
	if len(b) > 2 && b[0] == '#' && b[len(b)-1] == ';' && isDigit(b[1]) {
		n := rune(0)
		for _, c := range b[1 : len(b)-1] {
			if !isDigit(c) || n > 0xffff {
				return 0, false
			}
			n = n*10 + rune(c-'0')
		}
		if n >= 128 && n <= 159 {
			n = charmap.Windows1252.DecodeByte(byte(n))
		}
		return n, n != 0
	}
	switch string(b) {
	case "nbsp;", "nbsp":
		return 0xa0, true
	case "amp;":
		return '&', true
	case "lt;":
		return '<', true
	case "gt;":
		return '>', true
	case "quot;":
		return '"', true
	case "ldquo;":
		return '“', true
	case "rdquo;":
		return '”', true
	case "rsquo;":
		return '’', true
	case "lsquo;":
		return '‘', true
	case "ndash;":
		return '–', true
	case "mdash;":
		return '—', true
	}
	return 0, false
}
