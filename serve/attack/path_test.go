package attack

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/edgard/serve/guard"
)

// climbs lead out of a folder, for who reads them so.
func climbs() []string {
	var all []string
	for _, up := range []string{
		"..", "%2e%2e", "%2E.", ".%2e", "..%00", "%252e%252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "..;", "...", "..%5c..", `..\..`, "%uff0e%uff0e", "/..", "./..",
	} {
		for _, slash := range []string{"/", "%2f", "%5c", `\`, "//", "%252f", "%c0%af"} {
			all = append(all, strings.Repeat(up+slash, 6))
		}
	}
	return append(all, "/", "//", "///etc/", "%2f", "%2fetc%2f", "file:///", "C:/", "c:%5c", "~/", "~root/", "$HOME/", "%00/", "\\\\host\\share\\")
}

func TestNoPathLeadsOutOfTheArchive(t *testing.T) {
	h := newHouse(t, guard.Config{})
	codes := []int{http.StatusOK, http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound}
	for _, begin := range []string{
		"/", "/static/", "/filings/", "/filings/" + names + "/documents/", "/api/v1/filings/" + names + "/exhibits/", "/Archives/edgar/", "/Archives/edgar/data/9000013/",
		"/Archives/edgar/data/9000013/000900001324000001/", "/Archives/edgar/full-index/", "/Archives/edgar/daily-index/2024/QTR1/",
	} {
		for _, climb := range climbs() {
			for _, end := range []string{"canary.txt", "etc/passwd", "data/index.db"} {
				path := begin + climb + end
				a := h.get(t, path)
				if !slices.Contains(codes, a.StatusCode) {
					t.Errorf("%s: %s: %.200s", path, a.Status, a.body)
				}
				if a.StatusCode == http.StatusOK && !strings.HasPrefix(path, "/?") || strings.Contains(a.body, canary) || strings.Contains(a.body, "root:") {
					t.Errorf("%s: %s: %.200s", path, a.Status, a.body)
				}
				if to := a.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "://") || strings.ContainsAny(to, "\r\n\\") {
					t.Errorf("%s leads to %q", path, to)
				}
			}
		}
	}
}

func TestNoHeaderIsAddedByAPathOrAQuery(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, split := range []string{"%0d%0a", "%0a", "%0d", "%e5%98%8d%e5%98%8a", "%u000d%u000a", "%250d%250a", "%00%0d%0a", "%c4%8d%c4%8a"} {
		for _, begin := range []string{"/", "/?after=", "/?name=", "/static/", "/filings/", "/filings/" + names + "/documents/1?framed=", "/api/v1/filings?after=", "/api/v1/filings?name=", "/Archives/edgar/"} {
			path := begin + "x" + split + "Set-Cookie:owned=1" + split + split + "<html>owned"
			a := h.get(t, path)
			if a.Header.Get("Set-Cookie") != "" || a.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s: %s %v", path, a.Status, a.Header)
			}
			for name, vals := range a.Header {
				if strings.Contains(strings.Join(vals, ""), "owned=1") && name != "Location" {
					t.Errorf("%s: %s: %q", path, name, vals)
				}
			}
		}
	}
}

func TestNoFileNameOfAFilerBreaksAHeader(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, acc := range []string{names, oddities} {
		for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
			a := h.get(t, "/filings/"+acc+"/documents/"+n)
			if got := a.Header.Get("Content-Disposition"); strings.Contains(got, "exe") && strings.Contains(got, `";`) || strings.ContainsAny(got, "<>/\\") || strings.Contains(got, "..") {
				t.Errorf("%s document %s: Content-Disposition %q", acc, n, got)
			}
			if media := a.Header.Get("Content-Type"); strings.HasPrefix(media, "image/") && media != "image/gif" {
				t.Errorf("%s document %s: %s for what is none", acc, n, media)
			}
		}
	}
}

func TestWhatParametersSayIsAnsweredWithinBounds(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, q := range []string{
		"limit=999999999999999999999", "limit=-1", "limit=0x10", "limit=1e9", "limit=", "limit=1&limit=2", "after=" + strings.Repeat("A", 4000), "after=%00", "after=%ff",
		"cik=99999999999", "cik=-1", "cik=0", "cik=" + strings.TrimSuffix(strings.Repeat("1,", 3000), ","), "cik=" + numbers(1, 1500), "item=" + strings.Repeat("1.01,", 1500) + "1.01", "item=x", "item=%ff",
		"form=x", "form=%00", "from=9999-99-99", "from=99999999999d", "to=-1", "from=2024-01-01&to=2020-01-01", "from=-7d", "name=%ff%fe", "name=" + strings.Repeat("a", 7000),
		"name=" + strings.Repeat("a+", 3000), "words=" + strings.Repeat("a+", 3000), "%ff=%ff", "=", "&&&&", ";", "a;b", "%", "%zz", "state=xx", "sic=x", "exhibit=" + strings.Repeat("9", 3000),
		"issuer=a" + strings.Repeat("&issuer=a", 700), "words=a" + strings.Repeat("&words=a", 700), "name=a" + strings.Repeat("&name=a", 900),
		"revision=99999999999999999999", "revision=-1", "length=99999999999999", "from=9999999999999&length=1", "q=" + strings.Repeat("x", 7000), "n=1000000",
	} {
		for _, path := range []string{"/", "/api/v1/filings", "/api/v1/issuers", "/api/v1/trends", "/trends", "/filings/" + names, "/filings/" + names + "/source", "/api/v1/filings/" + names + "/raw"} {
			a := h.get(t, path+"?"+q)
			if a.StatusCode >= http.StatusInternalServerError || len(a.body) > 1<<20 {
				t.Errorf("%s?%.60s: %s, %d bytes: %.200s", path, q, a.Status, len(a.body), a.body)
			}
		}
	}
}

// numbers are the whole numbers from a to b, with commas.
func numbers(a, b int) string {
	var words []string
	for n := a; n <= b; n++ {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ",")
}

func TestPagesOfGiantsAreBounded(t *testing.T) {
	h := newHouse(t, guard.Config{})
	for _, acc := range []string{giants, manyItems} {
		for _, path := range []string{"", "/documents/1", "/documents/2", "/documents/3", "/documents/4", "/source?from=0&length=99999999"} {
			a := h.get(t, "/filings/"+acc+path, "Accept: text/html")
			if len(a.body) > 8<<20 || a.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s%s: %s, %d bytes", acc, path, a.Status, len(a.body))
			}
		}
	}
}
