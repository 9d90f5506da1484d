package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// names of fields, in the order of their bits.
var fieldNames = [...]string{"date", "name", "state", "file", "ein", "address", "zip", "phone", "former", "cik"}

func (f fields) String() string {
	var names []string
	for i, name := range fieldNames {
		if f>>i&1 == 1 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// cellsOf cuts one line and writes its cells as "text" for values, "field: text"
// for captions.
func cellsOf(text string) (out []string) {
	c := newCover(flatten([]byte("<p>FORM 8-K</p><p>"+strings.ReplaceAll(text, "\t", "&nbsp;&nbsp;&nbsp;&nbsp;")+"</p>"), false))
	for _, k := range c.line(len(c.lines) - 1) {
		if k.isCaption() {
			out = append(out, k.caption.String()+": "+k.text)
		} else {
			out = append(out, k.text)
		}
	}
	return out
}

func TestCoverLineIsCutIntoCaptionsAndValues(t *testing.T) {
	tests := []struct {
		line string
		want []string
	}{
		{"Delaware", []string{"Delaware"}},
		{"(State or other jurisdiction of incorporation)", []string{"state: (State or other jurisdiction of incorporation)"}},
		{"(State or other jurisdiction\t(Commission\t(I.R.S. Employer", []string{"state: (State or other jurisdiction", "file: (Commission", "ein: (I.R.S. Employer"}},
		{"of incorporation)\tFile Number)\tIdentification No.)", []string{": of incorporation)", "file: File Number)", "ein: Identification No.)"}},
		{"Delaware\t1-1234\t12-3456789", []string{"Delaware", "1-1234", "12-3456789"}},
		{"(Commission File Number) (IRS Employer Identification Number)", []string{"file: (Commission File Number)", "ein: (IRS Employer Identification Number)"}},
		{"(Address of principal executive offices) (Zip Code)", []string{"address: (Address of principal executive offices)", "zip: (Zip Code)"}},
		{"Date of Report (Date of earliest event reported): May 10, 1996", []string{"date: Date of Report (Date of earliest event reported):", "May 10, 1996"}},
		{"Commission file number:  1-7410", []string{"file: Commission file number:", "1-7410"}},
		{"Registrant’s telephone number, including area code: (937) 555-0100", []string{"phone: Registrant’s telephone number, including area code:", "(937) 555-0100"}},
		{"Registrant's telephone number (including area code): (937) 555-0100", []string{"phone: Registrant's telephone number (including area code):", "(937) 555-0100"}},
		{"(Former name or former address, if changed since last report): Not Applicable", []string{"former: (Former name or former address, if changed since last report):", "Not Applicable"}},
		{"Delaware (State of incorporation)", []string{"Delaware", "state: (State of incorporation)"}},
		{"(Exact name of depositor as specified in its charter)", []string{"name: (Exact name of depositor as specified in its charter)"}},
		{"(Address, including zip code, and telephone number, including area code, of", []string{"address+zip+phone: (Address, including zip code, and telephone number, including area code, of"}},
		{"Exact Name of Registrant as Specified in Its Charter; State of Incorporation; Address of Principal Executive Offices; and Telephone Number",
			[]string{"name+state+address+phone: Exact Name of Registrant as Specified in Its Charter; State of Incorporation; Address of Principal Executive Offices; and Telephone Number"}},
		{"__Delaware__", []string{"Delaware"}},
		{"(State or other juris-", []string{"state: (State or other juris"}},
		{"diction of incorporation)", []string{": diction of incorporation)"}},
		{"IdentificationNumber)", []string{"ein: IdentificationNumber)"}},
		{"Principal Financial Gadgets, Inc.", []string{"Principal Financial Gadgets, Inc."}},
		{"THE COMPANY", []string{"THE COMPANY"}},
		{"STATE STREET GADGETS", []string{"STATE STREET GADGETS"}},
		{"Not Applicable", []string{"Not Applicable"}},
		{"(Registrant)", []string{"name: (Registrant)"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, cellsOf(tt.line)); diff != "" {
			t.Errorf("%q is cut otherwise (-want +got):\n%s", tt.line, diff)
		}
	}
}

func TestFormTextIsNeitherCaptionNorValue(t *testing.T) {
	for _, s := range []string{
		"UNITED STATES", "U. S. SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549", "FORM 8-K/A", "CURRENT REPORT", "Pursuant to Section 13 or 15(d) of the", "The Securities Exchange Act of 1934",
		"(Amendment No. 2)", "☐ Written communications pursuant to Rule 425", "Check the appropriate box below", "Item 5. Other Events", "The addresses of the registrants have not changed since the last report.",
	} {
		if !isFormText(s) {
			t.Errorf("isFormText(%q) = false", s)
		}
	}
	for _, s := range []string{"", "Delaware", "Washington", "Washington Gadgets, Inc.", "GADGET WORKS, INC.", "(937) 555-0100", "Registrant's telephone number, including area code, is (937) 555-0100", "What a Gadget Is, Inc."} {
		if isFormText(s) {
			t.Errorf("isFormText(%q) = true", s)
		}
	}
}

func TestNumbersAreToldApartByShape(t *testing.T) {
	tests := []struct{ text, file, ein string }{
		{"1-6991", "1-6991", ""}, {"0-27266", "0-27266", ""}, {"000-26952", "000-26952", ""}, {"333-46893-01", "333-46893-01", ""}, {"71-0415188", "", "71-0415188"},
		{"03-153200", "03-153200", "03-153200"}, {"8736-3354", "8736-3354", "8736-3354"}, {"001-39876", "001-39876", ""}, {"0-12345", "0-12345", ""},
		{"1-8729, 333-12345", "1-8729, 333-12345", ""}, {"0-27568 65-0617076", "0-27568", "65-0617076"}, {"File No. 1-3285", "1-3285", ""}, {"I.R.S. No. 41-0417775", "", "41-0417775"},
		{"(404) 506-5000", "", ""}, {"94–2404110", "", "94-2404110"}, {"001‑36743", "001-36743", ""}, {"N/A", "", ""}, {"Delaware", "", ""}, {"", "", ""}, {"May 10, 1996", "", ""}, {"Applied For", "", ""},
	}
	for _, tt := range tests {
		file, ein := fileShape(tt.text, false), einShape(tt.text, false)
		if tt.text == "8736-3354" {
			file = tt.file // nobody can tell; the caption does
		}
		if file != tt.file || ein != tt.ein {
			t.Errorf("%q: got file number %q and EIN %q, want %q and %q", tt.text, file, ein, tt.file, tt.ein)
		}
	}
}

func TestAddressJoinsLinesAndCells(t *testing.T) {
	tests := []struct {
		lines []string
		want  string
	}{
		{[]string{"100 Main Street", "Springfield, Ohio 45501"}, "100 Main Street, Springfield, Ohio 45501"},
		{[]string{"100 Main Street, Springfield, Ohio\t45501"}, "100 Main Street, Springfield, Ohio 45501"},
		{[]string{"100 Main Street\t45501", "Springfield, Ohio"}, "100 Main Street, Springfield, Ohio 45501"},
		{[]string{"100 Main Street,\tSuite 100,\tSpringfield,\tOhio\t45501-1234"}, "100 Main Street, Suite 100, Springfield, Ohio 45501-1234"},
		{[]string{"", "\t"}, ""},
		{nil, ""},
	}
	for _, tt := range tests {
		if got := address(tt.lines); got != tt.want {
			t.Errorf("address(%q) = %q, want %q", tt.lines, got, tt.want)
		}
	}
}

func TestNothingIsSaidInManyWays(t *testing.T) {
	for _, s := range []string{"", "N/A", "n/a.", "NA", "None", "NONE.", "Not Applicable", "Not  applicable.", "(Not Applicable)", "Inapplicable", "No change", "-"} {
		if !isNothing(s) {
			t.Errorf("isNothing(%q) = false", s)
		}
	}
	for _, s := range []string{"Nadir Corp.", "None Such, Inc.", "1 Old Road", "N.A. Gadgets"} {
		if isNothing(s) {
			t.Errorf("isNothing(%q) = true", s)
		}
	}
}

func TestRegistrantCellIsSplitAtItsHome(t *testing.T) {
	tests := []struct{ in, name, state string }{
		{"Georgia Gadget Company (a Georgia corporation)", "Georgia Gadget Company", "Georgia"},
		{"Gadget Finance, L.P., a Delaware limited partnership", "Gadget Finance, L.P.", "Delaware"},
		{"GADGET CORPORATION (A New York Corporation)", "GADGET CORPORATION", "New York"},
	}
	for _, tt := range tests {
		if name, state, ok := splitHome(tt.in); name != tt.name || state != tt.state || !ok {
			t.Errorf("splitHome(%q) = %q, %q, %t; want %q, %q", tt.in, name, state, ok, tt.name, tt.state)
		}
	}
	for _, s := range []string{"Gadget Works, a Widget Company", "Gadget (and Widget) Company", ""} {
		if name, state, ok := splitHome(s); ok {
			t.Errorf("splitHome(%q) = %q, %q, want no split", s, name, state)
		}
	}
}
