package crawl

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// closed lets in whoever tells the right token.
type closed struct {
	http.RoundTripper
	token string
}

func (c closed) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") != "Bearer "+c.token {
		return &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	}
	return c.RoundTripper.RoundTrip(r)
}

func TestAMirrorIsToldItsTokenAndSECNever(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		with := func(token string) func(*Config) {
			return func(cfg *Config) { cfg.Token, cfg.Transport = token, closed{h.world, "0123456789abcdef"} }
		}
		for token, want := range map[string]string{"": "wants to be told a token", "fedcba9876543210": "does not take the token", "0123456789abcdef": ""} {
			r, err := h.crawler(with(token)).Sync(t.Context(), all2024())
			var misuse *MisuseError
			switch {
			case want == "" && (err != nil || r.Recorded != 4):
				t.Errorf("token %q: %+v, %v; want 4 recorded", token, r, err)
			case want != "" && (!errors.As(err, &misuse) || !strings.Contains(err.Error(), want) || r.Requests > 1):
				t.Errorf("token %q: %d requests, %v; want one, and a misuse that says %s", token, r.Requests, err, want)
			}
		}
		_, err := New(Config{UserAgent: testAgent, Rate: 8, StateDir: h.dir, Token: "0123456789abcdef"})
		if misuse := (*MisuseError)(nil); !errors.As(err, &misuse) {
			t.Errorf("a token and no mirror: %v, want a misuse", err)
		}
	})
}
