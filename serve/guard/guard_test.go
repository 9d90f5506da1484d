package guard

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

const secret = "a token of sixteen" // with blanks, which only Config, not Listen, takes

// hello answers every path with a page of its own.
func hello(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, strings.Repeat("hello ", 1000))
}

// ask puts one request, "GET /path" and header lines, to a guarded handler.
func ask(t *testing.T, h http.Handler, request string, fields ...string) *http.Response {
	t.Helper()
	method, target, _ := strings.Cut(request, " ")
	r := httptest.NewRequest(method, target, nil)
	r.Host = "localhost:8080"
	for _, f := range fields {
		name, val, _ := strings.Cut(f, ": ")
		if name == "Host" {
			r.Host = val
			continue
		}
		r.Header.Add(name, val)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestWhoMayAsk(t *testing.T) {
	open := Config{Hosts: []string{"Edgard.Example"}, Open: []string{"/livez"}}
	locked := open
	locked.Token = secret
	tests := []struct {
		name    string
		config  Config
		request string
		fields  []string
		want    int
	}{
		{"this machine by name", open, "GET /", nil, 200},
		{"this machine by address", open, "GET /", []string{"Host: 127.0.0.1:8080"}, 200},
		{"this machine by the address of today", open, "GET /", []string{"Host: [::1]:8080"}, 200},
		{"without port", open, "GET /", []string{"Host: [::1]"}, 200},
		{"a configured name, in any case and whole", open, "GET /", []string{"Host: EDGARD.example.:443"}, 200},
		{"a name of somebody else", open, "GET /", []string{"Host: evil.example"}, 421},
		{"a name that ends as ours", open, "GET /", []string{"Host: evil-edgard.example"}, 421},
		{"a name that begins as ours", open, "GET /", []string{"Host: localhost.evil.example"}, 421},
		{"another machine's address", open, "GET /", []string{"Host: 192.0.2.1:8080"}, 421},
		{"no name", open, "GET /", []string{"Host: "}, 421},
		{"no name, for a health check", open, "GET /livez", []string{"Host: "}, 200},
		{"an address that hides in a longer name", open, "GET /", []string{"Host: 127.0.0.1.evil.example"}, 421},

		{"a page of ours", open, "GET /", []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"}, 200},
		{"a person", open, "GET /", []string{"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"}, 200},
		{"a link from elsewhere", open, "GET /", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 200},
		{"a frame elsewhere", open, "GET /", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}, 403},
		{"a script elsewhere", open, "GET /", []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"}, 403},
		{"a picture on another port", open, "GET /", []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"}, 403},
		{"our own origin", open, "GET /", []string{"Origin: http://localhost:8080"}, 200},
		{"our origin behind TLS", open, "GET /", []string{"Origin: https://edgard.example"}, 200},
		{"another port's origin", open, "GET /", []string{"Origin: http://localhost:3000"}, 403},
		{"another origin", open, "GET /", []string{"Origin: https://evil.example"}, 403},
		{"no origin that could be told", open, "GET /", []string{"Origin: null"}, 403},
		{"two origins", open, "GET /", []string{"Origin: http://localhost:8080", "Origin: https://evil.example"}, 403},

		{"no token", locked, "GET /", nil, 401},
		{"the token", locked, "GET /", []string{"Authorization: Bearer " + secret}, 200},
		{"the token, the scheme in small letters", locked, "GET /", []string{"Authorization: bearer " + secret}, 200},
		{"the token as a password", locked, "GET /", []string{"Authorization: Basic YW55Ym9keTphIHRva2VuIG9mIHNpeHRlZW4="}, 200},
		{"a wrong password", locked, "GET /", []string{"Authorization: Basic YW55Ym9keTphbnlib2R5"}, 401},
		{"part of the token", locked, "GET /", []string{"Authorization: Bearer " + secret[:17]}, 401},
		{"more than the token", locked, "GET /", []string{"Authorization: Bearer " + secret + "n"}, 401},
		{"a long token", locked, "GET /", []string{"Authorization: Bearer " + strings.Repeat("a", 1<<20)}, 401},
		{"another scheme", locked, "GET /", []string{"Authorization: Digest " + secret}, 401},
		{"no word of a scheme", locked, "GET /", []string{"Authorization: " + secret}, 401},
		{"a health check without token", locked, "GET /livez", nil, 200},
		{"beside the health check", locked, "GET /livez/", nil, 401},
		{"another site with the token", locked, "GET /", []string{"Authorization: Bearer " + secret, "Host: evil.example"}, 421},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ask(t, Handler(tt.config, http.HandlerFunc(hello)), tt.request, tt.fields...).StatusCode; got != tt.want {
				t.Errorf("%s %q = %d, want %d", tt.request, tt.fields, got, tt.want)
			}
		})
	}
}

func TestOnAnotherAddressTheHostMayBeAnyAddress(t *testing.T) {
	for host, want := range map[string]int{"192.0.2.1:8080": 200, "[2001:db8::1]": 200, "evil.example": 421} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(172, 17, 0, 2), Port: 8080}))
		w := httptest.NewRecorder()
		Handler(Config{Token: secret, Open: []string{"/"}}, http.HandlerFunc(hello)).ServeHTTP(w, r)
		if want == 421 {
			want = 200 // an open path
		}
		if w.Code != want {
			t.Errorf("Host %s = %d, want %d", host, w.Code, want)
		}
		r.URL.Path = "/x"
		w = httptest.NewRecorder()
		Handler(Config{}, http.HandlerFunc(hello)).ServeHTTP(w, r)
		if strings.HasPrefix(host, "evil") != (w.Code == 421) {
			t.Errorf("Host %s = %d", host, w.Code)
		}
	}
}

