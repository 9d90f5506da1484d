package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Companies may be called what the form or a caption says; the line above the
// caption is the name all the same.
func TestCoverNamesOfTheFormsOwnWords(t *testing.T) {
	const text = `
                UNITED STATES
      SECURITIES AND EXCHANGE COMMISSION
           WASHINGTON, D.C. 20549

                  FORM 8-K

Date of Report (Date of earliest event reported): May 10, 1996

              %
   (Exact name of registrant as specified in its charter)

Delaware                        1-1234                   12-3456789
(State or other jurisdiction    (Commission              (I.R.S. Employer
 of incorporation)               File Number)             Identification No.)

100 Main Street, Springfield, Ohio                       45501
(Address of principal executive offices)              (Zip Code)

Registrant's telephone number, including area code: (937) 555-0100

Item 8.01 Other Events
`
	for _, name := range []string{
		"United States Gadget Corporation", "UNITED STATES OIL GADGETS", "TELEPHONE AND DATA GADGETS, INC.", "Telephone & Data Widgets", "Employers Gadgets, Inc.", "Item 9 Gadgets Corp.", "Identification Gadgets, Inc.",
		"Emerging Growth Company Gadgets Corp.", "Emerging Growth Gadgets Corp.", "Address Gadgets, Inc.", "Current Report Gadgets Inc", "Commission Gadgets, Inc.", "Commission File Gadgets, Inc.", "State of Gadgets Bancshares", "Washington, D.C. Gadget Company",
		"Zip Gadgets", "IRS Gadgets, Inc.", "Registrant Corp.", "Securities Registered Gadgets Ltd.", "Form 8 Gadgets", "Former Name Gadgets", "Securities and Exchange Gadgets", "Section 13 Gadgets LLC", "Employer Identification Gadgets Inc.", "The Executive Office Group",
	} {
		want := []Registrant{{name, "Delaware", "1-1234", "12-3456789"}}
		html := madeCoverHead + "<p>" + name + "</p>" + exactName + "<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr>" + threeCaptions + madeCoverTail
		for layout, body := range map[string]string{"text": replaceName(text, name), "html": html} {
			c := readMadeCover(t, body)
			if diff := cmp.Diff(want, c.Registrants); diff != "" {
				t.Errorf("%s: %s: registrants differ (-want +got):\n%s", layout, name, diff)
			}
			if c.Phone != "(937) 555-0100" || c.Address != "100 Main Street, Springfield, Ohio 45501" {
				t.Errorf("%s: %s: phone %q, address %q", layout, name, c.Phone, c.Address)
			}
		}
	}
}

func TestCoverNamesAroundTheirCaption(t *testing.T) {
	for lines, want := range map[string]string{
		"<p>COMMISSION GADGETS</p><p>Exact name of registrant as specified in its charter</p>":                                       "COMMISSION GADGETS",
		"<p>Exact name of registrant as specified in its charter: TELEPHONE AND DATA GADGETS</p>":                                    "TELEPHONE AND DATA GADGETS",
		"<p>Exact name of registrant as specified in its charter: Exact Gadgets Corp</p>":                                            "Exact Gadgets Corp",
		"<p>UNITED STATES<br>GADGET FUND, LP</p>" + exactName:                                                                        "UNITED STATES GADGET FUND, LP",
		"<p>UNITED STATES</p><p>GADGET FUND, LP</p>" + exactName:                                                                     "GADGET FUND, LP",
		"<p>Exact name of registrant as specified in its charter</p><p>GADGET FUND, LP</p>":                                          "GADGET FUND, LP",
		"<table><tr><td>Exact name of registrant as specified in its charter:</td><td>United States Gadgets, Inc.</td></tr></table>": "United States Gadgets, Inc.",
	} {
		body := madeCoverHead + lines + "<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr>" + threeCaptions + madeCoverTail
		if diff := cmp.Diff([]Registrant{{want, "Delaware", "1-1234", "12-3456789"}}, readMadeCover(t, body).Registrants); diff != "" {
			t.Errorf("%s: registrants differ (-want +got):\n%s", lines, diff)
		}
	}
}

func replaceName(text, name string) string {
	for i := range len(text) {
		if text[i] == '%' {
			return text[:i] + name + text[i+1:]
		}
	}
	return text
}
