package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func yes() *bool { b := true; return &b }

// fullFiling is a filing with something in every field that a page prints.
func fullFiling(t *testing.T) *parse.Filing {
	t.Helper()
	f := madeFiling(t, 30)
	f.Form = edgar.CurrentReports()[1]
	f.Accepted = time.Date(2015, 1, 30, 21, 30, 5, 0, time.UTC)
	f.Period = f.Filed.AddDays(-3)
	f.Filers = []parse.Filer{
		{Role: "filer", Name: "Meridian Kelp Works Inc", CIK: f.Filers[0].CIK, Tickers: []string{"KELP", "KELPW"}, SIC: "0100", StateOfIncorporation: "DE", FileNumber: "001-90001"},
		{Role: "subject company", Name: "Evil \x1b[2J Co"},
	}
	f.Cover = &parse.Cover{
		EmergingGrowthCompany: yes(), SolicitingMaterial: yes(), WrittenCommunications: new(bool),
		Securities: []parse.Security{{Title: "Common Stock, par value $0.01", Symbol: "KELP", Exchange: "Nasdaq"}, {Title: "Warrants"}},
	}
	f.Items = []parse.Item{
		{Number: "2.02", Title: "Results of Operations and Financial Condition", Source: parse.SourceBoth, Text: strings.Repeat("Words of the item go on. ", 20) + "\n\nRevenue\t12.4\nNet income\t3.1"},
		{Number: "9.01", Title: "Financial Statements and Exhibits", Source: parse.SourceHeader},
	}
	f.Exhibits = []parse.Exhibit{
		{Number: "99.1", Description: "Press release", Document: 2, Listed: true, Attached: true},
		{Number: "10.1", Description: "Lease, by reference", Listed: true},
	}
	f.Signatures = []parse.Signature{{Company: "Meridian Kelp Works Inc", Name: "Ada Thorne", Title: "Chief Financial Officer", Date: f.Filed}}
	f.Warnings = []parse.Warning{{Code: "item_missing_in_body", Detail: "9.01"}}
	f.Withdrawn = true
	return f
}

func TestAFilingIsSetForReading(t *testing.T) {
	out, b := paper(72, false)
	p := newPage(out)
	f := fullFiling(t)
	p.heading(f)
	p.items(f, true)
	p.after(f)
	if p.err != nil {
		t.Fatal(p.err)
	}
	want := `8-K/A  Meridian Kelp Works Inc +1  0009000001-15-000031
filed     2015-01-31, accepted 2015-01-30 16:30:05 EST, event of
          2015-01-28
filer     Meridian Kelp Works Inc (KELP, KELPW), CIK 9000001, SIC 0100,
          of DE, file 001-90001
subject   Evil ␛[2J Co
boxes     soliciting material, emerging growth company
security  KELP; Common Stock, par value $0.01; Nasdaq
security  Warrants
withdrawn SEC no longer lists this filing

Item 2.02  Results of Operations and Financial Condition
  Words of the item go on. Words of the item go on. Words of the item go
  on. Words of the item go on. Words of the item go on. Words of the
  item go on. Words of the item go on. Words of the item go on. Words of
  the item go on. Words of the item go on. Words of the item go on.
  Words of the item go on. Words of the item go on. Words of the item go
  on. Words of the item go on. Words of the item go on. Words of the
  item go on. Words of the item go on. Words of the item go on. Words of
  the item go on.

  Revenue     12.4
  Net income  3.1

Item 9.01  Financial Statements and Exhibits (only in the header)

exhibit   99.1 Press release (document 2)
exhibit   10.1 Lease, by reference (not attached)
signed    Ada Thorne, Chief Financial Officer, Meridian Kelp Works Inc,
          2015-01-31
warning   item_missing_in_body 9.01
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAGlanceShowsOnlyTheBeginningOfAnItem(t *testing.T) {
	out, b := paper(60, false)
	p := newPage(out)
	f := fullFiling(t)
	f.Items = f.Items[:1]
	p.items(f, false)
	want := `
Item 2.02  Results of Operations and Financial Condition
  Words of the item go on. Words of the item go on. Words of
  the item go on. Words of the item go on. Words of the item
  …
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestABareDocumentIsNamedByItsCover(t *testing.T) {
	for _, c := range []struct {
		f    parse.Filing
		want string
	}{
		{parse.Filing{}, ""},
		{parse.Filing{Cover: &parse.Cover{}}, ""},
		{parse.Filing{Cover: &parse.Cover{Registrants: []parse.Registrant{{Name: "Osprey Lantern Co"}}}}, "Osprey Lantern Co"},
		{parse.Filing{Filers: []parse.Filer{{Name: "OSPREY LANTERN CO"}, {}, {}}}, "OSPREY LANTERN CO +2"},
	} {
		if got := nameOf(&c.f); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestAPageKeepsTheFirstFailureOfWriting(t *testing.T) {
	p := newPage(&terminal{Writer: brokenPipe{}})
	p.printf("a")
	p.fact("b", "c")
	if p.err != errBroken {
		t.Errorf("got %v, want %v", p.err, errBroken)
	}
}
