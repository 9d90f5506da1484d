package parse

import (
	"bytes"
	"encoding/json"
	"time"

	"example.com/edgard/edgar"
)

// SchemaVersion numbers the JSON shape of Filing; ParserVersion numbers what the
// parser makes of the same bytes, and rises whenever a reader would notice.
const (
	SchemaVersion = 1
	ParserVersion = 2
)

// Filing is what one submission says, in the shape that programs rely on. The
// parser fills all of it but the last group, which belongs to whoever fetched
// and keeps the submission. Absent facts are zero values and left out of JSON.
type Filing struct {
	Schema    int             `json:"schema"`
	Parser    int             `json:"parser"`
	Accession edgar.Accession `json:"accession,omitzero"`
	Form      edgar.Form      `json:"form,omitzero"`
	Amendment bool            `json:"amendment"`
	URL       string          `json:"url,omitempty"` // of the submission, under its first filer
	Filed     edgar.Date      `json:"filed,omitzero"`
	Period    edgar.Date      `json:"period,omitzero"`
	Accepted  time.Time       `json:"accepted,omitzero"` // Eastern, with offset

	Filers     []Filer     `json:"filers,omitempty"`
	Items      []Item      `json:"items"`
	Documents  []Document  `json:"documents"`
	Exhibits   []Exhibit   `json:"exhibits,omitempty"`
	Cover      *Cover      `json:"cover,omitempty"` // nil when no cover page was read
	Signatures []Signature `json:"signatures,omitempty"`
	Warnings   []Warning   `json:"warnings,omitempty"`

	PrivateToPublic bool `json:"private_to_public"`

	AmendmentNote *AmendmentNote `json:"amendment_note,omitempty"` // of an amendment, nil when it says nothing of itself

	Amends    *Amends   `json:"amends,omitempty"` // of an amendment; the index fills it in when read, and does not keep it
	Withdrawn bool      `json:"withdrawn"`
	Revision  int       `json:"revision,omitempty"`
	Seen      time.Time `json:"seen,omitzero"`     // UTC: first seen in a listing
	Recorded  time.Time `json:"recorded,omitzero"` // UTC: written to the index
	SHA256    string    `json:"sha256,omitempty"`  // of the submission as served, hex
	Size      int64     `json:"size,omitempty"`    // bytes of the submission as served
}

// Filer is one entity of a submission header, in header order, with its role:
// filer, subject company, filed by, issuer, reporting owner, depositor,
// securitizer, issuing entity. Addresses and names are as of the filing.
type Filer struct {
	Role                 string       `json:"role"`
	CIK                  edgar.CIK    `json:"cik,omitzero"`
	Tickers              []string     `json:"tickers,omitempty"`
	Name                 string       `json:"name"`
	SIC                  string       `json:"sic,omitempty"`
	StateOfIncorporation string       `json:"state_of_incorporation,omitempty"`
	FiscalYearEnd        string       `json:"fiscal_year_end,omitempty"` // MMDD
	EIN                  string       `json:"ein,omitempty"`
	FileNumber           string       `json:"file_number,omitempty"`
	FilmNumber           string       `json:"film_number,omitempty"`
	Act                  string       `json:"act,omitempty"` // "34"
	BusinessAddress      *Address     `json:"business_address,omitempty"`
	MailAddress          *Address     `json:"mail_address,omitempty"`
	FormerNames          []FormerName `json:"former_names,omitempty"`
}

