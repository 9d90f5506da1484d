package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

func TestBodiesEndWhereTheReportDoes(t *testing.T) {
	head := "<html><body><p>Made Harbor Corp.</p><p><b>Item 8.01 Other Events</b></p><p>We moved.</p>"
	for name, tail := range map[string]string{
		"signature heading and clause": clause,
		"clause alone":                 "<p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed.</p>",
		"other clause":                 "<p>In accordance with Section 13 of the Exchange Act, the registrant has duly\ncaused this report to be signed on its behalf.</p>",
		"heading alone":                "<p>S I G N A T U R E</p><p>Ada Quill</p>",
		"mark alone":                   "<p>By: /s/ Ada Quill</p>",
		"backslashes":                  `<p>\s\ Ada Quill</p>`,
		"page number before":           "<p>2</p><hr><p>SIGNATURES</p><p>Pursuant to the requirements of the Securities Exchange Act, duly caused this report to be signed</p>",
		"page number with dashes":      "<p>- 2 -</p>" + clause,
		"page of pages":                "<p>Page 2 of 4</p>" + clause,
		"blank page":                   "<p>[Remainder of page intentionally left blank]</p>" + clause,
		"signature page follows":       "<p>(Signature page follows)</p>" + clause,
		"stars":                        "<p>* * * * *</p>" + clause,
		"blank page, other words":      "<p>Remainder of page left blank intentionally</p>" + clause,
		"signature page named":         "<p>[Signature Page to Form 8-K]</p>" + clause,
		"pages of pages":               "<p>PAGE 2 OF 4 PAGES</p>" + clause,
		"where the index stands":       "<p>Exhibit Index on Page 4</p>" + clause,
		"number in brackets":           "<p>[2]</p><hr>" + clause,
		"number in round brackets":     "<p>(2)</p>" + clause,
		"roman number":                 "<p>ii</p>" + clause,
		"form at the foot":             "<p>8-K</p><p>FORM 8-K</p>" + clause,
		"end mark of a release":        "<p># # #</p>" + clause,
		"contents without a link":      "<p>Table of Contents</p>" + clause,
		"head of the next page":        "<p>2</p><hr><p>MADE HARBOR CORP.</p><p>Form 8-K</p>" + clause,
		"link to the contents":         "<p><a href='#toc'>Table of Contents</a></p>" + clause,
		"page break before the clause": "<p>SIGNATURES</p><hr><p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed</p>",
		"written page mark":            "<p>&lt;PAGE&gt;</p>" + clause,
		"end of the document":          "",
		"index without a signature":    "<p>EXHIBIT INDEX</p><p>99.1 Release</p>",
	} {
		got := itemsOn(t, head+tail, Header{})
		if diff := cmp.Diff([]string{"8.01|Item 8.01 Other Events|We moved."}, got); diff != "" {
			t.Errorf("%s: items (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatSaysSomethingStaysAtTheEndOfABody(t *testing.T) {
	for _, line := range []string{"Made Harbor Corp.", "See the Exhibit Index", "(a)", "We filed a Form 8-K", "(2) see above", "The signature page to the agreement is attached and so is the whole agreement."} {
		got := itemsOn(t, "<html><body><p>Made Harbor Corp.</p><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><p>"+line+"</p>"+clause, Header{})
		if diff := cmp.Diff([]string{"8.01|Item 8.01 Other Events|We moved.\n" + line}, got); diff != "" {
			t.Errorf("items (-want +got):\n%s", diff)
		}
	}
}

func TestAPastedContractDoesNotEndAnItem(t *testing.T) {
	body := "<html><body><p><b>Item 1.01 Entry into a Material Definitive Agreement</b></p><p>We signed.</p><p>IN WITNESS WHEREOF each party has duly caused this Agreement to be signed.</p><p>By: /s/ Ben Oar</p><p>It is binding.</p>" + clause
	got := itemsOn(t, body, Header{})
	if len(got) != 1 || !strings.HasSuffix(got[0], "It is binding.") {
		t.Errorf("items %q, want 1.01 up to \"It is binding.\"", got)
	}
}

func TestNothingAfterTheSignatureIsAnItem(t *testing.T) {
	body := "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved.</p>" + clause + "<p>Exhibit 10.1</p><p><b>Item 1.01 Entry into a Material Definitive Agreement</b></p><p>8.01 Other Events</p>"
	if diff := cmp.Diff([]string{"8.01|Item 8.01 Other Events|We moved."}, itemsOn(t, body, Header{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestPageFurnitureInsideABodyIsLeftOut(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"page number in mid-sentence", "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved to a</p><p>2</p><hr><p>better place.</p>" + clause, "We moved to a better place."},
		{"running header", "<html><body><hr><p>MADE HARBOR CORP.</p><p>FORM 8-K</p><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><p>2</p><hr><p>MADE HARBOR CORP.</p><p>FORM 8-K</p><p>We like it.</p>" + clause, "We moved.\nWe like it."},
		{"footer", "<html><body><p>NY2-99901</p><p>1</p><hr><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><p>NY2-99901</p><p>F-2</p><hr><p>We like it.</p><p>NY2-99901</p><p>iii</p><hr>" + clause, "We moved.\nWe like it."},
		{"the first running header", "<html><body><p>FORM 8-K</p><p>MADE HARBOR CORP.</p>" + strings.Repeat("<p>A line of the cover</p>", 12) + "<p><b>Item 8.01 Other Events</b></p><p>We moved to a</p><p>2</p><hr><p>Made Harbor Corp.</p><p>Form 8-K</p><p>better place.</p>" + clause, "We moved to a better place."},
		{"continued", "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><hr><p><b>Item 8.01 Other Events (continued)</b></p><p>We like it.</p>" + clause, "We moved.\nWe like it."},
		{"plain", "Item 5. Other Events\n\n   We moved the whole of our works from one end of the harbor to\n\n                                  -2-\n<PAGE>\nthe other.\n" + textClause, "We moved the whole of our works from one end of the harbor to the other."},
		{"table kept", "<html><body><p><b>Item 8.01 Other Events</b></p><table><tr><td>2</td><td>$</td><td>1,000</td></tr><tr><td>Sum</td><td></td><td>7</td></tr></table><p>So it was.</p>" + clause, "2\t$\t1,000\nSum\t7\nSo it was."},
		{"list number kept", "<html><body><p><b>Item 8.01 Other Events</b></p><p>3.</p><p>We moved.</p>" + clause, "3.\nWe moved."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := flatten([]byte(tt.body), false)
			items, _ := readItems(p, &Header{}, 0)
			if len(items) != 1 || items[0].Text != tt.want {
				t.Errorf("items %+v, want one with the text %q", items, tt.want)
			}
		})
	}
}

func TestHeaderAndPageAreCompared(t *testing.T) {
	body := "<html><body><p><b>Item 8.01 Other Events</b></p><p>We moved.</p><p><b>Item 8.01 Other Events</b></p><p>We like it.</p><p><b>Item 5.01 Departure of Directors or Certain Officers</b></p><p>She left.</p>" + clause
	filed, err := edgar.ParseDate("2011-05-03")
	if err != nil {
		t.Fatal(err)
	}
	h := Header{Filed: filed, Items: []HeaderItem{{Text: "Other Events"}, {Number: "9.01"}, {Text: "Item 57:"}}}
	p := flatten([]byte(body), false)
	items, warnings := readItems(p, &h, 0)
	var sources []string
	for _, it := range items {
		sources = append(sources, it.Number+" "+string(it.Source))
	}
	if diff := cmp.Diff([]string{"8.01 both", "8.01 both", "5.01 body", "9.01 header"}, sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	want := []Warning{
		{CodeItemMissingInHeader, "5.01"}, {CodeItemRepeated, "8.01"}, {CodeItemMissingInBody, "9.01"},
		{CodeItemUnknown, "Item 57:"}, {CodeItemCaption, "5.01"},
	}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestAReportWithoutAnyItemSaysSo(t *testing.T) {
	items, warnings := readItems(flatten([]byte("FORM 8-K\n\nNothing."), false), &Header{}, 0)
	if items == nil || len(items) != 0 || len(warnings) != 1 || warnings[0].Code != CodeNoItems {
		t.Errorf("items %v, warnings %v, want an empty list and %s", items, warnings, CodeNoItems)
	}
}

func TestTheSystemIsToldByTheShapeOfNumbers(t *testing.T) {
	old, dotted := "Item 5. Other Events\n\n  We moved.\n", "Item 8.01 Other Events\n\n  We moved.\n"
	for _, tt := range []struct{ body, filed, want string }{
		{old, "2004-08-23", "5"},
		{dotted, "2004-08-23", "8.01"},
		{old + "\nItem 8.01 of a later form is meant.\n", "1999-01-04", "5"},
		{dotted + "\nItem 7. Management's Discussion\n", "2011-05-03", "8.01"},
	} {
		filed, err := edgar.ParseDate(tt.filed)
		if err != nil {
			t.Fatal(err)
		}
		items, _ := readItems(flatten([]byte(tt.body+textClause), false), &Header{Filed: filed}, 0)
		if len(items) != 1 || items[0].Number != tt.want {
			t.Errorf("filed %s: items %v, want %s alone", tt.filed, items, tt.want)
		}
	}
}

func TestExhibitsThatATextRefersTo(t *testing.T) {
	for text, want := range map[string]string{
		"attached as Exhibit 99.1 and Exhibit 99.2, see Exhibit 99.1":                                       "99.1 99.2",
		"Exhibits 10.1, 10.2 and 99":                                                                        "10.1 10.2 99",
		"Exhibit No. 2.1 hereto":                                                                            "2.1",
		"Exhibit 10.16a and Exhibit 3(b) and exhibit 99.4(a).":                                              "10.16a 3(b) 99.4(a)",
		"the exhibit to this report; EXHIBIT A":                                                             "",
		"EXHIBIT 99.1 and Exhibit 2.1.1 hereto":                                                             "99.1 2.1.1",
		"Exhibit 10.1, which amends the one previously filed as Exhibit 10.7 to our Form 10-K":              "10.1",
		"incorporated by reference to Exhibits 3.1 and 3.2 to the Current Report of May 3; see Exhibit 3.4": "3.4",
		"Exhibit 4.1 to the Registration Statement, and Exhibit 4.2 to this report":                         "4.2",
		"Exhibit 99.1 to the Current Report":                                                                "99.1",
	} {
		if got := strings.Join(exhibitsIn(text), " "); got != want {
			t.Errorf("%q refers to %q, want %q", text, got, want)
		}
	}
}

func TestAnItemOfExhibitsHoldsWhatItsListSays(t *testing.T) {
	text := "(d) EXHIBITS\n*2.1.1\tPlan (incorporated by reference to Exhibit 2.7 to our Form S-4)\n99\nPress release\n10.1*\tLease, see Exhibit 4.1\n(99.2) Talk\n99.3. Letter. 99.4 Script, as in Exhibit 99.6 Part one\n3(a)(ii)\tCharter\n104\tCover page\n(1) Filed herewith\n2. Ships"
	want := []string{"2.1.1", "99", "10.1", "99.2", "99.3", "99.4", "3(a)(ii)", "104", "4.1", "99.6"}
	if diff := cmp.Diff(want, listedIn(exhibitsIn(text), text)); diff != "" {
		t.Errorf("exhibits (-want +got):\n%s", diff)
	}
}
