package serve_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/vital"
)

// shows fails for each of the texts that a page does not have.
func shows(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, want := range texts {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
}

// failing puts off one filing of the house and gives another one up, for reasons that
// nobody would choose.
func (h *house) failing(t *testing.T) (deferred, rejected edgar.Accession) {
	t.Helper()
	deferred, rejected = accession(t, "0000900001-26-000001"), accession(t, "0000900001-26-000002")
	rows := func(yield func(parse.Row) bool) {
		for _, a := range []edgar.Accession{deferred, rejected, accession(t, "0000900001-26-000003")} {
			yield(parse.Row{Form: edgar.CurrentReports()[0], Name: "Kelp & Daughters", CIK: must(edgar.ParseCIK("900001")), Filed: edgar.DateOf(time.Now()), Accession: a})
		}
	}
	if _, err := h.store.Discover(index.Listing{Key: "made", Fetched: time.Now()}, rows, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		h.store.Defer(deferred, time.Now().Add(time.Hour), "answered <b>HTTP 503</b> \u202eevil"),
		h.store.Reject(rejected, "gone: not there"),
	); err != nil {
		t.Fatal(err)
	}
	return deferred, rejected
}

func TestTheStatusPageOfACrawlShowsAllThatIsKnown(t *testing.T) {
	h := newHouse(t, everything)
	h.failing(t)
	h.measured(t)
	w := h.get("/status")
	if w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	shows(t, w.Body.String(),
		"2 filings are to be fetched, 1 of them now. The crawl is at work.",
		"1 listing is missing", "listing 2024Q1: EDGAR does not have it", "No request goes to sec.gov before",
		"9.0 GB free", "500.0 MB to others", "the index takes 123.5 kB", "the archive ",
		"Coverage by quarter of filing", "running: the quarter is not over",
		`<a href="/status/entries?state=deferred">deferred</a>`, "answered &lt;b&gt;HTTP 503&lt;/b&gt;", "gone: not there",
		"Requests of the last hour", "at most 8 a second, so that a second may hold 9", "limit: 480",
		"2 ok", "1 throttled", "Signs of life", "backlog", "Feed getcurrent", "Last passes",
	)
	if strings.Contains(w.Body.String(), "\u202e") {
		t.Error("a mark that turns the reading direction around is on the page")
	}
}

func TestTheStatusPageWhereNobodyCrawlsSaysSo(t *testing.T) {
	w := newHouse(t).get("/status")
	shows(t, w.Body.String(), "All that was listed is held. No crawl runs in this process", "Coverage by quarter of filing", "Nothing was deferred or rejected.")
	for _, absent := range []string{"Requests of the last hour", "Signs of life", "Outcomes of requests"} {
		if strings.Contains(w.Body.String(), absent) {
			t.Errorf("the page shows %q", absent)
		}
	}
}

func TestTheStatusPageSaysFirstWhatIsWorst(t *testing.T) {
	h := newHouse(t, func(cfg *serve.Config) {
		everything(cfg)
		cfg.Signs.Halted("the disk of /data is nearly full")
		cfg.Signs.Alive("backlog", time.Now().Add(-time.Hour))
		cfg.Disk = func() (serve.Disk, error) { return serve.Disk{Free: 1e6, Reserve: 5e8}, nil }
	})
	body := h.get("/status").Body.String()
	at := 0
	for _, want := range []string{
		"Nothing is fetched: the disk of /data is nearly full.", "activity “backlog” is stuck", "The disk is almost full: 1.0 MB are free",
		"No request goes to sec.gov", "1 listing is missing",
	} {
		i := strings.Index(body[at:], want)
		if i < 0 {
			t.Errorf("%q does not come where it should", want)
			continue
		}
		at += i
	}
}

func TestTheStatusForProgramsIsThatOfTheCommandAndTheCrawl(t *testing.T) {
	h := newHouse(t, everything)
	h.failing(t)
	h.measured(t)
	got := read[struct {
		At      time.Time
		Data    string
		States  map[string]int
		Due     int
		Rate    float64
		Reasons []index.ReasonCount
		Gaps    []serve.Gap
		Pauses  []serve.Pause
		Feeds   []string
		Passes  []index.Pass
		Disk    serve.Disk
		Archive struct{ Files, Bytes int }
		Crawl   vital.Snapshot
	}](t, h.ask("/api/v1/status"), http.StatusOK)
	if got.Data != "/data" || got.States["deferred"] != 1 || got.Due != 1 || got.Rate != 8 || len(got.Reasons) != 2 || len(got.Gaps) != 1 || len(got.Pauses) != 1 || len(got.Passes) == 0 {
		t.Errorf("status %+v", got)
	}
	if got.Disk.Index != 123456 || got.Archive.Files == 0 || got.Archive.Bytes == 0 || time.Since(got.At) > time.Minute {
		t.Errorf("disk %+v, archive %+v, at %v", got.Disk, got.Archive, got.At)
	}
	if x := got.Crawl; x.Asked() != 3 || x.Largest != 3 || len(x.PerMinute) != 60 || len(x.Activities) != 4 || x.Fresh.Count != 1 {
		t.Errorf("crawl %+v", x)
	}
	st, err := serve.Environment{Data: "/data"}.Stand(h.store, time.Now())
	if err != nil || st.States[index.Recorded] != got.States["recorded"] || len(st.Quarters) == 0 {
		t.Errorf("standing %+v, %v", st, err)
	}
}

func TestWhereNobodyCrawlsTheStatusForProgramsHasNoCrawl(t *testing.T) {
	got := read[map[string]json.RawMessage](t, newHouse(t).ask("/api/v1/status"), http.StatusOK)
	if _, ok := got["crawl"]; ok || got["states"] == nil {
		t.Errorf("status has %v", got)
	}
}

func TestAPauseOfThisProcessIsToldOnce(t *testing.T) {
	until := time.Now().Add(10 * time.Minute)
	h := newHouse(t, func(cfg *serve.Config) {
		cfg.Signs = wellSigns()
		cfg.Signs.Paused("sec.gov", until, "HTTP 429 for /a")
		cfg.Pauses = func() ([]serve.Pause, error) {
			return []serve.Pause{{Host: "sec.gov", Until: until.Truncate(time.Millisecond), Why: "HTTP 429 for /a"}}, nil
		}
	})
	got := read[struct{ Pauses []serve.Pause }](t, h.ask("/api/v1/status"), http.StatusOK)
	if len(got.Pauses) != 1 || got.Pauses[0].Why != "HTTP 429 for /a" {
		t.Errorf("pauses %+v, want one", got.Pauses)
	}
}

func TestWhatIsNotHeldIsListedByState(t *testing.T) {
	h := newHouse(t)
	deferred, rejected := h.failing(t)
	body := h.get("/status/entries?state=deferred").Body.String()
	shows(t, body, deferred.String(), "Kelp &amp; Daughters", "answered &lt;b&gt;HTTP 503&lt;/b&gt;", "tried once, again ",
		`href="https://www.sec.gov/Archives/edgar/data/900001/0000900001-26-000001.txt"`)
	if strings.Contains(body, rejected.String()) {
		t.Error("a rejected one is among the deferred")
	}
	shows(t, h.get("/status/entries").Body.String(), deferred.String(), rejected.String(), "0000900001-26-000003")
	shows(t, h.get("/status/entries?state=withdrawn").Body.String(), "None.")
	for _, wrong := range []string{"state=recorded", "state=x", "what=1", "after=nonsense"} {
		if w := h.get("/status/entries?" + wrong); w.Code != http.StatusBadRequest {
			t.Errorf("%s: status %d, want 400", wrong, w.Code)
		}
	}
}

func TestManyEntriesComePageByPage(t *testing.T) {
	h := newHouse(t)
	rows := func(yield func(parse.Row) bool) {
		for i := range 130 {
			yield(parse.Row{Form: edgar.CurrentReports()[0], Name: "Kelp", CIK: must(edgar.ParseCIK("900001")), Filed: edgar.DateOf(time.Now()),
				Accession: accession(t, fmt.Sprintf("0000900001-26-%06d", i+1))})
		}
	}
	if _, err := h.store.Discover(index.Listing{Key: "made", Fetched: time.Now()}, rows, time.Now()); err != nil {
		t.Fatal(err)
	}
	first := h.get("/status/entries?state=discovered").Body.String()
	next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(first)
	if next == nil || strings.Contains(first, `rel="first"`) {
		t.Fatalf("no page after the first:\n%s", first)
	}
	second := h.get(html.UnescapeString(next[1])).Body.String()
	if n, m := strings.Count(first, "<tr><td>"), strings.Count(second, "<tr><td>"); n != 100 || m != 30 {
		t.Errorf("pages of %d and %d, want 100 and 30", n, m)
	}
	shows(t, second, `rel="first"`)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestTheStatusSaysWhyTheLastPassEndedEarly(t *testing.T) {
	h := newHouse(t)
	now := time.Now()
	if err := h.store.AddPass(index.Pass{Start: now, End: now, Command: "run", Outcome: "ended early: EDGAR <cannot> be reached"}); err != nil {
		t.Fatal(err)
	}
	shows(t, h.get("/status").Body.String(), "The last pass, of ", ": ended early: EDGAR &lt;cannot&gt; be reached.")
}
