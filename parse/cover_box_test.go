package parse

import (
	"fmt"
	"testing"
)

// boxTexts are the words of the four boxes.
var boxTexts = [4]string{
	"Written communications pursuant to Rule 425 under the Securities Act (17 CFR 230.425)",
	"Soliciting material pursuant to Rule 14a-12 under the Exchange Act (17 CFR 240.14a-12)",
	"Pre-commencement communications pursuant to Rule 14d-2(b) under the Exchange Act (17 CFR 240.14d-2(b))",
	"Pre-commencement communications pursuant to Rule 13e-4(c) under the Exchange Act (17 CFR 240.13e-4(c))",
}

// withBoxes is a cover with four boxes printed by the formats, which have a %s
// for their words.
func withBoxes(formats ...string) string {
	boxes := "<p>Check the appropriate box below if the Form 8-K filing is intended to simultaneously satisfy the filing obligation of the registrant under any of the following provisions (see General Instruction A.2. below):</p>"
	for i, text := range boxTexts {
		boxes += fmt.Sprintf(formats[min(i, len(formats)-1)], text)
	}
	return withCover(boxes)
}

// boxes returns the four boxes as x, o, or - where absent.
func boxes(c *Cover) (s string) {
	for _, b := range []*bool{c.WrittenCommunications, c.SolicitingMaterial, c.PreCommencementTenderOffer, c.PreCommencementIssuerTenderOffer} {
		switch {
		case b == nil:
			s += "-"
		case *b:
			s += "x"
		default:
			s += "o"
		}
	}
	return s
}

func TestCoverBoxesInEveryPrintedForm(t *testing.T) {
	tests := []struct{ name, blank, marked string }{
		{"drawn", "<p>&#9744; %s</p>", "<p>&#9746; %s</p>"},
		{"drawn with a tick", "<p>&#x2610;%s</p>", "<p>&#x2611;%s</p>"},
		{"in brackets", "<p>[ ] %s</p>", "<p>[X] %s</p>"},
		{"in brackets without blanks", "<p>[]%s</p>", "<p>[x]%s</p>"},
		{"in wide brackets", "<p>[&nbsp;&nbsp;&nbsp;]&nbsp;&nbsp;&nbsp;&nbsp;%s</p>", "<p>[&nbsp;X&nbsp;]&nbsp;&nbsp;&nbsp;&nbsp;%s</p>"},
		{"in brackets with a line", "<p>[_] %s</p>", "<p>[_X_] %s</p>"},
		{"in brackets with a slash", "<p>[ / ] %s</p>", "<p>[ X ] %s</p>"},
		{"in round brackets", "<p>( ) %s</p>", "<p>(X) %s</p>"},
		{"between bars", "<p>|_| %s</p>", "<p>|X| %s</p>"},
		{"between slashes", "<p>/ / %s</p>", "<p>/X/ %s</p>"},
		{"blank to write on", "<p>___ %s</p>", "<p>_X_ %s</p>"},
		{"blank underlined cell", "<table><tr><td><u>&nbsp;&nbsp;&nbsp;</u></td><td>%s</td></tr></table>", "<table><tr><td><u>&nbsp;X&nbsp;</u></td><td>%s</td></tr></table>"},
		{"lost font: o", "<p>o %s</p>", "<p>x %s</p>"},
		{"lost font: diaeresis and thorn", "<p>&#168; %s</p>", "<p>&#254; %s</p>"},
		{"lost font: diaeresis and y acute", "<p>¨ %s</p>", "<p>ý %s</p>"},
		{"Wingdings", `<p><font face="Wingdings">o</font> %s</p>`, `<p><font face="Wingdings">x</font> %s</p>`},
		{"Wingdings, other letters", `<p><font style="font-family:Wingdings">&#168;</font> %s</p>`, `<p><font style="font-family:Wingdings">&#254;</font> %s</p>`},
		{"Wingdings 2", `<p><font face="Wingdings 2">&#163;</font> %s</p>`, `<p><font face="Wingdings 2">R</font> %s</p>`},
		{"Wingdings 3 letters p and q", `<p><font face="Wingdings">q</font> %s</p>`, `<p><font face="Wingdings">&#253;</font> %s</p>`},
		{"private use", "<p>&#61551; %s</p>", "<p>&#61560; %s</p>"},
		{"WordPerfect", `<p><font face="WP TypographicSymbols">o</font> %s</p>`, `<p><font face="WP TypographicSymbols">x</font> %s</p>`},
		{"in a cell", "<table><tr><td>☐</td><td>&nbsp;</td><td>%s</td></tr></table>", "<table><tr><td>☒</td><td>&nbsp;</td><td>%s</td></tr></table>"},
		{"in a paragraph of its own", "<p>☐</p><p>%s</p>", "<p>☒</p><p>%s</p>"},
		{"behind the words", "<p>%s ☐</p>", "<p>%s ☒</p>"},
		{"behind the words, in a cell", "<table><tr><td>%s</td><td>[ ]</td></tr></table>", "<table><tr><td>%s</td><td>[X]</td></tr></table>"},
		{"Yes and No", "<table><tr><td>%s</td><td>Yes ☐</td><td>No ☒</td></tr></table>", "<table><tr><td>%s</td><td>Yes ☒</td><td>No ☐</td></tr></table>"},
		{"nothing at all", "<p>%s</p>", "<p>☒ %s</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, c := range []struct {
				want    string
				formats []string
			}{
				{"oooo", []string{tt.blank}},
				{"xooo", []string{tt.marked, tt.blank}},
				{"oxoo", []string{tt.blank, tt.marked, tt.blank}},
				{"ooxx", []string{tt.blank, tt.blank, tt.marked, tt.marked}},
			} {
				if got := boxes(readMadeCover(t, withBoxes(c.formats...))); got != c.want {
					t.Errorf("boxes: got %s, want %s", got, c.want)
				}
			}
		})
	}
}

