package parse

import (
	"testing"

	"example.com/edgard/edgar"
)

func TestNamesInOddOrderArePartedFromTitles(t *testing.T) {
	tests := []struct{ text, name, title string }{
		{"QUILL, ADA", "QUILL, ADA", ""},
		{"QUILL, ADA, President", "QUILL, ADA", "President"},
		{"Ada Quill, President", "Ada Quill", "President"},
		{"Bo Nib, Jr., M.D., Treasurer", "Bo Nib, Jr., M.D.", "Treasurer"},
		{"Ada Quill ————", "Ada Quill", ""},
		{"__Ada Quill__", "Ada Quill", ""},
	}
	for _, tt := range tests {
		if name, title := splitTitle(tt.text); name != tt.name || title != tt.title {
			t.Errorf("splitTitle(%q) = %q, %q, want %q, %q", tt.text, name, title, tt.name, tt.title)
		}
	}
}

func TestTitlesLoseTheWordsThatLeadToThem(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Its President", "President"},
		{"its: President", "President"},
		{"as President", "President"},
		{"As Attorney-in-Fact", "Attorney-in-Fact"},
		{"Assistant Secretary", "Assistant Secretary"},
		{"As agreed", "As agreed"},
		{"——— President ———", "President"},
		{"President,", "President"},
	}
	for _, tt := range tests {
		if got := cleanTitle(tt.text); got != tt.want {
			t.Errorf("cleanTitle(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestAnotherSpellingIsTheSameName(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"Ada B. Quill", "ADA B QUILL", true},
		{"A. B. Quill", "Ada B. Quill", true},
		{"Ada Quill", "Ada B. Quill", false},
		{"Ada B. Quill", "Ann B. Quill", false},
		{"Bo Nib", "Ada Quill", false},
	}
	for _, tt := range tests {
		if got := isSameName(tt.a, tt.b); got != tt.want {
			t.Errorf("isSameName(%q, %q) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestSuffixesStandAlone(t *testing.T) {
	for text, want := range map[string]bool{"Jr.": true, "M.D., Ph.D.": true, "III": true, "President": false, "Jr. Treasurer": false, "": false, ",": false} {
		if got := isSuffixes(text); got != want {
			t.Errorf("isSuffixes(%q) = %t, want %t", text, got, want)
		}
	}
}

func TestADateIsCutOffTheEndOfANameOrTitle(t *testing.T) {
	tests := []struct{ text, want, date string }{
		{"Ada B. Quill May 5, 2011", "Ada B. Quill", "2011-05-05"},
		{"Ada B. Quill\t5/5/2011", "Ada B. Quill", "2011-05-05"},
		{"Ada B. Quill, dated May 5, 2011", "Ada B. Quill", "2011-05-05"},
		{"President (May 5, 2011)", "President", "2011-05-05"},
		{"CFO, as of May 5, 2011", "CFO", "2011-05-05"},
		{"Ada B. Quill", "Ada B. Quill", ""},
		{"May 5, 2011", "May 5, 2011", ""},
		{"President since May 5, 2011 of Quill Works", "President since May 5, 2011 of Quill Works", ""},
	}
	for _, tt := range tests {
		var r signatureReader
		got, date := r.cutDate(tt.text), ""
		if d := r.dateOf(0); d != (edgar.Date{}) {
			date = d.String()
		}
		if got != tt.want || date != tt.date {
			t.Errorf("cutDate(%q) = %q, %q, want %q, %q", tt.text, got, date, tt.want, tt.date)
		}
	}
}
