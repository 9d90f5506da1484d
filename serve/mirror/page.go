package mirror

import (
	"bytes"
	_ "embed"
	"html/template"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// indexPage is what the page about a submission shows, in the places where EDGAR's
// page has it.
type indexPage struct {
	*parse.Filing
	Folder    string // of the submission, under the filer asked for
	Stamp     string // when it was accepted
	Whole     bool
	Documents []indexDocument
}

type indexDocument struct {
	*parse.Document
	Href string // "" for one that is not served
}

func (m *Mirror) page(cik edgar.CIK, h *held) (*resource, error) {
	p := indexPage{Filing: h.Filing, Folder: edgar.FilingFolder(cik, h.Accession), Whole: !h.info.Cut}
	if !h.Accepted.IsZero() {
		p.Stamp = h.Accepted.Format(time.DateTime)
	}
	for i := range h.Filing.Documents {
		d := &h.Filing.Documents[i]
		shown := indexDocument{Document: d}
		if named(h.Filing, d.Filename) == d {
			shown.Href = p.Folder + d.Filename
		}
		p.Documents = append(p.Documents, shown)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		return nil, err
	}
	return static("text/html", b.Bytes()), nil
}
