package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	threeCaptions   = "<tr><td>(State or other jurisdiction of incorporation)</td><td>(Commission File Number)</td><td>(I.R.S. Employer Identification No.)</td></tr></table>"
	exactName       = "<p>(Exact name of registrant as specified in its charter)</p>"
	madeCoverHead   = "<html><body><p>FORM 8-K</p><p>CURRENT REPORT</p><p>Date of Report (Date of earliest event reported): May 10, 1996</p>"
	madeCoverTail   = "<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>(937) 555-0100</p><p>(Registrant's telephone number, including area code)</p><p>Item 8.01 Other Events</p></body></html>"
	gadgetWorksName = "<p>GADGET WORKS, INC.</p>" + exactName
)

// withNumbers is a cover with a row of state, file number and EIN.
func withNumbers(state, file, ein string) string {
	return madeCoverHead + gadgetWorksName + "<table><tr><td>" + state + "</td><td>" + file + "</td><td>" + ein + "</td></tr>" + threeCaptions + madeCoverTail
}

// columnNumbers is the same in columns of plain text.
func columnNumbers(state, file, ein string) string {
	pad := func(s string, n int) string {
		for len([]rune(s)) < n {
			s += " "
		}
		return s
	}
	return "\n                  FORM 8-K\n\nDate of Report (Date of earliest event reported): May 10, 1996\n\n              GADGET WORKS, INC.\n   (Exact name of registrant as specified in its charter)\n\n" +
		pad(state, 34) + pad(file, 25) + ein +
		"\n(State or other jurisdiction      (Commission              (I.R.S. Employer\n of incorporation)                 File Number)             Identification No.)\n\n" +
		"100 Main Street, Springfield, Ohio 45501\n(Address of principal executive offices)\n\nRegistrant's telephone number, including area code: (937) 555-0100\n\nItem 8.01 Other Events\n"
}

func TestCoverWithoutEINHasNone(t *testing.T) {
	paragraphs := func(state, file, ein string) string {
		return madeCoverHead + gadgetWorksName + "<p>" + state + "</p><p>(State of incorporation)</p><p>" + file + "</p><p>(Commission File Number)</p><p>" + ein + "</p><p>(IRS Employer Identification No.)</p>" + madeCoverTail
	}
	for _, file := range []string{"001-12345", "0-27266", "33-12345", "333-12345-01", "1-9876"} {
		for _, ein := range []string{"N/A", "Not Applicable", "None", "—", "-", "Applied For", "Applied for", "Pending", "Foreign", "", "00-0000000", "To be applied for", "Not yet assigned", "(1)"} {
			for layout, body := range map[string]string{"cells": withNumbers("Delaware", file, ein), "columns": columnNumbers("Delaware", file, ein), "paragraphs": paragraphs("Delaware", file, ein)} {
				want := []Registrant{{Name: "GADGET WORKS, INC.", State: "Delaware", FileNumber: file}}
				if diff := cmp.Diff(want, readMadeCover(t, body).Registrants); diff != "" {
					t.Errorf("%s: %s, EIN %q: registrants differ (-want +got):\n%s", layout, file, ein, diff)
				}
			}
		}
	}
}

func TestCoverStates(t *testing.T) {
	tests := map[string]string{
		"United States": "United States", "United States of America": "United States of America", "Federally chartered corporation": "Federally chartered corporation",
		"Federally Chartered<br>Corporation": "Federally Chartered Corporation", "Federal": "Federal", "Nevada (Beta Holdings, L.P.)": "Nevada", "Maryland (corporation)": "Maryland",
		"Delaware corporation": "Delaware", "A Delaware corporation": "Delaware", "State of Israel": "State of Israel", "State of Delaware": "Delaware", "DE": "DE", "England and Wales": "England and Wales",
	}
	for in, want := range tests {
		body := withNumbers(in, "000-12345", "12-3456789")
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", want, "000-12345", "12-3456789"}}, readMadeCover(t, body).Registrants); diff != "" {
			t.Errorf("%q in cells: registrants differ (-want +got):\n%s", in, diff)
		}
		if len(in) > 31 {
			continue // too wide for the column
		}
		body = columnNumbers(in, "000-12345", "12-3456789")
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", want, "000-12345", "12-3456789"}}, readMadeCover(t, body).Registrants); diff != "" {
			t.Errorf("%q in columns: registrants differ (-want +got):\n%s", in, diff)
		}
	}
}

