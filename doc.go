// Package edgard is the root of a module that keeps your own archive of SEC Form 8-K
// filings: complete, current, parsed and searchable, from one program named crawler.
// The package is empty; this is a tour of the others, in the order in which a filing
// meets them. Imports point the same way, and imports_test.go enforces it.
//
// [example.com/edgard/edgar] is the vocabulary: central index keys, accession
// numbers, form types, quarters, Eastern time, and the paths EDGAR builds from
// them. A value that exists is a value EDGAR could have issued.
//
// [example.com/edgard/parse] turns EDGAR's text into values: a listing into
// rows, a submission into documents, an 8-K into items, cover, exhibits and
// signatures. Bytes in, values out; it knows no network, disk or clock, and other
// programs may import it on its own. [example.com/edgard/parse/content] unwraps and
// decodes the documents of a submission.
//
// [example.com/edgard/archive] keeps submissions byte for byte: written once,
// durable before anything refers to them, readable with plain zstd.
//
// [example.com/edgard/index] remembers entries, which are accession numbers and
// where we stand with them, and filings, which are what was read from them; and it
// answers queries. It can be deleted and rebuilt from the rest. Below it,
// [example.com/edgard/index/filter] turns flags and URL parameters into queries,
// [example.com/edgard/index/remote] lets other processes read through the one that
// holds the index, and [example.com/edgard/index/pages] checks its file after a crash.
//
// [example.com/edgard/crawl] moves submissions from sec.gov to the index: it
// reads listings, fetches what is new, politely, and records it. One pass is
// complete and idempotent; a daemon is that pass in a loop.
// [example.com/edgard/vital] has the vital signs of a crawl: what it asks, how fast,
// how that is answered, and whether it is alive.
//
// [example.com/edgard/export] writes filings as JSON lines, CSV and Parquet, and
// [example.com/edgard/layout] as folders of plain files, whatever names and encodings
// they came with.
//
// [example.com/edgard/serve] lets people and programs look: pages, a JSON API, a live
// stream, EDGAR's own layout, metrics. Below it, [example.com/edgard/serve/guard] stands
// between the socket and the handlers, [example.com/edgard/serve/reading] makes what
// filers wrote readable and safe to show, [example.com/edgard/serve/plot] draws, and
// [example.com/edgard/serve/mirror] serves the archive as EDGAR serves its own.
//
// Three small packages serve several of these: [example.com/edgard/durable] writes
// files that survive a crash, [example.com/edgard/harmless] makes text safe for a
// terminal, and [example.com/edgard/near] suggests what a mistyped word was meant to be.
//
// [example.com/edgard/edgartest] is an EDGAR in memory, with the real formats
// and the real ways to fail, for tests and for the demo;
// [example.com/edgard/edgartest/synthetic] is one of any size, for measuring.
//
// cmd/crawler is the program: flags, configuration, output, exit codes. It wires
// the rest together and decides nothing.
package edgard
