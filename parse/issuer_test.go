package parse_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// firstPage is an issuer listing as data.sec.gov serves it, of an invented issuer.
const firstPage = `{"cik":"0000900001","entityType":"operating","sic":"3827","sicDescription":"Optical Instruments","ownerOrg":"08 Industrial",
"insiderTransactionForOwnerExists":0,"insiderTransactionForIssuerExists":1,"name":"Tidewater Lens Works","tickers":["TIDE",null],"exchanges":["NYSE",null],
"ein":null,"lei":null,"category":"Accelerated filer<br>Small","fiscalYearEnd":"0928","stateOfIncorporation":"DE","flags":"",
"addresses":{"mailing":{"street1":"1 Quay","isForeignLocation":0}},"formerNames":[{"name":"TIDEWATER GLASS CO","from":"1994-02-01T05:00:00.000Z","to":"2001-07-10T04:00:00.000Z"}],
"filings":{"recent":{"accessionNumber":["0000900001-24-000011","0000900009-24-000003"],"filingDate":["2024-06-20","2024-06-18"],"reportDate":["2024-06-19",""],
"acceptanceDateTime":["2024-06-20T16:30:05.000Z","2024-06-18T09:00:00.000Z"],"form":["8-K","10-K405/A"],"size":[1234,99],"isXBRLNumeric":[0,1],"items":["2.02,9.01",""]},
"files":[{"name":"CIK0000900001-submissions-001.json","filingCount":835,"filingFrom":"1994-01-26","filingTo":"2011-07-19"}]}}`

