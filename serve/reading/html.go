package reading

import (
	"bytes"
	"html/template"
	"strings"

	"example.com/edgard/parse"
)

// MaxDocument bounds the bytes of a document that HTML and Plain read. Exhibits of
// 2 MB are common, those of more than 4 MB are rare.
const MaxDocument = 4 << 20

// Version numbers what is made of the same bytes: it rises whenever a reader would
// notice, and whoever keeps what was made asks again.
const Version = 1

// A Linker returns where a picture or a document of the same filing is served, by the
// name that a document calls it: a path that begins with one slash, "" for none.
type Linker func(name string) string

// HTML makes a document's own html harmless: the inside of a body element, for a page
// of its own, whose content security policy lets inline styles be. cut says that the
// document was longer than MaxDocument: the end is missing.
func HTML(body []byte, link Linker) (safe template.HTML, cut bool) {
	body, cut = cutBody(body, '>')
	var b bytes.Buffer
	b.Grow(len(body))
	r := rewriter{out: &b, link: link, styles: make(map[string]string)}
	r.rewrite(strings.NewReader(parse.Decode(body)))
	return template.HTML(allowed().SanitizeBytes(b.Bytes())), cut
}

// cutBody returns what of a body is read, to the end of a tag or line.
func cutBody(body []byte, end byte) ([]byte, bool) {
	if len(body) <= MaxDocument {
		return body, false
	}
	body = body[:MaxDocument]
	if i := bytes.LastIndexByte(body, end); i >= 0 {
		body = body[:i+1]
	}
	return body, true
}
