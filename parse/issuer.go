package parse

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/edgard/edgar"
)

// MaxIssuerListing bounds the bytes of one issuer listing. The largest known, of
// banks that file hundreds of times a day, have some 10 MB.
const MaxIssuerListing = 64 << 20

// ErrNotIssuerListing means that the bytes are no issuer listing: not JSON, cut
// off, too long, or without the columns that a row needs. The error that wraps it
// says which.
var ErrNotIssuerListing = errors.New("not an issuer's listing")

// IssuerListing is the listing of one issuer's filings that data.sec.gov serves
// as JSON: CIK##########.json, which tells who the issuer is, lists the newest
// thousand filings or those of a year, whichever is more, and names the older
// pages; or one of these, CIK##########-submissions-NNN.json, which has rows
// alone.
//
// The rows are columns side by side. accessionNumber, form and filingDate must be
// there and as long as each other; whatever else there is, or comes to be, is
// passed over. The acceptance times, which are Eastern in one file and UTC in
// another under the same mark, are among what is passed over.
type IssuerListing struct {
	Issuer Issuer
	Rows   []Row       // as listed, newest first; Name and CIK are the Issuer's, none in an older page
	Bad    []LineError // rows that are none, Line being their place counted from 1
	Older  []OlderPage // as listed
}

// Lines returns how many rows there are, bad ones included.
func (l *IssuerListing) Lines() int { return len(l.Rows) + len(l.Bad) }

// Issuer is who files, as of the day of the file and not as of any filing. Only
// the CIK is sure to be there.
type Issuer struct {
	CIK                  edgar.CIK
	Name                 string
	EntityType           string // "operating", "investment", "other"
	SIC                  string // four digits
	SICDescription       string
	Tickers              []string
	Exchanges            []string // of the Tickers, in their order; "" where there is none
	EIN                  string
	StateOfIncorporation string
	FiscalYearEnd        string // MMDD
	FormerNames          []FormerName
}

// OlderPage is an older page of an issuer's listing. The dates are approximate.
type OlderPage struct {
	Name     string // checked: of this issuer, and nothing but a name
	Count    int    // filings in it
	From, To edgar.Date
}

// ReadIssuerListing reads CIK##########.json to its end. Errors of r come back
// wrapped, whatever the bytes are at fault for wraps ErrNotIssuerListing.
func ReadIssuerListing(r io.Reader) (*IssuerListing, error) {
	l, err := readIssuer(r)
	if err != nil {
		return nil, err
	}
	if l.Issuer.CIK.IsZero() {
		return nil, fmt.Errorf("%w: no cik in it", ErrNotIssuerListing)
	}
	l.Issuer.Name = short(l.Issuer.Name)
	for i := range l.Rows {
		l.Rows[i].CIK, l.Rows[i].Name = l.Issuer.CIK, l.Issuer.Name
	}
	for _, p := range l.Older {
		if !IsOlderPage(p.Name, l.Issuer.CIK) {
			return nil, fmt.Errorf("%w: older page %q: want a name as CIK%s-submissions-001.json", ErrNotIssuerListing, short(p.Name), l.Issuer.CIK.Padded())
		}
	}
	return l, nil
}

// ReadOlderPage reads an older page to its end, with errors as those of
// ReadIssuerListing. It does not say whose it is.
func ReadOlderPage(r io.Reader) (*IssuerListing, error) {
	l, err := readIssuer(r)
	if err != nil {
		return nil, err
	}
	if !l.Issuer.CIK.IsZero() {
		return nil, fmt.Errorf("%w: an issuer's first page instead of an older one", ErrNotIssuerListing)
	}
	return l, nil
}

// IsOlderPage reports whether name is that of an older page of c:
// CIK##########-submissions-NNN.json, NNN being three to six digits.
func IsOlderPage(name string, c edgar.CIK) bool {
	rest, ok := strings.CutPrefix(name, "CIK"+c.Padded()+"-submissions-")
	digits, json := strings.CutSuffix(rest, ".json")
	return ok && json && len(digits) >= 3 && len(digits) <= 6 && strings.Trim(digits, "0123456789") == ""
}
