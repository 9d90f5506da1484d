package edgartest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const filing = "/Archives/edgar/data/9000118/0009900001-24-000001.txt"

func TestFilingIsServedUnderEveryFilersFolder(t *testing.T) {
	w, _ := small(t)
	want, err := w.Body(acc("0009900001-24-000002"))
	if err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{
		"9001240/0009900001-24-000002.txt":                    http.StatusOK,
		"9001241/0009900001-24-000002.txt":                    http.StatusOK,
		"9001241/000990000124000002/0009900001-24-000002.txt": http.StatusOK,
		"9900001/0009900001-24-000002.txt":                    http.StatusNotFound, // the agent
		"0009001240/0009900001-24-000002.txt":                 http.StatusNotFound,
		"9001240/000990000124000003/0009900001-24-000002.txt": http.StatusNotFound,
		"9001240/0009900001-24-000999.txt":                    http.StatusNotFound,
	} {
		resp, body := get(t, w, dataRoot+path)
		if resp.StatusCode != status {
			t.Errorf("%s: got %s, want %d", path, resp.Status, status)
		}
		if status == http.StatusOK && !bytes.Equal(body, want) {
			t.Errorf("%s: got other bytes", path)
		}
		if status == http.StatusNotFound && !strings.Contains(string(body), "<Code>NoSuchKey</Code>") {
			t.Errorf("%s: got %s", path, body)
		}
	}
}

func TestHeadersOfATextAreThoseOfTheArchive(t *testing.T) {
	w, _ := small(t)
	resp, _ := get(t, w, filing, "Accept-Encoding", "gzip")
	h := resp.Header
	if got := h.Get("Content-Type"); got != "text/plain" {
		t.Errorf("Content-Type: got %q, want no charset", got)
	}
	if h.Get("Content-Encoding") != "gzip" || !strings.HasSuffix(h.Get("ETag"), `-gzip"`) {
		t.Errorf("compressed: got %v", h)
	}
	if h.Get("Accept-Ranges") != "bytes" || h.Get("Last-Modified") == "" || h.Get("Vary") != "Accept-Encoding" {
		t.Errorf("got %v", h)
	}
	resp, body := get(t, w, filing, "Accept-Encoding", "identity", "Range", "bytes=0-9")
	if resp.StatusCode != http.StatusOK || len(body) < 500 || strings.Contains(resp.Header.Get("ETag"), "gzip") {
		t.Errorf("identity with Range: got %s, %d bytes, %v", resp.Status, len(body), resp.Header)
	}
}

func TestValidatorsGive304UntilSomethingChanges(t *testing.T) {
	for _, path := range []string{filing, "/Archives/edgar/full-index/2024/QTR1/master.gz", "/Archives/edgar/daily-index/2024/QTR1/form.20240116.idx"} {
		w, _ := small(t)
		first, _ := get(t, w, path)
		tag, since := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", since}, {"If-None-Match", tag, "If-Modified-Since", since}} {
			resp, body := get(t, w, path, header...)
			if resp.StatusCode != http.StatusNotModified || len(body) != 0 || resp.Header.Get("ETag") == "" {
				t.Errorf("%s with %v: got %s", path, header, resp.Status)
			}
		}
		if err := w.Add(Submission{Accession: acc("0009900001-24-000009"), Form: form("8-K"), Filed: date("2024-01-16"), Filers: []Filer{{CIK: cik(9000777), Name: "Grindle Slate Co"}}}); err != nil {
			t.Fatal(err)
		}
		if err := w.ChangeHeader(acc("0009900001-24-000001"), func(h string) string { return strings.Replace(h, "Pellworm Lens Co", "PELLWORM LENS CO", 1) }); err != nil {
			t.Fatal(err)
		}
		for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", since}} {
			if resp, _ := get(t, w, path, header...); resp.StatusCode != http.StatusOK {
				t.Errorf("%s with %v after a change: got %s", path, header, resp.Status)
			}
		}
	}
}

func TestUndeclaredAgentsAreTurnedAway(t *testing.T) {
	w, _ := small(t)
	for agent, want := range map[string]int{
		"Ada Quill ada@quill.example":               http.StatusOK,
		"edgard/1.0 (Ada Quill; ada@quill.example)": http.StatusOK,
		"":                   http.StatusForbidden,
		"Go-http-client/1.1": http.StatusForbidden,
		"curl/8.5.0":         http.StatusForbidden,
		"Mozilla/5.0":        http.StatusForbidden,
		"edgard/1.0 (+https://quill.example/contact.htm)": http.StatusForbidden,
	} {
		resp, body := get(t, w, filing, "User-Agent", agent)
		if resp.StatusCode != want {
			t.Errorf("%q: got %s, want %d", agent, resp.Status, want)
		}
		if want == http.StatusForbidden && !strings.Contains(string(body), "Undeclared Automated Tool") {
			t.Errorf("%q: got %s", agent, body)
		}
	}
}

func TestHostsServeTheirOwnPathsOnly(t *testing.T) {
	w, _ := small(t)
	for url, want := range map[string]int{
		"https://www.sec.gov/submissions/CIK0009000118.json":  http.StatusNotFound,
		"https://data.sec.gov/submissions/CIK0009000118.json": http.StatusOK,
		"https://data.sec.gov" + filing:                       http.StatusNotFound,
		"http://www.sec.gov" + filing:                         http.StatusMovedPermanently,
		"http://127.0.0.1:1" + filing:                         http.StatusOK,
		"http://127.0.0.1:1/submissions/CIK0009000118.json":   http.StatusOK,
	} {
		if resp, _ := get(t, w, url); resp.StatusCode != want {
			t.Errorf("%s: got %s, want %d", url, resp.Status, want)
		}
	}
}

