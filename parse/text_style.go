package parse

import "bytes"

// attributes reads those attributes of the tag body[from:to] that change how its
// text looks or what it means.
func (f *flattener) attributes(from, to int, k kind, l look, e *element) look {
	if k == kindFact || k == kindContext || k == kindMember {
		f.openInk(f.body[from:to], k, e)
		return l
	}
	a := attributesOf(f.body[from:to])
	for key, value, ok := a.next(); ok; key, value, ok = a.next() {
		switch {
		case equalFold(key, "style"):
			l.css(value)
		case equalFold(key, "align"):
			l.align(value)
		case equalFold(key, "face"):
			l.font(value)
		case equalFold(key, "href"):
			if k == kindLink && len(value) > 0 {
				l.add |= linked
			}
		case equalFold(key, "hidden"):
			l.hides = true
		}
	}
	return l
}

// css reads the declarations of a style attribute.
func (l *look) css(s []byte) {
	for len(s) > 0 {
		decl := s
		if i := bytes.IndexByte(s, ';'); i >= 0 {
			decl, s = s[:i], s[i+1:]
		} else {
			s = nil
		}
		for len(decl) > 0 && isBlank(decl[0]) {
			decl = decl[1:]
		}
		if matters(decl) {
			if i := bytes.IndexByte(decl, ':'); i > 0 {
				l.declare(decl[:i], bytes.TrimSpace(decl[i+1:]))
			}
		}
	}
}

// matters tells by a few letters the declarations that declare may know from
// the many (font-size, padding, border, width) that it does not.
func matters(decl []byte) bool {
	if len(decl) < 8 {
		return false
	}
	switch c := lower(decl[0]); c {
	case 'f':
		third := lower(decl[6])
		return decl[4] != '-' || third == 'e' || third == 'a' || third == 't' // weight, family, style
	case 't':
		return lower(decl[1]) == 'e'
	case 'd', 'v':
		return lower(decl[1]) == 'i'
	case 'p', 'b':
		return decl[4] == '-' || decl[5] == '-' || lower(decl[1]) == 'o' && lower(decl[2]) == 's' // page-break, break-before, position
	case 'm':
		return decl[6] == '-' && lower(decl[7]) == 'l' // margin-left
	}
	return false
}

func (l *look) declare(property, value []byte) {
	switch {
	case equalFold(property, "font-weight"):
		l.weight(value)
	case equalFold(property, "font-style"):
		l.set(italic, equalFold(value, "italic"))
	case equalFold(property, "font-family"):
		l.font(value)
	case equalFold(property, "font"):
		if containsFold(value, "bold") {
			l.add |= bold
		}
		if containsFold(value, "wingdings") {
			l.add |= dingbat
		}
	case equalFold(property, "text-decoration"):
		if containsFold(value, "underline") {
			l.add |= underline
		}
	case equalFold(property, "text-align"):
		l.align(value)
	case equalFold(property, "display"):
		l.hides = l.hides || equalFold(value, "none")
		l.inline = l.inline || equalFold(value, "inline")
	case equalFold(property, "position"):
		l.placed = l.placed || equalFold(value, "absolute")
	case equalFold(property, "margin-left"):
		l.indented = true
	case equalFold(property, "visibility"):
		l.hides = l.hides || equalFold(value, "hidden")
	case equalFold(property, "page-break-before"), equalFold(property, "page-break-after"), equalFold(property, "break-before"):
		if containsFold(value, "always") || equalFold(value, "page") {
			l.breaks |= pageBreak
		}
	}
}

func (l *look) set(s style, on bool) {
	if on {
		l.add |= s
		l.remove &^= s
	} else {
		l.add &^= s
		l.remove |= s
	}
}

func (l *look) weight(v []byte) {
	l.set(bold, containsFold(v, "bold") || len(v) == 3 && v[0] >= '6' && v[0] <= '9')
}

func (l *look) align(v []byte) { l.set(centred, equalFold(v, "center")) }

// font tells the fonts whose letters are pictures. Symbol is none of them: its
// letters are Greek.
func (l *look) font(v []byte) {
	v = bytes.TrimLeft(v, " '\"")
	l.set(dingbat, hasPrefixFold(v, "wingding") || hasPrefixFold(v, "webding") || hasPrefixFold(v, "zapfding") ||
		hasPrefixFold(v, "zapf ding") || hasPrefixFold(v, "wp typographic") || hasPrefixFold(v, "wp iconic") || hasPrefixFold(v, "monotype sorts"))
}

func equalFold(b []byte, s string) bool { return len(b) == len(s) && hasPrefixFold(b, s) }

// hasPrefixFold reports whether b begins with s, which is in lower case.
func hasPrefixFold(b []byte, s string) bool {
	if len(b) < len(s) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if lower(b[i]) != s[i] {
			return false
		}
	}
	return true
}

func containsFold(b []byte, s string) bool {
	for ; len(b) >= len(s); b = b[1:] {
		if lower(b[0]) == s[0] && hasPrefixFold(b, s) {
			return true
		}
	}
	return false
}
