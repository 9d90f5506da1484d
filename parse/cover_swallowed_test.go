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

// Captions of asset-backed securities name the party that they are about.
func TestCoverOfAssetBackedSecurities(t *testing.T) {
	tests := []struct {
		name, body string
		want       []Registrant
	}{
		{"numbers above the names", `<html><body><p>FORM 8-K</p><p>Date of Report (Date of earliest event reported): May 10, 2021</p>
<p>Commission File Number of issuing entity: 333-123456-02</p><p>Central Index Key Number of issuing entity: 0001234567</p>
<p>GADGET AUTO TRUST 2021-1</p><p>(Exact name of issuing entity as specified in its charter)</p>
<p>Commission File Number of depositor: 333-123456</p><p>Central Index Key Number of depositor: 0001234568</p>
<p>GADGET RECEIVABLES LLC</p><p>(Exact name of depositor as specified in its charter)</p>
<p>Central Index Key Number of sponsor: 0001234569</p><p>GADGET BANK</p><p>(Exact name of sponsor as specified in its charter)</p>
<table><tr><td>Delaware</td><td>38-1234567</td></tr><tr><td>(State or other jurisdiction of incorporation or organization of the issuing entity)</td><td>(I.R.S. Employer Identification No. of the issuing entity)</td></tr></table>
<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>Item 6.02</p>`,
			[]Registrant{{"GADGET AUTO TRUST 2021-1", "Delaware", "333-123456-02", "38-1234567"}, {"GADGET RECEIVABLES LLC", "", "333-123456", ""}, {"GADGET BANK", "", "", ""}}},
		{"numbers below the names", `<html><body><p>FORM 8-K</p><p>Date of Report (Date of earliest event reported): May 10, 2021</p>
<p>GADGET AUTO TRUST 2021-1</p><p>(Exact name of issuing entity as specified in its charter)</p>
<p>Commission File Number of issuing entity: 333-123456-02</p><p>Central Index Key Number of issuing entity: 0001234567</p>
<p>GADGET RECEIVABLES LLC</p><p>(Exact name of depositor as specified in its charter)</p>
<p>Commission File Number of depositor: 333-123456</p><p>Central Index Key Number of depositor: 0001234568</p>
<p>GADGET BANK</p><p>(Exact name of sponsor as specified in its charter)</p>
<p>Central Index Key Number of sponsor: 0001234569</p>
<table><tr><td>Delaware</td><td>38-1234567</td></tr><tr><td>(State or other jurisdiction of incorporation of depositor)</td><td>(I.R.S. Employer Identification No. of depositor)</td></tr></table>
<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>Item 6.02</p>`,
			[]Registrant{{"GADGET AUTO TRUST 2021-1", "", "333-123456-02", ""}, {"GADGET RECEIVABLES LLC", "Delaware", "333-123456", "38-1234567"}, {"GADGET BANK", "", "", ""}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := readMadeCover(t, tt.body)
			if diff := cmp.Diff(tt.want, c.Registrants); diff != "" {
				t.Errorf("registrants differ (-want +got):\n%s", diff)
			}
			if c.Address != "100 Main Street, Springfield, Ohio 45501" || c.Phone != "" {
				t.Errorf("address %q, phone %q", c.Address, c.Phone)
			}
		})
	}
}

func TestCoverAddresses(t *testing.T) {
	const want = "100 Main Street, Springfield, Ohio 45501"
	head := madeCoverHead + gadgetWorksName
	for name, lines := range map[string]string{
		"caption on the left":               "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street, Springfield, Ohio 45501</td></tr></table>",
		"bracketed caption on the left":     "<table><tr><td>(Address of principal executive offices)</td><td>100 Main Street, Springfield, Ohio 45501</td></tr></table>",
		"caption on the left, value wraps":  "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street<br>Springfield, Ohio 45501</td></tr></table>",
		"plain caption on the left":         "<p>Address of principal executive offices: 100 Main Street, Springfield, Ohio 45501</p>",
		"zip between captions":              "<p>100 Main Street, Springfield, Ohio</p><p>(Address of principal executive offices)</p><p>45501</p><p>(Zip Code)</p>",
		"zip in its own row":                "<table><tr><td>100 Main Street, Springfield, Ohio</td></tr><tr><td>(Address of principal executive offices)</td></tr><tr><td>45501</td></tr><tr><td>(Zip Code)</td></tr></table>",
		"caption on the left, zip after it": "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street, Springfield, Ohio</td></tr><tr><td>Zip Code:</td><td>45501</td></tr></table>",
	} {
		c := readMadeCover(t, head+lines+"<p>(937) 555-0100</p><p>(Registrant's telephone number, including area code)</p><p>Item 8.01</p>")
		if c.Address != want || c.Phone != "(937) 555-0100" {
			t.Errorf("%s: got address %q, phone %q, want %q", name, c.Address, c.Phone, want)
		}
	}
}

func TestCoverEndsAtItsContents(t *testing.T) {
	for name, contents := range map[string]string{
		"rows":  "<p>TABLE OF CONTENTS</p><table><tr><td>Item 2.03.</td><td>Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a</td></tr><tr><td></td><td>Registrant</td><td>2</td></tr></table>",
		"lines": "<p>Table of Contents</p><p>Item 2.03 Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a<br>Registrant</p>",
		"index": "<p>Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a</p><p>Registrant</p>",
	} {
		body := withNumbers("Delaware", "1-1234", "12-3456789")
		body = body[:len(body)-len("<p>Item 8.01 Other Events</p></body></html>")] + contents + "<p>Item 2.03 Creation of a Direct Financial Obligation</p><p>On May 10</p></body></html>"
		p := flatten([]byte(body), false)
		for i := len(p.blocks) - 1; i >= 0; i-- {
			if beginsItem(p.line(i)) {
				p.outline.cover = i // as the finder of items says
				break
			}
		}
		c, _ := readCover(p, &Submission{})
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", "Delaware", "1-1234", "12-3456789"}}, c.Registrants); diff != "" {
			t.Errorf("%s: registrants differ (-want +got):\n%s", name, diff)
		}
	}
}
