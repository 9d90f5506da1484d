package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// itemsOn reads the items of a made page and returns them as lines
// "number|heading|text".
func itemsOn(t *testing.T, body string, h Header) []string {
	t.Helper()
	p := flatten([]byte(body), false)
	items, _ := readItems(p, &h, 0)
	var lines []string
	for _, it := range items {
		lines = append(lines, it.Number+"|"+it.Heading+"|"+it.Text)
	}
	return lines
}

const (
	clause     = "<p>SIGNATURES</p><p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed on its behalf by the undersigned.</p><p>By: /s/ Ada Quill</p>"
	textClause = "\n\n                SIGNATURES\n\nPursuant to the requirements of the Securities Exchange Act of 1934, the\nregistrant has duly caused this report to be signed on its behalf.\n\n  /s/ Ada Quill\n"
)

func TestItemHeadingsAreFoundHoweverTheyArePrinted(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"no-break space", "<p><b>Item&#160;8.01 Other Events</b></p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"thin space", "<p><b>Item&#8201;8.01.&#8201;Other Events</b></p><p>We moved.</p>", "8.01|Item 8.01. Other Events|We moved."},
		{"narrow, zero-width and soft hyphen", "<p>Item&#x202F;8&#x200B;.01. Other&shy; Events</p><p>We moved.</p>", "8.01|Item 8.01. Other Events|We moved."},
		{"number over tags", "<p><B>Item </B><B>8</B><FONT style='text-transform:uppercase'><B>.0</B><B>1</B></FONT> <b>Other Events</b></p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"blank inside the number", "<p>Item 9. 01 Financial Statements and Exhibits</p><p>None.</p>", "9.01|Item 9. 01 Financial Statements and Exhibits|None."},
		{"capitals", "<p>ITEM 8.01.</p><p>OTHER EVENTS</p><p>We moved.</p>", "8.01|ITEM 8.01. OTHER EVENTS|We moved."},
		{"two cells", "<table><tr><td>Item 8.01.</td><td>Other Events.</td></tr></table><p>We moved.</p>", "8.01|Item 8.01. Other Events.|We moved."},
		{"three cells", "<table><tr><td>Item</td><td>8.01</td><td>Other Events.</td></tr></table><p>We moved.</p>", "8.01|Item 8.01 Other Events.|We moved."},
		{"two paragraphs", "<p><b>Item 8.01.</b></p><p><b>Other Events.</b></p><p>We moved.</p>", "8.01|Item 8.01. Other Events.|We moved."},
		{"no blank at all", "<p>Item8.01Other Events</p><p>We moved.</p>", "8.01|Item8.01Other Events|We moved."},
		{"glued to a rule", "<p>-----Item 8.01 Other Events</p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"section line before", "<p><B>Section&nbsp;8 &#150; Other Events</B></p><p>Item 8.01 Other Events</p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"section on the same line", "<p>Section 8 - Other Events Item 8.01 Other Events</p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"without the word", "<p><b>8.01. Other Events</b></p><p>We moved.</p>", "8.01|8.01. Other Events|We moved."},
		{"with No.", "<p>Item No. 8.01 Other Events</p><p>We moved.</p>", "8.01|Item No. 8.01 Other Events|We moved."},
		{"dash between", "<p>Item - 8.01 Other Events</p><p>We moved.</p>", "8.01|Item - 8.01 Other Events|We moved."},
		{"paragraph letters", "<p>Item 5.02(b)(c) Departure of Directors or Certain Officers; Election of Directors</p><p>She left.</p>", "5.02|Item 5.02(b)(c) Departure of Directors or Certain Officers; Election of Directors|She left."},
		{"run on in bold", "<p><b>Item 8.01 Other Events.</b> On May 3 we moved.</p>", "8.01|Item 8.01 Other Events.|On May 3 we moved."},
		{"run on, plain", "<p>Item 8.01 Other Events. On May 3, 2011 we moved the whole of our works to a better place, which took a year and more than we had, and all of it was worth it in the end.</p>", "8.01|Item 8.01 Other Events.|On May 3, 2011 we moved the whole of our works to a better place, which took a year and more than we had, and all of it was worth it in the end."},
		{"own caption", "<p><b>Item 8.01 Relocation of Works</b></p><p>We moved.</p>", "8.01|Item 8.01 Relocation of Works|We moved."},
		{"wrong caption", "<p><b>Item 5.01 Departure of Directors or Certain Officers</b></p><p>She left.</p>", "5.01|Item 5.01 Departure of Directors or Certain Officers|She left."},
		{"no caption", "<p><b>Item 8.01</b></p><p>We moved.</p>", "8.01|Item 8.01|We moved."},
		{"underlined", "<p><u>Item 8.01</u>. <u>Other Events</u></p><p>------------</p><p>We moved.</p>", "8.01|Item 8.01. Other Events|We moved."},
		{"colon", "<p>Item 8.01: Other Events</p><p>We moved.</p>", "8.01|Item 8.01: Other Events|We moved."},
		{"footnote mark", "<p>Item 8.01* Other Events</p><p>We moved.</p>", "8.01|Item 8.01* Other Events|We moved."},
		{"caption over three lines", "<p>Item 5.03 Amendments to Articles<br>of Incorporation or Bylaws;<br>Change in Fiscal Year</p><p>We moved it.</p>", "5.03|Item 5.03 Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year|We moved it."},
		{"repeated in a comment", "<!-- Item 7.01 Regulation FD Disclosure --><p>Item 8.01 Other Events</p><p>We moved.</p>", "8.01|Item 8.01 Other Events|We moved."},
		{"number without the nought", "<p><b>Item 8.1 Other Events</b></p><p>We moved.</p>", "8.01|Item 8.1 Other Events|We moved."},
		{"stressed number, short sentence", "<p><b>Item 8.01</b> We moved.</p>", "8.01|Item 8.01|We moved."},
		{"letter after the caption", "<p>Item 9.01 Financial Statements and Exhibits (d) Exhibits</p><p>99.1 Release</p>", "9.01|Item 9.01 Financial Statements and Exhibits|(d) Exhibits\n99.1 Release"},
		{"nothing to say on the same line", "<p>Item 8.01 Other Events - None</p>", "8.01|Item 8.01 Other Events -|None"},
		{"part of the caption, run on", "<p>Item 5.02 Compensatory Arrangements of Certain Officers. On May 3, 2011, the board of Made Harbor Corp. raised the pay of all its officers, and with it the spirits of the whole harbor, by a half.</p>", "5.02|Item 5.02 Compensatory Arrangements of Certain Officers.|On May 3, 2011, the board of Made Harbor Corp. raised the pay of all its officers, and with it the spirits of the whole harbor, by a half."},
		{"caption with a subject", "<p>Item 8.01 – Other Events – Merger with Quay Corp</p><p>We merged.</p>", "8.01|Item 8.01 – Other Events – Merger with Quay Corp|We merged."},
		{"all capitals, number alone", "<table><tr><td>ITEM 2.01</td></tr></table><p>COMPLETION OF ACQUISITION OR DISPOSITION OF ASSETS</p><p>We bought.</p>", "2.01|ITEM 2.01 COMPLETION OF ACQUISITION OR DISPOSITION OF ASSETS|We bought."},
		{"one-cell layout table", "<table><tr><td><p>Item 8.01 Other Events</p><p>We moved.</p></td></tr></table>", "8.01|Item 8.01 Other Events|We moved."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := itemsOn(t, "<html><body><p>FORM 8-K</p>"+tt.body+clause+"</body></html>", Header{})
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlainTextHeadings(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"wrapped caption", "Item 7. FINANCIAL STATEMENTS; PRO FORMA FINANCIAL\n        INFORMATION AND EXHIBITS.\n\n  (c) Exhibits", "7|Item 7. FINANCIAL STATEMENTS; PRO FORMA FINANCIAL INFORMATION AND EXHIBITS.|(c) Exhibits"},
		{"underlined", "Item 5.  Other Events\n-------\n\n  We moved.", "5|Item 5. Other Events|We moved."},
		{"glued", "Item5. Other Events\n\n  We moved.", "5|Item5. Other Events|We moved."},
		{"colon and misprint", "ITEM 4: CHANGE IN REGISTRANT'S CERTIFYING ACCOUNT\n\n  They left.", "4|ITEM 4: CHANGE IN REGISTRANT'S CERTIFYING ACCOUNT|They left."},
		{"dash", "ITEM 5 - OTHER EVENTS\n\n  We moved.", "5|ITEM 5 - OTHER EVENTS|We moved."},
		{"footnote", "ITEM 12*  RESULTS OF OPERATIONS AND FINANCIAL CONDITION\n\n  We earned.", "12|ITEM 12* RESULTS OF OPERATIONS AND FINANCIAL CONDITION|We earned."},
		{"own caption", "Item 5. Press Release\n\n  We moved.", "5|Item 5. Press Release|We moved."},
		{"word and number on two lines", "Item\n9.01 Financial Statements and Exhibits\n\n  None.", "9.01|Item 9.01 Financial Statements and Exhibits|None."},
		{"paragraph letter", "Item 7(c).  Exhibits\n\n  99 Press release", "7|Item 7(c). Exhibits|99 Press release"},
		{"sentence at once", "ITEM 5.  On June 3, 1998 Made Harbor Corp. moved the whole of its works to a\nbetter place.", "5|ITEM 5.|On June 3, 1998 Made Harbor Corp. moved the whole of its works to a better place."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := itemsOn(t, "                FORM 8-K\n\n"+tt.body+textClause, Header{})
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReferencesAreNoHeadings(t *testing.T) {
	tests := []struct{ name, body string }{
		{"to this report", "<p>Item 2.02 of this Current Report on Form 8-K is incorporated by reference.</p>"},
		{"above", "<p>Item 1.01 above is incorporated by reference into this Item.</p>"},
		{"to Regulation S-K", "<p>Item<br>601(b)(2) of Regulation S-K lets us omit them.</p>"},
		{"compensation rule", "<p>Item 402 of Regulation S-K</p>"},
		{"in capitals", "<p>ITEM 2.02 OF THIS REPORT</p>"},
		{"split of stock", "<p>Item 5 - 2 for 1 split</p>"},
		{"broken sentence", "<p>This information is furnished pursuant to<br>Item 2.02 and shall not be deemed filed.</p>"},
		{"auditor's letter", "<p>We have read</p><p>Item 4 of Form 8-K dated May 3, 2011.</p>"},
		{"notes to statements", "<p>2. PROPERTY AND EQUIPMENT</p><p>We own it.</p>"},
		{"section of a contract", "<p>8.1 Amendments. This agreement may be amended.</p><p>5.02 Notices. Notices are in writing.</p>"},
		{"risk factors", "<p>Item 1A. Risk Factors</p>"},
		{"certification", "<p>Section 906 Certification</p>"},
		{"list in a sentence", "<p>Items 2.02 and 9.01 of our report of May 3 are incorporated.</p>"},
		{"in quotes", "<p>“Item 2.02 Results of Operations and Financial Condition” says so.</p>"},
		{"items of an annual report", "<p><b>Item 7. Management’s Discussion and Analysis</b></p><p>It went well.</p><p><b>Item 8. Financial Statements and Supplementary Data</b></p><p>None.</p>"},
		{"sub-heading", "<p><b>Exhibits</b></p><p>99.1 Press release</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := itemsOn(t, "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved.</p>"+tt.body+clause+"</body></html>", Header{})
			if len(got) != 1 || !strings.HasPrefix(got[0], "8.01|Item 8.01 Other Events|We moved.\n") {
				t.Errorf("items %q, want 8.01 alone with all of the text", got)
			}
		})
	}
}

func TestOneHeadingMayServeSeveralItems(t *testing.T) {
	tests := []struct{ name, heading, want string }{
		{"and", "Items 2.02 and 7.01. Results of Operations and Financial Condition; Regulation FD Disclosure", "2.02 7.01"},
		{"commas", "Items 1.01, 2.03 and 9.01", "1.01 2.03 9.01"},
		{"letters", "Items 1.01(a) and 5.02(e) Amendment of a Material Definitive Agreement; Compensatory Arrangements of Certain Officers", "1.01 5.02"},
		{"Item twice", "Item 2.02 and Item 7.01 Results of Operations and Financial Condition", "2.02 7.01"},
		{"captions between", "Item 2.02. Results of Operations and Financial Condition and Item 7.01. Regulation FD Disclosure.", "2.02 7.01"},
		{"semicolon", "Item 1.01; Item 2.03 Entry into a Material Definitive Agreement", "1.01 2.03"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := flatten([]byte("<html><body><p><b>"+tt.heading+"</b></p><p>We did.</p>"+clause), false)
			items, _ := readItems(p, &Header{}, 0)
			var got []string
			for _, it := range items {
				got = append(got, it.Number)
				if it.Text != "We did." || it.Heading != tt.heading || len(it.SharedWith) != len(items)-1 {
					t.Errorf("item %s: heading %q, text %q, shared with %v", it.Number, it.Heading, it.Text, it.SharedWith)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("items %v, want %s", got, tt.want)
			}
		})
	}
}

func TestRangesOfOldItemsAreSpelledOut(t *testing.T) {
	for heading, want := range map[string]string{
		"Items 1 through 4, 6 and 8  Not Applicable.":                "1 2 3 4 6 8",
		"Items 1 - 4. Not applicable":                                "1 2 3 4",
		"Items 1-4. Not applicable":                                  "1 2 3 4",
		"Item 1-Item 4 Not Applicable":                               "1 2 3 4",
		"Items 1, 2, 3 and 4. None.":                                 "1 2 3 4",
		"ITEMS 1 TO 3.  INAPPLICABLE.":                               "1 2 3",
		"Items 1 through 3 are not included because not applicable.": "1 2 3",
	} {
		p := flatten([]byte("  FORM 8-K\n\n"+heading+"\n\nItem 5. Other Events\n\n  We moved.\n"+textClause), false)
		items, _ := readItems(p, &Header{}, 0)
		var got []string
		for _, it := range items {
			got = append(got, it.Number)
		}
		if strings.Join(got, " ") != want+" 5" {
			t.Errorf("%q: items %v, want %s 5", heading, got, want)
		}
	}
}

func TestStackedHeadingsShareABody(t *testing.T) {
	body := "<html><body><p><b>Item 2.02 Results of Operations and Financial Condition</b></p><p><b>Item 7.01 Regulation FD Disclosure</b></p><p>We earned.</p>" + clause
	want := []string{"2.02|Item 2.02 Results of Operations and Financial Condition|We earned.", "7.01|Item 7.01 Regulation FD Disclosure|We earned."}
	if diff := cmp.Diff(want, itemsOn(t, body, Header{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestItemsComeInDocumentOrder(t *testing.T) {
	body := "Item 9. Regulation FD Disclosure\n\n  We said.\n\nItem 7. Financial Statements and Exhibits\n\n  99 Release\n\nItem 12. Results of Operations and Financial Condition\n\n  We earned.\n" + textClause
	want := []string{"9|Item 9. Regulation FD Disclosure|We said.", "7|Item 7. Financial Statements and Exhibits|99 Release", "12|Item 12. Results of Operations and Financial Condition|We earned."}
	if diff := cmp.Diff(want, itemsOn(t, body, Header{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestTablesOfContentsAreNoHeadings(t *testing.T) {
	real := "<p><b>Item 1.01 Entry into a Material Definitive Agreement</b></p><p>We signed.</p><p><b>Item 9.01 Financial Statements and Exhibits</b></p><p>None.</p>" + clause
	want := []string{"1.01|Item 1.01 Entry into a Material Definitive Agreement|We signed.", "9.01|Item 9.01 Financial Statements and Exhibits|None."}
	for name, toc := range map[string]string{
		"wrapped":       "<pre>\nItem 1.01  Entry into a Material\n  Definitive Agreement ......... 2\nItem 9.01  Financial Statements and Exhibits     3\n</pre>",
		"with pages":    "<p>TABLE OF CONTENTS</p><table><tr><td>Item 1.01 Entry into a Material Definitive Agreement</td><td>2</td></tr><tr><td>Item 9.01 Financial Statements and Exhibits</td><td>3</td></tr><tr><td>SIGNATURES</td><td>4</td></tr></table>",
		"links":         "<p><a href='#a'>Item 1.01 Entry into a Material Definitive Agreement</a></p><p><a href='#b'>Item 9.01 Financial Statements and Exhibits</a></p><p><a href='#c'>SIGNATURES</a></p>",
		"number | text": "<table><tr><td>Item 1.01.</td><td>Entry into a Material Definitive Agreement</td><td>2</td></tr><tr><td>Item 9.01.</td><td>Financial Statements and Exhibits</td><td>3</td></tr></table>",
	} {
		if diff := cmp.Diff(want, itemsOn(t, "<html><body><p>FORM 8-K</p>"+toc+real, Header{})); diff != "" {
			t.Errorf("%s: items (-want +got):\n%s", name, diff)
		}
	}
}
