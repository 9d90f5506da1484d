package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Covers that need a rule of their own.
func TestCoverOddLayouts(t *testing.T) {
	tests := []struct {
		name, body string
		want       *Cover
	}{
		{"trust described under the depositor's name", `
                                    FORM 8-K
     Date of Report (Date of earliest event reported)     June 25, 2001

                 SALTY MORTGAGE SECURITIES VII INC
         (as depositor under the Pooling and Servicing Agreement,
         dated as of June 1, 2001, providing for the issuance of
         Asset-Backed Certificates, Series 2001-1)
             (Exact name of depositor as specified in its charter)

           Delaware                333-14225               13-1239681
        ---------------          -------------         -----------------
       (State or Other          (Commission           (I.R.S. Employer
        Jurisdiction             File Number)          Identification Number)
        of Incorporation)

        Seven Trade Center
        New York, New York                               10048
        (Address of Principal                         (Zip Code)
         Executive Offices)

       Registrant's telephone number, including area code, is (212) 555-5635
Item 5. Other Events
`, &Cover{
			Registrants:  []Registrant{{"SALTY MORTGAGE SECURITIES VII INC", "Delaware", "333-14225", "13-1239681"}},
			DateOfReport: day("2001-06-25"), Address: "Seven Trade Center, New York, New York 10048", Phone: "(212) 555-5635",
		}},
		{"everything in one cell", `<html><body><table><tr><td>FORM 8-K<br>Date of Report (Date of earliest event reported):<br>March 4, 2008<br><br>WIDGETS, INC.<br>(Exact name of registrant as specified in its charter)<br>
Nevada<br>(State or other jurisdiction of incorporation)<br>000-51234<br>(Commission File Number)<br>20-1234567<br>(IRS Employer Identification No.)<br>
1 Sunset Blvd., Las Vegas, NV 89101<br>(Address of principal executive offices and Zip Code)<br>702-555-0111<br>(Registrant's telephone number, including area code)<br>
Old Widgets Corp.<br>(Former name or former address, if changed since last report)</td></tr></table><p>Item 4.01</p>`, &Cover{
			Registrants:  []Registrant{{"WIDGETS, INC.", "Nevada", "000-51234", "20-1234567"}},
			DateOfReport: day("2008-03-04"), Address: "1 Sunset Blvd., Las Vegas, NV 89101", Phone: "702-555-0111", FormerName: "Old Widgets Corp.",
		}},
		{"a row for each registrant under plain captions", `<html><body><p>FORM 8-K</p><p>Date of Report: March 4, 2008</p><table>
<tr><td>Exact name of registrant as specified in its charter</td><td>State or other jurisdiction of incorporation</td><td>Commission File Number</td><td>IRS Employer Identification No.</td></tr>
<tr><td>Alpha Energy Corp.</td><td>Delaware</td><td>001-11111</td><td>11-1111111</td></tr><tr><td>Alpha Power LLC</td><td>Ohio</td><td>001-22222</td><td>22-2222222</td></tr></table>
<p>100 Main St</p><p>Akron, Ohio 44308</p><p>(Address of principal executive offices)</p><p>(330) 555-0100</p><p>Item 2.02</p>`, &Cover{
			Registrants:  []Registrant{{"Alpha Energy Corp.", "Delaware", "001-11111", "11-1111111"}, {"Alpha Power LLC", "Ohio", "001-22222", "22-2222222"}},
			DateOfReport: day("2008-03-04"), Address: "100 Main St, Akron, Ohio 44308", Phone: "(330) 555-0100",
		}},
		{"one state for three registrants", `<html><body><p>FORM 8-K</p><p>Date of Report (Date of earliest event reported): May 9, 2023</p>
<table><tr><td>CABLE, INC.</td></tr><tr><td>CABLE HOLDINGS, LLC</td></tr><tr><td>CABLE CAPITAL CORP.</td></tr><tr><td>(Exact name of registrant as specified in its charter)</td></tr></table>
<table><tr><td>Delaware</td></tr><tr><td>(State or Other Jurisdiction of Incorporation or Organization)</td></tr><tr><td>001-33664</td><td></td><td>84-1496755</td></tr><tr><td>001-37789</td><td></td><td>86-1067239</td></tr>
<tr><td>333-112593-01</td><td></td><td>20-0257904</td></tr><tr><td>(Commission File Number)</td><td></td><td>(I.R.S. Employer Identification Number)</td></tr></table><p>Item 8.01</p>`, &Cover{
			Registrants:  []Registrant{{"CABLE, INC.", "Delaware", "001-33664", "84-1496755"}, {"CABLE HOLDINGS, LLC", "Delaware", "001-37789", "86-1067239"}, {"CABLE CAPITAL CORP.", "Delaware", "333-112593-01", "20-0257904"}},
			DateOfReport: day("2023-05-09"),
		}},
		{"states that name their registrants", `<html><body><p>FORM 8-K</p><p>Date of Report: May 9, 2011</p><p>REALTY TRUST</p><p>REALTY PARTNERSHIP, L.P.</p><p>(Exact Name of Registrant as Specified in Its Charter)</p>
<table><tr><td>Maryland (Realty Trust)</td><td>001-12345</td><td>11-1111111</td></tr><tr><td>Delaware (Realty Partnership, L.P.)</td><td>333-54321</td><td>22-2222222</td></tr>
<tr><td>(State or other jurisdiction of incorporation)</td><td>(Commission file number)</td><td>(I.R.S. Employer Identification Number)</td></tr></table><p>Item 8.01</p>`, &Cover{
			Registrants:  []Registrant{{"REALTY TRUST", "Maryland", "001-12345", "11-1111111"}, {"REALTY PARTNERSHIP, L.P.", "Delaware", "333-54321", "22-2222222"}},
			DateOfReport: day("2011-05-09"),
		}},
		{"foreign issuer without an employer's number, columns of no-break blanks", `<html><body><p>FORM 8-K</p><p>(Date of Report)</p><p>September 14, 2006</p><p>NORTHERN WIDGETS &amp; RESOURCES<br>GROUP, LTD.</p><p>(Name of registrant as specified in its charter)</p>
<p>Ontario, Canada&#160;&#160;&#160;&#160;&#160;&#160;0-12345&#160;&#160;&#160;&#160;&#160;&#160;Not Applicable</p><p>(Province of&#160;&#160;&#160;&#160;&#160;&#160;(Commission&#160;&#160;&#160;&#160;&#160;(I.R.S. Employer</p><p>Incorporation)&#160;&#160;&#160;&#160;&#160;&#160;File Number)&#160;&#160;&#160;&#160;&#160;Identification No.)</p>
<p>10 Bay Street, Toronto, Ontario M5J 2R8</p><p>(Address of principal executive offices)</p><p>416-555-0100</p><p>Telephone Number</p><p>Item 8.01</p>`, &Cover{
			Registrants:  []Registrant{{"NORTHERN WIDGETS & RESOURCES GROUP, LTD.", "Ontario, Canada", "0-12345", ""}},
			DateOfReport: day("2006-09-14"), Address: "10 Bay Street, Toronto, Ontario M5J 2R8", Phone: "416-555-0100",
		}},
		{"small business issuer", `
                    U. S. SECURITIES AND EXCHANGE COMMISSION
                                    FORM 8-K
Date of Report (Date of earliest event reported)  November 3, 1999
Commission File No. 0-9999
                              TINY MINING CO.
                 (Name of Small Business Issuer in its charter)
   Utah                                               87-0123456
(State or other jurisdiction of                     (I.R.S. Employer
incorporation or organization)                       Identification No.)
             5 Canyon Road, Moab, Utah  84532
             (Address of principal executive offices)
Issuer's telephone number: (435) 555-0100
Item 1. Changes in Control
`, &Cover{
			Registrants:  []Registrant{{"TINY MINING CO.", "Utah", "0-9999", "87-0123456"}},
			DateOfReport: day("1999-11-03"), Address: "5 Canyon Road, Moab, Utah 84532", Phone: "(435) 555-0100",
		}},
		{"captions before values in cells", `<html><body><p>FORM 8-K</p><p>Date of report (Date of earliest event reported) July 20, 2023</p><p>THE COLA COMPANY<br>(Exact name of Registrant as specified in its charter)</p>
<table><tr><td>State or other jurisdiction of incorporation:</td><td>Delaware</td></tr><tr><td>Commission File Number:</td><td>001-02217</td></tr><tr><td>IRS Employer Identification Number:</td><td>58-0628465</td></tr></table>
<table><tr><td>One Cola Plaza</td><td></td></tr><tr><td>Atlanta, Georgia</td><td>30313</td></tr><tr><td>(Address of principal executive offices)</td><td>(Zip Code)</td></tr></table>
<p>Registrant's telephone number, including area code: (404) 555-2121</p><p>Item 2.02</p>`, &Cover{
			Registrants:  []Registrant{{"THE COLA COMPANY", "Delaware", "001-02217", "58-0628465"}},
			DateOfReport: day("2023-07-20"), Address: "One Cola Plaza, Atlanta, Georgia 30313", Phone: "(404) 555-2121",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readMadeCover(t, tt.body), ignoreBoxes, compareDates); diff != "" {
				t.Errorf("cover differs (-want +got):\n%s", diff)
			}
		})
	}
}
