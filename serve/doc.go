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
// of it; the mux and /openapi.json are both made from it.
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
package serve
