package mirror

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// Config is what a Mirror serves from. Index and Archive are required.
type Config struct {
	Index   index.Asking
	Archive *archive.Store // for reading

	// Fault is told what kept a request from being answered, or an answer from being
	// finished, on our side; may be nil.
	Fault func(r *http.Request, err error)
}

// Mirror is the http.Handler of an archive in EDGAR's own layout.
type Mirror struct {
	Config
	shelves shelves
	told    told
	tickers tickerFile
}

// New makes a Mirror.
func New(cfg Config) *Mirror {
	if cfg.Fault == nil {
		cfg.Fault = func(*http.Request, error) {}
	}
	return &Mirror{Config: cfg, tickers: tickerFile{turn: make(chan struct{}, 1)}}
}

// Patterns are the paths, as http.ServeMux has them, that a Mirror serves.
func Patterns() []string {
	return []string{archives, submissions, "/files/", robotsPath, feedPath}
}

const (
	archives    = "/Archives/"
	dataRoot    = archives + "edgar/data/"
	fullRoot    = archives + "edgar/full-index/"
	dailyRoot   = archives + "edgar/daily-index/"
	submissions = "/submissions/"
	robotsPath  = "/robots.txt"
	feedPath    = "/cgi-bin/browse-edgar"
)

// What is not there EDGAR says in two ways.
var (
	errNoKey  = errors.New("no such file")        // below edgar/data, and of JSON: 404
	errDenied = errors.New("no such listing")     // anywhere else: 403
	errAction = errors.New("no such action here") // of the feed: 503
)

// resource is something that is served.
type resource struct {
	kind     string // Content-Type
	etag     string // without quotes; "" for none
	modified time.Time
	foreign  bool // its filer wrote it: not to be trusted by a browser
	body     io.ReadSeeker
}

// ServeHTTP answers GET and HEAD.
func (m *Mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	res, err := m.find(r)
	if err != nil {
		m.refuse(w, r, err)
		return
	}
	m.answer(w, r, res)
}

// find finds what is under the path of a request.
func (m *Mirror) find(r *http.Request) (*resource, error) {
	path := r.URL.Path
	if rest, ok := strings.CutPrefix(path, dataRoot); ok {
		return m.data(r.Context(), rest)
	}
	if rest, ok := strings.CutPrefix(path, fullRoot); ok {
		return m.full(r.Context(), rest)
	}
	if rest, ok := strings.CutPrefix(path, dailyRoot); ok {
		return m.daily(r.Context(), rest)
	}
	if rest, ok := strings.CutPrefix(path, submissions); ok {
		return m.issuerListing(r.Context(), rest)
	}
	switch {
	case path == edgar.TickersPath():
		return m.companyTickers(r.Context())
	case path == feedPath:
		return m.feed(r.Context(), r.URL.Query())
	case path == robotsPath:
		return static("text/plain", []byte(robots)), nil
	case strings.HasPrefix(path, archives):
		return nil, errDenied
	}
	return nil, errNoKey
}

// answer writes a resource, or the range of it that is asked for.
func (m *Mirror) answer(w http.ResponseWriter, r *http.Request, res *resource) {
	h := w.Header()
	h.Set("Content-Type", res.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache") // to be kept, and asked about
	}
	if res.foreign {
		h.Set("Content-Security-Policy", foreignPolicy)
	}
	if res.etag != "" {
		h.Set("ETag", `"`+res.etag+`"`)
	}
	if err := m.prepare(r, res); err != nil {
		for _, name := range []string{"ETag", "Content-Security-Policy"} {
			h.Del(name)
		}
		m.refuse(w, r, err)
		return
	}
	if strings.Contains(r.Header.Get("Range"), ",") { // one range is all there is
		r = r.Clone(r.Context())
		r.Header.Del("Range")
	}
	c, streamed := res.body.(*stream)
	if streamed {
		defer c.Close()
	}
	http.ServeContent(w, r, "", res.modified, res.body)
	if streamed && c.err != nil {
		m.Fault(r, c.err)
		panic(http.ErrAbortHandler) // so that nobody takes a part for the whole
	}
}

// foreignPolicy keeps what a filer wrote from running and from asking for anything but
// pictures of this host.
const foreignPolicy = "sandbox allow-same-origin; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// prepare reads a submission whole before a part of it is served, which alone would
// not tell whether it is as it was archived.
func (m *Mirror) prepare(r *http.Request, res *resource) error {
	c, ok := res.body.(*stream)
	if !ok || r.Header.Get("Range") == "" {
		return nil
	}
	if err := c.verify(); err != nil {
		return fmt.Errorf("before serving a part: %w", err)
	}
	return nil
}
