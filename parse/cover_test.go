package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/edgard/edgar"
)

// readMadeCover reads the cover of a made document without a header.
func readMadeCover(t *testing.T, body string) *Cover {
	t.Helper()
	c, _ := readMadeCoverWith(t, body, &Submission{})
	return c
}

func readMadeCoverWith(t *testing.T, body string, s *Submission) (*Cover, []Warning) {
	t.Helper()
	c, warnings := readCover(flatten([]byte(body), false), s)
	if c == nil {
		t.Fatal("no cover found")
	}
	return c, warnings
}

var ignoreBoxes = cmpopts.IgnoreFields(Cover{}, "WrittenCommunications", "SolicitingMaterial",
	"PreCommencementTenderOffer", "PreCommencementIssuerTenderOffer", "EmergingGrowthCompany")

var compareDates = cmp.Comparer(func(a, b edgar.Date) bool { return a == b })

func day(s string) edgar.Date {
	d, err := edgar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// gadget is what most of the made covers say, in whatever layout.
func gadget() *Cover {
	return &Cover{
		Registrants:  []Registrant{{Name: "GADGET WORKS, INC.", State: "Delaware", FileNumber: "1-1234", EIN: "12-3456789"}},
		DateOfReport: day("1996-05-10"),
		Address:      "100 Main Street, Springfield, Ohio 45501",
		Phone:        "(937) 555-0100",
	}
}

func TestCoverLayouts(t *testing.T) {
	tests := []struct {
		name, body string
		change     func(*Cover)
	}{
		{name: "captions under values in columns", body: `
                       SECURITIES AND EXCHANGE COMMISSION
                            Washington, D.C. 20549

                                   FORM 8-K

       Date of Report (Date of earliest event reported): May 10, 1996

                              GADGET WORKS, INC.
            (Exact name of registrant as specified in its charter)

          Delaware                     1-1234                12-3456789
-------------------------------   ----------------       -------------------
(State or other jurisdiction of   (Commission File          (IRS Employer
        incorporation)                Number)            Identification No.)

100 Main Street, Springfield, Ohio                              45501
----------------------------------------                      ---------
(Address of principal executive offices)                      (Zip Code)

      Registrant's telephone number, including area code (937) 555-0100

Item 5.  Other Events.
`},
		{name: "captions above values", body: `
                                   FORM 8-K
                                 May 10, 1996
                              GADGET WORKS, INC.

                                                         IRS Employer
State of                     Commission                 Identification
Incorporation                File Number                    Number

Delaware                       1-1234                     12-3456789

                                 Address and
                              Telephone Number
                              100 Main Street
                           Springfield, Ohio 45501
                               (937) 555-0100

ITEM 5 - OTHER EVENTS
`},
		{name: "captions before values", body: `
                                   FORM 8-K
Date of Report: May 10, 1996
Exact name of registrant as specified in its charter: GADGET WORKS, INC.
Commission File Number: 1-1234
State of Incorporation: Delaware
I.R.S. Employer Identification No. 12-3456789
Address of principal executive offices:
100 Main Street
Springfield, Ohio 45501
Registrant's telephone number, including area code: (937) 555-0100

ITEM 5. OTHER EVENTS
`},
		{name: "each caption under its value, rules between", body: `
                                   FORM 8-K

                DATE OF REPORT (DATE OF EARLIEST EVENT REPORTED)
                                 May 10, 1996

                              GADGET WORKS, INC.
                              ------------------
             (Exact name of registrant as specified in its charter)

                                    Delaware
                                    --------
                 (State or other jurisdiction of incorporation)

        1-1234                                            12-3456789
- -----------------------                      ---------------------------------
(Commission File Number)                       (IRS Employer Identification No.)

    100 Main Street, Springfield, Ohio                               45501
    -------------------------------------------------------------------
    (Address of principal executive offices)                      (Zip Code)

                                (937) 555-0100
              (Registrant's telephone number, including area code)

ITEM 5. OTHER EVENTS
`},
		{name: "two captions and two values a blank apart", body: `
                                   FORM 8-K
     Date of Report (Date of earliest event reported): May 10, 1996
                              GADGET WORKS, INC.
            (Exact name of registrant as specified in its charter)
                                   Delaware
                (State or other jurisdiction of incorporation)
                               1-1234 12-3456789
       (Commission File Number) (IRS Employer Identification Number)
                  100 Main Street, Springfield, Ohio 45501
                  (Address of principal executive offices)
                                (937) 555-0100
              (Registrant's telephone number, including area code)

Item 5. Other Events.
`},
		{name: "name in the row of numbers", body: `
                                   FORM 8-K
Date of report (Date of earliest event reported) May 10, 1996

   Delaware          GADGET WORKS, INC.                          12-3456789
_____________   _______________________________________          __________
(State or other (Exact Name of registrant asspecified            (I.R.S.
incorporation or in its charter)                                 Employer
organization)                                                    Identification
                                                                 Number)

                        100 Main Street,
                        Springfield, Ohio                        45501
               (Address of Principal Executive Offices)     (Zip Code)

     Registrant's telephone number, including area code: (937) 555-0100
Item 5. Press Release
`, change: func(c *Cover) { c.Registrants[0].FileNumber = "" }},
		{name: "file number with its caption before the row", body: `
                                   FORM 8-K
                 Date of Report (Date of earliest event reported)
                                 May 10, 1996
                              GADGET WORKS, INC.
            (Exact name of registrant as specified in its charter)
                               File No. 1-1234
        Delaware                                        12-3456789
(State of incorporation)                   (I.R.S. Employer Identification Number)
                  100 Main Street, Springfield, Ohio 45501
                  (Address of principal executive offices)
                                (937) 555-0100
              (Registrant's telephone number, including area code)

Item 5. Other Events.
`},
		{name: "html table, captions in the row below", body: `<html><body>
<p align="center">FORM 8-K</p><p>Date of Report (Date of earliest event reported): <u>May 10, 1996</u></p>
<p align="center"><b>GADGET WORKS, INC.</b></p><p>(Exact name of registrant as specified in its charter)</p>
<table><tr><td>Delaware</td><td>&nbsp;</td><td>1-1234</td><td>&nbsp;</td><td>12-3456789</td></tr>
<tr><td>(State or other jurisdiction<br>of incorporation)</td><td></td><td>(Commission<br>File Number)</td><td></td><td>(IRS Employer<br>Identification No.)</td></tr></table>
<table><tr><td>100 Main Street<br>Springfield, Ohio</td><td></td><td>45501</td></tr><tr><td>(Address of principal executive offices)</td><td></td><td>(Zip Code)</td></tr></table>
<p>Registrant&#146;s telephone number, including area code: (937) 555-0100</p>
<p>Item 8.01 Other Events</p></body></html>`},
		{name: "html table, values and captions in one cell", body: `<html><body><p>FORM 8-K</p>
<p>May 10, 1996<br>Date of Report (Date of earliest event reported)</p>
<p>GADGET WORKS, INC.<br>(Exact name of registrant as specified<br>in its charter)</p>
<table><tr><td>Delaware<br>(State or other jurisdiction of<br>incorporation)</td><td>1-1234<br>(Commission<br>File Number)</td><td>12-3456789<br>(IRS Employer<br>Identification No.)</td></tr></table>
<p>100 Main Street<br>Springfield, Ohio 45501</p><p>(Address of Principal Executive Offices) (Zip Code)</p>
<p>(937) 555-0100</p><p>(Registrant&rsquo;s telephone number)</p>
<p>Item 8.01 Other Events</p></body></html>`},
		{name: "html, wrapped captions in rows of their own", body: `<html><body><table>
<tr><td colspan="3">Date of Report (Date of earliest event reported): May 10, 1996</td></tr>
<tr><td colspan="3">GADGET WORKS, INC.</td></tr><tr><td colspan="3">(Exact name of registrant as specified in its charter)</td></tr>
<tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr>
<tr><td>(State or other jurisdiction</td><td>(Commission</td><td>(IRS Employer</td></tr>
<tr><td>of incorporation)</td><td>File Number)</td><td>Identification No.)</td></tr>
<tr><td>100 Main Street, Springfield, Ohio</td><td></td><td>45501</td></tr>
<tr><td>(Address of principal executive offices)</td><td></td><td>(Zip Code)</td></tr>
<tr><td>Registrant's telephone number, including area code</td><td>(937)</td><td>555-0100</td></tr>
</table><p>Item 8.01 Other Events</p></body></html>`},
		{name: "centred paragraphs, address and telephone under one caption", body: `<html><body>
<div>FORM 8-K</div><div>Date of Report: May 10, 1996</div><div>(Date of earliest event reported): May 3, 1996</div>
<div>GADGET WORKS, INC.</div><div>(Exact name of Registrant as specified in its charter)</div>
<div>Delaware</div><div>(State of incorporation or organization)</div>
<div>1-1234</div><div>(Commission File Number)</div><div>12-3456789</div><div>(IRS Employer Identification No.)</div>
<div>100 Main Street, Springfield, Ohio 45501</div><div>(937) 555-0100</div>
<div>(Address, including zip code, and telephone number, including area code, of</div><div>registrant&#8217;s principal executive offices)</div>
<div>Not applicable</div><div>(Former name, former address and former fiscal year, if applicable)</div>
<div>Item 5.02. Departure</div></body></html>`},
		{name: "no captions for name, address and telephone", body: `<html><body>
<p>FORM 8-K</p><p>Date of Report (Date of earliest event reported) May 10, 1996</p>
<p>GADGET WORKS, INC.</p>
<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr>
<tr><td>(State of Incorporation)</td><td>(Commission<br>File Number)</td><td>(I.R.S. ID)</td></tr></table>
<p>100 Main Street, Springfield, Ohio 45501</p><p>(937) 555-0100</p><p>www.gadget.example/investor</p>
<p>Item 2.02. Results</p></body></html>`, change: func(c *Cover) { c.Address = "" }},
		{name: "no section breaks, name over two lines, underscores for rules", body: `<html><body><center>
FORM 8-K<br>Date of Report (Date of earliest event reported): __May 10, 1996__<br><br>
<p>GADGET WORKS,<br>INC.<br>(Exact Name of Registrant as Specified in Charter)</p>
<p>__Delaware__<br>(State or Other Jurisdic-<br>tion of Incorporation)</p>
<p>___1-1234___<br>(Commission File Number)</p><p>__12-3456789__<br>(IRS Employer Identi-<br>fication No.)</p>
<p>100 Main Street, Springfield, Ohio 45501<br>(Address of Principal Executive Offices)</p><p>Telephone: (937) 555-0100</p>
</center><p>Item 1.01 Entry</p></body></html>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := gadget()
			if tt.change != nil {
				tt.change(want)
			}
			if diff := cmp.Diff(want, readMadeCover(t, tt.body), ignoreBoxes, compareDates); diff != "" {
				t.Errorf("cover differs (-want +got):\n%s", diff)
			}
		})
	}
}

// withCover is a cover with the lines put where a former name or the like
// stands.
func withCover(lines string) string {
	return "<html><body><p>FORM 8-K</p><p>Date of Report: May 10, 1996</p><p>GADGET WORKS, INC.</p><p>(Exact name of registrant as specified in its charter)</p>" +
		"<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr><tr><td>(State of incorporation)</td><td>(Commission File Number)</td><td>(IRS Employer Identification No.)</td></tr></table>" +
		"<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices)</p>" +
		lines + "<p>Item 8.01 Other Events</p></body></html>"
}

func TestCoverFormerName(t *testing.T) {
	const phone = "<p>Registrant's telephone number, including area code: (937) 555-0100</p>"
	tests := []struct{ name, lines, want string }{
		{"name above its caption", phone + "<p>Widget Works, Inc.</p><p>(Former name or former address, if changed since last report)</p>", "Widget Works, Inc."},
		{"name and address", phone + "<p>Widget Works, Inc.<br>1 Old Road<br>Dayton, Ohio 45402</p><p>(Former name and former address)</p>", "Widget Works, Inc., 1 Old Road, Dayton, Ohio 45402"},
		{"former address under the telephone's caption", "<p>(937) 555-0100</p><p>(Registrant's telephone number)</p><p>1 Old Road, Dayton, Ohio 45402</p><p>(Former name or former address, if changes since last report)</p>", "1 Old Road, Dayton, Ohio 45402"},
		{"caption before", phone + "<p>Former name or former address, if changed since last report: Widget Works, Inc.</p>", "Widget Works, Inc."},
		{"caption before, in cells", phone + "<table><tr><td>Former name or former address, if changed since last report:</td><td>N/A</td></tr></table>", ""},
		{"caption before, value in the next line", phone + "<p>Former name or former address, if changed since last report:</p><p>Widget Works, Inc.</p>", "Widget Works, Inc."},
		{"N/A", phone + "<p>N/A</p><p>(Former name or former address, if changed since last report.)</p>", ""},
		{"none", phone + "<p>None.</p><p>(Former name, former address, and former fiscal year, if changed since last report)</p>", ""},
		{"not applicable after", phone + "<p>(Former name or former address, if changed since last report): Not Applicable</p>", ""},
		{"inapplicable", phone + "<p>Inapplicable</p><p>(Former name or former address, if changed since last report.)</p>", ""},
		{"empty", phone + "<p>(Former name or former address, if changed since last report)</p>", ""},
		{"web address between", phone + "<p>www.gadget.example</p><p>(Former name or former address, if changed since last report)</p>", ""},
		{"N/A after the sentence about the boxes", phone + "<p>Check the appropriate box below if the Form 8-K filing is intended to simultaneously satisfy the obligation: N/A</p>", ""},
		{"sentence about unchanged addresses", phone + "<p>The addresses of the registrants have not changed since the last report.</p>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := readMadeCover(t, withCover(tt.lines))
			if c.FormerName != tt.want {
				t.Errorf("former name: got %q, want %q", c.FormerName, tt.want)
			}
			if c.Phone != "(937) 555-0100" {
				t.Errorf("phone: got %q", c.Phone)
			}
		})
	}
}

func TestCoverFormerNameInARemarkUnderTheName(t *testing.T) {
	const caption = "<p>(Former name or former address, if changed since last report)</p>"
	for lines, want := range map[string]string{
		"<p>GADGET WORKS, INC.</p><p>(formerly known as Widget Works, Inc.)</p>" + exactName:                              "Widget Works, Inc.",
		"<p>GADGET WORKS, INC.</p>" + exactName + "<p>(Formerly Widget Works, Inc.)</p>":                                  "Widget Works, Inc.",
		"<p>GADGET WORKS, INC.</p><p>(formerly known as Widget Works, Inc.)</p>" + exactName + "<p>N/A</p>" + caption:     "",
		"<p>GADGET WORKS, INC.</p><p>(formerly known as Widget Works, Inc.)</p>" + exactName + "<p>Old Co.</p>" + caption: "Old Co.",
		"<p>GADGET WORKS, INC.</p><p>(a Widget company)</p>" + exactName:                                                  "",
	} {
		c := readMadeCover(t, madeCoverHead+lines+"<p>Item 8.01</p>")
		if c.FormerName != want || len(c.Registrants) != 1 || c.Registrants[0].Name != "GADGET WORKS, INC." {
			t.Errorf("%s: former name %q of %v, want %q", lines, c.FormerName, c.Registrants, want)
		}
	}
}

func TestCoverReadsWindows1252(t *testing.T) {
	body := strings.ReplaceAll(withCover("<p>Registrant\x92s telephone number: (937) 555\x960100</p>"), "GADGET WORKS, INC.", "CAF\xc9 GADGET, INC.")
	c := readMadeCover(t, body)
	if got, want := c.Registrants[0].Name, "CAFÉ GADGET, INC."; got != want {
		t.Errorf("name: got %q, want %q", got, want)
	}
	if got, want := c.Phone, "(937) 555–0100"; got != want {
		t.Errorf("phone: got %q, want %q", got, want)
	}
}

func TestPageWithoutCoverHasNone(t *testing.T) {
	for _, body := range []string{"", "Item 5. Other Events. Nothing.", "<p>A press release about nothing in particular.</p>"} {
		if c, w := readCover(flatten([]byte(body), false), &Submission{}); c != nil || w != nil {
			t.Errorf("readCover(%q) = %+v, %v; want none", body, c, w)
		}
	}
}

func TestCoverMangledNumbersAreKeptAsPrinted(t *testing.T) {
	for _, tt := range []struct{ file, ein string }{
		{"0-29464", "03-153200"}, {"0-26680", "8736-3354"}, {"001-36743", "942404110"}, {"001-11229", "64-0205820"}, {"333-46893-01", "95-4438859"},
		{"001 36743", "94-2404110"}, {"1-8729, 333-12345", "38-0387840"},
	} {
		body := strings.NewReplacer("1-1234", tt.file, "12-3456789", tt.ein).Replace(withCover(""))
		r := readMadeCover(t, body).Registrants[0]
		if r.FileNumber != tt.file || r.EIN != tt.ein {
			t.Errorf("got file number %q and EIN %q, want %q and %q", r.FileNumber, r.EIN, tt.file, tt.ein)
		}
	}
}

func TestCoverKeepsLinesThatLaterPagesRepeat(t *testing.T) {
	body := strings.Replace(withCover("<p>(937) 555-0100</p>"), "</body>", strings.Repeat(`<hr><p>GADGET WORKS, INC.</p><p>More.</p>`, 3)+"</body>", 1)
	body = strings.Replace(body, "<p>GADGET", "<hr><p>GADGET", 1)
	if r := readMadeCover(t, body).Registrants; len(r) != 1 || r[0].Name != "GADGET WORKS, INC." {
		t.Errorf("registrants: got %+v", r)
	}
}

func TestCoverOfAnAmendment(t *testing.T) {
	for _, title := range []string{
		"<p>FORM 8-K/A</p><p>(Amendment No. 1)</p>", "<p>FORM 8-K/A<br>Amendment No. 2 to</p><p>CURRENT REPORT</p>", "<p>AMENDMENT NO. 1 TO FORM 8-K</p>",
	} {
		body := strings.Replace(withCover("<p>(937) 555-0100</p>"), "<p>FORM 8-K</p>", title, 1)
		body = strings.Replace(body, "<p>Date of Report: May 10, 1996</p>", "", 1)
		body = strings.Replace(body, title, "<p>Date of Report: May 10, 1996</p>"+title, 1)
		want := gadget()
		if diff := cmp.Diff(want, readMadeCover(t, body), ignoreBoxes, compareDates); diff != "" {
			t.Errorf("cover of %s differs (-want +got):\n%s", title, diff)
		}
	}
}

func TestCoverEndsWhereNoItemIsKnown(t *testing.T) {
	for _, end := range []string{"<p>Item 8.01 Other Events</p>", "<p>ITEMS 5 and 7</p>", "<p>SIGNATURES</p>", "<p>EXPLANATORY NOTE</p>", "<p>Cautionary Statement</p>", "<p>Pursuant to the requirements of the Act</p>"} {
		body := strings.Replace(withCover("<p>(937) 555-0100</p>"), "<p>Item 8.01 Other Events</p>", end+"<p>Widgets Ltd.</p><p>(Exact name of registrant as specified in its charter)</p>", 1)
		if r := readMadeCover(t, body).Registrants; len(r) != 1 {
			t.Errorf("cover goes on past %s: %+v", end, r)
		}
	}
}
