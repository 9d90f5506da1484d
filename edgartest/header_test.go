package edgartest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

func TestItemNumbersDependOnTheFilingDate(t *testing.T) {
	for _, c := range []struct{ value, filed, want string }{
		{"5", "1994-03-18", "5"},
		{"Other events", "1998-12-31", "5"},
		{"Other events", "2004-08-23", "5"}, // accepted on the Friday before
		{"Other Events", "2004-08-23", "8.01"},
		{"Regulation FD Disclosure", "2003-04-22", "9"},
		{"Regulation FD Disclosure", "2005-04-22", "7.01"},
		{"Results of Operations and Financial Condition", "2004-08-20", "12"},
		{"Results of Operations and Financial Condition", "2004-08-24", "2.02"},
		{"Temporary Suspension of Trading Under Registrant's Employee Benefit Plans", "2004-01-05", "11"},
		{"Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers", "2005-05-09", "5.02"},
		{"2.02", "2024-01-16", "2.02"},
		{"Item 57:", "1997-01-16", "Item 57:"},
	} {
		if got := itemNumber(c.value, date(c.filed)); got != c.want {
			t.Errorf("itemNumber(%q, %s) = %q, want %q", c.value, c.filed, got, c.want)
		}
	}
}

func TestEveryItemIsFoundByItsText(t *testing.T) {
	for table, filed := range map[*[]item]string{&newItems: "2024-01-16", &oldItems: "1999-01-15"} {
		for _, it := range *table {
			if got := itemNumber(it.text, date(filed)); got != it.number {
				t.Errorf("%q on %s: got %s, want %s", it.text, filed, got, it.number)
			}
		}
	}
}

func TestBothDialectsMakeTheSameHeader(t *testing.T) {
	w := Demo()
	for _, s := range w.Submissions() {
		e := w.entries[s.Accession]
		h, err := readHead(e.sgml())
		if err != nil {
			t.Fatalf("%s: %v", s.Accession, err)
		}
		var got Submission
		if err := h.fill(&got); err != nil {
			t.Fatalf("%s: %v", s.Accession, err)
		}
		got.Public = s.Public
		if diff := cmp.Diff(s, got, cmp.Comparer(func(a, b edgar.Accession) bool { return a == b }),
			cmp.Comparer(func(a, b edgar.Form) bool { return a == b }), cmp.Comparer(func(a, b edgar.Date) bool { return a == b }),
			cmp.Comparer(func(a, b edgar.CIK) bool { return a == b })); diff != "" {
			t.Errorf("%s (-tabs +tags):\n%s", s.Accession, diff)
		}
	}
}

func TestHeaderKeepsBlocksApart(t *testing.T) {
	tree := parseTabs("FILER:\n\n\tCOMPANY DATA:\t\n\t\tCENTRAL INDEX KEY:\t\t\t0000000001\n\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tPAPER MILLS [2621]\n\n" +
		"\tFILING VALUES:\n\t\tSEC ACT:\t\t1934 Act\n\n\tMAIL ADDRESS:\n\t\tCITY:\tDALTON\n\nSUBJECT COMPANY:\n\n\tCOMPANY DATA:\n\t\tCENTRAL INDEX KEY:\t2\n")
	filer, subject := tree.block("FILER"), tree.block("SUBJECT-COMPANY")
	got := []string{
		filer.block("COMPANY-DATA").first("CIK"), filer.block("COMPANY-DATA").first("ASSIGNED-SIC"), filer.block("FILING-VALUES").first("ACT"),
		filer.block("MAIL-ADDRESS").first("CITY"), filer.block("BUSINESS-ADDRESS").first("CITY"), subject.block("COMPANY-DATA").first("CIK"),
	}
	if want := []string{"0000000001", "2621", "34", "DALTON", "", "2"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWrittenSubmissionReadsBack(t *testing.T) {
	want := Submission{
		Accession: acc("0009900001-24-000001"), Form: form("8-K"), Filed: date("2024-01-16"), Period: date("2024-01-12"),
		Accepted: time.Date(2024, 1, 16, 8, 30, 5, 0, edgar.Eastern()), Items: []string{"2.02", "5.02", "9.01"}, PrivateToPublic: true,
		Filers: []Filer{{"FILER", cik(9000118), "Pellworm Lens Co"}, {"SUBJECT-COMPANY", cik(9000233), "Quillfeather: Paper & Co"}},
	}
	e, err := newEntry(Submission{Body: render(want)})
	if err != nil {
		t.Fatal(err)
	}
	got := e.Submission
	want.Public = want.Accepted
	if !slices.Equal(got.Items, want.Items) || !slices.Equal(got.Filers, want.Filers) || got.Accession != want.Accession || got.Form != want.Form ||
		got.Filed != want.Filed || got.Period != want.Period || !got.Accepted.Equal(want.Accepted) || !got.Public.Equal(want.Public) || !got.PrivateToPublic {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if e.head.primary != "primary.txt" || e.head.description != "FORM 8-K" || e.head.inline {
		t.Errorf("first document: got %+v", e.head)
	}
}

func TestPublicMomentFollowsFromTheHeader(t *testing.T) {
	for _, c := range []struct{ name, filed, accepted, disseminated, want string }{
		{"no acceptance: the day begins", "1994-03-18", "", "", "1994-03-18 00:00"},
		{"accepted on the day", "2024-01-16", "20240116083005", "", "2024-01-16 08:30"},
		{"accepted the evening before", "2024-01-16", "20240112180000", "", "2024-01-16 06:00"},
		{"disseminated later", "1998-12-31", "", "1999-01-04", "1999-01-04 00:00"},
		{"made public half a year later", "2024-04-18", "20240418090511", "2024-10-04", "2024-10-04 00:00"},
	} {
		e := &entry{Submission: Submission{Filed: date(c.filed)}}
		e.Accepted, _ = edgar.ParseAcceptance(c.accepted)
		if c.disseminated != "" {
			e.head.disseminated = date(c.disseminated)
		}
		if got := e.implied().Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestUuencodedTextIsDecoded(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"begin 644 cat.txt\n#0V%T\n`\nend\n", "Cat"},
		{"begin 644 two.txt\n\"2&D`\n`\nend\n", "Hi"},
		{"begin 644 cut.txt\n#0V", "C"},
		{"begin 644 empty\n`\nend\n", ""},
	} {
		if got := string(uudecode([]byte(c.text))); got[:min(len(got), len(c.want))] != c.want || len(got) > 3 {
			t.Errorf("uudecode(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDocumentsEndWhereTheirTagsStandAtLineStart(t *testing.T) {
	docs := documents([]byte("<SEC-DOCUMENT>x\n<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<FILENAME>a.htm\n<DESCRIPTION>A: B\n<TEXT>\nsays <TEXT> and </DOCUMENT> in a line\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>cut"))
	if len(docs) != 2 {
		t.Fatalf("got %d documents", len(docs))
	}
	d := docs[0]
	if d.kind != "8-K" || d.sequence != "1" || d.name != "a.htm" || d.description != "A: B" || string(d.raw) != "says <TEXT> and </DOCUMENT> in a line\n" {
		t.Errorf("got %+v", d)
	}
	if docs[1].kind != "EX-99" || docs[1].size != 0 {
		t.Errorf("got %+v", docs[1])
	}
}
