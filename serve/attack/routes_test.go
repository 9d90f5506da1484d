package attack

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.com/edgard/serve/guard"
)

// routes is a path of every kind that is served, but the streams.
func routes() []string {
	paths := []string{
		"/", "/?name=acme&item=8.01", "/trends", "/issuers/9000013", "/static/style.css", "/static/live.js", "/static/icon.svg",
		"/livez", "/readyz", "/metrics", "/api/v1/filings", "/api/v1/filings?limit=1", "/api/v1/issuers?q=acme", "/api/v1/issuers/9000013",
		"/api/v1/coverage", "/api/v1/trends", "/api/v1/status", "/status", "/status/entries?state=deferred", "/openapi.json", "/Archives/edgar/full-index/2024/QTR1/master.idx",
	}
	for _, name := range []string{"", "000900001324000002/", "000900001324000002/run.htm", "000900001324000002/picture.svg", "000900001324000002/page.xml", "000900001324000004/page.jpg", "000900001324000004/code.js", "000900001324000004/style.css",
		"000900001324000002/0009000013-24-000002-index.html", "000900001324000001/%3Cimg%20src=x%20onerror=owned()%3E.htm"} {
		paths = append(paths, "/Archives/edgar/data/9000013/"+name)
	}
	for _, acc := range []string{names, exhibits, giants, oddities, manyItems} {
		page, api := "/filings/"+acc, "/api/v1/filings/"+acc
		paths = append(paths, page, page+"/source?from=0&length=100000", page+"/documents/1", page+"/documents/1?framed",
			api, api+"/items/8.01", api+"/raw", "/Archives/edgar/data/9000013/"+acc+".txt")
		for n := range "12345" {
			paths = append(paths, page+"/documents/"+string(rune('1'+n)), api+"/exhibits/99."+string(rune('1'+n)))
		}
	}
	return append(paths, nowhere()...)
}

// nowhere are paths that lead to nothing.
func nowhere() []string {
	return []string{
		"/nowhere", "/filings/", "/filings/x", "/filings/0000000000-00-000000", "/filings/" + names + "/documents/99", "/filings/" + names + "/documents/-1",
		"/issuers/x", "/issuers/99999999999", "/static/", "/static/none", "/api/v1/nothing", "/api/v1/filings?limit=x", "/api/v1/filings?after=x",
		"/api/v1/filings/x", "/api/v1/filings/" + names + "/items/9.99", "/api/v1/filings/" + names + "/exhibits/1", "/Archives/edgar/data/1/x.txt",
	}
}

// sandboxed is a policy under which nothing of a page runs.
var sandboxed = regexp.MustCompile(`(^|; )sandbox( allow-same-origin| allow-popups| allow-popups-to-escape-sandbox)*(;|$)`)

func TestEveryAnswerForbidsWhatABrowserCouldDoWithIt(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, path := range routes() {
		for _, accepts := range []string{"text/html", "application/json", "text/csv"} {
			a := h.get(t, path, "Accept: "+accepts)
			if a.StatusCode >= http.StatusInternalServerError && path != "/readyz" {
				t.Errorf("%s: %s: %.200s", path, a.Status, a.body)
			}
			checkHeader(t, path, a)
		}
	}
}

func checkHeader(t *testing.T, path string, a answer) {
	t.Helper()
	if got := a.Header.Values("X-Content-Type-Options"); len(got) != 1 || got[0] != "nosniff" {
		t.Errorf("%s: X-Content-Type-Options %q", path, got)
	}
	policy := a.Header.Values("Content-Security-Policy")
	switch {
	case len(policy) != 1 || !strings.Contains(policy[0], "default-src 'none'") || strings.Contains(policy[0], "allow-scripts"):
		t.Errorf("%s: policy %q", path, policy)
	case sandboxed.MatchString(policy[0]):
	case !strings.Contains(policy[0], "frame-ancestors 'none'") || !strings.Contains(policy[0], "base-uri 'none'") || strings.Contains(policy[0], "unsafe"):
		t.Errorf("%s: policy %q", path, policy)
	}
	if a.Header.Get("Content-Type") == "" && len(a.body) > 0 {
		t.Errorf("%s: no Content-Type, %d bytes", path, len(a.body))
	}
	if a.Header.Get("Access-Control-Allow-Origin") != "" || a.Header.Get("Set-Cookie") != "" || a.Header.Get("Server") != "" {
		t.Errorf("%s: header %v", path, a.Header)
	}
}

