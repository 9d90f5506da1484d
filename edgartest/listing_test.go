package edgartest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

func TestQuarterlyListingsHaveTheLayoutOfTheirKind(t *testing.T) {
	w, _ := small(t)
	dashes := func(n int) string { return strings.Repeat("-", n) }
	want := map[string]string{
		"master.idx": `Description:           Master Index of EDGAR Dissemination Feed
Last Data Received:    March 14, 2024
Comments:              webmaster@sec.gov
Anonymous FTP:         ftp://ftp.sec.gov/edgar/
Cloud HTTP:            https://www.sec.gov/Archives/

 
 
 
CIK|Company Name|Form Type|Date Filed|Filename
` + dashes(80) + `
9000118|Pellworm Lens Co|10-Q|2024-02-20|edgar/data/9000118/0009900001-24-000003.txt
9000118|Pellworm Lens Co|8-K|2024-01-16|edgar/data/9000118/0009900001-24-000001.txt
9001240|Slackwater Tidal Power Corp|8-K/A|2024-02-20|edgar/data/9001240/0009900001-24-000002.txt
9001241|Slackwater Operating Partnership, L.P.|8-K/A|2024-02-20|edgar/data/9001241/0009900001-24-000002.txt
`,
		"form.idx": `Description:           Master Index of EDGAR Dissemination Feed by Form Type
Last Data Received:    March 14, 2024
Comments:              webmaster@sec.gov
Anonymous FTP:         ftp://ftp.sec.gov/edgar/




Form Type   Company Name                                                  CIK         Date Filed  File Name
` + dashes(141) + `
10-Q             Pellworm Lens Co                                              9000118     2024-02-20  edgar/data/9000118/0009900001-24-000003.txt         
8-K              Pellworm Lens Co                                              9000118     2024-01-16  edgar/data/9000118/0009900001-24-000001.txt         
8-K/A            Slackwater Operating Partnership, L.P.                        9001241     2024-02-20  edgar/data/9001241/0009900001-24-000002.txt         
8-K/A            Slackwater Tidal Power Corp                                   9001240     2024-02-20  edgar/data/9001240/0009900001-24-000002.txt         
`,
	}
	for name, text := range want {
		_, got := get(t, w, "/Archives/edgar/full-index/2024/QTR1/"+name)
		if diff := cmp.Diff(text, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDailyListingsDifferInHeadDateAndPadding(t *testing.T) {
	w, _ := small(t)
	_, master := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/master.20240116.idx")
	if want := "edgar/\n \nCIK|Company Name|Form Type|Date Filed|File Name\n"; !strings.Contains(string(master), want) {
		t.Errorf("head of the daily master: want %q in\n%s", want, master)
	}
	if want := "9000118|Pellworm Lens Co|8-K|20240116|edgar/data/"; !strings.Contains(string(master), want) {
		t.Errorf("daily master: want %q in\n%s", want, master)
	}
	_, form := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/form.20240116.idx")
	if want := "8-K         Pellworm Lens Co                                              9000118     20240116    edgar/data/9000118/0009900001-24-000001.txt         \n"; !strings.HasSuffix(string(form), want) {
		t.Errorf("daily form: want last line %q in\n%s", want, form)
	}
	_, company := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/company.20240116.idx")
	if want := "Form Type   CIK\n      Date Filed  File Name\n" + strings.Repeat("-", 145); !strings.Contains(string(company), want) {
		t.Errorf("daily company: want %q in\n%s", want, company)
	}
	_, crawler := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/crawler.20240116.idx")
	if want := "http://www.sec.gov/Archives/edgar/data/9000118/0009900001-24-000001-index.htm"; !strings.Contains(string(crawler), want) {
		t.Errorf("daily crawler: want %q in\n%s", want, crawler)
	}
}

func TestCompressedListingIsAFileOfItsOwn(t *testing.T) {
	w, _ := small(t)
	_, plain := get(t, w, "/Archives/edgar/full-index/2024/QTR1/master.idx")
	resp, body := get(t, w, "/Archives/edgar/full-index/2024/QTR1/master.gz", "Accept-Encoding", "gzip")
	if got := resp.Header.Get("Content-Type") + resp.Header.Get("Content-Encoding"); got != "binary/octet-stream" {
		t.Errorf("Content-Type and Content-Encoding: got %q", got)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(text, plain) {
		t.Errorf("master.gz holds (%v)\n%s\nwant\n%s", err, text, plain)
	}
}

func TestDailyNamesAreThoseOfTheirTime(t *testing.T) {
	w := New()
	for day, want := range map[string]string{
		"1994-07-01": "master.070194.idx", "1995-01-03": "master.950103.idx", "1998-03-31": "master.980331.idx",
		"1998-04-01": "master.19980401.idx", "2011-07-01": "master.20110701.idx.gz", "2024-01-02": "master.20240102.idx",
	} {
		if got := w.DailyName("master", date(day)); got != want {
			t.Errorf("DailyName(master, %s) = %s, want %s", day, got, want)
		}
		name, err := edgar.ParseDailyName(want, date(day).Quarter())
		if err != nil || name.Date != date(day) {
			t.Errorf("ParseDailyName(%s) = %v, %v, want %s", want, name, err, day)
		}
	}
}

func TestListingsExistFromTheFirstFilingToNow(t *testing.T) {
	w, clock := small(t)
	status := func(path string) int {
		resp, _ := get(t, w, "/Archives/edgar/"+path)
		return resp.StatusCode
	}
	for path, want := range map[string]int{
		"full-index/2023/QTR4/master.idx":            http.StatusForbidden,
		"full-index/2024/QTR1/master.idx":            http.StatusOK,
		"full-index/2024/QTR2/master.idx":            http.StatusForbidden,
		"full-index/2099/QTR1/form.gz":               http.StatusForbidden,
		"full-index/master.idx":                      http.StatusOK,
		"daily-index/2024/QTR1/form.20240314.idx":    http.StatusOK,
		"daily-index/2024/QTR1/form.20240315.idx":    http.StatusForbidden, // not yet
		"daily-index/2024/QTR1/form.20240310.idx":    http.StatusForbidden, // Sunday
		"daily-index/2024/QTR1/form.20240115.idx":    http.StatusForbidden, // holiday
		"daily-index/2024/QTR1/form.20240314.idx.gz": http.StatusForbidden,
		"full-index/2024/QTR1/sitemap.xml":           http.StatusForbidden,
	} {
		if got := status(path); got != want {
			t.Errorf("GET %s: got %d, want %d", path, got, want)
		}
	}
	clock.t = at(date("2024-03-15"), 22, 0)
	if got := status("daily-index/2024/QTR1/form.20240315.idx"); got != http.StatusOK {
		t.Errorf("today's daily listing at 22:00: got %d", got)
	}
	clock.set("2024-07-01")
	_, empty := get(t, w, "/Archives/edgar/full-index/2024/QTR3/form.idx")
	if !bytes.HasSuffix(empty, []byte("---\n")) {
		t.Errorf("an empty quarter is header only: got\n%s", empty)
	}
}

func TestFilingsOfTheFutureAreNotListed(t *testing.T) {
	w, clock := small(t)
	clock.set("2024-02-19")
	if got, want := masterRows(t, w, "2024Q1"), []edgar.Accession{acc("0009900001-24-000001")}; !slices.Equal(got, want) {
		t.Errorf("rows on 19 February: got %v, want %v", got, want)
	}
	resp, _ := get(t, w, "/Archives/edgar/data/9001240/0009900001-24-000002.txt")
	if resp.StatusCode != http.StatusNotFound {
		t.Errorf("a filing of tomorrow: got %s", resp.Status)
	}
}

func TestNightlyListingsWaitForTheEvening(t *testing.T) {
	w, clock := small(t, WithNightlyListings())
	clock.set("2024-01-16")
	if got := masterRows(t, w, "2024Q1"); len(got) != 0 {
		t.Errorf("at noon of the filing day: got %v", got)
	}
	clock.t = at(date("2024-01-16"), 22, 1)
	if got := masterRows(t, w, "2024Q1"); len(got) != 1 {
		t.Errorf("after 22:00: got %v", got)
	}
}

func TestCorrectionsReachQuarterlyListingsOnly(t *testing.T) {
	w, _ := small(t)
	daily := func() []edgar.Accession {
		_, b := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/master.20240116.idx")
		return rowsIn(b)
	}
	gone := acc("0009900001-24-000001")
	before := daily()
	if !w.Remove(gone) || w.Remove(gone) {
		t.Error("Remove should report true once")
	}
	if rows := masterRows(t, w, "2024Q1"); slices.Contains(rows, gone) {
		t.Error("the quarterly listing still names a removed submission")
	}
	if after := daily(); !slices.Equal(before, after) {
		t.Errorf("daily listing: got %v, want %v", after, before)
	}
	if resp, _ := get(t, w, "/Archives/edgar/data/9000118/"+gone.String()+".txt"); resp.StatusCode != http.StatusNotFound {
		t.Errorf("its file: got %s", resp.Status)
	}
}

func TestFolderJSONNamesWhatExists(t *testing.T) {
	w, _ := small(t)
	for path, want := range map[string]string{
		"full-index/index.json":            `"name":"2024","type":"dir","href":"2024\/"`,
		"full-index/2024/index.json":       `"name":"QTR1","type":"dir","href":"QTR1\/"`,
		"full-index/2024/QTR1/index.json":  `"name":"master.gz","type":"file","href":"master.gz"`,
		"daily-index/index.json":           `"name":"2024"`,
		"daily-index/2024/index.json":      `"name":"daily-index\/2024\/","parent-dir":"..\/"`,
		"daily-index/2024/QTR1/index.json": `{"last-modified":"01\/16\/2024 10:00:00 PM","name":"master.20240116.idx"`,
	} {
		resp, body := get(t, w, "/Archives/edgar/"+path)
		if resp.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s, want %s in\n%s", path, resp.Status, want, body)
		}
	}
}
