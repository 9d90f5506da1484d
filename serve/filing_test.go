package serve_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

func mustAccession(t testing.TB, text string) edgar.Accession {
	t.Helper()
	a, err := edgar.ParseAccession(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// keep archives a submission and records it; the same accession again is its next
// revision.
func (h *house) keep(t testing.TB, text string) edgar.Accession {
	t.Helper()
	sub, err := parse.ReadReport(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	f := parse.EightK(sub)
	w, err := h.ar.Create(f.Accession)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	info, err := w.Commit(time.Date(2024, 2, 5, 22, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	f.Recorded, f.SHA256, f.Size, f.Revision = info.Stored, fmt.Sprintf("%x", info.SHA256), info.Size, info.Revision
	if err := h.store.Record(f); err != nil {
		t.Fatal(err)
	}
	return f.Accession
}

// submission is one of the 8-K 0000900001-24-000007 of a made company, header lines
// and documents as given.
func submission(header string, documents ...string) string {
	return "<SEC-DOCUMENT>0000900001-24-000007.txt : 20240205\n<SEC-HEADER>0000900001-24-000007.hdr.sgml : 20240205\n" +
		"<ACCEPTANCE-DATETIME>20240205163005\nACCESSION NUMBER:\t\t0000900001-24-000007\nCONFORMED SUBMISSION TYPE:\t8-K\n" +
		"CONFORMED PERIOD OF REPORT:\t20240201\nITEM INFORMATION:\t\tOther Events\nFILED AS OF DATE:\t\t20240205\n" + header +
		"\nFILER:\n\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\tTIDEWATER <LENS> WORKS\n" +
		"\t\tCENTRAL INDEX KEY:\t\t\t0000900001\n</SEC-HEADER>\n" + strings.Join(documents, "") + "</SEC-DOCUMENT>\n"
}

// doc is one <DOCUMENT>.
func doc(sequence int, kind, filename, text string) string {
	return fmt.Sprintf("<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n", kind, sequence, filename, text)
}

const report = "<html><body><p>FORM 8-K</p><p>Item 8.01. Other Events.</p><p>The Company opened a works.</p><p>Item 9.01. Exhibits.</p><p>99.1 Press release</p>" +
	"<p>SIGNATURE</p><p>Tidewater Lens Works</p><p>By: /s/ Ada Quill</p><p>Ada Quill</p></body></html>"

// wants looks for parts of a page.
func wants(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

func TestThePageOfAFilingTellsAllOfIt(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		accession string
		parts     []string
	}{
		{"0009900041-26-000402", []string{`id="item-2.02"`, `href="#item-2.02"`, `id="item-7.01"`, `id="exhibit-99.1"`, `/filings/0009900041-26-000402/documents/2?framed`, "Harrow Bay Financial Group, Inc."}},
		{"0009900083-14-000410", []string{"2 co-registrants", `<dt>CIK</dt>`}},
		{"0009900052-24-000049", []string{"8-K/A", "Amends 0009900052-24-000017: same issuer", `href="/filings/0009900052-24-000017"`}},
		{"0009900052-24-000017", []string{"Amended by an 8-K/A filed 2024-03-05", `href="/filings/0009900052-24-000049"`}},
		{"0009900041-24-000131", []string{"The header lists this item; the report has no heading of it.", "Only the submission’s header names it."}},
		{"0009900095-22-001431", []string{"The report has this item; the header does not list it.", "Discrepancies"}},
		{"0009900041-08-000244", []string{"8-K12B"}},
		{"0009900017-04-000231", []string{`id="item-12"`, `id="exhibit-99.1"`, "/source?from="}},
		{"0009900023-95-000077", []string{`https://www.sec.gov/Archives/edgar/data/9000301/000990002395000077/0009900023-95-000077-index.htm`, "https://www.sec.gov/Archives/edgar/data/9000301/0009900023-95-000077.txt"}},
		{"0009900017-12-000405", []string{`<td class="num">`, "<table>"}},
	} {
		w := h.get("/filings/" + tt.accession)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", tt.accession, w.Code)
		}
		wants(t, w.Body.String(), tt.parts...)
	}
}

func TestEveryItemHasItsPlaceInTheSubmission(t *testing.T) {
	h := newHouse(t)
	a := mustAccession(t, "0009900041-26-000402")
	f, err := h.store.Filing(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range f.Items {
		path := fmt.Sprintf("/filings/%s/source?from=%d&length=%d", a, it.Offset, it.Length)
		wants(t, h.get("/filings/"+a.String()).Body.String(), strings.ReplaceAll(path, "&", "&amp;"))
		page := h.get(path).Body.String()
		_, marked, _ := strings.Cut(page, `<mark id="stretch">`)
		marked, _, _ = strings.Cut(marked, "</mark>")
		if !strings.Contains(marked, it.Number) || strings.Contains(marked, "<p>") {
			t.Errorf("item %s: marked %q", it.Number, marked)
		}
		wants(t, page, "item "+it.Number)
	}
}

func TestThePlacesOfASubmissionLeadFromEndToEnd(t *testing.T) {
	h := newHouse(t)
	text := submission("", doc(1, "8-K", "d8k.htm", report), doc(2, "EX-99.1", "ex.txt", strings.Repeat("Grüße aus dem Werk\n", 8000)))
	a := h.keep(t, text)
	var got strings.Builder
	for path := fmt.Sprintf("/filings/%s/source", a); path != ""; {
		w := h.get(path)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		page := w.Body.String()
		_, marked, _ := strings.Cut(page, `<mark id="stretch">`)
		marked, _, _ = strings.Cut(marked, "</mark>")
		got.WriteString(marked)
		path = ""
		if _, link, ok := strings.Cut(page, `" rel="next"`); ok {
			before := page[:len(page)-len(link)-len(`" rel="next"`)]
			path = strings.ReplaceAll(before[strings.LastIndex(before, `"`)+1:], "&amp;", "&")
		}
	}
	if n := strings.Count(got.String(), "Werk"); n < 7990 || strings.Contains(got.String(), "Ã") {
		t.Errorf("%d of 8000 lines, or some in the wrong encoding", n)
	}
	for _, path := range []string{"?from=-1", "?from=x", "?length=1e9", "?from=99999999", "?revision=2", "?revision=x"} {
		if w := h.get("/filings/" + a.String() + "/source" + path); w.Code != http.StatusBadRequest && w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestAFilingThatIsNotHereSaysWhyAndWhatToDo(t *testing.T) {
	h := newHouse(t)
	day := edgar.DateOf(time.Date(2024, 2, 5, 12, 0, 0, 0, time.UTC))
	cik, err := edgar.ParseCIK("900001")
	if err != nil {
		t.Fatal(err)
	}
	form, err := edgar.ParseForm("8-K")
	if err != nil {
		t.Fatal(err)
	}
	var rows []parse.Row
	for i := range 4 {
		rows = append(rows, parse.Row{Form: form, Name: "Tidewater Lens Works", CIK: cik, Filed: day, Accession: mustAccession(t, fmt.Sprintf("0000900001-24-00001%d", i))})
	}
	if _, err := h.store.Discover(index.Listing{Key: "2024Q1", Rows: 4, Wanted: 4}, slices.Values(rows), time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		h.store.Defer(rows[1].Accession, time.Date(2024, 2, 6, 0, 0, 0, 0, time.UTC), "listed but <not> yet there"),
		h.store.Reject(rows[2].Accession, "gone"), h.store.Withdraw(rows[3].Accession, "no more listed"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, parts := range [][]string{
		{"not fetched yet", "crawler sync --from 2024-02-05 --to 2024-02-05 does now, where none runs.", "https://www.sec.gov/Archives/edgar/data/900001/000090000124000010/"},
		{"requested once without success", "listed but &lt;not&gt; yet there", "2024-02-05 19:00:00 EST; crawler sync", "--retry-now tries it now, where no daemon runs."},
		{"given up: gone", "--retry-rejected tries it again, where no daemon runs."},
		{"no longer does"},
	} {
		for _, path := range []string{"", "/source", "/documents/1"} {
			w := h.get("/filings/" + rows[i].Accession.String() + path)
			if w.Code != http.StatusNotFound {
				t.Errorf("%d%s: status %d, want 404", i, path, w.Code)
			}
			if path == "" {
				wants(t, w.Body.String(), parts...)
			}
		}
	}
	for _, path := range []string{"/filings/0000900001-24-000099", "/filings/none", "/filings/0009900041-26-000402/documents/99", "/filings/0009900041-26-000402/documents/x", "/filings/0009900041-26-000402?revision=7"} {
		if w := h.get(path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "<h1>") {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestADamagedCopyIsToldOfWhatWasRecorded(t *testing.T) {
	h := newHouse(t)
	a := "0009900041-26-000402"
	path := filepath.Join(h.dir, "archive", "submissions", "000", "990", "004", "126", "000", a+".txt.zst")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"cut":  func() error { return os.WriteFile(path, data[:len(data)/2], 0o600) },
		"rot":  func() error { data[len(data)/3] ^= 1; return os.WriteFile(path, data, 0o600) },
		"gone": func() error { return os.Remove(path) },
	} {
		if err := os.Chmod(path, 0o600); name != "gone" && err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := damage(); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		w := h.get("/filings/" + a)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", name, w.Code)
		}
		wants(t, w.Body.String(), "cannot be read", "crawler verify --repair", `id="item-2.02"`, "Harrow Bay Financial Group, Inc.")
		for _, part := range []string{"/documents/2", "/source"} {
			if w := h.get("/filings/" + a + part); w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "crawler verify --repair") {
				t.Errorf("%s%s: status %d", name, part, w.Code)
			}
		}
	}
}

func TestACutCopySaysWhatIsLeftOut(t *testing.T) {
	h := newHouse(t)
	var kept strings.Builder
	whole := submission("", doc(1, "8-K", "d8k.htm", report), doc(2, "GRAPHIC", "logo.gif", "begin 644 logo.gif\n"+strings.Repeat("M"+strings.Repeat("A", 60)+"\n", 10)+"`\nend"))
	if _, err := parse.KeepText(&kept, strings.NewReader(whole)); err != nil {
		t.Fatal(err)
	}
	a := h.keep(t, kept.String())
	page := h.get("/filings/" + a.String()).Body.String()
	wants(t, page, "has text only: it lacks 1 document", "crawler issuer 900001 --form 8-K --from 2024-02-05 --to 2024-02-05 --complete", "not in the copy kept here")
	if w := h.get("/filings/" + a.String() + "/documents/2"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "--complete") {
		t.Errorf("the document: status %d", w.Code)
	}
}

func TestAnOlderRevisionIsShownAsSuch(t *testing.T) {
	h := newHouse(t)
	h.keep(t, submission("", doc(1, "8-K", "d8k.htm", report), doc(2, "EX-99.1", "ex99.htm", "<p>The first word</p>")))
	a := h.keep(t, submission("STATE:\tcorrected\n", doc(1, "8-K", "d8k.htm", report), doc(2, "EX-99.1", "ex99.htm", "<p>The last word</p>"))).String()
	wants(t, h.get("/filings/"+a).Body.String(), `?revision=1"`, "2, the newest")
	wants(t, h.get("/filings/"+a+"?revision=1").Body.String(), "This is revision 1; SEC has since served another.", "/documents/2?revision=1&amp;framed", "&amp;revision=1")
	wants(t, h.get("/filings/"+a+"/documents/2?revision=1").Body.String(), "The first word")
	wants(t, h.get("/filings/"+a+"/documents/2").Body.String(), "The last word")
}