func TestWhatMayBeAsked(t *testing.T) {
	h := Handler(Config{}, http.HandlerFunc(hello))
	tests := []struct {
		request string
		want    int
	}{
		{"GET /", 200},
		{"HEAD /", 200},
		{"OPTIONS /", 204},
		{"OPTIONS *", 204},
		{"POST /", 405},
		{"PUT /", 405},
		{"DELETE /filings/0009000001-24-000001", 405},
		{"TRACE /", 405},
		{"PROPFIND /", 405},
		{"GET /" + strings.Repeat("a", 8<<10), 414},
		{"GET /?name=" + strings.Repeat("a", 8<<10), 414},
		{"GET /?name=" + strings.Repeat("a", 8<<10-len("/?name=")), 200},
		{"GET /../etc/passwd", 400},
		{"GET /a/%2e%2e/b", 400},
		{"GET /a/%2E./b", 400},
		{"GET /a/..%2fb", 400},
		{"GET /a%2Fb", 400},
		{`GET /a/..%5cb`, 400},
		{"GET /a%00b", 400},
		{"GET /a%0d%0aSet-Cookie:x", 400},
		{"GET /a%ff", 400},
		{"GET /a/%252e%252e/b", 200}, // the name of nothing, but harmless
		{"GET /..a/b..", 200},
		{"GET /?name=..%2f..%2fetc", 200},
		{"GET /M%C3%BCller", 200},
	}
	for _, tt := range tests {
		got := ask(t, h, tt.request)
		if got.StatusCode != tt.want {
			t.Errorf("%.60s = %d, want %d", tt.request, got.StatusCode, tt.want)
		}
		if allow := got.Header.Get("Allow"); (allow == methods) != (tt.want == 405 || tt.want == 204) {
			t.Errorf("%.60s: Allow %q", tt.request, allow)
		}
	}
}

func TestEveryAnswerTellsBrowsersWhatToForbid(t *testing.T) {
	for _, request := range []string{"GET /", "POST /", "GET /..", "GET /panic", "OPTIONS /"} {
		h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/panic" {
				panic("oh")
			}
		}))
		got := ask(t, h, request).Header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
		} {
			if got.Get(name) != want {
				t.Errorf("%s: %s %q, want %q", request, name, got.Get(name), want)
			}
		}
	}
}

func TestAHandlerMaySetItsOwnPolicy(t *testing.T) {
	h := Handler(Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "sandbox")
	}))
	if got := ask(t, h, "GET /").Header.Values("Content-Security-Policy"); !cmp.Equal(got, []string{"sandbox"}) {
		t.Errorf("policy %q", got)
	}
}

