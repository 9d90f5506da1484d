package serve_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// described is what /openapi.json says, read by a library that checks it.
func described(t *testing.T, h *house) (*openapi3.T, routers.Router) {
	t.Helper()
	w := h.ask("/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err == nil {
		err = doc.Validate(t.Context())
	}
	if err != nil {
		t.Fatalf("%d: %v", w.Code, err)
	}
	for _, s := range doc.Components.Schemas { // what is not described is a mistake here; elsewhere fields may be added
		if no := false; s.Value.AdditionalProperties.Schema == nil {
			s.Value.AdditionalProperties.Has = &no
		}
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, router
}

func TestEveryAnswerIsAsDescribed(t *testing.T) {
	h := newHouse(t)
	doc, router := described(t, h)
	seen := make(map[string][]int)
	const filing = "/api/v1/filings/0009900041-26-000402"
	for _, path := range []string{
		"/api/v1/filings", "/api/v1/filings?limit=1000", "/api/v1/filings?cik=9000407,9000118&item=2.02&item=9.01&amendment=false&from=2010&limit=2&oldest-first=true",
		"/api/v1/filings?item=2.20", "/api/v1/filings?limit=0",
		filing, filing + "?revision=1", filing + "?revision=x", "/api/v1/filings/0009900052-24-000049", "/api/v1/filings/0009900052-24-000017", "/api/v1/filings/0009900099-24-000001",
		filing + "/items/2.02", filing + "/items/3.03", filing + "/items/2.02?revision=x", filing + "/exhibits/99.1", filing + "/exhibits/3", filing + "/exhibits/3?x=1",
		filing + "/raw", filing + "/raw?revision=1", filing + "/raw?revision=9", filing + "/raw?x=1",
		"/api/v1/issuers?q=orr", "/api/v1/issuers", "/api/v1/issuers/9000407", "/api/v1/issuers/9999999", "/api/v1/issuers/9000407?x=1",
		"/api/v1/coverage", "/api/v1/coverage?x=1", "/api/v1/status", "/api/v1/status?x=1", "/api/v1/trends", "/api/v1/trends?from=2020", "/api/v1/trends?from=x", "/api/v1/stream?item=x",
	} {
		w := h.ask(path)
		h.compare(t, router, path, w, seen)
		if tag := w.Header().Get("ETag"); tag != "" {
			h.compare(t, router, path, h.ask(path, "If-None-Match", tag), seen, "If-None-Match", tag)
		}
	}
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.PlainBodyDecoder)
	for _, media := range []string{"text/csv", "application/x-ndjson"} {
		h.compare(t, router, "/api/v1/filings", h.ask("/api/v1/filings", "Accept", media), seen)
	}
	h.compare(t, router, filing+"/raw", h.ask(filing+"/raw", "Range", "bytes=0-9"), seen)
	for path := range doc.Paths.Map() {
		for _, status := range []int{http.StatusOK, http.StatusNotModified, http.StatusBadRequest, http.StatusNotFound} {
			stream := strings.HasSuffix(path, "/stream") && status < 400
			always := status == http.StatusNotFound && !strings.Contains(path, "{")
			if !stream && !always && !slices.Contains(seen[path], status) {
				t.Errorf("%s: no answer of status %d was looked at", path, status)
			}
		}
	}
}

// compare holds an answer against the description.
func (h *house) compare(t *testing.T, router routers.Router, path string, w *httptest.ResponseRecorder, seen map[string][]int, header ...string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	route, params, err := router.FindRoute(r)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	seen[route.Path] = append(seen[route.Path], w.Code)
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	if w.Code < 400 {
		in.Options = &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
		if err := openapi3filter.ValidateRequest(t.Context(), in); err != nil {
			t.Errorf("%s: what is answered should not be asked: %v", path, err)
		}
	}
	if route.Operation.Responses.Status(w.Code) == nil {
		t.Errorf("%s: status %d is not described", path, w.Code)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: &openapi3filter.Options{MultiError: true}}
	if err := openapi3filter.ValidateResponse(t.Context(), out.SetBodyBytes(w.Body.Bytes())); err != nil {
		t.Errorf("%s: status %d: %v", path, w.Code, err)
	}
}

func TestTheStatusOfACrawlIsAsDescribed(t *testing.T) {
	h := newHouse(t, everything)
	h.failing(t)
	_, router := described(t, h)
	h.compare(t, router, "/api/v1/status", h.ask("/api/v1/status"), map[string][]int{})
}

func TestEveryPathOfTheAPIIsDescribedAndServed(t *testing.T) {
	h := newHouse(t)
	doc, _ := described(t, h)
	for path := range doc.Paths.Map() {
		asked := strings.NewReplacer("{accession}", "0009900099-24-000001", "{number}", "1.01", "{cik}", "9999999").Replace(path)
		var p struct{ Detail string }
		if err := json.Unmarshal(h.ask(asked+"?no-such=1").Body.Bytes(), &p); err != nil || !strings.Contains(p.Detail, "no such parameter") {
			t.Errorf("%s: %q, %v", asked, p.Detail, err)
		}
	}
	for _, path := range []string{"/api/v1/filings", "/api/v1/filings/{accession}", "/api/v1/issuers/{cik}", "/api/v1/coverage", "/api/v1/trends", "/api/v1/stream"} {
		if doc.Paths.Value(path) == nil {
			t.Errorf("%s is not described", path)
		}
	}
}
