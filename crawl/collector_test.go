package crawl

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func traceGotConn(r *http.Request) {
	if tr := httptrace.ContextClientTrace(r.Context()); tr != nil && tr.GotConn != nil {
		tr.GotConn(httptrace.GotConnInfo{})
	}
}

// unlimited serves one answer to all paths without a rate.
func unlimited(t *testing.T, status int, header http.Header, body string) *collector {
	s := &server{answer: func(*http.Request) (int, http.Header, string) { return status, header, body }}
	return newPages(t, newDoor(t, s, t.TempDir(), 0))
}

func TestBodiesArriveByteForByte(t *testing.T) {
	big := strings.Repeat("\x93quoted\x94 \xe9\n", 2<<20) // 22 MB, past colly's 10 MiB
	zipped := gzipped(t, "Description: a listing")
	for _, c := range []struct {
		name, path, body string
		header           http.Header
	}{
		{"larger than colly's default", "/a.txt", big, nil},
		{"with a charset that is not theirs", "/a.txt", "\x93quoted\x94", http.Header{"Content-Type": {"text/html; charset=windows-1252"}}},
		{"a gzip file", "/master.gz", zipped, http.Header{"Content-Type": {"application/x-gzip"}}},
		{"a gzip file named xml", "/a.xml.gz", zipped, http.Header{"Content-Type": {"binary/octet-stream"}}},
		{"empty", "/a.txt", "", nil},
	} {
		var got bytes.Buffer
		v, err := unlimited(t, 200, c.header, c.body).get(t.Context(), c.path, nil, &got, 1<<30)
		if err != nil || sha256.Sum256(got.Bytes()) != sha256.Sum256([]byte(c.body)) || v.Size != int64(len(c.body)) {
			t.Errorf("%s: got %d bytes, size %d, %v; want the %d served", c.name, got.Len(), v.Size, err, len(c.body))
		}
	}
}

func gzipped(t *testing.T, s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestATransferEncodingIsUnpackedAndItsBytesCounted(t *testing.T) {
	want := strings.Repeat("submission ", 1000)
	body := gzipped(t, want)
	s := &server{answer: func(r *http.Request) (int, http.Header, string) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			return 200, nil, want
		}
		return 200, http.Header{"Content-Encoding": {"gzip"}}, body
	}}
	door := newDoor(t, s, t.TempDir(), 0)
	var got bytes.Buffer
	var e errand
	if _, err := newPages(t, door).get(withErrand(t.Context(), &e), "/a.txt", nil, &got, 1<<20); err != nil || got.String() != want {
		t.Fatalf("got %d bytes, %v; want %d", got.Len(), err, len(want))
	}
	if e.bytes.Load() != int64(len(body)) || e.requests.Load() != 1 {
		t.Errorf("counted %d requests and %d bytes on the wire, want 1 and %d", e.requests.Load(), e.bytes.Load(), len(body))
	}
}

func TestATornBodyIsAnError(t *testing.T) {
	whole := gzipped(t, strings.Repeat("submission ", 1000))
	flipped := []byte(whole)
	flipped[len(flipped)-6] ^= 1 // in the checksum
	for name, body := range map[string]string{"cut": whole[:len(whole)/2], "checksum": string(flipped), "no gzip": "<SEC-DOCUMENT>"} {
		c := unlimited(t, 200, http.Header{"Content-Encoding": {"gzip"}}, body)
		if _, err := c.get(t.Context(), "/a.txt", nil, io.Discard, 1<<20); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	short := roundTripper(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("half")), ContentLength: 8, Request: r}, nil
	})
	if _, err := newPages(t, newDoor(t, short, t.TempDir(), 0)).get(t.Context(), "/a", nil, io.Discard, 99); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("4 of 8 declared bytes: %v, want io.ErrUnexpectedEOF", err)
	}
}

