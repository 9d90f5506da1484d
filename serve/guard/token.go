package guard

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
)

// token admits requests with the token: as a bearer token, or as the password of any
// user, so that a browser can prompt for it. Hashes are compared, in constant time.
func (c Config) token(next http.Handler) http.Handler {
	if c.Token == "" {
		return next
	}
	want := sha256.Sum256([]byte(c.Token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(given(r)))
		if subtle.ConstantTimeCompare(got[:], want[:]) == 1 || c.isOpen(r) {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Add("WWW-Authenticate", `Bearer realm="crawler"`)
		h.Add("WWW-Authenticate", `Basic realm="crawler", charset="UTF-8"`)
		h.Set("Cache-Control", "no-store")
		c.Refuse(w, r, http.StatusUnauthorized, "this server requires its token, as Authorization: Bearer TOKEN or as a password")
	})
}

// given is the token that a request carries, "" for none.
func given(r *http.Request) string {
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
