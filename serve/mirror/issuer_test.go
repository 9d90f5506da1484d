package mirror_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/parse"
)

func TestAnIssuersFilingsComeFromAMirrorToo(t *testing.T) {
	at(t, "2026-11-20 12:00", func(t *testing.T) {
		first := newHouse(t, edgartest.Demo(edgartest.WithAnyUserAgent()))
		first.sync("1994-01-01")
		whose := cik("9000301")
		want := map[string]string{}
		for f, err := range first.ix.All(queryOf(whose)) {
			if err != nil {
				t.Fatal(err)
			}
			want[f.Accession.String()+" "+f.Form.String()+" "+f.Filed.String()] = f.SHA256
		}
		second := newHouse(t, first)
		r, err := second.crawler().Issuer(t.Context(), crawl.Scope{CIKs: []edgar.CIK{whose}})
		if diff := cmp.Diff(want, second.held()); diff != "" || err != nil || len(want) == 0 {
			t.Errorf("report %+v, %v; -first +second:\n%s", r, err, diff)
		}
		if r, err := second.crawler().Issuer(t.Context(), crawl.Scope{CIKs: []edgar.CIK{whose}}); err != nil || r.FilingRequests+r.Withdrawn > 0 {
			t.Errorf("again: %+v, %v; want nothing fetched", r, err)
		}
		in, err := parse.ReadIssuerListing(strings.NewReader(first.body("/submissions/CIK0009000301.json")))
		if err != nil || in.Issuer.CIK != whose || in.Issuer.Name == "" || in.Issuer.SIC == "" {
			t.Errorf("listing of %+v, %v", in.Issuer, err)
		}
	})
}

func TestAnIssuersOlderPagesStayAsNewerFilingsCome(t *testing.T) {
	h := newHouse(t, nil)
	var fs []*parse.Filing
	record := func(n int) {
		for range n {
			fs = append(fs, filing(len(fs)+1, "900001"))
		}
		for at := len(fs) - n; at < len(fs); at += 500 {
			if err := h.ix.Record(fs[at:min(at+500, len(fs))]...); err != nil {
				t.Fatal(err)
			}
		}
	}
	pages := func() (rows []int, older []parse.OlderPage) {
		in, err := parse.ReadIssuerListing(strings.NewReader(h.body("/submissions/CIK0000900001.json")))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, len(in.Rows))
		for _, o := range in.Older {
			page, err := parse.ReadOlderPage(strings.NewReader(h.body("/submissions/" + o.Name)))
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, len(page.Rows))
		}
		return rows, in.Older
	}
	record(1999)
	if rows, _ := pages(); !cmp.Equal(rows, []int{1999}) {
		t.Errorf("pages of %v rows, want one of 1999", rows)
	}
	record(1)
	rows, before := pages()
	if !cmp.Equal(rows, []int{1000, 1000}) {
		t.Errorf("pages of %v rows, want two of 1000", rows)
	}
	record(999)
	if rows, after := pages(); !cmp.Equal(rows, []int{1999, 1000}) || !cmp.Equal(before, after, cmp.Comparer(func(a, b edgar.Date) bool { return a == b })) {
		t.Errorf("pages of %v rows, older pages %v, before %v", rows, after, before)
	}
	for _, name := range []string{"CIK900001.json", "CIK0000900001-submissions-002.json", "CIK0000900001-submissions-000.json", "CIK0000900001-submissions-1.json",
		"CIK0000900002.json", "0000900001.json", "CIK0000900001", "", "CIK0000900001.json/"} {
		if w := h.get("/submissions/" + name); w.Code != 404 {
			t.Errorf("%q answers %d, want 404", name, w.Code)
		}
	}
}

func TestTickersAreLookedUpAtAMirror(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		w.SetTicker("LENS", cik("900001"), "Tidewater Lens Works", "NYSE")
		w.SetTicker("KELP", cik("900777"), "Meridian Kelp Works", "NYSE")
		first := newHouse(t, w)
		if got := first.get("/files/company_tickers.json"); got.Code != 404 {
			t.Errorf("before anybody asked for a ticker: %d, want 404", got.Code)
		}
		first.sync("2024-01-01")
		for _, h := range []*house{first, newHouse(t, first)} {
			got, err := h.crawler().Tickers(t.Context(), []string{"kelp", "LENS"})
			if want := []edgar.CIK{cik("900777"), cik("900001")}; err != nil || !slices.Equal(got, want) {
				t.Errorf("tickers are of %v, %v; want %v", got, err, want)
			}
		}
		want := `{"0":{"cik_str":900777,"ticker":"KELP","title":""},"1":{"cik_str":900001,"ticker":"LENS","title":"Tidewater Lens Works 900001"}}`
		if got := first.body("/files/company_tickers.json"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// filing is a made one, the n-th.
func filing(n int, filers ...string) *parse.Filing {
	f := &parse.Filing{
		Schema: parse.SchemaVersion, Parser: parse.ParserVersion, Accession: acc(fmt.Sprintf("0000900001-24-%06d", n)),
		Form: edgar.CurrentReports()[0], Filed: day("2024-01-02").AddDays(n / 40), Items: []parse.Item{{Number: "8.01", Title: "Other Events", Source: parse.SourceBoth}},
		Recorded: time.Date(2024, 6, 21, 12, 0, n/40, 0, time.UTC), SHA256: strings.Repeat("0a", 32), Size: 1000, Revision: 1,
	}
	for _, c := range filers {
		f.Filers = append(f.Filers, parse.Filer{Role: "filer", CIK: cik(c), Name: "Tidewater Lens Works " + c})
	}
	return f
}
