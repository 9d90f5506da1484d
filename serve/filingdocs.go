package serve

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/parse"
)

// secWWW is where EDGAR itself serves filings.
const secWWW = "https://www.sec.gov"

// exhibitView is one exhibit, listed or attached.
type exhibitView struct {
	ID, Number  string
	Description string
	Note        string        // when it is not both listed and attached
	Document    *documentView // nil when it is not attached
	Open        bool          // shown at once: the first press release
}

// documentView is one document of the submission.
type documentView struct {
	ID          string
	Place       int // counted from 1
	Type, Name  string
	Description string
	Media       string
	Kind        string // how it is shown: "page", "picture", "file", "gone"
	Frame       string // a class, by how much there is to see
	Size        string
	Href        string // "" for one that is not there
	Source      string // its place in the submission
	SEC         string // the same at sec.gov, "" without a name
	Why         string // of one that is not there
}

// documentsOf are the exhibits of a filing, and the documents that are none of them.
func documentsOf(h *held, query string) (xs []exhibitView, rest []documentView) {
	taken, ids, open := map[int]bool{}, names{}, false
	for _, x := range h.Exhibits {
		if isData(x) {
			continue
		}
		v := exhibitView{ID: ids.take("exhibit-" + x.Number), Number: x.Number, Description: harmless.Line(x.Description)}
		if i := x.Document - 1; i >= 0 && i < len(h.Documents) {
			d := documentOf(h, i, query)
			v.Document, taken[i] = &d, true
			v.Open = !open && d.Kind == "page" && strings.HasPrefix(x.Number, "99")
			open = open || v.Open
			if v.Description == "" {
				v.Description = d.Description
			}
		}
		v.Note = attachment(x)
		xs = append(xs, v)
	}
	for i := range h.Documents {
		if !taken[i] {
			rest = append(rest, documentOf(h, i, query))
		}
	}
	return xs, rest
}

// ForPeople are the documents, exhibits aside, that a reader may want to see.
func (v filingView) ForPeople() []documentView { return v.documents(false) }

// ForPrograms are the others: the parts of XBRL, and what EDGAR makes of them.
func (v filingView) ForPrograms() []documentView { return v.documents(true) }

func (v filingView) documents(programs bool) (ds []documentView) {
	for _, d := range v.Files {
		if programs == (d.Kind == "file" && d.Media != "application/pdf" || strings.HasPrefix(d.Type, "EX-101")) {
			ds = append(ds, d)
		}
	}
	return ds
}

// isData reports whether an exhibit is there for programs: the parts of XBRL.
func isData(x parse.Exhibit) bool {
	return x.Number == "101" || x.Number == "104" || strings.HasPrefix(x.Number, "101.")
}

// attachment says how an exhibit is listed and not attached, or the other way around.
func attachment(x parse.Exhibit) string {
	switch {
	case !x.Attached:
		return "listed, not attached"
	case !x.Listed:
		return "attached, not listed in the report"
	}
	return ""
}

func documentOf(h *held, i int, query string) documentView {
	d := &h.Documents[i]
	v := documentView{
		ID: "document-" + strconv.Itoa(i+1), Place: i + 1, Type: harmless.Line(d.Type), Name: harmless.Line(d.Filename), Media: d.Media,
		Kind: kindOf(d), Size: size(d.Length), Frame: frameFor(d),
	}
	if !strings.EqualFold(d.Description, d.Type) {
		v.Description = harmless.Line(d.Description)
	}
	view := filingView{held: *h}
	v.Source = view.sourceLink(d.Offset, d.Length)
	if v.SEC = secFolder(h.Filing); v.SEC != "" && d.Filename != "" {
		v.SEC += url.PathEscape(d.Filename)
	} else {
		v.SEC = ""
	}
	switch {
	case d.Cut != nil:
		v.Kind, v.Size = "gone", size(d.Cut.Size)
		v.Why = "not in the copy kept here"
	case h.fault != nil:
		v.Kind, v.Why = "gone", "the archived copy cannot be read"
	default:
		v.Href = "/filings/" + h.Accession.String() + "/documents/" + strconv.Itoa(i+1) + query
	}
	return v
}

// kindOf says how a document is shown.
func kindOf(d *parse.Document) string {
	switch {
	case d.Media == "text/html" && d.Type != "XML", d.Media == "text/plain", d.Media == "":
		return "page"
	case strings.HasPrefix(d.Media, "image/"):
		return "picture"
	}
	return "file"
}

// frameFor says how high the frame of a document is: as much as there is to see of a
// short one.
func frameFor(d *parse.Document) string {
	room := d.Length
	if d.Media == "text/html" {
		room /= 3 // the rest are tags
	}
	switch {
	case room < 400:
		return "short"
	case room < 2500:
		return "middling"
	}
	return ""
}

// secFolder is the folder of a filing at sec.gov, "" when no filer is known.
func secFolder(f *parse.Filing) string {
	if len(f.Filers) == 0 || f.Filers[0].CIK.IsZero() {
		return ""
	}
	return secWWW + edgar.FilingFolder(f.Filers[0].CIK, f.Accession)
}

// SECIndex is the page of the filing at sec.gov.
func (h held) SECIndex() string {
	if folder := secFolder(h.Filing); folder != "" {
		return folder + h.Accession.String() + "-index.htm"
	}
	return ""
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + " bytes"
	case n < 999_500:
		return strconv.FormatInt((n+500)/1000, 10) + " KB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// Title is what a document is called.
func (d documentView) Title() string { return cmp.Or(d.Description, d.Name, d.Type) }

// Framed is where a document is served for a frame, which needs nothing around it.
func (d documentView) Framed() string {
	if strings.Contains(d.Href, "?") {
		return d.Href + "&framed"
	}
	return d.Href + "?framed"
}
