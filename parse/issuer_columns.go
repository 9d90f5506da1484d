package parse

import (
	"errors"
	"fmt"

	"example.com/edgard/edgar"
)

// issuerColumns are the columns of an issuer listing that rows are made of.
type issuerColumns struct {
	accession, form, filed []string
}

// named returns the column with the given title, nil when it is not needed.
func (c *issuerColumns) named(title string) *[]string {
	switch title {
	case "accessionNumber":
		return &c.accession
	case "form":
		return &c.form
	case "filingDate":
		return &c.filed
	}
	return nil
}

// rows puts the columns together.
func (c *issuerColumns) rows(l *IssuerListing) error {
	if c.accession == nil || c.form == nil || c.filed == nil {
		return errors.New("a column is missing: want accessionNumber, form and filingDate")
	}
	n := len(c.accession)
	if len(c.form) != n || len(c.filed) != n {
		return fmt.Errorf("columns of different lengths: %d of accessionNumber, %d of form, %d of filingDate", n, len(c.form), len(c.filed))
	}
	l.Rows = make([]Row, 0, n)
	for i := range n {
		row, reason := c.row(i)
		if reason != "" {
			l.Bad = append(l.Bad, LineError{Line: i + 1, Text: c.excerpt(i), Reason: reason})
			continue
		}
		l.Rows = append(l.Rows, row)
	}
	return nil
}

func (c *issuerColumns) row(i int) (r Row, reason string) {
	var err error
	if r.Accession, err = edgar.ParseAccession(c.accession[i]); err != nil {
		return r, "no accession number"
	}
	if r.Form, err = edgar.ParseForm(c.form[i]); err != nil {
		return r, "no form type"
	}
	if r.Filed, err = edgar.ParseDate(c.filed[i]); err != nil {
		return r, "no filing date"
	}
	return r, ""
}

func (c *issuerColumns) excerpt(i int) string {
	return excerpt([]byte(short(c.accession[i]) + " " + short(c.form[i]) + " " + short(c.filed[i])))
}
