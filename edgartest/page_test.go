package edgartest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// getJSON decodes what is under path, and checks that it is sent as JSON.
func getJSON(t *testing.T, w *World, path string, v any) *http.Response {
	t.Helper()
	resp, body := get(t, w, path)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: got %s, %s", path, resp.Status, resp.Header.Get("Content-Type"))
	}
	if err := json.Unmarshal(body, v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return resp
}

type issuer struct {
	CIK     string
	Name    string
	Tickers []string
	Filings struct {
		Recent page
		Files  []olderPage
	}
}

type page struct {
	AccessionNumber, FilingDate, ReportDate, AcceptanceDateTime, Form, Items, PrimaryDocument []string
	Size, IsInlineXBRL                                                                        []int
}

func TestSubmissionsJSONIsColumnar(t *testing.T) {
	var got issuer
	w := Demo()
	resp := getJSON(t, w, "https://data.sec.gov/submissions/CIK0009000118.json", &got)
	if resp.Header.Get("ETag")+resp.Header.Get("Last-Modified") != "" || resp.Header.Get("Cache-Control") != "max-age=0, no-cache, no-store" {
		t.Errorf("validators: got %v", resp.Header)
	}
	if got.CIK != "0009000118" || got.Name != "PELLWORM LENS CO" || !slices.Equal(got.Tickers, []string{"PLNS"}) {
		t.Errorf("got %+v", got)
	}
	r := got.Filings.Recent
	if n := len(r.Form); n != 7 || len(r.Items) != n || len(r.Size) != n || len(r.PrimaryDocument) != n {
		t.Fatalf("columns of different length: %+v", r)
	}
	newest := []string{r.AccessionNumber[0], r.FilingDate[0], r.ReportDate[0], r.AcceptanceDateTime[0], r.Form[0], r.Items[0], r.PrimaryDocument[0]}
	want := []string{"0009900017-26-000088", "2026-02-10", "2026-02-09", "2026-02-10T21:30:18.000Z", "8-K", "2.02,5.02,9.01", "plns-20260209.htm"}
	if diff := cmp.Diff(want, newest); diff != "" {
		t.Errorf("newest (-want +got):\n%s", diff)
	}
	if i := slices.Index(r.AccessionNumber, "0009900017-04-000231"); r.Items[i] != "12,5,7" || r.IsInlineXBRL[i] != 0 || r.IsInlineXBRL[0] != 1 {
		t.Errorf("2004: got items %q", r.Items[i])
	}
}

func TestOddIssuersHaveEasternTimeBehindTheirZ(t *testing.T) {
	var got issuer
	getJSON(t, Demo(), "https://data.sec.gov/submissions/CIK0009000407.json", &got)
	if at := got.Filings.Recent.AcceptanceDateTime[0]; at != "2026-11-12T16:05:01.000Z" {
		t.Errorf("got %s", at)
	}
}

func TestOlderFilingsStandInPagesOfTheirOwn(t *testing.T) {
	w := Demo(WithRecent(2), WithNow(newClock("2026-11-20").now))
	var got issuer
	getJSON(t, w, "https://data.sec.gov/submissions/CIK0009000118.json", &got)
	want := []olderPage{
		{"CIK0009000118-submissions-001.json", 2, "2004-02-12", "2012-05-11"},
		{"CIK0009000118-submissions-002.json", 2, "1994-11-10", "1998-12-31"},
		{"CIK0009000118-submissions-003.json", 1, "1994-03-18", "1994-03-18"},
	}
	if diff := cmp.Diff(want, got.Filings.Files); diff != "" {
		t.Fatalf("files (-want +got):\n%s", diff)
	}
	var second page
	getJSON(t, w, "https://data.sec.gov/submissions/"+want[1].Name, &second)
	if diff := cmp.Diff([]string{"0009000118-98-000027", "0009000118-94-000011"}, second.AccessionNumber); diff != "" {
		t.Errorf("page 2 (-want +got):\n%s", diff)
	}
	for _, name := range []string{"CIK9000118.json", "CIK0009999999.json", "CIK0009000118-submissions-004.json"} {
		if resp, _ := get(t, w, "https://data.sec.gov/submissions/"+name); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %s", name, resp.Status)
		}
	}
}

