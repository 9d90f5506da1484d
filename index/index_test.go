package index

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Helpers of all tests: made accessions, rows and filings of invented companies.

func acc(n int) edgar.Accession {
	a, err := edgar.ParseAccession(fmt.Sprintf("%010d-24-%06d", 1000000+n%7, n))
	if err != nil {
		panic(err)
	}
	return a
}

func cik(n int) edgar.CIK {
	c, err := edgar.CIKFromInt(int64(n))
	if err != nil {
		panic(err)
	}
	return c
}

func day(s string) edgar.Date {
	d, err := edgar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func form(s string) edgar.Form {
	f, err := edgar.ParseForm(s)
	if err != nil {
		panic(err)
	}
	return f
}

func row(n, filer int, filed string) parse.Row {
	return parse.Row{Form: form("8-K"), Name: fmt.Sprintf("MADE COMPANY %d", filer), CIK: cik(filer), Filed: day(filed), Accession: acc(n)}
}

// made returns the n-th made filing, filed by the filers given.
func made(n int, filed string, filers ...int) *parse.Filing {
	f := &parse.Filing{
		Schema: parse.SchemaVersion, Parser: parse.ParserVersion,
		Accession: acc(n), Form: form("8-K"), Filed: day(filed), Period: day(filed).AddDays(-1),
		Accepted: day(filed).Midnight().Add(16*time.Hour + 30*time.Minute),
		Items: []parse.Item{
			{Number: "2.02", Title: "Results of Operations and Financial Condition", Heading: "Item 2.02. Results of Operations and Financial Condition.",
				Text: strings.Repeat("The company announced results of the quarter. ", 20), Source: parse.SourceBoth, Offset: 18234, Length: 950, Exhibits: []string{"99.1"}},
			{Number: "9.01", Title: "Financial Statements and Exhibits", Heading: "Item 9.01. Financial Statements and Exhibits.",
				Text: "(d) Exhibits\n99.1\tPress release", Source: parse.SourceBoth, Offset: 19184, Length: 310, Exhibits: []string{"99.1"}},
		},
		Documents: []parse.Document{
			{Sequence: 1, Type: "8-K", Filename: "d8k.htm", Description: "8-K", Offset: 1520, Length: 48211, Media: "text/html"},
			{Sequence: 2, Type: "EX-99.1", Filename: "dex991.htm", Description: "PRESS RELEASE", Offset: 50211, Length: 98765, Media: "text/html"},
		},
		Exhibits:   []parse.Exhibit{{Number: "99.1", Description: "Press release", Type: "EX-99.1", Document: 2, Listed: true, Attached: true}},
		Cover:      &parse.Cover{Registrants: []parse.Registrant{{Name: "Made Company", State: "Delaware", FileNumber: "001-12345", EIN: "12-3456789"}}, DateOfReport: day(filed), WrittenCommunications: new(bool)},
		Signatures: []parse.Signature{{Company: "Made Company", Name: "A. Signer", Title: "Chief Financial Officer", Date: day(filed)}},
		Revision:   1, Seen: at("2024-02-01T21:31:00Z"), Recorded: at("2024-02-01T21:32:00Z"),
		SHA256: strings.Repeat("0f", 32), Size: 123456,
	}
	for _, c := range filers {
		f.Filers = append(f.Filers, parse.Filer{Role: "filer", CIK: cik(c), Name: fmt.Sprintf("MADE COMPANY %d", c), SIC: "3571",
			StateOfIncorporation: "DE", FiscalYearEnd: "1231", EIN: "123456789", FileNumber: "001-12345", FilmNumber: "24581234", Act: "34",
			BusinessAddress: &parse.Address{Street1: "1 MADE STREET", City: "SPRINGFIELD", State: "IL", Zip: "62701", Phone: "2175550100"},
			MailAddress:     &parse.Address{Street1: "1 MADE STREET", City: "SPRINGFIELD", State: "IL", Zip: "62701"}})
	}
	return f
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

var noon = at("2024-02-02T12:00:00Z")

func kept(key string) Listing {
	return Listing{Key: key, SHA256: strings.Repeat("ab", 32), Fetched: noon, Checked: noon}
}

func openTemp(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func discover(t testing.TB, s *Store, key string, rows ...parse.Row) Discovery {
	t.Helper()
	d, err := s.Discover(kept(key), slices.Values(rows), noon)
	must(t, err)
	return d
}

func due(t testing.TB, s *Store, now time.Time) (es []Entry) {
	t.Helper()
	for e, err := range s.Due(now) {
		must(t, err)
		es = append(es, e)
	}
	return es
}

func accessions(es []Entry) (as []edgar.Accession) {
	for _, e := range es {
		as = append(as, e.Accession)
	}
	return as
}

// dump returns the index without reports of passes and identity, sorted.
func dump(s *Store) []string {
	m := map[string]string{}
	for k, v := range s.Dump() {
		if !strings.HasPrefix(k, "pass/") && k != `meta/"identity"` {
			m[k] = readable(s, k, v)
		}
	}
	var lines []string
	for _, k := range slices.SortedFunc(maps.Keys(m), cmp.Compare[string]) {
		lines = append(lines, k+" = "+m[k])
	}
	return lines
}

// readable spells out the values that differ wherever what they hold differs.
func readable(s *Store, k string, v []byte) string {
	if strings.HasPrefix(k, "filing/") {
		names, _, _ := splitFiling(v)
		if f, err := s.codec.decode(v); err == nil {
			b, err := json.Marshal(f)
			return fmt.Sprintf("%q %s %v", names, b, err)
		}
	}
	return fmt.Sprintf("%q", v)
}
