package parse

import "testing"

func TestLabelsTellWhatAPieceIs(t *testing.T) {
	tests := []struct {
		text  string
		kind  labelKind
		value string
	}{
		{"By: /s/ Ada Quill", labelMark, "Ada Quill"},
		{"BY:/S/ADA QUILL", labelMark, "ADA QUILL"},
		{`By: \s\ Ada Quill`, labelMark, "Ada Quill"},
		{"/s/: Ada Quill", labelMark, "Ada Quill"},
		{"By: // Ada Quill", labelMark, "Ada Quill"},
		{"Signature: /s/ Ada Quill", labelMark, "Ada Quill"},
		{"(signed) Ada Quill", labelMark, "Ada Quill"},
		{"(Signed)", labelNone, "(Signed)"},
		{"(/s/) Ada Quill", labelMark, "Ada Quill"},
		{"By: [/s/ Ada Quill]", labelMark, "Ada Quill"},
		{"/s/ Ada Quill /S/", labelMark, "Ada Quill"},
		{"S/Ada Quill/S", labelMark, "Ada Quill"},
		{"/s/ ————", labelMark, ""},
		{"Print: Ada Quill", labelName, "Ada Quill"},
		{"Printed: Ada Quill", labelName, "Ada Quill"},
		{"Office: President", labelTitle, "President"},
		{"Date; May 5, 2011", labelDate, "May 5, 2011"},
		{"By:\t", labelBy, ""},
		{"By ______________", labelBy, ""},
		{"By Ada Quill", labelBy, "Ada Quill"},
		{"Name: Ada Quill", labelName, "Ada Quill"},
		{"Name:Ada Quill", labelName, "Ada Quill"},
		{"Printed Name: Ada Quill", labelName, "Ada Quill"},
		{"Name and Title: Ada Quill, President", labelName, "Ada Quill, President"},
		{"Title: President", labelTitle, "President"},
		{"Its: President", labelTitle, "President"},
		{"Its President", labelTitle, "President"},
		{"Date: May 5, 2011", labelDate, "May 5, 2011"},
		{"Dated May 5, 2011", labelDate, "May 5, 2011"},
		{"DATE:", labelDate, ""},
		{"Registrant: Quill Works, Inc.", labelCompany, "Quill Works, Inc."},
		{"Names of the directors", labelNone, "Names of the directors"},
		{"Titles", labelNone, "Titles"},
		{"Bypass Holdings", labelNone, "Bypass Holdings"},
		{"Date Systems, Inc.", labelNone, "Date Systems, Inc."},
		{"Quill Works, Inc.", labelNone, "Quill Works, Inc."},
		{"", labelNone, ""},
	}
	for _, tt := range tests {
		if kind, value := label(tt.text); kind != tt.kind || value != tt.value {
			t.Errorf("label(%q) = %d, %q, want %d, %q", tt.text, kind, value, tt.kind, tt.value)
		}
	}
}

func TestASecondLabelCutsALine(t *testing.T) {
	tests := []struct{ text, first, rest string }{
		{"Quill Works, Inc. By: /s/ Ada Quill", "Quill Works, Inc.", "By: /s/ Ada Quill"},
		{"By: /s/ Ada Quill Name: Ada B. Quill", "By: /s/ Ada Quill", "Name: Ada B. Quill"},
		{"Date: May 5, 2011 By: /s/ Ada Quill", "Date: May 5, 2011", "By: /s/ Ada Quill"},
		{"Ada Quill /s/ Bo Nib", "Ada Quill", "/s/ Bo Nib"},
		{"By: /s/ Ada Quill", "By: /s/ Ada Quill", ""},
		{"Title: Vice President and Director", "Title: Vice President and Director", ""},
		{"Stand by the river", "Stand by the river", ""},
	}
	for _, tt := range tests {
		if first, rest := cutSegment(tt.text); first != tt.first || rest != tt.rest {
			t.Errorf("cutSegment(%q) = %q, %q, want %q, %q", tt.text, first, rest, tt.first, tt.rest)
		}
	}
}

