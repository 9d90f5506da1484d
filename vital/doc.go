// Package vital holds the vital signs of a crawl: what it requested from which host
// and how that was answered, how fast, how long requests waited, how fresh filings
// are when they are recorded, and whether the crawl is alive. A crawl notes them in a
// [Signs]; whatever shows them takes a [Snapshot].
//
// They cover one process since it began, and end with it. What outlives it, entries
// and filings, is in the index; the request budget that processes share is in a file.
package vital
