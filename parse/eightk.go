package parse

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"example.com/edgard/edgar"
)

// EightK reads the 8-K in s. For a form that is no 8-K it returns header and
// documents alone: no items, no cover, no signatures. Where the header is
// absent the form is that of the first document, or what its title says.
func EightK(s *Submission) *Filing {
	f := fromHeader(s)
	main := mainDocument(s)
	var p *page
	if f.Form.IsZero() && main != nil {
		f.Form, _ = edgar.ParseForm(main.Type)
		if f.Form.IsZero() || strings.HasPrefix(main.Type, "EX-") {
			p = main.page()
			f.Form = titleForm(p)
		}
		f.Amendment = f.Form.IsAmendment()
	}
	if !f.Form.IsCurrentReport() {
		return f
	}
	base := int64(0)
	switch {
	case main == nil:
		p = &page{}
		f.warn([]Warning{{Code: CodeNoDocument}})
	case p == nil:
		p = main.page()
		fallthrough
	default:
		base = main.Offset
	}
	f.read(p, s, base)
	return f
}

// read lets every reader have the page.
func (f *Filing) read(p *page, s *Submission, base int64) {
	var warnings []Warning
	f.Items, warnings = readItems(p, &s.Header, base)
	f.warn(warnings)
	f.Cover, warnings = readCover(p, s)
	f.warn(warnings)
	f.Exhibits, warnings = readExhibits(p, s)
	f.warn(warnings)
	f.Signatures, warnings = readSignatures(p, s)
	f.warn(warnings)
}

func (f *Filing) warn(w []Warning) { f.Warnings = append(f.Warnings, w...) }

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
// 8-K, or else the first of all unless it is an exhibit of a known form. It
// returns nil when there is none to read.
func mainDocument(s *Submission) *Document {
	for i := range s.Documents {
		d := &s.Documents[i]
		if form, _ := edgar.ParseForm(d.Type); form.IsCurrentReport() && d.body != nil {
			return d
		}
	}
	if len(s.Documents) == 0 {
		return nil
	}
	first := &s.Documents[0]
	if first.body == nil || strings.HasPrefix(first.Type, "EX-") && !s.Header.Form.IsZero() {
		return nil
	}
	return first
}

// maxBare is the most that is read of a document that stands alone.
const maxBare = 64 << 20

// ReadFiling reads a submission, or a bare 8-K document without one, from r. Of a
// bare document it returns what the document itself tells; the form is the one
// in its title. The error is ErrNotSubmission for bytes that are neither, or
// what r returned.
func ReadFiling(r io.Reader) (*Filing, error) {
	b := bufio.NewReaderSize(r, sniffSize)
	head, _ := b.Peek(sniffSize)
	if opensSubmission(head) {
		s, err := ReadSubmission(b)
		if err != nil {
			return nil, err
		}
		return EightK(s), nil
	}
	body, err := io.ReadAll(io.LimitReader(b, maxBare))
	if err != nil {
		return nil, err
	}
	return readBare(body)
}

// opensSubmission reports whether bytes begin with one of a submission's marks.
func opensSubmission(head []byte) bool {
	head = bytes.TrimLeft(head, "\ufeff \t\r\n")
	for _, f := range frames {
		if hasPrefixFold(head, strings.ToLower(f.open)) {
			return true
		}
	}
	return false
}

// readBare reads a document that stands alone.
func readBare(body []byte) (*Filing, error) {
	d := Document{Sequence: 1, Length: int64(len(body)), Media: mediaText, body: body}
	p := d.page()
	if p.html {
		d.Media = mediaHTML
	}
	form := titleForm(p)
	if form.IsZero() {
		return nil, fmt.Errorf("%w, nor a document with the title of one", ErrNotSubmission)
	}
	d.Type = form.String()
	s := &Submission{Header: Header{Form: form}, Documents: []Document{d}, Size: int64(len(body)), Complete: true}
	f := fromHeader(s)
	if form.IsCurrentReport() {
		f.read(p, s, 0)
	}
	return f, nil
}

// page flattens the document.
func (d *Document) page() *page { return flatten(d.body, d.stuffed) }

// titleReach is how many lines of a document may stand before its title.
const titleReach = 60

// titleForm returns the form that a page calls itself in its title, "FORM 8-K"
// or "FORM 8-K/A"; the zero form when it has none. An amendment may say so on a
// line of its own: "(Amendment No. 1)".
func titleForm(p *page) edgar.Form {
	for i := range min(len(p.blocks), titleReach) {
		line := p.line(i)
		at := strings.Index(strings.ToUpper(line), "FORM")
		if at < 0 || len(line) > 80 {
			continue
		}
		if at += len("FORM"); at == len(line) && i+1 < len(p.blocks) { // the name stands in the next cell or line
			line, at = p.line(i+1), 0
		}
		name := formName(strings.ToUpper(line[at:]))
		form, err := edgar.ParseForm(name)
		if err != nil || name == "" {
			continue
		}
		if form.IsCurrentReport() && !form.IsAmendment() && amends(p, i+1) {
			form, _ = edgar.ParseForm(name + "/A")
		}
		return form
	}
	for i := range p.facts {
		if p.facts[i].name == "dei:DocumentType" {
			form, _ := edgar.ParseForm(p.facts[i].value)
			return form
		}
	}
	return edgar.Form{}
}

// formName reads "8-K/A", "8 - K", "8–K" and the like; other forms up to the
// next blank.
func formName(s string) string {
	s = strings.TrimLeft(strings.NewReplacer("–", "-", "—", "-", "‑", "-").Replace(s), " \t:")
	compact := strings.ReplaceAll(s, " ", "")
	for _, name := range []string{"8-K12B", "8-K12G3", "8-K15D5", "8-K"} {
		for _, spelled := range []string{name, strings.Replace(name, "-", "", 1)} {
			if rest, ok := strings.CutPrefix(compact, spelled); ok {
				if strings.HasPrefix(rest, "/A") || strings.HasPrefix(rest, "-A") || rest == "A" {
					name += "/A"
				}
				return name
			}
		}
	}
	name, _, _ := strings.Cut(s, " ")
	if name == "" || !strings.ContainsAny(name, "0123456789") {
		return ""
	}
	return name
}

// amends reports whether one of the lines after the title is "Amendment No. 1".
func amends(p *page, from int) bool {
	for i := from; i < min(len(p.blocks), from+8); i++ {
		line := strings.Trim(p.line(i), "([ ")
		if hasPrefixFoldString(line, "amendment no") && len(line) < 40 {
			return true
		}
	}
	return false
}
