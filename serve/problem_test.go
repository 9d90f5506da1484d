package serve_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/edgard/index"
	"example.com/edgard/serve"
)

func TestAnAnswerThatEndsWithTheServerIsNoEmptyOne(t *testing.T) {
	h := newHouse(t)
	ended, end := context.WithCancel(t.Context())
	end()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(ended, http.MethodGet, "/?words=tide", nil))
	if w.Code != http.StatusServiceUnavailable || w.Body.Len() == 0 {
		t.Errorf("status %d, %q; want 503 and why", w.Code, w.Body)
	}
}

func TestPeopleAndProgramsAreToldWhenToTryAgain(t *testing.T) {
	h := newHouse(t, func(cfg *serve.Config) {
		cfg.Index = func(func(index.Reader) error) error { return index.ErrLocked }
	})
	for _, path := range []string{"/", "/api/v1/filings"} {
		if w := h.get(path); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "2" {
			t.Errorf("%s: status %d, Retry-After %q; want 503 and 2", path, w.Code, w.Header().Get("Retry-After"))
		}
	}
}
