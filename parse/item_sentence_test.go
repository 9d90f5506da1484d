package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

func TestASentenceBehindAHeadingIsItsBody(t *testing.T) {
	const run = "On March 5, 2021, the Company did something."
	tests := []struct{ name, body, want string }{
		{"after a dash", "<p>Item 8.01 Other Events - " + run + "</p>", "8.01|Item 8.01 Other Events -|" + run},
		{"after the caption", "<p>Item 8.01 Other Events " + run + "</p>", "8.01|Item 8.01 Other Events|" + run},
		{"a name first", "<p>Item 8.01 Other Events Made Harbor Corp. moved its works.</p>", "8.01|Item 8.01 Other Events|Made Harbor Corp. moved its works."},
		{"words of the caption again", "<p>Item 2.02 Results of Operations and Financial Condition The results of operations are attached.</p>",
			"2.02|Item 2.02 Results of Operations and Financial Condition|The results of operations are attached."},
		{"after the number", "<p>Item 8.01. " + run + "</p>", "8.01|Item 8.01.|" + run},
		{"after a letter", "<p>Item 5.02(b). Mr. Oar resigned on March 5.</p>", "5.02|Item 5.02(b).|Mr. Oar resigned on March 5."},
		{"after a letter, long", "<p>Item 5.02 (b) On March 5, 2021, Mr. Oar, who has been with the company ever since it began, told the board of Made Harbor Corp. that he will resign at the end of the year to look after his boats.</p>",
			"5.02|Item 5.02 (b)|On March 5, 2021, Mr. Oar, who has been with the company ever since it began, told the board of Made Harbor Corp. that he will resign at the end of the year to look after his boats."},
		{"after emphasis", "<p><b>Item 8.01 Other Events</b> Works moved</p>", "8.01|Item 8.01 Other Events|Works moved"},
		{"a subject behind a dash", "<p>Item 8.01 Other Events - Merger that was announced.</p><p>We merged.</p>", "8.01|Item 8.01 Other Events - Merger that was announced.|We merged."},
		{"a subject in capitals", "<p>Item 8.01 Other Events The Annual Meeting</p><p>We met.</p>", "8.01|Item 8.01 Other Events The Annual Meeting|We met."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := itemsOn(t, "<html><body><p>FORM 8-K</p>"+tt.body+clause, Header{})
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAHeadingWithASentenceIsNotStackedOnTheNext(t *testing.T) {
	body := "<html><body><p><b>Item 7.01 Regulation FD Disclosure</b> We spoke.</p><p><b>Item 8.01 Other Events</b></p><p>We moved.</p>" + clause
	want := []string{"7.01|Item 7.01 Regulation FD Disclosure|We spoke.", "8.01|Item 8.01 Other Events|We moved."}
	if diff := cmp.Diff(want, itemsOn(t, body, Header{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestASentenceWithAHangingIndentIsNoCaption(t *testing.T) {
	body := "                FORM 8-K\n\nItem 5.     On March 5, 1998, the Company did\n            continued on this line.\n" + textClause
	want := []string{"5|Item 5.|On March 5, 1998, the Company did\ncontinued on this line."}
	if diff := cmp.Diff(want, itemsOn(t, body, Header{})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestReportsAfterTheChangeMayPrintNumbersOfBothSystems(t *testing.T) {
	tests := []struct {
		filed, body string
		want        []string
	}{
		{"2004-11-05", "<p>Item 5. Other Events</p><p>We moved.</p><p>Item 9.01 Financial Statements and Exhibits</p><p>None.</p>",
			[]string{"5|Item 5. Other Events|We moved.", "9.01|Item 9.01 Financial Statements and Exhibits|None."}},
		{"2005-02-01", "<p>Item 12. Results of Operations and Financial Condition</p><p>We earned.</p><p>Item 9.01 Financial Statements and Exhibits</p><p>None.</p>",
			[]string{"12|Item 12. Results of Operations and Financial Condition|We earned.", "9.01|Item 9.01 Financial Statements and Exhibits|None."}},
		{"2012-02-01", "<p>Item 8.01 Other Events</p><p>We moved.</p><p>Item 5. Other Events</p><p>We said before.</p>",
			[]string{"8.01|Item 8.01 Other Events|We moved.\nItem 5. Other Events\nWe said before."}},
	}
	for _, tt := range tests {
		filed, err := edgar.ParseDate(tt.filed)
		if err != nil {
			t.Fatal(err)
		}
		got := itemsOn(t, "<html><body><p>FORM 8-K</p>"+tt.body+clause, Header{Filed: filed})
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("filed %s: items (-want +got):\n%s", tt.filed, diff)
		}
	}
}

func TestSmallLettersInAHeaderMeanAnOldItem(t *testing.T) {
	filed, err := edgar.ParseDate("2004-08-23")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Other events":                         "5",
		"Other Events":                         "8.01",
		"OTHER EVENTS":                         "8.01",
		"Financial statements and exhibits":    "7",
		"Financial Statements and Exhibits":    "9.01",
		"Changes in control of registrant":     "1",
		"Material Impairments":                 "2.06",
		"Changes in Control of Registrant":     "5.01",
		"Acquisition or disposition of assets": "2",
	} {
		set := readHeaderSet(&Header{Filed: filed, Items: []HeaderItem{{Text: text}}})
		if diff := cmp.Diff([]string{want}, set.numbers); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
