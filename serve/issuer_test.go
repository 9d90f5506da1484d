package serve_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// says reports what a page lacks of what it should say.
func says(t *testing.T, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("does not say %q", want)
		}
	}
	if t.Failed() {
		t.Logf("the page:\n%s", page)
	}
}

func TestThePageOfAnIssuerSaysWhoItIs(t *testing.T) {
	page := newHouse(t).get("/issuers/9001866").Body.String()
	says(t, page,
		`<h1>Glasswing Therapeutics, Inc. <span class="ticker">GWNG</span></h1>`, `<a href="/?sic=2834">Pharmaceutical Preparations</a> <span class="code">SIC 2834</span>`,
		`<a href="/?state=DE">Delaware</a> <span class="code">DE</span>`,
		"001-91866", "31 December", "40 LANTERN STREET, SUITE 210, DURHAM, NC 27701", "4; filed <time>2021-05-14</time> to <time>2026-11-18</time>",
		`https://www.sec.gov/cgi-bin/browse-edgar?CIK=9001866&amp;action=getcompany&amp;type=8-K`,
		"<tr><td>GWNG</td><td><time>2021-05-14</time></td><td><time>2026-11-18</time></td></tr>",
		"Of 4 filings, 75 % report 9.01", `href="/?cik=9001866&amp;item=2.05"`)
	if got := rows(page); len(got) != 4 {
		t.Errorf("filings = %v, want 4", got)
	}
}

func TestFormerNamesAreShownWithTheirDays(t *testing.T) {
	says(t, newHouse(t).get("/issuers/0009000407").Body.String(), "<tr><td>COPERNICUS PROJECTOR CORP</td><td>none held</td><td>given up <time>1992-04-15</time></td></tr>")
}

func TestEachOfCoRegistrantsHasAPageOfItsOwn(t *testing.T) {
	h := newHouse(t)
	for cik, name := range map[string]string{"9001240": "Slackwater Tidal Power Corp", "9001241": "Slackwater Operating Partnership, L.P."} {
		says(t, h.get("/issuers/"+cik).Body.String(), "<h1>"+name, "1 together with other filers")
	}
}

func TestAnIssuerThatIsNotKnownIsToldHowToFetch(t *testing.T) {
	h := newHouse(t)
	for path, want := range map[string]string{"/issuers/4711": "crawler issuer 4711", "/issuers/abc": "finds issuers by name", "/issuers/99999999999": "finds issuers by name"} {
		w := h.get(path)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
		says(t, w.Body.String(), want)
	}
}

// ofIssuer records n filings of one filer over the years, the oldest first.
func (h *house) ofIssuer(t testing.TB, n int, filer func(i int) parse.Filer) {
	t.Helper()
	people := indextest.NewPopulation(n)
	var batch []*parse.Filing
	for i := range n {
		f := people.At(i)
		f.Filers = []parse.Filer{filer(i)}
		if batch = append(batch, f); len(batch) == 500 || i == n-1 {
			if err := h.store.Record(batch...); err != nil {
				t.Fatal(err)
			}
			batch = nil
		}
	}
}

func TestAFilerWithoutANumberIsNoLink(t *testing.T) {
	h := newHouse(t)
	h.ofIssuer(t, 1, func(int) parse.Filer { return parse.Filer{Name: "NUMBERLESS CORP", Role: "filer"} })
	page := h.get("/").Body.String()
	if says(t, page, "NUMBERLESS CORP"); strings.Contains(page, `href="/issuers/"`) {
		t.Error("it is linked to nobody's page")
	}
}

