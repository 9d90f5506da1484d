package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// withSecurities is a cover with the rows of a table of securities.
func withSecurities(rows string) string {
	return withCover("<p>Securities registered pursuant to Section 12(b) of the Act:</p><table>" + rows + "</table>" +
		"<p>Indicate by check mark whether the registrant is an emerging growth company as defined in Rule 405. Emerging growth company ☐</p>")
}

const securityHeadRow = "<tr><td>Title of each class</td><td></td><td>Trading<br>Symbol(s)</td><td></td><td>Name of each exchange<br>on which registered</td></tr>"

const stackedRows = securityHeadRow + "<tr><td>Common Stock, par value $0.01<br>Warrants, each exercisable for<br>one share of Common Stock<br>Units</td><td></td><td>GDGT<br>GDGTW<br>GDGTU</td><td></td><td>Nasdaq<br>Nasdaq<br>Nasdaq</td></tr>"

func TestCoverSecurities(t *testing.T) {
	common := Security{Title: "Common Stock, par value $0.01", Symbol: "GDGT", Exchange: "New York Stock Exchange"}
	tests := []struct {
		name, rows string
		want       []Security
	}{
		{"one", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr>", []Security{common}},
		{"several", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr><tr><td>2.125% Notes due 2030</td><td></td><td>GDGT30</td><td></td><td>New York Stock Exchange</td></tr>",
			[]Security{common, {"2.125% Notes due 2030", "GDGT30", "New York Stock Exchange"}}},
		{"symbol with a blank", securityHeadRow + "<tr><td>Depositary Shares, Series C</td><td></td><td>GDG PrC</td><td></td><td>New York Stock Exchange</td></tr>", []Security{{"Depositary Shares, Series C", "GDG PrC", "New York Stock Exchange"}}},
		{"stacked in one row", stackedRows, []Security{{"Common Stock, par value $0.01", "GDGT", "Nasdaq"}, {"Warrants, each exercisable for one share of Common Stock", "GDGTW", "Nasdaq"}, {"Units", "GDGTU", "Nasdaq"}}},
		{"stacked, one exchange for all", securityHeadRow + "<tr><td><p>Common Stock</p><p>Rights</p></td><td></td><td><p>GDGT</p><p>GDGTR</p></td><td></td><td>The Nasdaq Stock Market LLC</td></tr>",
			[]Security{{"Common Stock", "GDGT", "The Nasdaq Stock Market LLC"}, {"Rights", "GDGTR", "The Nasdaq Stock Market LLC"}}},
		{"title and exchange over two lines, one symbol", securityHeadRow + "<tr><td>Common Stock,<br>par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York<br>Stock Exchange</td></tr>", []Security{common}},
		{"title in three cells", "<tr><td colspan=3>Title of each class</td><td>Trading Symbol</td><td>Name of each exchange on which registered</td></tr><tr><td>Common Stock,</td><td>par value</td><td>$0.01</td><td>GDGT</td><td>New York Stock Exchange</td></tr>", []Security{common}},
		{"with a column of registrants", "<tr><td>Registrant</td><td>Title of each class</td><td>Trading symbol(s)</td><td>Name of each exchange on which registered</td></tr>" +
			"<tr><td>Gadget Works, Inc.</td><td>Common Stock, par value $0.01</td><td>GDGT</td><td>New York Stock Exchange</td></tr><tr><td></td><td>5% Notes due 2078</td><td>GDGB</td><td>New York Stock Exchange</td></tr>",
			[]Security{common, {"5% Notes due 2078", "GDGB", "New York Stock Exchange"}}},
		{"rows that name the registrant", securityHeadRow + "<tr><td>Gadget Works, Inc.:</td></tr><tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr>", []Security{common}},
		{"class of security, exchange before the symbol", "<tr><td>Title of Each Class of Security</td><td>Name of Exchange on Which Registered</td><td>Trading Symbol</td></tr><tr><td>Common Stock, par value $0.01</td><td>New York Stock Exchange</td><td>GDGT</td></tr>", []Security{common}},
		{"symbol in quotation marks", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>“GDGT”</td><td></td><td>New York Stock Exchange</td></tr>", []Security{common}},
		{"head again", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr></table><table>" + securityHeadRow + "<tr><td>5% Notes due 2030</td><td></td><td>GDGB</td><td></td><td>New York Stock Exchange</td></tr>",
			[]Security{common, {"5% Notes due 2030", "GDGB", "New York Stock Exchange"}}},
		{"exchange in a cell of several rows", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td rowspan=2>New York Stock Exchange</td></tr><tr><td>5% Notes due 2030</td><td></td><td>GDGB</td></tr>",
			[]Security{common, {"5% Notes due 2030", "GDGB", "New York Stock Exchange"}}},
		{"title without a symbol", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr><tr><td>Purchase Rights</td><td></td><td>N/A</td><td></td><td>New York Stock Exchange</td></tr>",
			[]Security{common, {"Purchase Rights", "", "New York Stock Exchange"}}},
		{"footnote below", securityHeadRow + "<tr><td>Common Stock, par value $0.01</td><td></td><td>GDGT</td><td></td><td>New York Stock Exchange</td></tr><tr><td colspan=5>* Not for trading.</td></tr>", []Security{common}},
		{"N/A", securityHeadRow + "<tr><td>N/A</td><td></td><td>N/A</td><td></td><td>N/A</td></tr>", nil},
		{"none", securityHeadRow + "<tr><td>None</td><td></td><td></td><td></td><td></td></tr>", nil},
		{"no rows", securityHeadRow, nil},
		{"no table", "<tr><td>None</td></tr>", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readMadeCover(t, withSecurities(tt.rows)).Securities); diff != "" {
				t.Errorf("securities differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoverSecuritiesOfPlainText(t *testing.T) {
	body := `
                               GADGET WORKS, INC.
             (Exact name of registrant as specified in its charter)

Securities registered pursuant to Section 12(b) of the Act:

Title of each class            Trading Symbol(s)    Name of each exchange on which registered
Common Stock, $0.01 par        GDGT                 NYSE American
7% Notes due 2030              GDGT30               NYSE American

Item 8.01 Other Events
`
	want := []Security{{"Common Stock, $0.01 par", "GDGT", "NYSE American"}, {"7% Notes due 2030", "GDGT30", "NYSE American"}}
	if diff := cmp.Diff(want, readMadeCover(t, body).Securities); diff != "" {
		t.Errorf("securities differ (-want +got):\n%s", diff)
	}
}