func TestStatusesAreToldApart(t *testing.T) {
	for status, want := range map[int]struct{ ok, absent bool }{304: {ok: true}, 404: {absent: true}, 410: {absent: true}, 500: {}, 503: {}, 418: {}} {
		v, err := unlimited(t, status, nil, "x").get(t.Context(), "/a", nil, io.Discard, 99)
		var se *StatusError
		switch {
		case want.ok && (err != nil || v.Status != status):
			t.Errorf("%d: %v, status %d", status, err, v.Status)
		case !want.ok && (!errors.As(err, &se) || se.Status != status || se.Absent != want.absent):
			t.Errorf("%d: %v, want a StatusError with absent=%v", status, err, want.absent)
		}
	}
	_, err := unlimited(t, 403, nil, accessDenied).get(t.Context(), "/a", nil, io.Discard, 99)
	var se *StatusError
	if !errors.As(err, &se) || !se.Absent {
		t.Errorf("403 of the storage: %v, want absent", err)
	}
}

func TestAPathCanBeAskedForAgain(t *testing.T) {
	c := unlimited(t, 200, nil, "x")
	for range 3 {
		if v, err := c.get(t.Context(), "/same", nil, io.Discard, 99); err != nil || v.Size != 1 {
			t.Fatalf("got %d bytes, %v", v.Size, err)
		}
	}
}

func TestARedirectToAnotherHostIsNotFollowed(t *testing.T) {
	s := &server{answer: func(*http.Request) (int, http.Header, string) {
		return 302, http.Header{"Location": {"http://elsewhere.test/a"}}, ""
	}}
	_, err := newPages(t, newDoor(t, s, t.TempDir(), 0)).get(t.Context(), "/a", nil, io.Discard, 99)
	if err == nil || s.count() != 1 {
		t.Errorf("%d requests, %v; want one and an error", s.count(), err)
	}
}

func TestWaitingLongForATokenIsNoTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newPages(t, newDoor(t, new(server), t.TempDir(), 0.02)) // a token every 50 s
		for range 3 {
			if _, err := c.get(t.Context(), "/a", nil, io.Discard, 99); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAnAttemptEndsAMinuteAfterTheLastByte(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := roundTripper(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		start := time.Now()
		_, err := newPages(t, newDoor(t, hang, t.TempDir(), 0)).get(t.Context(), "/a", nil, io.Discard, 99)
		if !errors.Is(err, errStalled) || time.Since(start) != stallTimeout {
			t.Errorf("%v after %v, want errStalled after %v", err, time.Since(start), stallTimeout)
		}
	})
}

func TestCollyEnvironmentIsRefused(t *testing.T) {
	t.Setenv("COLLY_USER_AGENT", "somebody else")
	www, data, _ := roots("http://edgar.test")
	_, err := newCollector(www, data, testAgent, new(server))
	var misuse *MisuseError
	if !errors.As(err, &misuse) || !strings.Contains(err.Error(), "COLLY_USER_AGENT") {
		t.Errorf("got %v, want a MisuseError that names the variable", err)
	}
}

func TestHeadersOfTheCallerAreLeftAlone(t *testing.T) {
	hdr := http.Header{"If-None-Match": {`"x"`}}
	if _, err := unlimited(t, 200, nil, "x").get(t.Context(), "/a", hdr, io.Discard, 99); err != nil {
		t.Fatal(err)
	}
	if len(hdr) != 1 {
		t.Errorf("header is now %v", hdr)
	}
}

func TestABodyBeyondItsLimitIsAnErrorOfTheirs(t *testing.T) {
	_, err := unlimited(t, 200, nil, strings.Repeat("x", 100)).get(t.Context(), "/a", nil, io.Discard, 99)
	var ours *sinkError
	if !errors.Is(err, errTooLarge) || errors.As(err, &ours) {
		t.Errorf("got %v, want errTooLarge and no sinkError", err)
	}
}

func TestAWriterThatFailsIsAnErrorOfOurs(t *testing.T) {
	_, err := unlimited(t, 200, nil, "x").get(t.Context(), "/a", nil, failingWriter{}, 99)
	var ours *sinkError
	if !errors.As(err, &ours) {
		t.Errorf("got %v, want a sinkError", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }
