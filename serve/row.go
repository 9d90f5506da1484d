package serve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/parse"
)

// row is a filing in a list, as _row.html shows it.
type row struct {
	Accession string
	Form      string
	Filed     edgar.Date
	Accepted  time.Time
	Issuers   []issuerName
	Items     []badge
	Snippet   string
	Withdrawn bool
	Amendment bool
}

// namedIssuers is how many of many co-registrants a row names.
const namedIssuers = 5

// Named are the issuers that the row names: all of them, or the first of very many.
func (r row) Named() []issuerName {
	if len(r.Issuers) > namedIssuers+1 {
		return r.Issuers[:namedIssuers]
	}
	return r.Issuers
}

// Unnamed is how many more there are.
func (r row) Unnamed() int { return len(r.Issuers) - len(r.Named()) }

// Who names the issuers for a title: three of them, or the first and how many others.
func (r row) Who() string {
	var names []string
	for _, x := range r.Issuers {
		names = append(names, x.Name)
	}
	if n := len(names); n > 3 {
		return names[0] + " and " + strconv.Itoa(n-1) + " others"
	}
	return strings.Join(names, ", ")
}

type issuerName struct {
	CIK     string // "" when the header does not tell
	Name    string
	Tickers string
}

// badge is an item, coloured by the section of the form it is in.
type badge struct {
	Number, Title string
	Section       string // a class: "s1" to "s9", "s0" for items of before August 2004
}

func badgeOf(it parse.Item) badge {
	section, _, dotted := strings.Cut(it.Number, ".")
	if !dotted || len(section) != 1 || section < "1" || section > "9" {
		section = "0"
	}
	return badge{it.Number, it.Title, "s" + section}
}

// rowOf shows the text of the first item that was asked for, else of the first that
// tells more than which exhibits there are.
func rowOf(f *parse.Filing, asked ...string) row {
	r := row{Accession: f.Accession.String(), Form: f.Form.String(), Filed: f.Filed, Accepted: f.Accepted, Withdrawn: f.Withdrawn, Amendment: f.Amendment}
	for i, x := range f.Filers {
		tickers := strings.Join(x.Tickers, ", ")
		if i == 0 {
			tickers = cmp.Or(tickers, symbolOn(f.Cover))
		}
		r.Issuers = append(r.Issuers, issuerName{x.CIK.String(), harmless.Line(x.Name), tickers})
	}
	var wanted, telling string
	for _, it := range f.Items {
		r.Items = append(r.Items, badgeOf(it))
		text := cmp.Or(it.Snippet, it.Text)
		if slices.Contains(asked, it.Number) {
			wanted = cmp.Or(wanted, text)
		}
		if it.Number != "9.01" && it.Number != "7" {
			telling = cmp.Or(telling, text)
		}
	}
	r.Snippet = cmp.Or(wanted, telling)
	return r
}

// symbolOn is the trading symbol that a cover has first, as a rule that of the common
// stock of the first filer; "" when there is none.
func symbolOn(c *parse.Cover) string {
	if c == nil || len(c.Securities) == 0 {
		return ""
	}
	symbol := strings.TrimSpace(c.Securities[0].Symbol)
	strange := func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '.' && r != '-' && r != ' '
	}
	if len(symbol) > 8 || strings.ContainsFunc(symbol, strange) || symbol == "NA" || symbol == "NONE" {
		return ""
	}
	return symbol
}

// day is the filings of one filing date in a list.
type day struct {
	Date edgar.Date
	Rows []row
}

func rowsOf(fs []*parse.Filing, asked ...string) []row {
	rows := make([]row, len(fs))
	for i, f := range fs {
		rows[i] = rowOf(f, asked...)
	}
	return rows
}

// byDay groups rows that come in the order of their dates.
func byDay(rows []row) (days []day) {
	for _, r := range rows {
		if n := len(days); n == 0 || days[n-1].Date != r.Filed {
			days = append(days, day{Date: r.Filed})
		}
		last := &days[len(days)-1]
		last.Rows = append(last.Rows, r)
	}
	return days
}
