package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// documentsOf makes the documents of a submission, the report first.
func documentsOf(types ...string) []Document {
	documents := []Document{{Sequence: 1, Type: "8-K"}}
	for i, t := range types {
		documents = append(documents, Document{Sequence: i + 2, Type: t, Description: "ATTACHED", Media: "text/html"})
	}
	return documents
}

func entriesOf(index bool, numbers ...string) []listedExhibit {
	var entries []listedExhibit
	for _, n := range numbers {
		ref, _ := readExhibitRef(n)
		entries = append(entries, listedExhibit{number: ref.number, key: exhibitKey(ref.number), dotted: ref.dotted, index: index, description: "d" + n})
	}
	return entries
}

func TestListedAndAttachedExhibitsAreJoined(t *testing.T) {
	type row struct {
		Number   string
		Document int
		Listed   bool
	}
	tests := []struct {
		name   string
		listed []string
		types  []string
		want   []row
	}{
		{"one for one", []string{"10.1", "99.1"}, []string{"EX-10.1", "EX-99.1"}, []row{{"10.1", 2, true}, {"99.1", 3, true}}},
		{"listed only", []string{"99.1", "104"}, []string{"EX-99.1"}, []row{{"99.1", 2, true}, {"104", 0, true}}},
		{"attached only", nil, []string{"EX-99.1", "GRAPHIC", "EX-101.SCH", "XML"}, []row{{"99.1", 2, false}, {"101.SCH", 4, false}}},
		{"listed order, then document order", []string{"99.1", "2.1"}, []string{"EX-2.1", "EX-3", "EX-99.1"}, []row{{"99.1", 4, true}, {"2.1", 2, true}, {"3", 3, false}}},
		{"zeros", []string{"99.01"}, []string{"EX-99.1"}, []row{{"99.01", 2, true}}},
		{"garbage in the type", []string{"99.1", "99(a)"}, []string{"EX-99.1 CHARTER", "EX-99.(A)"}, []row{{"99.1", 2, true}, {"99(a)", 3, true}}},
		{"type without parts", []string{"10(a)", "10(b)", "99.1"}, []string{"EX-10", "EX-10", "EX-99"}, []row{{"10(a)", 2, true}, {"10(b)", 3, true}, {"99.1", 4, true}}},
		{"number without parts", []string{"99"}, []string{"EX-99.1"}, []row{{"99", 2, true}}},
		{"other part", []string{"99.1"}, []string{"EX-99.2"}, []row{{"99.1", 0, true}, {"99.2", 2, false}}},
		{"parts of XBRL", []string{"101.SCH", "101.INS", "104"}, []string{"EX-101.SCH", "EX-101.LAB"}, []row{{"101.SCH", 2, true}, {"101.INS", 0, true}, {"104", 0, true}, {"101.LAB", 3, false}}},
		{"two of a type", []string{"99"}, []string{"EX-99", "EX-99"}, []row{{"99", 2, true}, {"99", 3, false}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []row
			for _, e := range joinDocuments(entriesOf(false, tt.listed...), documentsOf(tt.types...)) {
				if e.Attached != (e.Document > 0) || e.Attached != (e.Type != "") {
					t.Errorf("%+v contradicts itself", e)
				}
				got = append(got, row{e.Number, e.Document, e.Listed})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("exhibits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPDFOfAnExhibitIsNoExhibitOfItsOwn(t *testing.T) {
	documents := documentsOf("EX-99.1", "EX-99.1")
	documents[2].Media = "application/pdf"
	if got := joinDocuments(entriesOf(false, "99.1"), documents); len(got) != 1 || got[0].Document != 2 {
		t.Errorf("got %+v, want one exhibit, of document 2", got)
	}
}

func TestListsOfItemAndIndexAreMerged(t *testing.T) {
	tests := []struct {
		name         string
		items, index []string
		types        []string
		want         []string
	}{
		{"the same", []string{"10.1", "99.1"}, []string{"10.1", "99.1"}, nil, []string{"10.1", "99.1"}},
		{"the index has more", []string{"99.1"}, []string{"10.1", "99.1"}, nil, []string{"99.1", "10.1"}},
		{"counted in the item", []string{"1.", "2."}, []string{"99.1", "99.2"}, nil, []string{"99.1", "99.2"}},
		{"underwriting agreements are not counting", []string{"1.", "5."}, []string{"1.1", "5.1"}, nil, []string{"1.1", "5.1"}},
		{"parts in the index only", []string{"99"}, []string{"99.1"}, nil, []string{"99.1"}},
		{"parts in the item only", []string{"99.1"}, []string{"99"}, nil, []string{"99.1"}},
		{"parts in the index only, attached without", []string{"99"}, []string{"99.1"}, []string{"EX-99"}, []string{"99"}},
		{"two of a group stay", []string{"99"}, []string{"99.1", "99.2"}, nil, []string{"99", "99.1", "99.2"}},
		{"index alone", nil, []string{"99.1"}, nil, []string{"99.1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := append(entriesOf(false, tt.items...), entriesOf(true, tt.index...)...)
			var got []string
			for _, e := range mergeLists(found, documentsOf(tt.types...)) {
				got = append(got, e.number)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("numbers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExhibitsAmissAreReported(t *testing.T) {
	tests := []struct {
		name, body string
		types      []string
		want       []Warning
	}{
		{"in order", "<p>99.1 Press release</p>", []string{"EX-99.1"}, nil},
		{"not attached", "<p>99.1 Press release</p>", nil, []Warning{{CodeExhibitNotAttached, "99.1"}}},
		{"not listed", "<p>99.1 Press release</p>", []string{"EX-99.1", "EX-99.2"}, []Warning{{CodeExhibitNotListed, "99.2"}}},
		{"filed elsewhere", "<p>10.1 Lease (incorporated by reference to Exhibit 10.1 to Form 10-Q)</p><p>23.1 Consent (included in Exhibit 5.1)</p>", nil, nil},
		{"cover page and XBRL", "<p>104 Cover Page Interactive Data File</p>", []string{"EX-101.SCH"}, nil},
		{"pasted in below", "<p>99.1 Press release</p>", nil, nil},
	}
	accession, err := edgar.ParseAccession("0009999999-11-000001")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := nineOhOne("<p>(d) Exhibits</p>" + tt.body)
			if tt.name == "pasted in below" {
				body += "<p>Exhibit 99.1</p><p>QUILL WORKS EARNS MORE</p>"
			}
			p := flatten([]byte(body), false)
			s := &Submission{Header: Header{Accession: accession}, Documents: documentsOf(tt.types...)}
			readItems(p, &s.Header, 0)
			_, got := readExhibits(p, s)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExhibitNumbersAreReadWithWhatFollows(t *testing.T) {
	tests := []struct{ text, number, rest string }{
		{"99.1 Press release", "99.1", "Press release"},
		{"99.1", "99.1", ""},
		{"*99.1* Press release", "99.1", "Press release"},
		{"99.1.", "99.1", ""},
		{"99. Press release", "99", "Press release"},
		{"(99.1) Press release", "99.1", "Press release"},
		{"(99) Press release", "99", "Press release"},
		{"10.16a Lease", "10.16a", "Lease"},
		{"99.4(a) Letter", "99.4(a)", "Letter"},
		{"3(a)(ii) Charter", "3(a)(ii)", "Charter"},
		{"3.(i) Charter", "3(i)", "Charter"},
		{"3.ii By-laws", "3.ii", "By-laws"},
		{"Exhibit No. 99.1: Press release", "99.1", "Press release"},
		{"EX-99.1 – Press release", "99.1", "Press release"},
		{"exhibit 16, the letter", "16", "the letter"},
		{"10-K of 2010", "", ""},
		{"6 3/4% Notes", "6", "3/4% Notes"},
		{"10% Notes", "", ""},
		{"601(b)(10) of Regulation S-K", "", ""},
		{"14, 1999 by and among", "", ""},
		{"1934, as amended", "", ""},
		{"10:30 a.m.", "", ""},
		{"Exhibit A Form of Notice", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		ref, ok := readExhibitRef(tt.text)
		if !ok {
			ref.number, ref.rest = "", ""
		}
		if ref.number != tt.number || ref.rest != tt.rest {
			t.Errorf("%q: got %q, %q, want %q, %q", tt.text, ref.number, ref.rest, tt.number, tt.rest)
		}
	}
}
