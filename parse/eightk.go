package parse

import (
	"slices"
	"strings"

	"example.com/edgard/edgar"
)

// EightK reads the 8-K in s. For a form that is no 8-K it returns header and
// documents alone: no items, no cover, no signatures. Where the header is
// absent the form is that of the first document, or what its title says. The
// filing is a copy: changing it leaves s as it is.
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
	if f.Amendment {
		f.AmendmentNote = readNote(p, f.Filed)
	}
}

func (f *Filing) warn(w []Warning) { f.Warnings = append(f.Warnings, w...) }

// fromHeader fills in what the header says, and the documents.
func fromHeader(s *Submission) *Filing {
	h := &s.Header
	f := &Filing{
		Schema: SchemaVersion, Parser: ParserVersion,
		Accession: h.Accession, Form: h.Form, Amendment: h.Form.IsAmendment(),
		Filed: h.Filed, Period: h.Period, Accepted: h.Accepted,
		Filers: copyFilers(h.Filers), Documents: slices.Clone(s.Documents), PrivateToPublic: h.PrivateToPublic,
		Items:    []Item{},
		Warnings: append([]Warning(nil), s.Warnings...),
	}
	if f.Documents == nil {
		f.Documents = []Document{}
	}
	f.URL = submissionURL(h)
	return f
}

// submissionURL is where EDGAR serves the submission, "" when the header does not
// tell.
func submissionURL(h *Header) string {
	for i := range h.Filers {
		if c := h.Filers[i].CIK; !c.IsZero() && !h.Accession.IsZero() {
			return "https://www.sec.gov" + edgar.SubmissionPath(c, h.Accession)
		}
	}
	return ""
}

func copyFilers(fs []Filer) []Filer {
	fs = slices.Clone(fs)
	for i := range fs {
		f := &fs[i]
		f.BusinessAddress, f.MailAddress = copyAddress(f.BusinessAddress), copyAddress(f.MailAddress)
		f.FormerNames, f.Tickers = slices.Clone(f.FormerNames), slices.Clone(f.Tickers)
	}
	return fs
}

func copyAddress(a *Address) *Address {
	if a == nil {
		return nil
	}
	c := *a
	return &c
}

// mainDocument returns the report itself: the first document whose type is an
// 8-K, or else the first of all unless it is an exhibit of a known form. It
// returns nil when there is none to read.
func mainDocument(s *Submission) *Document {
	for i := range s.Documents {
		if d := &s.Documents[i]; d.isReport() && d.body != nil {
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