func TestTickerFiles(t *testing.T) {
	w := Demo()
	w.SetTicker("GRND", cik(9000777), "Grindle Slate Company", "")
	var got map[string]struct {
		CIK    int64 `json:"cik_str"`
		Ticker string
		Title  string
	}
	getJSON(t, w, "/files/company_tickers.json", &got)
	if r := got["0"]; r.CIK != 9000118 || r.Ticker != "PLNS" || r.Title != "Pellworm Lens Company" || len(got) != 9 {
		t.Errorf("got %+v", got)
	}
	var exchange struct {
		Fields []string
		Data   [][]any
	}
	getJSON(t, w, "/files/company_tickers_exchange.json", &exchange)
	if diff := cmp.Diff([]any{9000777.0, "Grindle Slate Company", "GRND", nil}, exchange.Data[8]); diff != "" {
		t.Errorf("exchange (-want +got):\n%s", diff)
	}
	if _, text := get(t, w, "/include/ticker.txt"); !strings.HasPrefix(string(text), "plns\t9000118\n") {
		t.Errorf("ticker.txt: got %s", text)
	}
}

type atom struct {
	Title   string `xml:"title"`
	Entries []struct {
		Title    string `xml:"title"`
		Summary  string `xml:"summary"`
		Updated  string `xml:"updated"`
		ID       string `xml:"id"`
		Category struct {
			Term string `xml:"term,attr"`
		} `xml:"category"`
	} `xml:"entry"`
}