func TestCoverDashesOfEveryKind(t *testing.T) {
	for _, dash := range []string{"-", "‐", "‑", "‒", "–", "—", "−"} {
		got := readMadeCover(t, withNumbers("Delaware", "001"+dash+"12345", "12"+dash+"3456789")).Registrants
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", "Delaware", "001-12345", "12-3456789"}}, got); diff != "" {
			t.Errorf("%q in numbers: registrants differ (-want +got):\n%s", dash, diff)
		}
	}
	table := readMadeCover(t, madeCoverHead+"<table><tr><td>Commission File Number</td><td>Exact Name of Registrant; State of Incorporation; Address and Telephone Number</td><td>IRS Employer Identification No.</td></tr>"+
		"<tr><td>1‑1234</td><td>Gadget Power Company<br>(a Delaware corporation)</td><td>12‑3456789</td></tr></table><p>Item 8.01</p>").Registrants
	if diff := cmp.Diff([]Registrant{{"Gadget Power Company", "Delaware", "1-1234", "12-3456789"}}, table); diff != "" {
		t.Errorf("table: registrants differ (-want +got):\n%s", diff)
	}
	for _, line := range []string{"——————", "––––––", "──────", "¯¯¯¯¯¯", "______", "─ ─ ─ ─", "━━━━━", "═════"} {
		body := madeCoverHead + "<p>GADGET WORKS, INC.</p><p>" + line + "</p>" + exactName + "<table><tr><td>Delaware</td><td>1-1234</td><td>12-3456789</td></tr><tr><td>" + line + "</td><td>" + line + "</td><td>" + line + "</td></tr>" + threeCaptions +
			"<p>100 Main Street, Springfield, Ohio 45501</p><p>" + line + "</p><p>(Address of principal executive offices)</p><p>(937) 555-0100</p><p>" + line + "</p><p>(Registrant's telephone number, including area code)</p><p>Item 8.01</p>"
		if diff := cmp.Diff(gadget(), readMadeCover(t, body), ignoreBoxes, compareDates); diff != "" {
			t.Errorf("lines of %q: cover differs (-want +got):\n%s", line, diff)
		}
	}
}

