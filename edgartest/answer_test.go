package edgartest

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/edgard/edgar"
)

func TestFaultsAnswerAsTheFactsSay(t *testing.T) {
	w, _ := small(t)
	whole, err := w.Body(acc("0009900001-24-000001"))
	if err != nil {
		t.Fatal(err)
	}
	for fault, want := range map[Fault]struct {
		status int
		kind   string
		part   string
	}{
		Normal:       {200, "text/plain", "<SEC-DOCUMENT>"},
		Undeclared:   {403, "text/html", "<title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>"},
		Throttled:    {403, "text/html", "<title>SEC.gov | Request Rate Threshold Exceeded</title>"},
		TooMany:      {429, "text/html", "Reference ID: "},
		ThrottledOK:  {200, "text/html", "Request Rate Threshold Exceeded"},
		AccessDenied: {403, "application/xml", "<Error><Code>AccessDenied</Code>"},
		NoSuchKey:    {404, "application/xml", "<Key>edgar/data/9000118/0009900001-24-000001.txt</Key>"},
		Unavailable:  {503, "text/html", "File Unavailable"},
		Empty:        {200, "text/plain", ""},
		Truncated:    {200, "text/plain", string(whole[:len(whole)/2])},
	} {
		w.Script(filing, fault)
		resp, body := get(t, w, filing)
		if resp.StatusCode != want.status || resp.Header.Get("Content-Type") != want.kind || !strings.Contains(string(body), want.part) {
			t.Errorf("%s: got %s, %s, %s", fault, resp.Status, resp.Header.Get("Content-Type"), body)
		}
		if resp.Header.Get("Retry-After") != "" {
			t.Errorf("%s: Retry-After, which sec.gov never sends", fault)
		}
		if fault == Truncated && resp.ContentLength != int64(len(body)) {
			t.Errorf("Truncated: Content-Length %d, body of %d", resp.ContentLength, len(body))
		}
		if fault == Empty && len(body) != 0 {
			t.Errorf("Empty: %d bytes", len(body))
		}
	}
}

func TestBrokenBodiesFailToRead(t *testing.T) {
	w, _ := small(t)
	for _, fault := range []Fault{CutOff, CorruptGzip} {
		w.Script(filing, fault)
		resp, err := try(t, w, filing)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(resp.Body); err == nil {
			t.Errorf("%s: read without a fault", fault)
		}
	}
	w.Script("*", CorruptGzip)
	resp, body := get(t, w, "/Archives/edgar/full-index/2024/QTR1/form.gz")
	if resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status)
	}
	z := &gunzip{src: io.NopCloser(bytes.NewReader(body))}
	if _, err := io.ReadAll(z); err == nil {
		t.Error("form.gz with a wrong checksum decompressed without a fault")
	}
}

func TestScriptIsUsedUpInOrderAndThenTheTruthIsTold(t *testing.T) {
	w, _ := small(t)
	w.Script("/Archives/edgar/data/*", Normal, Throttled, Redirect("/robots.txt"))
	w.Script("*.txt", Unavailable)
	w.Script("/robots.txt", Always(NoSuchKey))
	var got []int
	for range 5 {
		resp, _ := get(t, w, filing)
		got = append(got, resp.StatusCode)
	}
	if want := []int{200, 403, 301, 503, 200}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range 3 {
		if resp, _ := get(t, w, "/robots.txt"); resp.StatusCode != http.StatusNotFound {
			t.Errorf("Always: got %s", resp.Status)
		}
	}
	w.ClearScript()
	if resp, _ := get(t, w, "/robots.txt"); resp.StatusCode != http.StatusOK {
		t.Errorf("after ClearScript: got %s", resp.Status)
	}
	var names []string
	for _, q := range w.Requests() {
		names = append(names, q.Answer)
	}
	if want := []string{"", "Throttled", "Redirect", "Unavailable", "", "NoSuchKey", "NoSuchKey", "NoSuchKey", ""}; !slices.Equal(names, want) {
		t.Errorf("answers in the log: got %q, want %q", names, want)
	}
}

