package guard

import (
	"net/http"
	"slices"
	"strings"
)

// Handler puts every layer but the socket's around h.
func Handler(c Config, h http.Handler) http.Handler {
	c = c.complete()
	inner := c.panics(h)
	inner = c.packing(inner)
	inner = c.places(inner)
	inner = c.token(inner)
	inner = c.origins(inner)
	inner = c.hosts(inner)
	inner = c.bounds(inner)
	inner = c.headers(inner)
	return c.patience(inner)
}

// isOpen reports whether a path is open to everybody.
func (c Config) isOpen(r *http.Request) bool { return slices.Contains(c.Open, r.URL.Path) }

// headers sets what every answer tells browsers: everything a page needs comes from this
// server, and no other site may frame or embed it.
func (c Config) headers(next http.Handler) http.Handler {
	policy := strings.Join([]string{
		"default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'",
		"frame-src 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
