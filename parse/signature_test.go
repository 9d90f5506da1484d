package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// signersOn reads the signatures of a made report and returns them as lines
// "company|name|title|date".
func signersOn(t *testing.T, body string, filers ...string) []string {
	t.Helper()
	p := flatten([]byte(body), false)
	s := &Submission{}
	for _, name := range filers {
		s.Header.Filers = append(s.Header.Filers, Filer{Name: name})
	}
	readItems(p, &s.Header, 0)
	signatures, _ := readSignatures(p, s)
	var lines []string
	for _, s := range signatures {
		date := ""
		if !s.Date.IsZero() {
			date = s.Date.String()
		}
		lines = append(lines, s.Company+"|"+s.Name+"|"+s.Title+"|"+date)
	}
	return lines
}

const (
	beforeSignature = "<p>Item 8.01 Other Events</p><p>We moved.</p><p>SIGNATURES</p>" +
		"<p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed on its behalf by the undersigned hereunto duly authorized.</p>"
	beforeTextSignature = "Item 5.  Other Events.\n\n     We moved.\n\n                    SIGNATURES\n\n     Pursuant to the requirements of the Securities Exchange Act of 1934, the\nregistrant has duly caused this report to be signed on its behalf by the\nundersigned hereunto duly authorized.\n\n"
)

