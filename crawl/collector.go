package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/gocolly/colly/v2"
)

// Hosts of EDGAR. A base URL stands in for both: their paths do not collide.
const (
	secWWW  = "https://www.sec.gov"
	secData = "https://data.sec.gov"
)

// collector asks EDGAR for paths. It is all of colly that the package uses: one
// base collector with our headers, allowed hosts and redirect policy, cloned for
// every request because the request's context is a field of it.
type collector struct {
	base      *colly.Collector
	www, data *url.URL
	permits   func(context.Context, *url.URL) error // asked before every request but that for robots.txt
}

// newCollector sets every field after construction, as colly lets environment
// variables override options.
func newCollector(www, data *url.URL, agent string, door http.RoundTripper) (*collector, error) {
	for _, e := range os.Environ() {
		if name, _, _ := strings.Cut(e, "="); strings.HasPrefix(name, "COLLY_") {
			return nil, misusef("environment variable %s would change how requests are made: unset it", name)
		}
	}
	pages := &collector{www: www, data: data, permits: func(context.Context, *url.URL) error { return nil }}
	c := colly.NewCollector()
	pages.base = c
	c.UserAgent = agent
	c.AllowedDomains = []string{www.Hostname(), data.Hostname()}
	c.AllowURLRevisit = true        // the frontier is the index
	c.ParseHTTPErrorResponse = true // we judge by status and body ourselves
	c.MaxBodySize = 0
	c.MaxDepth = 0
	c.MaxRequests = 0
	c.CacheDir = ""
	c.Async = false
	c.CheckHead = false
	c.DetectCharset = false
	c.TraceHTTP = false
	c.IgnoreRobotsTxt = true
	c.SetRequestTimeout(0) // the deadline starts after the token, in the transport
	c.DisableCookies()
	c.SetRedirectHandler(func(req *http.Request, via []*http.Request) error {
		if len(via) >= 5 || req.URL.Host != www.Host && req.URL.Host != data.Host {
			return fmt.Errorf("%w to %s", errAstray, req.URL.Redacted())
		}
		if via[0].URL.Path == robotsPath {
			return nil
		}
		return pages.permits(req.Context(), req.URL)
	})
	c.WithTransport(spool{door})
	return pages, nil
}

// errAstray is a redirect to another host, or one too many.
var errAstray = errors.New("not following a redirect")

// visited is what an answer says beside its body.
type visited struct {
	Status   int
	Header   http.Header
	Size     int64 // bytes written
	Requests int   // made, redirects included
}

// get asks for path, unless robots.txt forbids it, and streams the body of an
// answer 200 into w, at most limit bytes of it. Any other status but 304 is a
// StatusError. A failure of w comes back as a sinkError.
func (c *collector) get(ctx context.Context, path string, hdr http.Header, w io.Writer, limit int64) (visited, error) {
	if err := c.permits(ctx, c.address(path)); err != nil {
		return visited{}, err
	}
	return c.ask(ctx, path, hdr, w, limit)
}

// ask is get without a look at robots.txt.
func (c *collector) ask(ctx context.Context, path string, hdr http.Header, w io.Writer, limit int64) (visited, error) {
	s := &sink{w: w, limit: limit}
	err := c.visit(withSink(ctx, s), http.MethodGet, path, hdr)
	v := visited{Status: s.status, Header: s.header, Size: s.n, Requests: s.requests}
	switch {
	case s.fault != nil:
		return v, &sinkError{s.fault}
	case err != nil && ctx.Err() != nil:
		return v, context.Cause(ctx)
	case err != nil:
		return v, err
	}
	switch s.status {
	case http.StatusOK, http.StatusNotModified:
		return v, nil
	case http.StatusForbidden, http.StatusNotFound, http.StatusGone: // the door lets only S3's 403 through
		return v, &StatusError{Path: path, Status: s.status, Absent: true}
	}
	return v, &StatusError{Path: path, Status: s.status}
}

// visit sends one request through a clone of the base collector. colly mutates
// the header map it is given.
func (c *collector) visit(ctx context.Context, method, path string, hdr http.Header) error {
	one := c.base.Clone()
	one.Context = ctx
	hdr = hdr.Clone()
	if hdr == nil {
		hdr = http.Header{}
	}
	err := one.Request(method, c.address(path).String(), nil, nil, hdr)
	if wrapped := (*url.Error)(nil); errors.As(err, &wrapped) {
		if errors.Is(err, colly.ErrForbiddenDomain) {
			wrapped.Err = fmt.Errorf("%w to %s", errAstray, wrapped.URL)
		}
		err = wrapped.Err // it names the method and the address once more
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

// address is where a path lies, which may have a query after it. A mirror's robots.txt stands at the root of its
// host.
func (c *collector) address(path string) *url.URL {
	root := c.www
	switch {
	case path == robotsPath:
		root = &url.URL{Scheme: root.Scheme, Host: root.Host}
	case strings.HasPrefix(path, "/submissions/"), strings.HasPrefix(path, "/api/"):
		root = c.data
	}
	path, query, _ := strings.Cut(path, "?")
	u := root.JoinPath(path)
	u.RawQuery = query
	u.Path = "/" + strings.TrimPrefix(u.Path, "/") // which JoinPath leaves out below a bare host
	return u
}

// sinkError is a failure to keep what was received.
type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }
func (e *sinkError) Unwrap() error { return e.err }
