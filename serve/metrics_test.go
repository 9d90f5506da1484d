package serve_test

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
	"example.com/edgard/serve/guard"
	"example.com/edgard/vital"
)

// wellSigns are vital signs with something in every part.
func wellSigns() *vital.Signs {
	s := new(vital.Signs)
	now := time.Now()
	s.Limit(8)
	for range 3 {
		s.Sent(now)
	}
	s.Answered("www.sec.gov", vital.OK)
	s.Answered("www.sec.gov", vital.OK)
	s.Answered("data.sec.gov", vital.Throttled)
	s.Waited(100 * time.Millisecond)
	s.Fetched(4711)
	s.Parsed(3 * time.Millisecond)
	s.Fresh(40 * time.Second)
	for _, name := range []string{"getcurrent", "xbrlrss", "new filings", "backlog"} {
		s.Alive(name, now)
	}
	return s
}

// everything is a Config of which every metric can be told.
func everything(cfg *serve.Config) {
	cfg.Signs = wellSigns()
	cfg.Build = serve.Build{Version: "v1.2.3", Commit: "abc", Date: "2026-01-02"}
	cfg.Environment = serve.Environment{
		Data: "/data", Rate: 8, Feeds: []string{"getcurrent"},
		Gaps: func(index.Reader, time.Time) ([]serve.Gap, error) {
			return []serve.Gap{{Kind: "no_listing", Listing: "2024Q1", Detail: "EDGAR does not have it"}}, nil
		},
		Pauses: func() ([]serve.Pause, error) {
			return []serve.Pause{{Host: "sec.gov", Until: time.Now().Add(time.Minute)}}, nil
		},
		Disk: func() (serve.Disk, error) { return serve.Disk{Free: 9e9, Reserve: 5e8, Index: 123456}, nil },
	}
}

// scrape returns the lines of /metrics, and of those that end in a value the value.
func (h *house) scrape(t *testing.T) (lines []string, values map[string]string) {
	t.Helper()
	w := h.get("/metrics")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	values = make(map[string]string)
	for line := range strings.Lines(w.Body.String()) {
		line = strings.TrimSpace(line)
		lines = append(lines, line)
		if i := strings.LastIndexByte(line, ' '); !strings.HasPrefix(line, "#") && i > 0 {
			values[line[:i]] = line[i+1:]
		}
	}
	return lines, values
}

// measured waits until the archive was measured.
func (h *house) measured(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, values := h.scrape(t); values["edgard_archive_files"] != "" {
			return
		}
	}
	t.Fatal("the archive was not measured")
}

func TestMetricsTellWhatIsSo(t *testing.T) {
	h := newHouse(t, everything)
	h.measured(t)
	h.get("/")
	h.get("/no/such/page")
	h.get("/filings/0000000000-00-000000")
	_, got := h.scrape(t)
	st, err := h.store.Status(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		`edgard_requests_total{host="www.sec.gov",outcome="ok"}`:               "2",
		`edgard_requests_total{host="www.sec.gov",outcome="fault"}`:            "0",
		`edgard_requests_total{host="data.sec.gov",outcome="throttled"}`:       "1",
		`edgard_requests_second_max`:                                           "3",
		`edgard_requests_per_second_limit`:                                     "8",
		`edgard_request_wait_seconds_bucket{le="0.125"}`:                       "1",
		`edgard_received_bytes_total`:                                          "4711",
		`edgard_parse_seconds_count`:                                           "1",
		`edgard_freshness_seconds_bucket{le="30"}`:                             "0",
		`edgard_freshness_seconds_bucket{le="60"}`:                             "1",
		`edgard_freshness_seconds_sum`:                                         "40",
		`edgard_crawl_halted`:                                                  "0",
		`edgard_entries{state="recorded"}`:                                     strconv.Itoa(st.States[index.Recorded]),
		`edgard_entries{state="deferred"}`:                                     strconv.Itoa(st.States[index.Deferred]),
		`edgard_due`:                                                           strconv.Itoa(st.Due),
		`edgard_listings_missing`:                                              "1",
		`edgard_index_up`:                                                      "1",
		`edgard_ready`:                                                         "1",
		`edgard_index_bytes`:                                                   "123456",
		`edgard_disk_reserve_bytes`:                                            "5e+08",
		`edgard_http_answers_total{route="/",status="200"}`:                    "1",
		`edgard_http_answers_total{route="none",status="404"}`:                 "1",
		`edgard_http_answers_total{route="/filings/{accession}",status="404"}`: "1",
		`edgard_http_answer_seconds_count{route="/"}`:                          "1",
		`edgard_build_info{commit="abc",date="2026-01-02",version="v1.2.3"}`:   "1",
		`edgard_streams`:                                                       "0",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if got["edgard_pause_seconds"] == "0" || got["go_goroutines"] == "" || got["process_start_time_seconds"] == "" {
		t.Errorf("pause %q, goroutines %q, start %q; want a pause and both others", got["edgard_pause_seconds"], got["go_goroutines"], got["process_start_time_seconds"])
	}
}

func TestWhoIsTurnedAwayIsCounted(t *testing.T) {
	h := newHouse(t, func(cfg *serve.Config) {
		cfg.Read = func(index.Reader, edgar.Accession, int) (*parse.Filing, error) { panic("a handler breaks") }
	})
	const token = "0123456789abcdef"
	guarded := guard.Handler(guard.Config{Token: token, Refuse: h.Refuse}, h)
	for _, ask := range []struct {
		method, path, host, token string
		want                      int
	}{
		{"GET", "/", "localhost", "", http.StatusUnauthorized},
		{"GET", "/", "localhost", "wrong", http.StatusUnauthorized},
		{"GET", "/", "evil.example", token, http.StatusMisdirectedRequest},
		{"POST", "/", "localhost", token, http.StatusMethodNotAllowed},
		{"GET", "/filings/0009900041-26-000402", "localhost", token, http.StatusInternalServerError},
		{"GET", "/", "localhost", token, http.StatusOK},
	} {
		r := httptest.NewRequest(ask.method, ask.path, nil)
		r.Host = ask.host
		r.Header.Set("Authorization", "Bearer "+ask.token)
		w := httptest.NewRecorder()
		if guarded.ServeHTTP(w, r); w.Code != ask.want {
			t.Errorf("%s %s at %s: status %d, want %d", ask.method, ask.path, ask.host, w.Code, ask.want)
		}
	}
	_, values := h.scrape(t)
	got := make(map[string]string)
	for name, n := range values {
		if strings.HasPrefix(name, "edgard_http_answers_total") {
			got[name] = n
		}
	}
	want := map[string]string{
		`edgard_http_answers_total{route="guard",status="401"}`: "2",
		`edgard_http_answers_total{route="guard",status="405"}`: "1",
		`edgard_http_answers_total{route="guard",status="421"}`: "1",
		`edgard_http_answers_total{route="guard",status="500"}`: "1",
		`edgard_http_answers_total{route="/",status="200"}`:     "1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counted (-want +got):\n%s", diff)
	}
}

