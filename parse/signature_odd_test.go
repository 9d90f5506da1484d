package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSignaturesPrintedOddlyAreRead(t *testing.T) {
	const (
		ada    = "Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|2011-05-05"
		head   = "<p>Quill Works, Inc.</p><p>Date: May 5, 2011</p>"
		signed = head + "<p>By: /s/ Ada B. Quill</p>"
	)
	tests := []struct {
		name, body string
		want       []string
	}{
		{"conformed without a mark, name again below", head + "<p>By: Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"conformed without a mark, name again with the title", head + "<p>By: Ada B. Quill</p><p>Ada B. Quill, Chief Executive Officer</p>", []string{ada}},
		{"s and one slash", head + "<p>By: s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"slash and s", head + "<p>By: /s Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"signed in brackets", head + "<p>By: (signed) Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"signed in brackets without By", head + "<p>(Signed) Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"mark on both sides", head + "<p>/S/ Ada B. Quill /S/</p><p>Chief Executive Officer</p>", []string{ada}},
		{"mark on both sides, name below", head + "<p>By: /s/ Ada B. Quill /s/</p><p>Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"date behind the name", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill May 5, 2011</p><p>Chief Executive Officer</p>", []string{ada}},
		{"date behind the name and a wide gap", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;5/5/2011</p><p>Chief Executive Officer</p>", []string{ada}},
		{"date behind the title", "<p>Quill Works, Inc.</p><p>/s/ Ada B. Quill</p><p>Ada B. Quill, Chief Executive Officer, May 5, 2011</p>", []string{ada}},
		{"print label", signed + "<p>Print: Ada B. Quill</p><p>Title: Chief Executive Officer</p>", []string{ada}},
		{"its label", signed + "<p>Its: Chief Executive Officer</p>", []string{ada}},
		{"its label after the name", signed + "<p>Ada B. Quill</p><p>Its Chief Executive Officer</p>", []string{ada}},
		{"its label on the line of the name", signed + "<p>Ada B. Quill, Its Chief Executive Officer</p>", []string{ada}},
		{"as before the title", signed + "<p>Ada B. Quill</p><p>as Chief Executive Officer</p>", []string{ada}},
		{"as after the name", signed + "<p>Ada B. Quill, as Chief Executive Officer</p>", []string{ada}},
		{"suffix again below", head + "<p>/s/ Bo Nib, Jr., M.D., Ph.D.</p><p>Bo Nib, Jr., M.D., Ph.D.</p><p>Treasurer</p>", []string{"Quill Works, Inc.|Bo Nib, Jr., M.D., Ph.D.|Treasurer|2011-05-05"}},
		{"degree signed without comma", head + "<p>/s/ Bo Nib MD</p><p>Bo Nib, M.D.</p><p>Treasurer</p>", []string{"Quill Works, Inc.|Bo Nib, M.D.|Treasurer|2011-05-05"}},
		{"degree on a line of its own", head + "<p>/s/ Bo Nib</p><p>Bo Nib,</p><p>Ph.D.</p><p>Treasurer</p>", []string{"Quill Works, Inc.|Bo Nib, Ph.D.|Treasurer|2011-05-05"}},
		{"degrees that stand apart", head + "<p>/s/ Bo Nib, Jr.</p><p>Jr.</p><p>Treasurer</p>", []string{"Quill Works, Inc.|Bo Nib, Jr.|Treasurer|2011-05-05"}},
		{"rule of dashes of type", signed + "<p>————————</p><p>Ada B. Quill</p><p>––––––––</p><p>Chief Executive Officer</p>", []string{ada}},
		{"rule of box characters", signed + "<p>────────</p><p>Ada B. Quill</p><p>¯¯¯¯¯¯</p><p>Chief Executive Officer</p>", []string{ada}},
		{"rule of bars and dashes", signed + "<p>━━━━━━</p><p>Ada B. Quill</p><p>‾‾‾‾‾ ‗‗‗‗</p><p>Chief Executive Officer</p>", []string{ada}},
		{"rule behind the name", head + "<p>By: /s/ Ada B. Quill ————</p><p>Chief Executive Officer</p>", []string{ada}},
		{"month misspelt", "<p>Quill Works, Inc.</p><p>Date: Feburary 4, 2011</p><p>/s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|2011-02-04"}},
		{"letter for a figure", "<p>Quill Works, Inc.</p><p>Date: March 7, l997</p><p>/s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|1997-03-07"}},
		{"two dates on the line", "<p>Quill Works, Inc.</p><p>Date: March 7, 1997 (March 4, 1997)</p><p>/s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|1997-03-07"}},
		{"two dates without a label", "<p>Quill Works, Inc.</p><p>March 7, 1997 (March 4, 1997)</p><p>/s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer|1997-03-07"}},
		{"page and link between clause and company", "<p>3</p><p><a href='#toc'>Table of Contents</a></p><hr>" + signed + "<p>Chief Executive Officer</p>", []string{ada}},
		{"last name first", head + "<p>By: QUILL, ADA</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|QUILL, ADA|Chief Executive Officer|2011-05-05"}},
		{"slash behind the name", head + "<p>By: /s/Ada B. Quill/</p><p>Chief Executive Officer</p>", []string{ada}},
		{"half a mark behind the name", head + "<p>By: S/Ada B. Quill/S</p><p>Chief Executive Officer</p>", []string{ada}},
		{"mark in quotes", head + "<p>By: \"/s/ Ada B. Quill\"</p><p>Chief Executive Officer</p>", []string{ada}},
		{"name in brackets", head + "<p>By: [/s/ Ada B. Quill]</p><p>Chief Executive Officer</p>", []string{ada}},
		{"mark in brackets", head + "<p>By: (/s/) Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"s in brackets", head + "<p>By: (s) Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"dash after the label", "<p>Quill Works, Inc.</p><p>Date - May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"semicolon after the label", "<p>Quill Works, Inc.</p><p>Date; May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"dated as of", "<p>Quill Works, Inc.</p><p>Dated as of: May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"day before month", "<p>Quill Works, Inc.</p><p>05 May 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"day, month and year joined", "<p>Quill Works, Inc.</p><p>5-May-2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"no comma in the date", "<p>Quill Works, Inc.</p><p>May 5 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"full stop in the date", "<p>Quill Works, Inc.</p><p>May 5. 2011</p><p>By: /s/ Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"label that says signed", head + "<p>Signed: Ada B. Quill</p><p>Chief Executive Officer</p>", []string{ada}},
		{"no mark, title on the line", head + "<p>By: Ada B. Quill, Chief Executive Officer</p>", []string{ada}},
		{"name with a label and again", head + "<p>By: /s/ Ada B. Quill</p><p>Name: Ada B. Quill</p><p>Ada B. Quill</p><p>Title: Chief Executive Officer</p>", []string{ada}},
		{"form of address", head + "<p>By: /s/ Ada B. Quill</p><p>Mrs. Ada B. Quill</p><p>Chief Executive Officer</p>", []string{"Quill Works, Inc.|Mrs. Ada B. Quill|Chief Executive Officer|2011-05-05"}},
		{"duly authorized officer", head + "<p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>Duly Authorized Officer</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer Duly Authorized Officer|2011-05-05"}},
		{"on behalf of the registrant", head + "<p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>Chief Executive Officer</p><p>(On behalf of the Registrant)</p>", []string{"Quill Works, Inc.|Ada B. Quill|Chief Executive Officer (On behalf of the Registrant)|2011-05-05"}},
		{"labels in capitals", head + "<p>By: /s/ Ada B. Quill</p><p>PRINT NAME: Ada B. Quill</p><p>ITS: Chief Executive Officer</p>", []string{ada}},
		{"printed and office", head + "<p>By: /s/ Ada B. Quill</p><p>Printed: Ada B. Quill</p><p>Office: Chief Executive Officer</p>", []string{ada}},
		{"rule in a table", "<table><tr><td>Quill Works, Inc.</td></tr><tr><td>Date: May 5, 2011</td><td>By:</td><td>/s/ Ada B. Quill</td></tr><tr><td></td><td></td><td>—————</td></tr><tr><td></td><td></td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Chief Executive Officer</td></tr></table>", []string{ada}},
		{"table without a mark, name again", "<table><tr><td>Quill Works, Inc.</td></tr><tr><td>Date: May 5, 2011</td><td>By:</td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Chief Executive Officer</td></tr></table>", []string{ada}},
		{"table without a mark, name again in full", "<table><tr><td>Quill Works, Inc.</td></tr><tr><td>Date: May 5, 2011</td><td>By:</td><td>A. B. Quill</td></tr><tr><td></td><td></td><td>Ada B. Quill</td></tr><tr><td></td><td></td><td>Chief Executive Officer</td></tr></table>", []string{ada}},
		{"degrees printed only", head + "<p>/s/ Bo Nib</p><p>Bo Nib, M.D., Ph.D.</p><p>Treasurer</p>", []string{"Quill Works, Inc.|Bo Nib, M.D., Ph.D.|Treasurer|2011-05-05"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, signersOn(t, beforeSignature+tt.body)); diff != "" {
				t.Errorf("signers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSignaturesOfPlainTextPrintedOddlyAreRead(t *testing.T) {
	const ada = "QUILL WORKS, INC.|Ada B. Quill|Vice President and Treasurer|1997-05-05"
	const head = "                    QUILL WORKS, INC.\n\nDate: May 5, 1997\n\n"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"conformed, rule, name", head + "                    By:   Ada B. Quill\n                          -------------------\n                          Ada B. Quill\n                          Vice President and Treasurer\n", []string{ada}},
		{"marks on both sides", head + "                    By:   /S/ Ada B. Quill /S/\n                          Vice President and Treasurer\n", []string{ada}},
		{"rule under the mark", head + "                    By:   /s/ Ada B. Quill\n                    --------  -----------\n                          Ada B. Quill\n                          Vice President and Treasurer\n", []string{ada}},
		{"two dates", "                    QUILL WORKS, INC.\n\nMay 5, 1997 (May 1, 1997)\n\n                    By:   /s/ Ada B. Quill\n                          Vice President and Treasurer\n", []string{ada}},
		{"date at the right of the name", "                    QUILL WORKS, INC.\n\n/s/ Ada B. Quill                       May 5, 1997\n---------------                       -----------\nAda B. Quill                           Date\nVice President and Treasurer\n", []string{ada}},
		{"date at the left, no mark", "                    QUILL WORKS, INC.\n\nMay 5, 1997         By: Ada B. Quill\n-----------            ----------------\n(Date)                 Ada B. Quill\n                       Vice President and Treasurer\n", []string{ada}},
		{"marks on both sides, name below", "                    QUILL WORKS, INC.\n\nDate: May 5, 1997\n\n     /s/ ADA B. QUILL /s/\n     ----------------\n     Ada B. Quill\n     Vice President and\n     Treasurer\n", []string{ada}},
		{"two dates at the left", "                    QUILL WORKS, INC.\n                    (Registrant)\n\nDate: May 5, 1997 (May 1, 1997)     By: /s/ Ada B. Quill\n                                    Vice President and Treasurer\n", []string{ada}},
		{"date between mark and name", "                    QUILL WORKS, INC.\n\n     /s/ Ada B. Quill\n     May 5, 1997\n     Ada B. Quill\n     Vice President and Treasurer\n", []string{ada}},
		{"page between clause and company", "     2\n\n<PAGE>\n                    QUILL WORKS, INC.\n\n     By: /s/ Ada B. Quill    Date: May 5, 1997\n     Name: Ada B. Quill\n     Title: Vice President and Treasurer\n", []string{ada}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, signersOn(t, beforeTextSignature+tt.body)); diff != "" {
				t.Errorf("signers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatStandsAboveABareByBelongsToTheSignature(t *testing.T) {
	const ada = "|Ada B. Quill|President|2011-05-05"
	tests := []struct{ company, body string }{
		{"Quill Works, Inc.", "<p>Quill Works, Inc.</p><p>Date: May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>President</p>"},
		{"Quill Works, Inc.", "<p>May 5, 2011</p><p>Quill Works, Inc.</p><p>By: /s/ Ada B. Quill</p><p>Ada B. Quill</p><p>President</p>"},
		{"Quill Works, Inc.", "<p>Quill Works, Inc.</p><p>(Registrant)</p><p>____</p><p>Date: May 5, 2011</p><p>By:</p><p>/s/ Ada B. Quill</p><p>President</p>"},
		{"Quill Works", "<p>Quill Works</p><p>Date: May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>President</p>"},
		{"NIB MILLS", "<p>NIB MILLS</p><p>Date: May 5, 2011</p><p>By: /s/ Ada B. Quill</p><p>President</p>"},
	}
	for _, tt := range tests {
		body := "<p>Item 8.01 Other Events</p><p>On May 4, 2011 Quill Works, Inc. moved all of its works.</p>" + tt.body
		if diff := cmp.Diff([]string{tt.company + ada}, signersOn(t, body, "Quill Works")); diff != "" {
			t.Errorf("%s\nsigners (-want +got):\n%s", tt.body, diff)
		}
	}
}
