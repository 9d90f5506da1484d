package parse

import "testing"

func TestFindDate(t *testing.T) {
	for in, want := range map[string]string{
		"May 10, 1995": "1995-05-10", "May 10,1995": "1995-05-10", "MAY 10 1995": "1995-05-10", "Sept. 5, 2001": "2001-09-05", "September 5th, 2001": "2001-09-05",
		"10 May 1995": "1995-05-10", "5/10/95": "1995-05-10", "05/10/1995": "1995-05-10", "1995-05-10": "1995-05-10", "5-10-1995": "1995-05-10", "10th day of May, 1995": "1995-05-10",
		"November 6,\n2017": "2017-11-06", "(September 21, 2020 )": "2020-09-21", "Dec 1, 2020": "2020-12-01", "Febuary 10, 2005": "2005-02-10", "as of March 21,2003)": "2003-03-21", "April\t4, 2004": "2004-04-04",
		"March 3-4, 1997": "1997-03-03", "March 3 - 4, 1997": "1997-03-03", "March 3 and 4, 1997": "1997-03-03", "March 30 - April 2, 1997": "1997-03-30", "Feburary 4, 1997": "1997-02-04", "Febraury 4, 1997": "1997-02-04", "May 4, l997": "1997-05-04", "May l0, 1997": "1997-05-10",
		"May 32, 1995": "", "May 1995": "", "Maybe 10, 1995": "", "February 30, 2001": "", "": "", "8-K": "", "1934": "", "(404) 506-5000": "", "May __, 2004": "", "000-12345": "",
	} {
		if got := findDate(in).String(); got != want {
			t.Errorf("findDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCoverDateIsTheOnePrintedFirst(t *testing.T) {
	tests := []struct{ name, lines, want string }{
		{"caption before", "<p>Date of Report (Date of earliest event reported): May 10, 1996</p>", "1996-05-10"},
		{"caption below", "<p>May 10, 1996</p><p>Date of Report</p><p>(Date of earliest event reported)</p>", "1996-05-10"},
		{"on either side of the caption", "<p>May 10, 1996</p><p>Date of Report (Date of earliest event reported)</p><p>May 3, 1996</p>", "1996-05-10"},
		{"caption above", "<p>DATE OF REPORT (DATE OF EARLIEST EVENT REPORTED)</p><p>May 10, 1996</p>", "1996-05-10"},
		{"second in brackets", "<p>Date of Report (Date of earliest event reported): May 10, 1996 (May 3, 1996)</p>", "1996-05-10"},
		{"second in brackets, on a line of its own", "<p>Date of Report (Date of earliest event reported):</p><p>May 10, 1996 (May 3, 1996)</p>", "1996-05-10"},
		{"two captions", "<p>Date of Report: May 10, 1996</p><p>(date of earliest event reported May 3,1996)</p>", "1996-05-10"},
		{"earliest event first", "<p>Date of earliest event reported: May 3, 1996</p><p>Date of Report: May 10, 1996</p>", "1996-05-03"},
		{"cut by the end of the line", "<p>Date of Report (Date of earliest event reported): May 10,<br>1996</p>", "1996-05-10"},
		{"in a cell of its own", "<table><tr><td>Date of Report (Date of earliest event reported):</td><td></td><td>May 10, 1996</td></tr></table>", "1996-05-10"},
		{"no caption", "<p>May 10, 1996</p>", "1996-05-10"},
		{"date of filing above", "<p>As filed with the Commission on May 12, 1996</p><p>Date of Report: May 10, 1996</p>", "1996-05-10"},
		{"none", "<p>Date of Report (Date of earliest event reported):</p>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "<html><body><p>FORM 8-K</p>" + tt.lines + "<p>GADGET WORKS, INC.</p><p>(Exact name of registrant as specified in its charter)</p><p>Item 8.01 Other Events on June 1, 1996</p></body></html>"
			if got := readMadeCover(t, body).DateOfReport.String(); got != tt.want {
				t.Errorf("date of report: got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFindPhone(t *testing.T) {
	tests := []struct {
		in, want string
		loose    bool
	}{
		{in: "(408) 996-1010", want: "(408) 996-1010"},
		{in: "408-996-1010", want: "408-996-1010"},
		{in: "408.996.1010", want: "408.996.1010"},
		{in: "818 560-1000", want: "818 560-1000"},
		{in: "(920)-491-7500", want: "(920)-491-7500"},
		{in: "920 -491-7500", want: "920 -491-7500"},
		{in: "Tel. (949) 429-5370", want: "(949) 429-5370"},
		{in: "1-800-555-0123", want: "1-800-555-0123"},
		{in: "+1 (212) 555-0123", want: "+1 (212) 555-0123"},
		{in: "4085550100", want: "4085550100"},
		{in: "(224)\t551-4000", want: "(224)\t551-4000"},
		{in: "San Jose, CA 95134 (408) 435-0800", want: "(408) 435-0800"},
		{in: "408/555-0100", want: "408/555-0100"},
		{in: "+44 20 7946 0000", want: "+44 20 7946 0000", loose: true},
		{in: "+86-21 6605 0886", want: "+86-21 6605 0886", loose: true},
		{in: "011-972-3-555-0100", want: "011-972-3-555-0100", loose: true},
		{in: "011-852-2345-6789", want: "011-852-2345-6789", loose: true},
		{in: "011-852-2345-6789", want: "011-852-2345-6789"},
		{in: "+44 20 7946 0000"},
		{in: "94-2404110"}, {in: "0-27266"}, {in: "333-46893-01"}, {in: "January 31, 2017"}, {in: "95134-1706"}, {in: ""}, {in: "001-36743"},
	}
	for _, tt := range tests {
		if got := findPhone(tt.in, tt.loose); got != tt.want {
			t.Errorf("findPhone(%q, %t) = %q, want %q", tt.in, tt.loose, got, tt.want)
		}
	}
}

func TestCoverPhoneIsNoFax(t *testing.T) {
	for _, lines := range []string{
		"<p>Tel. (937) 555-0100</p><p>Fax. (937) 555-0199</p><p>(Address and telephone number of registrant's principal<br>executive offices)</p>",
		"<p>(937) 555-0100, Fax (937) 555-0199</p><p>(Registrant's telephone number)</p>",
		"<p>Fax: (937) 555-0199</p><p>Telephone number: (937) 555-0100</p>",
	} {
		if got := readMadeCover(t, withCover(lines)).Phone; got != "(937) 555-0100" {
			t.Errorf("phone in %s: got %q", lines, got)
		}
	}
}
