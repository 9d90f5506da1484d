package serve_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/vital"
)

var rowID = regexp.MustCompile(`id="f-([0-9-]+)"`)

// rows are the accessions listed on a page, in its order.
func rows(page string) (as []string) {
	for _, m := range rowID.FindAllStringSubmatch(page, -1) {
		as = append(as, m[1])
	}
	return as
}

func TestTheTimelineIsFilteredByItsURL(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		url  string
		want []string
		says string
	}{
		{"/?issuer=9001866&from=2026", []string{"0009900095-26-001777"}, "CIK 9001866 is Glasswing Therapeutics, Inc."},
		{"/?issuer=gwng&from=2026", []string{"0009900095-26-001777"}, "GWNG is read as a ticker"},
		{"/?issuer=glasswing+thera&from=2026", []string{"0009900095-26-001777"}, ""},
		{"/?from=2026-11-01&to=2026-11-15", []string{"0009900052-26-000311"}, ""},
		{"/?item=1.02&item=5.07&from=2026", []string{"0009900095-26-001777", "0009900083-26-000377"}, "item <b>5.07</b>"},
		{"/?words=durham+plant&from=2026", []string{"0009900095-26-001777"}, "Searched: the items of"},
		{"/?words=nowhere-to-be-found", nil, "No filing matches."},
	} {
		w := h.get(tt.url)
		if diff := cmp.Diff(tt.want, rows(w.Body.String())); w.Code != http.StatusOK || diff != "" {
			t.Errorf("%s: status %d, rows (-want +got):\n%s", tt.url, w.Code, diff)
		}
		if !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s: does not say %q", tt.url, tt.says)
		}
	}
}

func TestAFormLeadsToAURLWithoutWhatWasNotFilledIn(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct{ sent, want string }{
		{"/?issuer=&item=&form=&from=2026-11-01&to=2026-11-15&words=", "/?from=2026-11-01&to=2026-11-15"},
		{"/?issuer=&item=&form=&from=&to=&words=", "/"},
		{"/?item=&item=5.07&words=a+%26+b", "/?item=5.07&words=a+%26+b"},
	} {
		w := h.get(tt.sent)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != tt.want {
			t.Errorf("%s: status %d to %q, want 303 to %q", tt.sent, w.Code, got, tt.want)
		}
	}
}

func TestThePlaceOfTheWordsIsShown(t *testing.T) {
	h := newHouse(t)
	page := h.get("/?words=pilot+durham").Body.String()
	if want := "Durham pilot plant and to reduce the number of employees"; !strings.Contains(page, want) {
		t.Errorf("no %q in:\n%s", want, page)
	}
}

func TestAMistakeInAFieldLeavesTheFormFilledIn(t *testing.T) {
	h := newHouse(t)
	w := h.get("/?issuer=orrery&from=lately")
	page := w.Body.String()
	for _, want := range []string{`name="issuer" value="orrery"`, `name="from" value="lately"`, `role="alert">from: `, "issuer <b>orrery</b>"} {
		if w.Code != http.StatusBadRequest || !strings.Contains(page, want) {
			t.Errorf("status %d, no %s in:\n%s", w.Code, want, page)
		}
	}
	if got := rows(page); got != nil {
		t.Errorf("it lists %v beside the mistake", got)
	}
}

var tableLink = regexp.MustCompile(`<a href="(/filings\.csv[^"]*)" download>`)

func TestWhatIsListedIsToBeHadAsATable(t *testing.T) {
	h := newHouse(t)
	m := tableLink.FindStringSubmatch(h.get("/?issuer=orrery&form=8-K").Body.String())
	if m == nil {
		t.Fatal("the list has no link to a table")
	}
	w := h.get(strings.ReplaceAll(m[1], "&amp;", "&"))
	lines, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(lines) != 7 || lines[0][0] != "accession" || !strings.Contains(w.Header().Get("Content-Disposition"), `filename="filings.csv"`) {
		t.Errorf("%s: %v, %v, %d lines; want the line of names and 6 filings", m[1], err, w.Header(), len(lines))
	}
	if w := h.get("/filings.csv?item=2.2"); w.Code != http.StatusBadRequest || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("a mistake: status %d, %v; want a page that says what", w.Code, w.Header())
	}
	if page := h.get("/?words=durham").Body.String(); tableLink.MatchString(page) {
		t.Error("a search for words promises a table of what it found")
	}
}

func TestTheTitleSaysWhatIsListed(t *testing.T) {
	h := newHouse(t)
	for url, want := range map[string]string{
		"/":                     "<title>Latest 8-K filings · edgard</title>",
		"/?item=4.02&from=2020": "<title>from 2020, item 4.02 · 8-K filings · edgard</title>",
	} {
		if page := h.get(url).Body.String(); !strings.Contains(page, want) {
			t.Errorf("%s: no %s", url, want)
		}
	}
}

