package serve

import (
	"strings"

	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// ownYear is the filings of one year in an issuer's own list.
type ownYear struct {
	Year int
	Rows []ownRow
}

// ownRow is a filing in an issuer's own list, which need not say whose it is.
type ownRow struct {
	row
	Other bool         // the form is another than 8-K
	Then  string       // the issuer's name in that filing, "" when it is today's
	With  []issuerName // the other filers, the first of them
	More  int          // how many others there are beside those
}

// othersShown is how many other filers a row names.
const othersShown = 3

func ownRowOf(f *parse.Filing, is index.Issuer) ownRow {
	r := ownRow{row: rowOf(f), Other: f.Form.String() != "8-K"}
	for _, x := range r.Issuers {
		switch {
		case x.CIK != is.CIK.String():
			r.With = append(r.With, x)
		case !sameName(x.Name, is.Name):
			r.Then = x.Name
		}
	}
	if n := len(r.With); n > othersShown+1 {
		r.With, r.More = r.With[:othersShown], n-othersShown
	}
	return r
}

func sameName(a, b string) bool {
	return strings.EqualFold(harmless.Line(a), harmless.Line(b))
}

// byYear groups filings of an issuer that come in the order of their dates.
func byYear(fs []*parse.Filing, is index.Issuer) (years []ownYear) {
	for _, f := range fs {
		if n := len(years); n == 0 || years[n-1].Year != f.Filed.Year() {
			years = append(years, ownYear{Year: f.Filed.Year()})
		}
		last := &years[len(years)-1]
		last.Rows = append(last.Rows, ownRowOf(f, is))
	}
	return years
}
