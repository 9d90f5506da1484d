package parse

import (
	"bytes"
	"errors"
	"sort"
)

// ErrNoText says that a document holds nothing to read: an image, a PDF, a
// spreadsheet, a body that was passed over.
var ErrNoText = errors.New("document has no text")

// maxBody is the most of one body that is ever flattened. The largest main
// document seen is a few megabytes.
const maxBody = 256 << 20

// A page is the readable text of one document, flattened once and shared by the
// readers of items, cover, exhibits and signatures.
//
// The text is one string. Blocks cut it into lines in reading order: a
// paragraph, a stretch between line breaks, a table cell's paragraph, or, in
// plain text, a line as printed. What lies between two blocks is one byte: '\t'
// between the cells of a row, ' ' inside a wrapped paragraph of plain text, '\n'
// otherwise. So text[a.from:b.to] reads well for any blocks a and b, and costs
// nothing.
//
// Inside a block blanks of every kind are folded to one, a wide gap to a tab,
// entities are decoded, invisible characters are gone, and glyphs of dingbat
// fonts are ☐, ☒ or •. Hidden html is left out; what inline XBRL says there and
// on the page is in facts.
type page struct {
	text   string
	blocks []block // none is empty
	spans  []span  // where text comes from; ascending in both fields
	html   bool    // html, not plain text

	facts    []fact    // dei: facts, in document order
	contexts []context // inline XBRL contexts that carry dimensions

	outline
}

// An outline says which blocks are what, once the items are found. Indexes are
// into blocks and half open; where a thing is absent they equal len(blocks).
type outline struct {
	cover     int       // blocks[:cover] stand before the first item
	sections  []section // the items in document order, one per heading
	signature int       // first block of the signature part: its heading or clause
	index     int       // first block of an exhibit index after the items
}

// A section is one heading, perhaps for several items, with its body.
type section struct {
	numbers    []string // "9.01"; several under a combined heading
	head, body int      // blocks[head:body] hold the heading, its rest may begin the body
	end        int      // blocks[body:end] hold the body
	from, mid  int32    // text[from:mid] is the heading
	to         int32    // text[mid:to] holds the body
}

// A block is one line of a page.
type block struct {
	from, to   int32 // text[from:to]
	lead       int32 // text[from:lead] is emphasised; lead == from when the block begins plain
	begin, end int32 // the bytes in the document's body that it was made of
	row        int32 // the table row it stands in, numbered over the page from 1; 0 outside tables
	col        int16 // the cell within the row, from 0
	indent     int16 // plain text: columns left of it
	style      style
}

// style is what a block looks like; emphasis is that of its first character.
type style uint16

const (
	bold style = 1 << iota
	italic
	underline
	heading   // h1 to h6
	centred   // by markup
	linked    // inside an <a href>
	paragraph // begins a paragraph, not just a line
	pageBreak // a page-break mark or rule stands right before it
	tabular   // plain text: inside <TABLE>, or in columns
	ruled     // nothing but a rule: ------, ______, ======, *****
	furniture // page number, running header, link to the contents: belongs to the page, not to the text
	dingbat   // set in a font of pictures; never in a block's style
)

const emphasis = bold | italic | underline | heading

// A span maps text to body: text from its begin is verbatim, byte for byte, the
// body from raw, up to the next span.
type span struct{ text, raw int32 }

// line returns the text of block i.
func (p *page) line(i int) string {
	b := &p.blocks[i]
	return p.text[b.from:b.to]
}

// row returns the blocks of the table row that block i stands in, or block i
// alone outside tables.
func (p *page) row(i int) (from, to int) {
	from, to = i, i+1
	if r := p.blocks[i].row; r != 0 {
		for from > 0 && p.blocks[from-1].row == r {
			from--
		}
		for to < len(p.blocks) && p.blocks[to].row == r {
			to++
		}
	}
	return from, to
}

// raw returns the offset in the body of the character at text[at].
func (p *page) raw(at int32) int32 {
	i := sort.Search(len(p.spans), func(i int) bool { return p.spans[i].text > at })
	if i == 0 {
		return 0
	}
	s := p.spans[i-1]
	return s.raw + at - s.text
}

// block returns the index of the block that text[at] falls in, or of the next.
func (p *page) block(at int32) int {
	return sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].to > at })
}

// flatten makes the page of a text or html body. In a stuffed body (PEM) a line
// that begins "- -" loses its first two characters; offsets stay those of the
// body as it is.
func flatten(body []byte, stuffed bool) *page {
	if len(body) > maxBody {
		body = body[:maxBody]
	}
	p := &page{html: looksHTML(body)}
	f := newFlattener(p, body, stuffed)
	if p.html {
		f.readHTML()
	} else {
		f.readPlain()
	}
	f.finish()
	markFurniture(p)
	p.outline = outline{cover: len(p.blocks), signature: len(p.blocks), index: len(p.blocks)}
	return p
}

// looksHTML reports whether a body is html rather than the plain text of the
// 1990s, which has <PAGE>, <TABLE>, <S> and <C> marks of its own.
func looksHTML(body []byte) bool {
	for rest := body; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
		var name [maxTag]byte
		switch string(tagName(name[:0], rest)) {
		case "html", "body", "p", "div", "font", "br", "tr", "td", "center":
			return true // and not <CAPTION>, <B> or <PRE>, which plain text has too
		}
	}
}

// tagName appends the name of the tag that rest begins with, lowered; nothing
// when rest begins no tag.
func tagName(name, rest []byte) []byte {
	for i, c := range rest {
		switch {
		case isLetter(c), isDigit(c) && i > 0, c == ':' && i > 0:
			if i == maxTag {
				return name[:0]
			}
			name = append(name, lower(c))
		case c == '>', c == '/', isBlank(c):
			return name
		default:
			return name[:0]
		}
	}
	return name[:0]
}

// Decode returns what the bytes of a document say: they are UTF-8 when valid as
// such, else Windows-1252, which all bytes are.
func Decode(b []byte) string { return decode(string(b)) }

// Text returns the readable text of a text or html document, as readable as the
// items' text: lines end in \n, cells in \t, page furniture is left out. It
// returns ErrNoText for a document that is neither.
func (d *Document) Text() (string, error) {
	if d.body == nil || !d.isText() {
		return "", ErrNoText
	}
	p := d.page()
	return p.readable(0, len(p.blocks)), nil
}
