package guard

import (
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	maxURL   = 8 << 10
	methods  = "GET, HEAD, OPTIONS"
	bodyTime = time.Second // to receive a refused body, so that the client reads the refusal
)

// bounds admits the requests that a read-only server can answer.
func (c Config) bounds(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 { // net/http would wait for the rest of a body for ever
			w.Header().Set("Connection", "close")
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime))
		}
		switch {
		case len(r.RequestURI) > maxURL:
			c.Refuse(w, r, http.StatusRequestURITooLong, "a URL may not be longer than 8 KiB")
		case !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, r.Method):
			w.Header().Set("Allow", methods)
			c.Refuse(w, r, http.StatusMethodNotAllowed, "this server is read-only: use GET or HEAD")
		case r.ContentLength != 0:
			c.Refuse(w, r, http.StatusRequestEntityTooLarge, "a request may not have a body")
		case !isPlainPath(r):
			c.Refuse(w, r, http.StatusBadRequest, "a path may not have . or .. as a segment, an escaped slash, a backslash or control characters")
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", methods)
			w.WriteHeader(http.StatusNoContent)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isPlainPath reports whether a path means the same to every program that reads it: no
// segment is . or .., and no slash is hidden in an escape.
func isPlainPath(r *http.Request) bool {
	p := r.URL.Path
	if !utf8.ValidString(p) || strings.Contains(p, `\`) || strings.ContainsFunc(p, unicode.IsControl) {
		return false
	}
	if strings.Contains(strings.ToLower(r.URL.EscapedPath()), "%2f") {
		return false
	}
	return !slices.ContainsFunc(strings.Split(p, "/"), func(s string) bool { return s == "." || s == ".." })
}

// places bounds how many requests are answered at once.
func (c Config) places(next http.Handler) http.Handler {
	free := make(chan struct{}, c.Requests)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case free <- struct{}{}:
		default:
			w.Header().Set("Retry-After", "1")
			c.Refuse(w, r, http.StatusServiceUnavailable, "too many requests at once: try again in a second")
			return
		}
		defer func() { <-free }()
		next.ServeHTTP(w, r)
	})
}
