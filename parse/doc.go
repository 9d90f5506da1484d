// Package parse turns EDGAR's text into values: listings and feeds into rows,
// submissions into headers and documents, 8-Ks into items, cover page, exhibits
// and signatures. It is made to be imported by other programs.
//
// It never touches the network, the disk or the clock, keeps no state between
// calls and logs nothing: bytes in, values out. Values may be used from any
// goroutine; a reader belongs to one.
//
// # What EDGAR serves
//
// A submission is the text under one accession number, as EDGAR serves it in
// ACCESSION.txt: a header, which EDGAR wrote, and documents, which the filer
// wrote. The first document of an 8-K is the report, the others are its exhibits,
// pictures, and what XBRL needs. ReadSubmission splits one, of any year since
// 1993 and in any wrapping: privacy-enhanced mail with stuffed dashes, IMS and SEC
// headers, the tag dialect of .nc files, no header at all.
//
// EightK reads the report in a submission:
//
//	items        the events reported, in the order of the page, numbered as the
//	             form of that day numbers them: 1 to 13, since 23 August 2004 1.01
//	             to 9.01
//	cover        registrants, date of report, check boxes, securities
//	exhibits     what the page lists and what is attached, joined
//	signatures   who signed, as what, for whom, when
//	note         of an amendment: its number, and when what it amends was filed
//
// KeepText copies a submission without the documents that are no text, half to
// nine tenths of a modern one, and marks what it cut; a copy reads as the original.
//
// ReadFiling does both for whatever a file holds: a submission, or a bare report
// without one. NewListing reads EDGAR's own lists of submissions, ReadIssuerListing
// those of one issuer, Feed the live ones.
//
// # What is promised
//
//   - Every document and item says where it stands: byte offset and length in the
//     submission as it was given.
//   - Header and page are two witnesses. Where they differ an item's Source and a
//     Warning say so; neither is bent to the other.
//   - Anything unexpected is a Warning, from the closed set of Codes. An error means
//     that the bytes are not what they were said to be at all: ErrNotSubmission,
//     ErrNotListing, ErrNotIssuerListing, ErrNotFeed, ErrNoText, or what the reader
//     given returned.
//   - No input makes a function panic, hang, or hold more than a small multiple of
//     it. ReadSubmission reads as a stream and keeps only the documents that are
//     text. Limits are in the comments of the functions.
//   - The same bytes give the same values. ParserVersion rises when that changes,
//     SchemaVersion when the JSON of Filing does; fields are added, never renamed.
//
// # How an 8-K is read
//
// The report is flattened once into a page: lines of readable text that know where
// they come from and how they looked. HTML goes through the tokenizer of
// golang.org/x/net/html, not through a tree; text of the 1990s is taken for what
// it is, with "<" meaning less-than. Bytes are read as UTF-8 when valid and as
// Windows-1252 when not. On the page the item finder gathers everything that
// might be a heading, judges each by where and how it stands and what follows,
// and cuts the bodies between those that remain; the readers of cover, exhibits
// and signatures share the page. Facts of inline XBRL outrank the printed cover
// where they exist, and a difference is a warning.
//
// # Sources
//
// The format of submissions and headers is that of SEC's Public Dissemination
// Service (PDS technical specification); item numbers and captions are those of
// Form 8-K and its amendments (Releases 33-8400, 33-8518, 33-8587, 33-8732A,
// 33-9286, 33-11216 and before); listings and feeds are described in "Accessing
// EDGAR Data" on sec.gov. Where filings differ from the rules, the filings were
// followed.
package parse