func TestAnIssuerListingTellsWhoWhatAndWhereTheRestIs(t *testing.T) {
	got, err := parse.ReadIssuerListing(strings.NewReader(firstPage))
	if err != nil {
		t.Fatal(err)
	}
	cik, name := must(edgar.ParseCIK("900001")), "Tidewater Lens Works"
	want := &parse.IssuerListing{
		Issuer: parse.Issuer{
			CIK: cik, Name: name, EntityType: "operating", SIC: "3827", SICDescription: "Optical Instruments",
			Tickers: []string{"TIDE", ""}, Exchanges: []string{"NYSE", ""}, StateOfIncorporation: "DE", FiscalYearEnd: "0928",
			FormerNames: []parse.FormerName{{Name: "TIDEWATER GLASS CO", Changed: must(edgar.ParseDate("2001-07-10"))}},
		},
		Rows: []parse.Row{
			{CIK: cik, Name: name, Accession: must(edgar.ParseAccession("0000900001-24-000011")), Form: must(edgar.ParseForm("8-K")), Filed: must(edgar.ParseDate("2024-06-20"))},
			{CIK: cik, Name: name, Accession: must(edgar.ParseAccession("0000900009-24-000003")), Form: must(edgar.ParseForm("10-K405/A")), Filed: must(edgar.ParseDate("2024-06-18"))},
		},
		Older: []parse.OlderPage{{
			Name: "CIK0000900001-submissions-001.json", Count: 835,
			From: must(edgar.ParseDate("1994-01-26")), To: must(edgar.ParseDate("2011-07-19")),
		}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(edgar.CIK{}, edgar.Form{}, edgar.Date{}, edgar.Accession{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAnOlderPageIsItsColumnsAlone(t *testing.T) {
	got, err := parse.ReadOlderPage(strings.NewReader(`{"form":["8-K","8-K"],"futureColumn":[{"a":[1]},null],"filingDate":["1999-01-05","1998-11-30"],
		"accessionNumber":["0000900001-99-000001","0000900001-98-000044"]}`))
	if err != nil || len(got.Rows) != 2 || got.Lines() != 2 || got.Rows[1].Filed.String() != "1998-11-30" {
		t.Errorf("got %+v, %v; want two rows", got, err)
	}
	if _, err := parse.ReadOlderPage(strings.NewReader(firstPage)); !errors.Is(err, parse.ErrNotIssuerListing) {
		t.Errorf("a first page: got %v, want ErrNotIssuerListing", err)
	}
}

func TestBadRowsOfAnIssuerListingAreToldAndSkipped(t *testing.T) {
	got, err := parse.ReadOlderPage(strings.NewReader(`{"accessionNumber":["0000900001-99-000001","nonsense","0000900001-99-000003","0000900001-99-000004"],
		"form":["8-K","8-K","8-K|/A",null],"filingDate":["1999-02-30","1999-01-05","1999-01-05","1999-01-05"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []parse.LineError{
		{Line: 1, Text: "0000900001-99-000001 8-K 1999-02-30", Reason: "no filing date"},
		{Line: 2, Text: "nonsense 8-K 1999-01-05", Reason: "no accession number"},
		{Line: 3, Text: "0000900001-99-000003 8-K|/A 1999-01-05", Reason: "no form type"},
		{Line: 4, Text: "0000900001-99-000004  1999-01-05", Reason: "no form type"},
	}
	if diff := cmp.Diff(want, got.Bad); diff != "" || len(got.Rows) != 0 || got.Lines() != 4 {
		t.Errorf("%d rows, %d lines, -want +got:\n%s", len(got.Rows), got.Lines(), diff)
	}
}

func TestWhatIsNoIssuerListingIsRefusedWithTheReason(t *testing.T) {
	for name, c := range map[string]struct{ body, reason string }{
		"nothing":            {"", "ends in the middle"},
		"an error page":      {"<html>Request Rate Threshold Exceeded</html>", "invalid character"},
		"half a body":        {firstPage[:len(firstPage)/2], "ends in the middle"},
		"a body and more":    {firstPage + "{}", "more after its end"},
		"an array":           {"[1,2]", "where an object is due"},
		"no cik":             {strings.Replace(firstPage, `"cik":"0000900001",`, "", 1), "no cik"},
		"a cik that is none": {strings.Replace(firstPage, `"0000900001"`, `"x"`, 1), "cik"},
		"no form column":     {strings.Replace(firstPage, `"form":`, `"kind":`, 1), "a column is missing"},
		"a short column":     {strings.Replace(firstPage, `"filingDate":["2024-06-20",`, `"filingDate":[`, 1), "different lengths"},
		"a column of rows":   {strings.Replace(firstPage, `["8-K",`, `[8,`, 1), "form"},
		"a column twice":     {strings.Replace(firstPage, `"size":`, `"form":`, 1), "there twice"},
		"a page that is a path": {
			strings.Replace(firstPage, "CIK0000900001-submissions-001.json", "../../../etc/passwd", 1), "want a name as CIK0000900001-submissions-001.json",
		},
		"a page of another's": {strings.Replace(firstPage, "CIK0000900001-s", "CIK0000900002-s", 1), "older page"},
		"filings of none":     {`{"cik":1,"filings":null}`, "where an object is due"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parse.ReadIssuerListing(strings.NewReader(c.body))
			if !errors.Is(err, parse.ErrNotIssuerListing) || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("got %v, want ErrNotIssuerListing that says %q", err, c.reason)
			}
		})
	}
}

func TestAReadersFaultIsNotTheListings(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(firstPage[:100]), iotest.ErrReader(os.ErrDeadlineExceeded))
	_, err := parse.ReadIssuerListing(broken)
	if !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, parse.ErrNotIssuerListing) {
		t.Errorf("got %v, want the reader's own", err)
	}
}

// endless yields blanks for ever.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestAnEndlessIssuerListingIsGivenUp(t *testing.T) {
	_, err := parse.ReadIssuerListing(io.MultiReader(strings.NewReader(`{"cik":1,`), endless{}))
	if !errors.Is(err, parse.ErrNotIssuerListing) || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("got %v, want ErrNotIssuerListing for its length", err)
	}
}

func TestOnlyNamesOfOlderPagesAreNames(t *testing.T) {
	cik := must(edgar.ParseCIK("900001"))
	for name, want := range map[string]bool{
		"CIK0000900001-submissions-001.json":    true,
		"CIK0000900001-submissions-1234.json":   true,
		"CIK0000900001-submissions-.json":       false,
		"CIK0000900001-submissions-01.json":     false,
		"CIK0000900001-submissions-1/2.json":    false,
		"CIK0000900001-submissions-001.json.gz": false,
		"CIK900001-submissions-001.json":        false,
		"CIK0000900002-submissions-001.json":    false,
		"CIK0000900001.json":                    false,
	} {
		if got := parse.IsOlderPage(name, cik); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestEveryRealIssuerListingIsReadInFull(t *testing.T) {
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "api", "submissions*", "*.json"))
	if len(files) == 0 {
		t.Skip("no corpus of real issuer listings: set EDGARD_CORPUS to read one")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		read := parse.ReadIssuerListing
		if strings.Contains(file, "-submissions-") {
			read = parse.ReadOlderPage
		}
		got, err := read(f)
		f.Close()
		if err != nil || len(got.Rows) == 0 || len(got.Bad) > 0 {
			t.Errorf("%s: %v, %+v", filepath.Base(file), err, got)
		}
	}
}

func FuzzIssuerListing(f *testing.F) {
	f.Add([]byte(firstPage))
	f.Add([]byte(`{"form":["8-K"],"filingDate":["1999-01-05"],"accessionNumber":["0000900001-99-000001"]}`))
	f.Add([]byte(`{"cik":900001,"filings":{"recent":{"form":[],"filingDate":[],"accessionNumber":[]},"files":[{"name":"CIK0000900001-submissions-1.json"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func(io.Reader) (*parse.IssuerListing, error){parse.ReadIssuerListing, parse.ReadOlderPage} {
			l, err := read(strings.NewReader(string(data)))
			if err != nil {
				if l != nil || !errors.Is(err, parse.ErrNotIssuerListing) {
					t.Errorf("got %v and %v", l, err)
				}
				continue
			}
			for _, r := range l.Rows {
				if r.Accession.IsZero() || r.Form.IsZero() || r.Filed.IsZero() || r.CIK != l.Issuer.CIK {
					t.Errorf("row %+v of %v", r, l.Issuer.CIK)
				}
			}
			for _, p := range l.Older {
				if !l.Issuer.CIK.IsZero() && !parse.IsOlderPage(p.Name, l.Issuer.CIK) {
					t.Errorf("older page %q", p.Name)
				}
			}
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
