package attack

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"example.com/edgard/serve/guard"
)

func TestNothingThatFilersWriteRunsOrSends(t *testing.T) {
	h := newHouse(t, guard.Config{})
	pages := 0
	for _, path := range routes() {
		a := h.get(t, path, "Accept: text/html")
		media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
		switch {
		case isFiled(path) && a.StatusCode == http.StatusOK:
			if !sandboxed.MatchString(a.Header.Get("Content-Security-Policy")) {
				t.Errorf("%s: policy %q", path, a.Header.Get("Content-Security-Policy"))
			}
			if media == "text/javascript" || media == "text/css" {
				t.Errorf("%s: %s would do for a page of this server", path, media)
			}
		case media == "text/html":
			pages++
			checkPage(t, path, a)
		case media == "image/svg+xml" && strings.HasPrefix(path, "/static/"):
		case slices.Contains([]string{"application/json", "application/problem+json", "text/plain", "text/csv", "text/css", "text/javascript", "application/octet-stream", "application/pdf", "image/gif", "application/xml"}, media):
		default:
			t.Errorf("%s: a page of type %q", path, media)
		}
	}
	if pages < 30 {
		t.Errorf("%d pages were looked at", pages)
	}
}

// isFiled reports whether what is at a path is served as it was filed.
func isFiled(path string) bool {
	return strings.HasPrefix(path, "/Archives/edgar/data/") && !strings.HasSuffix(path, "/") && !strings.HasSuffix(path, "-index.html")
}

// checkPage holds a page against what it may consist of. Elements are read as a
// browser reads them.
func checkPage(t *testing.T, path string, a answer) {
	t.Helper()
	if i := strings.IndexAny(a.body, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"); i >= 0 {
		t.Errorf("%s: text runs backwards: %.40q", path, a.body[i:])
	}
	foreign := sandboxed.MatchString(a.Header.Get("Content-Security-Policy"))
	z := html.NewTokenizer(strings.NewReader(a.body))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type != html.StartTagToken && tok.Type != html.SelfClosingTagToken {
			continue
		}
		if fault := faultOf(tok, foreign); fault != "" {
			t.Errorf("%s: %s: %.200s", path, fault, tok)
		}
		if tok.Data == "script" || tok.Data == "style" || tok.Data == "title" {
			for z.Next() == html.TextToken && tok.Data != "title" && !foreign {
				if strings.TrimSpace(string(z.Text())) != "" {
					t.Errorf("%s: %s inline: %.100s", path, tok.Data, z.Text())
				}
			}
		}
	}
}

// faultOf says what a start tag has no business to be. Foreign pages are what filers
// wrote: they have no script at all, and styles of their own.
func faultOf(tok html.Token, foreign bool) string {
	switch tok.Data {
	case "base", "object", "embed", "applet", "frame", "frameset", "template", "noscript", "xmp", "plaintext", "video", "audio":
		return "this element"
	case "script", "form", "input", "button", "iframe", "svg":
		if foreign {
			return "this element in a foreign page"
		}
	}
	for _, at := range tok.Attr {
		name, val := strings.ToLower(at.Key), strings.ToLower(strings.TrimSpace(at.Val))
		switch {
		case strings.HasPrefix(name, "on") && name != "on", name == "srcdoc", name == "http-equiv", name == "formaction", name == "srcset", name == "background":
			return "attribute " + name
		case name == "style" && !foreign:
			return "a style inline"
		case name == "style" && (strings.Contains(val, "url(") || strings.Contains(val, "expression") || strings.Contains(val, "behavior")):
			return "a style that fetches"
		case name == "src", name == "action", name == "data", name == "poster":
			if !strings.HasPrefix(val, "/") || strings.HasPrefix(val, "//") {
				return name + " of another place"
			}
		case name == "href" && tok.Data == "link" && !strings.HasPrefix(val, "/static/"):
			return "a link to another place"
		case name == "href" || strings.HasSuffix(name, ":href"):
			if !slices.ContainsFunc([]string{"/", "#", "?", "https://", "http://", "mailto:"}, func(p string) bool { return strings.HasPrefix(val, p) }) {
				return "a link that is no place"
			}
		}
	}
	return ""
}

// TestNothingThatAClientSendsIsRepeatedAsMarkup puts markup into every part of a
// request that an answer could show.
func TestNothingThatAClientSendsIsRepeatedAsMarkup(t *testing.T) {
	h := newHouse(t, guard.Config{})
	const mark = `%22%27%3E%3Csvg%2Fonload%3Downed()%3E`
	const plain = `"'><svg/onload=owned()>`
	paths := []string{
		"/" + mark, "/filings/" + mark, "/filings/" + names + "/" + mark, "/filings/" + names + "/documents/" + mark, "/issuers/" + mark, "/static/" + mark,
		"/api/v1/" + mark, "/api/v1/filings/" + mark, "/api/v1/filings/" + names + "/items/" + mark, "/api/v1/issuers/" + mark, "/Archives/edgar/" + mark, "/Archives/edgar/data/" + mark + "/x.txt",
	}
	for _, name := range []string{"issuer", "name", "item", "form", "cik", "ticker", "from", "to", "after", "limit", "words", "state", "sic", "exhibit", "q", "revision", "length", "framed", mark} {
		for _, path := range []string{"/", "/trends", "/live", "/filings/" + names, "/filings/" + names + "/source", "/api/v1/filings", "/api/v1/issuers", "/api/v1/trends", "/api/v1/stream"} {
			if path == "/live" && (name == "revision" || name == "length" || name == "framed" || name == mark) {
				continue // it streams
			}
			paths = append(paths, path+"?"+name+"="+mark)
		}
	}
	for _, path := range paths {
		for _, accepts := range []string{"text/html", "application/json", plain} {
			a := h.head(t, path, "Accept: "+accepts, "Referer: http://x/"+plain, "User-Agent: "+plain, "X-Forwarded-Host: "+plain, "If-None-Match: "+plain)
			if a.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s: %s", path, a.Status)
			}
			for name, vals := range a.Header {
				if strings.Contains(strings.Join(vals, " "), "<svg") || strings.ContainsAny(strings.Join(vals, ""), "\r\n") {
					t.Errorf("%s: header %s: %q", path, name, vals)
				}
			}
			if media := a.Header.Get("Content-Type"); strings.Contains(a.body, "<svg/onload") && !strings.HasPrefix(media, "application/") {
				t.Errorf("%s: repeated as %s", path, media)
			}
		}
	}
}

func TestTheLookForWhatRunsFindsIt(t *testing.T) {
	found := map[string]bool{}
	for z := html.NewTokenizer(strings.NewReader(`<p style="color:red"><td background="x">` + evil + running())); z.Next() != html.ErrorToken; {
		if fault := faultOf(z.Token(), false); fault != "" {
			found[fault] = true
		}
	}
	for _, want := range []string{"this element", "attribute onload", "attribute onerror", "attribute srcdoc", "attribute http-equiv", "attribute formaction", "attribute background", "a style inline", "src of another place", "a link to another place", "a link that is no place"} {
		if !found[want] {
			t.Errorf("%s is not found; found: %v", want, found)
		}
	}
}
