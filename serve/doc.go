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
// Every route stands in one table (routes.go) with what the API's description says
// of it; the mux and /openapi.json are both made from it. What the description does not
// know of a URL is refused.
//
// # Promises
//
//  1. A handler asks the index, copies out, and only then writes: no client, however
//     slow, keeps a transaction open.
//  2. What comes out of filings is text until package reading has made it harmless;
//     templates escape it, and the content security policy allows nothing inline and
//     nobody else's host.
//  3. Every page can be used without a script.
//  4. Every error says what to do: a page for people, problem+json (RFC 9457) for
//     programs.
//  5. Every answer that has an end has an ETag, health and metrics aside, and who has it
//     already gets 304. What hangs on filings alone is made once for all who ask while
//     the index is in the same edition, also packed (cache.go).
//  6. Memory is bounded: of answers that are kept, of submissions that are read, of
//     large answers on their way. Lists of any length are written page by page.
package serve
