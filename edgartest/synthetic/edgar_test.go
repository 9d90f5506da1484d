package synthetic

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func made(t *testing.T, p Plan) *EDGAR {
	t.Helper()
	s, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, h http.Handler, path, etag string) (int, io.Reader) {
	t.Helper()
	req := httptest.NewRequest("GET", path, nil)
	req.Header.Set("If-None-Match", etag)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if rec.Header().Get("Content-Encoding") != "gzip" {
		return rec.Code, rec.Body
	}
	zr, err := gzip.NewReader(rec.Body)
	if err != nil {
		t.Fatal(err)
	}
	return rec.Code, zr
}

func rows(t *testing.T, s *EDGAR, path string, forms ...edgar.Form) (rows []parse.Row, lines int) {
	t.Helper()
	_, body := get(t, s, path, "")
	in := parse.NewListing(body, forms...)
	for r, err := range in.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows, in.Lines()
}

func TestEveryReportListedIsServedUnderItsNumber(t *testing.T) {
	first, _ := edgar.ParseQuarter("2005Q3")
	last, _ := edgar.ParseQuarter("2006Q2")
	s := made(t, Plan{First: first, Last: last, Reports: 402, Others: 3, Size: 20_000})
	seen := map[edgar.Accession]bool{}
	for _, q := range []string{"2005/QTR3", "2005/QTR4", "2006/QTR1", "2006/QTR2"} {
		reports, lines := rows(t, s, "/Archives/edgar/full-index/"+q+"/master.gz", edgar.CurrentReports()...)
		if lines != 4*len(reports) {
			t.Errorf("%s: got %d lines for %d reports, want 4 to each", q, lines, len(reports))
		}
		for i, r := range reports {
			seen[r.Accession] = true
			if i%20 > 0 {
				continue
			}
			status, body := get(t, s, edgar.SubmissionPath(r.CIK, r.Accession), "")
			f, err := parse.ReadFiling(body)
			if status != 200 || err != nil {
				t.Fatalf("%s: got status %d, %v", r.Accession, status, err)
			}
			if f.Accession != r.Accession || f.Form != r.Form || f.Filed != r.Filed || f.Filers[0].CIK != r.CIK || f.Filers[0].Name != r.Name {
				t.Errorf("got %s %s %s %v, want %+v", f.Accession, f.Form, f.Filed, f.Filers, r)
			}
			if len(f.Items) != 2 || len(f.Warnings) > 0 {
				t.Errorf("%s: got %d items and warnings %v, want two items and no warning", r.Accession, len(f.Items), f.Warnings)
			}
		}
	}
	if len(seen) != 402 {
		t.Errorf("got %d reports, want 402", len(seen))
	}
}

func TestSubmissionsWeighAndCompressAsRealOnes(t *testing.T) {
	s := made(t, Plan{Reports: 100, Large: 30 << 20, LargeEvery: 10})
	for _, b := range s.bodies {
		if b.size < 195<<10 || b.size > 215<<10 {
			t.Errorf("got a body of %d bytes, want about 200 KB", b.size)
		}
	}
	if r := s.Ratio(); r < 4 || r > 4.8 {
		t.Errorf("got a ratio of %.2f, want that of real ones, 4.3", r)
	}
	large := 0
	for i := range 100 {
		if s.isLarge(i) {
			large++
			r := s.report(0, i)
			n, err := io.Copy(io.Discard, second(get(t, s, "/Archives/edgar/data/1/"+r.accession()+".txt", "")))
			if err != nil || n < 28<<20 {
				t.Errorf("got %d bytes, %v, want some 28 MB", n, err)
			}
		}
	}
	if large != 10 {
		t.Errorf("got %d large ones of 100, want 10", large)
	}
}

func second(_ int, r io.Reader) io.Reader { return r }

func TestWhatIsNotThereIsDeniedAndWhatIsUnchangedNotSent(t *testing.T) {
	s := made(t, Plan{Reports: 10, Others: 1, Size: 10_000})
	for _, path := range []string{
		"/Archives/edgar/full-index/2023/QTR4/master.gz", "/Archives/edgar/full-index/2024/QTR1/form.gz", "/Archives/edgar/daily-index/2024/QTR1/index.json",
		"/Archives/edgar/data/1/0000900001-24-000001.txt", "/Archives/edgar/data/1/" + strings.Replace(s.report(0, 9).accession(), "000009", "000010", 1) + ".txt", "/",
	} {
		if status, _ := get(t, s, path, ""); status != http.StatusForbidden {
			t.Errorf("%s: got status %d, want 403", path, status)
		}
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, httptest.NewRequest("GET", "/Archives/edgar/full-index/2024/QTR1/master.gz", nil))
	if status, _ := get(t, s, "/Archives/edgar/full-index/2024/QTR1/master.gz", rec.Header().Get("ETag")); status != http.StatusNotModified {
		t.Errorf("asked again: got status %d, want 304", status)
	}
	if _, err := New(Plan{Reports: perQuarter + 1}); err == nil {
		t.Error("more reports than a quarter has numbers: want an error")
	}
}
