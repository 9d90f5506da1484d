// Package index remembers entries and filings and answers queries.
package index
