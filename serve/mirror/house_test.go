package mirror_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve/mirror"
)

// at runs f in a bubble whose clock stands at an Eastern time such as
// "2024-06-20 12:00".
func at(t *testing.T, clock string, f func(*testing.T)) {
	t.Helper()
	start, err := time.ParseInLocation("2006-01-02 15:04", clock, edgar.Eastern())
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start))
		f(t)
	})
}

// A house is a data directory, what it is crawled from, and its mirror.
type house struct {
	*mirror.Mirror
	t      testing.TB
	dir    string
	source http.RoundTripper
	ix     *index.Store
	ar     *archive.Store
	keep   bool // text alone
	faults []error
}

func newHouse(t testing.TB, source http.RoundTripper) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), source: source}
	var err error
	if h.ix, err = index.Open(h.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ix.Close() })
	if h.ar, err = archive.Open(h.dir + "/archive"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.ar.Close() })
	h.restart()
	return h
}

// restart forgets what the mirror remembers.
func (h *house) restart() {
	h.Mirror = mirror.New(mirror.Config{
		Index: index.Of(h.ix), Archive: h.ar,
		Fault: func(_ *http.Request, err error) { h.faults = append(h.faults, err) },
	})
}

func (h *house) crawler() *crawl.Crawler {
	h.t.Helper()
	c, err := crawl.New(crawl.Config{
		UserAgent: "Test test@example.com", BaseURL: "http://127.0.0.1:1", Transport: h.source, KeepText: h.keep,
		StateDir: h.dir + "/state", ListingsDir: h.dir + "/listings", Index: h.ix, Archive: h.ar,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// sync makes one pass from a day on, which must not fail.
func (h *house) sync(from string) crawl.Report {
	h.t.Helper()
	r, err := h.crawler().Sync(h.t.Context(), crawl.Scope{From: day(from)})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// put archives and records a submission, as a listing had it, without a crawl.
func (h *house) put(sub edgartest.Submission) {
	h.t.Helper()
	w, err := h.ar.Create(sub.Accession)
	if err != nil {
		h.t.Fatal(err)
	}
	defer w.Abort()
	if _, err := w.Write(sub.Text()); err != nil {
		h.t.Fatal(err)
	}
	info, err := w.Commit(time.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := parse.ParseSubmission(sub.Text())
	if err != nil {
		h.t.Fatal(err)
	}
	f := parse.EightK(s)
	f.Recorded, f.SHA256, f.Size, f.Revision = info.Stored, fmt.Sprintf("%x", info.SHA256), info.Size, info.Revision
	if err := h.ix.Record(f); err != nil {
		h.t.Fatal(err)
	}
}

// held is what is held: accession numbers and hashes of the submissions.
func (h *house) held() map[string]string {
	h.t.Helper()
	got := map[string]string{}
	for f, err := range h.ix.All(index.Query{}) {
		if err != nil {
			h.t.Fatal(err)
		}
		if !f.Withdrawn {
			got[f.Accession.String()+" "+f.Form.String()+" "+f.Filed.String()] = f.SHA256
		}
	}
	return got
}

// get asks the mirror for an address.
func (h *house) get(address string, header ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// getPath asks for a path as it stands.
func (h *house) getPath(path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path = path
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// body asks for what must be there.
func (h *house) body(path string) string {
	h.t.Helper()
	w := h.get(path)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s answers %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// RoundTrip has the mirror crawled: an answer that is broken off is an error, as on
// the wire.
func (h *house) RoundTrip(r *http.Request) (res *http.Response, err error) {
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			res, err = nil, io.ErrUnexpectedEOF
		} else if p != nil {
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	res = w.Result()
	res.Request = r
	return res, nil
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func acc(s string) edgar.Accession { return must(edgar.ParseAccession(s)) }
func day(s string) edgar.Date      { return must(edgar.ParseDate(s)) }
func cik(s string) edgar.CIK       { return must(edgar.ParseCIK(s)) }

// made makes a submission of that form and day, filed by the companies given.
func made(accession, form, filed string, ciks ...string) edgartest.Submission {
	s := edgartest.Submission{
		Accession: acc(accession), Form: must(edgar.ParseForm(form)), Filed: day(filed), Items: []string{"8.01", "9.01"},
	}
	for _, c := range ciks {
		s.Filers = append(s.Filers, edgartest.Filer{CIK: cik(c), Name: "Tidewater Lens Works " + c})
	}
	return s
}

// world is an EDGAR of some submissions.
func world(t testing.TB, subs ...edgartest.Submission) *edgartest.World {
	t.Helper()
	w := edgartest.New(edgartest.WithWideForms(edgar.FirstQuarter()), edgartest.WithGzipDaily(), edgartest.WithAnyUserAgent())
	if err := w.Add(subs...); err != nil {
		t.Fatal(err)
	}
	return w
}

// reports are four of 2024's first half, one of them joint.
func reports() []edgartest.Submission {
	return []edgartest.Submission{
		made("0000900001-24-000001", "8-K", "2024-02-05", "900001"),
		made("0000900001-24-000002", "8-K/A", "2024-02-09", "900001"),
		made("0000900009-24-000003", "8-K12B", "2024-06-18", "900003", "900004"),
		made("0000900001-24-000011", "8-K", "2024-06-20", "900001"),
	}
}

// fetch asks an EDGAR for what must be there.
func fetch(t *testing.T, from http.RoundTripper, path string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:1"+path, nil)
	res, err := from.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b bytes.Buffer
	if _, err := io.Copy(&b, res.Body); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d: %s, %v", path, res.StatusCode, b.String(), err)
	}
	return b.String()
}

// fresh is a mirror that remembers nothing.
func fresh(h *house) *mirror.Mirror {
	return mirror.New(mirror.Config{Index: index.Of(h.ix), Archive: h.ar})
}

// completing is a pass that fetches what was cut.
func completing() crawl.Scope { return crawl.Scope{From: day("2024-01-01"), Complete: true} }
