package parse

// kind is an html element as far as flattening cares.
type kind uint8

const (
	kindNone   kind = iota // of no consequence: never opened, never closed
	kindInline             // running text of no particular look
	kindSpan
	kindFont
	kindBold
	kindItalic
	kindUnderline
	kindLink
	kindFact // ix:nonNumeric, ix:nonFraction
	kindContext
	kindMember
	kindBR
	kindHR
	kindPage
	kindHide // title, script, style, ix:header
	// blocks from here on
	kindBody
	kindP
	kindDiv
	kindCenter
	kindHeading
	kindPre
	kindTable
	kindTR
	kindTD
)

// maxTag is the longest tag name that kindOf knows.
const maxTag = 24

func (k kind) isBlock() bool { return k >= kindBody }

func kindOf(name []byte) kind {
	switch string(name) {
	case "span":
		return kindSpan
	case "font":
		return kindFont
	case "b", "strong":
		return kindBold
	case "i", "em":
		return kindItalic
	case "u", "ins":
		return kindUnderline
	case "a":
		return kindLink
	case "kbd", "sup", "sub", "small", "big", "tt", "code", "label":
		return kindInline
	case "p":
		return kindP
	case "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "section", "article", "header", "footer", "caption", "address", "form", "document", "text":
		return kindDiv
	case "td", "th":
		return kindTD
	case "tr":
		return kindTR
	case "table":
		return kindTable
	case "br":
		return kindBR
	case "hr":
		return kindHR
	case "page":
		return kindPage
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return kindHeading
	case "center":
		return kindCenter
	case "pre":
		return kindPre
	case "html", "body":
		return kindBody
	case "title", "script", "style", "ix:header", "ix:hidden", "noscript":
		return kindHide
	case "ix:nonnumeric", "ix:nonfraction":
		return kindFact
	case "xbrli:context":
		return kindContext
	case "xbrldi:explicitmember", "xbrldi:typedmember":
		return kindMember
	}
	return kindNone
}

// A look is what a tag changes for the text inside it.
type look struct {
	add, remove style
	breaks      style // pageBreak
	hides       bool
	inline      bool // display: inline
	placed      bool // position: absolute
	indented    bool // margin-left
}

// isColumn reports whether running text of this look begins a column: some agents
// set tables as words placed on a line.
func (l *look) isColumn(k kind) bool {
	return !k.isBlock() && (l.placed || l.inline && l.indented)
}

func (k kind) look() look {
	switch k {
	case kindBold:
		return look{add: bold}
	case kindItalic:
		return look{add: italic}
	case kindUnderline:
		return look{add: underline}
	case kindCenter:
		return look{add: centred}
	case kindHeading:
		return look{add: heading}
	case kindPre:
		return look{add: tabular}
	case kindTD:
		return look{remove: centred}
	case kindHide:
		return look{hides: true}
	}
	return look{}
}