func TestSignersOfPagesAreReadHoweverTheyArePrinted(t *testing.T) {
	const ada = "Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|2011-05-05"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"one below the other", "<p>Quill Works, Inc.</p><p>Date: May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"table, date at the left", "<table><tr><td></td><td>Quill Works, Inc.</td></tr><tr><td>Date: May 5, 2011</td><td>By:</td><td>/s/ Ada B. Quill</td></tr><tr><td></td><td></td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Chief Executive Officer</td></tr></table>", []string{ada}},
		{"labels in cells of their own", "<table><tr><td>Quill Works, Inc.</td></tr><tr><td>By:</td><td>/s/ A. B. Quill</td></tr><tr><td>Name:</td><td>Ada B. Quill</td></tr><tr><td>Title:</td><td>Chief Executive Officer</td></tr><tr><td>Date:</td><td>May 5, 2011</td></tr></table>", []string{ada}},
		{"labels on the line", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill<br>Name: Ada B. Quill<br>Title: Chief Executive Officer<br>Dated: May 5, 2011</p>", []string{ada}},
		{"registrant label", "<p>QUILL WORKS, INC.</p><p>(Registrant)</p><p>/s/ Ada B. Quill</p><p>(Signature)</p><p>Ada B. Quill</p><p>(Name)</p><p>Chief Executive Officer</p><p>(Title)</p><p>May 5, 2011</p>", []string{"QUILL WORKS, INC.|Ada B. Quill|Chief Executive Officer|2011-05-05"}},
		{"label on the company's line", "<p>QUILL WORKS, INC. (REGISTRANT)</p><p>By: /s/ Ada B. Quill</p><p>May 5, 2011</p>", []string{"QUILL WORKS, INC.|Ada B. Quill||2011-05-05"}},
		{"name and title on one line", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill, Chief Executive Officer</p><p>Date: May 5, 2011</p>", []string{ada}},
		{"suffix of a name", "<p>Quill Works, Inc.</p><p>/s/ William E. Nib, Jr.</p><p>William E. Nib, Jr., CPA, Treasurer</p><p>Date: May 5, 2011</p>", []string{"Quill Works, Inc.|William E. Nib, Jr., CPA|Treasurer|2011-05-05"}},
		{"typed name better than the signed", "<p>Quill Works, Inc.</p><p>/s/ A.B. QUILL</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>5/5/11</p>", []string{ada}},
		{"another spelling signed", "<p>Quill Works, Inc.</p><p>/s/ Illegible</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>5/5/11</p>", []string{ada}},
		{"title over two lines and its role", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Senior Vice President and</p><p>Chief Financial Officer</p><p>(Principal Financial Officer)</p><p>Date: May 5, 2011</p>", []string{"Quill Works, Inc.|Ada B. Quill|Senior Vice President and Chief Financial Officer (Principal Financial Officer)|2011-05-05"}},
		{"unsigned", "<table><tr><td>Quill Works, Inc.</td></tr><tr><td>Date: May 5, 2011</td><td>By:</td></tr><tr><td></td><td></td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Chief Executive Officer</td></tr></table>", []string{ada}},
		{"name after By without a mark", "<p>Quill Works, Inc.</p><p>By: Ada B. Quill</p><p>Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"undated", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|"}},
		{"two signers, one date", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>By: /s/ Bo Nib</p><p>Bo Nib</p><p>Treasurer</p><p>Date: May 5, 2011</p>", []string{ada, "Quill Works, Inc.|Bo Nib|Treasurer|2011-05-05"}},
		{"two signers, each dated before", "<p>Quill Works, Inc.</p><p>Date: May 5, 2011</p><p>/s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 6, 2011</p><p>/s/ Bo Nib</p><p>Bo Nib</p><p>Treasurer</p>", []string{ada, "Quill Works, Inc.|Bo Nib|Treasurer|2011-05-06"}},
		{"two signers, each dated after", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p><p>/s/ Bo Nib</p><p>Bo Nib</p><p>Treasurer</p><p>Date: May 6, 2011</p>", []string{ada, "Quill Works, Inc.|Bo Nib|Treasurer|2011-05-06"}},
		{"side by side", "<table><tr><td>Quill Works, Inc.</td><td></td><td>Nib Holdings LLC</td></tr><tr><td>By: /s/ Ada B. Quill</td><td></td><td>By: /s/ Bo Nib</td></tr><tr><td>Ada B. Quill</td><td></td><td>Bo Nib</td></tr><tr><td>Chief Executive Officer</td><td></td><td>Manager</td></tr></table><p>Date: May 5, 2011</p>", []string{ada, "Nib Holdings LLC|Bo Nib|Manager|2011-05-05"}},
		{"columns with heads", "<p>Quill Works, Inc.</p><table><tr><td>Signature</td><td>Title</td><td>Date</td></tr><tr><td>/s/ Ada B. Quill</td><td>Chief Executive Officer</td><td>May 5, 2011</td></tr></table>", []string{ada}},
		{"one person for several companies", "<p>Date: May 5, 2011</p><p>QUILL POWER COMPANY</p><p>By /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Comptroller</p><p>NIB POWER COMPANY</p><p>INK POWER COMPANY</p><p>By /s/ Bo Nib</p><p>Bo Nib</p><p>Assistant Secretary</p>",
			[]string{"QUILL POWER COMPANY|Ada B. Quill|Comptroller|2011-05-05", "NIB POWER COMPANY|Bo Nib|Assistant Secretary|2011-05-05", "INK POWER COMPANY|Bo Nib|Assistant Secretary|2011-05-05"}},
		{"by a general partner", "<p>Quill Realty Fund IV, L.P.</p><p>By: Quill Realty LLC, its general partner</p><p>By: /s/ Ada B. Quill</p><p>Name: Ada B. Quill</p><p>Title: Manager</p><p>Date: May 5, 2011</p>", []string{"Quill Realty Fund IV, L.P.|Ada B. Quill|Manager|2011-05-05"}},
		{"a clause for each registrant", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p><p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed on its behalf by the undersigned hereunto duly authorized.</p><p>Nib Holdings LLC</p><p>By: /s/ Bo Nib</p><p>Bo Nib</p><p>Manager</p><p>Date: May 5, 2011</p>", []string{ada, "Nib Holdings LLC|Bo Nib|Manager|2011-05-05"}},
		{"by a bank as trustee", "<p>Quill Auto Trust 2005-A</p><p>By: The Bank of Nibs, as Trustee</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Vice President</p><p>May 5, 2011</p>", []string{"Quill Auto Trust 2005-A|Ada B. Quill|Vice President|2011-05-05"}},
		{"by someone who is not known for a company", "<p>Quill Fund 4</p><p>By: Nib Advisors</p><p>By: /s/ Ada B. Quill</p><p>May 5, 2011</p>", []string{"Quill Fund 4|Ada B. Quill||2011-05-05"}},
		{"partner's title above the mark", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p><p>Nib Fund, L.P.</p><p>By: Nib Partners LLC</p><p>Its: General Partner</p><p>By: /s/ Bo Nib</p><p>Manager</p>", []string{ada, "Nib Fund, L.P.|Bo Nib|Manager|2011-05-05"}},
		{"all on one line", "<p>Quill Works, Inc. Date: May 5, 2011 By: /s/ A. Quill Name: Ada B. Quill Title: Chief Executive Officer</p>", []string{ada}},
		{"no comma before the title", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"captions before the values", "<p>(Registrant) Quill Works, Inc.</p><p>(Date) May 5, 2011</p><p>(Signature) /s/ Ada B. Quill</p><p>(Title) Chief Executive Officer</p>", []string{ada}},
		{"place before the date", "<p>Quill Works, Inc.</p><p>Inkwell, Nevada, May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"title ends in the company", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>General Counsel of Quill Works, Inc.</p><p>May 5, 2011</p>", []string{"Quill Works, Inc.|Ada B. Quill|General Counsel of Quill Works, Inc.|2011-05-05"}},
		{"neither mark nor label", "<p>Quill Works, Inc.</p><p>______________</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"company again below the name", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Quill Works, Inc.</p><p>Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"by order", "<p>Quill Works, Inc.</p><p>By order of the board</p><p>/s/ Ada B. Quill</p><p>Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"instruction of the form between name and title", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>*Print name and title of the signing officer under his signature.</p><p>Ada B. Quill</p><p>(Signature)*</p><p>Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"a contract pasted in on the next page", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p><p>May 5, 2011</p><hr><p>AMENDMENT NO. 2</p><p>Quill Works, Inc.</p><p>By: /s/ Bo Nib</p>", []string{ada}},
		{"typed under the mark, title beside it", "<p>Quill Works, Inc.</p><table><tr><td>/s/ A. B. Quill</td><td>Chief Executive</td><td>May 5, 2011</td></tr><tr><td>__</td></tr><tr><td>Ada B. Quill</td><td>Officer</td></tr></table>", []string{ada}},
		{"degrees", "<p>Quill Works, Inc.</p><p>/s/ Bo Nib, Ph.D., J.D.</p><p>Bo Nib, Ph.D., J.D.</p><p>Treasurer</p><p>May 5, 2011</p>", []string{"Quill Works, Inc.|Bo Nib, Ph.D., J.D.|Treasurer|2011-05-05"}},
		{"slash before the title", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill/Chief Executive Officer</p><p>May 5, 2011</p>", []string{ada}},
		{"labels stacked in one cell, values in the next", "<table><tr><td></td><td>Quill Works, Inc.</td></tr><tr><td>By:</td><td>/s/ A. Quill</td></tr><tr><td>Name:<br>Title:</td><td>Ada B. Quill<br>Chief Executive<br>Officer</td></tr><tr><td>Date: May 5, 2011</td></tr></table>", []string{ada}},
		{"all labels stacked", "<table><tr><td colspan=2>Quill Works, Inc.</td></tr><tr><td><p>By:</p><p>Name:</p><p>Title:</p><p>Date:</p></td><td><p>/s/ A. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>May 5, 2011</p></td></tr></table>", []string{ada}},
		{"a state below the company", "<p>Quill Works, Inc.</p><p>A Nevada Corporation</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill, Chief Executive Officer</p><p>Date: May 5, 2011</p>", []string{ada}},
		{"mark without a blank", "<p>Quill Works, Inc.</p><p>By:/s/Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p>", []string{ada}},
		{"note and index below", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p><p>* Any reference in the exhibits to our web site is for information only, and the web site is not part of the report.</p><p>EXHIBIT INDEX</p><p>99.1 Press release by /s/ Bo Nib</p>", []string{ada}},
		{"letter of an auditor pasted in", "<p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p><p>Date: May 5, 2011</p><p>Exhibit 16.1</p><p>We have read Item 4 and agree.</p><p>/s/ Abacus LLP</p><p>June 6, 2011</p>", []string{ada}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, signersOn(t, beforeSignature+tt.body)); diff != "" {
				t.Errorf("signers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSignersOfPlainTextAreRead(t *testing.T) {
	const ada = "QUILL WORKS, INC.|Ada B. Quill|Executive Vice President and Treasurer|1997-05-05"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"rule under the mark", "                                   QUILL WORKS, INC.\n\nMay 5, 1997                        By: /s/ Ada B. Quill\n                                       ---------------------\n                                       Ada B. Quill\n                                       Executive Vice President\n                                       and Treasurer\n", []string{ada}},
		{"backslashes", "                                   QUILL WORKS, INC.\n\nMay 5, 1997                        By: \\s\\ Ada B. Quill\n                                       ---------------------\n                                       Ada B. Quill\n                                       Executive Vice President\n                                        and Treasurer\n", []string{ada}},
		{"name label beside the date", "                    QUILL WORKS, INC.\n\n                    By: /s/ Ada B. Quill\nDate: May 5, 1997        Name:   Ada B. Quill\n                         Title: Executive Vice President\n                                and Treasurer\n\n                               -2-\n<PAGE>\nPAGE\n                               INDEX TO EXHIBITS\n", []string{ada}},
		{"company over two lines", "                                   QUILL SEMICONDUCTOR\n                                   CORPORATION\n                                   (Registrant)\n\nDate: May 5, 1997                  By: /s/ Ada B. Quill\n                                       Ada B. Quill\n                                       Treasurer\n", []string{"QUILL SEMICONDUCTOR CORPORATION|Ada B. Quill|Treasurer|1997-05-05"}},
		{"place and date end the clause", "     Pursuant to the requirements of the Act, the Registrant has duly caused\nthis Report to be signed on its behalf by the undersigned, thereunto duly authorized in the City of\nInkwell, on the 5th day of May, 1997.\n\n         QUILL WORKS, INC.\n\n         By:  /SS/ ADA B. QUILL\n           __\n              Ada B. Quill\n              Executive Vice President\n              and Treasurer\n", []string{ada}},
		{"by a trustee whose mark is cut", "      QUILL INVENTORY TRUST I\n\n         by:  Citizens of Nib\n              (Owner Trustee, not in its individual\n              capacity.)\n\n         s\\   Ada B. Quill\n         -----------\n         Treasurer\n\nDate:  May 5, 1997\n", []string{"QUILL INVENTORY TRUST I|Ada B. Quill|Treasurer|1997-05-05"}},
		{"signed on the rule", "                                   QUILL WORKS, INC.\n\n                                   _____________________\n                                   By: Ada B. Quill\n                                   Its Treasurer\n\nDated this 5th day of May, 1997\n", []string{"QUILL WORKS, INC.|Ada B. Quill|Treasurer|1997-05-05"}},
		{"side by side", "QUILL WORKS, INC.                  NIB HOLDINGS LLC\n\nBy: /s/ Ada B. Quill               By: /s/ Bo Nib\n    ----------------                   ----------\n    Ada B. Quill                       Bo Nib\n    Treasurer                          Manager\n\nDate: May 5, 1997\n", []string{"QUILL WORKS, INC.|Ada B. Quill|Treasurer|1997-05-05", "NIB HOLDINGS LLC|Bo Nib|Manager|1997-05-05"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, signersOn(t, beforeTextSignature+tt.body)); diff != "" {
				t.Errorf("signers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAReportWithoutSignatureHeadingIsSignedBelowItsClause(t *testing.T) {
	body := "<p>Item 8.01 Other Events</p><p>We moved.</p><p>In accordance with Section 13 of the Securities Exchange Act of 1934, the registrant caused this report to be signed on its behalf by the undersigned, thereunto duly authorized.</p><p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>May 5, 2011</p>"
	want := []string{"Quill Works, Inc.|Ada B. Quill||2011-05-05"}
	if diff := cmp.Diff(want, signersOn(t, body)); diff != "" {
		t.Errorf("signers (-want +got):\n%s", diff)
	}
}

func TestAReportWithNeitherHeadingNorClauseIsSignedAtItsFirstMark(t *testing.T) {
	want := []string{"Quill Works, Inc.|Ada B. Quill|President|2011-05-05"}
	for _, part := range []string{
		"<p>Quill Works, Inc.</p><p>(Registrant)</p><p>Date: May 5, 2011</p><p>/s/ Ada B. Quill</p><p>President</p>",
		"<p>Quill Works, Inc.</p><table><tr><td>Date: May 5, 2011</td><td>By:</td><td>/s/ Ada B. Quill</td></tr><tr><td></td><td></td><td>President</td></tr></table>",
	} {
		body := "<p>Item 8.01 Other Events</p><p>On May 4, 2011 Quill Works, Inc. moved all of its works.</p>" + part
		if diff := cmp.Diff(want, signersOn(t, body)); diff != "" {
			t.Errorf("signers (-want +got):\n%s", diff)
		}
	}
}

func TestOneFilerMeansOneCompany(t *testing.T) {
	body := beforeSignature + "<p>Quill Acceptance Corp.</p><p>on behalf of</p><p>Quill Auto Trust 2005-A</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Treasurer</p><p>May 5, 2011</p>"
	want := []string{"Quill Acceptance Corp.|Ada B. Quill|Treasurer|2011-05-05"}
	if diff := cmp.Diff(want, signersOn(t, body, "QUILL ACCEPTANCE CORP")); diff != "" {
		t.Errorf("signers (-want +got):\n%s", diff)
	}
}

func TestAPartWithoutANameIsReported(t *testing.T) {
	p := flatten([]byte(beforeSignature+"<p>Quill Works, Inc.</p>"), false)
	readItems(p, &Header{}, 0)
	signatures, warnings := readSignatures(p, &Submission{})
	if len(signatures) != 0 || len(warnings) != 1 || warnings[0].Code != CodeNoSignature {
		t.Errorf("got %v and %v, want no signer and %s", signatures, warnings, CodeNoSignature)
	}
}

func TestDatesAreReadHoweverTheyAreSpelled(t *testing.T) {
	tests := []struct{ text, want string }{
		{"May 19, 1995", "1995-05-19"},
		{"MAY 19,1995", "1995-05-19"},
		{"May 19 1995", "1995-05-19"},
		{"19 May 1995", "1995-05-19"},
		{"Sept. 5, 2001", "2001-09-05"},
		{"September 5th, 2001", "2001-09-05"},
		{"Marcxh 12, 2002", "2002-03-12"},
		{"this 5th day of May, 1997", "1997-05-05"},
		{"1st of June 1997", "1997-06-01"},
		{"5/1/97", "1997-05-01"},
		{"05-01-2007", "2007-05-01"},
		{"5.1.07", "2007-05-01"},
		{"1997-05-01", "1997-05-01"},
		{"as of May 5, 1997", "1997-05-05"},
		{"Feburary 4, 1997", "1997-02-04"},
		{"March 7, l997", "1997-03-07"},
		{"March 7, I997", "1997-03-07"},
		{"March 7, 1997 (March 4, 1997)", "1997-03-07"},
		{"March 7, l234", "none"},
		{"February 30, 1997", "none"},
		{"13/13/97", "none"},
		{"May 1997", "none"},
		{"Rule 13a-14", "none"},
		{"", "none"},
	}
	for _, tt := range tests {
		d, from, to := dateIn(tt.text)
		got := "none"
		if to > 0 && !d.IsZero() {
			got = d.String()
		}
		if got != tt.want || to < from || to > len(tt.text) {
			t.Errorf("dateIn(%q) = %s, %d, %d, want %s", tt.text, got, from, to, tt.want)
		}
	}
}
