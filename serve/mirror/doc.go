// Package mirror serves an archive as EDGAR serves its own, path by path and byte by
// byte, so that any client of EDGAR can be pointed at it instead. One such client is
// another archive that fills itself from this one.
//
//	/Archives/edgar/full-index/2024/QTR1/master.idx      form, company and crawler as well; gzipped as master.gz
//	/Archives/edgar/full-index/master.idx                of the running quarter
//	/Archives/edgar/daily-index/2024/QTR1/master.20240201.idx
//	/Archives/edgar/…/index.json                         what is in a folder
//	/Archives/edgar/data/320193/0000320193-24-000001.txt the submission, under any of its filers
//	/Archives/edgar/data/320193/000032019324000001/…     its documents by name, index.json, …-index.htm
//	/submissions/CIK0000320193.json                      an issuer's listing, and its older pages
//	/files/company_tickers.json                          tickers, if the crawl keeps them
//	/cgi-bin/browse-edgar?action=getcurrent&output=atom  the latest filings, newest first
//	/robots.txt
//
// # What is listed
//
// Listings are made of what is held, in EDGAR's formats: a row for each filer of each
// recorded filing, as EDGAR listed it. Two kinds of filings are left out: those that
// EDGAR has withdrawn, and cut copies (archive.keep: text), which must not be taken for
// whole submissions. The .txt of a cut copy answers 404; its text documents are served
// by name.
//
// A quarter has a listing when its own was read, when daily listings were read from its
// first day on, or when something filed in it is held, such as an import; one that was
// read and is empty has a head and no rows. The same goes for a business day that was
// read. Everything else answers 403 in the words of EDGAR's storage, as future quarters
// and weekends do there.
//
// "Last Data Received" is the last day up to which listings were read without a gap;
// rows may go further, when a live feed brought more. For a quarter of which no listing
// was read it is the day of the newest row. While something of a past quarter still
// waits to be fetched it is an earlier day, and so a crawler asks for the listing in
// every pass; otherwise, as with EDGAR, after each weekly rebuild.
//
// An archive that follows a mirror believes it as it would EDGAR: what it got elsewhere
// and the mirror does not list, it withdraws. An archive therefore follows one source.
//
// # Validators
//
// ETag is the MD5 of what is served, or of what it is made of. Last-Modified of a
// listing is the time at which the last of its filings was archived or, where some were
// withdrawn, at which EDGAR's listing was last compared; when the listing changed in
// another way while the mirror runs, the time at which the mirror noticed. Both change
// when the content does, and neither changes otherwise, except on the day of a
// comparison. Only a client that goes by Last-Modified alone can miss a change: one that
// nobody asked about before the mirror was restarted.
//
// # How listings are made
//
// The rows of a quarter are read once, in short questions to the index, and kept (up to
// 32 MiB of quarters); from then on only what changed in the index is read. No question
// is open while an answer is written.
//
// # What filers wrote
//
// Names of documents are compared with the name requested and never used as paths.
// Bodies are sent with a policy that lets a browser run nothing and load nothing but
// pictures, and that keeps it from guessing another type. A submission is checked
// against its hash while it is read; if it differs, the answer is cut off before its
// end. A range of one is served only after all of it was read.
package mirror
