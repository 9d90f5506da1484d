// Package index remembers entries and filings and answers queries.
//
// An [Entry] is a submission that EDGAR lists and where we stand with it; a
// filing is what was recorded of it after parsing. A crawl moves entries along:
//
//	Discover ─▶ discovered ──┬─ Record ──▶ recorded ─── Withdraw ─▶ withdrawn
//	                 ▲       ├─ Defer ───▶ deferred (due again at Next)
//	                 │       └─ Reject ──▶ rejected
//	                 └──────── Retry ◀─── rejected, withdrawn
//
// What must not follow on what is ErrForbidden and changes nothing; Record and
// Discover fit everywhere, so that importing and listing again do no harm.
//
// # Promises
//
// Every change is one transaction, in which the entry, and so its state, is
// written last. What the archive and the kept listings cannot tell (first seen,
// deferred, rejected, withdrawn, where coverage begins) is in the journal, on the
// disk, before the transaction that depends on it. The database can therefore be
// deleted and made again: in [Rebuild] Replay, then Record the filings of the archive,
// and it is what it was, key for key. A journal line says what is so, never by how
// much something changed, and names every accession it is about, and so a crash
// between journal and transaction does no harm: the next try says it again. Beside a
// journal that tells of submissions Open makes no new database ([ErrStale]): a crawl
// would see everything for the first time.
//
// Iterators hold no transaction open while the loop's body runs; the index may be
// written in it. No goroutine outlives a call. One process at a time holds the index;
// bbolt locks the file. A [Reader] is the half of it that other processes can have
// meanwhile: package remote.
//
// # Files
//
// A data directory holds index.db, a bbolt file, and journal.jsonl, a [JournalLine]
// to the line; index.db.rebuild is an index being rebuilt, or what is left of one, and
// index.db.rebuild.tmp what a [Loader] has put aside for it; index.db.compact is what
// [Compact] is writing; index.db.seal says how index.db was left by who closed it.
// A last line that a crash tore is cut off by Open, which tells it in Notes; any
// other line that cannot be read is an error with its number.
//
// # Damage
//
// bbolt's pages have no checksums, and it takes what they say on trust. So a file
// that was not closed, or was changed since (its seal does not fit), has its pages
// looked at by package pages before bbolt may read them: for reading the meta
// pages, the free list and all branch pages, which nothing can be found without
// and which alone could lead in a circle; for writing every page; and the last 100
// changes, filing and keys. A file of up to 16 MiB is looked at whole whenever it is
// opened. With 200,000 made filings (493 MB as recorded one by one, in the page
// cache, two busy cores) opening a closed index takes 0.4 ms, one that was killed
// 0.05 s, for writing 0.4 s: for two million half a second, and 4 s or as long as
// the disk takes to be read once from end to end. [Store.CheckPages] looks at every
// page in the order of keys.
//
// What shows only in reading ends as [ErrDamaged], which names the file and the
// remedy: a panic of bbolt, a fault of memory where pages are gone, a value whose
// sum is wrong, a filing under the key of another, a recorded one that is not there.
// Locks are given back, and after a panic or a fault nothing is written any more
// until the file is opened again. What can go unseen until somebody checks is a bit
// that rots in a closed file: in an entry or a counter, a key that became another
// (a filing is missing in an answer then, but none that is wrong comes), or a
// branch page.
//
// # Keys
//
// Numbers in keys are big-endian. A ref, date|accession, is four bytes of the day as
// the number 20240131 and eight of the accession number as a number.
//
//	meta     schema, identity, epoch, coverage, tickers (validators), migrated (while it is)
//	entry    accession             → state, filed, seen, attempts, next, reason, form, name, CIKs
//	due      seconds|^date|accession → nothing; zero seconds: at once
//	filing   accession             → names, filing
//	cik      cik (5 bytes)|ref     → nothing; every filer of header and listings
//	date     ref                   → facts: uvarints of the last change's number, the period as a
//	                                 day number, accepted in seconds, 1 if withdrawn
//	form     form, 0|ref           → nothing
//	item     number, 0|ref         → nothing
//	exhibit  number, 0|ref         → nothing; every exhibit listed or attached
//	sic      SIC code, 0|ref       → nothing; of every filer in the header
//	state    state, 0|ref          → nothing; of incorporation, likewise
//	warning  code, 0|ref           → nothing
//	event    cik|period (4 bytes)|ref → nothing; filings by issuer and period of report
//	mark     what, 0|ref           → nothing; "withdrawn", and where period or acceptance are far
//	                                 from the filing date
//	standing code of the state|ref → nothing; entries that are not recorded
//	name     word, 0|cik           → nothing; words of names an issuer had in header or listing
//	symbol   SYMBOL, 0|cik         → first and last filing date on whose cover the issuer had it
//	change   sequence (8 bytes)    → accession; the last change of every filing
//	count    kind and what of      → uvarint; see below
//	listing  name                  → JSON of Listing
//	pass     sequence (8 bytes)    → JSON of Pass
//	ticker   symbol                → CIK in digits; symbol, 0|cik → days, of who had it before
//
// Every change of a filing or of how it is listed gives it the next number of change and
// takes back the one it had: what is new since a number is a seek. No number is given
// twice in the epoch that meta names. Counters are of filings, by year (y), year and
// item (i), year and form (f), and of entries, by state (s), quarter and state (q),
// state and reason (r), cut (c), due at once by quarter and form (d); they change in the transaction of
// what they count. The lanes of a filing, from cik to event, all come from one
// function.
//
// [CheckIndex] compares lanes, directories and counters with what entries and
// filings call for, in short questions: 50,000 filings a second on two cores. The
// directories may know more than is called for, for what was replaced.
//
// Open brings an index of schema 1, which had entry, due, filing, cik, date, form,
// item, listing, pass and ticker, forward in transactions of 1,000 entries, and tells
// it in Notes; cut off, it goes on where it was. A later schema is refused.
//
// The inverted date in due makes what is due at once come newest first without a
// sort.
//
// # Queries
//
// Each field of a query is a lane, one or more stretches of keys whose refs are in
// order; the refs that all lanes have are found by each lane in turn seeking the
// place where the one before it stands, so that the shortest leads and the work is
// that of the shortest. Ranges of period and acceptance are read from the facts of
// what was filed near them, and of what is marked as far from its filing date. A
// name leads through the words of the directory to issuers, and where those are
// too many to tell apart, the names in front of each filing are read. Nothing is
// unpacked that is not returned. A transaction looks at some 4,000 keys and ends;
// the place reached is all that is kept between two of them, and all that a token
// says.
//
// # Issuers, tallies, editions
//
// An [Edition] is the epoch and the last number given out: while it stands, every answer
// about filings does, and so caches and entity tags hang on it. What changes
// no filing but answers (a symbol's holder, a rebuild) takes a number, too.
// An [Issuer] is read off its newest filing. [Store.Suggest] looks at some thousands of
// keys whatever is typed; names lead through the directory. A [Tally] is counted from
// the facts under date, and no filing is read. With 200,000 made filings, in
// milliseconds: edition 0.001, issuer 0.03, suggestions 0.2, of one or two letters 4,
// the tally of a year 1.3 and of everything 50.
//
// # Amendments
//
// What an amendment amends is found when it is read and never stored: originals
// come after their amendments as often as before. Candidates are the filings under
// event of the same issuer and period, and those under cik of the day that the
// amendment's own text names; form, items, acceptance and state of them are looked
// up in keys, and no filing is decoded: 15 µs beside the only original, and 4 µs for each
// other of the event. [parse.Amends] says what was decided and why.
//
// # Encodings
//
// A filing is stored without the text of its items, which the archive has, but with
// the first words of each. Its fields are told in a fixed order, those that are zero
// by a bit; numbers, by how far they are from what is expected, stand in front of one
// zstd frame of all text; what the rest of the filing says, such as its URL, is left
// out; CRC-32C ends the value, and so a bit that flips is ErrDamaged. The encoding was
// chosen by measuring (BenchmarkEncoding, 140 real filings of 1994 to 2026, bytes and
// microseconds a filing, two busy cores of a cloud machine):
//
//	                               mean   median   90 %   µs to encode
//	JSON                           4015     3018   6861    23
//	fields                         1586     1230   2838    16
//	JSON, zstd                     1641     1442   2388    45
//	JSON, zstd, dictionary          973      790   1551    46   as schema 1 had it
//	fields, zstd                    872      742   1361    39
//	fields, zstd, dictionary        602      522    906    38   with names and sum
//	the same, better zstd           574      516    858    78
//
// Reading one back takes 16 µs, half of what JSON took. The dictionary is 32 KB of
// commonplaces written for it (testdata/commonplaces.txt); the corpus told which
// wordings are common among filers, and how often characters and lengths come. A new
// field of a filing is described at the end of its struct: values without it stay
// readable.
//
// An entry is binary, 72 bytes with key and overhead; the lanes of a filing take 410
// in full pages: exhibit 82, item 70, date 40, event 39, cik and sic 35 each, form,
// state and change 33 each, directories and counters 5. Status and Counts read
// counters alone, 10 µs and 0.2 ms. Due yields two million entries in 2.5 s to 4.5 s;
// DueCounts counts them in microseconds, in 6 ms beside 100,000 when a quarter is cut
// in two. Discovering takes 10 to 14 µs a row, with the lanes of schema 1; recording
// in batches of 500 takes a quarter more time on the processor than it did with
// those, 95 µs instead of 74.
//
// # Size
//
// BenchmarkScale of package indextest, with 2,100,000 made filings, as many as EDGAR
// has; two cores of a cloud machine, pages in memory, milliseconds, of answers the 99th
// percentile:
//
//	bytes a filing, all in         1180    filing 702, entry 72, lanes 406
//	loaded by a Loader           19,700    a second, the last 12 s to finish
//	open                            1.2
//	one filing                     0.15
//	newest 100 of an issuer         2.2    oldest 100: 1.6
//	newest 100 of an item           2.3    within 90 days; oldest 100: 2.1
//	100 of an exhibit               2.4    likewise; of a SIC code 2.1, of a state and item 2.1
//	counts, status             1.0, 0.2
//
// With a tenth of the filings a median is the same: an answer costs what is in it. A
// range of periods alone is the exception, which looks at the facts of all that was filed
// since, 17 ms in the median. Through the socket 100 filings take three to five times
// as long.
//
// An index that grew by the day takes 1.7 KB a filing, one that grew into the past
// 2.0: pages are as full as the order of arrival leaves them (BenchmarkGrowth). Compact
// makes 1.2 KB of both.
package index
