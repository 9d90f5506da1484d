// Package serve lets people and programs look at an archive: pages, a JSON API, a
// live stream, EDGAR's own layout, metrics. It reads, and changes nothing.
//
//	guard ─▶ routes ─┬─▶ pages      latest, filing, issuer, trends, status (templates, static)
//	                 ├─▶ API        /api/v1, described by /openapi.json
//	                 ├─▶ stream     every change of a filing, as server-sent events
//	                 ├─▶ mirror     /Archives/edgar, as EDGAR lays it out
//	                 └─▶ machines   /metrics, /livez, /readyz
//
// # One table
//
// All routes are in one table (routes.go), each with its part of the API's description;
// the mux and /openapi.json are both made from it. A query parameter that the
// description does not have is refused.
//
// # Promises
//
//  1. A handler asks the index, copies out, and only then writes: no client, however
//     slow, keeps a transaction open.
//  2. What comes out of filings is text until package reading has made it harmless;
//     templates escape it, and the content security policy allows nothing inline and
//     no other host. A filer's own document may have inline styles; it is shown in a
//     sandbox, without scripts.
//  3. Every page can be used without a script.
//  4. Every error says what to do: a page for people, problem+json (RFC 9457) for
//     programs.
//  5. Every answer but streams, health and metrics has an ETag, and a client that has
//     it gets 304. What depends on filings alone is made once for all who ask while the
//     index is in the same edition, and compressed once (cache.go).
//  6. Memory is bounded: for answers that are kept, submissions that are read and large
//     answers that are sent. Lists of any length are written page by page.
//
// # In the background
//
// A Server measures the archive from time to time (extent.go), counts filings for the
// trends when somebody asks (trendkeeper.go), and watches the index while somebody
// listens (streamfeed.go). Close ends all three and waits for them.
package serve
