package serve

import (
	"net/http"
	"strings"
)

// A route is one path that is served, by GET and HEAD.
type route struct {
	path   string // as http.ServeMux has it, without a method
	handle handler
	doc    *operation // what the API's description says of it; nil for what is no API
}

// handler answers a request, or returns why it cannot; it has written nothing then.
type handler func(w http.ResponseWriter, r *http.Request) error

// operation describes a route of the API.
type operation struct {
	Summary string
}

// routes is every route there is.
func (s *Server) routes() []route {
	return append([]route{
		{path: "/{$}", handle: s.latest},
		{path: "/filings/{accession}", handle: s.filingPage},
		{path: "/issuers/{cik}", handle: s.issuerPage},
		{path: "/trends", handle: s.trendsPage},
		{path: "/live", handle: s.streamRows},
		{path: "/static/{name}", handle: s.static},

		{path: "/api/v1/filings", handle: s.listFilings, doc: &operation{Summary: "Filings that match, newest first"}},
		{path: "/api/v1/filings/{accession}", handle: s.getFiling, doc: &operation{Summary: "One filing, with the text of its items"}},
		{path: "/api/v1/trends", handle: s.getTrends, doc: &operation{Summary: "Filings counted by month, item, hour of acceptance and business days from event to filing"}},
		{path: "/api/v1/stream", handle: s.streamFilings, doc: &operation{Summary: "Changes of filings as they come, as server-sent events"}},

		{path: "/metrics", handle: s.metrics},
		{path: "/livez", handle: s.livez},
		{path: "/readyz", handle: s.readyz},

		{path: "/", handle: func(http.ResponseWriter, *http.Request) error { return notFound("there is no such page") }},
	}, s.mirrored()...)
}

// newMux routes requests. What goes wrong is told as a page, or to programs as a
// problem.
func newMux(s *Server) *http.ServeMux {
	mux := http.NewServeMux()
	for _, rt := range s.routes() {
		mux.HandleFunc(rt.path, s.meters.count(rt.path, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				w.Header().Set("Allow", "GET, HEAD")
				s.fail(w, r, &problem{Status: http.StatusMethodNotAllowed, Detail: "this is a place to look: GET and HEAD are all it knows"})
				return
			}
			if err := rt.handle(w, r); err != nil {
				s.fail(w, r, err)
			}
		}))
	}
	return mux
}

// wantsProblem reports whether a program asks, and not a person.
func wantsProblem(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html")
}
