package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listedOn reads the exhibits that a made report lists and returns them as lines
// "number|description".
func listedOn(t *testing.T, body string) []string {
	t.Helper()
	p := flatten([]byte(body), false)
	readItems(p, &Header{}, 0)
	exhibits, _ := readExhibits(p, &Submission{})
	var lines []string
	for _, e := range exhibits {
		lines = append(lines, e.Number+"|"+e.Description)
	}
	return lines
}

// nineOhOne is an html report whose Item 9.01 has the body.
func nineOhOne(body string) string {
	return "<p><b>Item 8.01 Other Events</b></p><p>We moved, see Exhibit 99.7 of last year.</p><p><b>Item 9.01 Financial Statements and Exhibits</b></p>" + body + clause
}

func TestExhibitsAreListedHoweverTheyArePrinted(t *testing.T) {
	const release = "99.1|Press release dated May 5, 2011"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"table with heads", "<p>(d) Exhibits</p><table><tr><td>Exhibit No.</td><td>Description</td></tr><tr><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"table without heads", "<table><tr><td>99.1</td><td></td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"heads stacked in a cell", "<table><tr><td>Exhibit<br>Number</td><td>Description</td></tr><tr><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"letter and heading in the row", "<table><tr><td>(d)</td><td>Exhibits.</td></tr><tr><td></td><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"letter before the number", "<table><tr><td>(d)</td><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"word in a cell of its own", "<table><tr><td>Exhibit</td><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"word and number in a cell", "<table><tr><td>Exhibit 99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"split at the point", "<table><tr><td>99</td><td>.1</td><td>Press release dated May 5, 2011</td></tr><tr><td>99.</td><td>2</td><td>Slides</td></tr></table>", []string{release, "99.2|Slides"}},
		{"split before the bracket", "<table><tr><td>10</td><td>(a)</td><td>Lease</td></tr></table>", []string{"10(a)|Lease"}},
		{"numbers in one cell, descriptions in the next", "<table><tr><td><p>3.1</p><p>99.1</p></td><td><p>By-laws</p><p>Press release dated May 5, 2011</p></td></tr></table>", []string{"3.1|By-laws", release}},
		{"marks before and after", "<table><tr><td>*99.1</td><td>Press release dated May 5, 2011</td></tr><tr><td>10.1†*</td><td>Lease</td></tr><tr><td>10.2 (1)</td><td>Note</td></tr><tr><td>*</td><td>Filed herewith.</td></tr></table>", []string{release, "10.1|Lease", "10.2|Note"}},
		{"trailing point", "<table><tr><td>99.1.</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"brackets", "<p>(d) Exhibits</p><p>(99.1) Press release dated May 5, 2011</p>", []string{release}},
		{"method of filing in a third cell", "<table><tr><td>99.1</td><td>Press release dated May 5, 2011</td><td>Filed herewith</td></tr></table>", []string{release}},
		{"page in a third cell", "<table><tr><td>99.1</td><td>Press release dated May 5, 2011</td><td>4</td></tr></table>", []string{release}},
		{"paragraph", "<p>99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"paragraph with the word", "<p>Exhibit 99.1 – Press release dated May 5, 2011</p><p>Exhibit 99.2: Slides</p><p>EXHIBIT NO. 99.3 - Notes</p>", []string{release, "99.2|Slides", "99.3|Notes"}},
		{"type as number", "<p>EX-99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"lines broken with br", "<p>(d) Exhibits<br>99.1&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;Press release<br>dated May 5, 2011</p>", []string{release}},
		{"number alone on its line", "<p>99.1</p><p>Press release dated May 5, 2011</p>", []string{release}},
		{"on the line of the sub-heading", "<p>(d) Exhibits. 99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"on the line of the item", "<p>99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"no blank after the number", "<p>99.1Press release dated May 5, 2011</p><p>104Cover Page Interactive Data File</p>", []string{release, "104|Cover Page Interactive Data File"}},
		{"cover page file", "<table><tr><td>99.1</td><td>Press release dated May 5, 2011</td></tr><tr><td>104</td><td>Cover Page Interactive Data File (embedded within the Inline XBRL document)</td></tr></table>", []string{release, "104|Cover Page Interactive Data File (embedded within the Inline XBRL document)"}},
		{"no parts", "<p>(c) Exhibits.</p><table><tr><td>16</td><td>Letter of Abacus LLP</td></tr><tr><td>99</td><td>Press release</td></tr></table>", []string{"16|Letter of Abacus LLP", "99|Press release"}},
		{"numbers in the way of annual reports", "<table><tr><td>3(a)(i)</td><td>Charter</td></tr><tr><td>3(a)(ii)</td><td>Amendment</td></tr><tr><td>10.16a</td><td>Lease</td></tr><tr><td>2.1.1</td><td>Plan</td></tr><tr><td>99.(a)</td><td>Letter</td></tr><tr><td>3.i</td><td>By-laws</td></tr></table>",
			[]string{"3(a)(i)|Charter", "3(a)(ii)|Amendment", "10.16a|Lease", "2.1.1|Plan", "99(a)|Letter", "3.i|By-laws"}},
		{"year in the description", "<table><tr><td>10.1</td><td>2011 Stock Plan</td></tr></table><p>10.2 364-Day Credit Agreement</p>", []string{"10.1|2011 Stock Plan", "10.2|364-Day Credit Agreement"}},
		{"all in a cell of layout", "<table><tr><td><p>(d) Exhibits</p><p>99.1 Press release dated May 5, 2011</p><p>104 Cover Page Interactive Data File</p></td></tr></table>", []string{release, "104|Cover Page Interactive Data File"}},
		{"description over two rows", "<table><tr><td>99.1</td><td>Press release dated</td></tr><tr><td></td><td>May 5, 2011</td></tr></table>", []string{release}},
		{"in a sentence", "<p>The letter is filed herewith as Exhibit 16.1.</p>", []string{"16.1|"}},
		{"in a sentence, described", "<p>Exhibit 16, the letter from Abacus LLP regarding the change, is attached.</p>", []string{"16|the letter from Abacus LLP regarding the change"}},
		{"index after the signature only", "<p>See the index.</p>" + clause + "<p>EXHIBIT INDEX</p><table><tr><td>99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"footnote marks in brackets", "<table><tr><td>10.1(1)</td><td>Lease</td></tr><tr><td>(2)</td><td>10.2</td><td>Note</td></tr></table><p>99.1 (3) Press release</p><p>(1) Incorporated by reference.</p>", []string{"10.1|Lease", "10.2|Note", "99.1|Press release"}},
		{"dash", "<table><tr><td>99-1</td><td>Press release</td></tr><tr><td>10-A</td><td>Lease</td></tr></table>", []string{"99-1|Press release", "10-A|Lease"}},
		{"number in the last column", "<table><tr><td>Description</td><td>Exhibit No.</td></tr><tr><td>Press release</td><td>99.1</td></tr></table>", []string{"99.1|Press release"}},
		{"after a colon", "<p>(c) Exhibits. The following exhibit is filed herewith: 99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"none", "<p>(d) Exhibits</p><p>None.</p>", nil},
		{"not applicable by category", "<p>(c) Exhibits</p><p>(1) Underwriting agreement</p><p>Not applicable.</p><p>(99) Additional exhibits</p><p>None.</p>", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, listedOn(t, nineOhOne(tt.body))); diff != "" {
				t.Errorf("exhibits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExhibitsOfPlainTextAreListed(t *testing.T) {
	const head = "Item 7.  Financial Statements and Exhibits.\n\n     (c)  Exhibits\n\n"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"column", "     99.1    Press release dated May 5, 1999.\n     99.2    Slides\n", []string{"99.1|Press release dated May 5, 1999.", "99.2|Slides"}},
		{"one blank", "     99.1 Press release dated May 5, 1999.\n     99.2 Slides\n", []string{"99.1|Press release dated May 5, 1999.", "99.2|Slides"}},
		{"wrapped at a date", "4.1   Debenture Agreement dated as of April\n      14, 1999 by and among Quill Works, Inc.,\n      and others.\n\n4.2   Form of 6% Debenture\n", []string{"4.1|Debenture Agreement dated as of April 14, 1999 by and among Quill Works, Inc., and others.", "4.2|Form of 6% Debenture"}},
		{"with the word and a dash", "     Exhibit 99.1 - Press release dated May 5, 1999, furnished\n     pursuant to Item 12\n", []string{"99.1|Press release dated May 5, 1999, furnished pursuant to Item 12"}},
		{"type in brackets, page in a column", "     EXHIBIT NO.         DOCUMENT DESCRIPTION          PAGE\n     (EX-20)             SUMMARY OF CERTIFICATES          5\n", []string{"20|SUMMARY OF CERTIFICATES"}},
		{"counted", "     1.  Exhibit 99.1 - Press release\n     2.  Exhibit 99.2 - Slides\n", []string{"99.1|Press release", "99.2|Slides"}},
		{"justified", "     99.4(a) Letter   Agreement,   dated   between   Quill\n             and Nib.\n", []string{"99.4(a)|Letter Agreement, dated between Quill and Nib."}},
		{"without parts", "     99    Press release\n", []string{"99|Press release"}},
		{"heads and rule", "     Exhibit No.     Description\n     -----------     -----------\n     99.1            Press release\n", []string{"99.1|Press release"}},
		{"leaders and a page", "     20.1    Press release dated August 10, 1995  . . . . . . . . .  4\n", []string{"20.1|Press release dated August 10, 1995"}},
		{"page cut into the description", "     10.1    Lease between Quill Works and\n\n<PAGE>\n             210 Inkwell Avenue LLC\n     99.1    Press release\n", []string{"10.1|Lease between Quill Works and 210 Inkwell Avenue LLC", "99.1|Press release"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, listedOn(t, head+tt.body+textClause)); diff != "" {
				t.Errorf("exhibits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNumbersThatAreNoExhibitsAreNotListed(t *testing.T) {
	tests := []struct{ name, body string }{
		{"sentence", "<p>(d) Exhibits</p><p>99.1 and 99.2 shall not be deemed filed.</p>"},
		{"reference to another filing", "<p>The plan is incorporated by reference to Exhibit 10.1 to the Registrant's Form 10-K.</p>"},
		{"regulation", "<p>(d) Exhibits</p><p>Item 601(b)(10) of Regulation S-K</p><p>601(b)(2) Schedules omitted</p>"},
		{"figures", "<p>(d) Exhibits</p><table><tr><td>10.5</td><td>12.7</td></tr><tr><td>99.1</td><td>(3)</td></tr></table>"},
		{"percent and dollars", "<p>(d) Exhibits</p><p>6 3/4% Notes due 2002</p><p>10% Debentures</p><p>8-K reports</p><p>10-K reports</p>"},
		{"dates", "<p>(d) Exhibits</p><p>14, 1999 by and among the parties</p><p>5/5/2011 Report</p>"},
		{"attachments of an agreement", "<p>(d) Exhibits</p><p>Exhibit A: Form of Notice</p><p>Exhibit B-1: Form of Bill</p><p>Schedule 4.3: Consents</p>"},
		{"sentence in capitals", "<p>(d) Exhibits</p><p>EXHIBIT 99.1 IS ATTACHED HERETO AND EXHIBIT 99.2 IS NOT OF ANY USE.</p>"},
		{"quantities with commas", "<p>(d) Exhibits</p><table><tr><td>Net sales</td><td>10,1</td><td>12,5</td></tr></table>"},
		{"quantities with blanks", "<table><tr><td>Revenue</td><td>99.1 - 99.3 million</td></tr><tr><td>1. 5</td><td>2. 6</td></tr></table>"},
		{"several in a sentence", "<p>(d) Exhibits</p><p>10.1, 10.2 and 10.3 are incorporated by reference.</p>"},
		{"several of another filing", "<p>(d) Exhibits</p><p>Exhibits 99.1 through 99.3 to the Form 10-K of 2010 are not changed.</p>"},
		{"word joined to a figure", "<p>(d) Exhibits</p><p>99.1-based pricing</p>"},
		{"number of a house", "<p>(d) Exhibits</p><p>No. 33 Mill Street is the address.</p>"},
		{"page number", "<p>(d) Exhibits</p><p>2</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := listedOn(t, nineOhOne(tt.body)); len(got) > 0 {
				t.Errorf("got %q, want none", got)
			}
		})
	}
}

func TestABareSubHeadingListsExhibitsWithoutItsItem(t *testing.T) {
	body := "<p>Item 2.02 Results of Operations and Financial Condition</p><p>We earned.</p><p><i>Exhibits</i></p><p>The following exhibits relate to the year:</p>" +
		"<table><tr><td>Exhibit 99.01</td><td>Press Release.</td></tr><tr><td>Exhibit 99.02</td><td>Highlights.</td></tr></table>" + clause
	want := []string{"99.01|Press Release.", "99.02|Highlights."}
	if diff := cmp.Diff(want, listedOn(t, body)); diff != "" {
		t.Errorf("exhibits (-want +got):\n%s", diff)
	}
}

func TestAnExhibitPastedInAfterTheIndexIsNotReadAsAList(t *testing.T) {
	body := nineOhOne("<p>99.1 Press release</p>") + "<p>EXHIBIT INDEX</p><p>99.1 Press release</p><p>Exhibit 99.1</p><p>QUILL WORKS EARNS MORE</p><p>10.1 Terms</p><p>10.2 Further terms of the matter</p>"
	want := []string{"99.1|Press release"}
	if diff := cmp.Diff(want, listedOn(t, body)); diff != "" {
		t.Errorf("exhibits (-want +got):\n%s", diff)
	}
}

func TestStatementsPastedIntoTheItemAreNotReadAsAList(t *testing.T) {
	body := "Item 7.  Financial Statements and Exhibits.\n\n(a)  Financial statements of Inkwell Corp.\n\n" +
		strings.Repeat("2.1    Revenue        1,576,716     2,415,226\n     10.4    Total    3   4\n\n3. NOTE RECEIVABLE\n\n", 40) +
		"(c)  Exhibits\n\n     23.1    Consent of Abacus LLP\n" + textClause
	want := []string{"23.1|Consent of Abacus LLP"}
	if diff := cmp.Diff(want, listedOn(t, body)); diff != "" {
		t.Errorf("exhibits (-want +got):\n%s", diff)
	}
}