func TestARefusalRepeatsNothingOfTheRequest(t *testing.T) {
	h := Handler(Config{Token: secret}, http.HandlerFunc(hello))
	for _, request := range []string{"GET /<script>", "EVIL /<script>", "GET /<script>/..", "GET /<script>" + strings.Repeat("a", 9000)} {
		got := ask(t, h, request, "Authorization: Bearer <script>", "X: <script>")
		body, _ := io.ReadAll(got.Body)
		if got.StatusCode < 400 || strings.Contains(string(body), "script") || strings.Contains(string(body), "EVIL") {
			t.Errorf("%.30s = %d %q", request, got.StatusCode, body)
		}
	}
}

func TestAPanicIsAFaultOfOursWithoutDetails(t *testing.T) {
	core, logged := observer.New(zap.ErrorLevel)
	h := Handler(Config{Log: zap.New(core)}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		w.Header().Set("Content-Security-Policy", "none at all")
		panic("a secret")
	}))
	got := ask(t, h, "GET /x%1b", "Accept-Encoding: gzip")
	if got.StatusCode != 400 {
		t.Fatalf("control characters = %d", got.StatusCode)
	}
	got = ask(t, h, "GET /x?%1b", "Accept-Encoding: gzip")
	body, _ := io.ReadAll(got.Body)
	if got.StatusCode != 500 || strings.Contains(string(body), "secret") || got.Header.Get("Content-Length") != "" || !strings.HasPrefix(got.Header.Get("Content-Security-Policy"), "default-src") {
		t.Errorf("answer %d %v %q", got.StatusCode, got.Header, body)
	}
	if lines := logged.FilterMessage("handler panicked").All(); len(lines) != 1 || lines[0].ContextMap()["panic"] != "a secret" || lines[0].ContextMap()["stack"] == "" {
		t.Errorf("log: %v", lines)
	}
}

func TestMoreThanThereArePlacesForComeAgain(t *testing.T) {
	entered, leave := make(chan bool), make(chan bool)
	h := Handler(Config{Requests: 2}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { entered <- true; <-leave }))
	done := make(chan int)
	for range 2 {
		go func() { done <- ask(t, h, "GET /").StatusCode }()
		<-entered
	}
	got := ask(t, h, "GET /")
	if got.StatusCode != 503 || got.Header.Get("Retry-After") != "1" {
		t.Errorf("third = %d, Retry-After %q; want 503 and 1", got.StatusCode, got.Header.Get("Retry-After"))
	}
	leave <- true
	leave <- true
	if a, b := <-done, <-done; a != 200 || b != 200 {
		t.Errorf("those with a place = %d, %d", a, b)
	}
}

func TestTheAccessLogShowsWhatWasAskedHarmlessly(t *testing.T) {
	core, logged := observer.New(zap.DebugLevel)
	h := Handler(Config{Log: zap.New(core), Token: secret}, http.HandlerFunc(hello))
	r := httptest.NewRequest("GET", "/", nil)
	r.Host, r.RequestURI = "localhost", "/\x1b[31m\u202e"+strings.Repeat("a", 1000)
	r.Header.Set("Authorization", "Bearer "+secret)
	h.ServeHTTP(httptest.NewRecorder(), r)
	lines := logged.FilterMessage("request answered").All()
	if len(lines) != 1 {
		t.Fatalf("log: %v", lines)
	}
	got := lines[0].ContextMap()
	if url := got["url"].(string); !strings.HasPrefix(url, "/?[31m?aaa") || len(url) > 210 || got["status"] != int64(200) || got["bytes"] != int64(6000) {
		t.Errorf("logged %v", got)
	}
}

func TestHowAnotherRefusalLooksIsTheServersAffair(t *testing.T) {
	c := Config{Refuse: func(w http.ResponseWriter, _ *http.Request, status int, detail string) {
		w.WriteHeader(status)
		io.WriteString(w, "refused: "+detail)
	}}
	got := ask(t, Handler(c, http.HandlerFunc(hello)), "POST /")
	body, _ := io.ReadAll(got.Body)
	if got.StatusCode != 405 || string(body) != "refused: this server is read-only: use GET or HEAD" {
		t.Errorf("answer %d %q", got.StatusCode, body)
	}
}
