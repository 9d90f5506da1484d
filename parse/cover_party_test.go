package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Captions of asset-backed securities name the party that they are about.
func TestCoverOfAssetBackedSecurities(t *testing.T) {
	tests := []struct {
		name, body string
		want       []Registrant
	}{
		{"numbers above the names", `<html><body><p>FORM 8-K</p><p>Date of Report (Date of earliest event reported): May 10, 2021</p>
<p>Commission File Number of issuing entity: 333-123456-02</p><p>Central Index Key Number of issuing entity: 0001234567</p>
<p>GADGET AUTO TRUST 2021-1</p><p>(Exact name of issuing entity as specified in its charter)</p>
<p>Commission File Number of depositor: 333-123456</p><p>Central Index Key Number of depositor: 0001234568</p>
<p>GADGET RECEIVABLES LLC</p><p>(Exact name of depositor as specified in its charter)</p>
<p>Central Index Key Number of sponsor: 0001234569</p><p>GADGET BANK</p><p>(Exact name of sponsor as specified in its charter)</p>
<table><tr><td>Delaware</td><td>38-1234567</td></tr><tr><td>(State or other jurisdiction of incorporation or organization of the issuing entity)</td><td>(I.R.S. Employer Identification No. of the issuing entity)</td></tr></table>
<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>Item 6.02</p>`,
			[]Registrant{{"GADGET AUTO TRUST 2021-1", "Delaware", "333-123456-02", "38-1234567"}, {"GADGET RECEIVABLES LLC", "", "333-123456", ""}, {"GADGET BANK", "", "", ""}}},
		{"numbers below the names", `<html><body><p>FORM 8-K</p><p>Date of Report (Date of earliest event reported): May 10, 2021</p>
<p>GADGET AUTO TRUST 2021-1</p><p>(Exact name of issuing entity as specified in its charter)</p>
<p>Commission File Number of issuing entity: 333-123456-02</p><p>Central Index Key Number of issuing entity: 0001234567</p>
<p>GADGET RECEIVABLES LLC</p><p>(Exact name of depositor as specified in its charter)</p>
<p>Commission File Number of depositor: 333-123456</p><p>Central Index Key Number of depositor: 0001234568</p>
<p>GADGET BANK</p><p>(Exact name of sponsor as specified in its charter)</p>
<p>Central Index Key Number of sponsor: 0001234569</p>
<table><tr><td>Delaware</td><td>38-1234567</td></tr><tr><td>(State or other jurisdiction of incorporation of depositor)</td><td>(I.R.S. Employer Identification No. of depositor)</td></tr></table>
<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>Item 6.02</p>`,
			[]Registrant{{"GADGET AUTO TRUST 2021-1", "", "333-123456-02", ""}, {"GADGET RECEIVABLES LLC", "Delaware", "333-123456", "38-1234567"}, {"GADGET BANK", "", "", ""}}},
		{"labels in brackets", madeCoverHead + "<p>GADGET CARD TRUST</p><p>(Issuing Entity)</p><p>GADGET BANK, NATIONAL ASSOCIATION</p><p>(Exact name of depositor as specified in its charter)</p><table><tr><td>United States</td><td>333-123456-02</td><td>22-1234567</td></tr>" +
			threeCaptions + "<p>100 Main Street, Springfield, Ohio 45501</p><p>(Address of principal executive offices) (Zip Code)</p><p>Item 6.02</p>",
			[]Registrant{{"GADGET CARD TRUST", "", "", ""}, {"GADGET BANK, NATIONAL ASSOCIATION", "United States", "333-123456-02", "22-1234567"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := readMadeCover(t, tt.body)
			if diff := cmp.Diff(tt.want, c.Registrants); diff != "" {
				t.Errorf("registrants differ (-want +got):\n%s", diff)
			}
			if c.Address != "100 Main Street, Springfield, Ohio 45501" || c.Phone != "" {
				t.Errorf("address %q, phone %q", c.Address, c.Phone)
			}
		})
	}
}