func feed(t *testing.T, w *World, query string) atom {
	t.Helper()
	resp, body := get(t, w, "/cgi-bin/browse-edgar?action=getcurrent&output=atom&"+query)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/atom+xml" || resp.Header.Get("ETag") != "" {
		t.Fatalf("got %s, %v", resp.Status, resp.Header)
	}
	head := []byte(`<?xml version="1.0" encoding="ISO-8859-1" ?>`)
	if !bytes.HasPrefix(body, head) {
		t.Fatalf("got %.60s", body)
	}
	var a atom
	if err := xml.Unmarshal(body[len(head):], &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFeedHasTheShapeOfGetcurrent(t *testing.T) {
	w, _ := small(t)
	a := feed(t, w, "type=8-K&count=100")
	if a.Title != "Latest Filings - Fri, 15 Mar 2024 12:00:00 EDT" {
		t.Errorf("title: %q", a.Title)
	}
	if len(a.Entries) != 3 {
		t.Fatalf("type is a prefix and each filer has an entry: got %d entries", len(a.Entries))
	}
	e := a.Entries[2]
	if e.Title != "8-K - Pellworm Lens Co (0009000118) (Filer)" || e.ID != "urn:tag:sec.gov,2008:accession-number=0009900001-24-000001" ||
		e.Updated != "2024-01-16T00:00:00-05:00" || e.Category.Term != "8-K" {
		t.Errorf("got %+v", e)
	}
	if want := "<b>Filed:</b> 2024-01-16 <b>AccNo:</b> 0009900001-24-000001 <b>Size:</b> 1 KB\n<br>Item 2.02: Results of Operations and Financial Condition\n<br>Item 9.01: "; !strings.Contains(e.Summary, want) {
		t.Errorf("summary: %q", e.Summary)
	}
}

func TestFeedIsPaged(t *testing.T) {
	w := Demo()
	all, first, rest := feed(t, w, "type=&count=100"), feed(t, w, "count=10"), feed(t, w, "count=100&start=10")
	if len(first.Entries) != 10 || len(rest.Entries) != len(all.Entries)-10 {
		t.Errorf("got %d, %d of %d", len(first.Entries), len(rest.Entries), len(all.Entries))
	}
	if n := len(feed(t, w, "type=4&owner=exclude").Entries); n != 0 {
		t.Errorf("owner=exclude: got %d entries", n)
	}
	if n := len(feed(t, w, "start=5000").Entries); n != 0 {
		t.Errorf("start=5000: got %d entries", n)
	}
	resp, _ := get(t, w, "/cgi-bin/browse-edgar?action=getcurrent&start=5100")
	if resp.StatusCode != http.StatusServiceUnavailable || !resp.Close {
		t.Errorf("start=5100: got %s, close %v", resp.Status, resp.Close)
	}
}

func TestLatin1HasAByteOrAReferenceForEverything(t *testing.T) {
	if got, want := string(latin1("Zoë – \xe9")), "Zo\xeb &#8211; \xe9"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeaderInTheTagDialectHasItemNumbers(t *testing.T) {
	_, body := get(t, Demo(), "/Archives/edgar/data/9000118/000990001704000231/0009900017-04-000231.hdr.sgml")
	for _, want := range []string{
		"<SEC-HEADER>0009900017-04-000231.hdr.sgml : 20040212\n<ACCEPTANCE-DATETIME>20040211183512\n<ACCESSION-NUMBER>0009900017-04-000231\n<TYPE>8-K\n",
		"<ITEMS>5\n<ITEMS>7\n<ITEMS>12\n", "<ASSIGNED-SIC>3827\n", "<ACT>34\n", "</COMPANY-DATA>\n<FILING-VALUES>\n", "</FILER>\n</SEC-HEADER>\n",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("want %q in\n%s", want, body)
		}
	}
	again := parseTags(string(body))
	if got := again.first("PERIOD"); got != "20040211" {
		t.Errorf("read back: period %q", got)
	}
}

func TestIndexPageListsFactsAndDocuments(t *testing.T) {
	w := Demo()
	for _, path := range []string{"/000990005224000017/0009900052-24-000017-index.htm", "/0009900052-24-000017-index.html"} {
		_, body := get(t, w, "/Archives/edgar/data/9000407"+path)
		for _, want := range []string{
			`<div class="infoHead">Accepted</div>` + "\n" + `<div class="info">2024-01-23 17:12:48</div>`,
			`Item 1.05: Material Cybersecurity Incidents<br />`,
			`<a href="/ix?doc=/Archives/edgar/data/9000407/000990005224000017/orry-20240119.htm">orry-20240119.htm</a>`,
			`summary="Data Files"`,
		} {
			if !strings.Contains(string(body), want) {
				t.Errorf("%s: want %q in\n%s", path, want, body)
			}
		}
	}
}

func TestFolderOfAFilingNamesFilesThatExist(t *testing.T) {
	w := Demo()
	var f struct {
		Directory struct {
			Item []struct{ Name, Size string }
			Name string
		}
	}
	folder := "/Archives/edgar/data/9001511/000990008316001203/"
	getJSON(t, w, folder+"index.json", &f)
	if f.Directory.Name+"/" != folder || len(f.Directory.Item) != 6 {
		t.Fatalf("got %+v", f)
	}
	for _, item := range f.Directory.Item {
		resp, body := get(t, w, folder+item.Name)
		if resp.StatusCode != http.StatusOK || item.Size != "" && item.Size != fmt.Sprint(len(body)) {
			t.Errorf("%s: got %s, %d bytes, listed %q", item.Name, resp.Status, len(body), item.Size)
		}
	}
	var issuer struct {
		Directory struct{ Item []struct{ Name string } }
	}
	getJSON(t, w, "/Archives/edgar/data/9001511/index.json", &issuer)
	if len(issuer.Directory.Item) != 5 {
		t.Errorf("issuer's folder: got %+v", issuer)
	}
}

func TestDocumentsAreServedWithoutTheirWrapper(t *testing.T) {
	_, body := get(t, Demo(), "/Archives/edgar/data/9000407/000990005224000017/orry-20240119.htm")
	if !bytes.HasPrefix(body, []byte("<?xml")) || bytes.Contains(body, []byte("XBRL>")) {
		t.Errorf("got %.80s", body)
	}
}

func TestRobotsClosesTheFeedOnly(t *testing.T) {
	_, body := get(t, New(), "/robots.txt")
	if !regexp.MustCompile(`(?m)^Disallow: /cgi-bin$`).Match(body) || strings.Contains(string(body), "full-index") {
		t.Errorf("got\n%s", body)
	}
}