func TestCoverBoxesOfPlainText(t *testing.T) {
	body := `
                               GADGET WORKS, INC.
             (Exact name of registrant as specified in its charter)

         Check the appropriate box below if the Form 8-K is intended to
simultaneously satisfy the filing obligation of the registrant under any of the
following provisions (see General Instruction A.2 below): N/A

|_|  Written communications pursuant to Rule 425 under the Securities Act
|_|  Soliciting material pursuant to Rule 14a-12 under the Exchange Act
|X|  Pre-commencement communications pursuant to Rule 14d-2(b) under the
     Exchange Act
|_|  Pre-commencement communications pursuant to Rule
     13e-4(c) under the Exchange Act

ITEM 2.02. RESULTS
`
	c := readMadeCover(t, body)
	if got, want := boxes(c), "ooxo"; got != want {
		t.Errorf("boxes: got %s, want %s", got, want)
	}
	if c.FormerName != "" || c.EmergingGrowthCompany != nil {
		t.Errorf("got former name %q and emerging growth box %v, want neither", c.FormerName, c.EmergingGrowthCompany)
	}
}

func TestCoverBoxesThatAreNotPrintedAreAbsent(t *testing.T) {
	c := readMadeCover(t, withCover("<p>(937) 555-0100</p>"))
	if got, want := boxes(c), "----"; got != want {
		t.Errorf("boxes: got %s, want %s", got, want)
	}
	if c.EmergingGrowthCompany != nil {
		t.Errorf("emerging growth box: got %t, want none", *c.EmergingGrowthCompany)
	}
}

