// Package mirror serves an archive as EDGAR serves its own, path by path and byte by
// byte, so that any client of EDGAR can be pointed at it instead; another archive,
// too, which fills itself from this one.
//
//	/Archives/edgar/full-index/2024/QTR1/master.idx      form, company and crawler as well; packed as master.gz
//	/Archives/edgar/full-index/master.idx                of the running quarter
//	/Archives/edgar/daily-index/2024/QTR1/master.20240201.idx
//	/Archives/edgar/…/index.json                         what is in a folder
//	/Archives/edgar/data/320193/0000320193-24-000001.txt the submission, under any of its filers
//	/Archives/edgar/data/320193/000032019324000001/…     its documents by name, index.json, …-index.htm
//	/submissions/CIK0000320193.json                      an issuer's listing, and its older pages
//	/files/company_tickers.json                          tickers, where the crawl keeps them
//	/cgi-bin/browse-edgar?action=getcurrent&output=atom  what came last, the newest on top
//	/robots.txt
//
// # What is listed
//
// Listings are made of what is held, in EDGAR's formats: a row for each filer of each
// filing that is recorded, as EDGAR listed it. Left out are filings that EDGAR has
// withdrawn, and cut copies (archive.keep: text), which must not be taken for whole
// submissions: their .txt answers 404, and their text documents are served by name.
//
// A quarter is there when its listing was read, or daily listings from its first day
// on, or something filed in it is held (of an import, say); read and empty, it is a
// head without rows. So is a business day that was read. Everything else answers 403
// in the words of EDGAR's storage, as future quarters and weekends do there. "Last
// Data Received" is the last day up to which listings were read without a gap: the
// rows may go further, when a live feed told of more. Of a quarter of which no listing
// was read it is the day of the newest row. While something of a past quarter waits
// to be fetched, it is a day before that, and a crawler asks for the listing in every
// pass; for others, as EDGAR's, after each weekly rebuild.
//
// Who follows a mirror believes it as it would EDGAR. What an archive got elsewhere,
// and the mirror does not list, is withdrawn there; so an archive follows one source.
//
// # Validators
//
// ETag is the MD5 of what is served, or of what it is made of. Last-Modified of a
// listing is when the last of its filings was archived or, where some were withdrawn,
// EDGAR's listing was last compared; when it has changed otherwise while the mirror
// runs, when the mirror saw it. So neither changes while the content stays, but for
// the day of comparison, and both when it changes; only who goes by Last-Modified
// alone can miss a change that nobody asked for before the mirror was started anew.
//
// # How listings are made
//
// The rows of a quarter are read once, in short questions, and kept (32 MiB of
// quarters); from then on only what changed in the index since is read. No question
// is open while an answer is written.
//
// # What filers wrote
//
// Names of documents are compared with what is asked for and are never paths. Bodies
// are sent with a policy that lets a browser neither run nor load anything but
// pictures, and hold no other opinion about their type. A submission is checked
// against its hash while it is read; when it differs, the answer is broken off before
// its end. A part of one is served only after all of it was read.
package mirror