func TestTheTableOfMetricsIsWhatIsTold(t *testing.T) {
	h := newHouse(t, everything)
	l := index.Listing{Key: "getcurrent", Checked: time.Now()}
	if err := h.store.PutListing(l); err != nil {
		t.Fatal(err)
	}
	h.measured(t)
	h.get("/")
	lines, _ := h.scrape(t)
	var told []string
	help := make(map[string]string)
	for _, line := range lines {
		f := strings.SplitN(line, " ", 4)
		switch {
		case strings.HasPrefix(line, "# HELP edgard_"):
			help[f[2]] = f[3]
		case strings.HasPrefix(line, "# TYPE edgard_"):
			told = append(told, strings.Join([]string{f[2], f[3], labelsOf(lines, f[2]), help[f[2]]}, " | "))
		}
	}
	slices.Sort(told)
	var documented []string
	for _, row := range table(t, "../deploy/prometheus/README.md") {
		documented = append(documented, strings.Join(row, " | "))
	}
	slices.Sort(documented)
	if diff := cmp.Diff(told, documented); diff != "" {
		t.Errorf("-told by /metrics +in deploy/prometheus/README.md:\n%s", diff)
	}
}

// labelsOf reads the names of the labels of a metric, those of histograms aside.
func labelsOf(lines []string, name string) string {
	for _, line := range lines {
		rest, ok := strings.CutPrefix(line, name)
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "_bucket"), "_count")
		if !ok || !strings.HasPrefix(rest, "{") {
			continue
		}
		var labels []string
		for part := range strings.SplitSeq(rest[1:strings.LastIndexByte(rest, '}')], `",`) {
			if label, _, ok := strings.Cut(part, "="); ok && label != "le" {
				labels = append(labels, label)
			}
		}
		slices.Sort(labels)
		return strings.Join(labels, ", ")
	}
	return ""
}

// table reads the rows of a table whose first cell is a name in backquotes.
func table(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| `edgard_") {
			continue
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), "`", "")
		}
		labels := strings.Split(cells[2], ", ")
		slices.Sort(labels)
		cells[2] = strings.Join(labels, ", ")
		rows = append(rows, cells)
	}
	return rows
}

func TestMetricsAreAsPrometheusWantsThem(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not installed")
	}
	h := newHouse(t, everything)
	h.measured(t)
	h.get("/")
	cmd := exec.CommandContext(t.Context(), promtool, "check", "metrics")
	cmd.Stdin = h.get("/metrics").Body
	if out, err := cmd.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Errorf("promtool: %v\n%s", err, out)
	}
}

func TestWhereNobodyCrawlsTheMetricsAreThoseOfTheArchive(t *testing.T) {
	_, got := newHouse(t).scrape(t)
	if got["edgard_index_up"] != "1" || got["edgard_requests_per_second_limit"] != "" || got["edgard_pause_seconds"] != "0" {
		t.Errorf("index %q, limit %q, pause %q; want 1, none, 0", got["edgard_index_up"], got["edgard_requests_per_second_limit"], got["edgard_pause_seconds"])
	}
}

func TestAnIndexThatDoesNotAnswerIsToldInTheMetrics(t *testing.T) {
	h := newHouse(t, func(cfg *serve.Config) {
		cfg.Index = func(func(index.Reader) error) error { return errors.New("broken") }
	})
	_, got := h.scrape(t)
	if got["edgard_index_up"] != "0" || got["edgard_ready"] != "0" || got["edgard_due"] != "" {
		t.Errorf("index %q, ready %q, due %q; want 0, 0 and none", got["edgard_index_up"], got["edgard_ready"], got["edgard_due"])
	}
}

func TestTheIndexIsAskedOnceForManyScrapes(t *testing.T) {
	var asked int
	h := newHouse(t, func(cfg *serve.Config) {
		ask := cfg.Index
		cfg.Gaps = func(index.Reader, time.Time) ([]serve.Gap, error) { asked++; return nil, nil }
		cfg.Index = ask
	})
	for range 20 {
		h.scrape(t)
	}
	if asked > 2 {
		t.Errorf("asked %d times for 20 scrapes", asked)
	}
}

func BenchmarkScrape(b *testing.B) {
	h := newHouse(b, everything)
	h.get("/metrics")
	for b.Loop() {
		h.get("/metrics")
	}
}
