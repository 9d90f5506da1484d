package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCoverSecuritiesWithoutATable(t *testing.T) {
	common := Security{"Common Stock, par value $0.01", "GDGT", "New York Stock Exchange"}
	notes := Security{"5% Notes due 2030", "GDGT30", "NYSE"}
	tests := []struct {
		name, lines string
		want        []Security
	}{
		{"captions before values", "<p>Title of each class: Common Stock, par value $0.01</p><p>Trading Symbol(s): GDGT</p><p>Name of each exchange on which registered: New York Stock Exchange</p>", []Security{common}},
		{"two, captions before values", "<p>Title of each class: Common Stock, par value $0.01<br>Trading Symbol: GDGT<br>Name of each exchange on which registered: New York Stock Exchange</p>" +
			"<p>Title of each class: 5% Notes due 2030<br>Trading Symbol: GDGT30<br>Name of each exchange on which registered: NYSE</p>", []Security{common, notes}},
		{"captions below values", "<p>Common Stock, par value $0.01</p><p>(Title of each class)</p><p>GDGT</p><p>(Trading Symbol)</p><p>New York Stock Exchange</p><p>(Name of each exchange on which registered)</p>", []Security{common}},
		{"captions above values", "<p>Title of each class</p><p>Common Stock, par value $0.01</p><p>Trading Symbol(s)</p><p>GDGT</p><p>Name of each exchange on which registered</p><p>New York Stock Exchange</p>", []Security{common}},
		{"captions on the left", "<table><tr><td>Title of each class:</td><td>Common Stock, par value $0.01</td></tr><tr><td>Trading Symbol:</td><td>GDGT</td></tr><tr><td>Name of each exchange on which registered:</td><td>New York Stock Exchange</td></tr></table>", []Security{common}},
		{"three captions, then three values", "<p>Title of each class</p><p>Trading Symbol(s)</p><p>Name of each exchange on which registered</p><p>Common Stock, par value $0.01</p><p>GDGT</p><p>New York Stock Exchange</p>", []Security{common}},
		{"none", "<p>None</p>", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := withCover("<p>Securities registered pursuant to Section 12(b) of the Act:</p>" + tt.lines + "<p>Indicate by check mark whether the registrant is an emerging growth company as defined in Rule 405. Emerging growth company ☐</p>")
			if diff := cmp.Diff(tt.want, readMadeCover(t, body).Securities); diff != "" {
				t.Errorf("securities differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoverSymbolsInOneCellAreSeveral(t *testing.T) {
	tests := []struct {
		name, row string
		want      []Security
	}{
		{"titles in one line", "<td>Common Stock and Preferred Stock</td><td></td><td>GDGT<br>GDGTP</td><td></td><td>Nasdaq</td>", []Security{{"Common Stock", "GDGT", "Nasdaq"}, {"Preferred Stock", "GDGTP", "Nasdaq"}}},
		{"one title for both", "<td>Depositary Shares</td><td></td><td>GDGTO<br>GDGTP</td><td></td><td>Nasdaq</td>", []Security{{"Depositary Shares", "GDGTO", "Nasdaq"}, {"Depositary Shares", "GDGTP", "Nasdaq"}}},
		{"one symbol over two lines", "<td>Depositary Shares</td><td></td><td>GDG<br>PrA</td><td></td><td>Nasdaq</td>", []Security{{"Depositary Shares", "GDG PrA", "Nasdaq"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readMadeCover(t, withSecurities(securityHeadRow+"<tr>"+tt.row+"</tr>")).Securities); diff != "" {
				t.Errorf("securities differ (-want +got):\n%s", diff)
			}
		})
	}
}