func TestCoverFileNumbersStacked(t *testing.T) {
	one := []Registrant{{"GADGET WORKS, INC.", "Delaware", "333-12345, 333-12345-01", "12-3456789"}}
	two := []Registrant{{"GADGET WORKS, INC.", "Delaware", "333-12345", "12-3456789"}, {"WIDGET FINANCE LLC", "Ohio", "333-12345-01", "98-7654321"}}
	names := "<p>GADGET WORKS, INC.</p><p>WIDGET FINANCE LLC</p>"
	rows := "<table><tr><td>Delaware</td><td>333-12345</td><td>12-3456789</td></tr><tr><td>Ohio</td><td>333-12345-01</td><td>98-7654321</td></tr>" + threeCaptions
	tests := []struct {
		name, body string
		want       []Registrant
	}{
		{"one registrant, two numbers in its cell", withNumbers("Delaware", "333-12345<br>333-12345-01", "12-3456789"), one},
		{"one registrant, two numbers in paragraphs of its cell", withNumbers("Delaware", "<p>333-12345</p><p>333-12345-01</p>", "12-3456789"), one},
		{"two rows, two names", madeCoverHead + names + exactName + rows + madeCoverTail, two},
		{"two rows, two names in one paragraph", madeCoverHead + "<p>GADGET WORKS, INC.<br>WIDGET FINANCE LLC</p>" + exactName + rows + madeCoverTail, two},
		{"everything stacked in cells", madeCoverHead + names + exactName + "<table><tr><td>Delaware<br>Ohio</td><td>333-12345<br>333-12345-01</td><td>12-3456789<br>98-7654321</td></tr>" + threeCaptions + madeCoverTail, two},
		{"two names in two cells", madeCoverHead + "<table><tr><td>GADGET WORKS, INC.</td></tr><tr><td>WIDGET FINANCE LLC</td></tr><tr><td>(Exact name of registrants as specified in their charters)</td></tr></table>" + rows + madeCoverTail, two},
		{"no EIN in the second row", madeCoverHead + names + exactName + "<table><tr><td>Delaware</td><td>333-12345</td><td>12-3456789</td></tr><tr><td>Ohio</td><td>333-12345-01</td><td>N/A</td></tr>" + threeCaptions + madeCoverTail,
			[]Registrant{two[0], {"WIDGET FINANCE LLC", "Ohio", "333-12345-01", ""}}},
		{"one EIN beside two file numbers", madeCoverHead + names + exactName + "<table><tr><td>Delaware</td><td>333-12345<br>333-12345-01</td><td>12-3456789</td></tr>" + threeCaptions + madeCoverTail,
			[]Registrant{two[0], {"WIDGET FINANCE LLC", "Delaware", "333-12345-01", ""}}},
		{"two names over one caption, numbers of one", madeCoverHead + names + exactName + "<table><tr><td>Ohio</td><td>333-12345-01</td><td>98-7654321</td></tr>" + threeCaptions + madeCoverTail,
			[]Registrant{{"GADGET WORKS, INC.", "", "", ""}, two[1]}},
		{"a row for each under short captions", madeCoverHead + "<table><tr><td>Exact name of registrants</td><td>State</td><td>Commission File Number</td><td>IRS Employer Identification No.</td></tr><tr><td>GADGET WORKS, INC.</td><td>Delaware</td><td>333-12345</td><td>12-3456789</td></tr>" +
			"<tr><td>WIDGET FINANCE LLC</td><td>Ohio</td><td>333-12345-01</td><td>98-7654321</td></tr></table>" + madeCoverTail, two},
		{"captions above two rows", madeCoverHead + names + exactName + "<table><tr><td>State of incorporation</td><td>Commission File Number</td><td>IRS Employer Identification No.</td></tr><tr><td>Delaware</td><td>333-12345</td><td>12-3456789</td></tr><tr><td>Ohio</td><td>333-12345-01</td><td>98-7654321</td></tr></table>" + madeCoverTail, two},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readMadeCover(t, tt.body).Registrants); diff != "" {
				t.Errorf("registrants differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoverNumbersThatAreOdd(t *testing.T) {
	for file, want := range map[string]string{"333-_____": "", "333-": "", "000-1234567": "000-1234567", "000-12345": "000-12345", "Pending": "", "N/A": ""} {
		got := readMadeCover(t, withNumbers("Delaware", file, "12-3456789")).Registrants
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", "Delaware", want, "12-3456789"}}, got); diff != "" {
			t.Errorf("%q: registrants differ (-want +got):\n%s", file, diff)
		}
	}
}

func TestCoverColumnsThatWrap(t *testing.T) {
	body := columnNumbers("%", "333-12345", "12-3456789")
	for row, want := range map[string]Registrant{
		"Federally chartered               333-12345                12-3456789\ncorporation":                                    {"GADGET WORKS, INC.", "Federally chartered corporation", "333-12345", "12-3456789"},
		"Marshall                          333-12345                12-3456789\nIslands":                                        {"GADGET WORKS, INC.", "Marshall Islands", "333-12345", "12-3456789"},
		"Delaware                          333-12345                12-3456789\n                                  333-12345-01": {"GADGET WORKS, INC.", "Delaware", "333-12345, 333-12345-01", "12-3456789"},
		"Delaware                          333-12345                N/A\n                                  333-12345-01":        {"GADGET WORKS, INC.", "Delaware", "333-12345, 333-12345-01", ""},
		"Federally chartered\ncorporation                       333-12345                12-3456789":                            {"GADGET WORKS, INC.", "Federally chartered corporation", "333-12345", "12-3456789"},
	} {
		i := strings.Index(body, "%")
		got := readMadeCover(t, body[:i]+row+body[i+strings.IndexByte(body[i:], '\n'):]).Registrants
		if diff := cmp.Diff([]Registrant{want}, got); diff != "" {
			t.Errorf("%s: registrants differ (-want +got):\n%s", row, diff)
		}
	}
}

func TestCoverPhoneIsNoFileNumber(t *testing.T) {
	for _, lines := range []string{
		"<p>Commission File Number 001-36743</p><p>Registrant's telephone number, including area code:</p>",
		"<p>001-36743</p><p>(Commission File Number)</p><p>(Registrant's telephone number, including area code)</p>",
	} {
		if c := readMadeCover(t, madeCoverHead+gadgetWorksName+lines+"<p>Item 8.01</p>"); c.Phone != "" || c.Registrants[0].FileNumber != "001-36743" {
			t.Errorf("%s: got phone %q and %v", lines, c.Phone, c.Registrants)
		}
	}
}

func TestCoverPhonesOfOtherCountries(t *testing.T) {
	for _, want := range []string{"011-852-2345-6789", "+852 2345 6789", "+86-21-6605-0886", "011 44 20 7946 0000", "(852) 2345-6789", "86-10-5555-0100"} {
		c := readMadeCover(t, madeCoverHead+gadgetWorksName+"<p>"+want+"</p><p>(Registrant's telephone number, including area code)</p><p>Item 8.01</p>")
		if c.Phone != want {
			t.Errorf("got phone %q, want %q", c.Phone, want)
		}
	}
}
