package edgartest

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

type rss struct {
	Items []struct {
		Title string `xml:"title"`
		XBRL  struct {
			Name      string `xml:"companyName"`
			Form      string `xml:"formType"`
			Filed     string `xml:"filingDate"`
			CIK       string `xml:"cikNumber"`
			Accession string `xml:"accessionNumber"`
			Accepted  string `xml:"acceptanceDatetime"`
		} `xml:"xbrlFiling"`
	} `xml:"channel>item"`
}

func readRSS(t *testing.T, body []byte) (r rss) {
	t.Helper()
	_, rest, _ := strings.Cut(string(body), "?>")
	if err := xml.Unmarshal([]byte(rest), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheRSSOfXBRLHasAnItemForEachFiling(t *testing.T) {
	w, _ := small(t)
	resp, body := get(t, w, "/Archives/edgar/xbrlrss.all.xml")
	if resp.StatusCode != http.StatusOK || resp.Header.Get("ETag") == "" || !strings.HasPrefix(string(body), `<?xml version="1.0" encoding="windows-1252"?>`) {
		t.Fatalf("got %s, %v, %.60s", resp.Status, resp.Header, body)
	}
	r := readRSS(t, body)
	seen := map[string]bool{}
	for _, it := range r.Items {
		if seen[it.XBRL.Accession] {
			t.Errorf("%s has two items", it.XBRL.Accession)
		}
		seen[it.XBRL.Accession] = true
	}
	last := r.Items[len(r.Items)-1]
	if x := last.XBRL; last.Title != "Pellworm Lens Co (0009000118) (Filer)" || x.Form != "8-K" || x.Filed != "01/16/2024" ||
		x.CIK != "0009000118" || x.Accession != "0009900001-24-000001" || x.Accepted != "20240116000000" {
		t.Errorf("got %+v", last)
	}
}

func TestTheRSSOfXBRLIsWrittenEveryTenMinutesOnWeekdays(t *testing.T) {
	for now, want := range map[string]string{
		"2024-03-15 12:09": "2024-03-15 12:00", "2024-03-15 12:10": "2024-03-15 12:10", "2024-03-17 15:00": "2024-03-15 23:50",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, edgar.Eastern())
		if err != nil {
			t.Fatal(err)
		}
		if got := rssWritten(at).Format("2006-01-02 15:04"); got != want {
			t.Errorf("at %s: written at %s, want %s", now, got, want)
		}
	}
}

func TestTheRSSOfXBRLIsUnchangedUntilItIsWrittenAnew(t *testing.T) {
	w, _ := small(t)
	resp, _ := get(t, w, "/Archives/edgar/xbrlrss.all.xml")
	req := httptest.NewRequest(http.MethodGet, "https://www.sec.gov/Archives/edgar/xbrlrss.all.xml", nil)
	req.Header.Set("User-Agent", "Test test@example.org")
	req.Header.Set("If-None-Match", resp.Header.Get("ETag"))
	again, err := w.RoundTrip(req)
	if err != nil || again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %v, %v; want 304", again, err)
	}
}