func TestAListByItemShowsTheTextOfThatItem(t *testing.T) {
	page := newHouse(t).get("/?item=2.05&from=2026").Body.String()
	if want := `<p class="snippet">On the same day the Board approved`; !strings.Contains(page, want) {
		t.Errorf("no %s in:\n%s", want, page)
	}
}

func TestWhatTheTimelineCannotMeanIsToldOnAPage(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct{ url, says string }{
		{"/?from=lately", "from: "},
		{"/?item=2.2", "item: "},
		{"/?after=nothing", "after: "},
		{"/?colour=red", "there is no such parameter"},
		{"/?words=%21%21", "words: "},
		{"/?words=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "words: 17 are given: at most 16"},
	} {
		w := h.get(tt.url)
		if page := w.Body.String(); w.Code != http.StatusBadRequest || !strings.Contains(page, tt.says) || !strings.Contains(page, "<h1>") {
			t.Errorf("%s: status %d, does not say %q:\n%s", tt.url, w.Code, tt.says, page)
		}
	}
}

var nextPage = regexp.MustCompile(`<a href="([^"]+)" rel="next">`)

func TestPagesOfTheTimelineHoldEveryFilingOnce(t *testing.T) {
	h := newHouse(t)
	seen := map[string]int{}
	for url, n := "/?form=8-K", 0; url != ""; n++ {
		page := h.get(url).Body.String()
		for _, a := range rows(page) {
			seen[a]++
		}
		if url = ""; n < 10 {
			if m := nextPage.FindStringSubmatch(page); m != nil {
				url = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("%d filings", len(seen))
	}
	for a, n := range seen {
		if n != 1 {
			t.Errorf("%s %d times", a, n)
		}
	}
}

func TestAFilterInEffectCanBeTakenAway(t *testing.T) {
	h := newHouse(t)
	page := h.get("/?item=2.02&state=DE&sic=28").Body.String()
	for _, want := range []string{`href="/?item=2.02&amp;state=DE" aria-label="Without sic 28"`, `<input type="hidden" name="state" value="DE">`, `<option value="2.02" selected>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestEveryValueOfAFilterSurvivesTheForm(t *testing.T) {
	page := newHouse(t).get("/?item=5.07,1.02&form=8-K12B&form=10-K&cik=1,2").Body.String()
	says(t, page,
		`<option value="5.07" selected>`, `<input type="hidden" name="item" value="1.02">`,
		`<option selected>8-K12B</option>`, `<input type="hidden" name="form" value="10-K">`,
		`<input type="hidden" name="cik" value="1">`, `<input type="hidden" name="cik" value="2">`,
		`item=5.07" aria-label="Without item 1.02"`)
	if strings.Contains(page, `name="item" value=""`) {
		t.Error("an empty parameter is sent along")
	}
	says(t, newHouse(t).get("/?form=10-K").Body.String(), `<option selected>10-K</option>`)
}

func TestBrowsersFindTheIconUnasked(t *testing.T) {
	w := newHouse(t).get("/favicon.ico")
	if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != "image/svg+xml" {
		t.Errorf("/favicon.ico: status %d, %s", w.Code, got)
	}
}

func TestAPageOfAnIndexInUseSaysWhenToComeAgain(t *testing.T) {
	h := newHouse(t, func(c *serve.Config) { c.Index = func(func(index.Reader) error) error { return index.ErrLocked } })
	for _, accept := range []string{"text/html", "application/json"} {
		if w := h.get("/", "Accept", accept); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: status %d, Retry-After %q", accept, w.Code, w.Header().Get("Retry-After"))
		}
	}
}

func TestAnArchiveWithoutFilingsSaysHowToGetSome(t *testing.T) {
	h, err := openHouse(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close(); h.ar.Close() })
	h.open(t)
	if page := h.get("/").Body.String(); !strings.Contains(page, "crawler sync") {
		t.Errorf("does not say how:\n%s", page)
	}
	if page := h.get("/?item=2.02").Body.String(); !strings.Contains(page, "No filing matches.") {
		t.Errorf("does not say that nothing matches:\n%s", page)
	}
}

func TestAnArchiveWithoutFilingsSaysWhereTheyComeFrom(t *testing.T) {
	for says, signs := range map[string]*vital.Signs{
		"<code>crawler sync</code> fetches":          nil,
		"they will come up here as they are fetched": new(vital.Signs),
	} {
		store, err := index.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		ar, err := archive.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer ar.Close()
		s, err := serve.New(serve.Config{Index: index.Of(store), Archive: ar, Signs: signs, Read: func(index.Reader, edgar.Accession, int) (*parse.Filing, error) {
			return nil, index.ErrNotFound
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if !strings.Contains(w.Body.String(), says) {
			t.Errorf("no %q in:\n%s", says, w.Body)
		}
	}
}
