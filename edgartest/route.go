package edgartest

import (
	"crypto/md5"
	"net/http"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// The two hosts that EDGAR is spread over.
const (
	wwwHost  = "www.sec.gov"
	dataHost = "data.sec.gov"
)

// route finds what is under a path and answers with it.
func (w *World) route(r *http.Request) *reply {
	path := r.URL.Path
	api := strings.HasPrefix(path, "/submissions/")
	switch host := strings.ToLower(r.URL.Hostname()); {
	case host == wwwHost && api, host == dataHost && !api:
		return noSuchKey(path)
	case host == wwwHost && r.URL.Scheme == "http":
		return Redirect("https://"+wwwHost+r.URL.RequestURI()).reply(w, r, nil)
	case path == "/cgi-bin/browse-edgar":
		return w.browse(r)
	}
	res, err := w.find(path)
	switch {
	case err != nil:
		return unavailable()
	case res != nil:
		return res.reply(r)
	case api, strings.HasPrefix(path, dataRoot), strings.HasPrefix(path, "/files/"):
		return noSuchKey(path)
	}
	return accessDenied(path)
}

const (
	dataRoot  = "/Archives/edgar/data/"
	fullRoot  = "/Archives/edgar/full-index/"
	dailyRoot = "/Archives/edgar/daily-index/"
)

// find returns the resource under path, nil when there is none, and an error
// when the body of a submission cannot be read from its folder.
func (w *World) find(path string) (*resource, error) {
	w.mu.RLock()
	file, ok := w.files[path]
	w.mu.RUnlock()
	if ok {
		return static(path, file), nil
	}
	if rest, ok := strings.CutPrefix(path, fullRoot); ok {
		return w.findFull(rest), nil
	}
	if rest, ok := strings.CutPrefix(path, dailyRoot); ok {
		return w.findDaily(rest), nil
	}
	if rest, ok := strings.CutPrefix(path, dataRoot); ok {
		return w.findData(rest)
	}
	if rest, ok := strings.CutPrefix(path, "/submissions/"); ok {
		return w.findSubmissions(rest), nil
	}
	switch path {
	case "/robots.txt":
		return static(path, []byte(robots)), nil
	case rssPath:
		return w.rss(), nil
	case edgar.TickersPath():
		return w.tickersJSON(), nil
	case "/files/company_tickers_exchange.json":
		return w.tickersExchangeJSON(), nil
	case "/include/ticker.txt":
		return w.tickersText(), nil
	}
	return nil, nil
}

func static(path string, b []byte) *resource {
	kind := octetStream
	switch ext := path[strings.LastIndexByte(path, '.')+1:]; ext {
	case "txt", "idx", "sgml", "nc":
		kind = plainText
	case "htm", "html":
		kind = html
	case "json":
		kind = jsonType
	case "xml", "xsd", "rss":
		kind = xmlType
	case "jpg", "jpeg":
		kind = "image/jpeg"
	case "gif", "png":
		kind = "image/" + ext
	case "pdf":
		kind = "application/pdf"
	}
	return &resource{kind: kind, body: b, sum: md5.Sum(b), modified: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// robots closes the parts of the site that sec.gov's own file closes.
const robots = `# robots.txt of a test server that stands in for www.sec.gov
User-agent: *
Disallow: /core/
Disallow: /profiles/
Disallow: /README.md
Disallow: /web.config
Disallow: /admin/
Disallow: /comment/reply/
Disallow: /filter/tips
Disallow: /node/add/
Disallow: /search/
Disallow: /user/register/
Disallow: /user/password/
Disallow: /user/login/
Disallow: /user/logout/

# EDGAR
Allow: /Archives/edgar/data
Disallow: /cgi-bin
Disallow: /Archives/edgar/vprr
Disallow: /Archives/bin
Disallow: /Archives/dev
Disallow: /Archives/etc
Disallow: /Archives/tmp
Disallow: /Archives/usr
`