// Address is a postal address as the header prints it.
type Address struct {
	Street1 string `json:"street1,omitempty"`
	Street2 string `json:"street2,omitempty"`
	City    string `json:"city,omitempty"`
	State   string `json:"state,omitempty"`
	Zip     string `json:"zip,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// FormerName is an earlier conformed name and the day it was given up.
type FormerName struct {
	Name    string     `json:"name"`
	Changed edgar.Date `json:"changed,omitzero"`
}

// Source says who knows of an item: the submission header, the document body,
// or both.
type Source string

const (
	SourceBoth   Source = "both"
	SourceHeader Source = "header"
	SourceBody   Source = "body"
)

// Item is one reported event of an 8-K, in document order.
type Item struct {
	Number     string   `json:"number"`                // "2.02", before 23 August 2004 "12"
	Title      string   `json:"title"`                 // the form's official caption in that era
	Heading    string   `json:"heading,omitempty"`     // as printed, blanks folded
	Text       string   `json:"text,omitempty"`        // paragraphs end in \n, table cells in \t
	Snippet    string   `json:"snippet,omitempty"`     // the first words of Text, where Text is left out
	Source     Source   `json:"source"`                //
	SharedWith []string `json:"shared_with,omitempty"` // numbers under the same heading or body
	Offset     int64    `json:"offset"`                // of heading and body, in the submission's bytes
	Length     int64    `json:"length"`                // 0 for an item that only the header knows, which has no place
	Exhibits   []string `json:"exhibits,omitempty"`    // exhibit numbers that the text refers to
}

// MarshalJSON leaves offset and length out of an item that has no place.
func (it Item) MarshalJSON() ([]byte, error) {
	type fields Item
	out := struct {
		fields
		Offset   *int64   `json:"offset,omitempty"`
		Length   *int64   `json:"length,omitempty"`
		Exhibits []string `json:"exhibits,omitempty"` // which stand last
	}{fields: fields(it), Exhibits: it.Exhibits}
	if it.Length > 0 {
		out.Offset, out.Length = &it.Offset, &it.Length
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // left to whoever encodes the whole
	err := enc.Encode(out)
	return b.Bytes(), err
}

// Exhibit joins what the filing lists (in Item 7 or 9.01, or an index) and what
// it attaches.
type Exhibit struct {
	Number      string `json:"number"` // "99.1"
	Description string `json:"description,omitempty"`
	Type        string `json:"type,omitempty"`     // of the attached document: "EX-99.1"
	Document    int    `json:"document,omitempty"` // its place among Documents, from 1; 0 when not attached
	Listed      bool   `json:"listed"`
	Attached    bool   `json:"attached"`
}

// Cover is the cover page as printed. A check box that is not on the page is nil.
type Cover struct {
	Registrants                      []Registrant `json:"registrants,omitempty"`
	DateOfReport                     edgar.Date   `json:"date_of_report,omitzero"`
	Address                          string       `json:"address,omitempty"`
	Phone                            string       `json:"phone,omitempty"`
	FormerName                       string       `json:"former_name,omitempty"`
	WrittenCommunications            *bool        `json:"written_communications"`
	SolicitingMaterial               *bool        `json:"soliciting_material"`
	PreCommencementTenderOffer       *bool        `json:"pre_commencement_tender_offer"`
	PreCommencementIssuerTenderOffer *bool        `json:"pre_commencement_issuer_tender_offer"`
	EmergingGrowthCompany            *bool        `json:"emerging_growth_company"`
	Securities                       []Security   `json:"securities,omitempty"`
}

// Registrant is one name on the cover, with the numbers printed beside it.
type Registrant struct {
	Name       string `json:"name"`
	State      string `json:"state,omitempty"`
	FileNumber string `json:"file_number,omitempty"`
	EIN        string `json:"ein,omitempty"`
}

// Security is one row of the cover's Section 12(b) table, printed since 2019.
type Security struct {
	Title    string `json:"title,omitempty"`
	Symbol   string `json:"symbol,omitempty"`
	Exchange string `json:"exchange,omitempty"`
}

// Signature is one signer.
type Signature struct {
	Company string     `json:"company,omitempty"`
	Name    string     `json:"name,omitempty"`
	Title   string     `json:"title,omitempty"`
	Date    edgar.Date `json:"date,omitzero"`
}

// AmendmentNote is what an amendment's text says of itself and of the report that
// it amends, by its own words: an original is named by the day it was filed, or by
// the date it bears, mostly that of its event.
type AmendmentNote struct {
	Number        int        `json:"number,omitempty"` // of "Amendment No. 2", 1 to 99
	OriginalFiled edgar.Date `json:"original_filed,omitzero"`
	OriginalDated edgar.Date `json:"original_dated,omitzero"`
	Text          string     `json:"text,omitempty"` // the sentence that dates the original, at most 400 bytes and an ellipsis
}

// Amends says which filing an amendment amends, and why we think so, in words that
// a person can check.
type Amends struct {
	Accession edgar.Accession `json:"accession,omitzero"` // when linked
	Evidence  string          `json:"evidence,omitempty"`
	Status    string          `json:"status"` // one of AmendsLinked, AmendsAmbiguous, AmendsNone
}

// The statuses of Amends.
const (
	AmendsLinked    = "linked"    // to the filing that fits
	AmendsAmbiguous = "ambiguous" // several fit equally, or one fits but for a contradiction: Evidence names them
	AmendsNone      = "none"      // none that fits is held
)

// Warning is something the reader ought to know, from a closed set of codes.
type Warning struct {
	Code   Code   `json:"code"`
	Detail string `json:"detail,omitempty"`
}
