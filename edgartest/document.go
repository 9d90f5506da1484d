package edgartest

import (
	"bytes"
	"strings"
)

// document is one <DOCUMENT> of a submission.
type document struct {
	sequence, kind, name, description string

	size int    // bytes between <TEXT> and </TEXT>
	raw  []byte // those bytes
}

// documents takes a submission apart. Tags count at the beginning of a line.
func documents(b []byte) []document {
	var docs []document
	for {
		_, rest, ok := bytes.Cut(b, []byte("\n<DOCUMENT>"))
		if !ok {
			return docs
		}
		doc, after, ok := bytes.Cut(rest, []byte("\n</DOCUMENT>"))
		if !ok {
			return docs
		}
		docs = append(docs, readDocument(doc))
		b = after
	}
}

func readDocument(b []byte) document {
	tags, raw, _ := bytes.Cut(b, []byte("\n<TEXT>"))
	raw = bytes.TrimPrefix(raw, []byte("\n"))
	if i := bytes.LastIndex(raw, []byte("\n</TEXT>")); i >= 0 {
		raw = raw[:i+1]
	} else {
		raw = bytes.TrimPrefix(raw, []byte("</TEXT>"))
	}
	d := document{size: len(raw), raw: raw}
	for line := range strings.Lines(string(tags)) {
		line = strings.TrimSpace(line)
		for tag, field := range map[string]*string{"<TYPE>": &d.kind, "<SEQUENCE>": &d.sequence, "<FILENAME>": &d.name, "<DESCRIPTION>": &d.description} {
			if v, ok := strings.CutPrefix(line, tag); ok {
				*field = strings.TrimSpace(v)
			}
		}
	}
	return d
}

// content is what EDGAR serves under the document's own name: without the
// wrapper, and decoded when it was uuencoded.
func (d document) content() []byte {
	b := d.raw
	for _, wrapper := range []string{"XBRL", "XML", "PDF"} {
		if inner, ok := bytes.CutPrefix(b, []byte("<"+wrapper+">\n")); ok {
			b, _, _ = bytes.Cut(inner, []byte("</"+wrapper+">"))
		}
	}
	if bytes.HasPrefix(b, []byte("begin ")) {
		return uudecode(b)
	}
	return b
}

// uudecode decodes the lines between begin and end; bad lines end it.
func uudecode(b []byte) []byte {
	var out []byte
	lines := bytes.Split(b, []byte("\n"))
	for _, line := range lines[1:] {
		if len(line) == 0 || string(line) == "end" {
			break
		}
		n := int(line[0]-' ') & 63
		for quad := line[1:]; n > 0 && len(quad) >= 2; n -= 3 {
			var v uint32
			for i := range 4 {
				v <<= 6
				if i < len(quad) {
					v |= uint32(quad[i]-' ') & 63
				}
			}
			out = append(out, []byte{byte(v >> 16), byte(v >> 8), byte(v)}[:min(n, 3)]...)
			quad = quad[min(4, len(quad)):]
		}
	}
	return out
}
