package indextest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// The made index: six submissions of two invented companies, of which the first
// three are recorded, the fourth is deferred, the fifth rejected and the sixth
// not tried. The third was recorded and is withdrawn.

func noon() time.Time { return time.Date(2024, time.February, 2, 12, 0, 0, 0, time.UTC) }

func known[T any](v T, err error) T {
	if err != nil {
		panic(err) // a constant of the suite
	}
	return v
}

func acc(n int) edgar.Accession {
	return known(edgar.ParseAccession(fmt.Sprintf("0009000001-24-%06d", n)))
}
func cik(n int64) edgar.CIK     { return known(edgar.CIKFromInt(n)) }
func day(s string) edgar.Date   { return known(edgar.ParseDate(s)) }
func form(s string) edgar.Form  { return known(edgar.ParseForm(s)) }
func filed(n int) edgar.Date    { return day("2024-01-02").AddDays(n) }
func filer(n int) edgar.CIK     { return cik(9000001 + int64(n%2)) }
func nameOf(c edgar.CIK) string { return "MADE COMPANY " + c.String() }
func sum(n int) string          { return strings.Repeat(fmt.Sprintf("%02x", n), 32) }
func coverage() edgar.Date      { return day("2024-01-01") }
func listing() index.Listing {
	return index.Listing{Key: "2024Q1", SHA256: sum(9), Fetched: noon(), Checked: noon(), LastData: filed(6), Rows: 6, Wanted: 6}
}
func absent() index.Listing { return index.Listing{Key: "2024-01-15", Checked: noon(), Absent: true} }
func pass(n int) index.Pass {
	return index.Pass{Start: noon().Add(time.Duration(n) * time.Hour), End: noon().Add(time.Duration(n)*time.Hour + time.Minute), Command: "sync", Listed: n, Outcome: "done"}
}

func row(n int) parse.Row {
	return parse.Row{Form: form("8-K"), Name: nameOf(filer(n)), CIK: filer(n), Filed: filed(n), Accession: acc(n)}
}

// made is the n-th submission as it is recorded.
func made(n int) *parse.Filing {
	return &parse.Filing{
		Schema: parse.SchemaVersion, Parser: parse.ParserVersion, Accession: acc(n), Form: form("8-K"), Filed: filed(n), Period: filed(n - 1),
		Accepted: filed(n).Midnight().Add(16 * time.Hour),
		Filers: []parse.Filer{{Role: "filer", CIK: filer(n), Name: nameOf(filer(n)), SIC: []string{"2834", "3571"}[n%2], StateOfIncorporation: []string{"DE", "NV"}[n%2],
			BusinessAddress: &parse.Address{City: "SPRINGFIELD"}}},
		Items: []parse.Item{
			{Number: "2.02", Title: "Results of Operations and Financial Condition", Source: parse.SourceBoth, Snippet: "“Results” of <the> quarter & more", Offset: 100, Length: 50},
			{Number: fmt.Sprintf("8.0%d", n), Title: "Made", Source: parse.SourceHeader},
		},
		Documents: []parse.Document{{Sequence: 1, Type: "8-K", Filename: "d8k.htm", Offset: 10, Length: 500, Media: "text/html"}},
		Exhibits:  []parse.Exhibit{{Number: fmt.Sprintf("99.%d", n), Listed: true}},
		Cover:     &parse.Cover{DateOfReport: filed(n - 1), WrittenCommunications: new(bool), Securities: []parse.Security{{Symbol: map[int]string{2: "LAMP"}[n]}}},
		Warnings:  map[int][]parse.Warning{2: {{Code: parse.CodeCut}}}[n],
		Revision:  1, Seen: noon(), Recorded: noon(), SHA256: sum(n), Size: int64(1000 + n),
	}
}

// amending is the n-th submission as an amendment of the first.
func amending(n int) *parse.Filing {
	f, first := made(n), made(1)
	f.Form, f.Amendment, f.Filers, f.Period = form("8-K/A"), true, first.Filers, first.Period
	f.AmendmentNote = &parse.AmendmentNote{Number: n - 6, OriginalFiled: first.Filed, Text: "This amends the Form 8-K filed on January 3, 2024."}
	return f
}

// fillAmended makes the index of a report and two amendments of it, which came
// first.
func fillAmended(s *index.Store) error {
	return errors.Join(s.Record(amending(8)), s.Record(amending(7)), s.Record(made(1)))
}

// fill makes the index.
func fill(s *index.Store) error {
	var rows []parse.Row
	for n := 1; n <= 6; n++ {
		rows = append(rows, row(n))
	}
	_, err := s.Discover(listing(), slices.Values(rows), noon())
	return errors.Join(err,
		s.PutListing(absent()),
		s.Record(made(1), made(2), made(3)),
		s.Withdraw(acc(3), "not listed any more"),
		s.Defer(acc(4), noon().Add(time.Hour), "HTTP 503"),
		s.Reject(acc(5), "truncated"),
		s.SetCoverage(coverage()),
		s.PutTickers(index.Tickers{CIKs: map[string]edgar.CIK{"KELP": filer(0)}}),
		s.AddPass(pass(1)), s.AddPass(pass(2)), s.AddPass(pass(3)))
}
