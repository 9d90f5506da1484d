package parse

import (
	"strings"
	"testing"
)

func TestOddExhibitNumbersAreReadWithWhatFollows(t *testing.T) {
	tests := []struct{ text, number, rest string }{
		{"99.1", "99.1", ""},
		{"99.1 Press release", "99.1", "Press release"},
		{"*99.1* Press release", "99.1", "Press release"},
		{"Exhibit 99.1 – Press release", "99.1", "Press release"},
		{"EX-101.SCH Schema", "101.SCH", "Schema"},
		{"101.INS", "101.INS", ""},
		{"101 Data", "101", "Data"},
		{"99. 1 Press release", "99.1", "Press release"},
		{"99 .1", "99.1", ""},
		{"99,1", "99.1", ""},
		{"99.1-Press release", "99.1", "Press release"},
		{"99.1, Press release", "99.1", "Press release"},
		{"99.1Press release", "99.1", "Press release"},
		{"104COVER PAGE", "104", "COVER PAGE"},
		{"No. 99.1 Press release", "99.1", "Press release"},
		{"10.1-2 Lease", "10.1-2", "Lease"},
		{"10.16a Lease", "10.16a", "Lease"},
		{"99.A Letter", "99.A", "Letter"},
		{"(99) Press release", "99", "Press release"},
		{"3(a)(ii) Charter", "3(a)(ii)", "Charter"},
		{"(EX-20) Summary", "20", "Summary"},
		{"10.1 (2) Lease", "10.1", "Lease"},
	}
	for _, tt := range tests {
		ref, ok := readExhibitRef(tt.text)
		if !ok || ref.number != tt.number || ref.rest != tt.rest {
			t.Errorf("readExhibitRef(%q) = %q, %q, %t, want %q, %q", tt.text, ref.number, ref.rest, ok, tt.number, tt.rest)
		}
	}
}

func TestOtherFiguresAreNoExhibitNumbers(t *testing.T) {
	for _, text := range []string{
		"", "Exhibits", "601(b)(2)", "10-K", "8-K/A", "10% Debentures", "14,000 shares", "5/5/2011", "10:30 a.m.", "2011 Plan", "$10.1 million", "No. 33 Mill Street", "10.1mm", "37.1 Lease", "099.1", "10,1",
	} {
		if ref, ok := readExhibitRef(text); ok {
			t.Errorf("readExhibitRef(%q) = %q, want none", text, ref.number)
		}
	}
}

func TestSeveralNumbersBeforeOneDescriptionAreAllRead(t *testing.T) {
	tests := []struct{ text, numbers, rest string }{
		{"99.1 and 99.2 Press releases", "99.1 99.2", "Press releases"},
		{"99.1 & 99.2", "99.1 99.2", ""},
		{"Exhibits 10.1, 10.2 and 10.3: Leases", "10.1 10.2 10.3", "Leases"},
		{"Exhibits 99.1, 99.2, and 99.3, which are filed", "99.1 99.2 99.3", "which are filed"},
		{"Exhibit 99.1 and Exhibit 99.2 Slides", "99.1 99.2", "Slides"},
		{"99.1 - 99.3 Slides", "99.1 99.2 99.3", "Slides"},
		{"99.1-99.3", "99.1 99.2 99.3", ""},
		{"99.1 through 99.3", "99.1 99.2 99.3", ""},
		{"10.4 to 10.2", "", ""},
		{"10.1 - 12.5 Revenue", "", ""},
		{"99.1 Press release", "", ""},
		{"99.1", "", ""},
		{"99 and 100", "", ""},
		{"Press release", "", ""},
	}
	for _, tt := range tests {
		refs, rest := readNumbers(tt.text)
		var numbers []string
		for _, ref := range refs {
			numbers = append(numbers, ref.number)
		}
		if got := strings.Join(numbers, " "); got != tt.numbers || rest != tt.rest {
			t.Errorf("readNumbers(%q) = %q, %q, want %q, %q", tt.text, got, rest, tt.numbers, tt.rest)
		}
	}
}

func TestDescriptionsLoseWhatIsNoPartOfThem(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Press release", "Press release"},
		{"Press release.", "Press release."},
		{"Press release,", "Press release"},
		{"Press release; and", "Press release"},
		{"Press release, filed herewith", "Press release"},
		{"Press release, filed herewith.", "Press release"},
		{"Press release (furnished herewith)", "Press release"},
		{"Press release, is attached hereto,", "Press release"},
		{"Agreements filed herewith", "Agreements filed herewith"},
		{"Description: Press release", "Press release"},
		{"Press release . . . . . 4", "Press release"},
		{"Press release.... Page 4", "Press release"},
		{"Press release*", "Press release"},
		{"Lease of Nib, Inc.*", "Lease of Nib, Inc."},
		{"filed herewith", "filed herewith"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := cleanDescription(tt.text); got != tt.want {
			t.Errorf("cleanDescription(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}