// answered is what a client sees of an answer.
type answered struct {
	Status int
	Header http.Header
	Body   string
	Failed bool
}

func see(client *http.Client, url string, header ...string) answered {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return answered{Failed: true}
	}
	req.Header.Set("User-Agent", agent)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := client.Do(req)
	if err != nil {
		return answered{Failed: true}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	resp.Header.Del("Date")
	resp.Header.Del("Connection")
	return answered{resp.StatusCode, resp.Header, string(body), err != nil}
}

func TestRoundTripperAndHandlerAnswerAlike(t *testing.T) {
	w, _ := small(t)
	srv := httptest.NewServer(w)
	defer srv.Close()
	direct := &http.Client{Transport: w}
	paths := []string{filing, "/robots.txt", "/Archives/edgar/full-index/2024/QTR1/master.gz", "/Archives/edgar/full-index/1999/QTR1/form.gz",
		"/submissions/CIK0009000118.json", "/cgi-bin/browse-edgar?action=getcurrent&type=8-K&output=atom"}
	for _, path := range paths {
		for _, header := range [][]string{nil, {"Accept-Encoding", "gzip"}, {"Accept-Encoding", "identity"}, {"User-Agent", "curl/8"}} {
			if diff := cmp.Diff(see(srv.Client(), srv.URL+path, header...), see(direct, srv.URL+path, header...)); diff != "" {
				t.Errorf("%s with %v (-handler +round tripper):\n%s", path, header, diff)
			}
		}
	}
	for fault := Normal; fault <= Reset; fault++ {
		if fault == Hang || fault == Stall {
			continue
		}
		w.Script(filing, fault, fault)
		over, under := see(srv.Client(), srv.URL+filing, "Connection", "close"), see(direct, srv.URL+filing)
		if diff := cmp.Diff(over, under); diff != "" {
			t.Errorf("%s (-handler +round tripper):\n%s", fault, diff)
		}
	}
}

func TestHangAndStallEndWithTheContext(t *testing.T) {
	w, _ := small(t)
	srv := httptest.NewServer(w)
	defer srv.Close()
	for _, base := range []string{"https://www.sec.gov", srv.URL} {
		var rt http.RoundTripper = w
		if base == srv.URL {
			rt = srv.Client().Transport
		}
		for _, fault := range []Fault{Hang, Stall} {
			w.Script("*", fault)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			req, _ := http.NewRequestWithContext(ctx, http.MethodGet, base+filing, nil)
			req.Header.Set("User-Agent", agent)
			resp, err := rt.RoundTrip(req)
			if err == nil {
				_, err = io.ReadAll(resp.Body)
				resp.Body.Close()
			}
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s at %s: got %v", fault, base, err)
			}
		}
	}
}

func TestTimeIsThatOfTheBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := Demo(WithLatency(50 * time.Millisecond))
		w.Script(filing, Normal)
		path := "/Archives/edgar/data/9000118/0009900017-19-001180.txt"
		start := time.Now()
		get(t, w, path) // public only from 2019 on: the bubble begins in 2000
		if got := time.Since(start); got != 50*time.Millisecond {
			t.Errorf("latency: got %v", got)
		}
		time.Sleep(time.Until(at(date("2020-01-02"), 12, 0)))
		resp, whole := get(t, w, path)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("in 2020: got %s", resp.Status)
		}
		w.Script(path, Slow(1024, time.Second))
		start = time.Now()
		_, slow := get(t, w, path, "Accept-Encoding", "identity")
		want := time.Duration((len(whole)+1023)/1024)*time.Second + 50*time.Millisecond
		if got := time.Since(start); got != want || !bytes.Equal(slow, whole) {
			t.Errorf("slow body: took %v, want %v", got, want)
		}
	})
}

func TestHeadHasTheHeadersOfGetAndNoBody(t *testing.T) {
	w, _ := small(t)
	srv := httptest.NewServer(w)
	defer srv.Close()
	for _, client := range []*http.Client{srv.Client(), {Transport: w}} {
		for method, want := range map[string]int{http.MethodHead: http.StatusOK, http.MethodPost: http.StatusMethodNotAllowed} {
			req, err := http.NewRequest(method, srv.URL+filing, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("User-Agent", agent)
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err != nil || resp.StatusCode != want {
				t.Errorf("%s: got %s, %v", method, resp.Status, err)
			}
			if method == http.MethodHead && (len(body) != 0 || resp.ContentLength < 500 || resp.Header.Get("ETag") == "") {
				t.Errorf("HEAD: got %d bytes, Content-Length %d, %v", len(body), resp.ContentLength, resp.Header)
			}
		}
	}
}

func TestResetIsAConnectionError(t *testing.T) {
	w, _ := small(t)
	w.Script(filing, Reset)
	if _, err := try(t, w, filing); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v", err)
	}
	if q := w.Requests(); len(q) != 1 || q[0].Status != 0 || q[0].Answer != "Reset" {
		t.Errorf("logged: %+v", q)
	}
}

func TestManyReadersAndAWriterDoNotRace(t *testing.T) {
	w := Demo()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, path := range []string{filing, "/Archives/edgar/full-index/2026/QTR1/form.idx", "/cgi-bin/browse-edgar?action=getcurrent", "/submissions/CIK0009001240.json", "/files/company_tickers.json"} {
				see(&http.Client{Transport: w}, "http://127.0.0.1"+path)
			}
		})
	}
	for _, s := range w.Submissions() {
		w.Remove(s.Accession)
		w.Script("*", Throttled)
	}
	wg.Wait()
	if got := len(w.Requests()); got != 20 {
		t.Errorf("got %d requests, want 20", got)
	}
}
