package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func headerOf(t *testing.T, text string) (Header, []Warning) {
	t.Helper()
	var h Header
	var warnings []Warning
	readHeader(&h, text, func(c Code, detail string) { warnings = append(warnings, Warning{c, detail}) })
	return h, warnings
}

func TestBothDialectsSayTheSame(t *testing.T) {
	tabs, _ := headerOf(t, string(fixture(t, "header_alone_tabs")))
	tags, _ := headerOf(t, string(fixture(t, "header_alone_tags")))
	tabs.Items, tags.Items = nil, nil // text in one, numbers in the other
	tabs.Fields, tags.Fields = nil, nil
	if diff := cmp.Diff(tabs, tags, compareSubmissions); diff != "" {
		t.Errorf("-tabs +tags\n%s", diff)
	}
}

func TestValuesOfAFilerAreNormalised(t *testing.T) {
	for _, c := range []struct {
		line string
		want Filer
	}{
		{"STANDARD INDUSTRIAL CLASSIFICATION:\tELECTRONIC COMPUTERS [3571]", Filer{SIC: "3571"}},
		{"STANDARD INDUSTRIAL CLASSIFICATION:\t3571", Filer{SIC: "3571"}},
		{"STANDARD INDUSTRIAL CLASSIFICATION:\t []", Filer{}},
		{"STANDARD INDUSTRIAL CLASSIFICATION:\t [8090\n]\t\tIRS NUMBER:\t\t650617076", Filer{SIC: "8090", EIN: "650617076"}},
		{"IRS NUMBER:\t\t\t\t94-2404110", Filer{EIN: "942404110"}},
		{"EIN:\t\t\t\t942404110", Filer{EIN: "942404110"}},
		{"IRS NUMBER:\t\t\t\t000000000", Filer{}},
		{"SEC ACT:\t\t1934 Act", Filer{Act: "34"}},
		{"SEC ACT:\t\t34", Filer{Act: "34"}},
		{"SEC ACT:", Filer{}},
		{"COMPANY CONFORMED NAME:\t\t\tA: THE COMPANY", Filer{Name: "A: THE COMPANY"}},
		{"<CONFORMED-NAME>A <B> & C", Filer{Name: "A"}},
		{"<CONFORMED-NAME>A <b> & C < D", Filer{Name: "A <b> & C < D"}},
	} {
		h, warnings := headerOf(t, "FILER:\n\n\tCOMPANY DATA:\n\t\t"+c.line+"\n")
		c.want.Role = "filer"
		if len(h.Filers) != 1 || len(warnings) > 0 {
			t.Errorf("%q: %d filers, warnings %v", c.line, len(h.Filers), warnings)
		} else if diff := cmp.Diff(c.want, h.Filers[0], compareSubmissions); diff != "" {
			t.Errorf("%q: -want +got\n%s", c.line, diff)
		}
	}
}

func TestItemNumbersAreToldFromTexts(t *testing.T) {
	for value, want := range map[string]HeaderItem{
		"5":            {Number: "5"},
		"12":           {Number: "12"},
		"9.01":         {Number: "9.01"},
		"":             {},
		"Other events": {Text: "Other events"},
		"Item 57:":     {Text: "Item 57:"},
		"2004":         {Text: "2004"},
		"5.":           {Text: "5."},
		".01":          {Text: ".01"},
		"Election of Directors; Appointment of Certain Officers: Arrangements": {Text: "Election of Directors; Appointment of Certain Officers: Arrangements"},
	} {
		h, _ := headerOf(t, "ITEM INFORMATION:\t\t"+value+"\n")
		if diff := cmp.Diff([]HeaderItem{want}, h.Items); diff != "" {
			t.Errorf("%q: -want +got\n%s", value, diff)
		}
	}
}

func TestTheAccessionIsInTheFileNameToo(t *testing.T) {
	const acc = "0009999901-00-000017"
	for _, line := range []string{
		"<SEC-DOCUMENT>" + acc + ".txt : 20000919",
		"<SEC-DOCUMENT>/in/edgar/work/20000612/" + acc + "/" + acc + ".txt : 20000919",
		"<IMS-HEADER>" + acc + ".hdr.sgml : 20000919",
	} {
		h, _ := headerOf(t, line+"\nCONFORMED SUBMISSION TYPE:\t8-K\n")
		if h.Accession.String() != acc || h.Disseminated.String() != "2000-09-19" {
			t.Errorf("%s: got %s, disseminated %s", line, h.Accession, h.Disseminated)
		}
	}
}

