// Package edgard is the top of a module that keeps your own archive of SEC Form
// 8-K filings: complete, current, parsed and searchable, from one program named
// crawler. The package is empty; this is a tour of the others, in the order in
// which a filing meets them. Imports point the same way, and imports_test.go
// holds them to it.
//
// [example.com/edgard/edgar] is the vocabulary: central index keys, accession
// numbers, form types, quarters, Eastern time, and the paths EDGAR builds from
// them. A value that exists is a value EDGAR could have issued.
//
// [example.com/edgard/parse] turns EDGAR's text into values: a listing into
// rows, a submission into documents, an 8-K into items, cover, exhibits and
// signatures. Bytes in, values out; it knows no network, disk or clock, and
// other programs may import it for itself.
//
// [example.com/edgard/archive] keeps submissions byte for byte: written once,
// durable before anything else speaks of them, readable with plain zstd.
//
// [example.com/edgard/index] remembers entries, which are accession numbers and
// where we stand with them, and filings, which are what was read from them; and
// it answers queries. It can be deleted and rebuilt from the rest. One process
// holds it; [example.com/edgard/index/remote] lets others read through that one.
// [example.com/edgard/index/filter] makes queries of words, as flags and URLs have them.
//
// [example.com/edgard/crawl] moves submissions from sec.gov to the index: it
// reads listings, fetches what is new, politely, and records it. One pass is
// complete and idempotent; a daemon is that pass in a loop.
//
// [example.com/edgard/vital] is how a crawl shows that it is well: what it asks, how
// fast, how that is answered, and whether it is alive, for those who look.
//
// [example.com/edgard/layout] lays filings out as folders of plain files, whatever
// names and encodings they came with.
//
// [example.com/edgard/export] writes filings as JSON lines, CSV and Parquet, for
// programs that never heard of this one.
//
// [example.com/edgard/serve] lets people and programs look: pages, a JSON API, a live
// stream, EDGAR's own layout, metrics. Below it [example.com/edgard/serve/guard] stands
// between the socket and the handlers, [example.com/edgard/serve/reading] makes harmless
// what filers wrote, [example.com/edgard/serve/plot] draws, and
// [example.com/edgard/serve/mirror] is an EDGAR made of what is held.
//
// [example.com/edgard/durable] puts files in their places so that no crash takes them
// away again.
//
// [example.com/edgard/harmless] takes out of text what steers a terminal, and
// [example.com/edgard/near] guesses what a mistyped word stands for.
//
// [example.com/edgard/edgartest] is an EDGAR in memory, with the real formats
// and the real ways to fail, for tests and for the demo.
//
// cmd/crawler is the program: flags, configuration, output, exit codes. It wires
// the rest together and decides nothing.
package edgard
