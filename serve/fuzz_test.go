package serve_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

// FuzzAPI: whatever is asked, nothing goes wrong on this side, and what goes wrong on the
// other is told as a problem.
func FuzzAPI(f *testing.F) {
	const filing = "/api/v1/filings/0009900041-26-000402"
	for _, s := range []struct{ path, query, accept, header string }{
		{"/api/v1/filings", "item=2.02&from=7d&limit=3", "*/*", ""}, {"/api/v1/filings", "limit=0&after=AQE1KPgAA4RnjdJPtwvD", "text/csv;q=0.5,*/*", `W/"x", *`},
		{filing, "revision=1", "", `"x"`}, {filing + "/items/2.02", "", "text/plain", ""}, {filing + "/exhibits/99.1", "revision=-1", "text/*", ""}, {filing + "/raw", "", "", "bytes=5-9,1-2"},
		{"/api/v1/issuers", "q=orr&limit=1", "", ""}, {"/api/v1/issuers/9000407", "", "", ""}, {"/api/v1/coverage", "", "", ""}, {"/api/v1/trends", "from=2024", "", ""}, {"/openapi.json", "", "", ""},
	} {
		f.Add(s.path, s.query, s.accept, s.header)
	}
	h := newHouse(f)
	f.Fuzz(func(t *testing.T, path, query, accept, header string) {
		u := url.URL{Path: "/api/v1/" + path, RawQuery: query}
		if len(path) > 0 && path[0] == '/' {
			u.Path = path
		}
		if u.Path == "/api/v1/stream" || u.Path == "/live" {
			t.Skip("has no end")
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &u
		r.Header = http.Header{"Accept": {accept}, "If-None-Match": {header}, "Range": {header}, "Accept-Encoding": {accept}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s: status %d: %s", &u, w.Code, w.Body)
		}
		var p struct{ Title, Detail string }
		if w.Header().Get("Content-Type") == "application/problem+json" && (json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Title == "" || p.Detail == "") {
			t.Errorf("%s: status %d: %s", &u, w.Code, w.Body)
		}
	})
}