// TestEveryRouteOfTheDescriptionIsAttacked keeps routes whole.
func TestEveryRouteOfTheDescriptionIsAttacked(t *testing.T) {
	h := newHouse(t, guard.Config{})
	a := h.get(t, "/openapi.json")
	if a.StatusCode == http.StatusNotFound {
		t.Skip("there is no description of the API")
	}
	var described struct{ Paths map[string]any }
	if err := json.Unmarshal([]byte(a.body), &described); err != nil || len(described.Paths) == 0 {
		t.Fatalf("%v: %.200s", err, a.body)
	}
	for path := range described.Paths {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\\\{[^}]*\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + `(\?.*)?$`)
		found := strings.Contains(path, "/stream")
		for _, r := range routes() {
			found = found || pattern.MatchString(r)
		}
		if !found {
			t.Errorf("no path of %s is attacked", path)
		}
	}
}

func TestWithATokenNothingButLifeIsToldWithoutIt(t *testing.T) {
	const secret = "0123456789abcdef"
	h := newHouse(t, guard.Config{Token: secret})
	for _, path := range append(routes(), "/api/v1/stream", "/live") {
		for _, field := range []string{
			"X: y", "Authorization: Bearer", "Authorization: Bearer ", "Authorization: Bearer 0123456789abcdeF", "Authorization: Basic OjAxMjM0NTY3ODlhYmNkZQ==",
			"Authorization: Bearer " + secret + secret, "Authorization: Bearer " + strings.Repeat("0", 12<<10), "Authorization: Basic !!!", "Cookie: token=" + secret,
			"Authorization: Bearer x\r\nAuthorization: Bearer " + secret,
		} {
			a := h.get(t, path, field)
			want := http.StatusUnauthorized
			if path == "/livez" {
				want = http.StatusOK
			}
			if a.StatusCode != want || path != "/livez" && len(a.Header.Values("WWW-Authenticate")) != 2 {
				t.Fatalf("%s with %.60q: %s", path, field, a.Status)
			}
			checkHeader(t, path, a)
			if strings.Contains(a.body, "owned") || strings.Contains(a.body, secret) {
				t.Errorf("%s with %.60q: %.200s", path, field, a.body)
			}
		}
		if a := h.get(t, path+query(path, "access_token="+secret)); path != "/livez" && a.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s with the token in its URL: %s", path, a.Status)
		}
	}
	if a := h.get(t, "/", "Authorization: Bearer "+secret); a.StatusCode != http.StatusOK {
		t.Errorf("with the token: %s", a.Status)
	}
}

func query(path, q string) string {
	if strings.Contains(path, "?") {
		return "&" + q
	}
	return "?" + q
}

func TestAnotherSiteGetsNothing(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, path := range routes() {
		for field, want := range map[string]int{
			"Origin: https://evil.example": http.StatusForbidden,
			"Origin: null":                 http.StatusForbidden,
			"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: script":                             http.StatusForbidden,
			"Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors":                                http.StatusForbidden,
			"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe": http.StatusForbidden,
		} {
			if a := h.get(t, path, field); a.StatusCode != want {
				t.Errorf("%s with %q: %s, want %d", path, field, a.Status, want)
			}
		}
		for _, host := range []string{"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.0.2.1", "[2001:db8::1]", ""} {
			said := h.send(t, "GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")
			if a := read(t, path, said); a.StatusCode != http.StatusMisdirectedRequest && path != "/livez" {
				t.Errorf("%s of host %q: %s", path, host, a.Status)
			}
		}
	}
}
