// Package export copies filings out of an index into a file that other programs
// read: JSON lines, CSV or Parquet; whole filings, or a row for each item or exhibit;
// with the text of items and exhibits, if asked for, out of the archive.
//
// # What comes out
//
// JSONL with Filings is the filing of [parse.Filing] in its JSON, one object to the
// line, exhibits with "text" where that is asked for. Parquet with Filings is the
// same, nested, by the same names (parquetfiling.go). Items and Exhibits have flat
// rows of the same columns in all three formats, and CSV has them for Filings, too:
// rows.go lists them. Columns stand in a fixed order; new ones come at the end.
//
// In Parquet days are DATE, times TIMESTAMP in UTC with microseconds, numbers of
// entities int64; what is not known is null. Row groups end after 100,000 rows or
// about 64 MiB, pages are packed with zstd. Long texts have no least and greatest
// value in the footer, and bounds in the page index that exclude nothing
// (parquetlong.go).
//
// CSV is RFC 4180: commas, quotes doubled, lines ending in CR LF, a header line. What
// is not known is empty; times are in UTC. A list is one field, its elements joined
// by "|", with "\|" and "\\" for these two in an element. Texts of filings are
// untrusted, and a spreadsheet takes for a formula what begins with =, +, -, @, tab,
// CR or LF (or the wide forms of the first four): such a text gets an apostrophe before
// it, and so does one that has apostrophes before such a beginning, so that taking
// one away gives back what was there. Numbers, days and times are never changed.
//
// # Order, and the same again
//
// Filings come oldest first, by filing date and then accession number, their items
// and exhibits as the filing has them; with a [Cursor] they come in the order in
// which they were recorded. Nothing of clock, chance or machine goes into the output:
// the same index and archive give the same file, byte for byte.
//
// # Memory
//
// A page of filings is in memory at a time, and texts of at most 64 MiB of submissions,
// or of one that is larger:
//
//	1 read index ⇒ N read texts and encode ⇒ 1 write, in order
//
// With all text that came to 67 MB for 1,400 filings of the corpus and 87 MB for four
// times as many, in Parquet, which has a row group in memory, to 180 and 190 MB. The
// largest thing there is a single exhibit: reading one of 65 MB takes half a gigabyte,
// and in Parquet, whose row group it fills, a whole one.
// A filing costs 0.06 ms of a core without text, 1.5 ms with the text of its items and
// 2.5 ms with all text.
//
// # What is new
//
// A [Cursor] is a place in the index's numbering of changes, kept under a name in the
// data directory. An export that has one gets the filings that were recorded, recorded
// anew or withdrawn behind it, each once; what is recorded while it runs is left for
// the next. The cursor is moved last, when the output is whole and on the disk: a crash
// before that repeats filings and loses none. Filings whose text could not be read are
// remembered in it and come again until it can. When the index was made anew from
// nothing its numbering is another, and the export begins again; so it does when the
// index was put back from a backup and others got the numbers that the cursor knows.
//
// A filing is not new because another one arrived: what [parse.Filing.Amends] says is as
// of the moment of the export.
package export
