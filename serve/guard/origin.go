package guard

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// hosts refuses requests under a name that is not this server's. Otherwise a site whose
// name was made to point at this machine (DNS rebinding) could read here by script: to
// the browser the two would be one site. An IP address cannot be rebound.
func (c Config) hosts(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.isOpen(r) && !c.isOurs(hostName(r.Host), r) {
			c.Refuse(w, r, http.StatusMisdirectedRequest, "the Host header names another server: add the name with --host, or under hosts in the configuration")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isOurs reports whether name is one of this server's: localhost, a configured one, or
// an IP address: one of loopback, when that is where the request came in.
func (c Config) isOurs(name string, r *http.Request) bool {
	if name == "localhost" || slices.ContainsFunc(c.Hosts, func(h string) bool { return hostName(h) == name }) {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.Unmap().IsLoopback() || !onLoopback(r))
}

// onLoopback reports whether a request came in at a loopback address.
func onLoopback(r *http.Request) bool {
	addr, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return !ok || addr.IP.IsLoopback()
}

// hostName is the host of "host", "host:port" or "[::1]:port", in lower case and
// without the dot of a whole name.
func hostName(s string) string {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	} else {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
	}
	return strings.ToLower(strings.TrimSuffix(s, "."))
}

// origins refuses what other sites ask for through somebody's browser, but for
// following a link. Programs send neither of these headers.
func (c Config) origins(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !c.isSameOrigin(r) || !isOwnFetch(r) {
			c.Refuse(w, r, http.StatusForbidden, "other sites may link to this server, but not load anything from it")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (c Config) isSameOrigin(r *http.Request) bool {
	all := r.Header.Values("Origin")
	if len(all) == 0 {
		return true
	}
	u, err := url.Parse(all[0])
	if len(all) > 1 || err != nil || u.Host == "" {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || slices.ContainsFunc(c.Hosts, func(h string) bool { return hostName(h) == hostName(u.Host) })
}

func isOwnFetch(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}
