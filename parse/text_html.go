package parse

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func newFlattener(p *page, body []byte, stuffed bool) *flattener {
	f := &flattener{page: p, body: body, stuffed: stuffed, utf8: utf8.Valid(body)}
	f.out = make([]byte, 0, len(body)/3)
	p.blocks = make([]block, 0, len(body)/500)
	p.spans = make([]span, 0, len(body)/150)
	f.next = paragraph
	return f
}

// readHTML flattens the body in one pass of the tokenizer. Tokens are the body
// cut into pieces, so that adding up their lengths tells where we are.
func (f *flattener) readHTML() {
	z := html.NewTokenizer(bytes.NewReader(f.body))
	for at := 0; ; {
		kind := z.Next()
		from := at
		at += len(z.Raw())
		if at > len(f.body) {
			return
		}
		switch kind {
		case html.TextToken:
			f.textToken(from, at)
		case html.StartTagToken:
			f.openTag(from, at, false)
		case html.SelfClosingTagToken:
			z.NextIsNotRawText() // <title/> holds nothing, though the tokenizer would go on to </title>
			f.openTag(from, at, true)
		case html.EndTagToken:
			f.closeTag(f.kindAt(from+len("</"), at))
		case html.ErrorToken:
			return
		}
	}
}

// kindAt tells the tag whose name begins at body[from]. The tokenizer's own copies
// every name.
func (f *flattener) kindAt(from, to int) kind {
	return kindOf(tagName(f.name[:0], f.body[from:to]))
}

// textToken takes the running text body[i:end].
func (f *flattener) textToken(i, end int) {
	switch {
	case f.hidden > 0:
		f.hiddenText(i, end)
	case f.style&dingbat != 0:
		f.pictures(i, end)
	case f.preformatted():
		f.plainLines(i, end)
	default:
		f.text(i, end)
	}
}

// openTag takes the start tag body[from:to]. A tag that closes itself opens nothing.
func (f *flattener) openTag(from, to int, closed bool) {
	k := f.kindAt(from+1, to)
	switch k {
	case kindNone:
		return
	case kindPage:
		f.breakLine(paragraph | pageBreak)
		return
	case kindBR:
		if f.hidden == 0 {
			f.breakLine(0)
		}
		return
	case kindHR:
		if f.row != 0 { // a rule under a cell
			f.breakLine(paragraph)
			return
		}
		f.breakLine(paragraph | pageBreak)
		return
	}
	e := element{kind: k, style: f.style, row: f.row, col: f.col, fact: -1}
	look := k.look()
	if bytes.IndexByte(f.body[from:to], '=') >= 0 || bytes.Contains(f.body[from:to], []byte(" hidden")) {
		look = f.attributes(from, to, k, look, &e)
	}
	e.inline = look.inline
	if !look.inline {
		f.closeImplied(k)
		e.style, e.row, e.col = f.style, f.row, f.col
	}
	if k.isBlock() && !look.inline {
		f.breakLine(paragraph | look.breaks)
	}
	if look.isColumn(k) && f.hidden == 0 {
		f.gap += wideGap
		e.placed = look.placed
	}
	f.style = (f.style | look.add) &^ look.remove
	switch k {
	case kindTable:
		f.row = 0
	case kindTR:
		f.rows++
		f.row, f.col = f.rows, -1
	case kindTD:
		f.col++
	}
	e.hides = look.hides
	if !closed {
		f.push(e)
	} else {
		f.restore(e)
	}
}

// closeTag takes an end tag: everything opened since its start tag is closed.
func (f *flattener) closeTag(k kind) {
	switch {
	case k == kindNone || k == kindPage || k == kindHR:
		return
	case k == kindBR: // browsers take </br> for <br>
		f.breakLine(0)
		return
	}
	if f.lost > 0 {
		f.lost--
		return
	}
	i := f.find(k, k.isBlock())
	if k.isBlock() && (i < 0 || !f.elements[i].inline) {
		f.breakLine(paragraph)
	}
	if i >= 0 {
		f.popTo(i)
	}
}

// An element is one open tag, with what to go back to when it closes.
type element struct {
	kind   kind
	hides  bool
	inline bool // a block that CSS makes run on in its line
	placed bool // running text with a place of its own: what follows is beside it
	style  style
	col    int16
	row    int32
	fact   int32 // the fact it holds, -1 for none
}

// maxElements bounds the open elements that are remembered, maxSearch how far
// an end tag looks for its start tag: hostile html nests and misnests without
// end.
const (
	maxElements = 512
	maxSearch   = 64
)

func (f *flattener) push(e element) {
	if len(f.elements) == maxElements {
		f.lost++
		f.restore(element{style: e.style, row: f.row, col: f.col, fact: -1})
		return
	}
	if e.hides {
		f.hidden++
	}
	f.elements = append(f.elements, e)
}

// find returns the innermost open element of the kind, -1 for none. An end tag
// of running text does not reach out of its cell.
func (f *flattener) find(k kind, block bool) int {
	for i := len(f.elements) - 1; i >= 0 && i >= len(f.elements)-maxSearch; i-- {
		switch e := f.elements[i].kind; {
		case e == k:
			return i
		case e == kindTable && k != kindHide && k != kindDiv, e == kindTD && !block:
			return -1
		}
	}
	return -1
}

// popTo closes element i and all inside it.
func (f *flattener) popTo(i int) {
	for n := len(f.elements) - 1; n >= i; n-- {
		e := f.elements[n]
		f.elements = f.elements[:n]
		if e.hides {
			f.hidden--
		}
		if e.placed {
			f.gap += wideGap
		}
		f.closeFact(e.fact)
		f.restore(e)
	}
}

// restore goes back to what was before e opened. Cells count on within their
// row, rows within the page.
func (f *flattener) restore(e element) {
	f.style = e.style
	switch e.kind {
	case kindTable, kindTR:
		f.row, f.col = e.row, e.col
	}
}

// closeImplied closes what a start tag of kind k ends without an end tag: a
// paragraph by a block, a cell by a cell, a row by a row.
func (f *flattener) closeImplied(k kind) {
	if !k.isBlock() || k == kindHide {
		return
	}
	for i := len(f.elements) - 1; i >= 0 && i >= len(f.elements)-maxSearch; i-- {
		switch e := f.elements[i].kind; {
		case e == kindTable:
			return
		case k == kindTD && e == kindTD, k == kindTR && e == kindTR:
			f.popTo(i)
			return
		case k == kindTD || k == kindTR:
		case e == kindP:
			f.popTo(i)
			return
		case e.isBlock():
			return
		}
	}
}

func (f *flattener) preformatted() bool {
	return len(f.elements) > 0 && f.style&tabular != 0
}