func TestPatternsMatchRunsOfCharacters(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"*", "/anything", true},
		{"/a/b", "/a/b", true},
		{"/a/b", "/a/bc", false},
		{"/a/*", "/a/b/c", true},
		{"*.gz", "/q/form.gz", true},
		{"/full-index/*/master.*", "/full-index/2024/QTR1/master.idx", true},
		{"/full-index/*/master.*", "/full-index/2024/QTR1/form.idx", false},
		{"/a*a", "/a", false},
	} {
		if got := match(c.pattern, c.path); got != c.want {
			t.Errorf("match(%q, %q) = %v", c.pattern, c.path, got)
		}
	}
}

func TestOtherAndBodyReplaceTheAnswer(t *testing.T) {
	w, _ := small(t)
	w.Script(filing, Other(acc("0009900001-24-000003")), Body(http.StatusTeapot, "text/plain", []byte("short and stout")))
	if _, body := get(t, w, filing); !strings.Contains(string(body), "ACCESSION NUMBER:\t\t0009900001-24-000003") {
		t.Errorf("Other: got %s", body)
	}
	if resp, body := get(t, w, filing); resp.StatusCode != http.StatusTeapot || string(body) != "short and stout" {
		t.Errorf("Body: got %s, %s", resp.Status, body)
	}
}

func TestLimiterShutsOutForTenMinutesAfterTheLastRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(WithLimit(2))
		status := func() int {
			resp, _ := get(t, w, "/robots.txt")
			return resp.StatusCode
		}
		var got []int
		for _, pause := range []time.Duration{0, 500 * time.Millisecond, 500 * time.Millisecond, 100 * time.Millisecond, 9 * time.Minute, 9 * time.Minute, 10 * time.Minute} {
			time.Sleep(pause)
			got = append(got, status())
		}
		if want := []int{200, 200, 200, 403, 403, 403, 200}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		blocked := 0
		for _, q := range w.Requests() {
			if q.Blocked {
				blocked++
			}
		}
		if blocked != 3 {
			t.Errorf("blocked: got %d, want 3", blocked)
		}
	})
}

func TestRequestsAreCountedAndTimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := Demo()
		for range 4 {
			get(t, w, "/robots.txt?a=b", "If-None-Match", `"x"`)
			time.Sleep(300 * time.Millisecond)
		}
		get(t, w, filing)
		if got := w.MaxPerSecond(); got != 4 {
			t.Errorf("MaxPerSecond: got %d, want 4", got)
		}
		q := w.Requests()[0]
		if q.Method != "GET" || q.Host != "www.sec.gov" || q.Path != "/robots.txt" || q.Query != "a=b" || q.UserAgent != agent || !q.Conditional || q.Status != 200 || q.Bytes == 0 {
			t.Errorf("got %+v", q)
		}
		fs := w.FilingRequests()
		if len(fs) != 1 || fs[0].Accession != acc("0009900001-24-000001") || fs[0].Status != 404 {
			t.Errorf("FilingRequests: got %+v", fs)
		}
		w.Reset()
		if len(w.Requests()) != 0 || w.MaxPerSecond() != 0 {
			t.Error("Reset left something")
		}
	})
}

func TestSubmissionOfKnowsTheThreePlaces(t *testing.T) {
	want := acc("0009900001-24-000001")
	for path, want := range map[string]edgar.Accession{
		filing: want, "/0009900001-24-000001.txt": want,
		"/Archives/edgar/data/9000118/000990000124000001/0009900001-24-000001.txt": want,
		"/Archives/edgar/data/9000118/000990000124000001/ex99.txt":                 {},
		"/other/0009900001-24-000001.txt":                                          {},
		"/Archives/edgar/data/9000118/0009900001-24-000001-index.htm":              {},
	} {
		if got := submissionOf(path); got != want {
			t.Errorf("submissionOf(%s) = %v", path, got)
		}
	}
}
