package index

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// listedReports reads the current reports of an issuer from its listing at
// data.sec.gov: all but the text of them.
func listedReports(t *testing.T, file string) (fs []*parse.Filing) {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	type columns struct {
		AccessionNumber, Form, FilingDate, ReportDate, AcceptanceDateTime, Items []string
	}
	var l struct {
		CIK     json.RawMessage `json:"cik"`
		Filings struct{ Recent columns }
		columns
	}
	must(t, json.Unmarshal(data, &l))
	c := l.Filings.Recent
	if len(c.Form) == 0 {
		c = l.columns
	}
	_, name, _ := strings.Cut(filepath.Base(file), "CIK")
	issuer, err := edgar.ParseCIK(name[:10])
	must(t, err)
	for i, name := range c.Form {
		if form(name).IsCurrentReport() {
			a, err := edgar.ParseAccession(c.AccessionNumber[i])
			must(t, err)
			accepted, err := time.Parse(time.RFC3339, c.AcceptanceDateTime[i])
			must(t, err)
			f := made(1, c.FilingDate[i])
			f.Accession, f.Form, f.Period, f.Accepted, f.Items = a, form(name), day(c.ReportDate[i]), accepted, nil
			f.Filers = []parse.Filer{{Role: "filer", CIK: issuer, Name: "ISSUER"}}
			for number := range strings.SplitSeq(c.Items[i], ",") {
				f.Items = append(f.Items, parse.Item{Number: number, Source: parse.SourceHeader})
			}
			fs = append(fs, f)
		}
	}
	return fs
}

func TestAmendmentsOfRealIssuersAreLinkedByHeaderAlone(t *testing.T) {
	files, _ := filepath.Glob("../../shared/corpus/api/submissions*/*.json")
	if len(files) == 0 {
		t.Skip("no corpus beside the repository: real issuers are not read")
	}
	s := openTemp(t)
	for _, file := range files {
		if fs := listedReports(t, file); len(fs) > 0 {
			must(t, s.Record(fs...))
		}
	}
	n := 0
	for f, err := range s.All(Query{}) {
		must(t, err)
		if f.Amends == nil {
			continue
		}
		n++
		t.Logf("%s, filed %s: %s %s", f.Accession, f.Filed, f.Amends.Accession, f.Amends.Evidence)
		if f.Amends.Status != parse.AmendsLinked {
			t.Errorf("%s: %s: %s", f.Accession, f.Amends.Status, f.Amends.Evidence)
		}
	}
	if n < 6 {
		t.Errorf("%d amendments, want 6 at least", n)
	}
}
