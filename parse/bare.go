package parse

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/edgard/edgar"
)

// maxBare is the most that is read of a document that stands alone.
const maxBare = 64 << 20

// ReadFiling reads a submission, or a bare 8-K document without one, from r. Of a
// bare document it returns what the document itself tells; the form is the one
// in its title. The error is ErrNotSubmission for bytes that are neither, a bare
// document of more than 64 MB among them, or what r returned.
func ReadFiling(r io.Reader) (*Filing, error) {
	b := bufio.NewReaderSize(r, sniffSize)
	head, err := b.Peek(sniffSize)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, err
	}
	if opensSubmission(head) {
		s, err := ReadSubmission(b)
		if err != nil {
			return nil, err
		}
		return EightK(s), nil
	}
	body, err := io.ReadAll(io.LimitReader(b, maxBare+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBare {
		return nil, fmt.Errorf("%w, and too long for a document: over %d MB", ErrNotSubmission, maxBare>>20)
	}
	return readBare(body)
}

// opensSubmission reports whether bytes begin with one of a submission's marks.
func opensSubmission(head []byte) bool {
	head = bytes.TrimLeft(head, "\ufeff \t\r\n")
	for _, f := range frames {
		if bytes.HasPrefix(head, []byte(f.open)) {
			return true
		}
	}
	return false
}

// readBare reads a document that stands alone.
func readBare(body []byte) (*Filing, error) {
	if bytes.IndexByte(body[:min(len(body), sniffSize)], 0) >= 0 {
		return nil, fmt.Errorf("%w, nor text", ErrNotSubmission)
	}
	d := Document{Sequence: 1, Length: int64(len(body)), Media: mediaText, body: body}
	p := d.page()
	if p.html {
		d.Media = mediaHTML
	}
	form := titleForm(p)
	if form.IsZero() || !isReport(p) {
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

// reportWords are what the cover of a report to SEC says of itself, one of them
// at least; pageWords are what only pages of EDGAR about a filing say.
var (
	reportWords = []string{"securities and exchange commission", "securities exchange act", "exchange act of 1934", "current report", "exact name of"}
	pageWords   = []string{"sec accession no", "accession number:", "filing detail"}
)

// isReport tells a report from whatever else prints a form's name.
func isReport(p *page) bool {
	if len(p.facts) > 0 {
		return true
	}
	end := len(p.text)
	if n := 2 * titleReach; n < len(p.blocks) {
		end = int(p.blocks[n].to)
	}
	text := strings.ToLower(p.text[:end])
	has := func(word string) bool { return strings.Contains(text, word) }
	return slices.ContainsFunc(reportWords, has) && !slices.ContainsFunc(pageWords, has)
}

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
				rest = strings.TrimPrefix(strings.TrimLeft(rest, "(,"), "AS")
				if strings.HasPrefix(rest, "/A") || strings.HasPrefix(rest, "-A") || rest == "A" || strings.HasPrefix(rest, "AMENDED") {
					name += "/A"
				}
				return name
			}
		}
	}
	name, _, _ := strings.Cut(s, " ")
	if !strings.ContainsAny(name, "0123456789") || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/") != "" || len(name) > 12 {
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
