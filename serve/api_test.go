package serve_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"example.com/edgard/edgar"
	"example.com/edgard/export"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// ask asks the API for a path.
func (h *house) ask(path string, header ...string) *httptest.ResponseRecorder {
	return h.get(path, append([]string{"Accept", "*/*"}, header...)...)
}

// listed is a page of filings as a program reads it.
type listed struct {
	Filings []struct{ Accession string }
	Next    string
	Notes   []string
}

func read[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (v T) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return v
}

// all returns the accession numbers that a query of the index gives.
func (h *house) all(t *testing.T, q index.Query) (as []string) {
	t.Helper()
	q.Limit = index.MaxLimit
	p, err := h.store.Find(q)
	if err != nil || len(p.Filings) == 0 {
		t.Fatalf("%d filings, %v", len(p.Filings), err)
	}
	for _, f := range p.Filings {
		as = append(as, f.Accession.String())
	}
	return as
}

func TestPagesOfAListHaveEveryFilingOnce(t *testing.T) {
	h := newHouse(t)
	var got []string
	for next := "/api/v1/filings?item=9.01&limit=5"; next != ""; {
		w := h.ask(next)
		l := read[listed](t, w, http.StatusOK)
		for _, f := range l.Filings {
			got = append(got, f.Accession)
		}
		next, _, _ = strings.Cut(strings.TrimPrefix(w.Header().Get("Link"), "<"), ">; rel=\"next\"")
		if u, err := url.Parse(next); err != nil || u.Query().Get("after") != l.Next {
			t.Errorf("the header leads to %s, the body to %s", next, l.Next)
		}
	}
	if want := h.all(t, index.Query{Items: []string{"9.01"}}); !slices.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestAnEmptyListIsAList(t *testing.T) {
	if got := newHouse(t).ask("/api/v1/filings?name=nobody").Body.String(); got != "{\"filings\":[]}\n" {
		t.Errorf("got %s", got)
	}
}

func TestLinesAreThoseOfAnExport(t *testing.T) {
	h := newHouse(t)
	for media, format := range map[string]export.Format{"text/csv": export.CSV, "application/x-ndjson": export.JSONL} {
		var want bytes.Buffer
		c := export.Config{Options: export.Options{Format: format, Rows: export.Filings}, Source: h.store}
		if _, err := c.Run(t.Context(), &want); err != nil {
			t.Fatal(err)
		}
		for _, limit := range []string{"0", "1000"} {
			w := h.ask("/api/v1/filings?oldest-first=true&limit="+limit, "Accept", media)
			if got := w.Body.String(); w.Code != http.StatusOK || got != want.String() || !strings.HasPrefix(w.Header().Get("Content-Type"), media) {
				t.Errorf("limit %s: %d %s\n%s", limit, w.Code, w.Header(), cmp.Diff(want.String(), got))
			}
		}
		if w := h.ask("/api/v1/filings?limit=1", "Accept", media); w.Header().Get("Link") == "" {
			t.Errorf("%s: a page leads to no other", media)
		}
	}
}

func TestWhoAcceptsSeveralMediaTypesGetsTheOneLikedBest(t *testing.T) {
	h := newHouse(t)
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/html,*/*;q=0.8": "application/json", "image/png": "application/json", "TEXT/CSV": "text/csv",
		"application/json;q=0.5, application/x-ndjson;q=0.9": "application/x-ndjson", "text/csv;q=0, application/json;q=0.1": "application/json",
		"text/*": "text/csv", "text/csv;q=x, */*;q=0.2": "application/json", "*/*, text/csv": "text/csv", "text/csv, application/json": "text/csv",
		"application/json;q=0, */*": "application/x-ndjson", "*/*;q=0.9, application/*;q=0.2": "text/csv", "text/csv;header=present;q=0.4, application/json;q=0.5": "application/json",
	} {
		got, _, _ := strings.Cut(h.ask("/api/v1/filings?limit=1", "Accept", accept).Header().Get("Content-Type"), ";")
		if got != want {
			t.Errorf("Accept: %s gives %s, want %s", accept, got, want)
		}
	}
}

func TestWhatCannotBeAskedIsAProblemThatNamesTheParameter(t *testing.T) {
	h := newHouse(t)
	for path, want := range map[string]string{
		"filings?itme=2.02":                       `itme: "itme": there is no such parameter; did you mean item?`,
		"filings?item=2.20":                       `item: item: "2.20" is no item number`,
		"filings?limit=0":                         "limit: limit: 0 means all, which does not come as one JSON object",
		"filings?limit=1001":                      "limit: limit: at most 1000 at once",
		"filings?limit=x":                         `limit: limit: "x": want a whole number`,
		"filings?after=AAAA":                      `after: after: finding filings: "AAAA": not a token to go on from: begin again without it`,
		"filings?item=%zz":                        ": the query string cannot be read",
		"filings?ticker=moth":                     `ticker: ticker: ticker "moth": not in the index: sync --ticker moth learns it, or give cik`,
		"issuers":                                 "q: q: is missing: give a ticker, a CIK or words of a name",
		"issuers?q=a&limit=21":                    "limit: limit: 21: want 1 to 20",
		"coverage?quarter=1":                      `quarter: "quarter": there is no such parameter. There are none here`,
		"trends?from=yesterday":                   `from: from: "yesterday" is no day`,
		"filings/0009900052-24-000049?revision=x": `revision: revision: "x": want a whole number`,
	} {
		w := h.ask("/api/v1/" + path)
		p := read[struct{ Type, Title, Detail, Parameter string }](t, w, http.StatusBadRequest)
		if got := p.Parameter + ": " + p.Detail; !strings.HasPrefix(strings.TrimPrefix(got, ": "), strings.TrimPrefix(want, ": ")) || p.Type != "about:blank" || p.Title != "Bad Request" {
			t.Errorf("%s:\ngot  %s\nwant %s", path, got, want)
		}
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s: %s", path, got)
		}
	}
}

func TestAFilingHasItsTextItsAmendmentsAndItsRevisions(t *testing.T) {
	h := newHouse(t)
	f := read[struct {
		parse.Filing
		AmendedBy []string `json:"amended_by"`
		Revisions []int
	}](t, h.ask("/api/v1/filings/0009900052-24-000017"), http.StatusOK)
	if len(f.Items) != 1 || !strings.Contains(f.Items[0].Text, "unauthorized") || !slices.Equal(f.AmendedBy, []string{"0009900052-24-000049"}) || !slices.Equal(f.Revisions, []int{1}) {
		t.Errorf("got %+v, amended by %v, revisions %v", f.Items, f.AmendedBy, f.Revisions)
	}
}

func TestAFilingThatIsNotThereSaysWhy(t *testing.T) {
	h := newHouse(t)
	h.list(t, "0009900099-24-000001", "0009900099-24-000002", "0009900099-24-000003")
	deferred, rejected := accession(t, "0009900099-24-000002"), accession(t, "0009900099-24-000003")
	if err := h.store.Defer(deferred, time.Now(), "answered 503\x1b[2J"); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Reject(rejected, "no submission"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"0009900099-24-000001":                  "discovered: 0009900099-24-000001 is discovered: It is listed by SEC and not fetched yet. A daemon fetches it in its turn; ",
		"0009900099-24-000002":                  "deferred: 0009900099-24-000002 is deferred: It was requested once without success; the last reason was: answered 503␛[2J. It will be tried again after ",
		"0009900099-24-000003/raw":              "rejected: 0009900099-24-000003 is rejected: It was given up: no submission. crawler sync --from 2024-05-05 --to 2024-05-05 --retry-rejected tries it again, where no daemon runs.",
		"0009900099-24-000004/items/1.01":       ": this archive does not know 0009900099-24-000004: no listing that was read names it",
		"0009900052-24-000049/items/2.02":       ": 0009900052-24-000049 has no item 2.02: it has 1.05",
		"0009900041-26-000402/exhibits/99":      ": 0009900041-26-000402 attaches no exhibit 99: it attaches 99.1, 99.2, 101.SCH",
		"0009900052-24-000049?revision=7":       ": revision 7: the archive has 1 of 0009900052-24-000049",
		"0009900052-24-000049/raw?revision=7":   ": revision 7: the archive has 1 of 0009900052-24-000049",
		"320193":                                `: accession number "320193": want the form 0000320193-24-000001`,
		"0009900052-24-000049/exhibits/%1b%5b1": ": 0009900052-24-000049 attaches no exhibit ␛[1: it attaches 101.SCH",
	} {
		p := read[struct{ Detail, State string }](t, h.ask("/api/v1/filings/"+path), http.StatusNotFound)
		if got := p.State + ": " + p.Detail; !strings.HasPrefix(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", path, got, want)
		}
	}
}

// list has EDGAR list submissions.
func (h *house) list(t *testing.T, as ...string) {
	t.Helper()
	form, err := edgar.ParseForm("8-K")
	if err != nil {
		t.Fatal(err)
	}
	day, err := edgar.ParseDate("2024-05-05")
	if err != nil {
		t.Fatal(err)
	}
	cik, err := edgar.CIKFromInt(9900099)
	if err != nil {
		t.Fatal(err)
	}
	rows := func(yield func(parse.Row) bool) {
		for _, a := range as {
			if !yield(parse.Row{Accession: accession(t, a), CIK: cik, Form: form, Filed: day, Name: "QUILL LOOM CO"}) {
				return
			}
		}
	}
	if _, err := h.store.Discover(index.Listing{Key: "2024-05-05", Rows: len(as)}, rows, time.Now()); err != nil {
		t.Fatal(err)
	}
}

func accession(t *testing.T, s string) edgar.Accession {
	t.Helper()
	a, err := edgar.ParseAccession(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestItemsAndExhibitsComeAsJSONOrAsText(t *testing.T) {
	h := newHouse(t)
	const filing = "/api/v1/filings/0009900041-26-000402"
	items := read[struct{ Items []parse.Item }](t, h.ask(filing+"/items/2.02"), http.StatusOK)
	exhibits := read[struct {
		Exhibits []struct{ Number, Type, Filename, Media, Text string }
	}](t, h.ask(filing+"/exhibits/99.1"), http.StatusOK)
	if len(items.Items) != 1 || items.Items[0].Text == "" || len(exhibits.Exhibits) != 1 || exhibits.Exhibits[0].Text == "" || exhibits.Exhibits[0].Type != "EX-99.1" {
		t.Fatalf("got %+v and %+v", items, exhibits)
	}
	for path, want := range map[string]string{"/items/2.02": items.Items[0].Text, "/exhibits/99.1": exhibits.Exhibits[0].Text} {
		w := h.ask(filing+path, "Accept", "text/plain")
		if got := w.Body.String(); strings.TrimSpace(got) != strings.TrimSpace(want) || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: %s %s", path, w.Header(), cmp.Diff(want, got))
		}
	}
}

func TestIssuersAreFoundByNumberAndByWhatIsTyped(t *testing.T) {
	h := newHouse(t)
	one := read[index.Issuer](t, h.ask("/api/v1/issuers/9000407"), http.StatusOK)
	if one.Name != "ORRERY INSTRUMENTS INC" || one.First.String() != "2003-08-05" {
		t.Errorf("got %+v", one)
	}
	found := read[struct{ Issuers []index.Issuer }](t, h.ask("/api/v1/issuers?q=orr"), http.StatusOK)
	if len(found.Issuers) != 1 || found.Issuers[0].CIK != one.CIK {
		t.Errorf("got %+v", found)
	}
	for _, path := range []string{"/api/v1/issuers/1", "/api/v1/issuers/x"} {
		if w := h.ask(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

func TestCoverageTellsQuartersAndGaps(t *testing.T) {
	c := read[struct {
		From     string
		Quarters []index.QuarterCoverage
		Gaps     []any
	}](t, newHouse(t).ask("/api/v1/coverage"), http.StatusOK)
	if c.From != "1994-01-01" || len(c.Quarters) == 0 || c.Quarters[0].Quarter.String() != "1994Q1" || c.Gaps == nil {
		t.Errorf("got %+v", c)
	}
}

// everyAnswer is a path of each kind that is answered with an ETag.
func everyAnswer() []string {
	const filing = "/api/v1/filings/0009900041-26-000402"
	return []string{
		"/", "/filings/0009900041-26-000402", "/api/v1/filings", "/api/v1/filings?cik=9000407", filing, filing + "/items/2.02", filing + "/exhibits/99.1", filing + "/raw",
		"/api/v1/issuers?q=orr", "/api/v1/issuers/9000407", "/api/v1/coverage", "/openapi.json",
		"/static/style.css", "/favicon.ico", "/filings/0009900041-26-000402/documents/1", "/filings/0009900041-26-000402/source",
	}
}

func TestWhoHasAnAnswerAlreadyIsNotSentItAgain(t *testing.T) {
	h := newHouse(t)
	for _, path := range everyAnswer() {
		first := h.ask(path)
		tag := first.Header().Get("ETag")
		if first.Code != http.StatusOK || tag == "" || first.Header().Get("Cache-Control") == "" {
			t.Errorf("%s: %d, ETag %q, %q", path, first.Code, tag, first.Header().Get("Cache-Control"))
			continue
		}
		for _, known := range []string{tag, "W/" + tag, `"x", ` + tag} {
			if w := h.ask(path, "If-None-Match", known); w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
				t.Errorf("%s: If-None-Match: %s gives %d %s", path, known, w.Code, w.Header())
			}
		}
		if w := h.ask(path, "If-None-Match", `"x"`); w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("%s: another ETag gives %d", path, w.Code)
		}
	}
	w := h.ask("/api/v1/filings?limit=0", "Accept", "text/csv")
	if again := h.ask("/api/v1/filings?limit=0", "Accept", "text/csv", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("all of them: %d", again.Code)
	}
}

func TestAListIsNewWhenAFilingIsRecorded(t *testing.T) {
	h := newHouse(t)
	const path = "/api/v1/filings?cik=9000407"
	before := h.ask(path)
	f, err := h.store.Filing(accession(t, "0009900052-24-000017"))
	if err != nil {
		t.Fatal(err)
	}
	anew := *f
	anew.Accession = accession(t, "0009900052-24-009999")
	if err := h.store.Record(&anew); err != nil {
		t.Fatal(err)
	}
	after := h.ask(path, "If-None-Match", before.Header().Get("ETag"))
	if after.Code != http.StatusOK || !strings.Contains(after.Body.String(), "0009900052-24-009999") {
		t.Errorf("%d: %s", after.Code, after.Body)
	}
}

func TestPackedAnswersAreTheSame(t *testing.T) {
	h := newHouse(t)
	unpack := map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	}
	plain := h.ask("/api/v1/filings")
	for coding, open := range unpack {
		w := h.ask("/api/v1/filings", "Accept-Encoding", coding)
		r, err := open(w.Body)
		if err != nil {
			t.Fatalf("%s: %v", coding, err)
		}
		body, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(body, plain.Body.Bytes()) || w.Header().Get("Content-Encoding") != coding || w.Header().Get("ETag") != "W/"+plain.Header().Get("ETag") {
			t.Errorf("%s: %v, %s, %d bytes of %d", coding, err, w.Header(), len(body), plain.Body.Len())
		}
	}
}

func TestTextOfStrangersInJSONSteersNoTerminal(t *testing.T) {
	h := newHouse(t)
	f, err := h.store.Filing(accession(t, "0009900052-24-000017"))
	if err != nil {
		t.Fatal(err)
	}
	anew := *f
	anew.Accession, anew.Filers = accession(t, "0009900052-24-009999"), slices.Clone(f.Filers)
	anew.Filers[0].Name = "A\x1b[2J\u009b\u202eB"
	if err := h.store.Record(&anew); err != nil {
		t.Fatal(err)
	}
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		got := h.ask("/api/v1/filings?limit=1&cik=9000407&from=2024-01-23&to=2024-01-23", "Accept", accept).Body.String()
		if !strings.Contains(got, `"A\u001b[2J\u009b\u202eB"`) {
			t.Errorf("%s: got %q", accept, got)
		}
	}
}

func TestManyFilingsStreamPageByPage(t *testing.T) {
	h := newHouse(t)
	f, err := h.store.Filing(accession(t, "0009900052-24-000017"))
	if err != nil {
		t.Fatal(err)
	}
	var more []*parse.Filing
	for i := range 600 {
		anew := *f
		anew.Accession = accession(t, fmt.Sprintf("0009900053-24-%06d", i+1))
		more = append(more, &anew)
	}
	if err := h.store.Record(more...); err != nil {
		t.Fatal(err)
	}
	total := len(h.all(t, index.Query{}))
	w := h.ask("/api/v1/filings?limit=0", "Accept", "text/csv")
	if lines := strings.Count(w.Body.String(), "\r\n"); lines != total+1 || !w.Flushed {
		t.Errorf("%d lines for %d filings, flushed: %v", lines, total, w.Flushed)
	}
}