func madeCIK(t testing.TB) edgar.CIK {
	t.Helper()
	c, err := edgar.CIKFromInt(8_000_001)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var heldCount = regexp.MustCompile(`<dt>Filings held</dt><dd>([0-9,]*[0-9])`)

func TestEveryFilingOfAnIssuerIsCountedAndListedOnce(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	h.ofIssuer(t, 1201, func(int) parse.Filer { return parse.Filer{CIK: c, Name: "PROLIFIC CORP", Role: "filer"} })
	page := h.get("/issuers/8000001").Body.String()
	if m := heldCount.FindStringSubmatch(page); m == nil || m[1] != "1,201" {
		t.Errorf("held = %v, want 1,201", m)
	}
	seen := map[string]bool{}
	for pages := 1; ; pages++ {
		for _, a := range rows(page) {
			if seen[a] {
				t.Errorf("%s is listed twice", a)
			}
			seen[a] = true
		}
		next := nextPage.FindStringSubmatch(page)
		if next == nil || pages > 40 {
			break
		}
		page = h.get(strings.ReplaceAll(strings.TrimSuffix(next[1], "#list"), "&amp;", "&")).Body.String()
	}
	if len(seen) != 1201 {
		t.Errorf("%d filings are listed, want 1,201", len(seen))
	}
}

func TestWhatAnIssuerIsStandsOnItsFirstPageAlone(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	h.ofIssuer(t, 60, func(i int) parse.Filer {
		return parse.Filer{CIK: c, Name: "MOVED CORP", Role: "filer", FileNumber: fmt.Sprintf("001-%d", i)}
	})
	page := h.get("/issuers/8000001").Body.String()
	says(t, page, "<dd>001-")
	older := nextPage.FindStringSubmatch(page)
	if older == nil {
		t.Fatal("there is no older page")
	}
	if page := h.get(strings.ReplaceAll(strings.TrimSuffix(older[1], "#list"), "&amp;", "&")).Body.String(); strings.Contains(page, "001-") || !strings.Contains(page, "MOVED CORP") {
		t.Errorf("an older page tells what was so then:\n%s", page)
	}
}

func TestSymbolsOnACoverAreOfItsFirstFiler(t *testing.T) {
	h := newHouse(t)
	partner, err := edgar.CIKFromInt(8_000_002)
	if err != nil {
		t.Fatal(err)
	}
	f := indextest.NewPopulation(1).At(0)
	f.Filers = []parse.Filer{{CIK: madeCIK(t), Name: "KELP CORP"}, {CIK: partner, Name: "KELP PARTNERS LP"}}
	f.Cover = &parse.Cover{Securities: []parse.Security{{Symbol: "KELP"}}}
	if err := h.store.Record(f); err != nil {
		t.Fatal(err)
	}
	says(t, h.get("/issuers/8000001").Body.String(), "<td>KELP</td>")
	if page := h.get("/issuers/8000002").Body.String(); strings.Contains(page, "<td>KELP</td>") {
		t.Errorf("the second filer has the symbol of the first:\n%s", page)
	}
}

func TestNamesOverTimeAreToldNewestFirst(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	h.ofIssuer(t, 300, func(i int) parse.Filer {
		return parse.Filer{CIK: c, Role: "filer", Name: fmt.Sprintf("NAME %d CORP", i/100)}
	})
	page := h.get("/issuers/8000001").Body.String()
	says(t, page, "<td>NAME 0 CORP</td>", "<td>NAME 1 CORP</td>", "<td>NAME 2 CORP</td>", "<h1>NAME 2 CORP")
}

func TestHostileNamesAreText(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	bad := `"><script>alert(1)</script><svg onload=alert(1)>`
	h.ofIssuer(t, 3, func(int) parse.Filer {
		return parse.Filer{CIK: c, Role: "filer", Name: bad, SIC: bad, StateOfIncorporation: bad, FileNumber: bad, EIN: bad, FiscalYearEnd: bad,
			BusinessAddress: &parse.Address{Street1: bad, Phone: bad}, FormerNames: []parse.FormerName{{Name: bad + "x"}}, Tickers: []string{bad}}
	})
	w := h.get("/issuers/8000001")
	page := w.Body.String()
	says(t, page, "&lt;script&gt;")
	if w.Code != http.StatusOK || strings.Contains(page, "<script>") || strings.Contains(page, "<svg onload") {
		t.Errorf("status %d, a name is markup:\n%s", w.Code, page)
	}
}

// BenchmarkIssuerOfThousands asks for the page of an issuer with 5,000 filings.
func BenchmarkIssuerOfThousands(b *testing.B) {
	h := newHouse(b)
	c := madeCIK(b)
	h.ofIssuer(b, 5000, func(int) parse.Filer { return parse.Filer{CIK: c, Name: "PROLIFIC CORP", Role: "filer"} })
	for b.Loop() {
		if w := h.get("/issuers/8000001"); w.Code != http.StatusOK {
			b.Fatalf("status %d", w.Code)
		}
	}
}

func TestAnIssuerThatOnlyAListingNamesHasAPage(t *testing.T) {
	h := newHouse(t)
	a, err := edgar.ParseAccession("0009900095-26-001777")
	if err != nil {
		t.Fatal(err)
	}
	f, err := h.store.Filing(a)
	if err != nil {
		t.Fatal(err)
	}
	row := parse.Row{Form: f.Form, Name: "UNSEEN PARTNER LP", CIK: madeCIK(t), Filed: f.Filed, Accession: a}
	if _, err := h.store.Discover(index.Listing{Key: "2026-11-18", SHA256: strings.Repeat("ab", 32)}, slices.Values([]parse.Row{row}), time.Now()); err != nil {
		t.Fatal(err)
	}
	says(t, h.get("/issuers/8000001").Body.String(), "<h1>CIK 8000001</h1>", "filed <time>2026-11-18</time></dd>", `id="f-0009900095-26-001777"`)
}

func TestAPlaceInTheListOfAnIssuerThatIsNoneIsTold(t *testing.T) {
	w := newHouse(t).get("/issuers/9001866?after=nowhere")
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
	says(t, w.Body.String(), "after: ")
}
