package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// grid are the registrants of a made holding company of utilities.
var grid = []Registrant{
	{Name: "Northern Grid Company", State: "Delaware", FileNumber: "1-3526", EIN: "58-0690070"},
	{Name: "Western Grid Company", State: "Alabama", FileNumber: "001-11229", EIN: "63-0004250"},
	{Name: "Grid Finance, L.P.", State: "Georgia", FileNumber: "333-98553-01", EIN: "58-0257110"},
}

func TestCoverSeveralRegistrants(t *testing.T) {
	tests := []struct {
		name, body string
		want       []Registrant
	}{
		{name: "table of cells with name, state, address and telephone", want: grid, body: `<html><body><p>Date of Report (Date of earliest event reported) January 25, 2007</p><table>
<tr><td>Commission<br>File Number</td><td>Registrant, State of Incorporation,<br>Address and Telephone Number</td><td>I.R.S. Employer<br>Identification No.</td></tr>
<tr><td>1-3526</td><td><b>Northern Grid Company</b><br>(A Delaware Corporation)<br>30 Broad Street<br>Atlanta, Georgia 30308<br>(404) 555-5000</td><td>58-0690070</td></tr>
<tr><td>001-11229</td><td><b>Western Grid Company</b><br>(An Alabama Corporation)<br>One Energy Place<br>Birmingham, Alabama 35291<br>(205) 555-1000</td><td>63-0004250</td></tr>
<tr><td>333-98553-01</td><td><b>Grid Finance, L.P.</b><br>(a Georgia limited partnership)<br>P.O. Box 12<br>Atlanta, Georgia 30308<br>(404) 555-6526</td><td>58-0257110</td></tr>
</table><p>The addresses of the registrants have not changed since the last report.</p><p>Item 2.02 Results</p></body></html>`},
		{name: "table of rows of their own", want: grid, body: `<html><body><p>Date of Report (Date of earliest event reported) January 25, 2007</p><table>
<tr><td>Commission File Number</td><td>Exact Name of Registrant as Specified in its Charter; State of Incorporation; Address of Principal Executive Offices; and Telephone Number</td><td>IRS Employer Identification Number</td></tr>
<tr><td>1-3526</td><td>Northern Grid Company</td><td>58-0690070</td></tr><tr><td></td><td>(a Delaware corporation)</td></tr><tr><td></td><td>30 Broad Street</td></tr><tr><td></td><td>(404) 555-5000</td></tr>
<tr><td>001-11229</td><td>Western Grid Company (an Alabama corporation)</td><td>63-0004250</td></tr><tr><td></td><td>600 North 18th Street</td></tr>
<tr><td>333-98553-01</td><td>Grid Finance, L.P.</td><td>58-0257110</td></tr><tr><td></td><td>Georgia</td></tr>
</table><p>Item 2.02 Results</p></body></html>`},
		{name: "table in plain text", want: grid, body: `
                                    FORM 8-K
        Date of Report (Date of earliest event reported): January 25, 1999

Commission     Registrant; State of Incorporation;            IRS Employer
File Number    Address; and Telephone Number                  Identification No.
-----------    -----------------------------------            ------------------

1-3526         Northern Grid Company                          58-0690070
               (A Delaware Corporation)
               30 Broad Street
               Atlanta, Georgia 30308
               (404) 555-5000

001-11229      Western Grid Company                           63-0004250
               (An Alabama Corporation)
               600 North 18th Street
               Birmingham, Alabama 35291

333-98553-01   Grid Finance, L.P.                             58-0257110
               (A Georgia Limited Partnership)

Item 5. Other Events
`},
		{name: "names above one caption, rows of numbers above theirs", want: grid, body: `
                                    FORM 8-K
        Date of Report (Date of earliest event reported): January 25, 1999

                             Northern Grid Company
                              Western Grid Company
                               Grid Finance, L.P.
          (Exact name of registrants as specified in their charters)

          Delaware                 1-3526                58-0690070
          Alabama                  001-11229             63-0004250
          Georgia                  333-98553-01          58-0257110
  (State or other jurisdiction   (Commission          (I.R.S. Employer
       of incorporation)         File Numbers)       Identification Nos.)

Item 5. Other Events
`},
		{name: "each with captions of its own", want: grid[:2], body: `<html><body><p>FORM 8-K</p><p>January 25, 2007</p><p>Date of Report (Date of earliest event reported)</p>
<p>Northern Grid Company</p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>Delaware</td><td>1-3526</td><td>58-0690070</td></tr><tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table>
<p>Western Grid Company</p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>Alabama</td><td>001-11229</td><td>63-0004250</td></tr><tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table>
<p>Item 2.02 Results</p></body></html>`},
		{name: "side by side", want: grid[:2], body: `<html><body><p>FORM 8-K</p><p>January 25, 2007</p><p>Date of Report (Date of earliest event reported)</p><table>
<tr><td>Northern Grid Company</td><td>Western Grid Company</td></tr>
<tr><td>(Exact name of registrant as specified in its charter)</td><td>(Exact name of registrant as specified in its charter)</td></tr>
<tr><td>Delaware</td><td>Alabama</td></tr><tr><td>(State of incorporation)</td><td>(State of incorporation)</td></tr>
<tr><td>1-3526</td><td>001-11229</td></tr><tr><td>(Commission File Number)</td><td>(Commission File Number)</td></tr>
<tr><td>58-0690070</td><td>63-0004250</td></tr><tr><td>(IRS Employer Identification No.)</td><td>(IRS Employer Identification No.)</td></tr></table>
<p>Item 2.02 Results</p></body></html>`},
		{name: "and between them", want: []Registrant{{Name: "GRID HOLDINGS LLC", State: "Delaware", FileNumber: "1-3526", EIN: "58-0690070"}, {Name: "GRID CAPITAL CORP.", State: "Delaware", FileNumber: "333-1234", EIN: "63-0004250"}}, body: `<html><body><p>FORM 8-K</p>
<p>Date of Report (Date of earliest event reported): January 25, 2007</p><p>GRID HOLDINGS LLC</p><p>and</p><p>GRID CAPITAL CORP.</p><p>(Exact names of registrants as specified in their charters)</p>
<table><tr><td>Delaware<br>Delaware</td><td>1-3526<br>333-1234</td><td>58-0690070<br>63-0004250</td></tr><tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table>
<p>Item 2.02 Results</p></body></html>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readMadeCover(t, tt.body).Registrants); diff != "" {
				t.Errorf("registrants differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoverTableHasTheAddressOfItsFirstRegistrant(t *testing.T) {
	c := readMadeCover(t, `<html><body><p>April 26, 2005</p><p>Date of Report (Date of earliest event reported)</p><table>
<tr><td>Commission<br>File Number</td><td></td><td>Exact Name of Registrant as Specified in Its Charter; State of Incorporation; Address of Principal Executive Offices; and Telephone Number</td><td></td><td>IRS Employer<br>Identification Number</td></tr>
<tr><td>1-3526</td><td></td><td>NORTHERN GRID COMPANY<br>(a Delaware corporation)<br>30 Broad Street &#8211; 37th Floor<br>P.O. Box 805379<br>Atlanta, Georgia 30308-5379<br>(404) 555-5000</td><td></td><td>58-0690070</td></tr></table>
<p>Item 5.02. Departure</p></body></html>`)
	want := &Cover{
		Registrants:  []Registrant{{Name: "NORTHERN GRID COMPANY", State: "Delaware", FileNumber: "1-3526", EIN: "58-0690070"}},
		DateOfReport: day("2005-04-26"),
		Address:      "30 Broad Street – 37th Floor, P.O. Box 805379, Atlanta, Georgia 30308-5379",
		Phone:        "(404) 555-5000",
	}
	if diff := cmp.Diff(want, c, ignoreBoxes, compareDates); diff != "" {
		t.Errorf("cover differs (-want +got):\n%s", diff)
	}
}

func TestCoverNames(t *testing.T) {
	head := "<html><body><p>FORM 8-K</p><p>CURRENT REPORT</p><p>Pursuant to Section 13 or 15(d) of</p><p>the Securities Exchange Act of 1934</p><p>Date of Report: May 10, 1996</p>"
	tail := "<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr><tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table><p>Item 8.01 Other Events</p></body></html>"
	tests := []struct{ name, lines, want string }{
		{"one line", "<p>GADGET WORKS, INC.</p><p>(Exact name of registrant as specified in its charter)</p>", "GADGET WORKS, INC."},
		{"caption over two lines", "<p>GADGET WORKS, INC.</p><p>(Exact name of registrant</p><p>as specified in its charter)</p>", "GADGET WORKS, INC."},
		{"caption misspelt", "<p>GADGET WORKS, INC.</p><p>(Exact name of registrant as specified in its chapter)</p>", "GADGET WORKS, INC."},
		{"caption in the same line", "<p>GADGET WORKS, INC. (Exact name of registrant as specified in its charter)</p>", "GADGET WORKS, INC."},
		{"two lines of one paragraph", "<p>INTERNATIONAL GADGETS AND<br>WIDGETS PUBLIC LIMITED COMPANY</p><p>(Exact name of registrant as specified in its charter)</p>", "INTERNATIONAL GADGETS AND WIDGETS PUBLIC LIMITED COMPANY"},
		{"goes on in a paragraph of its own", "<p>INTERNATIONAL GADGETS</p><p>CORPORATION</p><p>(Exact name of registrant as specified in its charter)</p>", "INTERNATIONAL GADGETS CORPORATION"},
		{"former name below it", "<p>GADGET WORKS, INC.</p><p>(formerly known as Widgets International Corp.)</p><p>(Exact name of registrant as specified in its charter)</p>", "GADGET WORKS, INC."},
		{"words of captions in it", "<p>STATE STREET GADGETS OF PRINCIPAL</p><p>(Exact name of registrant as specified in its charter)</p>", "STATE STREET GADGETS OF PRINCIPAL"},
		{"begins with a number", "<p>1-800-GADGETS.COM, INC.</p><p>(Exact name of registrant as specified in its charter)</p>", "1-800-GADGETS.COM, INC."},
		{"no caption", "<p>GADGET WORKS, INC.</p>", "GADGET WORKS, INC."},
		{"called issuer", "<p>GADGET TRUST 2006-A</p><p>(Exact name of issuer as specified in its charter)</p>", "GADGET TRUST 2006-A"},
		{"United States in it", "<p>United States Gadget Corporation</p><p>(Exact name of registrant as specified in its charter)</p>", "United States Gadget Corporation"},
		{"Telephone in it", "<p>TELEPHONE AND DATA GADGETS, INC.</p><p>(Exact name of registrant as specified in its charter)</p>", "TELEPHONE AND DATA GADGETS, INC."},
		{"Telephone Company in it", "<p>Southwestern Gadget Telephone Company</p><p>(Exact name of registrant as specified in its charter)</p>", "Southwestern Gadget Telephone Company"},
		{"Employers in it", "<p>EMPLOYERS WIDGETS, INC.</p><p>(Exact name of registrant as specified in its charter)</p>", "EMPLOYERS WIDGETS, INC."},
		{"State of in it", "<p>State of the Art Gadgets</p><p>(Exact name of registrant as specified in its charter)</p>", "State of the Art Gadgets"},
		{"principal and executive in it", "<p>FIRST PRINCIPAL EXECUTIVE BANCORP</p><p>(Exact name of registrant as specified in its charter)</p>", "FIRST PRINCIPAL EXECUTIVE BANCORP"},
		{"Washington in it", "<p>Washington Gadgets, Inc.</p><p>(Exact name of registrant as specified in its charter)</p>", "Washington Gadgets, Inc."},
		{"file number above it", "<p>Commission File Number 0-9999</p><p>GADGET WORKS, INC.</p><p>(Exact name of registrant as specified in its charter)</p>", "GADGET WORKS, INC."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readMadeCover(t, head+tt.lines+tail).Registrants
			if len(r) != 1 || r[0].Name != tt.want || r[0].State != "Delaware" || r[0].EIN != "12-3456789" {
				t.Errorf("got %+v, want the one name %q", r, tt.want)
			}
		})
	}
}

func TestCoverNameComesFromTheHeaderOnlyAsThePagePrintsIt(t *testing.T) {
	s := &Submission{Header: Header{Filers: []Filer{{Name: "GADGET WORKS INC /DE/"}}}}
	body := "<p>FORM 8-K</p><p>Gadget Works, Inc.</p><p>(937) 555-0100</p><p>Item 8.01 Other Events</p>"
	c, _ := readMadeCoverWith(t, body, s)
	if diff := cmp.Diff([]Registrant{{Name: "Gadget Works, Inc."}}, c.Registrants); diff != "" {
		t.Errorf("registrants differ (-want +got):\n%s", diff)
	}
}

func TestStateOf(t *testing.T) {
	for in, want := range map[string]string{
		"Delaware": "Delaware", "(a Pennsylvania corporation)": "Pennsylvania", "(An Alabama Corporation)": "Alabama", "State of New York": "New York",
		"British Columbia, Canada": "British Columbia, Canada", "a Delaware limited liability company": "Delaware", "N/A": "", "1-1234": "", "": "", "The Netherlands": "The Netherlands",
	} {
		if got := stateOf(in); got != want {
			t.Errorf("stateOf(%q) = %q, want %q", in, got, want)
		}
	}
}
