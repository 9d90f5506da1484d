package guard

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestWhichCodingAnAnswerHas(t *testing.T) {
	tests := []struct{ accepts, want string }{
		{"", ""}, {"identity", ""}, {"br, deflate", ""},
		{"gzip", "gzip"}, {"zstd", "zstd"}, {"gzip, deflate, br, zstd", "zstd"}, {"GZIP;q=1.0, zstd;q=0.5", "gzip"},
		{"gzip;q=0", ""}, {"zstd;q=0, gzip;q=0.1", "gzip"}, {"gzip ; q=0.5", "gzip"},
		{"gzip;q=x", ""}, {"gzip;q=NaN", ""}, {"gzip;q=7", ""}, {";;;,,,", ""}, {"gzip;level=9", ""},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", tt.accepts)
		if got := Coding(r); got != tt.want {
			t.Errorf("Coding(%q) = %q, want %q", tt.accepts, got, tt.want)
		}
	}
}

// unpacked reads the body of an answer as its header says that it is packed.
func unpacked(t *testing.T, res *http.Response) string {
	t.Helper()
	var r io.Reader = res.Body
	var err error
	switch coding := res.Header.Get("Content-Encoding"); coding {
	case "gzip":
		r, err = gzip.NewReader(res.Body)
	case "zstd":
		r, err = zstd.NewReader(res.Body)
	case "":
	default:
		t.Fatalf("coding %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestTextIsPackedAndTheRestIsNot(t *testing.T) {
	long := strings.Repeat("text of a filing ", 200)
	tests := []struct {
		name, kind, body, accepts string
		set                       string // Content-Encoding by the handler
		want                      string
	}{
		{"a page", "text/html; charset=utf-8", long, "gzip", "", "gzip"},
		{"a page for a browser of today", "text/html; charset=utf-8", long, "gzip, deflate, br, zstd", "", "zstd"},
		{"a problem", "application/problem+json", long, "gzip", "", "gzip"},
		{"a plot", "image/svg+xml", long, "gzip", "", "gzip"},
		{"lines", "application/x-ndjson", long, "gzip", "", "gzip"},
		{"little", "text/html; charset=utf-8", "text", "gzip", "", ""},
		{"for who does not ask for it", "text/html; charset=utf-8", long, "", "", ""},
		{"a picture", "image/jpeg", long, "gzip", "", ""},
		{"any bytes", "application/octet-stream", long, "gzip", "", ""},
		{"events", "text/event-stream", long, "gzip", "", ""},
		{"packed already", "text/html", long, "zstd", "identity-of-tests", "identity-of-tests"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			seen := ""
			h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen = r.Header.Get("Accept-Encoding")
				w.Header().Set("Content-Type", tt.kind)
				w.Header().Set("ETag", `"1"`)
				if tt.set != "" {
					w.Header().Set("Content-Encoding", tt.set)
				}
				io.WriteString(w, tt.body)
			}))
			res := ask(t, h, "GET /", "Accept-Encoding: "+tt.accepts)
			if got := res.Header.Get("Content-Encoding"); got != tt.want {
				t.Fatalf("coding %q, want %q", got, tt.want)
			}
			if tt.set == "" && unpacked(t, res) != tt.body {
				t.Error("another body")
			}
			if got := res.Header.Values("Vary"); !cmp.Equal(got, []string{"Accept-Encoding"}) {
				t.Errorf("Vary %q", got)
			}
			if got, weak := res.Header.Get("ETag"), tt.want != ""; (got == `W/"1"`) != weak {
				t.Errorf("ETag %s", got)
			}
			if want := map[string]string{"": "", "gzip": "gzip"}[tt.accepts]; seen != want && seen != "zstd" {
				t.Errorf("the handler sees Accept-Encoding %q", seen)
			}
		})
	}
}

func TestAHeadSaysWhatItsGetSays(t *testing.T) {
	for _, size := range []int{10, 1100, 5000} {
		for _, kind := range []string{"text/html", "image/png"} {
			h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", kind)
				w.Header().Set("ETag", `"1"`)
				w.Header().Set("Content-Length", strconv.Itoa(size))
				io.WriteString(w, strings.Repeat("x", size))
			}))
			srv := httptest.NewServer(h)
			defer srv.Close()
			var said []http.Header
			for _, method := range []string{"GET", "HEAD"} {
				r, err := http.NewRequestWithContext(t.Context(), method, srv.URL, nil)
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Accept-Encoding", "gzip")
				res, err := http.DefaultTransport.RoundTrip(r)
				if err != nil {
					t.Fatal(err)
				}
				res.Body.Close()
				said = append(said, res.Header)
			}
			get, head := said[0], said[1]
			if length := head.Get("Content-Length"); length != "" && length != get.Get("Content-Length") {
				t.Errorf("%d of %s: HEAD says that %s bytes would come, GET %q", size, kind, length, get.Get("Content-Length"))
			}
			for _, name := range []string{"ETag", "Content-Encoding", "Vary"} {
				if diff := cmp.Diff(get.Values(name), head.Values(name)); diff != "" {
					t.Errorf("%d of %s: %s of GET and HEAD: %s", size, kind, name, diff)
				}
			}
		}
	}
}

func TestANotModifiedNamesTheETagAsItWasSent(t *testing.T) {
	h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("ETag", `"1"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(strings.Repeat("text ", 1000)))
	}))
	for _, accepts := range []string{"gzip", "zstd", ""} {
		sent := ask(t, h, "GET /", "Accept-Encoding: "+accepts).Header.Get("ETag")
		again := ask(t, h, "GET /", "Accept-Encoding: "+accepts, "If-None-Match: "+sent)
		if got := again.Header.Get("ETag"); again.StatusCode != http.StatusNotModified || got != sent {
			t.Errorf("with %q the answer is %d of %s, want 304 of %s", accepts, again.StatusCode, got, sent)
		}
	}
}

func TestAnAnswerWithoutBodyStaysOne(t *testing.T) {
	for _, status := range []int{304, 204, 302} {
		h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) }))
		res := ask(t, h, "GET /", "Accept-Encoding: gzip")
		if body, _ := io.ReadAll(res.Body); res.StatusCode != status || len(body) > 0 || res.Header.Get("Content-Encoding") != "" {
			t.Errorf("%d is answered %d, %q, %v", status, res.StatusCode, body, res.Header)
		}
	}
}

func TestPartOfAFileIsNotPacked(t *testing.T) {
	file := strings.Repeat("0123456789", 1000)
	h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(file))
	}))
	res := ask(t, h, "GET /", "Accept-Encoding: gzip", "Range: bytes=10-2009")
	if got := unpacked(t, res); res.StatusCode != 206 || got != file[10:2010] || res.Header.Get("Content-Encoding") != "" {
		t.Errorf("answer %d, %d bytes, %v", res.StatusCode, len(got), res.Header)
	}
	if got := unpacked(t, ask(t, h, "GET /", "Accept-Encoding: gzip")); got != file {
		t.Errorf("the whole file has %d bytes, want %d", len(got), len(file))
	}
}

func FuzzCoding(f *testing.F) {
	f.Add("gzip;q=0.5, zstd")
	f.Add(";;,=,q=;")
	f.Fuzz(func(t *testing.T, accepts string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", accepts)
		if got := Coding(r); got != "" && !strings.Contains(strings.ToLower(accepts), got) {
			t.Errorf("Coding(%q) = %q", accepts, got)
		}
	})
}
