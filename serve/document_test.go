package serve_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// encoded is a picture, a PDF and what is neither, uuencoded.
const (
	encodedGIF = "begin 644 logo.gif\n&1TE&.#EA\n`\nend"
	encodedPDF = "<PDF>\nbegin 644 a.pdf\n()5!$1BTQ+C0\n`\nend\n</PDF>"
	encodedCat = "begin 644 evil.jpg\n#0V%T\n`\nend"
)

func TestDocumentsAreServedAsWhatTheyAre(t *testing.T) {
	h := newHouse(t)
	a := h.keep(t, submission("",
		doc(1, "8-K", "d8k.htm", `<html><body onload="alert(1)"><script>alert(2)</script><img src="logo.gif" alt="Our logo"><a href="ex99.txt">99</a><a href="javascript:alert(3)">x</a></body></html>`),
		doc(2, "EX-99.1", "ex99.txt", "PRESS <RELEASE>\n"), doc(3, "GRAPHIC", "logo.gif", encodedGIF), doc(4, "EX-99.2", `ann"ual; x=.pdf`, encodedPDF),
		doc(5, "GRAPHIC", "evil.jpg", encodedCat), doc(6, "EX-101.SCH", "t.xsd", "<XBRL>\n<?xml version='1.0'?><schema/>\n</XBRL>"), doc(7, "XML", "R1.htm", "<script>alert(4)</script>"),
		doc(8, "ZIP", "x.zip", encodedCat), doc(9, "GRAPHIC", "broken.gif", "begin 644 broken.gif\n~~~\n"),
	)).String()
	place := "/filings/" + a + "/documents/"
	for _, tt := range []struct {
		path, media, disposition string
		status                   int
		has, lacks               string
	}{
		{"1", "text/html; charset=utf-8", "", 200, `<img src="` + place + `3" alt="Our logo"><a href="` + place + `2">99</a><a>x</a>`, "alert"},
		{"1?framed", "text/html; charset=utf-8", "", 200, `<img src="` + place + `3"`, "As its filer wrote it"},
		{"2", "text/html; charset=utf-8", "", 200, `<pre class="typed">PRESS &lt;RELEASE&gt;`, "<RELEASE>"},
		{"3", "image/gif", "", 200, "GIF89a", ""},
		{"4", "application/pdf", `attachment; filename=ann_ual__x_.pdf`, 200, "%PDF-1.4", ""},
		{"5", "application/octet-stream", "attachment; filename=evil.jpg", 200, "Cat", ""},
		{"6", "text/plain; charset=utf-8", "", 200, "<schema/>", "<XBRL>"},
		{"7", "text/plain; charset=utf-8", "", 200, "<script>alert(4)</script>", ""},
		{"8", "application/octet-stream", "attachment; filename=x.zip", 200, "Cat", ""},
		{"9", "text/html; charset=utf-8", "", 422, "its encoding is broken", ""},
	} {
		w := h.get(place + tt.path)
		got := w.Header()
		if w.Code != tt.status || got.Get("Content-Type") != tt.media || got.Get("Content-Disposition") != tt.disposition {
			t.Errorf("%s: status %d, %q, %q; want %d, %q, %q", tt.path, w.Code, got.Get("Content-Type"), got.Get("Content-Disposition"), tt.status, tt.media, tt.disposition)
		}
		if body := w.Body.String(); !strings.Contains(body, tt.has) || tt.lacks != "" && strings.Contains(body, tt.lacks) {
			t.Errorf("%s: %s", tt.path, body)
		}
		policy := got.Get("Content-Security-Policy")
		if tt.status == http.StatusOK && (!strings.HasPrefix(policy, "sandbox ") || strings.Contains(policy, "allow-scripts") || !strings.Contains(policy, "default-src 'none'")) {
			t.Errorf("%s: policy %q", tt.path, policy)
		}
		if tt.status != http.StatusOK {
			continue
		}
		if w := h.get(place+tt.path, "If-None-Match", got.Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s again: status %d, %d bytes", tt.path, w.Code, w.Body.Len())
		}
	}
}

func TestAGiantDocumentIsCutAndSaysSo(t *testing.T) {
	h := newHouse(t)
	a := h.keep(t, submission("", doc(1, "8-K", "d8k.htm", report), doc(2, "EX-99.1", "ex99.htm", "<html><body>"+strings.Repeat("<p>Net sales rose and fell with the tide.</p>\n", 200_000)))).String()
	start := time.Now()
	w := h.get("/filings/" + a + "/documents/2")
	t.Logf("%d bytes in %s", w.Body.Len(), time.Since(start))
	wants(t, w.Body.String(), "its first 4.2 MB are shown", "/source?from=")
	if w.Code != http.StatusOK || w.Body.Len() > 6<<20 {
		t.Errorf("status %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestASlowReaderOfADocumentKeepsNobodyFromReading(t *testing.T) {
	h := newHouse(t)
	giant := strings.Repeat("Net sales rose and fell with the tide.\n", 200_000)
	a := h.keep(t, submission("", doc(1, "8-K", "d8k.htm", report), doc(2, "EX-99.1", "ex99.txt", giant), doc(3, "XML", "R1.htm", giant))).String()
	for _, path := range []string{"/documents/2", "/documents/3"} {
		w := &slow{ResponseRecorder: httptest.NewRecorder(), meanwhile: func() int {
			other := make(chan int, 1)
			go func() { other <- h.get("/filings/" + a + "/documents/2?framed").Code }()
			select {
			case code := <-other:
				return code
			case <-time.After(20 * time.Second):
				return http.StatusRequestTimeout
			}
		}}
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/filings/"+a+path, nil))
		if w.Code != http.StatusOK || w.other != http.StatusOK {
			t.Errorf("%s: status %d, and of another reader %d while it was on its way", path, w.Code, w.other)
		}
	}
}

// slow has something else asked for before it takes the first byte of an answer.
type slow struct {
	*httptest.ResponseRecorder
	meanwhile func() int
	other     int
}

func (s *slow) Write(b []byte) (int, error) {
	if s.other == 0 {
		s.other = s.meanwhile()
	}
	return s.ResponseRecorder.Write(b)
}

func TestNothingThatAFilerWroteStandsOnAPageAsHTML(t *testing.T) {
	h := newHouse(t)
	const evil = `"><script>alert(1)</script>'`
	text := submission("", doc(1, "8-K", evil+".htm", strings.ReplaceAll(report, "opened a works", "opened a works &lt;script&gt;alert(1)&lt;/script&gt;")),
		doc(2, "EX-99.1", "../../etc/passwd"+evil, evil), doc(3, evil, evil, evil), doc(4, "EX-99.9"+evil, "javascript:alert(1)", evil))
	text = strings.ReplaceAll(text, "TIDEWATER <LENS> WORKS", "TIDEWATER "+evil+"\u202e WORKS")
	a := h.keep(t, text).String()
	for _, path := range []string{"", "/documents/1", "/documents/2", "/documents/3", "/documents/4", "/source", "/source?from=0&length=99999"} {
		w := h.get("/filings/" + a + path)
		if body := w.Body.String(); w.Code != http.StatusOK || strings.Contains(body, "<script>alert") || strings.Contains(body, `href="javascript:`) {
			t.Errorf("%s: status %d, %s", path, w.Code, body)
		}
		if strings.Contains(w.Body.String(), "\u202e") && path == "" {
			t.Errorf("%s: a mark turns the direction of text around", path)
		}
	}
}
