// Package vital holds the vital signs of a crawl: what it asked of whom and how
// that was answered, how fast, how long it waited, how fresh its filings are, and
// whether it is alive. Whoever crawls writes them down in a [Signs]; whoever shows
// them takes a [Snapshot].
//
// The signs are of one process since it began, and are gone with it. What outlives
// it, entries and filings, is in the index; the budget that processes share is in
// a file.
package vital
