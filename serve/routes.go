package serve

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// A route is one path that is served, by GET and HEAD.
type route struct {
	path   string // as http.ServeMux has it, without a method
	handle handler
	doc    *operation // what the API's description says of it; nil for what is no API
}

// handler answers a request, or returns why it cannot; it has written nothing then.
type handler func(w http.ResponseWriter, r *http.Request) error

// operation describes a route of the API. Parameters behind "?" that are not described
// are refused.
type operation struct {
	Summary string
	More    string // what else is to be known
	Query   []filter.Parameter
	JSON    any      // a value of what it answers with as application/json; nil for no JSON
	Media   []string // what else it answers with
	Ranges  bool     // parts may be asked for
}

// routes is every route there is.
func (s *Server) routes() []route {
	return slices.Concat([]route{
		{path: "/{$}", handle: s.latest},
		{path: "/filings.csv", handle: s.table},
		{path: "/filings/{accession}", handle: s.filingPage},
		{path: "/issuers/{cik}", handle: s.issuerPage},
		{path: "/filings/{accession}/documents/{document}", handle: s.document},
		{path: "/filings/{accession}/source", handle: s.source},
		{path: "/trends", handle: s.trendsPage},
		{path: "/status", handle: s.statusPage},
		{path: "/status/entries", handle: s.entriesPage},
		{path: "/live", handle: s.streamRows},
		{path: "/static/{name}", handle: s.static},
		{path: "/favicon.ico", handle: s.icon}, // of what has no head to name one

		{path: "/openapi.json", handle: s.openAPI},
		{path: "/metrics", handle: s.metrics},
		{path: "/livez", handle: s.livez},
		{path: "/readyz", handle: s.readyz},

		{path: "/", handle: nowhere},
	}, s.mirrored(), s.api())
}

// nowhere answers for every path that has no route.
func nowhere(_ http.ResponseWriter, r *http.Request) error {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		return notFound("there is no such path: /openapi.json describes those there are")
	}
	return notFound("there is no such page")
}

// api is the routes of the API.
func (s *Server) api() []route {
	const filing = "/api/v1/filings/{accession}"
	return []route{
		{"/api/v1/filings", s.listFilings, &operation{
			Summary: "Filings that match every filter, newest first, without the text of their items",
			More: "A filing matches a parameter by any of its values. limit is 100 unless given, and at most 1000; limit=0 returns all matches, as CSV or NDJSON. " +
				"The next page is named by the header Link, and by the token next, to be given as after.",
			Query: filter.Listing(), JSON: filingList{}, Media: []string{mediaLines, mediaCSV},
		}},
		{filing, s.getFiling, &operation{Summary: "One filing, with the text of its items", Query: versions(), JSON: FullFiling{}}},
		{filing + "/items/{number}", s.getItem, &operation{Summary: "The items of a number", Query: versions(), JSON: itemList{}, Media: []string{mediaText}}},
		{filing + "/exhibits/{number}", s.getExhibit, &operation{Summary: "The exhibits of a number, with their text", Query: versions(), JSON: exhibitList{}, Media: []string{mediaText}}},
		{filing + "/raw", s.getRaw, &operation{Summary: "The submission as SEC served it, byte for byte", Query: versions(), Media: []string{mediaText}, Ranges: true}},
		{"/api/v1/issuers", s.listIssuers, &operation{Summary: "Issuers that match what was typed so far", Query: suggestionParameters(), JSON: issuerList{}}},
		{"/api/v1/issuers/{cik}", s.getIssuer, &operation{Summary: "An issuer, as of its newest filing", JSON: index.Issuer{}}},
		{"/api/v1/trends", s.getTrends, &operation{Summary: "Filings counted by month, item, hour of acceptance and business days from event to filing", Query: filter.Some("from", "to"), JSON: trends{}}},
		{"/api/v1/stream", s.streamFilings, &operation{
			Summary: "Changes of filings as they come, as server-sent events",
			More: "Each matching filing that is recorded, recorded anew, withdrawn or listed again is an event named filing; its data is the filing as in the list, its id EPOCH-SEQUENCE. " +
				"A client that sends the last id it received, in the header Last-Event-ID or as last_event_id, gets everything since and nothing twice, even after the server was restarted; one that sends none gets what comes from now on. To keep a list current, connect first, then read the list. " +
				"EPOCH-0 is before the first change. An event named reset says that changes are numbered anew and the id that was sent is void: read the list again; the stream continues from the edition in its data. " +
				"A client that does not read is disconnected, and can resume. When too many streams are open the answer is 503 with Retry-After.",
			Query: streamParameters(), Media: []string{"text/event-stream"},
		}},
		{"/api/v1/status", s.getStatus, &operation{Summary: "The state of the archive, and of the crawl in this process: what is due, deferred and rejected, coverage, requests, pauses, freshness, passes, disk", JSON: statusReport{}}},
		{"/api/v1/coverage", s.getCoverage, &operation{Summary: "What the archive holds, by quarter, and which listings are missing", JSON: coverage{}}},
	}
}

// newMux routes requests. A failure is answered with a page, or for programs with a
// problem.
func newMux(s *Server) *http.ServeMux {
	mux := http.NewServeMux()
	for _, rt := range s.routes() {
		mux.HandleFunc(rt.path, s.meters.count(rt.path, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				w.Header().Set("Allow", "GET, HEAD")
				s.fail(w, r, &problem{Status: http.StatusMethodNotAllowed, Detail: "this server is read-only: use GET or HEAD"})
				return
			}
			err := rt.check(r)
			if err == nil {
				err = rt.handle(w, r)
			}
			if err != nil {
				s.fail(w, r, err)
			}
		}))
	}
	return mux
}

// check refuses query parameters that the API does not know.
func (rt route) check(r *http.Request) error {
	if rt.doc == nil {
		return nil
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return badRequest("the query string cannot be read: " + harmless.Line(err.Error()) + ": want name=value, joined by &")
	}
	_, err = filter.FromURL(values, rt.doc.Query)
	return err
}

// wantsProblem reports whether a program asks, and not a person.
func wantsProblem(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html")
}
