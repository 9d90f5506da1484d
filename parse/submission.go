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
	Complete  bool  // the end mark was seen, see ReadSubmission
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

// HeaderItem is one ITEM INFORMATION line (Text, or Number where the line is a
// bare number) or <ITEMS> tag (Number). Both are empty where the line is: such
// a header says that there is an item, not which.
type HeaderItem struct {
	Number string
	Text   string
}

// Field is a header key with its value, Path naming the blocks around it, as in
// "FILER/FILING VALUES". The second and later values of a key that the Header
// holds once are fields too.
type Field struct {
	Path, Key, Value string
}

// Document is one <DOCUMENT> of a submission. Offset and Length span the bytes
// between <TEXT> and </TEXT> in the submission as served; a document without
// the marks has Length 0.
type Document struct {
	Sequence    int    `json:"sequence,omitempty"`
	Type        string `json:"type"`
	Filename    string `json:"filename,omitempty"`
	Description string `json:"description,omitempty"`
	Offset      int64  `json:"offset"`
	Length      int64  `json:"length"`
	Media       string `json:"media,omitempty"` // text/html, text/plain, application/pdf, image/jpeg, …
	Cut         *Cut   `json:"cut,omitempty"`   // what stood there; nil unless KeepText cut it

	body    []byte // the bytes at Offset as served; nil when passed over
	stuffed bool   // the body comes out of a PEM envelope: "- -" at a line's start stands for "-"
}

// ReadSubmission reads one submission from r, to its end, as a stream: whole
// .txt files of every era, .nc files, a .hdr.sgml header alone, and documents
// without a header.
//
// Bodies of documents with text are kept, that is html and plain text and, in
// an 8-K, the extracted XBRL instance. All others (images, PDF, archives,
// spreadsheets, the XBRL exhibits and their renderings) are passed over: beyond
// the bodies kept, memory does not grow with the submission.
//
// Complete means that the outermost mark the submission opened was closed:
// the END line for a PEM envelope, else </SEC-DOCUMENT>, </IMS-DOCUMENT> or
// </SUBMISSION>, else, for a header on its own, </SEC-HEADER> or </IMS-HEADER>;
// and that every document was closed by </DOCUMENT>, which is all that can be
// asked of a submission that begins with <DOCUMENT>.
//
// The error is ErrNotSubmission, or what r returned. Everything else that is
// wrong with a submission is among its Warnings.
func ReadSubmission(r io.Reader) (*Submission, error) {
	return readSubmission(newSource(r), false)
}

// ReadReport is ReadSubmission for whoever wants no more than EightK reads: of the
// bodies it keeps that of the report, and passes over the exhibits.
func ReadReport(r io.Reader) (*Submission, error) {
	return readSubmission(newSource(r), true)
}

// ParseSubmission is ReadSubmission over bytes in memory. The bodies of the
// documents are slices of b, which must not change while they are in use.
func ParseSubmission(b []byte) (*Submission, error) {
	return readSubmission(sourceOf(b), false)
}
