package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExhibitsPrintedOddlyAreListed(t *testing.T) {
	const release = "99.1|Press release dated May 5, 2011"
	two := []string{"10.1|Lease", "10.2|Note"}
	tests := []struct {
		name, body string
		want       []string
	}{
		{"lines of one cell", "<table><tr><td>(d)</td><td></td><td><div>Exhibits.</div><div>10.1 <a href='ex_1.htm'>Lease</a></div><div>10.2 <a href='ex_2.htm'>Note</a></div></td></tr><tr><td></td><td></td><td>104</td><td>Cover Page File</td></tr></table>", append(two, "104|Cover Page File")},
		{"lines of the description's cell", "<table><tr><td>10.1</td><td>Lease<br>10.2 Note</td></tr></table>", two},
		{"lines wrapped in one cell", "<table><tr><td>(d)</td><td>10.1 Lease<br>of the mill<br>10.2 Note</td></tr></table>", []string{"10.1|Lease of the mill", "10.2|Note"}},
		{"number and heading in cells of as many lines", "<table><tr><td><div>(d)</div><div>99.1</div></td><td></td><td><div>Exhibits.</div><div><a href='e.htm'>Press release dated May 5, 2011</a></div></td></tr></table>", []string{release}},
		{"description of two lines, the second beginning with a figure", "<table><tr><td>10.1</td><td>Lease of<br>16 wagons</td></tr></table>", []string{"10.1|Lease of 16 wagons"}},
		{"figure alone below a description", "<table><tr><td>10.1</td><td>Lease dated March<br>10, 2011</td></tr></table>", []string{"10.1|Lease dated March 10, 2011"}},
		{"blank after the point", "<table><tr><td>99. 1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"blank before the point", "<table><tr><td>99 .1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"comma for a point", "<table><tr><td>99,1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"dash glued to words", "<p>(d) Exhibits</p><p>99.1-Press release dated May 5, 2011</p>", []string{release}},
		{"comma before words", "<p>(d) Exhibits</p><p>99.1, Press release dated May 5, 2011</p>", []string{release}},
		{"No. without exhibit", "<p>(d) Exhibits</p><p>No. 99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"No. in a column", "<table><tr><td>No. 99.1</td><td>Press release dated May 5, 2011</td></tr></table>", []string{release}},
		{"two numbers, one description", "<p>(d) Exhibits</p><p>Exhibits 99.1 and 99.2 Press releases</p>", []string{"99.1|Press releases", "99.2|Press releases"}},
		{"two numbers in a cell", "<table><tr><td>99.1 and 99.2</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases"}},
		{"range of numbers", "<table><tr><td>99.1 - 99.3</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases", "99.3|Press releases"}},
		{"through", "<table><tr><td>99.1 through 99.3</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases", "99.3|Press releases"}},
		{"point, then dash", "<table><tr><td>10.1-2</td><td>Lease</td></tr></table>", []string{"10.1-2|Lease"}},
		{"letter after the point", "<table><tr><td>99.A</td><td>Lease</td></tr></table>", []string{"99.A|Lease"}},
		{"two exhibits on a line", "<p>(d) Exhibits</p><p>99.1 Lease; 99.2 Note</p>", []string{"99.1|Lease", "99.2|Note"}},
		{"letters in a column of their own", "<table><tr><td>(10)</td><td>(a)</td><td>Lease</td></tr><tr><td></td><td>(b)</td><td>Note</td></tr></table>", []string{"10(a)|Lease", "10(b)|Note"}},
		{"statements under (a), the rest under (d)", "<p>(a) Financial statements of business acquired.</p><p>Exhibit 99.1 Statements of Nib</p><p>(d) Exhibits</p><table><tr><td>10.1</td><td>Lease</td></tr></table>", []string{"99.1|Statements of Nib", "10.1|Lease"}},
		{"statements under (a) in a column", "<p>(a) Financial statements of business acquired.</p><table><tr><td>99.2</td><td>Statements of Nib</td></tr></table><p>(d) Exhibits</p><table><tr><td>10.1</td><td>Lease</td></tr></table>", []string{"99.2|Statements of Nib", "10.1|Lease"}},
		{"parts of XBRL", "<table><tr><td>101.INS</td><td>Instance</td></tr><tr><td>101.SCH*</td><td>Schema</td></tr><tr><td>EX-101.LAB</td><td>Labels</td></tr><tr><td>101</td><td>Data</td></tr></table>", []string{"101.INS|Instance", "101.SCH|Schema", "101.LAB|Labels", "101|Data"}},
		{"dates and commas in a sentence", "<p>Exhibit 99.1, Press release dated March 5, 2021, and Exhibit 99.2, Slides, are filed herewith.</p>", []string{"99.1|Press release dated March 5, 2021", "99.2|Slides"}},
		{"leftovers of the line", "<p>(d) Exhibits</p><p>99.1 Press release dated May 5, 2011,</p><p>10.1 Lease, filed herewith</p><p>10.2 Note (filed herewith)</p>", []string{release, "10.1|Lease", "10.2|Note"}},
		{"glued", "<p>(d) Exhibits</p><p>99.1Press release dated May 5, 2011</p><p>104COVER PAGE</p><p>10.1LEASE</p>", []string{release, "104|COVER PAGE", "10.1|LEASE"}},
		{"paragraph ends in the middle", "<p>10.1 Lease between Quill Works, Inc. and</p><p>Nib Holdings LLC</p><p>99.1 Press release dated May 5, 2011</p>", []string{"10.1|Lease between Quill Works, Inc. and Nib Holdings LLC", release}},
		{"several in a sentence", "<p>The letters are filed herewith as Exhibits 16.1 and 16.2.</p>", []string{"16.1|", "16.2|"}},
		{"range in a sentence", "<p>See Exhibits 99.1 through 99.3, which are filed herewith.</p>", []string{"99.1|", "99.2|", "99.3|"}},
		{"date in a sentence", "<p>The Company files Exhibit 99.1, Press release dated March 5, 2021, and nothing else.</p>", []string{"99.1|Press release dated March 5, 2021"}},
		{"plural in a column", "<table><tr><td>Exhibits 99.1 and 99.2</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases"}},
		{"joined by an ampersand", "<table><tr><td>99.1 &amp; 99.2</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases"}},
		{"range with a dash of type", "<table><tr><td>99.1–99.3</td><td>Press releases</td></tr></table>", []string{"99.1|Press releases", "99.2|Press releases", "99.3|Press releases"}},
		{"number of a section in a cell", "<table><tr><td>10.1</td><td>Amendment of Section<br>10.2 Notes</td></tr></table>", []string{"10.1|Amendment of Section 10.2 Notes"}},
		{"sentence before the list", "<p>(d) Exhibits</p><p>Exhibits 99.1 and 99.2 are furnished herewith.</p><p>99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"labels before number and description", "<p>Exhibit Number: 99.1</p><p>Description: Press release dated May 5, 2011</p>", []string{release}},
		{"number sign", "<p>Exhibit #99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"short for exhibit", "<p>Ex. 99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"no blank before the number", "<p>(d) Exhibits</p><p>Exhibit99.1 Press release dated May 5, 2011</p>", []string{release}},
		{"elements of a list", "<ul><li>99.1 Press release dated May 5, 2011</li><li>104 Cover Page Interactive Data File</li></ul>", []string{release, "104|Cover Page Interactive Data File"}},
		{"release pasted in below", "<p>99.1 Press release dated May 5, 2011</p>" + clause + "<p>EXHIBIT INDEX</p><p>99.1 Press release dated May 5, 2011 of<br>FOR IMMEDIATE RELEASE</p><p>QUILL</p>", []string{release}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, listedOn(t, nineOhOne(tt.body))); diff != "" {
				t.Errorf("exhibits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExhibitsOfPlainTextPrintedOddlyAreListed(t *testing.T) {
	const head = "Item 7.  Financial Statements and Exhibits.\n\n     (c)  Exhibits\n\n"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"wrap back to the margin", "         Exhibit 99.1 Press Release dated June 14, 1999 issued by Quill\nTechnologies, Inc.\n\n\n", []string{"99.1|Press Release dated June 14, 1999 issued by Quill Technologies, Inc."}},
		{"wrap left of the number", "                  20.1     Inkwell Capital Corporation, Mortgage Pass-Through\n         Certificates, Series 1998-C - Statement to Certificateholders\n\n", []string{"20.1|Inkwell Capital Corporation, Mortgage Pass-Through Certificates, Series 1998-C - Statement to Certificateholders"}},
		{"blank line inside", "     10.1    Lease dated as of May 5, 1999 between Quill Works, Inc. and\n\n             Nib Holdings LLC\n\n     99.1    Press release\n", []string{"10.1|Lease dated as of May 5, 1999 between Quill Works, Inc. and Nib Holdings LLC", "99.1|Press release"}},
		{"paragraph below", "     99.1    Press release dated May 5, 1999\n\n     The release is not deemed filed.\n", []string{"99.1|Press release dated May 5, 1999"}},
		{"line at the margin below a short one", "     99.1    Press release\nQuill Works is not liable for this.\n", []string{"99.1|Press release"}},
		{"prose at the margin below a sentence", "     99.1    Press release dated May 5, 1999 announcing earnings of Quill.\nThe release is not filed for purposes of Section 18.\n", []string{"99.1|Press release dated May 5, 1999 announcing earnings of Quill."}},
		{"wrap of two lines at the margin", "     99.1 Press release dated May 5, 1999 announcing the earnings of the\nfirst quarter of the year that ended on the last day of April of Quill\nWorks, Inc.\n     99.2 Slides\n", []string{"99.1|Press release dated May 5, 1999 announcing the earnings of the first quarter of the year that ended on the last day of April of Quill Works, Inc.", "99.2|Slides"}},
		{"letters below a number", "     10    Material contracts\n           (a)  Lease\n           (b)  Note\n", []string{"10|Material contracts (a) Lease (b) Note"}},
		{"blank after the point", "     99. 1  Press release\n     99. 2  Slides\n", []string{"99.1|Press release", "99.2|Slides"}},
		{"blank line before the date", "     99.1    Press release of Quill Works, Inc. dated\n\n             May 5, 1999\n\n     99.2    Slides\n", []string{"99.1|Press release of Quill Works, Inc. dated May 5, 1999", "99.2|Slides"}},
		{"blank lines between", "     Exhibit 99.1  Press release dated May 5, 1999\n\n     Exhibit 99.2  Slides\n", []string{"99.1|Press release dated May 5, 1999", "99.2|Slides"}},
		{"plural with a column", "     Exhibits 99.1 and 99.2   Press releases\n", []string{"99.1|Press releases", "99.2|Press releases"}},
		{"wrap begins with a figure", "     4.1   Debenture Agreement dated as of April\n     14.2, 1999 by and among\n", []string{"4.1|Debenture Agreement dated as of April 14.2, 1999 by and among"}},
		{"two dashes", "     99.1 -- Press release\n     99.2 -- Slides\n", []string{"99.1|Press release", "99.2|Slides"}},
		{"rules below entries", "     99.1 Press release\n     ------------------\n     99.2 Slides\n", []string{"99.1|Press release", "99.2|Slides"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, listedOn(t, head+tt.body+textClause)); diff != "" {
				t.Errorf("exhibits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAReleasePastedAfterTheIndexIsNoDescription(t *testing.T) {
	body := "Item 7.  Exhibits.\n\n     See the index.\n" + textClause +
		"\n                    EXHIBIT INDEX\n\n     Exhibit                                     Page\n     20     News Release dated May 5, 1994         3\n\n<PAGE>\n                                        Page 3\n\nFOR IMMEDIATE RELEASE\n\nQUILL WORKS EARNS MORE\n"
	want := []string{"20|News Release dated May 5, 1994"}
	if diff := cmp.Diff(want, listedOn(t, body)); diff != "" {
		t.Errorf("exhibits (-want +got):\n%s", diff)
	}
}

func TestLinesInCellsThatBeginWithFiguresAreNotAlwaysEntries(t *testing.T) {
	tests := []struct {
		name  string
		parts []string
		want  []int
	}{
		{"entries", []string{"Exhibits.", "10.1 Lease", "10.2 Note"}, []int{1, 2}},
		{"first line left out", []string{"10.1 Lease", "of the mill"}, nil},
		{"number without words", []string{"Lease", "10.2"}, nil},
		{"figure without a point", []string{"Lease of", "16 Wagons"}, nil},
		{"after a word that asks for a number", []string{"Amendment of Section", "10.2 Notes"}, nil},
		{"sentence goes on", []string{"The lease is", "10.2 and shall stay"}, nil},
		{"in lower case", []string{"Lease", "10.2 acres"}, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, entryLines(tt.parts)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestSecondEntriesAreFoundInDescriptions(t *testing.T) {
	tests := []struct{ text, first, second string }{
		{"Letter; 99.2 Slides", "Letter", "99.2"},
		{"Letter; and 99.2 Slides", "Letter", "99.2"},
		{"Letter, and Exhibit 99.2, Slides", "Letter", "99.2"},
		{"Letter, incorporated by reference to Exhibit 10.1, Exhibit 10.2, and others", "", ""},
		{"Lease, dated 10.2 acres; 10.3 and more", "", ""},
		{"Letter; 2011 edition", "", ""},
		{"Lease; Exhibit 10.1 to the Form 10-K", "", ""},
		{"Letter", "", ""},
	}
	for _, tt := range tests {
		cut, ref := nextEntry(tt.text)
		if got := tt.text[:cut]; got != tt.first || ref.number != tt.second {
			t.Errorf("nextEntry(%q) = %q, %q, want %q, %q", tt.text, got, ref.number, tt.first, tt.second)
		}
	}
}