func TestCompaniesAreToldFromPeopleAndTitles(t *testing.T) {
	tests := []struct {
		text                   string
		company, title, person bool
	}{
		{"Quill Works, Inc.", true, false, true},
		{"QUILL WORKS, INC. (Registrant)", true, false, true},
		{"The Quill Company", true, false, true},
		{"Quill Auto Trust 2005-A", true, false, false},
		{"Quill Bank, National Association, as Trustee", true, true, true},
		{"Quill Realty LLC, its general partner", true, true, false},
		{"Quill & Co.", true, false, true},
		{"President, Quill Works, Inc.", false, true, true},
		{"General Counsel of Quill Works, Inc.", false, true, false},
		{"Executive Vice President", false, true, true},
		{"Ada B. Quill", false, false, true},
		{"Ludwig van der Nib", false, false, true},
		{"Nib", false, false, false},
		{"May 5, 2011", false, false, false},
		{"", false, false, false},
	}
	for _, tt := range tests {
		if got := isCompany(tt.text); got != tt.company {
			t.Errorf("isCompany(%q) = %v", tt.text, got)
		}
		if got := isTitle(tt.text); got != tt.title {
			t.Errorf("isTitle(%q) = %v", tt.text, got)
		}
		if got := isPerson(tt.text); tt.title == tt.company && got != tt.person {
			t.Errorf("isPerson(%q) = %v", tt.text, got)
		}
	}
}

func TestCaptionsAreNoValues(t *testing.T) {
	for _, text := range []string{"(Registrant)", "(Signature)*", "(Print Name and Title)", "Name", "(Name of registrant as specified in its charter)", "*Print name and title of the signing officer under his signature.", "(Date)"} {
		if !isCaption(text) {
			t.Errorf("%q is a caption", text)
		}
	}
	for _, text := range []string{"(Principal Financial Officer)", "(Duly Authorized Officer)", "Ada Quill", "Quill Works, Inc.", "President"} {
		if isCaption(text) {
			t.Errorf("%q is no caption", text)
		}
	}
}

func TestNamesArePartedFromTitles(t *testing.T) {
	tests := []struct{ text, name, title string }{
		{"Ada Quill", "Ada Quill", ""},
		{"Ada Quill, President", "Ada Quill", "President"},
		{"Ada Quill, Jr.", "Ada Quill, Jr.", ""},
		{"Ada Quill, Jr., President", "Ada Quill, Jr.", "President"},
		{"Ada Quill, Ph.D., J.D.", "Ada Quill, Ph.D., J.D.", ""},
		{"Ada Quill - President", "Ada Quill", "President"},
		{"Ada Quill/Authorized Signatory", "Ada Quill", "Authorized Signatory"},
		{"Ada Quill/Secretary, Quill Works", "Ada Quill", "Secretary, Quill Works"},
		{"Ada B. Quill Vice President", "Ada B. Quill", "Vice President"},
		{"Jean-Luc O'Nib", "Jean-Luc O'Nib", ""},
		{"*Ada Quill*", "Ada Quill", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if name, title := splitTitle(tt.text); name != tt.name || title != tt.title {
			t.Errorf("splitTitle(%q) = %q, %q, want %q, %q", tt.text, name, title, tt.name, tt.title)
		}
	}
}

func TestAPrintedNameIsLikeTheSignedOne(t *testing.T) {
	tests := []struct {
		text, signed, name, title string
		like                      bool
	}{
		{"Ada B. Quill", "A.B. Quill", "Ada B. Quill", "", true},
		{"Ada B. Quill", "ADA QUILL", "Ada B. Quill", "", true},
		{"Ada Quill President,", "Ada Quill", "Ada Quill", "President,", true},
		{"Bo Nib, Jr., Treasurer", "Bo Nib", "Bo Nib, Jr.", "Treasurer", true},
		{"Bo Nib", "Bo Nib, III", "Bo Nib", "", true},
		{"Zoë Müller-Nib", "Z. Müller-Nib", "Zoë Müller-Nib", "", true},
		{"Bo Nib", "Ada Quill", "", "", false},
		{"Quill Works, Inc.", "Ada Quill", "", "", false},
		{"President", "Ada Quill", "", "", false},
		{"", "", "", "", false},
	}
	for _, tt := range tests {
		name, title, like := splitLike(tt.text, tt.signed)
		if name != tt.name || title != tt.title || like != tt.like {
			t.Errorf("splitLike(%q, %q) = %q, %q, %v, want %q, %q, %v", tt.text, tt.signed, name, title, like, tt.name, tt.title, tt.like)
		}
	}
}
