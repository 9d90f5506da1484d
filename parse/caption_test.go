package parse

import "testing"

func TestTitlesAreThoseOfTheirEra(t *testing.T) {
	for _, tt := range []struct {
		number string
		filed  int
		want   string
	}{
		{"2.02", 20110503, "Results of Operations and Financial Condition"},
		{"12", 20040202, "Results of Operations and Financial Condition"},
		{"5", 19980105, "Other Events"},
		{"5", 20010105, "Other Events and Regulation FD Disclosure"},
		{"9", 19971201, "Sales of Equity Securities Pursuant to Regulation S"},
		{"9", 20030401, "Regulation FD Disclosure"},
		{"6.10", 20150101, ""},
	} {
		if got := titleOf(tt.number, tt.filed); got != tt.want {
			t.Errorf("item %s filed %d: title %q, want %q", tt.number, tt.filed, got, tt.want)
		}
	}
}

func TestHeaderLinesNameItems(t *testing.T) {
	for _, tt := range []struct {
		line   string
		dotted bool
		want   string
	}{
		{"Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers: Compensatory Arrangements of Certain Officers", true, "5.02"},
		{"Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers", true, "5.02"},
		{"Mine Safety - Reporting of Shutdowns and Patterns of Violations", true, "1.04"},
		{"Cost Associated with Exit or Disposal Activities", true, "2.05"},
		{"Material Modifications to Rights of Security Holders", true, "3.03"},
		{"Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics", true, "5.05"},
		{"Amendments to the Registrant.s Code of Ethics", false, "10"},
		{"Regulation FD Disclosure", false, "9"},
		{"Regulation FD Disclosure", true, "7.01"},
		{"Other events", false, "5"},
		{"Changes in registrant's certifying accountant", false, "4"},
		{"Financial statements and exhibits", false, "7"},
		{"5", false, "5"},
		{"<ITEMS> 1.05", true, "1.05"},
		{"2.02", true, "2.02"},
		{"Item 57:", true, ""},
		{"", true, ""},
	} {
		if got := numberOf(tt.line, tt.dotted); got != tt.want {
			t.Errorf("%q: item %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestEveryTitleNamesItsItem(t *testing.T) {
	for i, c := range captions.all {
		dotted := len(c.number) > 2
		for _, w := range captions.wordings[i] {
			if got := numberOf(w.text, dotted); got != c.number {
				t.Errorf("%q: item %q, want %q", w.text, got, c.number)
			}
			if m := matchCaption(c.title+". And more", []string{c.number}); c.number != "13" && (m.score != 1 || m.end != len(c.title)) {
				t.Errorf("%q matches %.2f up to %d of %d", c.title, m.score, m.end, len(c.title))
			}
		}
	}
}

func TestAnItemHasTheTitleItHadLast(t *testing.T) {
	for number, want := range map[string]string{
		"2.02": "Results of Operations and Financial Condition", "5": "Other Events and Regulation FD Disclosure", "9": "Regulation FD Disclosure", "9.99": "", "": "",
	} {
		if got := ItemTitle(number); got != want {
			t.Errorf("item %q: got %q, want %q", number, got, want)
		}
	}
}

func TestACaptionGoesOnBehindAStopWhereItsNextWordFollows(t *testing.T) {
	for _, tt := range []struct{ number, text, want string }{
		{"5.02", "Departure of Directors or Certain Officers: Election of Directors: Appointment of Certain Officers: Compensatory Arrangements of Certain Officers. On May 1", "Departure of Directors or Certain Officers: Election of Directors: Appointment of Certain Officers: Compensatory Arrangements of Certain Officers"},
		{"5.02", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers. Officers of the Company", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers"},
		{"5.02", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers.\nCompensatory arrangements were made", "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers"},
		{"4.01", "Changes in Registrant's Certifying. Certifying accountants", "Changes in Registrant's Certifying"},
	} {
		if m := matchCaption(tt.text, []string{tt.number}); tt.text[:m.end] != tt.want {
			t.Errorf("%s %q\ngot caption %q\nwant        %q", tt.number, tt.text, tt.text[:m.end], tt.want)
		}
	}
}
