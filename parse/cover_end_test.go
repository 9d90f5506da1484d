package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCoverEndsAtItsContents(t *testing.T) {
	for name, contents := range map[string]string{
		"rows":  "<p>TABLE OF CONTENTS</p><table><tr><td>Item 2.03.</td><td>Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a</td></tr><tr><td></td><td>Registrant</td><td>2</td></tr></table>",
		"lines": "<p>Table of Contents</p><p>Item 2.03 Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a<br>Registrant</p>",
		"index": "<p>Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a</p><p>Registrant</p>",
	} {
		body := withNumbers("Delaware", "1-1234", "12-3456789")
		body = body[:len(body)-len("<p>Item 8.01 Other Events</p></body></html>")] + contents + "<p>Item 2.03 Creation of a Direct Financial Obligation</p><p>On May 10</p></body></html>"
		p := flatten([]byte(body), false)
		for i := len(p.blocks) - 1; i >= 0; i-- {
			if beginsItem(p.line(i)) {
				p.outline.cover = i // as the finder of items says
				break
			}
		}
		c, _ := readCover(p, &Submission{})
		if diff := cmp.Diff([]Registrant{{"GADGET WORKS, INC.", "Delaware", "1-1234", "12-3456789"}}, c.Registrants); diff != "" {
			t.Errorf("%s: registrants differ (-want +got):\n%s", name, diff)
		}
	}
}
