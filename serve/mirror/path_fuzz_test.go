package mirror_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPath asks for paths of all kinds: whatever is asked for, there is an answer that
// EDGAR's clients understand, and nothing but what is held under that very path.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{
		"/Archives/edgar/data/900001/0000900001-24-000001.txt", "/Archives/edgar/data/900001/000090000124000001/primary.txt",
		"/Archives/edgar/data/900001/000090000124000001/../../../../index.db", "/Archives/edgar/data//0000900001-24-000001.txt",
		"/Archives/edgar/data/900001/000090000124000001/index.json", "/Archives/edgar/data/900001/0000900001-24-000001-index.htm",
		"/Archives/edgar/full-index/2024/QTR1/master.gz", "/Archives/edgar/full-index/2024/QTR01/master.idx", "/Archives/edgar/full-index/0000/QTR1/form.idx",
		"/Archives/edgar/daily-index/2024/QTR1/master.20240205.idx", "/Archives/edgar/daily-index/2024/QTR1/master.020524.idx",
		"/Archives/edgar/daily-index/9999/QTR4/index.json", "/Archives/edgar/full-index/2024/index.json", "/submissions/CIK0000900001.json",
		"/submissions/CIK0000900001-submissions-99999999999999999999.json", "/submissions/CIK٣.json", "/files/company_tickers.json", "/robots.txt", "/", "",
		"/Archives/edgar/data/900001/\x00\xff\r\n<script>", "/cgi-bin/browse-edgar",
	} {
		f.Add(seed)
	}
	h := newHouse(f, nil)
	h.put(made("0000900001-24-000001", "8-K", "2024-02-05", "900001"))
	f.Fuzz(func(t *testing.T, path string) {
		w := h.getPath(path)
		switch w.Code {
		case http.StatusOK:
			held := strings.HasSuffix(path, "/0000900001-24-000001.txt")
			if strings.HasPrefix(path, "/Archives/edgar/data/") && strings.Contains(w.Body.String(), "</SEC-DOCUMENT>") && !held {
				t.Errorf("%q answers with a submission", path)
			}
		case http.StatusForbidden, http.StatusNotFound, http.StatusServiceUnavailable:
			wellFormed(t, path, w.Body.String())
		default:
			t.Errorf("%q answers %d", path, w.Code)
		}
		for _, err := range h.faults {
			t.Errorf("%q: %v", path, err)
		}
	})
}

func wellFormed(t *testing.T, path, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%q answers %q: %v", path, body, err)
		}
	}
	if !utf8.ValidString(body) {
		t.Errorf("%q answers %q, which is no UTF-8", path, body)
	}
}
