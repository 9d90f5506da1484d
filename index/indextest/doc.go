// Package indextest is what tests and benchmarks of indexes share.
//
// [Run] is the conformance suite of [index.Reader]: whatever reads an index, the
// file or another process, answers alike. It fills a made index through the writing
// half, a [index.Store], and asks the reader about it.
//
// A [Population] is an invented EDGAR, as large as wanted. Its filings take as many
// bytes in the index as real ones, which TestMadeFilingsHaveTheProportionsOfRealOnes
// holds them to; measurements of scale stand on it.
package indextest