func TestALaterValueOfAKeyIsAField(t *testing.T) {
	h, _ := headerOf(t, "FILER:\n\tCOMPANY DATA:\n\t\tCENTRAL INDEX KEY:\t17\n\tFILING VALUES:\n\t\tSEC FILE NUMBER:\t333-1\n\tFILING VALUES:\n\t\tSEC FILE NUMBER:\t811-2\n")
	want := []Field{{"FILER/FILING VALUES", "SEC FILE NUMBER", "811-2"}}
	if diff := cmp.Diff(want, h.Fields); diff != "" || h.Filers[0].FileNumber != "333-1" {
		t.Errorf("file number %q, fields -want +got\n%s", h.Filers[0].FileNumber, diff)
	}
}

func TestAnUnclosedRoleEndsWhereTheNextBegins(t *testing.T) {
	h, _ := headerOf(t, "<SUBMISSION>\n<FILER>\n<COMPANY-DATA>\n<CIK>17\n<FILER>\n<COMPANY-DATA>\n<CIK>18\n</COMPANY-DATA>\n</FILER>\n")
	if len(h.Filers) != 2 || h.Filers[0].CIK.Int() != 17 || h.Filers[1].CIK.Int() != 18 {
		t.Errorf("got %+v, want filers 17 and 18", h.Filers)
	}
}

func TestLinesEndInAnyWay(t *testing.T) {
	var got []string
	for line := range lines("a\nb\r\nc\rd\n\n \t\n\r\ne") {
		got = append(got, line)
	}
	if s := strings.Join(got, "|"); s != "a|b|c|d|e" {
		t.Errorf("got %s", s)
	}
}

func TestWhatCannotBeIsAWarningAndAField(t *testing.T) {
	for line, key := range map[string]string{
		"CONFORMED SUBMISSION TYPE:\t8-K  |  ?":                  "CONFORMED SUBMISSION TYPE",
		"ACCESSION NUMBER:\t\tnone":                              "ACCESSION NUMBER",
		"FILED AS OF DATE:\t\t19990231":                          "FILED AS OF DATE",
		"FILER:\n\tFORMER COMPANY:\n\t\tDATE OF NAME CHANGE:\t0": "DATE OF NAME CHANGE",
	} {
		h, warnings := headerOf(t, line+"\n")
		if len(warnings) != 1 || warnings[0].Code != CodeHeaderValue || !strings.HasPrefix(warnings[0].Detail, key) {
			t.Errorf("%q: warnings %v", line, warnings)
		}
		if len(h.Fields) != 1 || h.Fields[0].Key != key {
			t.Errorf("%q: fields %v", line, h.Fields)
		}
	}
	long := strings.Repeat("é", 1000)
	_, warnings := headerOf(t, "ACCESSION NUMBER:\t\t"+long)
	if len(warnings) != 1 || len(warnings[0].Detail) > 2*maxExcerpt {
		t.Errorf("a long value is quoted as %v", warnings)
	}
}

func TestAnAddressOutsideABlockIsAField(t *testing.T) {
	h, _ := headerOf(t, "FILER:\n\tCOMPANY DATA:\n\t\tCITY:\tERIE\n\tBUSINESS ADDRESS:\n\t\tCITY:\tEDIE\n")
	want := []Field{{"FILER/COMPANY DATA", "CITY", "ERIE"}}
	if diff := cmp.Diff(want, h.Fields); diff != "" || h.Filers[0].BusinessAddress.City != "EDIE" {
		t.Errorf("filer %+v, fields -want +got\n%s", h.Filers[0], diff)
	}
}

func TestBlocksWithoutARoleMakeAFiler(t *testing.T) {
	h, _ := headerOf(t, "COMPANY DATA:\n\tCENTRAL INDEX KEY:\t17\n\tCOMPANY CONFORMED NAME:\tA\nCOMPANY DATA:\n\tCENTRAL INDEX KEY:\t18\n")
	if len(h.Filers) != 2 || h.Filers[0].Role != "filer" || h.Filers[1].CIK.Int() != 18 {
		t.Errorf("got %+v, want filers 17 and 18", h.Filers)
	}
}
