package parse

import (
	"errors"
	"io"
	"time"

	"example.com/edgard/edgar"
)

// ErrNotSubmission says that the bytes are not an EDGAR submission at all: an
// error page, a listing, nothing.
var ErrNotSubmission = errors.New("not an EDGAR submission")

// Submission is one EDGAR submission: what its header says and the documents in
// it.
type Submission struct {
	Header    Header
	Documents []Document
	Size      int64 // bytes read
	Complete  bool  // the end mark was seen
	Warnings  []Warning
}

// Header is a submission header in either dialect. Absent facts are zero.
type Header struct {
	Accession       edgar.Accession
	Form            edgar.Form
	Filed           edgar.Date
	Period          edgar.Date
	Changed         edgar.Date // DATE AS OF CHANGE
	Disseminated    edgar.Date // the date beside <SEC-DOCUMENT>
	Accepted        time.Time  // Eastern; absent before about 2001
	Items           []HeaderItem
	DocumentCount   int // as declared; may be off by one or two
	PrivateToPublic bool
	Filers          []Filer
	Fields          []Field // every key the fields above do not hold, as found
}

// HeaderItem is one ITEM INFORMATION line (Text) or <ITEMS> tag (Number).
type HeaderItem struct {
	Number string
	Text   string
}

// Field is a header key with its value, Path naming the blocks around it.
type Field struct {
	Path, Key, Value string
}

// Document is one <DOCUMENT> of a submission. Offset and Length span the bytes
// between <TEXT> and </TEXT> in the submission as served.
type Document struct {
	Sequence    int    `json:"sequence,omitempty"`
	Type        string `json:"type"`
	Filename    string `json:"filename,omitempty"`
	Description string `json:"description,omitempty"`
	Offset      int64  `json:"offset"`
	Length      int64  `json:"length"`
	Media       string `json:"media,omitempty"` // text/html, text/plain, application/pdf, image/jpeg, …

	body []byte // nil when passed over: not text
}

// ReadSubmission reads one submission from r as a stream. Bodies of textual
// documents are kept, all others are passed over.
func ReadSubmission(r io.Reader) (*Submission, error) {
	return nil, errors.ErrUnsupported
}
