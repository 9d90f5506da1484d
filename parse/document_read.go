package parse

import (
	"bytes"
	"fmt"
	"slices"
)

// document reads the document that the window begins with.
func (p *submissionReader) document() {
	var d Document
	if p.documentHead(&d) {
		p.body(&d)
	} else {
		p.warn(CodeNoText, d.name())
		d.Offset = p.src.at
		p.text(false)
	}
	if p.cut {
		p.warn(CodeCut, d.name())
	}
	if len(p.sub.Documents) < maxDocuments {
		p.sub.Documents = append(p.sub.Documents, d)
	} else if p.lost++; p.lost == 1 {
		p.warn(CodeLimit, fmt.Sprintf("%d documents", maxDocuments))
	}
}

// documentHead reads the lines between <DOCUMENT> and <TEXT> and moves behind
// them. It reports whether there is a <TEXT>.
func (p *submissionReader) documentHead(d *Document) bool {
	p.src.advance(len(documentMark))
	var head []byte
	end, text := -1, false
	for size := sniffSize; end < 0; size *= 4 {
		b := p.src.fill(size)
		head = b[:min(len(b), maxDocumentHead)]
		end, text = headEnd(head, p.eol)
		if len(b) < size || size >= maxDocumentHead {
			break
		}
	}
	past := end + len(textMark)
	switch {
	case end < 0:
		end, past = len(head), len(head)
	case !text:
		past = end - 1 // the line end is part of the mark that follows
	}
	d.readHead(decode(string(head[:end])), p.warn)
	p.src.advance(past)
	return text
}

// headEnd returns where the head of a document ends in b, and whether it is
// <TEXT> that ends it or </DOCUMENT>; -1 when neither does.
func headEnd(b []byte, eol byte) (end int, text bool) {
	for i := 0; ; i++ {
		n := bytes.IndexByte(b[i:], '<')
		if n < 0 {
			return -1, false
		}
		i += n
		switch {
		case bytes.HasPrefix(b[i:], textMark):
			return i, true
		case i > 0 && b[i-1] == eol && bytes.HasPrefix(b[i:], closeMark):
			return i, false
		}
	}
}

// body reads the text of a document, which begins where the window does.
func (p *submissionReader) body(d *Document) {
	d.Offset = p.src.at
	d.stuffed = p.pem
	b := p.src.fill(sniffSize)
	b = b[:min(len(b), sniffSize)]
	i := closeIndex(b, p.eol)
	if i >= 0 {
		b = b[:i]
	}
	brief := textEnd(b) <= maxCut && (i >= 0 || p.src.ended())
	b, _, _ = bytes.Cut(b, textEndMark)
	if d.Cut, d.Media = readCut(b); d.Cut != nil {
		_, d.Length = p.text(false)
		return
	}
	d.Media = media(d.Filename, b)
	keep := p.keeps(d)
	if p.cutter != nil {
		if keep = false; !brief && !d.isText() {
			p.cutter.begin(d.Media)
		}
	}
	d.body, d.Length = p.text(keep)
}

// keeps reports whether the body of d is to be kept, as far as the documents before
// it tell.
func (p *submissionReader) keeps(d *Document) bool {
	switch {
	case !d.isText() && !(d.isInstance() && p.sub.Header.Form.IsCurrentReport()):
		return false
	case !p.report || len(p.sub.Documents) == 0:
		return true
	}
	return d.isReport() && !slices.ContainsFunc(p.sub.Documents, func(d Document) bool { return d.isReport() && d.body != nil })
}

// text moves behind the </DOCUMENT> that closes the current document. It returns
// the bytes before its </TEXT>, if keep says so, and their number.
func (p *submissionReader) text(keep bool) (body []byte, length int64) {
	var pieces [][]byte
	take := func(n int) {
		length += int64(n)
		if keep && p.kept+length > maxKept {
			keep, pieces = false, nil
			p.tooMuch()
		}
		if keep {
			pieces = append(pieces, p.src.take(n))
		}
		p.src.advance(n)
	}
	for {
		b := p.src.fill(windowSize)
		i := closeIndex(b, p.eol)
		if i < 0 && !p.src.ended() {
			take(len(b) - keepBack)
			continue
		}
		p.cut = i < 0
		if p.cut {
			i = len(b)
		}
		n := textEnd(b[:i])
		take(n)
		p.cutter.end(p.eol)
		p.src.advance(i - n)
		p.src.advance(min(len(closeMark), len(b)-i))
		if keep {
			p.kept += length
		}
		return join(pieces), length
	}
}

// tooMuch warns, once, of a body that is dropped for maxKept.
func (p *submissionReader) tooMuch() {
	if !p.full {
		p.full = true
		p.warn(CodeLimit, fmt.Sprintf("%d bytes of text", maxKept))
	}
}

// closeIndex returns where a </DOCUMENT> stands at the beginning of a line in b,
// -1 if nowhere. Lines end in eol; the first byte of b begins none.
func closeIndex(b []byte, eol byte) int {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], eol)
		if n < 0 {
			return -1
		}
		i += n + 1
		if bytes.HasPrefix(b[i:], closeMark) {
			return i
		}
	}
}

// textEnd returns where the </TEXT> stands that ends b, which is what precedes a
// </DOCUMENT>; without one the text is all of b.
func textEnd(b []byte) int {
	from := max(0, len(b)-textEndReach)
	if i := bytes.LastIndex(b[from:], textEndMark); i >= 0 {
		return from + i
	}
	return len(b)
}

// join is bytes.Join that copies only when it must.
func join(pieces [][]byte) []byte {
	switch len(pieces) {
	case 0:
		return nil
	case 1:
		return pieces[0]
	}
	return bytes.Join(pieces, nil)
}