func TestCoverEmergingGrowthBox(t *testing.T) {
	const (
		sentence = "Indicate by check mark whether the registrant is an emerging growth company as defined in Rule 405 of the Securities Act of 1933 (&sect;230.405 of this chapter) or Rule 12b-2 of the Securities Exchange Act of 1934 (&sect;240.12b-2 of this chapter)."
		second   = "If an emerging growth company, indicate by check mark if the registrant has elected not to use the extended transition period for complying with any new or revised financial accounting standards provided pursuant to Section 13(a) of the Exchange Act."
	)
	tests := []struct {
		name, lines string
		want        bool
	}{
		{"after its words", "<p>" + sentence + "</p><p>Emerging growth company ☐</p><p>" + second + " ☒</p>", false},
		{"after its words, checked", "<p>" + sentence + "</p><p>Emerging growth company ☒</p><p>" + second + " ☐</p>", true},
		{"before its words", "<p>" + sentence + "</p><p>☐ Emerging growth company</p><p>☒ " + second + "</p>", false},
		{"before its words, checked", "<p>" + sentence + "</p><p>☒ Emerging growth company</p><p>☐ " + second + "</p>", true},
		{"before its words, in cells", "<p>" + sentence + "</p><table><tr><td>[X]</td><td>Emerging growth company</td></tr><tr><td>[ ]</td><td>" + second + "</td></tr></table>", true},
		{"in a cell", "<p>" + sentence + "</p><table><tr><td>Emerging growth company</td><td></td><td>☐</td></tr></table><p>" + second + " ☒</p>", false},
		{"in a cell, checked", "<p>" + sentence + "</p><table><tr><td>Emerging growth company</td><td></td><td>☒</td></tr></table><p>" + second + " ☐</p>", true},
		{"behind the sentence", "<p>" + sentence + " ☐</p><p>" + second + " ☒</p>", false},
		{"behind the sentence, checked", "<p>" + sentence + " ☒</p><p>" + second + " ☐</p>", true},
		{"Yes and No", "<p>" + sentence + "</p><p>Emerging growth company Yes ☐ No ☒</p><p>" + second + " ☐</p>", false},
		{"Yes and No, checked", "<p>" + sentence + "</p><p>Emerging growth company Yes ☒ No ☐</p><p>" + second + " ☐</p>", true},
		{"boxes before Yes and No", "<p>" + sentence + "</p><p>Emerging growth company ☒ Yes ☐ No</p><p>" + second + " ☐</p>", true},
		{"typed Yes and No", "<p>" + sentence + "</p><p>Yes [ ] No [X]</p><p>" + second + " [ ]</p>", false},
		{"lost font", "<p>" + sentence + "</p><p>Emerging growth company o</p><p>" + second + " o</p>", false},
		{"lost font, checked", "<p>" + sentence + "</p><p>Emerging growth company x</p><p>" + second + " o</p>", true},
		{"Wingdings", `<p>` + sentence + `</p><p>Emerging growth company <font face="Wingdings">&#254;</font></p>`, true},
		{"colon", "<p>" + sentence + "</p><p>Emerging Growth Company: [ ]</p>", false},
		{"blank to write on", "<p>" + sentence + "</p><p>Emerging growth company ____</p>", false},
		{"left blank", "<p>" + sentence + "</p><p>Emerging growth company</p><p>" + second + "</p>", false},
		{"second box alone on its line", "<p>" + sentence + "</p><p>☐ Emerging growth company</p><p>" + second + "</p><p>☒</p>", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := readMadeCover(t, withCover(tt.lines))
			if c.EmergingGrowthCompany == nil || *c.EmergingGrowthCompany != tt.want {
				t.Errorf("emerging growth box: got %v, want %t", deref(c.EmergingGrowthCompany), tt.want)
			}
			if got := boxes(c); got != "----" {
				t.Errorf("other boxes: got %s, want none", got)
			}
		})
	}
}

func deref(b *bool) string {
	if b == nil {
		return "none"
	}
	return fmt.Sprint(*b)
}

func TestLastMark(t *testing.T) {
	for in, want := range map[string]mark{
		"☐": unchecked, "☒ ": checked, "[ ]": unchecked, "[X]": checked, "[√]": checked, "( )": unchecked, "|_|": unchecked, "/x/": checked, "__": unchecked, "_X_": checked,
		"below):": noMark, "(17 CFR 230.425)": noMark, "Act o": unchecked, "Photo": noMark, "": noMark, "N/A": noMark, "{ }": unchecked, "(b)": noMark, "□": unchecked, "■": checked, "]": noMark, "▣": checked, "●": checked, "⊠": checked,
	} {
		if got := lastMark(in); got != want {
			t.Errorf("lastMark(%q) = %d, want %d", in, got, want)
		}
	}
}
